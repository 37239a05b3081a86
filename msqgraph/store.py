"""The one seam to a store: embedded Oxigraph, or any SPARQL 1.1 endpoint through SPARQLWrapper.

Both answer a query with pyoxigraph's result objects, so nothing behind this seam knows which one it talks to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from msqgraph.assets import DEFAULT_BASE
from msqgraph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

_CHUNK_BYTES = 1 << 16


class Store(Protocol):
    """Something that answers SPARQL queries on a dataset."""

    def query(self, sparql: str) -> Results:
        """The answer to a query; plain patterns see the merge, ``GRAPH`` the named graphs."""
        ...


class EmbeddedStore:
    """A dataset that ``msqgraph build`` wrote, or one in memory."""

    def __init__(self, path: Path | str | None = None) -> None:
        """Opens the store in a folder for reading; without a folder, an empty one in memory.

        :raises UsageError: if there is no store.
        """
        import pyoxigraph as ox

        if path is None:
            self._store = ox.Store()
            return
        if not (Path(path) / "CURRENT").is_file():
            raise UsageError(f"{path}: no store — build one with `msqgraph build responses -o {Path(path).parent}`")
        try:
            self._store = ox.Store.read_only(str(path))
        except OSError as error:
            raise UsageError(f"{path}: {error} — build the dataset anew") from None

    @classmethod
    def write(cls, path: Path, named_graphs: Path, merge: Iterable[ox.Triple]) -> None:
        """Writes a new store into a folder: the named graphs from an N-Quads file, the merge as the default graph.

        Loading serialised RDF is twice as fast as handing over quads one by one.
        """
        import pyoxigraph as ox

        store = ox.Store(str(path))
        store.bulk_load(path=str(named_graphs), format=ox.RdfFormat.N_QUADS)
        store.bulk_load(input=ox.serialize(merge, format=ox.RdfFormat.N_TRIPLES), format=ox.RdfFormat.N_TRIPLES)
        store.flush()

    def load(self, quads: Iterable[ox.Quad]) -> EmbeddedStore:
        """Adds quads to a store in memory.

        >>> len(list(EmbeddedStore().load([]).query("SELECT * { ?s ?p ?o }")))
        0
        """
        self._store.bulk_extend(quads)
        return self

    def query(self, sparql: str) -> Results:
        """The answer to a query.

        :raises UsageError: if the query has an error of syntax, or asks another server.

        >>> bool(EmbeddedStore().query("ASK { ?s ?p ?o }"))
        False
        """
        _refuse_service(sparql)
        try:
            return self._store.query(sparql)
        except SyntaxError as error:
            raise UsageError(f"the query has an error: {error}") from None
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(f"the query cannot be answered: {error}") from None


def _refuse_service(sparql: str) -> None:
    """Refuses a query that would ask another server: Oxigraph obeys SERVICE, and whoever runs it would be a proxy.

    The word alone may stand in a comment or a text, therefore the query is parsed.
    """
    if "service" not in sparql.lower():
        return
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(sparql)
    except Exception as error:  # noqa: BLE001 - pyparsing's errors and rdflib's own
        raise UsageError(f"the query says SERVICE and cannot be checked ({error}): leave it out") from None
    if "ServiceGraphPattern" in _node_names(parsed):
        raise UsageError("SERVICE is refused: a query asks the dataset, no other server")


def _node_names(parsed: Any) -> set[str]:
    """The names of all nodes of rdflib's parse tree, whose inner nodes are dictionaries or lists."""
    found, waiting = set(), [parsed]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str) or not hasattr(node, "__iter__"):
            continue
        if isinstance(node, dict):
            found.add(getattr(node, "name", ""))
        waiting.extend(node.values() if isinstance(node, dict) else node)
    return found


class RemoteStore:
    """A SPARQL 1.1 endpoint whose default graph is the merge, as in a dataset of ours that was loaded into it."""

    def __init__(self, endpoint: str, timeout_s: float = 60.0) -> None:
        self.endpoint, self.timeout_s = endpoint, timeout_s

    def query(self, sparql: str) -> Results:
        """The answer to a query.

        :raises UsageError: if the endpoint cannot be reached, refuses the query, or takes longer than ``timeout_s``.
        """
        import pyoxigraph as ox
        from SPARQLWrapper import ASK, JSON, POST, SELECT, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(self.endpoint)
        wrapper.setMethod(POST)
        wrapper.setTimeout(max(1, int(self.timeout_s)))
        wrapper.setQuery(sparql)
        is_tabular = wrapper.queryType in (SELECT, ASK)
        if is_tabular:
            wrapper.setReturnFormat(JSON)
        else:
            wrapper.addCustomHttpHeader("Accept", "application/n-triples")
        started = monotonic()
        try:
            body = self._read(wrapper.query().response, started)
        except (OSError, SPARQLWrapperException) as error:
            raise UsageError(f"{self.endpoint}: {error} — check the address and whether the server runs") from None
        if is_tabular:
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        quads = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        copy = ox.Store()
        copy.bulk_extend(quads)
        return copy.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def _read(self, response: Any, started: float) -> bytes:
        """The body; SPARQLWrapper's own timeout covers only the waiting for each piece of it."""
        pieces = []
        while piece := response.read(_CHUNK_BYTES):
            pieces.append(piece)
            if monotonic() - started > self.timeout_s:
                raise TimeoutError(f"no complete answer within {self.timeout_s:g} s")
        return b"".join(pieces)


def open_store(data: str) -> tuple[Store, str]:
    """The store of a dataset folder, or the endpoint at an address; and the base IRI of what it holds.

    :raises UsageError: if there is no dataset in the folder.
    """
    if data.startswith(("http://", "https://")):
        return RemoteStore(data), DEFAULT_BASE
    report = Path(data) / "report.json"
    if not report.is_file():
        raise UsageError(f"{data}: no dataset — build one with `msqgraph build responses -o {data}`")
    return EmbeddedStore(Path(data) / "store"), json.loads(report.read_text(encoding="utf-8"))["base"]
