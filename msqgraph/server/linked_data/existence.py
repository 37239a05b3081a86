"""Whether the data know an IRI, asked from the IRI itself, so that it costs little however large they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from msqgraph.server.dataset_graphs import is_graph_of_dataset
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

MOST_OWN = 2_000
_OWN = f"CONSTRUCT {{ ?thing ?p ?o }} WHERE {{ VALUES ?thing {{ }} ?thing ?p ?o }} LIMIT {MOST_OWN + 1}"
_IS_OBJECT = "ASK { VALUES ?thing { } ?s ?p ?thing }"
_IS_GRAPH = "ASK { GRAPH ?thing { ?s ?p ?o } VALUES ?thing { } }"
_KNOWN = "SELECT DISTINCT ?thing { VALUES ?thing { } ?thing ?p ?o }"


async def own_triples(asking: Asking, path: str) -> list[ox.Triple]:
    """What is said of a thing as a subject: at most ``MOST_OWN + 1`` triples, one more than is taken.

    :raises QueryRefused: if the engine does not answer.
    """
    return await asking.triples(_OWN, thing=ox.NamedNode(asking.base + path))


async def is_mentioned(asking: Asking, path: str) -> bool:
    """Whether something is said with the thing as object, or it is a named graph that is not empty.

    :raises QueryRefused: if the engine does not answer.
    """
    thing = ox.NamedNode(asking.base + path)
    return await asking.ask(_IS_OBJECT, thing=thing) or (
        is_graph_of_dataset(path) and await asking.ask(_IS_GRAPH, thing=thing)
    )


async def known_among(asking: Asking, paths: Iterable[str]) -> list[str]:
    """Those of the paths of which something is said, in the order given.

    :raises QueryRefused: if the engine does not answer.
    """
    asked = list(dict.fromkeys(paths))
    if not asked:
        return []
    rows = await asking.rows(_KNOWN, thing=[ox.NamedNode(asking.base + path) for path in asked])
    known = {text_of(row["thing"]).removeprefix(asking.base) for row in rows}
    return [path for path in asked if path in known]
