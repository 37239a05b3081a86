"""The feed of releases, in Atom (RFC 4287): who subscribes to it learns of a release, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from msqgraph.release.about import Release
from msqgraph.release.change_sets import FeedEntry


def feed(release: Release, releases: Iterable[FeedEntry]) -> bytes:
    """The feed, an entry for each release that has a date.

    Atom wants a moment where a release has a day: it is the day's first, in UTC. The feed's ``id`` and its
    ``self`` link are the same in all releases, so that a reader finds the next one, and takes it for what it is.

    :param releases: the newest first; it has a date.

    >>> from msqgraph.release.about import About
    >>> one = FeedEntry("https://example.org/1", "Release 1", "2026-11-24", "https://example.org/1/changes.md", "New.")
    >>> b"<updated>2026-11-24T00:00:00Z</updated>" in feed(Release(About(issued="2026-11-24")), [one])
    True
    """
    dated = [(one, f"{one.issued}T00:00:00Z") for one in releases if one.issued]
    publisher = release.about.publisher
    uri = f"<uri>{escape(publisher.iri)}</uri>" if publisher.iri else ""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"  <id>{escape(release.base)}id/feed/releases</id>",
        f"  <title>{escape(release.about.title)}</title>",
        f"  <updated>{dated[0][1]}</updated>",
        f"  <author><name>{escape(publisher.name)}</name>{uri}</author>",
        f'  <link rel="self" type="application/atom+xml" href={quoteattr(release.base + "feed.atom")}/>',
        f"  <rights>{escape(release.about.licence)}</rights>",
    ]
    for one, updated in dated:
        lines += [
            "  <entry>",
            f"    <id>{escape(one.iri)}</id>",
            f"    <title>{escape(one.title)}</title>",
            f"    <updated>{updated}</updated>",
            f'    <link rel="alternate" type="text/markdown" href={quoteattr(one.page)}/>',
            f'    <summary type="text">{escape(one.summary)}</summary>',
            "  </entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()
