"""Pages of results and of the project's questions: whole answers, honest limits, nothing trusted, links that last."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE
from msqgraph.errors import UsageError
from msqgraph.queries import query_names
from msqgraph.server.asking import Asking
from msqgraph.server.editor import found as found_module
from msqgraph.server.editor.drawable import columns_for
from msqgraph.server.editor.drawing import Drawer, reply_to
from msqgraph.server.editor.found import find, whole_rows
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.operations.failures import HANDLERS
from msqgraph.server.pages import asked, editor, results
from msqgraph.server.site_facts import SiteFacts
from msqgraph.tables import Table
from tests.fake_engine import FakeEngine

PREFIX = f"PREFIX msq: <{DEFAULT_BASE}ontology#> "
TWO_COUNTRIES = 'SELECT ?iso3 ?n { VALUES (?iso3 ?n) { ("PRY" 14) ("URY" 9) } }'


@pytest.fixture(scope="module")
def engine(world: Path) -> FakeEngine:
    """An engine over the world."""
    return FakeEngine.of_dataset(world)


class Client:
    """A client of the pages over an engine, without what stands around them, in an event loop of its own."""

    def __init__(self, app: Starlette) -> None:
        self.app, self.runner = app, asyncio.Runner()
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://testserver")

    def get(self, path: str, **request: Any) -> httpx.Response:
        """The answer to GET, without following redirects."""
        return self.runner.run(self._client.get(path, **request))

    def post(self, path: str, **request: Any) -> httpx.Response:
        """The answer to POST."""
        return self.runner.run(self._client.post(path, **request))

    def close(self) -> None:
        """Ends the loop and what runs in it."""
        if hasattr(self.app.state, "drawer"):
            self.runner.run(self.app.state.drawer.close())
        self.runner.run(self._client.aclose())
        self.runner.close()


def client_of(engine: FakeEngine) -> Client:
    """A client of the pages over an engine."""
    routes = [*editor.routes(), *results.routes(), *asked.routes()]
    app = Starlette(routes=routes, exception_handlers=HANDLERS)
    app.state.engine, app.state.asking = engine, Asking(engine, DEFAULT_BASE)
    app.state.site = SiteFacts(DEFAULT_BASE, version="1.0", editions=("2020",), public_url="https://data.example.org/")
    return Client(app)


@pytest.fixture(scope="module")
def _client(engine: FakeEngine) -> Iterator[Client]:
    client = client_of(engine)
    yield client
    client.close()


@pytest.fixture
def client(_client: Client, engine: FakeEngine) -> Client:
    """A client of the pages over the world, whose engine refuses nothing."""
    engine.refusal, engine.cut_after = None, None
    return _client


def page_of(
    client: Client, sparql: str, language: str = "en", status: int = 200, view: str = "", page: str = ""
) -> str:
    """The page of results of a query, in one line and with its entities read."""
    response = client.get(f"/{language}/results", params={"query": sparql, "as": view, "page": page})
    assert response.status_code == status, response.text
    return unescape(" ".join(response.text.split()))


def test_terms_are_shown_as_what_they_are(client: Client) -> None:
    """Own things by their name with a local link, others by a safe link, words with their language, numbers aligned."""
    country = f"<{DEFAULT_BASE}id/country/PRY>"
    page = page_of(
        client,
        f'SELECT * {{ VALUES (?a ?b ?c ?d) {{ ({country} <http://x.example/> "sí"@es 7) (UNDEF <x:y> "أ"@ar 8) }} }}',
    )
    assert '<a href="/en/countries/PRY" title="id/country/PRY"><bdi lang="en" dir="ltr">Paraguay</bdi></a>' in page
    assert 'href="http://x.example/" rel="noopener noreferrer"' in page
    assert '<bdi dir="ltr">x:y</bdi>' in page
    assert 'href="x:y"' not in page
    assert '<bdi lang="es" dir="ltr">sí</bdi> <span class="tag" dir="ltr">es</span>' in page
    assert '<bdi lang="ar" dir="rtl">أ</bdi>' in page
    assert '<td class="figure"><bdi>7</bdi></td>' in page
    assert "2 rows" in page


def test_names_are_in_the_language_of_the_page(client: Client) -> None:
    """A Spanish page calls a policy area by its Spanish name."""
    page = page_of(client, f"SELECT * {{ VALUES ?a {{ <{DEFAULT_BASE}code/policy-area/health> }} }}", "es")
    assert re.search(r'<bdi lang="es" dir="ltr">Salud\w*</bdi>', page)


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"])
def test_nothing_in_an_answer_is_trusted(client: Client, evil: str) -> None:
    """Text, column and query are escaped; no address of a script becomes a link."""
    sparql = f"SELECT * {{ BIND({ox.Literal(evil)} AS ?x) BIND(IRI('javascript:alert(1)') AS ?y) }}"
    raw = client.get("/en/results", params={"query": sparql}).text
    assert "<script>alert" not in raw
    assert "<img src=x" not in raw
    assert 'href="javascript' not in raw


def test_yes_no_and_triples(client: Client) -> None:
    """ASK is a word, CONSTRUCT and DESCRIBE are a table of triples with downloads of their own."""
    assert re.search(r'class="verdict verdict-yes" role="status">Yes<', page_of(client, "ASK { ?s ?p ?o }"))
    assert ">No<" in page_of(client, "ASK { ?s ?p <http://nowhere.example/> }")
    page = page_of(client, f"DESCRIBE <{DEFAULT_BASE}id/country/PRY>")
    assert re.search(r"\d+ triples", page)
    assert 'value="ttl">Turtle' in page
    assert 'value="csv"' not in page


def test_a_long_answer_has_pages(client: Client) -> None:
    """A hundred rows a page, and which they are; a page that is none is the nearest or the first."""
    sparql = PREFIX + "SELECT ?code { ?x a msq:Country ; msq:iso3 ?code } ORDER BY ?code"
    assert "Rows 101 to 200 of 249" in page_of(client, sparql, page="2")
    assert "Rows 201 to 249 of 249" in page_of(client, sparql, page="99")
    assert "Rows 1 to 100 of 249" in page_of(client, sparql, page="-1")


def test_a_cut_answer_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut by rows or by bytes, rows or triples: the page says that there is more, and where to have all."""
    sparql = "SELECT * { ?s ?p ?o } LIMIT 60"
    monkeypatch.setattr(found_module, "MAX_ROWS", 50)
    assert "these are its first 50 rows" in page_of(client, sparql)
    assert "these are its first 50 rows" in page_of(client, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 60")
    monkeypatch.setattr(found_module, "MAX_ROWS", 5000)
    monkeypatch.setattr(found_module, "MAX_BYTES", 2000)
    for query in ("SELECT * { ?s ?p ?o } LIMIT 600", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 600"):
        match = re.search(r"these are its first (\d+) rows", page_of(client, query))
        assert match
        assert 2 < int(match[1]) < 60


def test_whole_rows_of_results_that_end_in_the_middle() -> None:
    """Any place may be the end: what is left is always whole, and a row is never invented."""
    answer = ox.Store().query('SELECT ?a ?b { VALUES (?a ?b) { (1 "x}]\\n\\"é") (2 UNDEF) (3 "]}") } }')
    assert isinstance(answer, ox.QuerySolutions)
    data = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
    counts = set()
    for end in range(len(data)):
        try:
            rows = ox.parse_query_results(whole_rows(data[:end]), format=ox.QueryResultsFormat.JSON)
        except QueryRefused:
            continue
        assert isinstance(rows, ox.QuerySolutions)
        counts.add(len(list(rows)))
    assert counts == {1, 2, 3}


def test_refusals_are_pages(client: Client, engine: FakeEngine) -> None:
    """An error and a time-out have their own status and words, with what to do; midway is no half of an answer."""
    assert "The query has an error" in page_of(client, "SELECT", status=400)
    engine.refusal = QueryRefused(503, "the query took too long", retry_after_s=7)
    response = client.get("/en/results", params={"query": "ASK {}"})
    assert (response.status_code, response.headers["retry-after"]) == (503, "7")
    assert "The query was ended" in response.text
    assert "the query took too long" in response.text
    engine.refusal, engine.cut_after = None, 1
    page = page_of(client, "SELECT * { ?s ?p ?o } LIMIT 500", status=503)
    assert "<table" not in page


def test_search_engines_leave_results_alone(client: Client) -> None:
    """Both ways of saying so."""
    response = client.get("/en/results", params={"query": TWO_COUNTRIES})
    assert response.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.text


def test_a_form_leads_to_an_address(client: Client) -> None:
    """A query that fits is redirected to its link, line ends as one; a longer one is answered at once, without link."""
    response = client.post("/en/results", data={"query": "ASK {\r\n ?s ?p ?o }", "as": "table"})
    assert response.status_code == 303
    assert parse_qs(urlsplit(response.headers["location"]).query) == {"query": ["ASK {\n ?s ?p ?o }"]}
    long = TWO_COUNTRIES + "#" * 5000
    response = client.post("/en/results", data={"query": long, "as": "bar"})
    assert response.status_code == 200
    assert 'src="data:image/svg+xml;base64,' in response.text
    assert "too long for a link" in response.text
    assert 'method="post"' in response.text


def test_what_is_no_form_is_refused(client: Client) -> None:
    """Another media type, and a form with endless fields."""
    assert client.post("/en/results", json={"query": "ASK {}"}).status_code == 415
    fields = "&".join(f"columns={number}" for number in range(300))
    assert client.get(f"/en/results?query=ASK{{}}&{fields}").status_code == 400


def test_without_a_query_there_is_the_editor(client: Client) -> None:
    """Not an error page."""
    response = client.get("/fr/results?query=+")
    assert (response.status_code, response.headers["location"]) == (303, "/fr/query")


def test_a_part_is_for_the_editor(client: Client) -> None:
    """Only the answer, without the page around it; a short query is not redirected."""
    response = client.post("/en/results", data={"query": TWO_COUNTRIES, "part": "1"})
    assert response.status_code == 200
    assert "<html" not in response.text
    assert '<div class="results">' in response.text


def test_the_link_and_the_citation_name_the_public_address(client: Client) -> None:
    """What others are told is not the address of a machine; the version is cited."""
    page = page_of(client, TWO_COUNTRIES, view="bar")
    link = f"https://data.example.org/en/results?{urlencode({'query': TWO_COUNTRIES, 'as': 'bar'})}"
    assert f'value="{link}"' in page
    assert "(Version 1.0)" in page
    assert "@dataset{msq-query-" in page


def test_a_chart_is_a_picture_with_words_and_an_address(client: Client) -> None:
    """The picture is at its own address, is kept by readers' browsers, and the page tells what it shows."""
    page = page_of(client, TWO_COUNTRIES, view="bar")
    source = re.search(r'<figure class="chart"><a href="[^"]+"><img src="([^"]+)"', page)
    assert source
    assert "n known for 2 of 2 countries in the answer" in page
    response = client.get(source[1])
    assert response.headers["content-type"] == "image/svg+xml"
    assert response.headers["x-robots-tag"] == "noindex"
    picture = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert not [one for one in picture.iter() if "style" in one.attrib or one.tag.endswith(("script", "style"))]
    again = client.get(source[1], headers={"if-none-match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_columns_are_chosen_where_there_are_too_many(client: Client) -> None:
    """By itself the likeliest, by a reader any; what makes no chart is explained."""
    sparql = 'SELECT * { VALUES (?rank ?iso3 ?egdi ?name) { (1 "PRY" 0.5 "a") (2 "URY" 0.7 "b") } }'
    page = page_of(client, sparql, view="bar")
    assert "egdi known for 2 of 2 countries" in page
    assert 'value="egdi" checked' in page
    response = client.get("/en/results", params={"query": sparql, "as": "bar", "columns": ["iso3", "rank"]})
    assert "rank known for 2 of 2 countries" in unescape(response.text)
    assert "These columns make no such chart" in page_of(client, sparql, view="line")
    assert client.get("/en/results.svg", params={"query": sparql, "as": "line"}).status_code == 404


def test_columns_are_tried_to_an_end() -> None:
    """A million ways to put columns together are not all tried: the server would stand still for hours."""
    names = tuple(f"{kind}{number}" for kind in ("year", "name", "n") for number in range(100))
    row = (2020,) * 100 + ("x",) * 100 + (1.5,) * 100
    for drawing in ("line", "bar", "map"):
        assert columns_for(Table(names, (row, row)), drawing) is None


def test_too_many_rows_for_a_chart_are_explained(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is there all the same."""
    monkeypatch.setattr(found_module, "MAX_DRAWN_ROWS", 1)
    page = page_of(client, TWO_COUNTRIES, view="bar")
    assert "A chart is drawn of at most" in page
    assert "<table" in page


def test_without_the_extra_the_page_says_what_is_missing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are optional: the choice is explained, not hidden."""

    async def refuse(*_: object) -> None:
        raise UsageError("altair is needed for a chart — install it: pip install 'msqgraph[analysis]'")

    monkeypatch.setattr(Drawer, "draw", refuse)
    page = page_of(client, TWO_COUNTRIES, view="bar")
    assert "pip install 'msqgraph[analysis]'" in page
    assert "<table" in page


def test_a_chart_that_may_be_had_later_is_not_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for its file is told to come back, not that there is none; the page shows the table."""

    async def refuse(*_: object) -> None:
        raise QueryRefused(503, "too many charts are being drawn: try again later", retry_after_s=5)

    monkeypatch.setattr(Drawer, "draw", refuse)
    chart = client.get(f"/en/results.svg?{urlencode({'query': TWO_COUNTRIES, 'as': 'bar'})}")
    assert (chart.status_code, chart.headers["retry-after"]) == (503, "5")
    assert "<table" in page_of(client, TWO_COUNTRIES, view="bar")


def test_all_questions_are_listed_and_each_has_a_tag_with_a_name(client: Client) -> None:
    """Each once; a tag lists those that have it; no tag is shown as its slug."""
    page = client.get("/en/asked").text
    assert sorted(re.findall(r'href="/en/asked/([\w-]+)"', page)) == query_names()
    tags = re.findall(r'href="/en/asked\?tag=([\w-]+)">([^<]+)<', page)
    assert len(tags) > 20
    assert not [slug for slug, name in tags if slug == name]
    tagged = client.get("/en/asked?tag=officials").text
    assert "who-is-the-chief-information-officer" in tagged
    assert "which-portals-does-a-country-name" not in tagged
    assert client.get("/en/asked?tag=nothing").status_code == 404


def test_every_question_is_answered_on_its_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """No question runs into an error of the page; charts are drawn elsewhere."""

    async def refuse(*_: object) -> None:
        raise UsageError("not drawn here")

    monkeypatch.setattr(Drawer, "draw", refuse)
    for name in query_names():
        response = client.get(f"/ar/asked/{name}")
        assert response.status_code == 200, name
        assert 'class="answer"' in response.text, name


def test_a_question_takes_its_parameters(client: Client) -> None:
    """Options have names in the language of the page; the answer, the query and the links are about what is chosen."""
    page = unescape(client.get("/fr/asked/which-agency-is-responsible-for-what?country=PRY").text)
    assert re.search(r'<option value="PRY" selected lang="fr">Paraguay</option>', page)
    assert "Ministerio de Hacienda" in page
    assert "Uruguay</option>" in page
    assert f"VALUES ?country {{ <{DEFAULT_BASE}id/country/PRY> }}" in page
    assert "#+" not in page
    assert '<option value="" selected>' not in page


def test_a_question_is_drawn_where_a_chart_fits(client: Client) -> None:
    """The development of the index is a line, with an address of its own that carries the parameters."""
    page = unescape(client.get("/en/asked/how-did-a-countrys-egdi-develop?country=URY").text)
    source = re.search(r'<img src="(/en/asked/how-did-a-countrys-egdi-develop\.svg\?[^"]+)"', page)
    assert source
    assert parse_qs(urlsplit(source[1]).query)["country"] == ["URY"]
    drawn = client.get(source[1]).text
    assert "How did the EGDI of a country develop" in drawn
    assert "country URY" in drawn


def test_a_value_that_makes_no_term_is_refused_in_words(client: Client) -> None:
    """Nothing that a reader sends becomes text of a query."""
    response = client.get("/en/asked/which-agency-leads-e-government", params={"country": "x> } DROP ALL #"})
    assert response.status_code == 400
    assert "makes no IRI" in response.text
    assert client.get("/en/asked/no-such-question").status_code == 404


def test_the_editor_has_what_it_was_given(client: Client) -> None:
    """A query, a question of the project, or a first query that runs."""
    assert "SELECT 1" in client.get("/en/query?query=SELECT+1").text
    assert "# Which agency leads" in client.get("/en/query?question=which-agency-leads-e-government").text
    first = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get("/en/query").text, re.DOTALL)
    assert first
    assert "rows" in page_of(client, unescape(first[1]))
    assert client.get("/en/query?question=nothing").status_code == 404
    text = client.get("/en/query/which-agency-leads-e-government.rq")
    assert text.headers["content-type"].startswith("application/sparql-query")


def test_terms_are_those_of_the_data(client: Client, engine: FakeEngine) -> None:
    """Classes, properties and graphs with counts, labels in the language; counted once, and not at all if refused."""
    engine.refusal = QueryRefused(503, "busy", retry_after_s=1)
    refused = client.get("/en/query/terms.json")
    assert (refused.json()["classes"], refused.headers["cache-control"]) == ([], "no-store")
    assert refused.json()["prefixes"]["msq"] == f"{DEFAULT_BASE}ontology#"
    engine.refusal = None
    known = client.get("/es/query/terms.json").json()
    classes = {iri: (label, count) for iri, label, count in known["classes"]}
    label, count = classes[f"{DEFAULT_BASE}ontology#Answer"]
    assert (label, count) == ("respuesta a una pregunta", 80)
    assert f"{DEFAULT_BASE}graph/facts/2020/PRY" in {iri for iri, _, _ in known["graphs"]}
    assert f"{DEFAULT_BASE}ontology#responsibleFor" in {iri for iri, _, _ in known["properties"]}
    asked_before = len(engine.asked)
    client.get("/fr/query/terms.json")
    later = [one.sparql for one in engine.asked[asked_before:]]
    assert 1 <= len(later) <= 2  # the labels, in another language, and in any where there is none
    assert all("?thing ?property ?label" in query for query in later)


def test_a_reader_is_its_own_client(client: Client, engine: FakeEngine) -> None:
    """Queries of readers queue as theirs, those of the pages as the server's own."""
    engine.asked.clear()
    page_of(client, f"SELECT * {{ VALUES ?a {{ <{DEFAULT_BASE}id/country/PRY> }} }}")
    assert engine.asked[0].client != ""
    assert [asked_.client for asked_ in engine.asked[1:]] == [""]


def test_an_answer_is_closed_when_it_is_cut(monkeypatch: pytest.MonkeyPatch, engine: FakeEngine) -> None:
    """What nobody reads is ended."""
    monkeypatch.setattr(found_module, "MAX_BYTES", 100)
    closed = []

    async def pieces(_: FakeEngine, data: bytes):  # type: ignore[no-untyped-def]
        try:
            for start in range(0, len(data), 512):
                yield data[start : start + 512]
        finally:
            closed.append(True)

    monkeypatch.setattr(FakeEngine, "_pieces", pieces)
    found = asyncio.run(find(engine, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 500", "a"))
    assert found.is_cut
    assert closed == [True]


def test_a_chart_that_takes_too_long_is_ended_and_the_next_is_drawn() -> None:
    """The process that draws is replaced; the same rows give the same bytes."""
    table = Table(("iso3", "n"), (("PRY", 1), ("URY", 2)))

    async def draw() -> None:
        drawer = Drawer(timeout_s=0.001)
        with pytest.raises(QueryRefused, match="too long to draw"):
            await drawer.draw(table, {}, "bar")
        drawer._timeout_s = 60
        first = await drawer.draw(table, {}, "bar")
        with pytest.raises(UsageError, match="no chart"):
            await drawer.draw(table, {}, "line")
        drawer._kept.clear()
        assert await drawer.draw(table, {}, "bar") == first
        await drawer.close()

    asyncio.run(draw())


def test_a_reader_who_leaves_costs_the_next_chart_no_new_process() -> None:
    """The chart is drawn to its end; the next one waits for it and has the same process."""
    table = Table(("iso3", "n"), (("PRY", 1), ("URY", 2)))

    async def draw() -> None:
        drawer = Drawer(timeout_s=60)
        await drawer.draw(table, {}, "bar")
        process = drawer._process
        leaving = asyncio.create_task(drawer.draw(table, {"title": "another"}, "bar"))
        await asyncio.sleep(0.01)
        leaving.cancel()
        await drawer.draw(table, {"title": "a third"}, "bar")
        assert drawer._process is process and process is not None and process.returncode is None
        assert (await asyncio.gather(leaving, return_exceptions=True))[0].__class__ is asyncio.CancelledError
        await drawer.close()

    asyncio.run(draw())


def test_a_process_that_ends_is_no_error_of_the_server() -> None:
    """Out of memory, say: the reader is told, and the next chart gets another process."""
    table = Table(("iso3", "n"), (("PRY", 1), ("URY", 2)))

    async def draw() -> None:
        drawer = Drawer(timeout_s=60)
        await drawer.draw(table, {}, "bar")
        assert drawer._process
        drawer._process.kill()
        await drawer._process.wait()
        drawer._kept.clear()
        assert (await drawer.draw(table, {}, "bar")).drawing == "bar"
        await drawer.close()

    asyncio.run(draw())


def test_the_drawing_process_answers_in_lines() -> None:
    """One line for one line, whatever stands in a title."""
    line = b'{"variables":["t","n"],"rows":[["a",1],["b",2]],"kinds":["text","integer"],"about":{"title":"x\\ny"},'
    reply = reply_to(line + b'"kind":"bar","columns":[]}\n')
    assert reply.count(b"\n") == 1
    assert b"<svg" in reply


def test_descriptions_link_other_questions(client: Client) -> None:
    """A question that names another one leads to it."""
    page = client.get("/fr/asked/on-which-topics-is-there-a-legal-framework").text
    assert '<a href="/fr/asked/what-is-not-known-because-a-tick-was-lost">' in page


def test_a_question_without_rows_says_what_the_data_lack(client: Client, dataset: Path) -> None:
    """Figures that are not imported are no answer, and no reason to believe that there is none."""
    of_sample = client_of(FakeEngine.of_dataset(dataset))
    assert "msqgraph import egdi" in of_sample.get("/en/asked/who-rose-most").text
    assert "msqgraph import egdi" not in of_sample.get("/en/asked/which-portals-serve-several-countries").text
    assert "msqgraph import egdi" not in client.get("/en/asked/who-rose-most").text
    of_sample.close()


def test_a_map_that_cannot_be_drawn_says_why(client: Client) -> None:
    """The reason, where the kinds of the columns are none."""
    sparql = 'SELECT * { VALUES (?iso3 ?area) { ("PRY" "health") ("PRY" "education") } }'
    assert "two rows for PRY: a map has one place for them" in page_of(client, sparql, view="map")
