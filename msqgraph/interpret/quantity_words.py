"""Words around a figure, as patterns on folded text: bounds, approximations, signs, comparisons."""

from __future__ import annotations

#: Before a lower bound.
MORE = (
    "more than|over|above|at least|not less than|no less than|no fewer than|minimum(?: of)?|exceed(?:s|ing|ed)?|"
    "greater than|"
    "upwards of|in excess of|mas del?|mas que|al menos|por lo menos|como minimo|un minimo del?|no menos del?|"
    "superior(?:es)? (?:al?|a)|mayor(?:es)? (?:al?|que|del?)|supera(?:n)?(?: el| al)?|por encima del?|"
    "plus d[e']|au moins|"
    "superieure?s? a|depasse(?:nt)?|au minimum|au-dela de|pas moins de|mais d[eo]|mais do que|pelo menos|"
    "ao menos|acima d[eo]|"
    "no minimo|nao menos d[eo]|ultrapassa|excede|более(?: чем)?|свыше|не менее(?: чем)?|не меньше|не ниже|"
    "больше|выше|"
    "как минимум|минимум|превыша(?:ет|ют)|превысил[аои]?|اكثر من|ما لا يقل عن|لا [تي]قل عن|ما يزيد (?:عن|على)|"
    "[تي]زيد (?:عن|على)|تفوق|يفوق|[تي]تجاوز|على الاقل|فوق|超过|至少|不低于|不少于|高于|多于|大于|逾|最少|起码|>|≥|>="
)
#: Before an upper bound.
LESS = (
    "no more than|not more than|at most|up to|less than|under|below|fewer than|maximum(?: of)?|not exceeding|"
    "(?:does|do|did) not exceed|no mas del?|menos del?|menos que|hasta(?: el| un)?|como maximo|un maximo del?|"
    "no (?:supera|excede|sobrepasa)(?: el| al)?|no llega al?|por debajo del?|inferior(?:es)? (?:al?|a)|"
    "menor(?:es)? (?:al?|que)|"
    "moins d[e']|au plus|jusqu'a|inferieure?s? a|au maximum|pas plus de|(?:n'excede|ne depasse)(?:nt)? pas|"
    "menos d[eo]|menos do que|ate|abaixo d[eo]|no maximo|nao mais d[eo]|nao (?:ultrapassa|excede|supera)|"
    "не более(?: чем)?|менее(?: чем)?|меньше|ниже|не выше|не больше|не превыша(?:ет|ют)|максимум|до|"
    "اقل من|دون|لا [تي]زيد (?:عن|على)|لا [تي]تجاوز|حتى|بحد اقصى|كحد اقصى|不到|低于|不超过|"
    "至多|少于|小于|不足|最多|不高于|不多于|<|≤|<="
)
#: Those of them that deny a lower bound.
NO_MORE = (
    "no more than|not more than|not exceeding|(?:does|do|did) not exceed|no mas del?|no (?:supera|excede|"
    "sobrepasa)(?: el| al)?|"
    "(?:n'excede|ne depasse)(?:nt)? pas|pas plus de|nao mais d[eo]|nao (?:ultrapassa|excede|supera)|"
    "не более(?: чем)?|не больше|"
    "не выше|не превыша(?:ет|ют)|لا [تي]زيد (?:عن|على)|لا [تي]تجاوز|不超过|不高于|不多于"
)
#: Before an approximate figure.
ABOUT = (
    "about|around|approximately|approx\\.?|roughly|nearly|almost|close to|circa|ca\\.?|c\\.|an? estimated|"
    "estimated(?: at| to be)?|"
    "some|in the (?:region|order|range) of|of the order of|more or less|ronda(?:n|ba)?|alrededor del?|"
    "aproximadamente|cerca del?|"
    "casi|unos|unas|aprox\\.?|estimad[oa]s? en|se estima (?:en|que)|del orden del?|en torno al?|mas o menos|"
    "proximo al?|"
    "environ|pres d[e']|quelque|approximativement|presque|autour d[e']|a peu pres|de l'ordre d[e']|"
    "aux alentours d[e']|"
    "avoisine|estimee? a|quasi(?:ment)?|em torno d[eo]|por volta d[eo]|quase|cerca d[eo]s?|perto d[eo]|a volta d[eo]|"
    "aproximadamente|na ordem dos?|da ordem d[eo]s?|estima-se(?: em| que)?|estimad[oa] em|около|примерно|"
    "порядка|почти|"
    "приблизительно|ориентировочно|в раионе|приблизительно|оценочно|по оценк[еа]м?|где-то|حوالي|حوالى|نحو|"
    "ما يقارب|ما يقرب من|"
    "ما يناهز|قرابة|زهاء|تقريبا|يقدر ب|تقدر ب|约为?|大约|近|大概|接近|将近|大致|大体|估计|~|≈|∼|±|〜"
)
#: Behind an approximate figure.
ABOUT_BEHIND = (
    "approx|about|aproximad|environ|примерно|приблизительно|تقريبا|左右|上下|estimat|est\\.|estimaci|estimativ|"
    "оценк|оценочн|"
    "ориентировочно|تقدير|估计|估算|or so|mas o menos|mais ou menos|a peu pres|约"
)
#: Behind a lower bound, and behind an upper one.
MORE_BEHIND = (
    "及?以上|或以上|or (?:more|above|over|higher)|and (?:above|over|more|up)|o mas|y mas|ou plus|et plus|"
    "ou mais|e mais|"
    "и (?:более|выше)|или (?:более|выше)|فاكثر|او اكثر|فما فوق|على الاقل|كحد ادنى|como minimo|al menos|"
    "por lo menos|au (?:minimum|moins)|"
    "no minimo|pelo menos|minimum|at least|\\+"
)
LESS_BEHIND = (
    "及?以[下内]|或以下|or (?:less|below|lower)|and (?:below|less)|o menos|ou moins|ou menos|и (?:менее|ниже)|"
    "или (?:менее|ниже)|"
    "او اقل|فاقل|على الاكثر|كحد اقصى|como maximo|au (?:maximum|plus)|no maximo|maximum|at most"
)
#: Per cent.
SIGN = (
    "%|per ?cent\\b|percent\\b|percentage\\b|pct\\b|por ?ciento|por cien\\b|por cento|pour ?cents?\\b|p\\. ?100|"
    "процент\\w*|"
    "(?:ب|في )ال(?:ماية|مية|مائة|مئة)"
)
#: Small words between such a word and its figure.
ARTICLE = "(?:the |el |la |un |una |los |las |le |les |o |a |os |as |de |del |d'un |to |в |ال|ل|是|为)*"
#: Before a figure of another time, which is not the answer.
COMPARED = (
    "(?:up|down) from|compared (?:to|with)|as against|against|versus|vs\\.?|from only|instead of|as opposed to|"
    "frente al?|en comparacion con(?: el)?|comparado con(?: el)?|respecto al?|contra(?: el)?|desde el|contre|"
    "par rapport a|"
    "face a|em comparacao com(?: os)?|comparado com|face aos?|ante|contra(?: os)?|по сравнению с|против|"
    "в сравнении с|"
    "مقارنة (?:ب|مع)|مقابل|بالمقارنة مع|بعد ان كانت|相比(?:于)?|较|而|比\\d{4}年的?"
)
#: A rise or a fall: the last of its figures is the answer.
CHANGED = (
    "increase[ds]?|increasing|rose|risen|grew|grown|went|gone|improved|up|fell|dropped|decreased|climbed|"
    "aument\\w+|paso|pasa|crecio|"
    "subio|bajo|pass\\w+|augment\\w+|progress\\w+|evolu\\w+|cresceu|passou|subiu|caiu|вырос\\w*|увелич\\w+|"
    "возрос\\w*|снизил\\w*|рост|"
    "ارتفع\\w*|زاد\\w*|انخفض\\w*|提高|增长|上升|提升|下降|增至|升至"
)
#: What is exactly a share: half, quarters, fifths, tenths; by what it is in per cent.
FRACTIONS = {
    "50": "half|one half|a half|la mitad|mitad|la moitie|moitie|a metade|metade|половина|النصف|نصف|一半|半数|二分之一",
    "25": "a quarter|one quarter|a fourth|una? cuarta parte|un cuarto|la cuarta parte|un quart|le quart|"
    "um quarto|четверть|"
    "одна четверть|ربع|الربع|四分之一",
    "75": "three quarters|three-quarters|three fourths|tres cuartas partes|tres cuartos|trois quarts|"
    "les trois quarts|tres quartos|"
    "три четверти|ثلاثة ارباع|四分之三",
    "20": "a fifth|one fifth|one-fifth|la quinta parte|una quinta parte|un cinquieme|um quinto|пятая часть|"
    "одна пятая|خمس|五分之一",
    "10": "a tenth|one tenth|one-tenth|la decima parte|una decima parte|un dixieme|um decimo|десятая часть|"
    "одна десятая|عشر|十分之一",
    "80": "four fifths|four-fifths|cuatro quintos|quatre cinquiemes|quatro quintos|четыре пятых|五分之四",
}
