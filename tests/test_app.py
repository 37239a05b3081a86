"""The parts put together: addresses with and without a slash, and how long a page may be kept."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import httpx
import pytest

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.app import create_app
from msqgraph.server.linked_data.publication import Publication
from msqgraph.server.site_facts import SiteFacts
from msqgraph.store import EmbeddedStore
from tests.fake_engine import FakeEngine


@pytest.fixture(scope="module")
def answers(dataset: Path) -> dict[str, httpx.Response]:
    """What the site of the sample answers to a few addresses, below ``/msq``, to a client behind a proxy."""
    app = create_app(
        FakeEngine.of_dataset(dataset),
        SiteFacts(DEFAULT_BASE, editions=("2020",), questionnaires=("2020",), is_snapshot=True),
        Publication(DEFAULT_BASE, partial(EmbeddedStore, dataset / "store")),
    )
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
