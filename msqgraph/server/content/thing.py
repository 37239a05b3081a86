"""Any resource of the data: what is said of it and of what it is said, with bounds and the numbers of the whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Names, Thing
from msqgraph.server.content.fact_evidence import Evidence
from msqgraph.server.content.texts import Text, best, text
from msqgraph.server.dataset_graphs import is_graph_of_dataset
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Row, Term

MOST_OWN, MOST_EACH = 500, 25
_MOST_SORTED = 300  # subjects of a predicate that are put in order: for more, the engine's first ones are taken
_COUNT_OWN = "SELECT (COUNT(*) AS ?n) { VALUES ?thing { } ?thing ?p ?o }"
_OWN = f"SELECT ?p ?o {{ VALUES ?thing {{ }} ?thing ?p ?o }} ORDER BY ?p ?o LIMIT {MOST_OWN}"
_COUNT_INCOMING = "SELECT ?p (COUNT(?s) AS ?n) { VALUES ?thing { } ?s ?p ?thing } GROUP BY ?p ORDER BY ?p"
_INCOMING = "SELECT ?s { VALUES ?thing { } VALUES ?p { } ?s ?p ?thing }"
_GRAPH = "SELECT (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } VALUES ?graph { } }"
_EVIDENCE = """\
SELECT ?answer ?quote ?fragment {
  VALUES ?statement { }
  ?statement prov:wasDerivedFrom ?answer . ?answer msq:status ?status .
  OPTIONAL {
    ?statement prov:wasDerivedFrom ?source . ?source oa:hasSelector ?selector .
    { ?selector oa:exact ?quote } UNION { ?selector rdf:value ?fragment FILTER(STRSTARTS(STR(?fragment), "page=")) }
  }
}"""
_DEFINING = ("skos:definition", "dct:description", "rdfs:comment", "skos:scopeNote")
_NAMING = ("skos:prefLabel", "rdfs:label", "dct:title", "foaf:name", "msq:label", "msq:nameAsWritten", "msq:wording")


@dataclass(frozen=True, slots=True)
class Value:
    """An object of a triple: a thing, or words with the datatype's local name where it is no text."""

    text: Text
    iri: str = ""
    datatype: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """What a predicate leads to from the thing."""

    predicate: Thing
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """What leads to the thing by a predicate: some of ``count`` in all."""

    predicate: Thing
    count: int
    subjects: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class AnyThing:
    """A resource. ``own_count`` counts all triples that it is the subject of, of which ``own`` shows ``MOST_OWN``.

    ``statement`` is subject, predicate and object where it is a statement, ``evidence`` what that stands on.
    ``triples_inside`` counts the triples of a named graph.
    """

    iri: str
    label: Text
    definition: Text
    types: tuple[Thing, ...]
    own: tuple[Own, ...]
    own_count: int
    incoming: tuple[Incoming, ...]
    statement: tuple[Value, Value, Value] | None = None
    evidence: tuple[Evidence, ...] = ()
    triples_inside: int = 0


async def any_thing(asking: Asking, path: str, language: str) -> AnyThing | None:
    """What the data say of an IRI by its path under the base; None if they say nothing.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    thing = ox.NamedNode(asking.base + path)
    own = sorted(await asking.rows(_OWN, thing=thing), key=lambda row: (text_of(row["p"]), str(row["o"])))
    counted = await asking.rows(_COUNT_INCOMING, thing=thing)
    inside = 0
    if is_graph_of_dataset(path):
        (row,) = await asking.rows(_GRAPH, graph=thing)
        inside = int(text_of(row["n"]))
    if not own and not counted and not inside:
        return None
    own_count = len(own)
    if own_count == MOST_OWN:
        (row,) = await asking.rows(_COUNT_OWN, thing=thing)
        own_count = int(text_of(row["n"]))
    subjects = {text_of(row["p"]): await _subjects(asking, thing, row) for row in counted}
    iris = {thing.value, *subjects, *(iri for each in subjects.values() for iri in each)}
    iris |= {value.value for row in own for value in row.values() if isinstance(value, ox.NamedNode)}
    names = await Names.of(asking, iris, language)
    told: dict[str, list[Term]] = {}
    for row in own:
        told.setdefault(text_of(row["p"]), []).append(row["o"])
    is_statement = term("msq:Statement", asking.base) in told.get(term("rdf:type").value, ())
    return AnyThing(
        thing.value,
        _words(told, _NAMING, language, asking.base),
        _words(told, _DEFINING, language, asking.base),
        names.things(told.get(term("rdf:type").value, ())),
        tuple(Own(names.thing(predicate), _values(values, names)) for predicate, values in told.items()),
        own_count,
        tuple(
            Incoming(
                names.thing(text_of(row["p"])),
                int(text_of(row["n"])),
                tuple(map(names.thing, subjects[text_of(row["p"])])),
            )
            for row in counted
        ),
        _statement(told, names) if is_statement else None,
        await _evidence(asking, thing) if is_statement else (),
        inside,
    )


async def _subjects(asking: Asking, thing: ox.NamedNode, counted: Row) -> list[str]:
    """Some of what leads to a thing by a predicate, in order where they are few enough to be put in one."""
    order = "ORDER BY ?s" if int(text_of(counted["n"])) <= _MOST_SORTED else ""
    rows = await asking.rows(f"{_INCOMING} {order} LIMIT {MOST_EACH}", thing=thing, p=counted["p"])
    return sorted(text_of(row["s"]) for row in rows)


def _words(told: dict[str, list[Term]], properties: tuple[str, ...], language: str, base: str) -> Text:
    """The words of the first property that there is, in the language of the reader."""
    for name in properties:
        if values := told.get(term(name, base).value):
            return best(map(text, values), language)
    return Text("")


def _values(values: list[Term], names: Names) -> tuple[Value, ...]:
    return tuple(_value(value, names) for value in values)


def _value(value: Term, names: Names) -> Value:
    import pyoxigraph as ox

    if isinstance(value, ox.NamedNode):
        return Value(names.text(value.value), value.value)
    local = value.datatype.value.partition("#")[2]
    return Value(text(value), datatype="" if local in ("string", "langString") else local)


def _statement(told: dict[str, list[Term]], names: Names) -> tuple[Value, Value, Value] | None:
    parts = [told.get(term(f"rdf:{part}").value, []) for part in ("subject", "predicate", "object")]
    if not all(parts):
        return None
    subject, predicate, value = (_value(values[0], names) for values in parts)
    return subject, predicate, value


async def _evidence(asking: Asking, statement: ox.NamedNode) -> tuple[Evidence, ...]:
    """The answers that a statement was understood from, with the narrowest quote and the page."""
    quotes: dict[str, list[Text]] = {}
    pages: dict[str, str] = {}
    for row in await asking.rows(_EVIDENCE, statement=statement):
        answer = text_of(row["answer"])
        quotes.setdefault(answer, [])
        if "quote" in row:
            quotes[answer].append(text(row["quote"]))
        elif "fragment" in row:
            pages[answer] = text_of(row["fragment"]).removeprefix("page=")
    found = []
    for answer, texts in sorted(quotes.items()):
        edition, country, number = answer.split("/")[-3:]
        quote = min(texts, key=lambda one: (len(one.value), one.value), default=None)
        found.append(Evidence(statement.value, answer, edition, country, number, None, quote, pages.get(answer, "")))
    return tuple(found)
