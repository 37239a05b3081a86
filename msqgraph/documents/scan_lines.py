"""What OCR reads on a page: pieces of text with their places, put together to rows and paragraphs.

Findings (rapidocr-onnxruntime 1.4.4, its own models, on pages of 200 dpi): lines are found as well at 100 dpi as at
200, in a twentieth of the time. What is no Latin letter, digit or Chinese sign is not known to the models: Russian and
Arabic come out as Latin nonsense with low certainty. Of Latin letters, those with accents are often read without
(``Tecnologias``, ``Ministere``, ``ano``), ``¿`` is left out, and a capital I can become a small l and the other way
round. An ``ó`` before a final n is read as 6 (``Informaci6n``); since no word ends so, it is put right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from msqgraph.documents.document import Box
from msqgraph.documents.passage import SIGNS
from msqgraph.documents.scan_frames import Frame

_THREADS = 1  # on a busy machine two take as long and half as much work again
_FINDING_DPI = 100
_READ_SCORE = 0.5  # below, what was read is noise
_WIDE_GAP, _PARAGRAPH_PITCH = 1.5, 1.6  # in heights of a line
_ILLEGIBLE = "\ufffd"
_HAN, _HAN_SHARE, _HAN_GAP, _FAINT = re.compile("[\u3400-\u9fff]"), 0.2, 0.3, 128
_ENCLOSED = frozenset("国國图圖因园園困团團固圆圓围圍圈圃囚囤回四田由甲申日曰目自白百")
_SURE_SCORE = 0.8
_WORDS = re.compile(r"[^\W_]+")
_NO_LATIN = re.compile(r"(?=.*[a-zA-Z]).*[\u0370-\u052f]|(?=.*[0-9]).*[\u0370-\u052f]")
_MIXED = re.compile(r"[a-z][A-Z0-9][a-zA-Z]|[a-z][A-Z]{2}|[A-Z]{2}[a-z]+[A-Z]")
_WORD = re.compile(r"[^\W_]{2}|[a-uwyz]")  # X and V are marks
_O_ACUTE = re.compile(r"(?<=[a-zí])6(?=n\b)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a row, or a box: its edges in pixels, its text, how certain it is (0 to 1), its frame."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    score: float = 1.0
    frame: Frame | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Rows of a page that belong together, one to a line, with their boxes."""

    text: str
    boxes: tuple[Box, ...]


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR(intra_op_num_threads=_THREADS, inter_op_num_threads=1, print_verbose=False)


def pieces(page: Any, dpi: float, frames: Sequence[Frame]) -> list[Piece]:
    """What stands on a page of grey values, frames and what is in them apart, straightened: rows are level."""
    import cv2
    import numpy as np

    frames = [frame for frame, text in zip(frames, as_text(page, frames), strict=True) if not is_text(frame, text)]
    blank = page.copy()
    for frame in frames:
        reach = max(2, round(0.1 * (frame.right - frame.left)))
        blank[max(0, frame.top - reach) : frame.bottom + reach, max(0, frame.left - reach) : frame.right + reach] = 255
    image = _coloured(blank)
    factor = min(1.0, _FINDING_DPI / dpi)
    found, _ = _engine().text_det(cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    quads = [] if found is None else [quad / factor for quad in found]
    wide = [quad for quad in quads if np.ptp(quad[:, 0]) > 8 * np.ptp(quad[:, 1])]
    slope = float(np.median([(q[1][1] - q[0][1]) / (q[1][0] - q[0][0]) for q in wide])) if wide else 0.0
    cut = [part for quad in quads for part in _cut_at(quad, frames, slope)]
    read = []
    if cut:
        crops = _engine().get_crop_img_list(image, cut)
        read = _engine().text_rec(crops, False)[0]
    if frames and _is_chinese("".join(text for text, *_ in read)):
        texts = as_text(page, frames)
        boxes = [f for f, text in zip(frames, texts, strict=True) if text not in _ENCLOSED and _has_gap(page, f)]
        if len(boxes) < len(frames):
            return pieces(page, dpi, boxes)
    result = []
    for quad, (text, score, *_) in zip(cut, read, strict=True):
        left, right = float(quad[:, 0].min()), float(quad[:, 0].max())
        top, bottom = float((quad[0][1] + quad[1][1]) / 2), float((quad[2][1] + quad[3][1]) / 2)
        level = slope * (left + right) / 2
        shown = corrected(text) if score >= _READ_SCORE else _ILLEGIBLE
        if shown:
            result.append(Piece(left, top - level, right, bottom - level, shown, float(score)))
    for frame in frames:
        level = slope * (frame.left + frame.right) / 2
        place = (frame.left, frame.top - level, frame.right, frame.bottom - level)
        result.append(Piece(*place, SIGNS[frame.state], frame=frame))
    return result


def _coloured(page: Any) -> Any:
    import cv2

    return cv2.cvtColor(page, cv2.COLOR_GRAY2BGR)


def _is_chinese(text: str) -> bool:
    return len(_HAN.findall(text)) > _HAN_SHARE * len(text)


def as_text(page: Any, frames: Sequence[Frame]) -> list[str]:
    """What OCR makes of each frame: of letters whose serifs touch ("II"), and Chinese signs, what they are."""
    crops = []
    for frame in frames:
        reach = round(0.15 * (frame.right - frame.left))
        rows = slice(max(0, frame.top - reach), frame.bottom + reach)
        crops.append(_coloured(page[rows, max(0, frame.left - reach) : frame.right + reach]))
    return [text.strip() for text, *_ in _engine().text_rec(crops, False)[0]] if crops else []


def is_text(frame: Frame, text: str) -> bool:
    """Whether what OCR makes of a frame with something in it shows that it is none."""
    return frame.state != "empty" and _WORD.search(text) is not None


def _has_gap(page: Any, frame: Frame) -> bool:
    """Whether the next thing stands further off than Chinese signs do."""
    gap = slice(frame.right + 1, frame.right + 1 + round(_HAN_GAP * (frame.right - frame.left)))
    beside = page[frame.top : frame.bottom, gap]
    return not beside.size or bool(beside.min() > _FAINT)


def corrected(text: str) -> str:
    """A recognised text without blanks around it and without the one error that can be told from any word.

    >>> corrected(" Informaci6n y Comunicaci6n, Decreto 6 ")
    'Información y Comunicación, Decreto 6'
    """
    return _O_ACUTE.sub("ó", text.strip())


def _cut_at(quad: Any, frames: Iterable[Frame], slope: float) -> list[Any]:
    """A piece's four corners (from the upper left, clockwise), cut where frames stand in it."""
    left, right = float((quad[0][0] + quad[3][0]) / 2), float((quad[1][0] + quad[2][0]) / 2)
    height = float(abs(quad[3][1] - quad[0][1]))
    edges = [left]
    for frame in sorted(frames, key=lambda frame: frame.left):
        across, down = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
        middle = float((quad[0][1] + quad[3][1]) / 2) + slope * (across - left)
        if abs(down - middle) < height / 2 and left < across < right:
            edges += [frame.left, frame.right]
    edges.append(right)
    if len(edges) == 2:
        return [quad]
    parts = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        if end - begin > 0.3 * height:
            shares = [(x - left) / (right - left) for x in (begin, end)]
            upper = [quad[0] + (quad[1] - quad[0]) * share for share in shares]
            lower = [quad[3] + (quad[2] - quad[3]) * share for share in shares]
            parts.append(_corners(upper[0], upper[1], lower[1], lower[0]))
    return parts


def _corners(*points: Any) -> Any:
    import numpy as np

    return np.array(points, np.float32)


def is_sure(piece: Piece) -> bool:
    """Whether what OCR read is certain, and no other script taken for Latin ("MuHUCTepCTBO", "pa3BИTИA").

    >>> [is_sure(Piece(0, 0, 9, 9, text)) for text in ("Yes, since 2017 (ITU)", "MИHИcTepcTBO ny6nUKyeT oT4eTbl")]
    [True, False]
    """
    words = [word for word in _WORDS.findall(piece.text) if len(word) > 2]
    return piece.score >= _SURE_SCORE and 3 * sum(map(_is_odd, words)) <= len(words)


def _is_odd(word: str) -> bool:
    """Whether a word mixes letters of several scripts, or digits or capitals into small letters."""
    return _NO_LATIN.search(word) is not None or _MIXED.search(word) is not None


def paragraphs(found: Sequence[Piece], page_number: int, dpi: float) -> list[Paragraph]:
    """The paragraphs of a page: rows from top to bottom, each from left to right, far apart ones split by a tab."""
    heights = [piece.bottom - piece.top for piece in found if piece.frame is None]
    if not found:
        return []
    height = median(heights) if heights else median(piece.bottom - piece.top for piece in found)
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=_middle):
        if rows and _middle(piece) - median(map(_middle, rows[-1])) < height / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    groups: list[list[list[Piece]]] = []
    for row in rows:
        row.sort(key=lambda piece: piece.left)
        above = groups[-1][-1] if groups else None
        pitch = median(map(_middle, row)) - median(map(_middle, above)) if above else 0.0
        if above is None or row[0].frame or pitch > _PARAGRAPH_PITCH * height:
            groups.append([row])
        else:
            groups[-1].append(row)
    return [_paragraph(group, height, page_number, dpi) for group in groups]


def _middle(piece: Piece) -> float:
    return (piece.top + piece.bottom) / 2


def _paragraph(rows: list[list[Piece]], height: float, page_number: int, dpi: float) -> Paragraph:
    text, boxes = "", []
    for row in rows:
        text += "\n" if text else ""
        for before, piece in zip([None, *row[:-1]], row, strict=True):
            if before is not None:
                text += "\t" if piece.left - before.right > _WIDE_GAP * height else " "
            if piece.frame:
                place = _place(piece.frame, page_number, dpi)
                boxes.append(Box(len(text), len(text) + 1, piece.frame.state, piece.frame.evidence, place))
            text += piece.text
    return Paragraph(text, tuple(boxes))


def _place(frame: Frame, page_number: int, dpi: float) -> str:
    edges = (frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
    return f"page={page_number}&viewrect={','.join(f'{edge * 72 / dpi:.1f}' for edge in edges)}"
