"""What is to be found in a dataset, read from its endpoint in parts of bounded size."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, cast

from msqgraph.server.content.hits import Kind
from msqgraph.server.content.texts import Text, text
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Row

PART = 250  # things asked for at once: some thousands of rows
LISTED = 4_000  # things whose IRIs are asked for at once

# by kind, the class of its things and the classes whose things are of another kind; names of countries stand first,
# because what belongs to a country is found with its name, too
_CLASSES: dict[Kind, tuple[str, tuple[str, ...]]] = {
    "country": ("msq:Country", ()),
    "region": ("msq:Region", ()),
    "question": ("msq:Question", ()),
    "code": ("skos:Concept", ("msq:Country", "msq:Region")),
    "agency": ("msq:Agency", ()),
    "portal": ("msq:Portal", ()),
    "law": ("msq:Law", ()),
    "strategy": ("msq:Strategy", ()),
    "organization": ("org:Organization", ("msq:Agency",)),
    "post": ("msq:Post", ()),
    "official": ("msq:Official", ()),
    "answer": ("msq:Answer", ()),
}
_NAMED_IN_ANSWERS = ("agency", "portal", "law", "strategy", "organization", "post", "official")


class Role(IntEnum):
    """What words are for a thing: its name, another name, or something that it says."""

    NAME = 0
    OTHER_NAME = 1
    SAYS = 2


_ROLES = {
    Role.NAME: ("skos:prefLabel", "dct:title", "foaf:name", "msq:wording"),
    Role.OTHER_NAME: ("skos:altLabel", "skos:hiddenLabel", "rdfs:comment", "dct:identifier", "msq:iso2", "msq:iso3"),
    Role.SAYS: ("msq:text", "msq:website", "skos:definition"),
}
# keyset paging: no engine has to sort what was read before; Virtuoso sorts no more than 10,000 rows
_LIST = """\
SELECT DISTINCT ?thing {
  VALUES ?after { }
  ?thing a %s FILTER(STR(?thing) > STR(?after))
  %s
} ORDER BY STR(?thing) LIMIT %d"""
# FILTER, not a second VALUES: Oxigraph would read all triples of each property, ten times as long
_SAID = f"""\
SELECT DISTINCT ?thing ?property ?value {{
  VALUES ?thing {{ }}
  ?thing ?property ?value FILTER(?property IN ({", ".join(name for names in _ROLES.values() for name in names)}))
}}"""
_LED_TO = """\
SELECT DISTINCT ?thing ?other {
  VALUES ?thing { }
  ?thing ?property ?other FILTER(?property IN (msq:country, msq:question, msq:response))
}"""
# what is part of a question, or what it is part of, says something for it: options, fields, sections
_PARTS = """\
SELECT DISTINCT ?thing ?value {
  VALUES ?thing { }
  { ?part dct:isPartOf ?thing MINUS { ?part a msq:Question } } UNION { ?thing dct:isPartOf ?part }
  ?part ?property ?value FILTER(?property IN (msq:wording, rdfs:label))
}"""
_AS_WRITTEN = """\
SELECT DISTINCT ?thing ?value {
  VALUES ?thing { }
  ?mention msq:refersTo ?thing ; ?property ?value
  FILTER(?property IN (msq:nameAsWritten, msq:otherName, msq:titleAsWritten))
}"""
_IN_EDITIONS = """\
SELECT DISTINCT ?thing ?edition {
  VALUES ?thing { }
  ?mention msq:refersTo ?thing . ?answer msq:mentions ?mention ; msq:response ?response . ?response msq:edition ?edition
}"""
_COUNTRY_IN_PATH = re.compile(r"id/[a-z]+/([A-Z]{3})(?:/|$)")
_QUESTION_PATH = re.compile(r"questionnaire/([^/]+)/([^/]+)")
_RESPONSE_PATH = re.compile(r"id/response/([^/]+)/([^/]+)")
_OFFICIAL_PATH = re.compile(r"id/official/[^/]+/[^/]+/([^/]+)")


@dataclass(slots=True)
class Entry:
    """A thing that can be found, with its words by their roles, each once.

    ``parent`` is the IRI of the question that an answer is to.
    """

    iri: str
    kind: Kind
    words: dict[Text, Role] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    editions: set[str] = field(default_factory=set)
    number: str = ""
    parent: str = ""

    def say(self, words: Text, role: Role) -> None:
        """Adds words; those that the thing has already keep their role if it is the better one."""
        if words.value and role < self.words.get(words, Role.SAYS + 1):
            self.words[words] = role


async def entries(asking: Asking) -> AsyncIterator[list[Entry]]:
    """All that can be found, countries first, in parts; what has no words is left out.

    :raises QueryRefused: if the engine does not answer.
    """
    for kind, (class_name, others) in _CLASSES.items():
        async for part in _listed(asking, class_name, others):
            found = [entry for entry in await _read(asking, kind, part) if entry.words]
            if found:
                yield found


async def _listed(asking: Asking, class_name: str, others: Iterable[str]) -> AsyncIterator[list[ox.NamedNode]]:
    import pyoxigraph as ox

    sparql = _LIST % (class_name, " ".join(f"MINUS {{ ?thing a {other} }}" for other in others), LISTED)
    after = ""
    while True:
        rows = await asking.rows(sparql, after=ox.Literal(after))
        listed = [thing for row in rows if isinstance(thing := row["thing"], ox.NamedNode)]
        for start in range(0, len(listed), PART):
            yield listed[start : start + PART]
        if len(rows) < LISTED:
            return
        after = text_of(rows[-1]["thing"])


async def _read(asking: Asking, kind: Kind, things: Sequence[ox.NamedNode]) -> list[Entry]:
    found = {thing.value: Entry(thing.value, kind) for thing in things}
    roles = {term(name, asking.base): role for role, names in _ROLES.items() for name in names}
    for row in await asking.rows(_SAID, thing=things):
        _entry(found, row).say(text(row["value"]), roles[cast("ox.NamedNode", row["property"])])
    if kind == "question":
        for row in await asking.rows(_PARTS, thing=things):
            _entry(found, row).say(text(row["value"]), Role.SAYS)
    if kind in _NAMED_IN_ANSWERS:
        for row in await asking.rows(_AS_WRITTEN, thing=things):
            _entry(found, row).say(text(row["value"]), Role.OTHER_NAME)
        for row in await asking.rows(_IN_EDITIONS, thing=things):
            _entry(found, row).editions.add(text_of(row["edition"]).rpartition("/")[2])
    led_to: dict[str, list[str]] = defaultdict(list)
    for row in await asking.rows(_LED_TO, thing=things):
        led_to[text_of(row["thing"])].append(text_of(row["other"]))
    for entry in found.values():
        _place(entry, led_to[entry.iri], asking.base)
    return list(found.values())


def _entry(found: dict[str, Entry], row: Row) -> Entry:
    return found[text_of(row["thing"])]


def _place(entry: Entry, led_to: Iterable[str], base: str) -> None:
    """Tells the country, the edition and the number of a thing from its IRI and those that it leads to."""
    own = entry.iri.removeprefix(base)
    paths = [iri.removeprefix(base) for iri in led_to]
    entry.countries |= {match[1] for path in (own, *paths) if (match := _COUNTRY_IN_PATH.match(path))}
    if match := _OFFICIAL_PATH.fullmatch(own):
        entry.editions.add(match[1])
    if entry.kind == "question" and (match := _QUESTION_PATH.fullmatch(own)):
        entry.editions.add(match[1])
        entry.number = match[2]
        entry.say(Text(entry.number), Role.OTHER_NAME)
    if entry.kind != "answer":
        return
    for iri, path in zip(led_to, paths, strict=True):
        if match := _QUESTION_PATH.fullmatch(path):
            entry.parent, entry.number = iri, match[2]
        elif match := _RESPONSE_PATH.fullmatch(path):
            entry.editions.add(match[1])
            entry.countries.add(match[2])
