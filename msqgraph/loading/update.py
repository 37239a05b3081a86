"""Writing through SPARQL 1.1 Update."""

from __future__ import annotations

from dataclasses import dataclass

from msqgraph.loading.connection import Connection
from msqgraph.loading.sparql_requests import update_request


@dataclass(frozen=True)
class Updates:
    """A store that takes updates; a graph without a name is its default graph."""

    connection: Connection
    address: str
    option = "--update"
    piece_lines = 5_000

    def replace(self, graph: str | None, triples: bytes) -> None:
        """Puts triples (N-Triples) in the place of a graph, in one request.

        :raises Refused: if the server does not.
        """
        self._send(graph, f"{_clear(graph)} ;\n{_insert(graph, triples)}")

    def add(self, graph: str | None, triples: bytes) -> None:
        """Adds triples (N-Triples) to a graph.

        :raises Refused: if the server does not.
        """
        self._send(graph, _insert(graph, triples))

    def remove(self, graph: str | None) -> None:
        """Removes a graph; it is no error if there is none.

        :raises Refused: if the server does not.
        """
        self._send(graph, _clear(graph))

    def _send(self, graph: str | None, sparql: str) -> None:
        self.connection.send(update_request(self.address, sparql), self.option, graph or "default")


def _clear(graph: str | None) -> str:
    """
    >>> _clear(None), _clear("http://example.org/g")
    ('CLEAR SILENT DEFAULT', 'DROP SILENT GRAPH <http://example.org/g>')
    """
    return "CLEAR SILENT DEFAULT" if graph is None else f"DROP SILENT GRAPH <{graph}>"


def _insert(graph: str | None, triples: bytes) -> str:
    """
    >>> _insert("http://example.org/g", b"<a:s> <a:p> <a:o> .\\n")
    'INSERT DATA { GRAPH <http://example.org/g> {\\n<a:s> <a:p> <a:o> .\\n} }'
    """
    text = triples.decode()
    return f"INSERT DATA {{\n{text}}}" if graph is None else f"INSERT DATA {{ GRAPH <{graph}> {{\n{text}}} }}"
