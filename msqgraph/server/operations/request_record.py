"""What is known of one request while it is answered: for its log line, the metrics and its headers.

It holds nothing that tells who asks or what: no address, no path as it was sent, no query.
"""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter

UNMATCHED = "unmatched"
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"))
RECORD = "msqgraph.record"  # its place in an ASGI scope
CURRENT: ContextVar[RequestRecord | None] = ContextVar("msqgraph_request", default=None)
_ID = re.compile(rb"[0-9A-Za-z][0-9A-Za-z._-]{7,63}")


@dataclass(slots=True)
class RequestRecord:
    """One request. ``template`` is the path of its route with names for values, such as ``/{lang}/countries/{iso3}``.

    ``query_digest`` is the beginning of the SHA-256 of a client's SPARQL query; ``relaxed`` are directives of the
    Content-Security-Policy that this answer has otherwise.
    """

    id: str
    method: str
    started_s: float = field(default_factory=perf_counter)
    template: str = UNMATCHED
    status: int = 0
    sent_bytes: int = 0
    queries: int = 0
    query_digest: str = ""
    is_complete: bool = False
    refused: str = ""
    relaxed: dict[str, str] | None = None


def request_id(told: bytes | None) -> str:
    """The request's name: the one that a proxy gave it, if it looks like one; else a random one.

    >>> request_id(b"5f2c91aa-77"), len(request_id(b"<script>")), len(request_id(None))
    ('5f2c91aa-77', 16, 16)
    """
    if told is not None and _ID.fullmatch(told):
        return told.decode("ascii")
    return secrets.token_hex(8)


def method_of(method: str) -> str:
    """The method as a label of few values.

    >>> method_of("GET"), method_of("BREW")
    ('GET', 'other')
    """
    return method if method in METHODS else "other"
