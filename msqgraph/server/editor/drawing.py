"""Charts of answers, drawn by a process of their own: what takes too long or too much there can be ended.

``python -m msqgraph.server.editor.drawing`` is that process: a line of JSON in for each chart, a line out.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import sys
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msqgraph.errors import UsageError
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.reader import READER
from msqgraph.server.turnstile import Crowded, Turnstile

if TYPE_CHECKING:
    from msqgraph.tables import Table

TIMEOUT_S = 30.0  # the first chart starts the process: 3 s on an idle machine, 15 s on a crowded one
_MAX_WAITING, _MAX_WAITING_OF_ONE = 16, 4
_MAX_KEPT = 64
_MAX_LINE_BYTES = 32 * 2**20
_MEMORY_MIB = 1024  # of which what draws reserves 580 and uses 190


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as SVG; ``subtitle`` says what it shows of how many countries, ``etag`` tells it from others."""

    svg: bytes
    drawing: str
    subtitle: str
    etag: str


class Drawer:
    """Draws charts one after the other, and keeps the last of them. Its process starts with the first."""

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        """A drawer that gives each chart so many seconds."""
        self._timeout_s = timeout_s
        self._turnstile = Turnstile(1, waiting=_MAX_WAITING, waiting_of_one=_MAX_WAITING_OF_ONE)
        self._process: asyncio.subprocess.Process | None = None
        self._kept: OrderedDict[str, Drawn] = OrderedDict()

    async def draw(self, table: Table, about: Mapping[str, str], kind: str, columns: Sequence[str] = ()) -> Drawn:
        """The chart of a table.

        :param about: what it says of itself, as :func:`msqgraph.tables.about` gives it.
        :param kind: ``bar``, ``line`` or ``map``.
        :param columns: the columns to draw; none: those that fit.
        :raises UsageError: if the columns make no such chart, or the packages for charts are not installed.
        :raises QueryRefused: if too many charts are waited for, or it took too long.
        """
        told = {"variables": table.variables, "rows": table.rows, "kinds": table.kinds, "about": dict(about),
                "kind": kind, "columns": list(columns)}  # fmt: skip
        line = json.dumps(told, default=str, sort_keys=True).encode() + b"\n"
        key = hashlib.sha256(line).hexdigest()
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        try:
            async with self._turnstile.place(READER.get()):
                reply = await self._to_its_end(line)
        except Crowded as crowded:
            whose = "charts of yours" if crowded.is_own_doing else "charts"
            raise QueryRefused(503, f"too many {whose} are being drawn: try again later", retry_after_s=5) from None
        if "refused" in reply:
            raise UsageError(reply["refused"])
        drawn = Drawn(reply["svg"].encode(), reply["drawing"], reply["subtitle"], f'"{key[:32]}"')
        self._kept[key] = drawn
        while len(self._kept) > _MAX_KEPT:
            self._kept.popitem(last=False)
        return drawn

    async def close(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        # the pipes are closed by the loop, in its next turns
        getattr(process, "_transport").close()  # noqa: B009 - asyncio has no public way to close them

    async def _to_its_end(self, line: bytes) -> dict[str, Any]:
        """One chart, drawn even if nobody waits any more: to end its process would cost the next one a new start."""
        exchange = asyncio.ensure_future(self._exchange(line))
        try:
            return await asyncio.shield(exchange)
        except asyncio.CancelledError:
            await asyncio.wait([exchange])
            if not exchange.cancelled():
                exchange.exception()  # which nobody wants to hear of
            raise

    async def _exchange(self, line: bytes) -> dict[str, Any]:
        """One chart, from a process that is there or a new one; it is ended if anything goes wrong."""
        try:
            async with asyncio.timeout(self._timeout_s):
                if self._process is None or self._process.returncode is not None:
                    await self.close()
                    self._process = await _started()
                assert self._process.stdin and self._process.stdout  # noqa: S101 - both are pipes
                self._process.stdin.write(line)
                await self._process.stdin.drain()
                answer = await self._process.stdout.readline()
            reply: dict[str, Any] = json.loads(answer)
            return reply
        except TimeoutError:
            await self.close()
            raise QueryRefused(503, "the chart took too long to draw: ask for fewer rows", retry_after_s=5) from None
        except (OSError, ValueError):
            await self.close()
            raise QueryRefused(503, "the chart could not be drawn: ask for fewer rows", retry_after_s=5) from None
        except asyncio.CancelledError:  # nobody waits any more, and the next one must not get this chart
            await self.close()
            raise


async def _started() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "msqgraph.server.editor.drawing",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_MAX_LINE_BYTES,
    )


def reply_to(line: bytes) -> bytes:
    """What the process answers to one line: the SVG, or why there is none."""
    from msqgraph.exports.charts import draw

    told = json.loads(line)
    reply: dict[str, str]
    try:
        chart = draw(
            told["variables"],
            [tuple(row) for row in told["rows"]],
            told["kinds"],
            about=told["about"],
            kind=told["kind"],
            columns=told["columns"],
        )
        reply = {"svg": chart.svg(), "drawing": chart.drawing, "subtitle": chart.subtitle}
    except UsageError as error:
        reply = {"refused": str(error)}
    return json.dumps(reply).encode() + b"\n"


def _serve() -> None:
    """Answers lines until there are none: whoever asked has ended. Without a network, and in so much memory."""
    from msqgraph.server.engine.confinement import deny_sockets, limit_memory

    deny_sockets()
    limit_memory(_MEMORY_MIB)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what a library prints is no answer
        for line in sys.stdin.buffer:
            out.write(reply_to(line))
            out.flush()


if __name__ == "__main__":
    _serve()
