"""How much one query and one client may take of an engine."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace


def _cores() -> int:
    """The cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of an engine; each has a default that suits a small public server.

    >>> Limits(timeout_s=5, workers=4).workers
    4
    """

    timeout_s: float = 30.0
    """How long a query may work, and how long it may wait for its turn."""
    memory_mib: int = 1024
    """Memory of a query's process above what it takes without a query."""
    result_bytes: int = 256 << 20
    """Length of an answer, as serialised."""
    reader_s: float = 120.0
    """How long a query may wait for its client to read, all its waits together; it does not work meanwhile."""
    queue_length: int = 200
    """Queries that may wait, of all clients."""
    queue_per_client: int = 40
    """Queries of one client that may wait; what the server asks for itself is bound by ``queue_length`` alone."""
    workers: int = 0
    """Queries that run at once; 0: as many as there are cores, but two at least."""

    @property
    def at_once(self) -> int:
        """Queries that run at once, as a number.

        With one alone, a client of long queries would keep everybody else waiting.

        >>> Limits().at_once >= 2
        True
        """
        return self.workers or max(2, _cores())

    def with_workers(self, workers: int) -> Limits:
        """The same limits with another number of queries at once."""
        return replace(self, workers=workers)
