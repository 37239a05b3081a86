"""What a client has is not sent again, and what it does not have is: entity tags and conditional requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from msqgraph.server.conditional import ConditionalRequests, entity_tag

TEXT = "Sí, en todas las lenguas."
DATE = "Tue, 24 Nov 2026 15:30:00 GMT"


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


def get(app: ASGIApp, target: str, method: str = "GET", root_path: str = "", **headers: str) -> Got:
    """The answer of an application to a request whose target is sent as it is; underscores stand for hyphens."""
    return asyncio.run(get_within(app, target, method, root_path, **headers))


async def get_within(app: ASGIApp, target: str, method: str = "GET", root_path: str = "", **headers: str) -> Got:
    """The same for those who have a loop already. Raises what the application raises."""
    path, _, query = target.partition("?")
    raw = (root_path + path).encode("latin-1", "replace")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
        "raw_path": raw,
        "query_string": query.encode(),
        "root_path": root_path,
        "headers": [
            (b"host", b"data.example.org"),
            *((name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[Any] = []
    received = iter([dict[str, object](type="http.request", body=b"", more_body=False)])

    async def receive() -> dict[str, object]:
        for message in received:
            return message
        return await asyncio.Future[dict[str, object]]()  # a client that stays and says no more

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *bodies = sent
    assert [message["type"] for message in sent] == ["http.response.start", *(["http.response.body"] * len(bodies))]
    assert bodies and not bodies[-1].get("more_body", False)
    told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in start["headers"]}
    return Got(start["status"], told, b"".join(message.get("body", b"") for message in bodies))


async def whole(_request: Request) -> Response:
    """A whole answer."""
    return PlainTextResponse(TEXT, headers={"Vary": "Accept", "Content-Language": "es", "X-Kept": "yes"})


async def dated(_request: Request) -> Response:
    """A whole answer of a known date."""
    return PlainTextResponse(TEXT, headers={"Last-Modified": DATE})


async def streamed(_request: Request) -> Response:
    """An answer in pieces."""

    async def pieces() -> AsyncIterator[bytes]:
        for letter in TEXT:
            yield letter.encode()

    return StreamingResponse(pieces(), media_type="text/plain")


async def tagged_stream(_request: Request) -> Response:
    """An answer in pieces with a tag of its own."""
    answer = await streamed(_request)
    answer.headers["ETag"] = '"own"'
    return answer


async def missing(_request: Request) -> Response:
    """No answer."""
    return PlainTextResponse("nothing", 404)


async def silent(_request: Request) -> Response:
    """What some send to HEAD: a length, and no body."""
    return Response(b"", headers={"Content-Length": "26"}, media_type="text/plain")


async def file(_request: Request) -> Response:
    """A file."""
    return FileResponse(Path(__file__))


HANDLERS = {handler.__name__: handler for handler in (whole, dated, streamed, tagged_stream, missing, silent, file)}
APP = Starlette(
    routes=[Route(f"/{name}", handler, methods=["GET", "POST"]) for name, handler in HANDLERS.items()],
    middleware=[Middleware(ConditionalRequests)],
)


def test_a_whole_answer_has_a_strong_tag_that_is_the_same_each_time() -> None:
    """It depends on bytes and kind alone."""
    first, second = get(APP, "/whole"), get(APP, "/whole")
    assert first == second
    assert first.headers["etag"] == entity_tag(TEXT.encode(), "text/plain; charset=utf-8", "", "es")
    assert first.headers["etag"].startswith('"') and first.headers["etag"].endswith('"')
    assert entity_tag(b"a") != entity_tag(b"b")


@pytest.mark.parametrize(
    "told",
    [
        "{tag}",
        "W/{tag}",
        '"other", {tag}',
        '"with, a comma" ,W/"x",  {tag}  , "y"',
        "*",
        '"{inner}-gzip"',
        'W/"{inner};br"',
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_the_client_has_is_not_sent(told: str, method: str) -> None:
    """Single tags, weak ones, lists, any, and those that a compressing proxy made of ours: 304, and no body."""
    tag = get(APP, "/whole").headers["etag"]
    got = get(APP, "/whole", method, if_none_match=told.format(tag=tag, inner=tag.strip('"')))
    assert (got.status, got.body) == (304, b"")
    assert got.headers["etag"] == tag
    assert (got.headers["vary"], got.headers["x-kept"]) == ("Accept", "yes")
    assert not {"content-length", "content-type", "content-language"} & got.headers.keys()


@pytest.mark.parametrize("told", ['"other"', "", "nonsense", '"', "W/", '"a', "\xff", '""', '"-gzip"', "," * 5000])
def test_what_the_client_does_not_have_is_sent(told: str) -> None:
    """Other tags, and what is none."""
    got = get(APP, "/whole", if_none_match=told)
    assert (got.status, got.body.decode()) == (200, TEXT)


def test_a_date_counts_only_if_one_is_known_and_no_tag_is_told() -> None:
    """Equal or later dates: 304. Earlier or unreadable ones, an answer without a date, or another tag: 200."""
    later, earlier = "Wed, 25 Nov 2026 00:00:00 GMT", "Mon, 23 Nov 2026 00:00:00 GMT"
    assert get(APP, "/dated", if_modified_since=DATE).status == 304
    assert get(APP, "/dated", "HEAD", if_modified_since=later).status == 304
    for since in (earlier, "yesterday", "", "Tue, 99 Nov 2026 15:30:00 GMT", "Tue, 24 Nov 99999999999 15:30:00 GMT"):
        assert get(APP, "/dated", if_modified_since=since).status == 200
    assert get(APP, "/whole", if_modified_since=later).status == 200
    assert get(APP, "/dated", if_modified_since=later, if_none_match='"other"').status == 200


def test_a_streamed_answer_passes_as_it_comes() -> None:
    """Without a tag nothing is held back or compared; with one of its own, that one counts."""
    got = get(APP, "/streamed", if_none_match="*")
    assert (got.status, got.body.decode()) == (200, TEXT)
    assert "etag" not in got.headers
    got = get(APP, "/tagged_stream", if_none_match='"own"')
    assert (got.status, got.body, got.headers["etag"]) == (304, b"", '"own"')
    assert get(APP, "/tagged_stream", if_none_match='"x"').body.decode() == TEXT


def test_files_keep_their_own_tag() -> None:
    """And are not sent to those who have them."""
    got = get(APP, "/file")
    assert got.body == Path(__file__).read_bytes()
    again = get(APP, "/file", if_none_match=got.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_only_whole_answers_to_get_and_head_are_tagged() -> None:
    """No error, no POST, and no answer to HEAD that does not tell what GET would get."""
    assert "etag" not in get(APP, "/missing", if_none_match="*").headers
    assert get(APP, "/missing", if_none_match="*").status == 404
    assert "etag" not in get(APP, "/whole", "POST", if_none_match="*").headers
    assert "etag" not in get(APP, "/silent", "HEAD").headers
    assert get(APP, "/whole", "HEAD").headers == get(APP, "/whole").headers
