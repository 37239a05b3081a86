"""One query on its way through the embedded engine, and the body of its answer, which holds the worker back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from msqgraph.server.engine.asked import Answer, Asked, QueryRefused
from msqgraph.server.engine.worker_process import WorkerProcess

_MOST_BUFFERED = 1 << 18
_LONG_IN_ANY_CASE_S = 1.0


class RunningQuery:
    """A query that waits, runs or is being read. It is its answer's body, too, if the answer is long."""

    def __init__(self, asked: Asked, abandon: Callable[[RunningQuery], None], is_check: bool = False) -> None:
        """A query that waits.

        :param abandon: called if the client goes away before the end.
        """
        loop = asyncio.get_running_loop()
        self._clock = loop.time
        self._new_future = loop.create_future
        self.asked, self.is_check = asked, is_check
        self.answer: asyncio.Future[Answer] = loop.create_future()
        self.process: WorkerProcess | None = None
        self.is_long = self.is_ended = False
        self.since_s = self._clock()
        self._cpu_s = 0.0
        self._abandon = abandon
        self._pieces: deque[bytes] = deque()
        self._buffered = 0
        self._refusal: QueryRefused | None = None
        self._news: asyncio.Future[None] | None = None
        self._held_since_s: float | None = None
        self._held_s = 0.0

    def begin(self, process: WorkerProcess) -> None:
        """A process works at it from now on."""
        self.process, self.since_s, self.is_long = process, self._clock(), False
        self._held_s, self._held_since_s = 0.0, None
        self._cpu_s = process.cpu_s()

    def stop(self) -> None:
        """It waits again, as if it had not begun."""
        self.process, self.since_s = None, self._clock()

    @property
    def is_answering(self) -> bool:
        """Whether the client has the beginning of the answer: it cannot begin anew."""
        return self.answer.done()

    def held_s(self) -> float:
        """How long it waited for its client to read."""
        held_now_s = 0.0 if self._held_since_s is None else self._clock() - self._held_since_s
        return self._held_s + held_now_s

    def took_s(self) -> float:
        """How long it kept its process from others: the time for which it computed, which is less than what has passed
        if the machine has much else to do, or waited for its client.

        What has passed counts where the system does not tell, and for whatever waits for something else, as a disk.
        """
        passed_s = self._clock() - self.since_s
        if self.process is None or passed_s > _LONG_IN_ANY_CASE_S:
            return passed_s
        return min(passed_s, self.process.cpu_s() - self._cpu_s + self.held_s())

    def worked_s(self) -> float:
        """How long it worked, or waited for its turn."""
        return self._clock() - self.since_s - self.held_s()

    def whole(self, payload: bytes) -> None:
        """Its answer is here, media type and bytes."""
        media_type, _, data = payload.partition(b"\n")
        self.is_ended = True
        if not self.answer.done():
            self.answer.set_result(Answer(media_type.decode(), _Whole(data)))

    def head(self, media_type: str) -> None:
        """Its answer begins."""
        if not self.answer.done():
            self.answer.set_result(Answer(media_type, self))

    def data(self, piece: bytes) -> None:
        """Some more of its answer; if much of it was not read yet, its process has to wait."""
        if self.is_ended:  # nobody reads on
            return
        if piece:
            self._pieces.append(piece)
            self._buffered += len(piece)
        if self._buffered > _MOST_BUFFERED and self._held_since_s is None and self.process:
            self._held_since_s = self._clock()
            self.process.hold()
        self._tell()

    def end(self, refusal: QueryRefused | None = None) -> None:
        """Nothing more comes; with a refusal, it is not answered, or cut."""
        if self.is_ended:
            return
        self.is_ended, self._refusal = True, refusal
        if refusal and not self.answer.done():
            self.answer.set_exception(refusal)
        elif refusal:
            self._pieces.clear()
        self._tell()

    def give_up(self) -> None:
        """Nobody wants the answer; what its process still says is thrown away."""
        self.is_ended = True
        self._pieces.clear()
        if self.process:
            self.process.resume()

    def _tell(self) -> None:
        """Wakes whoever waits for the next piece."""
        if self._news and not self._news.done():
            self._news.set_result(None)

    def __aiter__(self) -> RunningQuery:
        """The body of the answer."""
        return self

    async def __anext__(self) -> bytes:
        """The next piece.

        :raises QueryRefused: if the answer was cut.
        """
        while not self._pieces:
            if self._refusal:
                raise self._refusal
            if self.is_ended:
                raise StopAsyncIteration
            self._news = self._new_future()
            try:
                await self._news
            except asyncio.CancelledError:
                await self.aclose()
                raise
        piece = self._pieces.popleft()
        self._buffered -= len(piece)
        if self._held_since_s is not None and self._buffered <= _MOST_BUFFERED // 2:
            self._held_s, self._held_since_s = self.held_s(), None
            if self.process:
                self.process.resume()
        return piece

    async def aclose(self) -> None:
        """Nobody reads on: the query ends."""
        self._pieces.clear()
        if not self.is_ended:
            self._abandon(self)


class _Whole:
    """The body of a short answer, in one piece."""

    def __init__(self, data: bytes) -> None:
        self._data: bytes | None = data

    def __aiter__(self) -> _Whole:
        return self

    async def __anext__(self) -> bytes:
        data, self._data = self._data, None
        if data is None:
            raise StopAsyncIteration
        return data

    async def aclose(self) -> None:
        """Forgets the bytes."""
        self._data = None
