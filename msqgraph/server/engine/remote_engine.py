"""Passes queries on to a SPARQL 1.1 endpoint elsewhere, whose default graph is the merge, under the same limits.

Each query is parsed here first, by Oxigraph in a process that can be killed and has an empty store: what is an error,
an update or SERVICE never reaches the endpoint, and the kind of answer says which format to ask for.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakSet

import httpx

from msqgraph.server.engine.asked import Answer, Asked, QueryRefused
from msqgraph.server.engine.busy import Busy
from msqgraph.server.engine.embedded_engine import EmbeddedEngine
from msqgraph.server.engine.fair_queue import Durations, FairQueue, refuse_if_full
from msqgraph.server.engine.limits import Limits
from msqgraph.server.engine.refusals import NOT_ACCEPTABLE, closing, out_of_time, too_busy, unreachable
from msqgraph.server.engine.remote_body import RemoteBody
from msqgraph.server.engine.transcoding import TranscodedBody, asked_as
from msqgraph.server.engine.turns import Turns, is_own

_CHECKERS = 1
_CONNECT_S = 5.0
_LONG_S = 1.0
"""A query that takes longer is a long one: the way there and back counts, too."""


class RemoteEngine:
    """An engine in front of an endpoint."""

    def __init__(self, endpoint: str, default_graph: str | None = None, limits: Limits | None = None) -> None:
        """An engine that is not started yet; nothing is asked of the endpoint before the first query.

        :param default_graph: the IRI of the graph that holds the merge, on an engine without a default graph of its
            own, as for :class:`msqgraph.store.RemoteStore`.
        """
        self._endpoint, self._default_graph = endpoint, default_graph
        self._limits = limits or Limits()
        self._checker = EmbeddedEngine(None, self._limits, workers=_CHECKERS)
        self._queue: FairQueue[tuple[str, asyncio.Future[None]]] = FairQueue()
        self._turns = Turns(self._limits.at_once)
        self._durations = Durations()
        self._since_s: dict[RemoteBody, float] = {}
        self._is_closed = False
        self._threads = ThreadPoolExecutor(self._limits.at_once, thread_name_prefix="transcoding")
        self._written: WeakSet[TranscodedBody] = WeakSet()
        self._http: httpx.AsyncClient | None = None

    async def start(self) -> None:
        """Starts the process that checks queries."""
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(self._limits.timeout_s, connect=min(_CONNECT_S, self._limits.timeout_s)),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=self._limits.at_once),
            follow_redirects=False,
            trust_env=False,  # a proxy of the environment is not for what is often on the same machine
        )
        await self._checker.start()

    def busy(self) -> Busy:
        """What there is to do now."""
        checker = self._checker.busy()
        running, waiting, at_once = self._turns.at_once, len(self._queue), self._limits.at_once
        return Busy(running, waiting, at_once, checker.ready, checker.pids, checker.restarts)

    async def ask(self, asked: Asked) -> Answer:
        """The answer, as soon as the endpoint begins it.

        :raises QueryRefused: if there is none.
        """
        kind = await self._checker.kind_of(asked)
        media_type = {"rows": asked.formats.rows, "truth": asked.formats.truth, "triples": asked.formats.triples}[kind]
        if media_type is None:
            raise QueryRefused(406, NOT_ACCEPTABLE[kind])
        await self._wait_for_turn(asked.client)
        given = asked_as(media_type)
        body = RemoteBody(self._limits, given, lambda ended: self._ended(asked.client, ended))
        loop = asyncio.get_running_loop()
        self._since_s[body] = loop.time()
        long = loop.call_later(_LONG_S, lambda: self._turns.was_long(asked.client, loop.time(), self._limits.timeout_s))
        try:
            await self._send(asked, given, body)
        except BaseException:
            await body.aclose()
            raise
        finally:
            long.cancel()
        if given == media_type:
            return Answer(media_type, body)
        written = TranscodedBody(body, media_type, self._threads)
        self._written.add(written)
        return Answer(media_type, written)

    async def _wait_for_turn(self, client: str) -> None:
        """Returns when a query of a client may be sent, which then counts as running.

        :raises QueryRefused: if too many wait, or it waited for too long.
        """
        if self._is_closed or self._http is None:
            raise closing()
        refuse_if_full(self._queue, self._limits, client, self._retry_after_s)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put(client, (client, turn))
        self._give_turns()
        try:
            await asyncio.wait_for(asyncio.shield(turn), self._limits.timeout_s)
        except TimeoutError:
            self._queue.remove(client, (client, turn))
            if turn.done() and not turn.exception():
                return
            raise too_busy(self._retry_after_s()) from None
        except asyncio.CancelledError:
            if not self._queue.remove(client, (client, turn)) and turn.done() and not turn.exception():
                self._turns.ended(client)
                self._give_turns()
            raise

    def _give_turns(self) -> None:
        """Lets those go on who may."""
        now_s = asyncio.get_running_loop().time()
        self._turns.forget(now_s)
        most = max(1, self._limits.at_once - 1)  # what runs elsewhere cannot go back into the queue: one is kept free

        def may_start(client: str) -> bool:
            return self._turns.may_start(client, now_s) and (is_own(client) or self._turns.running_of(client) < most)

        while waiting := self._queue.take(may_start):
            client, turn = waiting
            if not turn.done():
                self._turns.started(client)
                turn.set_result(None)

    def _ended(self, client: str, body: RemoteBody) -> None:
        """A query has ended, in whatever way."""
        now_s = asyncio.get_running_loop().time()
        took_s = now_s - self._since_s.pop(body)
        self._durations.took(took_s)
        if took_s > _LONG_S:
            self._turns.was_long(client, now_s, took_s)
        self._turns.ended(client)
        self._give_turns()

    async def _send(self, asked: Asked, media_type: str, body: RemoteBody) -> None:
        """Sends a query, and returns when the endpoint begins to answer it.

        :raises QueryRefused: if it does not.
        """
        graphs = asked.default_graphs
        if not graphs and not asked.named_graphs and self._default_graph:
            graphs = (self._default_graph,)
        form = {"query": asked.sparql, "default-graph-uri": list(graphs), "named-graph-uri": list(asked.named_graphs)}
        if self._http is None:
            raise closing()
        request = self._http.build_request("POST", self._endpoint, data=form, headers={"Accept": media_type})
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                response = await self._http.send(request, stream=True)
        except (TimeoutError, httpx.ReadTimeout):
            raise out_of_time(self._limits) from None
        except httpx.HTTPError:
            raise unreachable() from None
        await body.begin(response)

    def _retry_after_s(self) -> int:
        now_s = asyncio.get_running_loop().time()
        worked_s = [now_s - since_s for since_s in self._since_s.values()]
        return self._durations.retry_after_s(len(self._queue), worked_s, self._limits)

    async def drain(self, within_s: float) -> bool:
        """Whether nothing ran or waited any longer before the time was over; new queries are still taken."""
        until_s = asyncio.get_running_loop().time() + within_s
        while self._turns.at_once or len(self._queue):
            if asyncio.get_running_loop().time() > until_s:
                return False
            await asyncio.sleep(0.01)
        return True

    async def close(self) -> None:
        """Ends everything; what runs or waits is refused."""
        self._is_closed = True
        for _, turn in list(self._queue):
            if not turn.done():
                turn.set_exception(closing())
        self._queue = FairQueue()
        for written in list(self._written):
            await written.refuse(closing())
        for body in list(self._since_s):
            await body.refuse(closing())
        if self._http:
            await self._http.aclose()
        await self._checker.close()
        self._threads.shutdown(wait=False, cancel_futures=True)
