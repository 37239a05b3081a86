"""The SPARQL endpoint of a release, described for programs: ``service.ttl``.

It tells which graph plain patterns see, and which named graphs there are, each with its number of triples. None of the
features that the vocabulary names holds: the default graph is no union of the named graphs but their merge, and the
endpoint asks no other one.

Specification: https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from msqgraph.errors import UsageError
from msqgraph.exports.catalog_authorities import CatalogDescription
from msqgraph.exports.catalog_entries import SERVICE, WHOLE
from msqgraph.exports.rdf import turtle
from msqgraph.exports.text_rows import text_rows
from msqgraph.release.about import Release
from msqgraph.store import EmbeddedStore, Store

if TYPE_CHECKING:
    import pyoxigraph as ox

RESULT_FORMATS = (
    "SPARQL_Results_CSV", "SPARQL_Results_JSON", "SPARQL_Results_TSV", "SPARQL_Results_XML", "N-Triples", "Turtle",
)  # fmt: skip
MERGE_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
GRAPH_COUNTS = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


def write_service_description(dataset: Path, folder: Path, release: Release) -> None:
    """Writes ``service.ttl`` of a release into its folder.

    :raises UsageError: if the publisher names no endpoint, or there is no store in the dataset's folder.
    """
    if not release.about.endpoint:
        raise UsageError("no endpoint to describe — name it in the release file: endpoint: https://...")
    triples = service_of_store(EmbeddedStore(dataset / "store"), release)
    (folder / "service.ttl").write_bytes(turtle(triples, release.base))


def service_of_store(
    store: Store, release: Release, is_ours: Callable[[str], bool] = lambda _: True
) -> list[ox.Triple]:
    """The description of the endpoint that the publisher names, its graphs counted in a store.

    :param is_ours: whether a named graph is the dataset's, by its IRI: another engine has some of its own besides.
    :raises UsageError: if the publisher names no endpoint, or the store does not answer.
    """
    if not release.about.endpoint:
        raise UsageError("no endpoint to describe — name it in the release file: endpoint: https://...")
    ((count,),) = text_rows(store, MERGE_COUNT)
    graphs = [(name, number) for name, number in text_rows(store, GRAPH_COUNTS) if is_ours(name)]
    return service_description(release.base, release.about.title, release.about.endpoint, count, graphs)


def service_description(
    base: str,
    title: str,
    endpoint: str,
    merge: str | None,
    graphs: Iterable[tuple[str, str]],
    formats: Iterable[str] = RESULT_FORMATS,
) -> list[ox.Triple]:
    """The description of an endpoint whose default graph is the merge.

    :param merge: the number of triples in the merge; None if it is not known.
    :param graphs: the IRI of each named graph with its number of triples.
    :param formats: names below http://www.w3.org/ns/formats/.

    >>> len(service_description("https://example.org/", "Answers", "https://example.org/sparql", None, []))
    17
    """
    about = CatalogDescription(base)
    about.a(SERVICE, "sd:Service")
    about.english(SERVICE, "rdfs:label", f"SPARQL endpoint: {title}")
    about.link(SERVICE, "sd:endpoint", endpoint)
    about.link(SERVICE, "sd:supportedLanguage", "sd:SPARQL11Query")
    about.link(SERVICE, "sd:resultFormat", *(f"http://www.w3.org/ns/formats/{name}" for name in formats))
    about.link(SERVICE, "sd:defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    about.link(SERVICE, "sd:defaultDataset", f"{SERVICE}/dataset")
    about.a(f"{SERVICE}/dataset", "sd:Dataset")
    about.link(f"{SERVICE}/dataset", "dct:source", WHOLE)
    default = f"{SERVICE}/merge"
    about.link(f"{SERVICE}/dataset", "sd:defaultGraph", default)
    _graph(about, default, merge)
    about.english(default, "rdfs:comment", "The merge of the named graphs, every triple once. Plain patterns see it.")
    for name, number in graphs:
        entry = f"{SERVICE}/{name.removeprefix(base) if name.startswith(base) else quote(name, safe='')}"
        about.link(f"{SERVICE}/dataset", "sd:namedGraph", entry)
        about.a(entry, "sd:NamedGraph")
        about.link(entry, "sd:name", name)
        about.link(entry, "sd:graph", f"{entry}/content")
        _graph(about, f"{entry}/content", number)
    return about.triples


def _graph(about: CatalogDescription, path: str, triples: str | None) -> None:
    about.a(path, "sd:Graph")
    if triples is not None:
        about.say(path, "void:triples", triples, datatype="integer")
