"""SHACL: what the shapes in ``shapes/`` find in a response's graphs, and how many focus nodes each shape looked at.

A violation is a result, never an exception. Every response is validated by itself, with the code lists and forms in
the data graph: on the merge of several editions most results would be false, and ``sh:class`` fails on what only an
ontology graph holds. A shape that looked at nothing proves nothing, therefore the counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from msqgraph import assets
from msqgraph.terms import to_rdflib

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib
    from pyshacl.shapes_graph import ShapesGraph

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: tuple[Severity, ...] = ("Violation", "Warning", "Info")
_RESPONSE_SHAPES = ("shapes/responses.ttl", "shapes/reviews.ttl", "shapes/facts.ttl", "shapes/corroboration.ttl")
_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One validation result: IRIs as text, ``value`` as the offending term's text."""

    severity: Severity
    shape: str
    focus_node: str
    path: str
    value: str
    message: str
    component: str


@dataclass(frozen=True, slots=True)
class Validation:
    """Findings, sorted, the gravest first; and per node shape the number of focus nodes."""

    findings: tuple[Finding, ...]
    focus_nodes: dict[str, int]

    def count(self, severity: Severity) -> int:
        """How many findings are of this severity."""
        return sum(finding.severity == severity for finding in self.findings)


def validate(data: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE) -> Validation:
    """What the shapes for responses and facts find in a data graph.

    :param data: response graph and facts graph, together with what they refer to (code lists, forms, countries).
    :raises ValueError: if the shapes are ill-formed.

    >>> validate([]).findings
    ()
    """
    import pyshacl
    import rdflib

    graph = rdflib.Graph()
    for triple in data:
        graph.add(to_rdflib(triple))
    shapes = _shapes(base)
    _, report, text = pyshacl.validate(
        graph, shacl_graph=shapes.graph, inference="none", advanced=False, meta_shacl=False, inplace=True
    )
    if not isinstance(report, rdflib.Graph):
        raise ValueError(f"the shapes are ill-formed: {text}")
    return Validation(tuple(sorted(_findings(report), key=gravest_first)), _focus_nodes(shapes, graph))


def _focus_nodes(shapes: ShapesGraph, graph: rdflib.Graph) -> dict[str, int]:
    import rdflib

    sh = rdflib.Namespace(_SH)
    kinds = (sh.targetClass, sh.targetNode, sh.targetSubjectsOf, sh.targetObjectsOf)
    targeted = {node for kind in kinds for node in shapes.graph.subjects(kind)}
    counts = {str(shape.node): len(shape.focus_nodes(graph)) for shape in shapes.shapes if shape.node in targeted}
    return dict(sorted(counts.items()))


def _findings(report: rdflib.Graph) -> Iterable[Finding]:
    import rdflib

    sh = rdflib.Namespace(_SH)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):

        def value(name: str, node: rdflib.term.Node = result) -> str:
            return str(report.value(node, sh[name]) or "")

        severity = value("resultSeverity").removeprefix(_SH)
        yield Finding(
            severity=next(known for known in SEVERITIES if known == severity),
            shape=value("sourceShape"),
            focus_node=value("focusNode"),
            path=value("resultPath"),
            value=value("value"),
            message=" ".join(sorted(str(text) for text in report.objects(result, sh.resultMessage))),
            component=value("sourceConstraint") or value("sourceConstraintComponent").removeprefix(_SH),
        )


def gravest_first(finding: Finding) -> tuple[int, Finding]:
    """By what findings are sorted.

    >>> gravest_first(Finding("Warning", "", "", "", "", "", ""))[0]
    1
    """
    return SEVERITIES.index(finding.severity), finding


@cache
def _shapes(base: str) -> ShapesGraph:
    import rdflib
    from pyshacl.shapes_graph import ShapesGraph

    graph = rdflib.Graph()
    for name in _RESPONSE_SHAPES:
        graph.parse(data=assets.read_text(name, base), format="turtle")
    for text in ("name", "description"):  # for readers of the file; without them pySHACL is an eighth faster
        graph.remove((None, rdflib.URIRef(_SH + text), None))
    return ShapesGraph(graph)


def report_triples(findings: Iterable[Finding], report_iri: str) -> list[ox.Triple]:
    """The findings as a SHACL validation report whose report and results have IRIs, for ``report.ttl``.

    >>> [triple.object.value for triple in report_triples([], "http://example.org/report")]
    ['http://www.w3.org/ns/shacl#ValidationReport', 'true']
    """
    import pyoxigraph as ox

    findings = list(findings)
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    boolean = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")

    def sh(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SH + name)

    report = ox.NamedNode(report_iri)
    conforms = ox.Literal("false" if findings else "true", datatype=boolean)
    triples = [ox.Triple(report, rdf_type, sh("ValidationReport")), ox.Triple(report, sh("conforms"), conforms)]
    for number, finding in enumerate(findings, 1):
        result = ox.NamedNode(f"{report_iri}/{number}")
        values: dict[str, ox.NamedNode | ox.Literal] = {
            "resultSeverity": sh(finding.severity),
            "sourceShape": ox.NamedNode(finding.shape),
            "focusNode": ox.NamedNode(finding.focus_node),
            "resultMessage": ox.Literal(finding.message, language="en"),
        }
        if ":" in finding.component:
            values["sourceConstraint"] = ox.NamedNode(finding.component)
        elif finding.component:
            values["sourceConstraintComponent"] = sh(finding.component)
        if finding.path:
            values["resultPath"] = ox.NamedNode(finding.path)
        if finding.value:
            values["value"] = ox.Literal(finding.value)
        triples += [ox.Triple(report, sh("result"), result), ox.Triple(result, rdf_type, sh("ValidationResult"))]
        triples += [ox.Triple(result, sh(name), term) for name, term in sorted(values.items())]
    return triples
