"""Puts the parts of the site together: one application for one dataset, for its whole life.

The list of parts is here and nowhere else. What every request goes through besides (limits, headers, log, metrics) is
around this application: :mod:`msqgraph.server.operations.front`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route

from msqgraph.server.asking import Asking
from msqgraph.server.conditional import ConditionalRequests
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.operations.failures import HANDLERS
from msqgraph.server.operations.route_names import named
from msqgraph.server.operations.static_files import StaticFilesForLong
from msqgraph.server.pages import start
from msqgraph.server.protocol.accept import joined, preferred, preferred_language
from msqgraph.server.protocol.client_key import ClientKeys
from msqgraph.server.protocol.description import ServiceDescription
from msqgraph.server.protocol.endpoint import SparqlEndpoint
from msqgraph.server.reader import ForReader, turnstile_of_readers
from msqgraph.server.routes_on_first_use import RoutesOnFirstUse
from msqgraph.server.search.search import Search

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from msqgraph.server.engine.asked import Engine
    from msqgraph.server.linked_data.publication import Publication
    from msqgraph.server.site_facts import SiteFacts

STATIC = Path(__file__).parent / "static"
KEPT_ROWS = 200_000  # some 100 MB at most
FIRST_S = 1.0
"""How long the first requests have the processor for themselves, before what may wait is made."""

_ANY_LANGUAGE = "|".join(LANGUAGES)
_PAGE = ("text/html", None)  # who takes none of the formats gets the page: a redirect has none


def create_app(
    engine: Engine, site: SiteFacts, publication: Publication, clients: ClientKeys | None = None
) -> Starlette:
    """The application of one dataset: SPARQL, linked data, pages, JSON, static files.

    Its ``state`` has ``engine``, ``asking``, ``site``, ``publication``, ``search``, ``prepared``, ``clients`` and
    ``readers``, which handlers reach as ``request.app.state``. A new dataset gets a new application, so that a request
    sees one dataset from its start to its end. Parts that few ask for first are imported, and the index for searches is
    made, while its lifespan runs, beside everything else; ``prepared`` waits for the index.

    :param clients: tells whose a request is; without it, the peer's.
    """
    describe = ServiceDescription(engine, site.base, site.title)
    clients = clients or ClientKeys()
    sparql = SparqlEndpoint(engine, describe, base=site.base, public_url=site.public_url, clients=clients)
    app = Starlette(routes=named(_routes(sparql)), exception_handlers=HANDLERS, lifespan=_rest_is_made)
    app.router.redirect_slashes = False  # Starlette's redirects name scheme and host, as they are behind a proxy
    app.state.engine, app.state.site, app.state.publication = engine, site, publication
    app.state.asking = Asking(engine, site.base, KEPT_ROWS if site.is_snapshot else 0)
    app.state.search = Search(app.state.asking)
    app.state.prepared = app.state.search.ready
    app.state.clients, app.state.readers = clients, turnstile_of_readers()
    return app


def _routes(sparql: SparqlEndpoint) -> Sequence[BaseRoute]:
    """The parts, in the order in which they are tried."""
    return [
        Route("/sparql", sparql),
        Route("/sparql/", sparql),  # else a redirect without CORS headers
        Route("/", _start),
        Mount("/static", StaticFilesForLong(directory=STATIC), name="static"),
        *_conditional(_in_languages(start.routes())),
        RoutesOnFirstUse(f"/({_ANY_LANGUAGE})/", _pages),
        RoutesOnFirstUse("/api/", _api),
        RoutesOnFirstUse("/", _linked_data),
        Route("/{path:language}", _at_its_place),
        Route("/{path:path}/", _at_its_place),
    ]


def _pages() -> Sequence[BaseRoute]:
    from msqgraph.server.pages import (
        about,
        answer,
        asked,
        comparison,
        country,
        editor,
        entity,
        listing,
        question,
        results,
        search,
        thing,
    )

    parts = (country, comparison, question, answer, listing, entity, search, editor, results, asked, about, thing)
    return named(_conditional(_in_languages([route for part in parts for route in part.routes()])))


def _api() -> Sequence[BaseRoute]:
    from msqgraph.server.api.routes import routes

    return named(_conditional(routes()))


def _linked_data() -> Sequence[BaseRoute]:
    from msqgraph.server.linked_data.routes import routes

    return named(_conditional(routes()))


def _conditional(routes: Sequence[Route]) -> list[Route]:
    """The routes, asked in turn by reader; their answers are not sent again to who has them.

    Answers of queries are streamed: not those.
    """
    for route in routes:
        route.app = ForReader(ConditionalRequests(route.app))
    return list(routes)


@asynccontextmanager
async def _rest_is_made(app: Starlette) -> AsyncIterator[None]:
    making = asyncio.get_running_loop().create_task(_make_rest(app))
    try:
        yield
    finally:
        making.cancel()
        await asyncio.gather(making, return_exceptions=True)
        await app.state.search.close()
        if (drawer := getattr(app.state, "drawer", None)) is not None:  # there is one once somebody wanted a chart
            await drawer.close()


async def _make_rest(app: Starlette) -> None:
    """Makes what a first request need not wait for: the parts that were not asked for yet, and the index."""
    await asyncio.sleep(FIRST_S)
    for part in app.routes:
        if isinstance(part, RoutesOnFirstUse):
            await asyncio.to_thread(part.load)
    app.state.search.start()


async def _start(request: Request) -> Response:
    """The start page in the language that a reader's browser asks for; a program that asks for RDF gets the catalogue.

    The base itself is the IRI of nothing; what there is under it, the catalogue tells.
    """
    accept = joined(request.headers.raw, b"accept")
    if preferred(accept, ("text/html", "text/turtle", "application/ld+json", "application/n-triples")) not in _PAGE:
        there = f"{request.scope.get('root_path', '')}/catalog"
        return RedirectResponse(there, 303, {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"})
    language = preferred_language(joined(request.headers.raw, b"accept-language"), LANGUAGES)
    there = f"{request.scope.get('root_path', '')}/{language}/"
    return RedirectResponse(there, 302, {"Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"})


async def _at_its_place(request: Request) -> Response:
    """A start page with a slash at its end, any other without; no host is told, since that may be a proxy's matter."""
    path, query = "/" + request.path_params["path"].strip("/"), request.url.query
    path = f"{path}/" if path[1:] in LANGUAGES else path
    there = request.scope.get("root_path", "") + quote(path)
    return RedirectResponse(f"{there}?{query}" if query else there, 308)


class _Language(StringConvertor):
    """A language of the pages: what begins with anything else is no page."""

    regex = _ANY_LANGUAGE


register_url_convertor("language", _Language())


def _in_languages(routes: Sequence[Route]) -> list[Route]:
    """The routes of pages, for the languages that there are."""
    return [
        Route(route.path.replace("{lang}", "{lang:language}"), route.endpoint, methods=route.methods, name=route.name)
        for route in routes
    ]
