"""What an engine has to do at a moment, for metrics and tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Busy:
    """Numbers of queries and of processes."""

    running: int
    waiting: int
    at_once: int
    """How many can run at once."""
    ready: int = 0
    """Processes that can answer, or do."""
    pids: tuple[int, ...] = ()
    """The worker processes, idle ones and a spare one included."""
    restarts: int = 0
    """Processes, so far, that took the place of one that ended."""
