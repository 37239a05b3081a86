"""How lists count and what their bullets look like, whatever the program that wrote them."""

from __future__ import annotations

from collections.abc import Callable

from msqgraph.documents.symbol_fonts import sign_in

_MOST_LETTERS = 20
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)

Written = Callable[[int], str]


def letters(count: int) -> str:
    """A list's letter: after "z" come "aa", "bb".

    >>> letters(2), letters(27)
    ('b', 'aa')
    """
    if not 0 < count <= 26 * _MOST_LETTERS:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def roman(count: int) -> str:
    """A list's Roman numeral.

    >>> roman(14)
    'xiv'
    """
    if not 0 < count < 4000:
        return str(count)
    numeral = ""
    for value, sign in _ROMAN:
        numeral += sign * (count // value)
        count %= value
    return numeral


def upper(written: Written) -> Written:
    """The same in capitals.

    >>> upper(roman)(4)
    'IV'
    """
    return lambda count: written(count).upper()


def bullet(text: str, font: str) -> str:
    """A bullet as it is written here: the box that it looks like, else "•".

    >>> bullet("\\uf0a8", "Wingdings"), bullet("\\uf0b7", "Symbol"), bullet("☐", "MS Gothic")
    ('◻', '•', '☐')
    """
    sign = (sign_in(font, ord(text)) or text) if len(text) == 1 else ""
    return sign if is_box_bullet(sign) else "•"


def is_box_bullet(sign: str) -> bool:
    """Whether a bullet looks like a tick box; discs and filled squares are bullets.

    >>> is_box_bullet("◻"), is_box_bullet("■")
    (True, False)
    """
    return bool(sign) and sign in "☐□⬜◻☑✓✔☒"
