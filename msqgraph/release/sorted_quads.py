"""The N-Quads of a release or a dataset folder, read as they are sorted: subject by subject, two of them side by side.

Nothing is held but the lines of one subject, so a million statements need no more memory than ten.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

RELEASED, BUILT = "data/msqgraph.nq.gz", "dataset.nq"
_GRAPH = re.compile(rb"<([^<>]*/)graph/[^<>]*> \.\n\Z")
Lines = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """The lines of a subject in two datasets; none where it is in one alone. ``subject`` is an IRI."""

    subject: str
    old: Lines
    new: Lines


def quads_file(folder: Path | str) -> Path:
    """Where a folder holds its N-Quads.

    :raises UsageError: if it is neither a release nor a dataset.

    >>> quads_file("responses")
    Traceback (most recent call last):
    msqgraph.errors.UsageError: responses: holds no release and no dataset — give a folder that `msqgraph` wrote
    """
    for name in (RELEASED, BUILT):
        if (path := Path(folder) / name).is_file():
            return path
    raise UsageError(f"{folder}: holds no release and no dataset — give a folder that `msqgraph` wrote")


def base_in(folder: Path | str) -> str:
    """The base IRI of the named graphs in a folder.

    :raises UsageError: if it is neither a release nor a dataset.
    :raises UnreadableInput: if its first line is in no graph of ours.
    """
    path = quads_file(folder)
    with _open(path) as file:
        match = _GRAPH.search(next(iter(file), b""))
    if not match:
        raise UnreadableInput(path, "its first statement is in no graph under a base", "build it anew")
    return match[1].decode()


def subjects(path: Path) -> Iterator[tuple[bytes, Lines]]:
    """The subjects of an N-Quads file, ``<...>``, each with its lines.

    :raises UnreadableInput: if the file is not sorted by line, is cut off, or has blank nodes.
    """
    before = b""
    try:
        with _open(path) as file:
            for subject, lines in groupby(file, key=lambda line: line[: line.find(b">") + 1]):
                if subject <= before:
                    raise UnreadableInput(path, f"is not sorted by line, or has a blank node, at {subject!r}", _ANEW)
                before = subject
                yield subject, tuple(lines)
    except (EOFError, OSError) as error:
        raise UnreadableInput(path, f"is damaged ({error})", _ANEW) from None


_ANEW = "write it anew with `msqgraph`"


def side_by_side(old: Path, new: Path) -> Iterator[Side]:
    """The subjects of two N-Quads files, in order, each with its lines in both.

    :raises UnreadableInput: as :func:`subjects`.
    """
    nothing: tuple[bytes, Lines] = (b"", ())
    lefts, rights = subjects(old), subjects(new)
    left, right = next(lefts, nothing), next(rights, nothing)
    while left[0] or right[0]:
        if left[0] == right[0]:
            yield Side(_iri(left[0]), left[1], right[1])
            left, right = next(lefts, nothing), next(rights, nothing)
        elif not right[0] or (left[0] and left[0] < right[0]):
            yield Side(_iri(left[0]), left[1], ())
            left = next(lefts, nothing)
        else:
            yield Side(_iri(right[0]), (), right[1])
            right = next(rights, nothing)


def parsed(lines: Lines) -> list[ox.Quad]:
    """Lines as quads."""
    import pyoxigraph as ox

    return list(ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS))


def _iri(subject: bytes) -> str:
    return subject[1:-1].decode()


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    return gzip.open(path) if path.suffix == ".gz" else path.open("rb")
