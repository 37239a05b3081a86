"""A question of a form: its own words, where it stands, the same question in other editions, and every answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.answer_counts import OptionCount, Spread, by_status, by_truth, spread_of
from msqgraph.server.content.country_answers import CountryAnswer, country_answers
from msqgraph.server.content.descriptions import Names, Thing, described, one
from msqgraph.server.content.texts import Text, best, text
from msqgraph.server.content.world import countries
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
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
    answers = await country_answers(asking, node, edition, world, language, labels, boxes)
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
        by_truth(answer.affirms for answer in responded if answer.says_something) if is_yes_no else (),
        () if is_yes_no else _options(parts, labels, responded),
        spread_of(numbers, float(one(told, "msq:plausibleMaximum") or 100)),
        tuple(answers),
    )  # fmt: skip


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
