"""A dataset folder, graph by graph as N-Triples, with what is needed to tell whether a server holds it.

The folder's files are read, not its store: the store keeps numbers by their value, so "30.0" would be loaded as "30".
Memory is bounded by the number of graphs and the buffer, not by the number of triples.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.exports.graph_segments import Segment as Part
from msqgraph.exports.graph_segments import graph_segments

_REMEDY = "build the dataset anew"
_XSD = b"http://www.w3.org/2001/XMLSchema#"
_NUMBER = re.compile(rb'"([^"\\]*)"\^\^<' + re.escape(_XSD) + rb"\w+> \.\n\Z")


@dataclass(frozen=True)
class Segment:
    """One graph of a dataset; ``graph`` is None for the default graph.

    ``least`` is the number of triples that are left if numbers of one value are one number, as they are to most
    stores; between that and ``triples`` lies what a server may count.
    """

    graph: str | None
    digest: str
    triples: int
    least: int
    source: Callable[[], Iterator[bytes]]

    def lines(self, after: int = 0) -> Iterator[bytes]:
        """The N-Triples, without the first ones."""
        return islice(self.source(), after, None)

    def is_whole(self, count: int) -> bool:
        """Whether a server that counts so many triples can hold all of them."""
        return self.least <= count <= self.triples


@contextmanager
def segments(dataset: Path, base: str, default_graph: str | None = None) -> Iterator[list[Segment]]:
    """The public named graphs in order of their IRIs, then the merge, as long as the context lasts.

    :param default_graph: the name of the merge in a store without a default graph.
    :raises UnreadableInput: if a file of the dataset is damaged or holds a blank node.
    :raises UsageError: if a graph of the dataset has the merge's name, or is not public.
    """
    quads, turtle = dataset / "dataset.nq", dataset / "dataset.ttl"
    with (
        TemporaryDirectory(prefix="msqgraph-load-") as folder,
        quads.open("rb") as lines,
        graph_segments(lines, Path(folder)) as parts,
    ):
        named = [part.graph for part in parts]
        if not named:
            raise UnreadableInput(quads, "holds no quads", _REMEDY)
        if default_graph in named:
            raise UsageError(f"--default-graph {default_graph}: is a graph of the dataset — give another IRI")
        if private := [graph for graph in named if graph.startswith(f"{base}graph/personal/")]:
            raise UsageError(f"{quads}: holds {private[0]}, which is not public — {_REMEDY}")
        found = [_segment(part.graph, partial(_triples, part), quads) for part in parts]
        merge = _merge(turtle, Path(folder))
        yield [*found, _segment(default_graph, partial(_lines, merge), turtle)]


def _triples(part: Part) -> Iterator[bytes]:
    """The quads of a graph without its name: N-Triples."""
    end = len(part.line_end)
    return (line[:-end] + b" .\n" for line in part.lines())


def _lines(file: Path) -> Iterator[bytes]:
    with file.open("rb") as lines:
        yield from lines


def _merge(source: Path, folder: Path) -> Path:
    """The merge as a file of N-Triples, in the order of the Turtle."""
    import pyoxigraph as ox

    file = folder / "merge.nt"
    try:
        ox.serialize(ox.parse(path=str(source), format=ox.RdfFormat.TURTLE), str(file), ox.RdfFormat.N_TRIPLES)
    except (OSError, SyntaxError, ValueError) as error:
        raise UnreadableInput(source, str(error), _REMEDY) from None
    return file


def _segment(graph: str | None, triples_of: Callable[[], Iterator[bytes]], file: Path) -> Segment:
    """A graph, read once: digest and counts.

    A subject's triples stand together, therefore only its own numbers are kept in mind.
    """
    digest, triples, alike = hashlib.sha256(), 0, 0
    about, numbers = b"", set[tuple[bytes, Decimal]]()
    for line in triples_of():
        digest.update(line)
        triples += 1
        subject, predicate, object_ = line.split(b" ", 2)
        if not (subject[:1] == predicate[:1] == b"<" and object_[:1] in b'<"'):
            raise UnreadableInput(file, f"a blank node in {graph or 'the merge'}: {line.decode()}", _REMEDY)
        if subject != about:
            about, numbers = subject, set()
        if _XSD in object_ and (number := _number(object_)) is not None:
            alike += (predicate, number) in numbers
            numbers.add((predicate, number))
    return Segment(graph, digest.hexdigest(), triples, triples - alike, triples_of)


def _number(object_: bytes) -> Decimal | None:
    r"""The value of a typed number at the end of a line.

    >>> _number(b'"30.0"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n') == 30
    True
    """
    match = _NUMBER.match(object_)
    if not match:
        return None
    try:
        value = Decimal(match[1].decode())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
