"""Which pages there are, for search engines: ``/sitemap.xml`` with its parts, and ``/robots.txt``.

A page is told once, in English, with its address in each of the languages.

Specifications: https://www.sitemaps.org/protocol.html, RFC 9309 (robots.txt)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from msqgraph.queries import query_names
from msqgraph.server.addresses import page_path
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.linked_data.absence import not_found, problem
from msqgraph.server.linked_data.site_address import site_address
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    from starlette.requests import Request

    from msqgraph.server.asking import Asking

MOST_ADDRESSES = 5_000  # in a part; the protocol allows 50,000 and 50 MB, and each comes with its languages
_FIXED = ("", "about", "agencies", "asked", "countries", "laws", "portals", "questions", "strategies")
_CLASSES = ("Agency", "Answer", "Country", "Law", "Portal", "Question", "Strategy")
_THINGS = "SELECT DISTINCT ?thing { VALUES ?class { } ?thing a ?class }"
_NUMBER = re.compile("[1-9][0-9]{0,5}")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# what costs much and has no end
_NOT_TO_BE_CRAWLED = (
    "sparql",
    "api/",
    "metrics",
    *(f"{code}/{name}" for code in LANGUAGES for name in ("compare", "query", "results", "search")),
)


async def page_paths(asking: Asking) -> list[str]:
    """The paths of all pages below the language, sorted: those of lists, of things with pages of their own, of queries.

    :raises QueryRefused: if the engine does not answer.
    """
    things: list[str] = []
    for name in _CLASSES:
        rows = await asking.rows(_THINGS, **{"class": term(f"msq:{name}", asking.base)})
        things += [text_of(row["thing"]) for row in rows if isinstance(row["thing"], ox.NamedNode)]
    return await run_in_threadpool(_pages, things, asking.base)


def _pages(things: Iterable[str], base: str) -> list[str]:
    found = {page_path(iri.removeprefix(base)) for iri in things if iri.startswith(base)}
    own = {path for path in found if not path.startswith("things/")}
    return sorted(own.union(_FIXED, (f"asked/{name}" for name in query_names())))


async def _known_paths(request: Request) -> list[str]:
    """The paths, found once for an application, since its dataset stays the same."""
    state = request.app.state
    if not hasattr(state, "page_paths"):
        state.page_paths = await page_paths(state.asking)
    paths: list[str] = state.page_paths
    return paths


async def sitemap(request: Request) -> Response:
    """``/sitemap.xml``: where the parts are."""
    try:
        paths = await _known_paths(request)
    except QueryRefused as refused:
        return problem(request, refused.status, refused.message, refused.retry_after_s)
    site = site_address(request)
    parts = range(1, 1 + -(-len(paths) // MOST_ADDRESSES))
    listed = "".join(f"<sitemap><loc>{_escaped(f'{site}sitemap-{number}.xml')}</loc></sitemap>\n" for number in parts)
    return _xml(f'{_HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{listed}</sitemapindex>\n')


async def sitemap_part(request: Request) -> Response:
    """``/sitemap-1.xml`` and so on: the pages."""
    try:
        paths = await _known_paths(request)
    except QueryRefused as refused:
        return problem(request, refused.status, refused.message, refused.retry_after_s)
    told = request.path_params["number"]
    start = (int(told) - 1) * MOST_ADDRESSES if _NUMBER.fullmatch(told) else -1
    if not 0 <= start < len(paths):
        return not_found(request, request.app.state.asking.base)
    return _xml(await run_in_threadpool(urlset, site_address(request), paths[start : start + MOST_ADDRESSES]))


def urlset(site: str, paths: Iterable[str]) -> str:
    """The pages at paths below the language, each with its address in every language.

    >>> urlset("https://example.org/", ["countries/PRY"]).count("https://example.org/fr/countries/PRY")
    1
    """
    lines = []
    for path in paths:
        alternates = [(code, f"{site}{code}/{path}") for code in LANGUAGES]
        links = "".join(_alternate(*one) for one in (*alternates, ("x-default", alternates[0][1])))
        lines.append(f"<url><loc>{_escaped(alternates[0][1])}</loc>{links}</url>\n")
    return f"{_HEAD}<urlset {_NAMESPACES}>\n{''.join(lines)}</urlset>\n"


async def robots(request: Request) -> Response:
    """``/robots.txt``: pages and documents are welcome to be read, what runs queries is not."""
    root = request.scope.get("root_path", "")
    lines = ["User-agent: *", *(f"Disallow: {root}/{path}" for path in _NOT_TO_BE_CRAWLED)]
    text = "\n".join([*lines, f"Sitemap: {site_address(request)}sitemap.xml", ""])
    return Response(text, headers={"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache"})


def _alternate(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'


def _escaped(text: str) -> str:
    return quoteattr(text)[1:-1]


def _xml(text: str) -> Response:
    return Response(text, headers={"Content-Type": "application/xml; charset=utf-8", "Cache-Control": "no-cache"})
