"""The headers that say how a document and its thing are connected: formats, description, stable address, licence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msqgraph.server.linked_data.formats import MEDIA_TYPES, content_type

if TYPE_CHECKING:
    from starlette.requests import Request

    from msqgraph.server.linked_data.request_paths import Wanted

METHODS = ("GET", "HEAD", "OPTIONS")
_EXPOSED = "Content-Language, Content-Location, ETag, Link, Location, Retry-After, Vary"


def local(request: Request, path: str) -> str:
    """The address on this server of a path without a slash in front."""
    return f"{request.scope.get('root_path', '')}/{path}"


def links(request: Request, wanted: Wanted, base: str, licence: str) -> str:
    """The value of ``Link`` for a thing, or for a document about one."""
    path, iri = wanted.path, base + wanted.path
    told = [
        f'<{local(request, f"{path}.{suffix}")}>; rel="alternate"; type="{MEDIA_TYPES[suffix][0]}"'
        for suffix in MEDIA_TYPES
        if suffix != wanted.suffix
    ]
    if wanted.suffix:
        told += [f'<{iri}>; rel="about"', f'<{iri}>; rel="describes"', f'<{base}{wanted.address}>; rel="canonical"']
    else:
        told += [f'<{local(request, f"{path}.ttl")}>; rel="describedby"; type="text/turtle"']
        told += [f'<{iri}>; rel="canonical"']
    return ", ".join([*told, f'<{licence}>; rel="license"'])


def cors() -> dict[str, str]:
    """What pages of other sites may do with an answer: read it, and its headers."""
    return {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": _EXPOSED}


def preflight() -> dict[str, str]:
    """The headers of an answer to OPTIONS."""
    allowed = ", ".join(METHODS)
    return {
        "Allow": allowed,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, If-Modified-Since, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }


def document_headers(request: Request, wanted: Wanted, base: str, licence: str) -> dict[str, str]:
    """All headers of a document."""
    return {
        "Content-Type": content_type(wanted.suffix),
        "Content-Location": local(request, wanted.address),
        "Link": links(request, wanted, base, licence),
        "Cache-Control": "no-cache",  # it may be kept, and is asked about: another build may be in its place
        **cors(),
    }
