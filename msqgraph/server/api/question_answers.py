"""A question with the answers of all countries, in the form of the interface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.api.operations import EDITION_IN_PATH, NUMBER, Call, Operation
from msqgraph.server.api.truths import Truth, counted, truth
from msqgraph.server.content import question as questions
from msqgraph.server.content.answer_counts import Number, OptionCount
from msqgraph.server.content.answers import Quantity
from msqgraph.server.content.country_answers import CountryAnswer
from msqgraph.server.content.descriptions import Names, Thing
from msqgraph.server.content.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class TickOfAnswer:
    """A box, and its state: ticked, unticked, or unknown where the mark was lost, which is no no."""

    option: Thing
    state: str


@dataclass(frozen=True, slots=True)
class AnswerToQuestion:
    """What became of a question in a country. Without an answer `iri` is null, and `status` says why: not-asked, or
    no-response. `affirms` is null where the question does not ask for yes or no, or where nothing was answered.
    `stated_in_words` are boxes that are not ticked, or nobody can tell, though the answer states what they stand for.
    """

    country: Thing
    iso3: str
    status: str
    iri: str = ""
    text: Text | None = None
    affirms: Truth = None
    quantity: Quantity | None = None
    ticks: tuple[TickOfAnswer, ...] = ()
    stated_in_words: tuple[Thing, ...] = ()
    doubts: tuple[Thing, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredByCountries:
    """A question with the answers of all Member States, and of others that responded.

    `above` are what it stands in, from the nearest; `parts` the questions in it; `same_topic` other questions on the
    topic. `statuses` count Member States, `truths` what `answers` affirm, `options` boxes.
    """

    iri: str
    edition: str
    number: str
    wording: Text
    kind: Thing
    topic: Thing | None
    above: tuple[Thing, ...]
    parts: tuple[Thing, ...]
    notes: tuple[Text, ...]
    same_topic: tuple[Thing, ...]
    statuses: tuple[tuple[str, int], ...]
    truths: tuple[tuple[str, int], ...]
    options: tuple[OptionCount, ...]
    answers: tuple[AnswerToQuestion, ...]


async def question(call: Call, edition: str, number: str) -> AnsweredByCountries | None:
    """A question with all answers."""
    found = await questions.question(call.asking, edition, number, call.lang)
    if found is None:
        return None
    units = {_unit(one.number, call.asking.base) for one in found.answers if one.number and one.number.unit}
    names = await Names.of(call.asking, units, call.lang) if units else Names({})
    answers = tuple(_answer(one, found.kind.slug, names, call.asking.base) for one in found.answers)
    return AnsweredByCountries(
        found.iri,
        found.edition,
        found.number,
        found.wording,
        found.kind,
        found.topic,
        found.above,
        tuple(_worded(found.parts)),
        found.notes,
        tuple(_worded(found.same_topic)),
        found.statuses,
        counted((one.affirms for one in answers), found.kind.slug),
        found.options,
        answers,
    )


def _worded(things: Iterable[tuple[Thing, Text]]) -> Iterable[Thing]:
    """Questions by their wording, or by their number where they have none."""
    return (Thing(thing.iri, wording if wording.value else thing.label) for thing, wording in things)


def _answer(answer: CountryAnswer, kind: str, names: Names, base: str) -> AnswerToQuestion:
    return AnswerToQuestion(
        Thing(answer.country.iri, answer.country.name),
        answer.country.iso3,
        answer.status,
        answer.iri,
        answer.text,
        truth(answer.affirms, kind, answer.status),
        _quantity(answer.number, names, base) if answer.number else None,
        tuple(TickOfAnswer(option, state) for option, state in answer.ticks),
        answer.stated_in_words,
        answer.doubts,
        answer.page,
    )


def _quantity(number: Number, names: Names, base: str) -> Quantity:
    """A number in the form in which an answer alone tells it."""
    unit = names.thing(_unit(number, base)) if number.unit else None
    return Quantity(number.value, number.lower, number.upper, number.is_approximate, unit, number.year)


def _unit(number: Number, base: str) -> str:
    return f"{base}code/unit/{number.unit}"


OPERATIONS = (
    Operation(
        "question",
        "/questions/{edition}/{number}",
        "Questions",
        "A question with the answers of all countries",
        AnsweredByCountries,
        question,
        (EDITION_IN_PATH, NUMBER),
    ),
)
"""The operation that tells a question."""
