"""One answer: what it stands on, what was understood from it, and the same question in other editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.exports.answer_citation import LONGEST_QUOTE, CitedAnswer, shortened
from msqgraph.person_names import naming_any
from msqgraph.server.content import answers, evidence, facts, forms, responses
from msqgraph.server.content.answered_questions import AnsweredQuestion
from msqgraph.server.content.cldr_names import language_name
from msqgraph.server.content.descriptions import Names, Thing, is_slug, one, slug_of
from msqgraph.server.content.responses import Document, Response
from msqgraph.server.content.texts import Text, best, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Row

_ELSEWHERE = """\
SELECT ?edition ?answer ?question ?status ?text {
  VALUES ?country { }
  VALUES ?topic { }
  ?response msq:country ?country ; a msq:Response ; msq:edition ?edition .
  ?answer msq:response ?response ; msq:question ?question ; msq:status ?status .
  ?question msq:topic ?topic
  OPTIONAL { ?answer msq:text ?text }
}
ORDER BY DESC(?edition) ?answer"""
_PERSONS = "SELECT DISTINCT ?name { ?who a msq:Official ; foaf:name ?name } ORDER BY ?name"
_COUNTRY = "SELECT ?name { VALUES ?country { } ?country a msq:Country ; skos:prefLabel ?name } ORDER BY ?name"


@dataclass(frozen=True, slots=True)
class SameQuestion:
    """The answer of the same country to the same question in another edition."""

    edition: str
    iri: str
    number: str
    status: str
    text: Text


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """An answer. ``before`` and ``after`` are the numbers of the questions next to its own, or empty.

    ``others`` are answers to the same question in other editions, the latest first, ``language`` what the language of
    its words is called, ``later_edition`` that of a later response of the country, or empty.
    """

    country: Thing
    iso3: str
    edition: str
    form_title: Text
    section: Text
    item: AnsweredQuestion
    answer: answers.Answer
    response: Response
    document: Document | None
    cited: CitedAnswer
    language: Text
    before: str = ""
    after: str = ""
    others: tuple[SameQuestion, ...] = ()
    later_edition: str = ""


async def answer(asking: Asking, edition: str, iso3: str, number: str, language: str) -> AnswerPage | None:
    """The answer of a country to a question of an edition; None if there is no such answer. At most ten queries.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    if not all(map(is_slug, (edition, iso3, number))):
        return None
    iri = f"{asking.base}id/response/{edition}/{iso3}/{number}"
    told = await answers.answers_as_rows(asking, [iri])
    if iri not in told:
        return None
    country = ox.NamedNode(f"{asking.base}id/country/{iso3}")
    rows = await responses.responses_as_rows(asking, country)
    parts = await forms.form_parts(asking, edition)
    standing = await evidence.evidence_of_answers(asking, [iri])
    later = max((other for other in responses.responses_of(rows, Names({})) if other > edition), default="")
    stated = await facts.facts_of_answers(asking, [iri], is_past=bool(later))
    asked = one(told[iri], "msq:question") or ""
    # of the form, only what is shown has to be called by its name
    near = {part: said for part, said in parts.items() if asked in (part, one(said, "dct:isPartOf"))}
    wanted = answers.named_in(told) | evidence.named_in(standing) | facts.named_in(stated)
    names = await Names.of(asking, wanted | forms.named_in(near) | responses.named_in(rows), language)
    form = forms.form_of(parts, edition, names, language)
    response = responses.responses_of(rows, names).get(edition)
    question = form.question(slug_of(asked)) if form else None
    given = answers.answer_of(iri, question, told, standing, names) if question else None
    if form is None or response is None or question is None or given is None:
        return None
    called = [text(row["name"]) for row in await asking.rows(_COUNTRY, country=country)]
    persons = [text_of(row["name"]) for row in await asking.rows(_PERSONS)]
    topic = ox.NamedNode(question.topic) if question.topic else None
    elsewhere = await asking.rows(_ELSEWHERE, country=country, topic=topic) if topic else []
    cited = _cited(given, form, response, best(called, "en"), persons)
    order = [one_of.number for one_of in form.questions if not one_of.is_group]
    place = order.index(question.number) if question.number in order else -1
    return AnswerPage(
        country=Thing(country.value, best(called, language)),
        iso3=iso3,
        edition=edition,
        form_title=form.title,
        section=next(section.label for section in form.sections if question in section.questions),
        item=AnsweredQuestion(question, given, facts.facts_of(stated, [iri], names)[iri], cited),
        answer=given,
        response=response,
        document=next((document for document in response.documents if document.iri == given.document), None),
        cited=cited,
        language=language_name(given.text.language, language),
        before=order[place - 1] if place > 0 else "",
        after=order[place + 1] if 0 <= place < len(order) - 1 else "",
        others=_others(elsewhere, iri),
        later_edition=later,
    )


def _cited(
    given: answers.Answer, form: forms.Form, response: Response, country: Text, persons: list[str]
) -> CitedAnswer:
    """What a citation says of an answer; without the quote if it names a person."""
    quote = next((selector.exact for selector in given.selectors if selector.exact), "")
    names_a_person = any(True for _ in naming_any(shortened(quote, LONGEST_QUOTE), persons))
    language = given.text.language
    return CitedAnswer(
        iri=given.iri,
        number=given.question.number,
        wording=given.question.wording.value,
        form=form.title.value,
        author=country.value or None,
        year=form.edition,
        dated=response.date_as_stated or None,
        quote="" if names_a_person else quote,
        page=given.page or None,
        language=language if language not in ("", "und") else None,
    )


def _others(rows: list[Row], but: str) -> tuple[SameQuestion, ...]:
    found: dict[str, SameQuestion] = {}
    for row in rows:
        iri = text_of(row["answer"])
        if iri != but:
            edition, number, status = (slug_of(text_of(row[name])) for name in ("edition", "question", "status"))
            found.setdefault(iri, SameQuestion(edition, iri, number, status, text(row.get("text"))))
    return tuple(found.values())
