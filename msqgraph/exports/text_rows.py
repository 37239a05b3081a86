"""The rows of a query as text, for what is written from them."""

from __future__ import annotations

from msqgraph.store import Store
from msqgraph.terms import text_of


def text_rows(store: Store, query: str) -> list[list[str]]:
    """IRIs and lexical forms, one list for each row, sorted; what is unbound is empty.

    >>> from msqgraph.store import EmbeddedStore
    >>> text_rows(EmbeddedStore(), "SELECT ?x ?y { VALUES ?x { 2 1 } }")
    [['1', ''], ['2', '']]
    """
    import pyoxigraph as ox

    solutions = store.query(query)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"no SELECT query: {query}")
    return sorted(["" if term is None else text_of(term) for term in solution] for solution in solutions)
