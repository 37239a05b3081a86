"""The parts put together: addresses with and without a slash, how long a page may be kept, and for whom it asks."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.app import create_app
from msqgraph.server.engine.asked import Answer, Asked
from msqgraph.server.engine.turns import of_reader
from msqgraph.server.linked_data.publication import Publication
from msqgraph.server.site_facts import SiteFacts
from msqgraph.store import EmbeddedStore
from tests.fake_engine import FakeEngine


def app_of(engine: FakeEngine, dataset: Path) -> Starlette:
    """The site of the sample on an engine."""
    return create_app(
        engine,
        SiteFacts(DEFAULT_BASE, editions=("2020",), questionnaires=("2020",), is_snapshot=True),
        Publication(DEFAULT_BASE, partial(EmbeddedStore, dataset / "store")),
    )


@pytest.fixture(scope="module")
def answers(dataset: Path) -> dict[str, httpx.Response]:
    """What the site of the sample answers to a few addresses, below ``/msq``, to a client behind a proxy."""
    app = app_of(FakeEngine.of_dataset(dataset), dataset)
    paths = (
        "/en", "/en/countries/", "/en/countries/?q=a%26b", "//evil.example/", "/fr//evil.example/", "/nothing/at/all",
        "/en/about", "/en/nothing", "/en/countries/PRY", "/ontology/",
    )  # fmt: skip

    async def ask() -> dict[str, httpx.Response]:
        transport = httpx.ASGITransport(app, root_path="/msq")
        async with httpx.AsyncClient(transport=transport, base_url="http://inside:8000") as client:
            return {path: await client.get(f"/msq{path}") for path in paths}

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/en", "/msq/en/"),
        ("/en/countries/", "/msq/en/countries"),
        ("/en/countries/?q=a%26b", "/msq/en/countries?q=a%26b"),
        ("//evil.example/", "/msq/evil.example"),
        ("/fr//evil.example/", "/msq/fr//evil.example"),
    ],
)
def test_a_slash_too_many_or_too_few(answers: dict[str, httpx.Response], path: str, there: str) -> None:
    """It leads on, to this site, whatever host and scheme the proxy in front was asked by."""
    assert (answers[path].status_code, answers[path].headers["location"]) == (308, there)


@pytest.mark.parametrize(
    ("headers", "status", "there"),
    [
        ({"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "es"}, 302, "/es/"),
        ({"Accept": "*/*"}, 302, "/en/"),
        ({"Accept": "image/png"}, 302, "/en/"),
        ({"Accept": "text/turtle, text/html;q=0.5"}, 303, "/catalog"),
        ({"Accept": "application/ld+json"}, 303, "/catalog"),
    ],
)
def test_the_base_leads_people_to_the_start_page_and_programs_to_the_catalogue(
    headers: dict[str, str], status: int, there: str, dataset: Path
) -> None:
    """By the formats that they ask for."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app_of(FakeEngine.of_dataset(dataset), dataset))
        async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
            return await client.get("/", headers=headers)

    answer = asyncio.run(ask())
    assert (answer.status_code, answer.headers["location"]) == (status, there)
    assert answer.headers["vary"] == "Accept, Accept-Language"


def test_pages_say_how_long_they_may_be_kept(answers: dict[str, httpx.Response]) -> None:
    """A page is kept for a minute and asked for by its tag; that there is none is not kept."""
    for path in ("/en/about", "/en/countries/PRY"):
        assert answers[path].status_code == 200, path
        assert answers[path].headers["cache-control"] == "public, max-age=60"
        assert answers[path].headers["etag"].startswith('"')
    for path in ("/en/nothing", "/nothing/at/all"):
        assert answers[path].status_code == 404
        assert "max-age" not in answers[path].headers.get("cache-control", "")
    assert answers["/ontology/"].status_code in (301, 308)


@pytest.mark.parametrize("path", ["/en/", "/en/laws", "/en/countries/PRY", "/api/v1/countries", "/id/country/PRY.ttl"])
def test_pages_ask_on_behalf_of_their_reader(path: str, dataset: Path) -> None:
    """Each reader has a turn: whoever calls up pages without end does not keep the others waiting."""
    engine = FakeEngine.of_dataset(dataset)

    async def ask() -> int:
        transport = httpx.ASGITransport(app_of(engine, dataset), client=("192.0.2.7", 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://inside") as client:
            return (await client.get(path)).status_code

    assert asyncio.run(ask()) == 200
    assert engine.asked
    assert {asked.client for asked in engine.asked} == {of_reader("192.0.2.7")}


def test_a_page_whose_reader_has_left_is_given_up(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever calls up pages and hangs up takes nothing from the others."""
    engine = FakeEngine.of_dataset(dataset)
    asked, is_given_up = asyncio.Event(), asyncio.Event()

    async def never(_: Asked) -> Answer:
        asked.set()
        try:
            await asyncio.get_running_loop().create_future()
            raise AssertionError
        finally:
            is_given_up.set()

    monkeypatch.setattr(engine, "ask", never)
    scope = {
        "type": "http", "method": "GET", "path": "/en/laws", "root_path": "", "query_string": b"", "headers": [],
        "client": ("192.0.2.7", 5000), "server": ("inside", 80), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip

    async def left() -> dict[str, str]:
        await asked.wait()
        return {"type": "http.disconnect"}

    async def send(_: object) -> None:
        raise AssertionError("there is nobody to answer")

    async def call_up_and_leave() -> None:
        async with asyncio.timeout(10):
            await app_of(engine, dataset)(scope, left, send)
            await is_given_up.wait()

    asyncio.run(call_up_and_leave())
