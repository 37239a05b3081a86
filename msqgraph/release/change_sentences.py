"""Changes of a country in words.

A reader wants to know what a government says otherwise. So there is one sentence for each fact, in the order of the
questions, and none for what only follows from another (kinds, countries, the properties of a figure).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from msqgraph.release.differences import Change
from msqgraph.release.old_values import RDF, SPO, differing, may_be_told
from msqgraph.release.sorted_quads import Lines, Side, parsed
from msqgraph.release.wordings import changed_part, escaped, in_words, natural, quoted
from msqgraph.terms import text_of

_MEASURE = "http://purl.org/linked-data/cube#measureType"
_UNIT = "http://purl.org/linked-data/sdmx/2009/attribute#unitMeasure"
_PERIOD = "http://purl.org/linked-data/sdmx/2009/dimension#refPeriod"
# what follows from another statement about the same thing
_DERIVED = re.compile(
    r".*(?:/terms/spatial|/ontology#country|eli/ontology#jurisdiction|eli/ontology#type_document|22-rdf-syntax-ns#type)"
)
_NAMES = re.compile(r".*(?:core#(?:pref|alt|hidden)Label|/terms/title|foaf/0\.1/name)")
HEADINGS = {"added": "New", "removed": "No longer stated", "changed": "Changed"}
Values = dict[str, list[str]]
Place = tuple[str, str, str]  # country, edition, question


def sentences(
    change: Change, labels: Mapping[str, str], base: str, names: Collection[str] = ()
) -> dict[str, list[str]]:
    """What changed in a country, by heading: one sentence for each fact, in the order of editions and questions."""
    places = _questions_of_figures([*change.added, *change.removed, *change.changed], base)
    found: dict[str, list[str]] = {}
    same: Counter[str] = Counter()
    for verb, heading in HEADINGS.items():
        sides: list[Side] = getattr(change, verb)
        statements = [side for side in sides if _kind(side, base) == "statement"]
        told = [] if verb == "changed" else _stated(statements, labels, base)
        for side in sides:
            kind, place = _kind(side, base), places.get(side.subject) or _place(side, base)
            if kind == "observation":
                told.append((place, _figure(side, labels)))
            elif kind == "response" and verb == "changed" and differing(side) == ([], []):
                same["answer"] += 1
            elif kind == "response":
                told.append((place, _answer(side, labels, base, names)))
            elif verb == "changed":
                what = _restated(side, labels, base)
                told += [(place, what)] if what else []
                same["statement"] += what == ""
        told.sort(key=lambda one: (one[0][1], natural(one[0][2]), one[1]))
        found[heading] = [_sentence(place, what) for place, what in told]
    counted = [f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in sorted(same.items()) if count]
    if counted:
        how = "with the same words as before, from another document or place in it"
        found[HEADINGS["changed"]].append(f"besides, {' and '.join(counted)} {how}")
    return found


def _sentence(place: Place, what: str) -> str:
    _, edition, question = place
    return f"{edition}, question {question}: {what}" if question else f"{edition}: {what}"


def _stated(sides: Iterable[Side], labels: Mapping[str, str], base: str) -> list[tuple[Place, str]]:
    """New or gone statements. Of a thing that is new or gone as a whole its name is no fact of its own."""
    facts = []
    for side in sides:
        values = values_of(side.new or side.old)
        subject, predicate, value = (next(iter(values.get(name, [])), "") for name in SPO)
        if not subject.startswith(f"{base}id/observation/"):  # the figure tells it
            facts.append((_place(side, base), subject, predicate, value))
    whole = {(place, subject) for place, subject, predicate, _ in facts if predicate == f"{RDF}type"}
    told, spoken_of = [], set()
    for place, subject, predicate, value in facts:
        if not _DERIVED.fullmatch(predicate) and not (_NAMES.fullmatch(predicate) and (place, subject) in whole):
            spoken_of.add((place, subject))
            thing, what, said = (in_words(node, labels) for node in (subject, predicate, value))
            what = "name" if _NAMES.fullmatch(predicate) else what
            told.append((place, " — ".join(map(escaped, (thing, what, said)))))
    told += [(place, f"{escaped(in_words(subject, labels))} is named") for place, subject in whole - spoken_of]
    return told


def _restated(side: Side, labels: Mapping[str, str], base: str) -> str | None:
    """A statement under the same IRI with another value; empty if it has the same; None if a figure tells it."""
    old, new = values_of(side.old), values_of(side.new)
    subject, predicate, value = (next(iter(new.get(name, [])), "") for name in SPO)
    if subject.startswith(f"{base}id/observation/"):
        return None
    before = next(iter(old.get(SPO[2], [])), "")
    said = [escaped(in_words(node, labels)) for node in (subject, predicate, before, value)]
    return "{} — {} — {} → {}".format(*said) if before != value else ""


def _figure(side: Side, labels: Mapping[str, str]) -> str:
    """A figure: what is measured, in which year, its value before and after."""
    old, new = values_of(side.old), values_of(side.new)
    now = new or old
    measures = now.get(_MEASURE, [])
    what = ", ".join(in_words(measure, labels) for measure in measures) or side.subject
    unit = ", ".join(in_words(unit, labels) for unit in now.get(_UNIT, []))
    unit = unit.lower() if unit[1:2].islower() else unit  # but not USD
    period = ", ".join(now.get(_PERIOD, []))

    def value(values: Values) -> str:
        return ", ".join(v for measure in measures for v in values.get(measure, [])) or "none"

    told = [value(values) for values in (old, new) if values]
    numbers = " → ".join(dict.fromkeys(told))
    how = f"; another {aspects(side, labels)}" if old and new and len(set(told)) == 1 else ""
    what = f"{what} ({period})" if period else what
    return escaped(f"{what}: {numbers}{unit and f' {unit}'}{how}")


def _answer(side: Side, labels: Mapping[str, str], base: str, names: Collection[str]) -> str:
    """An answer: its words, before and after where both may be told."""
    text = f"{base}ontology#text"
    old, new = (" ".join(" ".join(values_of(lines).get(text, [])).split()) for lines in (side.old, side.new))
    if not side.new:
        return "the answer is gone"
    if not side.old:
        return f"answered: {escaped(quoted(new))}" if new else "a new answer, without words"
    if old == new:
        return f"the same words, another {escaped(aspects(side, labels))}"
    if not new:
        return "the answer has no words any more"
    before, after = changed_part(old, new)
    if not may_be_told(old, new, names):
        return f"the answer reads otherwise: {escaped(quoted(new))}"
    return f"the answer reads otherwise: {escaped(quoted(before))} → {escaped(quoted(after))}"


def aspects(side: Side, labels: Mapping[str, str]) -> str:
    """The names of the properties in which a thing differs."""
    gone, new = differing(side)
    names = sorted({in_words(triple.predicate.value, labels) for triple in (*gone, *new)})
    return ", ".join(names) or "source"


def _kind(side: Side, base: str) -> str:
    return side.subject.removeprefix(base).split("/")[1]


def _place(side: Side, base: str) -> Place:
    """Country, edition, and question where the IRI tells it."""
    path = side.subject.removeprefix(base).split("/")
    return (path[-1], path[-2], "") if path[1] == "observation" else (path[3], path[2], path[4])


def _questions_of_figures(sides: Iterable[Side], base: str) -> dict[str, Place]:
    """Where the figures that statements are about were asked for."""
    found = {}
    for side in sides:
        if _kind(side, base) == "statement":
            for subject in values_of(side.new or side.old).get(SPO[0], []):
                if subject.startswith(f"{base}id/observation/"):
                    found[subject] = _place(side, base)
    return found


def values_of(lines: Lines) -> Values:
    """The values that lines of one subject give, by property, each once.

    >>> values_of((b'<http://example.org/a> <http://example.org/b> "c" <http://example.org/graph/d> .\\n',))
    {'http://example.org/b': ['c']}
    """
    values: Values = {}
    for quad in parsed(lines):
        kept = values.setdefault(quad.predicate.value, [])
        if (text := text_of(quad.object)) not in kept:
            kept.append(text)
    return values
