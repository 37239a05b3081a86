"""Conditional requests: what a client has already is not sent again (RFC 9110, sections 8.8 and 13).

Every answer that is whole gets a strong entity tag, made of its bytes and of what they are; one that is streamed keeps
the tag that it has, if any. Nothing is compressed here: a proxy in front does it better, and its own tags (weak, or
with ``-gzip`` behind) are known again.
"""

from __future__ import annotations

import hashlib
import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DIGITS = 32  # of SHA-256, in hexadecimal
_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
_OF_A_PROXY = re.compile(r"-(?:gzip|br|zstd)$|;(?:gzip|br|zstd)$")
_OF_THE_BODY = ("content-length", "content-type", "content-encoding", "content-language", "transfer-encoding")


def entity_tag(body: bytes, *kinds: str) -> str:
    """A strong entity tag: the same for the same bytes of the same kind.

    :param kinds: what tells representations at one address apart besides their bytes, such as the media type.

    >>> entity_tag(b"x", "text/plain") == entity_tag(b"x", "text/html")
    False
    """
    digest = hashlib.sha256("\n".join(kinds).encode() + b"\0" + body)
    return f'"{digest.hexdigest()[:_DIGITS]}"'


def has_it(headers: Headers, tag: str, last_modified: str | None = None) -> bool:
    """Whether the headers of a GET or HEAD request say that the client has the answer with this tag or date.

    ``If-None-Match`` is compared weakly, and wins over ``If-Modified-Since``, which counts only if a date is known.

    >>> has_it(Headers({"if-none-match": 'W/"a", "b"'}), '"a"'), has_it(Headers({"if-none-match": '"c"'}), '"a"')
    (True, False)
    >>> has_it(Headers({"if-none-match": "*"}), '"a"')
    True
    """
    told = headers.getlist("if-none-match")
    if told:
        ours = _opaque(tag)
        listed = ", ".join(told)
        return bool(ours) and (
            listed.strip() == "*" or any(_OF_A_PROXY.sub("", one) == ours for one in _TAG.findall(listed))
        )
    since = headers.get("if-modified-since")
    if not since or not last_modified:
        return False
    try:
        return parsedate_to_datetime(last_modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError, OverflowError):  # a date that cannot be read is as good as none
        return False


def _opaque(tag: str) -> str:
    match = _TAG.fullmatch(tag)
    return match[1] if match else ""


class ConditionalRequests:
    """Middleware that tags whole answers to GET and HEAD, and answers 304 to clients that have them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        await self._app(scope, receive, _Answer(scope, send))


class _Answer:
    """An answer on its way: its beginning is held back until it is known whether it is whole."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._asked, self._send = Headers(scope=scope), send
        self._is_head = scope["method"] == "HEAD"
        self._start: Message | None = None
        self._is_over = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self._start = message
            tag = Headers(raw=message["headers"]).get("etag")
            if tag is not None:  # it need not be whole to be known
                await self._begin(tag)
        elif message["type"] == "http.response.body" and self._start is not None:
            body, has_more = message.get("body", b""), message.get("more_body", False)
            # to HEAD, some send no body: nothing then tells what GET would get
            if not has_more and (body or not self._is_head):
                headers = Headers(raw=self._start["headers"])
                kinds = [headers.get(name, "") for name in ("content-type", "content-encoding", "content-language")]
                tag = entity_tag(body, *kinds)
                MutableHeaders(raw=self._start["headers"])["etag"] = tag
                await self._begin(tag, message)
            else:
                start, self._start = self._start, None
                await self._send(start)
                await self._send(message)
        elif not self._is_over:
            await self._send(message)

    async def _begin(self, tag: str, body: Message | None = None) -> None:
        """Sends the beginning, and the body if it is here; or 304, after which nothing more is sent."""
        start, self._start = self._start, None
        assert start is not None  # noqa: S101 - both who call it have looked
        headers = Headers(raw=start["headers"])
        if has_it(self._asked, tag, headers.get("last-modified")):
            kept = [
                (name, value) for name, value in start["headers"] if name.decode("latin-1").lower() not in _OF_THE_BODY
            ]
            self._is_over = True
            await self._send({**start, "status": 304, "headers": kept})
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        await self._send(start)
        if body is not None:
            await self._send(body)
