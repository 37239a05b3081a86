"""The door of the server: what every request goes through on its way in, and every answer on its way out.

One layer of plain ASGI: a layer for each concern would cost more than most queries.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.operations.metrics import MEDIA_TYPE
from msqgraph.server.operations.problem import Problem
from msqgraph.server.operations.request_limits import BoundedBody, RequestLimits, refusal
from msqgraph.server.operations.request_record import CURRENT, RECORD, RequestRecord, request_id
from msqgraph.server.operations.security_headers import with_security
from msqgraph.server.protocol.replies import AnswerCut

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from msqgraph.server.operations.health import Readiness
    from msqgraph.server.operations.hosts import AllowedHosts
    from msqgraph.server.operations.log import Log
    from msqgraph.server.operations.metrics import Metrics
    from msqgraph.server.protocol.client_key import ClientKeys

_ENDING = frozenset((400, 408, 413, 414, 431))  # after these what a client sends on is not read
_HEALTH, _READY, _METRICS = "/healthz", "/readyz", "/metrics"


class Front:
    """An ASGI application around another one."""

    def __init__(
        self,
        app: ASGIApp,
        hosts: AllowedHosts,
        limits: RequestLimits,
        log: Log,
        metrics: Metrics,
        readiness: Readiness,
        clients: ClientKeys,
        shows_metrics: bool = True,
    ) -> None:
        """``shows_metrics``: whether ``/metrics`` is answered."""
        self._app, self._hosts, self._limits = app, hosts, limits
        self._log, self._metrics, self._readiness, self._shows_metrics = log, metrics, readiness, shows_metrics
        self._clients, self._in_flight = clients, Counter[str]()
        metrics.in_flight.set_function(self._in_flight.total)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request; whatever happens inside, it has one line in the log."""
        if scope["type"] != "http":
            return await _other(scope, receive, send)
        told_id = host = length = None
        hosts, has_body = 0, False
        for name, value in scope["headers"]:
            if name == b"host":
                host, hosts = value, hosts + 1
            elif name == b"x-request-id":
                told_id = value
            elif name == b"content-length":
                length, has_body = value, True
            elif name == b"transfer-encoding":
                has_body = True
        record = scope[RECORD] = RequestRecord(request_id(told_id), scope["method"])
        CURRENT.set(record)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
                headers = with_security(message.get("headers", ()), record)
                if record.status in _ENDING and has_body:
                    headers.append((b"connection", b"close"))
                message = {**message, "headers": headers}
            elif message["type"] == "http.response.body":
                record.sent_bytes += len(message.get("body", b""))
                record.is_complete = not message.get("more_body", False)
            await send(message)

        client = self._clients.of(scope)
        self._in_flight[client] += 1
        try:
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            problem = refusal(scope, self._limits, length) or self._misdirected(path, client, host, hosts)
            if problem is not None:
                record.refused = problem.reason
                await problem.send(scope, send_on, record.id)
            elif path in (_HEALTH, _READY, _METRICS) and (path != _METRICS or self._shows_metrics):
                record.template = path
                await self._own(path, scope, send_on)
            else:
                await self._app(scope, BoundedBody(receive, self._limits) if has_body else receive, send_on)
        except asyncio.CancelledError:
            record.refused = "shutdown"
            if not record.status:
                await Problem(503, "The server is shutting down: try again.", 5).send(scope, send_on, record.id)
        except Exception as error:  # noqa: BLE001 - the door is where errors end
            await self._failed(error, record, scope, send_on)
        finally:
            self._in_flight[client] -= 1
            if not self._in_flight[client]:
                del self._in_flight[client]
            self._metrics.request(record, perf_counter() - record.started_s)
            self._log.request(record)
        return None

    def _misdirected(self, path: str, client: str, host: bytes | None, hosts: int) -> Problem | None:
        """What is wrong with the host; probes of health may use any. And whether there is room for the request."""
        if path in (_HEALTH, _READY):
            return None
        if self._in_flight[client] > self._limits.in_flight_of_one:
            return Problem(503, "Too many requests of yours are in work: wait for their answers first.", 2, "busy")
        if self._in_flight.total() > self._limits.in_flight:
            return Problem(503, "Too many requests are in work: try again.", 2, "busy")
        if host is None or hosts > 1:
            return Problem(400, "Send one Host header.", reason="host")
        if not self._hosts.allows(host):
            what = "This server does not answer to that name. Whoever runs it can allow it with --allowed-host."
            return Problem(421, what, reason="host")
        return None

    async def _own(self, path: str, scope: Scope, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            return await Problem(405, "Use GET.", allow="GET, HEAD").send(scope, send)
        status, kind = 200, b"text/plain; charset=utf-8"
        if path == _METRICS:
            body, kind = self._metrics.text(), MEDIA_TYPE.encode()
        elif path == _READY and (problem := await self._readiness.problem()):
            status, body = 503, f"{problem}\n".encode()
        else:
            body = b"ready\n" if path == _READY else b"alive\n"
        length = str(len(body)).encode()
        headers = [(b"content-type", kind), (b"content-length", length), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
        return None

    async def _failed(self, error: Exception, record: RequestRecord, scope: Scope, send: Send) -> None:
        """An answer that was cut by its engine is no error of the program; everything else is one."""
        if isinstance(error, AnswerCut):
            return
        cause = error if isinstance(error, QueryRefused) else error.__cause__
        if isinstance(cause, QueryRefused):
            if not record.status:
                await Problem(cause.status, cause.message, cause.retry_after_s).send(scope, send, record.id)
            return
        self._log.failure(error, "a request failed", request=record.id, route=record.template)
        if not record.status:
            detail = f"The server made a mistake. It is logged as {record.id}: tell whoever runs the server."
            await Problem(500, detail).send(scope, send, record.id)


async def _other(scope: Scope, receive: Receive, send: Send) -> None:
    """What is no HTTP: the start and the end of the server; a WebSocket, which is refused."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1003})
    while scope["type"] == "lifespan":
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
