"""Whether the data have what a parameter names: a filter that is mistyped must not look like an empty list."""

from __future__ import annotations

from collections.abc import Iterable

from msqgraph.server.api.operations import Call
from msqgraph.server.api.parameters import NotThere
from msqgraph.server.content.editions import edition_names

_IS_THERE = """\
ASK {
  { VALUES ?thing { } ?thing ?of_it ?value } UNION { VALUES ?thing { } ?subject ?about ?thing } UNION
  { VALUES ?thing { } ?one ?thing ?other }
}"""


def known(name: str, value: str | None, there: Iterable[str]) -> None:
    """Does nothing if a value is there, or is not given.

    :raises NotThere: if it is not there.

    >>> known("region", "199", ["019", "150"])
    Traceback (most recent call last):
    msqgraph.server.api.parameters.NotThere: region is '199', which the data do not have: give one of 019, 150
    """
    some = sorted(set(there))
    if value is not None and value not in some:
        raise NotThere(f"{name} is {value!r}, which the data do not have: give one of {', '.join(some)}")


async def known_edition(call: Call, edition: str | None) -> None:
    """Does nothing if the data speak of an edition, or none is given.

    :raises NotThere: if they do not.
    """
    if edition is not None:
        known("edition", edition, await edition_names(call.asking))


async def known_thing(call: Call, name: str, value: str, iri: str) -> None:
    """Does nothing if the data say something of an IRI, or by it.

    :param name: the parameter whose value makes the IRI.
    :raises NotThere: if they do not.
    """
    import pyoxigraph as ox

    if not await call.asking.ask(_IS_THERE, thing=ox.NamedNode(iri)):
        raise NotThere(f"{name} is {value!r}, which the data do not have: they say nothing of {iri}")
