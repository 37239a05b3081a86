"""What stands on a PDF page: words and boxes, with their places in points from the upper left corner as shown."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from msqgraph.documents.pdf_signs import SIGNS, Mark

_PRESENTATION = re.compile("[\ufb00-\ufb06\ufb1d-\ufdff\ufe70-\ufefc]+")
_CONTROLS = (*range(2), *range(3, 9), *range(14, 32), 0x200B, 0xFEFF, 0xFFFF, 0xAD)
_DROPPED: dict[int, str | None] = dict.fromkeys(_CONTROLS)
_DROPPED |= {2: "-", 0xFFFE: "-"}  # a hyphen at the end of a line


@dataclass(slots=True)
class Word:
    """A word, a sign, or the text of a form field, with its rectangle.

    ``mark``: what a drawn or interactive box tells of its state. ``glyph``: by what the sign of a symbol font was told.
    ``is_set``: the text of a field, which has its own line ends. ``link``: the address that opens. ``page``: from 1.
    ``size``: of its font, in points; of what has no font, its height. ``baseline``: the height it stands on, if it
    has a font.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    mark: Mark | None = None
    is_set: bool = False
    link: str | None = None
    page: int = 0
    glyph: str | None = None
    baseline: float | None = None

    @property
    def middle(self) -> float:
        """Its centre's height on the page."""
        return (self.top + self.bottom) / 2

    @property
    def is_sign(self) -> bool:
        """Whether it is a box, or a character that may be one."""
        return self.mark is not None or self.text in SIGNS


class Frame:
    """A page's corners and turn: leads from PDFium's coordinates to points from the upper left corner as shown."""

    def __init__(self, box: tuple[float, float, float, float], turns: int) -> None:
        left, bottom, right, top = self._left, self._bottom, self._right, self._top = box
        self.turns = turns % 4
        sides = (right - left, top - bottom)
        self.width, self.height = sides if turns % 2 == 0 else sides[::-1]

    def shown(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A rectangle as (left, top, right, bottom) of the page as it is shown.

        >>> Frame((0, 0, 600, 800), 0).shown(72, 700, 100, 712)
        (72, 88, 100, 100)
        >>> Frame((0, 0, 600, 800), 1).shown(72, 700, 100, 712)
        (700, 72, 712, 100)
        """
        if self.turns == 1:
            return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
        if self.turns == 2:
            return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
        if self.turns == 3:
            return self._top - top, self._right - right, self._top - bottom, self._right - left
        return left - self._left, self._top - top, right - self._left, self._top - bottom


def plain_text(text: str) -> str:
    """Text as people type it: ligatures and presentation forms as letters, control characters dropped.

    >>> plain_text("ef\\ufb01cient"), plain_text("\\ufefb")
    ('efficient', 'لا')
    """
    if text.isascii() and text.isprintable():
        return text
    return _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text.translate(_DROPPED))
