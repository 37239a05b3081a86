"""The page of any other resource under the base: codes, posts, statements, terms, graphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from msqgraph.server.addresses import page_path
from msqgraph.server.content.thing import MOST_OWN, any_thing
from msqgraph.server.linked_data.absence import gone_page
from msqgraph.server.linked_data.existence import own_triples
from msqgraph.server.linked_data.tombstones import tombstone_in
from msqgraph.server.pages.rendering import page
from msqgraph.server.pages.short_names import short

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

# what the paths of IRIs under a base are made of, and the sign before a term of the ontology
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*(#[A-Za-z0-9._-]+)?")
_MOST_CHARACTERS = 1_000


def routes() -> list[Route]:
    """The address of the pages of things."""
    return [Route("/{lang}/things/{path:path}", thing_page)]


async def thing_page(request: Request) -> Response:
    """The page of a thing; 410 with the words of its tombstone where it was withdrawn.

    What has a page of a kind of its own is sent there.

    :raises HTTPException: 404 if the data know nothing of it.
    """
    path, language = request.path_params["path"], request.path_params["lang"]
    if len(path) > _MOST_CHARACTERS or not _PATH.fullmatch(path):
        raise HTTPException(404)
    own_page = page_path(path)
    # parts of a form look like questions: the question page sends them here
    if not own_page.startswith(("things/", "questions/")):
        return RedirectResponse(f"{request.scope.get('root_path', '')}/{language}/{own_page}", 303)
    asking = request.app.state.asking
    tombstone = tombstone_in(await own_triples(asking, path), asking.base)
    if tombstone is not None:
        return gone_page(request, asking.base, path, tombstone)
    found = await any_thing(asking, path, language)
    if found is None:
        raise HTTPException(404)
    told = {"page_path": page_path, "iri_path": path, "most_own": MOST_OWN, "short": short}
    return page(request, "thing.html", thing=found, **told)
