"""A transcript as a person left it → a response that the next stages can rely on.

People add mentions without counting characters, tick a box without mending the status behind it, delete what they do
not need. What can be completed is completed; what cannot be meant is named with its place.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from msqgraph.assets import DEFAULT_BASE
from msqgraph.countries import exists, is_code
from msqgraph.errors import UnreadableInput
from msqgraph.published import background
from msqgraph.questionnaire import Part, editions, load_questionnaire
from msqgraph.response import Answer, Mention, Quantity, Response
from msqgraph.terms import text_of

_NUMBER, _DATE, _YEAR = re.compile(r"-?\d+(?:\.\d+)?"), re.compile(r"\d{4}-\d{2}-\d{2}"), re.compile(r"\d{4}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def settle(response: Response, path: Path | str) -> Response:
    """The same response, completed in place: quotes found, status and doubts of ticks as the ticks are now.

    A question that the transcript leaves out is unreadable, as it is in a document that lacks it.

    :raises UnreadableInput: if it names an edition, country, question, option or code that does not exist, quotes what
        its answer does not say, or has a number or date of another form.

    >>> from msqgraph import load_response
    >>> sample = load_response("tests/cases/paraguay/answers.yaml")
    >>> sample.answers["10"].ticks = {"yes": "ticked", "no": "unticked"}
    >>> settle(sample, "PRY.yaml").answers["10"].status, sample.answers["10"].doubts
    ('answered', [])
    """
    check = _Check(Path(path))
    check(response.edition in editions(), "edition", response.edition, ", ".join(editions()))
    check(
        is_code(response.country_iso3), "country_iso3", response.country_iso3, "an ISO 3166-1 alpha-3 code such as PRY"
    )
    questions = {question.path: question for question in load_questionnaire(response.edition).questions()}
    for number, answer in response.answers.items():
        check(number in questions, f"answers/{number}", number, f"a question of the form: {', '.join(questions)}")
        _settle_answer(answer, questions[number], check)
    response.answers = {
        number: response.answers.get(number) or Answer.not_found(question.option_slugs)
        for number, question in questions.items()
    }
    return response


class _Check:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, holds: object, place: str, found: object, wanted: str) -> None:
        if not holds:
            raise UnreadableInput(self.path, f"at {place}: {found!r}", f"wanted: {wanted}")


def _settle_answer(answer: Answer, question: Part, check: _Check) -> None:
    place, options = f"answers/{question.path}", question.option_slugs
    for slug in answer.ticks:
        check(slug in options, f"{place}/ticks", slug, f"an option: {', '.join(options) or 'the question has none'}")
    check(_fits(_LANGUAGE, answer.language), f"{place}/language", answer.language, "a tag such as es or zh-Hans")
    states = set(answer.ticks.values())
    if states and "unknown" not in states:
        answer.doubts = [doubt for doubt in answer.doubts if doubt != "lost-tick"]
        if answer.status == "unreadable":
            answer.status = "answered" if "ticked" in states else "blank"
    for link in answer.links:
        link.start = _found(link.shown, link.start, answer.text or "")
        check(link.start >= 0, f"{place}/links", link.shown, "words that stand in the answer's text")
    if answer.understood is None:
        return
    if answer.understood.quantity:
        _check_quantity(answer.understood.quantity, f"{place}/understood/quantity", check)
    for index, mention in enumerate(answer.understood.mentions, 1):
        _settle_mention(mention, answer.text or "", f"{place}/understood/mentions/{index}", check)


def _settle_mention(mention: Mention, text: str, place: str, check: _Check) -> None:
    mention.start = _found(mention.quote, mention.start, text)
    check(mention.start >= 0, f"{place}/quote", mention.quote, "words that stand in the answer's text")
    if mention.concept is not None:
        check(mention.concept in _codes(), f"{place}/concept", mention.concept, "a code such as policy-area/health")
    if mention.country_iso3 is not None:
        check(exists(mention.country_iso3), f"{place}/country_iso3", mention.country_iso3, "a code such as PRY")
    check(_fits(_LANGUAGE, mention.language), f"{place}/language", mention.language, "a tag such as es or zh-Hans")
    act = mention.citation
    if act:
        check(f"law-type/{act.type}" in _codes(), f"{place}/citation/type", act.type, "law, decree, resolution ...")
        check(_fits(_DATE, act.date), f"{place}/citation/date", act.date, "a date such as 2014-12-16")
        check(_fits(_YEAR, act.year), f"{place}/citation/year", act.year, "a year of four digits")


def _found(words: str, start: int, text: str) -> int:
    """Where words stand in a text, if not where they are said to; -1 if nowhere."""
    return start if 0 <= start <= len(text) and text.startswith(words, start) else text.find(words)


def _check_quantity(quantity: Quantity, place: str, check: _Check) -> None:
    for name in ("value", "lower_bound", "upper_bound"):
        number = getattr(quantity, name)
        check(_fits(_NUMBER, number), f"{place}/{name}", number, "a number such as 7.5")
    check(_fits(_YEAR, quantity.reference_year), f"{place}/reference_year", quantity.reference_year, "four digits")


def _fits(pattern: re.Pattern[str], text: str | None) -> bool:
    return text is None or pattern.fullmatch(text) is not None


@cache
def _codes() -> frozenset[str]:
    """All codes as scheme and slug."""
    prefix = f"{DEFAULT_BASE}code/"
    subjects = (text_of(triple.subject) for triple in background())
    return frozenset(iri.removeprefix(prefix) for iri in subjects if iri.startswith(prefix))
