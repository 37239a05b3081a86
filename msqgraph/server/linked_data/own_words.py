"""What a document says of itself: what it is about, its licence, its other formats, and what it leaves off."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from msqgraph.exports.catalog_entries import WHOLE
from msqgraph.exports.w3id import SUFFIXES
from msqgraph.imports.describing import Description

if TYPE_CHECKING:
    import pyoxigraph as ox


def own_words(
    path: str, base: str, licence: str, left_off: Iterable[str] = (), can_ask: bool = True
) -> list[ox.Triple]:
    """The triples about the document that describes a thing; they are the same in every format.

    The document goes by its address in Turtle, and the others are its formats.

    :param left_off: in words, what there is besides.
    :param can_ask: whether there is an endpoint: a link to the query that finds what was left off is added then.

    >>> own_words("id/country/PRY", "https://w3id.org/msqgraph/", "https://example.org/licence")[0].subject.value
    'https://w3id.org/msqgraph/id/country/PRY.ttl'
    """
    said, document = Description(base), f"{path}.ttl"
    said.a(document, "foaf:Document")
    said.say(document, "dct:title", f"What is said of {base}{path}", language="en")
    said.link(document, "foaf:primaryTopic", path)
    said.link(document, "dct:license", licence)
    said.link(document, "dct:isPartOf", WHOLE)
    said.link(document, "dct:hasFormat", *(f"{path}.{suffix}" for suffix in SUFFIXES if suffix != "ttl"))
    for words in left_off:
        way = " The query under seeAlso finds all." if can_ask else ""
        said.say(document, "rdfs:comment", f"Left off: {words}.{way}", language="en")
        if can_ask:
            said.link(document, "rdfs:seeAlso", f"{base}sparql?{urlencode({'query': whole_query(base + path)})}")
    return said.sorted()


def whole_query(iri: str) -> str:
    """The query that finds all that is said of a thing, as subject and as object.

    >>> whole_query("http://example.org/x").count("<http://example.org/x>")
    4
    """
    import pyoxigraph as ox

    thing = ox.NamedNode(iri)
    return f"CONSTRUCT {{ {thing} ?p ?o . ?s ?q {thing} }} WHERE {{ {{ {thing} ?p ?o }} UNION {{ ?s ?q {thing} }} }}"
