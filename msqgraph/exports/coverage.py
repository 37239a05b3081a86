"""What a dataset covers, asked of its merge: editions, countries, languages, documents, other sources, what is asked.

Catalogues say it, in whatever vocabulary. Nothing here is taken from the names of files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from msqgraph.exports.text_rows import text_rows
from msqgraph.store import EmbeddedStore, Store

_PREFIXES = """\
PREFIX msq: <{base}ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX sdmxd: <http://purl.org/linked-data/sdmx/2009/dimension#>
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
_OBSERVED = """\
SELECT DISTINCT ?year ?country {
  ?observation a msq:Observation ; sdmxd:refArea ?country ; msq:edition/msq:year ?year .
}"""
_ALL_LANGUAGES = "SELECT DISTINCT ?language { ?s ?p ?text FILTER(ISLITERAL(?text)) BIND(LANG(?text) AS ?language) }"
_MODEL_LANGUAGES = """\
SELECT DISTINCT ?language {
  GRAPH ?graph { ?s ?p ?text FILTER(ISLITERAL(?text)) }
  FILTER(?graph IN (<{base}graph/ontology>, <{base}graph/codes>)
    || STRSTARTS(STR(?graph), "{base}graph/questionnaire/"))
  BIND(LANG(?text) AS ?language)
}"""
_SOURCES = """\
SELECT ?source ?title ?rights ?publisher ?page {
  ?source a prov:Entity ; dct:title ?title FILTER(STRSTARTS(STR(?source), "{base}id/source/") && LANG(?title) = "en")
  OPTIONAL { ?source dct:rights ?rights }
  OPTIONAL { ?source dct:publisher ?publisher }
  OPTIONAL { ?source foaf:page ?page }
}"""
_PLACES = """\
SELECT ?place ?label ?match {
  { SELECT DISTINCT ?place {
    { ?response a msq:Response ; msq:country ?place }
    UNION { ?observation a msq:Observation ; sdmxd:refArea ?place }
    UNION { ?place a msq:Region ; msq:m49 "001" }
  } }
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
    """What a dataset covers; ``languages`` are BCP 47 tags, those of an edition are of its answers."""

    years: tuple[str, ...]
    countries: tuple[Place, ...]
    languages: tuple[str, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Another source that was imported; what it does not say is empty."""

    iri: str
    title: str
    rights: str
    publisher: str
    page: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a dataset covers: as a whole with what other sources say, by its responses, and those of each edition."""

    whole: Scope
    responses: Scope
    editions: dict[str, Scope]
    model_languages: tuple[str, ...]
    sources: tuple[Source, ...]
    world: Place
    variables: tuple[Place, ...]


def sources_of(store: Store, base: str) -> tuple[Source, ...]:
    """The sources that were imported, beside the responses.

    >>> sources_of(EmbeddedStore(), "https://example.org/")
    ()
    """
    rows = text_rows(store, _PREFIXES.format(base=base) + _SOURCES.replace("{base}", base))
    firsts = {row[0]: row for row in reversed(rows)}  # of several values the first in order
    return tuple(sorted(Source(*row) for row in firsts.values()))


def coverage(dataset: Path, base: str) -> Coverage:
    """What the dataset in a folder covers, as :func:`coverage_of` tells it.

    :raises UsageError: if there is no store in the folder.
    """
    return coverage_of(EmbeddedStore(dataset / "store"), base)


def coverage_of(store: Store, base: str) -> Coverage:
    """What the responses in a store cover, and the world that the form is sent to.

    :raises UsageError: if the store does not answer.
    """

    def rows(query: str) -> list[list[str]]:
        return text_rows(store, _PREFIXES.format(base=base) + query.replace("{base}", base))

    countries, documents = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for year, country, document in rows(_RESPONSES):
        countries[year].add(country)
        documents[year] |= {document} - {""}
    languages = defaultdict[str, set[str]](set)
    for year, language in rows(_LANGUAGES):
        languages[year].update(_languages([[language]]))
    observed = rows(_OBSERVED)
    places = _places(rows(_PLACES))

    def scope(years: Iterable[str]) -> Scope:
        years = sorted(years)
        return Scope(
            tuple(years),
            tuple(sorted(places[country] for country in set().union(*(countries[year] for year in years)))),
            tuple(sorted(set().union(*(languages[year] for year in years)))),
            tuple(sorted(set().union(*(documents[year] for year in years)))),
        )

    responses = scope(countries)
    return Coverage(
        Scope(
            tuple(sorted({*responses.years, *(year for year, _ in observed)})),
            tuple(sorted({*responses.countries, *(places[country] for _, country in observed)})),
            _languages(rows(_ALL_LANGUAGES)),
            responses.documents,
        ),
        responses,
        {year: scope([year]) for year in sorted(countries)},
        _languages(rows(_MODEL_LANGUAGES)),
        sources_of(store, base),
        next(place for place in places.values() if place.iri == f"{base}id/region/001"),
        tuple(sorted(Place(iri, label) for iri, label in rows(_VARIABLES))),
    )


def _languages(rows: Iterable[list[str]]) -> tuple[str, ...]:
    """Languages without script and region; those of no language or an unknown one are left out."""
    return tuple(sorted({tag.split("-")[0] for (tag,) in rows} - {"", "und"}))


def _places(rows: Iterable[list[str]]) -> dict[str, Place]:
    labels: dict[str, str] = {}
    matches = defaultdict[str, set[str]](set)
    for iri, label, match in rows:
        labels[iri] = label or iri.rpartition("/")[2]
        matches[iri] |= {match} - {""}
    return {iri: Place(iri, label, tuple(sorted(matches[iri]))) for iri, label in labels.items()}
