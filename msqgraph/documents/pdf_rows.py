"""Words of a page by height: lines, and the regions that a layout makes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from msqgraph.documents.pdf_words import Word

MARKER = re.compile(r"\(?(?:\d{1,2}|[A-Za-z]|[ivxIVX]{1,5})[.)]\)?|[-–—•·*▪◦‣➢→]|(?:\d{1,2}\.){2,3}\d{0,2}")
LEAST_GAP = 6.0  # points, between columns
_WIDEST = 8.0  # font sizes of a gap in a stretched line
_MAY_BE_RAISED = re.compile(r"\d{1,2}|[⁰¹²³⁴-⁹]{1,2}|\*{1,3}|†")
_LATEST = 4  # rows that may still get a word
_OVERLAP = 0.5  # font sizes
_BESIDE = 0.5  # share of a label's height that its field stands beside
_MARKER_GAP = 4.0  # font sizes between a list's mark and its text
_WIDE = 1.3  # font sizes of a gap that may part columns


@dataclass(slots=True)
class Line:
    """Words on one height, from left to right."""

    words: list[Word]
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, words: list[Word]) -> Line:
        """The line that these words make up."""
        words = sorted(words, key=lambda w: w.left)
        return cls(
            words,
            words[0].left,
            min(w.top for w in words),
            max(w.right for w in words),
            max(w.bottom for w in words),
        )

    @property
    def middle(self) -> float:
        """The height on the page of its words' baseline, or of its boxes."""
        return max(_height(w) for w in self.words)

    @property
    def size(self) -> float:
        """The size of its font: fields and boxes count only where there is nothing else."""
        return max(
            (w.size for w in self.words if w.mark is None and not w.is_set), default=min(w.size for w in self.words)
        )

    @property
    def begins_with_marker(self) -> bool:
        """Whether it begins like an item of a list, or with a box."""
        first = self.words[0]
        return first.is_sign or MARKER.fullmatch(first.text) is not None


@dataclass(slots=True)
class Region:
    """Lines that are read one after the other, and the edges that wrap them; edges are None where the page has them.

    ``is_row``: the cells of a table's row, one line each.
    """

    lines: list[Line]
    edges: tuple[float, float] | None = None
    is_row: bool = False


@dataclass(slots=True)
class Table:
    """Cells between rules, by row; each with its words."""

    place: tuple[int, int, int, int]
    rows: list[list[tuple[tuple[int, int, int, int], list[Word]]]]


class Row:
    """Segments of text on one height, or one table."""

    def __init__(self, segments: list[Line], table: Table | None = None) -> None:
        self.segments, self.table = segments, table
        if table:
            self.left, self.top, self.right, self.bottom = map(float, table.place)
        else:
            self.left, self.right = segments[0].left, max(s.right for s in segments)
            self.top, self.bottom = min(s.top for s in segments), max(s.bottom for s in segments)
        self.order = self.top if table else max(s.middle for s in segments)

    def raise_above(self, rows: list[Row]) -> None:
        """A frame that has its label at its left is read after the label."""
        if self.table and len(self.table.rows) == 1:
            labels = [
                r.order for r in rows if not r.table and r.right <= self.left + 2 and self.top <= r.order <= self.bottom
            ]
            self.order = max([self.order, *(label + 0.1 for label in labels)])

    def spans(self) -> list[tuple[float, float]]:
        """What it occupies, from left to right."""
        return [(self.left, self.right)] if self.table else [(s.left, s.right) for s in self.segments]

    def part(self, low: float, high: float) -> Row | None:
        """What of it stands between two gaps."""
        if self.table:
            return self if low <= (self.left + self.right) / 2 < high else None
        segments = [s for s in self.segments if low <= (s.left + s.right) / 2 < high]
        if not segments:
            return None
        part = Row(segments)
        part.order = self.order  # a field and its label need not be level
        return part


def rows_of(words: list[Word]) -> list[list[Line]]:
    """Words by height, each row as segments between wide gaps; what stands above something is not on its row."""
    rows: list[_Gathering] = []
    raised = [word for word in words if word.baseline is not None and _MAY_BE_RAISED.fullmatch(word.text)]
    raised_ids = {id(word) for word in raised}
    others = sorted((word for word in words if id(word) not in raised_ids), key=_height)
    for word in others:
        if word.baseline is not None and not word.is_sign:
            _place(word, rows, rows[-_LATEST:])
    for word in others:
        if word.baseline is None or word.is_sign:
            _place(word, rows, rows)
    for word in raised:
        hosts = [row for row in rows if row.carries(word)]
        if hosts:
            hosts[0].words.append(word)
        else:
            _place(word, rows, rows)
    rows.sort(key=lambda row: row.height)
    return [_segments(row.words) for row in rows]


def _place(word: Word, rows: list[_Gathering], open_rows: list[_Gathering]) -> None:
    fitting = [row for row in open_rows if row.takes(word)]
    if fitting:
        min(fitting, key=lambda row: abs(row.height - _height(word))).words.append(word)
    else:
        rows.append(_Gathering(word))


def _height(word: Word) -> float:
    """The height of a word's baseline, or where it would be for a box or a field."""
    return word.baseline if word.baseline is not None else word.middle + 0.3 * min(word.size, 12.0)


class _Gathering:
    """A row in the making; ``height``: of its first word's baseline."""

    def __init__(self, word: Word) -> None:
        self.words, self.height, self._is_text = [word], _height(word), word.baseline is not None

    def takes(self, word: Word) -> bool:
        """Whether a word is on this height, and its place is free."""
        size = max(min(word.size, 14.0), min(self.words[0].size, 14.0))
        is_text = self._is_text and word.baseline is not None and not (word.is_sign or self.words[0].is_sign)
        tolerance = 0.25 if is_text else 0.45
        if abs(_height(word) - self.height) > tolerance * size:
            return False
        return all(
            min(word.right, other.right) - max(word.left, other.left) < _OVERLAP * min(word.size, other.size)
            for other in self.words
        )

    def carries(self, word: Word) -> bool:
        """Whether a small number is raised beside one of its words: a footnote's mark."""
        if not 0 < self.height - _height(word) < 0.7 * self.words[0].size:
            return False
        return any(
            word.size < 0.85 * other.size
            and -1 < max(word.left - other.right, other.left - word.right) < 0.6 * other.size
            for other in self.words
        )


def _segments(row: list[Word]) -> list[Line]:
    """A row's words, parted at gaps; what stands behind a list's mark or a box belongs to it."""
    row.sort(key=lambda w: w.left)
    if is_justified(row):
        return [Line.of(row)]
    parts: list[list[Word]] = [[row[0]]]
    right = row[0].right
    for word in row[1:]:
        last = parts[-1]
        is_marker = len(last) == 1 and (last[0].is_sign or MARKER.fullmatch(last[0].text) is not None)
        if word.left - right > (_MARKER_GAP if is_marker else _WIDE) * max(word.size, last[-1].size):
            parts.append([word])
        else:
            last.append(word)
        right = max(right, word.right)
    return [Line.of(part) for part in parts]


def is_justified(words: list[Word]) -> bool:
    """Whether all gaps of a line, from left to right, are equally wide: it was stretched to its margin."""
    gaps = [after.left - before.right for before, after in pairwise(words)]
    return len(gaps) > 1 and max(gaps) - min(gaps) < 1.0 and max(gaps) < _WIDEST * words[0].size
