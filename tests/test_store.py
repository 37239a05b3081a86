"""The seam to a store: the embedded one and a SPARQL endpoint answer alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from msqgraph import EmbeddedStore, RemoteStore, load_query, run
from msqgraph.errors import UsageError
from msqgraph.store import open_store


@pytest.fixture
def endpoint(store: EmbeddedStore) -> Iterator[str]:
    """A SPARQL endpoint on loopback, as small as the protocol allows, in front of the sample's store."""
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = parse_qs(body)["query"][0]
            if "slow" in query:
                closing.wait()
                return
            result = store.query(query)
            if isinstance(result, ox.QueryTriples):
                data, kind = result.serialize(format=ox.RdfFormat.N_TRIPLES), "application/n-triples"
            else:
                data, kind = result.serialize(format=ox.QueryResultsFormat.JSON), "application/sparql-results+json"
            data = (data or b"")[: -1 if "broken" in query else None]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    closing.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_endpoint_answers_as_the_embedded_store(endpoint: str, store: EmbeddedStore) -> None:
    """The same rows through SPARQLWrapper."""
    remote, query = RemoteStore(endpoint), load_query("which-agency-is-responsible-for-what")
    here, there = run(store, query), run(remote, query)
    assert isinstance(here, ox.QuerySolutions)
    assert isinstance(there, ox.QuerySolutions)
    rows = [[str(row[v]) for v in ("area", "agency", "website")] for row in here]
    assert [[str(row[v]) for v in ("area", "agency", "website")] for row in there] == rows
    assert len(rows) == 14


def test_graphs_and_booleans_come_through(endpoint: str) -> None:
    """CONSTRUCT and ASK."""
    remote = RemoteStore(endpoint)
    triples = remote.query("CONSTRUCT WHERE { ?s a <https://w3id.org/msqgraph/ontology#Portal> }")
    assert isinstance(triples, ox.QueryTriples)
    assert len(list(triples)) == 14
    assert bool(remote.query("ASK { ?s ?p ?o }"))


def test_an_endpoint_that_is_not_there_or_slow_is_a_usage_error(endpoint: str) -> None:
    """With its address, and within the time limit."""
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:9"):
        RemoteStore("http://127.0.0.1:9/sparql").query("ASK { ?s ?p ?o }")
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:"):  # one that never answers
        RemoteStore(endpoint, timeout_s=1).query("ASK { ?slow ?p ?o }")


def test_an_answer_that_breaks_off_is_a_usage_error(endpoint: str) -> None:
    """Oxigraph's server breaks off with status 200 when its time is up."""
    with pytest.raises(UsageError, match=r"127\.0\.0\.1:.* no results of SPARQL"):
        RemoteStore(endpoint).query("SELECT ?broken { ?broken ?p ?o } LIMIT 2")


def test_only_an_endpoint_is_given_a_default_graph(dataset: Path) -> None:
    """A folder has its own."""
    with pytest.raises(UsageError, match="--default-graph"):
        open_store(str(dataset), default_graph="https://w3id.org/msqgraph/graph/merge")


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    """Says how to build one."""
    with pytest.raises(UsageError, match="msqgraph build"):
        EmbeddedStore(tmp_path / "store")


def test_the_default_graph_is_the_merge(store: EmbeddedStore, dataset: Path) -> None:
    """Each triple of the named graphs once, and dataset.ttl is the same."""
    counted = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(counted, ox.QuerySolutions)
    merged = next(iter(counted))["n"].value
    quads = ox.parse(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS)
    assert int(merged) == len({quad.triple for quad in quads})
    assert int(merged) == len(set(ox.parse(path=str(dataset / "dataset.ttl"), format=ox.RdfFormat.TURTLE)))


def test_words_in_a_header_are_no_query(endpoint: str, store: EmbeddedStore) -> None:
    """SPARQLWrapper takes "add" in a comment for an update; and a header about a service asks no service."""
    text = "#+ summary: An address?\n#+ description: find it, add it; a service; insert\nASK { ?s ?p ?o }"
    assert bool(RemoteStore(endpoint).query(text))
    assert bool(store.query(text))


def test_a_comment_hides_no_service(store: EmbeddedStore) -> None:
    """A comment ends at a carriage return: what stands behind it is the query."""
    for end in ("\n", "\r", "\r\n"):
        with pytest.raises(UsageError, match="SERVICE"):
            store.query(f"# harmless{end}ASK {{ SERVICE <http://127.0.0.1:9/> {{ ?s ?p ?o }} }}")


def test_an_escape_hides_no_service(store: EmbeddedStore) -> None:
    """What an escape ends to one parser and not to another hides nothing: a text before a comment, a line of one."""
    service = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"
    for query in (
        f'SELECT * {{ VALUES ?x {{ "\\u0022 # " }} {service} {{\n}} }}',
        f"SELECT * {{ # \\u000A {service}\n}}",
        "SELECT * { # \\u000A " + service.replace("I", "\\U00000049") + "\n}",
    ):
        with pytest.raises(UsageError, match="SERVICE"):
            store.query(query)
    assert store.query("ASK { VALUES ?x { 'a\\u0020service' } }")
