"""The year that a figure is about, on folded text."""

from __future__ import annotations

import re

from msqgraph.interpret.quantity_words import SIGN

_YEAR = re.compile(
    r"(?:(?:ano|anos|year|years|annee|data|datos|dados|donnees|en|in|of|for|since|de|del|du|au|em|за|в|"
    r"на|عام|سنة|لسنة|لعام|fy|diciembre|december|decembre|dezembro|"
    r"enero|january|janvier|janeiro|june|junio|juin|junho)\s+(?:el |the |o |l')?(?:ano |annee |year )?|"
    r"[(（]\s*(?:data |datos )?)(?P<y1>(?:19|20)\d\d)(?![\d%])"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)\s*(?:年|г\b|г\.|год)"
)
# right behind the figure, and any other that is no part of a number, a law's or a date's
_YEAR_BEHIND = re.compile(
    rf"(?:{SIGN})\s*(?:[(（,，]\s*)?(?:in|en|em|за|в|на|في(?: عام| سنة)?|for|عام|سنة|于|ano|année)?\s*((?:19|"
    rf"20)\d\d)(?![\d%/.,-]\d)"
)
_ANY_YEAR = re.compile(
    r"(?<![\d/.,%№°-])(?:19|20)\d\d(?![\d/%]|[.,-]\d|\s*(?:%|people|persons|personas|personnes|pessoas|человек))"
)
_TARGET = re.compile(
    r"(?:by|until|para el?|hacia el?|d'ici(?: a)?|ate|до|до конца|к|بحلول|plan|agenda|vision|strategy|"
    r"estrategia)\s+(?:el |ano |the )*$"
)


def reference_year(text: str, edition_year: int | None) -> str | None:
    """The one year that the figure in a text is about; None if none is told, or several are.

    :param edition_year: a year after it is not one that figures are about.

    >>> reference_year("62% (2018)", 2020), reference_year("62%, en 2017", 2020), reference_year("62% by 2025", 2020)
    ('2018', '2017', None)
    """
    behind = _YEAR_BEHIND.search(text)
    if behind and (edition_year is None or int(behind[1]) <= edition_year):
        return behind[1]
    years = {match["y1"] or match["y2"] for match in _YEAR.finditer(text) if not _is_target(text, match.start())}
    years = years or {match[0] for match in _ANY_YEAR.finditer(text) if not _is_target(text, match.start())}
    years = {year for year in years if edition_year is None or int(year) <= edition_year}
    return years.pop() if len(years) == 1 else None


def _is_target(text: str, place: int) -> bool:
    return _TARGET.search(text[max(0, place - 25) : place]) is not None
