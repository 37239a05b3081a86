"""Charts: the right one for the columns, every country told apart from none, the same bytes, nothing from elsewhere."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

import msqgraph
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.exports import world_map
from msqgraph.exports.chart_columns import choose
from msqgraph.exports.chart_marks import COLOURS
from msqgraph.tables import Table
from msqgraph.vendoring import SHA256, TARGET, vendor
from tests.conftest import ROOT
from tests.test_cli import msqgraph as command

with (ROOT / "reference" / "countries.csv").open(encoding="utf-8") as file:
    MEMBERS = [row["iso3"] for row in csv.DictReader(file) if row["un_member"] == "true"]


def a_map(states: dict[str, str | float | None], title: str = "Who?") -> Table:
    """A table for a map."""
    return Table(("iso3", "law"), tuple(states.items()), title=title, name="who")


def a_line() -> Table:
    """Two countries over three years, one figure not known."""
    rows = [("PRY", 2018, 0.5), ("PRY", 2020, None), ("PRY", 2022, 0.7), ("URY", 2018, 0.6), ("URY", 2022, 0.8)]
    return Table(("iso3", "year", "egdi"), tuple(rows), title="How high?")


def a_bar() -> Table:
    """Three bars, one without a number."""
    return Table(("iso3", "status", "answers"), (("PRY", "answered", 35), ("PRY", "blank", 0), ("PRY", "lost", None)))


def marks(svg: str) -> dict[str, list[ElementTree.Element]]:
    """The marks of a picture by their kind."""
    found: dict[str, list[ElementTree.Element]] = {}
    for element in ElementTree.fromstring(svg).iter():  # noqa: S314 - our own
        if kind := element.get("aria-roledescription"):
            found.setdefault(kind, []).append(element)
    return found


def words(svg: str) -> str:
    """All text of a picture."""
    return " ".join(element.text or "" for element in ElementTree.fromstring(svg).iter() if element.text)  # noqa: S314


def test_a_bar_per_row_and_words_for_what_is_not_known() -> None:
    """Zero is a bar of no length; not known is no bar."""
    svg = a_bar().chart().svg()
    assert len(marks(svg)["bar"]) == 2
    assert "not known" in words(svg)
    assert "answers known for 1 of 1 country in the answer; iso3 PRY" in words(svg)


def test_a_line_breaks_where_a_figure_is_not_known() -> None:
    """One line per country, a point per known figure."""
    svg = a_line().chart().svg()
    assert {kind: len(found) for kind, found in marks(svg).items() if kind in ("line mark", "circle")} == {
        "line mark": 2,
        "circle": 4,
    }
    first = next(e.get("d", "") for e in marks(svg)["line mark"])
    assert first.count("M") > 1
    assert "2 of 2 countries" in words(svg)


def test_the_map_colours_by_code_and_tells_four_states_apart() -> None:
    """Yes, no, not known, not in the answer; small states are circles; 176 shapes, none by its name."""
    svg = a_map({"PRY": "yes", "KOR": "no", "PRK": "not known", "TUV": "yes"}).chart().svg()
    shapes, circles = marks(svg)["geoshape"], marks(svg)["circle"]
    assert (len(shapes), len(circles)) == (176, 28)
    by_colour: dict[str, int] = {}
    for mark in (*shapes, *circles):
        by_colour[mark.get("fill", "")] = by_colour.get(mark.get("fill", ""), 0) + 1
    yes, no, unknown, absent = (
        COLOURS[0],
        COLOURS[1],
        world_map.STATES["not known"],
        world_map.STATES["not in the answer"],
    )
    assert [by_colour[colour] for colour in (yes, no, unknown, absent)] == [2, 1, 1, len(MEMBERS) - 4]
    told = {mark.get("fill"): mark.get("aria-label", "") for mark in shapes}
    assert "South Korea" in told[no]
    assert "North Korea" in told[unknown]
    assert "law known for 3 of 4 countries in the answer; 189 of 193 Member States are not in it" in words(svg)
    assert "imply" in words(svg)
    assert "Source: " in words(svg)


def test_a_map_of_numbers_keeps_blanks_apart() -> None:
    """All 193 Member States have a mark, shapes and circles together; a blank is no low number."""
    states: dict[str, str | float | None] = {iso3: n / 200 for n, iso3 in enumerate(MEMBERS)}
    states["PRY"] = None
    svg = a_map(states).chart().svg()
    fills = [mark.get("fill") for kind in ("geoshape", "circle") for mark in marks(svg)[kind]]
    assert fills.count(world_map.STATES["not known"]) == 1
    assert fills.count(world_map.STATES["not in the answer"]) == 0
    assert len(fills) - fills.count(world_map.STATES["other area"]) == 193
    assert "law known for 192 of 193 countries in the answer" in words(svg)


def test_denominators_of_groups_are_told() -> None:
    """The answer's own: one for all in the subtitle, different ones beside each bar; never drawn by chance."""
    rows = (("Europe", 43, 43, 0.8), ("Asia", 47, 46, 0.6))
    chart = Table(("region", "asked", "known", "egdi"), rows).chart()
    assert chart.subtitle == "egdi known for 43–46 of 43–47 countries asked, bar by bar"
    assert "0.8  (43 of 43)" in words(chart.svg())
    same = Table(("group", "asked", "known", "egdi"), (("a", 193, 192, 0.8), ("b", 193, 192, 0.6))).chart()
    assert same.subtitle == "egdi known for 192 of 193 countries asked"
    assert "(192" not in words(same.svg())
    only = Table(("region", "known"), (("Europe", 43), ("Asia", 46))).chart()
    assert only.subtitle == "known known for 2 of 2 rows"


def test_a_break_in_method_is_marked() -> None:
    """A rule between the years, no line across it, and the axis stays that of the years."""
    rows = ((2010, 0.4, 3), (2012, 0.5, 0), (2014, 0.6, 0))
    chart = Table(("year", "egdi", "breaks"), rows).chart()
    found = marks(chart.svg())
    assert chart.subtitle.endswith("dotted: a break in the method after 2010")
    assert [mark.get("aria-label") for mark in found["rule mark"]] == ["a break in the method after 2010"]
    [rule] = re.findall(r"<line[^>]*translate\(([\d.]+)[^>]*stroke-dasharray[^>]*>", chart.svg())
    first, second, last = (float(re.findall(r"[\d.]+", mark.get("transform", ""))[0]) for mark in found["circle"])
    assert any("values from 2010 to 2014" in axis.get("aria-label", "") for axis in found["axis"])
    assert first < float(rule) < second < last
    [line] = found["line mark"]
    assert [float(x) for x in re.findall(r"M([\d.]+)", line.get("d", ""))] == pytest.approx([first, second])


def test_only_the_lines_that_break_are_interrupted() -> None:
    """Each by its own rows; a break after the last year is shown by nothing."""
    years = (2010, 2012, 2014)
    rows = tuple(
        (area, year, 0.5, breaks)
        for area, of in (("a", (1, 0, 0)), ("b", (0, 0, 2)))
        for year, breaks in zip(years, of, strict=True)
    )
    chart = Table(("area", "year", "egdi", "breaks"), rows).chart()
    assert [mark.get("d", "").count("M") for mark in marks(chart.svg())["line mark"]] == [2, 1]
    assert len(marks(chart.svg())["rule mark"]) == 1
    assert "2014" not in chart.subtitle
    assert chart.svg() == Table(("area", "year", "egdi", "breaks"), rows).chart().svg()


def test_parameters_and_sources_are_told(dataset: Path) -> None:
    """Defaults that the query has too, by the words that a user gives them."""
    table = msqgraph.ask("how-complete-are-the-responses", data=dataset)
    assert (table.setting, "self-reported" in table.source) == ("", True)
    laws = msqgraph.ask("does-an-open-data-law-come-with-a-portal", data=dataset, edition=2020)
    assert laws.chart(columns=["iso3", "law"]).subtitle.startswith("edition 2020; law known for")


def test_rows_without_a_place_are_named() -> None:
    """Code of nobody, overseas area without a shape, no code."""
    table = Table(("iso3", "n"), (("PRY", 1), ("XKX", 2), ("GUF", 3), (None, 4)))
    assert "no place on the map for GUF, XKX, a row without a code" in table.chart().subtitle


def test_png_and_html_stand_alone(tmp_path: Path) -> None:
    """A PNG of twice the size of the SVG; a page without a link, script or picture from elsewhere, safe to show."""
    trap = "</script><script>alert(1)</script>"
    chart = a_map({"PRY": "yes", "URY": trap}, title=trap).chart()
    for suffix in ("svg", "png", "html"):
        chart.save(tmp_path / f"chart.{suffix}")
    root = ElementTree.parse(tmp_path / "chart.svg").getroot()  # noqa: S314 - our own
    assert root[0].text == trap
    data = (tmp_path / "chart.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (2 * int(root.get("width", "")), 2 * int(root.get("height", "")))
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert page.count("</script>") == page.count("<script>") == 2, "the data ends the script"
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "http" not in markup
    assert not re.search(r"\b(src|href)\s*=", markup)
    assert set(re.findall(r"<(\w+)", markup)) == {"html", "head", "meta", "title", "style", "body", "div", "noscript"}
    assert not re.search(r"(import\s*\(|fetch\(|src=)\s*[\"']https?:", page)
    assert "cdn." not in page
    with pytest.raises(UsageError, match=r"\.svg, \.png or \.html"):
        chart.save(tmp_path / "chart.pdf")
    with pytest.raises(UsageError, match="cannot be written"):
        chart.save(tmp_path / "no" / "chart.svg")


@pytest.mark.parametrize(
    "make", [a_bar, a_line, lambda: a_map({"PRY": "yes", "BHR": None})], ids=["bar", "line", "map"]
)
def test_the_same_rows_make_the_same_bytes(make: object) -> None:
    """In every format."""
    assert callable(make)
    first, second = make().chart(), make().chart()
    assert first.svg() == second.svg()
    assert first.png() == second.png()
    assert first.html() == second.html()


T = ("PRY", "Paraguay"), ("URY", "Uruguay")


@pytest.mark.parametrize(
    ("variables", "rows", "drawing", "drawn"),
    [
        (("iso3", "n"), [("PRY", 1), ("URY", 2)], "map", "n"),
        (("iso3", "law"), [("PRY", "yes"), ("URY", None)], "map", "law"),
        (("iso3", "country", "n"), [(*T[0], 1), (*T[1], 2)], "map", "n"),
        (("iso3", "year", "n"), [("PRY", 2020, 1), ("URY", 2020, 2)], "map", "n"),
        (("iso3", "year", "n"), [("PRY", 2020, 1), ("PRY", 2022, 2)], "line", "n"),
        (("iso3", "country", "year", "n"), [(*T[0], 2020, 1), (*T[0], 2022, 2)], "line", "n"),
        (("period", "n"), [(2020, 1), (2022, 2)], "line", "n"),
        (("area", "n"), [("a", 1), ("b", 2)], "bar", "n"),
        (("iso3", "area", "n"), [("PRY", "a", 1), ("PRY", "b", 2)], "bar", "n"),
        (("iso3", "year", "law"), [("PRY", 2020, "yes")], "map", "law"),
    ],
)
def test_columns_choose_the_chart(
    variables: tuple[str, ...], rows: list[tuple[object, ...]], drawing: str, drawn: str
) -> None:
    """Line, else map, else bar; constant columns step back; names of countries are no category."""
    table = Table(variables, tuple(rows))  # type: ignore[arg-type]
    choice = choose(table.variables, table.rows, table.kinds)
    assert (choice.drawing, choice.value.name) == (drawing, drawn)


@pytest.mark.parametrize(
    ("variables", "rows", "options", "message"),
    [
        (("iso3", "n"), [], {}, "no rows"),
        (("iso3", "a", "b"), [("PRY", "x", "y"), ("URY", "y", "x")], {}, "--columns"),
        (("iso3", "n", "m"), [("PRY", 1, 2), ("URY", 3, 1)], {}, "--columns"),
        (("iso3", "n"), [("PRY", 1), ("PRY", 2)], {"kind": "map"}, "two rows for PRY"),
        (("iso3", "n"), [("PRY", 1), ("URY", 2), ("URY", 3)], {}, "two rows for URY"),
        (("area", "n"), [("a", 1), ("a", 2), ("b", 2)], {}, "two rows for a"),
        (("iso3", "n"), [("PRY", 1)], {"columns": ["iso3", "m"]}, "no column m"),
        (("area", "n"), [("a", 1), ("b", 2)], {"kind": "map"}, "A map needs a column iso3"),
        (("area", "n"), [(f"a{n}", n) for n in range(301)], {}, "too many"),
        (("area", "year", "n"), [(f"a{n}", y, n) for n in range(15) for y in (2020, 2022)], {}, "too many"),
        (("iso3", "x"), [(iso3, f"x{n}") for n, iso3 in enumerate(MEMBERS[:9])], {}, "too many"),
    ],
)
def test_what_makes_no_chart_says_why(
    variables: tuple[str, ...], rows: list[tuple[object, ...]], options: dict[str, str], message: str
) -> None:
    """Rows are never added up or chosen from in silence."""
    with pytest.raises(UsageError, match=message):
        Table(variables, tuple(rows)).chart(**options)  # type: ignore[arg-type]


def test_charts_of_the_command_line(dataset: Path, tmp_path: Path) -> None:
    """A file and a line on stderr; beside it a format, if one is asked for."""
    picture = tmp_path / "c.svg"
    done = command("query", "how-complete-are-the-responses", "--data", dataset, "--chart", picture)
    assert (done.returncode, done.stdout) == (0, "")
    assert "bar, answers known for 1 of 1 country in the answer; iso3 PRY, year 2020" in done.stderr
    assert len(marks(picture.read_text(encoding="utf-8"))["bar"]) == 2
    laws = ("query", "does-an-open-data-law-come-with-a-portal", "--data", dataset, "--columns", "iso3,law")
    done = command(*laws, "--chart", picture, "-f", "csv")
    assert done.stdout.startswith("iso3,year,law,portals")
    assert "geoshape" in marks(picture.read_text(encoding="utf-8"))
    assert command(*laws, "--chart", tmp_path / "c.gif").returncode == 2


def test_the_shapes_are_those_of_the_package() -> None:
    """By hash; every Member State has a shape or a point, under its M49 code."""
    shapes = (TARGET / "world-110m.json").read_bytes()
    licence = (TARGET / "world-LICENSE.txt").read_text(encoding="utf-8")
    assert hashlib.sha256(shapes).hexdigest() == SHA256["package/countries-110m.json"]
    assert all(digest in licence for digest in SHA256.values())
    codes = {shape.get("id") for shape in json.loads(shapes)["objects"]["countries"]["geometries"]}
    points = json.loads((TARGET / "world-points.json").read_text(encoding="utf-8"))
    with (ROOT / "reference" / "countries.csv").open(encoding="utf-8") as file:
        members = {row["m49"] for row in csv.DictReader(file) if row["un_member"] == "true"}
    assert len(members - codes) == 28
    assert members <= codes | set(points)
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points.values())
    assert points["702"] == [103.81, 1.36]


def test_another_package_is_refused(tmp_path: Path) -> None:
    """Before anything is written."""
    import tarfile

    (tmp_path / "x.json").write_text("{}")
    with tarfile.open(tmp_path / "x.tgz", "w:gz") as archive:
        for name in SHA256:
            archive.add(tmp_path / "x.json", name)
    with pytest.raises(UnreadableInput, match="is not that of world-atlas"):
        vendor(tmp_path / "x.tgz")
