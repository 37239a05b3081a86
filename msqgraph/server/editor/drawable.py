"""Which columns of an answer to draw, where nobody has chosen them: most answers have more than a chart can take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.exports.chart_columns import NO_SUCH_CHART, choose
from msqgraph.values import text_of

if TYPE_CHECKING:
    from msqgraph.tables import Table

DRAWINGS = ("line", "map", "bar")
_MOST_TRIED = 100  # of columns together: a table of many columns has a million ways
_FEW_ROWS = 30  # so few countries are better compared by bars than by colours of a map
# denominators are told beside a chart, not drawn; ranks are drawn where there is nothing else
_SAID = re.compile(
    r"(.*_)?(known|asked|responded|covered|countries|questions|breaks|looked_at|compared|editions)|number"
)
_RANK = re.compile(r"(.*_)?(rank|place|position)(_.*)?")


def columns_for(table: Table, drawing: str, wanted: tuple[str, ...] = ()) -> tuple[str, ...] | None:
    """The columns that make a drawing; empty where the table as it is makes it; None where nothing does.

    :param wanted: what somebody has chosen, which is then all that is tried.

    >>> from msqgraph.tables import Table
    >>> leaders = Table(("rank", "iso3", "egdi", "osi"), ((1, "DNK", 0.9758, 0.9706), (2, "KOR", 0.956, 1.0)))
    >>> columns_for(leaders, "bar"), columns_for(leaders, "line")
    (('iso3', 'egdi'), None)
    """
    if wanted:
        return wanted if _fits(table, drawing, wanted) else None
    if _fits(table, drawing, ()):
        return ()
    tried = islice(_candidates(table, drawing), _MOST_TRIED)
    return next((columns for columns in tried if _fits(table, drawing, columns)), None)


def why_not(table: Table, drawing: str, wanted: tuple[str, ...] = ()) -> str:
    """Why the likeliest columns, or those that were chosen, make no drawing; empty where their kinds are the reason.

    >>> from msqgraph.tables import Table
    >>> why_not(Table(("iso3", "portals"), (("PRY", 3), ("PRY", 4))), "map").partition(":")[0]
    'two rows for PRY'
    """
    for columns in (wanted,) if wanted else ((), *islice(_candidates(table, drawing), _MOST_TRIED)):
        try:
            choose(table.variables, table.rows, table.kinds, drawing, columns)
        except UsageError as error:
            if not str(error).startswith(NO_SUCH_CHART):
                return str(error)
    return ""


def best_drawing(table: Table) -> str:
    """The drawing that says most of a table of several rows: ``line``, ``map`` or ``bar``; ``table`` if none does."""
    if len(table) < 2:
        return "table"
    order = ("line", "bar") if len(table) <= _FEW_ROWS else DRAWINGS
    has_numbers = any(kind in ("integer", "number") for kind in table.kinds)
    return next((one for one in order if has_numbers and columns_for(table, one) is not None), "table")


def _candidates(table: Table, drawing: str) -> Iterator[tuple[str, ...]]:
    """The columns to try, the likeliest first: a name or a code or a year, and a number."""
    kinds = dict(zip(table.variables, table.kinds, strict=True))
    years = [name for name, kind in kinds.items() if kind == "year" or name.endswith(("year", "period"))]
    numbers = [name for name, kind in kinds.items() if kind in ("integer", "number") and name not in years]
    numbers = [name for name in numbers if not _SAID.fullmatch(name)]
    numbers.sort(key=lambda name: bool(_RANK.fullmatch(name)))
    codes = [name for name in table.variables if name == "iso3" or name.endswith("_iso3")]
    texts = [name for name, kind in kinds.items() if kind == "text" and name not in codes and _is_short(table, name)]
    for number in numbers:
        if drawing == "line":
            yield from ((year, number) for year in years)
            yield from ((year, name, number) for year in years for name in (*codes, *texts))
        elif drawing == "map":
            yield from ((code, number) for code in codes)
        else:
            yield from ((name, number) for name in (*codes, *texts))
    if drawing == "map":
        yield from ((code, name) for code in codes for name, kind in kinds.items() if kind in ("text", "boolean"))


def _is_short(table: Table, name: str) -> bool:
    """Whether what a column says can stand beside a bar: no IRIs and no sentences."""
    words = [text_of(value) for value in table.column(name)]
    return all(len(one) <= 60 and "://" not in one for one in words)


def _fits(table: Table, drawing: str, columns: tuple[str, ...]) -> bool:
    try:
        choose(table.variables, table.rows, table.kinds, drawing, columns)
    except UsageError:
        return False
    return True
