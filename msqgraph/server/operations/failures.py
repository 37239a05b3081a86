"""What a client is told when a part of the site raises: the default where a part has no page of its own for it.

Who would rather read a page gets one of the site; a program, also a script of another site, gets problem details.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.operations.problem import HTML, JSON, Problem
from msqgraph.server.operations.request_record import RECORD
from msqgraph.server.pages.csv_file import ANY_ORIGIN
from msqgraph.server.pages.failure import failure
from msqgraph.server.protocol.accept import preferred

if TYPE_CHECKING:
    from starlette.requests import Request


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    if error.status_code < 400 or error.status_code in (204, 304):
        return Response(status_code=error.status_code, headers=dict(error.headers or {}))
    return _response(request, Problem(error.status_code, error.detail), dict(error.headers or {}))


async def _on_refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, QueryRefused)  # noqa: S101 - registered for nothing else
    return _response(request, Problem(error.status, error.message, error.retry_after_s))


async def _on_mistake(request: Request, _error: Exception) -> Response:
    """The error itself goes on to the door, which logs it."""
    name = _request_id(request)
    logged = f" It is logged as {name}: tell whoever runs the server." if name else ""
    return _response(request, Problem(500, f"The server made a mistake.{logged}"))


HANDLERS: dict[Any, Any] = {HTTPException: _on_http, QueryRefused: _on_refused, Exception: _on_mistake}


def _response(request: Request, problem: Problem, more: dict[str, str] | None = None) -> Response:
    accept = ", ".join(request.headers.getlist("accept")) or None
    request_id = _request_id(request)
    headers, body = problem.headers_and_body(accept, request_id, request.scope.get("root_path", ""))
    has_site = hasattr(request.app.state, "site")  # what every page needs; without it the plain page has to do
    if has_site and preferred(accept, (JSON, HTML)) == HTML:
        response: Response = failure(request, problem.status, problem.detail, problem.retry_after_s, request_id)
        told = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
        response.headers.update({name: told[name] for name in ("cache-control", "retry-after") if name in told})
        response.headers["vary"] = "Accept, Accept-Language"
    else:
        response = Response(body, problem.status)
        response.raw_headers[:] = headers
        response.headers.update(ANY_ORIGIN)
    response.raw_headers += [
        (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in (more or {}).items()
    ]
    return response


def _request_id(request: Request) -> str:
    record = request.scope.get(RECORD)
    return record.id if record is not None else ""
