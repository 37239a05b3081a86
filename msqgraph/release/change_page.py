"""``changes.md``: what a release says otherwise than the one before, for people, in the labels of both.

No name of a forgotten person is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.person_names import hidden
from msqgraph.release.about import Release
from msqgraph.release.change_sentences import HEADINGS, aspects, sentences, values_of
from msqgraph.release.differences import Change, Differences
from msqgraph.release.sorted_quads import Side, parsed, subjects
from msqgraph.release.wordings import escaped
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

MOST_LISTED = 200  # of a country and kind of change; changes.ttl lists all
_LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
    "http://xmlns.com/foaf/0.1/name",
)
_OF_PEOPLE = "id/official/"


def first_page(release: Release, countries: dict[str, Change]) -> str:
    """``changes.md`` of a first release: how much there is, by country."""
    lines = [f"# Release {release.about.version}", "", "This is the first release: all in it is new.", ""]
    lines += [f"- {iso3}: {change.said().replace(' added', '')}" for iso3, change in countries.items()]
    return "\n".join(lines) + "\n"


def page(
    release: Release,
    before: str,
    found: Differences,
    files: tuple[Path, Path],
    names: Mapping[str, Sequence[str]],
    graves: Iterable[ox.Triple] = (),
) -> str:
    """``changes.md``: what is new, gone and changed since the release before, and which names went.

    :param before: the version of that release.
    :param files: the N-Quads of both, the older first, for labels.
    :param names: IRIs that are to be named besides, by heading.
    :param graves: the tombstones of the release, which say why.
    """
    base = release.base
    why = _reasons(graves, _all(names))
    sides = [s for c in found.countries.values() for kind in (c.added, c.removed, c.changed) for s in kind]
    sides += [s for kind in (found.model.added, found.model.removed, found.model.changed) for s in kind]
    wanted = _wanted(sides, base, found) | _all(names)
    wanted |= {replacement for replacement, _ in why.values() if replacement}
    # a person who is listed was forgotten once: they are told by the IRI, which has no name in it
    labels = labels_of({i for i in wanted if not (i.startswith(base + _OF_PEOPLE) and i in _all(names))}, *files)
    lines = [f"# Changes from {before} to {release.about.version}", ""]
    if not found.countries and not found.model.counts and not any(names.values()):
        lines += ["Nothing that was said changed.", ""]
    for heading, listed in names.items():
        lines += _listed(heading, [_named(iri, labels, why.get(iri)) for iri in listed], "##")
    for iso3, change in found.countries.items():
        name = labels.get(f"{base}id/country/{iso3}")
        lines += [f"## {escaped(name)} ({iso3})" if name else f"## {iso3}", ""]
        lines += [f"{change.said() or 'Only what leads to the facts changed: mentions, quotes, labels'}.", ""]
        for heading, told in sentences(change, labels, base, found.names).items():
            lines += _listed(heading, told, "###")
    lines += _of_the_model(found.model, labels)
    return hidden("\n".join(lines), found.names).rstrip() + "\n"


def _reasons(graves: Iterable[ox.Triple], wanted: Collection[str]) -> dict[str, tuple[str | None, str]]:
    """What took the place of an IRI, and why it went."""
    found: dict[str, tuple[str | None, str]] = {}
    for triple in graves:
        iri, name = text_of(triple.subject), triple.predicate.value
        if iri in wanted and name.endswith(("/isReplacedBy", "#comment")):
            replacement, comment = found.get(iri, (None, ""))
            text = text_of(triple.object)
            found[iri] = (text, comment) if name.endswith("/isReplacedBy") else (replacement, text)
    return found


def _named(iri: str, labels: Mapping[str, str], why: tuple[str | None, str] | None) -> str:
    """An IRI under its label, what took its place, and why it went."""
    replacement, comment = why or (None, "")
    instead = f", replaced by {_link(replacement, labels)}" if replacement else ""
    reason = f": {escaped(' '.join(comment.split()))}" if comment else ""
    return f"{_link(iri, labels)}{instead}{reason}"


def _link(iri: str, labels: Mapping[str, str]) -> str:
    return f"[{escaped(labels[iri])}]({iri})" if iri in labels else f"<{iri}>"


def _all(names: Mapping[str, Iterable[str]]) -> set[str]:
    return {iri for listed in names.values() for iri in listed}


def labels_of(wanted: set[str], *files: Path) -> dict[str, str]:
    """The labels of IRIs, in English where there is one; the later a file, the more it counts."""
    found: dict[str, str] = {}
    keys = {f"<{iri}>".encode() for iri in wanted}
    for path in files if wanted else ():
        for subject, lines in subjects(path):
            if subject in keys:
                told = [(q.predicate.value, q.object) for q in parsed(lines) if q.predicate.value in _LABELS]
                ranked = sorted(
                    (
                        getattr(o, "language", None) != "en",
                        _LABELS.index(p),
                        str(getattr(o, "language", "")),
                        text_of(o),
                    )
                    for p, o in told
                )
                if ranked:
                    found[subject[1:-1].decode()] = ranked[0][-1]
    return found


def _wanted(sides: Iterable[Side], base: str, found: Differences) -> set[str]:
    wanted = {f"{base}id/country/{iso3}" for iso3 in found.countries}
    for side in sides:
        wanted.add(side.subject)
        for lines in (side.old, side.new):
            for predicate, values in values_of(lines).items():
                wanted.add(predicate)
                wanted |= {value for value in values if "://" in value}
    return wanted


def _of_the_model(model: Change, labels: Mapping[str, str]) -> list[str]:
    """Terms, codes and questions, under their labels; of those that changed, in what."""
    if not model.counts:
        return []
    lines = ["## The model: terms, codes, questions", "", f"{model.said()}.", ""]
    for verb, heading in {**HEADINGS, "removed": "Gone"}.items():
        sides: list[Side] = getattr(model, verb)
        how = [f": {escaped(aspects(side, labels))}" if verb == "changed" else "" for side in sides]
        told = [f"{_link(side.subject, labels)}{aspect}" for side, aspect in zip(sides, how, strict=True)]
        lines += _listed(heading, told, "###")
    return lines


def _listed(heading: str, lines: list[str], level: str) -> list[str]:
    if not lines:
        return []
    rest = [f"- ... and {len(lines) - MOST_LISTED} more: see changes.ttl"] if len(lines) > MOST_LISTED else []
    return [f"{level} {heading}", "", *(f"- {line}" for line in lines[:MOST_LISTED]), *rest, ""]
