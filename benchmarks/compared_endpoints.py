"""What ``msqgraph serve`` is measured against: ``python -m benchmarks.compared_endpoints KIND DATASET PORT``.

Each is served by uvicorn with httptools and uvloop, as ours is, without a log.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

HOST = "127.0.0.1"
_JSON = "application/sparql-results+json"


def bare(dataset: Path, in_thread: bool, in_memory: bool) -> Any:
    """Starlette and pyoxigraph with nothing around: the query in, the rows as JSON out, in one process.

    :param in_thread: each query in a thread of a pool, where it leaves the loop to others; else on the loop itself.
    :param in_memory: the merge alone, in memory; else the store of the dataset, as ours has it.
    """
    import pyoxigraph as ox
    from starlette.applications import Starlette
    from starlette.responses import Response
    from starlette.routing import Route

    if in_memory:
        store = ox.Store()
        store.bulk_load(path=str(dataset / "dataset.ttl"), format=ox.RdfFormat.TURTLE)
    else:
        store = ox.Store.read_only(str(dataset / "store"))

    def found(query: str) -> bytes:
        solutions = cast(ox.QuerySolutions, store.query(query))
        return cast(bytes, solutions.serialize(format=ox.QueryResultsFormat.JSON))

    async def on_loop(request: Request) -> Response:
        return Response(found(request.query_params["query"]), media_type=_JSON)

    async def in_pool(request: Request) -> Response:
        query = request.query_params["query"]
        rows = await asyncio.get_running_loop().run_in_executor(None, found, query)
        return Response(rows, media_type=_JSON)

    return Starlette(routes=[Route("/sparql", in_pool if in_thread else on_loop)])


def rdflib_endpoint(dataset: Path) -> Any:
    """rdflib-endpoint over the merge in one graph in memory, which is what it is fastest with."""
    from rdflib import Graph
    from rdflib_endpoint import SparqlEndpoint

    graph = Graph().parse(dataset / "dataset.ttl", format="turtle")
    return SparqlEndpoint(path="/sparql", graph=graph)


def constant(_dataset: Path) -> Any:
    """Plain ASGI that always answers the same: what uvicorn and the clients can do together."""
    start = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
    body = {"type": "http.response.body", "body": b"{}"}

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send(start)
        await send(body)

    return app


KINDS: dict[str, Callable[[Path], Any]] = {
    "on the loop": lambda dataset: bare(dataset, in_thread=False, in_memory=False),
    "in threads": lambda dataset: bare(dataset, in_thread=True, in_memory=False),
    "on the loop, in memory": lambda dataset: bare(dataset, in_thread=False, in_memory=True),
    "in threads, in memory": lambda dataset: bare(dataset, in_thread=True, in_memory=True),
    "rdflib-endpoint": rdflib_endpoint,
    "constant": constant,
}


def main(kind: str, dataset: str, port: str) -> None:
    """Serves until it is ended."""
    import uvicorn

    app = KINDS[kind](Path(dataset))
    uvicorn.run(
        app, host=HOST, port=int(port), http="httptools", loop="uvloop", ws="none", lifespan="off",
        log_level="critical", access_log=False, proxy_headers=False, server_header=False, date_header=False,
    )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
