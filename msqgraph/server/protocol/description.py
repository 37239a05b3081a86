"""What the endpoint says of itself to programs: made once, when somebody asks, from counts that the engine makes.

Specification: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from msqgraph.exports.rdf import declared_prefixes, turtle
from msqgraph.exports.rdf_xml import write_rdf_xml
from msqgraph.exports.service_description import GRAPH_COUNTS, MERGE_COUNT, RESULT_FORMATS, service_description
from msqgraph.server.asking import Asking
from msqgraph.server.dataset_graphs import is_graph_of_dataset
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.protocol.result_formats import RDF_XML, TURTLE
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.engine.asked import Engine

_FORMATS = (*RESULT_FORMATS, "RDF_XML", "JSON-LD")
_PATIENCE_S = 2.0
_REMEMBERED = 32  # documents: one for each format and each name under which the server is known


@dataclass(frozen=True, slots=True)
class _Counts:
    """The numbers of triples, as text: of the merge, and of each named graph by its IRI."""

    merge: str | None = None
    graphs: tuple[tuple[str, str], ...] = ()


class ServiceDescription:
    """Gives the description of an endpoint in a format.

    A large dataset takes seconds to count. Who asks first waits for two of them at most and is then told of no graphs;
    the counting goes on, and the next one gets all.
    """

    def __init__(self, engine: Engine, base: str, title: str) -> None:
        """A description of an engine's dataset, of which nothing is asked yet. Another dataset needs another one."""
        self._asking, self._base, self._title = Asking(engine, base), base, title
        self._counting: asyncio.Task[_Counts | None] | None = None
        self._documents: dict[tuple[str, str], bytes] = {}

    async def __call__(self, media_type: str, endpoint: str) -> bytes:
        """The description as Turtle, N-Triples, RDF/XML or JSON-LD.

        :param endpoint: the IRI of the endpoint as its client knows it.
        """
        key = (media_type, endpoint)
        if known := self._documents.get(key):
            return known
        counts = await self._counts()
        triples = service_description(
            self._base,
            self._title,
            endpoint,
            counts.merge if counts else None,
            counts.graphs if counts else (),
            _FORMATS,
        )
        document = _written(triples, media_type, self._base)
        if counts:
            if len(self._documents) >= _REMEMBERED:
                self._documents.clear()
            self._documents[key] = document
        return document

    async def _counts(self) -> _Counts | None:
        """The counts, if they are there in time; if the engine refused, the next one who asks makes it try again."""
        if self._counting is None:
            self._counting = asyncio.create_task(self._count())
        try:
            counts = await asyncio.wait_for(asyncio.shield(self._counting), _PATIENCE_S)
        except TimeoutError:
            return None
        if counts is None:
            self._counting = None
        return counts

    async def _count(self) -> _Counts | None:
        try:
            merge = await self._asking.rows(MERGE_COUNT)
            graphs = await self._asking.rows(GRAPH_COUNTS)
        except QueryRefused:
            return None
        named = ((text_of(row["graph"]), text_of(row["n"])) for row in graphs if "graph" in row)
        base = self._asking.base
        ours = sorted(one for one in named if is_graph_of_dataset(one[0].removeprefix(base)))
        return _Counts(text_of(merge[0]["n"]), tuple(ours))


def _written(triples: list[ox.Triple], media_type: str, base: str) -> bytes:
    if media_type == TURTLE:
        return turtle(triples, base)
    ordered = sorted(set(triples), key=str)
    if media_type == RDF_XML:
        output = io.BytesIO()
        write_rdf_xml(ordered, output, declared_prefixes(base))
        return output.getvalue()
    kind = ox.RdfFormat.from_media_type(media_type)
    if kind is None:
        raise ValueError(f"no format of triples: {media_type}")
    return ox.serialize(ordered, format=kind) or b""
