"""The answer to a request for a thing under the base, or for a document about one.

A thing is no document: its address leads to one (303), to a page for readers and to a file for programs. What is gone
says so at its own address (410), in the format that is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from msqgraph.errors import MsqgraphError, UsageError
from msqgraph.server.addresses import page_of
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.linked_data.absence import VARY, accept_of, gone_page, language_of, not_found, problem
from msqgraph.server.linked_data.documents import document
from msqgraph.server.linked_data.existence import known_among
from msqgraph.server.linked_data.formats import HTML, MEDIA_TYPES, suffix_for
from msqgraph.server.linked_data.links import cors, document_headers, links, local
from msqgraph.server.linked_data.request_paths import Wanted, above, other_cases, wanted
from msqgraph.server.linked_data.site_address import with_own_endpoint
from msqgraph.server.linked_data.things import Thing, TooLarge, thing_at, triples_of

if TYPE_CHECKING:
    from starlette.requests import Request

RETRY_AFTER_S = 30
CANNOT_BE_MADE = "The description of the whole dataset cannot be made now: its store does not answer. Try again later."


async def resource(request: Request) -> Response:
    """Answers a request for whatever has an IRI under the base. Never raises for what a client sends."""
    asking = request.app.state.asking
    asked = wanted(request.scope)
    if asked is None:
        return not_found(request, asking.base)
    try:
        thing = await thing_at(asked.path, asking, request.app.state.publication)
        if thing is None:
            return await _unknown(request, asked)
        if not asked.is_as_written:
            return _moved(request, asked)
        return await (_gone if thing.tombstone else _document if asked.suffix else _see_other)(request, asked, thing)
    except QueryRefused as refused:
        return problem(request, refused.status, refused.message, refused.retry_after_s)
    except TooLarge as error:
        return problem(request, 404, str(error))
    except MsqgraphError:  # it may tell of folders and addresses that are nobody's concern
        return problem(request, 503, CANNOT_BE_MADE, RETRY_AFTER_S)


async def _unknown(request: Request, asked: Wanted) -> Response:
    """301 to the one IRI that differs by the case of letters alone; else 404, with what is known near it."""
    asking = request.app.state.asking
    meant = await known_among(asking, other_cases(asked.path))
    if len(meant) == 1:
        return _moved(request, Wanted(meant[0], asked.suffix))
    near = meant or await known_among(asking, above(asked.path))
    return not_found(request, asking.base, asked.path, near)


async def _see_other(request: Request, asked: Wanted, thing: Thing) -> Response:
    """303 to the document or page that the client would rather have."""
    suffix = suffix_for(accept_of(request))
    if suffix is None:
        return _not_acceptable(request, asked)
    to = _page(request, thing) if suffix == HTML else local(request, f"{asked.path}.{suffix}")
    return RedirectResponse(to, 303, headers={"Vary": VARY, **_linked(request, asked), **cors()})


async def _document(request: Request, asked: Wanted, thing: Thing) -> Response:
    """The document itself; for ``.html``, 303 to the page."""
    asking, publication = request.app.state.asking, request.app.state.publication
    if asked.suffix == HTML:
        headers = {"Vary": "Accept-Language", **_linked(request, asked), **cors()}
        return RedirectResponse(_page(request, thing), 303, headers=headers)
    triples = await triples_of(thing, asking, publication)
    if not thing.is_in_data:
        triples = set(with_own_endpoint(triples, request))
    try:
        body = await run_in_threadpool(document, triples, asked.suffix, asking.base)
    except UsageError as error:
        return _not_acceptable(request, asked, str(error))
    return Response(body, headers=document_headers(request, asked, asking.base, publication.about.licence))


async def _gone(request: Request, asked: Wanted, thing: Thing) -> Response:
    """410 with what the tombstone says, in the format that is asked for."""
    tombstone = thing.tombstone
    assert tombstone is not None  # noqa: S101 - it is what brought us here
    suffix = asked.suffix or suffix_for(accept_of(request)) or "nt"
    asking, publication = request.app.state.asking, request.app.state.publication
    if suffix == HTML:
        answer = gone_page(request, asking.base, asked.path, tombstone)
    else:
        shown = Wanted(asked.path, suffix)
        triples = await triples_of(thing, asking, publication)
        body = await run_in_threadpool(document, triples, suffix, asking.base)
        headers = document_headers(request, shown, asking.base, publication.about.licence)
        answer = Response(body, 410, headers={**headers, "Vary": VARY})
    if tombstone.replaced_by:
        link = f'<{tombstone.replaced_by}>; rel="successor-version"'
        answer.headers["Link"] = f"{answer.headers['Link']}, {link}" if "Link" in answer.headers else link
    return answer


def _moved(request: Request, asked: Wanted) -> Response:
    """301 to the address as it should be written."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(local(request, asked.address) + query, 301, headers=cors())


def _not_acceptable(request: Request, asked: Wanted, reason: str = "") -> Response:
    """406 with the formats that there are."""
    formats = ", ".join(f"{types[0]} ({asked.path}.{suffix})" for suffix, types in MEDIA_TYPES.items())
    answer = problem(
        request, 406, f"{reason or 'None of the formats that there are is acceptable.'} There are: {formats}"
    )
    answer.headers.update(_linked(request, asked))
    return answer


def _linked(request: Request, asked: Wanted) -> dict[str, str]:
    base, licence = request.app.state.asking.base, request.app.state.publication.about.licence
    return {"Link": links(request, asked, base, licence)}


def _page(request: Request, thing: Thing) -> str:
    """The local address of a thing's page; what is only in the catalogue is told of by the page about the dataset."""
    language = language_of(request)
    address = page_of(thing.path, language) if thing.is_in_data else f"/{language}/about"
    return local(request, address.removeprefix("/"))
