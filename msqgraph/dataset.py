"""The dataset as named graphs and their merge, and the folder it is written to.

The default graph is the RDF merge of the public graphs, each triple once, except the shortcuts of an edition that a
later one of the same country supersedes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph import iris
from msqgraph.build import Build, Unit
from msqgraph.exports.rdf import declared_prefixes, nquads, turtle
from msqgraph.links import GRAPH as LINKS
from msqgraph.published import published_graphs
from msqgraph.report import report_json, report_turtle
from msqgraph.store import EmbeddedStore
from msqgraph.terms import in_graph, text_of
from msqgraph.whole_folder import whole_folder
from msqgraph.withdrawals import GRAPH as TOMBSTONES
from msqgraph.withdrawals import tombstones

if TYPE_CHECKING:
    import pyoxigraph as ox


_FILES = {"dataset.nq", "dataset.ttl", "report.json", "report.ttl", "personal.nq", "store"}


def named_graphs(built: Build) -> dict[str, list[ox.Triple]]:
    """All public graphs by path."""
    graphs = dict(published_graphs(built.base))
    for source in built.sources:
        graphs |= source.graphs
    for unit in built.units:
        graphs |= unit.graphs
    if built.links.triples:
        graphs[LINKS] = built.links.triples
    if built.withdrawals:
        graphs[TOMBSTONES] = tombstones(built.withdrawals, built.base)
    return graphs


def merge(built: Build) -> set[ox.Triple]:
    """The default graph.

    >>> from msqgraph import build
    >>> built = build(["responses"])
    >>> len(merge(built)) <= sum(len(triples) for triples in named_graphs(built).values())
    True
    """
    latest = {unit.response.country_iso3: unit.response.edition for unit in built.units}  # units are in order
    whole = [*published_graphs(built.base).values(), *(triples for s in built.sources for triples in s.graphs.values())]
    whole += [built.links.triples, tombstones(built.withdrawals, built.base)]
    merged = {triple for triples in whole for triple in triples}
    for unit in built.units:
        is_latest = unit.response.edition == latest[unit.response.country_iso3]
        for path, triples in unit.graphs.items():
            is_shortcut_graph = path.startswith(("graph/facts/", "graph/inferred/"))
            merged.update(triples if is_latest or not is_shortcut_graph else _statements(triples, unit, built.base))
    return merged


def _statements(triples: Iterable[ox.Triple], unit: Unit, base: str) -> list[ox.Triple]:
    """The triples about statements: what stays in the merge of a superseded edition's facts."""
    own = iris.absolute(f"id/statement/{unit.response.edition}/{unit.response.country_iso3}/", base)
    return [triple for triple in triples if text_of(triple.subject).startswith(own)]


def write_dataset(built: Build, folder: Path | str, include_personal: bool = False) -> None:
    """Writes ``store/``, ``dataset.nq``, ``dataset.ttl``, ``report.json``, ``report.ttl``; on request ``personal.nq``.

    :raises UsageError: if the folder holds something else than a dataset, or cannot be written.
    """
    quads = [
        in_graph(triple, iris.absolute(path, built.base))
        for path, triples in named_graphs(built).items()
        for triple in triples
    ]
    merged = merge(built)
    with whole_folder(folder, "a dataset", _is_dataset) as fresh:
        (fresh / "dataset.nq").write_bytes(nquads(quads))
        (fresh / "dataset.ttl").write_bytes(turtle(merged, built.base, declared_prefixes(built.base)))
        (fresh / "report.json").write_text(report_json(built), encoding="utf-8")
        (fresh / "report.ttl").write_bytes(report_turtle(built))
        if include_personal:
            _write_private(fresh / "personal.nq", nquads(_personal(built)))
        EmbeddedStore.write(fresh / "store", fresh / "dataset.nq", merged)


def _is_dataset(folder: Path) -> bool:
    """Whether a folder holds a dataset and nothing else."""
    return (folder / "report.json").is_file() and {path.name for path in folder.iterdir()} <= _FILES


def _personal(built: Build) -> list[ox.Quad]:
    quads: list[ox.Quad] = []
    for unit in built.units:
        path = iris.graph("personal", unit.response.country_iso3, unit.response.edition)
        quads += [in_graph(triple, iris.absolute(path, built.base)) for triple in unit.personal]
    return quads


def _write_private(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
