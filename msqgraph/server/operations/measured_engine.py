"""An engine that counts what is asked of another, and notes it in the record of the request."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from time import perf_counter
from typing import TYPE_CHECKING

from msqgraph.server.engine.asked import Answer, Asked, Engine, QueryRefused
from msqgraph.server.operations.request_record import CURRENT

if TYPE_CHECKING:
    from msqgraph.server.operations.metrics import Metrics

_DIGEST_DIGITS = 12
_OUTCOMES = {400: "syntax", 406: "format"}


class MeasuredEngine:
    """Answers as the engine inside it does."""

    def __init__(self, engine: Engine, metrics: Metrics) -> None:
        self.inner, self._metrics = engine, metrics

    async def ask(self, asked: Asked) -> Answer:
        """The answer; its query is counted once the answer is read to its end, cut or left.

        :raises QueryRefused: as the engine inside does.
        """
        asker, started_s = ("client" if asked.client else "site"), perf_counter()
        record = CURRENT.get()
        if record is not None:
            record.queries += 1
            if asked.client:
                digest = hashlib.sha256(asked.sparql.encode("utf-8", "replace")).hexdigest()
                record.query_digest = digest[:_DIGEST_DIGITS]
        try:
            answer = await self.inner.ask(asked)
        except BaseException as error:
            self._count(asker, outcome_of(error), started_s)
            raise
        return Answer(
            answer.media_type, _CountedBody(answer.body, lambda outcome: self._count(asker, outcome, started_s))
        )

    async def close(self) -> None:
        """Ends the engine inside."""
        await self.inner.close()

    def _count(self, asker: str, outcome: str, started_s: float) -> None:
        self._metrics.query(asker, outcome, perf_counter() - started_s)


class _CountedBody:
    """The pieces of an answer; counted once, also where nobody reads it. No generator: one that was never begun does
    nothing when it is closed."""

    def __init__(self, body: AsyncIterator[bytes], count: Callable[[str], None]) -> None:
        self._body, self._count, self._is_counted = body, count, False

    def __aiter__(self) -> _CountedBody:
        return self

    async def __anext__(self) -> bytes:
        try:
            return await anext(self._body)
        except StopAsyncIteration:
            self._over("ok")
            raise
        except BaseException as error:
            self._over(outcome_of(error))
            raise

    async def aclose(self) -> None:
        """Ends the query, if its answer was not read to the end."""
        self._over("left")
        if (end := getattr(self._body, "aclose", None)) is not None:
            await end()

    def _over(self, outcome: str) -> None:
        if not self._is_counted:
            self._is_counted = True
            self._count(outcome)


def outcome_of(error: BaseException) -> str:
    """One word for why there is no answer: what the engine says, or else what the status says.

    >>> outcome_of(QueryRefused(400, "no query")), outcome_of(OSError()), outcome_of(QueryRefused(503, "full"))
    ('syntax', 'error', 'refused')
    """
    if not isinstance(error, QueryRefused):
        return "error" if isinstance(error, Exception) else "left"
    return str(getattr(error, "reason", "") or _OUTCOMES.get(error.status, "refused"))
