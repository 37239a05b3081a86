"""The worker processes of an engine: one more than may run at once, so that a killed one is replaced at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from msqgraph.errors import UsageError
from msqgraph.server.engine import frames
from msqgraph.server.engine.limits import Limits
from msqgraph.server.engine.worker_process import Listener, WorkerProcess

_SPARE = 1
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.25, 10.0


class WorkerPool:
    """Starts processes, lends those that are idle, and replaces those that ended."""

    def __init__(self, store: Path | None, limits: Limits, prefixes: dict[str, str], engine: Listener) -> None:
        """Processes for one store; none is started yet.

        :param engine: hears of the frames and deaths of processes that it borrowed, and of every process that is ready.
        """
        self._store, self._limits, self._prefixes, self._engine = store, limits, prefixes, engine
        self._starting: set[WorkerProcess] = set()
        self._idle: list[WorkerProcess] = []
        self._lent: set[WorkerProcess] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._first: asyncio.Future[None] | None = None
        self._failures = 0
        self.restarts = 0
        self._is_closed = False

    async def start(self) -> None:
        """Starts a process, and the others when it is ready: at first, it has the processor for itself.

        :raises UsageError: if the store cannot be opened.
        """
        self._first = asyncio.get_running_loop().create_future()
        self._spawn()
        try:
            await self._first
        except BaseException:
            await self.close()
            raise
        for _ in range(self._limits.at_once + _SPARE - 1):
            self._spawn()

    def pids(self) -> list[int]:
        """The numbers of all processes that live."""
        return sorted(process.pid for process in (*self._starting, *self._idle, *self._lent))

    def ready(self) -> int:
        """How many processes have begun."""
        return len(self._idle) + len(self._lent)

    def borrow(self) -> WorkerProcess | None:
        """A process for a query, if one is idle; the one that was last at work, which has the most in its caches."""
        if not self._idle:
            return None
        process = self._idle.pop()
        self._lent.add(process)
        return process

    def give_back(self, process: WorkerProcess) -> None:
        """The query has ended; the process is good for others, unless it says otherwise."""
        if process.is_leaving:
            self.replace(process)
            return
        self._lent.discard(process)
        self._idle.append(process)

    def replace(self, process: WorkerProcess, on_end: Callable[[int], None] = lambda _: None) -> None:
        """Kills a process, if it still lives, and starts another one.

        :param on_end: told how the process ended by itself.
        """
        self._lent.discard(process)
        self._bury(process, on_end)
        self._restart()

    def _bury(self, process: WorkerProcess, on_end: Callable[[int], None] = lambda _: None) -> None:
        """Waits, beside everything else, until a process is gone."""

        async def bury() -> None:
            on_end(await process.ended())
            process.kill()

        if process.is_leaving or process.is_dead:
            pass  # it ends by itself, and how it does is worth knowing
        else:
            process.kill()
        task = asyncio.get_running_loop().create_task(bury())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _restart(self) -> None:
        """Starts a process in the place of one that ended."""
        if not self._is_closed:
            self.restarts += 1
            self._spawn()

    def _spawn(self) -> None:
        if not self._is_closed:
            self._starting.add(WorkerProcess(self._store, self._limits, self._prefixes, self))

    def heard(self, process: WorkerProcess, kind: bytes, payload: bytes) -> None:
        """Takes note of processes that are ready or broken; the rest is for the engine."""
        if process in self._starting:
            self._starting.discard(process)
            if kind == frames.READY:
                self._failures = 0
                self._idle.append(process)
                if self._first and not self._first.done():
                    self._first.set_result(None)
                self._engine.heard(process, kind, payload)
            else:
                self._failed(process, payload.decode(errors="replace"))
        elif kind != frames.READY:
            self._engine.heard(process, kind, payload)

    def died(self, process: WorkerProcess) -> None:
        """Replaces a process that ended by itself; if it had a query, the engine does."""
        if process in self._lent:
            self._engine.died(process)
        elif process in self._starting:
            self._starting.discard(process)
            self._failed(process, "a process that answers queries ended before it could begin")
        elif process in self._idle:
            self._idle.remove(process)
            self.replace(process)

    def _failed(self, process: WorkerProcess, reason: str) -> None:
        """A process could not begin: the first time that ends the start, later it is tried again, ever more rarely."""
        self._bury(process)
        if self._first and not self._first.done():
            self._first.set_exception(UsageError(reason))
            return
        pause_s = min(_FIRST_PAUSE_S * 2**self._failures, _LONGEST_PAUSE_S)
        self._failures += 1
        asyncio.get_running_loop().call_later(pause_s, self._restart)

    async def close(self) -> None:
        """Kills all processes, and returns when they are gone."""
        self._is_closed = True
        for process in (*self._starting, *self._idle, *self._lent):
            self._bury(process)
        self._starting, self._idle, self._lent = set(), [], set()
        while self._ending:
            await asyncio.wait(set(self._ending))
