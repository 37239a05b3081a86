"""Where this site is, and its address in the place of what stood for it in triples that were made without a request."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from starlette.requests import Request


def site_address(request: Request) -> str:
    """The address of this site as clients reach it, with a slash at its end.

    It is the one that the operator gave, or else the one that the request came to.
    """
    given: str = request.app.state.site.public_url
    return given or str(request.base_url)


def with_own_endpoint(triples: Iterable[ox.Triple], request: Request) -> list[ox.Triple]:
    """Triples about the whole dataset, with the endpoint of this site where the publisher names none."""
    if request.app.state.publication.about.endpoint:
        return list(triples)
    return replaced(triples, request.app.state.publication.endpoint, f"{site_address(request)}sparql")


def replaced(triples: Iterable[ox.Triple], stand_in: str, address: str) -> list[ox.Triple]:
    """The triples with another IRI as object wherever one stood.

    >>> x = ox.NamedNode("http://example.org/x")
    >>> replaced([ox.Triple(x, x, x)], "http://example.org/x", "http://example.org/y")[0].object.value
    'http://example.org/y'
    """
    before, after = ox.NamedNode(stand_in), ox.NamedNode(address)
    return [
        ox.Triple(triple.subject, triple.predicate, after) if triple.object == before else triple for triple in triples
    ]
