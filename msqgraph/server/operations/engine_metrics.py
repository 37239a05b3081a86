"""What the engine of the moment tells of its queue and its workers, when the metrics are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable

    from msqgraph.server.engine.asked import Engine

_WAITING = ("msqgraph_query_queue_length", "Queries that wait for a worker.")
_RUNNING = ("msqgraph_queries_running", "Queries that are being answered.")
_AT_ONCE = ("msqgraph_queries_at_once", "How many queries can be answered at once.")
_WORKERS = ("msqgraph_query_workers", "Worker processes, idle ones included.")
_RESTARTS = ("msqgraph_query_worker_restarts", "Worker processes that took the place of one that ended.")


class EngineCollector(Collector):
    """Asks an engine how busy it is; one in front of another server has no workers, and tells nothing of them."""

    def __init__(self, engine: Callable[[], Engine | None]) -> None:
        """``engine`` tells which engine there is at the moment."""
        self._engine = engine
        self._before: tuple[Any, int] = (None, 0)
        self._of_ended = 0

    def describe(self) -> Iterator[Metric]:
        """The names, without asking."""
        for name, explanation in (_WAITING, _RUNNING, _AT_ONCE, _WORKERS):
            yield GaugeMetricFamily(name, explanation)
        yield CounterMetricFamily(*_RESTARTS)

    def collect(self) -> Iterator[Metric]:
        """The figures."""
        engine = self._engine()
        tell = getattr(engine, "busy", None)
        if tell is None:
            return
        busy = tell()
        yield GaugeMetricFamily(*_WAITING, value=busy.waiting)
        yield GaugeMetricFamily(*_RUNNING, value=busy.running)
        yield GaugeMetricFamily(*_AT_ONCE, value=busy.at_once)
        yield GaugeMetricFamily(*_WORKERS, value=len(busy.pids))
        if (restarts := getattr(busy, "restarts", None)) is not None:
            yield CounterMetricFamily(*_RESTARTS, value=self._never_falling(engine, restarts))

    def _never_falling(self, engine: object, restarts: int) -> int:
        """Those of all engines so far: a new one begins at 0, and a counter must not fall."""
        who, before = self._before
        if who is not None and who is not engine:
            self._of_ended += before
        self._before = (engine, restarts)
        return self._of_ended + restarts
