"""Where the crawl of a site begins: pages that greet, documents about the whole, whatever the dataset describes.

Clients come to IRIs from elsewhere: from data, from the redirects of :mod:`msqgraph.exports.w3id`. So each has its
documents, whether a page links to it or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from msqgraph.server.linked_data.publication import SERVICE_FILE
from msqgraph.server.linked_data.request_paths import wanted
from msqgraph.server.linked_data.things import CATALOG, SHAPES
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking
    from msqgraph.server.linked_data.publication import Publication

_ABOUT_THE_WHOLE = (
    "robots.txt", "catalog.ttl", "catalog-2.1.1.ttl", "void.ttl", "schema-org.jsonld", "context.jsonld",
    # the other formats of the catalogue, which its own document does not name
    f"{CATALOG}.jsonld", f"{SHAPES}.ttl",
)  # fmt: skip
_OURS = "FILTER(isIRI(?thing) && STRSTARTS(STR(?thing), STR(?base)))"
_THINGS = (
    f"SELECT DISTINCT ?thing {{ VALUES ?base {{ }} ?thing ?p ?o {_OURS} }}",
    f"SELECT DISTINCT ?thing {{ VALUES ?base {{ }} ?s ?p ?thing {_OURS} }}",
    f"SELECT DISTINCT ?thing {{ VALUES ?base {{ }} GRAPH ?thing {{ ?s ?p ?o }} {_OURS} }}",
)


def starts(languages: Sequence[str], publication: Publication, public_url: str) -> list[str]:
    """The addresses without which there is no site."""
    pages = [f"/{language}/" for language in languages]
    documents = [f"/{name}" for name in _ABOUT_THE_WHOLE]
    if publication.has_endpoint or publication.file(SERVICE_FILE):
        documents.append(f"/{SERVICE_FILE}")
    if publication.file("feed.atom"):
        documents.append("/feed.atom")
    return [*pages, *documents, *(["/sitemap.xml"] if public_url else [])]


async def described(asking: Asking, publication: Publication) -> list[str]:
    """The addresses in Turtle of all that data and catalogue name, sorted.

    Not all need be answered: what is gone is not (410), nor a named graph that is too large for a document (404).

    :raises QueryRefused: if the engine does not answer.
    :raises UsageError: if the catalogue cannot be made.
    """
    iris: set[str] = set()
    for query in _THINGS:
        iris.update(text_of(row["thing"]) for row in await asking.rows(query, base=ox.NamedNode(asking.base)))
    for triple in await publication.triples():
        iris.update(term.value for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode))
    return [f"/{path}.ttl" for path in _things(iris, asking.base)]


def _things(iris: Iterable[str], base: str) -> list[str]:
    """The paths of those that can be things of ours.

    >>> _things(["https://x.org/id/y", "https://x.org/ontology#Y", "https://x.org/void.ttl"], "https://x.org/")
    ['id/y', 'ontology']
    """
    paths = {iri.removeprefix(base).partition("#")[0] for iri in iris if iri.startswith(base)}
    found = ((path, wanted({"path": f"/{path}"})) for path in paths)
    return sorted(path for path, meant in found if meant and meant.address == path and not meant.suffix)
