"""Descriptions as documents: sorted, prefixed, the same bytes for the same triples, in each format."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

from msqgraph.exports.jsonld import write_jsonld_nodes
from msqgraph.exports.jsonld_context import JsonLdContext
from msqgraph.exports.rdf import declared_prefixes, jsonld_context, turtle
from msqgraph.exports.rdf_xml import write_rdf_xml

_WITHOUT_TYPE = {
    "http://www.w3.org/2001/XMLSchema#string",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
}


def document(triples: Iterable[ox.Triple], suffix: str, base: str) -> bytes:
    """Triples in the format of a suffix: ``ttl``, ``jsonld``, ``nt`` or ``rdf``.

    :raises UsageError: if the format cannot hold a term: it is named, with what to do.

    >>> x = ox.NamedNode("https://w3id.org/msqgraph/ontology#x")
    >>> document([ox.Triple(x, x, ox.Literal("1"))], "nt", "https://w3id.org/msqgraph/")
    b'<https://w3id.org/msqgraph/ontology#x> <https://w3id.org/msqgraph/ontology#x> "1" .\\n'
    """
    told = set(triples)
    if suffix == "ttl":
        return turtle(told, base)
    lines = sorted(f"{triple} .\n".encode() for triple in told)
    if suffix == "nt":
        return b"".join(lines)
    output = io.BytesIO()
    if suffix == "jsonld":
        write_jsonld_nodes(lines, output, _context(base).for_iris(_iris(told)))
    else:
        ordered = (quad.triple for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES))
        write_rdf_xml(ordered, output, _prefixes(base))
    return output.getvalue()


def context_document(base: str) -> bytes:
    """The whole context of JSON-LD documents, as a document of its own."""
    return _context(base).document().encode()


@cache
def _context(base: str) -> JsonLdContext:
    return jsonld_context(base)


@cache
def _prefixes(base: str) -> dict[str, str]:
    return declared_prefixes(base)


def _iris(triples: Iterable[ox.Triple]) -> set[str]:
    """Of all terms, and of the types that literals have to be written with."""
    terms = {term for triple in triples for term in (triple.subject, triple.predicate, triple.object)}
    found = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    return found | {term.datatype.value for term in terms if isinstance(term, ox.Literal)} - _WITHOUT_TYPE
