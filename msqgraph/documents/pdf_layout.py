"""The words of a page in regions, in the order in which people read them.

Rules tell the cells of a table. Without rules, a gap that runs down through several lines is told by what begins beside
it: where the paragraphs on its sides begin on the same lines it parts the cells of a table, which is read row by row;
else it parts the columns of a page, which are read one after the other.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msqgraph.documents.pdf_drawings import Drawings
from msqgraph.documents.pdf_rows import LEAST_GAP, Line, Region, Row, rows_of
from msqgraph.documents.pdf_tables import regions_of_table, rows_of_table, tables_between_rules
from msqgraph.documents.pdf_words import Word

_MOST_ROWS = 1_500  # of a page whose gaps are looked for
_SAME_START = 0.7  # share of paragraphs that begin on the same line on both sides of a table's gap


def regions_of(words: list[Word], drawings: Drawings) -> list[Region]:
    """A page's regions in reading order."""
    free, tables = tables_between_rules(words, drawings)
    rows = [Row(row) for row in rows_of(free)]
    rows += [Row([], table) for table in tables]
    for row in rows:
        row.raise_above(rows)
    rows.sort(key=lambda row: row.order)
    return _read(rows)


def _read(rows: list[Row], depth: int = 0) -> list[Region]:
    """Rows in reading order: bands of columns and tables, and plain text between them."""
    band = _band(rows) if depth < 4 and len(rows) < _MOST_ROWS else None
    if band is None:
        return _plain(rows)
    start, end, gap = band
    inside = rows[start:end]
    sides = _sides(inside, gap)
    middle: list[Region]
    if _is_table(*sides):
        middle = rows_of_table(inside, _plain)
    else:
        start, end = _whole_columns(rows, start, end, gap)
        sides = _sides(rows[start:end], gap)
        edges = _column_edges(sides)
        middle = []
        for side, edge in zip(sides, edges, strict=True):
            found = _read(side, depth + 1)
            for region in found:
                region.edges = region.edges or edge
            middle += found
    return _read(rows[:start], depth) + middle + _read(rows[end:], depth)


def _sides(rows: list[Row], gap: float) -> list[list[Row]]:
    """What stands at the left and at the right of a gap."""
    return [[part for row in rows if (part := row.part(*side))] for side in ((-1e9, gap), (gap, 1e9))]


def _whole_columns(rows: list[Row], start: int, end: int, gap: float) -> tuple[int, int]:
    """Columns with the lines above and below that have no neighbour in the other column."""
    while start > 0 and rows[start - 1].left >= gap:
        start -= 1
    while end < len(rows) and rows[end].right <= gap and rows[end].order - rows[end - 1].order < 30:
        end += 1
    return start, end


def _plain(rows: list[Row]) -> list[Region]:
    regions: list[Region] = []
    for row in rows:
        if row.table:
            regions += regions_of_table(row.table, lambda inner: _read(inner, 2))
            regions.append(Region([]))
        else:
            if not regions or regions[-1].is_row or regions[-1].edges:
                regions.append(Region([]))
            regions[-1].lines.append(Line.of([word for segment in row.segments for word in segment.words]))
    return [region for region in regions if region.lines]


def _column_edges(sides: list[list[Row]]) -> list[tuple[float, float]]:
    return [(min(row.left for row in side), max(row.right for row in side)) for side in sides]


def _band(rows: list[Row]) -> tuple[int, int, float] | None:
    """The first and last row, and the place, of the gap that runs through most rows."""
    closed: list[list[float]] = []
    # left and right edge, first row, last row with text at its right, number of rows with text on both sides
    open_gaps: list[list[float]] = []
    for index, row in enumerate(rows):
        spans = row.spans()
        is_beside = index > 0 and row.top < rows[index - 1].bottom - 2  # the lines of columns need not be level
        before = rows[index - 1] if is_beside else None
        kept: list[list[float]] = []
        for gap in open_gaps:
            low, high = gap[0], gap[1]
            for left, right in spans:
                if left <= low + 0.01 and right > low:
                    low = max(low, min(right, high))
                elif left < high and right > low:
                    high = left if left - low >= right - low or right >= high else high
                    low = low if high == left else right
            if high - low < LEAST_GAP:
                closed.append(gap)
                continue
            has_left, has_right = any(r <= low + 0.01 for _, r in spans), any(x >= high - 0.01 for x, _ in spans)
            both = (has_left and has_right) or (before and (before.left >= high if has_left else before.right <= low))
            count = gap[4] + bool(both)
            kept.append([low, high, gap[2], index if has_right else gap[3], count])
        for (_, right), (left, _) in pairwise(spans):
            if not any(abs(gap[0] - right) < 40 and gap[0] < left and gap[1] > right for gap in kept):
                kept.append([right, left, index, index, 1])
        if before and not kept:
            first, second = sorted((row, before), key=lambda r: r.left)
            if second.left - first.right >= LEAST_GAP:
                kept.append([first.right, second.left, index - 1, index, 1])
        open_gaps = kept
    best = max(filter(None, (_parting(rows, gap) for gap in [*closed, *open_gaps])), default=None)
    if best is None:
        return None
    _, negative_start, end, place = best
    while end < len(rows) and rows[end].right <= place and _follows(rows[end - 1].part(-1e9, place), rows[end]):
        end += 1  # the left side's last paragraph goes on
    return -negative_start, end, place


def _parting(rows: list[Row], gap: list[float]) -> tuple[int, int, int, float] | None:
    """A gap that parts something: through two rows, or beside a line of which it is clear that it was wrapped there."""
    low, high = gap[:2]
    start, last, count = int(gap[2]), int(gap[3]), int(gap[4])
    place = (low + high) / 2
    if count < 2 and last == start:
        following = rows[start + 1] if start + 1 < len(rows) else None
        left = rows[start].part(-1e9, place)
        if not (following and left and following.right <= place and _follows(left, following)):
            return None
        first = following.segments[0].words[0]
        if left.right + first.right - first.left < high - 0.5 * first.size:
            return None
    return count, -start, last + 1, place


def _follows(before: Row | None, row: Row) -> bool:
    return (
        before is not None
        and not row.table
        and not before.table
        and abs(before.left - row.left) < 30
        and row.order - before.order < 1.7 * row.segments[0].size
        and not row.segments[0].begins_with_marker
    )


def _is_table(left: list[Row], right: list[Row]) -> bool:
    """Whether a gap parts cells rather than columns."""
    starts = [_starts(side) for side in (left, right)]
    numbered = [
        sum(re.fullmatch(r"\d{1,2}\.", row.segments[0].words[0].text) is not None for row in side if not row.table)
        for side in (left, right)
    ]
    if min(numbered) >= 2:
        return False
    fewer, more = sorted(starts, key=len)
    common = sum(any(abs(a - b) < 4 for b in more) for a in fewer)
    return common >= _SAME_START * len(fewer)


def _starts(rows: list[Row]) -> list[float]:
    """The heights at which paragraphs begin."""
    steps = [b.order - a.order for a, b in pairwise(rows)]
    usual = sorted(steps)[len(steps) // 4] if steps else 0.0
    starts = [rows[0].order] if rows else []
    for (before, row), step in zip(pairwise(rows), steps, strict=True):
        begins = row.table or row.segments[0].begins_with_marker
        ends_early = not before.table and not row.table and before.right < max(r.right for r in rows) - 60
        if begins or ends_early or step > 1.3 * max(usual, (row.bottom - row.top) * 0.8):
            starts.append(row.order)
    return starts
