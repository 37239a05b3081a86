"""From a file to a :class:`Document`: blocks of text with their place, links and boxes. No RDF here.

Another container is another module with a ``read(path, data)`` and an entry in ``READERS``.
"""

from __future__ import annotations

import hashlib
import importlib
from dataclasses import dataclass
from pathlib import Path

from msqgraph.documents.document import Block, Box, BoxState, Document, ImageOnly, Link
from msqgraph.errors import UnreadableInput, readable

__all__ = ["READERS", "Block", "Box", "BoxState", "Container", "Document", "Link", "read_document"]


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file: its media type, the module that reads it, and whether that runs in a process of its own."""

    media_type: str
    module: str
    is_isolated: bool = True


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READERS: dict[str, Container] = {
    ".docx": Container(_WORD, "docx"),
    ".odt": Container("application/vnd.oasis.opendocument.text", "odt"),
    ".pdf": Container("application/pdf", "pdf"),
    ".html": Container("text/html", "html"),
    ".htm": Container("text/html", "html"),
    ".md": Container("text/markdown", "text", is_isolated=False),
    ".markdown": Container("text/markdown", "text", is_isolated=False),
    ".txt": Container("text/plain", "text", is_isolated=False),
    ".doc": Container("application/msword", "office", is_isolated=False),
    ".rtf": Container("application/rtf", "office", is_isolated=False),
    ".png": Container("image/png", "scan"),
    ".jpg": Container("image/jpeg", "scan"),
    ".jpeg": Container("image/jpeg", "scan"),
    ".tif": Container("image/tiff", "scan"),
    ".tiff": Container("image/tiff", "scan"),
}
MAX_BYTES = 50 * 1024 * 1024


def read_document(path: Path | str) -> Document:
    """The document in a file: its blocks in reading order, its SHA-256 and media type.

    :raises UnreadableInput: if the file is missing, empty, larger than 50 MiB, of an unknown kind, damaged, encrypted,
        or takes too long or too much memory to read.

    >>> document = read_document("responses/2020/PRY.md")
    >>> document.media_type, document.sha256[:12], document.text.strip()[:27]
    ('text/markdown', '2d6ea0f859aa', 'Member States Questionnaire')
    """
    from msqgraph.documents.isolation import OCR_TIMEOUT_S, read_isolated

    path = Path(path)
    container = READERS.get(path.suffix.lower())
    if container is None:
        raise UnreadableInput(
            path, f"files of kind {path.suffix or '(no suffix)'!r} cannot be read", f"give one of {', '.join(READERS)}"
        )
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableInput(path, f"larger than {MAX_BYTES >> 20} MiB", "split it, or take out its pictures")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableInput(path, "no such file", "check the name and the folder") from None
    except OSError as error:
        raise UnreadableInput(path, error.strerror or str(error), "check the permissions") from error
    if not data.strip():
        raise UnreadableInput(path, "the file is empty", "fetch it again from its source")
    if not container.is_isolated:
        blocks = importlib.import_module(f"msqgraph.documents.{container.module}").read(path, data)
    elif container.module == "scan":
        blocks = read_isolated("scan", path, data, OCR_TIMEOUT_S)
    else:
        try:
            blocks = read_isolated(container.module, path, data)
        except ImageOnly:
            blocks = read_isolated("scan", path, data, OCR_TIMEOUT_S)
    if not any(block.text.strip() for block in blocks):
        raise UnreadableInput(path, "no text in it", "give the filled-in form itself")
    return Document(readable(path.name), hashlib.sha256(data).hexdigest(), container.media_type, blocks)
