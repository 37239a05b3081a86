"""Stable addresses: the redirects that w3id.org (or any Apache httpd) serves for the IRIs under a base.

The rules say where a representation is, not what is true of a thing: they add the suffix of the format that an Accept
header names with the greatest weight, and hand everything else to the site under the same path. Only paths that can be
IRIs of ours are redirected, and only to the site, so that nobody can make them lead elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

from msqgraph.answers import write_file
from msqgraph.errors import UsageError
from msqgraph.release.about import About, Contact

# what a site's address may hold without having to be escaped in a rule
_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?/(?:[A-Za-z0-9._~-]+/)*")
# what an address of a thing begins with, and what is added to it for a document in one of the media types
THINGS = ("catalog", "code", "graph", "id", "mapping", "ontology", "questionnaire", "shapes")
SUFFIXES = {
    "ttl": ("text/turtle", "text/n3", "text/rdf+n3", "application/x-turtle"),
    "jsonld": ("application/ld+json", "application/json"),
    "nt": ("application/n-triples", "text/plain"),  # as N-Triples were called before they had a type of their own
    "html": ("text/html", "application/xhtml+xml"),
}
_EXAMPLES = (
    ("start page", "", 302),
    ("ontology, and its versions", "ontology", 303),
    ("code lists", "code/policy-area", 303),
    ("questionnaires, questions, options", "questionnaire/2020", 303),
    ("countries, agencies, answers, statements and other things", "id/country/PRY", 303),
    ("named graphs", "graph/codes", 303),
    ("mappings to other vocabularies", "mapping/cofog/policy-area-education-09", 303),
    ("shapes", "shapes", 303),
    ("catalogue", "catalog", 303),
    ("the same with a suffix", "catalog.ttl", 302),
    ("JSON-LD context", "context.jsonld", 302),
    ("feed of releases, catalogue and other files of the latest", "feed.atom", 302),
    ("files of a release", "release/", 302),
    ("SPARQL endpoint", "sparql", 307),
)
# of the latest release, under names that never change
LATEST = ["feed.atom", "catalog.ttl", "catalog-2.1.1.ttl", "void.ttl", "service.ttl", "schema-org.jsonld"]
_RDF_XML = r"application/(?:rdf|owl)\+xml"
_ANY = r"\*/\*"
SEGMENT = "[A-Za-z0-9_][A-Za-z0-9._-]*"
# weights as RFC 9110 writes them, and as old clients do (".2"); two of the same first decimal count as the same
_WEIGHTS = ("1(?:\\.0*)?", *(rf"0?\.{tenths}\d*" for tenths in range(9, 0, -1)), r"0?\.0\d*[1-9]\d*")


def write_w3id(folder: Path, base: str, site: str, about: About | None = None) -> None:
    """Writes ``.htaccess`` and ``README.md`` as the repository of w3id.org expects them in a folder.

    :param site: where the paths under the base are answered; the address of a folder.
    :param about: who maintains the redirects, and where endpoint and release are if not at the site.
    :raises UsageError: if the base is no folder's address, or the site, endpoint or release cannot be redirected to.
    """
    if not _SITE.fullmatch(base):
        raise UsageError(
            f"base {base!r}: redirects need an address that ends in a slash, with letters, digits, . _ ~ -"
        )
    if not _SITE.fullmatch(site):
        raise UsageError(f"site {site!r}: give an address that ends in a slash, with letters, digits, . _ ~ - in it")
    if site.startswith(base):
        raise UsageError(f"site {site!r}: lies under {base}, which would redirect to itself — give another address")
    about = about or About()
    for name, address in (("address", about.address), ("endpoint", about.endpoint)):
        if address and not _SITE.fullmatch(f"{address.rstrip('/')}/"):
            raise UsageError(f"{name} {address!r}: redirects need letters, digits, . _ ~ - and slashes alone in it")
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / ".htaccess", rules(base, site, about).encode())
    write_file(folder / "README.md", _readme(base, site, about.contact).encode())


def rules(base: str, site: str, about: About | None = None) -> str:
    """The directives of ``.htaccess``.

    >>> [line for line in rules("https://w3id.org/x/", "https://x.example/").splitlines() if "R=307" in line]
    ['RewriteRule ^sparql$ https://x.example/sparql [R=307,L]']
    """
    things = f"(?:{'|'.join(THINGS)})(?:/{SEGMENT})*"
    about, file = about or About(), f"(?:{SEGMENT}/)*(?:{SEGMENT})?"
    release = [
        f"RewriteRule ^({_any_of(LATEST)})$ {about.address}$1 [R=302,L]",
        f"RewriteRule ^release/{re.escape(about.version)}/({file})$ {about.address}$1 [R=302,L]",
    ]
    return "\n".join(
        [
            f"# {base} → {site}",
            "# Whom to write to: README.md. Written by `msqgraph`; change the release, not this file.",
            "",
            "Options +FollowSymLinks -MultiViews",
            "RewriteEngine on",
            "",
            "# On redirects, too: pages of other sites load JSON-LD contexts, and caches must not mix formats",
            "<IfModule mod_headers.c>",
            '  Header always set Access-Control-Allow-Origin "*"',
            '  Header always merge Vary "Accept"',
            "</IfModule>",
            "",
            "# Documents. A query in a POST must stay one, therefore 307",
            f"RewriteRule ^$ {site} [R=302,L]",
            f"RewriteRule ^sparql$ {about.endpoint or site + 'sparql'} [R=307,L]",
            *(release if about.address else ()),
            f"RewriteRule ^({_any_of(LATEST)}|context\\.jsonld|release/{file})$ {site}$1 [R=302,L]",
            f"RewriteRule ^({things}\\.(?:{'|'.join(SUFFIXES)}))$ {site}$1 [R=302,L]",
            "",
            "# Nothing else than addresses of things from here on",
            f"RewriteRule !^{things}$ - [R=404,L]",
            "",
            "# The media type of the greatest weight; of two with the same, the one that comes first",
            *_weighing(),
            "",
            "# The suffix for it. A client that speaks RDF/XML and takes anything else as well gets Turtle",
            *(
                line
                for suffix, media_types in SUFFIXES.items()
                for line in (
                    f"RewriteCond %{{ENV:MSQ_TYPE}} ^(?:{_any_of(media_types)})$ [NC]",
                    f"RewriteRule ^ - [E=MSQ_SUFFIX:.{suffix}]",
                )
            ),
            f"RewriteCond %{{ENV:MSQ_TYPE}} ^{_ANY}$",
            f"RewriteCond %{{HTTP_ACCEPT}} (?:^|,)\\s*{_RDF_XML}\\s*(?:[;,]|$) [NC]",
            "RewriteRule ^ - [E=MSQ_SUFFIX:.ttl]",
            "",
            "# A thing is no document: 303. Without a suffix, the site decides",
            f"RewriteRule ^(.+)$ {site}$1%{{ENV:MSQ_SUFFIX}} [R=303,L]",
            "",
        ]
    )


def _weighing() -> list[str]:
    """Rules that set MSQ_TYPE, one for each weight, the greatest first; the first that applies skips the others."""
    media_types = [media_type for several in SUFFIXES.values() for media_type in several]
    # possessive, so that no header takes longer than its length
    item = rf"(?:^|,)\s*+({_any_of(media_types)}|{_ANY})\s*+(?:;\s*+(?!q\s*=)[^;,]*+)*+"
    lines = []
    for position, weight in enumerate(_WEIGHTS, 1):
        told = rf";\s*+q\s*+=\s*+{weight}\s*+(?:;[^,]*+)?"
        told = f"(?:{told})?" if position == 1 else told
        skip = len(_WEIGHTS) - position
        lines += [
            f"RewriteCond %{{HTTP_ACCEPT}} {item}{told}(?:,|$) [NC]",
            f"RewriteRule ^ - [E=MSQ_TYPE:%1{f',S={skip}' if skip else ''}]",
        ]
    return lines


def _any_of(media_types: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(media_type).replace(r"\-", "-") for media_type in media_types)


def _readme(base: str, site: str, contact: Contact) -> str:
    """What the maintainers of w3id.org want to know, and examples that their link checker can follow."""
    written_to = [
        contact.name,
        *([f"<{contact.email}>"] if contact.email else []),
        *([contact.url] if contact.url else []),
    ]
    lines = [
        f"# {base}",
        "",
        "Stable addresses of the answers of governments to the Member States Questionnaire of the United Nations",
        "E-Government Survey as linked data, and of the ontology and code lists that they are described with.",
        "",
        f"They lead to {site}",
        "",
        "## Contact",
        "",
        "This space is maintained by:",
        "",
        *(f"- {line}" for line in written_to),
        "",
        "## What is redirected",
        "",
        "| path | example | status |",
        "|---|---|---|",
        *(f"| {what} | <{base}{example}> | {status} |" for what, example, status in _EXAMPLES),
        "",
        "`Accept` chooses the suffix that is added to the address of a thing:",
        "",
        *(f"- `.{suffix}` for {', '.join(f'`{one}`' for one in types)}" for suffix, types in SUFFIXES.items()),
        "- none where it names none of these, or `*/*` weighs more: the site decides",
        "",
        "Anything else is answered with 404.",
        "",
    ]
    return "\n".join(lines)
