"""An answer that says what is wrong and what to do: for programs as problem details (RFC 9457), for readers as a page.

For what goes wrong before or outside the parts of the site, which have pages of their own.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from msqgraph.server.protocol.accept import preferred

if TYPE_CHECKING:
    from starlette.types import Scope, Send

JSON, HTML = "application/problem+json", "text/html"
_PAGE = """<!doctype html>
<html lang="en" dir="ltr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<link rel="stylesheet" href="{root}/static/site.css"></head>
<body><main><h1>{title}</h1><p>{detail}</p>{told}<p><a href="{root}/">Start page</a></p></main></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a request: the status, a sentence with what to do, and when to come back."""

    status: int
    detail: str
    retry_after_s: int | None = None
    reason: str = ""
    """One word for the metrics."""
    allow: str = ""
    """The methods that are possible, for a 405."""

    def headers_and_body(
        self, accept: str | None = None, request_id: str = "", root_path: str = ""
    ) -> tuple[list[tuple[bytes, bytes]], bytes]:
        """The headers, lower case, and the bytes of the body, in the form that ``accept`` asks for.

        >>> Problem(503, "Try again.", 2).headers_and_body("*/*", "5f2c91aa")[1]
        b'{"title": "Service Unavailable", "status": 503, "detail": "Try again.", "request": "5f2c91aa"}'
        """
        title = HTTPStatus(self.status).phrase
        if preferred(accept, (JSON, HTML)) == HTML:
            told = f"<p>Request <code>{html.escape(request_id)}</code></p>" if request_id else ""
            values = {"title": html.escape(title), "detail": html.escape(self.detail)}
            body = _PAGE.format(told=told, root=html.escape(root_path), **values).encode()
            kind = b"text/html; charset=utf-8"
        else:
            data: dict[str, Any] = {"title": title, "status": self.status, "detail": self.detail}
            body, kind = json.dumps(data | ({"request": request_id} if request_id else {})).encode(), JSON.encode()
        headers = [
            (b"content-type", kind),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"vary", b"Accept"),
        ]
        if self.retry_after_s is not None:
            headers.append((b"retry-after", str(self.retry_after_s).encode()))
        if self.allow:
            headers.append((b"allow", self.allow.encode()))
        return headers, body

    async def send(self, scope: Scope, send: Send, request_id: str = "") -> None:
        """Answers a request with it."""
        accept = b", ".join(value for name, value in scope["headers"] if name == b"accept").decode("latin-1")
        headers, body = self.headers_and_body(accept or None, request_id, scope.get("root_path", ""))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
