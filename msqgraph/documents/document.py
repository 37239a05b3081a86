"""What every reader delivers, whatever the container."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from msqgraph.characters import without_control_characters
from msqgraph.errors import UnreadableInput

BoxState = Literal["ticked", "empty", "unknown"]


@dataclass(frozen=True, slots=True)
class Box:
    """A tick box: where it stands in its block's text, its state, and by what sign the state was told.

    ``place``: where on the page, as a PDF fragment (RFC 8118, ``page=3&viewrect=left,top,width,height`` in points from
    the upper left corner). ``is_contradictory``: another sign of the same box says otherwise, as the evidence tells.
    """

    start: int
    end: int
    state: BoxState
    evidence: str
    place: str | None = None
    is_contradictory: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: the stretch of its block's text that is clicked on, and the address that opens."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its text as it stands, its offset in the document's text, its page, its boxes, its links.

    A control character, which RDF/XML could not hold, is replaced by U+FFFD, so that offsets stay what they are.
    ``is_recognised``: its words were told from a picture.

    >>> Block("a\\x08b", 0).text
    'a\ufffdb'
    """

    text: str
    start: int
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    is_recognised: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", without_control_characters(self.text))


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read. ``text`` is what offsets count in: characters, a line's end being one. Blocks are in
    the order of their offsets and do not overlap.

    ``is_recognised``: some of its words were told from a picture.
    """

    file_name: str
    sha256: str
    media_type: str
    blocks: list[Block]
    text: str = field(init=False)
    is_recognised: bool = field(init=False)

    def __post_init__(self) -> None:
        length = max((block.start + len(block.text) for block in self.blocks), default=0)
        characters = ["\n"] * length
        for block in self.blocks:
            characters[block.start : block.start + len(block.text)] = block.text
        object.__setattr__(self, "text", "".join(characters))
        object.__setattr__(self, "is_recognised", any(block.is_recognised for block in self.blocks))

    def blocks_in(self, start: int, end: int) -> list[Block]:
        """The blocks that have characters from ``start`` to ``end``, or touch them."""
        first = bisect_left(self.blocks, start, key=lambda block: block.start + len(block.text))
        return self.blocks[first : bisect_right(self.blocks, end, lo=first, key=_start)]

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at ``offset`` stands, where the container has pages."""
        following = bisect_right(self.blocks, offset, key=_start)
        return self.blocks[following - 1].page if following else None


def _start(block: Block) -> int:
    return block.start


class ImageOnly(UnreadableInput):
    """A document with pages that are pictures: only OCR (the ``scan`` reader) can read it."""


class Flow:
    """Blocks in reading order, each set a blank line after the one before, for readers that meet them one by one."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._end = 0

    def add(
        self,
        text: str,
        page: int | None = None,
        boxes: Iterable[Box] = (),
        links: Iterable[Link] = (),
        *,
        is_recognised: bool = False,
    ) -> None:
        """Set one paragraph; boxes and links count within ``text``, which must begin and end with what is seen.

        >>> flow = Flow()
        >>> flow.add("1. Portal"), flow.add("www.gov.example", page=2)
        (None, None)
        >>> [(block.start, block.page) for block in flow.blocks]
        [(0, None), (11, 2)]
        """
        if text:
            self.blocks.append(Block(text, self._end, page, tuple(boxes), tuple(links), is_recognised))
            self._end += len(text) + 2
