"""Rows as a workbook for spreadsheets, in which no text ever becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from math import isfinite
from typing import TYPE_CHECKING

import msqgraph
from msqgraph.errors import UsageError
from msqgraph.exports.extra import needed_for
from msqgraph.values import Kind, Row, Value, text_of

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MAX_ROWS, MAX_COLUMNS, MAX_TEXT = 1_048_575, 16_384, 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EXACT = 2**53
_FIRST_DAY = date(1900, 3, 1)  # before it spreadsheets count a day that was none


def xlsx(
    variables: Sequence[str], rows: Sequence[Row], kinds: Sequence[Kind], about: Mapping[str, str] | None = None
) -> bytes:
    """The rows as a sheet ``answer`` and what they are as a sheet ``about``; the same bytes for the same rows.

    Text that begins like a formula is marked as text, so that it stays text when a person edits the cell. A year is a
    number; a number that a spreadsheet would round, and a date before March 1900, are text.

    :raises UsageError: if xlsxwriter is not installed, or the rows do not fit into a sheet.
    """
    with needed_for("xlsx"):
        import xlsxwriter

    if len(rows) > MAX_ROWS or len(variables) > MAX_COLUMNS:
        raise UsageError(f"{len(rows)} rows of {len(variables)} columns do not fit into a sheet — use parquet or csv")
    page = BytesIO()
    book = xlsxwriter.Workbook(page, {"in_memory": True})
    book.set_properties(
        {"title": (about or {}).get("title", ""), "created": datetime(1980, 1, 1)}
    )  # no time in any output
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("answer")
    sheet.freeze_panes(1, 0)
    for at, (variable, kind) in enumerate(zip(variables, kinds, strict=True)):
        sheet.write_string(0, at, variable, bold)
        texts = [text_of(row[at]) for row in rows[:1000]]
        sheet.set_column(at, at, min(60, max(map(len, [variable, *texts])) + 2))
        for line, row in enumerate(rows, 1):
            _write(sheet, line, at, row[at], as_text=kind == "text", quoted=quoted, day=day)
    facts = book.add_worksheet("about")
    facts.set_column(0, 0, 16)
    lines = {**(about or {}), "rows": str(len(rows)), "msqgraph": msqgraph.__version__}
    for line, (key, text) in enumerate(lines.items()):
        facts.write_string(line, 0, key, bold)
        facts.write_string(line, 1, text)
    book.close()
    return page.getvalue()


def _write(sheet: Worksheet, line: int, at: int, value: Value, *, as_text: bool, quoted: Format, day: Format) -> None:
    if value is None:
        return
    if not as_text and isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif not as_text and isinstance(value, int | float) and isfinite(value) and abs(value) <= _EXACT:
        sheet.write_number(line, at, value)
    elif not as_text and type(value) is date and value >= _FIRST_DAY:
        sheet.write_datetime(line, at, value, day)
    else:
        text = text_of(value)
        if len(text) > MAX_TEXT:
            raise UsageError(
                f"row {line}: a text of {len(text)} characters does not fit into a cell — use parquet or csv"
            )
        sheet.write_string(line, at, text, quoted if text.startswith(_FORMULA) else None)
