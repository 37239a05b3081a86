"""The stated indicators keep the integrity constraints of the W3C Data Cube vocabulary (its section 11.1).

Each constraint is a query that selects offenders, and each is tried on a planted one. Constraints 7 to 10 and 18 speak
of slices, 19 to 21 of code lists of dimensions; the cube has neither, and the first test sees to it that this stays so.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from msqgraph.store import EmbeddedStore

PREFIXES = """
PREFIX msq: <https://w3id.org/msqgraph/ontology#>
PREFIX o: <https://w3id.org/msqgraph/id/observation/msq-indicators/staff-using-ict-share/2020/>
PREFIX cube: <https://w3id.org/msqgraph/id/cube/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmxa: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmxd: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
PROPERTY = "qb:component/(qb:componentProperty|qb:dimension|qb:measure|qb:attribute)"
# two observations of one structure differ in a dimension
DIFFER = f"?s {PROPERTY} ?d . ?d a qb:DimensionProperty . ?x ?d ?v . ?y ?d ?w FILTER(?v != ?w)"

# name → the query's pattern, whose ?x is the offender; and an update that plants one
CONSTRAINTS = {
    "1 one data set per observation": (
        "?x a qb:Observation OPTIONAL { ?x qb:dataSet ?a } OPTIONAL { ?x qb:dataSet ?b FILTER(?a != ?b) }"
        "FILTER(!BOUND(?a) || BOUND(?b))",
        "INSERT DATA { o:PRY qb:dataSet <urn:x> }",
    ),
    "2 one structure per data set": (
        "?x a qb:DataSet OPTIONAL { ?x qb:structure ?a } OPTIONAL { ?x qb:structure ?b FILTER(?a != ?b) }"
        "FILTER(!BOUND(?a) || BOUND(?b))",
        "INSERT DATA { cube:msq-indicators qb:structure <urn:x> }",
    ),
    "3 a structure has a measure": (
        f"?x a qb:DataStructureDefinition MINUS {{ ?x {PROPERTY} ?m . ?m a qb:MeasureProperty }}",
        "INSERT DATA { <urn:x> a qb:DataStructureDefinition }",
    ),
    "4 dimensions have a range": (
        "?x a qb:DimensionProperty MINUS { ?x rdfs:range ?r }",
        "INSERT DATA { <urn:x> a qb:DimensionProperty }",
    ),
    "5 concept dimensions have a code list": (
        "?x a qb:DimensionProperty ; rdfs:range skos:Concept MINUS { ?x qb:codeList ?l }",
        "INSERT DATA { <urn:x> a qb:DimensionProperty ; rdfs:range skos:Concept }",
    ),
    "6 only attributes are optional": (
        "?x qb:componentRequired false ; (qb:componentProperty|qb:dimension|qb:measure|qb:attribute) ?p"
        " MINUS { ?p a qb:AttributeProperty }",
        "INSERT DATA { <urn:x> qb:componentRequired false ; qb:dimension sdmxd:refArea }",
    ),
    "11 all dimensions have values": (
        f"?x qb:dataSet/qb:structure/{PROPERTY} ?d . ?d a qb:DimensionProperty FILTER NOT EXISTS {{ ?x ?d ?v }}",
        "DELETE WHERE { o:PRY sdmxd:refPeriod ?v }",
    ),
    "12 no two observations for one key": (
        "?x qb:dataSet ?c . ?y qb:dataSet ?c . ?c qb:structure ?s FILTER(STR(?x) < STR(?y))"
        f"FILTER NOT EXISTS {{ {DIFFER} }}",
        "INSERT { <urn:x> ?p ?v } WHERE { o:PRY ?p ?v }",
    ),
    "13 required attributes have values": (
        "?x qb:dataSet/qb:structure/qb:component ?c . ?c qb:componentRequired true ; qb:attribute ?a"
        " FILTER NOT EXISTS { ?x ?a ?v }",
        "DELETE WHERE { o:PRY sdmxa:unitMeasure ?v }",
    ),
    "14 without a measure dimension all measures have values": (
        f"?x qb:dataSet/qb:structure ?s . ?s {PROPERTY} ?m . ?m a qb:MeasureProperty"
        f" FILTER NOT EXISTS {{ ?s {PROPERTY} qb:measureType }} FILTER NOT EXISTS {{ ?x ?m ?v }}",
        "DELETE DATA { msq:MeasureTypeComponent qb:dimension qb:measureType }",
    ),
    "15 the measure that the type names has a value": (
        "?x qb:measureType ?m FILTER NOT EXISTS { ?x ?m ?v }",
        "DELETE WHERE { o:PRY msq:staffUsingIctShare ?v }",
    ),
    "16 and no other measure has one": (
        f"?x qb:dataSet/qb:structure ?s ; qb:measureType ?m . ?s {PROPERTY} ?n . ?n a qb:MeasureProperty"
        " FILTER(?n != ?m) FILTER EXISTS { ?x ?n ?v }",
        "INSERT DATA { o:PRY msq:staffUsingInternetShare 80.0 }",
    ),
    "17 the measures that qb:measure promises are all there": (
        "?x qb:dataSet ?c . ?c qb:structure ?s . ?s qb:component/qb:measure ?m FILTER NOT EXISTS {"
        " ?y qb:dataSet ?c ; qb:measureType ?m"
        f" FILTER NOT EXISTS {{ {DIFFER} FILTER(?d != qb:measureType) }} }}",
        "INSERT DATA { msq:StaffUsingIctComponent qb:measure msq:staffUsingIctShare }",
    ),
}


def offenders(store: ox.Store | EmbeddedStore, pattern: str) -> set[str]:
    """What a constraint's query selects."""
    rows = store.query(f"{PREFIXES} SELECT DISTINCT ?x WHERE {{ {pattern} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {row["x"].value for row in rows}


def test_there_is_a_cube_to_look_at(store: EmbeddedStore) -> None:
    """Four observations, no slices, no code lists of dimensions."""
    assert len(offenders(store, "?x a qb:Observation")) == 4
    assert offenders(store, "?y qb:slice|qb:sliceKey|qb:codeList ?x") == set()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_holds(store: EmbeddedStore, name: str) -> None:
    """No offender in the merge."""
    assert offenders(store, CONSTRAINTS[name][0]) == set()


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_bites(store: EmbeddedStore, name: str) -> None:
    """A planted offender is found."""
    pattern, plant = CONSTRAINTS[name]
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    broken = ox.Store()
    broken.bulk_extend(ox.Quad(*triple) for triple in triples)
    broken.update(PREFIXES + plant)
    assert offenders(broken, pattern)
