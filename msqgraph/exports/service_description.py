"""The SPARQL endpoint of a release, described for programs: ``service.ttl``.

It tells which graph plain patterns see, and which named graphs there are, each with its number of triples. None of the
features that the vocabulary names holds: the default graph is no union of the named graphs but their merge, and the
endpoint asks no other one.

Specification: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from pathlib import Path

from msqgraph.errors import UsageError
from msqgraph.exports.catalog_authorities import CatalogDescription
from msqgraph.exports.catalog_entries import SERVICE, WHOLE
from msqgraph.exports.rdf import turtle
from msqgraph.exports.text_rows import text_rows
from msqgraph.release.about import Release
from msqgraph.store import EmbeddedStore

_RESULTS = (
    "SPARQL_Results_CSV", "SPARQL_Results_JSON", "SPARQL_Results_TSV", "SPARQL_Results_XML", "N-Triples", "Turtle",
)  # fmt: skip
_MERGE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


def write_service_description(dataset: Path, folder: Path, release: Release) -> None:
    """Writes ``service.ttl`` of a release into its folder.

    :raises UsageError: if the publisher names no endpoint, or there is no store in the dataset's folder.
    """
    if not release.about.endpoint:
        raise UsageError("no endpoint to describe — name it in the release file: endpoint: https://...")
    store = EmbeddedStore(dataset / "store")
    about = CatalogDescription(release.base)
    about.a(SERVICE, "sd:Service")
    about.english(SERVICE, "rdfs:label", f"SPARQL endpoint: {release.about.title}")
    about.link(SERVICE, "sd:endpoint", release.about.endpoint)
    about.link(SERVICE, "sd:supportedLanguage", "sd:SPARQL11Query")
    about.link(SERVICE, "sd:resultFormat", *(f"http://www.w3.org/ns/formats/{name}" for name in _RESULTS))
    about.link(SERVICE, "sd:defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    about.link(SERVICE, "sd:defaultDataset", f"{SERVICE}/dataset")
    about.a(f"{SERVICE}/dataset", "sd:Dataset")
    about.link(f"{SERVICE}/dataset", "dct:source", WHOLE)
    ((count,),) = text_rows(store, _MERGE)
    merge = f"{SERVICE}/merge"
    about.link(f"{SERVICE}/dataset", "sd:defaultGraph", merge)
    _graph(about, merge, count)
    about.english(merge, "rdfs:comment", "The merge of the named graphs, every triple once. Plain patterns see it.")
    for name, number in text_rows(store, _GRAPHS):
        entry = f"{SERVICE}/{name.removeprefix(release.base)}"
        about.link(f"{SERVICE}/dataset", "sd:namedGraph", entry)
        about.a(entry, "sd:NamedGraph")
        about.link(entry, "sd:name", name)
        about.link(entry, "sd:graph", f"{entry}/content")
        _graph(about, f"{entry}/content", number)
    (folder / "service.ttl").write_bytes(turtle(about.triples, release.base))


def _graph(about: CatalogDescription, path: str, triples: str) -> None:
    about.a(path, "sd:Graph")
    about.say(path, "void:triples", triples, datatype="integer")
