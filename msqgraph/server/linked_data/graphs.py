"""What a named graph holds: its triples and nothing else, so that it can be loaded as the graph that it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

MOST_TRIPLES = 200_000
_CONTENT = (
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} VALUES ?graph {{ }} }} LIMIT {MOST_TRIPLES + 1}"
)


async def content_of(asking: Asking, path: str) -> list[ox.Triple] | None:
    """The triples of a named graph by its path; None if they are more than ``MOST_TRIPLES``. Empty: no such graph.

    :raises QueryRefused: if the engine does not answer.
    """
    triples = await asking.triples(_CONTENT, graph=ox.NamedNode(asking.base + path))
    return None if len(triples) > MOST_TRIPLES else triples
