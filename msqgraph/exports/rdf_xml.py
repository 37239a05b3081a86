"""RDF/XML for tools that read nothing else. pyoxigraph writes it; what XML cannot hold is refused before.

XML 1.0 has no way to write most control characters, and an element's name is no percent-escape or digit. pyoxigraph
writes both as they are, which no XML parser then reads, and a carriage return, which every parser reads as a newline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, cast
from xml.parsers import expat

from msqgraph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # https://www.w3.org/TR/xml/#charsets


def write_rdf_xml(triples: Iterable[ox.Triple], output: IO[bytes], prefixes: dict[str, str]) -> None:
    """Writes triples in the order they come in.

    :raises UsageError: if a triple cannot be written in RDF/XML 1.1: it is named.
    """
    import pyoxigraph as ox

    ox.serialize(
        _writable(triples, prefixes),
        output=cast("IO[bytes]", _WithoutReturns(output)),
        format=ox.RdfFormat.RDF_XML,
        prefixes=prefixes,
    )


class _WithoutReturns:
    """A file in which carriage returns become references; only literals hold any, never markup."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output

    def write(self, data: bytes) -> int:
        self._output.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._output.flush()


def _writable(triples: Iterable[ox.Triple], prefixes: dict[str, str]) -> Iterator[ox.Triple]:
    import pyoxigraph as ox

    good: set[ox.NamedNode] = set()
    for triple in triples:
        predicate, value = triple.predicate, triple.object
        if predicate not in good:
            if not _is_element(predicate, prefixes):
                raise UsageError(
                    f"{triple.subject} {predicate}: no element of RDF/XML can be called so — use a property whose IRI "
                    "ends in a name that begins with a letter"
                )
            good.add(predicate)
        if isinstance(value, ox.Literal):
            if (found := _NOT_IN_XML.search(value.value)) or value.direction:
                what = f"the character U+{ord(found[0]):04X}" if found else "a base direction"
                raise UsageError(
                    f"{triple.subject} {predicate}: XML cannot hold {what} — take it out of the text at its source"
                )
        elif isinstance(value, ox.Triple):
            raise UsageError(f"{triple.subject} {predicate}: RDF/XML 1.1 has no triples as values — name it by an IRI")
        yield triple


def _is_element(predicate: ox.NamedNode, prefixes: dict[str, str]) -> bool:
    """Whether what pyoxigraph makes of the property is read as the same property by an XML parser."""
    import pyoxigraph as ox

    names: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, _attributes: names.append(name.replace(" ", ""))
    try:
        one = ox.serialize([ox.Triple(predicate, predicate, predicate)], format=ox.RdfFormat.RDF_XML, prefixes=prefixes)
        parser.Parse(one or b"", True)
    except (OSError, expat.ExpatError):
        return False
    return names[-1] == predicate.value
