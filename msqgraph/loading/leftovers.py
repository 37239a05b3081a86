"""Graphs that an earlier load brought and the dataset does not have: which may be removed, and why others not."""

from __future__ import annotations

from msqgraph.loading.marker import Marker, Record

REMOVABLE = "--prune removes them"
NOT_UNDER_BASE = "not under the dataset's base, therefore never removed: remove them yourself if they are not needed"
NOT_COUNTED = "never counted whole, therefore never removed: remove them yourself if they are not needed"
CHANGED = "changed since they were loaded, therefore never removed: remove them yourself if they are not needed"


def why_left(name: str, record: Record, marker: Marker, count: int) -> str:
    """What is to be said of such a graph that holds so many triples; ``REMOVABLE`` if ``--prune`` may remove it.

    Only what a load brought, counted, and nobody has added to or taken from since is certainly not somebody else's.

    >>> marker = Marker("http://example.org/")
    >>> why_left("http://example.org/graph/1", Record(loaded="ab", counted=3), marker, 3)
    '--prune removes them'
    >>> why_left("http://example.org/graph/1", Record(loaded="ab", counted=3), marker, 4) == CHANGED
    True
    """
    if not name.startswith(marker.base) or name == marker.graph:
        return NOT_UNDER_BASE
    if not record.loaded or record.counted is None:
        return NOT_COUNTED
    return REMOVABLE if count == record.counted else CHANGED
