"""One thing timed against another, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 9


@dataclass(frozen=True)
class Measure:
    """One thing timed against another."""

    name: str
    against: str
    seconds: float
    other_seconds: float
    limit: str = ""

    @property
    def ratio(self) -> float:
        """How many times as long as the other."""
        return self.seconds / self.other_seconds


def paired(
    name: str,
    against: str,
    one: Callable[[], object],
    other: Callable[[], object],
    limit: str = "",
    rounds: int = ROUNDS,
) -> Measure:
    """Runs both in turns after one warm-up and takes the medians."""
    one(), other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for action, into in zip((one, other), times, strict=True):
            started = time.perf_counter()
            action()
            into.append(time.perf_counter() - started)
    return Measure(name, against, statistics.median(times[0]), statistics.median(times[1]), limit)
