"""From a file to a :class:`Document`: blocks of text with their place, links and boxes. No RDF here.

Text and Markdown are read so far; another container is another module with a ``read`` and an entry in ``READERS``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from msqgraph.documents import text
from msqgraph.documents.document import Block, Box, BoxState, Document
from msqgraph.errors import UnreadableInput, readable

__all__ = ["READERS", "Block", "Box", "BoxState", "Document", "read_document"]

READERS: dict[str, tuple[str, Callable[[Path, bytes], list[Block]]]] = {
    ".md": ("text/markdown", text.read),
    ".markdown": ("text/markdown", text.read),
    ".txt": ("text/plain", text.read),
}
MAX_BYTES = 50 * 1024 * 1024


def read_document(path: Path | str) -> Document:
    """The document in a file: its blocks in reading order, its SHA-256 and media type.

    :raises UnreadableInput: if the file is missing, empty, larger than 50 MiB, of an unknown kind, or no text.

    >>> document = read_document("responses/2020/PRY.md")
    >>> document.media_type, document.sha256[:12], document.text.strip()[:27]
    ('text/markdown', '2d6ea0f859aa', 'Member States Questionnaire')
    """
    path = Path(path)
    if path.suffix.lower() not in READERS:
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
    media_type, reader = READERS[path.suffix.lower()]
    return Document(readable(path.name), hashlib.sha256(data).hexdigest(), media_type, reader(path, data))
