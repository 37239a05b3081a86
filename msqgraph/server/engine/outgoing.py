"""The file into which a worker writes an answer: it sends it on in pieces, a short one in a single frame."""

from __future__ import annotations

import socket
from time import monotonic

from msqgraph.server.engine import frames

_PIECE_BYTES = 1 << 16
_PATIENCE_S = 0.2
_PREFIX = b"@prefix "


class TooLarge(Exception):
    """An answer is longer than answers may be."""


class Outgoing:
    """A binary file over a socket; it blocks while the other side does not read."""

    def __init__(self, channel: socket.socket, limit_bytes: int) -> None:
        self._channel, self._limit_bytes = channel, limit_bytes
        self._pieces: list[bytes] = []
        self._held = self._length = 0
        self._media_type = b""
        self._is_begun = False
        self._sent_at = monotonic()
        self.is_too_large = False

    def begin(self, media_type: str) -> None:
        """Says what the answer will be; nothing is sent yet."""
        self._media_type = media_type.encode()

    def write(self, data: bytes) -> int:
        """Takes a piece of the answer, and sends what has gathered if it is much, or has waited for long.

        :raises TooLarge: if the answer is longer than the limit.
        """
        self._length += len(data)
        if self._length > self._limit_bytes:
            self.is_too_large = True
            raise TooLarge
        self._pieces.append(bytes(data))
        self._held += len(data)
        if self._held >= _PIECE_BYTES or monotonic() - self._sent_at > _PATIENCE_S:
            head = b"" if self._is_begun else frames.packed(frames.HEAD, self._media_type)
            self._channel.sendall(head + frames.packed(frames.DATA, b"".join(self._pieces)))
            self._pieces, self._held, self._is_begun, self._sent_at = [], 0, True, monotonic()
        return len(data)

    def flush(self) -> None:
        """Nothing: what is sent when is decided by length and time."""

    def end(self, is_last: bool) -> None:
        """Sends what is left and that it is all.

        :param is_last: the worker takes no other query after this one.
        """
        parts = [frames.packed(frames.LEAVING)] if is_last else []
        rest = b"".join(self._pieces)
        if self._is_begun:
            parts += [frames.packed(frames.DATA, rest), frames.packed(frames.END)]
        else:
            parts.append(frames.packed(frames.WHOLE, self._media_type + b"\n" + rest))
        self._channel.sendall(b"".join(parts))


class PrefixesInOrder:
    """A file that sorts the ``@prefix`` lines with which Turtle begins: the library writes them in any order."""

    def __init__(self, out: Outgoing) -> None:
        self._out = out
        self._head = b""
        self._is_past = False

    def write(self, data: bytes) -> int:
        """Takes a piece, and passes it on if the prefixes are over."""
        if self._is_past:
            return self._out.write(data)
        self._head += data
        lines = self._head.splitlines(keepends=True)
        if any(not line.startswith(_PREFIX[: len(line)]) for line in lines):
            self.end()
        return len(data)

    def flush(self) -> None:
        """Nothing, as in :class:`Outgoing`."""

    def end(self) -> None:
        """Passes on what is held back."""
        lines = self._head.splitlines(keepends=True)
        count = next((n for n, line in enumerate(lines) if not line.startswith(_PREFIX)), len(lines))
        self._is_past, self._head = True, b""
        if lines:
            self._out.write(b"".join([*sorted(lines[:count]), *lines[count:]]))
