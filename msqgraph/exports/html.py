"""Rows as an HTML table for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from msqgraph.values import Iri, Kind, Row, Value, text_of

MAX_ROWS = 200


def html(variables: Sequence[str], rows: Sequence[Row], kinds: Sequence[Kind], title: str = "") -> bytes:
    """The first rows as an HTML table, everything in it escaped; only IRIs on the web are links.

    >>> html(["n"], [("<b>",)], ["text"]).decode().count("&lt;b&gt;")
    1
    """
    right = [' style="text-align:right"' if kind in ("integer", "number", "year") else "" for kind in kinds]
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    head = "".join(f'<th scope="col"{style}>{escape(name)}</th>' for name, style in zip(variables, right, strict=True))
    body = "".join(
        f"<tr>{''.join(f'<td{style}>{_cell(value)}</td>' for value, style in zip(row, right, strict=True))}</tr>\n"
        for row in rows[:MAX_ROWS]
    )
    count = "1 row" if len(rows) == 1 else f"{len(rows)} rows"
    shown = f", the first {MAX_ROWS} shown" if len(rows) > MAX_ROWS else ""
    return (
        f"<table>{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n"
        f'<tfoot><tr><td colspan="{max(1, len(variables))}">{count}{shown}</td></tr></tfoot>\n</table>\n'
    ).encode()


def _cell(value: Value) -> str:
    text = escape(text_of(value))
    if isinstance(value, Iri) and value.startswith(("http://", "https://")):
        return f'<a href="{text}" rel="noopener noreferrer">{text}</a>'
    return text
