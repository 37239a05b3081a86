"""The SPARQL 1.1 Protocol over real connections: the W3C's own tests, formats, errors, and answers that break."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from msqgraph.errors import UsageError
from msqgraph.server.engine.asked import Answer, Asked, QueryRefused
from msqgraph.server.engine.embedded_engine import EmbeddedEngine
from msqgraph.server.protocol.client_key import ClientKeys
from msqgraph.server.protocol.description import ServiceDescription
from msqgraph.server.protocol.endpoint import SparqlEndpoint
from msqgraph.server.protocol.result_formats import ROWS, TRIPLES
from tests.fake_engine import FakeEngine
from tests.protocol_server import WAIT_S, Response, exchange, request, serving

BASE = "https://example.org/base/"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
DOCUMENT = "<{0}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document> <{0}> .\n"
NQUADS = "".join(DOCUMENT.format(DATA.format(number)) for number in (1, 2, 3))
RDF_TYPES = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
TABLE_TYPES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")


class Case(NamedTuple):
    """A test of the W3C: its request, with ``data`` as the parameters of its address, and what is expected."""

    name: str
    expected: str  # true, table, boolean, RDF, or 4xx
    method: str = "GET"
    parameters: tuple[tuple[str, str], ...] = ()
    content_type: str | None = None
    body: bytes | None = None


def graphs(kind: str, *numbers: int) -> tuple[tuple[str, str], ...]:
    """Parameters that name graphs of the tests' data."""
    return tuple((f"{kind}-uri", DATA.format(number)) for number in numbers)


def direct(name: str, expected: str, query: str, parameters: tuple[tuple[str, str], ...] = ()) -> Case:
    """A query that is posted as it is."""
    return Case(name, expected, "POST", parameters, DIRECT, query.encode())


def update(name: str, text: str, parameters: tuple[tuple[str, str], ...] = ()) -> Case:
    """An update, which is refused here whatever the test expects of an endpoint that takes updates."""
    return Case(name, "4xx", "POST", parameters, UPDATE, text.encode())


TYPED = "<" + DATA + "> a ?type"
ONE, TWO, THREE = (TYPED.format(number) for number in (1, 2, 3))
IN_GRAPHS = f"GRAPH ?g1 {{ {ONE} }} GRAPH ?g2 {{ {TWO} }}"
NO_DATA = graphs("default-graph", 0)
# https://github.com/w3c/rdf-tests, sparql/sparql11/protocol/manifest.ttl, in its order
W3C = [
    Case("query_post_form", "true", "POST", NO_DATA, FORM, b"query=ASK%20%7B%7D"),
    Case(
        "query_dataset_default_graphs_get",
        "true",
        parameters=(("query", f"ASK {{ {ONE} . {TWO} . }}"), *graphs("default-graph", 1, 2)),
    ),
    direct("query_dataset_default_graphs_post", "true", f"ASK {{ {ONE} . {TWO} . }}", graphs("default-graph", 1, 2)),
    direct("query_dataset_named_graphs_post", "true", f"ASK {{ {IN_GRAPHS} }}", graphs("named-graph", 1, 2)),
    Case(
        "query_dataset_named_graphs_get",
        "true",
        parameters=(("query", f"ASK {{ {IN_GRAPHS} }}"), *graphs("named-graph", 1, 2)),
    ),
    direct(
        "query_dataset_full",
        "true",
        f"ASK {{ {THREE} {IN_GRAPHS} }}",
        (*graphs("default-graph", 3), *graphs("named-graph", 1, 2)),
    ),
    # the manifest escapes the ampersand between its two graphs, which makes one of them (rdf-tests, issue 78)
    direct(
        "query_multiple_dataset",
        "true",
        f"ASK FROM <{DATA.format(3)}> {{ {IN_GRAPHS} }}",
        graphs("named-graph", 1, 2),
    ),
    Case("query_get", "true", parameters=(("query", "ASK {}"), *NO_DATA)),
    direct("query_content_type_select", "table", "SELECT (1 AS ?value) {}", NO_DATA),
    direct("query_content_type_ask", "boolean", "ASK {}", NO_DATA),
    direct("query_content_type_describe", "RDF", "DESCRIBE <http://example.org/>", NO_DATA),
    direct("query_content_type_construct", "RDF", "CONSTRUCT { <s> <p> 1 } WHERE {}", NO_DATA),
    update("update_dataset_default_graph", "CLEAR ALL", graphs("using-graph", 1)),
    update("update_dataset_default_graphs", "DROP ALL", graphs("using-graph", 1, 2)),
    update("update_dataset_named_graphs", "DROP ALL", graphs("using-named-graph", 1, 2)),
    update("update_dataset_full", "DROP ALL", (*graphs("using-graph", 1), *graphs("using-named-graph", 2))),
    Case("update_post_form", "4xx", "POST", (), FORM, b"update=CLEAR+ALL"),
    update("update_post_direct", "CLEAR ALL"),
    update("update_base_uri", "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/s> a <test> } }"),
    direct("query_post_direct", "true", "ASK {}"),
    Case("bad_query_method", "4xx", "PUT", (("query", "ASK {}"), *NO_DATA), FORM, b""),
    Case("bad_multiple_queries", "4xx", parameters=(("query", "ASK {}"), ("query", "SELECT * {}"))),
    Case("bad_query_wrong_media_type", "4xx", "POST", (), "text/plain", b"ASK {}"),
    Case("bad_query_missing_form_type", "4xx", "POST", (), None, b"query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", "4xx", "POST", (), None, b"ASK {}"),
    Case("bad_query_non_utf8", "4xx", "POST", (), f"{DIRECT}; charset=UTF-16", "ASK {}".encode("utf-16")),
    Case("bad_query_syntax", "4xx", parameters=(("query", "ASK {"),)),
    Case("bad_update_get", "4xx", parameters=(("update", "CLEAR ALL"),)),
    Case("bad_multiple_updates", "4xx", "POST", (), FORM, b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"),
    Case("bad_update_wrong_media_type", "4xx", "POST", (), "text/plain", b"CLEAR NAMED"),
    Case("bad_update_missing_form_type", "4xx", "POST", (), None, b"update=CLEAR%20NAMED"),
    Case("bad_update_non_utf8", "4xx", "POST", (), f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16")),
    Case("bad_update_syntax", "4xx", "POST", (), FORM, b"update=CLEAR%20XYZ"),
    update(
        "bad_update_dataset_conflict",
        "WITH <http://example/addresses> DELETE { ?s ?p 'Bill' } WHERE { ?s ?p 'Bill' }",
        (("using-named-graph-uri", "http://example/people"),),
    ),
]


def application(engine: object, **settings: object) -> SparqlEndpoint:
    """An endpoint over an engine."""
    description = ServiceDescription(engine, BASE, "Answers")  # type: ignore[arg-type]
    return SparqlEndpoint(engine, description, base=BASE, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    """The data of the W3C's tests in named graphs, and their merge."""
    engine = FakeEngine.of(NQUADS)
    engine.store.extend([ox.Quad(q.subject, q.predicate, q.object, ox.DefaultGraph()) for q in list(engine.store)])
    return engine


@pytest.fixture(scope="module", params=["in this process", "in processes of its own"])
def w3c_url(
    request: pytest.FixtureRequest, engine: FakeEngine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an endpoint on the same data, over each of two engines: that of tests, and the embedded one."""
    if request.param == "in this process":
        with serving(application(engine)) as url:
            yield url
        return
    folder = tmp_path_factory.mktemp("w3c") / "store"
    store = ox.Store(str(folder))
    store.bulk_extend(engine.store)
    store.flush()
    del store
    embedded = EmbeddedEngine(folder, workers=1)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await embedded.start()
        yield
        await embedded.close()

    app = Starlette(routes=[Route("/sparql/", application(embedded))], lifespan=lifespan)
    with serving(app, has_lifespan=True) as url:
        yield url


@pytest.fixture(scope="module")
def url(engine: FakeEngine) -> Iterator[str]:
    """The address of an endpoint on those."""
    with serving(application(engine, max_query_bytes=2_000_000)) as url:
        yield url


def ask(url: str, query: str, accept: str | None = None, **more: str) -> Response:
    """The answer to a query by GET."""
    headers = {} if accept is None else {"Accept": accept}
    return request(url, "GET", f"/sparql?{urlencode({'query': query, **more})}", headers)


def detail(response: Response) -> str:
    """What an error says."""
    assert response.media_type == "application/problem+json"
    told = json.loads(response.body)
    assert told["status"] == response.status
    return str(told["detail"])


def test_all_tests_of_the_w3c_are_here() -> None:
    """The manifest has 34 tests, each with a name of its own."""
    assert len(W3C) == len({case.name for case in W3C}) == 34


@pytest.mark.parametrize("case", W3C, ids=lambda case: case.name)
def test_w3c(w3c_url: str, case: Case) -> None:
    """A test of the W3C passes; of those for updates, that they are refused with a word on it."""
    headers = {"Content-Type": case.content_type} if case.content_type else {}
    target = "/sparql/?" + urlencode(case.parameters, quote_via=quote)
    found = request(w3c_url, case.method, target, headers, case.body)
    if case.expected == "4xx":
        assert 400 <= found.status < 500
        assert detail(found)
        if "update" in case.name and "type" not in case.name:
            assert "read-only" in detail(found)
        return
    assert found.status == 200, found.text
    if case.expected == "RDF":
        assert found.media_type in RDF_TYPES
    else:
        assert found.media_type in TABLE_TYPES
    if case.expected == "true":
        assert json.loads(found.body)["boolean"] is True


def test_the_dataset_of_the_request_wins(url: str) -> None:
    """Graphs that the request names take the place of those in the query, in each of the three ways to ask."""
    query = "SELECT ?s FROM <http://kasei.us/2009/09/sparql/data/data3.rdf> { ?s a ?type } ORDER BY ?s"
    graph = {"default-graph-uri": [DATA.format(1), DATA.format(2)]}
    form = urlencode({"query": query, **graph}, doseq=True)
    address = "/sparql?" + urlencode(graph, doseq=True)
    answers = [
        request(url, "GET", f"/sparql?{form}", {"Accept": "text/csv"}),
        request(url, "POST", "/sparql", {"Accept": "text/csv", "Content-Type": FORM}, form.encode()),
        request(url, "POST", address, {"Accept": "text/csv", "Content-Type": DIRECT}, query.encode()),
    ]
    for answer in answers:
        assert [row["s"] for row in csv.DictReader(io.StringIO(answer.text))] == [DATA.format(1), DATA.format(2)]


@pytest.mark.parametrize("offered", list(ROWS))
def test_rows_in_every_format(url: str, offered: str) -> None:
    """A table comes in each format under the name that the client knows, and can be read."""
    found = ask(url, "SELECT ?x { VALUES ?x { 'ä' 'b' } }", offered)
    assert (found.status, found.media_type) == (200, offered)
    kind = ox.QueryResultsFormat.from_media_type(ROWS[offered])
    assert kind is not None
    if kind == ox.QueryResultsFormat.CSV:
        assert found.text.splitlines() == ["x", "ä", "b"]
        return
    rows = ox.parse_query_results(found.body, format=kind)
    assert isinstance(rows, ox.QuerySolutions)
    assert [str(row["x"]) for row in rows] == ['"ä"', '"b"']


@pytest.mark.parametrize("offered", list(TRIPLES))
def test_triples_in_every_format(url: str, offered: str) -> None:
    """Triples come in each format under the name that the client knows, and can be read."""
    found = ask(url, "CONSTRUCT WHERE { ?s a ?type }", offered)
    assert (found.status, found.media_type) == (200, offered)
    kind = ox.RdfFormat.from_media_type(TRIPLES[offered])
    assert len(list(ox.parse(found.body, format=kind))) == 3


@pytest.mark.parametrize(
    ("name", "rows", "triples"),
    [
        ("json", "application/sparql-results+json", "application/ld+json"),
        ("XML", "application/sparql-results+xml", "application/rdf+xml"),
        ("csv", "text/csv", None),
        ("tsv", "text/tab-separated-values", None),
        ("ttl", None, "text/turtle"),
        ("turtle", None, "text/turtle"),
        ("nt", None, "application/n-triples"),
        ("rdf/xml", None, "application/rdf+xml"),
        ("rdf+xml", None, "application/rdf+xml"),
        ("jsonld", None, "application/ld+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml", None),
        ("text/turtle", None, "text/turtle"),
    ],
)
@pytest.mark.parametrize("parameter", ["format", "output"])
def test_formats_by_name(url: str, parameter: str, name: str, rows: str | None, triples: str | None) -> None:
    """A name in the request wins over Accept; what a format cannot hold does not come in another."""
    for query, expected in (("SELECT ?s { ?s ?p ?o }", rows), ("CONSTRUCT WHERE { ?s ?p ?o }", triples)):
        found = ask(url, query, "text/html, image/png;q=0.1", **{parameter: name})
        assert (found.status, found.media_type) == ((200, expected) if expected else (406, "text/html"))


def test_what_a_client_gets_that_does_not_say(url: str) -> None:
    """JSON for rows and Turtle for triples, with the encoding told where it is not fixed."""
    for accept in (None, "*/*", "nonsense", ""):
        assert ask(url, "SELECT * { ?s ?p ?o }", accept).headers["content-type"] == "application/sparql-results+json"
        assert ask(url, "ASK {}", accept).headers["content-type"] == "application/sparql-results+json"
        assert ask(url, "DESCRIBE <x:y>", accept).headers["content-type"] == "text/turtle; charset=utf-8"
    assert ask(url, "SELECT * {}", "text/csv").headers["content-type"] == "text/csv; charset=utf-8; header=present"


def test_no_format_fits(url: str) -> None:
    """406 names what there is; so does 400 for a name that no format has."""
    assert ask(url, "SELECT * {}", "image/png").status == 406
    assert "text/csv" in detail(ask(url, "SELECT * {}", "image/png"))
    assert ask(url, "SELECT * {}", "text/turtle").status == 406
    assert ask(url, "CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status == 406
    unknown = ask(url, "SELECT * {}", format="excel")
    assert (unknown.status, "'excel'" in detail(unknown), "turtle" in detail(unknown)) == (400, True, True)


def test_relative_iris_are_the_datasets(url: str) -> None:
    """A relative IRI in a query stands below the base of the dataset; nothing else of the query changes."""
    found = ask(url, "SELECT (str(<id/x>) AS ?x) (3 <5 AS ?y) (str(<http://example.org/a>) AS ?z) {}", "text/csv")
    assert found.text.splitlines()[1] == f"{BASE}id/x,true,http://example.org/a"


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("query=%zz", "'%zz' in the value of query is no percent-encoding"),
        ("query=ASK%20%7B%7D%2", "'%2' in the value of query"),
        ("query=%ff", "the byte 1 cannot be read"),
        ("query=", "the query is empty"),
        ("query=+%0A", "the query is empty"),
        ("query=ASK%7B%7D&default-graph-uri=graph", "default-graph-uri: 'graph' is no absolute IRI"),
        ("query=ASK%7B%7D&named-graph-uri=http://a%20b/", "named-graph-uri: 'http://a b/' is no absolute IRI"),
        ("query=ASK%7B%7D&query=ASK%7B%7D", "the parameter query is there 2 times"),
        ("query=ASK%7B%7D&update=DROP%20ALL", "read-only"),
        ("query=ASK%7B%7D&up%64ate=DROP%20ALL", "read-only"),
    ],
)
def test_what_is_wrong_with_an_address(url: str, target: str, says: str) -> None:
    """400, and a message that says where and what to do: by GET, and the same in a form."""
    form = request(url, "POST", "/sparql", {"Content-Type": FORM}, target.encode())
    for found in (request(url, "GET", f"/sparql?{target}"), form):
        assert found.status == 400
        assert says.lower() in detail(found).lower()


def test_what_does_not_matter_is_not_looked_at(url: str) -> None:
    """Parameters that others know, empty fields of a form and stray separators do no harm."""
    target = "/sparql?&&callback=%zz&timeout=5&default-graph-uri=&format=&query=ASK+%7B%7D&=&x"
    assert request(url, "GET", target).status == 200
    assert request(url, "GET", "/sparql?query=ASK%7B%7D&default-graph-uri=x:y&default-graph-uri=x:y").status == 200


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content-Type": DIRECT}, b"\xef\xbb\xbfASK {}", 200),
        ({"Content-Type": f"{DIRECT}; charset=utf-8"}, "ASK { FILTER('ä' = 'ä') }".encode(), 200),
        ({"Content-Type": 'APPLICATION/SPARQL-QUERY;CHARSET="UTF-8"'}, b"ASK {}", 200),
        ({"Content-Type": f"{FORM}; charset=UTF-8"}, b"query=ASK+%7B%7D", 200),
        ({"Content-Type": f"{DIRECT}; charset=us-ascii"}, "ASK { FILTER('ä' = 'ä') }".encode(), 400),
        ({"Content-Type": DIRECT}, "ASK { FILTER('ä' = 'ä') }".encode("latin-1"), 400),
        ({"Content-Type": DIRECT}, b"", 400),
        ({"Content-Type": FORM}, b"", 400),
        ({"Content-Type": FORM}, b"default-graph-uri=x:y", 400),
        ({"Content-Type": f"{FORM}; charset=latin-1"}, b"query=ASK+%7B%7D", 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"query=ASK+%7B%7D", 415),
        ({"Content-Type": DIRECT, "Content-Encoding": "gzip"}, b"ASK {}", 415),
        ({"Content-Type": f"{DIRECT}, {DIRECT}"}, b"ASK {}", 415),
    ],
)
def test_bodies(url: str, headers: dict[str, str], body: bytes, status: int) -> None:
    """A body is read in UTF-8 and as what it says it is, or refused."""
    found = request(url, "POST", "/sparql", headers, body)
    assert found.status == status, found.text


def test_a_refused_type_says_which_are_taken(url: str) -> None:
    """415 comes with the types that a body may have."""
    found = request(url, "POST", "/sparql", {"Content-Type": "text/plain"}, b"ASK {}")
    assert found.headers["accept-post"] == f"{DIRECT}, {FORM}"
    assert "'text/plain' is not understood" in detail(found)


def test_a_query_in_the_address_and_in_the_body(url: str) -> None:
    """Two queries are one too many, wherever they stand; one in the address of a form is enough."""
    target = "/sparql?query=ASK%7B%7D"
    assert request(url, "POST", target, {"Content-Type": DIRECT}, b"ASK {}").status == 400
    assert request(url, "POST", target, {"Content-Type": FORM}, b"query=ASK%7B%7D").status == 400
    assert request(url, "POST", target, {"Content-Type": FORM}, b"format=xml").media_type == TABLE_TYPES[1]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_other_methods(url: str, method: str) -> None:
    """405 with the methods that there are; a word that is no method of HTTP does not even reach the endpoint."""
    found = request(url, method, "/sparql?query=ASK%7B%7D")
    if method == "BREW":
        assert found.status == 400
        return
    assert found.status == 405
    assert found.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_head_says_what_get_would(url: str) -> None:
    """The same headers, and no body: for answers, large ones, errors and the description."""
    for target in ("query=ASK%7B%7D", "query=ASK%7B", "", f"query={quote(LARGE)}&format=csv"):
        head, get = (request(url, method, f"/sparql?{target}") for method in ("HEAD", "GET"))
        assert head.body == b""
        assert get.body
        assert head.status == get.status
        assert {**head.headers, "date": ""} == {**get.headers, "date": ""} or "content-length" not in get.headers


def test_scripts_of_other_sites_may_ask(url: str) -> None:
    """A preflight is answered without asking the engine; every answer, good or bad, may be read by any site."""
    wanted = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    preflight = request(url, "OPTIONS", "/sparql", {**wanted, "Access-Control-Request-Headers": "content-type, x-y"})
    assert (preflight.status, preflight.body) == (204, b"")
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS, POST"
    assert preflight.headers["access-control-allow-headers"] == "*"
    for target in ("query=ASK%7B%7D", "query=ASK%7B", "query=ASK%7B%7D&format=x", "", f"query={quote(LARGE)}"):
        found = request(url, "GET", f"/sparql?{target}", {"Origin": "https://a.example"})
        assert found.headers["access-control-allow-origin"] == "*"
        assert "Retry-After" in found.headers["access-control-expose-headers"]
        assert "Accept" in found.headers["vary"]
        assert "access-control-allow-credentials" not in found.headers


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/problem+json"),
        ("application/json", "application/problem+json"),
        ("text/csv", "application/problem+json"),
        ("text/plain", "text/plain"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
    ],
)
def test_errors_can_be_read(url: str, accept: str, media_type: str) -> None:
    """An error comes as its reader can read it, says what is wrong, is not kept, and is no place for markup."""
    found = ask(url, "SELECT * { <script>alert(1)</script>", accept)
    assert (found.status, found.media_type) == (400, media_type)
    assert "The query has an error" in found.text
    assert "<script>" not in found.text or media_type != "text/html"
    assert found.headers["cache-control"] == "no-store"


def test_answers_may_be_kept_for_a_minute(url: str, engine: FakeEngine) -> None:
    """A cache may keep an answer for a short time, unless the server says otherwise."""
    assert ask(url, "ASK {}").headers["cache-control"] == "public, max-age=60"
    with serving(application(engine, max_age_s=0)) as other:
        assert ask(other, "ASK {}").headers["cache-control"] == "no-cache"


def test_a_busy_engine() -> None:
    """503 says when to come back, unless coming back does not help: a query that takes too long will do so again."""
    for told, expected in ((7, "7"), (None, None)):
        engine = FakeEngine.of("")
        engine.refusal = QueryRefused(503, "too many queries wait: try again later", told)
        with serving(application(engine)) as url:
            found = ask(url, "ASK {}")
            assert (found.status, found.headers.get("retry-after")) == (503, expected)
            assert detail(found) == "Too many queries wait: try again later"


LARGE = "SELECT ?a ?b ?c ?d { VALUES ?a { 0 1 2 3 4 5 6 7 8 9 } VALUES ?b { 0 1 2 3 4 5 6 7 8 9 } " + (
    "VALUES ?c { 0 1 2 3 4 5 6 7 8 9 } VALUES ?d { 0 1 2 3 4 5 6 7 8 9 } }"
)
ASKED, ASKED_1_0 = (
    f"GET /sparql?query={quote(LARGE)} HTTP/1.{minor}\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    for minor in (1, 0)
)


def test_small_answers_come_whole_and_large_ones_as_they_are_made(url: str) -> None:
    """A small answer tells its length; a large one is sent in chunks, with an end."""
    assert ask(url, "ASK {}").headers["content-length"] == "26"
    large = ask(url, LARGE)
    assert large.headers["transfer-encoding"] == "chunked"
    assert len(json.loads(large.body)["results"]["bindings"]) == 10_000
    assert exchange(url, ASKED).endswith(b"\r\n0\r\n\r\n")


def test_an_answer_that_breaks_midway_is_no_whole_one() -> None:
    """The connection ends without the last chunk: no client takes for whole what was cut."""
    with serving(application(FakeEngine.of(""))) as url:
        whole = exchange(url, ASKED)
    engine = FakeEngine.of("")
    engine.cut_after = 50
    with serving(application(engine)) as url:
        cut = exchange(url, ASKED)
        # the status had been sent by then, and a good part of the answer
        assert cut.startswith(b"HTTP/1.1 200 OK\r\n")
        assert 100_000 < len(cut) < len(whole)
        assert not cut.endswith(b"0\r\n\r\n")
        # the server lives on
        engine.cut_after = None
        assert ask(url, "ASK {}").status == 200


def test_an_answer_that_breaks_early_has_a_status_of_its_own() -> None:
    """As long as nothing was sent, an error is an error."""
    for cut_after in (0, 1, 3):
        engine = FakeEngine.of("")
        engine.cut_after = cut_after
        with serving(application(engine)) as url:
            found = ask(url, LARGE)
            assert (found.status, found.headers["retry-after"]) == (503, "1")


def test_old_proxies_get_the_length() -> None:
    """In HTTP/1.0 an end is no sign that an answer is whole: its length is told, and what broke is an error."""
    engine = FakeEngine.of("")
    with serving(application(engine)) as url:
        head, _, body = exchange(url, ASKED_1_0).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200")
        assert f"content-length: {len(body)}".encode() in head
        assert len(json.loads(body)["results"]["bindings"]) == 10_000
        engine.cut_after = 50
        assert exchange(url, ASKED_1_0).startswith(b"HTTP/1.1 503")


class EndlessEngine:
    """Answers without end, or not at all until it is left; says when it was left."""

    def __init__(self, pieces: int | None) -> None:
        self.pieces, self.is_left, self.is_asked = pieces, threading.Event(), threading.Event()

    async def ask(self, _asked: Asked) -> Answer:
        """An answer that never ends."""
        return Answer("text/csv", self._body())

    async def _body(self) -> AsyncIterator[bytes]:
        self.is_asked.set()
        try:
            while self.pieces is None or self.pieces:
                yield b"x" * 65_536
                self.pieces = self.pieces and self.pieces - 1
                await asyncio.sleep(0)
            await asyncio.sleep(3600)
        finally:
            self.is_left.set()

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("pieces", [0, 3, None])
def test_a_client_that_leaves_ends_its_query(pieces: int | None) -> None:
    """Whether it leaves before the first byte or midway, the engine is told, and others are served."""
    engine = EndlessEngine(pieces)
    with serving(application(engine)) as url:
        address = urlsplit(url)
        with socket.create_connection((address.hostname, address.port), timeout=WAIT_S) as connection:
            connection.sendall(ASKED)
            assert engine.is_asked.wait(WAIT_S)
            if pieces != 0:
                assert connection.recv(100).startswith(b"HTTP/1.1 200")
            assert not engine.is_left.is_set()
        assert engine.is_left.wait(WAIT_S)
        assert request(url, "OPTIONS", "/sparql").status == 204


def test_bytes_as_they_come(url: str) -> None:
    """A body in chunks is put together; one that is too large is refused, however it is sent."""
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {DIRECT}\r\n".encode()
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
    assert b'"boolean":true' in exchange(url, chunked, b"3\r\nASK\r\n", b"3\r\n {}\r\n", b"0\r\n\r\n")
    assert exchange(url, head + b"Content-Length: 9000000\r\n\r\n").startswith(b"HTTP/1.1 413")
    assert exchange(url, chunked, b"1e8481\r\n" + b" " * 2_000_001).startswith(b"HTTP/1.1 413")
    assert exchange(url, head + b"Content-Length: x\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_limits_around_the_endpoint_are_told_like_its_own(engine: FakeEngine) -> None:
    """Whoever bounds the time and the size of all requests is understood: its refusal can be read by any site, too."""
    inner = application(engine)

    async def bounded(scope: Scope, _receive: Receive, send: Send) -> None:
        async def late() -> Message:
            raise HTTPException(408, "the body did not arrive in time")

        await inner(scope, late, send)

    with serving(bounded) as url:
        found = request(url, "POST", "/sparql", {"Content-Type": DIRECT}, b"ASK {}")
        assert (found.status, detail(found)) == (408, "The body did not arrive in time")
        assert found.headers["access-control-allow-origin"] == "*"


def test_a_query_of_a_megabyte(url: str) -> None:
    """A long query is answered if it may be as long as that; a longer one is told the limit."""
    long = "ASK { VALUES ?x { " + "1 " * 500_000 + "} }"
    assert request(url, "POST", "/sparql", {"Content-Type": DIRECT}, long.encode()).status == 200
    found = request(url, "POST", "/sparql", {"Content-Type": DIRECT}, long.encode() + b" " * 2_000_000)
    assert (found.status, "2000000 bytes" in detail(found)) == (413, True)
    with serving(application(FakeEngine.of(""), max_query_bytes=100)) as small:
        assert ask(small, "ASK {} #" + "x" * 100).status == 414
        assert request(small, "POST", "/sparql", {"Content-Type": FORM}, b"query=" + b"x" * 100).status == 413


def test_nothing_of_a_request_gets_into_the_headers(url: str) -> None:
    """Line ends in what a client sends stay where they belong."""
    for target in (
        "format=x%0D%0AX-Evil:%201&query=ASK%7B%7D",
        "query=x%0D%0AX-Evil:%201",
        "default-graph-uri=%0D%0Ax&query=x",
    ):
        assert "x-evil" not in request(url, "GET", f"/sparql?{target}").headers
    found = exchange(url, b"GET /sparql HTTP/1.1\r\nHost: a\x22b\r\nAccept: text/turtle\r\nConnection: close\r\n\r\n")
    assert b"sd:endpoint <https://example.org/base/sparql>" in found or found.startswith(b"HTTP/1.1 400")


@pytest.fixture(scope="module")
def of_graphs() -> FakeEngine:
    """A dataset of three graphs of one triple each, with their merge; and a graph that the engine has for itself."""
    statements = [f"<urn:s> <urn:p> <urn:{name}>" for name in "abc"]
    names = [f"<{BASE}graph/{name}>" for name in "abc"]
    quads = [f"{statement} {name} ." for statement, name in zip(statements, names, strict=True)]
    merged = [f"{statement} ." for statement in statements]
    return FakeEngine.of("\n".join([*quads, *merged, "<urn:s> <urn:p> <urn:own> <urn:schemas> .", ""]))


@pytest.fixture(scope="module")
def url_of_graphs(of_graphs: FakeEngine) -> Iterator[str]:
    """Its endpoint."""
    with serving(application(of_graphs)) as served:
        yield served


def test_the_endpoint_describes_itself(url_of_graphs: str) -> None:
    """Without a query, programs get the description, in the format they like; the dataset's graphs are counted."""
    url = url_of_graphs
    for offered, kind in TRIPLES.items():
        found = request(url, "GET", "/sparql", {"Accept": offered})
        assert (found.status, found.media_type) == (200, offered)
        triples = {str(quad.triple) for quad in ox.parse(found.body, format=ox.RdfFormat.from_media_type(kind))}
        service = f"<{BASE}id/service/sparql>"
        assert f"{service} <http://www.w3.org/ns/sparql-service-description#endpoint> <{url}/sparql>" in triples
        assert sum("sparql-service-description#NamedGraph>" in triple for triple in triples) == 3
        counts = [triple for triple in triples if "void#triples" in triple]
        assert sum('"1"' in count for count in counts) == 3
        assert sum('"3"' in count for count in counts) == 1
    assert request(url, "GET", "/sparql").media_type == "text/turtle"
    assert request(url, "GET", "/sparql?format=nt").media_type == "application/n-triples"
    assert ElementTree.fromstring(request(url, "GET", "/sparql?format=rdf/xml").body).tag.endswith("RDF")  # noqa: S314
    assert request(url, "GET", "/sparql", {"Accept": "text/csv"}).status == 400
    assert "add ?query=" in detail(request(url, "GET", "/sparql?format=csv"))


def test_the_description_is_made_once(of_graphs: FakeEngine) -> None:
    """Counting is not for every request; if the engine had no time for it, the next one who asks gets the counts."""
    own = FakeEngine(of_graphs.store, QueryRefused(503, "busy"))
    with serving(application(own, public_url="https://data.example.org/msq/")) as url:
        first = request(url, "GET", "/sparql")
        assert (first.status, b"NamedGraph" in first.body) == (200, False)
        own.refusal = None
        whole = request(url, "GET", "/sparql")
        assert b"NamedGraph" in whole.body
        assert b"<https://data.example.org/msq/sparql>" in whole.body
        number = len(own.asked)
        assert request(url, "GET", "/sparql").body == whole.body
        assert request(url, "GET", "/sparql", {"Accept": "application/ld+json"}).status == 200
        assert len(own.asked) == number


@pytest.mark.parametrize(("language", "page"), [(None, "/en/query"), ("fr-CA, en;q=0.5", "/fr/query")])
def test_readers_are_sent_to_the_editor(url: str, language: str | None, page: str) -> None:
    """A browser that opens the endpoint gets the page on which queries are written, in its reader's language."""
    headers = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    found = request(url, "GET", "/sparql", headers | ({"Accept-Language": language} if language else {}))
    assert (found.status, found.headers["location"]) == (303, page)
    assert {"Accept", "Accept-Language"} <= set(found.headers["vary"].split(", "))


def test_the_engine_is_told_who_asks(engine: FakeEngine) -> None:
    """The peer, or whom a trusted proxy names; what strangers claim about others counts for nothing."""
    for trusted, told in (((), "127.0.0.1"), (("127.0.0.0/8",), "198.51.100.7")):
        with serving(application(engine, clients=ClientKeys(trusted))) as url:
            request(url, "GET", "/sparql?query=ASK%7B%7D", {"X-Forwarded-For": "6.6.6.6, 198.51.100.7"})
            assert engine.asked[-1].client == told


@pytest.mark.parametrize(
    ("peer", "forwarded", "key"),
    [
        ("192.0.2.1", "198.51.100.1", "192.0.2.1"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("::ffff:10.0.0.1", "[2001:db8:1:2:3:4:5:6]:80", "2001:db8:1:2::"),
        ("10.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("", "198.51.100.1", "198.51.100.1"),
        ("", None, "unknown"),
    ],
)
def test_clients_are_told_apart(peer: str, forwarded: str | None, key: str) -> None:
    """The last address that is no proxy of ours counts; a network of IPv6 addresses is one client."""
    headers = [] if forwarded is None else [(b"x-forwarded-for", forwarded.encode())]
    scope = {"client": (peer, 1) if peer else None, "headers": headers}
    assert ClientKeys(["10.0.0.0/8", "unix"]).of(scope) == key
    with pytest.raises(UsageError, match="give addresses or networks"):
        ClientKeys(["proxy.example.org"])
