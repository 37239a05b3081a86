"""The cubes keep the integrity constraints of the W3C Data Cube vocabulary (its section 11.1).

Each constraint is a query that selects offenders; it is asked of each cube, and tried on an offender planted in each.
Constraints 7 to 10 and 18 speak of slices, 19 to 21 of code lists of dimensions; the cubes have neither, and a test
sees to it that this stays so.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from msqgraph.imports.egdi import import_egdi
from msqgraph.published import published_graphs
from msqgraph.store import EmbeddedStore

# cube → how many observations it has; a measure that offenders are planted under, another one, and its component
CUBES = {
    "msq-indicators": (4, "staff-using-ict-share", "staffUsingIctShare", "staffUsingInternetShare", "StaffUsingIct"),
    "egdi": (9247, "egdi", "egdi", "osi", "Egdi"),
}
PREFIXES = """
PREFIX msq: <https://w3id.org/msqgraph/ontology#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmxa: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmxd: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
PROPERTY = "qb:component/(qb:componentProperty|qb:dimension|qb:measure|qb:attribute)"
# two observations of one structure differ in a dimension
DIFFER = f"?s {PROPERTY} ?d . ?d a qb:DimensionProperty . ?x ?d ?v . ?y ?d ?w FILTER(?v != ?w)"

# all dimensions that a structure of ours has; a test sees to it that there is no other
DIMENSIONS = {"sdmxd:refArea": "?a", "sdmxd:refPeriod": "?p", "msq:edition": "?e", "qb:measureType": "?m"}
KEY = "".join(f"; {dimension} {variable} " for dimension, variable in DIMENSIONS.items())

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
        "INSERT DATA { cube: qb:structure <urn:x> }",
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
    "12 no two observations for one key": (  # grouped by the four dimensions: compared in pairs, 9,000 take minutes
        f"{{ SELECT (SAMPLE(?o) AS ?x) WHERE {{ ?o qb:dataSet ?c {KEY} }} GROUP BY ?c ?a ?p ?e ?m"
        " HAVING(COUNT(?o) > 1) }",
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
        "DELETE WHERE { o:PRY cube-measure: ?v }",
    ),
    "16 and no other measure has one": (
        f"?x qb:dataSet/qb:structure ?s ; qb:measureType ?m . ?s {PROPERTY} ?n . ?n a qb:MeasureProperty"
        " FILTER(?n != ?m) FILTER EXISTS { ?x ?n ?v }",
        "INSERT DATA { o:PRY other-measure: 0.8 }",
    ),
    "17 the measures that qb:measure promises are all there": (
        "?x qb:dataSet ?c . ?c qb:structure ?s . ?s qb:component/qb:measure ?m FILTER NOT EXISTS {"
        " ?y qb:dataSet ?c ; qb:measureType ?m"
        f" FILTER NOT EXISTS {{ {DIFFER} FILTER(?d != qb:measureType) }} }}",
        "INSERT DATA { cube-component: qb:measure cube-measure: }",
    ),
}


def offenders(store: ox.Store | EmbeddedStore, pattern: str) -> set[str]:
    """What a constraint's query selects."""
    rows = store.query(f"{PREFIXES} SELECT DISTINCT ?x WHERE {{ {pattern} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return {row["x"].value for row in rows}


def planting(cube: str, update: str) -> str:
    """An update with the prefixes of a cube."""
    _, slug, measure, other, component = CUBES[cube]
    return f"""{PREFIXES}
PREFIX o: <https://w3id.org/msqgraph/id/observation/{cube}/{slug}/2020/>
PREFIX cube: <https://w3id.org/msqgraph/id/cube/{cube}>
PREFIX cube-measure: <https://w3id.org/msqgraph/ontology#{measure}>
PREFIX other-measure: <https://w3id.org/msqgraph/ontology#{other}>
PREFIX cube-component: <https://w3id.org/msqgraph/ontology#{component}Component>
{update}"""


def loaded(triples: list[ox.Triple]) -> EmbeddedStore:
    """A store with what the package publishes, and these triples."""
    known = [triple for graph in published_graphs().values() for triple in graph]
    return EmbeddedStore().load(ox.Quad(*triple) for triple in [*known, *triples])


@pytest.fixture(scope="module")
def cubes(store: EmbeddedStore) -> dict[str, EmbeddedStore]:
    """Each cube in full: the sample's, and the figures that come with the package."""
    return {"msq-indicators": store, "egdi": loaded(import_egdi().triples)}


@pytest.fixture(scope="module")
def small_cubes(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> dict[str, EmbeddedStore]:
    """Each cube as small as it can be with a gap."""
    file: Path = tmp_path_factory.mktemp("egdi") / "egdi.csv"
    file.write_text("iso3,survey_year,egdi,osi\nPRY,2020,0.5,0.5\nURY,2020,,0.5\n", encoding="utf-8")
    return {"msq-indicators": store, "egdi": loaded(import_egdi(file).triples)}


@pytest.mark.parametrize("cube", CUBES)
def test_there_is_a_cube_to_look_at(cubes: dict[str, EmbeddedStore], cube: str) -> None:
    """Its observations, its four dimensions, no slices, no code lists of dimensions."""
    iri = f"<https://w3id.org/msqgraph/id/cube/{cube}>"
    assert len(offenders(cubes[cube], f"?x a qb:Observation ; qb:dataSet {iri}")) == CUBES[cube][0]
    dimensions = offenders(cubes[cube], f"{iri} qb:structure/{PROPERTY} ?x . ?x a qb:DimensionProperty")
    assert dimensions == offenders(cubes[cube], f"VALUES ?x {{ {' '.join(DIMENSIONS)} }}")
    assert offenders(cubes[cube], "?y qb:slice|qb:sliceKey|qb:codeList ?x") == set()


@pytest.mark.parametrize("cube", CUBES)
@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_holds(cubes: dict[str, EmbeddedStore], name: str, cube: str) -> None:
    """No offender."""
    assert offenders(cubes[cube], CONSTRAINTS[name][0]) == set()


@pytest.mark.parametrize("cube", CUBES)
@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraint_bites(small_cubes: dict[str, EmbeddedStore], name: str, cube: str) -> None:
    """A planted offender is found."""
    pattern, plant = CONSTRAINTS[name]
    triples = small_cubes[cube].query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    broken = ox.Store()
    broken.bulk_extend(ox.Quad(*triple) for triple in triples)
    broken.update(planting(cube, plant))
    assert offenders(broken, pattern)
