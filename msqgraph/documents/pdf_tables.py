"""Tables of a page: cells between rules, or between gaps, and the order in which they are read.

A row whose cells have one line each is one line, its cells parted by tabs; else it is read cell by cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from statistics import median

from msqgraph.documents.pdf_drawings import Drawings
from msqgraph.documents.pdf_rows import LEAST_GAP, Line, Region, Row, Table, rows_of
from msqgraph.documents.pdf_rules import table_rules
from msqgraph.documents.pdf_words import Word

Cell = tuple[int, int, int, int]  # left, top, right, bottom
Read = Callable[[list[Row]], list[Region]]


def tables_between_rules(words: list[Word], drawings: Drawings) -> tuple[list[Word], list[Table]]:
    """The words outside all cells, and the tables that rules make."""
    level, upright = table_rules(drawings.level, drawings.upright, words)
    if len(level) < 2 or len(upright) < 2:
        return words, []
    free: list[Word] = []
    cells: dict[Cell, list[Word]] = {}
    for word in words:
        x, y = (word.left + word.right) / 2, word.middle if word.baseline is None else word.baseline
        top, bottom = _around(level, y, x)
        left, right = _around(upright, x, y)
        if top is None or bottom is None or left is None or right is None:
            free.append(word)
        else:
            cells.setdefault((round(left), round(top), round(right), round(bottom)), []).append(word)
    tables: list[Table] = []
    for group in _touching(sorted(cells, key=lambda k: (k[1], k[0]))):
        if len(group) == 1 and group[0][3] - group[0][1] < 2.2 * median(w.size for w in cells[group[0]]):
            free += cells[group[0]]  # a frame around one line: a field on a line of text
            continue
        rows: list[list[tuple[Cell, list[Word]]]] = []
        for key in group:
            if not rows or key[1] - rows[-1][0][0][1] > 3:
                rows.append([])
            rows[-1].append((key, cells[key]))
        for row in rows:
            row.sort(key=lambda cell: cell[0][0])
        place = (min(k[0] for k in group), min(k[1] for k in group), max(k[2] for k in group), max(k[3] for k in group))
        tables.append(Table(place, rows))
    return free, tables


def _around(rules: list[tuple[float, float, float]], at: float, across: float) -> tuple[float | None, float | None]:
    """The next rules on both sides of a place, of those that reach over it."""
    middle = bisect_left(rules, (at, 0.0, 0.0))
    before = next((r[0] for r in reversed(rules[:middle]) if r[1] - 2 <= across <= r[2] + 2), None)
    after = next((rules[i][0] for i in range(middle, len(rules)) if rules[i][1] - 2 <= across <= rules[i][2] + 2), None)
    return before, after


def _touching(keys: list[Cell]) -> list[list[Cell]]:
    """Cells in groups that touch each other, each in the order given."""
    groups: list[list[Cell]] = []
    for key in keys:
        joined = [key]
        others = []
        for group in groups:
            near = any(
                key[0] <= other[2] + 3 and other[0] <= key[2] + 3 and key[1] <= other[3] + 3 and other[1] <= key[3] + 3
                for other in group[-60:]
            )
            if near:
                joined = group + joined
            else:
                others.append(group)
        groups = [*others, sorted(joined, key=lambda k: (k[1], k[0]))]
    return groups


def regions_of_table(table: Table, read: Read) -> list[Region]:
    """The cells of a table between rules, row by row; ``read`` lays out a cell that is as wide as the table."""
    regions: list[Region] = []
    for row in table.rows:
        cells: list[tuple[list[Line], tuple[float, float]]] = []
        inner: list[Region] = []
        for place, words in row:
            lines = [_merged(segments) for segments in rows_of(words)]
            inset = min(min(line.left for line in lines) - place[0], place[2] - max(line.right for line in lines), 8.0)
            cells.append((lines, (place[0] + max(inset, 1.0), place[2] - max(inset, 1.0))))
            if len(row) == 1 and len(lines) > 3:
                inner = read([Row(segments) for segments in rows_of(words)])
        if inner:
            for region in inner:
                region.edges = region.edges or cells[0][1]
            regions += inner
        else:
            regions += _row_regions(cells)
    return regions


def _merged(segments: list[Line]) -> Line:
    return Line.of([word for segment in segments for word in segment.words])


def _row_regions(cells: list[tuple[list[Line], tuple[float, float]]]) -> list[Region]:
    """A table's row: one line if each cell is one, else cell by cell; a cell of boxes joins its neighbour."""
    if all(len(lines) == 1 for lines, _ in cells):
        return [Region([lines[0] for lines, _ in cells], cells[-1][1], is_row=True)]
    regions: list[Region] = []
    waiting: list[Word] = []
    for lines, edges in cells:
        words = [word for line in lines for word in line.words]
        if all(word.is_sign for word in words):
            if regions:
                last = regions[-1].lines[-1]
                regions[-1].lines[-1] = Line([*last.words, *words], last.left, last.top, last.right, last.bottom)
            else:
                waiting += words
            continue
        if waiting:
            first = lines[0]
            lines = [Line([*waiting, *first.words], first.left, first.top, first.right, first.bottom), *lines[1:]]
            waiting = []
        if regions and _is_label(regions[-1].lines):
            label = regions.pop()
            lines = [_merged([*label.lines, lines[0]]), *lines[1:]]
        regions.append(Region(list(lines), edges))
    if waiting:
        regions.append(Region([Line.of(waiting)], cells[0][1]))
    return regions


def _is_label(lines: list[Line]) -> bool:
    """Whether a cell is the one-line label of what stands at its right: "Title:", which shares a line with it."""
    return len(lines) == 1 and lines[0].words[-1].text.endswith((":", "："))


def rows_of_table(rows: list[Row], plain: Read) -> list[Region]:
    """A table without rules: a line goes on in the cells above it, or begins a row; ``plain`` reads tables within."""
    gaps = _all_gaps(rows)
    rights: dict[int, float] = {}
    for row in rows:
        for segment in row.segments:
            at = bisect_right(gaps, (segment.left + segment.right) / 2)
            rights[at] = max(rights.get(at, 0.0), segment.right)
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _continues(groups[-1], row, gaps, rights):
            groups[-1].append(row)
        else:
            groups.append([row])
    regions: list[Region] = []
    for group in groups:
        if any(row.table for row in group):
            regions += plain(group)
            continue
        cells: dict[int, list[Line]] = {}
        for row in group:
            for segment in row.segments:
                at = bisect_right(gaps, (segment.left + segment.right) / 2)
                cells.setdefault(at, []).append(segment)
        regions += _row_regions([(lines, (lines[0].left, rights[at])) for at, lines in sorted(cells.items())])
    return regions


def _all_gaps(rows: list[Row]) -> list[float]:
    """The middles of the gaps that no row of a table fills."""
    spans = sorted(span for row in rows for span in row.spans())
    gaps: list[float] = []
    right = spans[0][1]
    for left, end in spans:
        if left - right >= LEAST_GAP:
            gaps.append((right + left) / 2)
        right = max(right, end)
    return gaps


def _continues(group: list[Row], row: Row, gaps: list[float], rights: dict[int, float]) -> bool:
    """Whether a line goes on in cells of the row above: close below it, and not in all of them anew."""
    last = group[-1]
    if row.table or last.table:
        return False
    step, size = row.order - last.order, row.segments[0].size
    close = step < 1.7 * size
    first = min(bisect_right(gaps, (s.left + s.right) / 2) for s in row.segments)
    if first > 0:
        return step < 2.2 * size
    if row.segments[0].begins_with_marker or not close:
        return False
    # text at the left again: the cells above go on only if their last lines were full
    for segment in row.segments:
        at = bisect_right(gaps, (segment.left + segment.right) / 2)
        above = [s for r in group for s in r.segments if bisect_right(gaps, (s.left + s.right) / 2) == at]
        if not above:
            continue
        opening, last_word = segment.words[0], above[-1].words[-1]
        if opening.is_set or last_word.is_set or last_word.text.endswith(":"):
            return False
        if above[-1].right + opening.right - opening.left + 0.2 * opening.size < rights[at]:
            return False
    return True
