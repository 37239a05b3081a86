"""The answer to somebody's own query, as far as a page can show it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from msqgraph.server.engine.asked import Asked, Engine, Formats, QueryRefused
from msqgraph.tables import Table, table_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

MAX_ROWS = 10_000
MAX_BYTES = 8 * 2**20
MAX_DRAWN_ROWS = 2_000
_JSON, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_FORMATS = Formats(rows=_JSON, truth=_JSON, triples=_TRIPLES)
_POSITIONS = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: rows under variables, triples, or yes or no.

    ``is_cut`` says that there is more than ``MAX_ROWS`` rows or ``MAX_BYTES``; ``table`` holds what a chart can be
    drawn of, and is None where there are no rows or too many.
    """

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    is_cut: bool = False
    is_triples: bool = False
    truth: bool | None = None
    table: Table | None = None


async def find(engine: Engine, sparql: str, client: str) -> Found:
    """The answer of an engine to a query, up to the limits of a page.

    :param client: whose query it is, for fair queueing.
    :raises QueryRefused: if the engine does not answer, or one row is larger than a page.
    """
    answer = await engine.ask(Asked(sparql, _FORMATS, client=client))
    body, pieces, size = answer.body, [], 0
    try:
        async for piece in body:
            pieces.append(piece)
            size += len(piece)
            if size > MAX_BYTES:
                break
    finally:
        close = getattr(body, "aclose", None)
        if close is not None:
            await close()
    data = b"".join(pieces)
    # reading megabytes takes a while in which other requests would wait
    return await asyncio.to_thread(_read, answer.media_type, data, size > MAX_BYTES)


def _read(media_type: str, data: bytes, is_cut: bool) -> Found:
    import pyoxigraph as ox

    if media_type == _TRIPLES:
        return _triples(data, is_cut)
    if is_cut:
        data = whole_rows(data)
    answer = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    if not isinstance(answer, ox.QuerySolutions):
        return Found(truth=bool(answer))
    variables = tuple(variable.value for variable in answer.variables)
    rows: list[tuple[Term | None, ...]] = []
    for solution in answer:
        if len(rows) == MAX_ROWS:
            is_cut = True
            break
        rows.append(tuple(solution))
    table = None
    if 0 < len(rows) <= MAX_DRAWN_ROWS and not is_cut:
        table = table_of(ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON))
    return Found(variables, tuple(rows), is_cut, table=table)


def _triples(data: bytes, is_cut: bool) -> Found:
    import pyoxigraph as ox

    if is_cut:
        data = data[: data.rfind(b"\n") + 1]
    found = dict.fromkeys(quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    rows = [(triple.subject, triple.predicate, triple.object) for triple in found]
    return Found(_POSITIONS, tuple(rows[:MAX_ROWS]), is_cut or len(rows) > MAX_ROWS, is_triples=True)


def whole_rows(data: bytes) -> bytes:
    """Results in JSON that end in the middle, up to their last whole row.

    :raises QueryRefused: if there is none.

    >>> whole_rows(b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}},{"a":{"ty')
    b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"x"}}]}}'
    """
    text, decoder = data.decode(errors="ignore"), json.JSONDecoder()
    start = text.find("[", text.find('"bindings"'))
    end = at = start + 1
    while True:
        while text[at : at + 1] in (",", " ", "\n", "\r", "\t"):
            at += 1
        try:
            _, end = decoder.raw_decode(text, at)
        except ValueError:
            break
        at = end
    if end == start + 1 or '"head"' not in text[:start]:
        raise QueryRefused(503, "the answer has rows that are too large for a page: ask for less, or download it")
    return f"{text[:end]}]}}}}".encode()
