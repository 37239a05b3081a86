"""The ontology is in OWL 2 DL but for what is listed here, it is consistent, and the data contradict none of it.

HermiT (in ``owlready2``) looks for contradictions, horned-owl (``py-horned-owl``) checks the profile. Both are also
given what they must not accept. See ``docs/decisions/0020-ontology-profile.md``.
"""

from __future__ import annotations

import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyhornedowl import open_ontology
from pyhornedowl.profile import check_profile
from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from msqgraph import assets
from msqgraph.store import EmbeddedStore
from tests.system import require

MSQ = Namespace(assets.DEFAULT_BASE + "ontology#")
HEADER = assets.DEFAULT_BASE + "ontology"
THING = URIRef(assets.DEFAULT_BASE + "id/planted")
RESERVED = (str(OWL), str(RDF), str(RDFS), str(XSD))
# reification is a part of RDF that OWL 2 DL has no place for; msq:Statement stands on it all the same
REIFIED = (MSQ.Statement, RDFS.subClassOf, RDF.Statement)
# datatypes that OWL 2 does not have: HermiT refuses dates and years, horned-owl what came with RDF 1.1
DATED = {
    *((MSQ[name], RDFS.range, XSD.gYear) for name in ("referenceYear", "citedYear", "year")),
    *((MSQ[name], RDFS.range, XSD.date) for name in ("dateCandidate", "citedDate")),
    (URIRef("http://purl.org/linked-data/sdmx/2009/dimension#refPeriod"), RDFS.range, XSD.gYear),
}
TAGGED = {(MSQ[name], RDFS.range, RDF.langString) for name in ("wording", "defines")}
DATES = {XSD.date, XSD.gYear}
# of the datatype map of OWL 2, those that are used
DATATYPES = {RDFS.Literal, XSD.boolean, XSD.decimal, XSD.integer, XSD.string}
AXIOMS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.disjointWith,
    OWL.propertyDisjointWith,
    OWL.inverseOf,
)
LEAST_CLASSES, LEAST_OWN_CLASSES, LEAST_DISJOINT = 45, 28, 90

Triple = tuple[Node, Node, Node]


def published() -> Graph:
    """Ontology, code lists, forms and alignments, as they are in ontology/."""
    graph = Graph()
    for name in assets.names("ontology", ".ttl"):
        graph.parse(data=assets.read_text(name), format="turtle")
    return graph


def without_dates(graph: Graph) -> Graph:
    """The same graph without the ranges and literals whose datatypes OWL 2 does not have."""
    kept = Graph()
    for s, p, o in graph:
        if (s, p, o) not in DATED and not (isinstance(o, Literal) and o.datatype in DATES):
            kept.add((s, p, o))
    return kept


def unsatisfiable(graph: Graph, *planted: Triple) -> tuple[int, set[str]]:
    """How many classes HermiT looked at, and the IRIs of those that nothing can be in.

    :raises OwlReadyInconsistentOntologyError: if there is no model at all.
    """
    require("java", "default-jre-headless")
    import owlready2

    graph = without_dates(graph)
    for triple in planted:
        graph.add(triple)
    world = owlready2.World()  # of its own, so that nothing stays in owlready2's default world
    try:
        world.get_ontology(str(MSQ)).load(fileobj=io.BytesIO(graph.serialize(format="nt", encoding="utf-8")))
        count = len(list(world.classes()))
        owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
        return count, {found.iri for found in world.inconsistent_classes()} - {str(OWL.Nothing)}
    finally:
        world.close()


def in_dl() -> Graph:
    """The ontology without the axioms that are known not to be in OWL 2 DL."""
    kept = without_dates(published())
    for triple in (REIFIED, *TAGGED):
        kept.remove(triple)
    return kept


def broken_rules(graph: Graph) -> list[str]:
    """What horned-owl finds in a graph that is not OWL 2 DL."""
    quads = ox.parse(graph.serialize(format="nt", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    # the header has to come first: horned-owl takes a version IRI that it meets before it for an annotation
    triples = sorted((quad.triple for quad in quads), key=lambda triple: (triple.subject.value != HEADER, str(triple)))
    document = ox.serialize(triples, format=ox.RdfFormat.RDF_XML)
    assert document is not None
    return [
        type(v).__name__ for v in check_profile(open_ontology(document.decode(), serialization="rdf"), "DL").violations
    ]


def disjoint_pairs(graph: Graph) -> set[tuple[Node, Node]]:
    """The pairs of classes that share no member."""
    return set(graph.subject_objects(OWL.disjointWith))


def test_no_class_is_unsatisfiable() -> None:
    """Every class, of ours and of others, can have a member, and there are enough of them and of reasons why not."""
    graph = published()
    count, empty = unsatisfiable(graph)
    assert count >= LEAST_CLASSES
    assert len(disjoint_pairs(graph)) >= LEAST_DISJOINT
    assert empty == set()


def test_a_planted_contradiction_is_found() -> None:
    """A class below two disjoint ones can have no member: the check above can fail."""
    planted = MSQ.Planted
    _, empty = unsatisfiable(
        published(),
        (planted, RDF.type, OWL.Class),
        (planted, RDFS.subClassOf, MSQ.Agency),
        (planted, RDFS.subClassOf, MSQ.Country),
    )
    assert empty == {str(planted)}


@pytest.mark.parametrize(
    "planted",
    [
        [(THING, RDF.type, MSQ.Agency), (THING, RDF.type, MSQ.Portal)],
        [(THING, MSQ.portalType, MSQ.Planted), (THING, MSQ.responsibleFor, MSQ.Planted)],
        [(THING, MSQ.ticked, MSQ.Planted), (THING, MSQ.tickUnknown, MSQ.Planted)],
    ],
    ids=["two disjoint classes", "two disjoint domains", "two disjoint properties"],
)
def test_a_planted_fact_that_cannot_be_is_found(planted: list[Triple]) -> None:
    """What the data may not say makes the ontology inconsistent, by class, by domain and by property."""
    from owlready2 import OwlReadyInconsistentOntologyError

    with pytest.raises(OwlReadyInconsistentOntologyError):
        unsatisfiable(published(), *planted)


def test_the_ontology_is_in_owl_2_dl() -> None:
    """All files together, but for the axioms named at the top of this file, each of which is there to be left out."""
    graph = published()
    assert {triple for triple in (REIFIED, *DATED, *TAGGED) if triple not in graph} == set()
    assert len(graph) > len(in_dl()) > 5000
    assert broken_rules(in_dl()) == []


@pytest.mark.parametrize(
    "planted",
    [
        REIFIED,
        (MSQ.Agency, RDFS.subClassOf, MSQ.Undeclared),
        (MSQ.sha256, RDF.type, OWL.ObjectProperty),
        (MSQ.marker, RDFS.range, RDF.langString),
    ],
    ids=["reserved word", "undeclared class", "property of two kinds", "datatype"],
)
def test_what_is_not_owl_2_dl_is_found(planted: Triple) -> None:
    """One triple too many, and the check above fails."""
    graph = in_dl()
    graph.add(planted)
    assert broken_rules(graph)


def test_axioms_use_no_reserved_word() -> None:
    """No axiom is about RDF, RDFS or OWL or stands on them, but the one named above; ranges are datatypes of OWL 2."""
    graph = in_dl()
    axioms = [(s, p, o) for p in AXIOMS for s, o in graph.subject_objects(p)]
    assert len(axioms) > LEAST_DISJOINT
    assert [s for s, _, _ in axioms if str(s).startswith(RESERVED)] == []
    reserved = {(p, o) for _, p, o in axioms if str(o).startswith(RESERVED)}
    assert reserved == {(RDFS.range, datatype) for datatype in DATATYPES}


def test_nothing_is_functional() -> None:
    """A reasoner would merge what two editions or two sources say: how many there may be is the business of shapes."""
    graph = published()
    for kind in (OWL.FunctionalProperty, OWL.InverseFunctionalProperty):
        assert set(graph.subjects(RDF.type, kind)) == set()
    assert set(graph.subject_objects(OWL.hasKey)) == set()


def test_nothing_in_the_data_is_in_two_disjoint_classes(world: Path) -> None:
    """Two countries, the figures of the survey and another source: no thing of theirs contradicts the ontology."""
    store, pairs = EmbeddedStore(world / "store"), disjoint_pairs(published())
    members = {
        kind: {str(row["x"]) for row in solutions(store, f"SELECT ?x WHERE {{ ?x a <{kind}> }}")}
        for kind in {kind for pair in pairs for kind in pair}
    }
    assert sum(1 for found in members.values() if found) > len(members) / 2
    assert [(one, other) for one, other in pairs if members[one] & members[other]] == []


def solutions(store: EmbeddedStore, query: str) -> ox.QuerySolutions:
    """The rows of a query."""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return found


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_no_two_classes_are_called_the_same(language: str) -> None:
    """A translation that gave two classes one name would have lost the difference."""
    graph = published()
    names = [
        str(label)
        for term in graph.subjects(RDF.type, OWL.Class)
        for label in graph.objects(term, RDFS.label)
        if isinstance(label, Literal) and label.language == language
    ]
    assert len(names) >= LEAST_OWN_CLASSES
    assert len(names) == len(set(names))
