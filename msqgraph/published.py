"""What the project itself publishes, as graphs: ontology, code lists, forms, links and reference data."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph import assets

if TYPE_CHECKING:
    import pyoxigraph as ox

_RDF, _SKOS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2004/02/skos/core#"
_DCT = "http://purl.org/dc/terms/"
# what rules look things up in, and what is validated together with a response
_BACKGROUND = ("graph/ontology", "graph/codes", "graph/questionnaire/")


@cache
def published_graphs(base: str = assets.DEFAULT_BASE) -> dict[str, list[ox.Triple]]:
    """The named graphs that come with the project, by path.

    >>> [path for path in published_graphs() if path.startswith("graph/questionnaire/")]
    ['graph/questionnaire/2020']
    """
    graphs = {}
    for name in [*assets.names("ontology", ".ttl"), *assets.names("reference", ".ttl")]:
        graphs[_graph_path(name)] = _parsed(name, base)
    return graphs


@cache
def background(base: str = assets.DEFAULT_BASE) -> list[ox.Triple]:
    """Ontology, code lists and forms: the terms that any response is told in.

    >>> len(background()) > 1000
    True
    """
    return [t for path, triples in published_graphs(base).items() if path.startswith(_BACKGROUND) for t in triples]


def countries_in(triples: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE) -> list[ox.Triple]:
    """What is published about the countries that triples refer to.

    >>> import pyoxigraph as ox
    >>> x, paraguay = ox.NamedNode("http://example.org/x"), ox.NamedNode("https://w3id.org/msqgraph/id/country/PRY")
    >>> "Paraguay" in [getattr(t.object, "value", "") for t in countries_in([ox.Triple(x, x, paraguay)])]
    True
    """
    known = _by_subject(base)
    return [t for term in sorted({t.object for t in triples} & known.keys(), key=str) for t in known[term]]


def user_assigned_country(iso3: str, base: str = assets.DEFAULT_BASE) -> list[ox.Triple]:
    """What is said of a country that only has a user-assigned code; it is no member of the UN.

    >>> len(user_assigned_country("XAA"))
    8
    """
    import pyoxigraph as ox

    def term(name: str) -> ox.NamedNode:
        prefix, _, local = name.partition(":")
        return ox.NamedNode({"rdf": _RDF, "skos": _SKOS, "dct": _DCT, "msq": base + "ontology#"}[prefix] + local)

    country = ox.NamedNode(f"{base}id/country/{iso3}")
    note = "The code is one that ISO 3166-1 leaves to its users: it stands for no country that the United Nations know."
    said: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        *(("rdf:type", term(kind)) for kind in ("msq:Country", "skos:Concept", "dct:Location")),
        ("skos:prefLabel", ox.Literal(f"Country {iso3}", language="en")),
        ("skos:notation", ox.Literal(iso3)),
        ("skos:scopeNote", ox.Literal(note, language="en")),
        ("msq:iso3", ox.Literal(iso3)),
        ("msq:isUnMember", ox.Literal(False)),
    ]
    return [ox.Triple(country, term(predicate), value) for predicate, value in said]


@cache
def _by_subject(base: str) -> dict[object, list[ox.Triple]]:
    found: dict[object, list[ox.Triple]] = {}
    for triple in published_graphs(base)["graph/reference/countries"]:
        found.setdefault(triple.subject, []).append(triple)
    return found


def ontology(base: str = assets.DEFAULT_BASE) -> list[ox.Triple]:
    """The ontology's triples.

    >>> len(ontology()) > 500
    True
    """
    return published_graphs(base)["graph/ontology"]


def _graph_path(name: str) -> str:
    stem = Path(name).stem
    if stem.startswith("questionnaire-"):
        return f"graph/questionnaire/{stem.removeprefix('questionnaire-')}"
    known = {"ontology/msq.ttl": "graph/ontology", "ontology/codes.ttl": "graph/codes"}
    return known.get(name, f"graph/reference/{stem}")


def _parsed(name: str, base: str) -> list[ox.Triple]:
    import pyoxigraph as ox

    return [quad.triple for quad in ox.parse(assets.read_text(name, base), format=ox.RdfFormat.TURTLE)]
