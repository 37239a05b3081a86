"""One dataset in service: its engine, its application, and the requests that it still answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from msqgraph.server.engine.asked import Engine
    from msqgraph.server.operations.log import Log
    from msqgraph.server.operations.metrics import Metrics
    from msqgraph.server.operations.snapshot import Identity, Snapshot
    from msqgraph.server.site_facts import SiteFacts


async def _at_once() -> None:
    """Nothing has to be prepared."""


@dataclass(slots=True, eq=False)
class Served:
    """A dataset that is open. ``app`` answers requests on it and on no other; ``build`` tells it from others.

    ``prepared`` returns when all that it does can be asked for, which it cannot of a dataset that was just opened.
    """

    app: ASGIApp
    engine: Engine
    facts: SiteFacts
    build: str = ""
    snapshot: Snapshot | None = None
    lifespan: AsyncExitStack = field(default_factory=AsyncExitStack)
    prepared: Callable[[], Awaitable[None]] = _at_once
    in_flight: int = 0
    is_idle: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def identity(self) -> Identity | None:
        """Which dataset it is; None where no folder tells."""
        return self.snapshot.identity if self.snapshot else None

    async def close(self) -> None:
        """Ends what the application runs by itself, then the engine, and removes the snapshot."""
        try:
            async with self.lifespan:
                pass
            await self.engine.close()
        finally:
            if self.snapshot is not None:
                await asyncio.to_thread(self.snapshot.remove)


Open: TypeAlias = Callable[[], Awaitable[Served]]


class Switch:
    """Sends each request to the dataset of the moment, where it stays to its end."""

    def __init__(self, first: Served, log: Log, metrics: Metrics, drain_s: float) -> None:
        """A switch to a first dataset; one that was replaced is closed after ``drain_s`` at the latest."""
        self.current = first
        self._log, self._metrics, self._drain_s = log, metrics, drain_s
        self._closing: set[asyncio.Task[None]] = set()
        self._ends = asyncio.Event()
        metrics.dataset(first.facts.version, first.facts.base, first.build)
        metrics.in_service.set_function(lambda: 1 + len(self._closing))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        served = self.current
        served.in_flight += 1
        try:
            await served.app(scope, receive, send)
        finally:
            served.in_flight -= 1
            if not served.in_flight:
                served.is_idle.set()

    def replace(self, following: Served) -> None:
        """Sends what comes from now on to another dataset; the one before is closed when it has answered."""
        previous, self.current = self.current, following
        self._metrics.dataset(following.facts.version, following.facts.base, following.build)
        task = asyncio.get_running_loop().create_task(self._drain(previous))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """Closes all datasets: no request is in work any more, or none may go on."""
        self._ends.set()
        await asyncio.gather(*self._closing, return_exceptions=True)
        await self.current.close()

    async def _drain(self, served: Served) -> None:
        served.is_idle.clear()
        if served.in_flight:
            waiting = [asyncio.ensure_future(event.wait()) for event in (served.is_idle, self._ends)]
            await asyncio.wait(waiting, timeout=self._drain_s, return_when=asyncio.FIRST_COMPLETED)
            for one in waiting:
                one.cancel()
        if served.in_flight:
            self._log.event("warning", "requests on the previous dataset are cut", requests=served.in_flight)
        try:
            await served.close()
        except Exception as error:  # noqa: BLE001 - nobody waits for this task
            self._log.failure(error, "the previous dataset could not be closed")
