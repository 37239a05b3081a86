"""Which named graphs of a store are the dataset's: another engine has some of its own besides.

`msqgraph load` keeps its record in a graph, an engine without a default graph has the merge in one, and Virtuoso brings
several. What the site tells of named graphs is the same wherever the dataset is.
"""

from __future__ import annotations

from msqgraph.loading.marker import PATH as LOADS

GRAPHS = "graph/"
MERGE = "graph/merge"
"""The path of the graph that holds the merge where it needs a name."""


def is_graph_of_dataset(path: str) -> bool:
    """Whether a path under the base can be that of a named graph of the dataset.

    >>> [is_graph_of_dataset(f"graph/{name}") for name in ("response/2020/PRY", "merge", "loads")]
    [True, False, False]
    """
    return path.startswith(GRAPHS) and path not in (LOADS, MERGE)
