"""A site of files for programs: whatever has an IRI, whatever is said of the whole, the release; quick to try."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from msqgraph.assets import DEFAULT_BASE
from msqgraph.errors import UsageError
from msqgraph.release.about import About
from msqgraph.release.checksums import SUMS, verify
from msqgraph.release.folder import write_release
from msqgraph.release.layout import files_of
from msqgraph.server.asking import Asking
from msqgraph.server.linked_data.publication import Publication
from msqgraph.server.site_facts import SiteFacts
from msqgraph.site.crawl import Crawled, crawl
from msqgraph.site.leading_on import write_leading_on
from msqgraph.site.release_files import copy_release
from msqgraph.site.starts import described, starts
from msqgraph.store import EmbeddedStore
from tests.fake_engine import FakeEngine
from tests.test_conditional import get
from tests.test_linked_data import application, graph_of, paths_of

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SITE, ELSEWHERE = "https://data.example.org/msq/", "https://query.example.org/sparql"
ABOUT = About(version="1.0", issued="2026-11-24", site=SITE)
_OTHERS = '</msq/id/x.ttl>; rel="alternate"; type="text/turtle", </msq/id/x.html>; rel="alternate"; type="text/html"'


def static(dataset: Path, about: About | None = None, release: Path | None = None) -> Starlette:
    """The routes of linked data as a site of files is made of them."""
    publication = Publication.of_folder(dataset, about, release).as_files()
    app = application(FakeEngine.of_dataset(dataset), publication)
    app.state.site = SiteFacts(DEFAULT_BASE, is_static=True)
    return app


@pytest.fixture(scope="module")
def released(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a release with redirects."""
    folder = tmp_path_factory.mktemp("released") / "1.0"
    write_release(dataset, folder, ABOUT)
    return folder


def crawled(answers: dict[str, Response], folder: Path, things: list[str]) -> Crawled:
    """What a crawl from ``/en/`` and things below ``/msq`` writes of a few answers."""

    async def answer(request: Request) -> Response:
        return answers.get(request.scope["path"].removeprefix("/msq"), Response("none", 404))

    async def crawl_all() -> Crawled:
        transport = httpx.ASGITransport(Starlette(routes=[Route("/{path:path}", answer)]), root_path="/msq")
        async with httpx.AsyncClient(transport=transport, base_url="https://data.example.org") as client:
            return await crawl(client, folder, ["/en/"], "/msq", lambda _: True, things)

    return asyncio.run(crawl_all())


def test_a_thing_has_the_page_that_the_redirects_lead_to(tmp_path: Path) -> None:
    """No page links to it: its formats are found by ``Link``, and its ``.html`` stands at its IRI as well."""
    answers = {
        "/en/": HTMLResponse("<p>start</p>"),
        "/id/x.nt": Response("x", headers={"Link": _OTHERS}),
        "/id/x.ttl": Response("x"),
        "/id/x.html": RedirectResponse("/msq/en/things/id/x", 303),
        "/en/things/id/x": HTMLResponse('<a href="/msq/id/x.nt">x</a>'),
    }
    found = crawled(answers, tmp_path, ["/id/x.nt"])
    found.redirects["/id/x"] = "/id/x.ttl"  # where the server leads who takes anything
    write_leading_on(tmp_path, found, "en", "/msq")
    names = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file())
    assert names == [
        "en/index.html", "en/things/id/x/index.html", "id/x.html", "id/x.nt", "id/x.ttl", "id/x/index.html",
        "index.html",
    ]  # fmt: skip
    page = (tmp_path / "id" / "x.html").read_bytes()
    assert b"url=/msq/en/things/id/x/" in page
    assert (tmp_path / "id" / "x" / "index.html").read_bytes() == page


def test_a_thing_that_is_called_index_has_its_page(tmp_path: Path) -> None:
    """Where a host looks for the page of what it is part of, which has another address besides."""
    found = Crawled(redirects={f"/code/{path}.html": f"/en/things/code/{path}" for path in ("unit", "unit/index")})
    write_leading_on(tmp_path, found, "en", "")
    for path in ("unit", "unit/index"):
        assert f"url=/en/things/code/{path}/" in (tmp_path / "code" / f"{path}.html").read_text(encoding="utf-8")


def test_a_thing_may_lack_a_document_unless_a_page_links_to_it(tmp_path: Path) -> None:
    """What is gone is left out, and told; a dead link makes no site all the same, nor does an engine that fails."""
    gone, things = Response("gone", 410), ["/id/x.ttl"]
    found = crawled({"/en/": HTMLResponse("x"), "/id/x.ttl": gone}, tmp_path, things)
    assert (found.unanswered, found.files) == ({"/id/x.ttl": "410: gone"}, 0)
    with pytest.raises(UsageError, match=r"/id/x\.ttl: a page links to it, but the answer is 410"):
        crawled({"/en/": HTMLResponse('<a href="/msq/id/x.ttl">x</a>'), "/id/x.ttl": gone}, tmp_path, things)
    with pytest.raises(UsageError, match="the answer is 503"):
        crawled({"/en/": HTMLResponse("x"), "/id/x.ttl": Response("busy", 503)}, tmp_path, things)


def test_a_site_begins_with_whatever_has_an_iri(dataset: Path) -> None:
    """All that data and catalogue name, linked to or not; all of it is answered."""
    engine, app = FakeEngine.of_dataset(dataset), static(dataset)
    paths = paths_of(engine.store)
    found = asyncio.run(described(Asking(engine, DEFAULT_BASE), app.state.publication))
    assert len(paths) > 1_300
    assert {f"/{path}.ttl" for path in paths} - set(found) == set()
    lacked = ("id/response/2020/PRY", "graph/codes", "code/country", "id/catalog", "id/dataset/all")
    assert {f"/{path}.ttl" for path in lacked} <= set(found)
    assert not [address for address in found if "sparql" in address or "#" in address]
    assert {get(app, address).status for address in found[::8]} == {200}


def test_a_site_of_files_has_no_endpoint(dataset: Path) -> None:
    """Nobody would answer: it is neither catalogued nor described, and no document sends anybody there."""
    app = static(dataset)
    for name in ("catalog.ttl", "catalog-2.1.1.ttl", "void.ttl", "id/catalog.ttl", "id/dataset/all.ttl"):
        graph = graph_of(get(app, f"/{name}"))
        assert len(graph) > 20
        for predicate in (DCAT.endpointURL, DCAT.service, rdflib.VOID.sparqlEndpoint):
            assert (None, predicate, None) not in graph, name
    for name in ("service.ttl", "id/service/sparql", "id/service/sparql.ttl", "id/service/sparql/merge.ttl"):
        assert get(app, f"/{name}").status == 404, name
    edition = get(app, "/id/edition/2020.nt").body.decode()
    assert "Left off: " in edition and "sparql" not in edition
    assert "/service.ttl" not in starts(["en"], app.state.publication, SITE)


def test_an_endpoint_elsewhere_is_told(dataset: Path) -> None:
    """The one that the publisher names, with its description, also where its IRI is under the base."""
    for endpoint in (ELSEWHERE, f"{DEFAULT_BASE}sparql"):
        app = static(dataset, About(endpoint=endpoint))
        iri = rdflib.URIRef(endpoint)
        assert (None, DCAT.endpointURL, iri) in graph_of(get(app, "/catalog.ttl"))
        assert (None, rdflib.VOID.sparqlEndpoint, iri) in graph_of(get(app, "/void.ttl"))
        service = graph_of(get(app, "/service.ttl"))
        assert (None, rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint"), iri) in service
        assert get(app, "/id/service/sparql/merge.ttl").status == 200
        assert "/service.ttl" in starts(["en"], app.state.publication, SITE)


def test_the_release_is_in_the_site_as_it_is_served(released: Path, dataset: Path, tmp_path: Path) -> None:
    """Every file that its sums list, and they themselves; the redirects of w3id.org are no part of it."""
    publication, found = static(dataset, release=released).state.publication, Crawled()
    copy_release(tmp_path, publication, found)
    write_leading_on(tmp_path, found, "en", "/msq")
    copy = tmp_path / "release" / "1.0"
    verify(copy)
    assert found.files == len(list(files_of(released))) > 100
    assert (copy / SUMS).read_bytes() == (released / SUMS).read_bytes()
    assert "url=/msq/release/1.0/README.md" in (copy / "index.html").read_text(encoding="utf-8")
    assert not (copy / "w3id" / ".htaccess").exists()
    assert "/feed.atom" in starts(["en"], publication, "")


def test_every_file_of_the_sums_is_served(released: Path) -> None:
    """So that a mirror that fetches what is listed is whole."""
    app = application(FakeEngine(ox.Store()), Publication(DEFAULT_BASE, EmbeddedStore, release=released))
    names = [line.partition("  ")[2] for line in (released / SUMS).read_text(encoding="utf-8").splitlines()]
    assert len(names) > 100 and "w3id/README.md" in names
    assert [name for name in names if get(app, f"/release/1.0/{name}").status != 200] == []
    assert (released / "w3id" / ".htaccess").is_file()


def test_a_release_with_redirects_can_be_written_again(released: Path, dataset: Path) -> None:
    """What is not in its sums does not make it somebody else's folder; a release of before lists it, and is whole."""
    before = (released / SUMS).read_bytes()
    write_release(dataset, released, ABOUT)
    assert (released / SUMS).read_bytes() == before
    (hidden,) = (file for file in files_of(released, with_hidden=True) if file.path == "w3id/.htaccess")
    (released / SUMS).write_bytes(before + f"{hidden.sha256}  {hidden.path}\n".encode())
    verify(released)
    (released / SUMS).write_bytes(before)
