"""What the name of a public body looks like where such names are asked for: its head word, or an acronym of its own."""

from __future__ import annotations

import re

from msqgraph.agency_words import looks_like_agency
from msqgraph.folding import plain

# beyond those by which a name is found in running text; folded
_FIRST = {
    "en": r"office|branch|section|academy|archives?|parliament|congress|senate|court|police|central bank|university|"
    r"laboratory|"
    r"lab|working group|task ?force|task team|chamber|hub|cell|group|team|institution|observatory|programme|college|"
    r"federation|foundation|statistics",
    "es": r"fundacion|caja|unidad|division|seccion|subdireccion|junta|corte|tribunal|defensoria|fiscalia|camara|parque|"
    r"observatorio|"
    r"academia|universidad|policia|coordinacion|jefatura|vicepresidencia|intendencia|ente|entidad|organismo|"
    r"laboratorio|mesa|grupo|agrupacion|contaduria|casa|ejecutivo|escuela|"
    r"despacho|mision|asamblea|congreso|senado|prosecretaria|gerencia|asociacion|correos",
    "fr": r"haut[- ]commissariat|division|section|commissariat|secours|cellule|fonds|observatoire|laboratoire|regie|"
    r"tresor|ecole|"
    r"chambre|"
    r"cour|unite|mission|bureau|service|cabinet|academie|universite|fondation|groupe|pole|vice-?presidence|"
    r"gouvernement|assemblee|senat|incubateur|plateforme|police|sous-direction|ministere|"
    r"etablissement|task ?force|reseau|parc|imprimerie|federation|association",
    "pt": r"fundacao|divisao|seccao|secao|reparticao|diretoria|subsecretaria|"
    r"laboratorio|unidade|camara|casa|tribunal|universidade|inspe[c]?cao|inspetoria|polic[i]a|caixa|"
    r"secretariado|gabinete|nucleo|rede|parque|grupo|observatorio|receita|procuradoria|defensoria|vice-?presidencia|"
    r"coordenacao|companhia|provedoria|escola|agrupamento|correios|dire[c]?cao|secretaria|"
    r"servicos (?:com)?partilhados|inspe[c]?cao|advocacia|assembleia|"
    r"entidade|autarquia|missao",
    "ru": r"групп\w+|парк|совет|академи\w+|университет|лаборатори\w+|объединени\w+|предприяти\w+|учреждени\w+|"
    r"обществ\w+|"
    r"компани\w+|аппарат|канцеляри\w+|секретариат|бюро|штаб|офис|дирекци\w+|отдел|ассоциаци\w+|союз|акционерн\w+|"
    r"концерн|холдинг|прокуратур\w+|суд|парламент|сенат|министр\w*|кабинет|фонд|"
    r"конструкторск\w+|технопарк|оператор|палата|архив|почта|полиция|таможн\w+|банк|коллеги\w+|нии|гу|гуп|руп|"
    r"ао|оао|тоо|"
    r"федераци\w+",
}
_LATIN = re.compile(
    rf"(?:(?:the|el|la|los|las|le|les|o|a|os|as)\s+|l')?(?:{'|'.join(_FIRST.values())})(?!\w)|"
    rf"(?:(?:и\s+)?[а-я-]+(?:ая|яя|ое|ее|ыи|ии|ои|ые|ие)\s+){{1,5}}(?:{_FIRST['ru']})(?!\w)"  # й is folded to и
)
_RUSSIAN_SHORT = re.compile("(?:Мин|Гос|Рос|Нац|Глав)[а-яё]{3,}")  # Минздрав, Госкомстат
_ENGLISH_LAST = re.compile(
    r"(?:[a-z0-9&'’.-]+\s+){0,8}(?:office|academy|archives?|parliament|court|customs|police|university|"
    r"laboratory|lab|branch|section|"
    r"group|task ?force|team|hub|cell|observatory|system|foundation|trust|college|statistics|scheme|secretariat|"
    r"organi[sz]ation|establishment|chamber|network|taskforce|revenue)(?:\s+(?:of|for|on)\s+.*)?$"
)
_ARABIC_HEADS = (
    "شركة|مصرف|بنك|وحدة|مديرية|دائرة|قطاع|منظمة|اتحاد|هيأة|هيئة|مكتب|برنامج|جامعة|كتابة|مندوبية|محكمة|نيابة|"
    "بورصة|غرفة|مختبر|"
    "فريق|قسم|شعبة|خزينة|جمارك|شرطة|بريد|أكاديمية|مرصد|مجمع|مدينة|واحة|خلية|شبكة|سكرتارية|وزارة|وكالة|مجلس|"
    "ديوان|إدارة|مركز|"
    "جهاز|لجنة|أمانة|مؤسسة|مصلحة|معهد|رئاسة|صندوق|سلطة|مفوضية|محافظة|جمعية|كلية|نظارة|حكومة|خزانة"
)
_ARABIC = re.compile(rf"(?:ال)?(?:{plain(_ARABIC_HEADS)})(?!\w)")
_HAN = re.compile(
    r"[\u4e00-\u9fff·（）]{1,24}?(?:委员会|理事会|议会|协会|基金会|联合会|学会|局|署|处|厅|司|部|院|室|所|中心|银行|法院|"
    r"公司|集团|大学|学院|库|小组|专班|办|府|总队|社|馆|实验室|平台|联盟|会议|机构|委)$"
)
_OWN_ACRONYM = re.compile(
    r"(?P<name>[^()（）]+?)\s*(?:[(（]\s*(?P<a>[^\W\d_a-z][\w-]{1,14})\s*[)）]|[-–—]\s*(?P<b>[A-Z]{2,8}))$"
)


def is_body(text: str) -> bool:
    """Whether a whole stretch looks like the name of a public body, its article included.

    >>> [is_body(text) for text in ("el Laboratorio Digital", "财政司", "Seguro Social (SS)", "Empleo", "National Lab")]
    [True, True, True, False, True]
    """
    text = text.strip()
    if re.match("[\u4e00-\u9fff]", text):
        return _HAN.fullmatch(re.sub(r"[（(].*", "", text).strip()) is not None or has_own_acronym(text)
    folded = plain(text)
    return (
        looks_like_agency(text)
        or (_LATIN.match(folded) is not None and " " in folded)
        or _RUSSIAN_SHORT.match(text) is not None
        or _ARABIC.match(folded) is not None
        or has_own_acronym(text)
        or (text[:1].isupper() and _ENGLISH_LAST.fullmatch(re.sub(r"\s*\(.*", "", folded)) is not None)
    )


def has_own_acronym(text: str) -> bool:
    """Whether a stretch ends with the acronym that its own words make, from the first word on.

    >>> has_own_acronym("Seguro Integral de Salud (SIS)"), has_own_acronym("Empleo y Previsión Social (MTEPS)")
    (True, False)
    """
    match = _OWN_ACRONYM.fullmatch(text.strip())
    if match is None:
        return False
    acronym = re.sub(r"[^a-zа-яё]", "", plain(match["a"] or match["b"]))
    words = re.findall(r"[^\W\d_]+", plain(match["name"]))
    words = words[1:] if words and words[0] in ("the", "el", "la", "le", "les", "l", "o", "a", "os", "as") else words
    initials = "".join(word[0] for word in words)
    letters = iter(initials)
    return len(acronym) > 1 and initials[:1] == acronym[:1] and all(letter in letters for letter in acronym)
