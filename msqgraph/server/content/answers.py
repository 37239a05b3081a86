"""Answers as they were given: status, words, ticks of three values, yes or no, numbers, with what they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Descriptions, Names, Thing, described, flag, iris_in, nodes, one, words
from msqgraph.server.content.evidence import (
    Box,
    Mention,
    Review,
    Selector,
    boxes_of,
    mentions_of,
    reviews_of,
    selectors_of,
)
from msqgraph.server.content.forms import Option, Question
from msqgraph.server.content.texts import Text
from msqgraph.server.content.ticks import TICKED, UNKNOWN, UNTICKED, agreed
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Term

NO_RESPONSE, NOT_ASKED = "no-response", "not-asked"
LOST_TICK = "lost-tick"
_OF_RESPONSES = "VALUES ?response { } ?thing msq:response ?response ; a msq:Answer ."
_OF_ANSWERS = "VALUES ?thing { } ?thing a msq:Answer ."
_TICKS = {"msq:ticked": TICKED, "msq:unticked": UNTICKED, "msq:tickUnknown": UNKNOWN}
_PROPERTIES = (
    "msq:response",
    "msq:question",
    "msq:status",
    "msq:text",
    *_TICKS,
    "msq:affirms",
    "msq:value",
    "msq:lowerBound",
    "msq:upperBound",
    "msq:isApproximate",
    "msq:unit",
    "msq:referenceYear",
    "msq:doubt",
    "msq:review",
    "msq:box",
    "msq:mentions",
    "oa:hasSelector",
    "prov:wasDerivedFrom",
)


@dataclass(frozen=True, slots=True)
class Tick:
    """The state of an option's box: ticked, unticked or unknown; and by what it was told, if by anything."""

    option: Option
    state: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated: a value, or bounds, as written in the data. ``reference_year`` may be empty."""

    value: str = ""
    lower_bound: str = ""
    upper_bound: str = ""
    is_approximate: bool = False
    unit: Thing | None = None
    reference_year: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. ``status`` is a slug of ``code/answer-status``; ``text`` is verbatim, with a marker where something is
    withheld, and empty where nothing was written. ``affirms`` is None where neither yes nor no can be told.
    """

    iri: str
    response: str
    question: Question
    status: str
    text: Text
    affirms: bool | None = None
    ticks: tuple[Tick, ...] = ()
    quantity: Quantity | None = None
    doubts: tuple[Thing, ...] = ()
    selectors: tuple[Selector, ...] = ()
    mentions: tuple[Mention, ...] = ()
    reviews: tuple[Review, ...] = ()
    document: str = ""

    @property
    def page(self) -> str:
        """The number of the page that it stands on, if its document has pages."""
        return next((selector.page for selector in self.selectors if selector.page), "")

    @property
    def is_tick_lost(self) -> bool:
        """Whether it is a doubt of the answer that the marks of its boxes did not survive."""
        return any(doubt.slug == LOST_TICK for doubt in self.doubts)


async def answers_of_responses(asking: Asking, responses: Iterable[str]) -> Descriptions:
    """The answers of responses as rows. One query.

    :raises QueryRefused: if the engine does not answer.
    """
    return await described(asking, _OF_RESPONSES, _PROPERTIES, response=nodes(responses))


async def answers_as_rows(asking: Asking, answers: Iterable[str]) -> Descriptions:
    """Some answers as rows, by their IRIs. One query.

    :raises QueryRefused: if the engine does not answer.
    """
    return await described(asking, _OF_ANSWERS, _PROPERTIES, thing=nodes(answers))


def named_in(rows: Descriptions) -> set[str]:
    """The things whose names answers need.

    >>> named_in({})
    set()
    """
    return iris_in(rows, ("msq:unit", "msq:doubt"))


def answer_of(iri: str, question: Question, rows: Descriptions, evidence: Descriptions, names: Names) -> Answer | None:
    """An answer to a question of a form; None if the rows do not have it."""
    told = rows.get(iri)
    if told is None:
        return None
    documents = [text_of(value) for value in told.get("prov:wasDerivedFrom", ())]
    return Answer(
        iri=iri,
        response=one(told, "msq:response") or "",
        question=question,
        status=(one(told, "msq:status") or "").rpartition("/")[2],
        text=words(told, "msq:text"),
        affirms=flag(told, "msq:affirms"),
        ticks=_ticks(told, question, boxes_of(told.get("msq:box", ()), evidence)),
        quantity=_quantity(told, names),
        doubts=names.things(told.get("msq:doubt", ())),
        selectors=selectors_of(told.get("oa:hasSelector", ()), evidence),
        mentions=mentions_of(told.get("msq:mentions", ()), evidence, names),
        reviews=reviews_of(told.get("msq:review", ()), evidence, names),
        document=documents[0] if documents else "",
    )


def by_question(rows: Descriptions, response: str) -> dict[str, str]:
    """The IRIs of a response's answers, by the IRI of their question.

    >>> by_question({}, "https://w3id.org/msqgraph/id/response/2020/PRY")
    {}
    """
    of_it = ((iri, told) for iri, told in rows.items() if one(told, "msq:response") == response)
    return {question: iri for iri, told in of_it if (question := one(told, "msq:question"))}


def _ticks(told: dict[str, list[Term]], question: Question, boxes: dict[str, Box]) -> tuple[Tick, ...]:
    """The ticks in the form's order."""
    states: dict[str, set[str]] = {}
    for name, state in _TICKS.items():
        for value in told.get(name, ()):
            states.setdefault(text_of(value), set()).add(state)
    if not states and not question.options:
        return ()
    return tuple(Tick(option, agreed(states.get(option.iri, ())), boxes.get(option.iri)) for option in question.options)


def _quantity(told: dict[str, list[Term]], names: Names) -> Quantity | None:
    value, lower, upper = (one(told, f"msq:{name}") or "" for name in ("value", "lowerBound", "upperBound"))
    if not (value or lower or upper):
        return None
    unit = one(told, "msq:unit")
    return Quantity(
        value=value,
        lower_bound=lower,
        upper_bound=upper,
        is_approximate=bool(flag(told, "msq:isApproximate")),
        unit=names.thing(unit) if unit else None,
        reference_year=one(told, "msq:referenceYear") or "",
    )
