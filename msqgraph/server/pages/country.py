"""The page of a country: every question of a form with the country's answer, and the facts understood from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.routing import Route

from msqgraph.exports.answer_citation import cite_answer
from msqgraph.person_names import MARKER
from msqgraph.server.addresses import page_path
from msqgraph.server.content import country as content
from msqgraph.server.content import egdi
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def routes() -> list[Route]:
    """The routes of the pages of countries."""
    return [Route("/{lang}/countries/{iso3}", country, name="country")]


async def country(request: Request) -> Response:
    """A country in the edition that ``?edition=`` names, by default that of its latest response.

    :raises HTTPException: 404 if there is no such country, or nothing to say of such an edition.
    """
    asking, iso3 = request.app.state.asking, request.path_params["iso3"]
    edition = request.query_params.get("edition") or None
    shown = await content.country(asking, iso3, edition, request.path_params["lang"])
    if shown is None:
        raise HTTPException(404)
    release = request.app.state.site.release
    return page(
        request,
        "country.html",
        country=shown,
        series=await egdi.series(asking, shown.iso3),
        cited={item.question.number: cite_answer(item.cited, release).text() for item in shown.items if item.cited},
        page_path=page_path,
        marker=MARKER,
    )
