"""Legal acts as they are cited in sentences and in addresses: type, number as stated, date or year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from msqgraph.interpret.dates import IN_DIGITS, IN_WORDS, date_candidates
from msqgraph.interpret.passages import Passage
from msqgraph.response import Citation

# words for an act, folded, by the slug of its type; what is not listed is no act
_TYPES = {
    "constitution": "constitution|constitucion|constituicao|конституци\\w+|دستور|宪法",
    "decree": (
        "decree|decreto(?:[- ]ley| supremo| ejecutivo| legislativo|[- ]lei)?|decret(?:[- ]loi)?|"
        "указ\\w{0,2}|декрет\\w{0,2}|المرسوم|مرسوم|امر|الامر|令"
    ),
    "resolution": "resolution|resolucion(?: ministerial)?|resolucao|постановлени\\w{1,2}|القرار|قرار|决议|决定",
    "regulation": (
        "regulations?|reglamento|reglement|regulamento|arrete|portaria|положени[еяю]|распоряжени\\w{1,2}|"
        "приказ\\w{0,2}|لائحة|اللائحة|条例|规定"
    ),
    "agreement": "agreement|convenio|acuerdo|accord|acordo|соглашени\\w{1,2}|اتفاقية|协定",
    "law": (
        "law|act|bill|statute|ley(?: organica| marco)?|loi(?: organique)?|lei(?: complementar)?|"
        "закон\\w{0,3}|кодекс\\w{0,2}|القانون|قانون|法律|法"
    ),
    "other": "ordinance|ordonnance|ordenanza|directive|directiva|circular|circulaire|code|codigo|директив\\w{1,2}",
}
_SLUG = {slug: re.compile(f"(?:{words})") for slug, words in _TYPES.items()}
_ACT = "|".join(_TYPES.values())
_NUMBERED = r"(?:(?:n\s?[.°]?\s?[o°]\.?|n\.|num(?:ero|\.)?|nro\.?|number|no\.?|numero|#|№|عدد|رقم|n°\s?)\s*)"
_NUMBER = r"\d[\d.,]*\d|\d"
_QUALIFIED = r"(?:\s+(?!(?:n|no|of|de|du|del|la|as|is|in|es|en)\b)[^\W\d]{2,20}){0,3}?"
_OF = (
    r"(?:\s*,?\s*(?:de\s+fecha|of|dated|del?|du|от|da|لسنة|سنة|بتاريخ|والمؤرخ في)\s*(?:the |el |l'annee |"
    r"ano |fecha )?|\s*[,(]\s*)"
)
_BY_NUMBER = re.compile(
    rf"(?<![^\W\u4e00-\u9fff])(?P<act>{_ACT}){_QUALIFIED}\s*(?:\([a-z]{{2,4}}\)\s*)?(?P<marker>{_NUMBERED})?"
    rf"(?<![\w.,/-])(?P<number>{_NUMBER})(?P<tail>(?:\s?[-/]\s?(?:\d{{1,4}}(?!\d)|[a-zа-я]{{1,4}}\b))*)"
    rf"(?:{_OF}(?:(?P<date>{IN_WORDS}|{IN_DIGITS})|(?P<year_of>(?:1[89]|20)\d\d)(?!\d)|"
    rf"(?P<only_day>\d{{1,2}})\s+de\s+(?P<month_of>[a-z]{{4,10}})(?!\s+de)))?"
)
_RUSSIAN = re.compile(
    rf"(?<!\w)(?P<act>{_TYPES['law']}|{_TYPES['decree']}|{_TYPES['resolution']}|{_TYPES['regulation']})"
    rf"(?:\s+[^\W\d][\w«»-]*){{0,12}}?\s+от\s+"
    r"(?P<when>\d{1,2}\s+[а-я]+\s+\d{4}|\d{1,2}\.\d{1,2}\.\d{4})\s*(?:года|г\.?)?,?\s*(?:№|no|n)"
    r"\s*(?P<russian>\d[\w-]*)"
)
_CHINESE = re.compile(
    "(?:(?P<year_before>(?:19|20)\\d\\d)\\s*年\\s*)?(?P<act>法律|令|决议|决定|条例)\\s*第?\\s*(?P<han>\\d+)\\s*号"
)
_CHINESE_SPLIT = re.compile("第\\s*(?P<han>\\d+)\\s*号\\s*(?P<act>法律|令|决议|决定|条例|法)")
_NAMED_YEAR = re.compile(
    r"(?<!\w)(?P<act>act|law|decree|regulations?|code),?\s+(?:of\s+)?(?P<year>(?:1[89]|20)\d\d)(?![\d/-])"
    r"(?:\s*[,(]?\s*(?:(?:act|law|decree)\s+(?:no\.?\s*)?|no\.?\s*)(?P<number>\d+)(?![\d/-]|\s+of\s+\d))?"
)
# series with names of their own: Public Law 115-435, Republic Act 10173; "(Act 843)" behind a name
_SERIES = re.compile(
    r"(?<!\w)(?:public law|pub\.\s?l\.|republic act|r\.a\.)\s*(?:no\.?\s*)?(?P<number>\d+(?:[-–]\d+)?)(?![\w/-])|"
    r"[(（]\s*(?:act|law)\s+(?:no\.?\s*)?(?P<inner>\d+)\s*[)）]"
)
# acts that are numbered apart from ordinary laws; with a law's type they would be taken for the law of that number
_NUMBERED_APART = re.compile(r"lei complementar|ley organica(?=\D*\d+/)")
_NO_OF_YEAR = re.compile(r"[(（,]\s*(?:act\s+)?no\.?\s*(?P<number>\d+)\s+of\s+(?P<year>(?:1[89]|20)\d\d)")
_IN_ADDRESS = re.compile(
    r"(?<![a-z])(?P<act>ley|law|loi|lei|act|zakon|decreto|decret|decree|resolucion|resolution|resolucao|"
    r"reglamento|acuerdo)"
    r"(?:[-_+. ]|%20)*(?:n(?:[ro°o]|ro|um)?\.?(?:[-_. ]|%20)*)?0*(?P<number>[1-9]\d*(?:\.\d{3})*)"
    r"(?:(?:[-_/. ]|%20)*(?:de(?:[-_ ]|%20)*)?(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.I,
)
_ADDRESS_TYPES = {
    word: slug
    for slug, words in {
        "law": "ley law loi lei act zakon",
        "decree": "decreto decret decree",
        "resolution": "resolucion resolution resolucao",
        "regulation": "reglamento",
        "agreement": "acuerdo",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation and the stretch of text that it is."""

    start: int
    end: int
    citation: Citation


def find_citations(passage: Passage) -> list[Cited]:
    """The acts that a text cites by number (or, in English, by a year), in order; not those inside addresses.

    >>> [c.citation for c in find_citations(Passage("por Decreto N° 2.794 del 16 de diciembre del 2014"))]
    [Citation(type='decree', number='2.794', date='2014-12-16', year='2014')]
    """
    found: list[Cited] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(passage.folded.text):
            cited = read(passage, match)
            if cited and not any(cited.start < other.end and other.start < cited.end for other in found):
                found.append(cited)
    return sorted(found, key=lambda cited: cited.start)


def citation_in_address(address: str) -> Citation | None:
    """The act that an address names in its path, its number without leading zeros.

    >>> citation_in_address("https://a.gov/transparencia-ley-5189-2014")
    Citation(type='law', number='5189', date=None, year='2014')
    >>> citation_in_address("https://a.gov/RESOLUCION_066_-2018_x.pdf")
    Citation(type='resolution', number='66', date=None, year='2018')
    """
    path = address.partition("://")[2].partition("/")[2]
    match = _IN_ADDRESS.search(path)
    if match is None or (re.fullmatch(r"(?:19|20)\d\d", match["number"]) and match["year"] is None):
        return None
    return Citation(_ADDRESS_TYPES[match["act"].lower()], match["number"], None, match["year"])


def type_of(name: str) -> str | None:
    """The type of act that a folded name begins (or, in English and Chinese, ends) with.

    >>> type_of("ley de acceso"), type_of("freedom of information act"), type_of("plan")
    ('law', 'law', None)
    """
    name = re.sub(r",?\s+(?:of\s+)?(?:1[89]|20)\d\d$", "", name)
    for slug, pattern in _SLUG.items():
        if re.match(rf"{pattern.pattern}(?!\w)", name) or re.search(
            rf"(?:(?<!\w)|(?<=[\u4e00-\u9fff])){pattern.pattern}$", name
        ):
            return slug
    return None


def _numbered(passage: Passage, match: re.Match[str]) -> Cited | None:
    act, number, tail = match["act"], match["number"].rstrip(".,"), re.sub(r"\s", "", match["tail"] or "")
    is_marked, date, year = match["marker"] is not None, match["date"], match["year_of"]
    slash = re.fullmatch(r"[-/]((?:1[89]|20)\d\d)(?:[-/].*)?", tail)
    if slash and year is None:
        year, tail = slash[1], ""
    elif re.fullmatch(r"(?:1[89]|20)\d\d", number) and re.match(r"[-/]\d", tail):
        year = year or number  # loi 2008-12: the year leads, the number is stated with it
    if (
        not is_marked
        and year is None
        and date is None
        and (act not in ("decreto", "ley", "lei", "loi") or re.fullmatch(r"(?:19|20)\d\d", number))
    ):
        return None
    if not is_marked and match["number"].endswith(("%",)):
        return None
    stated = passage.text[
        passage.folded.at(match.start("number")) : passage.folded.at(match.start("number") + len(number))
    ]
    suffix = passage.text[passage.folded.at(match.start("tail")) : passage.folded.at(match.end("tail"))] if tail else ""
    kind = "other" if _NUMBERED_APART.match(match[0]) else _type(act)
    citation = Citation(kind, stated + re.sub(r"\s", "", suffix), None, year)
    if date:
        _set_date(citation, date)
    elif match["only_day"] and year:
        days = date_candidates(f"{match['only_day']} de {match['month_of']} de {year}")
        citation.date = days[0] if len(days) == 1 else None
    return _cited(passage, match, citation)


def _russian(passage: Passage, match: re.Match[str]) -> Cited:
    stated = passage.text[passage.folded.at(match.start("russian")) : passage.folded.at(match.end("russian"))]
    citation = Citation(_type(match["act"]), stated)
    _set_date(citation, match["when"])
    return _cited(passage, match, citation)


def _chinese(passage: Passage, match: re.Match[str]) -> Cited:
    return _cited(
        passage, match, Citation(_type(match["act"]), match["han"], None, match.groupdict().get("year_before"))
    )


def _english(passage: Passage, match: re.Match[str]) -> Cited:
    act = match.groupdict().get("act")
    return _cited(passage, match, Citation(_type(act) if act else "law", match["number"], None, match["year"]))


def _series(passage: Passage, match: re.Match[str]) -> Cited:
    group = "number" if match["number"] else "inner"
    stated = passage.text[passage.folded.at(match.start(group)) : passage.folded.at(match.end(group))]
    return _cited(passage, match, Citation("law", stated))


def _cited(passage: Passage, match: re.Match[str], citation: Citation) -> Cited:
    return Cited(passage.folded.at(match.start()), passage.folded.at(match.end()), citation)


def _set_date(citation: Citation, date: str) -> None:
    days = date_candidates(date)
    citation.date = days[0] if len(days) == 1 else None
    years = {day[:4] for day in days}
    citation.year = years.pop() if len(years) == 1 else citation.year


def _type(act: str) -> str:
    return next((slug for slug, pattern in _SLUG.items() if pattern.fullmatch(act)), "other")


# those that tell more come first
_READERS = (
    (_RUSSIAN, _russian),
    (_CHINESE, _chinese),
    (_CHINESE_SPLIT, _chinese),
    (_NO_OF_YEAR, _english),
    (_NAMED_YEAR, _english),
    (_SERIES, _series),
    (_BY_NUMBER, _numbered),
)


def merged(first: Citation, second: Citation) -> Citation:
    """What two citations of one act say together.

    >>> merged(Citation("law"), Citation("law", "5189", None, "2014"))
    Citation(type='law', number='5189', date=None, year='2014')
    """
    return replace(
        second, number=second.number or first.number, date=second.date or first.date, year=second.year or first.year
    )
