"""What is said when a query is not answered: each time what happened and what the client can do."""

from __future__ import annotations

import json
import signal
from collections.abc import Mapping

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.engine.limits import Limits

_RESTART_S = 5
OUT_OF_MEMORY = "the query needs more memory than one query may take: ask for less at once, with LIMIT or filters"
NOT_ACCEPTABLE = {
    "rows": "the answer is a table (SELECT): accept application/sparql-results+json, application/sparql-results+xml, "
    "text/csv or text/tab-separated-values",
    "truth": "the answer is true or false (ASK): accept application/sparql-results+json or "
    "application/sparql-results+xml",
    "triples": "the answer is triples (CONSTRUCT or DESCRIBE): accept text/turtle, application/n-triples, "
    "application/ld+json or application/rdf+xml",
}
"""By the kind of answer."""


def too_long(limit_bytes: int) -> str:
    """An answer is longer than answers may be.

    >>> too_long(1000)
    'the answer is longer than 1,000 bytes: ask for less, with LIMIT or more filters'
    """
    return f"the answer is longer than {limit_bytes:,} bytes: ask for less, with LIMIT or more filters"


def why_dead(return_code: int) -> QueryRefused:
    """What to tell a client whose query ended its process.

    >>> why_dead(-signal.SIGSEGV).message
    'the query is nested too deeply: put it in simpler terms'
    """
    if return_code == -signal.SIGSEGV:
        return QueryRefused(503, "the query is nested too deeply: put it in simpler terms", reason="nesting")
    if return_code in (-signal.SIGABRT, -signal.SIGKILL):  # without memory, by its limit or by the system's
        return QueryRefused(503, OUT_OF_MEMORY, reason="memory")
    return QueryRefused(503, "the process that answered the query has ended: try once more", _RESTART_S, "died")


def out_of_time(limits: Limits) -> QueryRefused:
    """A query worked for too long.

    >>> out_of_time(Limits(timeout_s=30)).message
    'the query took longer than 30 s: ask for less, with LIMIT or more filters'
    """
    return QueryRefused(
        503,
        f"the query took longer than {limits.timeout_s:g} s: ask for less, with LIMIT or more filters",
        reason="time",
    )


def read_too_slowly(limits: Limits) -> QueryRefused:
    """A client let its answer wait for too long."""
    return QueryRefused(
        503,
        f"the answer waited {limits.reader_s:g} s to be read: read faster, or ask for it in parts with LIMIT",
        reason="reader",
    )


def too_busy(retry_after_s: int) -> QueryRefused:
    """A query waited for too long, or had to make room."""
    return QueryRefused(503, "too many queries are asked at once: try again later", retry_after_s, "queue")


def closing() -> QueryRefused:
    """The engine was closed."""
    return QueryRefused(503, "the server is shutting down: try again later", _RESTART_S, "closing")


def reported(payload: bytes) -> QueryRefused:
    """What a worker process said."""
    status, message, reason = json.loads(payload)
    return QueryRefused(status, message, reason=reason)


def unreachable() -> QueryRefused:
    """The endpoint behind the server does not answer."""
    return QueryRefused(
        503, "the endpoint behind this server cannot be reached: try again later", _RESTART_S, "endpoint"
    )


def broken_off() -> QueryRefused:
    """The endpoint behind the server began an answer and did not end it."""
    message = "the endpoint behind this server broke off its answer: ask for less, with LIMIT"
    return QueryRefused(503, message, reason="endpoint")


def refused_by_endpoint(status: int, headers: Mapping[str, str], media_type: str) -> QueryRefused | None:
    """What to say instead of an endpoint's answer, of which nothing is passed on; None if it is a whole one.

    :param headers: the answer's, whose names are looked up in whatever case they are in.

    >>> refused_by_endpoint(200, {"Content-Type": "text/csv", "X-SPARQL-MaxRows": "10000"}, "text/csv").message
    'the endpoint behind this server cut the rows at 10000: ask for fewer, with LIMIT and OFFSET or filters'
    """
    if most := headers.get("X-SPARQL-MaxRows"):
        rows = most if most.isdecimal() else "some number"
        return QueryRefused(
            503,
            f"the endpoint behind this server cut the rows at {rows}: ask for fewer, with LIMIT and OFFSET or filters",
            reason="size",
        )
    if status == 200 and headers.get("X-SQL-State"):  # Virtuoso's, when its time was over before all was found
        return broken_off()
    given = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if status == 406 or (status == 200 and given != media_type):
        return QueryRefused(406, f"the endpoint behind this server does not write {media_type}: accept another format")
    if status == 200:
        return None
    if status == 400:
        return QueryRefused(400, "the endpoint behind this server does not take the query: put it in simpler terms")
    again = headers.get("Retry-After", "")
    return QueryRefused(
        503,
        f"the endpoint behind this server could not answer (HTTP status {status}): ask for less, or try again later",
        int(again) if again.isdecimal() and len(again) < 6 else _RESTART_S,
        "endpoint",
    )
