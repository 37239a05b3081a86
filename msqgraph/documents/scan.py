"""Scans and pictures of documents: text through OCR, tick boxes by looking into their frames.

Needs the extra ``ocr`` (RapidOCR with its models, OpenCV; nothing is fetched). What OCR cannot tell is ``\\ufffd``,
never left out; a document most of which it cannot tell is refused, as are scripts its models do not know (see
:mod:`msqgraph.documents.scan_lines`). Boxes are told by the picture alone (:mod:`msqgraph.documents.scan_frames`): what
OCR makes of them ("口", "O", "X") is never read, because they are wiped out before.

Measured on the full form of seven pages (200 dpi, turned by 0.5°, with noise) on two busy cores: 27 s of one core and
0.7 GiB, well within a worker's limits; in English 40 of 40 questions and 43 of 46 boxes with their options, in Spanish
39 and 38; no box read as what it is not. The boxes that are missing were all found, but the words of their options were
misread ("Al", "Linkedln") or run together.
"""

from __future__ import annotations

from pathlib import Path

from msqgraph.documents.document import Block, Flow
from msqgraph.errors import UnreadableInput

_LEAST_SURE_SHARE = 0.6  # of what was read
_ORIGINAL = "give the original document"


def read(path: Path, data: bytes) -> list[Block]:
    """The paragraphs of a scan (PNG, JPEG, TIFF or PDF) with their pages, and its boxes with their places.

    Pages of a PDF that have text are read as the pdf reader reads them.

    :raises UnreadableInput: if OCR is not installed, a page is too large, or most of it cannot be read.
    """
    try:
        import rapidocr_onnxruntime  # noqa: F401 - asked for here, so that the remedy can be told
    except ModuleNotFoundError:
        remedy = f"pip install 'msqgraph[ocr]', or {_ORIGINAL}"
        raise UnreadableInput(path, "a picture; reading it needs OCR", remedy) from None
    from msqgraph.documents.scan_frames import frames, on_white
    from msqgraph.documents.scan_lines import is_sure, paragraphs, pieces
    from msqgraph.documents.scan_pages import Page, pages

    flow, sure, length = Flow(), 0.0, 0.0
    for page in pages(path, data):
        if not isinstance(page, Page):
            for block in page:
                flow.add(block.text, block.page, block.boxes, block.links)
            continue
        white = on_white(page.grey)
        found = pieces(white, page.dpi, frames(white, page.dpi))
        length += sum(piece.right - piece.left for piece in found)
        sure += sum(piece.right - piece.left for piece in found if is_sure(piece))
        for paragraph in paragraphs(found, page.number, page.dpi):
            flow.add(paragraph.text, page.number, paragraph.boxes, is_recognised=True)
    if sure < _LEAST_SURE_SHARE * length:
        problem = "a picture that OCR cannot read: unclear, not upright, or in neither Latin nor Chinese writing"
        raise UnreadableInput(path, problem, f"{_ORIGINAL}, or a better scan")
    return flow.blocks
