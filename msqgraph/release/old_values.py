"""What was said before and is told again in a list of changes: only what may be, and only while it is news.

Words that an answer no longer has may hold what has been withheld since. They are left out where more is withheld now
than was then, where they show personal data, and where they spell the name of somebody who was forgotten. Who held a
post is not told again at all: they may be forgotten later, when nobody can tell any more which words were their name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from msqgraph.person_names import MARKER
from msqgraph.release.personal_gate import personal_in
from msqgraph.release.sorted_quads import Lines, Side, parsed
from msqgraph.stable_names import shows
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPO = (f"{RDF}subject", f"{RDF}predicate", f"{RDF}object")
_INFERRED = b"/graph/inferred/"
# what holds the dataset together, and says nothing that a government said
_LEADS = re.compile(
    r".*(?:22-rdf-syntax-ns#type|oa#hasSelector|/terms/hasPart|/ns/prov#\w+|#(?:mentions|doubt|response|question))"
)
_OF_PEOPLE = "id/official/"


def may_be_told(old: str, new: str, names: Collection[str]) -> bool:
    """Whether words that are no longer said may be quoted beside those that took their place.

    >>> may_be_told("5%", "7%", ()), may_be_told("Name: Ana Paz", "Name: [withheld]", ())
    (True, False)
    """
    return old.count(MARKER) >= new.count(MARKER) and not shows(old, names) and not any(personal_in(old, True))


def differing(side: Side) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """The triples that say something and are on one side alone: gone, and new."""
    old, new = _said(side.old), _said(side.new)
    return sorted(old - new, key=str), sorted(new - old, key=str)


def removed_statement(side: Side, base: str, names: Collection[str]) -> list[ox.Triple]:
    """Subject, predicate and object of a statement that is no longer made; nothing if a person is in it."""
    told = [quad.triple for quad in parsed(side.old) if quad.predicate.value in SPO]
    return sorted(set(told), key=str) if not any(is_private(triple, base, names) for triple in told) else []


def is_private(triple: ox.Triple, base: str, names: Collection[str]) -> bool:
    """Whether a triple of an older release has a person in it, or personal data that was withheld since."""
    text = text_of(triple.object)
    is_of_people = any(text_of(node).startswith(base + _OF_PEOPLE) for node in (triple.subject, triple.object))
    return is_of_people or shows(text, names) or any(personal_in(text, "://" in text))


def _said(lines: Lines) -> set[ox.Triple]:
    quads = parsed(tuple(line for line in lines if _INFERRED not in line))
    return {quad.triple for quad in quads if not _LEADS.fullmatch(quad.predicate.value)}
