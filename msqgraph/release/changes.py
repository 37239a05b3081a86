"""What a release says otherwise than the one before: ``changes.md`` for people, ``changes.ttl`` for programs,
``feed.atom`` for subscribers, ``tombstones.ttl`` for whoever meets an IRI that stands for nothing any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.exports.rdf import turtle
from msqgraph.release.about import ABOUT, About, Release, load_about
from msqgraph.release.atom import feed
from msqgraph.release.change_page import first_page, page
from msqgraph.release.change_sets import MODEL, THE_RELEASE, carried_on, change_sets, feed_entries
from msqgraph.release.checksums import verify
from msqgraph.release.differences import Change, Differences, country_of, differences, first_counts, kind_of, vanished
from msqgraph.release.sorted_quads import parsed, quads_file, subjects
from msqgraph.stable_names import (
    FORGOTTEN,
    NO_LONGER_STATED,
    TOMBSTONE_FILE,
    codes_in,
    hangs_on_a_response,
    same_base,
    shows,
)
from msqgraph.terms import term, text_of
from msqgraph.withdrawals import GRAPH as TOMBSTONES
from msqgraph.withdrawals import Withdrawal, tombstones

if TYPE_CHECKING:
    import pyoxigraph as ox

PAGE, SETS, FEED = "changes.md", "changes.ttl", "feed.atom"
_MOST_COUNTRIES = 10
_WORDLESS, _BACK, _REUSED = "Gone without a word", "Forgotten, and published again", "Withdrawn, and described again"


@dataclass(frozen=True, slots=True)
class Told:
    """What people should look at, and how much of it is most likely a mistake.

    ``gone`` IRIs went without a word, ``back`` ones had been withdrawn and are described again.
    """

    messages: list[str]
    gone: int = 0
    back: int = 0


def write_changes(dataset: Path, folder: Path, release: Release, previous: Path | None) -> Told:
    """Writes ``changes.md``, ``changes.ttl``, ``tombstones.ttl`` and, if the release has a date, ``feed.atom``.

    :param dataset: the dataset folder that the release is of.
    :param previous: the release folder before this one, whose change sets and tombstones are carried on; None for a
        first release.
    :returns: what people should look at: names that went without a word, people who are back, a feed left out.
    :raises UsageError: if ``previous`` has another base, is no release, or is not what its checksums say; if
        the dataset publishes somebody who was forgotten by then. Nothing is written then.
    :raises UnreadableInput: if a file of it is damaged.
    """
    new = quads_file(dataset)
    dead = _buried(new, release.base)
    names: dict[str, list[str]] = {}
    if previous is None:
        countries = first_counts(new, release.base)
        summary = "First release. " + _by_country(countries)
        text, graves = first_page(release, countries), _dated(dead, [], release)
        triples = change_sets(release, countries, summary, [], None)
    else:
        verify(previous)
        old = quads_file(previous)
        same_base(previous, dataset)
        about = load_about(previous / ABOUT)
        found = differences(old, new, release.base)
        earlier = _turtle(previous / TOMBSTONE_FILE)
        again = _described_again(codes_in(earlier), new, release.base)
        names = _names(found, codes_in(dead), codes_in(earlier), again, release.base)
        if back := names[_BACK]:
            remedy = (
                "build the dataset with its forgotten.yaml, or give no release before it if the decision was taken back"
            )
            raise UsageError(f"{dataset}: publishes who was forgotten: {', '.join(back)} — {remedy}")
        # of what the dataset buries itself it says everything itself
        left_out = {*again, *codes_in(dead)}
        kept = [t for t in earlier if (iri := text_of(t.subject)) not in left_out and not shows(iri, found.names)]
        graves = [*_dated(dead, earlier, release), *kept, *tombstones(_graves(found, dead, release), release.base)]
        text, summary = page(release, about.version, found, (old, new), names, graves), _summary(found, about, names)
        countries = {**found.countries, **({MODEL: found.model} if found.model.counts else {})}
        carried, before = carried_on(_turtle(previous / SETS), found.names), Release(about, release.base).iri
        by_set = _by_set(names, release.base)
        triples = change_sets(release, countries, summary, carried, before, by_set, found.names)
    messages = _to_look_at(names)
    (folder / PAGE).write_text(text, encoding="utf-8")
    (folder / SETS).write_bytes(turtle(triples, release.base))
    (folder / TOMBSTONE_FILE).write_bytes(turtle(graves, release.base))
    if release.about.issued:
        (folder / FEED).write_bytes(feed(release, feed_entries(triples, release.iri)))
    else:
        messages.append(f"{FEED}: left out, since an Atom feed needs a date — give the release one, with `issued`")
    return Told(messages, len(names.get(_WORDLESS, ())), len(names.get(_REUSED, ())))


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


def _dated(dead: Iterable[ox.Triple], earlier: Iterable[ox.Triple], release: Release) -> list[ox.Triple]:
    """The tombstones of a dataset, with the release that each came with, and its day where no other is given."""
    import pyoxigraph as ox

    dead, base = list(dead), release.base
    since, day = term("msq:withdrawnIn", base), term("dct:modified", base)
    known = {(t.subject, t.predicate): t.object for t in earlier if t.predicate in (since, day)}
    said = {(t.subject, t.predicate) for t in dead}
    issued = ox.Literal(release.about.issued, datatype=term("xsd:date", base)) if release.about.issued else None
    found = list(dead)
    for subject in sorted({triple.subject for triple in dead}, key=str):
        is_new = (subject, since) not in known
        found.append(ox.Triple(subject, since, known.get((subject, since), ox.NamedNode(release.iri))))
        at = issued if is_new else known.get((subject, day))
        if at is not None and (subject, day) not in said:
            found.append(ox.Triple(subject, day, at))
    return found


def _described_again(earlier: Mapping[str, str], new: Path, base: str) -> dict[str, str]:
    """The IRIs with a tombstone that the dataset describes again, each with why it had one."""
    keys = {f"<{iri}>".encode(): iri for iri in earlier}
    graph = f"<{base}{TOMBSTONES}> .\n".encode()
    return {
        keys[subject]: earlier[keys[subject]]
        for subject, lines in (subjects(new) if keys else ())
        if subject in keys and any(not line.endswith(graph) for line in lines)
    }


def _names(
    found: Differences, dead: Mapping[str, str], earlier: Mapping[str, str], again: Mapping[str, str], base: str
) -> dict[str, list[str]]:
    """The IRIs that went or came back other than with what a response says, by heading; sorted.

    :param dead: the tombstones of the dataset, each with why; those that the release before had not are news, whenever
        the IRI itself went.
    """
    fresh = {iri: why for iri, why in sorted(dead.items()) if earlier.get(iri) != why and not shows(iri, found.names)}
    returned = {NO_LONGER_STATED: "Stated again", FORGOTTEN: _BACK}
    names: dict[str, list[str]] = {
        "Forgotten": [iri for iri, why in fresh.items() if why == FORGOTTEN],
        _BACK: [],
        _REUSED: [],
        "Withdrawn": [iri for iri, why in fresh.items() if why != FORGOTTEN],
        _WORDLESS: [iri for iri in vanished(found, base) if iri not in dead],
        "Stated again": [],
    }
    for iri, why in sorted(again.items()):
        names[returned.get(why, _REUSED)].append(iri)
    return names


def _by_set(names: Mapping[str, Iterable[str]], base: str) -> dict[str, list[str]]:
    """What was withdrawn or forgotten, by the change set that it belongs to."""
    found: dict[str, list[str]] = {}
    for iri in (*names["Forgotten"], *names["Withdrawn"]):
        path = iri.removeprefix(base)
        name = MODEL if kind_of(path) == "term" else country_of(path) or THE_RELEASE
        found.setdefault(name, []).append(iri)
    return found


def _to_look_at(names: Mapping[str, list[str]]) -> list[str]:
    """What is most likely a mistake, with what to do."""
    remedies = {
        _WORDLESS: "`msqgraph check-iris` prints the lines for withdrawn.yaml",
        _REUSED: "see that the build read withdrawn.yaml; what is withdrawn is not used again",
    }
    messages = []
    for heading, remedy in remedies.items():
        if listed := names.get(heading):
            some = ", ".join(listed[:3]) + (", ..." if len(listed) > 3 else "")
            messages.append(f"{heading.lower()}: {len(listed)} IRIs ({some}) — {remedy}")
    return messages


def _summary(found: Differences, before: About, names: Mapping[str, Collection[str]]) -> str:
    """What the feed says of the release."""
    people, things, lost = (len(names[heading]) for heading in ("Forgotten", "Withdrawn", _WORDLESS))
    said = [
        _by_country(found.countries),
        f"Model: {found.model.said()}." if found.model.counts else "",
        f"{people} {'person was' if people == 1 else 'people were'} forgotten." if people else "",
        f"{things} {'IRI was' if things == 1 else 'IRIs were'} withdrawn." if things else "",
        f"{lost} {'IRI' if lost == 1 else 'IRIs'} went without a word." if lost else "",
    ]
    return " ".join(
        [f"Since {before.version}.", *(filter(None, said) if any(said) else ["Nothing that was said changed."])]
    )


def _by_country(countries: Mapping[str, Change]) -> str:
    """What changed of each country; of many, together, since nobody reads a list of the world in a feed."""
    told = {iso3: said for iso3, change in countries.items() if (said := change.said())}
    if len(told) <= _MOST_COUNTRIES:
        return " ".join(f"{iso3}: {said}." for iso3, said in told.items())
    whole = Change(counts=sum((countries[iso3].counts for iso3 in told), Counter()))
    return f"{len(told)} countries: {whole.said()}."


def _turtle(path: Path) -> list[ox.Triple]:
    """The triples of a file of the release before."""
    import pyoxigraph as ox

    if not path.is_file():
        raise UnreadableInput(path, "is not there, and every release has one", "take the release as it was published")
    try:
        return [quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise UnreadableInput(path, f"cannot be read ({error})", "write that release anew") from None
