"""What the graph says of several things at once, by property: the one way in which the pages' own queries are built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from msqgraph.server.content.texts import Text, labels, text
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Term

_SLUG = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,80}[A-Za-z0-9])?")
# by the IRI of a thing: by the prefixed name of a property, its values in order
Descriptions: TypeAlias = "dict[str, dict[str, list[Term]]]"


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """What has an IRI, and what it is called; ``slug`` is the end of the IRI."""

    iri: str
    label: Text

    @property
    def slug(self) -> str:
        """The end of the IRI.

        >>> Thing("https://w3id.org/msqgraph/code/basis/ticked", Text("Ticked box", "en")).slug
        'ticked'
        """
        return slug_of(self.iri)


async def described(
    asking: Asking, pattern: str, properties: Sequence[str], **terms: Term | Sequence[Term]
) -> Descriptions:
    """The values of some properties of the things that a pattern finds as ``?thing``; one query.

    :param pattern: a group pattern of the caller's own, with a ``VALUES ?name { }`` for each of the terms.
    :param properties: prefixed names.
    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    # FILTER, not VALUES: Oxigraph would read all triples of each property, ten times as long
    wanted = f"FILTER(?property IN ({', '.join(properties)}))"
    query = f"SELECT ?thing ?property ?value {{ {pattern} ?thing ?property ?value {wanted} }}"
    names = {term(name, asking.base): name for name in properties}
    found: dict[str, dict[str, set[Term]]] = {}
    for row in await asking.rows(query, **terms):
        if isinstance(row["thing"], ox.NamedNode) and isinstance(row["property"], ox.NamedNode):
            found.setdefault(row["thing"].value, {}).setdefault(names[row["property"]], set()).add(row["value"])
    return {
        thing: {name: sorted(values, key=str) for name, values in sorted(found[thing].items())}
        for thing in sorted(found)
    }


def one(description: Mapping[str, list[Term]], name: str) -> str | None:
    """The IRI or lexical form of a property's first value, if it has any.

    >>> one({}, "msq:status")
    """
    values = description.get(name)
    return text_of(values[0]) if values else None


def flag(description: Mapping[str, list[Term]], name: str) -> bool | None:
    """A property's truth value; None if it has none, or both.

    >>> import pyoxigraph as ox
    >>> flag({"msq:affirms": [ox.Literal(True)]}, "msq:affirms"), flag({}, "msq:affirms")
    (True, None)
    """
    values = {text_of(value) in ("true", "1") for value in description.get(name, ())}
    return values.pop() if len(values) == 1 else None


def words(description: Mapping[str, list[Term]], name: str) -> Text:
    """A property's first value as words; none if it has none.

    >>> words({}, "msq:text")
    Text(value='', language='')
    """
    values = description.get(name)
    return text(values[0]) if values else Text("")


def iris_in(descriptions: Descriptions, names: Iterable[str]) -> set[str]:
    """The IRIs that some properties have as values.

    >>> iris_in({}, ["msq:unit"])
    set()
    """
    import pyoxigraph as ox

    return {
        value.value
        for description in descriptions.values()
        for name in names
        for value in description.get(name, ())
        if isinstance(value, ox.NamedNode)
    }


class Names:
    """What things are called in the language of a reader, all asked for at once."""

    def __init__(self, called: Mapping[str, Text]) -> None:
        """From labels by IRI; what has none is called by the end of its IRI."""
        self._called = called

    @classmethod
    async def of(cls, asking: Asking, things: Iterable[str], language: str) -> Names:
        """The names of things, by their IRIs.

        :raises QueryRefused: if the engine does not answer.
        """
        return cls(await labels(asking, things, language))

    def text(self, iri: str) -> Text:
        """What a thing is called.

        >>> Names({}).text("https://w3id.org/msqgraph/code/unit/percent").value
        'percent'
        """
        return self._called.get(iri) or Text(slug_of(iri))

    def thing(self, iri: str) -> Thing:
        """A thing with what it is called."""
        return Thing(iri, self.text(iri))

    def things(self, values: Iterable[ox.NamedNode | Term]) -> tuple[Thing, ...]:
        """The things that a property has as values; literals are left out."""
        import pyoxigraph as ox

        return tuple(self.thing(value.value) for value in values if isinstance(value, ox.NamedNode))


def nodes(iris: Iterable[str]) -> list[ox.NamedNode]:
    """IRIs as terms, each once, in order.

    >>> [node.value for node in nodes(["http://example.org/b", "http://example.org/a"])]
    ['http://example.org/a', 'http://example.org/b']
    """
    import pyoxigraph as ox

    return [ox.NamedNode(iri) for iri in sorted(set(iris))]


def is_slug(text: str) -> bool:
    """Whether a text can be a part of the path of an IRI of ours.

    >>> is_slug("5c"), is_slug("PRY"), is_slug("a b"), is_slug("../x")
    (True, True, False, False)
    """
    return bool(_SLUG.fullmatch(text))


def slug_of(iri: str) -> str:
    """The end of an IRI, behind its last slash or hash.

    >>> slug_of("https://w3id.org/msqgraph/ontology#Agency"), slug_of("https://w3id.org/msqgraph/questionnaire/2020/5c")
    ('Agency', '5c')
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
