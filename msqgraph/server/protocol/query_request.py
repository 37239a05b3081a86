"""What a request asks of the endpoint, by GET, by a form or by a query as its body; or what is wrong with it.

Specification: https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

import pyoxigraph as ox
from starlette.exceptions import HTTPException

from msqgraph.server.protocol.accept import joined

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

METHODS = "GET, HEAD, OPTIONS, POST"
FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint is read-only: it answers queries and refuses updates"
_HOW = f"send the query by GET as ?query=, by POST as {FORM}, or by POST as {DIRECT}"
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^\s";]+)', re.IGNORECASE)
_UTF_8 = {"utf-8", "utf8", "us-ascii"}
_KNOWN = {b"query", b"update", b"default-graph-uri", b"named-graph-uri", b"format", b"output"}


class RequestRefused(Exception):
    """A request that is no query: its status, what to do instead, and the headers that belong to that status."""

    def __init__(self, status: int, message: str, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, tuple(headers)


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query with the dataset and the format that came with it; without a query, the endpoint itself is meant."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


class _GoneError(Exception):
    """The client has left while it was still sending."""


async def read_request(scope: Scope, receive: Receive, limit_bytes: int) -> QueryRequest | None:
    """What a request asks; None if its client left before it had said so.

    :param limit_bytes: of what is sent, in the address or in the body.
    :raises RequestRefused: if it is none that the protocol knows, or too large.
    """
    method = scope["method"]
    if method not in METHODS.split(", "):
        raise RequestRefused(405, f"{method} does nothing here: {_HOW}", [(b"allow", METHODS.encode())])
    if len(scope["query_string"]) > limit_bytes:
        raise RequestRefused(414, f"the address has more than {limit_bytes} bytes: shorten the query")
    fields = _fields(scope["query_string"], "address")
    if method != "POST":
        return _asked(fields)
    kind, charset = _content_type(scope)
    try:
        body = await _body(scope, receive, limit_bytes)
    except _GoneError:
        return None
    if kind == FORM:
        return _asked(fields + _fields(body, "form"), is_form=True)
    query = _text(body, charset, "query")
    return _asked([*fields, ("query", query)])


def _content_type(scope: Scope) -> tuple[str, str]:
    """The media type of a body and its encoding, in small letters.

    :raises RequestRefused: if a query cannot come so.
    """
    told = joined(scope["headers"], b"content-type") or ""
    kind = told.partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise RequestRefused(400, _READ_ONLY)
    if kind not in (FORM, DIRECT):
        what = f"a body of type {kind[:60]!r}" if kind else "a body without a Content-Type"
        raise RequestRefused(415, f"{what} is not understood: {_HOW}", [(b"accept-post", f"{DIRECT}, {FORM}".encode())])
    if (coding := joined(scope["headers"], b"content-encoding") or "identity").lower() != "identity":
        what = f"a body in the encoding {coding[:40]!r} is not understood: send it uncompressed"
        raise RequestRefused(415, what, [(b"accept-encoding", b"identity")])
    found = _CHARSET.search(told)
    charset = found[1].lower() if found else "utf-8"
    if charset not in _UTF_8:
        raise RequestRefused(415, f"a query in the encoding {charset[:40]!r} is not understood: send it in UTF-8")
    return kind, charset


async def _body(scope: Scope, receive: Receive, limit_bytes: int) -> bytes:
    """The body of a request; no more of it is read than may be sent."""
    too_large = RequestRefused(413, f"the body has more than {limit_bytes} bytes: shorten the query")
    told = joined(scope["headers"], b"content-length") or ""
    if told.isdecimal() and int(told[:20]) > limit_bytes:
        raise too_large
    pieces, size = [], 0
    while True:
        try:
            message = await receive()
        except HTTPException as error:  # from whoever limits the size and the time of every request
            raise RequestRefused(error.status_code, str(error.detail)) from None
        if message["type"] == "http.disconnect":
            raise _GoneError
        piece = message.get("body", b"")
        size += len(piece)
        if size > limit_bytes:
            raise too_large
        pieces.append(piece)
        if not message.get("more_body", False):
            return b"".join(pieces)


def _fields(data: bytes, place: str) -> list[tuple[str, str]]:
    """The names and values of a form or of an address that mean something here.

    :raises RequestRefused: if one of these is badly escaped or no UTF-8.

    >>> _fields(b"query=ASK+%7B%7D&callback=x&format=json", "address")
    [('query', 'ASK {}'), ('format', 'json')]
    """
    found = []
    for field in data.split(b"&"):
        name, _, value = field.partition(b"=")
        if b"%" in name:
            name = unquote_to_bytes(name)
        if name in _KNOWN:
            known = name.decode("ascii")
            value = value.replace(b"+", b" ")
            if bad := _BAD_ESCAPE.search(value):
                at = value[bad.start() : bad.start() + 3].decode("ascii", "replace")
                what = f"the {place}: {at!r} in the value of {known} is no percent-encoding: write % as %25"
                raise RequestRefused(HTTPStatus.BAD_REQUEST, what)
            found.append((known, _text(_decoded(value), "utf-8", f"{place}: the value of {known}")))
    return found


def _decoded(value: bytes) -> bytes:
    """Percent-encoded bytes without the encoding; every ``%`` has its two digits.

    Quoted-printable differs from it in the sign alone, and its decoder is ten times as fast as that for addresses.

    >>> _decoded(b"%3Ca%3E = 1")
    b'<a> = 1'
    """
    return a2b_qp(value.replace(b"=", b"=3D").replace(b"%", b"="))


def _text(data: bytes, charset: str, what: str) -> str:
    """Bytes as text, without the mark of UTF-8 that some editors put in front."""
    try:
        return data.decode("ascii" if charset == "us-ascii" else "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        problem = f"the {what} is no {charset.upper()}: the byte {error.start + 1} cannot be read — encode it in UTF-8"
        raise RequestRefused(HTTPStatus.BAD_REQUEST, problem) from None


def _asked(fields: list[tuple[str, str]], is_form: bool = False) -> QueryRequest:
    """The request that fields make. An empty graph or format counts as none, since a form sends all its fields.

    :raises RequestRefused: if there is more than one query, an update, or a graph that is no IRI.
    """
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise RequestRefused(400, _READ_ONLY)
    queries = values.get("query", [])
    if len(queries) > 1:
        raise RequestRefused(400, f"the parameter query is there {len(queries)} times: send one query at a time")
    if queries and not queries[0].strip():
        raise RequestRefused(400, f"the query is empty: {_HOW}")
    if is_form and not queries:
        raise RequestRefused(400, f"the form has no parameter query: {_HOW}")
    formats = [value for value in values.get("format", []) + values.get("output", []) if value]
    default, named = (_graphs(name, values.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
    return QueryRequest(queries[0] if queries else None, default, named, formats[0] if formats else None)


def _graphs(name: str, values: Sequence[str]) -> tuple[str, ...]:
    """IRIs of graphs, each once.

    :raises RequestRefused: if one is no absolute IRI.
    """
    if not values:
        return ()
    found = dict.fromkeys(value for value in values if value)
    for iri in found:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise RequestRefused(400, f"{name}: {iri[:200]!r} is no absolute IRI ({error})") from None
    return tuple(found)
