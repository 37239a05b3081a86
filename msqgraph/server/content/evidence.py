"""What an answer stands on: its place in the document, the signs of its boxes, what it names, and who looked at it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import (
    Descriptions,
    Names,
    Thing,
    described,
    flag,
    iris_in,
    nodes,
    one,
    slug_of,
    words,
)
from msqgraph.server.content.texts import Text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Term

_PAGE = re.compile(r"page=([0-9]+)")
# what is next to an answer, and what is next to that; the terms stand in each part, so that engines begin with them
_NEAR = """\
{ %s ?answer ?near ?thing FILTER(?near IN (oa:hasSelector, msq:box, msq:mentions, msq:review)) } UNION
{ %s ?answer ?near ?part FILTER(?near IN (msq:box, msq:mentions)) ?part oa:hasSelector ?thing }"""
_OF_RESPONSES = _NEAR.replace("%s", "VALUES ?response { } ?answer msq:response ?response .")
_OF_ANSWERS = _NEAR.replace("%s", "VALUES ?answer { }")
_PROPERTIES = (
    "rdf:type",
    "oa:hasSelector",
    "oa:exact",
    "oa:prefix",
    "oa:suffix",
    "rdf:value",
    "dct:conformsTo",
    "msq:option",
    "msq:sign",
    "msq:decision",
    "prov:wasAssociatedWith",
    "prov:endedAtTime",
    "msq:names",
    "msq:basis",
    "msq:doubt",
    "msq:nameAsWritten",
    "msq:acronymAsWritten",
    "msq:titleAsWritten",
    "msq:websiteAsWritten",
    "msq:website",
    "msq:isSchemeGuessed",
    "msq:isTruncated",
    "msq:citedType",
    "msq:citedNumber",
    "msq:citedDate",
    "msq:citedYear",
    "msq:concerns",
    "msq:refersTo",
)
_NAMED = ("msq:decision", "prov:wasAssociatedWith", "msq:names", "msq:basis", "msq:doubt", "msq:citedType")
_NAMED_TOO = ("msq:concerns", "msq:refersTo")


@dataclass(frozen=True, slots=True)
class Selector:
    """A quote with what stands around it, or a fragment of the document such as ``page=3`` or ``char=10,20``.

    ``standard`` is the IRI of what the fragment conforms to.
    """

    iri: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    fragment: str = ""
    standard: str = ""

    @property
    def page(self) -> str:
        """The number of the page, if the fragment tells one.

        >>> Selector("https://example.org/place", fragment="page=3").page
        '3'
        """
        found = _PAGE.match(self.fragment)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Box:
    """By what the state of an option was told: the sign in the document, and where it stands."""

    iri: str
    option: str
    sign: str
    selectors: tuple[Selector, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of an answer that names something: as written, and what was understood of it.

    ``kind`` is what it names, ``refers_to`` the thing that it names, ``concerns`` the codes that it speaks of.
    ``website`` is the address as normalised.
    """

    iri: str
    kind: Thing | None
    name: Text
    acronym: str = ""
    title: Text = field(default_factory=lambda: Text(""))
    website_as_written: str = ""
    website: str = ""
    is_scheme_guessed: bool = False
    is_truncated: bool = False
    cited_type: Thing | None = None
    cited_number: str = ""
    cited_date: str = ""
    cited_year: str = ""
    refers_to: Thing | None = None
    concerns: tuple[Thing, ...] = ()
    basis: Thing | None = None
    doubts: tuple[Thing, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A decision of a person on an answer: confirmed or corrected, by whom, and when (as ``xsd:dateTime``)."""

    iri: str
    decision: Thing
    by: tuple[Thing, ...]
    at: str


async def evidence_of_responses(asking: Asking, responses: Iterable[str]) -> Descriptions:
    """What the answers of responses stand on, as rows. One query.

    :raises QueryRefused: if the engine does not answer.
    """
    return await described(asking, _OF_RESPONSES, _PROPERTIES, response=nodes(responses))


async def evidence_of_answers(asking: Asking, answers: Iterable[str]) -> Descriptions:
    """What some answers stand on, as rows. One query.

    :raises QueryRefused: if the engine does not answer.
    """
    return await described(asking, _OF_ANSWERS, _PROPERTIES, answer=nodes(answers))


def named_in(evidence: Descriptions) -> set[str]:
    """The things whose names the evidence needs.

    >>> named_in({})
    set()
    """
    return iris_in(evidence, (*_NAMED, *_NAMED_TOO))


def selectors_of(values: Iterable[Term], evidence: Descriptions) -> tuple[Selector, ...]:
    """The selectors that a thing has, quotes before places."""
    found = (_selector(text_of(value), evidence) for value in values if text_of(value) in evidence)
    return tuple(sorted(found, key=lambda selector: (not selector.exact, selector.iri)))


def boxes_of(values: Iterable[Term], evidence: Descriptions) -> dict[str, Box]:
    """The boxes of an answer, by the IRI of their option."""
    found = {}
    for iri in map(text_of, values):
        box = evidence.get(iri, {})
        if option := one(box, "msq:option"):
            places = selectors_of(box.get("oa:hasSelector", ()), evidence)
            found[option] = Box(iri, option, one(box, "msq:sign") or "", places)
    return found


def mentions_of(values: Iterable[Term], evidence: Descriptions, names: Names) -> tuple[Mention, ...]:
    """The mentions of an answer, in the order in which they stand in it."""
    found = [_mention(iri, evidence[iri], evidence, names) for iri in map(text_of, values) if iri in evidence]
    return tuple(sorted(found, key=lambda mention: (len(slug_of(mention.iri)), mention.iri)))


def reviews_of(values: Iterable[Term], evidence: Descriptions, names: Names) -> tuple[Review, ...]:
    """What people decided about an answer, the earliest first."""
    found = []
    for iri in map(text_of, values):
        review = evidence.get(iri, {})
        if decision := one(review, "msq:decision"):
            by = names.things(review.get("prov:wasAssociatedWith", ()))
            found.append(Review(iri, names.thing(decision), by, one(review, "prov:endedAtTime") or ""))
    return tuple(sorted(found, key=lambda review: (review.at, review.iri)))


def _selector(iri: str, evidence: Descriptions) -> Selector:
    told = evidence[iri]
    properties = ("oa:exact", "oa:prefix", "oa:suffix", "rdf:value", "dct:conformsTo")
    return Selector(iri, *(one(told, name) or "" for name in properties))


def _mention(iri: str, told: dict[str, list[Term]], evidence: Descriptions, names: Names) -> Mention:
    def thing(name: str) -> Thing | None:
        value = one(told, name)
        return names.thing(value) if value else None

    quotes = [selector.exact for selector in selectors_of(told.get("oa:hasSelector", ()), evidence) if selector.exact]
    return Mention(
        iri=iri,
        kind=thing("msq:names"),
        name=words(told, "msq:nameAsWritten"),
        acronym=one(told, "msq:acronymAsWritten") or "",
        title=words(told, "msq:titleAsWritten"),
        website_as_written=one(told, "msq:websiteAsWritten") or "",
        website=one(told, "msq:website") or "",
        is_scheme_guessed=bool(flag(told, "msq:isSchemeGuessed")),
        is_truncated=bool(flag(told, "msq:isTruncated")),
        cited_type=thing("msq:citedType"),
        cited_number=one(told, "msq:citedNumber") or "",
        cited_date=one(told, "msq:citedDate") or "",
        cited_year=one(told, "msq:citedYear") or "",
        refers_to=thing("msq:refersTo"),
        concerns=names.things(told.get("msq:concerns", ())),
        basis=thing("msq:basis"),
        doubts=names.things(told.get("msq:doubt", ())),
        quote=quotes[0] if quotes else "",
    )
