"""What is drawn on a PDF page besides text: rules, small squares, and the strokes that people make in them.

A path may hold a whole table's lines (reportlab) and a line may be a thin filled rectangle (Word), so paths are taken
apart into their straight lines, and what is told is told of those.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from msqgraph.documents.pdf_words import Frame

MAX_OBJECTS, MAX_SEGMENTS, MAX_DEPTH = 50_000, 60_000, 8
_LEAST_SIDE, _MOST_SIDE = 4.5, 21.0  # points, of a tick box
_LEAST_RULE = 22.0
_FLAT = 1.2  # points: what is not higher than this is a line

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom
Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Stroke:
    """Something small that is drawn; ``is_slanting``: it has a line that is neither level nor upright."""

    place: Rectangle
    is_slanting: bool
    is_filled: bool


@dataclass(slots=True)
class Drawings:
    """Of a page: level rules as (top, left, right), upright ones as (left, top, bottom), squares, strokes, pictures."""

    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)
    squares: list[Rectangle] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    pictures: int = 0
    largest_picture: float = 0.0


def drawings_of_page(page: Any, frame: Frame) -> Drawings:
    """The rules, squares and strokes of a page; no more than the first 50,000 objects are looked at."""
    reader = _Reader(frame)
    reader.take_objects(page, (1, 0, 0, 1, 0, 0), 0)
    return reader.finished()


class _Reader:
    def __init__(self, frame: Frame) -> None:
        import pypdfium2.raw as raw

        self._raw, self._frame, self._result = raw, frame, Drawings()
        self._objects = self._segments = 0
        self._short: list[Rectangle] = []  # level and upright lines that may be sides of a box

    def take_objects(self, holder: Any, matrix: Matrix, depth: int) -> None:
        raw = self._raw
        count = (raw.FPDFFormObj_CountObjects if depth else raw.FPDFPage_CountObjects)(holder)
        get = raw.FPDFFormObj_GetObject if depth else raw.FPDFPage_GetObject
        for index in range(max(count, 0)):
            self._objects += 1
            if self._objects > MAX_OBJECTS or self._segments > MAX_SEGMENTS:
                return
            thing = get(holder, index)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._take_path(thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._take_picture(thing, matrix)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                self.take_objects(thing, _product(self._matrix(thing), matrix), depth + 1)

    def finished(self) -> Drawings:
        """The page's drawings, squares made of four lines included."""
        result = self._result
        sides, left_over = _squares_of_lines(self._short)
        result.squares += sides
        result.strokes += [Stroke(line, False, False) for line in left_over]
        distinct: list[Rectangle] = []
        for square in sorted(result.squares, key=lambda s: s[0] - s[2]):  # the larger first: an outline within another
            if not any(_is_within(square, other) for other in distinct[-200:]):
                distinct.append(square)
        result.squares = distinct
        return result

    def _matrix(self, thing: Any) -> Matrix:
        found = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(thing, found):
            return 1, 0, 0, 1, 0, 0
        return found.a, found.b, found.c, found.d, found.e, found.f

    def _take_picture(self, thing: Any, matrix: Matrix) -> None:
        a, b, c, d, _, _ = _product(self._matrix(thing), matrix)
        self._result.pictures += 1
        area = abs(a * d - b * c)
        self._result.largest_picture = max(self._result.largest_picture, area)

    def _take_path(self, thing: Any, matrix: Matrix) -> None:
        raw = self._raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        is_stroked = bool(stroke.value) and not self._is_white(raw.FPDFPageObj_GetStrokeColor, thing)
        is_filled = bool(fill.value) and not self._is_white(raw.FPDFPageObj_GetFillColor, thing)
        if not (is_stroked or is_filled):
            return
        whole = _product(self._matrix(thing), matrix)
        lines: list[Rectangle] = []
        has_curves = False
        x, y = ctypes.c_float(), ctypes.c_float()
        start = at = (0.0, 0.0)
        count = raw.FPDFPath_CountSegments(thing)
        points: list[tuple[float, float]] = []
        for index in range(min(count, MAX_SEGMENTS - self._segments)):
            segment = raw.FPDFPath_GetPathSegment(thing, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            to = self._shown(x.value, y.value, whole)
            kind = raw.FPDFPathSegment_GetType(segment)
            points.append(to)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                start = to
            elif kind == raw.FPDF_SEGMENT_LINETO:
                lines.append((*at, *to))
            else:
                has_curves = True
            at = to
            if raw.FPDFPathSegment_GetClose(segment) and at != start:
                lines.append((*at, *start))
                at = start
        self._segments += count
        if points:
            self._sort(points, lines, has_curves, is_stroked, is_filled)

    def _sort(
        self,
        points: list[tuple[float, float]],
        lines: list[Rectangle],
        has_curves: bool,
        is_stroked: bool,
        is_filled: bool,
    ) -> None:
        """A path, by its form: a rule, a square, a stroke."""
        place = (
            min(x for x, _ in points),
            min(y for _, y in points),
            max(x for x, _ in points),
            max(y for _, y in points),
        )
        width, height = place[2] - place[0], place[3] - place[1]
        slanting = [line for line in lines if abs(line[2] - line[0]) > _FLAT and abs(line[3] - line[1]) > _FLAT]
        is_small = width <= _MOST_SIDE * 1.6 and height <= _MOST_SIDE * 1.6
        if not is_stroked and min(width, height) <= 2 * _FLAT and not has_curves:
            middle_x, middle_y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
            self._line(
                (place[0], middle_y, place[2], middle_y) if width > height else (middle_x, place[1], middle_x, place[3])
            )
        elif is_small and (has_curves or slanting):
            is_rounded = has_curves and is_stroked and not slanting and len(lines) >= 4 and _is_square(place)
            if is_rounded:
                self._result.squares.append(place)
            else:
                self._result.strokes.append(Stroke(place, True, is_filled))
        elif is_small and is_filled and not is_stroked:
            self._result.strokes.append(Stroke(place, False, True))
        else:
            if is_stroked and is_small and _is_square(place) and len(lines) in (4, 5) and not slanting:
                self._result.squares.append(place)
                if is_filled:
                    self._result.strokes.append(Stroke(place, False, True))
                return
            for line in lines:
                self._line(line)

    def _line(self, line: Rectangle) -> None:
        left, right, top, bottom = *sorted((line[0], line[2])), *sorted((line[1], line[3]))
        width, height = right - left, bottom - top
        if height <= _FLAT and width >= _LEAST_RULE:
            self._result.level.append((top, left, right))
        elif width <= _FLAT and height >= _LEAST_RULE:
            self._result.upright.append((left, top, bottom))
        elif height <= _FLAT or width <= _FLAT:
            if height <= _FLAT and width >= 8:
                self._result.level.append((top, left, right))
            if width <= _FLAT and height >= 8:
                self._result.upright.append((left, top, bottom))
            self._short.append((left, top, right, bottom))

    def _shown(self, x: float, y: float, matrix: Matrix) -> tuple[float, float]:
        a, b, c, d, e, f = matrix
        px, py = a * x + c * y + e, b * x + d * y + f
        left, top, _, _ = self._frame.shown(px, py, px, py)
        return left, top

    @staticmethod
    def _is_white(get: Any, thing: Any) -> bool:
        parts = [ctypes.c_uint() for _ in range(4)]
        if not get(thing, *parts):
            return False
        red, green, blue, alpha = (part.value for part in parts)
        return alpha < 20 or min(red, green, blue) >= 235


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    A, B, C, D, E, F = then  # noqa: N806 - as matrices are written
    return a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F


def _is_square(place: Rectangle) -> bool:
    width, height = place[2] - place[0], place[3] - place[1]
    return (
        min(width, height) >= _LEAST_SIDE
        and max(width, height) <= _MOST_SIDE
        and max(width, height) <= 1.35 * min(width, height)
    )


def _is_within(square: Rectangle, other: Rectangle) -> bool:
    return all(a >= b - 1 for a, b in zip(square[:2], other[:2], strict=True)) and all(
        a <= b + 1 for a, b in zip(square[2:], other[2:], strict=True)
    )


def _squares_of_lines(lines: list[Rectangle]) -> tuple[list[Rectangle], list[Rectangle]]:
    """Squares that two level and two upright lines make, and the lines that are in none."""
    level = [line for line in lines if line[3] - line[1] <= _FLAT and line[2] - line[0] >= _LEAST_SIDE]
    upright: dict[tuple[int, int], Rectangle] = {}
    for line in lines:
        if line[2] - line[0] <= _FLAT and line[3] - line[1] >= _LEAST_SIDE:
            upright.setdefault((round(line[0]), round(line[1])), line)
    corners: dict[tuple[int, int], list[Rectangle]] = {}
    for line in level:
        corners.setdefault((round(line[0]), round(line[2])), []).append(line)
    squares: list[Rectangle] = []
    used: set[Rectangle] = set()

    def near(x: float, y: float) -> Rectangle | None:
        spots = ((round(x) + i, round(y) + j) for i in (0, -1, 1) for j in (0, -1, 1))
        return next((upright[spot] for spot in spots if spot in upright), None)

    for same in corners.values():
        same.sort(key=lambda line: line[1])
        for upper, lower in pairwise(same):
            place = (upper[0], upper[1], upper[2], lower[3])
            left, right = near(upper[0], upper[1]), near(upper[2], upper[1])
            if _is_square(place) and left and right and left != right and abs(left[3] - lower[3]) < 2:
                squares.append(place)
                used |= {upper, lower, left, right}
    return squares, [line for line in lines if line not in used]
