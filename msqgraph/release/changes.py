"""What a release says otherwise than the one before: ``changes.md`` for people, ``changes.ttl`` for programs,
``feed.atom`` for subscribers, ``tombstones.ttl`` for whoever meets an IRI that stands for nothing any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import UnreadableInput
from msqgraph.exports.rdf import turtle
from msqgraph.release.about import Release, load_about
from msqgraph.release.atom import feed
from msqgraph.release.change_sentences import first_page, page
from msqgraph.release.change_sets import MODEL, change_sets, told, without_names
from msqgraph.release.differences import Change, Differences, differences, first_counts, vanished
from msqgraph.release.sorted_quads import parsed, quads_file, subjects
from msqgraph.stable_names import (
    NO_LONGER_STATED,
    TOMBSTONE_FILE,
    hangs_on_a_response,
    same_base,
    shows,
    tombstones_of,
)
from msqgraph.terms import text_of
from msqgraph.withdrawals import GRAPH as TOMBSTONES
from msqgraph.withdrawals import Withdrawal, tombstones

if TYPE_CHECKING:
    import pyoxigraph as ox

PAGE, SETS, FEED = "changes.md", "changes.ttl", "feed.atom"
_ABOUT = "release.yaml"


def write_changes(dataset: Path, folder: Path, release: Release, previous: Path | None) -> list[str]:
    """Writes ``changes.md``, ``changes.ttl``, ``tombstones.ttl`` and, if the release has a date, ``feed.atom``.

    :param dataset: the dataset folder that the release is of.
    :param previous: the release folder before this one, whose change sets and tombstones are carried on; None for a
        first release.
    :returns: what people should look at: names that went without a word, people who are back, a feed left out.
    :raises UsageError: if ``previous`` has another base, or is no release.
    :raises UnreadableInput: if a file of it is damaged.
    """
    new = quads_file(dataset)
    dead = _buried(new, release.base)
    messages = []
    if previous is None:
        countries = first_counts(new, release.base)
        summary = "First release. " + _by_country(countries)
        text, carried, before, graves = first_page(release, countries), [], None, dead
    else:
        old = quads_file(previous)
        same_base(previous, dataset)
        about = load_about(previous / _ABOUT)
        found = differences(old, new, release.base)
        kept, back = _kept_graves(previous, new, found, release)
        names = _names(found, dead, back, release.base)
        graves = [*dead, *kept, *tombstones(_graves(found, dead, release), release.base)]
        text, summary = page(release, about.version, found, (old, new), names), _summary(found, about.version)
        countries = {**found.countries, **({MODEL: found.model} if found.model.counts else {})}
        carried, before = without_names(_turtle(previous / SETS), found.names), Release(about, release.base).iri
        messages += _to_look_at(names)
    triples = change_sets(release, countries, summary, carried, before)
    (folder / PAGE).write_text(text, encoding="utf-8")
    (folder / SETS).write_bytes(turtle(triples, release.base))
    (folder / TOMBSTONE_FILE).write_bytes(turtle(graves, release.base))
    if release.about.issued:
        (folder / FEED).write_bytes(feed(release, told(triples, release.iri)))
    else:
        messages.append(f"{FEED}: left out, since an Atom feed needs a date — give the release one, with `issued`")
    return messages


def _buried(new: Path, base: str) -> list[ox.Triple]:
    """What the dataset itself says of IRIs that were withdrawn."""
    graph = f"<{base}{TOMBSTONES}> .\n".encode()
    return [
        quad.triple
        for _, lines in subjects(new)
        if (own := tuple(line for line in lines if line.endswith(graph)))
        for quad in parsed(own)
    ]


def _graves(found: Differences, dead: Iterable[ox.Triple], release: Release) -> list[Withdrawal]:
    """Tombstones of what hung on a response and went with this release."""
    known = {text_of(triple.subject) for triple in dead}
    paths = [iri.removeprefix(release.base) for iri in found.gone if iri not in known]
    return [
        Withdrawal(path, NO_LONGER_STATED, release.about.issued, release=release.iri)
        for path in paths
        if hangs_on_a_response(path)
    ]


def _kept_graves(previous: Path, new: Path, found: Differences, release: Release) -> tuple[list[ox.Triple], list[str]]:
    """Earlier tombstones, but those of what is described again or spells a forgotten name; those that are back."""
    told_before = tombstones_of(previous)
    keys = {f"<{iri}>".encode(): iri for iri in told_before}
    graph = f"<{release.base}{TOMBSTONES}> .\n".encode()
    again = {
        keys[subject]
        for subject, lines in (subjects(new) if keys else ())
        if subject in keys and any(not line.endswith(graph) for line in lines)
    }
    here = {iri for iri in told_before if iri not in again and not shows(iri, found.names)}
    # of what the dataset buries itself it says everything itself
    said_now = {text_of(triple.subject) for triple in _buried(new, release.base)} if told_before else set()
    kept = [t for t in _turtle(previous / TOMBSTONE_FILE) if text_of(t.subject) in here - said_now]
    return kept, sorted(iri for iri in again if told_before[iri] == NO_LONGER_STATED)


_WORDLESS, _BACK = "Gone without a word", "Forgotten, and published again"


def _names(found: Differences, dead: Collection[ox.Triple], back: list[str], base: str) -> dict[str, list[str]]:
    """The IRIs that went or came back other than with what a response says, by heading."""
    known = {text_of(triple.subject) for triple in dead}
    went = vanished(found, base)
    return {
        "Forgotten": found.forgotten,
        _BACK: found.back,
        "Withdrawn": [iri for iri in went if iri in known],
        _WORDLESS: [iri for iri in went if iri not in known],
        "Stated again": back,
    }


def _to_look_at(names: Mapping[str, list[str]]) -> list[str]:
    """What is most likely a mistake, with what to do."""
    remedies = {
        _WORDLESS: "`msqgraph check-iris` prints the lines for withdrawn.yaml",
        _BACK: "see that the build read forgotten.yaml, and take this release back if it did not",
    }
    messages = []
    for heading, remedy in remedies.items():
        if listed := names[heading]:
            some = ", ".join(listed[:3]) + (", ..." if len(listed) > 3 else "")
            messages.append(f"{heading.lower()}: {len(listed)} IRIs ({some}) — {remedy}")
    return messages


def _summary(found: Differences, before: str) -> str:
    said = [f"Since {before}.", _by_country(found.countries)]
    if found.model.counts:
        said.append(f"Model: {found.model.said()}.")
    if found.forgotten:
        count = len(found.forgotten)
        said.append(f"{count} {'person was' if count == 1 else 'people were'} forgotten.")
    return (
        " ".join(filter(None, said)) if len(said) > 2 or said[1] else f"Since {before}. Nothing that was said changed."
    )


def _by_country(countries: Mapping[str, Change]) -> str:
    return " ".join(f"{iso3}: {said}." for iso3, change in countries.items() if (said := change.said()))


def _turtle(path: Path) -> list[ox.Triple]:
    """The triples of a file of the release before; none if it has no such file."""
    import pyoxigraph as ox

    if not path.is_file():
        return []
    try:
        return [quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise UnreadableInput(path, f"cannot be read ({error})", "write that release anew") from None
