"""The lists to browse, as pages and as files: countries, agencies, laws, strategies, portals, questions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.routing import Route

from msqgraph.server.addresses import page_path
from msqgraph.server.beside import beside
from msqgraph.server.content.country_list import country_list
from msqgraph.server.content.listed import listed
from msqgraph.server.content.listed_kinds import LISTED_KINDS
from msqgraph.server.content.listing import PAGE_SIZE, Listing
from msqgraph.server.content.question_list import question_list
from msqgraph.server.pages.csv_file import csv_file
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_SEPARATOR = " | "
_LISTS = ("countries", "questions", *LISTED_KINDS)


def routes() -> list[Route]:
    """The addresses of the lists."""
    found = []
    for kind in _LISTS:
        found.append(Route(f"/{{lang}}/{kind}", partial(listing_page, kind=kind), name=kind))
        found.append(Route(f"/{{lang}}/{kind}.csv", partial(listing_file, kind=kind), name=f"{kind}-file"))
    return found


async def listing_page(request: Request, kind: str) -> Response:
    """A page of a list; all of it where pages are written to files.

    :raises HTTPException: 404 if the list has not so many pages.
    """
    is_static = request.app.state.site.is_static
    found = await _listing(request, kind, is_whole=is_static)
    if found.wanted.page > found.page_count:
        raise HTTPException(404)
    return page(request, "listing.html", listing=found, page_path=page_path, page_size=PAGE_SIZE)


async def listing_file(request: Request, kind: str) -> Response:
    """All rows that the filters let through, as a file; several values in a cell are parted by a bar."""
    found = await _listing(request, kind, is_whole=True)
    header = ["iri"]
    for column in found.columns:
        header += [column, f"{column}_iri"] if _has_iris(found, column) else [column]
    return await beside(lambda: csv_file(kind, header, _file_rows(found)))


async def _listing(request: Request, kind: str, is_whole: bool) -> Listing:
    asking, site, language = request.app.state.asking, request.app.state.site, request.path_params["lang"]
    parameters = request.query_params.multi_items()
    if kind == "countries":
        return await country_list(asking, parameters, language, site.editions, is_whole)
    if kind == "questions":
        return await question_list(asking, parameters, language, site.questionnaires, is_whole)
    return await listed(asking, LISTED_KINDS[kind], parameters, language, site.editions, is_whole)


def _has_iris(found: Listing, column: str) -> bool:
    return any(cell.iri for row in found.rows for cell in row.cells.get(column, ()))


def _file_rows(found: Listing) -> Iterator[list[str]]:
    with_iris = {column: _has_iris(found, column) for column in found.columns}
    for row in found.rows:
        told = [row.iri]
        for column in found.columns:
            cells = row.cells.get(column, ())
            told.append(row.name.value if column == "name" else _SEPARATOR.join(cell.text.value for cell in cells))
            if with_iris[column]:
                told.append(_SEPARATOR.join(cell.iri for cell in cells))
        yield told
