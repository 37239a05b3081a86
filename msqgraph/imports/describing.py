"""Triples in the making: terms by prefixed name, by path under the base, or by full IRI."""

from __future__ import annotations

import pyoxigraph as ox

from msqgraph.namespaces import prefixes

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class Description:
    """What is said, in the order it was said; each term is made once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.triples: list[ox.Triple] = []
        self._prefixes = {
            **prefixes(base),
            "sdmxa": prefixes(base)["sdmx-attribute"],
            "sdmxd": prefixes(base)["sdmx-dimension"],
        }
        self._nodes: dict[str, ox.NamedNode] = {}

    def node(self, name: str) -> ox.NamedNode:
        """A term: ``msq:Portal``, ``id/country/PRY``, or a full IRI.

        >>> description = Description("https://example.org/")
        >>> [description.node(name).value for name in ("id/country/PRY", "dct:source", "http://a.gov/")]
        ['https://example.org/id/country/PRY', 'http://purl.org/dc/terms/source', 'http://a.gov/']
        """
        if (known := self._nodes.get(name)) is None:
            prefix, colon, local = name.partition(":")
            if not colon:
                iri = self.base + name
            else:
                iri = self._prefixes[prefix] + local if prefix in self._prefixes else name
            known = self._nodes[name] = ox.NamedNode(iri)
        return known

    def a(self, subject: str, *classes: str) -> None:
        """What a thing is."""
        for name in classes:
            self.triples.append(ox.Triple(self.node(subject), _TYPE, self.node(name)))

    def link(self, subject: str, predicate: str, *targets: str) -> None:
        """What a thing is related to."""
        for target in targets:
            self.triples.append(ox.Triple(self.node(subject), self.node(predicate), self.node(target)))

    def say(
        self, subject: str, predicate: str, text: str, *, language: str | None = None, datatype: str = "string"
    ) -> None:
        """A literal of a thing: text, in a language if one is given, or a value of an XSD type."""
        kind = None if language else self.node(_XSD + datatype)
        value = ox.Literal(text, language=language, datatype=kind)
        self.triples.append(ox.Triple(self.node(subject), self.node(predicate), value))

    def sorted(self) -> list[ox.Triple]:
        """Each triple once, in order."""
        return sorted(set(self.triples), key=str)
