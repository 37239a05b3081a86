"""How large and how slow a request may be, and how many there may be at a time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from msqgraph.server.operations.problem import Problem

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """Bytes, seconds and counts.

    ``head_bytes`` is what a connection may send before its head ends; ``headers_bytes`` is told politely, above it
    the connection ends. ``stalled_s`` is how long a client may take nothing of its answer. ``in_flight`` requests
    are in work at a time, ``in_flight_of_one`` of them from one client.
    """

    url_bytes: int = 16_384
    headers_bytes: int = 32_768
    headers_count: int = 100
    head_bytes: int = 65_536
    head_s: float = 10.0
    body_bytes: int = 1_048_576
    body_s: float = 20.0
    stalled_s: float = 60.0
    keep_alive_s: int = 15
    in_flight: int = 512
    in_flight_of_one: int = 256
    connections: int = 1_000


def refusal(scope: Scope, limits: RequestLimits, content_length: bytes | None) -> Problem | None:
    """What is wrong with the size of a request, if anything is, before its body is read.

    >>> scope = {"path": "/", "raw_path": b"/" * 20_000, "query_string": b"", "headers": []}
    >>> refusal(scope, RequestLimits(), None).status
    414
    """
    if len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"]) > limits.url_bytes:
        what = f"The address is longer than {limits.url_bytes} bytes: send a long query by POST."
        return Problem(414, what, reason="url")
    headers = scope["headers"]
    too_many = len(headers) > limits.headers_count
    if too_many or sum(len(name) + len(value) for name, value in headers) > limits.headers_bytes:
        what = f"More than {limits.headers_count} headers or {limits.headers_bytes} bytes of them: send fewer."
        return Problem(431, what, reason="headers")
    if content_length is not None:
        # RFC 9110 knows digits only, and the parser has refused anything else; int() would take +1 and 1_0, too
        size = int(content_length) if content_length.isdigit() else limits.body_bytes + 1
        if size > limits.body_bytes:
            return Problem(413, _too_large(limits), reason="body")
    if "\0" in scope["path"]:
        return Problem(400, "The address has a NUL character: leave it out.", reason="url")
    return None


class BoundedBody:
    """What hands a request's body on, as ASGI's ``receive``, and ends a request that sends too much or too slowly.

    :raises HTTPException: 413 or 408, inside whoever reads the body.
    """

    __slots__ = ("_deadline_s", "_is_read", "_limits", "_receive", "_size_bytes")

    def __init__(self, receive: Receive, limits: RequestLimits) -> None:
        self._receive, self._limits = receive, limits
        self._deadline_s = asyncio.get_running_loop().time() + limits.body_s
        self._size_bytes, self._is_read = 0, False

    async def __call__(self) -> Message:
        """The next part of the body, or that the client has gone."""
        if self._is_read:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._deadline_s):
                message = await self._receive()
        except TimeoutError:
            self._is_read = True
            problem = f"The body did not arrive within {self._limits.body_s:g} s: send it at once."
            raise HTTPException(408, problem) from None
        if message["type"] == "http.request":
            self._size_bytes += len(message.get("body", b""))
            self._is_read = not message.get("more_body", False)
            if self._size_bytes > self._limits.body_bytes:
                self._is_read = True
                raise HTTPException(413, _too_large(self._limits))
        else:
            self._is_read = True
        return message


def _too_large(limits: RequestLimits) -> str:
    return f"The body is larger than {limits.body_bytes} bytes: send a shorter query."
