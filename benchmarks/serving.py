"""``msqgraph serve`` as a whole: requests a second against bare endpoints, what a bad client does to others, start.

Everything goes over loopback, with the clients in processes of their own, and takes turns: each round has every server
once, and what counts is the median of the rounds' ratios.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.beside_bad_client import beside_bad_client
from benchmarks.load import Load, loaded
from benchmarks.repeated_sample import repeated_sample, user_assigned
from benchmarks.server_process import another, answer, asking, free_port, get, ours, running, wait_for, wait_until_idle

QUADS = 100_000
CLIENTS = 8
OURS, BARE, IN_MEMORY, OTHER = "msqgraph serve", "on the loop", "on the loop, in memory", "rdflib-endpoint"
IN_THREADS = ("in threads", "in threads, in memory")
ROUNDS, ROUND_S = 5, 0.7
OTHER_ROUNDS, OTHER_S = 3, 0.3
STARTS = 3
_PREFIXES = """\
PREFIX msq: <https://w3id.org/msqgraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
QUERIES = {
    "point": [
        f"SELECT ?property ?value {{ <https://w3id.org/msqgraph/id/agency/{code.decode()}/gabinete-social> "
        "?property ?value }"
        for code, _ in zip(user_assigned(), range(CLIENTS), strict=False)
    ],
    "top-k": [
        f"{_PREFIXES}SELECT ?agency ?name {{ ?agency a msq:Agency ; skos:prefLabel ?name }} "
        f"ORDER BY {order}(?name) ?agency LIMIT 10"
        for order in ("ASC", "DESC")
    ],
    "group": [
        f"{_PREFIXES}SELECT ?status (COUNT(?answer) AS ?answers) {{ ?answer a msq:Answer ; msq:status ?status }} "
        f"GROUP BY ?status ORDER BY {order}(?answers) ?status"
        for order in ("ASC", "DESC")
    ],
}
"""What is asked; each in several wordings, which clients ask in turn."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers in a second by server, and how often as many ours gives as another one (medians)."""

    per_second: dict[str, float]
    ratios: dict[str, float]


def serving(million: Path, quads: int) -> list[str]:
    """The section on the server.

    :param million: the folder of a dataset of about a million quads, with its store.
    :param quads: how many it has.
    """
    with tempfile.TemporaryDirectory() as folder:
        sample, some = Path(folder) / "sample", Path(folder) / "some"
        count = repeated_sample(some, QUADS, with_store=True)
        sample_count = repeated_sample(sample, 0)
        with ExitStack() as stack:
            ports = {kind: _serve(stack, kind, some) for kind in (OURS, BARE, IN_MEMORY, *IN_THREADS, OTHER)}
            _check_answers(ports)
            wait_until_idle()
            rates = {name: _rate(ports, queries) for name, queries in QUERIES.items()}
        with ExitStack() as stack:
            clients_us = _cost_of_clients(_serve(stack, "constant", some))
        with ExitStack() as stack:
            port = _serve(stack, OURS, some)
            of_bad_client = beside_bad_client(_load(port, [queries[0] for queries in QUERIES.values()], 0.0))
        starts = [(sample_count, *_starts(sample), 1), (quads, *_starts(million), 3)]
    return [*_rates_report(rates, count, clients_us), *of_bad_client, *_starts_report(starts)]


def _serve(stack: ExitStack, kind: str, dataset: Path) -> int:
    """The port of a server that answers, until the stack is left."""
    port = free_port()
    command = ours(dataset, port) if kind == OURS else another(kind, dataset, port)
    process = stack.enter_context(running(command))
    wait_for(process, port, asking("ASK {}") if kind == OURS else asking(QUERIES["point"][0]))
    return port


def _check_answers(ports: dict[str, int]) -> None:
    """Sees that all servers find the same, and something.

    :raises RuntimeError: if not: they could not be compared.
    """
    for queries in QUERIES.values():
        for query in queries:
            found = {kind: _rows(port, query) for kind, port in ports.items()}
            if not found[OURS] or any(rows != found[OURS] for rows in found.values()):
                raise RuntimeError(f"the servers differ, or find nothing: {query}")


def _rows(port: int, query: str) -> list[str]:
    """The rows of an answer, in any order."""
    rows: list[dict[str, Any]] = json.loads(answer(port, asking(query)))["results"]["bindings"]
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


def _load(port: int, queries: Sequence[str], seconds: float) -> Load:
    """All clients asking these queries, each beginning with another one."""
    requests = [asking(query) for query in queries]
    turns = [number % len(requests) for number in range(CLIENTS)]
    return Load(port, [requests[turn:] + requests[:turn] for turn in turns], seconds)


def _rate(ports: dict[str, int], queries: Sequence[str]) -> Rate:
    """What each server does of these queries; the bare ones on the loop or in threads, whichever is faster."""
    kinds = [OURS, *(max(pair, key=lambda kind: _once(ports[kind], queries)) for pair in _ways()), OTHER]
    per_second: dict[str, list[float]] = {kind: [] for kind in kinds}
    ratios: dict[str, list[float]] = {kind: [] for kind in kinds[1:]}
    for number in range(ROUNDS):
        for kind in kinds if number < OTHER_ROUNDS else kinds[:-1]:
            seconds = OTHER_S if kind == OTHER else ROUND_S
            per_second[kind].append(loaded(_load(ports[kind], queries, seconds)).per_second)
            if kind != OURS:
                ratios[kind].append(per_second[OURS][-1] / per_second[kind][-1])
    return Rate(
        {kind: statistics.median(found) for kind, found in per_second.items()},
        {kind: statistics.median(found) for kind, found in ratios.items()},
    )


def _ways() -> list[tuple[str, str]]:
    """The two ways of each bare endpoint."""
    return list(zip((BARE, IN_MEMORY), IN_THREADS, strict=True))


def _once(port: int, queries: Sequence[str]) -> float:
    """Requests a second, to choose by."""
    return loaded(_load(port, queries, ROUND_S)).per_second


def _cost_of_clients(port: int) -> tuple[float, float]:
    """What clients can ask of a server that does nothing: requests a second, and µs of their own for each."""
    found = loaded(_load(port, QUERIES["point"], 2.0))
    return found.per_second, found.cpu_s / len(found.latencies_s) * 1e6


def _starts(dataset: Path) -> tuple[float, float]:
    """Seconds from the start of the process to the first answer to a query, and to a page (medians)."""
    kinds = asking("SELECT * { ?s ?p ?o } LIMIT 1"), get("/en/", "text/html")
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(STARTS):
        for request, seconds in zip(kinds, found, strict=True):
            wait_until_idle()
            port, began_s = free_port(), time.perf_counter()
            with running(ours(dataset, port)) as process:
                wait_for(process, port, request)
                seconds.append(time.perf_counter() - began_s)
    return statistics.median(found[0]), statistics.median(found[1])


def _rates_report(rates: dict[str, Rate], quads: int, clients: tuple[float, float]) -> list[str]:
    names = ((OURS, "`msqgraph serve`"), (BARE, "bare"), (IN_MEMORY, "bare, in memory"), (OTHER, "rdflib-endpoint"))
    lines = [
        "",
        "## The server",
        "",
        f"`msqgraph serve` with everything it does (log, limits, processes that can be killed) on {quads} quads, asked",
        f"by {CLIENTS} clients that keep their connections. Against Starlette and pyoxigraph with nothing around, on",
        "the same store and on a copy in memory, each query on the loop or in a thread, whichever is faster; and",
        f"against rdflib-endpoint. The clients take {clients[1]:.0f} µs a request; a server that does nothing answers",
        f"them {clients[0]:.0f} times a second.",
        "",
        "| query | " + " | ".join(f"{name}, requests/s" for _, name in names) + " | "
        "of bare (limit 0.7) | of bare, in memory | of rdflib-endpoint (limit for aggregates 10) |",
        "|---" * 8 + "|",
    ]  # fmt: skip
    for query, rate in rates.items():
        of = [_either(rate.per_second, kind) for kind, _ in names]
        ratios = [_either(rate.ratios, kind) for kind, _ in names[1:]]
        cells = [f"{found:.0f}" for found in of] + [f"{ratio:.2f}" for ratio in ratios[:2]] + [f"{ratios[2]:.1f}"]
        lines.append(f"| {query} | {' | '.join(cells)} |")
    return lines


def _either(found: dict[str, float], kind: str) -> float:
    """The figure of a server, whichever of its two ways was taken."""
    ways = next((pair for pair in _ways() if kind in pair), (kind,))
    return next(found[way] for way in ways if way in found)


def _starts_report(starts: list[tuple[int, float, float, int]]) -> list[str]:
    return [
        "",
        "### From start to first answer",
        "",
        "| quads | query, s | page, s | limit, s |",
        "|---|---|---|---|",
        *(f"| {quads} | {query:.2f} | {page:.2f} | {limit} |" for quads, query, page, limit in starts),
    ]
