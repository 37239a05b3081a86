"""The tick boxes of a PDF page: widgets, glyphs and drawn squares become signs among the words, each box once.

What lies on top of a box tells its state. Where two signs of one box differ, the upper one counts and the box is marked
as contradictory.
"""

from __future__ import annotations

from msqgraph.documents.document import BoxState
from msqgraph.documents.pdf_drawings import Drawings, Rectangle, Stroke
from msqgraph.documents.pdf_fields import Overlay
from msqgraph.documents.pdf_signs import EMPTY_SIGNS, Mark
from msqgraph.documents.pdf_words import Word

_TICKS = frozenset("xX×хХ✓✔✗✘✕✖√☑☒vV")
MAX_SQUARES_A_PAGE = 1_000  # more are a pattern, not boxes
_BESIDE = 140.0  # points between a box and the nearest word on its line


def words_with_boxes(words: list[Word], drawings: Drawings, overlay: Overlay) -> list[Word]:
    """The words of a page with a sign for each box."""
    strokes = drawings.strokes + overlay.ink
    words = _struck(words + [word for word in overlay.texts if not word.is_set], strokes)
    squares = drawings.squares if len(drawings.squares) <= MAX_SQUARES_A_PAGE else []
    squares = [square for square in squares if not _is_comb(square, squares)]
    words, drawn = _drawn(words, squares, strokes)
    words += _beside_text(drawn, words + overlay.texts)
    return _under_widgets(words, overlay.boxes) + [word for word in overlay.texts if word.is_set]


def _struck(words: list[Word], strokes: list[Stroke]) -> list[Word]:
    """Box glyphs over which something is drawn or typed."""
    glyphs = [word for word in words if word.is_sign]
    if not glyphs:
        return words
    over: dict[int, list[str]] = {}
    gone: set[int] = set()
    small = [stroke for stroke in strokes if stroke.is_slanting or stroke.is_filled]
    ticks = [word for word in words if word.text in _TICKS]
    for glyph in glyphs:
        place = (glyph.left, glyph.top, glyph.right, glyph.bottom)
        found = sum(_is_inside(stroke.place, place) and _share(stroke.place, place) > 0.1 for stroke in small)
        if found:
            over.setdefault(id(glyph), []).append(_strokes(found))
        for tick in ticks:
            if tick is not glyph and _is_inside((tick.left, tick.top, tick.right, tick.bottom), place):
                over.setdefault(id(glyph), []).append(f"{tick.text} typed")
                gone.add(id(tick))
    result = []
    for word in words:
        if id(word) in gone:
            continue
        if id(word) in over:
            own = _evidence(word)
            is_empty = word.mark.state == "empty" if word.mark else word.text in EMPTY_SIGNS
            word.mark = Mark("ticked", f"{own}, {' and '.join(over[id(word)])} over it", is_empty)
            word.text = word.mark.sign
        result.append(word)
    return result


def _drawn(words: list[Word], squares: list[Rectangle], strokes: list[Stroke]) -> tuple[list[Word], list[Word]]:
    """The words that are not in a drawn square, and the squares as signs."""
    boxes: list[Word] = []
    inside_ids: set[int] = set()
    for square in squares:
        within = [w for w in words if _is_inside((w.left, w.top, w.right, w.bottom), square)]
        marks = [s for s in strokes if _is_inside(s.place, square) and not _is_border(s, square)]
        if any(len(word.text) > 1 or (word.text.isalnum() and word.text not in _TICKS) for word in within):
            if not marks and any(len(word.text) > 1 for word in within):
                continue  # a frame around text
            state: BoxState = "unknown"
            evidence = f"drawn box, {within[0].text!r} inside"
        elif any(word.mark is None and word.text in EMPTY_SIGNS for word in within) or any(
            word.mark and word.mark.state == "empty" for word in within
        ):
            continue  # the square is drawn around a printed box, which tells its state
        else:
            state, evidence = _state(within, marks)
        inside_ids |= {id(word) for word in within}
        mark = Mark(state, evidence)
        boxes.append(Word(mark.sign, *square, square[3] - square[1], mark))
    return [word for word in words if id(word) not in inside_ids], boxes


def _state(within: list[Word], marks: list[Stroke]) -> tuple[BoxState, str]:
    if not within and not marks:
        return "empty", "drawn box, nothing inside"
    if any(word.text in _TICKS or (word.mark and word.mark.state == "ticked") for word in within):
        return "ticked", f"drawn box, {within[0].text} inside"
    if within:
        return "unknown", f"drawn box, {within[0].text!r} inside"
    if any(mark.is_slanting for mark in marks):
        return "ticked", f"drawn box, {_strokes(len(marks))} inside"
    if any(mark.is_filled for mark in marks):
        return "ticked", "drawn box, filled"
    return "unknown", f"drawn box, {_strokes(len(marks))} inside"


def _beside_text(boxes: list[Word], words: list[Word]) -> list[Word]:
    """The squares that stand on a line of text; others are ornaments, or parts of drawings."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        for row in range(int(word.top // 10), int(word.bottom // 10) + 1):
            rows.setdefault(row, []).append(word)
    return [
        box
        for box in boxes
        if any(
            word.top - 3 < box.middle < word.bottom + 3 and max(word.left - box.right, box.left - word.right) < _BESIDE
            for row in range(int(box.top // 10) - 1, int(box.bottom // 10) + 2)
            for word in rows.get(row, ())
        )
    ]


def _under_widgets(words: list[Word], widgets: list[Word]) -> list[Word]:
    """The words and the widgets; a box that is printed below a widget is the same box."""
    if not widgets:
        return words
    gone: set[int] = set()
    for widget in widgets:
        assert widget.mark  # noqa: S101 - that is what makes it a widget
        place = (widget.left - 2, widget.top - 2, widget.right + 2, widget.bottom + 2)
        for word in words:
            is_sign = word.is_sign or word.text in _TICKS
            if is_sign and _is_inside((word.left, word.top, word.right, word.bottom), place):
                gone.add(id(word))
                state = word.mark.state if word.mark else "empty" if word.text in EMPTY_SIGNS else "ticked"
                if word.mark is None and word.text not in EMPTY_SIGNS | _TICKS:
                    continue
                # an empty box is what was printed; only a printed tick says otherwise
                if state == "ticked" and widget.mark.state == "empty":
                    evidence = f"{widget.mark.evidence}, over {_evidence(word)}"
                    widget.mark = Mark(widget.mark.state, evidence, True)
    return [word for word in words if id(word) not in gone] + widgets


def _evidence(word: Word) -> str:
    return word.mark.evidence if word.mark else word.glyph or f"character {word.text}"


def _is_comb(square: Rectangle, squares: list[Rectangle]) -> bool:
    """Whether squares touch on its sides: places for single characters, not boxes."""
    return any(
        other is not square
        and abs(other[1] - square[1]) < 2
        and (abs(other[0] - square[2]) < 2 or abs(other[2] - square[0]) < 2)
        for other in squares
    )


def _is_border(stroke: Stroke, square: Rectangle) -> bool:
    """Whether a straight line lies on a square's edge."""
    left, top, right, bottom = stroke.place
    if stroke.is_slanting or (stroke.is_filled and right - left > 2 and bottom - top > 2):
        return False
    x, y = (left + right) / 2, (top + bottom) / 2
    return min(abs(x - square[0]), abs(x - square[2]), abs(y - square[1]), abs(y - square[3])) < 1.5


def _is_inside(inner: Rectangle, outer: Rectangle) -> bool:
    """Whether the middle of one lies in the other, which it does not tower above."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    width, height = outer[2] - outer[0], outer[3] - outer[1]
    return (
        outer[0] < x < outer[2]
        and outer[1] < y < outer[3]
        and inner[2] - inner[0] < 2 * width + 4
        and inner[3] - inner[1] < 2 * height + 4
    )


def _share(inner: Rectangle, outer: Rectangle) -> float:
    """How large one is, measured by the other."""
    return (inner[2] - inner[0]) * (inner[3] - inner[1]) / max((outer[2] - outer[0]) * (outer[3] - outer[1]), 0.01)


def _strokes(count: int) -> str:
    return "1 stroke" if count == 1 else f"{count} strokes"
