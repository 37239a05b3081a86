"""Validating a dataset that was built before: its graphs are read back, one response or source at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msqgraph import iris
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError
from msqgraph.published import background, countries_in, published_graphs
from msqgraph.source_validation import validate_source
from msqgraph.validation import Validation, validate

_OTHERS = ("facts", "corroboration")


def revalidate(dataset: Path | str) -> Iterator[tuple[str, Validation]]:
    """Per response, and per graph of another source, its name and what the shapes find in it as it stands.

    :raises UsageError: if the folder holds no dataset, or the dataset neither.
    """
    import pyoxigraph as ox

    folder = Path(dataset)
    base = base_of(folder)
    graphs: dict[str, list[ox.Triple]] = {}
    for quad in ox.parse(path=str(folder / "dataset.nq"), format=ox.RdfFormat.N_QUADS):
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
        graphs.setdefault(name.removeprefix(base), []).append(quad.triple)
    responses = sorted(name for name in graphs if name.startswith("graph/response/"))
    sources = sorted(name for name in graphs.keys() - published_graphs(base) if name.startswith("graph/reference/"))
    if not responses and not sources:
        raise UsageError(f"{folder}: the dataset holds no response and no other source — build it anew")
    for name in responses:
        _, _, edition, iso3 = name.split("/")
        own = [*graphs[name], *(t for kind in _OTHERS for t in graphs.get(iris.graph(kind, iso3, edition), []))]
        yield f"{iso3} {edition}", validate([*background(base), *countries_in(own, base), *own], base)
    for name in sources:
        yield name, validate_source(graphs[name], base)
