"""Plain text and Markdown: paragraphs between blank lines, pages between form feeds, boxes typed as characters."""

from __future__ import annotations

import re
from pathlib import Path

from msqgraph.documents.document import Block
from msqgraph.documents.typed_boxes import typed_boxes
from msqgraph.errors import UnreadableInput

_PARAGRAPH = re.compile(r"[^\s\f][^\f\n]*(?:\n(?![ \t]*\n)[^\f\n]*)*")


def read(path: Path, data: bytes) -> list[Block]:
    """The paragraphs of a text in UTF-8 (with or without BOM) or UTF-16 with BOM.

    :raises UnreadableInput: if the bytes are no text in these encodings.

    >>> [(b.text, b.page, [box.state for box in b.boxes]) for b in read(Path("x"), b"A\\n\\n[x] Yes [ ] No\\fB")]
    [('A', 1, []), ('[x] Yes [ ] No', 1, ['ticked', 'empty']), ('B', 2, [])]
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        remedy = "save it as UTF-8 text, or give the original document"
        raise UnreadableInput(path, f"no {encoding} text at byte {error.start}", remedy) from None
    if "\0" in text:
        raise UnreadableInput(path, "binary data under a text file's name", "give the original document")
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip()
    has_pages = "\f" in text
    paragraphs = list(_PARAGRAPH.finditer(text))
    boxes = typed_boxes([paragraph.group() for paragraph in paragraphs])
    return [
        Block(
            match.group().rstrip(),
            match.start(),
            text.count("\f", 0, match.start()) + 1 if has_pages else None,
            found,
        )
        for match, found in zip(paragraphs, boxes, strict=True)
    ]
