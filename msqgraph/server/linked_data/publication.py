"""What is published about the dataset as a whole: its description in figures, its catalogue, the files of its release.

If the dataset was released, the release tells all that. Else it is made of the dataset, once, when somebody asks first:
counting a million triples takes seconds, in a thread, while others are answered.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from msqgraph.assets import DEFAULT_BASE
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UnreadableInput
from msqgraph.exports.w3id import SEGMENT
from msqgraph.release.about import ABOUT, About, Release, load_about
from msqgraph.release.checksums import SUMS
from msqgraph.store import EmbeddedStore, RemoteStore, Store

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.exports.catalog_of_store import Catalogues

SERVICE_FILE = "service.ttl"
_Made = TypeVar("_Made")
_FILE = re.compile(f"(?:{SEGMENT}/)*{SEGMENT}")
_MOST_CHARACTERS = 250  # of a file's path: no system takes longer names


class Publication:
    """What is published about one dataset. ``release`` is the folder of its release, or None.

    ``about`` is what the publisher says; ``endpoint`` is what stands for the address of the endpoint in what is made
    here, where the publisher names none: whoever sends it puts the address in that the request came to. Where nothing
    can be asked (``is_static``) there is no endpoint then.
    """

    def __init__(
        self,
        base: str,
        open_store: Callable[[], Store],
        about: About | None = None,
        release: Path | None = None,
        is_static: bool = False,
    ) -> None:
        self.base, self.release = base, release
        self.about = about or load_about(release / ABOUT if release else None)
        self.endpoint = f"{base}sparql"
        self._open = open_store
        # without a release there is no folder of one: its files are answered under the base
        told = replace(
            self.about,
            address=self.about.address or base,
            site=self.about.site or base,
            endpoint=self.about.endpoint or (None if is_static else self.endpoint),
        )
        self.has_endpoint = told.endpoint is not None
        self._release = Release(told, base)
        self._counted = _Once(self._count)
        self._catalogued = _Once(self._catalogue)
        self._service = _Once(self._describe_service)
        self._read = _Once(self._read_release)

    @classmethod
    def of_folder(cls, dataset: Path, about: About | None = None, release: Path | None = None) -> Publication:
        """That of a dataset in a folder; without a release, the one that lies beside it, if it is of this dataset.

        :raises UsageError: if there is no dataset in the folder.
        """
        found = release or release_beside(dataset)
        return cls(base_of(dataset), lambda: EmbeddedStore(dataset / "store"), about, found)

    @classmethod
    def of_endpoint(
        cls,
        endpoint: str,
        default_graph: str | None = None,
        base: str = DEFAULT_BASE,
        about: About | None = None,
        release: Path | None = None,
    ) -> Publication:
        """That of a dataset that another engine holds; the counting is done by it."""
        return cls(base, lambda: RemoteStore(endpoint, default_graph=default_graph), about, release)

    def as_files(self) -> Publication:
        """The same for a site of files, where nothing can be asked.

        >>> Publication("https://example.org/", EmbeddedStore).as_files().has_endpoint
        False
        """
        return Publication(self.base, self._open, self.about, self.release, is_static=True)

    async def counted(self) -> list[ox.Triple]:
        """What is in the graph, counted, as :mod:`msqgraph.exports.void` tells it.

        :raises UsageError: if the store does not answer.
        """
        return await self._counted()

    async def catalogues(self) -> Catalogues:
        """The catalogue.

        :raises UsageError: if the store does not answer.
        """
        return await self._catalogued()

    async def catalog(self) -> list[ox.Triple]:
        """The triples of the catalogue: of the release if there is one.

        :raises UsageError: if the store does not answer.
        :raises UnreadableInput: if a file of the release is no Turtle.
        """
        return (await self._read())["catalog.ttl"] if self.release else (await self.catalogues()).triples

    async def triples(self) -> list[ox.Triple]:
        """All that is said about the dataset as a whole: catalogue, figures, endpoint; of the release if there is one.

        :raises UsageError: if the store does not answer.
        :raises UnreadableInput: if a file of the release is no Turtle.
        """
        if self.release:
            read = await self._read()
            told = [*read["catalog.ttl"], *read["void.ttl"]]
        else:
            told = [*(await self.catalogues()).triples, *await self.counted()]
        return [*told, *await self.service()]

    async def service(self) -> list[ox.Triple]:
        """The description of the endpoint: of the release if it has one; empty if there is no endpoint.

        :raises UsageError: if the store does not answer.
        :raises UnreadableInput: if a file of the release is no Turtle.
        """
        if self.file(SERVICE_FILE):
            return (await self._read())[SERVICE_FILE]
        return await self._service() if self.has_endpoint else []

    def file(self, name: str) -> Path | None:
        """A file of the release by its path in the folder; None if there is no release, or no such file in it.

        >>> Publication("https://example.org/", EmbeddedStore).file("void.ttl") is None
        True
        """
        if self.release is None or len(name) > _MOST_CHARACTERS or not _FILE.fullmatch(name):
            return None
        root = self.release.resolve()
        path = (root / name).resolve()
        return path if path.is_file() and root in path.parents else None

    def _count(self) -> list[ox.Triple]:
        from msqgraph.exports.void import void_triples

        return void_triples(self._open(), self._release)

    def _catalogue(self) -> Catalogues:
        from msqgraph.exports.catalog_of_store import catalogues_of_store

        return catalogues_of_store(self._open(), self._release)

    def _describe_service(self) -> list[ox.Triple]:
        from msqgraph.exports.service_description import service_of_store
        from msqgraph.server.dataset_graphs import is_graph_of_dataset

        def is_ours(iri: str) -> bool:
            return is_graph_of_dataset(iri.removeprefix(self.base))

        return service_of_store(self._open(), self._release, is_ours)

    def _read_release(self) -> dict[str, list[ox.Triple]]:
        return {name: _triples_in(self.file(name)) for name in ("catalog.ttl", "void.ttl", SERVICE_FILE)}


def _triples_in(path: Path | None) -> list[ox.Triple]:
    """The triples of a Turtle file; without a file, none."""
    import pyoxigraph as ox

    try:
        return [quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)] if path else []
    except (OSError, SyntaxError) as error:
        raise UnreadableInput(str(path), str(error), "serve the release as it was written") from None


class _Once(Generic[_Made]):
    """What takes long, made once in a thread for all who ask; after a failure it is tried again."""

    def __init__(self, make: Callable[[], _Made]) -> None:
        self._make = make
        self._task: asyncio.Task[_Made] | None = None

    def __call__(self) -> Awaitable[_Made]:
        failed = self._task and self._task.done() and (self._task.cancelled() or self._task.exception())
        if self._task is None or failed:
            self._task = asyncio.create_task(asyncio.to_thread(self._make))
        # a client that hangs up does not end what others wait for
        return asyncio.shield(self._task)


def release_beside(dataset: Path) -> Path | None:
    """The release of a dataset among the folders beside it: the one whose merge has the dataset's checksum.

    >>> release_beside(Path("responses")) is None
    True
    """
    merge = dataset / "dataset.ttl"
    folders = sorted(
        path.parent for path in dataset.resolve().parent.glob(f"*/{SUMS}") if (path.parent / ABOUT).is_file()
    )
    if not folders or not merge.is_file():
        return None
    with merge.open("rb") as file:
        line = f"{hashlib.file_digest(file, 'sha256').hexdigest()}  data/msqgraph.ttl"
    fitting = [path for path in folders if line in (path / SUMS).read_text(encoding="utf-8").splitlines()]
    return fitting[-1] if fitting else None
