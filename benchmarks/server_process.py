"""Servers of a benchmark as processes on free ports of loopback: started, waited for, stopped in any case."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
_COMMAND = "from msqgraph.cli import main; main()"
_LOOK_S, _MOST_S, _STOP_S = 0.002, 120.0, 40.0
_ROWS = "application/sparql-results+json"
_CPU_TIMES = Path("/proc/stat")
_IDLE_SHARE, _IDLE_WINDOW_S, _IDLE_MOST_S = 0.9, 0.3, 60.0


def ours(dataset: Path, port: int) -> list[str]:
    """The command of ``msqgraph serve`` with everything as it comes: log, limits, metrics."""
    return [sys.executable, "-c", _COMMAND, "serve", str(dataset), "--port", str(port)]


def another(kind: str, dataset: Path, port: int) -> list[str]:
    """The command of one of :mod:`benchmarks.compared_endpoints`."""
    return [sys.executable, "-m", "benchmarks.compared_endpoints", kind, str(dataset), str(port)]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def get(path: str, accept: str = _ROWS) -> str:
    """A request as it goes over the wire."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nAccept: {accept}\r\n\r\n"


def asking(query: str) -> str:
    """The request of a query."""
    return get(f"/sparql?query={quote(query, safe='')}")


def wait_until_idle() -> None:
    """Returns when the machine has been idle for a moment: servers go on preparing after their first answer.

    :raises RuntimeError: if it never is: what is measured beside other work tells nothing.
    """
    until_s = time.perf_counter() + _IDLE_MOST_S
    idle, total = _cpu_times()
    while time.perf_counter() < until_s:
        time.sleep(_IDLE_WINDOW_S)
        before, (idle, total) = (idle, total), _cpu_times()
        if idle - before[0] >= _IDLE_SHARE * (total - before[1]):
            return
    raise RuntimeError("the machine is never idle: end what else runs on it")


def _cpu_times() -> tuple[int, int]:
    """What all processors have spent idle, and altogether, in ticks (``man 5 proc_stat``)."""
    times = [int(ticks) for ticks in _CPU_TIMES.read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    return times[3] + times[4], sum(times)


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A server that was started just now, and is stopped at the end: politely, and then by force."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int, request: str) -> bytes:
    """The body of the first answer of status 200 to a request, which is sent until the server listens.

    :raises RuntimeError: if the server ends, answers with another status, or does not listen in time.
    """
    until_s = time.perf_counter() + _MOST_S
    while time.perf_counter() < until_s:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        try:
            return answer(port, request)
        except ConnectionError:
            time.sleep(_LOOK_S)
    raise RuntimeError(f"{process.args!r} does not listen")


def answer(port: int, request: str) -> bytes:
    """The body of the answer to a request, over a connection of its own.

    :raises RuntimeError: if its status is not 200.
    :raises ConnectionError: if nobody listens.
    """
    with socket.create_connection((HOST, port), timeout=_MOST_S) as connection:
        connection.sendall(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").encode("ascii"))
        head, _, body = _all(connection).partition(b"\r\n\r\n")
    if head[9:12] != b"200":
        raise RuntimeError(f"{request.splitlines()[0]}: {head.partition(bytes([13]))[0].decode('latin-1')}")
    return body


def _all(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    pieces = []
    while piece := connection.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)
