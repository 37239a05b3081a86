"""What is counted, for Prometheus. Labels are routes, methods, statuses and kinds: never an address or a query."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from msqgraph.server.operations.engine_metrics import EngineCollector
from msqgraph.server.operations.request_record import RequestRecord, method_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from msqgraph.server.engine.asked import Engine

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """The counters of one server, in a registry of its own."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a line for each figure that says when it began: twice the size for nothing
        self.registry = CollectorRegistry(auto_describe=True)
        counter, named = self._counter, ("route", "method", "status")
        self._requests = counter("http_requests", "Requests that were answered.", *named)
        self._bytes = counter("http_response_bytes", "Bytes of bodies sent.", "route")
        self._refused = counter("http_refused", "Requests refused before they reached a route.", "reason")
        self._durations = Histogram(
            "msqgraph_http_request_duration_seconds",
            "From the head of a request to the end of its answer.",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.in_flight = Gauge("msqgraph_http_requests_in_flight", "Requests in work.", registry=self.registry)
        self._queries = counter("queries", "SPARQL queries by who asked and what became of them.", "asker", "outcome")
        self._query_durations = Histogram(
            "msqgraph_query_duration_seconds",
            "From the question to the last byte of its answer, queueing included.",
            ("asker",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.reloads = counter("dataset_reloads", "New datasets that were noticed.", "outcome")
        for outcome in ("done", "failed"):
            self.reloads.labels(outcome)
        self._info = Gauge(
            "msqgraph_dataset_info", "The dataset that is served.", ("version", "base", "build"), registry=self.registry
        )
        self._loaded = Gauge("msqgraph_dataset_loaded_timestamp_seconds", "When it was opened.", registry=self.registry)
        self.in_service = Gauge(
            "msqgraph_datasets_open", "Datasets open: more than one while requests finish.", registry=self.registry
        )
        self._of_route: dict[str, tuple[Counter, Histogram]] = {}
        self._of_query: dict[tuple[str, str], tuple[Counter, Histogram]] = {}
        self._of_request: dict[tuple[str, str, int], Counter] = {}
        ProcessCollector(registry=self.registry)

    def request(self, record: RequestRecord, seconds: float) -> None:
        """Counts a request that is over."""
        key = (record.template, record.method, record.status)
        counter = self._of_request.get(key)
        if counter is None:
            labels = (record.template, method_of(record.method), str(record.status))
            counter = self._requests.labels(*labels)
            if method_of(record.method) == record.method:  # else made-up methods would fill the table
                self._of_request[key] = counter
        counter.inc()
        of_route = self._of_route.get(record.template)
        if of_route is None:
            of_route = self._bytes.labels(record.template), self._durations.labels(record.template)
            self._of_route[record.template] = of_route
        of_route[0].inc(record.sent_bytes)
        of_route[1].observe(seconds)
        if record.refused:
            self._refused.labels(record.refused).inc()

    def query(self, asker: str, outcome: str, seconds: float) -> None:
        """Counts a query that is over: who asked, ``client`` or ``site``, and one word for what became of it."""
        of_query = self._of_query.get((asker, outcome))
        if of_query is None:
            of_query = self._queries.labels(asker, outcome), self._query_durations.labels(asker)
            self._of_query[asker, outcome] = of_query
        of_query[0].inc()
        of_query[1].observe(seconds)

    def dataset(self, version: str, base: str, build: str) -> None:
        """Says which dataset is served from now on."""
        self._info.clear()
        self._info.labels(version, base, build).set(1)
        self._loaded.set(time())

    def watch(self, engine: Callable[[], Engine | None]) -> None:
        """Asks whichever engine is there at the time for its queue and workers, when the metrics are read."""
        self.registry.register(EngineCollector(engine))

    def text(self) -> bytes:
        """Everything, in Prometheus' text format."""
        return generate_latest(self.registry)

    def _counter(self, name: str, explanation: str, *labels: str) -> Counter:
        return Counter(f"msqgraph_{name}", explanation, labels, registry=self.registry)
