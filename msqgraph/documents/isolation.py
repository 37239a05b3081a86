"""Readers of complex containers run in a process of their own: a hostile file can end that process, not the build.

The process is started with the first document and kept for the next ones, so that its start (about 0.1 s) is paid once.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock, Timer

from msqgraph.documents.document import Block, ImageOnly
from msqgraph.documents.worker import MAX_MEMORY_MIB, SAVE_ANEW, unpacked
from msqgraph.errors import UnreadableInput

READ_TIMEOUT_S = 60.0
OCR_TIMEOUT_S = 600.0  # a page of a scan takes seconds


def read_isolated(module: str, path: Path, data: bytes, timeout_s: float = READ_TIMEOUT_S) -> list[Block]:
    """The blocks that a reader finds in a file's bytes; ``module``: in msqgraph.documents, or a full name.

    :raises UnreadableInput: if the reader says so, takes longer than ``timeout_s``, or dies of the document.
    """
    with _lock:
        worker = _Worker.current()
        try:
            return worker.read(module, path, data, timeout_s)
        except OSError:
            pass  # a worker that somebody else ended, before it got this document
        return _Worker.current().read(module, path, data, timeout_s)


class _Worker:
    _running: _Worker | None = None

    def __init__(self) -> None:
        self._pid = os.getpid()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "msqgraph.documents.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    @classmethod
    def current(cls) -> _Worker:
        """The worker of this process (a forked one starts its own)."""
        running = cls._running
        if running and running._pid == os.getpid() and running._process.poll() is not None:
            running.close()
        if running is None or running is not cls._running or running._pid != os.getpid():
            running = cls._running = _Worker()
        return running

    def read(self, module: str, path: Path, data: bytes, timeout_s: float) -> list[Block]:
        process, has_timed_out = self._process, False
        assert process.stdin and process.stdout  # noqa: S101 - they are pipes

        def end() -> None:
            nonlocal has_timed_out
            has_timed_out = True
            process.kill()

        timer = Timer(timeout_s, end)
        timer.start()
        try:
            request = {"module": module, "path": os.fspath(path), "size": len(data), "timeout_s": timeout_s}
            process.stdin.write(json.dumps(request).encode() + b"\n" + data)
            process.stdin.flush()
            line = process.stdout.readline()
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            self.close()
            if has_timed_out:
                raise UnreadableInput(path, f"not read within {timeout_s:g} s", SAVE_ANEW)
            problem = f"its reader broke down (of damage, or for want of more than {MAX_MEMORY_MIB} MiB)"
            raise UnreadableInput(path, problem, SAVE_ANEW)
        reply = json.loads(line)
        if reply["is_last"] or has_timed_out:  # the time may be up just behind the reply
            self.close()
        if "problem" in reply:
            kind = ImageOnly if reply.get("is_image_only") else UnreadableInput
            raise kind(path, reply["problem"], reply["remedy"])
        return [unpacked(block) for block in reply["blocks"]]

    def close(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process.wait()
        if _Worker._running is self:
            _Worker._running = None


_lock = Lock()


@atexit.register
def _close() -> None:
    running = _Worker._running
    if running and running._pid == os.getpid():
        running.close()
