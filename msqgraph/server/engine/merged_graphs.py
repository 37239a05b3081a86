"""A dataset of several default graphs: SPARQL wants their merge, the store counts a triple once for each of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import pyoxigraph as ox

from msqgraph.store import apart

_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)


def graphs_of(sparql: str) -> tuple[list[str], list[str]]:
    """The graphs that a query names with FROM, and with FROM NAMED, if it has several FROM; else two empty lists.

    Empty, too, if the query has an error or is beyond rdflib: what it means is then the store's matter alone.

    >>> graphs_of("PREFIX x: <urn:x:> SELECT * FROM x:a FROM <urn:b> FROM NAMED x:c { ?s ?p ?o }")
    (['urn:x:a', 'urn:b'], ['urn:x:c'])
    >>> graphs_of("ASK FROM <urn:b> {}")
    ([], [])
    """
    if len(_FROM.findall(sparql)) < 2:
        return [], []
    graphs, _ = apart(partial(_graphs_in, sparql))
    return graphs if graphs and len(graphs[0]) > 1 else ([], [])


def _graphs_in(sparql: str) -> tuple[list[str], list[str]]:
    """All graphs that a query names with FROM, and with FROM NAMED.

    :raises Exception: if it has an error or is beyond rdflib: pyparsing's errors and rdflib's own.
    """
    from rdflib.plugins.sparql import prepareQuery

    clauses = prepareQuery(sparql).algebra.datasetClause or ()
    default = [str(clause.default) for clause in clauses if clause.default]
    return default, [str(clause.named) for clause in clauses if clause.named]


def merged(store: ox.Store, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> ox.Store:
    """A store in memory with the merge of some graphs as its default graph, and with these named graphs.

    :raises ValueError: if something is no IRI.

    >>> graphs = [ox.NamedNode("urn:a"), ox.NamedNode("urn:b")]
    >>> store = ox.Store()
    >>> store.extend(ox.Quad(graphs[0], graphs[0], graphs[0], graph) for graph in graphs)
    >>> len(merged(store, ["urn:a", "urn:b"], []))
    1
    """
    memory = ox.Store()
    for iri in default_graphs:
        quads = store.quads_for_pattern(None, None, None, ox.NamedNode(iri))
        memory.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    for iri in named_graphs:
        memory.extend(store.quads_for_pattern(None, None, None, ox.NamedNode(iri)))
    return memory
