"""The pages of agencies, laws, strategies and portals."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.routing import Route

from msqgraph.exports.citation_forms import Citation
from msqgraph.release.about import load_about
from msqgraph.server.addresses import page_path
from msqgraph.server.content.entity import Entity, entity
from msqgraph.server.linked_data.absence import gone_page
from msqgraph.server.linked_data.existence import own_triples
from msqgraph.server.linked_data.tombstones import tombstone_in
from msqgraph.server.pages.rendering import page
from msqgraph.server.pages.short_names import short

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from msqgraph.server.site_facts import SiteFacts

_PATHS = {
    "agencies": "id/agency/{iso3}/{slug}",
    "laws": "id/law/{iso3}/{slug}",
    "strategies": "id/strategy/{iso3}/{slug}",
    "portals": "id/portal/{slug}",
}
_SLUG = re.compile("[A-Za-z0-9-]{1,300}")


def routes() -> list[Route]:
    """The addresses of the pages of things that governments name."""
    return [
        Route(f"/{{lang}}/{kind}{'' if kind == 'portals' else '/{iso3}'}/{{slug}}", partial(entity_page, kind=kind))
        for kind in _PATHS
    ]


async def entity_page(request: Request, kind: str) -> Response:
    """The page of a thing; 410 with the words of its tombstone where it was withdrawn.

    :raises HTTPException: 404 if the data have no such thing.
    """
    told = {name: value for name, value in request.path_params.items() if name != "lang"}
    if not all(map(_SLUG.fullmatch, told.values())):
        raise HTTPException(404)
    asking, path = request.app.state.asking, _PATHS[kind].format(**told)
    found = await entity(asking, kind, path, request.path_params["lang"])
    if found is None:
        tombstone = tombstone_in(await own_triples(asking, path), asking.base)
        if tombstone is None:
            raise HTTPException(404)
        return gone_page(request, asking.base, path, tombstone)
    citation = cited(found, request.app.state.site)
    return page(request, "entity.html", entity=found, page_path=page_path, citation=citation, short=short)


def cited(found: Entity, site: SiteFacts) -> Citation:
    """How the description of a thing is cited: by who publishes the dataset, with the thing's own IRI."""
    about = load_about(version=site.version or None)
    about = replace(about, title=site.title)
    key = "msq-" + re.sub(r"[^A-Za-z0-9.]+", "-", found.iri.removeprefix(site.base).removeprefix("id/"))
    name, title = about.publisher.name, found.name.value or found.iri.rpartition("/")[2]
    return Citation(key, name, title, name, about.version, found.iri, about.issued, container=about.title)
