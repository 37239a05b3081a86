"""The page where no page can be: not found, too much asked, a mistake; in the reader's language, without the data."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.requests import Request

from msqgraph.server.languages import LANGUAGES
from msqgraph.server.pages.rendering import page
from msqgraph.server.protocol.accept import joined, preferred_language

if TYPE_CHECKING:
    from starlette.responses import HTMLResponse


def failure(
    request: Request, status: int, detail: str, retry_after_s: int | None = None, request_id: str = ""
) -> HTMLResponse:
    """A page of the site that says what is wrong and where to go on.

    Below ``/{language}/`` it is in that language and its links to others lead to the same address; elsewhere it is in
    the one that the client prefers, and stands where the start page would.

    :param detail: what exactly is wrong, in English; the page says the rest in its own words.
    """
    root = request.scope.get("root_path", "")
    path = request.scope["path"].removeprefix(root)
    language = path.split("/")[1] if path.count("/") > 1 else ""
    scope = {**request.scope, "path_params": {"lang": language}}
    if language not in LANGUAGES:
        language = preferred_language(joined(request.scope["headers"], b"accept-language"), LANGUAGES)
        scope |= {"path": f"{root}/{language}/", "query_string": b"", "path_params": {"lang": language}}
    detail = "" if detail == HTTPStatus(status).phrase else detail  # which says no more than the page
    told = {"failed": status, "detail": detail, "retry_after_s": retry_after_s, "request_id": request_id}
    return page(Request(scope), "failure.html", status, **told)
