"""Words from single glyphs, where the order of drawing is not that of reading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from msqgraph.documents.pdf_bidi import RIGHT_TO_LEFT
from msqgraph.documents.pdf_characters import Characters
from msqgraph.documents.pdf_signs import SIGNS
from msqgraph.documents.pdf_words import Word, plain_text

# characters that may be signs of a symbol font wherever they stand: neither letters, digits nor usual punctuation
_ODD = re.compile("[\uf020-\uf0ff\ue000-\uefff¨©£¤¥¦§²³¹ºªþýûü\u2190-\u21ff\u25a0-\u27bf\x80-\xa8]")
_LAM, _ALEFS = "ل", "اأإآٱ"


@dataclass(slots=True)
class _Glyph:
    index: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    baseline: float

    def distance(self, x: float) -> float:
        """How far a place is from its middle; nothing is nearer than what is under it."""
        inside = self.left <= x <= self.right
        return abs((self.left + self.right) / 2 - x) - (100.0 if inside else 0.0)


def pieced_together(characters: Characters, stretches: list[tuple[int, int]]) -> list[Word]:
    """The words of stretches in no order, from their characters' places: line by line, from left to right."""
    glyphs: list[_Glyph] = []
    marks: list[_Glyph] = []
    for start, end in stretches:
        for glyph in _glyphs(characters, start, end):
            (marks if unicodedata.combining(glyph.text[:1] or " ") else glyphs).append(glyph)
    rows: list[list[_Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: g.baseline):
        if rows and glyph.baseline - rows[-1][-1].baseline < 0.25 * min(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for mark in marks:  # a vowel sign belongs to the letter on whose middle it stands
        near = [g for row in rows for g in row if abs(g.baseline - mark.baseline) < mark.size and g.text.strip()]
        if near:
            middle = (mark.left + mark.right) / 2
            base = min(near, key=lambda g: (abs(g.baseline - mark.baseline) > 0.3 * g.size, g.distance(middle)))
            base.text += mark.text
    words: list[Word] = []
    for row in rows:
        words += _words_of_row(characters, row)
    return words


def _glyphs(characters: Characters, start: int, end: int) -> list[_Glyph]:
    found: list[_Glyph] = []
    scale = characters.scale(start)
    for at in range(start, end):
        text = characters.text[at]
        if text in " \u00a0" and characters.is_generated(at):
            continue
        left, top, right, bottom = characters.rectangle(at)
        last = found[-1] if found else None
        if last and (abs(last.left - left) + abs(last.right - right)) < 0.05 < right - left:
            last.text += text  # one glyph of several letters
        else:
            size, baseline = characters.size(at, scale), characters.baseline(at)
            found.append(_Glyph(at, plain_text(text), left, top, right, bottom, size, baseline))
    for glyph in found:
        glyph.text = _ligature(plain_text(glyph.text))
    return found


def _ligature(text: str) -> str:
    """The letters of one glyph in the order of reading, which PDFium has turned round in right-to-left text.

    >>> _ligature("ال"), _ligature("fi")
    ('لا', 'fi')
    """
    letters = [c for c in text if not unicodedata.combining(c)]
    if len(letters) < 2 or not RIGHT_TO_LEFT.search(text) or (letters[0] == _LAM and letters[1] in _ALEFS):
        return text
    return text if text == "الله" else text[::-1]


def _words_of_row(characters: Characters, row: list[_Glyph]) -> list[Word]:
    row.sort(key=lambda g: g.left + g.right)
    words: list[Word] = []
    run: list[_Glyph] = []

    def flush() -> None:
        if run:
            text = "".join(_turned(g.text) if len(g.text) > 1 and RIGHT_TO_LEFT.search(g.text) else g.text for g in run)
            size = max(g.size for g in run)
            place = run[0].left, min(g.top for g in run), max(g.right for g in run), max(g.bottom for g in run), size
            if len(run) == 1 and not RIGHT_TO_LEFT.search(text):
                add_word(words, characters, run[0].index, run[0].index + 1, place, run[0].baseline)
            elif text := text.strip():
                words.append(Word(text, *place, baseline=run[0].baseline))
            run.clear()

    for glyph in row:
        is_sign = glyph.text in SIGNS or "\uf020" <= glyph.text[:1] <= "\uf0ff"
        if run and (glyph.left - run[-1].right > 0.2 * glyph.size or is_sign):
            flush()
        if glyph.text.strip():
            run.append(glyph)
        else:
            flush()
        if is_sign:
            flush()
    flush()
    return words


def _turned(text: str) -> str:
    """The letters of a right-to-left glyph from left to right, each with the marks upon it."""
    clusters: list[str] = []
    for character in text:
        if clusters and unicodedata.combining(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    return "".join(reversed(clusters))


def add_word(
    words: list[Word],
    characters: Characters,
    start: int,
    end: int,
    place: tuple[float, float, float, float, float],
    baseline: float,
) -> None:
    """One word; a sign at its beginning, in a symbol font, becomes a word of its own."""
    text = characters.text[start:end]
    may_be_sign = (len(text) == 1 and text not in ".,:;-()/&") or _ODD.match(text) or not words
    sign = characters.sign(start) if may_be_sign else None
    if sign is None:
        if text := plain_text(text):
            words.append(Word(text, *place, baseline=baseline))
        return
    left, top, right, bottom, size = place
    middle = right if len(text) == 1 else characters.rectangle(start)[2]
    middle = max(middle, left + 0.6 * size)  # the file may not tell the glyph's width
    words.append(Word(sign[0], left, top, middle, bottom, size, glyph=sign[1], baseline=baseline))
    if len(text) > 1 and (rest := plain_text(text[1:])):
        words.append(Word(rest, middle, top, right, bottom, size, baseline=baseline))
