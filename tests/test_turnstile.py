"""Places in turn by client: nobody's many requests keep another's few waiting, and who leaves makes room."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from msqgraph.server.turnstile import Crowded, Turnstile


class Visits:
    """Clients inside, in the order in which they came in; each stays until it is let out."""

    def __init__(self, turnstile: Turnstile) -> None:
        self.turnstile, self.came = turnstile, list[str]()
        self._doors: dict[str, list[asyncio.Event]] = {}

    def begin(self, client: str) -> asyncio.Task[None]:
        """A visit that goes on by itself."""
        return asyncio.create_task(self._visit(client))

    async def let_out(self, client: str) -> None:
        """Ends the oldest visit of a client that is inside."""
        self._doors[client].pop(0).set()
        await settle()

    async def _visit(self, client: str) -> None:
        async with self.turnstile.place(client):
            self.came.append(client)
            door = asyncio.Event()
            self._doors.setdefault(client, []).append(door)
            await door.wait()


async def settle() -> None:
    """Lets everything that can go on go on."""
    for _ in range(5):
        await asyncio.sleep(0)


def visiting(turnstile: Turnstile, use: Callable[[Visits], Awaitable[None]]) -> None:
    """Runs a story at a turnstile."""
    asyncio.run(asyncio.wait_for(_story(turnstile, use), 10))


async def _story(turnstile: Turnstile, use: Callable[[Visits], Awaitable[None]]) -> None:
    await use(Visits(turnstile))


def test_clients_have_places_in_turn() -> None:
    """One who came with five waits after each for one who came with one."""

    async def use(visits: Visits) -> None:
        tasks = [visits.begin(client) for client in ("a", "a", "a", "a", "b")]
        await settle()
        assert visits.came == ["a"]
        for client in ("a", "a", "b", "a", "a"):
            await visits.let_out(client)
        assert visits.came == ["a", "a", "b", "a", "a"]
        await asyncio.gather(*tasks)

    visiting(Turnstile(places=1), use)


def test_a_client_has_some_places_at_most() -> None:
    """However many there are; others come in beside it."""

    async def use(visits: Visits) -> None:
        tasks = [visits.begin(client) for client in ("a", "a", "a", "b")]
        await settle()
        assert sorted(visits.came) == ["a", "a", "b"]
        await visits.let_out("a")
        assert sorted(visits.came) == ["a", "a", "a", "b"]
        for client in ("a", "a", "b"):
            await visits.let_out(client)
        await asyncio.gather(*tasks)

    visiting(Turnstile(of_one=2), use)


def test_too_many_are_refused_with_whose_doing_it_is() -> None:
    """The client's own room first, then everybody's."""

    async def use(visits: Visits) -> None:
        tasks = [visits.begin(client) for client in ("a", "a", "a")]
        await settle()
        with pytest.raises(Crowded) as own:
            await visits.begin("a")
        tasks.append(visits.begin("b"))
        await settle()
        with pytest.raises(Crowded) as others:
            await visits.begin("c")
        assert (own.value.is_own_doing, others.value.is_own_doing) == (True, False)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    visiting(Turnstile(places=1, waiting=3, waiting_of_one=2), use)


def test_whoever_leaves_before_its_turn_takes_no_place() -> None:
    """Also in the very moment in which its turn comes."""

    async def use(visits: Visits) -> None:
        first, second, third = (visits.begin(client) for client in "abc")
        await settle()
        second.cancel()
        await settle()
        visits._doors["a"].pop(0).set()
        await asyncio.sleep(0)  # the place goes to the third now, which has not come in yet
        third.cancel()
        await settle()
        await first
        fourth = visits.begin("d")
        await settle()
        assert visits.came == ["a", "d"]
        await visits.let_out("d")
        await fourth

    visiting(Turnstile(places=1), use)
