"""The page that shows what a search finds."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.routing import Route

from msqgraph.server.addresses import page_path
from msqgraph.server.content.hits import KINDS, NOTHING, Found, NotReady, TooSlow
from msqgraph.server.content.texts import Text, labels
from msqgraph.server.editor import questions
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from msqgraph.server.search.search import Search

HITS = 20
"""Hits on a page."""

_MOST_HITS_BEFORE = 100_000
_FILTERS = ("kind", "country", "edition")


def routes() -> list[Route]:
    """The route of the page."""
    return [Route("/{lang}/search", search, name="search", methods=["GET"])]


async def search(request: Request) -> Response:
    """What is found for ``q``, narrowed to ``kind``, ``country`` and ``edition``, from ``offset`` on.

    While the index is being made the page says so, with status 503.
    """
    base, language = request.app.state.site.base, request.path_params["lang"]
    index: Search = request.app.state.search
    query = request.query_params.get("q", "").strip()
    sought = {name: request.query_params.get(name, "").strip() for name in _FILTERS}
    offset = _number(request.query_params.get("offset", ""))
    found, trouble, headers = NOTHING, "", {}
    if query:
        try:
            found = await index.find(query, offset=offset, limit=HITS, reader=language, **sought)
        except NotReady as error:
            trouble, headers = "not-ready", {"Retry-After": str(error.retry_after_s), "Cache-Control": "no-store"}
        except TooSlow:
            trouble, headers = "too-slow", {"Retry-After": "5", "Cache-Control": "no-store"}
    answer = page(
        request,
        "search.html",
        503 if trouble else 200,
        asked=query,
        sought=sought,
        found=found,
        trouble=trouble,
        hits=[(hit, page_path(hit.iri.removeprefix(base)) if hit.iri.startswith(base) else "") for hit in found.hits],
        lists=await _lists(request, found),
        asked_like=() if offset or any(sought.values()) else await asyncio.to_thread(questions.with_words, query, base),
        kinds=KINDS,
        countries=index.countries(language),
        before=max(0, offset - HITS) if offset else None,
        after=_after(found, offset),
        first=offset + 1,
    )
    answer.headers.update(headers)
    return answer


async def _lists(request: Request, found: Found) -> dict[str, Text]:
    """By the IRI of a term, what its code list is called: terms of several lists have the same name."""
    lists = {hit.iri: hit.iri.rpartition("/")[0] for hit in found.hits if hit.kind == "code"}
    if not lists:
        return {}
    names: dict[str, Text] = {}
    with suppress(QueryRefused):  # the index has found them; it needs no engine
        names = await labels(request.app.state.asking, lists.values(), request.path_params["lang"])
    return {iri: names[list_iri] for iri, list_iri in lists.items() if list_iri in names}


def _after(found: Found, offset: int) -> int | None:
    """Where the next page begins, if there is one."""
    following = offset + len(found.hits)
    return following if found.hits and following < found.total else None


def _number(told: str) -> int:
    """What hits to leave out; what is no number leaves out none."""
    return min(int(told), _MOST_HITS_BEFORE) if told.isascii() and told.isdecimal() and len(told) < 10 else 0
