"""From pages to one text: headers, footers and page numbers dropped, what a page's end cut in two put together.

A footnote that stands between the two halves follows the paragraph that it would cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from msqgraph.documents.pdf_drawings import Drawings
from msqgraph.documents.pdf_layout import regions_of
from msqgraph.documents.pdf_lines import Paragraph, is_wrapped, joint_of, paragraphs_of
from msqgraph.documents.pdf_rows import Region
from msqgraph.documents.pdf_words import Word

_MOST_ROWS = 3  # of a header or a footer
_HEAD, _FOOT = 0.14, 0.86  # where they stand, as shares of the page's height
_EDGE = 0.09
_SHARE_OF_PAGES = 0.6
_PAGE_NUMBER = re.compile(
    r"[-–—(]?\s*\d{1,3}\s*[-–—)]?|(?:page|p\.|página|pág\.|pagina|seite|страница|стр\.|صفحة|第)?\s*\d{1,3}\s*(?:页)?"
    r"(?:\s*(?:/|of|de|sur|von|из|من|\|)\s*\d{1,3})?",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:\d{1,2}|[⁰¹²³⁴-⁹]{1,2}|\*{1,3}|†)[.)]?\s*\S")
_ENDS_SENTENCE = re.compile(r"[.?!:;…。？！؟][\"'»”)]?$")
_WIDEST_MARGIN = 0.35  # share of the page's width
_NEAR_EDGE = 45.0  # points that a full line may fall short of the margin


@dataclass(slots=True)
class Page:
    """A page's words, boxes among them, and its drawings."""

    number: int
    width: float
    height: float
    words: list[Word]
    drawings: Drawings


def paragraphs_of_pages(pages: Sequence[Page]) -> list[Paragraph]:
    """All paragraphs of a document in reading order."""
    _drop_furniture(pages)
    layouts = [(page, regions_of(page.words, page.drawings)) for page in pages]
    result: list[Paragraph] = []
    body = _body_size(region for _, regions in layouts for region in regions)
    edges = {width: _edges(layouts, width) for width in {round(page.width) for page in pages}}
    last: int | None = None  # the place in ``result`` of the last paragraph that is no footnote
    for page, regions in layouts:
        paragraphs = [p for region in regions for p in paragraphs_of(region, page.number, edges[round(page.width)])]
        text, notes = _without_notes(paragraphs, body)
        for paragraph in text:
            if last is not None and _goes_on(result[last], paragraph):
                result[last].add(paragraph.lines[0], joint_of(result[last], paragraph.lines[0]))
                _append(result[last], paragraph)
            else:
                result.append(paragraph)
                last = len(result) - 1
        result += notes
    return result


def _append(paragraph: Paragraph, more: Paragraph) -> None:
    """The lines of another paragraph after its first, which has been added already."""
    skipped = len(more.lines[0].text)
    offset = len(paragraph.text) - skipped
    paragraph.text += more.text[skipped:]
    paragraph.spans += [(start + offset, end + offset, word) for start, end, word in more.spans if start >= skipped]
    paragraph.lines += more.lines[1:]


def _goes_on(paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph clearly continues on the next page, or in the next column."""
    first = following.lines[0]
    if paragraph.is_row or following.is_row or first.line.begins_with_marker:
        return False
    if first.page == paragraph.lines[-1].page and first.line.bottom > paragraph.lines[-1].line.top:
        return False  # neither on the next page nor at the head of the next column
    if abs(paragraph.size - following.size) > 0.1 * paragraph.size or not is_wrapped(paragraph, first):
        return False
    start = following.text[0]
    return start.islower() or (not _ENDS_SENTENCE.search(paragraph.text) and not start.isdigit())


def _without_notes(paragraphs: list[Paragraph], body: float) -> tuple[list[Paragraph], list[Paragraph]]:
    """A page's paragraphs, and the footnotes at its foot: in smaller letters, the first with a number."""
    start = len(paragraphs)
    for index in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[index]
        if paragraph.size > 0.93 * body or paragraph.is_row:
            break
        if _NOTE.match(paragraph.text):
            start = index
    return paragraphs[:start], paragraphs[start:]


def _body_size(regions: Iterable[Region]) -> float:
    sizes = [line.size for region in regions for line in region.lines for _ in line.words]
    return median(sizes) if sizes else 0.0


def _edges(layouts: Sequence[tuple[Page, list[Region]]], width: int) -> tuple[float, float]:
    """The edges between which pages of a width wrap their text.

    A margin is where several lines end; where they do not, it is taken to be as wide as the other one.
    """
    lines = [
        line
        for page, regions in layouts
        if round(page.width) == width
        for region in regions
        if region.edges is None and not region.is_row
        for line in region.lines
    ]
    if not lines:
        return 0.0, float(width)
    rights = sorted((line.right for line in lines), reverse=True)
    lefts = sorted(line.left for line in lines)
    outer = _WIDEST_MARGIN * width
    right = next((r for i, r in enumerate(rights[:-2]) if r - rights[i + 2] < _NEAR_EDGE and r > width - outer), None)
    left = next((x for i, x in enumerate(lefts[:-2]) if lefts[i + 2] - x < _NEAR_EDGE and x < outer), None)
    if right is None:
        right = max(rights[0], width - lefts[0])
    if left is None:
        left = min(lefts[0], width - right)
    return left, right


def _drop_furniture(pages: Sequence[Page]) -> None:
    """Take out rows that stand at the same place of most pages, and page numbers."""
    rows = [_outer_rows(page) for page in pages]
    counts = Counter(key for page_rows in rows for key in {_key(row) for row in page_rows})
    least = max(3, _SHARE_OF_PAGES * len(pages))
    for page, page_rows in zip(pages, rows, strict=True):
        gone: set[int] = set()
        for row in page_rows:
            y, text = _key(row)
            repeated = max(counts[y + shift, text] for shift in (-1, 0, 1)) >= least
            if repeated or _is_page_number(row, page):
                gone |= {id(word) for word in row}
        if gone:
            page.words = [word for word in page.words if id(word) not in gone]


def _outer_rows(page: Page) -> list[list[Word]]:
    """The rows that may be headers or footers: the first and last few, near the page's ends, without boxes."""
    outer = sorted(
        (w for w in page.words if w.bottom < _HEAD * page.height or w.top > _FOOT * page.height), key=lambda w: w.middle
    )
    rows: list[list[Word]] = []
    for word in outer:
        if rows and rows[-1][0].top < word.middle < rows[-1][0].bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    upper = [row for row in rows if row[0].middle < page.height / 2][:_MOST_ROWS]
    lower = [row for row in rows if row[0].middle >= page.height / 2][-_MOST_ROWS:]
    return [row for row in upper + lower if not any(word.mark or word.is_set for word in row)]


def _key(row: list[Word]) -> tuple[int, str]:
    text = " ".join(word.text for word in sorted(row, key=lambda w: w.left))
    return round(row[0].top / 3), re.sub(r"\d+", "0", text)


def _is_page_number(row: list[Word], page: Page) -> bool:
    text = " ".join(word.text for word in sorted(row, key=lambda w: w.left))
    if not _PAGE_NUMBER.fullmatch(text):
        return False
    top, bottom = min(w.top for w in row), max(w.bottom for w in row)
    if _EDGE * page.height < bottom and top < (1 - _EDGE) * page.height:
        return False
    others = [w for w in page.words if w not in row and w.top < bottom + 14 and w.bottom > top - 8]
    return not others  # a line's distance from the text
