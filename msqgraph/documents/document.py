"""What every reader delivers, whatever the container."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BoxState = Literal["ticked", "empty", "unknown"]


@dataclass(frozen=True, slots=True)
class Box:
    """A tick box: where it stands in its block's text, its state, and by what sign the state was told."""

    start: int
    end: int
    state: BoxState
    evidence: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: its text as it stands, its offset in the document's text, its page, its boxes."""

    text: str
    start: int
    page: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read. ``text`` is what offsets count in: characters, a line's end being one."""

    file_name: str
    sha256: str
    media_type: str
    blocks: list[Block]
    text: str = field(init=False)

    def __post_init__(self) -> None:
        length = max((block.start + len(block.text) for block in self.blocks), default=0)
        characters = ["\n"] * length
        for block in self.blocks:
            characters[block.start : block.start + len(block.text)] = block.text
        object.__setattr__(self, "text", "".join(characters))

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at ``offset`` stands, where the container has pages."""
        page = None
        for block in self.blocks:
            if block.start > offset:
                break
            page = block.page
        return page
