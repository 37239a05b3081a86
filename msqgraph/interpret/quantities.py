"""Percentages as people state them: a value, a range or a bound, with the year they are about.

The digits of any script are read; what is no percentage (a year, a count) is left alone; several percentages that are
no range leave the value open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msqgraph.interpret.number_words import NUMBER_WORDS, chinese_number, chinese_tenths
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.quantity_words import (
    ABOUT,
    ABOUT_BEHIND,
    ARTICLE,
    CHANGED,
    COMPARED,
    FRACTIONS,
    LESS,
    LESS_BEHIND,
    MORE,
    MORE_BEHIND,
    NO_MORE,
    SIGN,
)
from msqgraph.interpret.reference_years import reference_year
from msqgraph.response import Quantity

_NUMBER = r"\d+(?:[.,]\d+)*"
_WORDS = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
_TO = r"\s*(?:-|–|—|~|〜|to|a|al|y|a un|à|ate|and|et|e|до|и|الى|و|至|到)\s*"
_ONE = (
    rf"(?:(?P<before>%\s?)(?P<n1>{_NUMBER})|(?<![^\W\u4e00-\u9fff])(?<![.,])(?P<n2>{_NUMBER})"
    rf"\s*(?:\([^()%\d]{{3,40}}\)\s*)?(?:{SIGN})|(?<!\w)(?P<w>{_WORDS})\s+(?:{SIGN})|"
    rf"百分之(?P<z>[一二三四五六七八九十百零两]+(?:点[一二三四五六七八九零]+)?|{_NUMBER})|"
    rf"(?<![\u4e00-\u9fff])(?P<c>[一二三四五六七八九两]成(?:半|[一二三四五六七八九])?)|"
    rf"(?<=[近约过到少多占达有为于])(?P<c2>[一二三四五六七八九两]成(?:半|[一二三四五六七八九])?))"
)
_SINGLE = re.compile(_ONE)
_RANGE = re.compile(
    rf"(?<![^\W\u4e00-\u9fff])(?<![.,/-])(?P<a>{_NUMBER})\s*(?:{SIGN})?(?P<to>{_TO})(?:el |un |al )"
    rf"?(?P<b>{_NUMBER})\s*(?:{SIGN})|%\s?(?P<a2>{_NUMBER})(?P<to2>{_TO})%?\s?(?P<b2>{_NUMBER})"
)
_WORD_RANGE = re.compile(
    rf"(?<!\w)(?P<a>{_WORDS})\s*(?:{SIGN})?\s*(?:to|-|–|and|a|al|y(?: el)?|a|ate|e|et|до|и|"
    rf"الى)\s*(?P<b>{_WORDS})\s+(?:{SIGN})|"
    r"百分之(?P<a2>[一二三四五六七八九十百零]+)(?:至|到|和|-|—)(?:百分之)?(?P<b2>[一二三四五六七八九十百零]+)"
)
_BETWEEN = re.compile(r"(?:between|from|entre|de|del|від|от|между|بين|من)\s*(?:the |el |un |le |o )*$")
_BARE = re.compile(
    rf"\W{{0,20}}?(?P<about>(?:{ABOUT})\s*)?(?:(?P<more>{MORE})|(?P<less>{LESS}))?\s*{ARTICLE}(?<![\d.,])"
    rf"(?P<a>{_NUMBER})(?:\s*(?:-|–|—)\s*(?P<b>{_NUMBER}))?(?=\s*(?:$|[;(\n]|[.,](?:\s|$)|"
    rf"(?:of (?:the )?gdp|del? p[bi][bi]|du pib|do pib|ввп|من الناتج)))"
)
_SHARES = "|".join(f"(?P<f{value}>{words})" for value, words in FRACTIONS.items())
_FRACTION = re.compile(
    rf"\W*(?P<about>(?:{ABOUT})\s*)?(?:(?P<more>{MORE})|(?P<less>{LESS}))?\s*(?:de |d'|of )?"
    rf"(?:{_SHARES})(?![^\W\u0600-\u9fff])"
)
_COMPARED = re.compile(
    rf"(?:(?<!\w)|"
    rf"(?<=[\u4e00-\u9fff]))(?:{COMPARED})\s*{ARTICLE}(?=[^.;()\n]{{0,25}}\d)[^;()\n]*?(?=[;()（）\n，。]|,\s|\.\s|\.?$)"
)
_CHANGED_TO = re.compile(rf"(?:{CHANGED})")
_CHANGED = re.compile(rf"(?:{CHANGED})[^.;\n]{{0,40}}$")
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
    if len(_percentages(text)) > 1:  # a figure of another time is not the answer
        text = _COMPARED.sub(lambda match: " " * len(match[0]), text)
    stated = _percentages(text)
    year = reference_year(text, edition_year)
    if not stated:
        quantity, stretch, doubts = _bare(text)
        if quantity is None and not doubts:
            quantity, stretch = _fraction(text)
        if quantity:
            quantity.reference_year = year
        return quantity, passage.stretch(*stretch), doubts
    if any(s.is_negative for s in stated):
        return None, (0, 0), ["implausible-percentage"]
    if any(s.is_ambiguous for s in stated):
        return None, (0, 0), ["conflicting-signals"]
    if len(stated) == 2 and _CHANGED_TO.search(text[max(0, stated[0].start - 40) : stated[1].start]):
        stated = stated[1:]
        year = reference_year(text[stated[0].start :], edition_year) or year
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
    changes: list[tuple[int, int]] = []
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
            if _CHANGED.search(text[: match.start()]):
                stated.append(_Stated(match.start("b") if match["b"] else match.start("b2"), match.end(), high))
                changes.append(match.span())
                continue
            is_ambiguous = any(_THOUSANDS.fullmatch(match[n] or match[n + "2"]) for n in ("a", "b"))
            stated.append(_Stated(match.start(), match.end(), low, high, is_ambiguous=is_ambiguous))
    for match in _WORD_RANGE.finditer(text):
        first, last = (
            (NUMBER_WORDS.get(match["a"]), NUMBER_WORDS.get(match["b"]))
            if match["a"]
            else (chinese_number(match["a2"]), chinese_number(match["b2"]))
        )
        if first and last and float(first) < float(last):
            stated.append(_Stated(match.start(), match.end(), str(first), str(last)))
    ranges = [*changes, *((s.start, s.end) for s in stated)]
    for match in _SINGLE.finditer(text):
        if any(start <= match.start() < end or start < match.end() <= end for start, end in ranges):
            continue
        number = match["n1"] or match["n2"] or (match["z"] if match["z"] and match["z"][0].isdigit() else None)
        if number:
            is_negative = _MINUS.search(text, 0, match.start()) is not None
            is_ambiguous = _THOUSANDS.fullmatch(number) is not None
            stated.append(_Stated(match.start(), match.end(), _decimal(number), None, is_negative, is_ambiguous))
        else:
            tenths = match["c"] or match["c2"]
            value = (
                NUMBER_WORDS.get(match["w"])
                if match["w"]
                else chinese_tenths(tenths)
                if tenths
                else chinese_number(match["z"])
            )
            if value is not None:
                stated.append(_Stated(match.start(), match.end(), str(value)))
    return sorted(stated, key=lambda s: s.start)


def _quantity(text: str, stated: _Stated, year: str | None) -> Quantity:
    before, behind = text[: stated.start], text[stated.end : stated.end + 20]
    quantity = Quantity(unit="percent", reference_year=year)
    quantity.is_approximate = (
        _ends_with(ABOUT, before)
        or re.search(
            rf"(?:^|(?<![^\W\d_\u4e00-\u9fff]))(?:{ABOUT})[^.;,()（）\d]{{2,40}}[(（][^()（）]{{0,12}}$", before
        )
        is not None
        or _ends_with(rf"(?:{ABOUT})\s*(?:{MORE}|{LESS})", before)
        or re.match(rf"\s*[)）]?\s*[(（]?(?:{ABOUT_BEHIND})", behind) is not None
    )
    if stated.high is not None:
        quantity.lower_bound, quantity.upper_bound = stated.low, stated.high
    elif re.match(rf"\s*(?:{LESS_BEHIND})", behind) or _is_upper(before):
        quantity.upper_bound = stated.low
    elif _ends_with(MORE, before) or re.match(rf"\s*(?:{MORE_BEHIND})", behind):
        quantity.lower_bound = stated.low
    else:
        quantity.value = stated.low
    return quantity


def _is_upper(before: str) -> bool:
    return _ends_with(LESS, before) and (_ends_with(NO_MORE, before) or not _ends_with(MORE, before))


def _ends_with(words: str, before: str) -> bool:
    return re.search(rf"(?:^|(?<![^\W\d_\u4e00-\u9fff]))(?:{words})\s*{ARTICLE}$", before[-60:]) is not None


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


def _fraction(text: str) -> tuple[Quantity | None, tuple[int, int]]:
    """A share in words that is exact ("half", "three quarters"), where the answer begins with it."""
    match = _FRACTION.match(text)
    if match is None:
        return None, (0, 0)
    name, stretch = next((name, match.span(name)) for name in match.groupdict() if name[0] == "f" and match[name])
    quantity = Quantity(unit="percent", is_approximate=bool(match["about"]))
    if match["more"] or re.match(rf"\s*(?:{MORE_BEHIND})", text[match.end() :]):
        quantity.lower_bound = name[1:]
    elif match["less"]:
        quantity.upper_bound = name[1:]
    else:
        quantity.value = name[1:]
    return quantity, stretch


def _decimal(number: str) -> str:
    """A number as decimal text: the last separator is the decimal one, unless it occurs twice."""
    separators = [c for c in number if c in ".,"]
    if separators and separators.count(separators[-1]) == 1:
        whole, _, fraction = number.rpartition(separators[-1])
    else:
        whole, fraction = number, ""
    whole = re.sub(r"[.,]", "", whole).lstrip("0") or "0"
    return f"{whole}.{fraction}" if fraction else whole
