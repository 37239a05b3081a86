"""Shapes drawn in a Word file, in DrawingML or VML: text boxes, and boxes that people are to tick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from msqgraph.documents.drawn_boxes import is_box_size, points
from msqgraph.documents.package import Element, number
from msqgraph.documents.word_names import MC, WP, WPS, A, V, W

_EMU_PER_PT = 12700
_BOX_SHAPES = frozenset({"rect", "roundRect", "snip1Rect", "flowChartProcess", "frame", "bevel", "ellipse"})
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:([^;]*)")
_TEXT = f"{W}txbxContent"
_VML_BOXES = frozenset({f"{V}rect", f"{V}roundrect"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: the paragraphs in it, whether it is as large as a tick box, whether it stands in the line of text."""

    content: Element | None
    is_box: bool
    is_in_line: bool


def shapes_in(drawing: Element, alternative: Callable[[Element], Element]) -> list[Shape]:
    """The shapes of a drawing, in order; those in a text box belong to its own paragraphs."""
    shapes = list(_outermost(drawing, alternative, lambda name: name == f"{WPS}wsp" or name in _VML_BOXES))
    is_in_line = next(iter(drawing)).tag == f"{WP}inline" if len(drawing) else False
    found = []
    claimed = set()
    for shape in shapes:
        content = next(_outermost(shape, alternative, lambda name: name == _TEXT), None)
        claimed.add(content)
        if shape.tag == f"{WPS}wsp":
            is_box = is_box_size(*_size_pt(shape, drawing, len(shapes) == 1))
            found.append(Shape(content, is_box, is_in_line))
        else:
            style = shape.get("style", "")
            found.append(Shape(content, is_box_size(*vml_size_pt(style)), "absolute" not in style))
    others = (c for c in _outermost(drawing, alternative, lambda name: name == _TEXT) if c not in claimed)
    return found + [Shape(content, False, False) for content in others]


def _outermost(
    root: Element, alternative: Callable[[Element], Element], wanted: Callable[[str], bool]
) -> Iterator[Element]:
    """The elements below ``root`` that are wanted and in no other such element or text box."""
    stack = list(root)[::-1]
    while stack:
        element = stack.pop()
        if wanted(element.tag):
            yield element
        elif element.tag == f"{MC}AlternateContent":
            stack += list(alternative(element))[::-1]
        elif element.tag != _TEXT:
            stack += list(element)[::-1]


def _size_pt(shape: Element, drawing: Element, is_lone: bool) -> tuple[float, float]:
    """Width and height of a drawn rectangle (``wps:wsp``), in points; (0, 0) for other shapes."""
    properties = shape.find(f"{WPS}spPr")
    geometry = properties.find(f"{A}prstGeom") if properties is not None else None
    if geometry is None or geometry.get("prst") not in _BOX_SHAPES:
        return 0.0, 0.0
    extent = next(drawing.iter(f"{WP}extent"), None) if is_lone else None
    if extent is None:
        extent = properties.find(f"{A}xfrm/{A}ext")
    if extent is None:
        return 0.0, 0.0
    return number(extent.get("cx"), 0) / _EMU_PER_PT, number(extent.get("cy"), 0) / _EMU_PER_PT


def vml_size_pt(style: str) -> tuple[float, float]:
    """Width and height that a VML shape's style gives, in points.

    >>> vml_size_pt("position:absolute;width:9pt;height:.125in")
    (9.0, 9.0)
    """
    found = {name: points(length) for name, length in _SIZE.findall(style.lower())}
    return found.get("width", 0.0), found.get("height", 0.0)
