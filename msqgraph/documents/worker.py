"""The process that readers run in: it gets a stranger's bytes and gives back blocks, within bounds it cannot leave.

Run by :mod:`msqgraph.documents.isolation`. On standard input a line of JSON (the reader's module, the file's name, the
number of bytes, the time it may take) and the bytes; on standard output a line of JSON, the blocks or the problem.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from msqgraph.documents.document import Block, Box, ImageOnly, Link
from msqgraph.errors import UnreadableInput

MAX_MEMORY_MIB = 4096
_FRESH_START_MIB = 512  # a worker that has grown beyond this is not used again

SAVE_ANEW = "open it in the program it was made with and save it anew"


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Read one document after another until the requests end."""
    _bound()
    while line := requests.readline():
        request = json.loads(line)
        _end_after(request["timeout_s"])
        reply = _read(request["module"], Path(request["path"]), requests.read(request["size"]))
        reply["is_last"] = _memory_mib() > _FRESH_START_MIB
        replies.write(json.dumps(reply).encode() + b"\n")
        replies.flush()
        if reply["is_last"]:
            return


def _read(module: str, path: Path, data: bytes) -> dict[str, Any]:
    try:
        reader = importlib.import_module(module if "." in module else f"msqgraph.documents.{module}")
        return {"blocks": [_packed(block) for block in reader.read(path, data)]}
    except UnreadableInput as error:
        return {"problem": error.problem, "remedy": error.remedy, "is_image_only": isinstance(error, ImageOnly)}
    except MemoryError:
        return {"problem": f"takes more than {MAX_MEMORY_MIB} MiB to read", "remedy": SAVE_ANEW}
    except ModuleNotFoundError as error:
        return {"problem": f"the package {error.name} is missing", "remedy": "install msqgraph with what it needs"}
    except Exception as error:  # noqa: BLE001 - a document can make a library raise anything
        return {"problem": f"damaged ({type(error).__name__}: {error})"[:300], "remedy": SAVE_ANEW}


def _packed(block: Block) -> list[Any]:
    boxes = [[b.start, b.end, b.state, b.evidence, b.place, b.is_contradictory] for b in block.boxes]
    links = [[link.start, link.end, link.target] for link in block.links]
    return [block.text, block.start, block.page, boxes, links, block.is_recognised]


def unpacked(packed: list[Any]) -> Block:
    """The block that a reply holds."""
    text, start, page, boxes, links, is_recognised = packed
    boxes, links = tuple(Box(*box) for box in boxes), tuple(Link(*link) for link in links)
    return Block(text, start, page, boxes, links, is_recognised)


def _bound() -> None:
    """No more memory than agreed, no connection to anywhere, no other program: a reader needs none of them."""
    sys.addaudithook(_refuse)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_MIB << 20, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        pass  # not every system has such limits; the time limit stands everywhere


def _end_after(timeout_s: float) -> None:
    """A reader that never ends must not outlive a parent that was killed and cannot end it."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, timeout_s + 5)


def _refuse(event: str, _arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system", "os.exec"):
        raise PermissionError(f"{event} is refused while a document is read")


def _memory_mib() -> int:
    """What this process holds; its greatest use would not do, which begins with that of the process that started it."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0  # not Linux: the process is simply kept
    return pages * os.sysconf("SC_PAGE_SIZE") >> 20


if __name__ == "__main__":
    # what a library prints must not get among the replies
    with os.fdopen(os.dup(1), "wb") as replies:
        os.dup2(2, 1)
        serve(sys.stdin.buffer, replies)
