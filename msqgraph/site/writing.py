"""A dataset as a static site: the server's application, asked for every page in the same process."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msqgraph.errors import UsageError
from msqgraph.site.addresses import below, file_of, link, page_address
from msqgraph.site.crawl import Crawled, crawl
from msqgraph.whole_folder import whole_folder

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from msqgraph.server.engine.asked import Engine
    from msqgraph.server.linked_data.publication import Publication
    from msqgraph.server.site_facts import SiteFacts

MARKER = "static-site.txt"
_MARK = "Written by `msqgraph site`: change the dataset, not these files.\n"
_REDIRECT = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{target}</title>
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}">
</head>
<body><p><a href="{target}">{target}</a></p></body>
</html>
"""
_LOCATION = re.compile(r"(?P<before><loc>|href=\")(?P<address>[^<\"]*)(?P<after></loc>|\")")
_SLOW_S = 300.0  # nobody waits: a query may take its time


async def write_site(
    dataset: Path,
    folder: Path,
    languages: Sequence[str],
    prefix: str = "",
    public_url: str = "",
    release: Path | None = None,
) -> Crawled:
    """Writes the site of a dataset into a folder, all at once, and tells what was written.

    :param languages: those of the pages; the start page leads to the first.
    :param prefix: the path below which the host serves the folder, such as ``/msqgraph``.
    :param public_url: where readers find the site; without it there is no sitemap, which needs whole addresses.
    :param release: the folder of the release, or the YAML file that tells about it.
    :raises UsageError: if there is no dataset, the folder holds something else, or a page has an error.
    """
    from httpx import ASGITransport, AsyncClient

    from msqgraph.server.app import STATIC, create_app
    from msqgraph.server.engine.limits import Limits
    from msqgraph.server.operations.metrics import Metrics
    from msqgraph.server.operations.opening import Opening

    def make_app(engine: Engine, facts: SiteFacts, publication: Publication) -> Starlette:
        return create_app(engine, replace(facts, is_static=True, languages=tuple(languages)), publication)

    opening = Opening(Limits(timeout_s=_SLOW_S), lambda: make_app, Metrics(), public_url, release)
    served = await opening.folder(dataset)
    try:
        with whole_folder(folder, "a static site", _is_site) as fresh:
            client = AsyncClient(
                transport=ASGITransport(served.app, raise_app_exceptions=True, root_path=prefix),
                base_url=_host(public_url),
                headers={"Accept-Language": languages[0]},
                timeout=_SLOW_S,
            )
            async with client:
                files = ["/robots.txt", "/catalog.ttl", "/void.ttl", *(["/sitemap.xml"] if public_url else [])]
                starts = [*(f"/{language}/" for language in languages), *files]
                found = await crawl(client, fresh, starts, prefix, lambda address: _is_wanted(address, languages))
            shutil.copytree(STATIC, fresh / "static", dirs_exist_ok=True)
            _write_redirects(fresh, found, languages[0], prefix)
            _write_well_known(fresh)
            for file in sorted(fresh.glob("sitemap*.xml")):
                text = file.read_text(encoding="utf-8")
                file.write_text(_LOCATION.sub(lambda match: _as_file(match, public_url), text), encoding="utf-8")
            (fresh / MARKER).write_text(_MARK, encoding="utf-8")
    finally:
        await served.close()
    return found


def _host(public_url: str) -> str:
    """The address of the host, to which the prefix is added; any will do where readers' is not known."""
    parts = urlsplit(public_url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "http://localhost"


def _is_wanted(address: str, languages: Sequence[str]) -> bool:
    """Whether an address is part of the site: one in another language is not."""
    from msqgraph.server.languages import LANGUAGES

    first = urlsplit(address).path.split("/")[1]
    return first not in LANGUAGES or first in languages


def _is_site(folder: Path) -> bool:
    return (folder / MARKER).is_file()


def _write_redirects(folder: Path, found: Crawled, language: str, prefix: str) -> None:
    """Pages that lead on: from the start, from what redirects, and from the IRI of each thing that has a document."""
    targets = {"/": f"/{language}/"}
    for source, target in found.redirects.items():
        targets[source] = found.redirects.get(target, target)
    for document in sorted(folder.rglob("*.ttl")):
        path = "/" + document.relative_to(folder).as_posix().removesuffix(".ttl")
        targets.setdefault(path, _page_of(path, language, folder) or f"{path}.ttl")
    for source, target in sorted(targets.items()):
        file = folder / file_of(page_address(source))
        if not file.exists() and file.suffix == ".html":
            file.parent.mkdir(parents=True, exist_ok=True)
            spelled = html.escape(below(prefix, link(target)))
            found.leading_on += 1
            file.write_text(_REDIRECT.format(language=language, target=spelled), encoding="utf-8")


def _page_of(path: str, language: str, folder: Path) -> str | None:
    """The page of a thing, if it was written."""
    from msqgraph.server.addresses import page_of

    page = page_of(path.lstrip("/"), language)
    return page if (folder / file_of(page)).is_file() else None


def _write_well_known(folder: Path) -> None:
    known = folder / ".well-known"
    known.mkdir()
    shutil.copyfile(folder / "void.ttl", known / "void")


def _as_file(match: re.Match[str], public_url: str) -> str:
    """A whole address in a sitemap, as the static site spells it."""
    address = html.unescape(match["address"])
    if not address.startswith(public_url):
        return match[0]
    spelled = public_url.rstrip("/") + link(page_address("/" + address.removeprefix(public_url)))
    return f"{match['before']}{html.escape(spelled)}{match['after']}"


def checked_languages(languages: Sequence[str]) -> tuple[str, ...]:
    """The languages, each once.

    :raises UsageError: if the pages are not written in one of them.

    >>> checked_languages(["fr", "en", "fr"])
    ('fr', 'en')
    """
    from msqgraph.server.languages import LANGUAGES

    if unknown := [language for language in languages if language not in LANGUAGES]:
        raise UsageError(f"no pages in {unknown[0]!r}: there are {', '.join(LANGUAGES)}")
    return tuple(dict.fromkeys(languages)) or LANGUAGES
