"""For whom the server's own pages are made, so that one reader's pages do not make the others wait."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.engine.turns import OWN, of_reader
from msqgraph.server.protocol.leaving import UntilClientLeaves
from msqgraph.server.turnstile import Crowded, Turnstile

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

READER: ContextVar[str] = ContextVar("msqgraph_reader", default=OWN)
"""The client of queries that are asked now: the server itself, unless a page is made."""


_AT_ONCE = 4  # a browser asks for one page, and a program for a few; each takes the loop some milliseconds
_WAITING = 64
_BACK_IN_S = 5


def turnstile_of_readers() -> Turnstile:
    """What lets readers in: each with a few pages in work at once, its others waiting."""
    return Turnstile(of_one=_AT_ONCE, waiting_of_one=_WAITING)


class ForReader:
    """An ASGI application whose queries are those of whoever sent the request, and end when that reader has left.

    Needs ``clients`` and ``readers`` (a :class:`Turnstile`) in the state of the application that it is part of.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Around an application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request.

        :raises QueryRefused: with 503 if too many requests of the reader wait.
        """
        state = scope["app"].state
        client = state.clients.of(scope)
        READER.set(of_reader(client))
        if scope["method"] not in ("GET", "HEAD"):  # whose body is still to be read
            await self._in_turn(state.readers, client, scope, receive, send)
            return
        async with UntilClientLeaves(receive):
            await self._in_turn(state.readers, client, scope, receive, send)

    async def _in_turn(self, readers: Turnstile, client: str, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with readers.place(client):
                await self._app(scope, receive, send)
        except Crowded:
            message = f"{_WAITING} requests of yours wait already: wait for their answers first"
            raise QueryRefused(503, message, _BACK_IN_S, "queue") from None
