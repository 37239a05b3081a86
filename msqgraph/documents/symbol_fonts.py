"""What the glyphs of symbol fonts mean: in Wingdings "þ" is a ticked box, whatever the character is elsewhere.

Such a font is addressed by code points 20 to FF, or by the same in the private use area (F020 to F0FF). The tables hold
the signs that forms and typing use, as the Unicode characters that :mod:`~msqgraph.documents.typed_boxes` understands
(so "❑", a shadowed empty box, is "□"); they follow the proposals by which Unicode 7 took these fonts in.
"""

from __future__ import annotations


def _table(signs: str) -> dict[int, str]:
    return {int(sign[:2], 16): sign[2:] for sign in signs.split()}


_DINGBATS = _table("33✓ 34✔ 35✕ 36✖ 37✗ 38✘ 6C● 6E■ 6F□ 70□ 71□ 72□")
_SIGNS: dict[str, dict[int, str]] = {
    "wingdings": _table(
        "4A☺ 6C● 6E■ 6F□ 70□ 71□ 72□ 78☒ 9E• 9F• A1○ A4◉ A7▪ A8◻ D8➢ DF← E0→ E1↑ E2↓ E8➔ EF⇦ F0⇨ F3⬄ FB✗ FC✓ FD☒ FE☑"
    ),
    "wingdings2": _table("4F✗ 50✓ 51☒ 52☑ 53☒ 54☒ 95• 96● 97● 98● 99○ 9A○ 9B○ 9C○ 9D◉ 9E⦿ A0■ A1◼ A2■ A3□ A4□ A5□"),
    "webdings": _table("61✔ 63□ 67■ 6E● 72✗"),
    "zapfdingbats": _DINGBATS,
    "itczapfdingbats": _DINGBATS,
    "monotypesorts": _DINGBATS,
    "dingbats": _DINGBATS,
    "symbol": _table("A3≤ A5∞ AC← AD↑ AE→ AF↓ B0° B1± B3≥ B4× B7• B9≠ BB≈ BC… D6√ DE⇒"),
}


def is_symbol_font(font: str) -> bool:
    """Whether a font's characters are other signs than their code points say.

    >>> is_symbol_font("Wingdings 2"), is_symbol_font("MS Gothic")
    (True, False)
    """
    return _key(font) in _SIGNS


def sign_in(font: str, code: int) -> str | None:
    """The sign that a symbol font shows for a code point; None for another font, or a glyph that is no such sign.

    >>> sign_in("Wingdings", 0xF0FE), sign_in("Wingdings", ord("o")), sign_in("Wingdings 2", 0x52)
    ('☑', '□', '☑')
    >>> sign_in("Calibri", 0xF0FE), sign_in("Wingdings", ord("?"))
    (None, None)
    """
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    return _SIGNS.get(_key(font), {}).get(code)


def evidence(font: str, code: int) -> str:
    """How a glyph is told of: its font and its code point there.

    >>> evidence("Wingdings", 0xF0FE)
    'Wingdings FE'
    """
    return f"{font} {code - 0xF000 if 0xF000 <= code <= 0xF0FF else code:02X}"


def _key(font: str) -> str:
    return font.lower().replace(" ", "").removesuffix("regular")
