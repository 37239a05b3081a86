"""Every shape is tried on a graph that conforms and on one that breaks each of its constraints.

The twins are ``tests/shapes/<Shape>/{conforms,violates}.ttl``. A shape without twins fails, and so do twins without a
shape, a shape that finds no focus node, and a constraint that finds nothing in the graph that should break it.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL
from rdflib.term import Node

from msqgraph import assets
from msqgraph.build import Unit
from msqgraph.response import KINDS

BASE = assets.DEFAULT_BASE
MSQSH = BASE + "shapes#"
TWINS = Path(__file__).parent / "shapes"
SEVERITIES = {SH.Violation, SH.Warning, SH.Info}
TARGETS = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
NO_CONSTRAINTS = {SH.name, SH.description, SH.message, SH.severity, SH.path, SH.property, *TARGETS}
# parameters that say nothing without another one
NO_COMPONENTS = {SH.qualifiedValueShape}
# our ontology has no deprecated term yet
NOTHING_YET = {"DeprecatedShape"}

Finding = tuple[str, str]


def shape_files() -> list[str]:
    """The shape files, of which there must be some."""
    return list(assets.names("shapes", ".ttl"))


@cache
def shapes() -> Graph:
    """All shape files in one graph."""
    graph = Graph()
    for name in shape_files():
        graph.parse(data=assets.read_text(name), format="turtle")
    return graph


@cache
def targeted(name: str) -> Graph:
    """All shapes, but only this one with its targets, so that whatever is found is its own finding."""
    graph = Graph()
    for shape, predicate, value in shapes():
        if predicate not in TARGETS or shape == URIRef(MSQSH + name):
            graph.add((shape, predicate, value))
    return graph


def node_shapes(graph: Graph | None = None) -> list[str]:
    """The names of the node shapes."""
    return sorted(local(shape) for shape in (graph or shapes()).subjects(RDF.type, SH.NodeShape))


def local(node: Node) -> str:
    """The name of a shape or component within its namespace."""
    return str(node).rpartition("#")[2]


def english(node: Node, predicate: URIRef) -> list[str]:
    """The English values of a property of a shape."""
    return [str(o) for o in shapes().objects(node, predicate) if isinstance(o, Literal) and o.language == "en"]


def validated(data: Graph, name: str) -> tuple[set[Finding], int]:
    """What one node shape finds (shape and component, constraint and component), and its number of focus nodes."""
    _, report, text = pyshacl.validate(data, shacl_graph=targeted(name), inference="none", advanced=False, inplace=True)
    assert isinstance(report, Graph), text
    findings = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        component = local(report.value(result, SH.sourceConstraintComponent) or BNode())
        findings |= {
            (local(source), component)
            for predicate in (SH.sourceShape, SH.sourceConstraint)
            for source in report.objects(result, predicate)
        }
    return findings, len(focus_nodes(data, name))


def focus_nodes(data: Graph, name: str) -> set[Node]:
    """The nodes of a graph that a node shape looks at."""
    (shape,) = (shape for shape in ShapesGraph(targeted(name)).shapes if shape.node == URIRef(MSQSH + name))
    found: set[Node] = shape.focus_nodes(data)
    return found


def constraints(name: str) -> set[Finding]:
    """All that a node shape checks: each shape, and each query, with the component of each of its parameters."""
    shape = URIRef(MSQSH + name)
    expected = set()
    for source in (shape, *shapes().objects(shape, SH.property)):
        for parameter in set(shapes().predicates(source)) & set(ALL_CONSTRAINT_PARAMETERS) - NO_CONSTRAINTS:
            if parameter in NO_COMPONENTS:
                continue
            word = local(parameter)
            component = (
                "SPARQLConstraintComponent"
                if parameter == SH.sparql
                else f"{word[0].upper()}{word[1:]}ConstraintComponent"
            )
            expected.add((local(source), component))
            if parameter == SH.sparql:
                expected |= {(local(query), component) for query in shapes().objects(source, SH.sparql)}
    return expected


def own_ontology() -> Graph:
    """Ontology, code lists, forms and alignments, as they are in ontology/."""
    graph = Graph()
    for name in assets.names("ontology", ".ttl"):
        graph.parse(data=assets.read_text(name), format="turtle")
    return graph


def test_every_node_shape_has_twins_and_every_twin_a_shape() -> None:
    """A shape without twins is untested, and twins without a shape test nothing."""
    names = node_shapes()
    assert names
    assert sorted(path.name for path in TWINS.iterdir()) == names
    assert {p.relative_to(TWINS).as_posix() for p in TWINS.rglob("*.ttl")} == {
        f"{name}/{twin}.ttl" for name in names for twin in ("conforms", "violates")
    }


@pytest.mark.parametrize("name", node_shapes())
def test_conforming_twin(name: str) -> None:
    """The shape looks at something in the conforming graph, and finds nothing, not even a hint."""
    findings, count = validated(Graph().parse(TWINS / name / "conforms.ttl"), name)
    assert count > 0
    assert not findings


@pytest.mark.parametrize("name", node_shapes())
def test_violating_twin(name: str) -> None:
    """Every constraint of the shape finds something in the violating graph."""
    findings, count = validated(Graph().parse(TWINS / name / "violates.ttl"), name)
    assert count > 0
    expected = constraints(name)
    assert expected
    assert expected - findings == set()


def test_every_shape_says_what_it_checks() -> None:
    """Shapes and queries have IRIs of ours, an English name, description and message, and a severity that exists."""
    graph = shapes()
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
    found = {shape for kind in kinds for shape in graph.subjects(RDF.type, kind)}
    assert len(found) > len(node_shapes())
    for shape in found:
        assert isinstance(shape, URIRef)
        assert re.fullmatch(re.escape(MSQSH) + r"[A-Z]\w*(-\w+)*", shape), shape
        counts = {local(p): len(english(shape, p)) for p in (SH.name, SH.description, SH.message)}
        assert counts == {"name": 1, "description": 1, "message": 1}, shape
        assert set(graph.objects(shape, SH.severity)) <= SEVERITIES, shape


def test_shapes_use_only_parameters_that_exist() -> None:
    """A mistyped parameter would check nothing, in silence; each shape checks something."""
    graph = shapes()
    known = {*NO_CONSTRAINTS, *ALL_CONSTRAINT_PARAMETERS, RDF.type}
    for kind in (SH.NodeShape, SH.PropertyShape):
        for shape in graph.subjects(RDF.type, kind):
            used = set(graph.predicates(shape))
            assert used <= known, (shape, used - known)
            assert used & {SH.property, *ALL_CONSTRAINT_PARAMETERS}, shape
            assert kind != SH.NodeShape or used & TARGETS, f"{shape} has no target"


def test_every_property_shape_is_used() -> None:
    """A property shape or condition that nothing refers to checks nothing."""
    graph = shapes()
    used = set(graph.objects(None, SH.property)) | set(graph.objects(None, SH["not"]))
    used |= set(graph.objects(None, SH.qualifiedValueShape))
    for operator in (SH["or"], SH["and"]):
        for members in graph.objects(None, operator):
            used |= set(Collection(graph, members))
    known = set(graph.subjects(RDF.type, SH.PropertyShape))
    assert known
    assert known == used
    queries = list(graph.objects(None, SH.sparql))
    assert Counter(queries) == Counter(graph.subjects(RDF.type, SH.SPARQLConstraint))


def test_blank_nodes_only_in_lists() -> None:
    """Whatever a report can point at has a name."""
    graph = shapes()
    blank = {node for triple in graph for node in triple if isinstance(node, BNode)}
    assert blank == {node for node in graph.subjects(RDF.first, None) if isinstance(node, BNode)}


def test_a_query_says_what_its_shape_says() -> None:
    """pySHACL reports both messages; two wordings would make one result look like two."""
    pairs = list(shapes().subject_objects(SH.sparql))
    assert pairs
    for shape, query in pairs:
        assert english(shape, SH.message) == english(query, SH.message), shape


def test_shape_files_name_no_escaped_base() -> None:
    """The base is exchanged as text, which an escaped dot would prevent."""
    for name in shape_files():
        text = assets.read_text(name)
        assert r"w3id\\.org" not in text
        assert BASE not in assets.read_text(name, "https://example.org/other/")


def test_office_mailboxes_are_those_of_the_list() -> None:
    """The query for personal data lets the published office words through, and no others."""
    query = str(shapes().value(URIRef(MSQSH + "Response-personalData-query"), SH.select))
    match = re.search(r"\(([a-z|]+)\)@", query)
    assert match
    rows = csv.DictReader(assets.read_text("reference/office-mailboxes.csv").splitlines())
    assert sorted(match[1].split("|")) == sorted({row["word"] for row in rows})


@pytest.mark.parametrize(
    ("said", "is_personal"),
    [
        ("jane.doe@nowhere.example", True),
        ("info@nowhere.example, jane@nowhere.example", True),
        ("jane.info@nowhere.example", True),
        ("Phone: +00 123 456 789", True),
        ("+00123456789", True),
        ("INFO@nowhere.example, contact@nowhere.example", False),
        ("follow @nowhere on a network, 50+ services since 2990", False),
        ("Decree No. 2.794 of 16/12/2014, C++, +5 %", False),
        ("[withheld]", False),
    ],
)
def test_personal_data(said: str, is_personal: bool) -> None:
    """Mailboxes of people and international numbers are found, office mailboxes and other numbers are let through."""
    response = URIRef(BASE + "id/response/2999/XXA")
    data = Graph()
    data.add((response, RDF.type, URIRef(BASE + "ontology#Response")))
    data.add((response + "/1/quote", URIRef("http://www.w3.org/ns/oa#exact"), Literal(said)))
    found = ("Response-personalData-query", "SPARQLConstraintComponent") in validated(data, "ResponseShape")[0]
    assert found == is_personal


def test_the_sample_has_no_violation_and_the_warnings_that_it_deserves(unit: Unit) -> None:
    """Paraguay: one address for two ministries, 30 % of GDP, a date that reads two ways, a cut address, lost ticks."""
    findings = unit.validation.findings
    assert not [finding for finding in findings if finding.severity == "Violation"]
    found = {local(URIRef(finding.shape)) for finding in findings}
    expected = {"Country-sharedAddress", "QuantityAnswer-plausible", "Response-ambiguousDate", "Mention-isTruncated"}
    assert expected | {"Response-lostTicks", "Response-guessedSchemes", "NumberedLawShape"} <= found
    shared = [finding.message for finding in findings if finding.shape.endswith("sharedAddress")]
    assert len(shared) == 1
    assert "ministerio-de-desarrollo-social" in shared[0]
    assert "ministerio-del-ambiente" in shared[0]


def test_mentions_name_what_a_transcript_can_name() -> None:
    """The kinds that the shape allows are those of the records, as the context maps them."""
    context = json.loads(assets.read_text("mappings/response.context.jsonld"))["@context"]["names"]["@context"]
    allowed = shapes().value(URIRef(MSQSH + "Mention-names"), SH["in"])
    assert allowed is not None
    # a partner that is a country is mapped as one
    expected = {context.get(kind, context["@vocab"] + kind) for kind in (*KINDS, "Country")}
    assert {str(kind) for kind in Collection(shapes(), allowed)} == expected


def test_our_own_ontology_conforms() -> None:
    """Ontology, code lists, forms, alignments conform to their shapes, and every shape for them looks at something."""
    data = own_ontology()
    names = node_shapes(Graph().parse(data=assets.read_text("shapes/ontology.ttl"), format="turtle"))
    counts = Counter({name: len(focus_nodes(data, name)) for name in names})
    assert {name for name in names if not counts[name]} == NOTHING_YET
    assert counts["ConceptShape"] == len(set(data.subjects(SKOS.inScheme, None)))
    findings = {finding for name in names for finding in validated(data, name)[0]}
    assert not findings


def test_every_term_of_ours_that_is_used_is_declared() -> None:
    """Shapes, rules, context, code lists and forms use no term that the ontology does not declare."""
    namespace = BASE + "ontology#"
    data = own_ontology()
    declared = {
        local(term)
        for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
        for term in data.subjects(RDF.type, kind)
        if str(term).startswith(namespace)
    }
    assert declared
    names = [*shape_files(), *assets.names("mappings", ".rq"), *assets.names("mappings", ".jsonld")]
    names += [name for name in assets.names("ontology", ".ttl") if name != "ontology/msq.ttl"]
    checked: set[str] = set()
    for name in names:
        text = re.sub(r"^\s*#.*$", "", assets.read_text(name), flags=re.MULTILINE)
        used = set(re.findall(r"(?<![\w:/])msq:([A-Za-z]\w*)", text))
        assert used <= declared, (name, used - declared)
        checked |= used
    assert len(checked) > len(declared) / 2
