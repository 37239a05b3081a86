"""Notices a new dataset in the folder that is served, opens it, and puts it in the place of the one before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from msqgraph.server.operations.log import Log
    from msqgraph.server.operations.metrics import Metrics
    from msqgraph.server.operations.served import Open, Served, Switch
    from msqgraph.server.operations.snapshot import Identity


_PREPARED_S = 120.0
"""How long a new dataset may prepare what the one before still answers."""


class Watch:
    """Looks at the folder now and then. A dataset that cannot be opened changes nothing of what is served."""

    def __init__(
        self,
        switch: Switch,
        look: Callable[[], Identity | None],
        open_now: Open,
        log: Log,
        metrics: Metrics,
        every_s: float = 1.0,
        again_s: float = 60.0,
    ) -> None:
        """A watch that is not running yet.

        :param look: what tells datasets apart, as :func:`identity_of` does.
        :param open_now: opens the dataset that is in the folder.
        :param again_s: after which time one that could not be opened is tried again, unchanged.
        """
        self._switch, self._look, self._open = switch, look, open_now
        self._log, self._metrics, self._every_s, self._again_s = log, metrics, every_s, again_s
        self._failed: Identity | None = None
        self._failed_at_s = 0.0
        self._asked = asyncio.Event()
        self.problem = ""
        """Why the newest dataset is not served; empty while it is."""

    def look_now(self) -> None:
        """Looks at once, and tries again what could not be opened."""
        self._failed = None
        self._asked.set()

    async def run(self) -> None:
        """Looks until it is cancelled."""
        before: Identity | None = None
        while True:
            try:
                async with asyncio.timeout(self._every_s):
                    await self._asked.wait()
            except TimeoutError:
                pass
            self._asked.clear()
            seen = await asyncio.to_thread(self._safely_look)
            # twice the same: whoever copies file by file is given the time to come to an end
            if seen is not None and seen == before and seen != self._switch.current.identity and self._is_due(seen):
                await self._reload(seen)
            before = seen

    def _safely_look(self) -> Identity | None:
        try:
            return self._look()
        except OSError as error:
            self.problem = f"the folder cannot be looked at: {error.strerror or type(error).__name__}"
            return None

    def _is_due(self, seen: Identity) -> bool:
        return seen != self._failed or perf_counter() - self._failed_at_s > self._again_s

    async def _reload(self, seen: Identity) -> None:
        started_s = perf_counter()
        try:
            following = await self._open()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the new one, the old one goes on
            self._failed, self._failed_at_s = seen, perf_counter()
            self.problem = f"a new dataset cannot be opened: {type(error).__name__}"
            self._metrics.reloads.labels("failed").inc()
            what = "a new dataset cannot be opened, the one before is served on"
            self._log.failure(error, what, why=str(error))
            return
        self._failed, self.problem = None, ""
        await self._prepared(following)
        self._switch.replace(following)
        self._metrics.reloads.labels("done").inc()
        taken_ms = round((perf_counter() - started_s) * 1000)
        self._log.event("info", "a new dataset is served", version=following.facts.version, ms=taken_ms)

    async def _prepared(self, following: Served) -> None:
        """Waits until a dataset can do all that the one before does, so that nobody notices the change."""
        try:
            async with asyncio.timeout(_PREPARED_S):
                await following.prepared()
        except TimeoutError:
            self._log.event("warning", "a new dataset is served before all of it is prepared")
        except BaseException:
            await following.close()
            raise
