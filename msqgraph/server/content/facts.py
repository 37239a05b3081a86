"""The facts understood from answers: each with its basis, who confirmed it, its doubts, and what other sources say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Descriptions, Names, Thing, described, iris_in, nodes, one
from msqgraph.server.content.texts import Text, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Term

# the terms stand in each part: a part of a UNION without them is found for all responses first
_OF_RESPONSES = """\
{ VALUES ?response { } ?thing msq:response ?response ; a msq:Statement } UNION
{ VALUES ?response { } ?statement msq:response ?response ; msq:corroboration ?thing }"""
_OF_ANSWERS = """\
{ VALUES ?answer { } ?thing prov:wasDerivedFrom ?answer ; a msq:Statement } UNION
{ VALUES ?answer { } ?statement prov:wasDerivedFrom ?answer ; msq:corroboration ?thing }"""
_PROPERTIES = (
    "rdf:subject",
    "rdf:predicate",
    "rdf:object",
    "msq:basis",
    "msq:doubt",
    "prov:wasDerivedFrom",
    "prov:wasAttributedTo",
    "msq:corroboration",
    "prov:wasRevisionOf",
    "dct:source",
    "msq:agreement",
    "msq:evidence",
)
_STANDING = """\
SELECT ?fact {
  VALUES ?response { }
  ?fact msq:response ?response ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  ?subject ?predicate ?object
}"""
_STANDING_OF_ANSWERS = _STANDING.replace("?response { }", "?answer { }").replace(
    "msq:response ?response", "prov:wasDerivedFrom ?answer"
)
# what is said for the sake of other vocabularies, of bookkeeping, or only repeats whose answer it is
_FOR_MACHINES = (
    "rdf-syntax-ns#type",
    "dc/terms/spatial",
    "dc/terms/title",
    "skos/core#prefLabel",
    "skos/core#altLabel",
    "skos/core#hiddenLabel",
    "eli/ontology#jurisdiction",
    "ontology#country",
    "ontology#edition",
    "ontology#isReferencePeriodAssumed",
    "linked-data/cube#dataSet",
    "linked-data/cube#measureType",
    "linked-data/sdmx/2009/dimension#refArea",
    "linked-data/sdmx/2009/dimension#refPeriod",
    "linked-data/sdmx/2009/attribute#unitMeasure",
    "linked-data/sdmx/2009/attribute#obsStatus",
)


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What a source outside the questionnaire says of a fact; ``agreement`` is a code such as ``same-address``,
    ``different`` or ``silent``, ``evidence`` what it was compared with.
    """

    iri: str
    source: Thing
    agreement: Thing
    evidence: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement. The object is a thing, or else words or a number (``value``).

    ``mentions`` and ``boxes`` are the IRIs of what it was understood from besides its answer; ``confirmed_by`` who
    confirmed or corrected the answer. ``is_for_machines`` tells types, labels and bookkeeping; ``still_stands`` is
    False where a later response of the country says otherwise or no more.
    """

    iri: str
    answer: str
    subject: Thing
    predicate: Thing
    object: Thing | None
    value: Text
    basis: Thing | None
    doubts: tuple[Thing, ...] = ()
    confirmed_by: tuple[Thing, ...] = ()
    is_correction: bool = False
    corroborations: tuple[Corroboration, ...] = ()
    derived_from: tuple[str, ...] = ()
    is_for_machines: bool = False
    still_stands: bool = True


@dataclass(frozen=True, slots=True)
class FactRows:
    """Statements and what sources say of them, as rows, and the IRIs of the statements that still stand, if asked."""

    statements: Descriptions
    standing: frozenset[str] | None = None


async def facts_of_responses(asking: Asking, responses: Iterable[str], is_past: bool = False) -> FactRows:
    """The facts of responses as rows. One query; two with ``is_past``, which also asks what still stands.

    :raises QueryRefused: if the engine does not answer.
    """
    terms = nodes(responses)
    statements = await described(asking, _OF_RESPONSES, _PROPERTIES, response=terms)
    rows = await asking.rows(_STANDING, response=terms) if is_past else None
    return FactRows(statements, _standing(rows))


async def facts_of_answers(asking: Asking, answers: Iterable[str], is_past: bool = False) -> FactRows:
    """The facts of some answers as rows. One query; two with ``is_past``, which also asks what still stands.

    :raises QueryRefused: if the engine does not answer.
    """
    terms = nodes(answers)
    statements = await described(asking, _OF_ANSWERS, _PROPERTIES, answer=terms)
    rows = await asking.rows(_STANDING_OF_ANSWERS, answer=terms) if is_past else None
    return FactRows(statements, _standing(rows))


def named_in(rows: FactRows) -> set[str]:
    """The things whose names the facts need.

    >>> named_in(FactRows({}))
    set()
    """
    said = ("rdf:subject", "rdf:predicate", "rdf:object", "msq:basis", "msq:doubt", "prov:wasAttributedTo")
    found = iris_in(rows.statements, (*said, "dct:source", "msq:agreement", "msq:evidence"))
    return found | {area for iri in found if (area := _area_of(iri))}


def facts_of(rows: FactRows, answers: Iterable[str], names: Names) -> dict[str, tuple[Fact, ...]]:
    """The facts by the IRI of the answer that they were understood from, those for people before those for machines."""
    found: dict[str, list[Fact]] = {answer: [] for answer in answers}
    for iri, statement in rows.statements.items():
        derived = [text_of(value) for value in statement.get("prov:wasDerivedFrom", ())]
        for answer in derived:
            if answer in found and (fact := _fact(iri, answer, statement, rows, names)):
                found[answer].append(fact)
    order = {answer: sorted(facts, key=_place) for answer, facts in found.items()}
    return {answer: tuple(facts) for answer, facts in order.items()}


def _place(fact: Fact) -> tuple[bool, str, str, str]:
    return (fact.is_for_machines, fact.predicate.iri, fact.subject.label.value, fact.iri)


def _fact(iri: str, answer: str, statement: dict[str, list[Term]], rows: FactRows, names: Names) -> Fact | None:
    import pyoxigraph as ox

    subject, predicate, said = (one(statement, f"rdf:{part}") for part in ("subject", "predicate", "object"))
    if subject is None or predicate is None or said is None:
        return None
    value = statement["rdf:object"][0]
    basis = one(statement, "msq:basis")
    # a figure is called by the country that it is about: it has no name of its own
    about = Thing(subject, names.text(_area_of(subject) or subject))
    return Fact(
        iri=iri,
        answer=answer,
        subject=about,
        predicate=names.thing(predicate),
        object=names.thing(said) if isinstance(value, ox.NamedNode) else None,
        value=Text("") if isinstance(value, ox.NamedNode) else text(value),
        basis=names.thing(basis) if basis else None,
        doubts=names.things(statement.get("msq:doubt", ())),
        confirmed_by=names.things(statement.get("prov:wasAttributedTo", ())),
        is_correction="prov:wasRevisionOf" in statement,
        corroborations=_corroborations(statement, rows.statements, names),
        derived_from=tuple(
            source for value in statement.get("prov:wasDerivedFrom", ()) if (source := text_of(value)) != answer
        ),
        is_for_machines=predicate.endswith(_FOR_MACHINES),
        still_stands=rows.standing is None or iri in rows.standing,
    )


def _corroborations(
    statement: dict[str, list[Term]], corroborations: Descriptions, names: Names
) -> tuple[Corroboration, ...]:
    found = []
    for iri in map(text_of, statement.get("msq:corroboration", ())):
        told = corroborations.get(iri, {})
        source, agreement = one(told, "dct:source"), one(told, "msq:agreement")
        if source and agreement:
            evidence = names.things(told.get("msq:evidence", ()))
            found.append(Corroboration(iri, names.thing(source), names.thing(agreement), evidence))
    return tuple(sorted(found, key=lambda one: (one.source.iri, one.iri)))


def _area_of(iri: str) -> str:
    """The IRI of the country that an observation is about, from its own; empty for anything else."""
    base, path, rest = iri.partition("id/observation/")
    return f"{base}id/country/{rest.rpartition('/')[2]}" if path else ""


def _standing(rows: list[dict[str, Term]] | None) -> frozenset[str] | None:
    return None if rows is None else frozenset(text_of(row["fact"]) for row in rows)
