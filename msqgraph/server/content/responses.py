"""The responses of a country: for which editions there are some, and from which document each was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Descriptions, Names, Thing, described, iris_in, one, slug_of
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Term

_NEAR = """\
VALUES ?country { }
?response msq:country ?country ; a msq:Response ; prov:wasDerivedFrom* ?thing ."""
_PROPERTIES = (
    "msq:edition",
    "msq:dateAsStated",
    "msq:dateCandidate",
    "msq:doubt",
    "msq:unassignedText",
    "prov:wasDerivedFrom",
    "msq:fileName",
    "msq:sha256",
    "msq:mediaType",
)
_EDITIONS = """\
SELECT ?edition ?form ?asked {
  { ?form a msq:Questionnaire ; msq:edition ?edition } UNION
  { VALUES ?country { } ?edition msq:asked ?country ; msq:year ?asked } UNION
  { SELECT DISTINCT ?edition { ?edition msq:asked ?anyone } }
}
ORDER BY ?edition"""


@dataclass(frozen=True, slots=True)
class Document:
    """The file that a response was read from; ``sha256`` is in hexadecimal."""

    iri: str
    file_name: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Response:
    """What a country sent in for an edition. ``date_as_stated`` is in the words of the document, ``date_candidates``
    the days that it can mean, ``unassigned`` what stands in the document but belongs to no question.
    """

    iri: str
    edition: str
    date_as_stated: str
    date_candidates: tuple[str, ...]
    documents: tuple[Document, ...]
    doubts: tuple[Thing, ...]
    unassigned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionState:
    """What there is of an edition for a country: its form, its response, and whether it was asked.

    ``was_asked`` is None where nothing says whom the edition asked, or only a response of its own speaks for it.
    """

    edition: str
    has_form: bool
    was_asked: bool | None
    has_response: bool


async def responses_as_rows(asking: Asking, country: ox.NamedNode) -> Descriptions:
    """The responses of a country and their documents as rows. One query.

    :raises QueryRefused: if the engine does not answer.
    """
    return await described(asking, _NEAR, _PROPERTIES, country=country)


def named_in(rows: Descriptions) -> set[str]:
    """The things whose names responses need.

    >>> named_in({})
    set()
    """
    return iris_in(rows, ("msq:doubt",))


def responses_of(rows: Descriptions, names: Names) -> dict[str, Response]:
    """The responses of a country, by edition."""
    found = {}
    for iri, told in rows.items():
        if edition := one(told, "msq:edition"):
            found[slug_of(edition)] = Response(
                iri=iri,
                edition=slug_of(edition),
                date_as_stated=one(told, "msq:dateAsStated") or "",
                date_candidates=tuple(map(text_of, told.get("msq:dateCandidate", ()))),
                documents=_documents(told, rows),
                doubts=names.things(told.get("msq:doubt", ())),
                unassigned=tuple(map(text_of, told.get("msq:unassignedText", ()))),
            )
    return found


async def edition_states(
    asking: Asking, country: ox.NamedNode, responded: Mapping[str, object]
) -> tuple[EditionState, ...]:
    """The editions that have a form or a figure of a country, or its response, the latest first. One query.

    :param responded: the editions of its responses.
    :raises QueryRefused: if the engine does not answer.
    """
    forms: set[str] = set()
    asked: set[str] = set()
    surveyed: set[str] = set()
    for row in await asking.rows(_EDITIONS, country=country):
        found = forms if "form" in row else asked if "asked" in row else surveyed
        found.add(slug_of(text_of(row["edition"])))
    return tuple(
        EditionState(
            edition,
            edition in forms,
            edition in asked or (False if edition in surveyed - set(responded) else None),
            edition in responded,
        )
        for edition in sorted(forms | asked | set(responded), reverse=True)
    )


def _documents(told: dict[str, list[Term]], rows: Descriptions) -> tuple[Document, ...]:
    found = []
    for iri in map(text_of, told.get("prov:wasDerivedFrom", ())):
        document = rows.get(iri, {})
        words = (one(document, f"msq:{name}") or "" for name in ("fileName", "sha256", "mediaType"))
        found.append(Document(iri, *words))
    return tuple(found)
