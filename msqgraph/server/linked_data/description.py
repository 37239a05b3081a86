"""What is said of a thing: as subject, as object, in statements with their evidence, and the names of its neighbours.

Everything is asked from bound terms and has a bound, so that a description costs little however large the data are.
What a bound leaves off is counted, and told with the query that finds it all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from msqgraph.server.linked_data.existence import MOST_OWN, own_triples
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Row

MOST_INCOMING, MOST_STATEMENTS, MOST_EVIDENCE, MOST_LABELLED = 200, 100, 400, 600
_AT_ONCE = 200  # terms in a query
MOST_SORTED, MOST_COUNTED = 5_000, 20_000
# Nothing is sorted by the engine: to sort what leads to a code that a million triples use takes a minute, to take the
# first of it no time. Where they are few, they are sorted here; of more, which come first is the engine's choice, and
# Oxigraph's is the same for the same store.
_INCOMING = """\
SELECT ?s ?p {
  VALUES ?thing { } ?s ?p ?thing FILTER(?p NOT IN (rdf:subject, rdf:object, rdf:predicate))
}"""
# what these statements say of others stands as a triple as well, so they come last
_IN_STATEMENTS = """\
SELECT ?s ?p {
  VALUES ?thing { } VALUES ?p { rdf:object rdf:predicate } ?s ?p ?thing
}"""
_STATEMENTS = "SELECT ?statement { VALUES ?thing { } ?statement rdf:subject ?thing }"
_COUNT_INCOMING = f"""\
SELECT (COUNT(*) AS ?n) {{
  SELECT ?s ?p {{ VALUES ?thing {{ }} ?s ?p ?thing FILTER(?p != rdf:subject) }} LIMIT {MOST_COUNTED}
}}"""
_COUNT_STATEMENTS = f"""\
SELECT (COUNT(*) AS ?n) {{
  SELECT ?statement {{ VALUES ?thing {{ }} ?statement rdf:subject ?thing }} LIMIT {MOST_COUNTED}
}}"""
_COUNT_OWN = f"""\
SELECT (COUNT(*) AS ?n) {{ SELECT ?p ?o {{ VALUES ?thing {{ }} ?thing ?p ?o }} LIMIT {MOST_COUNTED} }}"""
_SAID_OF = "CONSTRUCT { ?thing ?p ?o } WHERE { VALUES ?thing { } ?thing ?p ?o }"
# FILTER, not a second VALUES: Oxigraph would read all triples of each property, ten times as long
_LABELS = """\
CONSTRUCT { ?thing ?label ?text } WHERE {
  VALUES ?thing { }
  ?thing ?label ?text FILTER(?label IN (skos:prefLabel, rdfs:label, dct:title, foaf:name))
}"""
_TERMS = "CONSTRUCT { ?term ?p ?o } WHERE { VALUES ?thing { } ?term rdfs:isDefinedBy ?thing . ?term ?p ?o }"


@dataclass(slots=True)
class Description:
    """Triples about a thing, and in words what was left off."""

    triples: set[ox.Triple]
    left_off: list[str] = field(default_factory=list)


async def described(asking: Asking, path: str, own: Collection[ox.Triple] | None = None) -> Description:
    """The description of a thing; it is empty if the data know nothing of it.

    An ontology is described with all its terms, since these are addressed as parts of it; a version of one likewise.

    :param own: its triples as subject, if they are known already (:func:`own_triples`).
    :raises QueryRefused: if the engine does not answer.
    """
    thing = ox.NamedNode(asking.base + path)
    own = await own_triples(asking, path) if own is None else own
    found = Description(set(own))
    if term("owl:Ontology") in {triple.object for triple in own}:
        found.triples |= set(await asking.triples(_TERMS, thing=thing))
        return found
    if len(own) > MOST_OWN:
        found.triples = set(sorted(own, key=str)[:MOST_OWN])
        await _tell(asking, found, _COUNT_OWN, thing, MOST_OWN, "of the triples about it")
    incoming = await _incoming(asking, thing)
    if not own and (versioned := _ontology_of(incoming)):
        found.triples |= set(incoming) | set(await asking.triples(_SAID_OF, thing=versioned))
        found.triples |= set(await asking.triples(_TERMS, thing=versioned))
        return found
    if len(incoming) > MOST_INCOMING:
        incoming = incoming[:MOST_INCOMING]
        await _tell(asking, found, _COUNT_INCOMING, thing, MOST_INCOMING, "of the triples that lead to it")
    found.triples |= set(incoming)
    statements = await _statements(asking, thing, found)
    await _evidence(asking, [*own, *statements], found)
    await _labels(asking, found)
    return found


async def _incoming(asking: Asking, thing: ox.NamedNode) -> list[ox.Triple]:
    """Triples that lead to a thing, but for those of the statements about it; one more than is taken, if there are."""
    rows = await _first(asking, _INCOMING, thing, MOST_INCOMING + 1)
    if len(rows) <= MOST_INCOMING:
        rows += await _first(asking, _IN_STATEMENTS, thing, MOST_INCOMING + 1 - len(rows))
    return [ox.Triple(row["s"], row["p"], thing) for row in rows]  # type: ignore[arg-type]


async def _first(asking: Asking, query: str, thing: ox.NamedNode, most: int) -> list[Row]:
    """The first rows, of all in order if they are few enough to be sorted."""
    rows = await asking.rows(f"{query} LIMIT {most}", thing=thing)
    if len(rows) == most:
        rows = await asking.rows(f"{query} LIMIT {MOST_SORTED}", thing=thing)
    return sorted(rows, key=lambda row: [str(term) for term in row.values()])[:most]


async def _statements(asking: Asking, thing: ox.NamedNode, found: Description) -> list[ox.Triple]:
    """Adds the statements about a thing; returns their triples."""
    rows = await _first(asking, _STATEMENTS, thing, MOST_STATEMENTS + 1)
    statements = [row["statement"] for row in rows if isinstance(row["statement"], ox.NamedNode)]
    if len(statements) > MOST_STATEMENTS:
        statements = statements[:MOST_STATEMENTS]
        await _tell(asking, found, _COUNT_STATEMENTS, thing, MOST_STATEMENTS, "of the statements about it")
    triples = await _said_of(asking, statements)
    found.triples |= set(triples)
    return triples


async def _evidence(asking: Asking, told: Iterable[ox.Triple], found: Description) -> None:
    """Adds the answers, mentions and documents that facts were derived from, and the quotes of all of these."""
    derived = _objects(told, term("prov:wasDerivedFrom"), asking.base)
    if len(derived) > MOST_EVIDENCE:
        found.left_off.append(f"{len(derived) - MOST_EVIDENCE} of the answers and mentions that it was understood from")
    evidence = await _said_of(asking, derived[:MOST_EVIDENCE])
    quotes = _objects([*told, *evidence], term("oa:hasSelector"), asking.base)
    found.triples |= set(evidence) | set(await _said_of(asking, quotes[: 2 * MOST_EVIDENCE]))


async def _labels(asking: Asking, found: Description) -> None:
    """Adds what everything is called that is named in the triples, in all languages."""
    named = {one for triple in found.triples for one in (triple.subject, triple.object)}
    ours = _ours(named, asking.base)
    if len(ours) > MOST_LABELLED:
        found.left_off.append(f"the labels of {len(ours) - MOST_LABELLED} of the things that it is linked with")
    for start in range(0, min(len(ours), MOST_LABELLED), _AT_ONCE):
        part = ours[start : min(start + _AT_ONCE, MOST_LABELLED)]
        found.triples |= set(await asking.triples(_LABELS, thing=part))


async def _said_of(asking: Asking, things: list[ox.NamedNode]) -> list[ox.Triple]:
    triples: list[ox.Triple] = []
    for start in range(0, len(things), _AT_ONCE):
        triples += await asking.triples(_SAID_OF, thing=things[start : start + _AT_ONCE])
    return triples


async def _tell(asking: Asking, found: Description, query: str, thing: ox.NamedNode, taken: int, what: str) -> None:
    """Notes how many were left off, counted up to ``MOST_COUNTED``."""
    (row,) = await asking.rows(query, thing=thing)
    number = int(text_of(row["n"]))
    found.left_off.append(f"{number - taken}{' or more' if number >= MOST_COUNTED else ''} {what}")


def _ontology_of(incoming: Iterable[ox.Triple]) -> ox.NamedNode | None:
    """The ontology that a thing is a version of, by what leads to it."""
    found = [triple.subject for triple in incoming if triple.predicate == term("owl:versionIRI")]
    return found[0] if found and isinstance(found[0], ox.NamedNode) else None


def _objects(triples: Iterable[ox.Triple], predicate: ox.NamedNode, base: str) -> list[ox.NamedNode]:
    """The IRIs of ours that a predicate leads to, in order."""
    return _ours({triple.object for triple in triples if triple.predicate == predicate}, base)


def _ours(terms: Iterable[object], base: str) -> list[ox.NamedNode]:
    return sorted((one for one in terms if isinstance(one, ox.NamedNode) and one.value.startswith(base)), key=str)
