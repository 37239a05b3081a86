"""What is asked of an engine, and what comes back: the seam between the server's doors and its engines."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Formats:
    """The media type wanted for each kind of answer; None where the client takes none that there is.

    >>> Formats(rows="text/csv", truth=None, triples="text/turtle").rows
    'text/csv'
    """

    rows: str | None
    """SELECT: ``application/sparql-results+json``, ``application/sparql-results+xml``, ``text/csv`` or
    ``text/tab-separated-values``."""
    truth: str | None
    """ASK: the same four; CSV and TSV say ``true`` or ``false``."""
    triples: str | None
    """CONSTRUCT and DESCRIBE: ``application/n-triples``, ``text/turtle``, ``application/rdf+xml`` or
    ``application/ld+json``."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with everything that decides about its answer."""

    sparql: str
    formats: Formats
    default_graphs: tuple[str, ...] = ()
    """IRIs of the graphs whose merge is the default graph; without these and named graphs: the dataset's own."""
    named_graphs: tuple[str, ...] = ()
    client: str = ""
    """Whose query it is, for fair queueing; never logged. Empty for what the server asks for itself."""


@dataclass(slots=True)
class Answer:
    """An answer whose bytes come as the engine makes them."""

    media_type: str
    body: AsyncIterator[bytes]
    """Raises :class:`QueryRefused` midway if the answer had to be cut: what came before is then no whole answer.

    Whoever does not read to the end closes it (``aclose``), which ends the query. It is an asynchronous generator or
    has ``aclose`` in another way.
    """


class QueryRefused(Exception):
    """A query that is not answered, with the HTTP status that says so and what the client can do.

    400: an error in the query, SERVICE, or an update. 406: none of the formats suits this kind of query.
    503: out of time, memory, room for results or places in the queue. ``reason`` is one word of a few for metrics,
    such as ``syntax``, ``time`` or ``queue``; empty if the status says it all.

    >>> str(QueryRefused(503, "too many queries wait: try again later", retry_after_s=2))
    'too many queries wait: try again later'
    """

    def __init__(self, status: int, message: str, retry_after_s: int | None = None, reason: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.retry_after_s, self.reason = status, message, retry_after_s, reason


class Engine(Protocol):
    """Something that answers queries on one dataset."""

    async def ask(self, asked: Asked) -> Answer:
        """The answer, as soon as its first bytes are known.

        :raises QueryRefused: if there is none.
        """
        ...

    async def close(self) -> None:
        """Ends everything that runs for the engine; what still waits is refused."""
        ...
