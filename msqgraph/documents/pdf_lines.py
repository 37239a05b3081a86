"""From lines to paragraphs: soft line wraps are undone, real line ends stay.

A line was wrapped if the first word of the next one would not have fitted on it. Paragraphs part where the distance to
the next line is wider than usual, or the letters' size changes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from msqgraph.documents.pdf_bidi import RIGHT_TO_LEFT, mirrored, reading_order, reads_right_to_left
from msqgraph.documents.pdf_rows import Line, Region, is_justified
from msqgraph.documents.pdf_words import Word

_WIDE_GAP = 2.3  # font sizes: printed as a tab
_EAST_ASIAN = re.compile("[\u2e80-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]*$", re.IGNORECASE)
_ADDRESS_END = re.compile(r"[/_?=&%#.-]$")
_ADDRESS_PART = re.compile(r"[/?=&_%#~]|^[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,4}[,.;]?$")
# in right-to-left text what ends an address is seen before it
_ADDRESS_AFTER_MARK = re.compile(r"(?<!\S)([./]+)((?:https?://|www\.)\S+)")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_OPENING = "([{（【《“「"
Span = tuple[int, int, Word]


@dataclass(slots=True)
class Text:
    """A line as it is read: its text, which word stands where in it, and its place."""

    text: str
    spans: list[Span]
    line: Line
    is_right_to_left: bool

    @property
    def page(self) -> int:
        """The page on which it stands."""
        return self.line.words[0].page


@dataclass(slots=True)
class Paragraph:
    """A block in the making: its text and the words in it by place, its lines, its page, and the edges that wrap it."""

    text: str
    spans: list[Span]
    lines: list[Text]
    page: int
    edges: tuple[float, float]
    is_row: bool = False
    notes: list[Paragraph] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The usual height of its letters."""
        return median(text.line.size for text in self.lines)

    def add(self, text: Text, joint: str) -> None:
        """Go on with another line."""
        offset = len(self.text) + len(joint)
        self.text += joint + text.text
        self.spans += [(start + offset, end + offset, word) for start, end, word in text.spans]
        self.lines.append(text)


def paragraphs_of(region: Region, page: int, edges: tuple[float, float]) -> Iterator[Paragraph]:
    """The paragraphs of a region; ``edges``: the page's, for a region that has none of its own."""
    edges = region.edges or edges
    if region.is_row:
        texts = [read_line(line) for line in region.lines]
        if sum(text.is_right_to_left for text in texts) * 2 > len(texts):
            texts.reverse()
        row = Paragraph(texts[0].text, list(texts[0].spans), [texts[0]], page, edges, is_row=True)
        for text in texts[1:]:
            row.add(text, "\t")
        yield row
        return
    tie = sum(RIGHT_TO_LEFT.search(w.text) is not None for line in region.lines for w in line.words) * 2 > sum(
        len(line.words) for line in region.lines
    )
    current: Paragraph | None = None
    usual = _usual_step(region.lines)
    for line in region.lines:
        text = read_line(line, edges, tie)
        if not text.text:
            continue
        if current is None or _parts(current.lines[-1].line, line, usual):
            if current:
                yield current
            current = Paragraph(text.text, list(text.spans), [text], page, edges)
        else:
            current.add(text, joint_of(current, text))
    if current:
        yield current


def _usual_step(lines: list[Line]) -> float:
    steps = sorted(b.middle - a.middle for a, b in pairwise(lines) if b.middle > a.middle)
    return steps[len(steps) // 4] if steps else 0.0


def _parts(before: Line, line: Line, usual: float) -> bool:
    """Whether another paragraph begins: after a distance wider than usual, or in letters of another size."""
    step, size = line.middle - before.middle, max(before.size, line.size)
    if step > max(1.3 * min(usual, 2 * size), 1.45 * size) or step < 0:
        return True
    is_field = any(w.is_set for w in (*before.words, *line.words))
    return not is_field and min(before.size, line.size) < 0.87 * size and min(len(before.words), len(line.words)) > 1


def joint_of(paragraph: Paragraph, text: Text) -> str:
    """What stands between a paragraph so far and its next line: a line's end, a blank, or nothing."""
    before = paragraph.lines[-1]
    if not is_wrapped(paragraph, text) or text.line.begins_with_marker or before.text.endswith("?"):
        return "\n"
    if text.text[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return "\n"
    first, last = text.text.partition(" ")[0], before.text.rpartition(" ")[2]
    end, start = before.text[-1], text.text[0]
    if end in _OPENING or _EAST_ASIAN.match(end) or _EAST_ASIAN.match(start):
        return ""
    if end in "-‐" and len(last) > 1 and last[-2].isalpha() and start.isalpha() and not _ADDRESS.search(last):
        return ""
    if _ADDRESS.search(last) and not first.lower().startswith(("http", "www.")):
        links = before.spans[-1][2].link, text.spans[0][2].link
        if all(links):
            return "" if links[0] == links[1] else " "
        _, right = paragraph.edges
        if before.line.right > right - 2 * before.line.size and (
            _ADDRESS_END.search(last) or _ADDRESS_PART.search(first)
        ):
            return ""
    return " "


def is_wrapped(paragraph: Paragraph, text: Text) -> bool:
    """Whether the next line's first word would not have fitted on a paragraph's last line."""
    before = paragraph.lines[-1]
    if any(word.is_set for word in (*before.line.words, *text.line.words)):
        return False
    left, right = paragraph.edges
    line, words = before.line, text.line.words
    is_below = text.page == before.page and text.line.top > line.top
    if is_below and len(paragraph.lines) > 1 and line.left - text.line.left > line.size and not before.is_right_to_left:
        return False  # back from an indent
    first = words[-1] if text.is_right_to_left else words[0]
    width = first.right - first.left
    if ideograph := _EAST_ASIAN.search(first.text):  # a line may end before each
        units = [2 if _EAST_ASIAN.match(c) else 1 for c in first.text]
        width *= max(sum(units[: ideograph.start()]), 2) / sum(units)
    if before.text[-1] in _OPENING:
        return True  # no line ends there of its own
    room = line.left - left if text.is_right_to_left else right - line.right
    return width + 0.32 * line.size > room  # with a blank before it


def read_line(line: Line, edges: tuple[float, float] | None = None, tie: bool = False) -> Text:
    """A line in the order in which it is read; ``tie``: in doubt, that is from the right."""
    seen = ""
    owners: list[Word | None] = []
    before: Word | None = None
    is_stretched = is_justified(line.words)
    for word in line.words:
        text = word.text
        if before is not None:
            gap = word.left - before.right
            if gap > _WIDE_GAP * word.size and not is_stretched:
                joint = "\t"
            elif gap < _narrow(before, word) and not word.mark and not before.mark and _is_one_word(before, word):
                joint = ""
            else:
                joint = " "
            seen += joint
            owners += [None] * len(joint)
        if text.isdigit() and len(text) < 3 and len(line.words) > 1 and _is_raised(word, line):
            text = text.translate(_SUPERSCRIPT)
        seen += text
        owners += [word] * len(text)
        before = word
    if not RIGHT_TO_LEFT.search(seen):
        seen = _ADDRESS_AFTER_MARK.sub(r"\2\1", seen)
        return Text(seen, _spans(owners), line, False)
    aligned = None
    if edges:
        before_it, behind_it = line.left - edges[0], edges[1] - line.right
        if abs(before_it - behind_it) > line.size:
            aligned = before_it > behind_it
    is_rtl = reads_right_to_left(seen, aligned, tie)
    order = reading_order(seen, is_rtl)
    text = "".join(seen[index] for index in order)
    return Text(mirrored(text) if is_rtl else text, _spans([owners[index] for index in order]), line, is_rtl)


def _narrow(before: Word, word: Word) -> float:
    """The width up to which a gap is none; beside ideographs programs set Latin words off."""
    is_ideograph = _EAST_ASIAN.match(before.text[-1]) or _EAST_ASIAN.match(word.text[0])
    return (0.15 if is_ideograph else 0.08) * word.size


def _spans(owners: list[Word | None]) -> list[Span]:
    """From where to where each word stands, by the word that each character belongs to."""
    stretches: dict[int, Span] = {}
    for at, owner in enumerate(owners):
        if owner:
            start = stretches[id(owner)][0] if id(owner) in stretches else at
            stretches[id(owner)] = (start, at + 1, owner)
    return sorted(stretches.values(), key=lambda span: span[:2])


def _is_one_word(before: Word, word: Word) -> bool:
    """Whether two words touch because the drawing was interrupted; signs and fields stand by themselves."""
    return not (before.is_set or word.is_set)


def _is_raised(word: Word, line: Line) -> bool:
    return word.size < 0.85 * line.size and word.bottom < line.bottom


def word_at(spans: list[Span], offset: int) -> Word | None:
    """The word that stands at an offset."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return spans[at][2] if at >= 0 and spans[at][1] > offset else None
