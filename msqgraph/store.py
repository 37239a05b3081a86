"""The one seam to a store: embedded Oxigraph, or any SPARQL 1.1 endpoint through SPARQLWrapper.

Both answer a query with pyoxigraph's result objects, so nothing behind this seam knows which one it talks to.
"""

from __future__ import annotations

import gc
import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from msqgraph.assets import DEFAULT_BASE
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError
from msqgraph.namespaces import prefixes
from msqgraph.syntax_errors import in_words

if TYPE_CHECKING:
    import pyoxigraph as ox

    Results = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

_Made = TypeVar("_Made")
_ONE_AT_A_TIME = Lock()
_CHUNK_BYTES = 1 << 16
_HEADER = re.compile(r"\A(?:\s*#[^\r\n]*[\r\n]+)+")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|\\)")  # of a character, or of a backslash itself
_XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


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
        refuse_service(sparql)
        try:
            return self._store.query(sparql)
        except SyntaxError as error:
            raise UsageError(f"the query has an error: {in_words(str(error), sparql, prefixes())}") from None
        except (OSError, ValueError, RuntimeError) as error:
            raise UsageError(f"the query cannot be answered: {error}") from None


def _without_header(sparql: str) -> str:
    """The query without the comment lines that it begins with; a comment ends at either kind of line end."""
    return _HEADER.sub("", sparql)


def refuse_service(sparql: str) -> None:
    """Refuses a query that would ask another server: Oxigraph obeys SERVICE, and whoever runs it would be a proxy.

    The word alone may stand in a comment or a text, therefore the query is parsed.

    :raises UsageError: if the query has a SERVICE, or says the word and cannot be parsed.

    >>> refuse_service("SELECT * { ?s ?p 'at your service' }")
    """
    if "service" not in _ESCAPE.sub(_unescaped, sparql).lower():
        return
    # to rdflib, a comment goes on behind a carriage return, which ends it in SPARQL: the rest would not be seen
    sparql = _without_header(sparql).replace("\r", "\n")
    # to rdflib, and by the letter of SPARQL, the escape of a quotation mark ends a text, and that of a line end a
    # comment; to Oxigraph it does not: what stands behind is seen in both ways
    for reading in dict.fromkeys((sparql, _ESCAPE.sub("x", sparql))):
        names, problem = apart(partial(_nodes_in, reading))
        if names is None:
            raise UsageError(f"the query says SERVICE and cannot be checked ({problem}): leave it out")
        if "ServiceGraphPattern" in names:
            raise UsageError("SERVICE is refused: a query asks the dataset, no other server")


def apart(parse: Callable[[], _Made]) -> tuple[_Made | None, str]:
    """What rdflib's parser makes, or else what is wrong in words; in a thread of its own.

    The parser leaves exceptions in cycles, with the frames of whoever called it, until a collector comes. What those
    frames hold, results of pyoxigraph above all, may be dropped by no other thread than theirs. In a thread of its own
    nobody calls the parser, and no exception of it comes out. Nor does that thread collect what others left behind: it
    makes so many objects that the collector would come.

    >>> apart(lambda: [1]), apart(lambda: [1][2])
    (([1], ''), (None, 'list index out of range'))
    """
    made: list[_Made] = []
    problems: list[str] = []

    def work() -> None:
        try:
            made.append(parse())
        except Exception as error:  # noqa: BLE001 - pyparsing's errors and rdflib's own
            problems.append(str(error) or type(error).__name__)

    thread = Thread(target=work, daemon=True)
    with _ONE_AT_A_TIME:  # else the first that is done would let the collector come while others parse
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            thread.start()
            thread.join()
        except RuntimeError as error:  # no memory for its stack
            problems.append(str(error))
        finally:
            if was_enabled:
                gc.enable()
    return (made[0] if made else None), "".join(problems)


def _unescaped(escape: re.Match[str]) -> str:
    """The character that an escape stands for, or the escape where there is no such character."""
    code = int(escape[1] or escape[2] or "0", 16)
    return chr(code) if 0 < code <= sys.maxunicode else escape[0]


def _nodes_in(sparql: str) -> set[str]:
    """The names of all nodes of a query's parse tree.

    :raises Exception: if it cannot be parsed: pyparsing's errors and rdflib's own.
    """
    from rdflib.plugins.sparql.parser import parseQuery

    return _node_names(parseQuery(sparql))


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

    def __init__(self, endpoint: str, timeout_s: float = 60.0, default_graph: str | None = None) -> None:
        """An endpoint; nothing is asked of it yet.

        :param default_graph: the IRI of the graph that holds the merge on an engine without a default graph of its own,
            such as Virtuoso, where ``GRAPH`` still sees the others. An engine that follows the protocol to the letter
            shows ``GRAPH`` nothing then: load the merge into its default graph and leave this out.
        """
        self.endpoint, self.timeout_s, self.default_graph = endpoint, timeout_s, default_graph

    def query(self, sparql: str) -> Results:
        """The answer to a query.

        :raises UsageError: if the endpoint cannot be reached, refuses the query, takes longer than ``timeout_s``,
            answers with something else than results, or says that it cut them.
        """
        import pyoxigraph as ox
        from SPARQLWrapper import ASK, JSON, POST, SELECT, SPARQLWrapper
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        wrapper = SPARQLWrapper(self.endpoint)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(
            True
        )  # Virtuoso refuses an Accept header beside SPARQLWrapper's own parameters for formats
        wrapper.setTimeout(max(1, int(self.timeout_s)))
        wrapper.setQuery(_without_header(sparql))  # it guesses the kind of query by words in comments, too
        if self.default_graph:
            wrapper.addDefaultGraph(self.default_graph)
        is_tabular = wrapper.queryType in (SELECT, ASK)
        if is_tabular:
            wrapper.setReturnFormat(JSON)
        else:
            wrapper.addCustomHttpHeader("Accept", "application/n-triples")
        started = monotonic()
        try:
            response = wrapper.query().response
            body = self._read(response, started)
        except (OSError, SPARQLWrapperException) as error:
            raise UsageError(f"{self.endpoint}: {error} — check the address and whether the server runs") from None
        if most := response.headers.get("X-SPARQL-MaxRows"):
            raise UsageError(f"{self.endpoint}: cut the rows at {most} — ask for fewer, or raise the server's limit")
        copy = ox.Store()
        try:
            if is_tabular:
                return ox.parse_query_results(_in_words(body), format=ox.QueryResultsFormat.JSON)
            copy.bulk_extend(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        except (ValueError, SyntaxError) as error:
            raise UsageError(f"{self.endpoint}: answers with no results of SPARQL: {error}") from None
        return copy.query("CONSTRUCT WHERE { ?s ?p ?o }")

    def _read(self, response: Any, started: float) -> bytes:
        """The body; SPARQLWrapper's own timeout covers only the waiting for each piece of it."""
        pieces = []
        while piece := response.read(_CHUNK_BYTES):
            pieces.append(piece)
            if monotonic() - started > self.timeout_s:
                raise TimeoutError(f"no complete answer within {self.timeout_s:g} s")
        return b"".join(pieces)


def _in_words(results: bytes) -> bytes:
    """JSON results with true and false where an engine writes 1 and 0, which mean the same in ``xsd:boolean``.

    :raises ValueError: if they are no JSON, as when a server gave up in the middle of its answer.

    >>> before = b'{"results": {"bindings": [{"x": {"datatype": "%s", "value": "1"}}]}}' % _XSD_BOOLEAN.encode()
    >>> _in_words(before) == before.replace(b'"1"', b'"true"')
    True
    """
    answer = json.loads(results)
    try:
        terms = [term for row in answer.get("results", {}).get("bindings", ()) for term in row.values()]
        booleans = [term for term in terms if term.get("datatype") == _XSD_BOOLEAN and term["value"] in ("0", "1")]
    except (AttributeError, KeyError, TypeError):
        raise ValueError("JSON, but not that of SPARQL results") from None
    for term in booleans:
        term["value"] = "true" if term["value"] == "1" else "false"
    return json.dumps(answer).encode() if booleans else results


def open_store(data: str, default_graph: str | None = None) -> tuple[Store, str]:
    """The store of a dataset folder, or the endpoint at an address; and the base IRI of what it holds.

    :param default_graph: the graph that holds the merge on an endpoint without a default graph of its own.
    :raises UsageError: if there is no dataset in the folder, or a folder is given a default graph.
    """
    if data.startswith(("http://", "https://")):
        return RemoteStore(data, default_graph=default_graph), DEFAULT_BASE
    if default_graph:
        raise UsageError(f"{data}: a folder has its default graph already — leave --default-graph to endpoints")
    base = base_of(data)
    return EmbeddedStore(Path(data) / "store"), base
