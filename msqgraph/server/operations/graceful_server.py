"""uvicorn with an end that is no error: a signal lets it finish what it answers, and the process exits with 0."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from msqgraph.errors import UsageError
from msqgraph.server.operations.http_protocol import bounded_protocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from msqgraph.server.operations.request_limits import RequestLimits

ENDING = (signal.SIGINT, signal.SIGTERM)


class GracefulServer(uvicorn.Server):
    """A server whose signals are handled outside: uvicorn raises them again at its end, which kills the process."""

    def __init__(self, config: uvicorn.Config, on_exit: Callable[[], None]) -> None:
        """``on_exit`` is called as soon as the end was asked for."""
        super().__init__(config)
        self._on_exit = on_exit

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to whoever runs the server."""
        yield

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """The first signal ends the server when it has answered; a second one, at once."""
        self._on_exit()
        if self.should_exit:
            self.force_exit = True
        super().handle_exit(sig, frame)


def server_of(
    app: ASGIApp,
    limits: RequestLimits,
    shutdown_s: float,
    root_path: str,
    on_exit: Callable[[], None],
) -> GracefulServer:
    """A server of an application, which does not listen yet.

    :param shutdown_s: how long requests may go on after a signal; those that are left are cut.
    :param root_path: the path under which a proxy shows the site, without a slash at its end.
    """
    config = uvicorn.Config(
        app,
        http=bounded_protocol(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whom a proxy asks for, the endpoint tells itself; nobody else needs to know
        root_path=root_path,
        timeout_keep_alive=limits.keep_alive_s,
        timeout_graceful_shutdown=max(1, round(shutdown_s)),
    )
    return GracefulServer(config, on_exit)


def listening(host: str, port: int) -> socket.socket:
    """A socket that is bound; port 0 takes any that is free.

    :raises UsageError: if the address cannot be had.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except socket.gaierror as error:
        raise UsageError(f"--host {host}: no such address ({error.strerror}) — give one of this machine") from None
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        bound.bind(address)
        bound.listen()
    except OSError as error:
        bound.close()
        raise UsageError(_remedy(host, port, error)) from None
    return bound


def url_of(bound: socket.socket) -> str:
    """The address that a browser on this machine takes to reach a socket."""
    host, port = bound.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _remedy(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken — stop what listens there, or give another one with --port"
    if error.errno == errno.EACCES:
        return f"port {port} is for administrators — give one from 1024 on with --port, and put a proxy before it"
    if error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host}: is no address of this machine — give one that is, or 127.0.0.1"
    return f"port {port} of {host} cannot be listened on: {error.strerror or error}"
