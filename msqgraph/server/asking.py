"""What the server's own pages ask the data: rows, triples, yes or no, over whichever engine answers.

Values never become text of a query by concatenation: a keyword is a term, or several, that is put into the braces of
the query's ``VALUES ?keyword { }``.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from msqgraph.namespaces import prefixes
from msqgraph.server.beside import beside
from msqgraph.server.engine.asked import Asked, Engine, Formats
from msqgraph.server.reader import READER

if TYPE_CHECKING:
    import pyoxigraph as ox

    Term: TypeAlias = ox.NamedNode | ox.Literal
    Row: TypeAlias = dict[str, Term]

_FORMATS = Formats(
    rows="application/sparql-results+json", truth="application/sparql-results+json", triples="application/n-triples"
)
_LARGEST_SHARE = 8
_CHARACTERS_OF_A_ROW = 500  # of a query that is kept with its rows: what a client names in vain takes room as well
_LONG_BYTES = 100_000  # of an answer that takes some milliseconds to read


class Asking:
    """Queries of the server's own on an engine. ``base`` is the base IRI of the dataset."""

    def __init__(self, engine: Engine, base: str, kept_rows: int = 0) -> None:
        """``kept_rows``: how many rows of past answers are kept for the next page, if the data do not change."""
        self.base, self._engine = base, engine
        self._kept = KeptRows(kept_rows)
        self._prologue = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in prefixes(base).items())

    async def rows(self, sparql: str, **terms: Term | Sequence[Term]) -> list[Row]:
        """The rows of a SELECT query in the engine's order; a variable without a value is missing from its row.

        :param terms: by variable, what is put into its ``VALUES``.
        :raises QueryRefused: if the engine does not answer.
        :raises ValueError: if the query has no ``VALUES`` for one of them.
        """
        query = bound(sparql, terms)
        if (known := self._kept.get(query)) is not None:
            return [dict(row) for row in known]
        body = await self._answer(query)
        rows = _rows(body) if len(body) < _LONG_BYTES else await beside(lambda: _rows(body))
        self._kept.put(query, rows)
        return [dict(row) for row in rows]

    async def ask(self, sparql: str, **terms: Term | Sequence[Term]) -> bool:
        """The answer to an ASK query.

        :raises QueryRefused: if the engine does not answer.
        """
        import pyoxigraph as ox

        return bool(ox.parse_query_results(await self._answer(bound(sparql, terms)), format=ox.QueryResultsFormat.JSON))

    async def triples(self, sparql: str, **terms: Term | Sequence[Term]) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query, each once, in the engine's order.

        :raises QueryRefused: if the engine does not answer.
        """
        import pyoxigraph as ox

        body = await self._answer(bound(sparql, terms))
        return list(dict.fromkeys(quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)))

    async def _answer(self, query: str) -> bytes:
        answer = await self._engine.ask(Asked(self._prologue + query, _FORMATS, client=READER.get()))
        return b"".join([piece async for piece in answer.body])


def _rows(body: bytes) -> list[Row]:
    """The rows of SPARQL results in JSON.

    :raises TypeError: if they are the answer to an ASK query.
    """
    import pyoxigraph as ox

    answer = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError("no SELECT query")
    names = [variable.value for variable in answer.variables]
    return [{name: term for name, term in zip(names, solution, strict=True) if term is not None} for solution in answer]


class KeptRows:
    """The answers to the last queries: so many rows at most, and none of an answer that would drive out the others.

    >>> kept = KeptRows(16)
    >>> kept.put("SELECT 1", [{}])
    >>> kept.get("SELECT 1"), kept.get("SELECT 2")
    ([{}], None)
    """

    def __init__(self, most_rows: int) -> None:
        self._most, self._number = most_rows, 0
        self._answers: OrderedDict[str, list[Row]] = OrderedDict()

    def get(self, query: str) -> list[Row] | None:
        """The rows of a query, if they are kept."""
        if query in self._answers:
            self._answers.move_to_end(query)
        return self._answers.get(query)

    def put(self, query: str, rows: list[Row]) -> None:
        """Keeps the rows of a query, in the place of those that nobody asked for longest."""
        weight = _weight(query, rows)
        if query in self._answers or weight > self._most // _LARGEST_SHARE:
            return
        self._answers[query] = rows
        self._number += weight
        while self._number > self._most:
            self._number -= _weight(*self._answers.popitem(last=False))


def _weight(query: str, rows: Sequence[Row]) -> int:
    """The room that an answer takes with its query, in rows; an answer without rows takes room as well.

    >>> _weight("SELECT 1", [{}]), _weight("SELECT 1" * 1000, [])
    (2, 17)
    """
    return 1 + len(rows) + len(query) // _CHARACTERS_OF_A_ROW


def bound(sparql: str, terms: dict[str, Term | Sequence[Term]]) -> str:
    """A query with terms in the braces of its ``VALUES ?name { }``, wherever a name has such.

    :raises ValueError: if there are none for a name.

    >>> import pyoxigraph as ox
    >>> bound("SELECT * { VALUES ?s { } ?s ?p ?o }", {"s": ox.NamedNode("http://example.org/s")})
    'SELECT * { VALUES ?s { <http://example.org/s> } ?s ?p ?o }'
    """
    if not terms:
        return sparql
    told = {name: _spelled(value) for name, value in terms.items()}
    braces = re.compile(rf"VALUES\s+\?({'|'.join(map(re.escape, told))})\s*\{{\s*\}}")
    if missing := told.keys() - {match[1] for match in braces.finditer(sparql)}:
        raise ValueError(f"no VALUES ?{missing.pop()} {{ }} in the query: {sparql}")
    # all at once, so that what one value says is never read for another
    return braces.sub(lambda match: f"VALUES ?{match[1]} {{ {told[match[1]]} }}", sparql)


def _spelled(value: Term | Sequence[Term]) -> str:
    import pyoxigraph as ox

    several = (value,) if isinstance(value, ox.NamedNode | ox.Literal) else value
    return " ".join(str(term) for term in several)
