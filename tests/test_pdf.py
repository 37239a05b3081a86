"""PDF files as files: what can be opened, what is refused and in which words, and that no file does harm."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from msqgraph.documents import Block, pdf, read_document
from msqgraph.documents.document import ImageOnly
from msqgraph.errors import UnreadableInput

PATH = Path("answers.pdf")


def text_at(x: float, y: float, text: str, size: float = 11, font: str = "F1") -> str:
    """The operators that print a text."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def lines_at(x: float, y: float, *lines: str, leading: float = 14) -> str:
    """The operators that print lines below each other."""
    return "".join(text_at(x, y - leading * at, line) for at, line in enumerate(lines))


def make_pdf(
    *pages: str, annotations: Sequence[str] = (), form: str = "", page_entries: str = "", more: Sequence[str] = ()
) -> bytes:
    """A PDF of pages, each given as its operators; annotations stand on the first page.

    Fonts: F1 Helvetica, F2 Wingdings, F3 ZapfDingbats (none embedded). Annotations are objects 10, 11, ...
    """
    count = len(annotations) + len(more)
    first_page = 10 + count
    kids = " ".join(f"{first_page + 2 * at} 0 R" for at in range(len(pages)))
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {f'/AcroForm << {form} >>' if form else ''} >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: "<< /Type /Font /Subtype /TrueType /BaseFont /Wingdings /Encoding /WinAnsiEncoding >>",
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
    }
    for at, annotation in enumerate([*annotations, *more]):
        objects[10 + at] = annotation
    marks = " ".join(f"{10 + at} 0 R" for at in range(len(annotations)))
    for at, page in enumerate(pages):
        data = page.encode("cp1252")
        objects[first_page + 2 * at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first_page + 2 * at + 1} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> {page_entries} "
            f"{f'/Annots [{marks}]' if not at and marks else ''} >>"
        )
        objects[first_page + 2 * at + 1] = f"<< /Length {len(data)} >>\nstream\n{page}\nendstream"
    return assembled(objects)


def assembled(objects: dict[int, str], trailer: str = "") -> bytes:
    """A PDF of objects by number; object 1 is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    offsets = {}
    for number, content in objects.items():
        offsets[number] = out.tell()
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252"))
    start = out.tell()
    size = max(objects) + 1
    out.write(f"xref\n0 {size}\n".encode())
    for number in range(size):
        kept = number in offsets
        out.write(f"{offsets.get(number, 0):010} {0 if kept else 65535:05} {'n' if kept else 'f'} \n".encode())
    out.write(f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def read(data: bytes) -> list[Block]:
    """The blocks of a PDF."""
    return pdf.read(PATH, data)


def texts(data: bytes) -> list[str]:
    """What the blocks of a PDF say."""
    return [block.text for block in read(data)]


def picture_page(path: Path, *words: str) -> None:
    """A PDF whose first page is a picture, and whose second has words, if any are given."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (100, 140), 128)), 0, 0, 595, 842)
    canvas.showPage()
    if words:
        canvas.drawString(72, 700, " ".join(words))
        canvas.showPage()
    canvas.save()


def test_blocks_know_their_pages() -> None:
    """Pages count from 1, offsets run on."""
    blocks = read(make_pdf(text_at(72, 700, "1. First question?"), text_at(72, 700, "2. Second question?")))
    assert [(b.text, b.page, b.start) for b in blocks] == [("1. First question?", 1, 0), ("2. Second question?", 2, 20)]


def test_pages_may_be_turned() -> None:
    """On a page that is shown turned, lines follow each other as they are seen."""
    turned = "q 0 1 -1 0 595 0 cm " + lines_at(60, 500, "Upper line.", "Lower line.") + " Q"
    assert texts(make_pdf(turned, page_entries="/Rotate 90")) == ["Upper line.\nLower line."]


@pytest.mark.parametrize("words", [(), ("Here", "are", "five", "words", "too")])
def test_pictures_are_said_to_be_pictures(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A page that is a picture calls for OCR, also where others have text; those can be read by themselves."""
    picture_page(tmp_path / "scan.pdf", *words)
    data = (tmp_path / "scan.pdf").read_bytes()
    with pytest.raises(ImageOnly, match="page 1 is a picture without text"):
        pdf.read(tmp_path / "scan.pdf", data)
    with pdf.opened(PATH, data) as document:
        readable = [pdf.has_text(document, index) for index in range(len(document))]
        assert readable == [False, True][: 1 + bool(words)]
        if words:
            assert [(b.text, b.page) for b in pdf.page_blocks(document, 1)] == [(" ".join(words), 2)]


@pytest.mark.parametrize(("user", "is_refused"), [("secret", True), ("", False)])
def test_passwords(tmp_path: Path, user: str, is_refused: bool) -> None:
    """A file that asks for a password is refused with words; one that only forbids changes is read."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0, canCopy=0))
    canvas.drawString(72, 700, "1. Answered.")
    canvas.save()
    if is_refused:
        with pytest.raises(UnreadableInput, match="opens only with a password"):
            pdf.read(path, path.read_bytes())
    else:
        assert texts(path.read_bytes()) == ["1. Answered."]


def test_xfa_forms_are_refused() -> None:
    """A form whose pages only say "please wait" is refused with what to do."""
    whole = make_pdf(
        text_at(72, 700, "Please wait..."), form="/Fields [] /XFA 10 0 R", more=["<< /Length 0 >>\nstream\n\nendstream"]
    )
    with pytest.raises(UnreadableInput, match="XFA form — print it to a PDF"):
        read(whole)
    with pytest.raises(UnreadableInput, match="XFA form — print it to a PDF"):
        read(whole.replace(b"/Type /Catalog", b"/Type /Catalog /NeedsRendering true"))


def _deep_forms() -> bytes:
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /XObject << /X 5 0 R >> >> >>",
        4: "<< /Length 5 >>\nstream\n/X Do\nendstream",
    }
    for number in range(5, 305):
        following = number + 1 if number < 304 else 5  # the last one draws the first
        objects[number] = (
            f"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {following} 0 R >> >> "
            "/Length 11 >>\nstream\n/X Do /X Do\nendstream"
        )
    return assembled(objects)


def _tree_loop() -> bytes:
    page = make_pdf(text_at(72, 700, "word"))
    return page.replace(b"/Type /Pages /Kids [10 0 R] /Count 1", b"/Type /Pages /Kids [2 0 R] /Count 9")


def _huge_stream() -> bytes:
    bomb = zlib.compress(b"0 0 m 9 9 l S " * 3_000_000, 9).decode("latin-1")
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        4: f"<< /Filter /FlateDecode /Length {len(bomb)} >>\nstream\n{bomb}\nendstream",
    }
    return b"\n".join(
        [b"%PDF-1.7"]
        + [f"{n} 0 obj\n{c}\nendobj".encode("latin-1") for n, c in objects.items()]
        + [b"trailer << /Root 1 0 R /Size 5 >>"]
    )


HOSTILE = {
    "cut off": make_pdf(text_at(72, 700, "word"))[:300],
    "garbage": b"%PDF-1.7\n" + bytes(range(256)) * 40,
    "a loop in the page tree": _tree_loop(),
    "a declared gigabyte": make_pdf(text_at(72, 700, "word")).replace(b"/Length 45", b"/Length 1073741824"),
    "100,000 objects": assembled(
        {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Kids [] /Count 0 >>"}
        | {number: f"<< /Next {number + 1} 0 R >>" for number in range(3, 100_000)}
    ),
    "forms in forms in a loop": _deep_forms(),
    "a page of many square kilometres": make_pdf(text_at(72, 700, "word")).replace(
        b"[0 0 595 842]", b"[0 0 9999999 9999999]"
    ),
    "42 MB of strokes in a small file": _huge_stream(),
    "a script that runs on opening": make_pdf(text_at(72, 700, "word")).replace(
        b"/Type /Catalog",
        b"/Type /Catalog /OpenAction << /S /Launch /F (calc) >> /AA << /O << /S /JavaScript /JS (while(1);) >> >>",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_do_no_harm(tmp_path: Path, case: str) -> None:
    """Each is read or refused with what to do; the next file is read as ever."""
    (tmp_path / "hostile.pdf").write_bytes(HOSTILE[case])
    (tmp_path / "good.pdf").write_bytes(make_pdf(text_at(72, 700, "1. Good.")))
    try:
        assert read_document(tmp_path / "hostile.pdf").text.strip()
    except UnreadableInput as error:
        assert error.problem and error.remedy
    assert read_document(tmp_path / "good.pdf").text == "1. Good."


def test_too_many_pages_are_refused() -> None:
    """The number of pages is bounded, and said."""
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{' '.join(['3 0 R'] * 600)}] /Count 600 >>",
        3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    }
    with pytest.raises(UnreadableInput, match="600 pages, more than 500"):
        read(assembled(objects))


def test_no_pages_and_no_text_are_said(tmp_path: Path) -> None:
    """An empty page is no answer."""
    (tmp_path / "blank.pdf").write_bytes(make_pdf(""))
    with pytest.raises(UnreadableInput, match="no text in it"):
        read_document(tmp_path / "blank.pdf")
    with pytest.raises(UnreadableInput, match="without a page"):
        read(HOSTILE["100,000 objects"])
