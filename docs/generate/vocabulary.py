"""The ontology, the code lists and the form as records that a page or a diagram can show.

Everything is read from the Turtle files at build time; a term's group is the heading under which ``ontology/msq.ttl``
declares it, because RDF itself has no place for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import pyoxigraph as ox

from msqgraph import assets
from msqgraph.namespaces import prefixes

LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
    "zh": "中文",
}
SCHEME, CONCEPT = "http://www.w3.org/2004/02/skos/core#ConceptScheme", "http://www.w3.org/2004/02/skos/core#Concept"
_HEADING = re.compile(r"^#{5,} (?P<heading>.+)$|^msq:(?P<term>\w+) a ", re.MULTILINE)
_OTHER_PREFIXES = {"bibo": "http://purl.org/ontology/bibo/", "dcat": "http://www.w3.org/ns/dcat#"}
_SHORT = {**prefixes(), **_OTHER_PREFIXES}
_KINDS = {"Class": "class", "ObjectProperty": "object property", "DatatypeProperty": "datatype property"}


@dataclass(frozen=True, slots=True)
class Resource:
    """A thing that a Turtle file describes: its values by predicate as a prefixed name, in the order of their text."""

    iri: str
    values: dict[str, tuple[ox.NamedNode | ox.Literal, ...]] = field(default_factory=dict)

    def iris(self, predicate: str) -> list[str]:
        """The values that are IRIs."""
        return [value.value for value in self.values.get(predicate, ()) if isinstance(value, ox.NamedNode)]

    def texts(self, predicate: str) -> dict[str, str]:
        """The texts by language, the six official languages of the United Nations first."""
        found = {v.language or "": v.value for v in self.values.get(predicate, ()) if isinstance(v, ox.Literal)}
        return {language: found[language] for language in sorted(found, key=_language_order)}

    def text(self, *predicates: str) -> str:
        """The English text, else the first one, of the first of the predicates that has any."""
        for predicate in predicates:
            found = self.texts(predicate)
            if found:
                return found.get("en") or next(iter(found.values()))
        return ""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology: ``group`` is the heading of the file that it stands under."""

    name: str
    kind: str
    group: str
    resource: Resource


def curie(iri: str) -> str:
    """An IRI as a prefixed name, or a path under the base, or as it is.

    >>> curie("http://www.w3.org/ns/org#Post"), curie("https://w3id.org/msqgraph/code/unit")
    ('org:Post', 'code/unit')
    """
    for prefix, namespace in _SHORT.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(assets.DEFAULT_BASE)


@cache
def resources(*names: str) -> dict[str, Resource]:
    """What the named assets describe, by IRI, sorted.

    >>> resources("ontology/msq.ttl")["https://w3id.org/msqgraph/ontology#Agency"].text("rdfs:label")
    'agency'
    """
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = {}
    for name in names:
        for triple in ox.parse(assets.read_text(name), format=ox.RdfFormat.TURTLE):
            if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
                values = found.setdefault(triple.subject.value, {})
                values.setdefault(curie(triple.predicate.value), []).append(triple.object)
    return {
        iri: Resource(iri, {predicate: tuple(sorted(some, key=str)) for predicate, some in values.items()})
        for iri, values in sorted(found.items())
    }


@cache
def terms() -> tuple[Term, ...]:
    """The terms that are the ontology's own, group by group in the order of the file, in a group by name.

    >>> [term.kind for term in terms() if term.name == "responsibleFor"]
    ['object property']
    """
    groups = _groups()
    order = list(dict.fromkeys(groups.values()))
    namespace = prefixes()["msq"]
    found = []
    for iri, resource in resources("ontology/msq.ttl").items():
        name = iri.removeprefix(namespace)
        if name != iri and "rdf:type" in resource.values:
            found.append(Term(name, _kind(resource), groups.get(name, ""), resource))
    return tuple(sorted(found, key=lambda term: (order.index(term.group) if term.group else -1, term.name)))


def schemes() -> list[tuple[Resource, list[Resource]]]:
    """The code lists with their concepts, both by IRI.

    >>> [len(concepts) for scheme, concepts in schemes() if scheme.iri.endswith("/policy-area")]
    [9]
    """
    described = resources("ontology/codes.ttl")
    found: dict[str, list[Resource]] = {iri: [] for iri, r in described.items() if SCHEME in r.iris("rdf:type")}
    for resource in described.values():
        for scheme in resource.iris("skos:inScheme"):
            found[scheme].append(resource)
    return [(described[scheme], concepts) for scheme, concepts in found.items()]


def mappings() -> dict[str, list[tuple[str, str]]]:
    """By concept of ours, how it is related to which concept of another vocabulary."""
    found: dict[str, list[tuple[str, str]]] = {}
    for iri, resource in resources(*assets.names("ontology/alignments", ".ttl")).items():
        for predicate in resource.values:
            if predicate.startswith("skos:") and predicate.endswith("Match"):
                found.setdefault(iri, []).extend((predicate, other) for other in resource.iris(predicate))
    return found


def _groups() -> dict[str, str]:
    """The heading that each term of the ontology's file stands under."""
    heading, found = "", {}
    for match in _HEADING.finditer(assets.read_text("ontology/msq.ttl")):
        if match["heading"]:
            heading = match["heading"].strip()
        else:
            found[match["term"]] = heading
    return found


def _kind(resource: Resource) -> str:
    for iri in resource.iris("rdf:type"):
        kind = _KINDS.get(curie(iri).removeprefix("owl:"))
        if kind:
            return kind
    return "named thing"


def _language_order(language: str) -> tuple[int, str]:
    known = list(LANGUAGES)
    return (known.index(language) if language in known else len(known), language)
