"""For whom the server's own pages ask, so that one reader's pages do not make the others wait."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from msqgraph.server.engine.turns import OWN, of_reader
from msqgraph.server.protocol.leaving import UntilClientLeaves

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

READER: ContextVar[str] = ContextVar("msqgraph_reader", default=OWN)
"""The client of queries that are asked now: the server itself, unless a page is made."""


class ForReader:
    """An ASGI application whose queries are those of whoever sent the request, and end when that reader has left."""

    def __init__(self, app: ASGIApp) -> None:
        """Around an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        READER.set(of_reader(scope["app"].state.clients.of(scope)))
        if scope["method"] not in ("GET", "HEAD"):  # whose body is still to be read
            await self._app(scope, receive, send)
            return
        async with UntilClientLeaves(receive):
            await self._app(scope, receive, send)
