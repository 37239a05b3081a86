"""Programs that are no Python: where they are, and a server of them for the time of a test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

START_S, STOP_S = 60.0, 20.0
LOG_LINES = 40


def require(program: str, package: str) -> str:
    """The path of a program; without it the test is skipped, but fails in CI, which has to install the package."""
    beside_python = Path(sys.executable).parent
    path = shutil.which(program, path=f"{beside_python}{os.pathsep}{os.environ.get('PATH', '')}")
    if path is None:
        missing(f"{program} is not installed: it comes with the package {package} (try `make system`)")
    return path


def require_file(path: str, package: str) -> None:
    """Sees that a file of a package is there; else as :func:`require`."""
    if not Path(path).is_file():
        missing(f"{path} is not there: it comes with the package {package} (try `make system`)")


def missing(reason: str) -> NoReturn:
    """Skips the test, but fails it in CI, which has to install what is missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Server:
    """A server that runs, and what it has written so far."""

    url: str
    log_file: Path

    def log(self) -> str:
        """The end of its log."""
        lines = self.log_file.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([f"{self.log_file.name}:", *lines[-LOG_LINES:]])


@contextmanager
def running(command: list[str], folder: Path, url: str) -> Iterator[Server]:
    """A server from when its address answers; it is stopped in any case, and only it."""
    server = Server(url, folder / f"{Path(command[0]).name}.log")
    with (
        server.log_file.open("wb") as log,
        subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            _wait(process, server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], server: Server) -> None:
    """Returns as soon as the server answers anything in HTTP."""
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"{process.args!r} ended with {process.returncode}\n{server.log()}")
        try:
            urlopen(server.url, timeout=5).close()  # noqa: S310 - an address on loopback
        except HTTPError as refused:
            refused.close()  # which is an answer: the server is there
        except (URLError, OSError):
            time.sleep(0.05)
            continue
        return
    pytest.fail(f"{server.url} did not answer within {START_S:g} s\n{server.log()}")
