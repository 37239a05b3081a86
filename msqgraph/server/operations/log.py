"""The log: one line for each request and each event, for people or as JSON, on stderr.

Not in it: who asked (addresses, referring pages), and what (paths as sent, parameters, queries). The messages of
exceptions are left out too, since they repeat what was asked; their kinds and places in the code are there.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from time import perf_counter, time_ns
from typing import TextIO

from msqgraph.server.operations.request_record import RequestRecord, method_of
from msqgraph.terminal import printable

_MESSAGE_CHARACTERS = 300
_CHAIN = 8  # exceptions that led to one another


class LogFormat(StrEnum):
    """How a line of the log is written."""

    text = "text"
    json = "json"


class Log:
    """Where lines go. A log that cannot be written to is no reason to answer nobody."""

    def __init__(self, form: LogFormat = LogFormat.text, stream: TextIO | None = None, requests: bool = True) -> None:
        """A log on a stream, else stderr. ``requests``: whether requests that went well have a line."""
        self._write = _as_json if form == LogFormat.json else _as_text
        self._stream = stream if stream is not None else sys.stderr
        self._requests = requests
        self._second, self._until_second = -1, ""

    def request(self, record: RequestRecord) -> None:
        """The line of a request that is over; where requests have none, only of one that failed here."""
        if not self._requests and record.status < 500:
            return
        facts: dict[str, str | int | float] = {
            "request": record.id,
            "method": method_of(record.method),
            "route": record.template,
            "status": record.status,
            "ms": round((perf_counter() - record.started_s) * 1000, 1),
            "bytes": record.sent_bytes,
        }
        if record.queries:
            facts["queries"] = record.queries
        if record.query_digest:
            facts["query"] = record.query_digest
        if record.refused:
            facts["refused"] = record.refused
        if not record.is_complete:
            facts["cut"] = "yes"
        self.line("info", "request", facts)

    def event(self, level: str, message: str, **facts: str | int | float) -> None:
        """A line that tells of the server itself."""
        self.line(level, message, facts)

    def failure(self, error: BaseException, message: str, **facts: str | int | float) -> None:
        """A line about an error of the program, with the places in the code that it came through."""
        self.line("error", message, {**facts, "trace": " | ".join(trail(error))})

    def line(self, level: str, message: str, facts: dict[str, str | int | float]) -> None:
        """Writes one line."""
        try:
            self._stream.write(self._write({"time": self._now(), "level": level, "message": message, **facts}))
            self._stream.flush()
        except (OSError, ValueError):  # a full disk, a pipe that nobody reads, a closed stream
            return

    def _now(self) -> str:
        """The time of a line in UTC, to the millisecond; what is before the point is written once a second."""
        second, nanoseconds = divmod(time_ns(), 1_000_000_000)
        if second != self._second:
            self._second = second
            self._until_second = datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        return f"{self._until_second}.{nanoseconds // 1_000_000:03d}Z"


class FromLibraries(logging.Handler):
    """What libraries log, as lines of ours: their message's first line, without the words of exceptions."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record of a library."""
        message = record.getMessage().partition("\n")[0].strip()[:_MESSAGE_CHARACTERS]
        error = record.exc_info[1] if record.exc_info else None
        level = record.levelname.lower()
        if error is None:
            self._log.event(level, message, logger=record.name)
        else:
            self._log.failure(error, message, logger=record.name)


def take_over_logging(log: Log) -> None:
    """Sends what libraries log to a log of ours, for the whole process."""
    root = logging.getLogger()
    root.handlers[:] = [FromLibraries(log)]
    root.setLevel(logging.WARNING)
    uvicorn = logging.getLogger("uvicorn.error")
    uvicorn.setLevel(logging.ERROR)  # its warnings tell of every request that it cannot parse
    uvicorn.addFilter(_is_no_cut_answer)
    sys.unraisablehook = partial(_unraisable, log)


def _unraisable(log: Log, what: sys.UnraisableHookArgs) -> None:
    """What went wrong where nobody could be told, such as in the collector of garbage."""
    if what.exc_value is not None:
        log.failure(what.exc_value, "an error that nobody could be told")


def _is_no_cut_answer(record: logging.LogRecord) -> bool:
    """An answer that was cut ends without being complete on purpose, and has its line."""
    return "without completing response" not in str(record.msg)


def trail(error: BaseException) -> Iterator[str]:
    """The kinds of an exception and of those behind it, each with its places in the code, the innermost first.

    >>> list(trail(KeyError("secret")))
    ['KeyError']
    """
    waiting: list[BaseException | None] = [error]
    for _ in range(_CHAIN):
        if not waiting:
            return
        current = waiting.pop(0)
        if current is None:
            continue
        frames = traceback.extract_tb(current.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
        yield " < ".join([type(current).__qualname__, *places])
        if isinstance(current, BaseExceptionGroup):
            waiting += current.exceptions
        waiting.append(current.__cause__ or (None if current.__suppress_context__ else current.__context__))


def _as_json(facts: dict[str, str | int | float]) -> str:
    return json.dumps(facts, ensure_ascii=False) + "\n"


def _as_text(facts: dict[str, str | int | float]) -> str:
    """Time, level and message; then name=value, with quotes where a value has blanks.

    >>> _as_text({"time": "2026-11-30T12:00:00.000Z", "level": "info", "message": "request", "status": 200})
    '2026-11-30T12:00:00.000Z info request status=200\\n'
    """
    told = list(facts.items())
    words = [str(value) for _, value in told[:3]]
    for name, value in told[3:]:
        text = str(value)
        words.append(f"{name}={json.dumps(text, ensure_ascii=False) if ' ' in text else text}")
    line = " ".join(words)
    return f"{line if line.isprintable() else printable(line.replace(chr(10), ' '))}\n"
