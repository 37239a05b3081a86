"""A DCAT 3 catalogue as DCAT-AP 2.1.1 has it: the same truth, in the terms of DCAT 2.

It differs only where the profile does. Series, versions and their order have no terms in DCAT 2; Dublin Core's and
OWL's stand in. Its shapes take xsd:decimal for sizes and SHA-1 alone for checksums.

Source: https://github.com/SEMICeu/DCAT-AP/tree/master/releases/2.1.1
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

_DCAT, _DCT = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
_SPDX = "http://spdx.org/rdf/terms#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_EARLIER = {
    f"{_DCAT}inSeries": f"{_DCT}isPartOf",
    f"{_DCAT}isVersionOf": f"{_DCT}isVersionOf",
    f"{_DCAT}previousVersion": f"{_DCT}replaces",
    f"{_DCAT}version": "http://www.w3.org/2002/07/owl#versionInfo",
    f"{_SPDX}checksumAlgorithm_sha256": f"{_SPDX}checksumAlgorithm_sha1",
}
# what follows from the rest, or cannot be said
_LATER = {f"{_DCAT}{name}" for name in ("DatasetSeries", "first", "hasCurrentVersion", "last", "prev")}


def as_dcat_ap_2(triples: Iterable[ox.Triple], checked: Mapping[str, Path]) -> list[ox.Triple]:
    """The triples of a catalogue in DCAT 2.

    :param checked: the file that each checksum, by its IRI, is of.

    >>> import pyoxigraph as ox
    >>> dataset, version = ox.NamedNode("http://example.org/x"), ox.NamedNode("http://www.w3.org/ns/dcat#version")
    >>> [triple.predicate.value for triple in as_dcat_ap_2([ox.Triple(dataset, version, ox.Literal("1"))], {})]
    ['http://www.w3.org/2002/07/owl#versionInfo']
    """
    import pyoxigraph as ox

    def node(iri: str) -> ox.NamedNode:
        return ox.NamedNode(_EARLIER.get(iri, iri))

    found = []
    for triple in triples:
        subject, predicate, value = text_of(triple.subject), triple.predicate.value, triple.object
        if {predicate, text_of(value)} & _LATER:
            continue
        if isinstance(value, ox.NamedNode):
            value = node(value.value)
        elif predicate == f"{_DCAT}byteSize":
            value = ox.Literal(text_of(value), datatype=ox.NamedNode(f"{_XSD}decimal"))
        elif predicate == f"{_SPDX}checksumValue":
            value = ox.Literal(_sha1(checked[subject]), datatype=ox.NamedNode(f"{_XSD}hexBinary"))
        found.append(ox.Triple(node(subject), node(predicate), value))
    return found


def _sha1(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.sha1(usedforsecurity=False)).hexdigest()
