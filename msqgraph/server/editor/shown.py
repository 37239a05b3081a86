"""The answer to a query as a page shows it: one page of a table, and a chart where the columns make one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.exports.chart_columns import NO_SUCH_CHART
from msqgraph.server.beside import beside
from msqgraph.server.editor.cells import Cell, cells
from msqgraph.server.editor.drawable import DRAWINGS, best_drawing, columns_for, why_not
from msqgraph.server.editor.found import Found, find
from msqgraph.server.engine.asked import QueryRefused

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking
    from msqgraph.server.editor.drawing import Drawer, Drawn
    from msqgraph.server.engine.asked import Engine

VIEWS = ("table", *DRAWINGS)
PAGE_ROWS = 100
ALL_PAGES = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see: a query, as ``table``, ``bar``, ``line`` or ``map``, of which columns, which page.

    An empty ``view`` is the drawing that says most, else a table; without ``columns`` those that fit are drawn.
    The page ``ALL_PAGES`` has all rows. ``about`` is what a chart says of itself, and ``client`` whose query it is.
    """

    sparql: str
    view: str = ""
    columns: tuple[str, ...] = ()
    page: int = 1
    about: Mapping[str, str] = field(default_factory=dict)
    client: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown. ``refusal`` says why there is no answer; then nothing else is of use.

    ``view`` is the one that is seen, ``drawn`` are the columns of its ``chart``; without a chart, ``chart_problem`` is
    why: empty where the columns make no such chart, else a sentence in English; ``chart_refusal`` is there if it may be
    had later.
    """

    wish: Wish
    found: Found = field(default_factory=Found)
    rows: tuple[tuple[Cell, ...], ...] = ()
    view: str = "table"
    drawn: tuple[str, ...] = ()
    chart: Drawn | None = None
    chart_problem: str = ""
    page: int = 1
    pages: int = 1
    refusal: QueryRefused | None = None
    chart_refusal: QueryRefused | None = None

    @property
    def first(self) -> int:
        """The number of the first row of the page, from 1."""
        return (self.page - 1) * PAGE_ROWS + 1

    @property
    def number_columns(self) -> tuple[bool, ...]:
        """For each column whether all that it shows are numbers."""
        columns = zip(*self.rows, strict=True) if self.rows else ()
        return tuple(
            all(cell.is_number or cell.kind == "none" for cell in column) and any(cell.is_number for cell in column)
            for column in columns
        )


async def show(engine: Engine, asking: Asking, drawer: Drawer, wish: Wish, language: str) -> Shown:
    """The answer to a query as a page shows it; a refusal of the engine is part of what is shown."""
    try:
        found = await find(engine, wish.sparql, wish.client)
    except QueryRefused as refusal:
        return Shown(wish, refusal=refusal)
    # a table may have a thousand columns: which of them fit is tried where nobody waits for it
    view = wish.view or (await beside(partial(best_drawing, found.table)) if found.table else "table")
    chart, problem, columns, later = None, "", wish.columns, None
    if view != "table" and found.table is not None:
        fitting = await beside(partial(columns_for, found.table, view, wish.columns))
        columns = fitting or wish.columns
        try:
            chart = await drawer.draw(found.table, wish.about, view, columns)
        except UsageError as error:
            problem = str(error)
            if problem.startswith(NO_SUCH_CHART):
                problem = await beside(partial(why_not, found.table, view, wish.columns))
        except QueryRefused as refusal:
            problem, later = refusal.message, refusal
    size = max(1, len(found.rows)) if wish.page == ALL_PAGES else PAGE_ROWS
    pages = max(1, -(-len(found.rows) // size))
    page = min(max(wish.page, 1), pages)
    part = found.rows[(page - 1) * size : page * size]
    try:
        rows = tuple(tuple(row) for row in await cells(asking, part, language))
    except QueryRefused as refusal:
        return Shown(wish, refusal=refusal)
    return Shown(wish, found, rows, view, columns, chart, problem, page, pages, chart_refusal=later)
