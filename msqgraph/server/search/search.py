"""The search of one dataset: its index is made in the background, then asked in threads of its own."""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from msqgraph.server.content.hits import CountryName, Found, NotReady, Progress, Sought
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.reader import READER
from msqgraph.server.search.entries import entries
from msqgraph.server.search.finding import called, countries_in, find_in
from msqgraph.server.search.index import IndexWriter
from msqgraph.server.turnstile import Crowded, Turnstile

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking
    from msqgraph.server.content.texts import Text

READERS = 2
"""Searches at once; others wait."""

_WAITING, _WAITING_OF_ONE = 32, 8  # beyond these a search is refused
_TRIES, _PAUSE_S = 5, 2.0
_LOG = logging.getLogger(__name__)


class Search:
    """Full-text search of one dataset. A dataset that takes its place gets a search of its own."""

    def __init__(self, asking: Asking) -> None:
        """A search whose index is not begun: see :meth:`start`."""
        self._asking = asking
        self._readers: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="search")
        self._making: asyncio.Task[None] | None = None
        self._turnstile = Turnstile(READERS, waiting=_WAITING, waiting_of_one=_WAITING_OF_ONE)
        self._countries: dict[str, list[Text]] = {}
        self.progress = Progress()

    def start(self) -> None:
        """Begins to make the index, beside whatever else the event loop does."""
        if self._making is None:
            self._making = asyncio.get_running_loop().create_task(self._make())

    async def ready(self) -> None:
        """Waits until the index is made, or could not be: ``progress`` tells."""
        self.start()
        if self._making is not None:
            await asyncio.wait({self._making})

    async def close(self) -> None:
        """Ends what runs and lets go of the index."""
        if self._making is not None and not self._making.done():
            self._making.cancel()
            await asyncio.gather(self._making, return_exceptions=True)
        await asyncio.to_thread(self._threads.shutdown, cancel_futures=True)
        while not self._readers.empty():
            self._readers.get_nowait().close()

    async def find(
        self,
        query: str,
        *,
        kind: str = "",
        country: str = "",
        edition: str = "",
        language: str = "",
        offset: int = 0,
        limit: int = 20,
        reader: str = "en",
    ) -> Found:
        """A page of what is found, the best first: names before what is said.

        All words must be in a text or be the name of its country, its edition or its number; where no text has them
        all, any will do. Words in quotes stand one after the other; the last word may be the beginning of one.

        :param kind: one of :data:`~msqgraph.server.content.hits.Kind`, for things of that kind only.
        :param country: ISO 3166-1 alpha-3, for what belongs to a country.
        :param edition: for what a response of an edition says or names.
        :param language: of the words that are found.
        :param reader: the language in which things are called.
        :raises NotReady: while the index is being made, or too many searches wait.
        :raises TooSlow: if it takes too long.
        """
        if not self.progress.is_ready:
            raise NotReady(self.progress.problem or "the index of the search is being made: try again in some seconds")
        sought = Sought(kind, country.upper(), edition, language.lower())
        try:
            async with self._turnstile.place(READER.get()):
                loop = asyncio.get_running_loop()
                return await loop.run_in_executor(self._threads, self._find, query, sought, offset, limit, reader)
        except Crowded as crowded:
            whose = "too many searches of yours wait" if crowded.is_own_doing else "too many searches wait"
            raise NotReady(f"{whose}: try again in some seconds") from None

    def countries(self, reader: str) -> tuple[CountryName, ...]:
        """The countries that something belongs to, as a reader calls them; none until the index is made."""
        return called(self._countries, reader)

    def _find(self, query: str, sought: Sought, offset: int, limit: int, reader: str) -> Found:
        index = self._readers.get()
        try:
            return find_in(index, query, self._asking.base, sought, offset, limit, reader)
        finally:
            self._readers.put(index)

    async def _make(self) -> None:
        """Makes the index; begins anew, some times, where the engine has other things to do."""
        for attempt in range(1, _TRIES + 1):
            try:
                await self._made()
                return
            except QueryRefused as refused:
                self.progress = Progress(problem=f"the index of the search could not be made: {refused}")
                _LOG.warning("the index of the search could not be made: status %s, %s", refused.status, refused.reason)
                await _pause(refused.retry_after_s or _PAUSE_S * attempt)
            except (OSError, sqlite3.Error) as error:
                self.progress = Progress(problem=f"the index of the search could not be written: {error}")
                _LOG.exception("the index of the search could not be written")
                return

    async def _made(self) -> None:
        loop = asyncio.get_running_loop()
        writer = await loop.run_in_executor(self._threads, IndexWriter)
        try:
            async for part in entries(self._asking):
                await loop.run_in_executor(self._threads, writer.add, part)
                self.progress = Progress(writer.things, writer.texts)
            opened = await loop.run_in_executor(self._threads, writer.finish, READERS)
            for connection in opened:
                self._readers.put(connection)
            self._countries = await loop.run_in_executor(self._threads, countries_in, opened[0], self._asking.base)
        except BaseException:
            writer.abandon()
            raise
        self.progress = replace(self.progress, is_ready=True)


async def _pause(seconds: float) -> None:
    await asyncio.sleep(seconds)
