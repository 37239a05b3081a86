"""What others publish about the same countries → one reference graph per source, beside the governments' answers.

An importer reads a table, takes what it knows, names by row what it cannot take, and writes nothing itself. Country
names are looked up, never guessed. Its graph has no blank node and is the same for the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msqgraph.imports.rows import RowProblem

if TYPE_CHECKING:
    import pyoxigraph as ox

__all__ = ["Imported", "RowProblem"]


@dataclass(slots=True)
class Imported:
    """The triples of a source's graph (``graph/reference/<name>``), what could not be taken, and how many rows were."""

    name: str
    triples: list[ox.Triple]
    problems: list[RowProblem] = field(default_factory=list)
    rows_read: int = 0
    rows_imported: int = 0

    @property
    def graph(self) -> str:
        """The path of the source's graph.

        >>> Imported("egdi", []).graph
        'graph/reference/egdi'
        """
        return f"graph/reference/{self.name}"

    def nquads(self, base: str) -> bytes:
        """The graph as sorted N-Quads.

        :param base: the base that it was imported under.
        """
        from msqgraph import iris
        from msqgraph.exports.rdf import nquads
        from msqgraph.terms import in_graph

        graph = iris.absolute(self.graph, base)
        return nquads(in_graph(triple, graph) for triple in self.triples)
