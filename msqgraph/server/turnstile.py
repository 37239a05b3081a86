"""Places for work, given to clients in turn: whoever wants many at once waits for the others, not they for it."""

from __future__ import annotations

import asyncio
import math
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from msqgraph.server.engine.fair_queue import FairQueue


class Crowded(Exception):
    """There is no room to wait for a place; ``is_own_doing`` says whether the client itself waits for too many."""

    def __init__(self, is_own_doing: bool) -> None:
        super().__init__("too many wait")
        self.is_own_doing = is_own_doing


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    client: str
    turn: asyncio.Future[None]


class Turnstile:
    """So many places, of which a client has some at most; who waits gets one in turn by client.

    >>> async def use() -> str:
    ...     turnstile = Turnstile(of_one=1)
    ...     async with turnstile.place("a"):
    ...         return "in"
    >>> asyncio.run(use())
    'in'
    """

    def __init__(
        self, places: float = math.inf, of_one: float = math.inf, waiting: float = math.inf, waiting_of_one: int = 64
    ) -> None:
        """A turnstile where nobody is yet; ``waiting`` and ``waiting_of_one`` bound who waits, in all and by client."""
        self._places, self._of_one, self._waiting, self._waiting_of_one = places, of_one, waiting, waiting_of_one
        self._queue: FairQueue[_Waiting] = FairQueue()
        self._inside: Counter[str] = Counter()

    @asynccontextmanager
    async def place(self, client: str) -> AsyncIterator[None]:
        """A place for a client, for as long as the context lasts.

        :raises Crowded: if too many wait already.
        """
        if self._may_enter(client) and not self._queue.waiting_of(client):
            self._inside[client] += 1
        else:
            await self._turn(client)
        try:
            yield
        finally:
            self._leave(client)

    async def _turn(self, client: str) -> None:
        is_own_doing = self._queue.waiting_of(client) >= self._waiting_of_one
        if is_own_doing or len(self._queue) >= self._waiting:
            raise Crowded(is_own_doing)
        waiting = _Waiting(client, asyncio.get_running_loop().create_future())
        self._queue.put(client, waiting)
        try:
            await waiting.turn
        except asyncio.CancelledError:
            if waiting.turn.cancelled():
                self._queue.remove(client, waiting)
            else:  # its turn came at the same moment
                self._leave(client)
            raise

    def _may_enter(self, client: str) -> bool:
        return self._inside.total() < self._places and self._inside[client] < self._of_one

    def _leave(self, client: str) -> None:
        self._inside[client] -= 1
        if not self._inside[client]:
            del self._inside[client]
        while (waiting := self._queue.take(self._may_enter)) is not None:
            if not waiting.turn.cancelled():
                self._inside[waiting.client] += 1
                waiting.turn.set_result(None)
