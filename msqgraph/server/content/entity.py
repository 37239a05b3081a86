"""An agency, law, strategy or portal: what it is called, what is said of it and by whom, and what is linked with it."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Names, Thing, slug_of
from msqgraph.server.content.fact_evidence import Evidence, evidence_by_fact, statement_rows
from msqgraph.server.content.texts import Text, best, text
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Term

MOST_LINKS = 300
CLASSES = {"agencies": "msq:Agency", "laws": "msq:Law", "strategies": "msq:Strategy", "portals": "msq:Portal"}
_OWN = "SELECT ?p ?o { VALUES ?thing { } ?thing ?p ?o } ORDER BY ?p ?o LIMIT 1000"
_LINKS = f"""\
SELECT DISTINCT ?other ?p {{
  {{
    VALUES ?thing {{ }}
    ?other ?p ?thing FILTER(?p NOT IN (rdf:subject, rdf:object, msq:refersTo, msq:evidence, msq:issuedBy))
  }}
  UNION {{ VALUES ?thing {{ }} ?statement rdf:object ?thing ; rdf:predicate ?p ; rdf:subject ?other }}
}}
ORDER BY ?p ?other
LIMIT {MOST_LINKS}"""
_SAME_WEBSITE = f"""\
SELECT DISTINCT ?other ?website {{
  VALUES ?thing {{ }}
  VALUES ?type {{ msq:Agency msq:Law msq:Strategy msq:Portal }}
  ?thing msq:website ?website .
  ?other msq:website ?website ; a ?type FILTER(?other != ?thing)
}}
ORDER BY ?website ?other
LIMIT {MOST_LINKS}"""
# what stands elsewhere on the page, or only says in another vocabulary what is said already
_NAMING = ("skos:prefLabel", "skos:altLabel", "dct:title", "skos:hiddenLabel")
_NOT_SHOWN = ("rdf:type", "dct:spatial", "foaf:page", "eli:jurisdiction", "dct:source", "prov:wasDerivedFrom")
# what is said first of things
_FIRST = (
    "portalType", "leadsEGovernment", "leadsNewTechnologies", "responsibleFor", "strategyType", "hasFeature",
    "type_document", "number", "year", "date_document", "legalTopic", "passed_by", "website", "country",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A fact about the thing. ``value`` is a thing, or words; ``still_stands`` is False if only the past says so."""

    predicate: Thing
    value: Thing | Text
    evidence: tuple[Evidence, ...]
    still_stands: bool = True

    @property
    def iri(self) -> str:
        """The IRI of the value, or nothing."""
        return self.value.iri if isinstance(self.value, Thing) else ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that governments name.

    ``names`` are all names with the kind of each (prefLabel, altLabel, title, hiddenLabel) and their evidence.
    ``sources`` are others than governments that name it. ``links`` are things that something is said of with it as
    object: (what is said, of what). ``same_website`` are other things to which the same address is given.
    ``editions`` name it, the latest first. ``is_cut`` says that not all statements are here.
    """

    iri: str
    kind: str
    name: Text
    names: tuple[tuple[str, Text, tuple[Evidence, ...]], ...]
    facts: tuple[Said, ...]
    sources: tuple[Thing, ...]
    links: tuple[tuple[Thing, Thing], ...]
    same_website: tuple[tuple[str, Thing], ...]
    editions: tuple[str, ...]
    is_cut: bool = False

    @property
    def countries(self) -> tuple[Said, ...]:
        """The facts that tell its country."""
        return tuple(said for said in self.facts if slug_of(said.predicate.iri) == "country")

    @property
    def websites(self) -> tuple[str, ...]:
        """The addresses given for it."""
        return tuple(said.iri for said in self.facts if slug_of(said.predicate.iri) == "website" and said.iri)


async def entity(asking: Asking, kind: str, path: str, language: str) -> Entity | None:
    """A thing of a kind by the path of its IRI; None if the data have no such thing.

    :param kind: ``agencies``, ``laws``, ``strategies`` or ``portals``.
    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    thing = ox.NamedNode(asking.base + path)
    own = [(text_of(row["p"]), row["o"]) for row in await asking.rows(_OWN, thing=thing)]
    rows = await statement_rows(asking, thing)
    said = [(text_of(row["predicate"]), row["object"]) for row in rows.statements]
    if (term("rdf:type").value, term(CLASSES[kind], asking.base)) not in {*own, *said}:
        return None
    linked, sharing = await gather(asking.rows(_LINKS, thing=thing), asking.rows(_SAME_WEBSITE, thing=thing))
    links = [(text_of(row["p"]), text_of(row["other"])) for row in linked]
    shared = [(text_of(row["website"]), text_of(row["other"])) for row in sharing]
    iris = {value.value for _, value in {*own, *said} if isinstance(value, ox.NamedNode)}
    iris |= {predicate for predicate, _ in {*own, *said}} | {iri for link in links for iri in link}
    names = await Names.of(asking, iris | {other for _, other in shared} | rows.named, language)
    evidence = evidence_by_fact(rows, names)
    called = _names(own, said, evidence)
    return Entity(
        thing.value,
        kind,
        _name(called, language),
        called,
        _facts(own, said, evidence, names),
        tuple(names.thing(text_of(value)) for predicate, value in own if predicate == term("dct:source").value),
        tuple((names.thing(predicate), names.thing(other)) for predicate, other in links),
        tuple((website, names.thing(other)) for website, other in shared),
        tuple(sorted({one.edition for every in evidence.values() for one in every}, reverse=True)),
        rows.is_cut,
    )


def _names(
    own: list[tuple[str, Term]], said: list[tuple[str, Term]], evidence: dict[tuple[str, Term], tuple[Evidence, ...]]
) -> tuple[tuple[str, Text, tuple[Evidence, ...]], ...]:
    """All names, those of today first, each once."""
    order = {term(name).value: place for place, name in enumerate(_NAMING)}
    found: dict[Text, tuple[str, Text, tuple[Evidence, ...]]] = {}
    for predicate, value in sorted({*own, *said}, key=lambda fact: (order.get(fact[0], 9), str(fact[1]))):
        if predicate in order:
            found.setdefault(text(value), (slug_of(predicate), text(value), evidence.get((predicate, value), ())))
    return tuple(found.values())


def _name(called: tuple[tuple[str, Text, tuple[Evidence, ...]], ...], language: str) -> Text:
    main = [words for kind, words, _ in called if kind in ("prefLabel", "title")]
    return best(main or [words for _, words, _ in called], language)


def _facts(
    own: list[tuple[str, Term]],
    said: list[tuple[str, Term]],
    evidence: dict[tuple[str, Term], tuple[Evidence, ...]],
    names: Names,
) -> tuple[Said, ...]:
    import pyoxigraph as ox

    hidden = {term(name).value for name in (*_NAMING, *_NOT_SHOWN)}
    today = set(own)

    def place(fact: tuple[str, Term]) -> tuple[int, str, str]:
        local = slug_of(fact[0])
        return (_FIRST.index(local) if local in _FIRST else len(_FIRST), fact[0], str(fact[1]))

    return tuple(
        Said(
            names.thing(predicate),
            names.thing(value.value) if isinstance(value, ox.NamedNode) else text(value),
            evidence.get((predicate, value), ()),
            (predicate, value) in today,
        )
        for predicate, value in sorted({*own, *said}, key=place)
        if predicate not in hidden
    )
