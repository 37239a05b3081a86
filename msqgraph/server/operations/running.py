"""From options to a server that listens, and back to nothing: opening, watching, ending, in this order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import UsageError
from msqgraph.server.operations.front import Front
from msqgraph.server.operations.graceful_server import ENDING, GracefulServer, listening, server_of, url_of
from msqgraph.server.operations.health import Readiness
from msqgraph.server.operations.hosts import AllowedHosts, default_hosts, listens_everywhere
from msqgraph.server.operations.log import Log, LogFormat, take_over_logging
from msqgraph.server.operations.metrics import Metrics
from msqgraph.server.operations.opening import Opening
from msqgraph.server.operations.request_limits import RequestLimits
from msqgraph.server.operations.served import Served, Switch
from msqgraph.server.operations.snapshot import identity_of
from msqgraph.server.operations.watch import Watch
from msqgraph.server.protocol.client_key import ClientKeys
from msqgraph.terminal import say

if TYPE_CHECKING:
    import socket

    from msqgraph.server.engine.limits import Limits
    from msqgraph.server.operations.opening import MakeApp

_SLACK_S = 5.0


@dataclass(frozen=True, slots=True)
class Serving:
    """What ``msqgraph serve`` was told. One of ``dataset`` and ``endpoint`` is there."""

    limits: Limits
    dataset: Path | None = None
    endpoint: str | None = None
    default_graph: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: tuple[str, ...] = ()
    clients: ClientKeys = field(default_factory=ClientKeys)
    public_url: str = ""
    root_path: str = ""
    release: Path | None = None
    log_format: LogFormat = LogFormat.text
    logs_requests: bool = True
    shows_metrics: bool = True
    requests: RequestLimits = field(default_factory=RequestLimits)

    @property
    def drain_s(self) -> float:
        """How long requests on a replaced dataset may go on: as long as its queries may wait, work and be read."""
        return 2 * self.limits.timeout_s + self.limits.reader_s + _SLACK_S

    @property
    def shutdown_s(self) -> float:
        """How long requests may go on after a signal."""
        return self.limits.timeout_s + _SLACK_S


def run(serving: Serving, load_app: Callable[[], MakeApp]) -> None:
    """Serves until a signal. ``load_app`` gives what makes the application of a dataset.

    :raises UsageError: if there is nothing to serve, or no place to listen.
    :raises UnreadableInput: if the dataset is damaged.
    """
    names = [*default_hosts(serving.host, serving.public_url), *serving.allowed_hosts]
    hosts = AllowedHosts(names)
    bound = listening(serving.host, serving.port)
    with bound, asyncio.Runner(loop_factory=_loop_factory()) as runner:
        if listens_everywhere(serving.host) and not serving.allowed_hosts and not serving.public_url:
            say("it listens on every address, but answers to loopback names only: give --allowed-host, or --public-url")
        runner.run(_serve(serving, load_app, hosts, bound))


async def _serve(serving: Serving, load_app: Callable[[], MakeApp], hosts: AllowedHosts, bound: socket.socket) -> None:
    """Opens, listens, watches; closes everything whichever way it ends. A signal may come at any time."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101 - told to the type checker
    servers: list[GracefulServer] = []

    def end(number: int) -> None:
        if servers:
            servers[0].handle_exit(number, None)
        else:
            task.cancel()

    for number in ENDING:
        loop.add_signal_handler(number, end, number)
    log = Log(serving.log_format, requests=serving.logs_requests)
    metrics = Metrics()
    opening = Opening(serving.limits, load_app, metrics, serving.public_url, serving.release)
    try:
        first = await _opened(serving, opening)
    except asyncio.CancelledError:  # by a signal: there is nothing to end yet
        return
    switch = Switch(first, log, metrics, serving.drain_s)
    metrics.watch(lambda: switch.current.engine)
    readiness = Readiness(switch)
    front = Front(switch, hosts, serving.requests, log, metrics, readiness, serving.clients, serving.shows_metrics)

    def closing() -> None:
        readiness.is_closing = True

    server = server_of(front, serving.requests, serving.shutdown_s, serving.root_path, closing)
    servers.append(server)
    watching = _watch(serving, switch, opening, log, metrics)
    take_over_logging(log)
    try:
        say(f"{told(first, serving)} at {url_of(bound).rstrip('/')}{serving.root_path}/ — Ctrl-C ends it")
        await server.serve([bound])
    finally:
        if watching is not None:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        await switch.close()
    say("ended")


async def _opened(serving: Serving, opening: Opening) -> Served:
    if serving.dataset is not None:
        return await opening.folder(serving.dataset)
    if serving.endpoint is None:
        raise UsageError("nothing to serve — give the folder of a dataset or --endpoint")
    return await opening.endpoint(serving.endpoint, serving.default_graph)


def _watch(serving: Serving, switch: Switch, opening: Opening, log: Log, metrics: Metrics) -> asyncio.Task[None] | None:
    """Begins to look for new datasets, if a folder is served; SIGHUP looks at once."""
    loop = asyncio.get_running_loop()
    if serving.dataset is None:
        loop.add_signal_handler(signal.SIGHUP, lambda: None)
        return None
    look, open_now = partial(identity_of, serving.dataset), partial(opening.folder, serving.dataset)
    watch = Watch(switch, look, open_now, log, metrics)
    loop.add_signal_handler(signal.SIGHUP, watch.look_now)
    return loop.create_task(watch.run())


def told(served: Served, serving: Serving) -> str:
    """What is served, in a line for people."""
    facts = served.facts
    editions = f", editions {', '.join(facts.editions)}" if facts.editions else ""
    version = f" {facts.version}" if facts.version else ""
    return f"{serving.dataset or serving.endpoint}: {facts.title}{version}{editions},"


def _loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    """uvloop's, where it is installed: it is not for every system."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.Loop
