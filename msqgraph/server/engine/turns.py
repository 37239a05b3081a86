"""Who may have how many of the workers: whoever asks long queries leaves room for those who ask short ones."""

from __future__ import annotations

from collections import Counter

LONG_S = 0.1
"""A query that works longer is a long one, and its client is heavy."""
_REMEMBERED, _LONGEST_REMEMBERED_S = 10.0, 30.0
"""How long a client stays heavy: so many times as long as its query worked, and this long at most."""
OWN = ""
"""The client of what the server asks for itself, which is never heavy."""
_READER = "reader "


def of_reader(client: str) -> str:
    """The client of the server's own pages for one who reads them: never heavy, either, but with a turn of its own.

    >>> is_own(of_reader("192.0.2.7")), is_own(OWN), is_own("192.0.2.7")
    (True, True, False)
    """
    return _READER + client


def is_own(client: str) -> bool:
    """Whether queries are the server's own, whoever they are for."""
    return client == OWN or client.startswith(_READER)


class Turns:
    """Counts what runs.

    Heavy clients together leave one worker to the others, and one heavy client has half of the workers at most.

    >>> turns = Turns(workers=2)
    >>> turns.started("a")
    >>> turns.was_long("a", now_s=0.1, worked_s=0.1)
    >>> turns.may_start("a", now_s=0.2), turns.may_start("b", now_s=0.2), turns.may_start("a", now_s=2.0)
    (False, True, True)
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._heavy_together = max(1, workers - 1)
        self._heavy_alone = max(1, workers // 2)
        self._running: Counter[str] = Counter()
        self._heavy_until_s: dict[str, float] = {}
        self.at_once = 0

    def started(self, client: str) -> None:
        """A query of a client runs."""
        self._running[client] += 1
        self.at_once += 1

    def ended(self, client: str) -> None:
        """A query of a client runs no longer."""
        self.at_once -= 1
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]

    def was_long(self, client: str, now_s: float, worked_s: float) -> None:
        """A query of a client is long; it may be said again while the query goes on."""
        if not is_own(client):
            until_s = now_s + min(_REMEMBERED * worked_s, _LONGEST_REMEMBERED_S)
            self._heavy_until_s[client] = max(until_s, self._heavy_until_s.get(client, until_s))

    def is_heavy(self, client: str, now_s: float) -> bool:
        """Whether a client had a long query a short time ago."""
        until_s = self._heavy_until_s.get(client)
        if until_s is None:
            return False
        if until_s < now_s:
            del self._heavy_until_s[client]
            return False
        return True

    def may_start(self, client: str, now_s: float) -> bool:
        """Whether a client may have a worker now."""
        if self.at_once >= self._workers:
            return False
        if not self.is_heavy(client, now_s):
            return True
        return self._running[client] < self._heavy_alone and self._heavy(now_s) < self._heavy_together

    def running_of(self, client: str) -> int:
        """How many queries of a client run."""
        return self._running[client]

    def is_over(self, client: str, now_s: float) -> bool:
        """Whether a client has more than a heavy one may have, because it came before it was known as one."""
        if not self.is_heavy(client, now_s):
            return False
        return self._running[client] > self._heavy_alone or self._heavy(now_s) > self._heavy_together

    def forget(self, now_s: float) -> None:
        """Forgets who is heavy no longer."""
        for client in list(self._heavy_until_s):
            self.is_heavy(client, now_s)

    def _heavy(self, now_s: float) -> int:
        """How many queries of heavy clients run."""
        return sum(count for client, count in self._running.items() if self.is_heavy(client, now_s))
