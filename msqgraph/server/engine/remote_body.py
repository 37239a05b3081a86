"""The body of an answer that comes from another endpoint: timed, counted, repaired, and never whole when it is not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable

import httpx

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.engine.limits import Limits
from msqgraph.server.engine.refusals import broken_off, out_of_time, read_too_slowly, refused_by_endpoint, too_long

_JSON = "application/sparql-results+json"
# Virtuoso writes booleans so; in JSON inside a text, each of these quotation marks has a backslash before it
_BOOLEAN = re.compile(
    rb'("datatype"\s*:\s*"http://www\.w3\.org/2001/XMLSchema#boolean"\s*,\s*"value"\s*:\s*)"([01])"',
)
_IN_WORDS = {b"0": b'"false"', b"1": b'"true"'}
_TYPED = re.compile(rb'("type"\s*:\s*)"typed-literal"')  # as before SPARQL 1.1
_LONGEST_BOOLEAN = 160
_LAST_BYTES = {_JSON: b"}", "application/sparql-results+xml": b"</sparql>", "application/rdf+xml": b">"}
"""How a whole answer ends; Oxigraph's server ends a JSON in the middle, with status 200, when its time is over."""


class RemoteBody:
    """An asynchronous iterator over the bytes; the query has ended when it has, or when it is closed."""

    def __init__(self, limits: Limits, media_type: str, on_end: Callable[[RemoteBody], None]) -> None:
        """A body that has not begun.

        :param on_end: called once.
        """
        self._limits, self._media_type, self._on_end = limits, media_type, on_end
        self._response: httpx.Response | None = None
        self._chunks: AsyncIterator[bytes] | None = None
        self._held_back = b""
        self._length = 0
        self._worked_s = self._waited_s = 0.0
        self._read_at_s = 0.0
        self._stall: asyncio.TimerHandle | None = None
        self._closing: asyncio.Task[None] | None = None
        self._refusal: QueryRefused | None = None
        self._is_ended = False

    async def begin(self, response: httpx.Response) -> None:
        """Takes an answer whose headers are here.

        :raises QueryRefused: if it is none, or the endpoint says that it cut it.
        """
        self._response = response
        refusal = refused_by_endpoint(response.status_code, response.headers, self._media_type)
        if refusal:
            raise refusal
        self._chunks = response.aiter_bytes()
        self._wait_for_reader()

    def __aiter__(self) -> RemoteBody:
        """The body of the answer."""
        return self

    async def __anext__(self) -> bytes:
        """The next piece.

        :raises QueryRefused: if the answer was cut.
        """
        now = asyncio.get_running_loop().time
        if self._stall:
            self._stall.cancel()
            self._waited_s += now() - self._read_at_s
        try:
            piece = b""
            while not piece and not self._is_ended:
                started_s = now()
                piece = await self._next()
                self._worked_s += now() - started_s
        except BaseException as error:
            if isinstance(error, QueryRefused):
                self._refusal = error
            await self.aclose()
            raise
        if not piece:
            raise self._refusal or StopAsyncIteration
        self._wait_for_reader()
        return piece

    async def _next(self) -> bytes:
        """What can be passed on of the next piece that comes; the last one ends the query."""
        if self._chunks is None:
            raise broken_off()
        try:
            async with asyncio.timeout(max(0.0, self._limits.timeout_s - self._worked_s)):
                chunk = await anext(self._chunks, None)
        except (TimeoutError, httpx.ReadTimeout):
            raise out_of_time(self._limits) from None
        except (httpx.HTTPError, httpx.StreamError):
            raise broken_off() from None
        if chunk is None:
            rest, self._held_back = self._held_back, b""
            if not rest.rstrip().endswith(_LAST_BYTES.get(self._media_type, b"")):
                raise broken_off()
            await self.aclose()
            return rest
        self._length += len(chunk)
        if self._length > self._limits.result_bytes:
            raise QueryRefused(503, too_long(self._limits.result_bytes), reason="size")
        return self._repaired(self._held_back + chunk)

    def _repaired(self, data: bytes) -> bytes:
        """What can be passed on; the end is held back, where a boolean may begin, or the answer may be broken off."""
        if self._media_type == _JSON:
            data = _BOOLEAN.sub(lambda found: found[1] + _IN_WORDS[found[2]], data)
            data = _TYPED.sub(rb'\1"literal"', data)
        kept = min(len(data), _LONGEST_BOOLEAN)
        self._held_back = data[len(data) - kept :]
        return data[: len(data) - kept]

    def _wait_for_reader(self) -> None:
        """From now on it is the reader who takes time."""
        if self._is_ended:
            return
        loop = asyncio.get_running_loop()
        self._read_at_s = loop.time()
        self._stall = loop.call_later(max(0.0, self._limits.reader_s - self._waited_s), self._stalled)

    def _stalled(self) -> None:
        """The reader has taken too long."""
        self._refusal = read_too_slowly(self._limits)
        self._closing = asyncio.get_running_loop().create_task(self.aclose())

    async def refuse(self, refusal: QueryRefused) -> None:
        """Ends the query; whoever reads on is told why, and does not take what there is for the whole."""
        self._refusal = self._refusal or refusal
        await self.aclose()

    async def aclose(self) -> None:
        """Ends the query; what was not read is lost."""
        if self._is_ended:
            return
        self._is_ended = True
        if self._stall:
            self._stall.cancel()
        self._on_end(self)
        if self._response:
            await self._response.aclose()
