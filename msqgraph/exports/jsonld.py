"""JSON-LD that can be compared line by line: a node per line, graph by graph, its context inside.

Only what all processors read alike: no lists, no numbers as JSON's own, which would lose their lexical forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from json.encoder import encode_basestring
from operator import itemgetter
from typing import IO, Any

from msqgraph.errors import UsageError
from msqgraph.exports.jsonld_context import JsonLdContext
from msqgraph.terms import text_of

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_PLAIN_IRI = re.compile(rb'<[^<>"{}|\\^`\x00-\x20]+>')
_REMEMBERED = 1 << 16
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def write_jsonld(graphs: Iterable[tuple[str, Iterable[bytes]]], output: IO[bytes], context: JsonLdContext) -> None:
    """Writes graphs, each as its sorted lines of N-Quads, as one document.

    :raises UsageError: if a term cannot be written in JSON-LD 1.1: it is named.
    """
    words = _Words(context)
    output.write(f'{context.opening()},\n"@graph": ['.encode())
    between_graphs = "\n"
    for graph, lines in graphs:
        output.write(f'{between_graphs}{{"@id": {words.iri(graph)}, "@graph": ['.encode())
        between_graphs, between = ",\n", "\n"
        for node in _nodes(lines, len(f" <{graph}> .\n".encode()), words):
            output.write(f"{between}{node}".encode())
            between = ",\n"
        output.write(b"\n]}")
    output.write(b"\n]}\n")


def write_jsonld_nodes(lines: Iterable[bytes], output: IO[bytes], context: JsonLdContext) -> None:
    """Writes triples, as sorted lines of N-Triples, as a document without named graphs.

    :raises UsageError: if a term cannot be written in JSON-LD 1.1: it is named.
    """
    words = _Words(context)
    output.write(f'{context.opening()},\n"@graph": ['.encode())
    between = "\n"
    for node in _nodes(lines, len(b" .\n"), words):
        output.write(f"{between}{node}".encode())
        between = ",\n"
    output.write(b"\n]}\n")


def _nodes(lines: Iterable[bytes], end_bytes: int, words: _Words) -> Iterator[str]:
    """Each subject with all that is said of it, its types first; ``end_bytes`` long is what follows an object."""
    triples = (line[:-end_bytes].split(b" ", 2) for line in lines)
    for subject, group in groupby(triples, key=itemgetter(0)):
        said: dict[bytes, list[bytes]] = {}
        for _, predicate, value in group:
            said.setdefault(predicate, []).append(value)
        members = [f'"@id": {words.name(subject)}']
        if types := said.pop(_TYPE, None):
            members.append(f'"@type": {_set([words.name(kind) for kind in types])}')
        for predicate, values in said.items():
            key, word = words.of_property(predicate)
            members.append(f"{key}: {_set([word(value) for value in values])}")
        yield f"{{{', '.join(members)}}}"


def _set(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


class _Words:
    """What the terms of N-Quads are in JSON-LD. Most terms occur many times: what was found is kept, within bounds."""

    def __init__(self, context: JsonLdContext) -> None:
        self._context = context
        self._of_things = frozenset(context.of_things)
        # what a method of these names would be, with a memory
        self.name = lru_cache(_REMEMBERED)(self._name)
        self.value = lru_cache(_REMEMBERED)(self._value)
        self.iri_or_value = lru_cache(_REMEMBERED)(self._iri_or_value)
        self.of_property = lru_cache(_REMEMBERED)(self._of_property)

    def iri(self, iri: str) -> str:
        return encode_basestring(self._context.compact(iri))

    def _name(self, text: bytes) -> str:
        """Of an IRI or a blank node."""
        if _PLAIN_IRI.fullmatch(text):  # most are: no need of a parser
            return self.iri(text[1:-1].decode())
        import pyoxigraph as ox

        term = _term(text)
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if isinstance(term, ox.BlankNode):
            return encode_basestring(str(term))
        raise UsageError(f"{term}: JSON-LD 1.1 cannot say it here — export N-Quads")

    def _of_property(self, text: bytes) -> tuple[str, Callable[[bytes], str]]:
        """Of a predicate, and how its values are said."""
        key = self._context.compact(text_of(_term(text)))
        return encode_basestring(key), self.iri_or_value if key in self._of_things else self.value

    def _value(self, text: bytes) -> str:
        """Of a value whose kind is written out."""
        if not text.startswith(b'"'):
            return f'{{"@id": {self._name(text)}}}'
        literal = _term(text)
        if literal.direction:
            raise UsageError(f"{literal}: not every reader of JSON-LD knows a base direction — export N-Quads")
        words = encode_basestring(literal.value)
        if literal.language:
            return f'{{"@value": {words}, "@language": "{literal.language}"}}'
        datatype = literal.datatype.value
        return words if datatype == _STRING else f'{{"@value": {words}, "@type": {self.iri(datatype)}}}'

    def _iri_or_value(self, text: bytes) -> str:
        """Of a value where a mere string would be an IRI."""
        if not text.startswith(b'"'):
            return self._name(text)
        said = self._value(text)
        return said if said.startswith("{") else f'{{"@value": {said}}}'


def _term(text: bytes) -> Any:
    """The term that is written so in N-Quads."""
    import pyoxigraph as ox

    return next(ox.parse(b"<x:> <x:> " + text + b" .", format=ox.RdfFormat.N_TRIPLES)).object
