"""Tick boxes of a picture: small square frames, and whether something is drawn in them.

A frame has four straight sides of nearly equal length and stands alone: the cells of a table, which share their sides,
are none. How much of its inside is dark decides: nearly nothing is empty, a clear mark is ticked, anything between, and
an inside that is filled wholly (which is a bullet as well), is unknown. No mark is ever concluded from what is around.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from msqgraph.documents.document import BoxState

_SMALLEST_INCH, _LARGEST_INCH = 0.08, 0.30
_SQUARE = 1.2  # the longer side in terms of the shorter
_SIDE_SHARE = 0.9  # of each side must be drawn
_ALONE = 0.2  # of a side's length is clear on both sides of a frame; letters stand closer
_STROKE_SHARE = 0.35  # of a column there, so that a mark may reach out
_EMPTY_SHARE, _MARKED_SHARE, _FILLED_SHARE = 0.04, 0.15, 0.9
_FAINT, _INK, _BLACK = 200, 176, 112  # grey values below, on a ground made white, are drawn faintly, or heavily
_BAND = 0.12  # of a frame's length, within which its sides run
_GROWTH_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: its edges in pixels from the upper left corner, its state, the dark share of its inside."""

    left: int
    top: int
    right: int
    bottom: int
    state: BoxState
    dark_share: float

    @property
    def evidence(self) -> str:
        """By what its state was told."""
        return f"frame in the picture, {100 * self.dark_share:.0f} % dark inside"


def on_white(grey: Any) -> Any:
    """The page on a ground made white, however unevenly it is lit.

    >>> import numpy as np
    >>> int(on_white(np.full((40, 40), 200, np.uint8)).min())
    255
    """
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 5)
    ground = cv2.resize(ground, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(ground, 60), scale=255)


def frames(page: Any, dpi: float) -> list[Frame]:
    """The frames of a page whose ground is white, from top to bottom."""
    import cv2
    import numpy as np

    smallest, largest = round(_SMALLEST_INCH * dpi), round(_LARGEST_INCH * dpi)
    ink = (page < _INK).astype(np.uint8)
    whole = (page < _FAINT).astype(np.uint8)
    reach = max(5, round(0.7 * smallest))
    # what is drawn inside is mostly no straight line across or down, so that only the frame is left
    straight = cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((1, reach), np.uint8))
    straight = np.maximum(straight, cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones((reach, 1), np.uint8)))
    contours, _ = cv2.findContours(straight, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        shorter, longer = sorted((width, height))
        if not smallest <= shorter <= longer <= min(largest, _SQUARE * shorter):
            continue
        cut = slice(top, top + height), slice(left, left + width)
        inside = page[cut][_inside(ink[cut])]
        share, black_share = float((inside < _INK).mean()), float((inside < _BLACK).mean())
        state = _state(share, black_share)
        # a mark may reach out of its frame, so that only an empty one must stand quite alone
        edges, beside = _grown(ink, *cut), 0.0 if state == "empty" else _STROKE_SHARE
        if _has_sides(whole[edges]) and _is_alone(ink, edges, beside):
            found.append(Frame(left, top, left + width, top + height, state, share))
    return sorted(found, key=lambda frame: (frame.top, frame.left))


def _grown(ink: Any, rows: slice, columns: slice) -> tuple[slice, slice]:
    """A cut-out, wider by the rows and columns beside it of which much is drawn on: the rest of a round letter."""
    top, bottom, left, right = rows.start, rows.stop, columns.start, columns.stop
    for _ in range((bottom - top) // 4 + 1):
        if top > 0 and ink[top - 1, left:right].mean() > _GROWTH_SHARE:
            top -= 1
        if bottom < ink.shape[0] and ink[bottom, left:right].mean() > _GROWTH_SHARE:
            bottom += 1
        if left > 0 and ink[top:bottom, left - 1].mean() > _GROWTH_SHARE:
            left -= 1
        if right < ink.shape[1] and ink[top:bottom, right].mean() > _GROWTH_SHARE:
            right += 1
    return slice(top, bottom), slice(left, right)


def _has_sides(cut: Any) -> bool:
    """Whether a cut-out has four sides as long as it is itself (a round letter has shorter ones)."""
    height, width = cut.shape
    band = max(3, round(_BAND * min(height, width)))
    sides = (cut[:band].max(0), cut[-band:].max(0), cut[:, :band].max(1), cut[:, -band:].max(1))
    return all(float(side.mean()) >= _SIDE_SHARE for side in sides)


def _is_alone(ink: Any, cut: tuple[slice, slice], stroke_share: float) -> bool:
    """Whether nothing stands right beside a frame: it is no letter, and no Chinese sign, amid a word."""
    rows, columns = cut
    reach = max(3, round(_ALONE * (columns.stop - columns.start)))
    left = ink[rows, max(0, columns.start - reach - 1) : max(0, columns.start - 1)]
    right = ink[rows, columns.stop + 1 : columns.stop + 1 + reach]
    return all(not side.size or float(side.mean(axis=0).max()) <= stroke_share for side in (left, right))


def _inside(cut: Any) -> tuple[slice, slice]:
    """The part of a frame's cut-out within its four sides."""
    height, width = cut.shape
    # sides are blurred: what is near them counts for nothing
    rows, columns = cut.mean(axis=1), cut.mean(axis=0)
    top, bottom, left, right = (_inset(shares) for shares in (rows, rows[::-1], columns, columns[::-1]))
    return slice(top, height - bottom), slice(left, width - right)


def _inset(shares: Any) -> int:
    """How far from an edge the inside begins: behind the rows that are mostly dark, and two more for their blur."""
    dark = next((i for i, share in enumerate(shares[: len(shares) // 3]) if share < 0.6), len(shares) // 3)
    return min(max(dark + 2, round(0.28 * len(shares))), round(0.4 * len(shares)))


def _state(dark_share: float, black_share: float) -> BoxState:
    """The state that the dark and the black share of an inside tell.

    >>> [_state(dark, black) for dark, black in ((0.01, 0), (0.06, 0.01), (0.3, 0.2), (1, 0.95))]
    ['empty', 'unknown', 'ticked', 'unknown']
    """
    if dark_share <= _EMPTY_SHARE:
        return "empty"
    return "ticked" if dark_share >= _MARKED_SHARE and black_share <= _FILLED_SHARE else "unknown"
