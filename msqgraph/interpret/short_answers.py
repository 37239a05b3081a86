"""Yes and no said in other words than yes and no: "Not yet", "Aucun", "Имеется", "尚未"; None where it is not clear."""

from __future__ import annotations

import re

from msqgraph.folding import Folded
from msqgraph.interpret.denials import denies_or_plans
from msqgraph.questionnaire import Part

_FOR_NOW = (
    r"(?:at (?:the moment|present|this (?:time|stage|point|moment))|currently|presently|(?:as )?yet|for (?:now|"
    r"the moment)|so far|"
    r"to date|as of now|right now|actualmente|por (?:el momento|ahora)|de momento|hasta (?:ahora|la fecha|"
    r"el momento)|"
    r"a la fecha|aun|todavia|pour (?:le moment|l'instant)|actuellement|a ce (?:jour|stade)|encore|jusqu'a present|"
    r"no momento|por (?:enquanto|agora)|at[ue]almente|actualmente|ainda|ate (?:o momento|agora|a data|"
    r"ao momento)|a data|"
    r"на (?:данныи|сегодняшнии|текущии) (?:момент|день)|на сегодня|в настоящее время|пока(?: что)?|еще|"
    r"حاليا|حتى الان|(?:في|ب)?ال?وقت (?:الحالي|الراهن|الحاضر)|في الوقت (?:الحالي|الراهن|الحاضر)|بعد|الى حد الان|"
    r"目前|暂时|现在|当前|截至目前|迄今)"
)
# folded openings that deny; what must not follow is in _NO_ANSWER
_DENIALS = {
    "en": r"not(?= (?:at|currently|presently|for now|for the|as of|right now|to date|in place|planned|"
    r"that (?:we|i) (?:know|are aware))\b)|not (?:yet|"
    r"at all|available yet|so far|really|published|collected|measured|as yet|currently|existing|any)|"
    r"none(?: (?:exists?|whatsoever|yet|of (?:these|this|the above)))?|nothing(?: yet)?|never|"
    r"no(?= (?:[a-z]))|there (?:is|are|was|were|exists?) (?:currently |presently |as yet |at present |"
    r"yet )?(?:no|none|not)|"
    r"(?:we|it|(?:the|our) (?:government|country|state|administration|ministry)) "
    r"(?:currently |presently |still )?(?:do(?:es)? not|don't|doesn't|have no|has no|have not|has not|haven't|hasn't|"
    r"are not|is not|isn't|aren't|never)|negative",
    "es": r"no(?= [a-z])|ningun[oa]?|nunca|jamas|tampoco|nada|en absoluto|negativo|inexistente|no existente",
    "fr": r"non(?= (?:pas|encore|il|nous|on|le|la|les|ce|cela|aucun|pour|a ce|plus))|pas(?= (?:encore|pour|a ce|"
    r"actuellement|"
    r"de |d'|du tout|vraiment|a notre|en ce))|aucune?|jamais|il n'(?:y a|y en a|existe|"
    r"en existe)(?: (?:actuellement|encore))? (?:pas|aucun|plus)|"
    r"(?:nous|on|le (?:gouvernement|pays)|l'etat|elle|il|ils) (?:ne|n')|rien|inexistante?s?|negatif|point",
    "pt": r"nao(?= [a-z])|nenhuma?|nunca|jamais|tampouco|negativo|inexistente",
    "ru": r"нет(?= [а-я])|не(?= [а-я])|отсутству[а-я]+|никак[а-я]+|ни(?= (?:одного|одна|один))|никогда|отрицательно",
    "ar": r"لا(?= \S)|ليس(?:ت)?(?= \S)|لم(?= \S)|ما من|غير موجود[ةه]?|لا شيء|كلا|ابدا|بدون",
    "zh": r"没有|没|尚未|尚无|尚没有|暂无|暂未|暂没有|还没有|还没|还未|从未|未曾|并未|并无|并没有|未|无|不|否",
}
_NO_ANSWER = re.compile(
    r"\W*(?:(?:such |any |there is |there are )?(?:information|data|answer|response|comments?|idea|record|"
    r"knowledge|doubt|matter|"
    r"applica\w+|available(?! yet)|known|sure|certain|specified|provided|stated|reply|changes?|only|just|"
    r"relevant|to (?:report|add|declare)|"
    r"less|wonder|problem|one knows)|"
    r"(?:se )?(?:aplica\w*|corresponde|procede|sabe\w*|conoce\w*|contesta\w*|respond\w*|especific\w+|"
    r"disponible\w*|indica\w*|"
    r"(?:tiene|hay|existen?|dispone\w*|cuenta\w*|tenemos|poseen?)(?: de| con)? (?:informaci\w+|datos?|"
    r"estadistic\w+|cifras|registros)|"
    r"obstante|solo|solamente|unicamente|dispone\W*$)|"
    r"(?:applicable|disponible|renseigne|communique|connu|precise|specifie|defini|seulement|sans|concerne)\w*|"
    r"(?:de |d'|pas de |pas d')?(?:information|donnee|reponse|renseignement|commentaire|avis)\w*|"
    r"(?:se aplica\w*|aplicave\w+|disponive\w+|so(?! far)\b|apenas|somente|sabe\w*|sei|respond\w+|"
    r"(?:ha|existem?|temos|tem|dispoe\w*|se dispoe)(?: de)? (?:informac\w+|dados|registros|registos))|"
    r"(?:данн|информац|сведени|ответ|возможн|примен|извест|указан|определен|заполн|только|лишь|требу|располага|"
    r"доступн|актуальн|"
    r"могу|знаю|владе|сомнен)\w*|(?:имеет|имеется|имеем) (?:данн|информац|сведени)\w*|"
    r"(?:ينطبق|تنطبق|تزال|يزال|شك|بد|سيما|يقتصر|تقتصر|نعلم|نعرف|علم|ادري|اعلم)|"
    r"(?:توجد|يوجد|تتوفر|يتوفر|توفر|لدينا|هناك)?\s*(?:لدينا\s*)?(?:اي\S*\s*)?(?:معلومات|بيانات|المعلومات|"
    r"البيانات|اجابة|متوفر|متاح|معروف|محدد|قابل)|"
    r"适用|详|知|清楚|了解|确定|明确|法|需|仅|但|断|少|同|线|人|障碍|来|定|可|错|必|论|"
    r"(?:有|相关|任何|具体|可用|可)*(?:信息|数据|资料|回答|意见|评论))"
)
_AFTER_NO = re.compile(r"\s*(?:[,،，]\s*)?")
_CLOSES = re.compile(r"\s*(?:$|[.,;:!。，；：！،؛\n—–(（\ufffc-])")
_CONTRAST = re.compile(
    r"(?<!\w)(?:but|however|although|though|except|only|single|yet there|pero|aunque|sino|salvo|excepto|mais|"
    r"cependant|toutefois|sauf|"
    r"mas|porem|embora|contudo|exceto|но|однако|хотя|кроме|зато|و?لكن|الا ان|باستثناء|غير ان)(?!\w)|但|然而|不过|除"
)
_SENTENCE_END = re.compile(r"[.!?;؛。！？；](?:\s|$)|[。！？；]|\n")
_EXISTS = {
    "en": r"there (?:is|are|exists?)|exists?|affirmative|certainly|of course|indeed|absolutely|definitely|"
    r"correct|positive|"
    r"yep|yeah|(?:we|it) (?:do|does|have|has)(?=\W*$)",
    "es": r"existen?|hay|afirmativo|efectivamente|por supuesto|claro(?: que si)?|correcto|asi es|en efecto|"
    r"desde luego|"
    r"(?:se cuenta|contamos) con",
    "fr": r"il (?:existe|y a|y en a)|affirmatif|effectivement|bien sur|absolument|tout a fait|certainement|"
    r"en effet|existe|"
    r"nous (?:avons|disposons)",
    "pt": r"existem?|ha|afirmativo|efetivamente|claro(?: que sim)?|com certeza|certamente|sem duvida|correto|temos",
    "ru": r"име(?:ется|ются)|есть|деиству(?:ет|ют)|существу(?:ет|ют)|конечно|безусловно|разумеется|так точно|"
    r"утвердительно|"
    r"верно|создан[аоы]?|принят[аоы]?|утвержден[аоы]?|разработан[аоы]?",
    "ar": r"يوجد|توجد|هناك|هنالك|لدينا|بالتاكيد|بالطبع|طبعا|اكيد|بالفعل|موجود[ةه]?|متوفر[ةه]?|بلى|اجل",
    "zh": r"存在|已有|设有|已建立|已制定|当然|对|确有|具备|已经有|已设立|已成立|已发布",
}
_AFFIRMS, _DENIES = (
    re.compile(
        rf"(?:{_FOR_NOW}\W*)?(?:(?:{'|'.join(w for k, w in table.items() if k != 'zh')})(?!\w)|(?:{table['zh']}))"
    )
    for table in (_EXISTS, _DENIALS)
)
_NO_AT_THE_END = re.compile(
    rf"{_FOR_NOW}\W*(?:no|non|nao|нет|لا|没有|无)\W*(?:$|[.,;:。，；])|(?:ainda|aun|todavia) (?:no|nao)(?!\w)"
)
_RUSSIAN_NO_LAST = re.compile(
    r"(?!.*(?:данны[хе]|сведени|информаци))(?:[а-я-]+,?\s+){1,7}(?:нет|не имеется|отсутству[а-я]+|не существует)\W*$"
)
_OPENING = re.compile(r"[\s\W_]*")
_NEGATION = r"(?:(?<!\w)(?:not|never|no|ne|nao|не|لا|لم|ليست|غير)(?!\w)|n't|(?<!\w)n'|不|未|没有)"
# what a question asks whether it is done: the form's verb, and how answers say it, folded
_DEEDS = {
    "publish": r"publi\w+|diffus\w+|made (?:public|available)|divulg\w+|публику\w+|опубликов\w+|размеща\w+|"
    r"обнарод\w+|"
    r"نشر\w*|[تي]نشر|منشور\w*|公开|公布|发布",
    "collect": r"collect\w*|gather\w*|recog\w+|recopil\w+|recolect\w+|recueill\w+|colet\w+|recolh\w+|собира\w+|"
    r"веде\w+|"
    r"(?:ت|ي)?جمع|收集|采集|统计",
    "measure": r"measur\w*|mide\w*|midi\w+|medi\w+|mesur\w+|измеря\w+|оценива\w+|провод\w+|قياس|[تي]قاس|"
    r"[تين]قيس|测量|衡量|评估|调查",
    "offering": r"offer\w*|ofrec\w+|offr\w+|oferec\w+|оказыва\w+|предоставля\w+|[تين]قدم|提供",
    "part of": r"part of|members?|particip\w+|membres?|fait partie|miembr\w+|parte|член\w*|участву\w+|состоит|"
    r"عضو\w*|[تين]شارك|"
    r"参加|参与|加入",
}
_MOST_WORDS = 20


def said_otherwise(text: str) -> tuple[bool | None, int]:
    """Whether a text begins by affirming or denying without the word yes or no, and where these words end.

    >>> [said_otherwise(text)[0] for text in ("Not yet", "Пока нет", "Aucun à ce jour.", "尚未", "ليس بعد", "Имеется")]
    [False, False, False, False, False, True]
    >>> [said_otherwise(text)[0] for text in ("N/A", "No data", "In preparation", "尚无数据", "The results are read")]
    [None, None, None, None, None]
    """
    folded = Folded(text)
    opening = _OPENING.match(folded.text)
    start = opening.end() if opening else 0
    rest = folded.text[start:]
    stop = _SENTENCE_END.search(rest)
    sentence = rest[: stop.start()] if stop else rest
    if _RUSSIAN_NO_LAST.fullmatch(sentence):
        return False, folded.at(start + len(sentence))
    if deferred := _NO_AT_THE_END.match(rest):
        return False, folded.at(start + deferred.end())
    if denial := _DENIES.match(rest):
        behind = rest[_AFTER_NO.match(rest, denial.end()).end() :]  # type: ignore[union-attr]
        later = re.match(rf"{_FOR_NOW}\W*", behind)
        if _NO_ANSWER.match(behind) or (later and _NO_ANSWER.match(behind, later.end())) or _speaks_of_data(sentence):
            return None, 0
        is_short = _CLOSES.match(rest, denial.end()) or later
        if not is_short and _CONTRAST.search(sentence):
            return None, 0
        return False, folded.at(start + denial.end())
    if (affirmed := _AFFIRMS.match(rest)) and not denies_or_plans(sentence) and not _speaks_of_data(sentence):
        return True, folded.at(start + affirmed.end())
    return None, 0


def denies_what_is_asked(text: str, question: Part) -> bool:
    """Whether an answer is one sentence that denies what its question asks about ("The results are not published.").

    >>> question = Part("11", "Question", wording="If yes, do you publish results online?")
    >>> denies_what_is_asked("Los resultados no se publican.", question)
    True
    >>> denies_what_is_asked("The results are not published. They are shared.", question)
    False
    """
    folded = Folded(text).text.strip()
    stop = _SENTENCE_END.search(folded)
    if (stop and folded[stop.end() :].strip()) or _CONTRAST.search(folded) or len(folded.split()) > _MOST_WORDS:
        return False
    asked = question.wording.lower()
    return any(
        re.search(rf"{_NEGATION}[^.;,،，]{{0,30}}?(?:{deeds})", folded) is not None and not _speaks_of_data(folded)
        for verb, deeds in _DEEDS.items()
        if verb in asked
    )


def _speaks_of_data(sentence: str) -> bool:
    """Whether a denial is about what the respondent knows, not about what there is."""
    return (
        re.search(
            r"\b(?:information|data|datos|dados|donnees|informaci[oa]\w*|informac\w+|сведени\w+|данных|"
            r"информаци\w+)\W*"
            r"(?:is |are |on this |sobre \w+ |sur \w+ |disponible\w*|disponive\w*|available|provided|at hand|\W)*$|"
            r"(?:معلومات|بيانات)\W*(?:متوفرة|متاحة|كافية)?\W*$|(?:信息|数据|资料)\W*$",
            sentence,
        )
        is not None
        and len(sentence.split()) < 9
    )
