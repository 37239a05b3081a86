"""Clients as people have them, unmodified, on the endpoint: SPARQLWrapper, rdflib's store, curl and Comunica."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.protocol.description import ServiceDescription
from msqgraph.server.protocol.endpoint import SparqlEndpoint
from tests.conftest import ROOT
from tests.fake_engine import FakeEngine
from tests.protocol_server import serving
from tests.system import require

COUNTRY = f"{DEFAULT_BASE}id/country/PRY"
FACTS = f"{DEFAULT_BASE}graph/facts/2020/PRY"
NPM = ROOT / "tests" / "npm"
LABELS = f"SELECT ?label {{ <{COUNTRY}> <{SKOS.prefLabel}> ?label }} ORDER BY lang(?label)"
TRIPLES = f"CONSTRUCT {{ <{COUNTRY}> <{SKOS.prefLabel}> ?label }} {{ <{COUNTRY}> <{SKOS.prefLabel}> ?label }}"
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


@pytest.fixture(scope="module")
def merge(dataset: Path) -> Graph:
    """What the endpoint answers from, read by rdflib from the dataset's own file."""
    return Graph().parse(dataset / "dataset.ttl")


@pytest.fixture(scope="module")
def labels(merge: Graph) -> set[tuple[str, str]]:
    """The names of a country, with their languages."""
    found = {(str(label), label.language or "") for label in merge.objects(URIRef(COUNTRY), SKOS.prefLabel)}  # type: ignore[attr-defined]
    assert len(found) >= 6
    return found


@pytest.fixture(scope="module")
def url(dataset: Path) -> Iterator[str]:
    """The address of an endpoint on the sample."""
    engine = FakeEngine.of_dataset(dataset)
    with serving(SparqlEndpoint(engine, ServiceDescription(engine, DEFAULT_BASE, "Sample"))) as address:
        yield f"{address}/sparql"


def wrapper(url: str, way: tuple[str, str], query: str, kind: str) -> SPARQLWrapper:
    """A request of SPARQLWrapper that is ready to go."""
    made = SPARQLWrapper(url)
    made.setMethod(way[0])
    made.setRequestMethod(way[1])
    made.setQuery(query)
    made.setReturnFormat(kind)
    return made


@pytest.mark.parametrize("way", WAYS, ids=["GET", "POST", "POSTDIRECTLY"])
@pytest.mark.parametrize("kind", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(url: str, labels: set[tuple[str, str]], way: tuple[str, str], kind: str) -> None:
    """Each way to send a query, in each format of rows, converted by SPARQLWrapper itself."""
    found: Any = wrapper(url, way, LABELS, kind).queryAndConvert()
    if kind == JSON:
        assert {(row["label"]["value"], row["label"]["xml:lang"]) for row in found["results"]["bindings"]} == labels
    elif kind == XML:
        nodes = found.getElementsByTagName("literal")
        assert {(node.firstChild.data, node.getAttribute("xml:lang")) for node in nodes} == labels
    elif kind == CSV:
        rows = csv.DictReader(io.StringIO(found.decode()))
        assert {row["label"] for row in rows} == {label for label, _ in labels}
    else:
        head, *rows = found.decode().splitlines()
        assert (head, set(rows)) == ("?label", {f'"{label}"@{language}' for label, language in labels})


@pytest.mark.parametrize("way", WAYS, ids=["GET", "POST", "POSTDIRECTLY"])
@pytest.mark.parametrize("kind", [TURTLE, N3, XML, RDFXML, JSONLD])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # by SPARQLWrapper
def test_sparqlwrapper_reads_triples(url: str, labels: set[tuple[str, str]], way: tuple[str, str], kind: str) -> None:
    """The same for triples."""
    found: Any = wrapper(url, way, TRIPLES, kind).queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(found, format="turtle")
    assert {(str(label), label.language) for label in graph.objects()} == labels  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", WAYS, ids=["GET", "POST", "POSTDIRECTLY"])
def test_sparqlwrapper_asks_and_names_graphs(url: str, way: tuple[str, str]) -> None:
    """ASK, a graph that the request names, and an error that SPARQLWrapper knows as one."""
    made = wrapper(url, way, f"ASK {{ <{COUNTRY}> ?p ?o }}", JSON)
    assert made.queryAndConvert() == {"head": {}, "boolean": True}
    made.addDefaultGraph(f"{DEFAULT_BASE}graph/none")
    assert made.queryAndConvert() == {"head": {}, "boolean": False}
    with pytest.raises(QueryBadFormed, match="The query has an error"):
        wrapper(url, way, "SELECT * {", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_rdflib_store_reads(url: str, merge: Graph, method: str, kind: str) -> None:
    """A graph of rdflib over the endpoint: its size, patterns, queries and membership are those of the file.

    rdflib has no way to tell IRIs from text in CSV, nor does it read typed numbers in its own TSV parser.
    """
    graph = Graph(SPARQLStore(url, method=method, returnFormat=kind))
    country = URIRef(COUNTRY)
    rows = graph.query(f"SELECT ?p ?o {{ <{COUNTRY}> ?p ?o }}")
    assert len(rows) == len(set(merge.predicate_objects(country)))
    if kind not in ("json", "xml"):
        return
    assert len(graph) == len(merge)
    assert set(graph.triples((country, None, None))) == set(merge.triples((country, None, None)))
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == set(merge.subjects(RDF.type, SKOS.ConceptScheme))
    assert (country, SKOS.prefLabel, Literal("Paraguay", lang="en")) in graph
    if kind == "xml":  # with JSON, rdflib accepts no format of triples
        built = graph.query(f"DESCRIBE <{COUNTRY}>").graph
        assert built is not None
        assert set(built.predicate_objects(country)) == set(merge.predicate_objects(country))


@pytest.fixture(scope="module")
def expected(dataset: Path) -> Dataset:
    """The named graphs of the dataset, read by rdflib from their file."""
    graphs = Dataset()
    graphs.parse(dataset / "dataset.nq", format="nquads")
    return graphs


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_store_reads_a_graph(url: str, expected: Dataset, method: str) -> None:
    """A named graph by its name, as ``default-graph-uri`` of the protocol; and the names of all graphs."""
    store = SPARQLStore(url, method=method, returnFormat="json")
    facts = Graph(store, URIRef(FACTS))
    assert len(facts) == len(expected.graph(URIRef(FACTS))) > 0
    assert set(facts.subjects()) == set(expected.graph(URIRef(FACTS)).subjects())
    found: Any = Graph(store).query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    names = {str(row.g) for row in found}
    assert names == {str(graph.identifier) for graph in expected.graphs() if len(graph)}


def curl(*arguments: str) -> tuple[int, str, str]:
    """The status, the content type and the body that curl gets."""
    told = "\n%{http_code} %{content_type}"
    command = [require("curl", "curl"), "--silent", "--show-error", "--max-time", "20", "--write-out", told, *arguments]
    body, _, last = subprocess.run(command, check=True, capture_output=True, text=True).stdout.rpartition("\n")
    status, _, content_type = last.partition(" ")
    return int(status), content_type, body


def test_curl(url: str, labels: set[tuple[str, str]]) -> None:
    """By GET, by a form, by a body of its own, and for the head alone."""
    wanted = "Accept: text/csv"
    names = {"label", *(label for label, _ in labels)}
    for arguments in (
        ["--get", "--data-urlencode", f"query={LABELS}", "--header", wanted, url],
        ["--data-urlencode", f"query={LABELS}", "--header", wanted, url],
        ["--data-binary", LABELS, "--header", "Content-Type: application/sparql-query", "--header", wanted, url],
        ["--get", "--data-urlencode", f"query={LABELS}", "--data", "format=csv", url],
    ):
        status, content_type, body = curl(*arguments)
        assert (status, content_type, set(body.splitlines())) == (200, "text/csv; charset=utf-8; header=present", names)
    status, content_type, body = curl("--head", f"{url}?query=ASK%7B%7D")
    assert (status, content_type) == (200, "application/sparql-results+json")
    assert "access-control-allow-origin: *" in body
    assert curl("--data", "update=DROP ALL", url)[0] == 400
    assert curl("--location", "--header", "Accept: text/turtle", url)[1] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize("kind", ["sparql", "auto"])
def test_comunica(url: str, labels: set[tuple[str, str]], merge: Graph, kind: str) -> None:
    """Comunica reads rows, triples and truth; told nothing, it learns from the description that this is an endpoint."""
    node = require("node", "nodejs")
    if not (NPM / "node_modules").is_dir():
        reason = "Comunica is not installed: `make system` installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    questions = (LABELS, TRIPLES, f"ASK {{ <{COUNTRY}> ?p ?o }}", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    command = [node, "ask.mjs", url, kind, *questions]
    done = subprocess.run(command, cwd=NPM, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    rows, triples, is_there, counts = json.loads(done.stdout)
    assert {(row["label"][1], row["label"][2]) for row in rows} == labels
    assert {(triple[2][1], triple[2][2]) for triple in triples} == labels
    assert is_there is True
    assert [int(row["n"][1]) for row in counts] == [len(merge)]
