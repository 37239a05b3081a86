"""Changes in words: ``changes.md``, by country, in the labels of the two releases. No name of a forgotten person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msqgraph.person_names import hidden
from msqgraph.release.about import Release
from msqgraph.release.differences import Change, Differences
from msqgraph.release.sorted_quads import Lines, Side, parsed, subjects
from msqgraph.terms import text_of

MOST_LISTED = 200  # of a country and kind of change; changes.ttl lists all
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://purl.org/dc/terms/title",
    "http://xmlns.com/foaf/0.1/name",
)
_HEADINGS = {"added": "New", "removed": "No longer stated", "changed": "Changed"}


def first_page(release: Release, countries: dict[str, Change]) -> str:
    """``changes.md`` of a first release: how much there is, by country."""
    lines = [f"# Release {release.about.version}", "", "This is the first release: all in it is new.", ""]
    lines += [f"- {iso3}: {change.said().replace(' added', '')}" for iso3, change in countries.items()]
    return "\n".join(lines) + "\n"


def page(
    release: Release, before: str, found: Differences, files: tuple[Path, Path], names: Mapping[str, Sequence[str]]
) -> str:
    """``changes.md``: what is new, gone and changed since the release before, and which names went.

    :param before: the version of that release.
    :param files: the N-Quads of both, the older first, for labels.
    :param names: IRIs that are to be named besides, by heading.
    """
    sides = [s for c in found.countries.values() for kind in (c.added, c.removed, c.changed) for s in kind]
    labels = labels_of(_wanted(sides, release.base, found), *files)
    lines = [f"# Changes from {before} to {release.about.version}", ""]
    if not found.countries and not found.model.counts and not any(names.values()):
        lines += ["Nothing that was said changed.", ""]
    for heading, listed in names.items():
        lines += _listed(heading, list(listed), "##")
    for iso3, change in found.countries.items():
        name = labels.get(f"{release.base}id/country/{iso3}")
        lines += [f"## {_escaped(name)} ({iso3})" if name else f"## {iso3}", ""]
        lines += [f"{change.said() or 'Only what leads to the facts changed: mentions, quotes, labels'}.", ""]
        for verb, heading in _HEADINGS.items():
            told = [sentence(side, labels, release.base) for side in getattr(change, verb)]
            lines += _listed(heading, [text for text in told if text], "###")
    lines += _of_the_model(found.model, release.base)
    return hidden("\n".join(lines), found.names).rstrip() + "\n"


def sentence(side: Side, labels: dict[str, str], base: str) -> str:
    """One change: where it was said, and what."""
    path = side.subject.removeprefix(base).split("/")
    old, new = _values(side.old), _values(side.new)
    lines = new or old
    if path[1] == "statement":
        terms = [next(iter(lines.get(_RDF + name, [])), "") for name in ("subject", "predicate", "object")]
        what = " — ".join(_escaped(_shown(term, labels)) for term in terms)
        place = f"{path[2]}, question {path[4]}"
    elif path[1] == "observation":
        what, place = f"{_escaped(path[3])} {_numbers(old, new)}", path[-2]
    else:
        text = f"{base}ontology#text"
        what, place = "answered" if side.new else "the answer is gone", f"{path[2]}, question {path[4]}"
        if side.old and side.new:
            same = old.get(text) == new.get(text)
            words = " ".join(" ".join(new.get(text, [])).split())
            what = f"the answer reads: “{_escaped(words[:200])}{'…' if len(words) > 200 else ''}”"
            what = f"the same words, {_differing(old, new, labels)}" if same else what
        return f"{place}: {what}"
    how = f" ({_differing(old, new, labels)})" if side.old and side.new and path[1] == "statement" else ""
    return f"{place}: {what}{how}"


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
        for lines in (side.old, side.new):
            for predicate, values in _values(lines).items():
                wanted.add(predicate)
                wanted |= {value for value in values if "://" in value}
    return wanted


def _values(lines: Lines) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for quad in parsed(lines):
        kept = values.setdefault(quad.predicate.value, [])
        if (text := text_of(quad.object)) not in kept:
            kept.append(text)
    return values


def _shown(term: str, labels: dict[str, str]) -> str:
    return " ".join(labels.get(term, term.rpartition("#")[2] if "#" in term else term).split())


def _numbers(old: dict[str, list[str]], new: dict[str, list[str]]) -> str:
    """The value that a figure has: the one of its measure, before and after."""

    def value(values: dict[str, list[str]]) -> str:
        measures = values.get("http://purl.org/linked-data/cube#measureType", [])
        return ", ".join(v for m in measures for v in values.get(m, [])) or "none"

    if old and new and value(old) == value(new):
        return f"{value(new)} ({_differing(old, new, {})})"
    return " → ".join(value(values) for values in (old, new) if values)


def _differing(old: dict[str, list[str]], new: dict[str, list[str]], labels: dict[str, str]) -> str:
    """Which of its properties differ."""
    differ = sorted(p for p in old.keys() | new.keys() if sorted(old.get(p, [])) != sorted(new.get(p, [])))
    names = [_escaped(_shown(p, labels)).rpartition("/")[2] for p in differ]
    return f"otherwise: {', '.join(names)}" if names else "said in another graph"


def _of_the_model(model: Change, base: str) -> list[str]:
    """Terms, codes and questions, by IRI."""
    if not model.counts:
        return []
    lines = ["## The model: terms, codes, questions", "", f"{model.said()}.", ""]
    for verb, heading in {**_HEADINGS, "removed": "Gone"}.items():
        lines += _listed(heading, [f"`{side.subject.removeprefix(base)}`" for side in getattr(model, verb)], "###")
    return lines


def _listed(heading: str, lines: list[str], level: str) -> list[str]:
    if not lines:
        return []
    rest = [f"- ... and {len(lines) - MOST_LISTED} more: see changes.ttl"] if len(lines) > MOST_LISTED else []
    return [f"{level} {heading}", "", *(f"- {line}" for line in lines[:MOST_LISTED]), *rest, ""]


def _escaped(text: str) -> str:
    """A text in a line of Markdown, as it stands."""
    return re.sub(r"([\\`*_\[\]<>|])", r"\\\1", text)
