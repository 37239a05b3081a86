"""What the facts about a thing stand on: for each statement its answer, the narrowest quote, and where that is."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Names, Thing
from msqgraph.server.content.texts import Text, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Row, Term

MOST_STATEMENTS = 600
_STATEMENTS = f"""\
SELECT ?statement ?predicate ?object ?answer ?basis {{
  VALUES ?thing {{ }}
  ?statement rdf:subject ?thing ; rdf:predicate ?predicate ; rdf:object ?object ; prov:wasDerivedFrom ?answer .
  ?answer msq:status ?status .
  OPTIONAL {{ ?statement msq:basis ?basis }}
}}
ORDER BY DESC(?statement)
LIMIT {MOST_STATEMENTS + 1}"""
_QUOTES = """\
SELECT ?statement ?quote ?fragment {
  VALUES ?thing { }
  ?statement rdf:subject ?thing ; prov:wasDerivedFrom ?source .
  ?source oa:hasSelector ?selector .
  { ?selector oa:exact ?quote } UNION { ?selector rdf:value ?fragment FILTER(STRSTARTS(STR(?fragment), "page=")) }
}"""
_MORE = """\
SELECT ?statement ?doubt ?reviewer ?source ?agreement {
  VALUES ?thing { }
  ?statement rdf:subject ?thing .
  { ?statement msq:doubt ?doubt }
  UNION { ?statement prov:wasAttributedTo ?reviewer }
  UNION { ?statement msq:corroboration ?compared . ?compared dct:source ?source ; msq:agreement ?agreement }
}"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something is held to be so: an answer of a government, by the IRI of the statement that says it.

    ``quote`` is the narrowest there is, empty where a tick says it. ``agreements`` are what other sources say of it.
    """

    statement: str
    answer: str
    edition: str
    country: str
    number: str
    basis: Thing | None = None
    quote: Text | None = None
    page: str = ""
    doubts: tuple[Thing, ...] = ()
    confirmed_by: tuple[Thing, ...] = ()
    agreements: tuple[tuple[Thing, Thing], ...] = ()


@dataclass(frozen=True, slots=True)
class StatementRows:
    """The rows about all statements on a thing; ``is_cut`` if there are more than ``MOST_STATEMENTS``."""

    statements: list[Row]
    quotes: list[Row]
    more: list[Row]
    is_cut: bool = False

    @property
    def named(self) -> set[str]:
        """The IRIs whose names the evidence needs."""
        found = {text_of(row[name]) for row in self.more for name in row if name != "statement"}
        return found | {text_of(row["basis"]) for row in self.statements if "basis" in row}


async def statement_rows(asking: Asking, thing: ox.NamedNode) -> StatementRows:
    """The statements about a thing with what they stand on; three queries.

    :raises QueryRefused: if the engine does not answer.
    """
    statements = await asking.rows(_STATEMENTS, thing=thing)
    if not statements:
        return StatementRows([], [], [])
    quotes, more = await gather(asking.rows(_QUOTES, thing=thing), asking.rows(_MORE, thing=thing))
    return StatementRows(statements[:MOST_STATEMENTS], quotes, more, len(statements) > MOST_STATEMENTS)


def evidence_by_fact(rows: StatementRows, names: Names) -> dict[tuple[str, Term], tuple[Evidence, ...]]:
    """The evidence by predicate and object, the latest edition first."""
    quotes: dict[str, list[Text]] = {}
    pages: dict[str, str] = {}
    for row in rows.quotes:
        statement = text_of(row["statement"])
        if "quote" in row:
            quotes.setdefault(statement, []).append(text(row["quote"]))
        elif "fragment" in row:
            pages.setdefault(statement, text_of(row["fragment"]).removeprefix("page="))
    found: dict[tuple[str, Term], list[Evidence]] = {}
    for row in rows.statements:
        statement, answer = text_of(row["statement"]), text_of(row["answer"])
        edition, country, number = answer.split("/")[-3:]
        evidence = Evidence(
            statement,
            answer,
            edition,
            country,
            number,
            names.thing(text_of(row["basis"])) if "basis" in row else None,
            min(quotes.get(statement, ()), key=lambda quote: (len(quote.value), quote.value), default=None),
            pages.get(statement, ""),
            *_told(statement, rows.more, names),
        )
        found.setdefault((text_of(row["predicate"]), row["object"]), []).append(evidence)
    return {
        fact: tuple(sorted(evidence, key=lambda one: (one.edition, one.statement), reverse=True))
        for fact, evidence in found.items()
    }


def _told(
    statement: str, more: list[Row], names: Names
) -> tuple[tuple[Thing, ...], tuple[Thing, ...], tuple[tuple[Thing, Thing], ...]]:
    """The doubts, the persons' decisions and what other sources say, of a statement."""
    doubts, reviewers, agreements = set(), set(), set()
    for row in more:
        if text_of(row["statement"]) != statement:
            continue
        if "doubt" in row:
            doubts.add(names.thing(text_of(row["doubt"])))
        elif "reviewer" in row:
            reviewers.add(names.thing(text_of(row["reviewer"])))
        elif "source" in row:
            agreements.add((names.thing(text_of(row["source"])), names.thing(text_of(row["agreement"]))))
    return tuple(sorted(doubts)), tuple(sorted(reviewers)), tuple(sorted(agreements))
