"""A table from a file → rows by column name, and what is wrong with them: nothing is guessed or dropped in silence.

Columns are known by one name or several: a source's own and ours. A row is known by its number in the file, the header
being row 1, as a spreadsheet counts them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from msqgraph import countries
from msqgraph.errors import UnreadableInput

MAX_BYTES = 50 * 1024 * 1024
_SHOWN = 60

Columns = Mapping[str, Sequence[str]]
Key = TypeVar("Key")

_LOOK_UPS: dict[str, Callable[[str], str | None]] = {
    "iso3": lambda code: code if countries.exists(code) else None,
    "m49": lambda code: countries.iso3_by_m49(code.zfill(3)),  # spreadsheets drop leading zeros
    "country": countries.iso3_by_name,
}
_NO_COUNTRY = {
    "iso3": ("is no code of a country or area of the M49 standard", "correct it if it is a slip"),
    "m49": ("is no M49 code of a country or area", "correct it"),
    "country": ("names no country", "correct it, or add the name to reference/country-names.csv"),
}


@dataclass(frozen=True, slots=True, order=True)
class RowProblem:
    """What is wrong at one place of a table, and what to do about it; a column of ``""`` is the whole row."""

    row: int
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """The problem on one line.

        >>> print(RowProblem(7, "rank", "'x' is no whole number", "correct it"))
        row 7, rank: 'x' is no whole number — correct it
        """
        place = f"row {self.row}, {self.column}" if self.column else f"row {self.row}"
        return f"{place}: {self.problem} — {self.remedy}"


@dataclass(slots=True)
class Row:
    """One row of a table: its number in the file, and the text of its cells by our names of the columns."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class Table:
    """The rows of a file, the file's own name of each column, and what is wrong so far."""

    rows: list[Row] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    rows_read: int = 0

    def report(self, row: Row, column: str, problem: str, remedy: str) -> None:
        """Notes a problem under the file's own name of the column."""
        self.problems.append(RowProblem(row.number, self.names.get(column, column), problem, remedy))

    def unique(self, keys: Iterable[tuple[Row, Key]], what: str) -> Iterator[tuple[Row, Key]]:
        """The rows whose key is new; one that repeats a key is a problem, with the row that it repeats."""
        seen: dict[Key, int] = {}
        for row, key in keys:
            if key in seen:
                remedy = "keep one of the two; the first was imported"
                self.report(row, "", f"repeats {what} of row {seen[key]}", remedy)
            else:
                seen[key] = row.number
                yield row, key


def read_table(path: Path, *forms: Columns, left_out: Iterable[str] = ()) -> Table:
    """The rows of a CSV or XLSX file (its first sheet), whose header is checked; empty rows are passed over.

    :param forms: the headers that a file may have, each as our name of a column → the file's names of it.
    :param left_out: names of columns that are known and not taken.
    :raises UnreadableInput: if there is no such file, or it is no table.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "x.csv"
    >>> _ = path.write_text("ISO,Sum\\nPRY, 5 \\n")
    >>> table = read_table(path, {"iso3": ["ISO"], "rank": ["Rank"]})
    >>> [row.cells for row in table.rows], [str(problem) for problem in table.problems]  # doctest: +ELLIPSIS
    ([{'iso3': 'PRY'}], ['row 1, Sum: the column is not known — ...', 'row 1, Rank: the column is missing — ...'])
    """
    lines = _xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path)
    numbered = ((number, cells) for number, cells in enumerate(lines, 1) if any(cells))
    _, header = next(numbered, (0, []))
    table = Table()
    columns = max(forms, key=lambda form: len(_places(header, form)))
    places = _places(header, columns)
    if not places:
        needed = ", ".join(names[0] for names in columns.values())
        raise UnreadableInput(path, "the first row has none of the columns' names", f"it needs {needed}")
    _check_header(header, columns, set(left_out), places, table)
    for number, cells in numbered:
        table.rows_read += 1
        if len(cells) > len(header) and any(cells[len(header) :]):
            problem, remedy = f"{len(cells)} cells, the header has {len(header)}", "quote cells that hold a comma"
            table.problems.append(RowProblem(number, "", problem, remedy))
            continue
        table.rows.append(Row(number, {name: cells[at] if at < len(cells) else "" for name, at in places.items()}))
    return table


def country_of(row: Row, table: Table, codes: Mapping[str, str] | None = None) -> str | None:
    """The ISO 3166-1 alpha-3 code of a row's country, by its codes or, where there are none, by its name.

    :param codes: codes that a source uses in place of ISO 3166-1's.
    :returns: None, and a problem, if the row names no country or two.
    """
    left = "the row was not imported"
    found: dict[str, str] = {}
    for column, look_up in _LOOK_UPS.items():
        written = row.cells.get(column, "")
        if not written or (column == "country" and found):
            continue
        iso3 = look_up((codes or {}).get(written, written))
        if iso3 is None:
            problem, remedy = _NO_COUNTRY[column]
            table.report(row, column, f"{shown(written)} {problem}", f"{remedy}; {left}")
            return None
        found[column] = iso3
    if len(set(found.values())) != 1:
        problem = "no country is named" if not found else "the codes are of two countries"
        table.report(row, "", problem, f"correct the codes; {left}")
        return None
    return next(iter(found.values()))


def shown(text: str) -> str:
    """A cell's text for a message: quoted, on one line, shortened.

    >>> shown("a" * 80)[-8:]
    "aaaaaa…'"
    """
    text = " ".join(text.split())
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _places(header: list[str], columns: Columns) -> dict[str, int]:
    """Where each column stands, the first if there are several."""
    folded = [name.casefold() for name in header]
    found = {
        ours: [folded.index(n.casefold()) for n in names if n.casefold() in folded] for ours, names in columns.items()
    }
    return {ours: places[0] for ours, places in found.items() if places}


def _check_header(
    header: list[str], columns: Columns, left_out: set[str], places: dict[str, int], table: Table
) -> None:
    """What is missing, twice there, or not known is a problem of row 1."""
    table.names = {ours: header[at] for ours, at in places.items()}
    known = {name.casefold() for names in columns.values() for name in names}
    for at, name in enumerate(header):
        if name.casefold() in known and at not in places.values():
            table.problems.append(RowProblem(1, name, "the column is there twice", "delete one; the first was read"))
        elif name and name.casefold() not in known | {passed.casefold() for passed in left_out}:
            problem, remedy = "the column is not known", "nothing in it was imported; correct its name or delete it"
            table.problems.append(RowProblem(1, name, problem, remedy))
    for ours, names in columns.items():
        if ours not in places:
            table.problems.append(RowProblem(1, names[0], "the column is missing", "add it; the others were imported"))


def _csv(path: Path) -> list[list[str]]:
    try:
        text = _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(path, f"is not UTF-8 (byte {error.start})", "save it as CSV in UTF-8") from None
    try:
        return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error as error:
        raise UnreadableInput(path, f"is no CSV ({error})", "check its quotation marks") from None


def _xlsx(path: Path) -> list[list[str]]:
    data = _bytes(path)
    try:
        openpyxl = import_module("openpyxl")
    except ImportError:
        raise UnreadableInput(
            path, "reading XLSX needs the package openpyxl", "install it (pip install openpyxl), or save it as CSV"
        ) from None
    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        return [[_cell(value) for value in line] for line in sheet.iter_rows(values_only=True)]
    except Exception as error:  # noqa: BLE001 - a broken workbook raises whatever the reader stumbles over
        raise UnreadableInput(path, f"is no XLSX workbook ({error})", "save it anew, or as CSV") from None


def _cell(value: object) -> str:
    """A spreadsheet's value as the text that CSV would have: no exponent, no ``.0`` behind a whole number."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"
    return " ".join(str(value).split())


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableInput(path, f"larger than {MAX_BYTES >> 20} MiB", "split it")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or str(error)).lower(), "check the path") from None
