"""Whether the process lives, and whether it can answer: for those who start, watch and replace servers."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING

from msqgraph.server.engine.asked import Asked, Formats, QueryRefused

if TYPE_CHECKING:
    from msqgraph.server.engine.asked import Engine
    from msqgraph.server.operations.served import Switch

_JSON = "application/sparql-results+json"
_TRIVIAL = Asked("ASK { ?thing a ?type }", Formats(rows=_JSON, truth=_JSON, triples=None))


class Readiness:
    """Asks the dataset of the moment a trivial query; many who want to know at once share one answer."""

    def __init__(self, switch: Switch, limit_s: float = 5.0, remembered_s: float = 1.0) -> None:
        """``limit_s``: how long the query may take; ``remembered_s``: how long its outcome counts."""
        self._switch, self._limit_s, self._remembered_s = switch, limit_s, remembered_s
        self._lock = asyncio.Lock()
        self._known_until_s, self._problem = 0.0, ""
        self.is_closing = False

    async def problem(self) -> str:
        """Why no query can be answered now; empty if one can."""
        if self.is_closing:
            return "The server is shutting down."
        async with self._lock:
            if perf_counter() > self._known_until_s:
                self._problem = await problem_of(self._switch.current.engine, self._limit_s)
                self._known_until_s = perf_counter() + self._remembered_s
            return self._problem


async def problem_of(engine: Engine, limit_s: float) -> str:
    """Why an engine does not answer a trivial query; empty if it does."""
    try:
        async with asyncio.timeout(limit_s):
            answer = await engine.ask(_TRIVIAL)
            body = b"".join([piece async for piece in answer.body])
    except TimeoutError:
        return f"A trivial query was not answered within {limit_s:g} s."
    except QueryRefused as refused:
        return f"A trivial query was refused: {refused.message}"
    except Exception as error:  # noqa: BLE001 - whatever it is, the engine does not answer
        return f"A trivial query failed: {type(error).__name__}."
    return "" if b"true" in body else "The dataset is empty."
