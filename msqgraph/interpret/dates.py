"""Dates as people write them, in the questionnaire's languages; a date that reads two ways keeps both readings."""

from __future__ import annotations

import re
from datetime import date

from msqgraph.folding import plain

_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ar": "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
    "ar-LB": "كانون-الثاني شباط آذار نيسان ايار حزيران تموز آب ايلول تشرين-الاول تشرين-الثاني كانون-الاول",
    "ar-TN": "جانفي فيفري مارس افريل ماي جوان جويلية اوت سبتمبر اكتوبر نوفمبر ديسمبر",
    "short": "jan feb mar apr may jun jul aug sept oct nov dec",
    "es-short": "ene feb mar abr may jun jul ago set oct nov dic",
}
_NUMBER_OF = {
    plain(name).replace("-", " "): number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)
} | {"sep": 9, "setiembre": 9}
_MONTH = "|".join(sorted(map(re.escape, _NUMBER_OF), key=len, reverse=True))
_OF = r"(?:\s*[-.,/]\s*|\s+(?:de\s+|del\s+|of\s+)?)"

#: A date with the month in words (day first, or month first), to be searched in folded text.
IN_WORDS = (
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|o|\.)?{_OF}(?P<month>{_MONTH})\.?,?{_OF}(?:ano\s+)?(?P<year>\d{{4}})"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    r"|(?P<year3>\d{4})\s*年\s*(?P<month3>\d{1,2})\s*月\s*(?P<day3>\d{1,2})\s*日)(?!\d)"
)
#: A date in digits.
IN_DIGITS = r"(?<!\d)\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}(?!\d)"
_WORDS, _DIGITS = re.compile(IN_WORDS), re.compile(r"(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})")


def date_candidates(text: str) -> list[str]:
    """The days (ISO 8601) that a date can mean: one if it reads one way, none if it is impossible.

    >>> date_candidates("12/02/2019"), date_candidates("16 de diciembre del 2014"), date_candidates("31/02/2019")
    (['2019-02-12', '2019-12-02'], ['2014-12-16'], [])
    """
    folded = plain(text)
    if words := _WORDS.search(folded):
        day, month, year = (words[name] or words[name + "2"] or words[name + "3"] for name in ("day", "month", "year"))
        return _days((int(year), _NUMBER_OF[month] if month in _NUMBER_OF else int(month), int(day)))
    digits = _DIGITS.search(folded)
    if digits is None:
        return []
    first, second, third = (int(group) for group in digits.groups())
    if len(digits[1]) == 4:
        return _days((first, second, third))
    if len(digits[1]) > 2 or len(digits[3]) not in (2, 4):
        return []
    year = third if len(digits[3]) == 4 else 2000 + third
    return _days((year, second, first), (year, first, second))


def _days(*readings: tuple[int, int, int]) -> list[str]:
    days: list[str] = []
    for reading in readings:
        try:
            day = date(*reading).isoformat()
        except ValueError:
            continue
        if day not in days and reading[0] >= 1000:
            days.append(day)
    return days
