"""Files and refusals that scripts of other sites may read, as docs/how-to-serve.md says of all data."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.asking import Asking
from msqgraph.server.conditional import ConditionalRequests
from msqgraph.server.operations.failures import HANDLERS
from msqgraph.server.pages import comparison, listing, question, start
from msqgraph.server.site_facts import SiteFacts
from tests.fake_engine import FakeEngine

FILES = (
    "countries.csv",
    "agencies.csv?country=PRY",
    "questions/2020/10.csv",
    "compare.csv?country=PRY&country=URY",
    "map/legal-framework.open-government-data-2020.csv",
)


@pytest.fixture(scope="module")
def app(dataset: Path) -> Starlette:
    """The pages that have files, over the sample."""
    routes = [*listing.routes(), *question.routes(), *comparison.routes(), *start.routes()]
    made = Starlette(routes=routes, exception_handlers=HANDLERS)
    made.state.asking = Asking(FakeEngine.of_dataset(dataset), DEFAULT_BASE)
    made.state.site = SiteFacts(DEFAULT_BASE, editions=("2020",))
    return made


def get(app: Starlette, path: str, **headers: str) -> httpx.Response:
    """What is answered to a script of another site."""

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(ConditionalRequests(app))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(f"/en/{path}", headers={"origin": "https://example.org", **headers})

    return asyncio.run(ask())


@pytest.mark.parametrize("path", FILES)
def test_a_file_may_be_read_by_scripts_of_any_site(app: Starlette, path: str) -> None:
    """With its name and its tag; also where nothing of it is sent again."""
    whole = get(app, path)
    assert whole.status_code == 200
    again = get(app, path, **{"if-none-match": whole.headers["etag"]})
    assert again.status_code == 304
    for answer in (whole, again):
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]
        assert {"Content-Disposition", "ETag"} <= set(answer.headers["access-control-expose-headers"].split(", "))


@pytest.mark.parametrize(
    ("path", "status"),
    [("questions/2020/999.csv", 404), ("compare.csv?country=ZZZ", 404), ("compare.csv", 400), ("map/x.csv", 404)],
)
def test_why_there_is_no_file_may_be_read_too(app: Starlette, path: str, status: int) -> None:
    """Else a browser tells a script nothing but that it failed."""
    answer = get(app, path)
    assert answer.status_code == status
    assert answer.headers.get_list("access-control-allow-origin") == ["*"]


def test_a_page_is_for_readers(app: Starlette) -> None:
    """Pages are not opened to other sites by the way."""
    answer = get(app, "countries", accept="text/html")
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
