"""Organisations that a government works with: the names in the list that an answer ends with.

Names stay as they are written ("KOIKA"). A country in such a list is a mention like the others; who it is, is
decided when mentions are identified.
"""

from __future__ import annotations

import re

from msqgraph.agency_words import is_acronym
from msqgraph.folding import plain, word_set
from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.name_phrases import one_line, without_article
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.yes_no import WORDS
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
_AND = re.compile(r"\s+(?:and|y|e|et|и)\s+(?:(?:the|la|el|las|los|les?|as?|os?)\s+|l['’])?")
_OF = re.compile(r"\s(?:of|for|de|del|des|du|para|pour|da|do|по|для)\s")
_BIG = "[A-ZÀ-ÖØ-ÞА-ЯЁ]"
_REST = "(?:[^\\W\u4e00-\u9fff\u0600-\u06ff]|[\u0300-\u036f'’&./-])*"
_NAME = re.compile(
    rf"{_BIG}{_REST}(?:(?:\s+(?:of|for|the|de|del|la|las|los|para|des|du|da|do|das|dos|по))*\s+(?:[dl]['’])?{_BIG}{_REST})*"
    "|(?:东盟|欧盟|非盟|阿盟|世行|亚行|亚投行|国际电联|经合组织|世贸组织|上合组织|联合国(?!\\w))"
    "|[\u4e00-\u9fff]{1,17}?(?:组织|银行|联盟|委员会|联合国|署|论坛|中心)"
    "|(?P<han>[\u4e00-\u9fff]{2,12}?)(?=[、，。；和与及以等在开签建进合（(\\s\ufffc]|$)"
    "|(?:ال)?(?:منظمة|بنك|اتحاد|لجنة|جامعة|مجموعة|مجلس|برنامج)(?:\\s+(?:ال|لل)[\u0620-\u065f]+){1,6}"
    "|(?P<ar>[\u0620-\u065f]{2,}(?:\\s[\u0620-\u065f]+){0,3}?)(?=\\s*(?:[،,؛.\n]|$|\\sو))"
)
_LOWER = re.compile(r"(?:\s+(?:[dl]['’])?[a-zà-ÿа-яё-]+)+")
_LOWER_STOP = re.compile(
    r"\s+(?:dans|pour|sur|en|afin|qui|sont|est|par|au|aux|à|et|ainsi|depuis|в|на|для|и|которы\w+|а|также|при|с|со|от)(?!\w)"
)
_ACRONYM_BEHIND = re.compile(r"\s*[(（]\s*([^()（）\s]{2,15})\s*[)）]")
# what introduces a name at the very beginning of a sentence
_MEMBER_OF = re.compile(
    r"(?:(?:a |un |una |uma )?(?:member(?: state)?s?|part|partners?|miembros?|parte|membres?|membros?)\s+"
    r"(?:of|in|with|de la|de los|del?|des|du|da|do|dos|das)(?: the)?|with|con|avec|com|член\w*|عضو في|成员)[\s:：]+"
)
_BULLET = re.compile(r"\s*(?:[-–—•*·▪]+|\d{1,2}[.)])\s+")
_GOES_ON = re.compile(r"\s*(?:[:：–—(（,;-]|$)")
_HEAD = re.compile(
    r"(?:.*\s)?(?:bank|union|organi[sz]ation|agency|commission|council|institute|ministry|fund|foundation|forum|"
    r"programme|community|commonwealth|league|association|network|alliance|group|university|nations|secretariat|"
    r"banco|unión|organización|agencia|comisión|consejo|ministerio|fondo|comunidad|red|banque|agence|commission|conseil|"
    r"ministère|communauté|união|organização|agência|comissão|comunidade|банк|союз|организация|комиссия)(?:\s|$)",
    re.I,
)
_YES_OR_NO = re.compile(rf"(?:(?:{'|'.join(sorted(map(re.escape, WORDS), key=len, reverse=True))})(?!\w)[\W_]*)+", re.I)
_BLANK = re.compile(r"[\s\-–—•*·\"“«]*")
_OF_AGAIN = re.compile(r"(?:of|with|de la|de los|del?|du|des|da|do|dos|con|avec|com)\s+(?:l['’])?|d['’]")
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
    answer = _YES_OR_NO.match(passage.masked, start)
    start = answer.end() if answer else start
    is_open = True  # nothing but the list so far: what follows goes on with it
    for first, last in passage.sentences:
        if last <= start:
            continue
        found, is_whole = _in_sentence(passage, start, max(first, start), last, is_open)
        mentions += found
        is_bullet = _BULLET.match(passage.masked, first) is not None
        is_open = (is_open and (is_whole or is_bullet)) or passage.masked[first:last].endswith((":", "："))
    seen: set[str | None] = set()
    return [m for m in mentions if not (m.name in seen or seen.add(m.name))]  # type: ignore[func-returns-value]


def _in_sentence(passage: Passage, start: int, first: int, last: int, is_open: bool) -> tuple[list[Mention], bool]:
    """The names in a sentence, and whether it is nothing but a list of them."""
    is_first = first <= start
    bullet = _BULLET.match(passage.masked, first, last) if is_open else None
    first = bullet.end() if bullet else first
    folded = plain(passage.masked[first:last])
    if len(folded) != last - first:  # some letters fold to more than one: places would not agree
        folded = passage.masked[first:last].lower()
    member = _MEMBER_OF.match(folded)
    starts = [first + match.end() for match in _INTRODUCTION.finditer(folded)]
    lists = [found for place in starts if (found := _list_at(passage, place, last))]
    whole = _list_at(passage, first + (member.end() if member else 0), last) if is_open or member else []
    if whole and not passage.masked[first:last].endswith((":", "：")):
        rest = passage.masked[whole[-1].start + len(whole[-1].quote) : last]
        is_all = not any(c.isalpha() for c in rest)
        is_sure = is_first or len(whole) > 1 or _is_sure(whole[0])
        if (is_all and (is_sure or bullet)) or (bullet and is_sure and _GOES_ON.match(rest)):
            return whole, is_open
    if not lists:
        return [], False
    longest = max(lists, key=lambda found: (len(found), -found[0].start))
    reached = longest[-1].start
    others = [found for found in lists if found is not longest and found[0].start > reached]
    return longest + (max(others, key=len) if others else []), False


def _is_sure(mention: Mention) -> bool:
    """Whether a name by itself is an organisation's, and no word that happens to begin a sentence ("Ongoing.")."""
    name = mention.name or ""
    return bool(mention.acronym or mention.country_iso3 or " " in name or _HEAD.match(name) or name[:1] >= "\u4e00")


def _list_at(passage: Passage, start: int, end: int) -> list[Mention]:
    """The names that follow each other from a place on, until something that is none."""
    mentions: list[Mention] = []
    position = start
    while position < end:
        for pattern in (_BLANK, _OF_AGAIN) if mentions else (_BLANK,):
            skipped = pattern.match(passage.masked, position, end)
            position = skipped.end() if skipped else position
        position = without_article(passage.masked, position, end)
        name = _NAME.match(passage.masked, position, end)
        if name is None or not _is_organization(name):
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
    if following is None:
        return stop
    whole = following.start() + len(following[0].rstrip("."))
    if _country(masked[start:whole]):  # Trinidad and Tobago
        return whole
    other = following[0].rstrip(".")
    is_other = is_acronym(other.split()[0]) or _HEAD.match(other) or _country(other)
    return whole if _OF.search(masked[start:stop]) and not is_other and not _country(masked[start:stop]) else stop


def _country(name: str) -> str | None:
    from msqgraph.countries import iso3_by_name  # reads the reference data: only where partners are named

    return iso3_by_name(one_line(name.rstrip(".")))


def _mention(passage: Passage, start: int, stop: int, end: int) -> Mention:
    name = one_line(passage.text[start:stop])
    bracket = re.compile(r"\s*\([^()\n]{3,60}\)").match(passage.masked, stop, end)
    if bracket and _country(passage.text[start : bracket.end()]):  # Iran (Islamic Republic of)
        stop = bracket.end()
        name = one_line(passage.text[start:stop])
    behind = _ACRONYM_BEHIND.match(passage.masked, stop, end)
    acronym = name if is_acronym(name) else None
    if behind and is_acronym(behind[1]):
        acronym, stop = behind[1], behind.end()
    language = None if acronym == name else language_of_name(name, passage.language)
    mention = Mention("Organization", passage.text[start:stop], start, "stated-in-text", name, language, acronym)
    mention.country_iso3 = _country(name)
    address = passage.address_after(stop)
    return passage.attach(mention, address) if address and "," not in passage.masked[stop : address.start] else mention


def _is_organization(match: re.Match[str]) -> bool:
    name = match[0].rstrip(".")
    words = name.split()
    if match["han"] or match["ar"]:
        return _country(name) is not None
    if plain(name) in _NO_ORGANIZATION or len(words) > 10 or _YES_OR_NO.fullmatch(name):
        return False
    return is_acronym(name) or len(name) > 3 or "\u4e00" <= name[0] <= "\u9fff"
