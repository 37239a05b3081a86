"""Tick boxes that are drawn, as rectangles beside the text: told from other shapes by their size."""

from __future__ import annotations

import re

MARKS = "xX✓✔✗✘√☒☑"  # what people type into one
_LEAST_PT, _MOST_PT = 5.0, 30.0
_PT = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "px": 0.75, "pc": 12.0, "": 0.75}
_LENGTH = re.compile(r"(\d{0,6}(?:\.\d{0,9})?)\s*(pt|in|cm|mm|px|pc|)")


def is_box_size(width_pt: float, height_pt: float) -> bool:
    """Whether a shape is as large as tick boxes are.

    >>> is_box_size(12, 12), is_box_size(400, 12)
    (True, False)
    """
    return _LEAST_PT <= width_pt <= _MOST_PT and _LEAST_PT <= height_pt <= _MOST_PT


def points(length: str) -> float:
    """A length with its unit (without: pixels of 1/96 in), in points; 0 for anything else.

    >>> points("0.125in"), points("auto")
    (9.0, 0.0)
    """
    match = _LENGTH.fullmatch(length.strip())
    return float(match[1]) * _PT[match[2]] if match and match[1].strip(".") else 0.0
