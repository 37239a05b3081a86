"""The words of a PDF page: what they say, where they stand, and which of their characters are signs of a symbol font.

Points count from the page's upper left corner as it is shown, downwards. What PDFium (5.15, tried on files made by
LibreOffice 25 and reportlab 4) delivers, and what is made of it:

- its order is the order of drawing. LibreOffice draws a line font by font, so "☐ Yes ☒ No" comes as "☐ ☒ Yes No": a
  line whose words do not follow each other from left to right is put together anew from its characters' places;
- it turns right-to-left text round, but not where a line has Latin words in it, and turns round the letters of one
  glyph (lam-alef) as well: such lines too are taken character by character, from left to right (:mod:`pdf_bidi` then
  restores the order in which they are read);
- a call costs about a microsecond, and text comes with one call a page: the first and the last character tell where a
  word stands, and a font is asked for only where a character may be a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msqgraph.documents.pdf_bidi import RIGHT_TO_LEFT
from msqgraph.documents.pdf_characters import Characters
from msqgraph.documents.pdf_glyphs import add_word, pieced_together
from msqgraph.documents.pdf_signs import SIGNS
from msqgraph.documents.pdf_words import Frame, Word

_HYPHEN = "\x02\ufffe"  # a hyphen at the end of a line, after which PDFium leaves out the line's end
_STREAM_LINE = re.compile(rf"[^\r\n{_HYPHEN}]+[{_HYPHEN}]?")
_WORD = re.compile(r"[^\s\u00a0]+")
_NOTE_MARK = re.compile(r"(?<=\D)\d{1,2}$")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def words_of_page(text_page: Any, frame: Frame) -> list[Word]:
    """The words of a page in the order of drawing; a sign of a symbol font is a word of its own.

    Words of lines in right-to-left script hold their characters as seen from left to right.
    """
    characters = Characters(text_page, frame)
    words: list[Word] = []
    jumbled: list[tuple[int, int]] = []
    for line in _STREAM_LINE.finditer(characters.text):
        found = None if RIGHT_TO_LEFT.search(line.group()) else _in_order(characters, line.start(), line.end())
        if found is None:
            jumbled.append(line.span())
        else:
            words += found
    words += pieced_together(characters, jumbled)
    return words


def _in_order(characters: Characters, start: int, end: int) -> list[Word] | None:
    """The words of a stretch that runs from left to right; None if it does not."""
    words: list[Word] = []
    edge, rectangle, scale = float("-inf"), characters.rectangle, characters.scale(start)
    for match in _WORD.finditer(characters.text, start, end):
        for first, last in _split_at_signs(match.group(), match.start()):
            left, top, right, bottom = rectangle(first)
            if last != first:
                _, top2, right2, bottom2 = rectangle(last)
                if right2 < right - 1 or top2 > bottom or bottom2 < top:
                    return None
                right, top, bottom = right2, min(top, top2), max(bottom, bottom2)
            size = characters.size(first, scale)
            if left < edge - 0.3 * size or right - left > (last - first + 1.5) * 1.8 * size + 2:
                return None
            edge = right
            add_word(words, characters, first, last + 1, (left, top, right, bottom, size), characters.baseline(first))
            if last != first and words[-1].text[-1:].isdigit() and characters.size(last, scale) < 0.85 * size:
                words[-1].text = _NOTE_MARK.sub(lambda m: m.group().translate(_SUPERSCRIPT), words[-1].text)
    return words


def _split_at_signs(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """First and last character of the pieces of a word: signs by themselves, and what stands between them."""
    if text.isascii():
        yield offset, offset + len(text) - 1
        return
    begin = 0
    for at, character in enumerate(text):
        if character in SIGNS or "\uf020" <= character <= "\uf0ff":
            if begin < at:
                yield offset + begin, offset + at - 1
            yield offset + at, offset + at
            begin = at + 1
    if begin < len(text):
        yield offset + begin, offset + len(text) - 1
