"""Routes of a part of the site that is imported when it is first asked for, so that the server is up sooner."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Match

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_MATCHED = "msqgraph.route"  # place in an ASGI scope of the route that matched


class RoutesOnFirstUse(BaseRoute):
    """Stands for the routes of a part, in their order, as if each was in its place.

    >>> from starlette.routing import Route
    >>> async def country(request): ...
    >>> part = RoutesOnFirstUse("/en/", lambda: [Route("/en/countries/{iso3}", country)])
    >>> scope = {"type": "http", "method": "GET", "path": "/en/countries/PRY"}
    >>> part.matches(scope)[0].name, part.matches({**scope, "path": "/void.ttl"})[0].name
    ('FULL', 'NONE')
    """

    def __init__(self, paths: str, loaded: Callable[[], Sequence[BaseRoute]]) -> None:
        """A part that is not loaded yet.

        :param paths: how the paths of its routes begin, as a regular expression.
        :param loaded: imports the part and gives its routes; called once, maybe in another thread.
        """
        self._paths = re.compile(paths)
        self._loaded = loaded
        self._lock = Lock()
        self._routes: Sequence[BaseRoute] | None = None

    def load(self) -> Sequence[BaseRoute]:
        """The routes of the part, imported if they were not yet."""
        with self._lock:
            if self._routes is None:
                self._routes = self._loaded()
            return self._routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """How well the best route of the part fits a request: as Starlette's router chooses, the first that fits."""
        if not self._paths.match(scope["path"].removeprefix(scope.get("root_path", ""))):
            return Match.NONE, {}
        best: tuple[Match, Scope] = Match.NONE, {}
        for route in self.load():
            match, found = route.matches(scope)
            if match.value > best[0].value:
                best = match, {**found, _MATCHED: route}
            if match is Match.FULL:
                break
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on to the route that matched."""
        await scope[_MATCHED].handle(scope, receive, send)
