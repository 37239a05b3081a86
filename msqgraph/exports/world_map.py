"""The world map: a colour per country, by its M49 code and never by name; a circle where a shape is too small.

A country without a known value is not left out: *not known* has a colour, *not in the answer* another, and areas that
are no Member States of the United Nations a third.
"""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

from msqgraph import assets, countries
from msqgraph.errors import UsageError
from msqgraph.exports.chart_columns import NOT_KNOWN, Choice, is_blank
from msqgraph.exports.chart_marks import COLOURS
from msqgraph.values import figure_of, text_of

ABSENT, OTHER = "not in the answer", "other area"
STATES = {NOT_KNOWN: "#F2D04B", ABSENT: "#CFCFCF", OTHER: "#EDEDED"}
_ANSWERS = {"yes": COLOURS[0], "true": COLOURS[0], "no": COLOURS[1], "false": COLOURS[1]}
_ANTARCTICA = "010"
_HERE = Path(__file__).parent


def draw(choice: Choice, width: int) -> tuple[Any, dict[str, Any], str]:
    """The map, the data that it names (Altair copies and checks what stands inside it), and what it leaves out.

    :raises UsageError: if there are more categories than colours.
    """
    import altair as alt

    assert choice.text is not None  # noqa: S101 - a map has countries
    is_number = choice.value.part == "number"
    rows = dict(zip(map(text_of, choice.text.values), choice.value.values, strict=True))
    places = {m49: _properties(m49, iso3, rows, is_number) for m49, iso3 in _codes().items()}
    shapes, points = _shapes(places), _points(places)
    colour = _colour(choice, is_number)
    tooltip = [alt.Tooltip("properties.name:N", title="country"),
               alt.Tooltip("properties.words:N", title=choice.value.name.replace("_", " "))]  # fmt: skip
    land = alt.Chart(alt.NamedData("shapes", format=alt.TopoDataFormat(feature="countries", type="topojson")))
    dots = alt.Chart(alt.NamedData("points"))
    layers = []
    for encoding, test in colour:
        shape = land.transform_filter(test).mark_geoshape(stroke="white", strokeWidth=0.4)
        dot = dots.transform_filter(test).mark_circle(size=36, opacity=1, stroke="#555555", strokeWidth=0.5)
        place = {"longitude": "lon:Q", "latitude": "lat:Q"}
        layers.append(
            alt.layer(
                shape.encode(color=encoding, tooltip=tooltip), dot.encode(**place, color=encoding, tooltip=tooltip)
            )
        )
    world = alt.layer(*layers).project(type="equalEarth").resolve_scale(color="independent")
    omitted = "; ".join(_omitted(rows, shapes, points))
    return world.properties(width=width, height=width * 0.49), {"shapes": shapes, "points": points}, omitted


def _omitted(rows: dict[str, Any], shapes: Any, points: list[dict[str, Any]]) -> list[str]:
    """What a reader would miss: Member States without a row, rows without a place."""
    absent = sum(row["un_member"] == "true" and row["iso3"] not in rows for row in _table())
    notes = [f"{absent} of {len(_members())} Member States are not in it"] if absent else []
    drawn = {place["properties"]["iso3"] for place in (*shapes["objects"]["countries"]["geometries"], *points)}
    if lost := sorted(code or "a row without a code" for code in rows if code not in drawn - {""}):
        notes.append(f"no place on the map for {', '.join(lost)}")
    return notes


def _properties(m49: str, iso3: str, rows: dict[str, Any], is_number: bool) -> dict[str, Any]:
    """What a shape is coloured by and what is told under the pointer."""
    if iso3 not in rows:
        state = ABSENT if m49 in _members() else OTHER
        return {"iso3": iso3, "name": countries.name(iso3), "state": state, "value": None, "words": state}
    value = None if is_blank(rows[iso3]) else rows[iso3]
    words = NOT_KNOWN if value is None else figure_of(value)
    state = words if value is None or not is_number else "value"
    figure = value if is_number else None
    return {"iso3": iso3, "name": countries.name(iso3), "state": state, "value": figure, "words": words}


def _colour(choice: Choice, is_number: bool) -> list[tuple[Any, str]]:
    """The encodings of colour and what each is for: one for categories; for numbers another than for what has none."""
    import altair as alt

    name = choice.value.name.replace("_", " ")
    values = [value for value in choice.value.values if not is_blank(value)]
    has_unknown = len(values) < len(choice.value.values)
    if is_number:
        figures = [value for value in values if isinstance(value, int | float)]
        legend = alt.Legend(title=name, orient="bottom-left", offset=0, gradientLength=120)
        scale = alt.Scale(scheme="blues", domain=[min(figures), max(figures)] if figures else [0, 1])
        return [
            (_states({}, None, has_unknown), "!isValid(datum.properties.value)"),
            (alt.Color("properties.value:Q", scale=scale, legend=legend), "isValid(datum.properties.value)"),
        ]
    found = list(dict.fromkeys(map(text_of, values)))
    found.sort(key=lambda text: list(_ANSWERS).index(text) if text in _ANSWERS else len(_ANSWERS))
    free = [colour for colour in COLOURS if colour not in {_ANSWERS[text] for text in found if text in _ANSWERS}]
    rest = [text for text in found if text not in _ANSWERS]
    if len(rest) > len(free):
        raise UsageError(
            f"{len(found)} categories are too many for a map (at most {len(COLOURS)}) — let the query group them"
        )
    colours = {text: _ANSWERS.get(text) or free[rest.index(text)] for text in found}
    return [(_states(colours, name, has_unknown), "true")]


def _states(colours: dict[str, str], title: str | None, has_unknown: bool) -> Any:
    import altair as alt

    domain = {**colours, **{state: c for state, c in STATES.items() if state != NOT_KNOWN or has_unknown}}
    legend = alt.Legend(title=title, orient="bottom", direction="horizontal", symbolType="square", columns=6)
    scale = alt.Scale(domain=list(domain), range=list(domain.values()))
    return alt.Color("properties.state:N", scale=scale, sort=list(domain), legend=legend)


def _shapes(places: dict[str, dict[str, Any]]) -> Any:
    """The TopoJSON with what to draw in the properties of each shape; one without a code is an area like others."""
    topology = json.loads((_HERE / "world-110m.json").read_text(encoding="utf-8"))
    countries_ = topology["objects"]["countries"]
    geometries = [shape for shape in countries_["geometries"] if shape.get("id") != _ANTARCTICA]
    nameless = {"iso3": "", "name": "area without an M49 code", "state": OTHER, "value": None, "words": OTHER}
    for shape in geometries:
        shape["properties"] = places.get(shape.get("id", ""), nameless)
    topology["objects"] = {"countries": {**countries_, "geometries": geometries}}
    return topology


def _points(places: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The circles: Member States, and other areas that the answer is about."""
    points = json.loads((_HERE / "world-points.json").read_text(encoding="utf-8"))
    return [
        {"lon": lon, "lat": lat, "properties": places[m49]}
        for m49, (lon, lat) in points.items()
        if m49 in places and places[m49]["state"] != OTHER
    ]


@cache
def _table() -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(assets.read_text("reference/countries.csv").splitlines()))


def _codes() -> dict[str, str]:
    return {row["m49"]: row["iso3"] for row in _table()}


@cache
def _members() -> frozenset[str]:
    return frozenset(row["m49"] for row in _table() if row["un_member"] == "true")
