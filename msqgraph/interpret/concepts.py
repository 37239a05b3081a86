"""Codes that running text speaks of, by the phrases that the code lists give for them."""

from __future__ import annotations

import re

from msqgraph.folding import Folded, plain
from msqgraph.interpret.passages import Passage
from msqgraph.questionnaire import Part
from msqgraph.response import Mention

# folded words that deny a sentence, or put it into the future
_NEGATED_OR_PLANNED = {
    "en": r"not(?! only)|no(?!\.?\s?\d)(?! one\b)|none|never|without|lacks?|lacking|neither|cannot|plan(?:s|"
    r"ned|ning)?(?= to\b)|planned|intends?|will be|"
    r"is being|are being|under (?:development|preparation|discussion|way)|underway|in (?:preparation|"
    r"progress)|draft|drafting|expected|proposed|forthcoming|upcoming|yet to",
    "es": r"no(?! solo| obstante)|sin(?! embargo)|ningun[oa]?|nunca|tampoco|aun|todavia no|prevista?o?s?|preve|"
    r"planead[oa]s?|planifica\w*|"
    r"planea\w*|en (?:desarrollo|elaboracion|preparacion|proceso|tramite|discusion|estudio)|proyectos? "
    r"de ley|anteproyectos?|borrador|carece",
    "fr": (
        r"ne|n'\w+|pas|aucune?s?|sans|jamais|pas encore|prevue?s?|prevoit|envisagee?s?|en cours|en "
        r"(?:preparation|discussion|elaboration)|projets? de loi|avant-projet"
    ),
    "pt": (
        r"nao(?! so\b)|sem|nenhuma?|nunca|prevista?o?s?|preve|planejad[oa]s?|planead[oa]s?|em "
        r"(?:desenvolvimento|elaboracao|preparacao|andamento|discussao|tramitacao)|projetos? de lei"
    ),
    "ru": (
        r"не(?! только)|нет|без|отсутству\w+|планиру\w+|разрабатыва\w+|в разработке|предполага\w+|проект\w* "
        r"закона|законопроект\w*|готовится|предусматривается"
    ),
    "ar": (
        r"لا|ليس\w*|لم|لن|غير|دون|بدون|قيد (?:الاعداد|الدراسة|التطوير|الانجاز)|مخطط|يخطط|من المقرر|سيتم|"
        r"مشروع قانون|مشاريع قوانين"
    ),
    "zh": "没有|无|未|尚未|不(?!仅|但)|计划(?!》)|拟|正在制定|正在起草|草案|将(?=制定|出台|实施)",
}
_PATTERNS = {
    language: re.compile(words if language == "zh" else rf"(?<!\w)(?:{words})(?!\w)")
    for language, words in _NEGATED_OR_PLANNED.items()
}


def find_concepts(passage: Passage, options: list[Part], outside: list[tuple[int, int]]) -> list[Mention]:
    """The codes of a question's options that a text speaks of, each where it is first spoken of.

    :param outside: stretches that are not looked at (the names of laws with a line of their own).

    >>> options = [Part("9/a", "Option", code="legal-topic/digital-signature", phrases=(("es", "firma digital"),))]
    >>> [(m.quote, m.concept, m.doubts) for m in find_concepts(Passage("No existe Firma Digital.", "es"), options, [])]
    [('Firma Digital', 'legal-topic/digital-signature', ['negated-or-planned'])]
    """
    found: list[tuple[int, int, str]] = []
    for option in options:
        found += [
            (start, end, option.code) for _, phrase in option.phrases for start, end in passage.folded.find(phrase)
        ]
    mentions: dict[str, Mention] = {}
    taken: list[tuple[int, int]] = []
    for start, end, code in sorted(found, key=lambda place: (place[0] - place[1], place[0], place[2])):
        if not any(start < b and a < end for a, b in (*taken, *outside)):
            taken.append((start, end))
            earlier = mentions.get(code)
            if earlier is None or start < earlier.start:
                doubts = ["negated-or-planned"] if is_negated_or_planned(passage, start, end) else []
                mentions[code] = Mention(
                    "Concept", passage.text[start:end], start, "stated-in-text", concept=code, doubts=doubts
                )
    return sorted(mentions.values(), key=lambda mention: mention.start)


def concept_in(name: str | None, options: list[Part]) -> str | None:
    """The code of the option of which a name contains a phrase; of several the longest phrase decides.

    >>> concept_in("Ley de firma digital", [Part("9/a", "Option", code="c/a", phrases=(("es", "firma digital"),))])
    'c/a'
    """
    folded = Folded(name or "")
    found = [
        (len(phrase), option.code)
        for option in options
        for _, phrase in option.phrases
        if option.code and folded.find(phrase)
    ]
    return max(found, default=(0, None))[1]


def is_negated_or_planned(passage: Passage, start: int, end: int) -> bool:
    """Whether the sentence around a stretch denies something or puts it into the future."""
    first, last = passage.sentence_at(start)
    sentence = plain(f"{passage.masked[first:start]} … {passage.masked[min(end, last) : last]}")
    pattern = _PATTERNS.get((passage.language or "").split("-")[0])
    return any(p.search(sentence) for p in ([pattern] if pattern else _PATTERNS.values()))
