"""Graphs of other sources that a build takes over as they are: N-Quads files, as ``msqgraph import`` writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph import assets
from msqgraph.errors import UnreadableInput
from msqgraph.published import published_graphs
from msqgraph.validation import Validation

if TYPE_CHECKING:
    import pyoxigraph as ox

SUFFIX = ".nq"
_GRAPH = re.compile(r"graph/reference/[a-z0-9-]+")
_IMPORT = "write it with `msqgraph import`, and give both the same --base"


@dataclass(slots=True)
class Source:
    """One file, its graphs by path, and what the shapes found in them, once they were validated."""

    path: Path
    graphs: dict[str, list[ox.Triple]]
    validation: Validation = field(default_factory=lambda: Validation((), {}))


def read_source(path: Path, base: str = assets.DEFAULT_BASE) -> Source:
    """The reference graphs in an N-Quads file.

    :raises UnreadableInput: if it is no N-Quads, has statements outside ``graph/reference/...``, has blank nodes or
        terms of RDF 1.2, or is empty.
    """
    import pyoxigraph as ox

    graphs: dict[str, list[ox.Triple]] = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
            name = quad.graph_name.value.removeprefix(base) if isinstance(quad.graph_name, ox.NamedNode) else ""
            if not _GRAPH.fullmatch(name):
                where = (
                    f"the graph {quad.graph_name.value}" if isinstance(quad.graph_name, ox.NamedNode) else "no graph"
                )
                raise UnreadableInput(path, f"has statements in {where}, not in {base}graph/reference/...", _IMPORT)
            if isinstance(quad.subject, ox.BlankNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
                raise UnreadableInput(path, f"has a node without a name: {quad.triple}", "give every node an IRI")
            graphs.setdefault(name, []).append(quad.triple)
    except SyntaxError as error:
        raise UnreadableInput(path, f"is no N-Quads ({error})", "write it with `msqgraph import`") from None
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or str(error)).lower(), "check the path") from None
    if not graphs:
        raise UnreadableInput(path, "holds no statement", "import it anew")
    return Source(path, {name: sorted(set(triples), key=str) for name, triples in sorted(graphs.items())})


def read_sources(paths: list[Path], base: str = assets.DEFAULT_BASE) -> tuple[list[Source], list[UnreadableInput]]:
    """The sources in files, in the order of their graphs, and what cannot be taken: also a graph's second source."""
    sources: list[Source] = []
    problems: list[UnreadableInput] = []
    owner: dict[str, Path | str] = dict.fromkeys(published_graphs(base), "the package itself")
    for path in paths:
        try:
            source = read_source(path, base)
        except UnreadableInput as error:
            problems.append(error)
            continue
        if taken := sorted(source.graphs.keys() & owner.keys()):
            problem = f"{taken[0]} comes from {owner[taken[0]]} already"
            problems.append(UnreadableInput(path, problem, "give one source for each graph"))
            continue
        owner |= dict.fromkeys(source.graphs, path)
        sources.append(source)
    return sorted(sources, key=lambda source: min(source.graphs)), problems
