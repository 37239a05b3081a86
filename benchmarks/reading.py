"""How long reading takes, against what the libraries of the containers need by themselves for the same words."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path

from benchmarks.timing import Measure, paired
from msqgraph.documents import docx, html, odt, read_document
from tests.long_documents import LONG

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"
PAGES = 12
COUNT = 4_000  # of whatever a long document is long of


def reading() -> list[Measure]:
    """A PDF and a Word file of twelve pages, read as a build reads them (the readers' process runs already)."""
    with tempfile.TemporaryDirectory() as folder:
        pdf, word = Path(folder) / "form.pdf", Path(folder) / "form.docx"
        twelve_pages(pdf)
        twice(word)
        return [
            paired("read a text PDF of 12 pages", "PDFium: its characters with their boxes",
                   lambda: read_document(pdf), lambda: characters_by_pdfium(pdf), "3"),
            paired("read a Word file of 12 pages", "python-docx: open it, the text of its paragraphs and cells",
                   lambda: read_document(word), lambda: texts_by_python_docx(word), "2"),
        ]  # fmt: skip


def growth() -> list[Measure]:
    """How much longer four times as much takes to read: 4 is linear, 16 would be quadratic, 8 is midway."""
    readers = {"html": html, "docx": docx, "odt": odt}

    def measure(many: str) -> Measure:
        name, content = LONG[many]
        read, long, short = readers[name.partition(".")[2]].read, content(4 * COUNT), content(COUNT)
        return paired(f"read {4 * COUNT:,} {many}", f"{COUNT:,} of them",
                      lambda: read(Path(name), long), lambda: read(Path(name), short), "8")  # fmt: skip

    return [measure(many) for many in LONG]


def twelve_pages(path: Path) -> None:
    """Two filled-in forms of the corpus, cut at twelve pages."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for name in ("en-2", "pt-2"):
        whole.import_pages(pypdfium2.PdfDocument(CORPUS / name / "pdf-office.pdf"))
    while len(whole) > PAGES:
        whole.del_page(PAGES)
    whole.save(path)


def twice(path: Path) -> None:
    """A filled-in form of the corpus, six pages long, two times."""
    import docx

    document = docx.Document(str(CORPUS / "en-2" / "docx-legacy.docx"))
    body = document.element.body
    for element in list(body)[:-1]:  # the last holds the section's properties
        body.insert(len(body) - 1, copy.deepcopy(element))
    document.save(str(path))


def characters_by_pdfium(path: Path) -> int:
    """What anyone must ask of PDFium who wants words with their places: the text, and a box for each character."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    count = 0
    for page in document:
        words = page.get_textpage()
        words.get_text_range()
        count += len([words.get_charbox(index) for index in range(words.count_chars())])
    return count


def texts_by_python_docx(path: Path) -> int:
    """What anyone gets who asks python-docx for the texts."""
    import docx

    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return sum(map(len, texts))
