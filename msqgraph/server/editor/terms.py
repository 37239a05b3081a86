"""What the editor offers to complete: the classes, properties and named graphs that there are, and the prefixes.

They are counted as ``void.ttl`` counts them, once for each dataset, when somebody opens the editor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from msqgraph.namespaces import prefixes
from msqgraph.server.content.texts import labels
from msqgraph.server.dataset_graphs import is_graph_of_dataset
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

_CLASSES = "SELECT ?term (COUNT(DISTINCT ?thing) AS ?n) { ?thing a ?term } GROUP BY ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?n) { ?thing ?term ?object } GROUP BY ?term"
_GRAPHS = "SELECT ?term (COUNT(*) AS ?n) { GRAPH ?term { ?s ?p ?o } } GROUP BY ?term"
_QUERIES = {"classes": _CLASSES, "properties": _PROPERTIES, "graphs": _GRAPHS}

_Counted = dict[str, list[tuple[str, int]]]
_counting: WeakKeyDictionary[Asking, asyncio.Task[_Counted]] = WeakKeyDictionary()


async def terms(asking: Asking, language: str) -> dict[str, Any]:
    """``prefixes`` by name; ``classes``, ``properties`` and ``graphs`` as lists of IRI, label and count, the most used
    first.

    The label is empty where there is none. An engine that cannot count them leaves the lists empty.
    """
    known: dict[str, Any] = {"prefixes": prefixes(asking.base), **{kind: [] for kind in _QUERIES}}
    try:
        counted = await _counted(asking)
        named = await labels(asking, [iri for kind in ("classes", "properties") for iri, _ in counted[kind]], language)
    except QueryRefused:
        return known
    for kind, found in counted.items():
        known[kind] = [(iri, _label(iri, named[iri].value if iri in named else ""), count) for iri, count in found]
    return known


async def _counted(asking: Asking) -> _Counted:
    """The counts of a dataset; whoever asks while they are made waits for the same."""
    task = _counting.get(asking)
    if task is None or (task.done() and (task.cancelled() or task.exception())):
        task = _counting[asking] = asyncio.create_task(_count(asking))
    return await asyncio.shield(task)


async def _count(asking: Asking) -> _Counted:
    found = {}
    for kind, query in _QUERIES.items():
        rows: Sequence[dict[str, Any]] = await asking.rows(query)
        counts = [(text_of(row["term"]), int(text_of(row["n"]))) for row in rows]
        if kind == "graphs":
            counts = [one for one in counts if is_graph_of_dataset(one[0].removeprefix(asking.base))]
        found[kind] = sorted(counts, key=lambda one: (-one[1], one[0]))
    return found


def _label(iri: str, label: str) -> str:
    """A label that says more than the IRI does."""
    return "" if iri.endswith(("/" + label, "#" + label)) else label
