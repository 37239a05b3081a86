"""A graph in pieces: no request is larger than its bound, and pieces that a server refuses are halved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from msqgraph.loading.connection import Refused

PIECE_BYTES = 4 << 20
SMALLEST_LINES = 50


class Target(Protocol):
    """Something that takes triples: a :class:`GraphStore`, or :class:`Updates`."""

    @property
    def address(self) -> str:
        """Where the requests go."""
        ...

    @property
    def piece_lines(self) -> int:
        """How many triples to send at once."""
        ...

    def replace(self, graph: str | None, triples: bytes) -> None:
        """Puts triples in the place of a graph."""
        ...

    def add(self, graph: str | None, triples: bytes) -> None:
        """Adds triples to a graph."""
        ...

    def remove(self, graph: str | None) -> None:
        """Removes a graph."""
        ...


class Writer:
    """Writes graphs in order; once a piece was too large for the server, all later ones are smaller."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.piece_lines = target.piece_lines

    def write(
        self,
        graph: str | None,
        lines: Iterator[bytes],
        is_anew: bool = True,
        wrote: Callable[[int], None] | None = None,
    ) -> None:
        """Writes lines of N-Triples: in the place of what is there, or to it.

        :param wrote: is told the number of triples of each piece.
        :raises Refused: if the server refuses even the smallest pieces.
        """
        is_empty = True
        for piece in self._pieces(lines):
            self._send(graph, piece, is_anew and is_empty)
            is_empty = False
            if wrote:
                wrote(len(piece))
        if is_empty and is_anew:
            self.target.remove(graph)

    def _pieces(self, lines: Iterator[bytes]) -> Iterator[list[bytes]]:
        """Lists of lines, none of them larger than its bounds unless a single line is."""
        piece: list[bytes] = []
        size_bytes = 0
        for line in lines:
            if piece and (len(piece) >= self.piece_lines or size_bytes + len(line) > PIECE_BYTES):
                yield piece
                piece, size_bytes = [], 0
            piece.append(line)
            size_bytes += len(line)
        if piece:
            yield piece

    def _send(self, graph: str | None, piece: list[bytes], is_anew: bool) -> None:
        try:
            (self.target.replace if is_anew else self.target.add)(graph, b"".join(piece))
        except Refused as refused:
            half = len(piece) // 2
            if not refused.is_perhaps_too_large or half < SMALLEST_LINES:
                raise
            self.piece_lines = min(self.piece_lines, half)
            self._send(graph, piece[:half], is_anew)
            self._send(graph, piece[half:], False)
