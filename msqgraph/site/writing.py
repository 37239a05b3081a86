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
from msqgraph.site.addresses import link, page_address
from msqgraph.site.crawl import Crawled, crawl
from msqgraph.site.leading_on import write_leading_on
from msqgraph.site.release_files import copy_release
from msqgraph.whole_folder import whole_folder

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from msqgraph.server.engine.asked import Engine
    from msqgraph.server.linked_data.publication import Publication
    from msqgraph.server.site_facts import SiteFacts

MARKER = "static-site.txt"
_MARK = "Written by `msqgraph site`: change the dataset, not these files.\n"
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
    from msqgraph.site.starts import described, starts

    def make_app(engine: Engine, facts: SiteFacts, publication: Publication) -> Starlette:
        facts = replace(facts, is_static=True, languages=tuple(languages))
        return create_app(engine, facts, publication.as_files())

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
                state = served.app.state  # type: ignore[attr-defined]  # it is the application that was made above
                found = await crawl(
                    client,
                    fresh,
                    starts(languages, state.publication, public_url),
                    prefix,
                    lambda address: _is_wanted(address, languages),
                    await described(state.asking, state.publication),
                )
            shutil.copytree(STATIC, fresh / "static", dirs_exist_ok=True)
            copy_release(fresh, state.publication, found)
            write_leading_on(fresh, found, languages[0], prefix)
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
