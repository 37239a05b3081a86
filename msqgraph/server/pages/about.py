"""What the site is, how it came about, and whom to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from msqgraph.release.about import load_about
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def routes() -> list[Route]:
    """The address of the page."""
    return [Route("/{lang}/about", about)]


async def about(request: Request) -> Response:
    """The page; it names the contact that the publisher gives, where there is a publisher's file."""
    publication = getattr(request.app.state, "publication", None)
    told = publication.about if publication is not None else load_about()
    return page(request, "about.html", about=told)
