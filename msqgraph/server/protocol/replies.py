"""How answers go back over HTTP: small ones in one piece, large ones as they come, broken ones never as if whole."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterable
from http import HTTPStatus
from typing import IO, TYPE_CHECKING

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.operations.problem import HTML, JSON, Problem
from msqgraph.server.operations.request_record import RECORD
from msqgraph.server.protocol.accept import joined, preferred

if TYPE_CHECKING:
    from starlette.types import Scope, Send

    Headers = Iterable[tuple[bytes, bytes]]

HEAD_BYTES = 1 << 16  # so much is waited for before the status goes out: an error until then gets a status of its own
_IN_MEMORY_BYTES = 1 << 20
_TEXT = "text/plain"
# read by scripts of any site, without cookies; what they may see of the headers besides the few that they always may
CORS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"Allow, Link, Retry-After, X-Request-Id"),
)
_VARY = (b"vary", b"Accept")


class AnswerCut(Exception):
    """An answer that broke after its beginning had been sent: whoever serves the connection has to end it."""


async def send_whole(scope: Scope, send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """Sends an answer that is known as a whole; its body not if only the head was asked for."""
    length = () if status == HTTPStatus.NO_CONTENT else ((b"content-length", str(len(body)).encode()),)
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *length, _VARY, *CORS]})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def send_stream(scope: Scope, send: Send, headers: Headers, body: AsyncIterator[bytes]) -> None:
    """Sends an answer of status 200 piece by piece; in one piece if it is small.

    :raises AnswerCut: if the body breaks when its beginning has been sent.
    :raises QueryRefused: if it breaks before that: nothing has been sent.
    """
    head, is_whole = await _head(body)
    if is_whole:
        await send_whole(scope, send, 200, headers, head)
        return
    if scope.get("http_version") == "1.0":
        await _send_spooled(scope, send, headers, head, body)
        return
    await send({"type": "http.response.start", "status": 200, "headers": [*headers, _VARY, *CORS]})
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.body", "body": head, "more_body": True})
    try:
        async for piece in body:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    except QueryRefused as error:
        raise AnswerCut(f"the answer broke midway: {error}") from None
    await send({"type": "http.response.body", "body": b""})


async def send_problem(
    scope: Scope, send: Send, status: int, message: str, headers: Headers = (), retry_after_s: int | None = None
) -> None:
    """Says what is wrong: as problem details (RFC 9457), as a page, or as text, as the client prefers."""
    record = scope.get(RECORD)
    accept = joined(scope["headers"], b"accept")
    problem = Problem(status, message[:1].upper() + message[1:], retry_after_s)
    own, body = problem.headers_and_body(accept, record.id if record else "", scope.get("root_path", ""))
    if preferred(accept, (JSON, HTML, _TEXT)) == _TEXT:
        body = f"{HTTPStatus(status).phrase}\n{problem.detail}\n".encode()
        own = [(name, value if name != b"content-type" else b"text/plain; charset=utf-8") for name, value in own]
    kept = [(name, value) for name, value in own if name not in (b"content-length", b"vary")]
    await send_whole(scope, send, status, [*kept, *headers], body)


async def _head(body: AsyncIterator[bytes]) -> tuple[bytes, bool]:
    """The beginning of a body, and whether it is all of it."""
    pieces, size = [], 0
    async for piece in body:
        pieces.append(piece)
        size += len(piece)
        if size >= HEAD_BYTES:
            return b"".join(pieces), False
    return b"".join(pieces), True


async def _send_spooled(scope: Scope, send: Send, headers: Headers, head: bytes, body: AsyncIterator[bytes]) -> None:
    """Sends a large answer in HTTP/1.0, which some proxies speak: only its length tells whether it is whole."""
    file: IO[bytes]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as file:
        file.write(head)
        async for piece in body:
            file.write(piece)
        length = (b"content-length", str(file.tell()).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, length, _VARY, *CORS]})
        file.seek(0)
        while scope["method"] != "HEAD" and (piece := file.read(HEAD_BYTES)):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
