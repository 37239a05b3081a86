"""Answers of an endpoint in formats that endpoints write badly, made here of those that they write well.

Virtuoso puts IRIs into quotation marks in TSV, writes 1 and 0 for truth in CSV and TSV, and leaves out languages in
JSON-LD. So it is asked for JSON or N-Triples then, and a thread writes what was wanted, piece by piece.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.engine.refusals import broken_off

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import IO, Any, TypeAlias

    from msqgraph.server.engine.remote_body import RemoteBody

    _Write: TypeAlias = Callable[[IO[bytes], IO[bytes]], None]

_JSON, _N_TRIPLES = "application/sparql-results+json", "application/n-triples"
_MADE_OF = {"text/csv": _JSON, "text/tab-separated-values": _JSON, "application/ld+json": _N_TRIPLES}
_PIECE_BYTES = 1 << 16
_WAITING = 4  # pieces that may be ready before they are read


def asked_as(media_type: str) -> str:
    """The format to ask an endpoint for where another one is wanted.

    >>> asked_as("text/csv"), asked_as("text/turtle")
    ('application/sparql-results+json', 'text/turtle')
    """
    return _MADE_OF.get(media_type, media_type)


class TranscodedBody:
    """An asynchronous iterator over the bytes of an answer in another format; ends what it is made of, too."""

    def __init__(self, source: RemoteBody, media_type: str, threads: Executor) -> None:
        """A body in the format ``media_type`` made of one in the format :func:`asked_as` names."""
        self._source, self._threads = source, threads
        self._write = _rows_in(media_type) if _MADE_OF[media_type] == _JSON else _triples_in(media_type)
        self._pieces: asyncio.Queue[bytes] = asyncio.Queue(_WAITING)
        self._writing: asyncio.Future[None] | None = None
        self._refusal: QueryRefused | None = None
        self._is_closed = False
        self._loop = asyncio.get_running_loop()

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The body of the answer."""
        return self

    async def __anext__(self) -> bytes:
        """The next piece.

        :raises QueryRefused: if the answer was cut.
        """
        if self._is_closed:
            raise self._refusal or StopAsyncIteration
        if self._writing is None:
            self._writing = self._loop.run_in_executor(self._threads, self._run)
        piece = await self._pieces.get()
        if piece:
            return piece
        await self.aclose()
        raise self._refusal or StopAsyncIteration

    async def refuse(self, refusal: QueryRefused) -> None:
        """Ends the query; whoever reads on is told why, and does not take what there is for the whole."""
        self._refusal = self._refusal or refusal
        await self.aclose()

    async def aclose(self) -> None:
        """Ends the query; what was not read is lost."""
        if self._is_closed:
            return
        self._is_closed = True
        await self._source.aclose()
        while self._writing and not self._writing.done():  # whoever waits for room gets it, and sees that it is over
            while not self._pieces.empty():
                self._pieces.get_nowait()
            await asyncio.wait([self._writing], timeout=0.01)

    def _run(self) -> None:
        """In a thread: writes all; an empty piece says that it is over."""
        given, written = _Given(self._next), _Written(self._put)
        try:
            self._write(cast("IO[bytes]", given), cast("IO[bytes]", written))
            written.flush()
        except (OSError, ValueError, SyntaxError):  # ours, as the parser passes it on, or what the endpoint wrote
            self._refusal = self._refusal or broken_off()
        finally:
            self._on_loop(self._pieces.put(b""))

    def _next(self) -> bytes:
        try:
            return bytes(self._on_loop(_much_of(self._source)))
        except QueryRefused as refused:
            self._refusal = refused
            raise OSError from None

    def _put(self, piece: bytes) -> None:
        if self._is_closed:
            raise OSError
        self._on_loop(self._pieces.put(piece))

    def _on_loop(self, work: Coroutine[Any, Any, Any]) -> Any:
        """The result of what is done on the loop, for which this thread waits."""
        done: Future[Any] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return done.result()


async def _much_of(source: RemoteBody) -> bytes:
    """The next pieces of a body, since some endpoints send small ones; empty at its end."""
    read = bytearray()
    while len(read) < _PIECE_BYTES and (piece := await anext(source, b"")):
        read += piece
    return bytes(read)


def _rows_in(media_type: str) -> _Write:
    """Writes rows, or true and false, in a format."""

    def write(given: IO[bytes], written: IO[bytes]) -> None:
        kind = ox.QueryResultsFormat.from_media_type(media_type)
        assert kind is not None  # noqa: S101 - it is one of ours
        ox.parse_query_results(given, format=ox.QueryResultsFormat.JSON).serialize(written, kind)

    return write


def _triples_in(media_type: str) -> _Write:
    """Writes triples in a format."""

    def write(given: IO[bytes], written: IO[bytes]) -> None:
        kind = ox.RdfFormat.from_media_type(media_type)
        assert kind is not None  # noqa: S101 - it is one of ours
        triples = (quad.triple for quad in ox.parse(given, format=ox.RdfFormat.N_TRIPLES))
        ox.serialize(triples, written, format=kind)

    return write


class _Given:
    """What comes from the endpoint, for a parser."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self._read, self._rest = read, b""

    def read(self, size: int) -> bytes:
        """The next bytes, as many at most; none at the end."""
        self._rest = self._rest or self._read()
        part, self._rest = self._rest[:size], self._rest[size:]
        return part


class _Written:
    """What a serializer writes, passed on in pieces for whoever reads the answer."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        self._put = put
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Takes all bytes."""
        self._waiting += data
        if len(self._waiting) >= _PIECE_BYTES:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Passes on what waits."""
        if self._waiting:
            self._put(bytes(self._waiting))
            self._waiting.clear()
