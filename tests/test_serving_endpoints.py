"""``msqgraph serve --endpoint``: the site in front of Oxigraph's server and of Virtuoso is the one over a folder.

Both are compared with the folder address by address; what may differ is in docs/how-to-serve.md.
"""

from __future__ import annotations

import json
import re
import shlex
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from msqgraph import RemoteStore
from tests.system import Server, free_port, require, running
from tests.test_engines import MERGE, oxigraph, shown
from tests.test_loading import DBA, Place
from tests.test_serving import Process, ended, serving

WAIT_S = 120.0
DIFFERENCES = 20  # lines that are told of a page that differs
HTML = {"accept": "text/html"}
JSON, CSV, TSV = "application/sparql-results+json", "text/csv", "text/tab-separated-values"
RDF = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"}
PREFIXES = "PREFIX msq: <https://w3id.org/msqgraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
ROWS = (
    "SELECT ?s ?name ?member { ?s a msq:Country ; msq:isUnMember ?member ; skos:prefLabel ?name "
    'FILTER(LANG(?name) = "fr") } ORDER BY STR(?s) LIMIT 12'
)
ONE = "CONSTRUCT WHERE { <https://w3id.org/msqgraph/id/country/PRY> msq:iso3 ?o }"
TRIPLES = "CONSTRUCT WHERE { <https://w3id.org/msqgraph/id/country/PRY> ?p ?o }"
FIGURES = "SELECT ?iso3 ?year { ?e msq:asked/msq:iso3 ?iso3 ; msq:year ?year } ORDER BY ?iso3 ?year LIMIT 9"
GRAPHS = (
    'SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), "/facts/")) } GROUP BY ?g ORDER BY ?g'
)
PAGES = (
    "en/",
    "en/map/egdi-2020",
    "zh/countries",
    "ru/countries/PRY",
    "en/countries/DNK",
    "ar/compare?country=PRY&country=URY",
    "fr/questions",
    "en/questions/2020/5c",
    "es/answers/2020/URY/5c",
    "en/agencies?words=salud",
    "en/laws",
    "en/strategies?country=PRY",
    "en/portals?page=1",
    "en/agencies/PRY/ministerio-de-hacienda",
    "en/portals/paraguay-gov-py-9a3333",
    "en/search?q=hacienda",
    "en/asked/which-agency-is-responsible-for-what?country=PRY",
    "en/asked/which-indicators-are-stated?country=URY",
    "en/things/ontology",
    "en/things/code/basis/ticked",
    "en/things/graph/response/2020/PRY",
    "en/things/graph/merge",  # which is the engine's affair, and no graph of the dataset
    "en/about",
    "en/countries/XXX",
)
FILES = (
    "en/countries.csv",
    "en/map/egdi-2020.csv",
    "en/compare.csv?country=PRY&country=URY",
    "en/questions/2020/5c.csv",
    "en/agencies.csv",
    "en/portals.csv",
    "en/query/terms.json",
    "void.ttl",
    "catalog.ttl",
    "schema-org.jsonld",
    "sitemap.xml",
    "sitemap-1.xml",
    "api/openapi.json",
    "api/v1/editions",
    "api/v1/countries?group=ldc",
    "api/v1/countries/PRY",
    "api/v1/countries/PRY/answers?lang=fr",
    "api/v1/answers/2020/URY/5c",
    "api/v1/questions/2020/5c",
    "api/v1/comparisons?country=PRY&country=URY",
    "api/v1/search?q=salud",
    "api/v1/laws?type=law",
    "api/v1/portals?limit=5&offset=3",
    "api/v1/strategies/PRY/agenda-digital",
    "api/v1/indicators/egdi-2020",
    "api/v1/queries/which-portals-does-a-country-name?country=PRY",
    "id/country/PRY",
    "id/country/PRY.jsonld",
    "id/response/2020/PRY/5c.ttl",
    "code/basis.nt",
    "graph/response/2020/PRY.nt",
    "graph/merge",
    "graph/loads.ttl",
    "id/country/XXX",
)
QUERIES = (
    *((ROWS, kind) for kind in (JSON, "application/sparql-results+xml", CSV, TSV)),
    *((f"ASK {{ ?s a msq:{name} }}", kind) for name in ("Country", "Nothing") for kind in (JSON, CSV, TSV)),
    *((TRIPLES, kind) for kind in sorted(RDF)),
    (FIGURES, JSON),
    (GRAPHS, JSON),
    ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", JSON),
    ("INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }", JSON),
    ("SELECT * { ?s", JSON),
)


@contextmanager
def loaded_virtuoso(dataset: Path, folder: Path) -> Iterator[tuple[RemoteStore, Server]]:
    """A Virtuoso into which `msqgraph load` has put the dataset."""
    program, port = require("virtuoso-t", "virtuoso-opensource"), free_port()
    own = {"/tmp/virtuoso": str(folder), "8890": str(port), "127.0.0.1:1111": f"127.0.0.1:{free_port()}"}  # noqa: S108
    (folder / "virtuoso.ini").write_text(shown("ini", "[Database]", own), encoding="utf-8")
    command = [program, *shlex.split(shown("sh", "virtuoso-t", own))[1:]]
    address = f"http://127.0.0.1:{port}/sparql"
    with running(command, folder, f"{address}?query=ASK%20%7B%7D") as server:
        Place(address, credentials=DBA, default_graph=MERGE).load(dataset)
        yield RemoteStore(address, default_graph=MERGE), server


@pytest.fixture(scope="module")
def folder(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """The site over the folder."""
    with serving(tmp_path_factory.mktemp("folder"), str(world)) as server:
        yield searchable(server)


@pytest.fixture(scope="module", params=[oxigraph, loaded_virtuoso], ids=("oxigraph", "virtuoso"))
def in_front(
    request: pytest.FixtureRequest, world: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Process, str]]:
    """The site in front of each engine with the same dataset, and the engine's port."""
    place = tmp_path_factory.mktemp(request.param.__name__)
    with request.param(world, place) as (remote, _):
        graph = ("--default-graph", remote.default_graph) if remote.default_graph else ()
        with serving(place, "--endpoint", remote.endpoint, *graph) as server:
            yield searchable(server), str(httpx.URL(remote.endpoint).port)


def searchable(site: Process) -> Process:
    """A site whose index of the search is made."""
    until_s = time.monotonic() + WAIT_S
    while httpx.get(f"{site.url}api/v1/search?q=a", timeout=30).status_code == 503:
        assert time.monotonic() < until_s, site.said()
        time.sleep(0.2)
    return site


def got(site: Process, path: str, headers: dict[str, str], **query: str) -> tuple[httpx.Response, tuple[Any, ...]]:
    """An answer, and what it says by which sites can be compared: status, kind, where it leads, content."""
    answer = httpx.get(f"{site.url}{path}", params=query or None, headers=headers, timeout=WAIT_S)
    kind = answer.headers.get("content-type", "")
    where = answer.headers.get("location", "").removeprefix(site.url.rstrip("/"))
    return answer, (answer.status_code, kind, where, content(kind.partition(";")[0], answer.text, site))


def content(kind: str, text: str, site: Process) -> object:
    """What an answer says, without the name of the site and of the request, and whatever the format leaves open."""
    text = text.replace(site.url.rstrip("/").removeprefix("http://"), "site")
    text = re.sub(r"\b[0-9a-f]{16}\b", "request", text)
    if kind in RDF:
        found = ox.Dataset(ox.parse(text, format=ox.RdfFormat.from_media_type(kind), base_iri="http://site/"))
        found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return sorted(map(str, found))
    if kind in (JSON, TSV, "application/sparql-results+xml") and text not in ("true", "false"):
        results = ox.parse_query_results(text, format=ox.QueryResultsFormat.from_media_type(kind))
        return bool(results) if isinstance(results, ox.QueryBoolean) else [[*map(str, row)] for row in rows_of(results)]
    return json.loads(text) if "json" in kind else text


def rows_of(results: object) -> Iterator[Any]:
    """The rows of a table."""
    assert isinstance(results, ox.QuerySolutions)
    return iter(results)


def test_pages_and_files_are_those_of_the_folder(in_front: tuple[Process, str], folder: Process) -> None:
    """Every kind of page, list, file, document and operation; none of them tells where the engine is."""
    site, port = in_front
    differ = {}
    for path in (*PAGES, *FILES):
        headers = HTML if path in PAGES else {}
        answer, said = got(site, path, headers)
        assert port not in answer.text and port not in str(answer.headers), path
        there, expected = got(folder, path, headers)
        if said != expected:
            lines = unified_diff(there.text.splitlines(), answer.text.splitlines(), n=0, lineterm="")
            differ[path] = (said[:3], expected[:3], list(islice(lines, DIFFERENCES)))
    assert differ == {}


def test_queries_are_answered_as_by_the_folder(in_front: tuple[Process, str], folder: Process) -> None:
    """In each format: truth in words, languages, types, graphs; SERVICE, updates and errors are refused alike."""
    site, port = in_front
    for query, kind in QUERIES:
        headers = {"accept": f"{kind}, application/problem+json;q=0.1"}
        answer, said = got(site, "sparql", headers, query=PREFIXES + query)
        assert said == got(folder, "sparql", headers, query=PREFIXES + query)[1], (query, kind)
        assert port not in answer.text and port not in str(answer.headers)


def test_results_are_shown_as_over_the_folder(in_front: tuple[Process, str], folder: Process) -> None:
    """As a table, as yes or no, as triples, and as a map."""
    for query, shape in ((ROWS, "table"), ("ASK { ?s ?p ?o }", ""), (ONE, "table"), (FIGURES, "map")):
        asked = {"query": PREFIXES + query, "as": shape}
        assert got(in_front[0], "en/results", HTML, **asked)[1] == got(folder, "en/results", HTML, **asked)[1], query


def test_an_engine_that_goes_away_is_told_and_comes_back(dataset: Path, tmp_path: Path) -> None:
    """Pages that say so with status 503 and when to try again, no word of where it was; then all is as before."""
    program, port = require("oxigraph", "oxigraph"), free_port()
    command = shlex.split(shown("sh", "oxigraph", {"build/store": str(dataset / "store"), "7878": str(port)}))
    address = f"http://127.0.0.1:{port}/"

    def start(stack: ExitStack) -> Server:
        return stack.enter_context(running([program, *command[1:]], tmp_path, address))

    with ExitStack() as engine, ExitStack() as again:
        start(engine)
        with serving(tmp_path, "--endpoint", f"{address}query", "--timeout-s", "3") as site:
            searchable(site)
            page = httpx.get(f"{site.url}en/countries/PRY", headers=HTML, timeout=30)
            assert page.status_code == 200
            site.process.send_signal(signal.SIGHUP)  # there is nothing to reload
            assert httpx.get(f"{site.url}readyz").text == "ready\n"
            engine.close()
            until(site, 503)
            for path, headers in (
                ("readyz", {}),
                ("en/countries/PRY", HTML),
                ("en/agencies.csv", {}),
                ("api/v1/countries/PRY", {}),
                ("id/country/PRY.ttl", {}),
                ("void.ttl", {}),
                ("sitemap.xml", {}),
                ("sparql?query=ASK%7B%7D", {}),
            ):
                answer = httpx.get(f"{site.url}{path}", headers=headers, timeout=30)
                assert answer.status_code == 503, (path, answer.status_code)
                assert "try again later" in answer.text.lower() or path == "readyz", path
                assert str(port) not in answer.text and str(port) not in str(answer.headers), path
            assert httpx.get(f"{site.url}healthz").status_code == 200
            start(again)
            until(site, 200)
            assert httpx.get(f"{site.url}en/countries/PRY", headers=HTML, timeout=30).text == page.text


def until(site: Process, status: int) -> None:
    """Returns when ``/readyz`` says so."""
    until_s = time.monotonic() + WAIT_S
    while httpx.get(f"{site.url}readyz", timeout=30).status_code != status:
        assert time.monotonic() < until_s
        time.sleep(0.1)


def test_a_query_that_takes_too_long_is_refused(dataset: Path, tmp_path: Path) -> None:
    """By the limit of the site, whatever that of the engine is; others are answered."""
    with (
        oxigraph(dataset, tmp_path) as (remote, _),
        serving(tmp_path, "--endpoint", remote.endpoint, "--timeout-s", "2") as site,
    ):
        long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        answer = httpx.get(f"{site.url}sparql", params={"query": long}, timeout=60)
        assert answer.status_code == 503 and "took longer than 2 s" in answer.json()["detail"]
        assert httpx.get(f"{site.url}sparql?query=ASK%7B%7D", timeout=60).status_code == 200


def test_an_endpoint_that_cannot_be_served_is_told_at_the_start() -> None:
    """Where nothing listens: exit code 2, the address, and what to check."""
    done = ended("--endpoint", f"http://127.0.0.1:{free_port()}/query", "--default-graph", MERGE, "--port", "0")
    assert done.returncode == 2 and "check the address" in done.stderr and "Traceback" not in done.stderr
