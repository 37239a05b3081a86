"""Answers of several countries and editions side by side, question by question, with what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from msqgraph.server.content import answers, forms
from msqgraph.server.content.answers import NO_RESPONSE, NOT_ASKED, Answer, Quantity
from msqgraph.server.content.descriptions import Names, Thing, described, is_slug, nodes, slug_of
from msqgraph.server.content.differences import Given, Interval, Outcome, Verdict, verdict
from msqgraph.server.content.forms import Form, Question
from msqgraph.server.content.texts import Text, best, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

MOST_COUNTRIES, MOST_EDITIONS = 5, 2
_RESPONSES = "SELECT ?response { VALUES ?response { } ?response a msq:Response } ORDER BY ?response"
_COUNTRIES = """\
SELECT ?country ?iso3 ?name { ?country a msq:Country ; msq:iso3 ?iso3 ; skos:prefLabel ?name }
ORDER BY ?iso3 ?name"""
_RESPONDED = (
    "SELECT DISTINCT ?country ?edition { ?response a msq:Response ; msq:country ?country ; msq:edition ?edition }"
)
_FORMS = "SELECT DISTINCT ?edition { ?form a msq:Questionnaire ; msq:edition ?edition }"


@dataclass(frozen=True, slots=True)
class Column:
    """A country in an edition; ``has_form`` tells whether the dataset has the form of the edition."""

    country: Thing
    iso3: str
    edition: str
    has_response: bool
    has_form: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column says to a question: the slug of a status, or ``no-response``, and the answer if there is one.

    ``question`` is the one of the column's edition, or None where its form does not ask.
    """

    status: str
    question: Question | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """A question by its topic, as the latest of the forms asks it, with a cell for each column."""

    question: Question
    section: Text
    section_slug: str
    cells: tuple[Cell, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Columns and questions. ``unknown_countries`` and ``unknown_editions`` are what was asked for in vain."""

    columns: tuple[Column, ...]
    questions: tuple[ComparedQuestion, ...]
    unknown_countries: tuple[str, ...] = ()
    unknown_editions: tuple[str, ...] = ()

    @property
    def outcomes(self) -> dict[str, int]:
        """How many questions are the same, different, or not comparable; ``words``: how many differ only in words."""
        counts = Counter(str(one.verdict.outcome) for one in self.questions if one.verdict.outcome)
        in_words = sum(one.verdict.is_only_in_words for one in self.questions)
        return {**{str(outcome): counts[str(outcome)] for outcome in Outcome}, "words": in_words}


@dataclass(frozen=True, slots=True)
class Choice:
    """A country that can be compared, and the editions that it responded to, the latest first."""

    iso3: str
    name: Text
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to compare: all countries by name, and the editions with a form or a response, the latest first."""

    countries: tuple[Choice, ...]
    editions: tuple[str, ...]


async def comparison(asking: Asking, iso3s: Sequence[str], editions: Sequence[str], language: str) -> Comparison:
    """Countries side by side, each in each edition; without an edition, in the latest with a form. At most six queries.

    What is named twice counts once.

    :raises ValueError: if there are more than ``MOST_COUNTRIES`` or ``MOST_EDITIONS``.
    :raises QueryRefused: if the engine does not answer.
    """
    wanted, asked = list(dict.fromkeys(iso3s)), sorted(set(editions))
    if len(wanted) > MOST_COUNTRIES or len(asked) > MOST_EDITIONS:
        raise ValueError(f"at most {MOST_COUNTRIES} countries and {MOST_EDITIONS} editions")
    if strange := [name for name in (*wanted, *asked) if not is_slug(name)]:
        return Comparison(
            (), (), tuple(name for name in wanted if name in strange), tuple(name for name in asked if name in strange)
        )
    by_iri = {f"{asking.base}id/country/{iso3}": iso3 for iso3 in wanted}
    known = await described(asking, "VALUES ?thing { } ?thing a msq:Country .", ["skos:prefLabel"], thing=nodes(by_iri))
    with_form = {slug_of(text_of(row["edition"])) for row in await asking.rows(_FORMS)}
    asked = asked or sorted(with_form)[-1:]
    unknown = tuple(iso3 for iri, iso3 in by_iri.items() if iri not in known)
    unknown_editions = tuple(edition for edition in asked if edition not in with_form)
    if unknown or unknown_editions or not wanted:
        return Comparison((), (), unknown, unknown_editions)
    parts = {edition: await forms.form_parts(asking, edition) for edition in asked}
    iris = {(iso3, edition): f"{asking.base}id/response/{edition}/{iso3}" for iso3 in wanted for edition in asked}
    there = {text_of(row["response"]) for row in await asking.rows(_RESPONSES, response=nodes(iris.values()))}
    rows = await answers.answers_of_responses(asking, there) if there else {}
    named = answers.named_in(rows).union(*map(forms.named_in, parts.values()))
    names = await Names.of(asking, named, language)
    made = {edition: forms.form_of(parts[edition], edition, names, language) for edition in asked}
    columns = tuple(
        Column(
            country=Thing(iri, best(map(text, known[iri]["skos:prefLabel"]), language)),
            iso3=iso3,
            edition=edition,
            has_response=iris[iso3, edition] in there,
            has_form=made[edition] is not None,
        )
        for iri, iso3 in by_iri.items()
        for edition in asked
    )
    where = {iri: answers.by_question(rows, iri) for iri in there}

    def cell(column: Column, topic: tuple[str, int]) -> Cell:
        response = iris[column.iso3, column.edition]
        question = _by_topic(made[column.edition]).get(topic)
        if response not in there:
            return Cell(NO_RESPONSE, question)
        if question is None:
            return Cell(NOT_ASKED)
        iri = where[response].get(question.iri)
        answer = answers.answer_of(iri, question, rows, {}, names) if iri else None
        return Cell((answer.status if answer else "") or "unreadable", question, answer)

    compared = []
    for topic, (question, section) in _questions([made[edition] for edition in reversed(asked)]).items():
        cells = tuple(cell(column, topic) for column in columns)
        result = verdict([given_of(one) for one in cells])
        compared.append(ComparedQuestion(question, section.label, section.slug, cells, result))
    return Comparison(columns, tuple(compared))


async def choices(asking: Asking, language: str) -> Choices:
    """What there is to choose from. Three queries.

    :raises QueryRefused: if the engine does not answer.
    """
    responded: dict[str, set[str]] = {}
    for row in await asking.rows(_RESPONDED):
        responded.setdefault(text_of(row["country"]), set()).add(slug_of(text_of(row["edition"])))
    called: dict[tuple[str, str], list[Text]] = {}
    for row in await asking.rows(_COUNTRIES):
        called.setdefault((text_of(row["country"]), text_of(row["iso3"])), []).append(text(row["name"]))
    with_form = {slug_of(text_of(row["edition"])) for row in await asking.rows(_FORMS)}
    countries = [
        Choice(iso3, best(names, language), tuple(sorted(responded.get(iri, ()), reverse=True)))
        for (iri, iso3), names in called.items()
    ]
    return Choices(
        tuple(sorted(countries, key=lambda one: (one.name.value.casefold(), one.iso3))),
        tuple(sorted(with_form.union(*responded.values()), reverse=True)),
    )


def given_of(cell: Cell) -> Given:
    """A cell as far as it is compared.

    >>> given_of(Cell("no-response")).can_be_told
    False
    """
    kind = cell.question.kind if cell.question else ""
    if cell.answer is None:
        return Given(cell.status, kind)
    boxes = {tick.option.key: tick.state for tick in cell.answer.ticks}
    number = _interval(cell.answer.quantity)
    return Given(cell.status, kind, cell.answer.affirms, boxes, number, cell.answer.text.value)


def _interval(quantity: Quantity | None) -> Interval | None:
    if quantity is None:
        return None
    lower, upper = (_decimal(quantity.value or bound) for bound in (quantity.lower_bound, quantity.upper_bound))
    return Interval(lower, upper, quantity.unit.iri if quantity.unit else "")


def _decimal(number: str) -> Decimal | None:
    try:
        return Decimal(number).normalize()
    except InvalidOperation:
        return None


def _by_topic(form: Form | None) -> dict[tuple[str, int], Question]:
    """The questions of a form by topic; of a topic that several have, the first, the second, and so on."""
    found: dict[tuple[str, int], Question] = {}
    for question in form.questions if form else ():
        if not question.is_group:
            topic = question.topic or question.iri
            found[topic, sum(known == topic for known, _ in found)] = question
    return found


def _questions(made: Sequence[Form | None]) -> dict[tuple[str, int], tuple[Question, forms.Section]]:
    """The questions of forms by topic, in the order of the first form; what only a later one asks comes behind."""
    found: dict[tuple[str, int], tuple[Question, forms.Section]] = {}
    for form in made:
        sections = (
            {question.iri: section for section in form.sections for question in section.questions} if form else {}
        )
        for topic, question in _by_topic(form).items():
            found.setdefault(topic, (question, sections[question.iri]))
    return found
