"""RDF for people and programs: sorted, prefixed, the same bytes for the same graph.

pyoxigraph groups consecutive triples, so sorting them is all it takes to get Turtle that can be read and compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph import assets
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

FORMATS = ("turtle", "trig", "nquads", "jsonld")
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PREFIXES = {
    "cc": "http://creativecommons.org/ns#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "m8g": "http://data.europa.eu/m8g/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def prefixes(base: str = assets.DEFAULT_BASE) -> dict[str, str]:
    """The prefixes that all our files and results use.

    >>> prefixes()["msq"]
    'https://w3id.org/msqgraph/ontology#'
    """
    return {"msq": f"{base}ontology#", **_PREFIXES}


def turtle(triples: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE) -> bytes:
    """The triples as Turtle: subjects in order, types first.

    >>> import pyoxigraph as ox
    >>> x = ox.NamedNode("https://w3id.org/msqgraph/ontology#x")
    >>> print(turtle([ox.Triple(x, x, ox.Literal("1")), ox.Triple(x, x, x)]).decode().splitlines()[-1])
    msq:x msq:x "1" , msq:x .
    """
    import pyoxigraph as ox

    ordered = sorted(set(triples), key=_reading_order)
    used = _used(ordered, base)
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used) or b""


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as sorted N-Quads.

    >>> nquads([])
    b''
    """
    return "".join(sorted(f"{quad} .\n" for quad in set(quads))).encode()


def trig(quads: Iterable[ox.Quad], base: str = assets.DEFAULT_BASE) -> bytes:
    """The quads as TriG, graph by graph, each as :func:`turtle` orders it.

    >>> trig([])
    b''
    """
    import pyoxigraph as ox

    ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), _reading_order(quad.triple)))
    used = _used((quad.triple for quad in ordered), base)
    return ox.serialize(ordered, format=ox.RdfFormat.TRIG, prefixes=used) or b""


def jsonld(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as expanded JSON-LD, graph by graph.

    >>> jsonld([])
    b'[]'
    """
    import pyoxigraph as ox

    ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), _reading_order(quad.triple)))
    return ox.serialize(ordered, format=ox.RdfFormat.JSON_LD) or b""


def export(dataset: Path | str, format: str, include_personal: bool = False) -> bytes:  # noqa: A002 - the option's name
    """A built dataset in a format: the merge as Turtle, the named graphs in the others.

    :param format: one of ``FORMATS``.
    :param include_personal: with the graphs of what is withheld, if the dataset was built with them.
    :raises UsageError: if there is no dataset in the folder, no such format, or no personal graph to include.
    """
    import pyoxigraph as ox

    folder = Path(dataset)
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}: use {', '.join(FORMATS)}")
    base = base_of(folder)
    personal = []
    if include_personal:
        if not (folder / "personal.nq").is_file():
            raise UsageError(f"{dataset}: built without personal data — build it with --include-personal")
        if format == "turtle":
            raise UsageError("the merge never holds personal data — use a format with named graphs")
        personal = list(ox.parse(path=str(folder / "personal.nq"), format=ox.RdfFormat.N_QUADS))
    if format == "turtle":
        return (folder / "dataset.ttl").read_bytes()
    quads = [*ox.parse(path=str(folder / "dataset.nq"), format=ox.RdfFormat.N_QUADS), *personal]
    if format == "nquads":
        return nquads(quads)
    return trig(quads, base) if format == "trig" else jsonld(quads)


def _reading_order(triple: ox.Triple) -> tuple[str, bool, str, str]:
    return str(triple.subject), triple.predicate.value != _RDF_TYPE, triple.predicate.value, str(triple.object)


def _used(triples: Iterable[ox.Triple], base: str) -> dict[str, str]:
    """The prefixes that occur, one for every code list among them: unused ones say nothing about a file."""
    import pyoxigraph as ox

    terms = {term for triple in triples for term in (triple.subject, triple.predicate, triple.object)}
    terms |= {term.datatype for term in terms if isinstance(term, ox.Literal)}
    found = {re.sub(r"[^/#]*$", "", term.value) for term in terms if isinstance(term, ox.NamedNode)}
    lists = {iri.split("/")[-2]: iri for iri in found if re.fullmatch(re.escape(base) + r"code/[a-z0-9-]+/", iri)}
    known = {**prefixes(base), **dict(sorted(lists.items()))}
    return {prefix: iri for prefix, iri in known.items() if iri in found}
