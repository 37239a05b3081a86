"""Answers where there is no document: nothing known, gone, no format that is acceptable, an engine that is busy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from msqgraph.server.addresses import page_path
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.linked_data.links import cors, local
from msqgraph.server.operations.problem import HTML, JSON, Problem
from msqgraph.server.pages.rendering import page
from msqgraph.server.protocol.accept import joined, preferred, preferred_language

if TYPE_CHECKING:
    from msqgraph.server.linked_data.tombstones import Tombstone

VARY = "Accept, Accept-Language"


def accept_of(request: Request) -> str | None:
    """The ``Accept`` header of a request, all of it; None if there is none."""
    return joined(request.scope["headers"], b"accept")


def language_of(request: Request) -> str:
    """The language of the page that a client would rather have: by ``?lang=``, else by ``Accept-Language``."""
    told = request.query_params.get("lang", "")
    return (
        told
        if told in LANGUAGES
        else preferred_language(joined(request.scope["headers"], b"accept-language"), LANGUAGES)
    )


def wants_page(request: Request) -> bool:
    """Whether a client would rather read a page than problem details."""
    return preferred(accept_of(request), (JSON, HTML)) == HTML


def not_found(request: Request, base: str, path: str = "", near: Iterable[str] = ()) -> Response:
    """404: nothing is known. ``path`` is given if it could be that of an IRI; ``near`` are paths that are known."""
    near = list(near)
    words = " ".join(re.findall("[a-z0-9]+", path.rpartition("/")[2].lower()))[:100]
    if wants_page(request):
        return _as_page(request, 404, path, base=base, tombstone=None, near=near, words=words)
    language = language_of(request)
    told = "".join(f" What is known near it: {base}{one}" for one in near[:1])
    search = local(request, f"{language}/search?q={quote(words)}") if words else local(request, f"{language}/")
    what = f"Nothing is known of {base}{path}." if path else "This is the address of nothing that is published here."
    answer = problem(request, 404, f"{what}{told} Search: {search}")
    answer.headers["Link"] = f'<{search}>; rel="search"'
    return answer


def gone_page(request: Request, base: str, path: str, tombstone: Tombstone) -> Response:
    """410 for readers: what the tombstone says."""
    return _as_page(request, 410, path, base=base, tombstone=tombstone, near=(), words="")


def problem(request: Request, status: int, detail: str, retry_after_s: int | None = None) -> Response:
    """Problem details, or a plain page with the same words."""
    headers, body = Problem(status, detail, retry_after_s).headers_and_body(
        accept_of(request), root_path=request.scope.get("root_path", "")
    )
    answer = Response(body, status, headers={name.decode(): value.decode() for name, value in headers})
    answer.headers.update({**cors(), "Vary": VARY})
    return answer


def _as_page(request: Request, status: int, path: str, **context: object) -> Response:
    """A page that stands where the thing's page would: its links to other languages lead there."""
    language = language_of(request)
    place = f"/{language}/{page_path(path).partition('?')[0]}" if path else f"/{language}/"
    place = request.scope.get("root_path", "") + place
    scope = {**request.scope, "path": place, "query_string": b"", "path_params": {"lang": language}}
    answer = page(Request(scope), "absent.html", status, iri_path=path, **context)
    answer.headers.update({**cors(), "Vary": VARY, "Cache-Control": "no-cache"})
    return answer
