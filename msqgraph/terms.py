"""Terms of RDF: by their prefixed names, and the same triple for the other library.

Oxigraph stores and queries; rdflib is what pySHACL and owlrl work on.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from msqgraph import assets
from msqgraph.namespaces import prefixes

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

_STRING = "http://www.w3.org/2001/XMLSchema#string"


@cache
def term(name: str, base: str = assets.DEFAULT_BASE) -> ox.NamedNode:
    """A term by its prefixed name; ``key:`` is the namespace of the keys.

    >>> term("key:host").value
    'https://w3id.org/msqgraph/mappings/key#host'
    """
    import pyoxigraph as ox

    prefix, _, local = name.partition(":")
    return ox.NamedNode(f"{base}mappings/key#{local}" if prefix == "key" else prefixes(base)[prefix] + local)


def to_rdflib(triple: ox.Triple) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]:
    """A triple of Oxigraph's for rdflib, lexical forms untouched.

    >>> import pyoxigraph as ox
    >>> x = ox.NamedNode("http://example.org/x")
    >>> decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    >>> to_rdflib(ox.Triple(x, x, ox.Literal("30.00", datatype=decimal)))[2].n3()
    '"30.00"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return _rdflib_term(triple.subject), _rdflib_term(triple.predicate), _rdflib_term(triple.object)


def to_oxigraph(terms: Iterable[object]) -> ox.Triple | None:
    """A triple of rdflib's for Oxigraph; None for what RDF does not allow or what has no name.

    >>> import rdflib
    >>> x = rdflib.URIRef("http://example.org/x")
    >>> to_oxigraph((x, x, rdflib.Literal("Sí", lang="es"))).object.language
    'es'
    >>> to_oxigraph((rdflib.Literal("a literal as subject"), x, x))
    """
    import pyoxigraph as ox
    import rdflib

    subject, predicate, value = terms
    if not isinstance(subject, rdflib.URIRef) or not isinstance(predicate, rdflib.URIRef):
        return None
    if isinstance(value, rdflib.URIRef):
        return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))
    if not isinstance(value, rdflib.Literal):
        return None
    datatype = ox.NamedNode(value.datatype) if value.datatype and not value.language else None
    literal = ox.Literal(str(value), language=value.language, datatype=datatype)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), literal)


def in_graph(triple: ox.Triple, graph_iri: str) -> ox.Quad:
    """A triple as a quad of a named graph.

    >>> import pyoxigraph as ox
    >>> x = ox.NamedNode("http://example.org/x")
    >>> in_graph(ox.Triple(x, x, x), "http://example.org/g").graph_name.value
    'http://example.org/g'
    """
    import pyoxigraph as ox

    return ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph_iri))


def text_of(term: object) -> str:
    """A term's IRI or lexical form.

    >>> import pyoxigraph as ox
    >>> text_of(ox.Literal("Sí", language="es"))
    'Sí'
    """
    return str(getattr(term, "value", term))


def _rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    import pyoxigraph as ox
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if not isinstance(term, ox.Literal):
        raise TypeError(f"no term of RDF 1.1: {term}")
    plain = term.language is not None or term.datatype.value == _STRING
    datatype = None if plain else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
