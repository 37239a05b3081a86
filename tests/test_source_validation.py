"""SHACL on other sources: what a build finds in them, and that the fast engine finds what the reference finds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from pyshacl.shapes_graph import ShapesGraph

import msqgraph
from msqgraph import assets
from msqgraph.imports import Imported
from msqgraph.imports.egdi import import_egdi
from msqgraph.imports.govtech import import_govtech
from msqgraph.report import report_json, report_turtle
from msqgraph.revalidation import revalidate
from msqgraph.source_validation import SHAPES, source_shapes, validate_source
from msqgraph.terms import to_rdflib
from tests.conftest import INVENTED_GOVTECH, ROOT
from tests.test_cli import msqgraph as command

BASE = assets.DEFAULT_BASE
MSQ, MSQSH = f"{BASE}ontology#", f"{BASE}shapes#"
FIGURE = f"<{BASE}id/observation/egdi/egdi/2020/PRY> "
SH = rdflib.SH
# what is broken in a line of N-Quads that begins so, and the shape that finds it
FAULTS: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a figure without its value": (f"{FIGURE}<{MSQ}egdi> ", lambda _: "", "Observation-measure"),
    "a unit that is on no list": (
        f"{FIGURE}<http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure>",
        lambda line: line.replace("/index>", "/apples>"),
        "Observation-unitMeasure",
    ),
    "a figure of no country": (
        f"{FIGURE}<http://purl.org/linked-data/sdmx/2009/dimension#refArea>",
        lambda line: line.replace("country/PRY", "country/QQQ"),
        "Observation-refArea",
    ),
    "a value that is no number": (
        f"{FIGURE}<{MSQ}egdi> ",
        lambda line: line.replace("#decimal", "#string"),
        "Observation-measure",
    ),
}


@pytest.fixture(scope="module")
def egdi(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """Two countries' figures."""
    file: Path = tmp_path_factory.mktemp("egdi") / "egdi.csv"
    file.write_text("iso3,survey_year,egdi,osi\nPRY,2020,0.5,0.5\nURY,2018,,0.5\n", encoding="utf-8")
    return import_egdi(file)


def broken(imported: Imported, fault: str) -> bytes:
    """The N-Quads of a source with one fault planted."""
    beginning, change, _ = FAULTS[fault]
    lines = imported.nquads(BASE).decode().splitlines(keepends=True)
    changed = [change(line) if line.startswith(beginning) else line for line in lines]
    assert changed != lines
    return "".join(changed).encode()


def test_what_is_imported_is_clean(egdi: Imported) -> None:
    """No finding, and each shape for sources looks at something in the one or the other."""
    looked_at: dict[str, int] = {}
    for imported in (egdi, import_govtech(INVENTED_GOVTECH)):
        validation = validate_source(imported.triples)
        assert validation.findings == ()
        looked_at = {shape: looked_at.get(shape, 0) + count for shape, count in validation.focus_nodes.items()}
    assert len(looked_at) > 10
    assert all(looked_at.values()), looked_at
    assert looked_at[f"{MSQSH}ObservationShape"] == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_source_is_found_and_the_rest_is_built(egdi: Imported, fault: str, tmp_path: Path) -> None:
    """In both reports, beside another source that is clean; nothing is left out."""
    (tmp_path / "egdi.nq").write_bytes(broken(egdi, fault))
    (tmp_path / "govtech.nq").write_bytes(import_govtech(INVENTED_GOVTECH).nquads(BASE))
    built = msqgraph.build([tmp_path])
    assert built.unreadable == []
    assert [source.path.name for source in built.sources] == ["egdi.nq", "govtech.nq"]
    found = {(finding.severity, finding.shape) for finding in built.sources[0].validation.findings}
    assert found == {("Violation", MSQSH + FAULTS[fault][2])}
    assert built.sources[1].validation.findings == ()
    first, second = json.loads(report_json(built))["sources"]
    assert first["findings"]["Violation"] == len(first["results"]) == 1
    assert second["findings"]["Violation"] == 0
    assert second["focus_nodes"][f"{MSQSH}SourcedThingShape"] > 0
    assert b"id/report/reference/egdi" in report_turtle(built)


def test_the_command_line_shows_it(egdi: Imported, tmp_path: Path) -> None:
    """Exit code 1, the fault with its place, the shapes with their focus nodes; when validated again, too."""
    (tmp_path / "egdi.nq").write_bytes(broken(egdi, "a figure without its value"))
    done = command("build", tmp_path / "egdi.nq", "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (1, "")
    for words in (
        "1 violations",
        "id/observation/egdi/egdi/2020/PRY",
        "under its measure",
        "ObservationShape",
        "CubeShape",
    ):
        assert words in done.stdout, words
    again = dict(revalidate(tmp_path / "out"))
    assert [name for name, validation in again.items() if validation.findings] == ["graph/reference/egdi"]
    done = command("validate", tmp_path / "out")
    assert (done.returncode, "under its measure" in done.stdout) == (1, True)
    (tmp_path / "egdi.nq").write_bytes(egdi.nquads(BASE))
    assert command("build", tmp_path / "egdi.nq", "-o", tmp_path / "out").returncode == 0


def reference(data: rdflib.Graph) -> tuple[set[tuple[str, ...]], dict[str, int]]:
    """What pySHACL finds with the shapes for sources, and its counts of focus nodes."""
    shapes = rdflib.Graph()
    for triple in source_shapes():
        shapes.add(to_rdflib(triple))
    _, report, text = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    assert isinstance(report, rdflib.Graph), text
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        parts = (SH.sourceShape, SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceConstraintComponent)
        found.add(tuple(str(report.value(result, part) or "") for part in parts))
    targeted = {node for kind in (SH.targetClass, SH.targetSubjectsOf) for node in shapes.subjects(kind)}
    parsed = ShapesGraph(shapes)
    return found, {str(s.node): len(s.focus_nodes(data)) for s in parsed.shapes if s.node in targeted}


def twins() -> list[Path]:
    """The graphs that break the shapes for sources."""
    names = {
        triple.subject.value.removeprefix(MSQSH)
        for triple in source_shapes()
        if triple.predicate.value.startswith(f"{SH}target") and isinstance(triple.subject, ox.NamedNode)
    }
    return [ROOT / "tests" / "shapes" / name / "violates.ttl" for name in sorted(names)]


@pytest.mark.parametrize("twin", twins(), ids=lambda path: path.parent.name)
def test_the_fast_engine_finds_what_the_reference_finds(twin: Path) -> None:
    """Result for result and focus node for focus node, in what breaks every constraint of the shapes for sources."""
    triples = [quad.triple for quad in ox.parse(path=str(twin), format=ox.RdfFormat.TURTLE)]
    validation = validate_source(triples)
    data = rdflib.Graph()
    for triple in [*msqgraph.published.background(), *msqgraph.published.countries_in(triples), *triples]:
        data.add(to_rdflib(triple))
    found, focus_nodes = reference(data)
    assert found
    assert {
        (f.shape, f.focus_node, f.path, f"{SH}{f.severity}", f"{SH}{f.component}") for f in validation.findings
    } == found
    assert validation.focus_nodes == focus_nodes


def test_only_the_file_for_sources_has_targets() -> None:
    """So that a source is not held to what only a response can say."""
    own = {quad.triple for quad in ox.parse(assets.read_text(SHAPES), format=ox.RdfFormat.TURTLE)}
    targets = {triple for triple in source_shapes() if triple.predicate.value.startswith(f"{SH}target")}
    assert targets
    assert targets <= own
