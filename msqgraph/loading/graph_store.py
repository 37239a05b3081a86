"""Writing through the SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation of 2013-03-21)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote
from urllib.request import Request

from msqgraph.loading.connection import Connection, Refused


@dataclass(frozen=True)
class GraphStore:
    """A graph store; a graph without a name is its default graph."""

    connection: Connection
    address: str
    option = "--graph-store"
    piece_lines = 20_000

    def replace(self, graph: str | None, triples: bytes) -> None:
        """Puts triples (N-Triples) in the place of a graph.

        :raises Refused: if the server does not.
        """
        self._send("PUT", graph, triples)

    def add(self, graph: str | None, triples: bytes) -> None:
        """Adds triples (N-Triples) to a graph.

        :raises Refused: if the server does not.
        """
        self._send("POST", graph, triples)

    def remove(self, graph: str | None) -> None:
        """Removes a graph; it is no error if there is none.

        :raises Refused: if the server does not.
        """
        try:
            self._send("DELETE", graph)
        except Refused as refused:
            if refused.status != 404:
                raise

    def _send(self, method: str, graph: str | None, triples: bytes | None = None) -> None:
        joint = "&" if "?" in self.address else "?"
        which = f"graph={quote(graph, safe='')}" if graph is not None else "default"
        # Every store reads Turtle, of which N-Triples is a part.
        headers = {"Content-Type": "text/turtle; charset=utf-8"} if triples is not None else {}
        # checked_address() has seen that it is http
        request = Request(f"{self.address}{joint}{which}", triples, headers, method=method)  # noqa: S310
        self.connection.send(request, self.option, graph or "default")
