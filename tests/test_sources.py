"""Graphs of other sources in a build: taken over as they are, refused with a reason, the same bytes in any order."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import msqgraph
from msqgraph import assets
from msqgraph.build import Build
from msqgraph.dataset import merge, named_graphs
from msqgraph.errors import UnreadableInput
from msqgraph.report import report_json
from msqgraph.sources import read_source

BASE = assets.DEFAULT_BASE
A = f"<{BASE}id/x> <http://purl.org/dc/terms/title> "


def line(graph: str, value: str = '"x"') -> str:
    """One statement in a graph of ours."""
    return f"{A}{value} <{BASE}{graph}> .\n"


def test_a_source_is_a_graph_and_in_the_merge(tmp_path: Path) -> None:
    """Beside the package's own graphs; its file is named in the report; the order of the paths says nothing."""
    (tmp_path / "b.nq").write_text(line("graph/reference/bb") * 2)
    (tmp_path / "a.nq").write_text(line("graph/reference/cc", '"y"') + line("graph/reference/aa", '"y"'))
    built = msqgraph.build([tmp_path / "b.nq", tmp_path / "a.nq"])
    assert built.unreadable == []
    graphs = named_graphs(built)
    assert {name: len(graphs[f"graph/reference/{name}"]) for name in ("aa", "bb", "cc")} == {"aa": 1, "bb": 1, "cc": 1}
    titles = {t for t in merge(built) if str(t.subject) == f"<{BASE}id/x>"}
    assert len(titles) == 2
    sources = json.loads(report_json(built))["sources"]
    assert [list(source["triples"]) for source in sources] == [
        ["graph/reference/aa", "graph/reference/cc"],
        ["graph/reference/bb"],
    ]
    assert report_json(msqgraph.build([tmp_path])) == report_json(built)
    for name, paths in {"one": [tmp_path], "two": [tmp_path / "b.nq", tmp_path / "a.nq"]}.items():
        msqgraph.write_dataset(msqgraph.build(paths), tmp_path.parent / f"{tmp_path.name}-{name}")
    written = [
        (tmp_path.parent / f"{tmp_path.name}-{n}" / f).read_bytes()
        for f in ("dataset.nq", "dataset.ttl")
        for n in ("one", "two")
    ]
    assert written[0] == written[1] and written[2] == written[3]
    assert b"graph/reference/bb" in written[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "holds no statement"),
        ("nonsense", "is no N-Quads"),
        (f'{A}"x" .\n', "has statements in no graph"),
        (line("graph/facts/2020/PRY"), "graph/facts/2020/PRY, not in"),
        (line("graph/reference/a b").replace(" b>", "/b>"), "graph/reference/a/b, not in"),
        (line("graph/reference/aa", "_:b"), "has a node without a name"),
        (line("graph/reference/aa").replace(f"<{BASE}id/x>", "_:b"), "has a node without a name"),
        (line("graph/reference/aa", f"<<( {A}{A[:-1].split()[0]} )>>"), "without a name|is no N-Quads"),
    ],
)
def test_what_is_no_source_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    """With the file and what to do; a build goes on without it."""
    file = tmp_path / "x.nq"
    file.write_text(text)
    with pytest.raises(UnreadableInput, match=problem):
        read_source(file)
    built = msqgraph.build([file, tmp_path / "missing.nq"])
    assert [Path(error.file).name for error in built.unreadable] == ["missing.nq", "x.nq"]
    assert built.sources == []


@pytest.mark.parametrize(("graph", "owner"), [("graph/reference/aa", "a.nq"), ("graph/reference/countries", "package")])
def test_one_source_for_one_graph(tmp_path: Path, graph: str, owner: str) -> None:
    """The second is named, with the first; the package's own graphs are taken."""
    (tmp_path / "a.nq").write_text(line("graph/reference/aa"))
    (tmp_path / "b.nq").write_text(line(graph, '"y"'))
    built = msqgraph.build([tmp_path])
    assert [source.path.name for source in built.sources] == ["a.nq"]
    (error,) = built.unreadable
    assert Path(error.file).name == "b.nq"
    assert owner in error.problem


def test_a_response_is_the_same_beside_a_source(tmp_path: Path, built: Build) -> None:
    """Its graphs do not change, and the merge is theirs and the source's."""
    (tmp_path / "a.nq").write_text(line("graph/reference/aa"))
    both = msqgraph.build(["responses", tmp_path / "a.nq"])
    assert both.units[0].graphs == built.units[0].graphs
    assert merge(both) - merge(built) == {
        ox.Triple(ox.NamedNode(f"{BASE}id/x"), ox.NamedNode("http://purl.org/dc/terms/title"), ox.Literal("x"))
    }
