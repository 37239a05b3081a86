"""Changes as RDF: a change set for each country and release, in the ChangeSet vocabulary; what is told of releases.

A change set points at statements by their IRIs: ``cs:addition`` and ``cs:removal`` are of reified statements, which
ours are. Those that went are described in the set, since nothing else does so any more. Answers, figures and terms, and
statements that are there as before, are ``msq:changed``; what they said and say is told in statements of the set. The
sets of earlier releases are carried on, but for the words of answers: these are news once (:mod:`old_values`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph import iris
from msqgraph.release.about import Release
from msqgraph.release.differences import Change
from msqgraph.release.old_values import RDF, SPO, differing, is_private, may_be_told, removed_statement
from msqgraph.release.sorted_quads import Side, parsed
from msqgraph.stable_names import shows
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

CS = "http://purl.org/vocab/changeset/schema#"
MODEL, THE_RELEASE = "model", ""  # the last for what is of no country, as a portal
_ANSWERS_WORDS = re.compile(r".*/changes/[A-Z]{3}/(?:addition|removal)/id/response/.*")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed tells of one release: its IRI, title, date, where its list of changes is, and what it changed."""

    iri: str
    title: str
    issued: str | None
    page: str
    summary: str


def change_sets(
    release: Release,
    changes: Mapping[str, Change],
    summary: str,
    carried: Collection[ox.Triple],
    before: str | None,
    buried: Mapping[str, Iterable[str]] | None = None,
    names: Collection[str] = (),
) -> list[ox.Triple]:
    """The change sets of a release, by ISO 3166-1 code or ``MODEL``, and what is told of it, with those before.

    :param carried: the triples of the release before.
    :param before: the IRI of the release before.
    :param buried: the IRIs that were withdrawn or forgotten, by the set that they belong to.
    :param names: those of the forgotten, which must not be shown.
    """
    import pyoxigraph as ox

    base = release.base

    def english(text: str) -> ox.Literal:
        return ox.Literal(text, language="en")

    def cs(name: str) -> ox.NamedNode:
        return ox.NamedNode(CS + name)

    own = ox.NamedNode(release.iri)
    day = ox.Literal(release.about.issued, datatype=term("xsd:date", base)) if release.about.issued else None
    said: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal | None]] = [
        (own, term("rdf:type", base), term("prov:Entity", base)),
        (own, term("dct:title", base), english(f"Release {release.about.version}")),
        (own, term("dct:issued", base), day),
        (own, term("dct:description", base), english(summary)),
        (own, term("foaf:page", base), ox.NamedNode(f"{release.address}changes.md")),
        (own, term("prov:wasRevisionOf", base), ox.NamedNode(before) if before else None),
    ]
    last = latest_sets(carried, before)
    described: list[ox.Triple] = []
    by_set = dict(buried or {})
    said += [(own, term("msq:changed", base), ox.NamedNode(iri)) for iri in by_set.pop(THE_RELEASE, ())]
    for name, change in sorted({**{key: Change() for key in by_set}, **changes}.items()):
        node = ox.NamedNode(iris.absolute(f"release/{release.about.version}/changes/{name}", base))
        subject = iris.absolute("ontology" if name == MODEL else iris.country(name), base)
        of = "the model" if name == MODEL else name
        said += [
            (node, term("rdf:type", base), cs("ChangeSet")),
            (node, term("rdfs:label", base), english(f"Changes of {of} in release {release.about.version}")),
            (node, cs("subjectOfChange"), ox.NamedNode(subject)),
            (node, cs("changeReason"), english(_reason(change, name in by_set))),
            (node, cs("createdDate"), ox.Literal(release.about.issued) if release.about.issued else None),
            (node, cs("precedingChangeSet"), ox.NamedNode(last[subject]) if subject in last else None),
            (node, term("dct:isPartOf", base), own),
        ]
        changed = {*(side.subject for side in change.changed), *by_set.get(name, ())}
        for sides, verb in ((change.added, "addition"), (change.removed, "removal"), (change.changed, "")):
            for side in sides:
                if verb and side.subject.startswith(f"{base}id/statement/"):
                    said.append((node, cs(verb), ox.NamedNode(side.subject)))
                    told = removed_statement(side, base, names) if verb == "removal" else []
                    described += [*told, *_typed({triple.subject for triple in told})]
                else:
                    changed.add(side.subject)
                    described += _values(node, side, base, names) if verb != "addition" else []
        said += [(node, term("msq:changed", base), ox.NamedNode(iri)) for iri in sorted(changed)]
    return [*carried, *(ox.Triple(s, p, o) for s, p, o in said if o is not None), *described]


def _reason(change: Change, has_buried: bool) -> str:
    return change.said() or ("IRIs were withdrawn" if has_buried else "what leads to the facts changed")


def _values(node: ox.NamedNode, side: Side, base: str, names: Collection[str]) -> Iterator[ox.Triple]:
    """What a thing said before and says now, as statements of a change set."""
    import pyoxigraph as ox

    gone, new = _facts(side, base)
    words = {t.predicate: text_of(t.object) for t in new}  # an answer has its words once
    for verb, triples in (("removal", gone), ("addition", new if side.old else [])):
        for number, triple in enumerate(triples, 1):
            text = text_of(triple.object)
            is_untold = is_private(triple, base, names) or (
                verb == "removal" and not may_be_told(text, words.get(triple.predicate, ""), names)
            )
            if is_untold:
                continue
            path = side.subject.removeprefix(base).replace("#", "/")
            one = ox.NamedNode(f"{node.value}/{verb}/{path}/{number}")
            yield ox.Triple(node, ox.NamedNode(CS + verb), one)
            yield from _typed([one])
            for name, value in zip(SPO, (triple.subject, triple.predicate, triple.object), strict=True):
                yield ox.Triple(one, ox.NamedNode(name), value)


def _facts(side: Side, base: str) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """The triples that are gone and new; of a statement the one that it states, if a figure does not tell it."""
    import pyoxigraph as ox

    if not side.subject.startswith(f"{base}id/statement/"):
        return differing(side)
    stated: list[set[ox.Triple]] = []
    for lines in (side.old, side.new):
        told = {quad.predicate.value: quad.object for quad in parsed(lines) if quad.predicate.value in SPO}
        subject, predicate, value = (told.get(name) for name in SPO)
        stated.append(set())
        if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None:
            is_figure = subject.value.startswith(f"{base}id/observation/")
            stated[-1] |= set() if is_figure else {ox.Triple(subject, predicate, value)}
    return sorted(stated[0] - stated[1], key=str), sorted(stated[1] - stated[0], key=str)


def _typed(nodes: Iterable[ox.NamedNode | ox.BlankNode | ox.Triple]) -> list[ox.Triple]:
    import pyoxigraph as ox

    return [ox.Triple(node, ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{RDF}Statement")) for node in nodes]


def carried_on(triples: Iterable[ox.Triple], names: Collection[str]) -> list[ox.Triple]:
    """The triples of earlier releases without the words of answers, and without what tells a name of the forgotten.

    >>> carried_on([], ["Ana Paz"])
    []
    """
    return [t for t in triples if not any(_is_left_behind(text_of(node), names) for node in (t.subject, t.object))]


def _is_left_behind(text: str, names: Collection[str]) -> bool:
    return _ANSWERS_WORDS.fullmatch(text) is not None or shows(text, names)


def feed_entries(triples: Iterable[ox.Triple], newest: str) -> list[FeedEntry]:
    """What a feed tells of releases, the newest first.

    :param newest: the IRI of the newest release, from which the others follow.
    """
    known: dict[str, dict[str, str]] = {}
    for triple in triples:
        name = triple.predicate.value.replace("#", "/").rpartition("/")[2]
        known.setdefault(text_of(triple.subject), {})[name] = text_of(triple.object)
    found, iri = [], newest
    while iri in known and "title" in known[iri]:
        one = known.pop(iri)
        found.append(FeedEntry(iri, one["title"], one.get("issued"), one.get("page", iri), one.get("description", "")))
        iri = one.get("wasRevisionOf", "")
    return found


def latest_sets(carried: Iterable[ox.Triple], before: str | None) -> dict[str, str]:
    """The latest change set of each subject, which is the one that no other follows."""
    subjects: dict[str, str] = {}
    followed: set[str] = set()
    for triple in carried if before else ():
        if triple.predicate.value == CS + "subjectOfChange":
            subjects[text_of(triple.subject)] = text_of(triple.object)
        elif triple.predicate.value == CS + "precedingChangeSet":
            followed.add(text_of(triple.object))
    return {subject: node for node, subject in sorted(subjects.items()) if node not in followed}
