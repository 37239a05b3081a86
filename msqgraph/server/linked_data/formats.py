"""In which formats a thing is described, which suffix each document has, and which format a client would rather have.

Suffixes and media types are those that the redirects of :mod:`msqgraph.exports.w3id` know, and RDF/XML, which clients
get here that ask for it: the redirects hand them on.
"""

from __future__ import annotations

from msqgraph.exports.w3id import SUFFIXES
from msqgraph.server.protocol.accept import preferred

HTML = "html"
# by suffix, the media types of a document; what it is sent as comes first
MEDIA_TYPES = {
    "ttl": SUFFIXES["ttl"],
    "jsonld": SUFFIXES["jsonld"],
    "nt": SUFFIXES["nt"],
    "rdf": ("application/rdf+xml", "application/owl+xml"),
    HTML: SUFFIXES["html"],
}
RDF_SUFFIXES = tuple(suffix for suffix in MEDIA_TYPES if suffix != HTML)
_SUFFIX_OF = {media_type: suffix for suffix, types in MEDIA_TYPES.items() for media_type in types}
# first what each is sent as, then what else it is called
_OFFERED = (
    *(types[0] for types in MEDIA_TYPES.values()),
    *(media_type for types in MEDIA_TYPES.values() for media_type in types[1:]),
)
_WITH_CHARSET = ("ttl", "nt")


def suffix_for(accept: str | None) -> str | None:
    """The suffix of the document that a client would rather have; None if it takes none of the formats.

    Of several that it likes the same, the one that its header names first, as the redirects do. A client that takes
    anything gets Turtle.

    :param accept: the ``Accept`` header, or None.

    >>> suffix_for("text/html, text/turtle"), suffix_for("application/json"), suffix_for("*/*"), suffix_for("image/png")
    ('html', 'jsonld', 'ttl', None)
    """
    told = (accept or "").lower()

    def place(media_type: str) -> tuple[int, int]:
        at = told.find(media_type)
        return (at if at >= 0 else len(told), _OFFERED.index(media_type))

    found = preferred(accept, sorted(_OFFERED, key=place))
    return None if found is None else _SUFFIX_OF[found]


def content_type(suffix: str) -> str:
    """The value of ``Content-Type`` for a document.

    >>> content_type("ttl"), content_type("jsonld")
    ('text/turtle; charset=utf-8', 'application/ld+json')
    """
    media_type = MEDIA_TYPES[suffix][0]
    return f"{media_type}; charset=utf-8" if suffix in _WITH_CHARSET else media_type
