"""An engine for tests of what stands in front of one: it answers at once from a store in memory, without processes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pyoxigraph as ox

from msqgraph.server.engine.asked import Answer, Asked, QueryRefused

CHUNK_BYTES = 4096


class FakeEngine:
    """Answers from a store; notes what it was asked; refuses whatever ``refusal`` says, if set."""

    def __init__(self, store: ox.Store, refusal: QueryRefused | None = None, cut_after: int | None = None) -> None:
        """An engine over a store.

        :param refusal: raised for every query, as a real engine would when it is busy.
        :param cut_after: after so many chunks, the body raises a refusal, as for a query out of time midway.
        """
        self.store, self.refusal, self.cut_after = store, refusal, cut_after
        self.asked: list[Asked] = []
        self.closed = False

    @classmethod
    def of(cls, nquads: str) -> FakeEngine:
        """An engine over N-Quads."""
        store = ox.Store()
        store.load(nquads, format=ox.RdfFormat.N_QUADS)
        return cls(store)

    @classmethod
    def of_dataset(cls, folder: Path) -> FakeEngine:
        """An engine over a dataset folder, such as the fixtures ``dataset`` and ``world``."""
        return cls(ox.Store.read_only(str(folder / "store")))

    async def ask(self, asked: Asked) -> Answer:
        """The answer of the store.

        :raises QueryRefused: with 400 for an error in the query, and 406 without a format for its answer.
        """
        self.asked.append(asked)
        if self.refusal:
            raise self.refusal
        graphs = {}
        if asked.default_graphs or asked.named_graphs:
            graphs = {
                "default_graph": [ox.NamedNode(iri) for iri in asked.default_graphs],
                "named_graphs": [ox.NamedNode(iri) for iri in asked.named_graphs],
            }
        try:
            found = self.store.query(asked.sparql, **graphs)  # type: ignore[arg-type]
        except (SyntaxError, ValueError) as error:
            raise QueryRefused(400, f"the query has an error: {error}") from None
        media_type = _wanted(asked, found)
        if isinstance(found, ox.QueryTriples):
            data = ox.serialize(found, format=ox.RdfFormat.from_media_type(media_type))
        else:
            data = found.serialize(format=ox.QueryResultsFormat.from_media_type(media_type))
        assert data is not None
        return Answer(media_type, self._pieces(data))

    async def _pieces(self, data: bytes) -> AsyncIterator[bytes]:
        for number, start in enumerate(range(0, len(data), CHUNK_BYTES)):
            if number == self.cut_after:
                raise QueryRefused(503, "the query took too long: ask for less", retry_after_s=1)
            yield data[start : start + CHUNK_BYTES]

    async def close(self) -> None:
        """Notes that it was closed."""
        self.closed = True


def _wanted(asked: Asked, found: object) -> str:
    formats = asked.formats
    if isinstance(found, ox.QuerySolutions):
        media_type = formats.rows
    elif isinstance(found, ox.QueryBoolean):
        media_type = formats.truth
    else:
        media_type = formats.triples
    if media_type is None:
        raise QueryRefused(406, "this kind of query has no answer in a format that you accept")
    return media_type
