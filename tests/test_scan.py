"""Scans: text is read, boxes are told by their frames alone, and what cannot be told is not made up."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from pathlib import Path

import pytest

from msqgraph.documents import read_document, scan
from msqgraph.errors import UnreadableInput

pytest.importorskip("rapidocr_onnxruntime", reason="the extra ocr is not installed")

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from msqgraph.documents.scan_frames import frames, on_white
from msqgraph.documents.scan_lines import as_text, is_text

DPI, SIZE_PX = 200, 26
MARKS = {"x": "ticked", "check": "ticked", "": "empty", "corner": "unknown", "full": "unknown"}


def box(draw: ImageDraw.ImageDraw, left: int, top: int, mark: str, size: int = SIZE_PX) -> None:
    """Draw a frame with something in it."""
    right, bottom, third = left + size, top + size, size // 3
    draw.rectangle((left, top, right, bottom), outline=0, width=2)
    if mark == "x":
        draw.line((left + 4, top + 4, right - 4, bottom - 4), 0, 3)
        draw.line((left + 4, bottom - 4, right - 4, top + 4), 0, 3)
    elif mark == "check":
        draw.line((left + 5, top + size // 2, left + size // 2, bottom - 5, right - 4, top + 4), 0, 3)
    elif mark == "corner":
        draw.rectangle(
            (left + third + 1, top + third + 1, left + third + 1 + size // 9, top + third + 1 + size // 9), fill=0
        )
    elif mark == "full":
        draw.rectangle((left, top, right, bottom), fill=0)


def page(lines: list[tuple[str, str]], size_px: int = 30) -> Image.Image:
    """A page of lines, each with the mark of the box before it, or "none" for no box."""
    image = Image.new("L", (1654, 1100), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size_px)
    for number, (mark, text) in enumerate(lines):
        top = 100 + 70 * number
        if mark != "none":
            box(draw, 150, top, mark)
        draw.text((200, top), text, font=font, fill=0)
    return image


def scanned(image: Image.Image, angle: float = 0.5, noise: float = 6) -> Image.Image:
    """A page as a scanner sees it: a little turned, grey and uneven; the same at every run."""
    turned = np.array(image.rotate(angle, Image.Resampling.BILINEAR, fillcolor=255), float)
    grain = np.random.default_rng(1).normal(0, noise, turned.shape)
    return Image.fromarray(np.clip(turned * 0.9 + 15 + grain, 0, 255).astype(np.uint8))


def test_text_and_boxes(tmp_path: Path) -> None:
    """A TIFF of two pages: each line with its page, the state of its box, and where the box is."""
    first = page([("none", "10. Do you collect usage statistics?"), ("x", "Yes"), ("", "No")])
    second = page([("check", "Artificial intelligence"), ("corner", "Blockchain"), ("full", "Big data")])
    file = tmp_path / "form.tif"
    scanned(first).save(file, save_all=True, append_images=[scanned(second)], dpi=(DPI, DPI))
    document = read_document(file)
    found = [(b.page, b.text, [x.state for x in b.boxes]) for b in document.blocks]
    assert found == [
        (1, "10. Do you collect usage statistics?", []),
        (1, "☒ Yes", ["ticked"]),
        (1, "☐ No", ["empty"]),
        (2, "☒ Artificial intelligence", ["ticked"]),
        (2, "▢ Blockchain", ["unknown"]),
        (2, "▢ Big data", ["unknown"]),
    ]
    yes = document.blocks[1].boxes[0]
    assert yes.evidence.startswith("frame in the picture, ") and yes.evidence.endswith(" % dark inside")
    place, _, edges = (yes.place or "").partition("&viewrect=")
    left, top, width, height = map(float, edges.split(","))
    assert place == "page=1" and abs(left - 150 * 72 / DPI) < 4 and abs(top - 170 * 72 / DPI) < 4
    assert 8 < width < 12 and 8 < height < 12


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("size", [20, 26, 40])
@pytest.mark.parametrize(("angle", "noise"), [(0, 0), (0.5, 6), (-0.8, 6)])
def test_states(mark: str, size: int, angle: float, noise: float) -> None:
    """A box may be overlooked in a bad picture, but it is never told to be what it is not."""
    image = Image.new("L", (600, 400), 255)
    box(ImageDraw.Draw(image), 280, 180, mark, size)
    states = [frame.state for frame in frames(on_white(np.asarray(scanned(image, angle, noise))), DPI)]
    assert states in ([MARKS[mark]], [])
    assert states or angle != 0, "not even found in a clean picture"


@pytest.mark.parametrize("size_px", [22, 26, 30, 40])
@pytest.mark.parametrize(("angle", "noise"), [(0, 0), (0.5, 6)])
def test_letters_are_no_boxes(size_px: int, angle: float, noise: float) -> None:
    """No tick is made of letters, however square."""
    lines = ["El EI II HH BOLETIN OFICIAL", "O OD DO CO Q 0 00 8 B", "mnmu nn in en IN NI", "D D D O O O n n u u"]
    white = on_white(np.asarray(scanned(page([("none", line) for line in lines], size_px), angle, noise)))
    found = frames(white, DPI)
    kept = [f for f, text in zip(found, as_text(white, found), strict=True) if not is_text(f, text)]
    assert [frame.state for frame in kept if frame.state != "empty"] == []


def test_cells_of_a_table_are_no_boxes() -> None:
    """Squares that share their sides are a table, whatever is in them; one that stands alone is a box."""
    image = Image.new("L", (600, 400), 255)
    draw = ImageDraw.Draw(image)
    for column in range(4):
        box(draw, 100 + 30 * column, 100, "x", 30)
    box(draw, 400, 100, "x", 30)
    found = frames(on_white(np.asarray(image)), DPI)
    assert [(frame.left, frame.state) for frame in found] == [(400, "ticked")]


def test_pages_of_a_pdf_are_read_each_in_its_way(tmp_path: Path) -> None:
    """A page of text is taken as it is, with its accents; a page that is a picture goes through OCR."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "form.pdf"
    canvas = Canvas(str(file), pagesize=(595, 396))
    canvas.drawString(60, 300, "Ministerio de Tecnologías de la Información y Comunicación")
    canvas.showPage()
    canvas.drawImage(ImageReader(page([("x", "personal data protection")])), 0, 0, 595, 396)
    canvas.save()
    document = read_document(file)
    assert [(block.page, block.text) for block in document.blocks] == [
        (1, "Ministerio de Tecnologías de la Información y Comunicación"),
        (2, "☒ personal data protection"),
    ]


def png_of(width: int, height: int) -> bytes:
    """A picture that is small as a file and large in memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """A picture too large for memory, a damaged one, and one without a legible word are errors that say so."""
    noise = np.random.default_rng(1).integers(0, 255, (600, 600), np.uint8)
    stored = io.BytesIO()
    Image.fromarray(noise).save(stored, "png")
    for data, problem in {
        png_of(60_000, 60_000): r"page 1 has 60000 × 60000 pixels",
        stored.getvalue()[:2000]: "damaged",
        b"no picture": "no picture that can be read",
        stored.getvalue(): "OCR cannot read|no text in it",
    }.items():
        (tmp_path / "x.png").write_bytes(data)
        with pytest.raises(UnreadableInput, match=problem):
            read_document(tmp_path / "x.png")


def test_without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed the extra is told how."""
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    with pytest.raises(UnreadableInput, match=r"a picture; reading it needs OCR — pip install 'msqgraph\[ocr\]'"):
        scan.read(Path("x.png"), b"")
