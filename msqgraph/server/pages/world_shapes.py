"""The outlines of the world's countries as paths of SVG, as :mod:`msqgraph.server.pages.world_drawing` drew them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

WIDTH, HEIGHT = 2000, 890  # of the drawing, in its own units
MARGIN = 14  # beside the drawing, for circles at its edges
RADIUS = 11  # of the circle for a country that is too small for a shape
OUTLINES = "world-outlines.json"


@dataclass(frozen=True, slots=True)
class Shape:
    """An area's outline as the ``d`` of a path, with the M49 code of the area, empty where it has none."""

    m49: str
    outline: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the circle of a small country stands."""

    m49: str
    x: int
    y: int


@cache
def shapes() -> tuple[Shape, ...]:
    """The outlines of all areas of the file, in its order."""
    return tuple(Shape(m49, outline) for m49, outline in _drawn()["shapes"])


@cache
def spots() -> tuple[Spot, ...]:
    """The circles, by the M49 codes of what they stand for."""
    return tuple(Spot(m49, x, y) for m49, x, y in _drawn()["spots"])


def _drawn() -> Any:
    return json.loads((files(__package__) / OUTLINES).read_text(encoding="utf-8"))
