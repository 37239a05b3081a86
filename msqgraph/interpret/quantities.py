"""Percentages as people state them: a value, a range or a bound, with the year they are about.

The digits of any script are read; what is no percentage (a year, a count) is left alone; several percentages that are
no range leave the value open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msqgraph.interpret.number_words import NUMBER_WORDS
from msqgraph.interpret.passages import Passage
from msqgraph.response import Quantity

_MORE = (
    "more than|over|above|at least|not less than|no less than|minimum(?: of)?|exceed(?:s|ing)?|greater "
    "than|mas del?|al menos|por lo menos|como minimo|"
    "no menos del?|superior(?:es)? (?:al?|a)|mayor(?:es)? (?:al?|que)|supera(?: el)?|plus de|au moins|"
    "superieur(?:e)? a|depasse|au minimum|mais de|pelo menos|"
    "acima de|no minimo|более(?: чем)?|свыше|не менее|больше|выше|"
    "اكثر من|ما لا يقل عن|لا يقل عن|تفوق|超过|至少|不低于|不少于|>|≥"
)
_LESS = (
    "no more than|not more than|at most|up to|less than|under|below|fewer than|maximum(?: of)?|no mas "
    "del?|menos del?|hasta(?: el| un)?|como maximo|"
    "inferior(?:es)? (?:al?|a)|menor(?:es)? (?:al?|que)|moins de|au plus|jusqu'a|inferieur(?:e)? a|au "
    "maximum|ate|abaixo de|no maximo|"
    "не более|менее(?: чем)?|меньше|ниже|اقل من|لا يزيد عن|لا يتجاوز|不到|低于|不超过|至多|<|≤"
)
_NO_MORE = "no more than|not more than|no mas del?|не более(?: чем)?|لا يزيد عن|不超过"
_ABOUT = (
    "about|around|approximately|approx\\.?|roughly|nearly|almost|close to|circa|ca\\.|c\\.|an? "
    "estimated|estimated(?: at)?|some|ronda(?:n|ba)?|alrededor del?|"
    "aproximadamente|cerca del?|casi|unos|aprox\\.?|estimad[oa] en|environ|pres de|quelque|"
    "approximativement|presque|autour de|a peu pres|"
    "em torno de|por volta de|quase|около|примерно|порядка|почти|приблизительно|حوالي|نحو|ما يقارب|"
    "قرابة|تقريبا|约|大约|近|大概|~|≈|∼|±"
)
_ABOUT_BEHIND = "approx|about|aproximad|environ|примерно|приблизительно|تقريبا|左右|上下"
_MORE_BEHIND, _LESS_BEHIND = (
    "以上|or more|o mas|ou plus|ou mais|и более|فاكثر|\\+",
    "以下|or less|o menos|ou moins|ou menos",
)
_SIGN = (
    "%|per ?cent\\b|percent\\b|percentage\\b|pct\\b|por ?ciento|por cento|pour ?cent\\b|процент\\w*|"
    "بالمائة|بالمئة|في المائة|في المئة"
)
_ARTICLE = "(?:the |el |la |un |una |los |le |les |o |a |de |del |d'un |to |в |ال)*"
_NUMBER = r"\d+(?:[.,]\d+)*"
_WORDS = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
_TO = r"\s*(?:-|–|—|~|〜|to|a|al|y|a un|à|ate|and|et|e|до|и|الى|و|至|到)\s*"
_ONE = (
    rf"(?:(?P<before>%\s?)(?P<n1>{_NUMBER})|(?<![^\W\u4e00-\u9fff])(?<![.,])(?P<n2>{_NUMBER})"
    rf"\s*(?:\([^()%\d]{{3,40}}\)\s*)?(?:{_SIGN})|(?<!\w)(?P<w>{_WORDS})\s+(?:{_SIGN})|"
    rf"百分之(?P<z>[一二三四五六七八九十百零]+|{_NUMBER}))"
)
_SINGLE = re.compile(_ONE)
_RANGE = re.compile(
    rf"(?<![^\W\u4e00-\u9fff])(?<![.,/-])(?P<a>{_NUMBER})\s*(?:{_SIGN})?(?P<to>{_TO})(?:el |un |al )"
    rf"?(?P<b>{_NUMBER})\s*(?:{_SIGN})|%\s?(?P<a2>{_NUMBER})(?P<to2>{_TO})%?\s?(?P<b2>{_NUMBER})"
)
_BETWEEN = re.compile(r"(?:between|from|entre|de|del|від|от|между|بين|من)\s*(?:the |el |un |le |o )*$")
_BARE = re.compile(
    rf"\W{{0,20}}?(?P<about>(?:{_ABOUT})\s*)?(?:(?P<more>{_MORE})|(?P<less>{_LESS}))?\s*{_ARTICLE}(?<![\d.,])"
    rf"(?P<a>{_NUMBER})(?:\s*(?:-|–|—)\s*(?P<b>{_NUMBER}))?(?=\s*(?:$|[;(\n]|[.,](?:\s|$)))"
)
_YEAR = re.compile(
    r"(?:(?:ano|anos|year|years|annee|data|datos|dados|donnees|en|in|of|for|since|de|del|du|au|em|за|в|"
    r"на|عام|سنة|لسنة|لعام|fy|diciembre|december|decembre|dezembro|"
    r"enero|january|janvier|janeiro|june|junio|juin|junho)\s+(?:el |the |o |l')?(?:ano |annee |year )?|"
    r"[(（]\s*(?:data |datos )?)(?P<y1>(?:19|20)\d\d)(?![\d%])"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)\s*(?:年|г\b|г\.|год)"
)
_TARGET = re.compile(
    r"(?:by|until|para el?|hacia el?|d'ici(?: a)?|ate|до|до конца|к|بحلول|plan|agenda|vision|strategy|"
    r"estrategia)\s+(?:el |ano |the )*$"
)


# a dash right before the digits is a minus sign; one with a blank behind it opens an item of a list
_MINUS = re.compile(r"(?:(?<![^\s(:])[-−–‐‑]|(?<!\w)(?:minus|negative|минус|سالب|负)\s?)$")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")  # or a decimal number with three places
_PLAIN_SIGNS = str.maketrans("٫٬٪﹪", ".,%%")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A percentage at a place of the folded text: one number, or two."""

    start: int
    end: int
    low: str
    high: str | None = None
    is_negative: bool = False
    is_ambiguous: bool = False


def read_quantity(
    passage: Passage, edition_year: int | None = None
) -> tuple[Quantity | None, tuple[int, int], list[str]]:
    """The percentage that a text states, where it does, and the doubts; none, or several, give None.

    A number with a minus sign is no share, and "1,234" may be one or a thousand: neither is given a value.

    :param edition_year: a year after it is not one that figures are about.

    >>> read_quantity(Passage("ronda el 30%, según datos del año 2018"))[0]
    Quantity(value='30', lower_bound=None, upper_bound=None, is_approximate=True, unit='percent', reference_year='2018')
    >>> read_quantity(Passage("60-65%"))[0].lower_bound, read_quantity(Passage("5% in 2017, 7% in 2018"))
    ('60', (None, (0, 0), ['conflicting-signals']))
    """
    text = passage.folded.text
    text = text.translate(_PLAIN_SIGNS)
    stated = _percentages(text)
    year = _reference_year(text, edition_year)
    if not stated:
        quantity, stretch, doubts = _bare(text)
        if quantity:
            quantity.reference_year = year
        return quantity, passage.stretch(*stretch), doubts
    if any(s.is_negative for s in stated):
        return None, (0, 0), ["implausible-percentage"]
    if any(s.is_ambiguous for s in stated):
        return None, (0, 0), ["conflicting-signals"]
    if len({(s.low, s.high) for s in stated}) > 1:
        return None, (0, 0), ["conflicting-signals"]
    return _quantity(text, stated[0], year), passage.stretch(stated[0].start, stated[0].end), []


def implausible(quantity: Quantity, plausible: tuple[float, float] | None) -> bool:
    """Whether a figure lies outside what its question can plausibly get.

    >>> implausible(Quantity(value="30"), (0.0, 10.0)), implausible(Quantity(lower_bound="5"), (0.0, 10.0))
    (True, False)
    """
    if plausible is None:
        return False
    figures = [float(n) for n in (quantity.value, quantity.lower_bound, quantity.upper_bound) if n]
    return any(not plausible[0] <= figure <= plausible[1] for figure in figures)


def _percentages(text: str) -> list[_Stated]:
    stated: list[_Stated] = []
    for match in _RANGE.finditer(text):
        low, high = (_decimal(match[name] or match[name + "2"]) for name in ("a", "b"))
        joiner = (match["to"] or match["to2"]).strip()
        is_range = joiner in (
            "-",
            "–",
            "—",
            "~",
            "〜",
            "to",
            "至",
            "到",
            "до",
            "الى",
            "a",
            "al",
            "à",
            "ate",
        ) or _BETWEEN.search(text[: match.start()])
        if is_range and float(low) < float(high) and not (float(low) >= 1900 and float(high) <= 100):
            is_ambiguous = any(_THOUSANDS.fullmatch(match[n] or match[n + "2"]) for n in ("a", "b"))
            stated.append(_Stated(match.start(), match.end(), low, high, is_ambiguous=is_ambiguous))
    ranges = [(s.start, s.end) for s in stated]
    for match in _SINGLE.finditer(text):
        if any(start <= match.start() < end for start, end in ranges):
            continue
        number = match["n1"] or match["n2"] or (match["z"] if match["z"] and match["z"][0].isdigit() else None)
        if number:
            is_negative = _MINUS.search(text, 0, match.start()) is not None
            is_ambiguous = _THOUSANDS.fullmatch(number) is not None
            stated.append(_Stated(match.start(), match.end(), _decimal(number), None, is_negative, is_ambiguous))
        else:
            value = NUMBER_WORDS.get(match["w"]) if match["w"] else _chinese(match["z"])
            if value is not None:
                stated.append(_Stated(match.start(), match.end(), str(value)))
    return sorted(stated, key=lambda s: s.start)


def _quantity(text: str, stated: _Stated, year: str | None) -> Quantity:
    before, behind = text[: stated.start], text[stated.end : stated.end + 20]
    quantity = Quantity(unit="percent", reference_year=year)
    quantity.is_approximate = (
        _ends_with(_ABOUT, before) or re.match(rf"\s*[(（]?(?:{_ABOUT_BEHIND})", behind) is not None
    )
    if stated.high is not None:
        quantity.lower_bound, quantity.upper_bound = stated.low, stated.high
    elif re.match(rf"\s*(?:{_LESS_BEHIND})", behind) or _is_upper(before):
        quantity.upper_bound = stated.low
    elif _ends_with(_MORE, before) or re.match(rf"\s*(?:{_MORE_BEHIND})", behind):
        quantity.lower_bound = stated.low
    else:
        quantity.value = stated.low
    return quantity


def _is_upper(before: str) -> bool:
    return _ends_with(_LESS, before) and (_ends_with(_NO_MORE, before) or not _ends_with(_MORE, before))


def _ends_with(words: str, before: str) -> bool:
    return re.search(rf"(?:^|(?<![^\W\d_\u4e00-\u9fff]))(?:{words})\s*{_ARTICLE}$", before[-60:]) is not None


def _bare(text: str) -> tuple[Quantity | None, tuple[int, int], list[str]]:
    """A number that stands by itself, or opens the answer with punctuation behind it."""
    match = _BARE.match(text)
    if match is None or (
        re.search(r"[^\W\d_]", text[: match.start("a")].replace("و", ""))
        and not (match["about"] or match["more"] or match["less"])
    ):
        return None, (0, 0), []
    low = _decimal(match["a"])
    if _THOUSANDS.fullmatch(match["a"]):
        return None, (0, 0), ["conflicting-signals"]
    if (
        re.fullmatch(r"(?:19|20)\d\d", match["a"])
        or float(low) > 1000
        or ("." in match["a"][:-1] and match["a"].count(".") > 1)
    ):
        return None, (0, 0), []
    if _MINUS.search(text, 0, match.start("a")):
        return None, (0, 0), ["implausible-percentage"]
    quantity = Quantity(unit="percent", is_approximate=bool(match["about"]))
    if match["b"]:
        high = _decimal(match["b"])
        if float(high) <= float(low):
            return None, (0, 0), []
        quantity.lower_bound, quantity.upper_bound = low, high
    elif match["more"]:
        quantity.lower_bound = low
    elif match["less"]:
        quantity.upper_bound = low
    else:
        quantity.value = low
    return quantity, match.span("a") if not match["b"] else (match.start("a"), match.end("b")), []


def _decimal(number: str) -> str:
    """A number as decimal text: the last separator is the decimal one, unless it occurs twice."""
    separators = [c for c in number if c in ".,"]
    if separators and separators.count(separators[-1]) == 1:
        whole, _, fraction = number.rpartition(separators[-1])
    else:
        whole, fraction = number, ""
    whole = re.sub(r"[.,]", "", whole).lstrip("0") or "0"
    return f"{whole}.{fraction}" if fraction else whole


def _reference_year(text: str, edition_year: int | None) -> str | None:
    years = {
        match["y1"] or match["y2"]
        for match in _YEAR.finditer(text)
        if not _TARGET.search(text[max(0, match.start() - 25) : match.start()])
    }
    years = {year for year in years if edition_year is None or int(year) <= edition_year}
    return years.pop() if len(years) == 1 else None


def _chinese(number: str) -> int | None:
    digits = {character: value for value, character in enumerate("零一二三四五六七八九")}
    if number in ("百", "一百"):
        return 100
    tens, ten, units = number.partition("十")
    if not ten:
        return digits.get(number)
    if any(part and part not in digits for part in (tens, units)):
        return None
    return digits.get(tens, 1) * 10 + digits.get(units, 0)
