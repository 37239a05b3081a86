"""What follows from a response's graphs by the ontology: OWL 2 RL entailment on the instance triples.

``reasonable`` does it in a fraction of the time that ``owlrl`` takes; ``owlrl`` is the reference that the tests
compare it with. What says nothing is left out of both: reflexive ``owl:sameAs``, ``owl:Thing``, and everything about
the ontology's own terms.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msqgraph import assets
from msqgraph.published import ontology
from msqgraph.terms import to_oxigraph, to_rdflib

if TYPE_CHECKING:
    import pyoxigraph as ox

_OWL, _RDFS = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2000/01/rdf-schema#"
_EMPTY_CLASSES = {_OWL + "Thing", _OWL + "NamedIndividual", _RDFS + "Resource"}


def entail(
    triples: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE, engine: Literal["reasonable", "owlrl"] = "reasonable"
) -> list[ox.Triple]:
    """The triples that follow from ``triples`` and the ontology and are not among them, sorted.

    :param triples: the response graph and the facts graph.
    :param engine: ``owlrl`` is the reference, and slow.

    >>> import pyoxigraph as ox
    >>> agency, kind = ox.NamedNode("http://example.org/a"), ox.NamedNode("https://w3id.org/msqgraph/ontology#Agency")
    >>> rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    >>> [triple.object.value for triple in entail([ox.Triple(agency, rdf_type, kind)])]
    ['http://data.europa.eu/m8g/PublicOrganisation', 'http://www.w3.org/ns/org#Organization']
    """
    import pyoxigraph as ox

    known = set(triples)
    subjects = {triple.subject for triple in known}
    run = _by_reasonable if engine == "reasonable" else _by_owlrl
    entailed = run([*ontology(base), *known])
    return sorted(
        (
            triple
            for triple in entailed
            if triple.subject in subjects
            and triple not in known
            and not isinstance(triple.object, ox.BlankNode)
            and triple.subject != triple.object
            and not (isinstance(triple.object, ox.NamedNode) and triple.object.value in _EMPTY_CLASSES)
            and not (isinstance(triple.object, ox.Literal) and _respelled(triple, triple.object) in known)
        ),
        key=str,
    )


def _respelled(triple: ox.Triple, value: ox.Literal) -> ox.Triple | None:
    """A triple with a time spelled as we spell it: ``reasonable`` 0.4.4 makes ``+00:00`` of ``Z``, a second value."""
    import pyoxigraph as ox

    if not value.value.endswith("+00:00"):
        return None
    time = ox.Literal(value.value.removesuffix("+00:00") + "Z", datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, time)


def _by_reasonable(triples: list[ox.Triple]) -> list[ox.Triple]:
    import reasonable

    reasoner = reasonable.PyReasoner()
    reasoner.from_graph([to_rdflib(triple) for triple in triples])
    return [triple for terms in reasoner.reason() if (triple := to_oxigraph(terms))]


def _by_owlrl(triples: list[ox.Triple]) -> list[ox.Triple]:
    import owlrl
    import rdflib

    graph = rdflib.Graph()
    for known in triples:
        graph.add(to_rdflib(known))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(graph)
    return [triple for terms in graph if (triple := to_oxigraph(terms))]
