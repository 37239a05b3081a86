"""One worker process as its parent sees it: start, send, receive, hold back, slow down, kill."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

from msqgraph.server.engine import frames
from msqgraph.server.engine.asked import Asked
from msqgraph.server.engine.limits import Limits

_READ_BYTES = 1 << 16
_LOW_PRIORITY = 19
_LOOK_S = 0.002
_CPU_CLOCK = 2  # clock_getcpuclockid(3), which Python has for threads of its own only


class Listener(Protocol):
    """Who hears what a process says."""

    def heard(self, process: WorkerProcess, kind: bytes, payload: bytes) -> None:
        """A frame has come."""
        ...

    def died(self, process: WorkerProcess) -> None:
        """The process says nothing more; it was not killed by us."""
        ...


class WorkerProcess:
    """A fresh interpreter that runs :mod:`msqgraph.server.engine.worker`."""

    def __init__(self, store: Path | None, limits: Limits, prefixes: dict[str, str], listener: Listener) -> None:
        """Starts the process, which says ``READY`` once its store is open; needs a running event loop.

        :param store: without one, the process has an empty store and is good for checking queries.
        """
        self._loop = asyncio.get_running_loop()
        self._listener = listener
        self._unpacker = frames.Unpacker()
        self._unsent = b""
        self._reads = self._writes = False
        self._thread = 0
        self.is_leaving = self.is_dead = self.is_closed = False
        self._socket, child_socket = socket.socketpair()
        lifeline, self._lifeline = os.pipe()
        settings = {
            "socket": child_socket.fileno(),
            "lifeline": lifeline,
            "store": str(store) if store else "",
            "memory_mib": limits.memory_mib,
            "result_bytes": limits.result_bytes,
            "prefixes": prefixes,
        }
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "msqgraph.server.engine.worker", json.dumps(settings)],
                stdin=subprocess.DEVNULL,
                pass_fds=(child_socket.fileno(), lifeline),
                env={**os.environ, "RUST_BACKTRACE": "0"},
                # Ctrl-C is for the parent, which then ends its workers in order. No session of their own: Linux shares
                # out the cores among sessions first, and a low priority would mean nothing outside of one.
                process_group=0,
            )
        finally:
            child_socket.close()
            os.close(lifeline)
        self._socket.setblocking(False)
        self.resume()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def ask(self, asked: Asked, is_check: bool = False) -> None:
        """Sends a query; its answer comes to the listener.

        :param is_check: only say of which kind the answer is.
        """
        formats = asked.formats
        request = [
            *(asked.sparql, formats.rows, formats.truth, formats.triples),
            *(asked.default_graphs, asked.named_graphs, is_check),
        ]
        self._unsent += frames.packed(frames.QUERY, json.dumps(request).encode())
        self._send()

    def _send(self) -> None:
        """Sends what the process takes now, and the rest when it takes more."""
        try:
            sent = self._socket.send(self._unsent)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:  # it just died, which the reading end notices, too
            sent = len(self._unsent)
        self._unsent = self._unsent[sent:]
        if self._unsent and not self._writes:
            self._loop.add_writer(self._socket.fileno(), self._send)
        elif self._writes and not self._unsent:
            self._loop.remove_writer(self._socket.fileno())
        self._writes = bool(self._unsent)

    def hold(self) -> None:
        """Reads nothing more from the process: once the system's buffer is full, it waits."""
        if self._reads:
            self._loop.remove_reader(self._socket.fileno())
            self._reads = False

    def resume(self) -> None:
        """Reads from the process again."""
        if not self._reads and not self.is_closed:
            self._loop.add_reader(self._socket.fileno(), self._receive)
            self._reads = True

    def _receive(self) -> None:
        """Passes on all frames that are here."""
        try:
            data = self._socket.recv(_READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self.hold()
            self.is_dead = True
            self._listener.died(self)
            return
        for kind, payload in self._unpacker.feed(data):
            if kind == frames.READY:
                self._thread = int(payload)
            elif kind == frames.LEAVING:
                self.is_leaving = True
                continue
            self._listener.heard(self, kind, payload)
            if self.is_closed:
                return

    def cpu_s(self) -> float:
        """How long the process has computed so far; where the system does not tell, the time that has passed."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):  # it has ended just now
                return time.clock_gettime((~self.pid << 3) | _CPU_CLOCK)
        return self._loop.time()

    def slow_down(self) -> None:
        """Lets everybody else go first from now on, until its query has ended."""
        if sys.platform == "linux" and self._thread:
            with contextlib.suppress(OSError):  # that thread has ended just now
                os.setpriority(os.PRIO_PROCESS, self._thread, _LOW_PRIORITY)

    def kill(self) -> None:
        """Ends the process at once, whatever it does; nothing more is heard of it."""
        if self.is_closed:
            return
        self.hold()
        if self._writes:
            self._loop.remove_writer(self._socket.fileno())
        self.is_closed = True
        self._socket.close()
        os.close(self._lifeline)
        self._process.kill()

    async def ended(self, within_s: float = 2.0) -> int:
        """How the process ended, as :attr:`subprocess.Popen.returncode`; it is killed if it takes too long."""
        until = self._loop.time() + within_s
        while self._process.poll() is None:
            if self._loop.time() > until:
                self._process.kill()
            await asyncio.sleep(_LOOK_S)
        return self._process.returncode
