"""Sorted N-Quads taken apart by graph in one pass, in bounded memory and with one open file, however many graphs.

Lines wait in one buffer per graph. When the buffers together are full, each is appended to one temporary file, and only
its place there is kept: the extents of a graph are its segment. Lines keep their order, so a segment is sorted.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msqgraph.errors import UnreadableInput
from msqgraph.exports.reading_order import types_first

if TYPE_CHECKING:
    import pyoxigraph as ox

BUFFER_BYTES = 1 << 24
_PARSED_LINES = 1 << 12  # at a time: few enough to hold, many enough for the parser's start not to count


@dataclass(slots=True)
class Segment:
    """The lines of one named graph, in the temporary file of :func:`graph_segments`."""

    graph: str
    _file: IO[bytes]
    _extents: list[tuple[int, int]] = field(default_factory=list)

    @property
    def line_end(self) -> bytes:
        """What its lines, and no others, end in."""
        return f" <{self.graph}> .\n".encode()

    def append(self, lines: bytes | bytearray) -> None:
        """Adds lines, whole ones."""
        self._extents.append((self._file.seek(0, io.SEEK_END), self._file.write(lines)))

    def lines(self) -> Iterator[bytes]:
        """Its lines, sorted, as they came."""
        for offset, size_bytes in self._extents:
            self._file.seek(offset)
            yield from io.BytesIO(self._file.read(size_bytes))

    def quads(self) -> Iterator[ox.Quad]:
        """Its quads in the order in which people read them."""
        import pyoxigraph as ox

        lines = types_first(self.lines())
        while some := b"".join(islice(lines, _PARSED_LINES)):
            yield from ox.parse(some, format=ox.RdfFormat.N_QUADS)


@contextmanager
def graph_segments(
    lines: Iterable[bytes], folder: Path | None = None, buffer_bytes: int = BUFFER_BYTES
) -> Iterator[list[Segment]]:
    """The segments of sorted N-Quads, in the order of their graphs' names.

    :param folder: where the temporary file lies (without one: where the system keeps such files). It is gone
        afterwards, in any case: on POSIX it has no name from its beginning.
    :raises UnreadableInput: if a line is no quad of a named graph.

    >>> with graph_segments([b"<http://a> <http://b> <http://c> <http://g> .\\n"]) as segments:
    ...     [(segment.graph, len(list(segment.quads()))) for segment in segments]
    [('http://g', 1)]
    """
    with tempfile.TemporaryFile(dir=folder) as file:
        segments: dict[bytes, Segment] = {}
        buffers: dict[bytes, bytearray] = {}  # by the end of the line
        held_bytes = 0
        for line in lines:
            end = line[line.rfind(b" <") :]
            if end not in buffers:
                segments[end] = segments.get(end) or Segment(_graph(end, line), file)
                buffers[end] = bytearray()
            buffers[end] += line
            held_bytes += len(line)
            if held_bytes >= buffer_bytes:
                _empty(buffers, segments)
                held_bytes = 0
        _empty(buffers, segments)
        yield sorted(segments.values(), key=lambda segment: segment.graph)


def _empty(buffers: dict[bytes, bytearray], segments: dict[bytes, Segment]) -> None:
    for end, buffer in buffers.items():
        segments[end].append(buffer)
    buffers.clear()


def _graph(end: bytes, line: bytes) -> str:
    """The IRI in the end of a line of N-Quads."""
    found = re.fullmatch(rb" <([^<>\" ]+)> \.\n", end)
    if not found:
        raise UnreadableInput(
            "dataset.nq", f"{line[:80]!r} … is no quad of a named graph as a build writes it", "build the dataset anew"
        )
    return found[1].decode()
