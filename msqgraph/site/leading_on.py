"""Pages that lead on: from the start, from what the server redirects, and from the IRI of each thing."""

from __future__ import annotations

import html
from pathlib import Path

from msqgraph.site.addresses import below, file_of, link, page_address
from msqgraph.site.crawl import Crawled

_PAGE = """\
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


def write_leading_on(folder: Path, found: Crawled, language: str, prefix: str) -> None:
    """Writes a page for each redirect that was found; that of a thing's ``.html`` stands at its IRI as well.

    Whichever of the two a host takes for the IRI, or the redirects of :mod:`msqgraph.exports.w3id` lead a browser to,
    it is the same page.
    """
    targets = {"/": f"/{language}/"}
    targets |= {source: found.redirects.get(target, target) for source, target in found.redirects.items()}
    # a thing leads programs to its data, and whoever reads this page to the page
    targets |= {source.removesuffix(".html"): to for source, to in targets.items() if source.endswith(".html")}
    # documents first: the page of ".../unit/index" stands where a host looks for that of ".../unit", too, which has
    # "unit.html" besides
    for source, target in sorted(targets.items(), key=lambda one: (not one[0].endswith(".html"), one)):
        file = folder / file_of(page_address(source))
        if not file.exists() and file.suffix == ".html":
            file.parent.mkdir(parents=True, exist_ok=True)
            spelled = html.escape(below(prefix, link(target)))
            found.leading_on += 1
            file.write_text(_PAGE.format(language=language, target=spelled), encoding="utf-8")
