"""A document can end the process that reads it, and nothing else: not the build, not the document after it."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from msqgraph.documents import Block
from msqgraph.documents.isolation import read_isolated
from msqgraph.errors import UnreadableInput

TIMEOUT_S = 4.0


def read(path: Path, data: bytes) -> list[Block]:
    """A reader, for the worker to import from here: it does what its document says."""
    hoard = []
    match data:
        case b"loop":
            while True:
                pass
        case b"sleep":
            time.sleep(3600)
        case b"hoard":
            while True:
                hoard.append(bytes(256 << 20))
        case b"leave":
            os._exit(0)
        case b"crash":
            ctypes.string_at(0)
        case b"raise":
            raise KeyError(path.name)
        case b"recurse":
            return read(path, data) + read(path, data)
        case b"connect":
            socket.create_connection(("127.0.0.1", 9))
        case b"look up":
            socket.getaddrinfo("host.example", 80)
        case b"run":
            subprocess.run(["true"], check=True)
        case b"shell":
            os.system("true")  # noqa: S605
        case b"print":
            print('{"blocks": []}')  # noqa: T201
            os.write(1, b"{}\n")
    return [Block(data.decode(), 0, os.getpid())]


def outcome(document: bytes, timeout_s: float = 60) -> str:
    """The text that is read of a document, or what is wrong with it."""
    try:
        return read_isolated(__name__, Path("x.docx"), document, timeout_s)[0].text
    except UnreadableInput as error:
        assert error.file == "x.docx" and error.remedy
        return error.problem


HOSTILE = {
    b"loop": "not read within 4 s",
    b"sleep": "not read within 4 s",
    b"hoard": "takes more than 4096 MiB to read",
    b"leave": "its reader broke down",
    b"crash": "its reader broke down",
    b"raise": "damaged (KeyError: 'x.docx')",
    b"recurse": "damaged (RecursionError",
    b"connect": "damaged (PermissionError: socket",
    b"look up": "damaged (PermissionError: socket.getaddrinfo is refused",
    b"run": "damaged (PermissionError: subprocess.Popen is refused",
    b"shell": "damaged (PermissionError: os.system is refused",
    b"print": "print",
}


@pytest.mark.parametrize("document", HOSTILE, ids=bytes.decode)
def test_hostile_documents(document: bytes) -> None:
    """Each gets its own message, the next one is read, and no dead process is left behind."""
    is_endless = document in (b"loop", b"sleep")
    assert outcome(document, TIMEOUT_S if is_endless else 60).startswith(HOSTILE[document])
    assert outcome(b"good") == "good"
    try:
        assert os.waitpid(-1, os.WNOHANG) == (0, 0)
    except ChildProcessError:
        pytest.fail("the worker is gone, though nothing ended it")


def test_the_worker_is_kept() -> None:
    """A document that is merely refused does not cost the start of another process."""

    def worker() -> int | None:
        return read_isolated(__name__, Path("x.docx"), b"good")[0].page

    before = worker()
    assert outcome(b"raise").startswith("damaged") and worker() == before
    assert outcome(b"leave").startswith("its reader broke down") and worker() != before


def test_threads_take_turns() -> None:
    """Documents read at once do not get each other's text, even when some of them end the worker."""
    documents = [b"leave" if number % 7 == 3 else str(number).encode() for number in range(40)]
    with ThreadPoolExecutor(4) as threads:
        read_texts = list(threads.map(lambda document: outcome(document), documents))
    expected = [HOSTILE.get(document, document.decode()) for document in documents]
    assert all(text.startswith(start) for text, start in zip(read_texts, expected, strict=True))


def test_missing_reader() -> None:
    """A reader whose package is not installed says so, instead of calling the document damaged."""
    with pytest.raises(UnreadableInput, match=r"package no_such_package is missing"):
        read_isolated("no_such_package.reader", Path("x.docx"), b"")
