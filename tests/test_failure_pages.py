"""Where no page can be, a reader gets one of the site in their language, and a program problem details."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.operations.failures import HANDLERS
from msqgraph.server.site_facts import SiteFacts

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

READER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "ru, en;q=0.5"}


async def fails(request: Request) -> Response:
    """Fails as the path says."""
    match request.path_params["how"]:
        case "refused":
            raise QueryRefused(503, "It took more than 30 s: ask for less.", 5)
        case "missing":
            raise HTTPException(404, "There is no question '<b>'.")
        case "mistake":
            raise KeyError
        case _:
            raise HTTPException(405, headers={"Allow": "GET"})


def get(path: str, headers: dict[str, str] | None = None) -> httpx.Response:
    """What a site without any data answers, below ``/data``."""
    app = Starlette(routes=[Route("/{lang}/{how}", fails)], exception_handlers=HANDLERS)
    app.state.site = SiteFacts(DEFAULT_BASE)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, root_path="/data")
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(f"/data{path}", headers=headers)

    return asyncio.run(ask())


@pytest.mark.parametrize(("how", "status"), [("refused", 503), ("missing", 404), ("mistake", 500), ("method", 405)])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_reader_gets_a_page_in_the_language_of_the_address(how: str, status: int, language: str) -> None:
    """With the menu, links to the same address in other languages, and what the server says, escaped."""
    answer = get(f"/{language}/{how}?q=a&q=%22%3E", READER)
    assert (answer.status_code, answer.headers["content-language"]) == (status, language)
    assert f'<html lang="{language}"' in answer.text
    assert f'href="/data/fr/{how}?q=a&amp;q=%22%3E"' in answer.text
    assert f'href="/data/{language}/countries"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["vary"] == "Accept, Accept-Language"
    assert answer.headers.get("retry-after") == ("5" if status == 503 else None)
    assert answer.headers.get("allow") == ("GET" if status == 405 else None)
    assert ("&lt;b&gt;" in answer.text) == (status == 404)
    assert "<b>" not in answer.text


def test_elsewhere_the_language_is_the_readers() -> None:
    """An address without a language, or with one that is none, has a page in the language that is preferred."""
    for path in ("/nothing", "/xx/nothing/at/all", "/"):
        answer = get(path, READER)
        assert (answer.status_code, answer.headers["content-language"]) == (404, "ru")
        assert 'hreflang="fr" href="/data/fr/"' in answer.text


def test_a_program_gets_problem_details() -> None:
    """As before: JSON with the words, and when to come back."""
    answer = get("/en/refused")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "It took more than 30 s: ask for less."
    assert answer.headers["retry-after"] == "5"
