"""The formats in which the endpoint answers, by media type and by short name, and which of them a client wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from msqgraph.server.engine.asked import Formats
from msqgraph.server.protocol.accept import preferred

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, N_TRIPLES, RDF_XML, JSON_LD = (
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
)

# what is offered, the best first: as a client may name it, and as the engine knows it
ROWS: Mapping[str, str] = {
    JSON: JSON, XML: XML, CSV: CSV, TSV: TSV, "application/json": JSON, "application/xml": XML, "text/xml": XML,
}  # fmt: skip
TRIPLES: Mapping[str, str] = {
    TURTLE: TURTLE, N_TRIPLES: N_TRIPLES, RDF_XML: RDF_XML, JSON_LD: JSON_LD, "application/json": JSON_LD,
    "application/xml": RDF_XML, "text/xml": RDF_XML, "text/plain": N_TRIPLES, "text/n3": TURTLE,
}  # fmt: skip
# short names: rows, then triples
_NAMED: Mapping[str, tuple[str | None, str | None]] = {
    "json": (JSON, JSON_LD), "srj": (JSON, None), "sparql-results+json": (JSON, None),
    "xml": (XML, RDF_XML), "srx": (XML, None), "sparql-results+xml": (XML, None),
    "csv": (CSV, None), "tsv": (TSV, None),
    "ttl": (None, TURTLE), "turtle": (None, TURTLE), "n3": (None, TURTLE),
    "nt": (None, N_TRIPLES), "ntriples": (None, N_TRIPLES), "n-triples": (None, N_TRIPLES),
    "rdf": (None, RDF_XML), "rdf/xml": (None, RDF_XML), "rdf+xml": (None, RDF_XML), "rdfxml": (None, RDF_XML),
    "jsonld": (None, JSON_LD), "json-ld": (None, JSON_LD), "ld+json": (None, JSON_LD),
}  # fmt: skip
_LONG = 2_000  # characters: longer headers are read, but not remembered
_TOLD = "json, xml, csv, tsv for rows; turtle, nt, rdf/xml, jsonld for triples; or one of their media types"
_PARAMETERS = {CSV: "; charset=utf-8; header=present"}


class UnknownFormat(ValueError):
    """A name that no format has; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The formats for each kind of answer, and the name by which the client knows each of them."""

    formats: Formats
    _names: Mapping[str, str] = field(default_factory=dict)

    def content_type(self, media_type: str) -> str:
        """The ``Content-Type`` of an answer: the client's own name for it.

        >>> wanted("application/json", None).content_type(JSON)
        'application/json'
        """
        return content_type(self._names.get(media_type, media_type))


def content_type(name: str) -> str:
    """The value of ``Content-Type`` for a media type, with the encoding where that is not fixed.

    >>> content_type(CSV), content_type(JSON_LD)
    ('text/csv; charset=utf-8; header=present', 'application/ld+json')
    """
    return name + _PARAMETERS.get(name, "; charset=utf-8" if name.startswith("text/") else "")


def wanted(accept: str | None, name: str | None) -> Wanted:
    """The formats that a client wants.

    :param accept: its header ``Accept``. None: anything, which gives JSON and Turtle.
    :param name: what it named in the request itself, which wins over the header: a short name or a media type.
    :raises UnknownFormat: if there is no such name.

    >>> wanted("text/turtle, text/csv;q=0.1", None).formats
    Formats(rows='text/csv', truth='text/csv', triples='text/turtle')
    >>> wanted("*/*", "json").formats.triples
    'application/ld+json'
    """
    is_usual = len(accept or "") + len(name or "") <= _LONG
    return _wanted(accept, name) if is_usual else _wanted.__wrapped__(accept, name)


@lru_cache(maxsize=512)
def _wanted(accept: str | None, name: str | None) -> Wanted:
    """As :func:`wanted`; clients send the same few again and again."""
    if name is not None:
        rows, triples = _by_name(name)
        return Wanted(Formats(rows, rows, triples))
    row, triple = preferred(accept, tuple(ROWS)), preferred(accept, tuple(TRIPLES))
    names = {}
    if row:
        names[ROWS[row]] = row
    if triple:
        names[TRIPLES[triple]] = triple
    return Wanted(Formats(row and ROWS[row], row and ROWS[row], triple and TRIPLES[triple]), names)


def _by_name(name: str) -> tuple[str | None, str | None]:
    low = name.partition(";")[0].strip().lower().replace(" ", "+")  # a plus sign in an address is a space
    found = _NAMED.get(low) or (ROWS.get(low), TRIPLES.get(low))
    if found == (None, None):
        raise UnknownFormat(f"no format is named {name[:40]!r}: use {_TOLD}")
    return found
