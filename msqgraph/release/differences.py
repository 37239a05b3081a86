"""What two sets of named graphs say otherwise: statements, answers and figures by country, and the model.

Held in memory is what differs, and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from msqgraph.release.sorted_quads import Lines, Side, parsed, side_by_side, subjects
from msqgraph.stable_names import FORGOTTEN, code_of, hangs_on_a_response, shows
from msqgraph.terms import text_of
from msqgraph.withdrawals import GRAPH as TOMBSTONES

FACTS = ("statement", "answer", "figure")
_ANSWER = re.compile(r"id/response/\d{4}/[A-Z]{3}/[a-z0-9-]+")
_COUNTRY = re.compile(r"/([A-Z]{3})(?=/|$)")
_MODEL = re.compile(r"ontology|code/|questionnaire/|mapping/(?!links/)")


@dataclass(slots=True)
class Change:
    """How one country, or the model, differs: what is new, gone, and still there but described otherwise."""

    added: list[Side] = field(default_factory=list)
    removed: list[Side] = field(default_factory=list)
    changed: list[Side] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # by kind and added, removed or changed

    def said(self, kinds: tuple[str, ...] = (*FACTS, "term")) -> str:
        """The counts in words.

        >>> Change(counts=Counter({("statement", "added"): 2, ("figure", "changed"): 1})).said()
        '2 statements added; 1 figure changed'
        """
        verbs = {"added": "added", "removed": "no longer stated", "changed": "changed"}
        parts = []
        for kind in kinds:
            for verb, words in verbs.items():
                if count := self.counts[kind, verb]:
                    words = "gone" if (kind, verb) == ("term", "removed") else words
                    parts.append(f"{count} {kind}{'' if count == 1 else 's'} {words}")
        return "; ".join(parts)


@dataclass(slots=True)
class Differences:
    """All that differs. IRIs that spell the name of a person who was forgotten are in none of it.

    ``gone`` are IRIs under the base that were described and are no more, ``forgotten`` people of whom nothing is said
    any more, ``names`` those that must not be shown.
    """

    countries: dict[str, Change] = field(default_factory=dict)
    model: Change = field(default_factory=Change)
    elsewhere: Counter[str] = field(default_factory=Counter)
    gone: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def differences(old: Path, new: Path, base: str) -> Differences:
    """What two N-Quads files, sorted by line, say otherwise about IRIs under the base."""
    found = Differences()
    graph = f"<{base}{TOMBSTONES}> .\n".encode()
    sides: list[Side] = []
    for side in side_by_side(old, new):
        if side.old == side.new or not side.subject.startswith(base):
            continue
        before, after = (tuple(line for line in lines if not line.endswith(graph)) for lines in (side.old, side.new))
        if before and not after and code_of(side.new, after, base) == FORGOTTEN:
            found.forgotten.append(side.subject)
            found.names |= _names(before)
        if before != after:
            sides.append(Side(side.subject, before, after))
    buried = tuple(f"<{iri}>".encode() for iri in found.forgotten)
    for side in sides:
        if any(iri in line for iri in buried for line in side.old):
            if side.subject not in found.forgotten and not side.new:
                found.gone.append(side.subject)
            if not side.new:
                continue
        if shows(side.subject, found.names):
            continue
        if not side.new:
            found.gone.append(side.subject)
        _sort_in(side, found, base)
    found.gone = sorted({iri for iri in found.gone if not shows(iri, found.names)})
    found.countries = dict(sorted(found.countries.items()))
    return found


def first_counts(new: Path, base: str) -> dict[str, Change]:
    """What a first release says, by country; counts alone."""
    countries: dict[str, Change] = {}
    start = f"<{base}".encode()
    for subject, _ in subjects(new):
        if subject.startswith(start):
            path = subject[len(start) : -1].decode()
            kind, country = kind_of(path), country_of(path)
            if kind in FACTS and country:
                countries.setdefault(country, Change()).counts[kind, "added"] += 1
    return dict(sorted(countries.items()))


def kind_of(path: str) -> str:
    """What an IRI under the base is of: a fact of ``FACTS``, a term of the model, or the kind in its path.

    >>> kind_of("id/response/2020/PRY/5f"), kind_of("id/response/2020/PRY/5f/1"), kind_of("ontology#Agency")
    ('answer', 'response', 'term')
    """
    if _MODEL.match(path):
        return "term"
    if _ANSWER.fullmatch(path):
        return "answer"
    kind = path.split("/")[1] if "/" in path else path
    return {"observation": "figure"}.get(kind, kind)


def country_of(path: str) -> str | None:
    """The ISO 3166-1 code in a path under the base.

    >>> country_of("id/agency/PRY/infona"), country_of("ontology#Agency")
    ('PRY', None)
    """
    match = _COUNTRY.search(path)
    return match[1] if match else None


def vanished(found: Differences, base: str) -> list[str]:
    """The IRIs that went and do not hang on a response: each needs a word of why.

    >>> vanished(Differences(gone=["https://example.org/id/law/PRY/x"]), "https://example.org/")
    ['https://example.org/id/law/PRY/x']
    """
    return [iri for iri in found.gone if not hangs_on_a_response(iri.removeprefix(base))]


def _sort_in(side: Side, found: Differences, base: str) -> None:
    path = side.subject.removeprefix(base)
    kind, country = kind_of(path), country_of(path)
    verb = "changed" if side.old and side.new else "added" if side.new else "removed"
    if kind == "term":
        change = found.model
    elif country:
        change = found.countries.setdefault(country, Change())
    else:
        found.elsewhere[verb] += 1
        return
    change.counts[kind, verb] += 1
    if kind in FACTS or kind == "term":
        {"added": change.added, "removed": change.removed, "changed": change.changed}[verb].append(side)


def _names(lines: Lines) -> set[str]:
    return {text_of(q.object) for q in parsed(lines) if q.predicate.value == "http://xmlns.com/foaf/0.1/name"}
