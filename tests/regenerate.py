"""``make expected``: writes the expected files of the tests anew. Read the difference before you commit it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox

import msqgraph
from msqgraph.exports.rdf import nquads
from msqgraph.iris import absolute
from msqgraph.queries import query_names
from msqgraph.store import EmbeddedStore
from msqgraph.terms import in_graph
from tests.conftest import ROOT, SAMPLE, write_world


def main() -> None:
    """The sample's transcript, its own graphs, and the rows of every question."""
    case = ROOT / "tests" / "cases" / "paraguay"
    response = msqgraph.interpret(msqgraph.transcribe(msqgraph.read_document(SAMPLE)))
    (case / "answers.yaml").write_text(response.to_yaml(), encoding="utf-8")
    built = msqgraph.build([ROOT / "responses"])
    (unit,) = built.units
    own = [in_graph(triple, absolute(path)) for path, triples in unit.graphs.items() for triple in triples]
    (case / "expected.nq").write_bytes(nquads(own))
    expected = ROOT / "tests" / "queries"
    with tempfile.TemporaryDirectory() as folder:
        msqgraph.write_dataset(built, Path(folder) / "sample")
        write_rows(Path(folder) / "sample", sorted(path.stem for path in expected.glob("*.csv")), expected)
        write_world(Path(folder) / "world")
        write_rows(Path(folder) / "world", query_names(), expected / "world")


def write_rows(dataset: Path, names: list[str], into: Path) -> None:
    """The rows of questions on a dataset, one CSV each."""
    store = EmbeddedStore(dataset / "store")
    into.mkdir(exist_ok=True)
    for name in names:
        rows = msqgraph.run(store, msqgraph.load_query(name))
        assert isinstance(rows, ox.QuerySolutions), name
        (into / f"{name}.csv").write_bytes(rows.serialize(format=ox.QueryResultsFormat.CSV) or b"")


if __name__ == "__main__":
    main()
