"""The marker: a small graph in the store that says of each graph which content was begun and which was verified there.

It is what makes a load resumable, and what tells graphs of ours from those of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PATH = "graph/loads"
DEFAULT_GRAPH_PATH = "graph/default"
_CLASS, _LOADING, _LOADED = "ontology#LoadedGraph", "ontology#loadingDigest", "ontology#loadedDigest"
_COUNTED = "ontology#loadedTriples"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True)
class Record:
    """A graph that a load brought or began to bring.

    ``loading`` is the SHA-256 of the N-Triples of which the graph holds the beginning and nothing else; ``loaded`` that
    of those which are there completely, and ``counted`` the number that the server counted then. With neither digest,
    the graph is ours and may hold anything.
    """

    loading: str | None = None
    loaded: str | None = None
    counted: int | None = None


@dataclass(frozen=True)
class Marker:
    """The marker of the datasets with one base."""

    base: str

    @property
    def graph(self) -> str:
        """The IRI of the marker's own graph."""
        return self.base + PATH

    def name(self, graph: str | None) -> str:
        """The IRI by which the marker speaks of a graph: its own, or one for the default graph.

        >>> Marker("http://example.org/").name(None)
        'http://example.org/graph/default'
        """
        return self.base + DEFAULT_GRAPH_PATH if graph is None else graph

    def graph_of(self, name: str) -> str | None:
        """The graph of which the marker speaks by a name."""
        return None if name == self.base + DEFAULT_GRAPH_PATH else name

    def lines(self, records: Mapping[str, Record]) -> list[bytes]:
        """The records as sorted N-Triples.

        >>> Marker("http://example.org/").lines({"http://example.org/g": Record(loaded="ab")})
        ... # doctest: +NORMALIZE_WHITESPACE
        [b'<http://example.org/g> <http://example.org/ontology#loadedDigest> "ab" .\\n',
         b'<http://example.org/g> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>
         <http://example.org/ontology#LoadedGraph> .\\n']
        """
        lines = [f"<{name}> <{_TYPE}> <{self.base}{_CLASS}> .\n" for name in records]
        lines += [
            f'<{name}> <{self.base}{predicate}> "{digest}" .\n'
            for name, record in records.items()
            for predicate, digest in ((_LOADING, record.loading), (_LOADED, record.loaded))
            if digest
        ]
        lines += [
            f'<{name}> <{self.base}{_COUNTED}> "{record.counted}"^^<{_INTEGER}> .\n'
            for name, record in records.items()
            if record.counted is not None
        ]
        return [line.encode() for line in sorted(lines)]

    def records(self, triples: Iterable[tuple[str, str, str]]) -> dict[str, Record]:
        """The records of the triples in the marker's graph.

        A graph with two values in one place (two loads at once) is known, but neither value counts.
        """
        digests: dict[tuple[str, str], set[str]] = {}
        triples = list(triples)
        for name, predicate, digest in triples:
            digests.setdefault((name, predicate.removeprefix(self.base)), set()).add(digest)

        def only(name: str, predicate: str) -> str | None:
            found = digests.get((name, predicate), set())
            return next(iter(found)) if len(found) == 1 else None

        def number(name: str) -> int | None:
            text = only(name, _COUNTED)
            return int(text) if text and text.isascii() and text.isdigit() else None

        return {name: Record(only(name, _LOADING), only(name, _LOADED), number(name)) for name, _, _ in triples}
