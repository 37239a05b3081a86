"""The world map: every Member State once, unknown never no, each state told apart by colour and by pattern."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from msqgraph.exports import charts
from msqgraph.server.content.indicators import Indicators, indicators
from msqgraph.server.content.map_values import MapValues, map_values
from msqgraph.server.content.question import question
from msqgraph.server.content.world import countries
from msqgraph.server.pages.world_drawing import drawn, equal_earth
from msqgraph.server.pages.world_shapes import HEIGHT, MARGIN, OUTLINES, WIDTH, shapes, spots
from msqgraph.terms import term
from tests.conftest import ROOT
from tests.fake_engine import FakeEngine
from tests.test_browse_pages import Site, changed, node

LARGEST_PAGE_BYTES = 250_000


@pytest.fixture(scope="module")
def site(world: Path) -> Site:
    """The pages over two countries, an index and an invented source."""
    return Site(FakeEngine.of_dataset(world))


@pytest.fixture(scope="module")
def found(site: Site) -> Indicators:
    """All that a map of the world's data can show."""
    return asyncio.run(indicators(site.app.state.asking, "en"))


def values_of(site: Site, slug: str) -> MapValues:
    """What a map shows."""

    async def ask() -> MapValues:
        asking = site.app.state.asking
        one = (await indicators(asking, "en")).find(slug)
        assert one is not None, slug
        return await map_values(asking, one, await countries(asking, "en"))

    return asyncio.run(ask())


def states(values: MapValues) -> dict[str, str]:
    """The state of each country by its code."""
    return {place.country.iso3: place.value.state for place in values.places}


def test_indicators_come_from_the_graph(found: Indicators) -> None:
    """Questions, boxes, facts, figures; the default has data; a slug is of one indicator."""
    assert {one.kind for one in found.all} == {"index", "rank", "fact", "yes-no", "option", "share"}
    assert found.default is not None and found.default.slug == "egdi-2024"
    slugs = [one.slug for one in found.all]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z0-9.-]+", slug) for slug in slugs)
    assert {one.edition for one in found.all if one.name == "egdi"} == {str(year) for year in range(2010, 2026, 2)}
    near = found.nearest("usage-statistics", "2018")
    assert near is not None and near.edition == "2020"


def test_every_map_counts_193_member_states(site: Site, found: Indicators) -> None:
    """Whatever the indicator, each Member State is in one state."""

    async def all_values() -> list[MapValues]:
        asking = site.app.state.asking
        places = await countries(asking, "en")
        return [await map_values(asking, one, places) for one in found.all if one.edition in ("2010", "2020")]

    for values in asyncio.run(all_values()):
        assert sum(count for _, count in values.counts) == 193 == values.member_count, values.indicator.slug
        assert sum(count for _, count in values.legend) == 193


def test_unknown_is_never_no(site: Site) -> None:
    """A lost tick, an answer that is neither, an unreadable answer: each has its own state, and none is a no."""
    told = {
        "legal-framework.open-government-data-2020": {"PRY": "unknown", "URY": "no"},
        "has-legal-framework-on.open-government-data-2020": {"PRY": "yes"},
        "usage-statistics-2020": {"PRY": "unreadable", "FRA": "no-response"},
        "national-development-strategy-2020": {"PRY": "unknown"},
        "user-satisfaction-2020": {"URY": "no"},
        "egdi-2010": {"SSD": "not-asked"},
        "hci-2010": {"PRK": "no-figure"},
    }
    for slug, expected in told.items():
        found = states(values_of(site, slug))
        assert {iso3: found[iso3] for iso3 in expected} == expected, slug


def test_a_box_that_is_said_to_be_both_is_unknown(world: Path) -> None:
    """Neither of two statements that contradict each other wins: on the map, and on the page of the question."""
    answer, box = node("id/response/2020/URY/9"), node("questionnaire/2020/9/open-government-data")
    site = changed(world, ox.Triple(answer, term("msq:ticked"), box))
    assert states(values_of(site, "legal-framework.open-government-data-2020"))["URY"] == "unknown"
    boxes = asyncio.run(question(site.app.state.asking, "2020", "9", "en"))
    assert boxes is not None
    counts = {one.iri: (one.ticked, one.unticked, one.unknown) for one in boxes.options}
    assert counts[box.value] == (0, 0, 2)


def test_blank_and_none_stated_are_not_answered(dataset: Path) -> None:
    """Both have the colour of what is not answered, and words of their own."""
    answer = node("id/response/2020/PRY/10")
    store = ox.Store()
    store.extend(ox.Store.read_only(str(dataset / "store")))
    for slug in ("blank", "none-stated"):
        for quad in list(store.quads_for_pattern(answer, term("msq:status"), None, None)):
            store.remove(quad)
        store.add(ox.Quad(answer, term("msq:status"), node(f"code/answer-status/{slug}")))
        values = values_of(Site(FakeEngine(store)), "usage-statistics-2020")
        assert states(values)["PRY"] == slug
        assert dict(values.legend)["blank"] == 1


def test_figures_fall_into_the_surveys_groups(site: Site) -> None:
    """EGDI from 0.75 is very high; ranks are parted by quarters of the countries."""
    egdi = values_of(site, "egdi-2020")
    assert egdi.bounds == (0.25, 0.5, 0.75)
    for place in egdi.places:
        assert place.value.figure is not None
        assert (place.value.figure >= 0.75) == (place.value.state == "class-4")
    ranks = values_of(site, "egdi-rank-2020")
    assert all((place.value.figure or 0) <= 48 for place in ranks.places if place.value.state == "class-4")


def test_the_outlines_are_as_drawn() -> None:
    """The file of outlines is what the vendored shapes give: who changes either draws it anew (``make outlines``)."""
    assert (ROOT / "msqgraph/server/pages" / OUTLINES).read_text(encoding="utf-8") == drawn()


def test_the_projection_is_equal_earth() -> None:
    """Values of the published definition: the map is 2.05 times as wide as it is high, and symmetric."""
    x, y = equal_earth(180, 0)[0], equal_earth(0, 90)[1]
    assert x / y == pytest.approx(2.05458, abs=1e-4)
    assert equal_earth(-30, -40) == pytest.approx(tuple(-part for part in equal_earth(30, 40)))


def test_shapes_stay_on_the_map() -> None:
    """No outline runs over the edge, across the whole map, or has no area; every Member State has a place."""
    codes = {shape.m49 for shape in shapes()} | {spot.m49 for spot in spots()}
    table = [line.split(",") for line in (ROOT / "reference" / "countries.csv").read_text().splitlines()[1:]]
    assert {row[0] for row in table if row[3] == "true"} <= codes
    for shape in shapes():
        for part in shape.outline.split("z")[:-1]:
            start, _, steps = part[1:].partition("l")
            x, y = map(int, start.split(","))
            numbers = list(map(int, re.findall(r"-?\d+", steps)))
            assert len(numbers) % 2 == 0
            for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
                assert abs(step_x) < WIDTH / 8, shape.m49
                x, y = x + step_x, y + step_y
                assert -1 <= x <= WIDTH + 1 and -1 <= y <= HEIGHT
    assert all(-MARGIN <= spot.x <= WIDTH + MARGIN for spot in spots())


def test_the_page_links_each_state_with_its_value_in_words(site: Site) -> None:
    """193 links with a title each, a legend whose counts add up, a table with the same, and the note on borders."""
    page = site.html("/en/map/egdi-2020")
    places = page.xpath("//svg[@class='map']//a")
    assert len(places) >= 193 and all(":" in link.xpath("string(title)") for link in places)
    assert {"/en/countries/PRY", "/en/countries/TUV"} <= set(page.xpath("//svg[@class='map']//a/@href"))
    counted = [int(text) for text in page.xpath("//ul[@class='legend']//strong/text()")]
    assert sum(counted) == 193
    assert len(page.xpath("//details[@class='map-table']//tbody/tr")) == 193
    assert charts._SHAPES in " ".join(page.text_content().split())
    assert len(site.get("/en/map/egdi-2020").content) < LARGEST_PAGE_BYTES
    assert len(site.get("/ru/").content) < LARGEST_PAGE_BYTES


def test_states_without_an_answer_have_colours_and_patterns_of_their_own() -> None:
    """Not answered, not readable, not asked, unknown and no each have a pattern, and no two the same ground."""
    css = (ROOT / "msqgraph" / "server" / "static" / "map.css").read_text(encoding="utf-8")
    for theme in css.split("@media (prefers-color-scheme: dark)")[:2]:
        names = ("yes", "no", "unknown", "blank", "unreadable", "no-response", "not-asked", "other")
        colours = [re.search(rf"--m-{name}: (#[0-9a-f]{{3,6}})", theme)[1] for name in names]  # type: ignore[index]
        assert len(set(colours)) == len(names)
    parts = (ROOT / "msqgraph" / "server" / "templates" / "map_parts.html").read_text(encoding="utf-8")
    assert {"p-no", "p-unknown", "p-blank", "p-unreadable", "p-not-asked"} <= set(
        re.findall(r'pattern id="([\w-]+)"', parts)
    )


def test_the_form_and_the_file(site: Site) -> None:
    """A choice without JavaScript leads to the map of the nearest edition; the file has what the map shows."""
    sent = site.get("/fr/map?indicator=usage-statistics&edition=2012")
    assert (sent.status_code, sent.headers["location"]) == (303, "/fr/map/usage-statistics-2020")
    assert site.get("/fr/map?indicator=nothing").status_code == 404
    assert site.get("/fr/map/nothing-2020").status_code == 404
    rows = {row["iso3"]: row for row in site.rows("/en/map/usage-statistics-2020.csv")}
    assert len(rows) == 193 and rows["PRY"]["state"] == "unreadable"
    assert rows["URY"]["source_iri"].endswith("id/response/2020/URY/10")


def test_a_name_that_is_a_program_stays_a_name(dataset: Path) -> None:
    """Names of countries come from the data, too."""
    hostile = ox.Literal("</title><script>alert(1)</script>", language="en")
    site = changed(dataset, ox.Triple(node("id/country/PRY"), term("skos:prefLabel"), hostile))
    assert "<script>alert" not in site.get("/en/").text
