"""PDF: text as it is printed, boxes however they are made, form fields as they are filled in.

PDFium reads the file (through pypdfium2, whose build has neither JavaScript nor XFA); what becomes of it:

    characters -> words (pdf_words, pdf_bidi) + boxes (pdf_drawings, pdf_fields, pdf_signs -> pdf_boxes)
    -> regions in reading order (pdf_layout) -> paragraphs (pdf_lines, pdf_pages) -> blocks
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msqgraph.documents.document import Block, Box, Flow, ImageOnly, Link
from msqgraph.documents.pdf_boxes import words_with_boxes
from msqgraph.documents.pdf_drawings import drawings_of_page
from msqgraph.documents.pdf_fields import overlay_of_page
from msqgraph.documents.pdf_lines import Paragraph, Span, word_at
from msqgraph.documents.pdf_pages import Page, paragraphs_of_pages
from msqgraph.documents.pdf_reading import words_of_page
from msqgraph.documents.pdf_words import Frame, Word
from msqgraph.documents.typed_boxes import typed_boxes
from msqgraph.errors import UnreadableInput

MAX_PAGES = 500
MAX_WORDS = 400_000

_SAVE_ANEW = "open it in the program it was made with and save it anew"
_PLAIN_PDF = "print it to a PDF or save it as a plain PDF"
_FEW_WORDS = 5
_MUCH_DRAWN = 150  # filled shapes on a page without text: letters that were turned into outlines
_PICTURE_SHARE = 0.4  # of the page


def read(path: Path, data: bytes) -> list[Block]:
    """The paragraphs of a PDF with their pages, boxes and links.

    :raises UnreadableInput: if the file is damaged, encrypted, an XFA form, or has more than 500 pages.
    :raises ImageOnly: if a page is a picture without text.
    """
    with opened(path, data) as document:
        pages = [_page(document, index) for index in range(len(document))]
        pictures = [page.number for page in pages if _is_picture(page)]
    if pictures:
        remedy = "install msqgraph[ocr], or give the original document"
        raise ImageOnly(path, f"page {pictures[0]} is a picture without text", remedy)
    return _blocks(paragraphs_of_pages(pages))


@contextmanager
def opened(path: Path, data: bytes) -> Iterator[Any]:
    """A PDF, open for reading: PDFium's document, its form included.

    :raises UnreadableInput: if the file is damaged, encrypted, an XFA form, or has no or more than 500 pages.
    """
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "assword" in str(error) and b"/Encrypt" in data:  # PDFium may name the last error of an earlier file
            remedy = "save a copy without the password"
            raise UnreadableInput(path, "encrypted: it opens only with a password", remedy) from None
        if data.startswith(b"PK"):
            problem = "a Word or OpenDocument file under another name"
            raise UnreadableInput(path, problem, "give it the suffix .docx or .odt") from None
        raise UnreadableInput(path, "damaged, or no PDF, or without a page", _SAVE_ANEW) from None
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableInput(path, f"{len(document)} pages, more than {MAX_PAGES}", "give the form alone")
        kind = document.get_formtype()
        if kind == raw.FORMTYPE_XFA_FULL:
            raise UnreadableInput(path, "XFA form", _PLAIN_PDF)
        if kind != raw.FORMTYPE_NONE:
            document.init_forms()
        if kind == raw.FORMTYPE_XFA_FOREGROUND and not any(map(raw.FPDFPage_GetAnnotCount, document)):
            raise UnreadableInput(path, "XFA form", _PLAIN_PDF)
        yield document
    except pdfium.PdfiumError as error:
        raise UnreadableInput(path, f"damaged ({error})"[:300], _SAVE_ANEW) from None
    finally:
        document.close()


def has_text(document: Any, index: int) -> bool:
    """Whether page ``index`` (from 0) of an opened document is more than a picture."""
    return not _is_picture(_page(document, index))


def page_blocks(document: Any, index: int) -> list[Block]:
    """The paragraphs of page ``index`` (from 0) of a document from :func:`opened`, whatever its other pages are."""
    return _blocks(paragraphs_of_pages([_page(document, index)]))


def _page(document: Any, index: int) -> Page:
    page = document[index]
    try:
        frame = Frame(page.get_bbox(), page.get_rotation() // 90)
        text_page = page.get_textpage()
        try:
            words = words_of_page(text_page, frame)
        finally:
            text_page.close()
        drawings = drawings_of_page(page, frame)
        overlay = overlay_of_page(document, page, document.formenv, frame)
    finally:
        page.close()
    if len(words) > MAX_WORDS // 20:
        words = words[: MAX_WORDS // 20]
    words = words_with_boxes(words, drawings, overlay)
    for word in words:
        word.page = index + 1
    for (left, top, right, bottom), target in overlay.links:
        for word in words:
            if left - 1 <= (word.left + word.right) / 2 <= right + 1 and top - 1 <= word.middle <= bottom + 1:
                word.link = target
    return Page(index + 1, frame.width, frame.height, words, drawings)


def _is_picture(page: Page) -> bool:
    """Whether a page shows a picture, or letters that were turned into outlines, and hardly a word."""
    if len(page.words) >= _FEW_WORDS:
        return False
    is_pictured = page.drawings.largest_picture > _PICTURE_SHARE * page.width * page.height
    outlines = sum(stroke.is_filled for stroke in page.drawings.strokes)
    return is_pictured or (not page.words and (page.drawings.pictures > 0 or outlines > _MUCH_DRAWN))


def _blocks(paragraphs: Sequence[Paragraph]) -> list[Block]:
    flow = Flow()
    for paragraph, boxes in zip(paragraphs, _boxes(paragraphs), strict=True):
        flow.add(paragraph.text, paragraph.page, boxes, _links(paragraph.spans))
    return flow.blocks


def _boxes(paragraphs: Sequence[Paragraph]) -> Iterator[list[Box]]:
    """The boxes of each paragraph: those that have a mark, and those typed as characters."""
    typed = typed_boxes([_without_marks(paragraph) for paragraph in paragraphs])
    for paragraph, characters in zip(paragraphs, typed, strict=True):
        boxes = []
        for start, end, word in paragraph.spans:
            if mark := word.mark:
                boxes.append(Box(start, end, mark.state, mark.evidence, _place(word), mark.is_contradictory))
        for box in characters:
            owner = word_at(paragraph.spans, box.start)
            evidence = owner.glyph if owner and owner.glyph else box.evidence
            boxes.append(Box(box.start, box.end, box.state, evidence, _place(owner) if owner else None))
        yield sorted(boxes, key=lambda box: box.start)


def _without_marks(paragraph: Paragraph) -> str:
    """The text with the signs of boxes that are told otherwise made illegible."""
    text = list(paragraph.text)
    for start, _, word in paragraph.spans:
        if word.mark:
            text[start] = "\ufffd"
    return "".join(text)


def _place(word: Word) -> str:
    left, top, width, height = (round(n) for n in (word.left, word.top, word.right - word.left, word.bottom - word.top))
    return f"page={word.page}&viewrect={left},{top},{width},{height}"


def _links(spans: list[Span]) -> list[Link]:
    links: list[Link] = []
    for start, end, word in spans:
        if not word.link:
            continue
        end -= len(word.text) - len(word.text.rstrip(",;")) if not word.link.endswith((",", ";")) else 0
        if links and links[-1].target == word.link and start - links[-1].end <= 2:
            links[-1] = Link(links[-1].start, end, word.link)
        else:
            links.append(Link(start, end, word.link))
    return links
