"""Every IRI of a dataset answers as linked data should: with the right document, or with why there is none."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from starlette.applications import Starlette
from starlette.middleware import Middleware

from msqgraph.assets import DEFAULT_BASE
from msqgraph.errors import UsageError
from msqgraph.exports.dump import write_data
from msqgraph.exports.void import write_void
from msqgraph.exports.w3id import LATEST, SUFFIXES, THINGS
from msqgraph.release.about import About, Release
from msqgraph.release.checksums import SUMS
from msqgraph.server.asking import Asking
from msqgraph.server.conditional import ConditionalRequests
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.linked_data import description, sitemap
from msqgraph.server.linked_data.formats import MEDIA_TYPES, suffix_for
from msqgraph.server.linked_data.own_words import whole_query
from msqgraph.server.linked_data.publication import Publication, release_beside
from msqgraph.server.linked_data.routes import routes
from msqgraph.server.protocol.description import ServiceDescription
from msqgraph.server.site_facts import SiteFacts
from msqgraph.store import EmbeddedStore
from msqgraph.terms import to_rdflib
from msqgraph.typed_yaml import dumped
from msqgraph.withdrawals import Withdrawal, tombstones
from tests.fake_engine import FakeEngine
from tests.test_conditional import Got, get, get_within
from tests.test_w3id import BROWSER
from tests.test_w3id import CASES as REDIRECTS

COUNTRY, AGENCY, ANSWER = "id/country/PRY", "id/agency/PRY/ministerio-de-hacienda", "id/response/2020/PRY/5h"
KINDS = (
    COUNTRY, AGENCY, ANSWER, f"{ANSWER}/1", f"{ANSWER}/1/quote",
    "id/statement/2020/PRY/5h/ministerio-de-hacienda-country-pry",
    "id/law/PRY/decree-2794-2014", "id/edition/2020", "id/region/419", "id/document/2d6ea0f859aa", "code/basis",
    "code/basis/field", "questionnaire/2020/9/open-government-data", "mapping/cofog/policy-area-education-09",
    "ontology", "ontology/0.1.0", "graph/response/2020/PRY", "id/dataset/all", "catalog", "shapes",
)  # fmt: skip
FORMATS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
OX_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
GONE = (
    Withdrawal("id/official/PRY/chief-information-officer/2018", "forgotten", "2026-11-24"),
    Withdrawal("id/agency/PRY/instituto-x", "replaced", "2026-11-24", AGENCY, "One agency <b>under</b> two names."),
)


def application(engine: FakeEngine, publication: Publication, public_url: str = "") -> Starlette:
    """The routes over an engine."""
    app = Starlette(routes=routes(), middleware=[Middleware(ConditionalRequests)])
    app.state.asking = Asking(engine, publication.base)
    app.state.site = SiteFacts(publication.base, public_url=public_url)
    app.state.publication = publication
    return app


@pytest.fixture(scope="module")
def engine(dataset: Path) -> FakeEngine:
    """The sample with two tombstones planted."""
    store = ox.Store()
    store.bulk_load(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS)
    store.bulk_load(path=str(dataset / "dataset.ttl"), format=ox.RdfFormat.TURTLE)
    store.bulk_extend(ox.Quad(*triple) for triple in tombstones(GONE))
    return FakeEngine(store)


@pytest.fixture(scope="module")
def app(engine: FakeEngine, dataset: Path) -> Starlette:
    """The application over it."""
    return application(engine, Publication.of_folder(dataset))


@pytest.mark.parametrize("path", KINDS)
def test_each_kind_of_thing_leads_to_each_format(app: Starlette, path: str) -> None:
    """303 by Accept, with the headers that caches and clients go by; the document that it leads to is there."""
    for suffix, (media_type, *_) in MEDIA_TYPES.items():
        got = get(app, f"/{path}", accept=media_type)
        assert (got.status, got.headers["vary"]) == (303, "Accept, Accept-Language")
        assert f'<{DEFAULT_BASE}{path}>; rel="canonical"' in got.headers["link"]
        assert f'</{path}.ttl>; rel="describedby"' in got.headers["link"]
        assert got.headers["access-control-allow-origin"] == "*"
        if suffix == "html":
            assert re.fullmatch(r"/en/[A-Za-z0-9/._?=-]+", got.headers["location"])
            page = get(app, f"/{path}.html", accept_language="fr")
            assert (page.status, page.headers["location"]) == (303, got.headers["location"].replace("/en/", "/fr/"))
            continue
        assert got.headers["location"] == f"/{path}.{suffix}"
        document = get(app, got.headers["location"])
        assert (document.status, document.headers["content-type"].partition(";")[0]) == (200, media_type)
        assert document.body
        if path != "catalog" or suffix != "ttl":
            assert document.headers["content-location"] == f"/{path}.{suffix}"
            assert f'<{DEFAULT_BASE}{path}>; rel="about"' in document.headers["link"]
            for other in MEDIA_TYPES.keys() - {suffix}:
                assert f'</{path}.{other}>; rel="alternate"; type="{MEDIA_TYPES[other][0]}"' in document.headers["link"]
        assert 'creativecommons.org/licenses/by/4.0/>; rel="license"' in document.headers["link"]


def test_the_redirects_of_w3id_lead_to_what_is_served(app: Starlette) -> None:
    """Whatever suffix they add, the site would have chosen as well; where they add none, the site does choose."""
    looked_at = 0
    for path, accept, status, target in REDIRECTS:
        if status != 303 or target is None or "?" in path:
            continue
        stem, _, suffix = target.rpartition(".")
        headers = {} if accept is None else {"accept": accept}
        if suffix in SUFFIXES:
            looked_at += 1
            assert get(app, f"/{target}").status in (200, 303), target
            if "rdf+xml" not in (accept or ""):  # the redirects have no suffix for it, the site has
                assert suffix_for(accept) == suffix, accept
                assert get(app, f"/{stem}", **headers).status == 303
        else:
            assert get(app, f"/{target}", **headers).status in (303, 406)
    assert looked_at > 20
    served = {route.path for route in app.routes}  # type: ignore[attr-defined]
    assert {f"/{name}" for name in (*LATEST, "context.jsonld", "release/{path:path}")} <= served
    assert {f"/{top}/{{path:path}}" for top in THINGS} <= served


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "ttl"),
        ("", "ttl"),
        ("*/*", "ttl"),
        (BROWSER, "html"),
        ("text/html, text/turtle", "html"),
        ("text/turtle, text/html", "ttl"),
        ("text/html;q=0.5, application/ld+json;q=0.6", "jsonld"),
        ("application/json", "jsonld"),
        ("text/plain", "nt"),
        ("text/*;q=0.5, application/rdf+xml;q=0.4", "ttl"),
        ("application/rdf+xml", "rdf"),
        ("application/xhtml+xml", "html"),
        ("text/turtle;q=0, */*;q=0.1", "jsonld"),
        ("image/png", None),
        ("text/turtle;q=0", None),
    ],
)
def test_accept_decides(app: Starlette, accept: str | None, suffix: str | None) -> None:
    """By weight, name and order; 406 lists what there is."""
    got = get(app, f"/{COUNTRY}", **({} if accept is None else {"accept": accept}))
    if suffix is None:
        assert (got.status, got.headers["content-type"]) == (406, "application/problem+json")
        assert all(types[0] in json.loads(got.body)["detail"] for types in MEDIA_TYPES.values())
        assert got.headers["link"].count('rel="alternate"') == len(MEDIA_TYPES)
    else:
        to = "/en/countries/PRY" if suffix == "html" else f"/{COUNTRY}.{suffix}"
        assert (got.status, got.headers["location"]) == (303, to)


def test_the_page_is_in_the_language_of_the_reader(app: Starlette) -> None:
    """By ?lang=, else by Accept-Language, else English; the address stays below a prefix."""
    page = {"accept": "text/html"}
    assert (
        get(app, f"/{AGENCY}", accept_language="ru, en;q=0.5", **page).headers["location"].startswith("/ru/agencies/")
    )
    assert get(app, f"/{AGENCY}?lang=zh", accept_language="ru", **page).headers["location"].startswith("/zh/agencies/")
    assert get(app, f"/{AGENCY}?lang=xx", **page).headers["location"].startswith("/en/agencies/")
    got = get(app, f"/{AGENCY}", root_path="/msq", **page)
    assert got.headers["location"] == "/msq/en/agencies/PRY/ministerio-de-hacienda"
    assert f"</msq/{AGENCY}.nt>" in got.headers["link"]
    assert get(app, f"/{AGENCY}", root_path="/msq", accept="text/turtle").headers["location"] == f"/msq/{AGENCY}.ttl"


def paths_of(store: ox.Store) -> set[str]:
    """The paths of all IRIs under the base in the default graph, without fragments, and those of named graphs."""
    found = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        found |= {term.value for term in (quad.subject, quad.predicate, quad.object) if isinstance(term, ox.NamedNode)}
    return {iri.removeprefix(DEFAULT_BASE).partition("#")[0] for iri in found if iri.startswith(DEFAULT_BASE)}


def test_every_iri_of_the_sample_answers(app: Starlette, engine: FakeEngine) -> None:
    """All lead to a document; every eighth document is read, and speaks of its thing."""
    paths = sorted(paths_of(engine.store) - {one.path for one in GONE})
    assert len(paths) > 1300

    async def look() -> None:
        for number, path in enumerate(paths):
            got = await get_within(app, f"/{path}", accept="application/n-triples")
            assert (got.status, got.headers["location"]) == (303, f"/{path}.nt"), path
            if number % 8 == 0:
                document = await get_within(app, f"/{path}.nt")
                assert document.status == 200, path
                assert path.startswith("graph/") or f"<{DEFAULT_BASE}{path}>" in document.body.decode(), path

    asyncio.run(look())


@pytest.mark.parametrize("path", KINDS)
def test_every_format_says_the_same(app: Starlette, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by pyoxigraph and by rdflib; without a node that has no name, but for the package's shapes."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    if path == "shapes":
        bodies = {suffix: get(app, f"/{path}.{suffix}").body for suffix in FORMATS}
        counts = {len(list(ox.parse(body, format=OX_FORMATS[suffix]))) for suffix, body in bodies.items()}
        assert len(counts) == 1 and counts.pop() > 1000
        return
    bodies = {suffix: get(app, f"/{path}.{suffix}").body for suffix in FORMATS}
    expected = {quad.triple for quad in ox.parse(bodies["nt"], format=ox.RdfFormat.N_TRIPLES)}
    assert len(expected) > 4
    assert not any(isinstance(term, ox.BlankNode) for triple in expected for term in (triple.subject, triple.object))
    in_rdflib = {to_rdflib(triple) for triple in expected}
    for suffix, body in bodies.items():
        assert {quad.triple for quad in ox.parse(body, format=OX_FORMATS[suffix])} == expected, suffix
        if len(expected) < 1500:  # rdflib takes its time
            assert set(rdflib.Graph().parse(data=body, format=FORMATS[suffix])) == in_rdflib, suffix


def graph_of(got: Got) -> rdflib.Graph:
    """A document in Turtle."""
    return rdflib.Graph().parse(data=got.body, format="turtle")


def test_a_description_leads_back_to_the_quote(app: Starlette) -> None:
    """Triples in both directions, statements with answer and quote, labels in six languages, the document itself."""
    graph = graph_of(get(app, f"/{AGENCY}.ttl"))
    found = graph.query(
        """PREFIX msq: <https://w3id.org/msqgraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?quote { ?s rdf:subject ?agency ; rdf:predicate msq:responsibleFor ; prov:wasDerivedFrom ?mention .
          ?mention msq:nameAsWritten ?name ; oa:hasSelector/oa:exact ?quote }""",
        initBindings={"agency": rdflib.URIRef(DEFAULT_BASE + AGENCY)},
    )
    assert [str(row[0]) for row in found] == ["Ministerio de Hacienda – www.hacienda.gov.py"]  # type: ignore[index]
    policy = rdflib.URIRef(f"{DEFAULT_BASE}code/policy-area/finance-taxation")
    assert {label.language for label in graph.objects(policy, rdflib.SKOS.prefLabel)} == set(LANGUAGES)  # type: ignore[attr-defined]
    assert (None, None, rdflib.URIRef(DEFAULT_BASE + AGENCY)) in graph
    document = rdflib.URIRef(f"{DEFAULT_BASE}{AGENCY}.ttl")
    assert graph.value(document, rdflib.FOAF.primaryTopic) == rdflib.URIRef(DEFAULT_BASE + AGENCY)
    assert graph.value(document, rdflib.DCTERMS.isPartOf) == rdflib.URIRef(f"{DEFAULT_BASE}id/dataset/all")
    assert not list(graph.objects(document, rdflib.RDFS.comment))


def test_what_is_left_off_is_counted_and_can_be_found(
    app: Starlette, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an edition, what leads to it beyond the bound, the same each time; the query that is linked finds all."""
    edition = "id/edition/2020"
    got = get(app, f"/{edition}.ttl")
    assert get(app, f"/{edition}.ttl") == got
    graph, thing = graph_of(got), rdflib.URIRef(DEFAULT_BASE + edition)
    document = rdflib.URIRef(f"{thing}.ttl")
    (comment,) = graph.objects(document, rdflib.RDFS.comment)
    whole = engine.store.query(whole_query(str(thing)))
    assert isinstance(whole, ox.QueryTriples)
    incoming = [triple for triple in whole if triple.object == ox.NamedNode(str(thing))]
    assert f"Left off: {len(incoming) - description.MOST_INCOMING} of the triples that lead to it." in str(comment)
    assert len(set(graph.subjects(None, thing)) - {document}) == description.MOST_INCOMING
    (query,) = graph.objects(document, rdflib.RDFS.seeAlso)
    assert str(query).startswith(f"{DEFAULT_BASE}sparql?query=CONSTRUCT")
    monkeypatch.setattr(description, "MOST_STATEMENTS", 2)
    monkeypatch.setattr(description, "MOST_EVIDENCE", 1)
    monkeypatch.setattr(description, "MOST_LABELLED", 3)
    told = " ".join(map(str, graph_of(get(app, f"/{AGENCY}.ttl")).objects(None, rdflib.RDFS.comment)))
    for words in ("of the statements about it", "it was understood from", "the labels of"):
        assert words in told


def test_the_ontology_document_describes_every_term(app: Starlette, engine: FakeEngine) -> None:
    """Terms are addressed as parts of it, and so are they in its version's document."""
    terms = {
        quad.subject.value  # type: ignore[union-attr]
        for quad in engine.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if quad.subject.value.startswith(f"{DEFAULT_BASE}ontology#")  # type: ignore[union-attr]
    }
    assert len(terms) > 150
    for path in ("ontology", "ontology/0.1.0"):
        assert terms <= {str(subject) for subject in graph_of(get(app, f"/{path}.ttl")).subjects()}


def test_a_named_graph_is_what_it_holds_and_no_more(app: Starlette, engine: FakeEngine) -> None:
    """Sorted, as anyone may load it."""
    body = get(app, "/graph/facts/2020/PRY.nt").body
    quads = engine.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{DEFAULT_BASE}graph/facts/2020/PRY"))
    assert body.decode() == "".join(sorted(f"{quad.triple} .\n" for quad in quads))


@pytest.mark.parametrize("gone", GONE, ids=["forgotten", "replaced"])
def test_what_is_gone_says_so_in_each_format(app: Starlette, gone: Withdrawal) -> None:
    """410 at the thing's address and at its documents', with the tombstone, and a link to what replaces it."""
    for suffix, (media_type, *_) in MEDIA_TYPES.items():
        got = get(app, f"/{gone.path}", accept=media_type)
        assert got.status == 410
        assert got.headers["content-type"].startswith(media_type)
        assert 'rel="successor-version"' in got.headers["link"] if gone.replaced_by else "successor" not in str(got)
        if suffix == "html":
            text = got.body.decode()
            assert "2026-11-24" in text and DEFAULT_BASE + gone.path in text
            if gone.replaced_by:
                assert f'href="/{AGENCY}"' in text and "&lt;b&gt;under&lt;/b&gt;" in text
        else:
            triples = {quad.triple for quad in ox.parse(got.body, format=OX_FORMATS[suffix])}
            assert set(tombstones([gone])) <= triples
            assert get(app, f"/{gone.path}.{suffix}").status == 410
    assert get(app, f"/{gone.path}", accept="image/png").status == 410


def test_what_is_not_known_is_404_with_what_is_near(app: Starlette) -> None:
    """For programs and for readers, in their language; things above that are known are named."""
    got = get(app, "/id/response/2020/PRY/99")
    problem = json.loads(got.body)
    assert (got.status, problem["status"], got.headers["content-type"]) == (404, 404, "application/problem+json")
    assert f"near it: {DEFAULT_BASE}id/response/2020/PRY Search: /en/search?q=99" in problem["detail"]
    page = get(app, "/id/agency/PRY/ministerio-x", accept="text/html", accept_language="ar")
    text = page.body.decode()
    assert page.status == 404 and 'lang="ar"' in text and 'dir="rtl"' in text
    assert 'href="/ar/search?q=ministerio+x"' in text and 'href="/fr/agencies/PRY/ministerio-x"' in text
    assert (page.headers["content-language"], page.headers["vary"]) == ("ar", "Accept, Accept-Language")
    for path in (
        "id",
        "graph",
        "graph/nothing",
        "code/nothing",
        "id/dataset/nothing",
        "id/country/PRY/x",
        "ontology/9",
    ):
        assert get(app, f"/{path}").status == 404, path
        assert get(app, f"/{path}.ttl").status == 404, path


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (f"{COUNTRY}/", COUNTRY),
        ("id//country///PRY", COUNTRY),
        ("id/country/pry", COUNTRY),
        ("id/Country/PRY.TTL", f"{COUNTRY}.ttl"),
        ("id/country/PRY.ttl/", f"{COUNTRY}.ttl"),
        ("id/%63ountry/PRY", COUNTRY),
        ("questionnaire/2020/5C", "questionnaire/2020/5c"),
        ("id/agency/pry/Ministerio-De-Hacienda?lang=fr", f"{AGENCY}?lang=fr"),
    ],
)
def test_another_spelling_leads_to_the_address(app: Starlette, written: str, meant: str) -> None:
    """301, where only one thing can be meant; whoever asks for what is nowhere gets no redirect."""
    got = get(app, f"/{written}", accept="text/turtle")
    assert (got.status, got.headers.get("location")) == (301, f"/{meant}")
    assert (
        get(app, f"/{written}".replace("untry", "untri").replace("2020", "1999").replace("acienda", "x")).status == 404
    )


HOSTILE = (
    "id/country/<PRY>", "id/country/PRY> ?p ?o } #", 'id/country/PRY"', "id/country/PRY'", "id/country/PRY\\",
    "id/country/{PRY}", "id/country/%3Cscript%3E", "id/country/PRY%0A", "id/country/PRY%0d%0aSet-Cookie:%20a=b",
    "id/country/%00", "id%2Fcountry%2FPRY", "id/country%2fPRY", "id/country/..%5c..", "id/../../etc/passwd",
    "id/country/../country/PRY", "id/./country/PRY", "id/.htaccess", "id/country/%2e%2e", "id/country/P%C3%A9rou",
    "id/country/%E0%A4", "id/country/%", "id/country/%zz", "id/country/PRY;x", "id/country/PRY:x", "id/country/PRY@x",
    "id/country/" + "A" * 10_000, "id/" + "a/" * 5_000, "graph/" + "x" * 999, "ontology%23Agency", "code/\u202e",
    "id/.ttl", "mapping/*", "shapes/../x", "catalog/%2e", "release/../../etc/passwd", "release/%2e%2e/x",
    "id/country/PRY|x",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize("accept", ["text/turtle", "text/html"])
def test_a_hostile_path_reaches_no_query(app: Starlette, engine: FakeEngine, path: str, accept: str) -> None:
    """Nothing is asked, nothing breaks, and nothing of it comes back unescaped."""
    before = len(engine.asked)
    for suffix in ("", ".ttl"):
        got = get(
            app, f"/{quote(path, safe='/%<>{}|;:@*#?')}{suffix}".replace("#", "%23").replace("?", "%3F"), accept=accept
        )
        assert got.status == 404
        assert b"<script>" not in got.body and "\n" not in str(got.headers)
    assert len(engine.asked) == before


def test_no_query_holds_more_than_terms(app: Starlette, engine: FakeEngine) -> None:
    """A path that can be an IRI reaches a query as one, and nothing that a path is made of can end it."""
    engine.asked.clear()
    get(app, "/id/country/a.b-c_d")
    assert engine.asked
    assert all(f"<{DEFAULT_BASE}id/country/a.b-c_d>" in one.sparql for one in engine.asked[:1])
    assert not any(
        re.search(r"(?<!<https://w3id\.org/msqgraph/id/country/)a\.b-c_d", one.sparql) for one in engine.asked
    )


def test_methods(app: Starlette) -> None:
    """HEAD as GET; OPTIONS tells what may be asked; others are refused with what is allowed."""
    for path in (COUNTRY, f"{COUNTRY}.ttl", "void.ttl", "nothing/x", "id/nothing", "robots.txt"):
        asked, head = get(app, f"/{path}"), get(app, f"/{path}", "HEAD")
        assert (head.status, head.headers) == (asked.status, asked.headers)
    for path in (COUNTRY, f"{COUNTRY}.ttl", "void.ttl", "sitemap.xml"):
        got = get(app, f"/{path}", "OPTIONS", origin="https://example.org", access_control_request_method="GET")
        assert (got.status, got.body, got.headers["allow"]) == (204, b"", "GET, HEAD, OPTIONS")
        assert got.headers["access-control-allow-origin"] == "*"
        assert get(app, f"/{path}", "POST").status == 405


def test_documents_can_be_asked_for_again(app: Starlette) -> None:
    """The tag is strong, differs by format, and saves the second transfer."""
    tags = set()
    for suffix in FORMATS:
        got = get(app, f"/{COUNTRY}.{suffix}")
        tags.add(got.headers["etag"])
        again = get(app, f"/{COUNTRY}.{suffix}", if_none_match=got.headers["etag"])
        assert (again.status, again.body) == (304, b"")
    assert len(tags) == len(FORMATS) and all(tag.startswith('"') for tag in tags)


def test_a_busy_engine_is_told_as_it_is(dataset: Path) -> None:
    """503 with Retry-After, and no stack trace."""
    engine = FakeEngine(ox.Store(), refusal=QueryRefused(503, "too many queries wait: try again later", 7))
    busy = application(engine, Publication.of_folder(dataset))
    for path in (COUNTRY, f"{COUNTRY}.ttl", "sitemap.xml", "sitemap-1.xml"):
        got = get(busy, f"/{path}")
        assert (got.status, got.headers["retry-after"]) == (503, "7")
        assert "too many queries" in json.loads(got.body)["detail"]


def test_figures_and_catalogue_without_a_release(app: Starlette, dataset: Path) -> None:
    """Made of the dataset; they name this site for the endpoint, and the counts are those of the dataset."""
    got = get(app, "/.well-known/void")
    assert (got.status, got.headers["location"]) == (302, "/void.ttl")
    void, whole = graph_of(get(app, "/void.ttl")), rdflib.URIRef(f"{DEFAULT_BASE}id/dataset/all")
    count = len(list(ox.parse(path=str(dataset / "dataset.ttl"), format=ox.RdfFormat.TURTLE)))
    assert str(void.value(whole, rdflib.VOID.triples)) == str(count)
    assert void.value(whole, rdflib.VOID.sparqlEndpoint) == rdflib.URIRef("http://data.example.org/sparql")
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    for name in ("catalog.ttl", "catalog-2.1.1.ttl"):
        catalog = graph_of(get(app, f"/{name}"))
        assert (None, dcat.endpointURL, rdflib.URIRef("http://data.example.org/sparql")) in catalog
        assert len(set(catalog.objects(None, dcat.dataset))) > 3
    assert json.loads(get(app, "/schema-org.jsonld").body)["@graph"]
    context = json.loads(get(app, "/context.jsonld").body)["@context"]
    assert context["msq"] == f"{DEFAULT_BASE}ontology#"
    assert get(app, "/service.ttl").headers["location"] == "/sparql"
    assert get(app, "/feed.atom").status == get(app, "/release/0.1.0/README.md").status == 404
    service = graph_of(get(app, "/id/service/sparql.ttl"))
    assert (None, dcat.endpointURL, rdflib.URIRef("http://data.example.org/sparql")) in service


def test_what_is_said_of_the_whole_can_be_followed(app: Starlette, engine: FakeEngine) -> None:
    """Every IRI under the base in the description of the endpoint, the catalogue and the figures has a document."""
    describe = ServiceDescription(engine, DEFAULT_BASE, "The sample")
    described = asyncio.run(describe("application/n-triples", "http://data.example.org/sparql"))
    bodies = {"service": described} | {name: get(app, f"/{name}").body for name in ("catalog.ttl", "void.ttl")}
    for name, body in bodies.items():
        kind = ox.RdfFormat.TURTLE if name.endswith(".ttl") else ox.RdfFormat.N_TRIPLES
        terms = {term for quad in ox.parse(body, format=kind) for term in (quad.subject, quad.object)}
        iris = {term.value for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(DEFAULT_BASE)}
        paths = {iri.removeprefix(DEFAULT_BASE).partition("#")[0] for iri in iris} - {""}  # the start page
        assert len(paths) > 10
        assert {path for path in paths if get(app, f"/{path}", accept="text/turtle").status not in (200, 303)} == set()
        if name == "service":
            assert len(paths) > 40
            assert {path for path in paths if get(app, f"/{path}.ttl").status != 200} == set()
            entry = get(app, "/id/service/sparql/graph/codes/content.nt").body.decode()
            assert "<http://rdfs.org/ns/void#triples>" in entry


def test_the_figures_are_counted_once(dataset: Path) -> None:
    """However many ask at the same time, and again; a store that fails is asked again."""
    opened: list[EmbeddedStore] = []

    def open_store() -> EmbeddedStore:
        opened.append(EmbeddedStore(dataset / "store"))
        if len(opened) == 1:
            raise UsageError("/a/secret/folder: no store")
        return opened[-1]

    publication = Publication(DEFAULT_BASE, open_store)
    app = application(FakeEngine(ox.Store()), publication)
    got = get(app, "/void.ttl")
    assert (got.status, got.headers["retry-after"]) == (503, "30")
    assert b"secret" not in got.body

    async def together() -> list[list[ox.Triple]]:
        return await asyncio.gather(*(publication.counted() for _ in range(5)))

    results = asyncio.run(together())
    assert len(opened) == 2 and all(one is results[0] for one in results)


@pytest.fixture
def released(dataset: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the dataset with its release beside it, and another dataset's release."""
    copy = tmp_path / "build"
    copy.symlink_to(dataset)
    folder = tmp_path / "release"
    about = About(version="2.0", address="https://files.example.org/2.0/", licence="https://example.org/licence")
    write_data(dataset, folder, DEFAULT_BASE)
    write_void(dataset, folder, Release(about))
    (folder / "release.yaml").write_text(dumped(about), encoding="utf-8")
    (folder / "feed.atom").write_text("<feed/>", encoding="utf-8")
    checksum = hashlib.sha256((folder / "data" / "msqgraph.ttl").read_bytes()).hexdigest()
    (folder / SUMS).write_text(f"{checksum}  data/msqgraph.ttl\n", encoding="utf-8")
    other = tmp_path / "unrelated"
    other.mkdir()
    (other / "release.yaml").write_text(dumped(About(version="9")), encoding="utf-8")
    (other / SUMS).write_text(f"{'0' * 64}  data/msqgraph.ttl\n", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    yield folder


def test_a_release_beside_the_dataset_is_served(released: Path, engine: FakeEngine) -> None:
    """The one of this dataset: its documents as they were written, its files, its licence; and no other file."""
    assert release_beside(released.parent / "build") is None  # a link's neighbours are those of its target
    publication = Publication(DEFAULT_BASE, EmbeddedStore, release=released)
    app = application(engine, publication)
    got = get(app, "/void.ttl")
    assert got.body == (released / "void.ttl").read_bytes()
    assert got.headers["content-type"] == "text/turtle; charset=utf-8"
    assert get(app, "/void.ttl", if_none_match=got.headers["etag"]).status == 304
    assert 'rel="license"' in get(app, f"/{COUNTRY}").headers["link"]
    assert "https://example.org/licence" in get(app, f"/{COUNTRY}").headers["link"]
    assert get(app, "/feed.atom").headers["content-type"] == "application/atom+xml"
    assert get(app, "/release/2.0/data/msqgraph.nq.gz").headers["content-type"] == "application/gzip"
    assert get(app, "/id/dataset/all.ttl").status == 200
    for path in ("../secret.txt", "%2e%2e/secret.txt", "data", "/etc/passwd", "%00", "w3id/.htaccess", "x" * 5000):
        assert get(app, f"/release/2.0/{path}").status == 404, path
    assert get(app, "/release/1.0/void.ttl").status == 404


def test_the_release_is_found_by_its_checksum(released: Path, dataset: Path) -> None:
    """Not by its name, and not if it is of another dataset."""
    own = released.parent / "own"
    own.mkdir()
    (own / "dataset.ttl").write_bytes((dataset / "dataset.ttl").read_bytes())
    assert release_beside(own) == released
    (own / "dataset.ttl").write_text("# another\n", encoding="utf-8")
    assert release_beside(own) is None


def test_the_sitemap_tells_every_page_in_every_language(app: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    """In parts, each address once, within the protocol's bounds."""
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    monkeypatch.setattr(sitemap, "MOST_ADDRESSES", 200)
    index = ElementTree.fromstring(get(app, "/sitemap.xml").body)  # noqa: S314 - our own
    parts = [one.text or "" for one in index.findall("s:sitemap/s:loc", space)]
    assert len(parts) > 1
    addresses = []
    for part in parts:
        urls = ElementTree.fromstring(get(app, part.removeprefix("http://data.example.org")).body)  # noqa: S314
        found = urls.findall("s:url", space)
        assert 0 < len(found) <= 200
        for url in found:
            addresses.append(url.findtext("s:loc", namespaces=space))
            links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)}
            assert links.keys() == {*LANGUAGES, "x-default"}
    assert len(addresses) == len(set(addresses)) > 300
    for path in ("", "countries/PRY", "agencies/PRY/ministerio-de-hacienda", "answers/2020/PRY/5h", "questions/2020/9"):
        assert f"http://data.example.org/en/{path}" in addresses
    assert not any("things/" in str(one) or "official" in str(one) for one in addresses)
    for number in ("99", "0", "-1", "x", "9" * 5_000):
        assert get(app, f"/sitemap-{number}.xml").status == 404


def test_the_operator_says_where_the_site_is(dataset: Path, engine: FakeEngine) -> None:
    """Then nothing hangs on the request's host."""
    app = application(engine, Publication.of_folder(dataset), public_url="https://msq.example.org/")
    assert b"<loc>https://msq.example.org/sitemap-1.xml</loc>" in get(app, "/sitemap.xml").body
    assert b"Sitemap: https://msq.example.org/sitemap.xml\n" in get(app, "/robots.txt").body
    assert b"data.example.org" not in get(app, "/void.ttl").body


def test_robots_may_read_pages_and_not_run_queries(app: Starlette) -> None:
    """As a parser of the standard library understands it."""
    from urllib.robotparser import RobotFileParser

    parser = RobotFileParser()
    parser.parse(get(app, "/robots.txt").body.decode().splitlines())
    for path, may in (
        (COUNTRY, True),
        ("en/countries", True),
        ("sparql?query=x", False),
        ("fr/results?query=x", False),
    ):
        assert parser.can_fetch("anyone", f"http://data.example.org/{path}") is may, path


def test_another_base_is_served_at_its_own_paths() -> None:
    """Nothing hangs on the default base."""
    base = "https://data.example.org/other/"
    quads = f'<{base}id/country/PRY> <http://www.w3.org/2004/02/skos/core#prefLabel> "Paraguay"@en .\n'
    app = application(FakeEngine.of(quads), Publication(base, EmbeddedStore))
    got = get(app, "/id/country/PRY.nt")
    assert quads in got.body.decode() and DEFAULT_BASE not in got.body.decode()


def test_what_xml_cannot_hold_is_offered_otherwise() -> None:
    """406 with the reason and the formats that can hold it."""
    quads = f'<{DEFAULT_BASE}id/country/PRY> <http://example.org/p> "\\u0001" .\n'
    app = application(FakeEngine.of(quads), Publication(DEFAULT_BASE, EmbeddedStore))
    got = get(app, "/id/country/PRY.rdf")
    assert got.status == 406 and "U+0001" in json.loads(got.body)["detail"]
    assert get(app, "/id/country/PRY.ttl").status == 200
