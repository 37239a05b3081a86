"""Clients that keep their connections and ask again and again: ``python -m benchmarks.load``, a process of its own.

A :class:`Load` comes as JSON on stdin, a :class:`Loaded` goes as JSON to stdout. The parsing is of the least that
answers of uvicorn need, so that the clients take little of the cores that they share with the server.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import cast

HOST = "127.0.0.1"
_LENGTH = b"content-length: "
_HEAD_END = b"\r\n\r\n"
_CHUNKED_END = b"\r\n0\r\n\r\n"
_MOST_S = 30.0


@dataclass(frozen=True, slots=True)
class Load:
    """What clients do: each asks its requests in turn, from an address of its own, until the time is over.

    ``pause_s`` is how long a client waits between an answer and its next request. Requests that were sent in time are
    waited for.
    """

    port: int
    requests: list[list[str]]
    seconds: float
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it: answers by status, until the last of them, and what the clients took of a core themselves."""

    statuses: dict[str, int]
    seconds: float
    cpu_s: float
    latencies_s: list[float]

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return len(self.latencies_s) / self.seconds

    def percentile_s(self, percent: int) -> float:
        """The time within which so many of a hundred answers came.

        >>> Loaded({}, 1.0, 0.0, [0.3, 0.1, 0.2]).percentile_s(99)
        0.3
        """
        ordered = sorted(self.latencies_s)
        return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def loaded(load: Load) -> Loaded:
    """Runs clients in a process of their own.

    :raises RuntimeError: if one got anything but answers of status 200: that would be no measure.
    """
    started = started_load(load)
    return result_of(started, load)


def started_load(load: Load) -> subprocess.Popen[str]:
    """Clients that begin now."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.load"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None  # noqa: S101 - told to the type checker
    process.stdin.write(json.dumps(asdict(load)))
    process.stdin.close()
    process.stdin = None
    return process


def result_of(process: subprocess.Popen[str], load: Load) -> Loaded:
    """What clients found, once they are through; they are ended if they take much longer than they should.

    :raises RuntimeError: as :func:`loaded`.
    """
    try:
        told, _ = process.communicate(timeout=load.seconds + 2 * _MOST_S)
    finally:
        process.kill()
        process.wait()
    result = Loaded(**json.loads(told))
    if set(result.statuses) != {"200"}:
        raise RuntimeError(f"no measure: answers by status {result.statuses}")
    return result


class _Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, requests: list[bytes], load: Load, done: asyncio.Future[None]) -> None:
        self._requests, self._load, self._done = requests, load, done
        self._loop = asyncio.get_running_loop()
        self._asked = 0
        self._rest = b""
        self.latencies_s: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.ended_s = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def begin(self, until_s: float) -> None:
        """Asks the first request."""
        self._until_s = until_s
        self._ask()

    def _ask(self) -> None:
        self._sent_s = perf_counter()
        if self._sent_s > self._until_s:
            self._transport.close()
            return
        self._transport.write(self._requests[self._asked % len(self._requests)])
        self._asked += 1

    def data_received(self, data: bytes) -> None:
        self._rest = data = self._rest + data if self._rest else data
        head = data.find(_HEAD_END)
        if head < 0:
            return
        at = data.find(_LENGTH, 0, head)
        if at >= 0:
            length = int(data[at + len(_LENGTH) : data.index(b"\r", at)])
            if len(data) < head + len(_HEAD_END) + length:
                return
        elif not data.endswith(_CHUNKED_END):
            return
        self.ended_s = perf_counter()
        self.latencies_s.append(self.ended_s - self._sent_s)
        self.statuses[data[9:12].decode("ascii")] += 1
        self._rest = b""
        if self._load.pause_s:
            self._loop.call_later(self._load.pause_s, self._ask)
        else:
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if exc is not None or self._asked != len(self.latencies_s):
            self.statuses["cut"] += 1
        if not self._done.done():
            self._done.set_result(None)


def address_of(client: int) -> str:
    """The address of a client on loopback: to a fair server, clients with one address are one client."""
    return f"127.0.1.{client + 1}"


async def _run(load: Load) -> Loaded:
    loop = asyncio.get_running_loop()
    clients, ends = [], []
    for number, texts in enumerate(load.requests):
        done = loop.create_future()
        client = _Client([text.encode("ascii") for text in texts], load, done)
        # addresses other than 127.0.0.1 are there on Linux without being set up
        await loop.create_connection(
            lambda client=client: client,  # type: ignore[misc]
            HOST,
            load.port,
            local_addr=(address_of(number), 0),
        )
        clients.append(client)
        ends.append(done)
    began_s, began_cpu_s = perf_counter(), process_time()
    for number, client in enumerate(clients):
        # with pauses, not all at the same moment
        loop.call_later(load.pause_s * number / len(clients), client.begin, began_s + load.seconds)
    async with asyncio.timeout(load.seconds + _MOST_S):
        await asyncio.gather(*ends)
    statuses = sum((client.statuses for client in clients), Counter())
    latencies_s = [round(latency, 6) for client in clients for latency in client.latencies_s]
    seconds = max(client.ended_s for client in clients) - began_s
    return Loaded(dict(statuses), seconds, process_time() - began_cpu_s, latencies_s)


def main() -> None:
    """Reads what to do, does it, says what came of it."""
    import uvloop

    load = Load(**json.load(sys.stdin))
    json.dump(asdict(uvloop.run(_run(load))), sys.stdout)


if __name__ == "__main__":
    main()
