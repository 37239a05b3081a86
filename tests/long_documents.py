"""Documents that are long in one way each: tests read them whole, benchmarks time them (``benchmarks/reading.py``)."""

from __future__ import annotations

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
_RUN = "<w:r><w:t>a b</w:t></w:r>"
_OPENED = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate"))
_BOX = '<w:r><w:t>[ ] a</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'


def packed(members: dict[str, str | bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """A package of these members."""
    file = io.BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(body: str, before: str = "") -> bytes:
    """A Word file without anything but its main part."""
    return packed({"word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"})


def open_document(body: str) -> bytes:
    """An OpenDocument text without anything but its content."""
    begin, end = "<office:document-content", "</office:document-content>"
    names = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    return packed({"content.xml": f"{begin} {names}>{body}{end}"})


def _notes(count: int) -> str:
    return "".join(f'<w:p><w:r><w:footnoteReference w:id="{at}"/><w:t>a</w:t></w:r></w:p>' for at in range(count))


#: What there is many of -> the file's name, and its content for a count of them; each holds one letter a.
LONG: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "paragraphs of HTML": ("a.html", lambda count: b"<p>a few <b>words</b>" * count),
    "cells of HTML": ("a.html", lambda count: b"<table>" + b"<tr><td>a<td>b" * count),
    "links of HTML": ("a.html", lambda count: b"<a href='http://a.example'>a</a> y " * count),
    "paragraphs of Word": ("a.docx", lambda count: word(f"<w:p>{_RUN}</w:p>" * count)),
    "runs of Word": ("a.docx", lambda count: word(f"<w:p>{_RUN * count}</w:p>")),
    "cells of Word": ("a.docx", lambda count: word(
        f"<w:tbl><w:tr>{f'<w:tc><w:p>{_RUN}</w:p></w:tc>' * count}</w:tr></w:tbl>")),
    "deleted ends of paragraphs in Word": ("a.docx", lambda count: word(
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_RUN}</w:p>" * count)),
    "fields of Word that do not end": ("a.docx", lambda count: word(f"<w:p>{(_OPENED + _RUN) * count}</w:p>")),
    "notes of Word": ("a.docx", lambda count: word(_notes(count))),
    "boxes of Word": ("a.docx", lambda count: word(f"<w:p>{_BOX * count}</w:p>")),
    "paragraphs of OpenDocument": ("a.odt", lambda count: open_document("<text:p>[ ] a</text:p>" * count)),
    "spans of OpenDocument": ("a.odt", lambda count: open_document(
        f"<text:p>{'<text:span>[ ] a</text:span>' * count}</text:p>")),
    "items of OpenDocument": ("a.odt", lambda count: open_document(
        f"<text:list>{'<text:list-item><text:p>a</text:p></text:list-item>' * count}</text:list>")),
    "notes of OpenDocument": ("a.odt", lambda count: open_document(
        f"<text:p>{'<text:note><text:note-citation>1</text:note-citation></text:note>a' * count}</text:p>")),
}  # fmt: skip
