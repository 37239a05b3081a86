"""One agency, portal, law or strategy, in the form of the interface."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from msqgraph.server.api.operations import ISO3, Call, Operation
from msqgraph.server.api.parameters import Parameter
from msqgraph.server.content import entity as entities
from msqgraph.server.content import fact_evidence
from msqgraph.server.content.descriptions import Thing
from msqgraph.server.content.texts import Text

# by the name of a list: the path of the IRIs, what one is called, whether a country is in the path, and an example
_KINDS = {
    "agencies": ("id/agency", "agency", True, "ministerio-de-hacienda"),
    "laws": ("id/law", "law", True, "law-5189-2014"),
    "strategies": ("id/strategy", "strategy", True, "agenda-digital"),
    "portals": ("id/portal", "portal", False, "paraguay-gov-py-9a3333"),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a source outside the questionnaire says of a fact."""

    source: Thing
    agreement: Thing


@dataclass(frozen=True, slots=True)
class DerivedFrom:
    """Where a fact comes from: `statement` and `answer` are IRIs, `country` an ISO 3166-1 alpha-3 code, `number` that
    of the question. `quote` is null where a tick says it; `page` is null where the document has none.
    """

    statement: str
    answer: str
    edition: str
    country: str
    number: str
    basis: Thing | None
    quote: Text | None
    page: str = ""
    doubts: tuple[Thing, ...] = ()
    confirmed_by: tuple[Thing, ...] = ()
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class NameOfEntity:
    """A name: `kind` is prefLabel, altLabel, hiddenLabel or title."""

    kind: str
    name: Text
    derived_from: tuple[DerivedFrom, ...]


@dataclass(frozen=True, slots=True)
class FactAboutEntity:
    """A fact. Its object is a thing, or else words or a number in `value`. `still_stands` is false where only the past
    says so. Without `derived_from`, a source other than a government says it.
    """

    predicate: Thing
    object: Thing | None
    value: Text | None
    still_stands: bool
    derived_from: tuple[DerivedFrom, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A thing that something is said of, with this one as what is said."""

    predicate: Thing
    subject: Thing


@dataclass(frozen=True, slots=True)
class SameWebsite:
    """Another thing to which the same address is given."""

    website: str
    thing: Thing


@dataclass(frozen=True, slots=True)
class Entity:
    """An agency, portal, law or strategy. `editions` name it, the latest first; `sources` are others than governments
    that do. `is_cut` says that there are more facts than are told.
    """

    iri: str
    kind: str
    name: Text
    names: tuple[NameOfEntity, ...]
    facts: tuple[FactAboutEntity, ...]
    sources: tuple[Thing, ...]
    links: tuple[Link, ...]
    same_website: tuple[SameWebsite, ...]
    editions: tuple[str, ...]
    is_cut: bool


def _one(kind: str) -> Callable[..., Awaitable[Entity | None]]:
    path, called, *_ = _KINDS[kind]

    async def answer(call: Call, slug: str, iso3: str | None = None) -> Entity | None:
        """The thing, if the data have it."""
        own = "/".join(part for part in (path, iso3, slug) if part)
        found = await entities.entity(call.asking, kind, own, call.lang)
        return _entity(found, called) if found else None

    return answer


def _entity(found: entities.Entity, kind: str) -> Entity:
    return Entity(
        found.iri,
        kind,
        found.name,
        tuple(NameOfEntity(one, name, _derived(evidence)) for one, name, evidence in found.names),
        tuple(map(_fact, found.facts)),
        found.sources,
        tuple(Link(predicate, subject) for predicate, subject in found.links),
        tuple(SameWebsite(website, thing) for website, thing in found.same_website),
        found.editions,
        found.is_cut,
    )


def _fact(said: entities.Said) -> FactAboutEntity:
    return FactAboutEntity(
        said.predicate,
        said.value if isinstance(said.value, Thing) else None,
        said.value if isinstance(said.value, Text) else None,
        said.still_stands,
        _derived(said.evidence),
    )


def _derived(evidence: tuple[fact_evidence.Evidence, ...]) -> tuple[DerivedFrom, ...]:
    return tuple(
        DerivedFrom(
            one.statement,
            one.answer,
            one.edition,
            one.country,
            one.number,
            one.basis,
            one.quote,
            one.page,
            one.doubts,
            one.confirmed_by,
            tuple(Agreement(source, agreement) for source, agreement in one.agreements),
        )
        for one in evidence
    )


def _operation(kind: str) -> Operation:
    _, called, has_country, example = _KINDS[kind]
    slug = Parameter(
        "slug", "the end of its IRI: small letters, digits and hyphens", is_in_path=True, pattern="[a-z0-9-]{1,250}",
        most_characters=250, example=example,
    )  # fmt: skip
    return Operation(
        called,
        f"/{kind}/{{iso3}}/{{slug}}" if has_country else f"/{kind}/{{slug}}",
        kind.title(),
        f"One {called}, with what is said of it and where that comes from",
        Entity,
        _one(kind),
        (ISO3, slug) if has_country else (slug,),
    )


OPERATIONS: tuple[Operation, ...] = tuple(map(_operation, _KINDS))
"""The operation that tells one thing, for each kind."""
