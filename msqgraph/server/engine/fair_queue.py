"""Queries that wait, by client: each client in its turn, whoever asked how often."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from math import ceil
from typing import Generic, TypeVar

from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.engine.limits import Limits
from msqgraph.server.engine.turns import OWN

Waiting = TypeVar("Waiting")


class FairQueue(Generic[Waiting]):
    """First come, first served for the queries of one client; in turn among clients.

    >>> queue = FairQueue()
    >>> for client, query in (("a", 1), ("a", 2), ("a", 3), ("b", 4)):
    ...     queue.put(client, query)
    >>> [queue.take(lambda client: True) for _ in range(len(queue))]
    [1, 4, 2, 3]
    """

    def __init__(self) -> None:
        self._of: dict[str, deque[Waiting]] = {}  # the client whose turn it is comes first
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Waiting]:
        return (waiting for line in self._of.values() for waiting in line)

    def clients(self) -> Iterator[str]:
        """Those who wait, next in turn first."""
        return iter(self._of)

    def waiting_of(self, client: str) -> int:
        """How many queries of a client wait."""
        return len(self._of.get(client, ()))

    def put(self, client: str, waiting: Waiting, is_first: bool = False) -> None:
        """Adds a query behind the client's others.

        :param is_first: before its others, and the client next in turn: the query had begun already.
        """
        line = self._of.setdefault(client, deque())
        if is_first:
            line.appendleft(waiting)
            self._of = {client: line, **self._of}
        else:
            line.append(waiting)
        self._length += 1

    def take(self, may_start: Callable[[str], bool]) -> Waiting | None:
        """The next query of the first client in turn who may start one; None if no one may."""
        for client in self._of:
            if may_start(client):
                line = self._of.pop(client)
                self._length -= 1
                taken = line.popleft()
                if line:
                    self._of[client] = line
                return taken
        return None

    def remove(self, client: str, waiting: Waiting) -> bool:
        """Whether a query did wait, which it does no longer."""
        line = self._of.get(client)
        if line is None or waiting not in line:
            return False
        line.remove(waiting)
        self._length -= 1
        if not line:
            del self._of[client]
        return True


def refuse_if_full(queue: FairQueue[Waiting], limits: Limits, client: str, retry_after_s: Callable[[], int]) -> None:
    """Refuses a query for which there is no place in a queue.

    :param retry_after_s: tells when to try again; asked only if it is needed.
    :raises QueryRefused: with 503 and that time.
    """
    if len(queue) >= limits.queue_length:
        raise QueryRefused(503, f"{len(queue)} queries wait already: try again later", retry_after_s(), "queue")
    if client != OWN and queue.waiting_of(client) >= limits.queue_per_client:
        many = queue.waiting_of(client)
        message = f"{many} queries of yours wait already: wait for their answers first"
        raise QueryRefused(503, message, retry_after_s(), "queue")


class Durations:
    """How long queries took of late, to tell clients when to come back."""

    def __init__(self) -> None:
        self._mean_s = 0.0

    def took(self, duration_s: float) -> None:
        """A query has ended."""
        self._mean_s += (duration_s - self._mean_s) / 16

    def retry_after_s(self, waiting: int, running_s: Collection[float], limits: Limits) -> int:
        """In how many seconds a new query will probably have its turn: from 1 to the time limit.

        :param running_s: how long each running query has worked; it is expected to work for as long again.

        >>> Durations().retry_after_s(10, [4.0, 2.0], Limits(workers=2))
        17
        """
        mean_s = max(self._mean_s, sum(running_s) / len(running_s) if running_s else 0.0)
        return max(1, min(ceil(mean_s * (waiting + 1) / limits.at_once), ceil(limits.timeout_s)))
