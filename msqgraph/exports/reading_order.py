"""The order in which people read RDF: subjects as they sort, what a thing is before what is said of it.

The only place that knows it. It is that of sorted N-Triples or N-Quads, but for the types, so sorted lines need no
second sorting: only the lines of one subject are ever held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "


def types_first(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Sorted lines of N-Triples, or of N-Quads of one graph, in reading order.

    >>> a = b"<http://example.org/x> <http://example.org/a> <http://example.org/y> ."
    >>> kind = b"<http://example.org/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.org/Y> ."
    >>> list(types_first([a, kind])) == [kind, a]
    True
    """
    for subject, group in groupby(lines, key=_subject):
        at = len(subject) + 1
        of_subject = list(group)
        if len(of_subject) > 1:
            of_subject.sort(key=lambda line: not line.startswith(_TYPE, at))
        yield from of_subject


def _subject(line: bytes) -> bytes:
    return line[: line.index(b" ")]
