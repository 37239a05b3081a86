"""A query's answer for the eye or for another program."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.exports.rdf import prefixes, turtle
from msqgraph.terminal import printable

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rich.console import Console

    from msqgraph.store import Results


def print_result(result: Results, format: str | None, base: str, console: Console) -> None:  # noqa: A002 - the option's name
    """Prints an answer: rows as table, csv or json; a graph as turtle.

    :raises UsageError: if the answer cannot be put in that format.
    """
    import pyoxigraph as ox

    if isinstance(result, ox.QueryTriples):
        if format not in (None, "turtle"):
            raise UsageError(f"the query makes a graph, which is no {format}: use -f turtle")
        _write(turtle(result, base))
    elif format == "turtle":
        raise UsageError("the query makes rows, which are no turtle: use -f table, csv or json")
    elif format == "json":
        _write((result.serialize(format=ox.QueryResultsFormat.JSON) or b"") + b"\n")
    elif format == "csv":
        if isinstance(result, ox.QueryBoolean):
            _write(b"true\n" if result else b"false\n")
        else:
            _write(result.serialize(format=ox.QueryResultsFormat.CSV) or b"")
    elif isinstance(result, ox.QueryBoolean):
        console.print("yes" if result else "no")
    else:
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

    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, iri in prefixes(base).items():
            if term.value.startswith(iri):
                return f"{prefix}:{term.value.removeprefix(iri)}"
        return term.value.removeprefix(base)
    return str(getattr(term, "value", term))


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
