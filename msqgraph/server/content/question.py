"""A question of a form: its own words, where it stands, the same question in other editions, and every answer to it."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.answer_counts import Number, OptionCount, Spread, by_status, by_truth, spread_of
from msqgraph.server.content.descriptions import Names, Thing, described, one
from msqgraph.server.content.texts import Text, best, text
from msqgraph.server.content.ticks import agreed
from msqgraph.server.content.world import Country, countries
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Term

_OWN = (
    "rdf:type", "msq:wording", "msq:topic", "msq:answerKind", "dct:isPartOf", "msq:marker", "msq:plausibleMaximum",
    "msq:measure", "skos:note", "rdfs:comment",
)  # fmt: skip
_ABOVE = """\
SELECT ?above ?steps {
  VALUES ?question { }
  { ?question dct:isPartOf ?above BIND(1 AS ?steps) }
  UNION { ?question dct:isPartOf/dct:isPartOf ?above BIND(2 AS ?steps) }
  UNION { ?question dct:isPartOf/dct:isPartOf/dct:isPartOf ?above BIND(3 AS ?steps) }
}
ORDER BY ?steps"""
_PARTS = """\
SELECT ?part ?position ?type ?code ?label ?wording {
  VALUES ?question { }
  VALUES ?type { msq:Option msq:Question msq:FormText msq:Field }
  ?part dct:isPartOf ?question ; a ?type ; msq:position ?position .
  OPTIONAL { ?part msq:wording ?wording }
  OPTIONAL { ?part msq:code ?code }
}
ORDER BY ?position ?part"""
_SAME_TOPIC = """\
SELECT ?other ?wording { VALUES ?topic { } ?other msq:topic ?topic ; a msq:Question ; msq:wording ?wording }
ORDER BY ?other"""
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
    def stated_in_words(self) -> tuple[Thing, ...]:
        """What is stated though the mark of its box cannot be told, or the box is empty."""
        ticked = {option.iri for option, tick in self.ticks if tick == "ticked"}
        return tuple(option for option in self.stated if option.iri not in ticked)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the answers of all countries: of the Member States, and of others that responded.

    ``above`` are what it stands in, from the nearest: a question, a section, the form. ``parts`` are questions in it,
    ``notes`` what the form says with it. ``same_topic`` are other questions on the topic, mostly of other editions.
    """

    iri: str
    edition: str
    number: str
    wording: Text
    kind: Thing
    topic: Thing | None
    above: tuple[Thing, ...]
    parts: tuple[tuple[Thing, Text], ...]
    notes: tuple[Text, ...]
    same_topic: tuple[tuple[Thing, Text], ...]
    statuses: tuple[tuple[str, int], ...]
    truths: tuple[tuple[str, int], ...]
    options: tuple[OptionCount, ...]
    spread: Spread | None
    answers: tuple[CountryAnswer, ...]

    @property
    def member_count(self) -> int:
        """The number of Member States."""
        return sum(answer.country.is_member for answer in self.answers)

    @property
    def responded(self) -> tuple[CountryAnswer, ...]:
        """The answers of the countries that responded."""
        return tuple(answer for answer in self.answers if answer.iri)

    @property
    def silent(self) -> tuple[CountryAnswer, ...]:
        """The countries without an answer: not asked, or no response."""
        return tuple(answer for answer in self.answers if not answer.iri)


async def question(asking: Asking, edition: str, number: str, language: str) -> Question | None:
    """A question with all answers; None if there is no such question.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    node = ox.NamedNode(f"{asking.base}questionnaire/{edition}/{number}")
    told = (await described(asking, "VALUES ?thing { }", _OWN, thing=node)).get(node.value, {})
    if term("msq:Question", asking.base) not in told.get("rdf:type", ()):
        return None
    above = [text_of(row["above"]) for row in await asking.rows(_ABOVE, question=node)]
    parts = await asking.rows(_PARTS, question=node)
    topic, kind = one(told, "msq:topic"), one(told, "msq:answerKind") or ""
    same = await asking.rows(_SAME_TOPIC, topic=ox.NamedNode(topic)) if topic else []
    named = {text_of(row[name]) for row in parts for name in ("part", "code") if name in row}
    names = await Names.of(asking, {*above, *named, kind, *([topic] if topic else [])}, language)
    world = await countries(asking, language)
    labels = _option_labels(parts, names)
    boxes = {text_of(row["code"]): text_of(row["part"]) for row in parts if "code" in row}
    answers = await _answers(asking, node, edition, world, language, labels, boxes)
    members = [answer for answer in answers if answer.country.is_member]
    responded = [answer for answer in answers if answer.iri]
    is_yes_no = kind.endswith("/yes-no")
    numbers = [answer.number for answer in responded if answer.number]
    return Question(
        node.value,
        edition,
        number,
        best(map(text, told.get("msq:wording", ())), language),
        names.thing(kind),
        names.thing(topic) if topic else None,
        tuple(map(names.thing, above)),
        tuple((Thing(text_of(row["part"]), Text(_end(row["part"]))), text(row.get("wording"))) for row in parts
              if text_of(row["type"]).endswith("#Question")),
        tuple(text(row["wording"]) for row in parts
              if text_of(row["type"]).endswith(("#FormText", "#Field")) and "wording" in row),
        tuple((Thing(text_of(row["other"]), Text(_form_and_number(row["other"], asking.base))), text(row["wording"]))
              for row in same if text_of(row["other"]) != node.value),
        by_status(answer.status for answer in members),
        by_truth(answer.affirms for answer in responded) if is_yes_no else (),
        () if is_yes_no else _options(parts, labels, responded),
        spread_of(numbers, float(one(told, "msq:plausibleMaximum") or 100)),
        tuple(answers),
    )  # fmt: skip


async def _answers(
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


def _option_labels(parts: list[dict[str, Term]], names: Names) -> dict[str, Text]:
    """What the boxes are called: what they stand for, else what is printed beside them."""
    return {
        text_of(row["part"]): names.text(text_of(row["code"] if "code" in row else row["part"]))
        for row in parts
        if text_of(row["type"]).endswith("#Option")
    }


def _options(
    parts: list[dict[str, Term]], labels: dict[str, Text], responded: list[CountryAnswer]
) -> tuple[OptionCount, ...]:
    wordings = {text_of(row["part"]): text(row.get("wording")) for row in parts}
    states_facts = any(answer.stated for answer in responded)
    found = []
    for iri, label in labels.items():
        states = [tick for answer in responded for option, tick in answer.ticks if option.iri == iri]
        stated = sum(option.iri == iri for answer in responded for option in answer.stated)
        counts = (states.count("ticked"), states.count("unticked"), states.count("unknown"))
        found.append(OptionCount(iri, label, wordings[iri], *counts, stated if states_facts else None))
    return tuple(found)


def _end(iri: Term) -> str:
    return text_of(iri).rpartition("/")[2]


def _form_and_number(iri: Term, base: str) -> str:
    return " · ".join(text_of(iri).removeprefix(f"{base}questionnaire/").split("/"))
