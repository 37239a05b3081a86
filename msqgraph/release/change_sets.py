"""Changes as RDF: a change set for each country and release, in the ChangeSet vocabulary; what is told of releases.

A change set points at statements by their IRIs: ``cs:addition`` and ``cs:removal`` are of reified statements, which
ours are. Answers, figures and terms, and statements that are there as before, are ``msq:changed``. The sets of earlier
releases are carried on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph import iris
from msqgraph.keys import term
from msqgraph.release.about import Release
from msqgraph.release.differences import Change
from msqgraph.stable_names import shows
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

CS = "http://purl.org/vocab/changeset/schema#"
MODEL = "model"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one release: its IRI, title, date, where its list of changes is, and what it changed."""

    iri: str
    title: str
    issued: str | None
    page: str
    summary: str


def change_sets(
    release: Release, changes: Mapping[str, Change], summary: str, carried: Collection[ox.Triple], before: str | None
) -> list[ox.Triple]:
    """The change sets of a release, by ISO 3166-1 code or ``MODEL``, and what is told of it, with those before.

    :param carried: the triples of the release before.
    :param before: the IRI of the release before.
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
    for name, change in changes.items():
        node = ox.NamedNode(iris.absolute(f"release/{release.about.version}/changes/{name}", base))
        subject = iris.absolute("ontology" if name == MODEL else iris.country(name), base)
        of = "the model" if name == MODEL else name
        said += [
            (node, term("rdf:type", base), cs("ChangeSet")),
            (node, term("rdfs:label", base), english(f"Changes of {of} in release {release.about.version}")),
            (node, cs("subjectOfChange"), ox.NamedNode(subject)),
            (node, cs("changeReason"), english(change.said() or "what leads to the facts changed")),
            (node, cs("createdDate"), ox.Literal(release.about.issued) if release.about.issued else None),
            (node, cs("precedingChangeSet"), ox.NamedNode(last[subject]) if subject in last else None),
            (node, term("dct:isPartOf", base), own),
        ]
        for sides, predicate in ((change.added, cs("addition")), (change.removed, cs("removal"))):
            for side in sides:
                is_statement = side.subject.startswith(f"{base}id/statement/")
                said.append(
                    (node, predicate if is_statement else term("msq:changed", base), ox.NamedNode(side.subject))
                )
        said += [(node, term("msq:changed", base), ox.NamedNode(side.subject)) for side in change.changed]
    return [*carried, *(ox.Triple(s, p, o) for s, p, o in said if o is not None)]


def without_names(triples: Iterable[ox.Triple], names: Collection[str]) -> list[ox.Triple]:
    """The triples of earlier releases without those whose IRIs or words tell a name of the forgotten.

    >>> without_names([], ["Ana Paz"])
    []
    """
    return [t for t in triples if not any(shows(text_of(node), names) for node in (t.subject, t.object))]


def told(triples: Iterable[ox.Triple], newest: str) -> list[Told]:
    """What is told of releases, the newest first.

    :param newest: the IRI of the newest release, from which the others follow.
    """
    known: dict[str, dict[str, str]] = {}
    for triple in triples:
        name = triple.predicate.value.replace("#", "/").rpartition("/")[2]
        known.setdefault(text_of(triple.subject), {})[name] = text_of(triple.object)
    found, iri = [], newest
    while iri in known and "title" in known[iri]:
        one = known.pop(iri)
        found.append(Told(iri, one["title"], one.get("issued"), one.get("page", iri), one.get("description", "")))
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
