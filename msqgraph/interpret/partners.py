"""Organisations that a government works with: the names in the list that an answer ends with.

Names stay as they are written ("KOIKA"). A country in such a list is a mention like the others; who it is, is
decided when mentions are identified.
"""

from __future__ import annotations

import re

from msqgraph.folding import plain, word_set
from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.name_phrases import is_acronym, one_line, without_article
from msqgraph.interpret.passages import Passage
from msqgraph.response import Mention

_INTRODUCTIONS = {
    "en": r"with(?: the)?(?: following)?(?: organi[sz]ations)?|organi[sz]ations?|"
    r"including|includes?|included|such as|members? of|"
    r"part of|namely|partners?|joined",
    "es": r"con|organismos?|organizaciones|organizacion|instituciones|incluyendo|incluyen|tales como|"
    r"miembros? de|parte de|"
    r"siguientes|socios",
    "fr": r"avec|organismes?|organisations?|notamment|tels? que|telles? que|membres? de|dont|"
    r"partenaires?|suivants|suivantes",
    "pt": r"com|organismos?|organizacoes|incluindo|tais como|membros? d[aeo]|parceiros?|seguintes",
    "ru": r"с|со|включая|организаци\w+|член\w*|такими как|партнер\w*",
    "ar": r"مع|بما في ذلك|مثل|المنظمات|منظمات|عضو في|الشركاء",
}
_INTRODUCTION = re.compile(
    rf"(?<!\w)(?:{'|'.join(_INTRODUCTIONS.values())})(?!\w)\s*(?:[:：]\s*)?|[:：]\s*|与|和|包括|组织"
)
_SPLIT = re.compile(
    r"\s*[,;،、，；\n]\s*(?:(?:and|y|e|et|и)\s+)?|\s+(?:and|y|e|et|и)\s+(?=\S)|\s+/\s+|\s*[•·和与]\s*|\s+و\s*"
)
_AND = re.compile(r"\s+(?:and|y|e|et|и)\s+")
_OF = re.compile(r"\s(?:of|for|de|del|des|du|para|pour|da|do|по|для)\s")
_BIG = "[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_REST = "(?:[^\\W\u4e00-\u9fff\u0600-\u06ff]|[\u0300-\u036f'’&./-])*"
_NAME = re.compile(
    rf"{_BIG}{_REST}(?:(?:\s+(?:of|for|the|de|del|la|las|los|para|des|du|da|do|das|dos|по))*\s+(?:[dl]['’])?{_BIG}{_REST})*"
    "|[\u4e00-\u9fff]{2,18}(?:组织|银行|联盟|委员会|联合国|署)"
    "|(?:ال)?(?:منظمة|بنك|اتحاد|لجنة|جامعة|مجموعة|مجلس)(?:\\s+(?:ال|لل)[\u0620-\u065f]+){1,6}"
)
_LOWER = re.compile(r"(?:\s+(?:[dl]['’])?[a-zà-ÿа-яё-]+)+")
_LOWER_STOP = re.compile(
    r"\s+(?:dans|pour|sur|en|afin|qui|sont|est|par|au|aux|à|et|ainsi|depuis|в|на|для|и|которы\w+|а|также|при|с|со|от)(?!\w)"
)
_ACRONYM_BEHIND = re.compile(r"\s*[(（]\s*([^()（）\s]{2,15})\s*[)）]")
_NO_ORGANIZATION = word_set(
    "ict icts ti tic tics it sdg sdgs ods odd gdp pib ppp ppps app apps cio egov e-government e-gov "
    "gobierno government the this these also yes no si "
    "we our sim oui non sr mr es el la los las en in por para us"
)


def find_partners(passage: Passage, start: int) -> list[Mention]:
    """The organisations in the list after the yes word (which ends at ``start``), as written.

    >>> text = "Si, el Paraguay posee cooperaciones con los siguientes organismos IADB, KOIKA, MOIS-KOREA"
    >>> [m.name for m in find_partners(Passage(text, "es"), 3)]
    ['IADB', 'KOIKA', 'MOIS-KOREA']
    """
    mentions: list[Mention] = []
    for first, last in passage.sentences:
        if last > start:
            mentions += _in_sentence(passage, max(first, start), last, is_first=first <= start)
    seen: set[str | None] = set()
    return [m for m in mentions if not (m.name in seen or seen.add(m.name))]  # type: ignore[func-returns-value]


def _in_sentence(passage: Passage, first: int, last: int, is_first: bool) -> list[Mention]:
    folded = plain(passage.masked[first:last])
    if len(folded) != last - first:  # some letters fold to more than one: places would not agree
        folded = passage.masked[first:last].lower()
    starts = [first + match.end() for match in _INTRODUCTION.finditer(folded)]
    lists = [found for place in starts if (found := _list_at(passage, place, last))]
    whole = _list_at(passage, first, last) if is_first else []
    if whole and not any(c.isalpha() for c in passage.masked[whole[-1].start + len(whole[-1].quote) : last]):
        lists.append(whole)
    if not lists:
        return []
    longest = max(lists, key=lambda found: (len(found), -found[0].start))
    reached = longest[-1].start
    others = [found for found in lists if found is not longest and found[0].start > reached]
    return longest + (max(others, key=len) if others else [])


def _list_at(passage: Passage, start: int, end: int) -> list[Mention]:
    """The names that follow each other from a place on, until something that is none."""
    mentions: list[Mention] = []
    position = start
    while position < end:
        blank = re.compile(r"[\s\-–—•*·\"“«]*").match(passage.masked, position)
        position = without_article(passage.masked, blank.end() if blank else position, end)
        name = _NAME.match(passage.masked, position, end)
        if name is None or not _is_organization(name[0].rstrip(".")):
            break
        stop = _end_of(passage, name.start(), name.start() + len(name[0].rstrip(".")), end)
        mentions.append(_mention(passage, name.start(), stop, end))
        position = mentions[-1].start + len(mentions[-1].quote)
        between = _SPLIT.match(passage.masked, position, end)
        if between is None:
            break
        position = between.end()
    return mentions


def _end_of(passage: Passage, start: int, stop: int, end: int) -> int:
    """Where a name really ends: over "and" inside it, and over small words in French and Russian."""
    masked = passage.masked
    if passage.language in ("fr", "ru") and not is_acronym(masked[start:stop]):
        lower = _LOWER.match(masked, stop, end)
        halt = _LOWER_STOP.search(masked, stop, lower.end()) if lower else None
        stop = halt.start() if halt else lower.end() if lower else stop
    joined = _AND.match(masked, stop, end)
    following = _NAME.match(masked, joined.end(), end) if joined else None
    if following and _OF.search(masked[start:stop]) and not is_acronym(following[0].split()[0]):
        return following.start() + len(following[0].rstrip("."))
    return stop


def _mention(passage: Passage, start: int, stop: int, end: int) -> Mention:
    name = one_line(passage.text[start:stop])
    behind = _ACRONYM_BEHIND.match(passage.masked, stop, end)
    acronym = name if is_acronym(name) else None
    if behind and is_acronym(behind[1]):
        acronym, stop = behind[1], behind.end()
    language = None if acronym == name else language_of_name(name, passage.language)
    mention = Mention("Organization", passage.text[start:stop], start, "stated-in-text", name, language, acronym)
    address = passage.address_after(stop)
    return passage.attach(mention, address) if address and "," not in passage.masked[stop : address.start] else mention


def _is_organization(name: str) -> bool:
    words = name.split()
    return plain(name) not in _NO_ORGANIZATION and len(words) <= 10 and (is_acronym(name) or len(name) > 3)
