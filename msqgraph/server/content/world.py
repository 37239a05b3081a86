"""The countries and areas of the world, with the groups that the United Nations put them in."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.texts import Text, best, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

_COUNTRIES = """\
SELECT ?country ?iso3 ?m49 ?member ?ldc ?lldc ?sids {
  ?country a msq:Country ; msq:iso3 ?iso3 ; msq:m49 ?m49 ; msq:isUnMember ?member ; msq:isLeastDeveloped ?ldc ;
    msq:isLandlockedDeveloping ?lldc ; msq:isSmallIslandDeveloping ?sids .
}"""
_WIDER = "SELECT ?thing ?wider { VALUES ?kind { msq:Country msq:Region } ?thing a ?kind ; skos:broader ?wider }"
_NAMES = """\
SELECT ?thing ?name {
  VALUES ?kind { msq:Country msq:Region }
  VALUES ?language { }
  ?thing a ?kind ; skos:prefLabel ?name FILTER(LANG(?name) = ?language)
}"""
GROUPS = ("ldc", "lldc", "sids")


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area. ``region`` is the M49 code of its region, such as 019, or empty; ``groups`` are of GROUPS."""

    iri: str
    iso3: str
    m49: str
    name: Text
    is_member: bool
    region: str
    region_name: Text
    groups: tuple[str, ...] = ()


async def countries(asking: Asking, language: str) -> tuple[Country, ...]:
    """All countries and areas of the data, by their names in a language.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    spoken = [ox.Literal(one) for one in dict.fromkeys((language, "en"))]
    rows, links, names = await gather(
        asking.rows(_COUNTRIES), asking.rows(_WIDER), asking.rows(_NAMES, language=spoken)
    )
    wider: dict[str, str] = {}
    for row in links:
        thing, area = text_of(row["thing"]), text_of(row["wider"])
        wider[thing] = min(area, wider.get(thing, area))
    called: dict[str, list[Text]] = {}
    for row in names:
        called.setdefault(text_of(row["thing"]), []).append(text(row["name"]))
    found = {}
    for row in rows:
        iri = text_of(row["country"])
        region = _region(iri, wider, f"{asking.base}id/region/001")
        found[iri] = Country(
            iri,
            text_of(row["iso3"]),
            text_of(row["m49"]),
            best(called.get(iri, [Text(text_of(row["iso3"]))]), language),
            text_of(row["member"]) == "true",
            region.rpartition("/")[2],
            best(called.get(region, ()), language),
            tuple(group for group in GROUPS if text_of(row[group]) == "true"),
        )
    return tuple(sorted(found.values(), key=lambda country: (country.name.value.casefold(), country.iso3)))


def _region(area: str, wider: Mapping[str, str], world: str) -> str:
    """Of the areas around an area, the largest that is not the world; empty if there is none.

    >>> _region("PRY", {"PRY": "005", "005": "419", "419": "019", "019": "001"}, "001")
    '019'
    """
    passed: set[str] = set()
    while (area := wider.get(area, "")) and area not in passed:
        if wider.get(area) == world:
            return area
        passed.add(area)
    return ""
