"""Pages of countries, answers and comparisons: all that was answered, word for word, and nothing that was not said."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import httpx
import lxml.html
import pyoxigraph as ox
import pytest
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE
from msqgraph.exports.citation import cite
from msqgraph.exports.citation_forms import FORMS
from msqgraph.person_names import MARKER
from msqgraph.server.asking import Asking
from msqgraph.server.content.answer import answer as answer_content
from msqgraph.server.content.comparison import comparison
from msqgraph.server.content.country import country as country_content
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.pages import answer, country
from msqgraph.server.pages import comparison as comparison_pages
from msqgraph.server.site_facts import SiteFacts
from msqgraph.terms import term, text_of
from tests.conftest import PRIVATE_PARTS
from tests.fake_engine import FakeEngine

MOST_QUERIES = 12
RESPONSE = f"{DEFAULT_BASE}id/response/2020/PRY"
HOSTILE = (
    "<script>alert(1)</script> \u202e</blockquote><img src=x onerror=alert(1)> {{ 7*7 }} ' \" & \x85"
    + "long " * 2000
    + "end"
)


class Pages:
    """A client of an application, in the same process."""

    def __init__(self, app: Starlette) -> None:
        """A client of an application."""
        self._app = app

    def get(self, path: str) -> httpx.Response:
        """What the application answers to a path."""
        return asyncio.run(self._get(path))

    async def _get(self, path: str) -> httpx.Response:
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(path)


def client_of(engine: FakeEngine) -> Pages:
    """The pages over an engine, as the server puts them together."""
    app = Starlette(routes=[*country.routes(), *answer.routes(), *comparison_pages.routes()])
    app.state.asking = Asking(engine, DEFAULT_BASE)
    app.state.site = SiteFacts(DEFAULT_BASE, version="1.2.0", editions=("2020",))
    return Pages(app)


@pytest.fixture(scope="module")
def engine(world: Path) -> FakeEngine:
    """An engine over the world: Paraguay, and a neighbour with ticked and empty boxes."""
    return FakeEngine.of_dataset(world)


@pytest.fixture(scope="module")
def client(engine: FakeEngine) -> Pages:
    """The pages over the world."""
    return client_of(engine)


@pytest.fixture
def changed(dataset: Path) -> Callable[[Callable[[ox.Store], None]], Pages]:
    """What makes the pages over a copy of the sample that something was done to."""

    def made(change: Callable[[ox.Store], None]) -> Pages:
        store = ox.Store()
        store.bulk_extend(ox.Store.read_only(str(dataset / "store")))
        change(store)
        return client_of(FakeEngine(store))

    return made


def rows(engine: FakeEngine, query: str) -> list[tuple[str, ...]]:
    """The rows of a query as texts; ``msq:``, ``dct:`` and ``oa:`` are known."""
    prologue = f"PREFIX msq: <{DEFAULT_BASE}ontology#> PREFIX dct: <http://purl.org/dc/terms/> "
    prologue += "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX prov: <http://www.w3.org/ns/prov#> "
    found = engine.store.query(prologue + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple("" if value is None else text_of(value) for value in row) for row in found]


def page(client: Pages, path: str, status: int = 200) -> lxml.html.HtmlElement:
    """A page, parsed."""
    response = client.get(path)
    assert response.status_code == status, response.text[:500]
    return lxml.html.fromstring(response.text)


def article(tree: lxml.html.HtmlElement, number: str) -> lxml.html.HtmlElement:
    """What a country page says of a question."""
    [found] = tree.xpath("//*[@id=$id]", id=f"q-{number}")
    assert isinstance(found, lxml.html.HtmlElement)
    return found


def words(tree: lxml.html.HtmlElement) -> str:
    """The text of a page in one line."""
    return " ".join(tree.text_content().split())


def test_every_question_of_the_form_stands_on_the_page_once(client: Pages, engine: FakeEngine) -> None:
    """In the form's sections; with its status in words, also those that head others."""
    numbers = {iri.rpartition("/")[2] for (iri,) in rows(engine, "SELECT ?q { ?q a msq:Question }")}
    assert len(numbers) == 42
    tree = page(client, "/en/countries/PRY")
    assert Counter(tree.xpath("//@id[starts-with(., 'q-')]")) == dict.fromkeys((f"q-{number}" for number in numbers), 1)
    assert len(tree.xpath("//section[contains(@class, 'form-section')]")) == 11
    told = rows(engine, f"SELECT ?q ?s {{ ?a msq:response <{RESPONSE}> ; msq:question ?q ; msq:status ?s }}")
    said = {"answered": "answered", "unreadable": "not readable"}
    for question, status in told:
        header = article(tree, question.rpartition("/")[2]).find("header")
        assert header is not None
        assert header.xpath("string(span[contains(@class, 'status')])") == said[status.rpartition("/")[2]]


@pytest.mark.parametrize("iso3", ["PRY", "URY"])
def test_every_answer_is_quoted_word_for_word(client: Pages, engine: FakeEngine, iso3: str) -> None:
    """With its language and direction, on the page of the country, on its own and in the comparison."""
    tree = page(client, f"/en/countries/{iso3}")
    side_by_side = page(client, "/en/compare?country=PRY&country=URY")
    response = f"{DEFAULT_BASE}id/response/2020/{iso3}"
    told = rows(
        engine, f"SELECT ?q ?t (LANG(?t) AS ?l) {{ ?a msq:response <{response}> ; msq:question ?q ; msq:text ?t }}"
    )
    assert len(told) > 30
    for question, text, language in told:
        number = question.rpartition("/")[2]
        places = [article(tree, number), article(side_by_side, number)]
        if iso3 == "PRY":
            places.append(page(client, f"/en/answers/2020/{iso3}/{number}"))
        for place in places:
            quotes = [quote for quote in place.xpath(".//blockquote") if quote.text_content() == text]
            assert quotes, (number, text)
            expected = ("auto", None) if language in ("", "und") else ("ltr", language)
            assert (quotes[0].get("dir"), quotes[0].get("lang")) == expected


@pytest.mark.parametrize("iso3", ["PRY", "URY"])
def test_what_is_unknown_is_never_said_as_no(client: Pages, engine: FakeEngine, iso3: str) -> None:
    """Each box has the state that the graph gives it, and the reason stands beside those that are lost."""
    tree = page(client, f"/en/countries/{iso3}")
    response = f"{DEFAULT_BASE}id/response/2020/{iso3}"
    names = {"ticked": "ticked", "unticked": "not ticked", "tickUnknown": "unknown"}
    expected: Counter[tuple[str, str]] = Counter()
    for name, said in names.items():
        found = rows(engine, f"SELECT ?q ?o {{ ?a msq:response <{response}> ; msq:question ?q ; msq:{name} ?o }}")
        expected.update((question.rpartition("/")[2], said) for question, _ in found)
    shown: Counter[tuple[str, str]] = Counter()
    for place in tree.xpath("//article"):
        ticks = place.xpath(".//ul[@class='ticks']/li/span[contains(@class, 'tick')]/text()")
        shown.update((place.get("id").removeprefix("q-"), state) for state in ticks)
        if "unknown" in ticks:
            assert "neither a yes nor a no" in words(place)
    assert shown == expected
    found = rows(engine, f"SELECT ?q ?x {{ ?a msq:response <{response}> ; msq:question ?q ; msq:affirms ?x }}")
    affirmed = {question.rpartition("/")[2]: value for question, value in found}
    for place in tree.xpath("//article"):
        value = affirmed.get(place.get("id").removeprefix("q-"))
        assert ("says no" in words(place)) == (value == "false")
        assert ("says yes" in words(place)) == (value == "true")


def test_every_fact_stands_beside_its_answer(client: Pages, engine: FakeEngine) -> None:
    """With links to the statement and the thing, its basis, who confirmed it, its doubts, and what others say."""
    tree = page(client, "/en/countries/URY")
    response = f"{DEFAULT_BASE}id/response/2020/URY"
    query = f"SELECT ?s ?q ?p {{ ?s a msq:Statement ; msq:response <{response}> ; rdf:predicate ?p ; "
    query += "prov:wasDerivedFrom ?a . ?a msq:question ?q }"
    found = rows(engine, query)
    for_machines = {f"{DEFAULT_BASE}ontology#{name}" for name in ("country", "edition", "isReferencePeriodAssumed")}
    own = [(s, q) for s, q, p in found if p.startswith(f"{DEFAULT_BASE}ontology#") and p not in for_machines]
    assert len(own) > 80
    for statement, question in own:
        place = article(tree, question.rpartition("/")[2])
        links = place.xpath(".//@href")
        assert f"/en/things/{statement.removeprefix(DEFAULT_BASE)}" in links, statement
    confirmed = words(article(tree, "5i"))
    assert "confirmed by a person Statistics Office" in confirmed
    assert "corrected by a person ORCID 0000-0002-1825-0097" in words(article(tree, "15"))
    assert "World Bank GovTech data set" in words(article(page(client, "/en/countries/PRY"), "9"))
    doubtful = words(article(page(client, "/en/countries/PRY"), "18"))
    assert "about 30" in doubtful
    assert "for the year 2018" in doubtful
    assert "Implausible percentage" in doubtful


def test_the_summary_counts_and_leads_down(client: Pages) -> None:
    """As many links as questions of that status; every link within the page leads somewhere."""
    tree = page(client, "/en/countries/PRY")
    counts = {
        item.xpath("string(span)").strip(): int(item.xpath("string(strong)"))
        for item in tree.xpath("//section[@aria-labelledby='glance']/ul/li[span]")
    }
    assert counts == {"answered": 35, "not readable": 5}
    jumps = tree.xpath("//dl[contains(@class, 'jump')]/dd")
    assert [len(place.xpath("a")) for place in jumps[:2]] == [35, 5]
    targets = {href[1:] for href in tree.xpath("//main//@href") if href.startswith("#")}
    assert targets
    assert targets <= set(tree.xpath("//@id"))


def test_a_country_without_response_says_so(client: Pages) -> None:
    """Plainly, and that nothing follows from it; its figures are there all the same."""
    tree = page(client, "/en/countries/BRA")
    assert "No response. This dataset has no response of Brazil to the questionnaire of 2020." in words(tree)
    assert not tree.xpath("//article")
    assert tree.xpath("//svg")
    assert "no response" in tree.xpath("string(//nav[@class='editions'])")


@pytest.mark.parametrize(
    "path",
    [
        "countries/XXX",
        "countries/PRY?edition=1999",
        "countries/a%20b",
        "countries/%3E%20%7D",
        "countries/PRY?edition=%7B%7D",
        "answers/2020/PRY/99",
        "answers/2020/PRY/2",
        "answers/2020/BRA/1",
        "answers/2020/PRY/%22",
    ],
)
def test_what_is_not_there_is_not_found(client: Pages, path: str) -> None:
    """Neither an error nor an empty page."""
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_sound_in_every_language(client: Pages, language: str) -> None:
    """One h1, headings that skip no level, ids once, nothing inline that the policy forbids, one language."""
    for path in ("countries/PRY", "countries/BRA", "answers/2020/URY/9", "compare?country=PRY&country=URY", "compare"):
        text = client.get(f"/{language}/{path}").text
        tree = lxml.html.fromstring(text)
        assert (tree.get("lang"), tree.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
        levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)
        assert max(Counter(tree.xpath("//@id")).values()) == 1
        assert not tree.xpath("//@style|//style|//script[not(@src)]|//@*[starts-with(name(), 'on')]")
        ours = [
            href for href in tree.xpath("//main//a/@href") if href.startswith("/") and "." not in href.split("/")[-1]
        ]
        assert all(href.startswith(f"/{language}/") for href in ours)


def test_a_hostile_answer_is_only_text(changed: Callable[[Callable[[ox.Store], None]], Pages]) -> None:
    """Markup, a template, a change of direction and ten thousand characters stand there as they were written, and an
    address that is no web address is no link."""
    answered = ox.NamedNode(f"{RESPONSE}/14")

    def plant(store: ox.Store) -> None:
        for quad in list(store.quads_for_pattern(answered, term("msq:text"), None, ox.DefaultGraph())):
            store.remove(quad)
        store.add(ox.Quad(answered, term("msq:text"), ox.Literal(HOSTILE, language="es"), ox.DefaultGraph()))
        mention = ox.NamedNode(f"{RESPONSE}/1/1")
        for quad in list(store.quads_for_pattern(mention, term("msq:website"), None, ox.DefaultGraph())):
            store.remove(quad)
        store.add(ox.Quad(mention, term("msq:website"), ox.NamedNode("javascript:alert(1)"), ox.DefaultGraph()))

    client = changed(plant)
    for path in ("countries/PRY", "answers/2020/PRY/14", "compare?country=PRY&country=BRA", "answers/2020/PRY/1"):
        text = client.get(f"/en/{path}").text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        tree = lxml.html.fromstring(text)
        assert not tree.xpath("//@href[starts-with(., 'javascript:')]")
        if not path.endswith("/1"):
            assert HOSTILE in [quote.text_content() for quote in tree.xpath("//blockquote")]


def test_nothing_that_is_withheld_is_shown(client: Pages, engine: FakeEngine) -> None:
    """On no page and in no file; the marker is there instead, as a mark."""
    tree = page(client, "/en/countries/PRY")
    assert {mark.text_content() for mark in article(tree, "contact").xpath(".//mark")} == {MARKER}
    numbers = [
        iri.rpartition("/")[2]
        for (iri,) in rows(engine, f"SELECT ?a {{ ?a msq:response <{RESPONSE}> ; a msq:Answer }}")
    ]
    paths = [f"countries/{iso3}" for iso3 in ("PRY", "URY")]
    paths += [f"answers/2020/PRY/{number}{form}" for number in numbers[::3] for form in ("", "?form=csl")]
    paths += [f"answers/2020/PRY/{number}" for number in ("4", "contact")]
    paths += ["compare?country=PRY&country=URY", "compare.csv?country=PRY&country=URY"]
    assert len(paths) > 30
    for path in paths:
        text = client.get(f"/es/{path}").text
        assert not [part for part in PRIVATE_PARTS if part.casefold() in text.casefold()], path


def test_the_chart_shows_a_break_between_its_editions(client: Pages) -> None:
    """As a rule in the plot, right of the edition and left of the next; the caption names the indices that break, and
    the source as it is called."""
    tree = page(client, "/en/countries/PRY")
    [rule] = tree.xpath("//svg[@class='lines']/line[@class='break']")
    years = {
        text.text: float(text.get("x")) for text in tree.xpath("//svg[@class='lines']//text[@text-anchor='middle']")
    }
    assert rule.get("x1") == rule.get("x2")
    assert float(rule.get("x1")) == pytest.approx((years["2010"] + years["2012"]) / 2, abs=0.1)
    [caption] = tree.xpath("//figcaption")
    assert "Break between 2010 and the next edition: EGDI, HCI, TII." in words(caption)
    [source] = caption.xpath(".//a[@href='/en/things/id/source/egdi']")
    assert source.text_content() == "United Nations E-Government Survey: E-Government Development Index and its parts"


def test_the_number_of_queries_does_not_grow(client: Pages, engine: FakeEngine) -> None:
    """Neither with what a country answered nor with the countries that are compared."""

    def asked(path: str) -> int:
        before = len(engine.asked)
        assert client.get(f"/en/{path}").status_code == 200
        return len(engine.asked) - before

    assert asked("countries/BRA") <= asked("countries/PRY") == asked("countries/URY") <= MOST_QUERIES
    assert max(asked("answers/2020/PRY/21"), asked("answers/2020/PRY/9")) <= MOST_QUERIES
    several = "&".join(f"country={iso3}" for iso3 in ("PRY", "URY", "BRA", "ARG", "CHL"))
    assert asked("compare?country=PRY&country=URY") == asked(f"compare?{several}") <= MOST_QUERIES


def test_a_past_edition_says_so(changed: Callable[[Callable[[ox.Store], None]], Pages]) -> None:
    """A later response supersedes: the page says it, and marks the facts that are no longer stated; the answer to the
    same question in the other edition is shown."""
    later, form = f"{DEFAULT_BASE}id/response/2022/PRY", f"{DEFAULT_BASE}questionnaire/2022"
    agency = ox.NamedNode(f"{DEFAULT_BASE}id/agency/PRY/ministerio-de-educacion-y-ciencias")

    def plant(store: ox.Store) -> None:
        here = ox.DefaultGraph()

        def add(subject: str, name: str, value: ox.NamedNode | ox.Literal | str) -> None:
            said = ox.NamedNode(value) if isinstance(value, str) else value
            store.add(ox.Quad(ox.NamedNode(subject), term(name), said, here))

        add(form, "rdf:type", term("msq:Questionnaire").value)
        add(form, "msq:edition", f"{DEFAULT_BASE}id/edition/2022")
        add(f"{form}/7b", "rdf:type", term("msq:Question").value)
        add(f"{form}/7b", "dct:isPartOf", form)
        add(f"{form}/7b", "msq:position", ox.Literal(1))
        add(f"{form}/7b", "msq:wording", ox.Literal("Who is in charge of education?", language="en"))
        [(topic,)] = [
            (quad.object,)
            for quad in store.quads_for_pattern(
                ox.NamedNode(f"{DEFAULT_BASE}questionnaire/2020/5b"), term("msq:topic"), None, here
            )
        ]
        add(f"{form}/7b", "msq:topic", text_of(topic))
        add(later, "rdf:type", term("msq:Response").value)
        add(later, "msq:country", f"{DEFAULT_BASE}id/country/PRY")
        add(later, "msq:edition", f"{DEFAULT_BASE}id/edition/2022")
        add(f"{later}/7b", "rdf:type", term("msq:Answer").value)
        add(f"{later}/7b", "msq:response", later)
        add(f"{later}/7b", "msq:question", f"{form}/7b")
        add(f"{later}/7b", "msq:status", f"{DEFAULT_BASE}code/answer-status/answered")
        add(f"{later}/7b", "msq:text", ox.Literal("Otro ministerio", language="es"))
        for quad in list(store.quads_for_pattern(agency, term("msq:responsibleFor"), None, here)):
            store.remove(quad)

    client = changed(plant)
    tree = page(client, "/en/countries/PRY?edition=2020")
    assert "This is a past edition." in words(tree)
    past = words(article(tree, "5b"))
    assert past.count("no longer stated") == 1
    assert "no longer stated" not in words(article(tree, "5c"))
    assert "past edition" not in words(page(client, "/en/countries/PRY"))
    one = page(client, "/en/answers/2020/PRY/5b")
    assert "Otro ministerio" in words(one)
    assert "/en/answers/2022/PRY/7b" in one.xpath("//@href")
    both = page(client, "/en/compare?country=PRY&edition=2020&edition=2022")
    [row] = both.xpath("//tr[.//blockquote[text()='Otro ministerio']]")
    assert "differs" in words(row)
    asked_once = [tr for tr in both.xpath("//tr[contains(@class, 'compared')]") if "not asked" in words(tr)]
    assert len(asked_once) == 39
    assert all("not comparable" in words(tr) for tr in asked_once)


def test_the_page_of_the_document_is_told(changed: Callable[[Callable[[ox.Store], None]], Pages]) -> None:
    """Where the document has pages, on the page of the country, of the answer and in its citation."""

    def plant(store: ox.Store) -> None:
        place = ox.NamedNode(f"{RESPONSE}/5c/place")
        for quad in list(store.quads_for_pattern(place, term("rdf:value"), None, ox.DefaultGraph())):
            store.remove(quad)
        store.add(ox.Quad(place, term("rdf:value"), ox.Literal("page=3"), ox.DefaultGraph()))

    client = changed(plant)
    assert "Page 3" in words(article(page(client, "/en/countries/PRY"), "5c"))
    assert "page=3" in words(page(client, "/en/answers/2020/PRY/5c"))
    assert "pages = {3}" in client.get("/en/answers/2020/PRY/5c?form=bibtex").text


def test_an_answer_is_cited_as_the_command_cites_it(dataset: Path) -> None:
    """The same three forms as files to download; the quote of question 4 names a person and is left out."""
    client = client_of(FakeEngine.of_dataset(dataset))
    release = SiteFacts(DEFAULT_BASE, version="1.2.0").release
    for number in ("5f", "4", "9"):
        citation = cite(dataset, f"id/response/2020/PRY/{number}", release)
        for form, told in FORMS.items():
            response = client.get(f"/fr/answers/2020/PRY/{number}?form={form}")
            assert response.text == f"{told(citation)}\n"
            assert response.headers["content-disposition"].startswith(f'attachment; filename="{citation.key}.')
        assert citation.text() in words(page(client, f"/fr/answers/2020/PRY/{number}"))
        assert citation.text() in words(article(page(client, "/fr/countries/PRY"), number))
    assert client.get("/fr/answers/2020/PRY/5f?form=doc").status_code == 400


def test_an_answer_page_has_all_that_it_stands_on(client: Pages) -> None:
    """Quote, place, document, mentions as written and as normalised, signs of boxes, decisions, links to the data."""
    tree = page(client, "/en/answers/2020/URY/9")
    told = words(tree)
    for part in ("character ☒", "character ☐", "char=", "URY.md", "SHA-256", "13/02/2019", "Ley de transparencia"):
        assert part in told, part
    links = tree.xpath("//@href")
    for suffix in ("ttl", "jsonld"):
        assert f"/id/response/2020/URY/9.{suffix}" in links
    assert "/en/questions/2020/9" in links
    assert "/en/laws/URY/law-5189-2014" in links
    assert "/en/answers/2020/URY/8" in links
    assert "/en/answers/2020/URY/10" in links
    assert "Corrected: ORCID" in words(page(client, "/en/answers/2020/URY/15"))
    assert "(http assumed)" in words(page(client, "/en/answers/2020/URY/15"))


def test_a_comparison_marks_what_differs_in_words(client: Pages) -> None:
    """The neighbour's number differs, a lost box does not; the filters leave what they say; the sums are right."""
    tree = page(client, "/en/compare?country=PRY&country=URY")
    number = words(article(tree, "18").xpath("th")[0])
    assert "differs" in number
    assert "Differs: number, wording of the answer" in number
    lost = words(article(tree, "10").xpath("th")[0])
    assert "not comparable" in lost
    assert "differs" not in lost.casefold()
    sums = [int(text) for text in tree.xpath("//section[@aria-labelledby='summary']//strong/text()")]
    assert sums == [28, 3, 9]
    assert len(tree.xpath("//tr[contains(@class, 'compared')]")) == sum(sums)
    shown = {"differences": ["q-4", "q-9", "q-18"], "substance": ["q-18"]}
    for show, expected in shown.items():
        filtered = page(client, f"/en/compare?country=PRY&country=URY&show={show}")
        assert filtered.xpath("//tr[contains(@class, 'compared')]/@id") == expected


def test_a_comparison_that_cannot_be_made_says_why(client: Pages) -> None:
    """Too many, unknown, none: readable, on the page, with what was chosen still chosen; never an error."""
    many = "&".join(f"country={iso3}" for iso3 in ("PRY", "URY", "BRA", "ARG", "CHL", "PER"))
    assert "too much to compare" in words(page(client, f"/en/compare?{many}", 400))
    tree = page(client, "/en/compare?country=PRY&country=XYZ", 404)
    assert "There is no country with the code XYZ." in words(tree)
    assert tree.xpath("//select[@id='country-0']/option[@selected]/@value") == ["PRY"]
    assert "no questionnaire of the edition 1850" in words(page(client, "/en/compare?country=PRY&edition=1850", 404))
    assert "<b>" not in client.get("/en/compare?country=%3Cb%3E").text
    assert page(client, "/en/compare").xpath("//table") == []
    assert "Choose a second country" in words(page(client, "/en/compare?country=PRY"))
    assert client.get(f"/en/compare.csv?{many}").status_code == 400
    assert client.get("/en/compare.csv").status_code == 400
    assert client.get("/en/compare.csv?country=XYZ").status_code == 404


def test_a_comparison_is_a_file_too(client: Pages) -> None:
    """A row for each question and country, the text word for word, unknown boxes in a column of their own."""
    response = client.get("/es/compare.csv?country=PRY&country=URY")
    found = list(csv.DictReader(io.StringIO(response.text)))
    assert len(found) == 80
    by_place = {(row["question"], row["country"]): row for row in found}
    assert (
        by_place["18", "URY"] | {"value": "1.25", "unit": "percent", "reference_year": "2018", "outcome": "different"}
        == (by_place["18", "URY"])
    )
    boxes = by_place["9", "URY"]
    assert (boxes["ticked"], boxes["unticked"]) == ("access-to-information digital-identity", "open-government-data")
    assert len(boxes["tick_unknown"].split()) == 6
    assert by_place["10", "PRY"]["affirms"] == ""


def test_content_is_the_same_without_pages(engine: FakeEngine) -> None:
    """What the pages show is there as plain records, in the language of the reader."""
    asking = Asking(engine, DEFAULT_BASE)
    paraguay = asyncio.run(country_content(asking, "PRY", None, "ar"))
    assert paraguay is not None
    assert (paraguay.name.value, paraguay.edition, paraguay.groups) == ("باراغواي", "2020", ("lldc",))
    assert [name.language for name in paraguay.own_names] == ["gn", "es"]
    one = asyncio.run(answer_content(asking, "2020", "URY", "18", "fr"))
    assert one is not None
    assert one.answer.quantity is not None
    assert one.answer.quantity.is_approximate
    compared = asyncio.run(comparison(asking, ["PRY", "PRY", "URY"], [], "es"))
    assert [column.iso3 for column in compared.columns] == ["PRY", "URY"]
    assert re.fullmatch(r"\d+", str(compared.outcomes["same"]))
