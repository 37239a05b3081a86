"""Boxes that are characters of the text, whatever the container: ``[x]``, ``☒``, ``( )``, ``✓``.

A list dash is no box: what a converter made of a lost box tells nothing about its state. Which signs are boxes:

- empty: ``☐ □ ⬜ ◻``, and blanks or ``_`` in brackets (``[]`` too; ``()`` is no box);
- ticked: ``☑ ✓ ✔ ✅ 🗹 √``; ``☒ ⊠ 🗵 🗷``; ``x X × ✗ ✘``, a check or ``●`` in brackets;
- unknown, because they stand for yes here and for no there: a cross without a box (``✗ ✘ ✕ ✖ ❌ ❎``); a crossed box
  beside checks; ``* + • ■ V ...`` in brackets; ``(x)`` in a text that also counts ``(ix)``;
- filled squares (``■ ⬛ ◼``) and circles (``● ○``) are bullets as well. Squares are ticked beside open squares and no
  other tick. Circles tell something only where two stand on a line, at most one of them filled (radio buttons).

"Beside" means in the same paragraph, or in paragraphs with boxes that follow each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from msqgraph.documents.document import Box, BoxState

_EMPTY, _CHECKS, _CROSSED, _CROSSES = "☐□⬜◻", "☑✓✔✅🗹√", "☒⊠🗵🗷", "✗✘✕✖❌❎"
_FILLED, _OPEN_SQUARES, _DISCS, _CIRCLES = "■⬛◼", "□⬜◻", "●◉⦿", "○◯"
_TYPED_CROSSES = "xXхХ×✗✘✕✖" + _CROSSED  # Cyrillic ones too
_UNSURE = "*+•■▪#~?Vv❌-–" + _CIRCLES
_BLANK = r"[ \t\u00a0\u2002\u2003\u2007\u3000_]"
_MARK = rf"[{re.escape(_TYPED_CROSSES + _CHECKS + _DISCS + _UNSURE + _EMPTY)}]"
_BARE = f"[{_EMPTY}{_CHECKS}{_CROSSED}{_CROSSES}{_FILLED}{_DISCS}{_CIRCLES}]"
# Pandoc writes "\[x\]"; "[x](#)" is a link; "(v)" and "(-)" are none
_BOX = re.compile(
    rf"\\?[\[［【]{_BLANK}{{0,4}}(?:{_MARK}[\ufe0e\ufe0f]?)?{_BLANK}{{0,4}}\\?[\]］】](?!\()|"
    rf"[(（](?:{_BLANK}{{1,4}}|{_BLANK}{{0,4}}(?![Vv?–-]){_MARK}[\ufe0e\ufe0f]?{_BLANK}{{0,4}})[)）]|"
    rf"{_BARE}[\ufe0e\ufe0f]?"
)
_AROUND = " \t\u00a0\u2002\u2003\u2007\u3000_\\[]［］【】()（）\ufe0e\ufe0f"


def typed_boxes(paragraphs: Sequence[str]) -> list[tuple[Box, ...]]:
    """The boxes of each paragraph of a document, in order.

    >>> [[box.state for box in boxes] for boxes in typed_boxes(["[x] Yes [ ] No", "Thanks", "☐ Robotics"])]
    [['ticked', 'empty'], [], ['empty']]
    """
    counts_roman = any("(ix)" in text.lower() for text in paragraphs)
    found = [list(_BOX.finditer(text)) for text in paragraphs]
    result: list[tuple[Box, ...]] = []
    for _, group in groupby(found, key=bool):
        neighbours = list(group)
        signs = {_sign(box) for boxes in neighbours for box in boxes}
        result += [
            tuple(
                Box(box.start(), box.end(), _state(box, signs, is_radio, counts_roman), f"character {box.group()}")
                for line in _lines(boxes)
                for is_radio in (_is_radio(line),)
                for box in line
            )
            for boxes in neighbours
        ]
    return result


def _lines(boxes: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The boxes of a paragraph, line by line."""
    lines: list[list[re.Match[str]]] = []
    for box in boxes:
        if lines and "\n" not in box.string[lines[-1][-1].end() : box.start()]:
            lines[-1].append(box)
        else:
            lines.append([box])
    return lines


def _sign(box: re.Match[str]) -> str:
    return box.group().strip(_AROUND)


def _is_radio(line: list[re.Match[str]]) -> bool:
    signs = [_sign(box) for box in line]
    return len(signs) > 1 and set(signs) <= set(_DISCS + _CIRCLES) and sum(sign in _DISCS for sign in signs) <= 1


def _state(box: re.Match[str], signs: set[str], is_radio: bool, counts_roman: bool) -> BoxState:
    """The state of a box; ``signs``: of the boxes beside it; ``is_radio``: its line is a row of radio buttons."""
    sign, is_typed = _sign(box), box.group()[0] in _AROUND
    if not sign or sign in _EMPTY:
        return "empty"
    if sign in _CHECKS or (is_typed and sign in _DISCS):
        return "ticked"
    if sign in _CROSSED or (is_typed and sign in _TYPED_CROSSES):
        is_numeral = counts_roman and box.group() in ("(x)", "(X)")
        return "unknown" if is_numeral or signs & set(_CHECKS) else "ticked"
    if is_typed:
        return "unknown"
    if sign in _FILLED:
        return "ticked" if signs & set(_OPEN_SQUARES) and signs <= set(_FILLED + _OPEN_SQUARES) else "unknown"
    if sign in _DISCS + _CIRCLES and is_radio:
        return "ticked" if sign in _DISCS else "empty"
    return "unknown"
