"""Lists, question pages, pages of agencies, laws, strategies, portals and of anything else: complete, safe, linked."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import lxml.html
import pyoxigraph as ox
import pytest
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.asking import Asking
from msqgraph.server.content.answer_counts import STATUSES
from msqgraph.server.content.egdi import series
from msqgraph.server.content.line_chart import line_chart
from msqgraph.server.content.listing import PAGE_SIZE
from msqgraph.server.content.question import question
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.pages import about, answer, country, entity, listing, start, thing
from msqgraph.server.pages import question as question_pages
from msqgraph.server.pages.rendering import environment
from msqgraph.server.site_facts import SiteFacts
from msqgraph.terms import term
from msqgraph.withdrawals import Withdrawal, tombstones
from tests.fake_engine import FakeEngine

MOST_QUERIES = 20
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'><img src=x onerror=alert(1)>"
LISTS = ("countries", "agencies", "laws", "strategies", "portals", "questions")


class Site:
    """All pages over a store, asked in the same process; ``engine.asked`` notes the queries."""

    def __init__(self, engine: FakeEngine, is_static: bool = False) -> None:
        """The pages over an engine."""
        self.engine = engine
        modules = (start, listing, question_pages, entity, thing, about, country, answer)
        self.app = Starlette(routes=[route for module in modules for route in module.routes()])
        self.app.state.asking = Asking(engine, DEFAULT_BASE)
        self.app.state.site = SiteFacts(
            DEFAULT_BASE, editions=("2020",), questionnaires=("2020",), version="1.0", is_static=is_static
        )

    def get(self, path: str, root: str = "") -> httpx.Response:
        """What is answered to a path; ``root`` is where a proxy has put the site."""
        return asyncio.run(self._get(path, root))

    def html(self, path: str) -> lxml.html.HtmlElement:
        """A page that answers 200, as elements."""
        answered = self.get(path)
        assert answered.status_code == 200, (path, answered.status_code)
        return lxml.html.fromstring(answered.text)

    def rows(self, path: str) -> list[dict[str, str]]:
        """The rows of a file."""
        answered = self.get(path)
        assert answered.status_code == 200
        assert answered.headers["content-type"].startswith("text/csv")
        assert "attachment" in answered.headers["content-disposition"]
        return list(csv.DictReader(io.StringIO(answered.text, newline="")))

    async def _get(self, path: str, root: str) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, root_path=root)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get(f"{root}{path}")


@pytest.fixture(scope="module")
def site(world: Path) -> Site:
    """The pages over two countries, an index and an invented source."""
    return Site(FakeEngine.of_dataset(world))


def changed(folder: Path, *triples: ox.Triple) -> Site:
    """The pages over a dataset with some triples more."""
    store = ox.Store()
    store.extend(ox.Store.read_only(str(folder / "store")))
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return Site(FakeEngine(store))


def node(path: str) -> ox.NamedNode:
    """A thing under the base."""
    return ox.NamedNode(DEFAULT_BASE + path)


def agency(slug: str, name: str, website: str = "") -> list[ox.Triple]:
    """The triples of an invented agency."""
    made = node(f"id/agency/PRY/{slug}")
    told = [
        ox.Triple(made, term("rdf:type"), term("msq:Agency")),
        ox.Triple(made, term("skos:prefLabel"), ox.Literal(name, language="es")),
        ox.Triple(made, term("msq:country"), node("id/country/PRY")),
    ]
    return told + ([ox.Triple(made, term("msq:website"), ox.NamedNode(website))] if website else [])


def links(page: lxml.html.HtmlElement, within: str = "//main") -> list[str]:
    """The local addresses that a page links to, without fragments."""
    found = {urlsplit(href)._replace(fragment="").geturl() for href in page.xpath(f"{within}//a/@href")}
    return sorted(href for href in found if href.startswith("/"))


@pytest.mark.parametrize("kind", LISTS)
def test_every_page_that_a_list_names_is_there(site: Site, kind: str) -> None:
    """A table that leads nowhere would be worse than none."""
    page = site.html(f"/en/{kind}")
    heads = page.xpath("//table//tbody/tr/th//a/@href")
    assert heads
    every = heads if kind != "countries" else heads[:3] + [href for href in heads if href.endswith(("PRY", "URY"))]
    for href in {*every, *page.xpath("//table//tbody/tr[position() < 4]/td//a[starts-with(@href, '/')]/@href")}:
        status = site.get(href).status_code
        assert status in (200, 303), href


@pytest.mark.parametrize("kind", LISTS)
def test_a_file_has_all_rows_that_the_page_counts(site: Site, kind: str) -> None:
    """What is told above a table is how many rows its file has."""
    page = site.html(f"/en/{kind}")
    told = int(re.sub(r"\D", "", page.xpath("string(//*[@class='list-head']/strong)")))
    rows = site.rows(f"/en/{kind}.csv")
    assert len(rows) == told > 0
    assert len(page.xpath("//table//tbody/tr")) == min(told, PAGE_SIZE)
    assert all(row["iri"].startswith(DEFAULT_BASE) for row in rows)


def test_countries_are_the_member_states(site: Site) -> None:
    """193 of them, others on demand; two responded."""
    assert len(site.rows("/en/countries.csv")) == 193
    assert len(site.rows("/en/countries.csv?areas=all")) > 193
    assert {row["code"] for row in site.rows("/en/countries.csv?response=yes")} == {"PRY", "URY"}
    assert len(site.rows("/en/countries.csv?response=no")) == 191
    assert len(site.html("/en/countries?page=2").xpath("//table//tbody/tr")) == 93
    assert site.get("/en/countries?page=3").status_code == 404


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("agencies.csv?country=URY&words=salud", {"Ministerio de Salud Pública y Bienestar Social"}),
        ("agencies.csv?country=PRY&area=education", {"Ministerio de Educación y Ciencias"}),
        ("agencies.csv?region=142&edition=2020", set()),
        ("laws.csv?type=decree&country=PRY", {"Decreto N° 2.794 del 16 de diciembre del 2014"}),
        ("portals.csv?country=PRY&type=open-government-data&named_by=government", {"datos.gov.py"}),
        ("questions.csv?words=satisfaction+of+citizens", {"12"}),
        ("countries.csv?group=lldc&region=019", {"Paraguay", "Bolivia"}),
        ("countries.csv?words=巴拉圭", {"Paraguay"}),
    ],
)
def test_filters_narrow_a_list(site: Site, address: str, expected: set[str]) -> None:
    """Each filter by itself and with others; words are found in every language."""
    assert {row["name"] for row in site.rows(f"/en/{address}")} == expected


def test_what_no_filter_understands_is_told_and_changes_nothing(site: Site) -> None:
    """A mistyped parameter must not look like an empty result."""
    page = site.html("/en/agencies?region=atlantis&nonsense=1&page=x")
    assert "region=atlantis" in page.text_content()
    assert len(page.xpath("//table//tbody/tr")) == len(site.html("/en/agencies").xpath("//table//tbody/tr"))


def test_lists_are_sorted_both_ways(site: Site) -> None:
    """By number where it is one: rank 9 stands before rank 10; what has none comes last."""
    ranks = [int(row["rank"]) for row in site.rows("/en/countries.csv?sort=rank") if row["rank"]]
    assert ranks == sorted(ranks) and len(ranks) == 193
    names = [row["name"].casefold() for row in site.rows("/en/agencies.csv?sort=-name")]
    assert names == sorted(names, reverse=True)


def test_a_question_counts_every_member_state_once(site: Site) -> None:
    """Statuses add up to 193; unknown is neither yes nor no nor ticked."""
    for number in ("9", "10", "14", "18"):
        found = asyncio.run(question(site.app.state.asking, "2020", number, "en"))
        assert found is not None
        assert [status for status, _ in found.statuses] == list(STATUSES)
        assert sum(count for _, count in found.statuses) == found.member_count == 193
        assert len(found.responded) == 2
    satisfied = asyncio.run(question(site.app.state.asking, "2020", "10", "en"))
    assert satisfied is not None and dict(satisfied.truths) == {"yes": 1, "no": 0, "unknown": 1}
    boxes = asyncio.run(question(site.app.state.asking, "2020", "9", "en"))
    assert boxes is not None
    counts = {box.iri.rpartition("/")[2]: (box.ticked, box.unticked, box.unknown) for box in boxes.options}
    assert counts["open-government-data"] == (0, 1, 1)
    assert counts["access-to-information"] == (1, 0, 1)
    assert all(sum(three) == 2 for three in counts.values())


def test_a_question_page_shows_words_and_leads_to_answers(site: Site) -> None:
    """The wording of the form, the government's words, a link to each whole answer, a picture with a name."""
    page = site.html("/en/questions/2020/9")
    assert page.xpath("string(//blockquote)") == "Is there any legal framework on:"
    assert "Se cuenta con leyes" in page.text_content()
    hrefs = links(page)
    assert {"/en/answers/2020/PRY/9", "/en/answers/2020/URY/9"} <= set(hrefs)
    assert all(svg.get("aria-label") for svg in page.xpath("//svg[@role='img']"))
    assert "unknown" in page.xpath("string(//ul[@class='ticks'])")
    rows = {row["iso3"]: row for row in site.rows("/en/questions/2020/9.csv")}
    assert len(rows) == 193
    assert rows["URY"]["unticked"] == "open-government-data"
    assert rows["PRY"]["unticked"] == "" and rows["PRY"]["tick_unknown"].count("|") == 8
    assert rows["FRA"]["status"] == "no-response"


def test_parts_of_a_form_that_are_no_questions_are_things(site: Site) -> None:
    """Their addresses look alike: a section is sent on, what does not exist is not there."""
    sent = site.get("/en/questions/2020/section-4")
    assert (sent.status_code, sent.headers["location"]) == (303, "/en/things/questionnaire/2020/section-4")
    assert site.get(sent.headers["location"]).status_code == 200
    assert site.get("/en/questions/2020/99").status_code == 404
    assert site.get("/en/questions/2020/a%3Eb").status_code == 404


def test_an_agency_shows_names_facts_and_what_they_stand_on(site: Site) -> None:
    """Each fact with quote, answer and statement; each link answers."""
    page = site.html("/en/agencies/PRY/ministerio-de-hacienda")
    text = " ".join(page.text_content().split())
    assert "Ministerio de Hacienda" in page.xpath("string(//h1)")
    assert "Finance and taxation" in text or "Finance" in text
    assert page.xpath("//q[contains(@class, 'quote')]")
    assert "/en/answers/2020/PRY/5h" in links(page)
    assert f"{DEFAULT_BASE}id/agency/PRY/ministerio-de-hacienda" in text
    for href in links(page):
        if "/things/" in href or "/agencies/" in href:
            assert site.get(href).status_code in (200, 303), href
    assert page.xpath("//link[@type='text/turtle']/@href") == ["/id/agency/PRY/ministerio-de-hacienda.ttl"]


def test_one_address_of_two_ministries_is_shown_and_makes_them_not_one(site: Site) -> None:
    """The sample gives two ministries one address: both pages say so."""
    shared = site.html("/en/agencies/PRY/ministerio-del-ambiente-y-desarrollo-sostenible")
    assert "does not make them one" in shared.text_content()


def test_no_address_of_an_unknown_thing_answers(site: Site) -> None:
    """404 for what is not there, also where it is of another kind."""
    for path in (
        "agencies/PRY/nobody",
        "laws/PRY/ministerio-de-hacienda",
        "portals/x",
        "things/id/x",
        "things/%3Cx%3E",
    ):
        assert site.get(f"/en/{path}").status_code == 404, path


def test_what_was_withdrawn_says_so(dataset: Path) -> None:
    """410 with the tombstone's words, for a thing with a page of its kind and for any other."""
    gone = [
        Withdrawal(
            "id/agency/PRY/gone", "replaced", "2026-11-24", "id/agency/PRY/ministerio-de-hacienda", "Two names."
        ),
        Withdrawal("id/post/PRY/gone", "error", "2026-11-24", None, "Never was."),
    ]
    changed_site = changed(dataset, *tombstones(gone))
    for path, words in (("agencies/PRY/gone", "Two names."), ("things/id/post/PRY/gone", "Never was.")):
        answered = changed_site.get(f"/en/{path}")
        assert (answered.status_code, words in answered.text) == (410, True)


def test_hostile_words_stay_words(dataset: Path) -> None:
    """Names that are programs, formulas or addresses that run are text in pages and files, and no links."""
    hostile = changed(
        dataset,
        *agency("hostile", HOSTILE, "javascript:alert(1)"),
        *agency("formula", '=HYPERLINK("http://x.example")'),
    )
    for path in ("agencies", "agencies/PRY/hostile", "things/code/policy-area/health", f"agencies?words={HOSTILE[:9]}"):
        text = hostile.get(f"/en/{path}").text
        assert "<script>alert" not in text and "<img src=x" not in text, path
        assert "49" not in lxml.html.fromstring(text).xpath("string(//h1)")
        assert not re.search(r"href=[\"']javascript:", text)
    assert HOSTILE in hostile.html("/en/agencies/PRY/hostile").xpath("string(//h1)")
    rows = hostile.rows("/en/agencies.csv?words=hyperlink")
    assert [row["name"] for row in rows] == ['\'=HYPERLINK("http://x.example")']


def test_any_thing_is_shown_with_links_both_ways(site: Site) -> None:
    """A code, a term, a graph, a statement with its evidence; bounds are told with the number of the whole."""
    code = site.html("/fr/things/code/legal-topic/open-government-data")
    assert code.xpath("string(//h1)").strip() == "Données publiques ouvertes"
    assert any(href.startswith("/fr/things/questionnaire/2020/9/") for href in links(code))
    term_page = site.html("/en/things/ontology%23Agency")
    assert "of " in term_page.text_content() and "/en/query" in " ".join(links(term_page))
    assert "triples" in site.html("/en/things/graph/response/2020/PRY").text_content()
    path = "id/statement/2020/PRY/5h/ministerio-de-hacienda-responsible-for-finance-taxation"
    statement = site.html(f"/en/things/{path}")
    assert statement.xpath("//blockquote") and "/en/answers/2020/PRY/5h" in links(statement)
    assert "/en/agencies/PRY/ministerio-de-hacienda" in links(statement)
    assert site.get("/en/things/id/country/PRY").headers["location"] == "/en/countries/PRY"


def test_pages_hold_nothing_that_the_content_policy_forbids(site: Site) -> None:
    """No style attribute, no handler attribute, no program or style inside; one h1; every table named; links safe."""
    paths = ("", "countries", "questions/2020/9", "laws", "agencies/PRY/ministerio-de-hacienda", "about",
             "things/code/legal-topic/open-government-data", "map/egdi-2020")  # fmt: skip
    for path in paths:
        page = site.html(f"/ar/{path}")
        attributes = {name for element in page.iter() for name in element.attrib}
        assert not [name for name in attributes if name == "style" or name.startswith("on")], path
        assert not page.xpath("//style") and not page.xpath("//script[not(@src)]")
        assert len(page.xpath("//h1")) == 1
        assert all(table.xpath("caption") for table in page.xpath("//table"))
        outside = page.xpath("//main//a[starts-with(@href, 'http')]")
        assert all("noopener" in (link.get("rel") or "") for link in outside), path
        identifiers = page.xpath("//@id")
        assert len(identifiers) == len(set(identifiers)), path
        assert page.get("dir") == "rtl"


def test_pages_keep_language_and_prefix(site: Site) -> None:
    """Below a proxy's prefix, every local link begins with it, in the language of the page."""
    text = site.get("/fr/agencies", root="/data").text
    local = [href for href in lxml.html.fromstring(text).xpath("//main//a/@href") if href.startswith("/")]
    assert local and all(href.startswith("/data/fr/") for href in local)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_in_all_languages(site: Site, language: str) -> None:
    """Each kind of page answers in each language."""
    for path in ("", "agencies", "questions/2020/10", "strategies/PRY/agenda-digital", "about"):
        assert site.html(f"/{language}/{path}").get("lang") == language


def test_few_queries_make_a_page(site: Site) -> None:
    """However long the list: the number of queries does not grow with the rows."""
    for path in ("", "countries", "agencies", "laws.csv", "questions/2020/9", "agencies/PRY/ministerio-de-hacienda",
                 "things/code/legal-topic/open-government-data"):  # fmt: skip
        before = len(site.engine.asked)
        assert site.get(f"/en/{path}").status_code == 200
        assert len(site.engine.asked) - before <= MOST_QUERIES, path


def test_a_static_site_has_whole_lists_and_no_forms(world: Path) -> None:
    """Where nothing can be asked, all rows are on the page, and no form or editor is offered."""
    static = Site(FakeEngine.of_dataset(world), is_static=True)
    page = static.html("/en/countries")
    assert len(page.xpath("//table//tbody/tr")) == 193 and not page.xpath("//form")
    hrefs = " ".join(links(static.html("/en/"), "//body"))
    assert "/en/query" not in hrefs and "/en/compare" not in hrefs and "/en/map/egdi-2018" in hrefs


def test_egdi_lines_break_where_nothing_may_be_joined(world: Path) -> None:
    """A missing edition is a gap, and so is a break in the method; the table has every figure with its observation."""
    asking = Asking(FakeEngine.of_dataset(world), DEFAULT_BASE)
    paraguay = asyncio.run(series(asking, "PRY"))
    assert [edition.year for edition in paraguay.editions] == list(range(2010, 2026, 2))
    first = paraguay.editions[0]
    assert set(first.broken) == {"egdi", "hci", "tii"} and len(first.breaks) == 3
    lines = {line.slug: line for line in paraguay.chart.lines}
    assert len(lines["egdi"].points) == 8 and len(lines["egdi"].runs[0].split()) == 7
    assert len(lines["osi"].runs[0].split()) == 8
    sudan = asyncio.run(series(asking, "SSD"))
    assert sudan.editions[0].is_empty and sudan.latest is not None
    assert asyncio.run(series(asking, "XXX")).is_empty
    chart = line_chart([2018, 2020, 2022], {"egdi": [0.1, None, 0.3]})
    assert chart.lines[0].runs == ()
    template = environment("en").from_string('{% from "egdi.html" import egdi_chart with context %}{{ egdi_chart(s) }}')
    html = template.render(s=paraguay, site=SiteFacts(DEFAULT_BASE), url=lambda to="", **_: f"/en/{to}")
    page = lxml.html.fromstring(f"<div>{html}</div>")
    assert page.xpath("//svg[@role='img']/@aria-labelledby") == ["egdi-title egdi-desc"]
    assert len(page.xpath("//table/tbody/tr")) == 8 and "style=" not in html
    assert "/en/things/id/observation/egdi/egdi/2020/PRY" in page.xpath("//table//a/@href")


def test_what_is_stated_in_words_stands_beside_boxes_that_nobody_can_tell(site: Site) -> None:
    """Whoever sees an unknown box also sees that the words of the same answer state what it stands for."""
    page = site.html("/en/questions/2020/9")
    rows = {row[0]: row[1:] for row in ([cell.text_content().strip() for cell in one] for one in page.xpath("//tr"))}
    label = next(name for name in rows if name.startswith("Open government data"))
    assert rows["Box"][3] == "Stated, by box or in words"
    assert rows[label][2:4] == ["1", "1"]  # Paraguay's box is unknown, and its words state it
    answers = {row["iso3"]: row for row in site.rows("/en/questions/2020/9.csv")}
    assert "open-government-data" in answers["PRY"]["stated_in_words"].split(" | ")
    assert answers["PRY"]["ticked"] == ""
    assert "stated in words" in page.text_content()


def test_figures_have_their_doubts(site: Site) -> None:
    """On the country's page, the question's page and in its file, not on the answer's own page alone."""
    for path in ("/en/countries/PRY", "/en/questions/2020/18"):
        assert "Implausible percentage" in site.html(path).text_content()
    doubts = {row["iso3"]: row["doubts"] for row in site.rows("/en/questions/2020/18.csv")}
    assert "implausible-percentage" in doubts["PRY"].split(" | ")


def test_figures_of_the_start_page_say_of_how_many(site: Site) -> None:
    """Countries of all Member States, answers of all questions that were put."""
    told = " ".join(site.html("/en/").xpath('//ul[@class="figures"]')[0].text_content().split())
    assert "2 countries responded of 193 Member States" in told
    assert re.search(r"\d+ answers given of \d+ questions", told)


def test_an_agency_leads_something(site: Site) -> None:
    """Not "leads e-government of" without an end."""
    page = site.html("/en/agencies")
    assert "leads e-government of" not in page.text_content()
    assert page.xpath('//td[contains(., "e-government") and contains(., "new technologies")]')
