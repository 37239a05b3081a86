"""Check boxes that are content controls: two signs of one state, the control's own and the glyph that stands in it."""

from __future__ import annotations

from dataclasses import dataclass

from msqgraph.documents.document import Box, BoxState
from msqgraph.documents.symbol_fonts import evidence, is_symbol_font, sign_in
from msqgraph.documents.typed_boxes import typed_boxes


@dataclass(slots=True)
class CheckBox:
    """A content control that can be checked (of Word or LibreOffice), while its content is read.

    ``glyphs``: what it shows when checked and when not, as (code point, font).
    """

    is_checked: bool
    glyphs: tuple[tuple[int, str], tuple[int, str]] = ((0x2612, ""), (0x2610, ""))
    is_set: bool = False

    def shown_as(self, glyph: str, font: str) -> Box:
        """The box at the beginning of the glyph that stands in the control. Its state is the control's own."""
        state: BoxState = "ticked" if self.is_checked else "empty"
        sign = self.sign(glyph, font)
        where = evidence(font, ord(glyph)) if is_symbol_font(font) else font
        told = f"content control checked={int(self.is_checked)}, glyph {sign}{f' ({where})' if where else ''}"
        says = self._says(glyph, font)
        return Box(0, 1, state, told, None, says is not None and says != state)

    @staticmethod
    def sign(glyph: str, font: str) -> str:
        """How a glyph is written."""
        return sign_in(font, ord(glyph)) or glyph

    def _says(self, sign: str, font: str) -> BoxState | None:
        checked, unchecked = self.glyphs
        if checked[0] != unchecked[0]:
            if ord(sign) & 0xFFF == checked[0] & 0xFFF and _is_same(font, checked[1]):
                return "ticked"
            if ord(sign) & 0xFFF == unchecked[0] & 0xFFF and _is_same(font, unchecked[1]):
                return "empty"
        meant = sign_in(font, ord(sign)) or sign
        if meant in "xX✗✘":
            return "ticked"
        typed = typed_boxes([meant])[0]
        return typed[0].state if typed and typed[0].state != "unknown" else None


def _is_same(font: str, other: str) -> bool:
    """Fonts matter where one of them is a symbol font."""
    return font == other or not (is_symbol_font(font) or is_symbol_font(other))
