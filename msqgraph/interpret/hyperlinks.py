"""Hyperlinks whose target is not written in the text: the address that opens where a name is clicked on.

A link that shows an address tells no more than that address does, unless what is shown is cut short. If it opens
another address than it shows, what is shown was said, and that is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from msqgraph.interpret.addresses import Address, Scan, normalise
from msqgraph.response import ShownLink

_NO_NAME = re.compile(
    r"(?:\W|\b(?:click|here|links?|url|web ?site|web ?page|site(?: web)?|more|see|visit|aqu[ií]|enlace|sitio(?: web)?|"
    r"p[aá]gina(?: web)?|ver|ici|cliquez|lien|voir|здесь|ссылка|сайт|هنا|الرابط|رابط|الموقع|这里|此处|点击|链接|网址|"
    r"网站)\b)+",
    re.I,
)
_ACRONYM_BEHIND = re.compile(r"[ \t]*[(（][^()（）\n]{2,15}[)）]")
DOUBT = "link-differs"


def with_links(text: str, found: Scan, links: Sequence[ShownLink]) -> Scan:
    """The addresses of a text with those that its links add or complete, in order.

    The address behind a name has no width: it stands where the name (and its acronym in brackets) ends.

    >>> links = [ShownLink("Ministry of Finance", 0, "https://mof.gov.example")]
    >>> [(a.start, a.website) for a in with_links("Ministry of Finance (MoF), Treasury", Scan(), links).addresses]
    [(25, 'https://mof.gov.example/')]
    """
    addresses, masked = list(found.addresses), list(found.masked)
    for link in links:
        website = normalise(link.target)
        if website is None:
            continue
        start, end = link.start, link.start + len(link.shown)
        inside = [address for address in addresses if address.start < end and start < address.end]
        if inside:
            addresses = [_completed(address, website) if address is inside[0] else address for address in addresses]
            continue
        if _NO_NAME.fullmatch(link.shown):
            masked.append((start, end))
            at = (start, end)
        else:
            behind = _ACRONYM_BEHIND.match(text, end)
            at = (behind.end(), behind.end()) if behind else (end, end)
        addresses.append(Address(*at, link.target, website, shown=(start, end)))
    return Scan(sorted(addresses, key=lambda a: (a.start, a.end)), sorted(masked))


def _completed(shown: Address, website: str) -> Address:
    if shown.website is None:  # what is shown is no valid address, what opens is one
        doubts = tuple(doubt for doubt in shown.doubts if doubt != "malformed-address")
        return replace(shown, website=website, is_truncated=False, doubts=doubts)
    told, opened = _without_scheme(shown.website), _without_scheme(website)
    if shown.is_truncated and opened.startswith(told.rstrip("/")):
        doubts = tuple(doubt for doubt in shown.doubts if doubt != "truncated-address")
        return replace(shown, website=website, is_truncated=False, doubts=doubts)
    if told.rstrip("/") != opened.rstrip("/"):
        return replace(shown, doubts=(*shown.doubts, DOUBT))
    return shown


def _without_scheme(website: str) -> str:
    return website.partition("://")[2].removeprefix("www.")
