"""Ends the work on a request whose client has left: nobody reads what would still be found out."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Receive

_GRACE_S = 0.05  # most answers are there by then, and no one has to look out


class UntilClientLeaves:
    """A context whose body is cancelled when the client leaves; nothing is raised then, and ``has_left`` is true.

    The body of the request has been read before.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._watcher: asyncio.Task[None] | None = None
        self.has_left = False

    async def __aenter__(self) -> UntilClientLeaves:
        self._loop = asyncio.get_running_loop()
        self._work = asyncio.current_task()
        self._timer = self._loop.call_later(_GRACE_S, self._look_out)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        self._timer.cancel()
        if self._watcher is None:
            return False
        if not self.has_left:
            self._watcher.cancel()
            return False
        was_cancelled = kind is not None and issubclass(kind, asyncio.CancelledError)
        if not was_cancelled:  # the work was done at the same moment: the cancellation is still to come
            try:
                await asyncio.sleep(0)
            except asyncio.CancelledError:
                was_cancelled = kind is None
        if self._work is not None:
            self._work.uncancel()
        return was_cancelled

    def _look_out(self) -> None:
        self._watcher = self._loop.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.has_left = True
        if self._work is not None:
            self._work.cancel()
