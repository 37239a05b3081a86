"""Notes in the record of a request which route answers it, for log and metrics: the template, never the path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount, Route

from msqgraph.server.operations.request_record import RECORD

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class _Named:
    """What a route leads to, with its name noted on the way."""

    __slots__ = ("_app", "_template")

    def __init__(self, app: ASGIApp, template: str) -> None:
        self._app, self._template = app, template

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        record = scope.get(RECORD)
        if record is not None:
            record.template = self._template
        await self._app(scope, receive, send)


def named(routes: Sequence[BaseRoute], prefix: str = "") -> list[BaseRoute]:
    """The same routes, which note their templates; doing it twice changes nothing.

    >>> async def country(request): ...
    >>> named([Route("/{lang}/countries/{iso3}", country)])[0].app._template
    '/{lang}/countries/{iso3}'
    """
    for route in routes:
        if not isinstance(route, Route | Mount) or isinstance(route.app, _Named):
            continue
        if isinstance(route, Mount):
            named(route.routes, prefix + route.path)
            template = f"{prefix}{route.path}/{{path}}"
        else:
            template = prefix + route.path_format
        route.app = _Named(route.app, template)
    return list(routes)
