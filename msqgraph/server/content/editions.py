"""The editions that the data speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.texts import Text, labels
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

_EDITIONS = """\
SELECT DISTINCT ?edition ?form {
  { ?edition a msq:Edition } UNION { ?form a msq:Questionnaire ; msq:edition ?edition }
  UNION { ?response a msq:Response ; msq:edition ?edition }
}"""
_RESPONDED = """\
SELECT DISTINCT ?country ?edition { ?response a msq:Response ; msq:edition ?edition ; msq:country ?country }"""


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the survey: whether the data have its form, and the countries whose responses they have (ISO
    3166-1 alpha-3).
    """

    iri: str
    edition: str
    label: Text
    has_form: bool
    countries: tuple[str, ...] = ()


async def editions(asking: Asking, language: str) -> tuple[Edition, ...]:
    """All editions that have a form, a response or a figure, the latest first.

    :raises QueryRefused: if the engine does not answer.
    """
    forms: dict[str, bool] = {}
    for row in await asking.rows(_EDITIONS):
        iri = text_of(row["edition"])
        forms[iri] = forms.get(iri, False) or "form" in row
    names = await labels(asking, forms, language)
    countries: dict[str, list[str]] = {}
    for iso3, ends in (await responded(asking)).items():
        for end in ends:
            countries.setdefault(end, []).append(iso3)
    found = [
        Edition(iri, end, names[iri], has_form, tuple(sorted(countries.get(end, ()))))
        for iri, has_form in forms.items()
        if (end := iri.rpartition("/")[2])
    ]
    return tuple(sorted(found, key=lambda one: one.edition, reverse=True))


async def edition_names(asking: Asking) -> tuple[str, ...]:
    """The years of all editions, the latest first.

    :raises QueryRefused: if the engine does not answer.
    """
    return tuple(sorted({_end(text_of(row["edition"])) for row in await asking.rows(_EDITIONS)}, reverse=True))


async def responded(asking: Asking) -> dict[str, tuple[str, ...]]:
    """By the ISO 3166-1 alpha-3 code of a country, the editions that it responded to, the latest first.

    :raises QueryRefused: if the engine does not answer.
    """
    found: dict[str, set[str]] = {}
    for row in await asking.rows(_RESPONDED):
        found.setdefault(_end(text_of(row["country"])), set()).add(_end(text_of(row["edition"])))
    return {iso3: tuple(sorted(ends, reverse=True)) for iso3, ends in sorted(found.items())}


def _end(iri: str) -> str:
    return iri.rpartition("/")[2]
