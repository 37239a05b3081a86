"""Dates as people write them, in the questionnaire's languages; a date that reads two ways keeps both readings."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    "ar-MA": "يناير فبراير مارس ابريل ماي يونيه يوليوز غشت شتنبر اكتوبر نونبر دجنبر",
    "ar-MR": "يناير فبراير مارس ابريل مايو يونيو يوليه اغشت سبتمبر اكتوبر نوفمبر دسمبر",
    "short": "jan feb mar apr may jun jul aug sept oct nov dec",
    "es-short": "ene feb mar abr may jun jul ago set oct nov dic",
}
_NUMBER_OF = {
    plain(name).replace("-", " "): number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)
} | {"sep": 9, "setiembre": 9}
_MONTH = "|".join(sorted(map(re.escape, _NUMBER_OF), key=len, reverse=True))
_OF = r"(?:\s*[-.,/]\s*|\s+(?:de\s+|del\s+|do\s+|of\s+|من\s+)?)"
_TH = r"(?:st|nd|rd|th|er|\.?o|°|-?го|\.)?(?:\s+day)?"
_BOTH = rf"(?:{_MONTH})(?:\s*/\s*(?:{_MONTH}))?"  # كانون الثاني/يناير

#: A date with the month in words (day first, or month first), to be searched in folded text.
IN_WORDS = (
    rf"(?:[«\"“]?(?P<day>\d{{1,2}})[»\"”]?{_TH}{_OF}(?P<month>{_BOTH})\.?,?{_OF}(?:(?:ano|l'an|سنة|عام)\s+)?"
    r"(?P<year>\d{4})"
    rf"|(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    r"|(?P<year3>\d{4})\s*年\s*(?P<month3>\d{1,2})\s*月\s*(?P<day3>\d{1,2})\s*日)(?!\d)"
)
#: A date in digits.
IN_DIGITS = r"(?<!\d)\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,4}(?!\d)"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)(?!\d|\s?[-–/.]\s?\d|\s?%|,\d)"
_WORDS_HERE, _DIGITS_HERE, _YEAR_HERE = re.compile(IN_WORDS), re.compile(IN_DIGITS), re.compile(_YEAR)
_MONTH_HERE = re.compile(rf"(?:{_BOTH}){_OF}{_YEAR}|{_YEAR}\s*年\s*\d{{1,2}}\s*月".replace("<year>", "<year4>", 1))
_DAY_HERE = re.compile(rf"(?P<day>\d{{1,2}}){_TH}{_OF}(?P<month>{_BOTH})(?!\w)")
_YEAR_SIGN = re.compile(r"\s*(?:года|году|год|г\.?(?![\w])|م(?!\w)|ه(?:ـ)?(?!\w)|年)?")
_FIRST_YEAR = 1800  # before it there are other calendars: 1439 AH
_WORDS, _DIGITS = re.compile(IN_WORDS), re.compile(r"(\d{1,4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,4})")


def date_candidates(text: str) -> list[str]:
    """The days (ISO 8601) that a date can mean: one if it reads one way, none if it is impossible.

    >>> date_candidates("12/02/2019"), date_candidates("16 de diciembre del 2014"), date_candidates("31/02/2019")
    (['2019-02-12', '2019-12-02'], ['2014-12-16'], [])
    """
    folded = plain(text)
    if words := _WORDS.search(folded):
        day, month, year = (words[name] or words[name + "2"] or words[name + "3"] for name in ("day", "month", "year"))
        month = month.partition("/")[0].strip()
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


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: where it ends, its day (ISO 8601) and year as far as stated, a day and month without a year."""

    end: int
    day: str | None = None
    year: str | None = None
    day_and_month: str | None = None


def when_at(folded: str, place: int) -> When | None:
    """The date, month or year that begins at a place of a folded text; none of a range of years or a share.

    >>> when_at("no 5 of 2 march 2015", 8)
    When(end=20, day='2015-03-02', year='2015', day_and_month=None)
    >>> when_at("2015 год", 0), when_at("2015-2019", 0)
    (When(end=8, day=None, year='2015', day_and_month=None), None)
    """
    for pattern in (_WORDS_HERE, _DIGITS_HERE):
        if (match := pattern.match(folded, place)) and (days := date_candidates(match[0])):
            years = {day[:4] for day in days if int(day[:4]) >= _FIRST_YEAR}
            day = days[0] if len(days) == 1 and years else None
            return When(_sign_end(folded, match.end()), day, years.pop() if len(years) == 1 else None)
    if match := _MONTH_HERE.match(folded, place):
        return When(_sign_end(folded, match.end()), None, match["year4"] or match["year"])
    if match := _DAY_HERE.match(folded, place):
        return When(match.end(), day_and_month=match[0])
    match = _YEAR_HERE.match(folded, place)
    return When(_sign_end(folded, match.end()), None, match["year"]) if match else None


def dates_in(folded: str) -> list[tuple[int, When]]:
    """The full dates of a folded text, each with its beginning.

    >>> [(start, when.day) for start, when in dates_in("от 27 июля 2018 года")]
    [(3, '2018-07-27')]
    """
    starts = sorted(match.start() for pattern in (_WORDS_HERE, _DIGITS_HERE) for match in pattern.finditer(folded))
    found: list[tuple[int, When]] = []
    for start in starts:
        if (not found or start >= found[-1][1].end) and (when := when_at(folded, start)) and when.end - start > 5:
            found.append((start, when))
    return found


def _sign_end(folded: str, place: int) -> int:
    sign = _YEAR_SIGN.match(folded, place)
    return sign.end() if sign and sign[0].strip() else place


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
