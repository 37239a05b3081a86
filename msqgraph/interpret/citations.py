"""Legal acts as they are cited in sentences and in addresses: type, number as stated, date or year."""

from __future__ import annotations

import re
from dataclasses import replace

from msqgraph.folding import plain
from msqgraph.interpret.citations_by_number import find_numbered
from msqgraph.interpret.citations_by_year import find_named
from msqgraph.interpret.citations_chinese import find_chinese
from msqgraph.interpret.cited import Cited, merged
from msqgraph.interpret.passages import Passage
from msqgraph.response import Citation

__all__ = ["Cited", "citation_in_address", "find_citations", "merged"]

# series with names of their own: Public Law 115-435, Republic Act 10173
_SERIES = re.compile(
    r"(?<!\w)(?:public law|pub\.\s?l\.|republic act|r\.a\.)\s*(?:no\.?\s*)?(?P<number>\d+(?:[-–]\d+)?)(?![\w/-])|"
    # Act CXII of 2011: numbered in Roman numerals
    r"(?<!\w)(?:act|law|ley|loi|lei) (?P<roman>[ivxlcdm]{1,9}) (?:of|de) (?P<year>(?:1[89]|20)\d\d)(?!\d)"
)
# the number of a named act, behind its name or year: (No. 5 of 2011), , No. 14 of 2009
_NO_OF_YEAR = re.compile(r"[(,]\s*(?:act\s+)?no\.?\s*(?P<number>\d+)\s+of\s+(?P<year>(?:1[89]|20)\d\d)\)?")
_NAMED_BEHIND = re.compile(r"\s*\(\s*(?:the )?[^()\d]{0,100}$")
_JOINED = re.compile(r"\s*[,(:–—-]*\s*")
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


def find_citations(passage: Passage) -> list[Cited]:
    """The acts that a text cites by number, or by name and year, in order; not those inside addresses.

    >>> [c.citation for c in find_citations(Passage("por Decreto N° 2.794 del 16 de diciembre del 2014"))]
    [Citation(type='decree', number='2.794', date='2014-12-16', year='2014')]
    """
    found: list[Cited] = []
    for cited in (*_series(passage), *find_chinese(passage), *find_numbered(passage), *find_named(passage)):
        if not any(cited.overlaps(other) for other in found):
            found.append(cited)
    return _joined(passage, sorted(found, key=lambda cited: cited.start))


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


def _series(passage: Passage) -> list[Cited]:
    at, found = passage.folded.at, []
    for match in _SERIES.finditer(passage.folded.text):
        group = "roman" if match["roman"] else "number"
        stated = passage.text[at(match.start(group)) : at(match.end(group))]
        if group == "number" or stated.isupper():
            found.append(Cited(at(match.start()), at(match.end()), Citation("law", stated, None, match["year"])))
    return found


def _joined(passage: Passage, found: list[Cited]) -> list[Cited]:
    """Citations of one act made one: its number behind or before its name and year, one of the two in brackets."""
    result: list[Cited] = []
    for cited in found:
        last = result[-1] if result else None
        if last and _is_same_act(passage, last, cited):
            end = cited.end + (passage.masked[cited.end : cited.end + 1] == ")")
            result[-1] = Cited(last.start, end, replace(merged(last.citation, cited.citation), type=last.citation.type))
        else:
            result.append(cited)
    return result


def _is_same_act(passage: Passage, first: Cited, second: Cited) -> bool:
    one, other = first.citation, second.citation
    if (one.number and other.number) or (one.year and other.year and one.year != other.year):
        return False
    between = plain(passage.masked[first.end : second.start])
    if other.number:  # Data Protection Act, 2012 (Act 843)
        return one.number is None and one.year is not None and _JOINED.fullmatch(between) is not None
    return one.type == other.type and one.year is None and _NAMED_BEHIND.fullmatch(between) is not None
