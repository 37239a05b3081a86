"""What is in the graph, counted: ``void.ttl``, in the Vocabulary of Interlinked Datasets.

The graph that is counted is the merge, the store's default graph: every public triple once. The counting is done by the
store, so that a million triples take seconds. Nothing is estimated.

Specification: https://www.w3.org/TR/void/
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.exports.catalog_authorities import CatalogDescription
from msqgraph.exports.catalog_entries import WHOLE
from msqgraph.exports.coverage import sources_of
from msqgraph.exports.rdf import turtle
from msqgraph.exports.text_rows import text_rows
from msqgraph.iris import six_hex, slug
from msqgraph.release.about import Release
from msqgraph.store import EmbeddedStore, Store

if TYPE_CHECKING:
    import pyoxigraph as ox

_FORMATS = "http://www.w3.org/ns/formats/"
_FEATURES = {".ttl": "Turtle", ".rdf": "RDF_XML", ".trig": "TriG", ".nq.gz": "N-Quads", ".jsonld": "JSON-LD"}
# what others have that we link to: its name, and how its IRIs begin; of two that fit, the longer one
TARGETS = {
    "cofog": ("Classification of the Functions of Government", "http://linked.data.gov.au/def/cofog/"),
    "eu-countries": ("Countries, an EU authority list", "http://publications.europa.eu/resource/authority/country/"),
    "eu-languages": ("Languages, an EU authority list", "http://publications.europa.eu/resource/authority/language/"),
    "m49": ("Areas of the UN (M49)", "http://metadata.un.org/sdg/codes/geoArea/"),
    "sdg": ("Sustainable Development Goals", "http://metadata.un.org/sdg/"),
    "sdmx": ("Codes of SDMX", "http://purl.org/linked-data/sdmx/2009/code#"),
    "unbis": ("UNBIS Thesaurus", "http://metadata.un.org/thesaurus/"),
    "wikidata": ("Wikidata", "http://www.wikidata.org/entity/"),
}
_EXAMPLES = ("Country", "Agency", "Answer", "Statement")
_TOTALS = """\
SELECT ?triples ?subjects ?objects ?entities {{
  {{ SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) {{ ?s ?p ?o }} }}
  {{ SELECT (COUNT(DISTINCT ?s) AS ?entities) {{ ?s a ?class FILTER(STRSTARTS(STR(?s), "{base}")) }} }}
}}"""
_PROPERTIES = """\
SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ ?s ?p ?o } GROUP BY ?p"""
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class } GROUP BY ?class"
# grouped first, since most triples share few objects, and reading an IRI is what costs
_LINKS = """\
SELECT ?p ?o ?n {{
  {{ SELECT ?p ?o (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(ISIRI(?o)) }} GROUP BY ?p ?o }}
  FILTER(!STRSTARTS(STR(?o), "{base}"))
}}"""


def write_void(dataset: Path, folder: Path, release: Release) -> None:
    """Writes ``void.ttl`` of a release into its folder, where the dumps of the data are already.

    :raises UsageError: if there is no store in the dataset's folder.
    """
    dumps = sorted(path.name for path in (folder / "data").glob("msqgraph.*"))
    triples = void_triples(EmbeddedStore(dataset / "store"), release, dumps)
    (folder / "void.ttl").write_bytes(turtle(triples, release.base))


def void_triples(store: Store, release: Release, dumps: Iterable[str] = ()) -> list[ox.Triple]:
    """What is in a store, counted: the description that ``void.ttl`` holds.

    :param dumps: the names of the files in ``data/`` of the release, such as ``msqgraph.ttl``.
    :raises UsageError: if the store does not answer.
    """
    description = _Void(store, release)
    description.dumps(dumps)
    return description.triples


class _Void(CatalogDescription):
    """The triples of the description."""

    def __init__(self, store: Store, release: Release) -> None:
        super().__init__(release.base)
        self.release, self._store = release, store
        self._about()
        self._totals()
        classes, properties = self._classes(), self._properties()
        namespaces = {re.sub(r"[^/#]*$", "", iri) for iri in (*classes, *properties)}
        self.link(WHOLE, "void:vocabulary", *sorted(namespaces))
        self._links()

    def dumps(self, names: Iterable[str]) -> None:
        """Where the data can be downloaded, by the names of the files in ``data/``, and in which formats."""
        for name in names:
            self.link(WHOLE, "void:dataDump", f"{self.release.address}data/{name}")
            self.link(WHOLE, "void:feature", _FORMATS + _FEATURES[name.removeprefix("msqgraph")])

    def _about(self) -> None:
        document, about = f"{self.release.address}void.ttl", self.release.about
        self.a(document, "void:DatasetDescription")
        self.english(document, "dct:title", "What is in the graph, counted")
        self.link(document, "foaf:primaryTopic", WHOLE)
        self.a(WHOLE, "void:Dataset")
        self.english(WHOLE, "dct:title", about.title)
        self.english(
            WHOLE,
            "dct:description",
            f"{about.description} All figures are counts of the merge, which is the default graph of the endpoint "
            "and what the Turtle and RDF/XML files hold: every public triple once. Numbers are counted by their value. "
            "Entities are what has a class and an IRI of this dataset.",
        )
        self.link(WHOLE, "dct:license", about.licence)
        for source in sources_of(self._store, self.base):
            self.link(WHOLE, "dct:source", source.iri)
            self.english(source.iri, "dct:title", source.title)
        self.say(WHOLE, "void:uriSpace", self.base)
        if about.endpoint:
            self.link(WHOLE, "void:sparqlEndpoint", about.endpoint)
        for name in _EXAMPLES:
            query = f"SELECT (MIN(?s) AS ?first) {{ SELECT (STR(?x) AS ?s) {{ ?x a <{self.base}ontology#{name}> }} }}"
            for (first,) in text_rows(self._store, query):
                self.link(WHOLE, "void:exampleResource", *filter(None, [first]))

    def _count(self, subject: str, name: str, count: str) -> None:
        self.say(subject, f"void:{name}", count, datatype="integer")

    def _totals(self) -> None:
        ((triples, subjects, objects, entities),) = text_rows(self._store, _TOTALS.format(base=self.base))
        self._count(WHOLE, "triples", triples)
        self._count(WHOLE, "distinctSubjects", subjects)
        self._count(WHOLE, "distinctObjects", objects)
        self._count(WHOLE, "entities", entities)

    def _classes(self) -> list[str]:
        rows = text_rows(self._store, _CLASSES)
        self._count(WHOLE, "classes", str(len(rows)))
        for iri, count in rows:
            part = self._part("classPartition", "class", iri)
            self.link(part, "void:class", iri)
            self._count(part, "entities", count)
        return [iri for iri, _ in rows]

    def _properties(self) -> list[str]:
        rows = text_rows(self._store, _PROPERTIES)
        self._count(WHOLE, "properties", str(len(rows)))
        for iri, count, subjects, objects in rows:
            part = self._part("propertyPartition", "property", iri)
            self.link(part, "void:property", iri)
            self._count(part, "triples", count)
            self._count(part, "distinctSubjects", subjects)
            self._count(part, "distinctObjects", objects)
        return [iri for iri, *_ in rows]

    def _part(self, predicate: str, kind: str, iri: str) -> str:
        part = f"{WHOLE}/{kind}/{_own_name(iri)}"
        self.a(part, "void:Dataset")
        self.link(WHOLE, f"void:{predicate}", part)
        return part

    def _links(self) -> None:
        """A link set has one predicate: one for each target and predicate, of all triples that lead to the target."""
        counts = Counter[tuple[str, str]]()
        for predicate, iri, count in text_rows(self._store, _LINKS.format(base=self.base)):
            if name := target_of(iri):
                counts[name, predicate] += int(count)
        for (name, predicate), number in sorted(counts.items()):
            self._link_set(name, predicate, number)

    def _link_set(self, name: str, predicate: str, count: int) -> None:
        title, start = TARGETS[name]
        target, links = f"id/dataset/target/{name}", f"{WHOLE}/links/{name}/{_own_name(predicate)}"
        self.a(target, "void:Dataset")
        self.english(target, "dct:title", title)
        self.say(target, "void:uriSpace", start)
        self.a(links, "void:Linkset")
        self.link(WHOLE, "void:subset", links)
        self.link(links, "void:subjectsTarget", WHOLE)
        self.link(links, "void:objectsTarget", target)
        self.link(links, "void:linkPredicate", predicate)
        self._count(links, "triples", str(count))


def target_of(iri: str) -> str | None:
    """Which of the datasets that we link to an IRI belongs to.

    >>> target_of("http://metadata.un.org/sdg/codes/geoArea/600"), target_of("http://metadata.un.org/sdg/16")
    ('m49', 'sdg')
    """
    fitting = [(len(start), name) for name, (_, start) in TARGETS.items() if iri.startswith(start)]
    return max(fitting)[1] if fitting else None


def _own_name(iri: str) -> str:
    """A name within a path for a term of any vocabulary.

    >>> _own_name("http://www.w3.org/2004/02/skos/core#Concept")
    'concept-af79de'
    """
    return f"{slug(re.split('[/#]', iri)[-1] or 'term')}-{six_hex(iri)}"
