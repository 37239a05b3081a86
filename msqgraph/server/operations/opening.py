"""Opens what is to be served: a dataset folder or an endpoint, with its engine, facts and application."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msqgraph.assets import DEFAULT_BASE
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.server.asking import Asking
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.operations.health import problem_of
from msqgraph.server.operations.measured_engine import MeasuredEngine
from msqgraph.server.operations.served import Served
from msqgraph.server.operations.snapshot import Snapshot, take_snapshot
from msqgraph.server.site_facts import SiteFacts, site_facts

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from msqgraph.release.about import About
    from msqgraph.server.engine.asked import Engine
    from msqgraph.server.engine.limits import Limits
    from msqgraph.server.linked_data.publication import Publication
    from msqgraph.server.operations.metrics import Metrics

MakeApp: TypeAlias = "Callable[[Engine, SiteFacts, Publication], Starlette]"
_FIRST_ANSWER_S = 30.0
_DIGEST_DIGITS = 12
_REBUILD = "build the dataset anew"


@dataclass(frozen=True, slots=True)
class Opening:
    """How datasets are opened: the same for the first and for those that follow.

    ``load_app`` gives what makes the application of one dataset; it imports half of the program, which is done while
    the workers start. ``release`` is the folder of the release, or a YAML file with what the publisher says, read anew
    each time.
    """

    limits: Limits
    load_app: Callable[[], MakeApp]
    metrics: Metrics
    public_url: str = ""
    release: Path | None = None

    async def folder(self, dataset: Path) -> Served:
        """The dataset in a folder, as it is now.

        :raises UsageError: if there is none, or no room for a snapshot.
        :raises UnreadableInput: if its store cannot be read or asked.
        """
        from msqgraph.server.engine.embedded_engine import EmbeddedEngine

        base_of(dataset)  # whose message names the folder that was given
        snapshot = await asyncio.to_thread(take_snapshot, dataset)
        try:
            base = base_of(snapshot.folder)  # of the same dataset as the store
            engine = EmbeddedEngine(snapshot.folder / "store", self.limits, base=base)
            return await self._served(
                engine, engine.start(), partial(self._published, dataset, snapshot), dataset, snapshot
            )
        except BaseException as error:
            snapshot.remove()
            if not isinstance(error, OSError | ValueError):
                raise
            problem = f"its store cannot be opened ({type(error).__name__}: {error})"
            raise UnreadableInput(dataset, problem, _REBUILD) from error

    async def endpoint(self, address: str, default_graph: str | None) -> Served:
        """The dataset behind an endpoint.

        :raises UsageError: if it does not answer.
        """
        from msqgraph.server.engine.remote_engine import RemoteEngine

        def published() -> Publication:
            from msqgraph.server.linked_data.publication import Publication

            return Publication.of_endpoint(address, default_graph, DEFAULT_BASE, self._about(), self._folder())

        engine = RemoteEngine(address, default_graph, self.limits)
        try:
            return await self._served(engine, engine.start(), published, address, None)
        except UnreadableInput as error:
            problem = f"{address}: {error.problem}"
            raise UsageError(f"{problem} — check the address and --default-graph, and whether it runs") from None

    async def _served(
        self,
        engine: Engine,
        starting: Awaitable[None],
        published: Callable[[], Publication],
        place: Path | str,
        snapshot: Snapshot | None,
    ) -> Served:
        """Starts an engine, and makes the application meanwhile; the engine is closed if either fails."""
        loading = asyncio.get_running_loop().run_in_executor(None, lambda: (self.load_app(), published()))
        try:
            await self._started(starting, place)
            if problem := await problem_of(engine, _FIRST_ANSWER_S):
                raise UnreadableInput(place, problem.rstrip("."), _REBUILD)
            make_app, publication = await loading
            measured = MeasuredEngine(engine, self.metrics)
            try:
                facts = await site_facts(
                    Asking(measured, publication.base), **self._known(publication), is_snapshot=snapshot is not None
                )
            except (QueryRefused, ValueError) as error:
                raise UnreadableInput(place, f"its editions cannot be asked for ({error})", _REBUILD) from None
            # parts may read files when they are put together: not on the loop that answers others
            app = await asyncio.to_thread(make_app, measured, facts, publication)
            served = Served(app, engine, facts, _build(snapshot), snapshot)
            served.prepared = getattr(app.state, "prepared", served.prepared)
            await served.lifespan.enter_async_context(app.router.lifespan_context(app))
            return served
        except BaseException:
            await asyncio.wait([loading])
            if not loading.cancelled():
                loading.exception()  # which then is not the one that counts
            await engine.close()
            raise

    async def _started(self, starting: Awaitable[None], place: Path | str) -> None:
        try:
            await starting
        except UsageError as error:  # what is in the folder looked like a dataset, but cannot be opened
            raise UnreadableInput(place, str(error), _REBUILD) from None

    def _published(self, dataset: Path, snapshot: Snapshot) -> Publication:
        """What is published about a dataset: by its release, or else by the store of the snapshot."""
        from msqgraph.server.linked_data.publication import Publication, release_beside
        from msqgraph.store import EmbeddedStore

        folder = self._folder() or release_beside(dataset)
        return Publication(
            base_of(snapshot.folder), partial(EmbeddedStore, snapshot.folder / "store"), self._about(), folder
        )

    def _folder(self) -> Path | None:
        """The folder of the release, if one was named."""
        return self.release if self.release and self.release.is_dir() else None

    def _about(self) -> About | None:
        """What the publisher says, if it is in a file of its own."""
        from msqgraph.release.about import load_about

        return load_about(self.release) if self.release and self.release.is_file() else None

    def _known(self, published: Publication) -> dict[str, str]:
        """What the publisher says of the dataset, as fields of :class:`SiteFacts`."""
        known = {"public_url": self.public_url}
        if self.release or published.release:
            about = published.about
            known |= {"title": about.title, "version": about.version, "licence": about.licence}
        return known


def _build(snapshot: Snapshot | None) -> str:
    """What tells a build from another one, in a few digits; empty where no report does."""
    if snapshot is None:
        return ""
    return hashlib.sha256((snapshot.folder / "report.json").read_bytes()).hexdigest()[:_DIGEST_DIGITS]
