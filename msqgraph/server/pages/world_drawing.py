"""Draws ``world-outlines.json``, the countries as paths of SVG: ``python -m msqgraph.server.pages.world_drawing``.

The projection is that of B. Šavrič, T. Patterson and B. Jenny, "The Equal Earth map projection", International Journal
of Geographical Information Science 33 (2019): areas keep their proportions. Shapes are those of Natural Earth that the
charts of :mod:`msqgraph.exports` draw; Antarctica is left out as there. The file is made when the shapes are vendored,
because to draw ten thousand points takes longer than all else that the first page needs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

from msqgraph.server.pages.world_shapes import OUTLINES, WIDTH

Line: TypeAlias = list[tuple[float, float]]  # places in degrees

_ANTARCTICA = "010"
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_NORTH = 84.0  # degrees of latitude at the upper edge


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in degrees on the plane of the projection, in radii of the earth; y is positive in the north.

    >>> [round(part, 3) for part in equal_earth(180, 0)], [round(part, 3) for part in equal_earth(0, 90)]
    ([2.707, 0.0], [0.0, 1.317])
    """
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


def drawn() -> str:
    """The file: M49 codes of areas, empty where there is none, with outlines; those of small ones with circles."""
    shapes, spots = list(_shapes()), [(m49, *_place(*place)) for m49, place in _read("world-points.json").items()]
    return f'{{\n"shapes": [\n{_lines(shapes)}\n],\n"spots": [\n{_lines(spots)}\n]\n}}\n'


def _lines(rows: Iterable[tuple[str | int, ...]]) -> str:
    return ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)


def _shapes() -> Iterator[tuple[str, str]]:
    """The code and the outline of each area, in the order of the shapes."""
    topology = _read("world-110m.json")
    arcs = list(_arcs(topology))
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry.get("id") == _ANTARCTICA:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        yield geometry.get("id", ""), "".join(_ring(ring, arcs) for polygon in polygons for ring in polygon)


def _read(name: str) -> Any:
    return json.loads((files("msqgraph.exports") / name).read_text(encoding="utf-8"))


def _place(longitude: float, latitude: float) -> tuple[int, int]:
    """A place in units of the drawing, whose upper edge is at 84 degrees north."""
    x, y = equal_earth(longitude, latitude)
    scale = WIDTH / 2 / equal_earth(180, 0)[0]
    return round(WIDTH / 2 + scale * x), round(scale * (equal_earth(0, _NORTH)[1] - y))


def _arcs(topology: Any) -> Iterator[Line]:
    """The lines of a topology in degrees: its integers are steps from point to point, to be scaled."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        yield points


def _ring(ring: list[int], arcs: list[Line]) -> str:
    """A closed line, in two parts if it runs over the edge of the map.

    The number of an arc that is run backwards is the complement of its own.
    """
    points: Line = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    points = _unrolled(points)
    east, west = max(x for x, _ in points), min(x for x, _ in points)
    parts = [_cut(points, -180, is_east=True) if west < -180 else points]
    if west < -180:
        parts.append([(x + 360, y) for x, y in _cut(points, -180, is_east=False)])
    elif east > 180:
        parts = [_cut(points, 180, is_east=False), [(x - 360, y) for x, y in _cut(points, 180, is_east=True)]]
    return "".join(map(_outline, parts))


def _unrolled(points: Line) -> Line:
    """The same line without a jump from one edge of the map to the other: longitudes run on beyond 180 degrees."""
    turn, found = 0, points[:1]
    for (before, _), (x, y) in pairwise(points):
        turn += 360 * ((before - x > 180) - (x - before > 180))
        found.append((x + turn, y))
    return found


def _cut(points: Line, edge: float, is_east: bool) -> Line:
    """The part of a closed line on one side of a meridian (I. Sutherland, G. Hodgman, 1974).

    >>> _cut([(170, 0), (190, 0), (190, 10), (170, 10), (170, 0)], 180, is_east=True)
    [(180, 0.0), (190, 0), (190, 10), (180, 10.0)]
    """
    found: Line = []
    for (x, y), (next_x, next_y) in pairwise(points):
        is_in, goes_in = (x >= edge) == is_east, (next_x >= edge) == is_east
        if is_in:
            found.append((x, y))
        if is_in != goes_in:
            found.append((edge, y + (next_y - y) * (edge - x) / (next_x - x)))
    return found


def _outline(line: Line) -> str:
    points = [_place(*point) for point in line]
    steps = [(right - left, down - up) for (left, up), (right, down) in pairwise(points)]
    told = "".join(_step(x, y) for x, y in steps if (x, y) != (0, 0))
    return f"M{points[0][0]},{points[0][1]}l{told.lstrip()}z" if told else ""


def _step(x: int, y: int) -> str:
    """A step as short as SVG allows: a minus sign needs no space before it."""
    return f"{x if x < 0 else f' {x}'}{y if y < 0 else f' {y}'}"


if __name__ == "__main__":
    (Path(__file__).parent / OUTLINES).write_text(drawn(), encoding="utf-8", newline="\n")
