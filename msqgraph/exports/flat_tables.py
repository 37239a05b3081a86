"""The flat tables of a release: CSV and Parquet, with their metadata and codebooks.

Every table is a query in ``mappings/tables/``. CSV follows RFC 4180 in UTF-8. A text that begins with a character by
which a spreadsheet tells a formula, or with an apostrophe, has an apostrophe put before it; taking one apostrophe off
every text that begins with one gives the text back. Figures, IRIs and codes stand as they are; Parquet is verbatim.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.answers import write_file
from msqgraph.errors import UsageError
from msqgraph.exports.codebook import codebook
from msqgraph.exports.coverage import sources_of
from msqgraph.exports.csvw import csv_metadata
from msqgraph.exports.ddi import ddi_codebook
from msqgraph.exports.table_counts import Counts, Wordings
from msqgraph.exports.table_mappings import SEPARATOR, Column, Datatype, FlatTable, load_tables
from msqgraph.release.about import Release
from msqgraph.store import EmbeddedStore, Store

if TYPE_CHECKING:
    import polars as pl

FORMULA = ("=", "+", "-", "@", "\t", "\0", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP ASVS 1.2.10, and more
_ROW_GROUP = 100_000
_FORMS: dict[Datatype, re.Pattern[str]] = {
    "boolean": re.compile("true|false"),
    "integer": re.compile("-?[0-9]{1,18}"),
    "decimal": re.compile(r"-?[0-9]+(\.[0-9]+)?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "gYear": re.compile("[0-9]{4}"),
}


def write_tables(dataset: Path, folder: Path, release: Release) -> list[str]:
    """Writes ``tables/`` into a release folder: each table as CSV and Parquet, ``csv-metadata.json``, codebooks.

    :return: messages about what was left out.
    :raises UsageError: if there is no dataset in the folder, or it holds a value that fits no column.
    """
    store = EmbeddedStore(dataset / "store")
    target = folder / "tables"
    target.mkdir(parents=True, exist_ok=True)
    tables, counts, wordings, messages = load_tables(release.base), [], Wordings(), []
    for table in tables:
        counted, surplus = _write_csv(table, store, target / f"{table.name}.csv", wordings)
        counts.append(counted)
        if surplus:
            messages.append(f"tables/{table.name}.csv: {surplus} rows left out whose key another row has already")
    if find_spec("polars"):
        for table in tables:
            _write_parquet(table, target)
    else:
        messages.append("tables/*.parquet left out: polars is missing — install it: pip install 'msqgraph[analysis]'")
    sources = sources_of(store, release.base)
    write_file(target / "csv-metadata.json", csv_metadata(tables, release, sources))
    write_file(target / "codebook.md", codebook(counts, wordings, release))
    write_file(target / "codebook.xml", ddi_codebook(counts, wordings, release, sources))
    return messages


def escaped(text: str) -> str:
    """A text as it stands in a CSV cell.

    >>> escaped("=1+1"), escaped("'t"), escaped("Sí")
    ("'=1+1", "''t", 'Sí')
    """
    return f"'{text}" if text.startswith((*FORMULA, "'")) else text


def _write_csv(table: FlatTable, store: Store, path: Path, wordings: Wordings) -> tuple[Counts, int]:
    """Writes the rows in the order of their keys; how many others have the key of one before them."""
    counts, surplus, last = Counts(table), 0, None
    places = [list(table.columns).index(name) for name in table.header.key]
    texts = [column.is_free_text for column in table.columns.values()]
    rows = sorted(_rows(table, store), key=lambda row: ([row[at] for at in places], row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.columns)
        for row in rows:
            key = [row[at] for at in places]
            if key == last:
                surplus += 1
                continue
            last = key
            counts.add(row)
            wordings.add(table, row)
            writer.writerow([escaped(text) if is_text else text for text, is_text in zip(row, texts, strict=True)])
    return counts, surplus


def _rows(table: FlatTable, store: Store) -> Iterator[tuple[str, ...]]:
    import pyoxigraph as ox

    solutions = store.query(table.query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise UsageError(f"mappings/tables/{table.name}.rq: no SELECT query — a table needs rows")
    for solution in solutions:
        yield tuple(
            _cell(table, name, column, term)
            for (name, column), term in zip(table.columns.items(), solution, strict=True)
        )


def _cell(table: FlatTable, name: str, column: Column, term: object) -> str:
    """A term as text; the values of a list in order, which no engine promises."""
    text = "" if term is None else str(term.value)  # type: ignore[attr-defined]
    if column.is_list:
        text = SEPARATOR.join(sorted(set(text.split(SEPARATOR))))
    form = _FORMS.get(column.datatype)
    if not text:
        if column.missing is None:
            raise UsageError(f"tables/{table.name}: {name} is empty in a row — build the dataset anew")
    elif form and not all(map(form.fullmatch, text.split(SEPARATOR) if column.is_list else [text])):
        raise UsageError(f"tables/{table.name}: {name} is {text!r}, which is no {column.datatype} — mend the dataset")
    return text


def _write_parquet(table: FlatTable, folder: Path) -> None:
    """Reads the CSV that was written and writes it typed, a row group at a time."""
    import polars as pl

    names = dict.fromkeys(table.columns, pl.String)
    frame = pl.scan_csv(folder / f"{table.name}.csv", schema=names)
    frame = frame.select(_typed(pl.col(name), column) for name, column in table.columns.items())
    path = folder / f"{table.name}.parquet"
    try:
        frame.sink_parquet(path, row_group_size=_ROW_GROUP, maintain_order=True)
    except pl.exceptions.PolarsError as error:  # also where the disk is full: polars raises no OSError then
        raise UsageError(
            f"{path}: cannot be written ({str(error).splitlines()[0]}) — check disk and permissions"
        ) from None


def _typed(cell: pl.Expr, column: Column) -> pl.Expr:
    import polars as pl

    if column.is_free_text:
        return pl.when(cell.str.starts_with("'")).then(cell.str.slice(1)).otherwise(cell)
    kinds: dict[Datatype, pl.DataType | type[pl.DataType]] = {
        "integer": pl.Int64, "gYear": pl.Int16, "decimal": pl.Float64, "date": pl.Date, "anyURI": pl.String,
    }  # fmt: skip
    if column.is_list:
        parts = cell.str.split(SEPARATOR)
        return parts.list.eval(pl.element().str.to_date("%Y-%m-%d")) if column.datatype == "date" else parts
    if column.datatype == "boolean":
        return cell == "true"
    return cell.str.to_date("%Y-%m-%d") if column.datatype == "date" else cell.cast(kinds[column.datatype])
