"""A paragraph while it is put together from runs, controls and fields, and what becomes of all of them in the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

from msqgraph.documents.document import Block, Box, BoxState, Flow, Link
from msqgraph.documents.typed_boxes import typed_boxes

# blanks of any kind, and marks that nobody sees (zero width, writing direction)
_UNSEEN_RANGES = (
    (0x09, 0x0D),
    (0x1C, 0x20),
    (0x85, 0x85),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200F),
    (0x2028, 0x202F),
    (0x205F, 0x205F),
    (0x2066, 0x2069),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
_UNSEEN = "".join(chr(code) for first, last in _UNSEEN_RANGES for code in range(first, last + 1))
_LONGEST_TARGET = 8192  # one relationship can be referred to thousands of times
_PLACE_HOLDER = "\ufffc"  # stands for a box that is told already, while typed ones are looked for
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SIGNS: dict[BoxState, str] = {"ticked": "☒", "empty": "☐", "unknown": "▢"}  # of boxes without a sign of their own


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a passage to come back to."""

    passage: Passage
    pieces: int
    offset: int


class Pages:
    """The page that a reader is on. A break that was only rendered there repeats an explicit one just before it."""

    def __init__(self) -> None:
        self.number, self.has_breaks, self._is_fresh = 1, False, False

    def turn(self, is_rendered: bool = False) -> None:
        """Go on to the next page."""
        self.has_breaks = True
        if not (is_rendered and self._is_fresh):
            self.number += 1
        self._is_fresh = not is_rendered

    def touch(self) -> int:
        """Write on the page; its number."""
        self._is_fresh = False
        return self.number


class Passage:
    """A paragraph, or a row of a table: text with boxes and links, and the passages (notes, text boxes) it is before.

    ``label``: the number or bullet that its list sets before it; ``label_box``: where that bullet is a box.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._pieces: list[str] = []
        self.length = 0
        self.page: int | None = None
        self.boxes: list[Box] = []
        self.links: list[Link] = []
        self.glyphs: dict[int, str] = {}
        self.label, self.label_box = "", ""
        self.after: list[Passage] = []

    @property
    def text(self) -> str:
        """What it says so far, its label apart."""
        return "".join(self._pieces)

    def add(self, text: str) -> None:
        """Write text."""
        if self.page is None and text.strip(_UNSEEN):
            self.page = self._pages.touch()
        self._pieces.append(text)
        self.length += len(text)

    def add_box(self, sign: str, state: BoxState, evidence: str, is_contradictory: bool = False) -> None:
        """Set a box whose state is told by something else than the sign it shows."""
        self.boxes.append(Box(self.length, self.length + len(sign), state, evidence, None, is_contradictory))
        self.add(sign)

    def add_glyph(self, sign: str, evidence: str) -> None:
        """Write a sign that may be a box, like any other character; ``evidence``: by which glyph it is shown."""
        self.glyphs[self.length] = evidence
        self.add(sign)

    def add_link(self, start: int, target: str) -> None:
        """Make everything from ``start`` a link."""
        if target and len(target) <= _LONGEST_TARGET and self.length > start:
            self.links.append(Link(start, self.length, target))

    def mark(self) -> Mark:
        """The place reached."""
        return Mark(self, len(self._pieces), self.length)

    def since(self, mark: Mark) -> str:
        """The text written since."""
        return "".join(self._pieces[mark.pieces :])

    def rub_out(self, mark: Mark) -> None:
        """Take back what was written since."""
        del self._pieces[mark.pieces :]
        self.length = mark.offset
        for things in (self.boxes, self.links):
            while things and things[-1].end > mark.offset:
                things.pop()
        while self.glyphs and next(reversed(self.glyphs)) >= mark.offset:
            self.glyphs.popitem()

    def append(self, other: Passage) -> None:
        """Go on with another passage, its label included."""
        if other.label:
            if other.label_box:
                self.add_box(other.label, "unknown", other.label_box)
            else:
                self.add(other.label)
            self.add(" ")
        if self.page is None:
            self.page = other.page
        at = self.length
        self.boxes += [replace(box, start=box.start + at, end=box.end + at) for box in other.boxes]
        self.links += [Link(link.start + at, link.end + at, link.target) for link in other.links]
        self.glyphs |= {offset + at: told for offset, told in other.glyphs.items()}
        self._pieces += other._pieces
        self.length += other.length
        self.after += other.after

    def is_seen(self) -> bool:
        """Whether anything can be seen of it, its label apart."""
        return self.page is not None

    @property
    def is_counted(self) -> bool:
        """Whether its label is a number or letter."""
        return any(map(str.isalnum, self.label))


class _Reader(Protocol):
    """A reader inside of fields."""

    fields: list[Any]


@contextmanager
def restored(reader: _Reader, *attributes: str) -> Iterator[None]:
    """A reader's place: what is read inside, as a note or a cell, changes neither these attributes nor which fields are
    open outside. An error ends the whole reading, so nothing is restored then.
    """
    before, open_fields = {name: getattr(reader, name) for name in attributes}, len(reader.fields)
    yield
    for name, value in before.items():
        setattr(reader, name, value)
    del reader.fields[open_fields:]


def superscript(number: int | str) -> str:
    """A note's mark.

    >>> superscript(12)
    '¹²'
    """
    return str(number).translate(_SUPERSCRIPT)


def row_of(pages: Pages, cells: Sequence[list[Passage]]) -> list[Passage]:
    """A table's row: one passage with tabs where every cell is a line, so that a box and its option stay together;
    else the cells' passages one by one. A number alone counts in a row's first cell only.
    """
    has_more = any(passage.is_seen() for cell in cells[1:] for passage in cell)
    for passage in cells[0] if has_more else []:
        if not passage.is_seen() and passage.is_counted:
            passage.add(passage.label)
            passage.label = ""
    seen = [[passage for passage in cell if passage.is_seen()] for cell in cells]
    if any(len(cell) > 1 or (cell and "\n" in cell[0].text.strip(_UNSEEN)) for cell in seen):
        return [passage for cell in cells for passage in cell]
    row = Passage(pages)
    for position, (cell, line) in enumerate(zip(cells, seen, strict=True)):
        if position:
            row.add("\t")
        for passage in cell:
            if passage in line:
                row.append(passage)
            else:
                row.after += passage.after
    return [row]


def compose(passages: Iterable[Passage], pages: Pages) -> list[Block]:
    """The blocks of a document: what is seen of its passages, with typed boxes found among their characters."""
    written = [passage for passage in map(_seen, _in_order(passages)) if passage[0]]
    masked = []
    for text, _, boxes, _, _ in written:
        characters = list(text)
        for box in boxes:
            characters[box.start : box.end] = _PLACE_HOLDER * (box.end - box.start)
        masked.append("".join(characters))
    flow = Flow()
    has_ticked_bullet = any(
        b.evidence.startswith(BULLET) and _glyph_state(t, b) == "ticked" for t, _, bs, _, _ in written for b in bs
    )
    for (text, page, boxes, links, glyphs), typed in zip(written, typed_boxes(masked), strict=True):
        told = [_bullet(text, box, has_ticked_bullet) for box in boxes]
        told += [_with_glyph(box, glyphs) for box in typed]
        flow.add(text, page if pages.has_breaks else None, sorted(told, key=lambda box: box.start), links)
    return flow.blocks


BULLET = "list bullet "


def _in_order(passages: Iterable[Passage]) -> Iterator[Passage]:
    stack = list(passages)[::-1]
    while stack:
        passage = stack.pop()
        yield passage
        stack += passage.after[::-1]


_Seen = tuple[str, int | None, list[Box], list[Link], dict[int, str]]


def _seen(passage: Passage) -> _Seen:
    """A passage with its label, without the blanks at its edges: text, page, boxes, links, glyphs."""
    if passage.label:
        labelled = Passage(passage._pages)
        labelled.page = passage.page
        body = passage.text
        if not body.strip(_UNSEEN):
            return "", None, [], [], {}
        labelled.append(passage)
        passage = labelled
    text = passage.text
    shift = len(text) - len(text.lstrip(_UNSEEN))
    text = text.strip(_UNSEEN)
    end = len(text)
    boxes = [replace(box, start=box.start - shift, end=box.end - shift) for box in passage.boxes]
    links = [
        Link(start, stop, link.target)
        for link in passage.links
        if (start := max(link.start - shift, 0)) < (stop := min(link.end - shift, end))
    ]
    return text, passage.page, boxes, links, {offset - shift: told for offset, told in passage.glyphs.items()}


def _glyph_state(text: str, box: Box) -> BoxState:
    typed = typed_boxes([text[box.start : box.end]])[0]
    return typed[0].state if typed else "unknown"


def _bullet(text: str, box: Box, has_ticked_bullet: bool) -> Box:
    """A bullet that looks like a box tells something only where people ticked by changing bullets."""
    if not box.evidence.startswith(BULLET) or not has_ticked_bullet:
        return box
    return replace(box, state=_glyph_state(text, box))


def _with_glyph(box: Box, glyphs: dict[int, str]) -> Box:
    """A typed box, told by its font's glyph if it is one."""
    if not glyphs:
        return box
    told = next((glyphs[offset] for offset in range(box.start, box.end) if offset in glyphs), None)
    if told is None:
        return box
    return replace(box, evidence=told if box.end - box.start == 1 else f"{box.evidence} ({told})")
