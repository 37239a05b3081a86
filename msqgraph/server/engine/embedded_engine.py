"""Answers queries from the store of a dataset folder, in processes that can be killed.

Who waits gets a worker in turn by client. Whoever asks long queries gets less, and a lower priority; if such a client
took all workers before it was known as one, its queries that nobody has seen anything of yet go back into the queue.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from msqgraph.assets import DEFAULT_BASE
from msqgraph.namespaces import prefixes
from msqgraph.server.engine import frames
from msqgraph.server.engine.asked import Answer, Asked, QueryRefused
from msqgraph.server.engine.busy import Busy
from msqgraph.server.engine.fair_queue import Durations, FairQueue, refuse_if_full
from msqgraph.server.engine.limits import Limits
from msqgraph.server.engine.refusals import closing, out_of_time, read_too_slowly, reported, too_busy, why_dead
from msqgraph.server.engine.running_query import RunningQuery
from msqgraph.server.engine.turns import LONG_S, Turns, is_own
from msqgraph.server.engine.worker_pool import WorkerPool
from msqgraph.server.engine.worker_process import WorkerProcess

_LOOK_S = 0.05
_PATIENCE_S = 1.0


class EmbeddedEngine:
    """An engine over a store that ``msqgraph build`` wrote."""

    def __init__(
        self, store: Path | None, limits: Limits | None = None, workers: int | None = None, base: str = DEFAULT_BASE
    ) -> None:
        """An engine that is not started yet.

        :param store: the folder ``store`` in a dataset's folder; None: an empty store.
        :param workers: queries that run at once, instead of what the limits say.
        :param base: the dataset's base IRI, for the prefixes in Turtle.
        """
        limits = limits or Limits()
        self._limits = limits if workers is None else limits.with_workers(workers)
        self._pool = WorkerPool(store, self._limits, prefixes(base), self)
        self._queue: FairQueue[RunningQuery] = FairQueue()
        self._at_once = self._limits.at_once  # which asks the system for its cores
        self._turns = Turns(self._at_once)
        self._running: dict[WorkerProcess, RunningQuery] = {}
        self._durations = Durations()
        self._timer: asyncio.TimerHandle | None = None
        self._is_closed = False

    async def start(self) -> None:
        """Starts the worker processes, and returns when the first can answer.

        :raises UsageError: if the store cannot be opened.
        """
        await self._pool.start()

    def busy(self) -> Busy:
        """What there is to do now."""
        running, waiting, pool = len(self._running), len(self._queue), self._pool
        return Busy(running, waiting, self._at_once, pool.ready(), tuple(pool.pids()), pool.restarts)

    async def ask(self, asked: Asked) -> Answer:
        """The answer, as soon as it is known to be one.

        :raises QueryRefused: if there is none.
        """
        return await self._ask(RunningQuery(asked, self._abandon))

    async def kind_of(self, asked: Asked) -> str:
        """Which kind of answer a query has: ``rows``, ``truth`` or ``triples``.

        :raises QueryRefused: if it is no query that we answer.
        """
        return (await self._ask(RunningQuery(asked, self._abandon, is_check=True))).media_type

    async def _ask(self, query: RunningQuery) -> Answer:
        if self._is_closed:
            raise closing()
        client = query.asked.client
        refuse_if_full(self._queue, self._limits, client, self._retry_after_s)
        self._queue.put(client, query)
        self._start_waiting()
        if self._timer is None:
            self._look_later()
        try:
            return await query.answer
        except asyncio.CancelledError:
            self._abandon(query)
            raise

    def _start_waiting(self) -> None:
        """Gives workers to those who wait, as long as there are any."""
        now_s = asyncio.get_running_loop().time()
        while len(self._queue) and self._turns.at_once < self._at_once:
            process = self._pool.borrow()
            if process is None:
                return
            query = self._queue.take(lambda client: self._turns.may_start(client, now_s))
            if query is None:
                self._pool.give_back(process)
                return
            self._running[process] = query
            self._turns.started(query.asked.client)
            query.begin(process)
            process.ask(query.asked, query.is_check)

    def heard(self, process: WorkerProcess, kind: bytes, payload: bytes) -> None:
        """Passes on what a process says to the query that it works at."""
        query = self._running.get(process)
        if query is None:  # it is ready
            self._start_waiting()
            return
        if kind == frames.WHOLE:
            query.whole(payload)
        elif kind == frames.HEAD:
            query.head(payload.decode())
        elif kind == frames.DATA:
            query.data(payload)
        elif kind == frames.REFUSED:
            query.end(reported(payload))
        else:
            query.end()
        if kind in frames.LAST:
            process.resume()
            self._take_off(process)
            self._pool.give_back(process)
            self._start_waiting()

    def died(self, process: WorkerProcess) -> None:
        """A process ended in the middle of a query, which is the only one to notice."""
        query = self._take_off(process)
        self._pool.replace(process, lambda code: query.end(why_dead(code)))
        self._start_waiting()

    def _take_off(self, process: WorkerProcess) -> RunningQuery:
        """The query of a process, which works at it no longer."""
        query = self._running.pop(process)
        self._turns.ended(query.asked.client)
        self._durations.took(query.worked_s())
        query.process = None
        return query

    def _stop(self, process: WorkerProcess, refusal: QueryRefused | None = None) -> None:
        """Ends a query and its process."""
        self._take_off(process).end(refusal)
        self._pool.replace(process)

    def _abandon(self, query: RunningQuery) -> None:
        """The client has gone: a long query is killed at once, a short one when it proves long."""
        if query.is_ended:
            return
        self._queue.remove(query.asked.client, query)
        query.give_up()
        if query.process and query.is_long:
            self._stop(query.process)
            self._start_waiting()

    def _look_later(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(_LOOK_S, self._look)

    def _look(self) -> None:
        """Looks after everything that runs or waits, as long as anything does."""
        now_s = asyncio.get_running_loop().time()
        for process, query in list(self._running.items()):
            self._look_at(process, query, now_s)
        for query in list(self._queue):
            if query.worked_s() > self._limits.timeout_s:
                self._queue.remove(query.asked.client, query)
                query.end(too_busy(self._retry_after_s()))
        self._make_room(now_s)
        self._turns.forget(now_s)
        self._start_waiting()
        self._timer = None
        if self._running or len(self._queue):
            self._look_later()

    def _look_at(self, process: WorkerProcess, query: RunningQuery, now_s: float) -> None:
        """Keeps a running query to its limits."""
        took_s = query.took_s()
        is_long = took_s > LONG_S
        if is_long:
            self._turns.was_long(query.asked.client, now_s, took_s)
        if is_long and not query.is_long:
            query.is_long = True
            if not is_own(query.asked.client):
                process.slow_down()
        if query.is_ended and is_long:
            self._stop(process)
        elif query.worked_s() > self._limits.timeout_s:
            self._stop(process, out_of_time(self._limits))
        elif query.held_s() > self._limits.reader_s:
            self._stop(process, read_too_slowly(self._limits))

    def _make_room(self, now_s: float) -> None:
        """Takes a worker from a client with more than a heavy one may have, if somebody else waits for it."""
        if self._turns.at_once < self._at_once:
            return
        urgent = [query for query in self._queue if not self._turns.is_heavy(query.asked.client, now_s)]
        over = [pair for pair in self._running.items() if self._turns.is_over(pair[1].asked.client, now_s)]
        if not urgent or not over:
            return
        process, query = max(over, key=lambda pair: (not pair[1].is_answering, pair[1].since_s))
        if not query.is_answering:
            self._take_off(process)
            query.stop()
            self._pool.replace(process)
            self._queue.put(query.asked.client, query, is_first=True)
        elif max(waiting.worked_s() for waiting in urgent) > _PATIENCE_S:
            self._stop(process, too_busy(self._retry_after_s()))

    def _retry_after_s(self) -> int:
        worked_s = [query.worked_s() for query in self._running.values()]
        return self._durations.retry_after_s(len(self._queue), worked_s, self._limits)

    async def drain(self, within_s: float) -> bool:
        """Whether nothing ran or waited any longer before the time was over; new queries are still taken."""
        until_s = asyncio.get_running_loop().time() + within_s
        while self._running or len(self._queue):
            if asyncio.get_running_loop().time() > until_s:
                return False
            await asyncio.sleep(_LOOK_S / 5)
        return True

    async def close(self) -> None:
        """Ends all processes; what runs or waits is refused."""
        self._is_closed = True
        if self._timer:
            self._timer.cancel()
        for query in (*self._queue, *self._running.values()):
            query.end(closing())
        self._queue, self._running = FairQueue(), {}
        await self._pool.close()
