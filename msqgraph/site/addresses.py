"""Which file of a static site stands for an address of the server, and how links to it are spelled there.

A page is the ``index.html`` of a folder of its name, which every web host serves without being told how. Of the
parameters only those that choose among few pages are kept; they become folders: ``?page=2`` is ``page-2/``.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlsplit

KEPT = ("edition", "page", "tag")
_FILE = re.compile(r"\.(?:atom|csv|css|js|json|jsonld|md|nt|rdf|png|svg|ttl|txt|rq|woff2?|xml|html)$")
# answered by asking the data, which nobody does for a static site
_LIVE = re.compile(
    r"/(?:sparql|api|healthz|readyz|metrics)(?:/|$)|/[a-z]{2}/(?:compare|query(?!/[a-z0-9-]+\.rq$)|results|search)(?:[/.]|$)"
)
_VALUE = re.compile(r"[A-Za-z0-9-]{1,40}")


def is_live(path: str) -> bool:
    """Whether only a running server can answer a path.

    >>> is_live("/sparql"), is_live("/en/compare"), is_live("/en/query/who-leads.rq"), is_live("/en/countries/PRY")
    (True, True, False, False)
    """
    return _LIVE.match(path) is not None


def page_address(address: str) -> str:
    """An address without the parameters that a static site does not have, the rest in order.

    >>> page_address("/en/countries?sort=name&page=2#top"), page_address("/en/laws?page=1")
    ('/en/countries?page=2', '/en/laws')
    """
    parts = urlsplit(address)
    given = dict(parse_qsl(parts.query))
    kept = [f"{name}={given[name]}" for name in KEPT if _VALUE.fullmatch(given.get(name, ""))]
    kept = [parameter for parameter in kept if parameter != "page=1"]
    return parts.path + (f"?{'&'.join(kept)}" if kept and not _FILE.search(parts.path) else "")


def link(address: str) -> str:
    """How a page's address is spelled in a static site; files keep their names.

    >>> link("/en/countries/PRY?edition=2020"), link("/en/"), link("/catalog.ttl")
    ('/en/countries/PRY/edition-2020/', '/en/', '/catalog.ttl')
    """
    parts = urlsplit(address)
    if _FILE.search(parts.path):
        return parts.path
    folders = [f"{name}-{value}/" for name, value in parse_qsl(parts.query)]
    return parts.path.rstrip("/") + "/" + "".join(folders)


def file_of(address: str) -> str:
    """The path of the file for an address, below the site's folder.

    :raises ValueError: if it would lie outside.

    >>> file_of("/en/countries/PRY"), file_of("/catalog.ttl"), file_of("/")
    ('en/countries/PRY/index.html', 'catalog.ttl', 'index.html')
    """
    path = unquote(link(address)).lstrip("/")
    if ".." in path.split("/") or "\0" in path or "\\" in path:
        raise ValueError(f"{address}: leads out of the folder")
    return path if path and not path.endswith("/") else f"{path}index.html"


def below(prefix: str, address: str) -> str:
    """An address on a host that serves the site below a prefix, such as ``/msqgraph``.

    >>> below("/msqgraph", "/en/")
    '/msqgraph/en/'
    """
    return quote(prefix, safe="/") + address
