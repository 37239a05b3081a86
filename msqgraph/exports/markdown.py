"""Rows as a Markdown table (GitHub flavoured)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msqgraph.values import Iri, Kind, Row, Value, text_of

_SIGNS = re.compile(r"([\\`*_\[\]<>|&~$])")
_WEB = re.compile(r"https?://[^\s<>|]+")


def markdown(variables: Sequence[str], rows: Sequence[Row], kinds: Sequence[Kind]) -> bytes:
    r"""The rows as a table: numbers to the right, addresses as links, every sign of Markdown escaped.

    >>> print(markdown(["iso3", "n"], [("PRY", 2), ("a|b", None)], ["text", "integer"]).decode(), end="")
    | iso3 | n |
    |---|--:|
    | PRY | 2 |
    | a\|b |  |
    """
    rule = "|".join("--:" if kind in ("integer", "number", "year") else "---" for kind in kinds)
    lines = [f"| {' | '.join(map(_escaped, variables))} |", f"|{rule}|"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "".join(f"{line}\n" for line in lines).encode()


def _cell(value: Value) -> str:
    if isinstance(value, Iri) and _WEB.fullmatch(value):
        return f"<{value}>"
    return _escaped(text_of(value))


def _escaped(text: str) -> str:
    return "<br>".join(_SIGNS.sub(r"\\\1", text).splitlines())
