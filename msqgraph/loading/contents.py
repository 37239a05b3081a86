"""What a store holds, as its query endpoint says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.loading.connection import Connection, shown
from msqgraph.loading.sparql_requests import query_request

if TYPE_CHECKING:
    import pyoxigraph as ox

OPTION = "--endpoint"


@dataclass(frozen=True)
class Contents:
    """The graphs behind a query endpoint."""

    connection: Connection
    endpoint: str

    def count(self, graph: str | None) -> int:
        """The number of triples in a graph; None is the default graph.

        :raises UsageError: if the endpoint does not say.
        """
        ((number,),) = self._rows(f"SELECT (COUNT(*) AS ?n) {{ {_inside(graph, '?s ?p ?o')} }}", graph, 1)
        try:
            return int(number.value)
        except (AttributeError, ValueError):
            raise self._no_results("a count that is no number") from None

    def literals(self, graph: str) -> list[tuple[str, str, str]]:
        """Subject, predicate and text of the triples in a graph.

        :raises UsageError: if the endpoint does not say, or says that it cut the rows.
        """
        rows = self._rows(f"SELECT ?s ?p ?o {{ {_inside(graph, '?s ?p ?o')} }}", graph)
        return [(str(s.value), str(p.value), str(o.value)) for s, p, o in rows]

    def _rows(self, sparql: str, graph: str | None, expected: int | None = None) -> list[ox.QuerySolution]:
        import pyoxigraph as ox

        answer = self.connection.send(query_request(self.endpoint, sparql), OPTION, graph or "default")
        if most := answer.headers.get("X-SPARQL-MaxRows"):
            raise UsageError(f"{shown(self.endpoint)}: cut the rows of {graph} at {most} — raise the server's limit")
        try:
            results = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
            rows = list(results) if isinstance(results, ox.QuerySolutions) else []
        except (ValueError, SyntaxError) as error:
            raise self._no_results(str(error)) from None
        if expected is not None and len(rows) != expected:
            raise self._no_results(f"{len(rows)} rows for {expected}")
        return rows

    def _no_results(self, what: str) -> UsageError:
        return UsageError(f"{shown(self.endpoint)}: answers with no results of SPARQL ({what}) — check {OPTION}")


def _inside(graph: str | None, pattern: str) -> str:
    return pattern if graph is None else f"GRAPH <{graph}> {{ {pattern} }}"
