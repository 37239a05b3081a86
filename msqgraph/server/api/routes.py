"""The interface over HTTP: its routes, its headers, and what it says when something is wrong."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from starlette.responses import Response
from starlette.routing import Route

from msqgraph.server.addresses import page_of
from msqgraph.server.api import queries
from msqgraph.server.api.conversion import json_of
from msqgraph.server.api.openapi import PROBLEM, ROOT, openapi
from msqgraph.server.api.operations import Call, Operation, Slice
from msqgraph.server.api.parameters import BadParameter, NotThere
from msqgraph.server.api.table import OPERATIONS
from msqgraph.server.beside import beside
from msqgraph.server.content.hits import NotReady, TooSlow
from msqgraph.server.editor.questions import questions
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.operations.problem import Problem
from msqgraph.server.protocol.accept import joined, preferred

if TYPE_CHECKING:
    from starlette.requests import Request

    from msqgraph.server.api.schema import Schema

    Handler = Callable[[Request], Awaitable[Response]]

_SHOWN = 80  # characters of what was sent
JSON, OPENAPI_JSON = "application/json", "application/vnd.oai.openapi+json;version=3.1"
_METHODS = "GET, HEAD, OPTIONS"
_EVERY_METHOD = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE"]
_ANY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
_PREFLIGHT = {
    "Allow": _METHODS,
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_FRESH = {"Cache-Control": "public, max-age=60"}


def routes() -> list[Route]:
    """The routes of the interface, its description, and what is under its address but nothing."""
    described = Route("/api/openapi.json", _guarded(description, (OPENAPI_JSON, JSON)), methods=_EVERY_METHOD)
    operations = [
        Route(
            f"{ROOT}{one.path}",
            _guarded(partial(_answered, one), (JSON,)),
            methods=_EVERY_METHOD,
            name=f"api-{one.name}",
        )
        for one in OPERATIONS
    ]
    return [described, *operations, Route("/api/{path:path}", _nothing, methods=_EVERY_METHOD, name="api-nothing")]


async def description(request: Request) -> Response:
    """The description of the interface in OpenAPI 3.1."""
    site = request.app.state.site
    root_path = request.scope.get("root_path", "")
    about = (site.title, site.version or "0", site.licence, root_path)
    document = await asyncio.to_thread(_described, site.base, *about)
    accept = joined(request.headers.raw, b"accept")
    return _json(document, headers={"Vary": "Accept"}, media_type=preferred(accept, (JSON, OPENAPI_JSON)) or JSON)


@lru_cache(maxsize=4)
def _described(base: str, *about: str) -> Schema:
    """The description; a question of the project is an operation of its own, with its own parameters."""
    every = questions(base)
    told = [each for one in OPERATIONS for each in (queries.each(one, every) if one.takes_any else (one,))]
    return openapi(told, *about)


async def _answered(operation: Operation, request: Request) -> Response:
    """The answer of an operation.

    :raises BadParameter: if a parameter is not as declared.
    """
    values = _values(operation, request)
    state = request.app.state
    client = state.clients.of(request.scope) if hasattr(state, "clients") else ""
    search, part_at = getattr(state, "search", None), partial(_part, request)
    call = Call(state.asking, state.engine, search, values.pop("lang"), part_at, client)
    offset, limit = values.get("offset", 0), values.get("limit", 0)
    if operation.is_list and not operation.is_paged_by_answer:
        del values["offset"], values["limit"]
    found = await operation.answer(call, **values)
    if found is None:
        given = f" with {request.url.query[:_SHOWN]}" if request.url.query else ""
        what = f"There is no {request.url.path}{given}: see the lists under {ROOT} for what there is."
        return _problem(Problem(404, what))
    page_of_iri = partial(_page_of, request, call.lang)
    if not operation.is_list:
        links = _links(request, found, offset, limit)
        return await beside(lambda: _json(json_of(found, page_of_iri, operation.result), call.lang, links))
    part = found if isinstance(found, Slice) else Slice(len(found), tuple(found[offset : offset + limit]))
    following = _part(request, offset + limit) if offset + limit < part.total else None
    told = {"total": part.total, "offset": offset, "limit": limit, "next": following}
    links = _links(request, part, offset, limit)
    return await beside(
        lambda: _json({**told, "items": [json_of(one, page_of_iri) for one in part.items]}, call.lang, links)
    )


def _values(operation: Operation, request: Request) -> dict[str, Any]:
    """The parameters of a request as the operation takes them.

    :raises BadParameter: if one is not as declared, or is not declared at all.
    """
    given = request.query_params
    declared = {one.name: one for one in operation.every_parameter if not one.is_in_path}
    further = {name: given.getlist(name) for name in given if name not in declared}
    if further and not operation.takes_any:
        known = ", ".join(sorted(declared))
        raise BadParameter(f"there is no parameter {min(further)[:60]!r}: use {known}")
    values = {one.name: one.read([request.path_params[one.name]]) for one in operation.parameters if one.is_in_path}
    values |= {name: one.read(given.getlist(name)) for name, one in declared.items()}
    return values | ({"more": further} if operation.takes_any else {})


def _guarded(answer: Handler, offered: tuple[str, ...]) -> Handler:
    """A handler for all methods and headers: whatever goes wrong is told as problem details."""

    async def guarded(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={**_ANY_ORIGIN, **_PREFLIGHT})
        if request.method not in ("GET", "HEAD"):
            allowed = Problem(405, f"{request.method} is not possible here: use GET.")
            return _problem(allowed, {"Allow": _METHODS})
        if preferred(joined(request.headers.raw, b"accept"), offered) is None:
            return _problem(Problem(406, f"The answer is {JSON}: accept that, or */*."))
        try:
            return await answer(request)
        except BadParameter as error:
            return _problem(Problem(400, str(error)))
        except NotThere as error:
            return _problem(Problem(404, str(error)))
        except NotReady as error:
            return _problem(Problem(503, str(error), error.retry_after_s))
        except TooSlow as error:
            return _problem(Problem(503, str(error), 5))
        except QueryRefused as refused:
            return _problem(Problem(refused.status, refused.message, refused.retry_after_s))

    return guarded


async def _nothing(request: Request) -> Response:
    """What is under the address of the interface, but none of its operations."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={**_ANY_ORIGIN, **_PREFLIGHT})
    return _problem(Problem(404, f"There is nothing at {request.url.path}: see /api/openapi.json for what there is."))


def _links(request: Request, found: Any, offset: int, limit: int) -> dict[str, str]:
    """The header that leads to the next and the previous part of what is paged."""
    total = getattr(found, "total", None)
    if total is None or not limit:
        return {}
    links = []
    if offset + limit < total:
        links.append(f'<{_part(request, offset + limit)}>; rel="next"')
    if offset:
        links.append(f'<{_part(request, max(0, offset - limit))}>; rel="prev"')
    return {"Link": ", ".join(links)} if links else {}


def _part(request: Request, offset: int) -> str:
    """The address of another part of the same list."""
    told = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return f"{_root(request)}{_own_path(request)}?{urlencode([*told, ('offset', str(offset))])}"


def _page_of(request: Request, language: str, iri: str) -> str | None:
    """The address of the page of what has an IRI under the base."""
    base = request.app.state.site.base
    if not iri.startswith(base):
        return None
    path, _, query = page_of(iri.removeprefix(base), language).partition("?")
    return f"{_root(request)}{quote(path)}{f'?{query}' if query else ''}"


def _root(request: Request) -> str:
    """The address of the site, without a slash at its end."""
    public: str = request.app.state.site.public_url
    return (public or str(request.base_url)).rstrip("/")


def _own_path(request: Request) -> str:
    return request.url.path.removeprefix(request.scope.get("root_path", ""))


def _json(
    body: object, language: str = "", headers: Mapping[str, str] | None = None, media_type: str = JSON
) -> Response:
    content = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    told = {"Content-Language": language} if language else {}
    return Response(content, headers={**_ANY_ORIGIN, **_FRESH, **told, **(headers or {})}, media_type=media_type)


def _problem(problem: Problem, more: Mapping[str, str] | None = None) -> Response:
    headers, body = problem.headers_and_body(PROBLEM)
    response = Response(body, problem.status)
    response.raw_headers[:] = headers
    response.headers.update({**_ANY_ORIGIN, **(more or {})})
    return response
