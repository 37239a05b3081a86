"""What became of a question in each country: the answer, its boxes, what it states, and why there is none."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.answer_counts import SAY_SOMETHING, Number
from msqgraph.server.content.descriptions import Names, Thing
from msqgraph.server.content.texts import Text, text
from msqgraph.server.content.ticks import agreed
from msqgraph.server.content.world import Country
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Term

_ANSWERS = """\
SELECT ?country ?response ?answer ?status ?affirms ?text ?value ?lower ?upper ?unit ?approximate ?year {
  VALUES ?question { }
  ?answer msq:question ?question ; msq:response ?response ; msq:status ?status .
  ?response msq:country ?country .
  OPTIONAL { ?answer msq:affirms ?affirms }
  OPTIONAL { ?answer msq:text ?text }
  OPTIONAL { ?answer msq:value ?value }
  OPTIONAL { ?answer msq:lowerBound ?lower }
  OPTIONAL { ?answer msq:upperBound ?upper }
  OPTIONAL { ?answer msq:unit ?unit }
  OPTIONAL { ?answer msq:isApproximate ?approximate }
  OPTIONAL { ?answer msq:referenceYear ?year }
}
ORDER BY ?answer"""
_TICKS = """\
SELECT ?answer ?tick ?option {
  { VALUES ?question { } ?answer msq:question ?question ; msq:ticked ?option BIND("ticked" AS ?tick) }
  UNION { VALUES ?question { } ?answer msq:question ?question ; msq:unticked ?option BIND("unticked" AS ?tick) }
  UNION { VALUES ?question { } ?answer msq:question ?question ; msq:tickUnknown ?option BIND("unknown" AS ?tick) }
  ?option msq:position ?position .
}
ORDER BY ?answer ?position ?option"""
_PAGES = """\
SELECT ?answer ?page {
  VALUES ?question { }
  ?answer msq:question ?question ; oa:hasSelector ?place .
  ?place rdf:value ?page FILTER(STRSTARTS(STR(?page), "page="))
}
ORDER BY ?answer ?page"""
# facts about a country that an answer states, with a box or in words
_STATED = """\
SELECT DISTINCT ?answer ?concept {
  VALUES ?question { }
  ?answer msq:question ?question .
  ?statement prov:wasDerivedFrom ?answer ; rdf:predicate ?predicate ; rdf:object ?concept .
  ?predicate rdfs:domain msq:Country ; rdfs:range skos:Concept .
}
ORDER BY ?answer ?concept"""
_DOUBTS = """\
SELECT ?answer ?doubt { VALUES ?question { } ?answer msq:question ?question ; msq:doubt ?doubt }
ORDER BY ?answer ?doubt"""
_RESPONDED = "SELECT ?country { VALUES ?form { } ?response msq:questionnaire ?form ; msq:country ?country }"
_ASKED = "SELECT ?country { VALUES ?edition { } ?edition msq:asked ?country }"


@dataclass(frozen=True, slots=True)
class CountryAnswer:
    """What became of a question in a country. ``status`` is one of STATUSES; ``iri`` is empty without an answer.

    ``ticks`` are options with ticked, unticked or unknown; ``stated`` are options that stand for what the answer states
    with a box or in words. ``page`` is that of the document, where it has pages.
    """

    country: Country
    status: str
    iri: str = ""
    text: Text | None = None
    affirms: bool | None = None
    number: Number | None = None
    ticks: tuple[tuple[Thing, str], ...] = ()
    stated: tuple[Thing, ...] = ()
    doubts: tuple[Thing, ...] = ()
    page: str = ""

    @property
    def says_something(self) -> bool:
        """Whether there is a yes or no to be known: nothing is of what was left blank."""
        return self.affirms is not None or self.status in SAY_SOMETHING

    @property
    def stated_in_words(self) -> tuple[Thing, ...]:
        """What is stated though the mark of its box cannot be told, or the box is empty."""
        ticked = {option.iri for option, tick in self.ticks if tick == "ticked"}
        return tuple(option for option in self.stated if option.iri not in ticked)


async def country_answers(
    asking: Asking,
    node: ox.NamedNode,
    edition: str,
    world: tuple[Country, ...],
    language: str,
    labels: dict[str, Text],
    boxes: dict[str, str],
) -> list[CountryAnswer]:
    """What became of the question in each country, by name. ``boxes`` are options by what they stand for."""
    import pyoxigraph as ox

    ticks: dict[str, dict[Thing, set[str]]] = {}
    form, survey = (ox.NamedNode(f"{asking.base}{path}/{edition}") for path in ("questionnaire", "id/edition"))
    ticked, places, given, facts, doubtful, sent, surveyed = await gather(
        *(asking.rows(query, question=node) for query in (_TICKS, _PAGES, _ANSWERS, _STATED, _DOUBTS)),
        asking.rows(_RESPONDED, form=form),
        asking.rows(_ASKED, edition=survey),
    )
    for row in ticked:
        option = text_of(row["option"])
        box = Thing(option, labels.get(option, Text(_end(row["option"]))))
        ticks.setdefault(text_of(row["answer"]), {}).setdefault(box, set()).add(text_of(row["tick"]))
    pages = {text_of(row["answer"]): text_of(row["page"]) for row in places}
    stated: dict[str, list[Thing]] = {}
    for row in facts:
        if box_iri := boxes.get(text_of(row["concept"])):
            stated.setdefault(text_of(row["answer"]), []).append(Thing(box_iri, labels[box_iri]))
    names = await Names.of(asking, {text_of(row["doubt"]) for row in doubtful}, language)
    doubts: dict[str, list[Thing]] = {}
    for row in doubtful:
        doubts.setdefault(text_of(row["answer"]), []).append(names.thing(text_of(row["doubt"])))
    rows = {text_of(row["country"]): row for row in reversed(given)}
    responded, asked = ({text_of(row["country"]) for row in rows} for rows in (sent, surveyed))
    found = []
    for country in world:
        if country.iri not in rows:
            if country.is_member or country.iri in responded:
                is_out = country.iri in responded or (asked and country.iri not in asked)
                found.append(CountryAnswer(country, "not-asked" if is_out else "no-response"))
            continue
        row = rows[country.iri]
        iri = text_of(row["answer"])
        found.append(
            CountryAnswer(
                country,
                _end(row["status"]),
                iri,
                text(row["text"]) if "text" in row else None,
                text_of(row["affirms"]) in ("true", "1") if "affirms" in row else None,
                _number(row),
                tuple((box, agreed(states)) for box, states in ticks.get(iri, {}).items()),
                tuple(stated.get(iri, ())),
                tuple(doubts.get(iri, ())),
                pages.get(iri, "").removeprefix("page="),
            )
        )
    return found


def _number(row: dict[str, Term]) -> Number | None:
    if not row.keys() & {"value", "lower", "upper"}:
        return None
    value, lower, upper = (text_of(row[name]) if name in row else "" for name in ("value", "lower", "upper"))
    unit = _end(row["unit"]) if "unit" in row else ""
    is_approximate = "approximate" in row and text_of(row["approximate"]) in ("true", "1")
    return Number(value, lower, upper, unit, is_approximate, text_of(row["year"]) if "year" in row else "")


def _end(iri: Term) -> str:
    return text_of(iri).rpartition("/")[2]
