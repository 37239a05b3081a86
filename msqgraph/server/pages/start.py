"""The start page, and the world map of each indicator: as a page, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from msqgraph.exports.citation import cite_release
from msqgraph.server.content.indicators import KINDS, Indicator, Indicators, indicators
from msqgraph.server.content.map_values import MapValues, map_values
from msqgraph.server.content.start import start_facts
from msqgraph.server.content.world import countries
from msqgraph.server.pages.csv_file import csv_file
from msqgraph.server.pages.rendering import page
from msqgraph.server.pages.world_shapes import HEIGHT, MARGIN, RADIUS, WIDTH, Shape, Spot, shapes, spots

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_MAP_COLUMNS = ("iso3", "m49", "name", "un_member", "indicator", "edition", "state", "value", "source_iri")


def routes() -> list[Route]:
    """The addresses of the start page and the maps."""
    return [
        Route("/{lang}/", start),
        Route("/{lang}/map", choose),
        Route("/{lang}/map/{slug}.csv", map_file),
        Route("/{lang}/map/{slug}", map_page),
    ]


async def start(request: Request) -> Response:
    """The start page, with the map of an indicator that has data.

    :raises QueryRefused: if the engine does not answer.
    """
    asking, language = request.app.state.asking, request.path_params["lang"]
    found = await indicators(asking, language)
    values = await _values(request, found.default) if found.default else None
    facts = await start_facts(asking, language)
    citation = cite_release(request.app.state.site.release).text()
    return page(request, "start.html", facts=facts, citation=citation, **_drawing(found, values))


async def choose(request: Request) -> Response:
    """To the map of the indicator that a form tells; in the edition nearest to the one wanted.

    :raises HTTPException: 404 if there is no such indicator.
    """
    found = await indicators(request.app.state.asking, request.path_params["lang"])
    name, edition = request.query_params.get("indicator", ""), request.query_params.get("edition", "")
    one = found.nearest(name, edition) if name else found.default
    if one is None:
        raise HTTPException(404)
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}/{request.path_params['lang']}/map/{one.slug}", 303)


async def map_page(request: Request) -> Response:
    """The map of an indicator.

    :raises HTTPException: 404 if there is no such indicator.
    """
    found, one = await _chosen(request)
    return page(request, "map.html", **_drawing(found, await _values(request, one)))


async def map_file(request: Request) -> Response:
    """What a map shows, as a file: a row for each country, with the IRI of what its value stands on.

    :raises HTTPException: 404 if there is no such indicator.
    """
    _, one = await _chosen(request)
    values = await _values(request, one)
    rows = (
        (
            place.country.iso3,
            place.country.m49,
            place.country.name.value,
            "true" if place.country.is_member else "false",
            one.name,
            one.edition,
            place.value.state,
            place.value.figure,
            place.value.iri,
        )
        for place in values.places
    )
    return csv_file(one.slug, _MAP_COLUMNS, rows)


async def _chosen(request: Request) -> tuple[Indicators, Indicator]:
    """All indicators, and the one that the address names.

    :raises HTTPException: 404 if there is no such indicator.
    """
    found = await indicators(request.app.state.asking, request.path_params["lang"])
    one = found.find(request.path_params["slug"])
    if one is None:
        raise HTTPException(404)
    return found, one


async def _values(request: Request, indicator: Indicator) -> MapValues:
    asking = request.app.state.asking
    return await map_values(asking, indicator, await countries(asking, request.path_params["lang"]))


def _drawing(found: Indicators, values: MapValues | None) -> dict[str, Any]:
    """What the template of a map is told."""
    places = {place.country.m49: place for place in values.places} if values else {}

    def by_name(drawn: Shape | Spot) -> str:
        """The order in which the keyboard goes through them."""
        place = places.get(drawn.m49)
        return place.country.name.value.casefold() if place else ""

    return {
        "indicators": found,
        "kinds": KINDS,
        "values": values,
        "places": places,
        "shapes": sorted(shapes(), key=by_name),
        "spots": sorted((spot for spot in spots() if spot.m49 in places), key=by_name),
        "width": WIDTH,
        "height": HEIGHT,
        "margin": MARGIN,
        "radius": RADIUS,
    }
