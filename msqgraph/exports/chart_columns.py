"""Which chart the columns of an answer are made for, which of them it draws, and of how many countries it speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from msqgraph.errors import UsageError
from msqgraph.values import Kind, Row, Value, figure_of, text_of

Drawing: TypeAlias = Literal["line", "map", "bar"]
NOT_KNOWN = "not known"
NO_SUCH_CHART = "no chart:"
"""How the refusal of columns that make no chart begins; it then speaks of the command line."""
_BLANKS = {"", NOT_KNOWN, "unknown"}
_YEAR_NAMES = re.compile(r"(.*_)?(year|period)")
_LABELS = {"country", "country_name", "name", "label"}
_DENOMINATORS = (
    "known",
    "asked",
    "responded",
    "covered",
    "countries",
    "questions",
    "breaks",
)  # as the questions of the package call them


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its part in a chart: ``country`` holds alpha-3 codes, ``label`` the names that go with them."""

    name: str
    part: Literal["country", "label", "year", "number", "text"]
    values: tuple[Value, ...]

    @property
    def is_constant(self) -> bool:
        """Whether all rows have the same value."""
        return len(set(self.values)) < 2


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn: ``text`` names the bars, lines or countries, ``value`` is what they are worth.

    ``known`` and ``asked`` are the answer's own denominators, where a row is about several countries; ``breaks`` counts
    the breaks in method between a year and the next.
    """

    drawing: Drawing
    text: Column | None
    value: Column
    year: Column | None = None
    label: Column | None = None
    context: tuple[Column, ...] = ()
    countries: tuple[str, ...] = ()
    known: Column | None = None
    asked: Column | None = None
    breaks: Column | None = None

    @property
    def names(self) -> list[str]:
        """The names of the bars or lines, row by row; a blank one is not known."""
        column = self.label or self.text
        return [text_of(value) or NOT_KNOWN for value in column.values] if column else [""] * len(self.value.values)

    @property
    def coverage(self) -> str:
        """Of how many countries the value is known: of those in the answer, or as the answer's own columns tell."""
        what, known = self.value.name.replace("_", " "), [not is_blank(value) for value in self.value.values]
        if any(self.countries):
            found = {country for country, is_known in zip(self.countries, known, strict=True) if country and is_known}
            total = len(set(self.countries) - {""})
            return f"{what} known for {len(found)} of {total} {'country' if total == 1 else 'countries'} in the answer"
        if self.known and self.asked:
            where = "" if self.is_same_everywhere else ", bar by bar" if self.drawing == "bar" else ", year by year"
            return f"{what} known for {_span(self.known)} of {_span(self.asked)} countries asked{where}"
        return f"{what} known for {sum(known)} of {len(known)} rows"

    @property
    def is_same_everywhere(self) -> bool:
        """Whether one denominator holds for all rows, or none is told."""
        return not (self.known and self.asked) or (self.known.is_constant and self.asked.is_constant)

    @property
    def denominators(self) -> list[str]:
        """What is told beside each bar where denominators differ, such as ``43 of 47``."""
        if self.is_same_everywhere or any(self.countries) or not (self.known and self.asked):
            return [""] * len(self.value.values)
        pairs = zip(self.known.values, self.asked.values, strict=True)
        return [f"{text_of(known)} of {text_of(asked)}" for known, asked in pairs]

    @property
    def broken(self) -> list[tuple[str, int]]:
        """The names of lines with the years that do not quite compare with the next year of the answer."""
        if not (self.year and self.breaks):
            return []
        rows = zip(self.names, self.year.values, self.breaks.values, strict=True)
        found = {(name, year) for name, year, count in rows if isinstance(year, int) and count}
        last = max((year for year in self.year.values if isinstance(year, int)), default=0)
        return sorted((name, year) for name, year in found if year < last)

    @property
    def broken_years(self) -> list[int]:
        """The years after which some line breaks."""
        return sorted({year for _, year in self.broken})

    @property
    def setting(self) -> str:
        """What all rows have in common."""
        return ", ".join(f"{column.name} {text_of(column.values[0])}" for column in self.context)


def is_blank(value: Value) -> bool:
    """Whether a value says that there is none: a blank, or the word that queries put for one.

    >>> is_blank(None), is_blank("not known"), is_blank(0), is_blank(False)
    (True, True, False, False)
    """
    return value is None or (isinstance(value, str) and value.strip().lower() in _BLANKS)


def choose(
    variables: Sequence[str],
    rows: Sequence[Row],
    kinds: Sequence[Kind],
    drawing: str | None = None,
    wanted: Sequence[str] = (),
) -> Choice:
    """The chart for an answer: line (a year, a number), else map (iso3, a value), else bar (a text, a number).

    Columns that are the same in all rows are left out where that helps, years first, and named in the subtitle.

    :raises UsageError: if the columns make none of them, or not the one that is asked for; if two rows are about the
        same bar, country or year.
    """
    if missing := [name for name in wanted if name not in variables]:
        raise UsageError(f"no column {', '.join(missing)}: there are {', '.join(variables)}")
    if not rows:
        raise UsageError("the answer has no rows: there is nothing to draw")
    columns = [
        Column(name, _part(name, kind, values), values)
        for name, kind, values in zip(variables, kinds, zip(*rows, strict=True), strict=True)
    ]
    columns = [_labelled(column, columns) for column in columns]
    countries = next((column.values for column in columns if column.part == "country"), ())
    told = {column.name: column for column in columns if column.part == "number" and column.name in _DENOMINATORS}
    for offered in _offered(columns, wanted, told):
        for kept in _selections(offered, is_long=len(rows) > 1):
            for candidate in ("line", "map", "bar") if drawing is None else (drawing,):
                if choice := _fitting(candidate, kept):
                    codes = tuple(text_of(country) for country in countries)
                    choice = replace(
                        choice,
                        countries=codes,
                        known=told.get("known"),
                        asked=told.get("asked"),
                        breaks=told.get("breaks"),
                    )
                    _refuse_doubles(choice)
                    return replace(choice, context=tuple(_context(columns, kept, told, is_by_country=any(codes))))
    raise UsageError(_remedy([column for column in columns if not wanted or column.name in wanted], drawing))


def _offered(columns: list[Column], wanted: Sequence[str], told: dict[str, Column]) -> Iterator[list[Column]]:
    """The columns to choose from: those asked for, with the names of countries; else all but denominators, then all."""
    if wanted:
        has_codes = any(column.part == "country" and column.name in wanted for column in columns)
        yield [c for c in columns if c.name in wanted or (has_codes and c.part == "label")]
        return
    yield [column for column in columns if column.name not in told]
    yield columns


def _context(
    columns: list[Column], kept: list[Column], told: dict[str, Column], *, is_by_country: bool
) -> Iterator[Column]:
    """What all rows have in common and the chart does not show."""
    said = () if is_by_country or not {"known", "asked"} <= set(told) else ("known", "asked")
    for column in columns:
        if column not in kept and column.name not in said and column.is_constant and column.values[0] is not None:
            yield column


def _part(name: str, kind: Kind, values: Sequence[Value]) -> Literal["country", "year", "number", "text"]:
    if kind == "year" or (kind == "integer" and _YEAR_NAMES.fullmatch(name)):
        return "year"
    if kind in ("integer", "number"):
        return "number"
    codes = [value for value in values if value is not None]
    is_code = (name == "iso3" or name.endswith("_iso3")) and bool(codes)
    return "country" if is_code and all(re.fullmatch("[A-Z]{3}", text_of(code)) for code in codes) else "text"


def _labelled(column: Column, columns: Sequence[Column]) -> Column:
    """The column as label, if it names the countries: by its own name, and one name for one code."""
    codes = [other for other in columns if other.part == "country"]
    if column.part != "text" or column.name not in _LABELS or len(codes) != 1:
        return column
    pairs = set(zip(codes[0].values, column.values, strict=True))
    return replace(column, part="label") if len(pairs) == len(set(codes[0].values)) else column


def _selections(columns: list[Column], *, is_long: bool) -> Iterator[list[Column]]:
    """The columns with ever more constant ones left out; in a single row all are, so only the year says nothing."""
    yield columns
    steps = ("year",), ("year", "country", "label"), ("year", "country", "label", "text", "number")
    for parts in steps if is_long else steps[:1]:
        yield [column for column in columns if not (column.is_constant and column.part in parts)]


def _fitting(drawing: str, columns: list[Column]) -> Choice | None:
    parts: dict[str, list[Column]] = {"country": [], "label": [], "year": [], "number": [], "text": []}
    for column in columns:
        parts[column.part].append(column)
    if any(len(found) > 1 for found in parts.values()):
        return None
    country, label, year, number, text = (next(iter(found), None) for found in parts.values())
    if drawing == "map":
        fits = country and not year and bool(number) != bool(text)
        value = number or text
        return Choice("map", country, value, label=label) if fits and value else None
    if not number or (country and text):
        return None
    name = country or text
    if drawing == "line":
        fits = year and len({value for value in year.values if value is not None}) > 1
        return Choice("line", name, number, year=year, label=label) if fits else None
    return Choice("bar", name, number, label=label) if name and not year else None


def _refuse_doubles(choice: Choice) -> None:
    years = choice.year.values if choice.year else (None,) * len(choice.value.values)
    seen: set[tuple[str, Value]] = set()
    for name, year in zip(choice.names, years, strict=True):
        if (name, year) in seen:
            what = f"{name} {text_of(year)}".strip()
            raise UsageError(
                f"two rows for {what}: a {choice.drawing} has one place for them — let the query choose one"
            )
        seen.add((name, year))


def _remedy(columns: Sequence[Column], drawing: str | None) -> str:
    needs = {
        "bar": "A bar chart needs one column of text and one of numbers",
        "line": "A line chart needs a column of two or more years, one of numbers, and at most one of text",
        "map": "A map needs a column iso3 with codes of countries and one of numbers or text",
    }
    told = needs[drawing] if drawing else "; ".join(needs.values())
    there = ", ".join(f"{column.name} ({column.part})" for column in columns)
    first = {column.part: column.name for column in reversed(columns) if column.name not in _DENOMINATORS}
    parts = [first[part] for part in ("country", "text", "year", "number") if part in first]
    example = ",".join(parts[-2:]) if len(parts) > 1 else "a,b"
    return f"{NO_SUCH_CHART} name the columns to draw, such as --columns {example}. There are {there}. {told}"


def _span(column: Column) -> str:
    """The values of a column of numbers: one, or from the least to the greatest."""
    numbers = sorted({value for value in column.values if isinstance(value, int | float)})
    return "–".join(map(figure_of, numbers[:1] if len(numbers) < 2 else (numbers[0], numbers[-1])))
