"""What a table holds, counted while its rows are written: for codebooks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from msqgraph.exports.table_mappings import SEPARATOR, FlatTable

COVERING = ("observations", "responses")  # tables that tell which countries and editions are covered
Cells = Sequence[str]  # the cells of a row; an empty one has no value


@dataclass(slots=True)
class Counts:
    """Counts of one table; by column name where they are of columns."""

    table: FlatTable
    rows: int = 0
    codes: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )  # how often each code stands there
    missing: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )  # empty cells by reason
    ranges: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)  # smallest and largest figure
    overview: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, cells: Cells) -> None:
        """Counts a row."""
        columns = self.table.columns
        row = dict(zip(columns, cells, strict=True))
        self.rows += 1
        for name, column in columns.items():
            text = row[name]
            if not text:
                by = column.missing_by
                self.missing[name][row[by] if by else ""] += 1
            elif column.is_coded:
                values = text.split(SEPARATOR) if column.is_list else [text]
                self.codes[name].update(values)
            elif column.datatype in ("integer", "decimal", "gYear"):
                figure = Decimal(text)
                low, high = self.ranges.get(name, (figure, figure))
                self.ranges[name] = min(low, figure), max(high, figure)
        if overview := self.table.header.overview:
            self.overview[row[overview.by]][row[overview.of]] += 1

    def empty(self, name: str) -> int:
        """How many cells of a column are empty."""
        return self.missing[name].total()


@dataclass(slots=True)
class Wordings:
    """What codes mean and what questions ask, taken from the tables themselves."""

    labels: dict[tuple[str, str], str] = field(default_factory=dict)  # by code list and code
    questions: dict[str, dict[str, str]] = field(default_factory=dict)  # rows by IRI
    options: dict[str, dict[str, str]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)  # names by code
    covered: set[str] = field(default_factory=set)  # codes of countries with a response or a figure

    def add(self, table: FlatTable, cells: Cells) -> None:
        """Keeps the row, if it is one that gives a wording."""
        row = dict(zip(table.columns, cells, strict=True))
        if table.name == "codes":
            self.labels[row["code_list"], row["code"]] = row["label_en"] or row["code"]
        elif table.name == "questions":
            self.questions[row["question_iri"]] = row
        elif table.name == "options":
            self.options[row["option_iri"]] = row
        elif table.name == "countries":
            self.countries[row["country_id_iso3"]] = row["name_en"]
        elif table.name in COVERING:
            self.covered.add(row["country_id_iso3"])

    def code_labels(self, table: FlatTable, name: str) -> dict[str, str]:
        """The codes that a column may hold with their meaning, used or not."""
        column = table.columns[name]
        if column.labels:
            return column.labels
        return {code: label for (scheme, code), label in sorted(self.labels.items()) if scheme == column.codes}
