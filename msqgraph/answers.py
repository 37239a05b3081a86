"""A query's answer for the eye, for another program, or as a file."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.terminal import printable
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rich.console import Console

    from msqgraph.store import Results


class AnswerFormat(StrEnum):
    """What a query's answer is printed or written as."""

    table = "table"
    csv = "csv"
    json = "json"
    turtle = "turtle"
    markdown = "markdown"
    parquet = "parquet"
    xlsx = "xlsx"


class ChartKind(StrEnum):
    """What a query's answer is drawn as."""

    bar = "bar"
    line = "line"
    map = "map"


_SUFFIXES = {
    ".txt": "table", ".csv": "csv", ".json": "json", ".ttl": "turtle", ".md": "markdown", ".parquet": "parquet",
    ".xlsx": "xlsx",
}  # fmt: skip
_BINARY = ("parquet", "xlsx")


def deliver(
    result: Results,
    base: str,
    console: Console,
    format: str | None = None,  # noqa: A002 - the option's name
    output: Path | None = None,
    chart: Path | None = None,
    kind: str | None = None,
    columns: str | None = None,
    about: Mapping[str, str] | None = None,
) -> None:
    """Prints an answer, or writes it to a file; and draws it, if a chart is asked for.

    Without a format, a file's suffix tells it. A chart alone prints nothing. ``about`` is what
    :func:`msqgraph.tables.about` says of the question.

    :raises UsageError: if the answer cannot be put in that format, or makes no chart.
    """
    if output and not format:
        format = _SUFFIXES.get(output.suffix.lower())  # noqa: A001
        if not format:
            raise UsageError(f"{output}: the suffix names no format — add -f, or use one of {', '.join(_SUFFIXES)}")
    if format in _BINARY and not output:
        raise UsageError(f"{format} is no text — name a file with -o FILE")
    if (kind or columns) and not chart:
        raise UsageError("--kind and --columns are about a chart — add --chart FILE")
    if chart:
        result = _draw(result, chart, kind, [c.strip() for c in (columns or "").split(",") if c.strip()], about or {})
        if not format:
            return
    if output:
        write_file(output, answer_bytes(result, format or "table", base, about))
    elif format in (None, "table") and not _is_graph(result):
        _print(result, base, console)
    else:
        _write(answer_bytes(result, format or "turtle", base, about))


def answer_bytes(result: Results, format: str, base: str, about: Mapping[str, str] | None = None) -> bytes:  # noqa: A002
    """An answer in a format.

    CSV is SPARQL's: values as they are, also those that begin with ``=``, ``+``, ``-`` or ``@``, which a spreadsheet
    may take for a formula; xlsx writes every text as text.

    :raises UsageError: if the answer cannot be put in that format.
    """
    import pyoxigraph as ox

    if isinstance(result, ox.QueryTriples):
        if format != "turtle":
            raise UsageError(f"the query makes a graph, which is no {format}: use -f turtle")
        from msqgraph.exports.rdf import turtle

        return turtle(result, base)
    if format == "turtle":
        raise UsageError("the query makes rows, which are no turtle: use -f table, csv or json")
    if format == "json":
        return (result.serialize(format=ox.QueryResultsFormat.JSON) or b"") + b"\n"
    if format == "csv":
        if isinstance(result, ox.QueryBoolean):
            return b"true\n" if result else b"false\n"
        return result.serialize(format=ox.QueryResultsFormat.CSV) or b""
    if format == "table":
        return _printed(result, base)
    return _file(result, format, about or {})


def write_file(path: Path, data: bytes) -> None:
    """Writes a file.

    :raises UsageError: if it cannot be written.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror}) — check the folder and its permissions"
        ) from None


def _file(result: Results, format: str, about: Mapping[str, str]) -> bytes:  # noqa: A002
    from msqgraph.tables import table_of

    table = table_of(result, **about)
    if format == "markdown":
        from msqgraph.exports.markdown import markdown

        return markdown(table.variables, table.rows, table.kinds)
    if format == "parquet":
        from msqgraph.exports.parquet import parquet

        return parquet(table.variables, table.rows, table.kinds)
    from msqgraph.exports.xlsx import xlsx

    return xlsx(table.variables, table.rows, table.kinds, about)


def _draw(result: Results, file: Path, kind: str | None, columns: list[str], about: Mapping[str, str]) -> Results:
    """Writes the chart and hands the answer back, which can be read once only."""
    import pyoxigraph as ox

    from msqgraph.tables import table_of

    if isinstance(result, ox.QueryTriples):
        raise UsageError("the query makes a graph: a chart needs rows")
    data = result.serialize(format=ox.QueryResultsFormat.JSON) or b""
    table = table_of(ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON), **about)
    drawn = table.chart(kind, columns)
    drawn.save(file)
    sys.stderr.write(f"{file}: {drawn.drawing}, {drawn.subtitle}\n")
    return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)


def _is_graph(result: Results) -> bool:
    import pyoxigraph as ox

    return isinstance(result, ox.QueryTriples)


def _printed(result: ox.QuerySolutions | ox.QueryBoolean, base: str) -> bytes:
    from io import StringIO

    from rich.console import Console

    page = StringIO()
    _print(result, base, Console(file=page, width=160, no_color=True))
    return page.getvalue().encode()


def _print(result: Results, base: str, console: Console) -> None:
    import pyoxigraph as ox

    if isinstance(result, ox.QueryBoolean):
        console.print("yes" if result else "no")
    elif isinstance(result, ox.QuerySolutions):
        _print_table(result, base, console)


def _print_table(result: ox.QuerySolutions, base: str, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold", box=None, pad_edge=False)
    for variable in result.variables:
        table.add_column(variable.value, overflow="fold")
    count = 0
    for row in result:
        table.add_row(*(Text(printable(_short(row[variable], base))) for variable in result.variables))
        count += 1
    console.print(table)
    console.print(f"{count} rows" if count != 1 else "1 row", style="dim")


def _short(term: object, base: str) -> str:
    """A term as a person reads it: text without quotes, terms with a prefix, other IRIs of ours from the base on."""
    import pyoxigraph as ox

    from msqgraph.namespaces import prefixes

    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, iri in prefixes(base).items():
            if term.value.startswith(iri):
                return f"{prefix}:{term.value.removeprefix(iri)}"
        return term.value.removeprefix(base)
    return text_of(term)


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
