"""The signs of a PDF's boxes: glyphs of symbol fonts, as what they show, and marks that tell more than a character."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msqgraph.documents.document import BoxState
from msqgraph.documents.symbol_fonts import is_symbol_font, sign_in

SIGNS = frozenset("☐□⬜◻☑✓✔✅🗹√☒⊠🗵🗷✗✘✕✖❌❎■⬛◼●◉⦿○◯❏❐❑❒▢")
EMPTY_SIGNS = frozenset("☐□⬜◻❏❐❑❒○◯")

_SIGN: dict[BoxState, str] = {"ticked": "☒", "empty": "☐", "unknown": "▢"}
_SHADOWED = dict.fromkeys("❏❐❑❒", "□")
_DECORATION = re.compile(r"^[A-Z]{6}\+|[-, ]?(?:Regular|Normal|Roman|MT|Bold|Italic)+$")
_LIBREOFFICE = ("OpenSymbol", "StarSymbol")  # they have Wingdings' glyphs at its private codes


@dataclass(slots=True)
class Mark:
    """What is known of one box: state, evidence, and whether another sign contradicts it."""

    state: BoxState
    evidence: str
    is_contradictory: bool = False

    @property
    def sign(self) -> str:
        """The character that stands for it in the text."""
        return _SIGN[self.state]


def sign_of(font: str, character: str) -> tuple[str, str] | None:
    """The sign that a character of a font shows, and how that was told; None if it shows itself.

    PDFium gives the glyphs of ZapfDingbats as the Unicode characters that their names stand for.

    >>> sign_of("ABCDEF+Wingdings-Regular", "\\uf0fe"), sign_of("Wingdings", "o"), sign_of("ABCDEF+Arial", "o")
    (('☑', 'glyph FE of Wingdings'), ('□', 'glyph 6F of Wingdings'), None)
    >>> sign_of("ZapfDingbats", "❏")
    ('□', 'glyph ❏ of ZapfDingbats')
    """
    name = _DECORATION.sub("", _DECORATION.sub("", font))
    if character in SIGNS:
        if not is_symbol_font(name):
            return None
        return _SHADOWED.get(character, character), f"glyph {character} of {name}"
    code = ord(character)
    is_private = 0xF020 <= code <= 0xF0FF
    table = "Wingdings" if is_private and name in _LIBREOFFICE else name
    sign = sign_in(table, code)
    return (sign, f"glyph {code & 0xFF:02X} of {name}") if sign else None
