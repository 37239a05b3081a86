"""What can be told of a path under the base: from the data, the catalogue, the shapes of the package, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from msqgraph import assets
from msqgraph.server.linked_data.description import MOST_INCOMING, described
from msqgraph.server.linked_data.existence import is_mentioned, own_triples
from msqgraph.server.linked_data.graphs import MOST_TRIPLES, content_of
from msqgraph.server.linked_data.own_words import own_words
from msqgraph.server.linked_data.tombstones import Tombstone, tombstone_in

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking
    from msqgraph.server.linked_data.publication import Publication

CATALOG, SHAPES = "catalog", "shapes"
# what the catalogue describes and the data do not
_CATALOGUED = ("catalog", "contact", "dataset", "distribution", "period", "provenance", "publisher", "release",
               "rights", "service")  # fmt: skip


@dataclass(slots=True)
class Thing:
    """Something that there is, or was. ``own`` is what is said of it as a subject, as far as it was asked for.

    ``is_in_data`` says that the data know it: only such things have pages of their own.
    """

    path: str
    own: list[ox.Triple] = field(default_factory=list)
    tombstone: Tombstone | None = None
    is_in_data: bool = True


@dataclass(slots=True)
class TooLarge(Exception):
    """A named graph that is too large for one document."""

    path: str

    def __str__(self) -> str:
        return f"{self.path}: holds more than {MOST_TRIPLES:,} triples — ask the endpoint for parts of it"


async def thing_at(path: str, asking: Asking, publication: Publication) -> Thing | None:
    """What there is at a path; None if nothing is known of it.

    :raises QueryRefused: if the engine does not answer.
    :raises UsageError: if the catalogue cannot be made.
    """
    if path in (CATALOG, SHAPES):
        return Thing(path, is_in_data=False)
    if not path.startswith("graph/"):
        own = await own_triples(asking, path)
        if own:
            return Thing(path, own, tombstone_in(own, asking.base))
    if await is_mentioned(asking, path):
        return Thing(path)
    if _is_catalogued(path) and (own := _about(path, await publication.triples(), asking.base)):
        return Thing(path, own, is_in_data=False)
    return None


async def triples_of(thing: Thing, asking: Asking, publication: Publication) -> set[ox.Triple]:
    """All triples of the document about a thing.

    A named graph is what it holds and no more; of anything else the document also describes itself.

    :raises TooLarge: if it is a named graph with more than fit into a document.
    :raises QueryRefused: if the engine does not answer.
    :raises UsageError: if the catalogue cannot be made.
    """
    path, licence, left_off = thing.path, publication.about.licence, list[str]()
    if path == SHAPES:
        return set(_shapes(asking.base))
    if path == CATALOG:
        return set(await publication.catalog())
    if path.startswith("graph/"):
        content = await content_of(asking, path)
        if content is None:
            raise TooLarge(path)
        if content:
            return set(content)
    found = await described(asking, path, thing.own if thing.is_in_data else ())
    triples, left_off = found.triples, found.left_off
    if _is_catalogued(path):
        triples |= set(_about(path, await publication.triples(), asking.base))
    return triples | set(own_words(path, asking.base, licence, left_off, publication.has_endpoint))


def _is_catalogued(path: str) -> bool:
    return path.startswith("id/") and path.split("/")[1] in _CATALOGUED


def _about(path: str, triples: list[ox.Triple], base: str) -> list[ox.Triple]:
    """The triples about a thing among those of the catalogue, and those that lead to it, within their bound."""
    thing = ox.NamedNode(base + path)
    incoming = [triple for triple in triples if triple.object == thing]
    return [triple for triple in triples if triple.subject == thing] + sorted(incoming, key=str)[:MOST_INCOMING]


@cache
def _shapes(base: str) -> tuple[ox.Triple, ...]:
    """All shapes; their nodes without names are numbered in the order of the files, the same each time."""
    numbers: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if isinstance(term, ox.BlankNode):
            return numbers.setdefault(term, ox.BlankNode(f"shape{len(numbers):04}"))
        return term  # type: ignore[return-value]

    return tuple(
        ox.Triple(named(quad.subject), quad.predicate, named(quad.object))  # type: ignore[arg-type]
        for name in assets.names("shapes", ".ttl")
        for quad in ox.parse(assets.read_text(name, base), format=ox.RdfFormat.TURTLE)
    )
