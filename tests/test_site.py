"""The static twin: the server's pages and data as files, complete in themselves, the same bytes each time."""

from __future__ import annotations

import asyncio
import hashlib
import html
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from typer.testing import CliRunner

from msqgraph.assets import DEFAULT_BASE
from msqgraph.cli import app
from msqgraph.errors import UsageError
from msqgraph.exports.w3id import LATEST, SUFFIXES
from msqgraph.site.addresses import file_of, is_live, link, page_address
from msqgraph.site.crawl import Crawled, crawl
from msqgraph.site.writing import checked_languages, write_site
from tests.conftest import PRIVATE_PARTS
from tests.test_linked_data import paths_of

WHOLE = "MSQGRAPH_WHOLE_SITE"
PUBLIC = "https://data.example.org/msq/"
_LOCATION = re.compile(r"<loc>([^<]*)</loc>")
_LINK = re.compile(r'\s(?:href|src|action|content)="([^"]*)"')


@pytest.fixture(scope="module")
def written(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Crawled]:
    """The site of the sample in one language, below a path of a host; it takes minutes: `make site`."""
    if not os.environ.get(WHOLE):
        pytest.skip("the whole site is written by `make site` only")
    folder = tmp_path_factory.mktemp("site") / "public"
    return folder, asyncio.run(write_site(dataset, folder, ["en"], "/msq", PUBLIC))


def links_of(file: Path) -> list[str]:
    """The addresses that a page names, as they are meant."""
    return [html.unescape(address) for address in _LINK.findall(file.read_text(encoding="utf-8"))]


def test_every_link_leads_to_a_file(written: tuple[Path, Crawled]) -> None:
    """A host has nothing but the files: a link to what is not among them is a dead one."""
    folder, _ = written
    pages, looked_at, dead = sorted(folder.rglob("*.html")), 0, set()
    for page in pages:
        for address in links_of(page):
            own = address.removeprefix("0; url=").removeprefix(PUBLIC.removesuffix("/msq/"))
            if own.startswith("/"):
                looked_at += 1
                parts = urlsplit(own)
                path = unquote(parts.path).removeprefix("/msq/")
                target = folder / (path + "index.html" if path.endswith("/") or not path else path)
                if not parts.path.startswith("/msq/") or parts.query or not target.is_file():
                    dead.add((page.relative_to(folder).as_posix(), own))
    assert len(pages) > 300
    assert looked_at > 5_000
    assert sorted(dead)[:10] == []


def test_pages_and_data_are_there(written: tuple[Path, Crawled]) -> None:
    """What the server shows is there, under names that a host knows by itself."""
    folder, found = written
    for name in (
        "index.html", "en/index.html", "en/countries/PRY/index.html", "en/countries/URY/index.html",
        "en/questions/2020/10/index.html", "en/answers/2020/PRY/5c/index.html", "en/countries.csv", "robots.txt",
        "id/country/PRY.ttl",
        "id/country/PRY.nt", "id/country/PRY/index.html", "id/country/PRY.html",
        "catalog.ttl", "void.ttl", ".well-known/void", "sitemap.xml",
        "static/site.css",
    ):  # fmt: skip
        assert (folder / name).is_file(), name
    assert found.pages > 300
    assert "Ministerio de Salud" in (folder / "en/countries/PRY/index.html").read_text(encoding="utf-8")
    assert 'url=/msq/en/countries/PRY/"' in (folder / "id/country/PRY/index.html").read_text(encoding="utf-8")


def test_every_iri_has_its_documents(written: tuple[Path, Crawled], dataset: Path) -> None:
    """Clients come from data and from the redirects, not from pages: nothing that the dataset describes is lacking."""
    folder, found = written
    paths = paths_of(ox.Store.read_only(str(dataset / "store")))
    documents = [f"{path}.{suffix}" for path in paths for suffix in SUFFIXES]
    assert len(paths) > 1_300
    assert [name for name in documents if not (folder / name).is_file()] == []
    assert found.unanswered == {}
    assert 'url=/msq/en/things/code/unit/index/"' in (folder / "code/unit/index.html").read_text(encoding="utf-8")
    for path in paths - {"code/unit"}:  # whose page is at unit.html alone, since a unit is called index
        assert (folder / path / "index.html").read_bytes() == (folder / f"{path}.html").read_bytes(), path


def test_every_format_that_a_document_names_is_there(written: tuple[Path, Crawled]) -> None:
    """What a program reads of other formats, pages among them, it can fetch."""
    folder, _ = written
    has_format, named = ox.NamedNode("http://purl.org/dc/terms/hasFormat"), set()
    for file in folder.rglob("*.ttl"):
        for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE):
            if quad.predicate == has_format and isinstance(quad.object, ox.NamedNode):
                named.add(quad.object.value.removeprefix(DEFAULT_BASE))
    assert len(named) > 3_900
    assert sorted(name for name in named if not (folder / name).is_file())[:10] == []


def test_what_the_redirects_name_is_there(written: tuple[Path, Crawled]) -> None:
    """Documents about the whole; not those of a release or an endpoint, as there is neither."""
    folder, _ = written
    names = {*LATEST, "context.jsonld"} - {"feed.atom", "service.ttl"}
    names |= {
        f"{path}.{suffix}" for path in ("catalog", "shapes", "id/catalog", "id/dataset/all") for suffix in SUFFIXES
    }
    assert sorted(name for name in names if not (folder / name).is_file()) == []
    assert not (folder / "feed.atom").exists() and not (folder / "service.ttl").exists()
    files = [file for file in folder.rglob("*") if file.suffix in (".ttl", ".nt", ".jsonld")]
    asked = (b"endpointURL", b"sparqlEndpoint", b"DataService", b"/sparql?query=")
    told = {
        file.name for file in files if file.name != "context.jsonld" and any(one in file.read_bytes() for one in asked)
    }
    assert len(files) > 3_900 and told == set()


def test_nothing_that_needs_a_server(written: tuple[Path, Crawled]) -> None:
    """No page offers a search, a comparison or an editor that nobody would answer."""
    folder, found = written
    assert found.left_out == set()
    forms = [page for page in folder.rglob("*.html") if "<form" in page.read_text(encoding="utf-8")]
    assert forms == []


def test_sitemap_names_files(written: tuple[Path, Crawled]) -> None:
    """Search engines are sent to the files, at the address that readers use."""
    folder, _ = written
    parts = sorted(folder.glob("sitemap-*.xml"))
    locations = [location for part in parts for location in _LOCATION.findall(part.read_text(encoding="utf-8"))]
    assert len(locations) > 100
    for location in locations:
        assert location.startswith(PUBLIC)
        assert (folder / location.removeprefix(PUBLIC) / "index.html").is_file(), location


def test_no_personal_data(written: tuple[Path, Crawled]) -> None:
    """What is withheld from the dataset is in no file of the site."""
    folder, _ = written
    files = [file for file in folder.rglob("*") if file.is_file() and "vendor" not in file.parts]
    found = {file.name for file in files for part in PRIVATE_PARTS if part.encode() in file.read_bytes()}
    assert len(files) > 500
    assert found == set()


def test_same_bytes(written: tuple[Path, Crawled], dataset: Path) -> None:
    """Written again, in the place of the one before, it is the same to the byte."""

    def digest(folder: Path) -> dict[str, str]:
        files = (file for file in folder.rglob("*") if file.is_file())
        return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    folder, _ = written
    before = digest(folder)
    asyncio.run(write_site(dataset, folder, ["en"], "/msq", PUBLIC))
    assert digest(folder) == before


def crawled(pages: dict[str, str], folder: Path) -> Crawled:
    """What a crawl from ``/en/`` writes of a few pages below ``/msq``; a page that begins with ``>`` leads on."""

    async def answer(request: Request) -> Response:
        page = pages.get(request.scope["path"].removeprefix("/msq"))
        if page is None:
            return Response("no such page", 404)
        return RedirectResponse(page[1:], 303) if page.startswith(">") else HTMLResponse(page)

    async def crawl_all() -> Crawled:
        transport = httpx.ASGITransport(Starlette(routes=[Route("/{path:path}", answer)]), root_path="/msq")
        async with httpx.AsyncClient(transport=transport, base_url="https://data.example.org") as client:
            return await crawl(client, folder, ["/en/"], "/msq", lambda address: not address.startswith("/fr/"))

    return asyncio.run(crawl_all())


def test_pages_are_followed_and_their_links_turned(tmp_path: Path) -> None:
    """One file for each page, whichever order its parameters are in; what a server must answer is only counted."""
    links = ("/msq/en/a?sort=x&amp;edition=2020#top", "/msq/id/b", "/msq/en/search?q=x", "/msq/fr/", "https://un.org/")
    start = "".join(f'<a href="{link}">x</a>' for link in links)
    found = crawled({"/en/": start, "/en/a": "<p>a</p>", "/id/b": ">/msq/en/b", "/en/b": "<p>b</p>"}, tmp_path)
    names = sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file())
    assert names == ["en/a/edition-2020/index.html", "en/b/index.html", "en/index.html"]
    assert links_of(tmp_path / "en" / "index.html") == [
        "/msq/en/a/edition-2020/#top", "/msq/en/b/", "/msq/en/search?q=x", "/msq/fr/", "https://un.org/"
    ]  # fmt: skip
    assert (found.pages, found.left_out) == (3, {"/en/search?q=x"})


def test_a_dead_link_makes_no_site(tmp_path: Path) -> None:
    """The page and what is wrong with it are named."""
    with pytest.raises(UsageError, match="/en/gone: a page links to it, but the answer is 404"):
        crawled({"/en/": '<a href="/msq/en/gone">x</a>'}, tmp_path)


def test_a_folder_with_other_files_is_left_alone(dataset: Path, tmp_path: Path) -> None:
    """Nobody's files are replaced by a site."""
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = CliRunner().invoke(app, ["site", str(dataset), "-o", str(tmp_path)])
    assert isinstance(done.exception, UsageError)
    assert (tmp_path / "thesis.txt").is_file()


def test_languages_are_those_of_the_pages() -> None:
    """A language without pages is refused with what there is."""
    assert checked_languages([])[0] == "en"
    with pytest.raises(UsageError, match="there are en, ar, es, fr, ru, zh"):
        checked_languages(["de"])


def test_addresses_stay_in_the_folder() -> None:
    """Whatever a page links to, no file is written elsewhere, and what only a server answers is known."""
    assert file_of("/en/countries?edition=2020") == "en/countries/edition-2020/index.html"
    assert page_address("/en/laws?sort=year&page=3&text=%22") == "/en/laws?page=3"
    assert link(page_address("/en/laws?page=../../x")) == "/en/laws/"
    for hostile in ("/../x", "/en/%2e%2e/%2e%2e/x", "/en/..%5cx", "/en/%00"):
        with pytest.raises(ValueError, match="leads out"):
            file_of(hostile)
    assert [path for path in ("/sparql", "/en/search", "/fr/compare", "/api/v1/x", "/en/about") if is_live(path)] == [
        "/sparql", "/en/search", "/fr/compare", "/api/v1/x"
    ]  # fmt: skip
