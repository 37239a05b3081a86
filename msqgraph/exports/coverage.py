"""What a dataset covers, asked of its merge: editions with responses, countries, languages, documents, what is asked.

Catalogues say it, in whatever vocabulary. Nothing here is taken from the names of files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from msqgraph.exports.text_rows import text_rows
from msqgraph.store import EmbeddedStore

_PREFIXES = """\
PREFIX msq: <{base}ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_RESPONSES = """\
SELECT ?year ?country ?document {
  ?response a msq:Response ; msq:country ?country ; msq:edition/msq:year ?year .
  OPTIONAL { ?response prov:wasDerivedFrom ?document }
}"""
_LANGUAGES = """\
SELECT DISTINCT ?year ?language {
  ?answer msq:text ?text ; msq:response/msq:edition/msq:year ?year .
  BIND(LANG(?text) AS ?language)
}"""
_PLACES = """\
SELECT ?place ?m49 ?label ?match {
  { ?response a msq:Response ; msq:country ?place . OPTIONAL { ?place msq:m49 ?m49 } }
  UNION { ?place a msq:Region ; msq:m49 ?m49 FILTER(?m49 = "001") }
  OPTIONAL { ?place skos:prefLabel ?label FILTER(LANG(?label) = "en") }
  OPTIONAL { ?place skos:exactMatch ?match }
}"""
_VARIABLES = """\
SELECT DISTINCT ?variable ?label {
  { ?question a msq:Question ; msq:topic ?variable . ?variable skos:prefLabel ?label }
  UNION { ?observation qb:measureType ?variable . ?variable rdfs:label ?label }
  FILTER(LANG(?label) = "en")
}"""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A country or region: its name in English, and the IRIs that others have for it."""

    iri: str
    label: str
    matches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What one or several editions cover; ``languages`` are BCP 47 tags of answers."""

    years: tuple[str, ...]
    countries: tuple[Place, ...]
    languages: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a dataset covers: as a whole, and per year of an edition that has responses."""

    whole: Scope
    editions: dict[str, Scope]
    world: Place
    variables: tuple[Place, ...]


def coverage(dataset: Path, base: str) -> Coverage:
    """What the responses of a dataset cover, and the world that the form is sent to.

    :raises UsageError: if there is no store in the folder.
    """
    store = EmbeddedStore(dataset / "store")

    def rows(query: str) -> list[list[str]]:
        return text_rows(store, _PREFIXES.format(base=base) + query)

    countries, documents = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for year, country, document in rows(_RESPONSES):
        countries[year].add(country)
        documents[year] |= {document} - {""}
    languages = defaultdict[str, set[str]](set)
    for year, language in rows(_LANGUAGES):
        languages[year] |= {language.split("-")[0]} - {"", "und"}
    places = _places(rows(_PLACES))

    def scope(years: Iterable[str]) -> Scope:
        years = sorted(years)
        return Scope(
            tuple(years),
            tuple(sorted(places[country] for country in set().union(*(countries[year] for year in years)))),
            tuple(sorted(set().union(*(languages[year] for year in years)))),
            tuple(sorted(set().union(*(documents[year] for year in years)))),
        )

    return Coverage(
        scope(countries),
        {year: scope([year]) for year in sorted(countries)},
        next(place for place in places.values() if place.iri == f"{base}id/region/001"),
        tuple(sorted(Place(iri, label) for iri, label in rows(_VARIABLES))),
    )


def _places(rows: Iterable[list[str]]) -> dict[str, Place]:
    labels: dict[str, str] = {}
    matches = defaultdict[str, set[str]](set)
    for iri, _, label, match in rows:
        labels[iri] = label or iri.rpartition("/")[2]
        matches[iri] |= {match} - {""}
    return {iri: Place(iri, label, tuple(sorted(matches[iri]))) for iri, label in labels.items()}
