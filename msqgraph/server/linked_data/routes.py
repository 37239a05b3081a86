"""The addresses of linked data: those of all things under the base, and those of documents about the whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TYPE_CHECKING, TypeAlias

from starlette.responses import Response
from starlette.routing import Route

from msqgraph.exports.w3id import THINGS
from msqgraph.server.linked_data.dataset_documents import (
    catalog,
    context,
    earlier_catalog,
    release_file,
    schema_org,
    service,
    void,
    well_known_void,
)
from msqgraph.server.linked_data.formats import MEDIA_TYPES
from msqgraph.server.linked_data.links import METHODS, preflight
from msqgraph.server.linked_data.resources import resource
from msqgraph.server.linked_data.sitemap import robots, sitemap, sitemap_part

if TYPE_CHECKING:
    from starlette.requests import Request

    _Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

_DOCUMENTS = {
    "/.well-known/void": well_known_void,
    "/void.ttl": void,
    "/catalog.ttl": catalog,
    "/catalog-2.1.1.ttl": earlier_catalog,
    "/schema-org.jsonld": schema_org,
    "/service.ttl": service,
    "/context.jsonld": context,
    "/feed.atom": release_file,
    "/release/{path:path}": release_file,
    "/sitemap.xml": sitemap,
    "/sitemap-{number}.xml": sitemap_part,
    "/robots.txt": robots,
}


def routes() -> list[Route]:
    """The routes. They take ``asking``, ``site`` and ``publication`` from the state of the application.

    >>> "/void.ttl" in [route.path for route in routes()]
    True
    """
    endpoints: dict[str, _Endpoint] = dict(_DOCUMENTS)
    for top in THINGS:
        own = (f"/{top}", f"/{top}/{{path:path}}", *(f"/{top}.{suffix}" for suffix in MEDIA_TYPES))
        endpoints |= {path: resource for path in own if path not in endpoints}
    return [Route(path, _with_options(endpoint), methods=METHODS) for path, endpoint in endpoints.items()]


def _with_options(endpoint: _Endpoint) -> _Endpoint:
    """An endpoint that answers OPTIONS, too: what may be asked, also from pages of other sites."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight())
        return await endpoint(request)

    return answer
