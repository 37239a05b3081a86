"""The pages of the ontology, the code lists and a form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from docs.generate.diagram import DRAWING
from docs.generate.examples import example_of
from docs.generate.rendering import code_anchor, form_anchor, render
from docs.generate.vocabulary import Resource, Term, curie, mappings, resources, schemes, terms
from msqgraph import assets

_RELATIONS = {
    "built on": ("rdfs:subClassOf", "rdfs:subPropertyOf"),
    "domain": ("rdfs:domain",),
    "range": ("rdfs:range",),
    "inverse of": ("owl:inverseOf",),
    "disjoint with": ("owl:disjointWith", "owl:propertyDisjointWith"),
    "components": ("qb:component",),
    "of": ("qb:dimension", "qb:componentProperty", "qb:attribute"),
    "replaced by": ("dct:isReplacedBy",),
}
_KIND_ORDER = ("class", "object property", "datatype property", "named thing")


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as its page shows it."""

    term: Term
    types: list[str]
    relations: list[tuple[str, list[str]]]
    used_by: list[str]
    example: str


@dataclass(frozen=True, slots=True)
class PartOfForm:
    """A part of the form with its parts."""

    resource: Resource
    anchor: str
    kind: str
    parts: list[PartOfForm]


def ontology_page() -> str:
    """Every term of the ontology: labels, definition, relations, an example from the sample."""
    about = resources("ontology/msq.ttl")[f"{assets.DEFAULT_BASE}ontology"]
    groups = [(group, list(map(_entry, some))) for group, some in groupby(_sorted_terms(), key=lambda term: term.group)]
    return render("ontology.html", about=about, groups=groups, drawing=DRAWING.name)


def codes_page() -> str:
    """Every code list: its codes with their labels, definitions and relations to other vocabularies."""
    lists = [(scheme, code_anchor(scheme.iri), concepts) for scheme, concepts in schemes()]
    return render("codes.html", lists=lists, anchor=code_anchor, mappings=mappings())


def form_page(edition: str) -> str:
    """The form of an edition in printed order: what is asked, how it is answered, what is linked to it."""
    described = resources(f"ontology/questionnaire-{edition}.ttl")
    root = described[f"{assets.DEFAULT_BASE}questionnaire/{edition}"]
    return render("questionnaire.html", form=root, edition=edition, parts=_parts_of(root.iri, root.iri, described))


def _sorted_terms() -> list[Term]:
    order = {term.group: at for at, term in reversed(list(enumerate(terms())))}
    return sorted(terms(), key=lambda term: (order[term.group], _KIND_ORDER.index(term.kind), term.name))


def _entry(term: Term) -> Entry:
    resource = term.resource
    relations = [
        (name, found)
        for name, predicates in _RELATIONS.items()
        if (found := [iri for predicate in predicates for iri in resource.iris(predicate)])
    ]
    used_by = [t.resource.iri for t in terms() if resource.iri in t.resource.iris("rdfs:domain")]
    types = [curie(iri) for iri in resource.iris("rdf:type")]
    return Entry(term, types, relations, used_by, example_of(resource.iri))


def _parts_of(whole: str, root: str, described: dict[str, Resource]) -> list[PartOfForm]:
    own = [resource for resource in described.values() if whole in resource.iris("dct:isPartOf")]
    own.sort(key=lambda resource: (_is_footnote(resource), int(resource.text("msq:position") or 0), resource.iri))
    return [
        PartOfForm(
            part,
            form_anchor(part.iri.removeprefix(f"{root}/")),
            part.iris("rdf:type")[0].rpartition("#")[2],
            _parts_of(part.iri, root, described),
        )
        for part in own
    ]


def _is_footnote(part: Resource) -> bool:
    """Footnotes move with the pages of the form: here they are at its end."""
    return f"{assets.DEFAULT_BASE}ontology#Footnote" in part.iris("rdf:type")
