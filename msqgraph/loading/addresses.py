"""Where a store takes data, told from its query endpoint by the conventions of the engines."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from msqgraph.errors import UsageError
from msqgraph.loading.connection import Connection, checked_address, shown
from msqgraph.loading.graph_store import GraphStore
from msqgraph.loading.update import Updates
from msqgraph.loading.writer import Target

# How a query endpoint ends; then, in the order in which they are tried, where its graph store and its updates are.
# Of Virtuoso the addresses that ask for a password come first when there is a user.
_CONVENTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("/query", (("/store", "/update"), ("/data", "/update"))),  # Oxigraph; Fuseki
    ("/sparql-auth", (("/sparql-graph-crud-auth", "/sparql-auth"),)),  # Virtuoso
    ("/sparql", (("/sparql-graph-crud-auth", "/sparql-auth"), ("/sparql-graph-crud", "/sparql"), ("/data", "/update"))),
    ("", (("/rdf-graphs/service", "/statements"),)),  # GraphDB and RDF4J: /repositories/NAME
)


def candidates(
    connection: Connection, endpoint: str, graph_store: str | None = None, update: str | None = None
) -> list[Target]:
    """What may take the data, the most probable first: what was named, else what the conventions say.

    :raises UsageError: if nothing was named and the endpoint follows no convention, or an address is none.

    >>> [target.address for target in candidates(Connection(), "http://127.0.0.1:7878/query")]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['http://127.0.0.1:7878/store', 'http://127.0.0.1:7878/data', 'http://127.0.0.1:7878/update']
    >>> [target.address for target in candidates(Connection(), "http://127.0.0.1:7200/repositories/msq")]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['http://127.0.0.1:7200/repositories/msq/rdf-graphs/service',
     'http://127.0.0.1:7200/repositories/msq/statements']
    """
    checked_address(endpoint, "--endpoint")
    named: list[Target] = []
    if graph_store:
        named.append(GraphStore(connection, checked_address(graph_store, GraphStore.option)))
    if update:
        named.append(Updates(connection, checked_address(update, Updates.option)))
    if named:
        return named
    parts = urlsplit(endpoint)
    path = parts.path.rstrip("/")
    end, pairs = next((end, pairs) for end, pairs in _CONVENTIONS if path.endswith(end))
    if not end and "/repositories/" not in path:
        known = ", ".join(f"...{end}" for end, _ in _CONVENTIONS if end)
        raise UsageError(
            f"--endpoint {shown(endpoint)}: does not tell where data goes ({known}, .../repositories/NAME would) — give"
            f" {GraphStore.option} or {Updates.option}"
        )
    if not connection.credentials.user:
        pairs = tuple(sorted(pairs, key=lambda pair: "-auth" in pair[0]))
    stem = path.removesuffix(end)
    stores, updates = (
        dict.fromkeys(urlunsplit((parts.scheme, parts.netloc, stem + pair[which], "", "")) for pair in pairs)
        for which in (0, 1)
    )
    return [*(GraphStore(connection, address) for address in stores), *(Updates(connection, a) for a in updates)]
