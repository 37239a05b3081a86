"""What a worker process and its parent say to each other: frames of a kind, a length and a payload."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER = struct.Struct("!cI")

QUERY = b"Q"
"""To the worker: JSON of ``[sparql, rows, truth, triples, default_graphs, named_graphs, is_check]``."""
READY = b"R"
"""From the worker, before its first query and whenever another of its threads answers: the thread's number."""
BROKEN = b"B"
"""It cannot begin: why, as text."""
WHOLE = b"W"
"""A short answer: the media type, a line end, the bytes."""
HEAD, DATA, END = b"H", b"D", b"E"
"""A long answer: its media type; a piece of it; nothing more comes."""
REFUSED = b"X"
"""No answer, or no more of it: JSON of ``[status, message, reason]``."""
LEAVING = b"L"
"""It takes no other query after this one."""

LAST = frozenset((WHOLE, END, REFUSED))
"""The kinds after which a worker is free."""


def packed(kind: bytes, payload: bytes = b"") -> bytes:
    """A frame.

    >>> packed(DATA, b"abc")
    b'D\\x00\\x00\\x00\\x03abc'
    """
    return _HEADER.pack(kind, len(payload)) + payload


class Unpacker:
    """Puts frames together again from a stream of bytes.

    >>> unpacker = Unpacker()
    >>> list(unpacker.feed(packed(DATA, b"abc")[:6])), list(unpacker.feed(b"bc" + packed(END)))
    ([], [(b'D', b'abc'), (b'E', b'')])
    """

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Kind and payload of each frame that is complete with these bytes."""
        data = self._rest + data if self._rest else data
        at, size = 0, len(data)
        while size - at >= _HEADER.size:
            kind, length = _HEADER.unpack_from(data, at)
            end = at + _HEADER.size + length
            if end > size:
                break
            yield kind, data[at + _HEADER.size : end]
            at = end
        self._rest = data[at:]
