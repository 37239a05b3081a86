"""Every page and file that the server's own pages lead to, as files: fetched in the process, without a network."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from msqgraph.errors import UsageError
from msqgraph.exports.w3id import SUFFIXES
from msqgraph.site.addresses import below, file_of, is_live, link, page_address

if TYPE_CHECKING:
    import httpx

# our own templates: every value in them is escaped, therefore a quote ends the attribute
_LINK = re.compile(r'(?P<before>\s(?:href|src)=")(?P<address>[^"]*)(?P<after>")')
# the other formats of a document, which only programs look for: those that :mod:`msqgraph.exports.w3id` knows
_ALTERNATE = re.compile(
    rf'<(?P<address>[^>]*)>; rel="alternate"; type="(?:{"|".join(re.escape(types[0]) for types in SUFFIXES.values())})"'
)
_LOCATION = re.compile(r"<loc>(?P<address>[^<]*)</loc>")
_AT_ONCE = 8
_NO_DOCUMENT = (404, 410)


@dataclass(slots=True)
class Crawled:
    """What was written: the number of pages, of other files and of pages that lead on, and whither addresses lead."""

    pages: int = 0
    files: int = 0
    leading_on: int = 0
    redirects: dict[str, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    """Addresses that pages link to and that only a running server answers."""
    unanswered: dict[str, str] = field(default_factory=dict)
    """Things that have no document now, such as what is gone, and what the server says of each."""


async def crawl(
    client: httpx.AsyncClient,
    folder: Path,
    starts: Iterable[str],
    prefix: str,
    is_wanted: Callable[[str], bool],
    things: Iterable[str] = (),
) -> Crawled:
    """Writes what is at the addresses and at all that their pages link to, then turns the links to files.

    :param client: asks the application; its base address is the host of the site.
    :param prefix: what the host serves the site below, such as ``/msqgraph``; empty for a host of its own.
    :param is_wanted: whether an address is to be part of the site.
    :param things: addresses that need not be answered, unless a page links to them.
    :raises UsageError: if an address that a page links to is not answered.
    """
    found, optional, linked_to = Crawled(), set(things), set[str]()
    waiting = sorted({page_address(start) for start in starts} | optional)
    known = set(waiting)
    while waiting:
        batch, waiting = waiting[:_AT_ONCE], waiting[_AT_ONCE:]
        fetched = [_fetch(client, folder, address, prefix, found, address in optional) for address in batch]
        for linked in await asyncio.gather(*fetched):
            linked_to |= linked
            for address in sorted(linked):
                if is_live(urlsplit(address).path):
                    found.left_out.add(address)
                elif (wanted := page_address(address)) not in known and is_wanted(wanted):
                    known.add(wanted)
                    waiting.append(wanted)
    if dead := found.unanswered.keys() & linked_to:
        raise _unanswered(min(dead), found.unanswered[min(dead)])
    for file in sorted(folder.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        file.write_text(_LINK.sub(lambda match: _rewritten(match, prefix, found, known), text), encoding="utf-8")
    return found


async def _fetch(
    client: httpx.AsyncClient, folder: Path, address: str, prefix: str, found: Crawled, is_optional: bool
) -> set[str]:
    """Writes one address; returns the addresses on this server that it links or redirects to."""
    place = below(prefix, address)
    answer = await client.get(place)
    if answer.is_redirect:
        target = _own(answer.headers["location"], place, prefix, client)
        if target is None:
            raise UsageError(f"{address}: redirects to {answer.headers['location']}, which is no part of the site")
        found.redirects[address] = page_address(target)
        return {target}
    if answer.status_code != 200:
        told = f"{answer.status_code}: {answer.text[:200]}"
        if not is_optional or answer.status_code not in _NO_DOCUMENT:
            raise _unanswered(address, told)
        found.unanswered[address] = told
        return set()
    file = folder / file_of(address)
    await asyncio.to_thread(_write, file, answer.content)
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    found.pages, found.files = found.pages + is_page, found.files + (not is_page)
    pattern = _LINK if is_page else _LOCATION if file.suffix == ".xml" else None
    links = [html.unescape(match["address"]) for match in (pattern.finditer(answer.text) if pattern else ())]
    if not is_page:
        links += [match["address"] for match in _ALTERNATE.finditer(answer.headers.get("link", ""))]
    return {own for one in links if (own := _own(one, place, prefix, client))}


def _unanswered(address: str, told: str) -> UsageError:
    return UsageError(f"{address}: a page links to it, but the answer is {told}")


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def _own(address: str, place: str, prefix: str, client: httpx.AsyncClient) -> str | None:
    """The path and query of an address that stands at a place, if it is of the site, without the prefix; else None."""
    parts, host = urlsplit(urljoin(str(client.base_url.join(place)), address)), client.base_url
    if (parts.scheme, parts.netloc) != (host.scheme, host.netloc.decode()) or not parts.path.startswith(f"{prefix}/"):
        return None
    return parts.path[len(prefix) :] + (f"?{parts.query}" if parts.query else "")


def _rewritten(match: re.Match[str], prefix: str, found: Crawled, known: set[str]) -> str:
    address = html.unescape(match["address"])
    if not address.startswith(f"{prefix}/"):
        return match[0]
    parts = urlsplit(address.removeprefix(prefix))
    own = parts.path + (f"?{parts.query}" if parts.query else "")
    if is_live(parts.path):
        return match[0]
    target = page_address(own)
    target = found.redirects.get(target, target)
    if target not in known:
        return match[0]
    spelled = below(prefix, link(target)) + (f"#{parts.fragment}" if parts.fragment else "")
    return f"{match['before']}{html.escape(spelled)}{match['after']}"
