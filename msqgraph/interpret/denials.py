"""Whether what a text speaks of is denied or only planned there: no law, a bill, a strategy being prepared.

This is judged clause by clause where clauses are clearly separated, so that one denial does not reach over all that a
sentence says; what introduces a list ("Being drafted: ...") holds for all of it.
"""

from __future__ import annotations

import re

from msqgraph.folding import plain
from msqgraph.interpret.passages import Passage

# folded words that deny a clause, or put it into the future
_NEGATED_OR_PLANNED = {
    "en": (
        r"not(?! only)|no(?! one\b)|none|never|without|lacks?|lacking|neither|cannot|yet to|"
        r"plan(?:s|ned|ning)?(?= to\b)|planned|"
        r"intends?|will|shall|is being|are being|being (?:drafted|prepared|developed|considered|discussed)|"
        r"under (?:development|preparation|discussion|way|consideration|review|study|elaboration|formulation|"
        r"construction|debate)|underway|pending|soon|bills?(?! of rights)|drafts?|drafted|expected|proposed|"
        r"proposals?|"
        r"in (?:preparation|progress|development|the process|the pipeline|the making|draft)|forthcoming|upcoming|"
        r"to be (?:adopted|approved|enacted|passed|developed|drafted|published|launched|finali[sz]ed)|working on|"
        r"(?<!for )(?<!of )(?<!on )(?<!in )(?<!by )(?:prepar|draft|consider|develop|elaborat|formulat|discuss|debat|"
        r"explor|finali[sz]|envisag)ing|(?:is|are) (?:preparing|drafting|considering|developing)|considers|envisages"
    ),
    "es": (
        r"no(?! solo| obstante)|sin(?! embargo)|ningun[oa]?|nunca|tampoco|aun|todavia no|prevista?o?s?|preve|"
        r"planead[oa]s?|planifica\w*|planea\w*|en (?:desarrollo|elaboracion|preparacion|proceso|tramite|discusion|"
        r"estudio|curso|revision|consulta|construccion|formulacion|diseno|redaccion|borrador|debate|fase de|etapa de|"
        r"vias de)|proyectos? de (?:ley|decreto|estrategia|reglamento|norma|resolucion)|iniciativas? de ley|"
        r"propuestas?|anteproyectos?|borrador(?:es)?|carece\w*|pendientes?|futur[oa]s?|proximamente|sera|seran|"
        r"(?:elabor|desarroll|prepar|redact|formul|disen|discut|debat|tramit|estudi|evalu|analiz|consider|trabaj)"
        r"(?:ando|iendo)"
    ),
    "fr": (
        r"ne|n'\w+|pas|aucune?s?|sans|jamais|pas encore|prevue?s?|prevoit|prevoient|envisage\w*|en cours|bientot|"
        r"en (?:preparation|discussion|elaboration|projet|gestation|examen|revision|attente|voie|phase)|"
        r"projets? de (?:loi|decret|strategie|texte|code|ordonnance)|propositions? de loi|avant-projets?|ebauches?|"
        r"a l'(?:etude|examen)|futur\w*|prochain\w*|sera|seront|va|vont|devrait|devraient|"
        r"(?<!a )(?<!ont )(?<!avons )(?<!est )(?<!ete )(?:elabore|prepare|redige)(?:nt|ons)?(?! par)"
    ),
    "pt": (
        r"nao(?! so\b)|sem|nenhuma?|nunca|prevista?o?s?|preve|planejad[oa]s?|planead[oa]s?|"
        r"em (?:desenvolvimento|elaboracao|preparacao|andamento|discussao|tramitacao|curso|consulta|construcao|"
        r"revisao|"
        r"estudo|analise|formulacao|fase de|processo de|vias de)|projetos? de (?:lei|decreto|estrategia|diploma)|"
        r"propostas?|anteprojetos?|rascunhos?|minutas?|pendentes?|sera|serao|pretende\w*|futur[oa]s?|"
        r"(?:elabor|desenvolv|prepar|redig|formul|discut|debat|analis|estud|avali|consider)(?:ando|endo|indo)|"
        r"(?:esta|estao) a (?:elaborar|preparar|desenvolver|discutir|estudar|redigir)|"
        r"a ser (?:aprovad|adotad|elaborad|publicad)\w*"
    ),
    "ru": (
        r"не(?! только)|нет|без|отсутству\w+|планиру\w+|разрабатыва\w+|в разработке|предполага\w+|законопроект\w*|"
        r"проект\w* (?:\w+ )?(?:закона|стратегии|концепции|постановления|указа|программы|кодекса)|"
        r"готовит|готовят|готовится|готовятся|предусматривается|будет|будут|рассматрива\w+|обсужда\w+|предстоит|"
        r"(?:на|в) (?:стадии|процессе)"
    ),
    "ar": (
        r"[وف]?(?:لا|ليس\w*|لم|لن|غير|دون|بدون|مخطط|يخطط|من المقرر|سيتم|سوف|ستقوم|بصدد|"
        r"قيد (?:ال)?(?:اعداد|دراسة|تطوير|انجاز|صياغة|مراجعة|مناقشة)|(?:ال)?مسودة|مسودات|"
        r"مشروع (?:ال)?(?:قانون|نظام|مرسوم|استراتيجية)|مشاريع (?:ال)?(?:قوانين|قانون)|"
        r"(?:يجري|تجري|يتم|جاري|جار)(?: حاليا)? (?:ال)?(?:اعداد|صياغة|تطوير|وضع|دراسة|مناقشة|العمل)|"
        r"(?:تعمل|يعمل) (?:\w+ ){0,3}على (?:اعداد|صياغة|تطوير|وضع))"
    ),
    "zh": (
        "没有|无(?!线|人|障碍)|未(?!来)|尚未|不(?!仅|但)|计划(?!》)|(?<![虚模])拟|草案|征求意见|即将|筹备|准备|考虑|"
        "正在?(?:制定|制订|起草|编制|研究|拟定|拟订|审议|讨论|酝酿|修订)|(?:制定|起草|审议)中|"
        "将(?=制定|出台|实施|发布|会|要|于)|待(?:批准|通过|审议)"
    ),
}
_PATTERNS = {
    language: re.compile(words if language == "zh" else rf"(?<!\w)(?:{words})(?!\w)")
    for language, words in _NEGATED_OR_PLANNED.items()
}
# "No. 25", "N° 25", "no. XIV-5" number something; they deny nothing
_NUMBER_SIGN = re.compile(
    r"(?<!\w)n(?:[o°º]|os|ro|um)?\s?[.°º]?\s*(?=-?\d)|(?<=\w )n(?:o|ro)?[.°]\s?[ivxlcdm]{2,}(?!\w)"
)
_CLAUSE = re.compile(
    r"[;；؛]|[,،，]\s*(?:(?:but|however|whereas|while|although|though|yet|pero|aunque|mientras|mais|cependant|tandis|"
    r"alors|mas|por[eé]m|embora|enquanto|но|а|однако|хотя|و?لكن|بينما|[اأ]ما)(?!\w)|(?=但|而|然而|不过))",
    re.I,
)
_BULLET = re.compile(r"[-–—•*·▪]\s|\d{1,2}[.)]|[a-z][.)]\s")
_WORD = re.compile(r"[\u4e00-\u9fff]{1,2}|[^\W\u4e00-\u9fff]+")
_FEWEST_WORDS = 3  # a clause with fewer words of its own says nothing by itself


def is_negated_or_planned(passage: Passage, start: int, end: int, places: list[tuple[int, int]]) -> bool:
    """Whether the clause around a stretch denies something or puts it into the future.

    :param places: the stretches (this one among them) of all the things that the text speaks of.

    >>> passage = Passage("Ley No. 5 de datos abiertos, pero no de firma digital.", "es")
    >>> [is_negated_or_planned(passage, *place, [(13, 27), (40, 53)]) for place in ((13, 27), (40, 53))]
    [False, True]
    """
    pattern = _PATTERNS.get((passage.language or "").split("-")[0])
    patterns = [pattern] if pattern else list(_PATTERNS.values())
    first, last = passage.sentence_at(start)
    inside = [place for place in places if first <= place[0] < last] or [(start, end)]
    heading = _heading(passage, first, min(inside)[0])
    clauses = _clauses(passage, first, last, inside, patterns)
    clause = next(((a, b) for a, b in clauses if a <= start < b), (first, last))
    return _denies(f"{heading} … {_around(passage, *clause, [(start, end)])}", patterns)


def denies_or_plans(text: str) -> bool:
    """Whether words in any of the languages deny something or put it into the future.

    >>> denies_or_plans("Il existe un projet de loi"), denies_or_plans("Il existe une loi")
    (True, False)
    """
    return _denies(text, list(_PATTERNS.values()))


def _denies(text: str, patterns: list[re.Pattern[str]]) -> bool:
    words = _NUMBER_SIGN.sub(" ", plain(text))
    return any(pattern.search(words) for pattern in patterns)


def _around(passage: Passage, first: int, last: int, places: list[tuple[int, int]]) -> str:
    """The words of a stretch without those of the things that it speaks of."""
    kept, position = [], first
    for start, end in sorted(places):
        if first <= start < last:
            kept.append(passage.masked[position:start])
            position = max(position, min(end, last))
    return " … ".join([*kept, passage.masked[position:last]])


def _heading(passage: Passage, first: int, place: int) -> str:
    """The words that introduce the list in which a sentence stands: before its colon, or above its bullets."""
    colon = re.search(r"[:：]", passage.masked[first:place])
    heading = passage.masked[first : first + colon.start()] if colon else ""
    if _BULLET.match(passage.masked, first):
        for start, end in reversed([s for s in passage.sentences if s[1] <= first]):
            if not _BULLET.match(passage.masked, start):
                is_open = passage.masked[start:end].endswith((":", "："))
                return f"{passage.masked[start:end]} … {heading}" if is_open else heading
    return heading


def _clauses(
    passage: Passage, first: int, last: int, places: list[tuple[int, int]], patterns: list[re.Pattern[str]]
) -> list[tuple[int, int]]:
    """The clauses of a sentence; one that names nothing, or hardly says more than a name, goes with its neighbour."""
    borders = [match.start() for match in _CLAUSE.finditer(passage.masked, first, last)]
    clauses: list[tuple[int, int]] = []
    is_open = True  # the clause before says nothing by itself
    for start, end in zip([first, *borders], [*borders, last], strict=True):
        has_place = any(start <= a < end for a, _ in places)
        words = _around(passage, start, end, places)
        says_more = len(_WORD.findall(words)) >= _FEWEST_WORDS or _denies(words, patterns)
        is_contrast = any(place in borders and passage.masked[place] in ",،，" for place in (start, end))
        is_whole = has_place and (says_more or is_contrast)
        if clauses and (is_open or not is_whole):
            clauses[-1] = (clauses[-1][0], end)
            is_open = is_open and not is_whole
        else:
            clauses.append((start, end))
            is_open = not is_whole
    return clauses
