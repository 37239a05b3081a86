"""Documents about the dataset as a whole, at addresses of their own: VoID, catalogues, context, files of the release.

They are those of the release if there is one. Else they are made of the dataset, and name this site for the endpoint.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, RedirectResponse, Response

from msqgraph.errors import MsqgraphError
from msqgraph.release.layout import FORMATS
from msqgraph.server.linked_data.absence import not_found, problem
from msqgraph.server.linked_data.documents import context_document, document
from msqgraph.server.linked_data.formats import content_type
from msqgraph.server.linked_data.links import cors, local
from msqgraph.server.linked_data.publication import SERVICE_FILE
from msqgraph.server.linked_data.resources import CANNOT_BE_MADE, RETRY_AFTER_S
from msqgraph.server.linked_data.site_address import with_own_endpoint

if TYPE_CHECKING:
    import pyoxigraph as ox
    from starlette.requests import Request

    from msqgraph.server.linked_data.publication import Publication

    _Make: TypeAlias = Callable[[Publication], Awaitable[list[ox.Triple]]]

_JSONLD = "application/ld+json"
_MEDIA_TYPES = {".atom": "application/atom+xml", ".txt": "text/plain; charset=utf-8", ".bib": "application/x-bibtex"}
_WITH_CHARSET = ("text/turtle", "text/csv", "text/markdown")


async def void(request: Request) -> Response:
    """``/void.ttl``: what is in the graph, counted."""
    return await _described(request, "void", _counted)


async def well_known_void(request: Request) -> Response:
    """``/.well-known/void``: leads to the VoID description (RFC 5785, registered by the VoID specification)."""
    return RedirectResponse(local(request, "void.ttl"), 302, headers=cors())


async def catalog(request: Request) -> Response:
    """``/catalog.ttl``: the datasets, in DCAT-AP 3.0.1."""
    return await _described(request, "catalog", _catalogue)


async def earlier_catalog(request: Request) -> Response:
    """``/catalog-2.1.1.ttl``: the same in DCAT-AP 2.1.1."""
    return await _described(request, "catalog-2.1.1", _earlier_catalogue)


async def schema_org(request: Request) -> Response:
    """``/schema-org.jsonld``: the same for search engines."""
    publication: Publication = request.app.state.publication
    if file := publication.file("schema-org.jsonld"):
        return FileResponse(file, media_type=_JSONLD, headers=cors())
    try:
        text = (await publication.catalogues()).schema_org
    except MsqgraphError:
        return problem(request, 503, CANNOT_BE_MADE, RETRY_AFTER_S)
    return Response(text, headers={"Content-Type": _JSONLD, "Cache-Control": "no-cache", **cors()})


async def context(request: Request) -> Response:
    """``/context.jsonld``: the context that our JSON-LD is written with."""
    body = context_document(request.app.state.asking.base)
    return Response(body, headers={"Content-Type": _JSONLD, "Cache-Control": "no-cache", **cors()})


async def service(request: Request) -> Response:
    """``/service.ttl``: of the release; else leads to the endpoint, which describes itself.

    A site of files has no endpoint that it could lead to: what it tells is of the one that the publisher names.
    """
    publication: Publication = request.app.state.publication
    if publication.file(SERVICE_FILE):
        return _file(request, SERVICE_FILE)
    if request.app.state.site.is_static:
        if not publication.has_endpoint:
            return not_found(request, publication.base)
        return await _described(request, "service", _service)
    return RedirectResponse(local(request, "sparql"), 303, headers=cors())


async def release_file(request: Request) -> Response:
    """``/feed.atom`` and ``/release/<version>/...``: a file of the release as it was written, if it is served here."""
    publication: Publication = request.app.state.publication
    path = request.path_params.get("path", "feed.atom")
    version, _, name = path.partition("/")
    if "path" in request.path_params:
        if version != publication.about.version:
            return not_found(request, request.app.state.asking.base)
        path = name or "README.md"
    return _file(request, path)


async def _described(request: Request, name: str, make: _Make) -> Response:
    """A Turtle document of the release, or one that is made of the dataset."""
    publication: Publication = request.app.state.publication
    if publication.file(f"{name}.ttl"):
        return _file(request, f"{name}.ttl")
    try:
        triples = await make(publication)
    except MsqgraphError:
        return problem(request, 503, CANNOT_BE_MADE, RETRY_AFTER_S)
    told = with_own_endpoint(triples, request)
    body = await run_in_threadpool(document, told, "ttl", publication.base)
    headers = {
        "Content-Type": content_type("ttl"),
        "Cache-Control": "no-cache",
        "Link": f'<{publication.about.licence}>; rel="license"',
        **cors(),
    }
    return Response(body, headers=headers)


def _file(request: Request, path: str) -> Response:
    publication: Publication = request.app.state.publication
    file = publication.file(path)
    if file is None:
        return not_found(request, publication.base)
    suffix = max((one for one in FORMATS if file.name.endswith(one)), key=len, default="")
    kind = FORMATS.get(suffix)
    media_type = _MEDIA_TYPES.get(file.suffix, "application/octet-stream")
    if kind:
        media_type = kind.compression or kind.media_type
        media_type += "; charset=utf-8" if media_type in _WITH_CHARSET else ""
    return FileResponse(file, media_type=media_type, headers={"Cache-Control": "no-cache", **cors()})


async def _service(publication: Publication) -> list[ox.Triple]:
    return await publication.service()


async def _counted(publication: Publication) -> list[ox.Triple]:
    return await publication.counted()


async def _catalogue(publication: Publication) -> list[ox.Triple]:
    return (await publication.catalogues()).triples


async def _earlier_catalogue(publication: Publication) -> list[ox.Triple]:
    return (await publication.catalogues()).earlier
