"""Text of an answer → what it means: mentions, yes or no, quantities, citations, people. One file per kind of thing.

Nothing here knows a question by its number: the form says what kind of answer a question gets and what it may name.
"""

from __future__ import annotations

import copy

from msqgraph.folding import Folded
from msqgraph.interpret import languages
from msqgraph.interpret.agencies import find_known
from msqgraph.interpret.agency_lists import read_agency_list
from msqgraph.interpret.dates import date_candidates
from msqgraph.interpret.field_lines import field_lines
from msqgraph.interpret.officials import read_fields
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.portals import find_portals
from msqgraph.interpret.quantities import implausible, read_quantity
from msqgraph.interpret.running_text import read_running_text
from msqgraph.interpret.yes_no import affirmation
from msqgraph.questionnaire import Part, Questionnaire, load_questionnaire
from msqgraph.response import Answer, Mention, Response, Understood

__all__ = ["date_candidates", "interpret"]

_RUNNING_TEXT = ("yes-no", "free-text", "ticks", "quantity")


def interpret(response: Response, form: Questionnaire | None = None) -> Response:
    """A copy of the response in which every answer has its language and what it was understood to mean.

    An answer that already has ``understood`` is taken as it stands, and so is a language that is already given.

    :param form: the form of the response's edition, if it is not the one that the package knows.
    :raises FileNotFoundError: if no form is given and the edition is unknown.

    >>> from msqgraph.response import Source
    >>> said = {"24": Answer("answered", "No."), "19": Answer("answered", "80%")}
    >>> read = interpret(Response("PRY", "2020", Source("PRY.md", "0" * 64, "text/markdown"), answers=said))
    >>> read.answers["24"].understood.affirms, read.answers["19"].understood.quantity.value
    (False, '80')
    """
    form = form or load_questionnaire(response.edition)
    questions = {question.path: question for question in form.questions()}
    result = copy.deepcopy(response)
    _tell_languages(result, questions)
    year = int(result.edition) if result.edition.isdecimal() else None
    anew = []
    for number, answer in result.answers.items():
        if answer.understood is None:
            answer.understood = Understood()
            if question := questions.get(number):
                anew.append((question, answer))
                _understand(answer, question, year)
    _find_agencies_again(result, [answer for question, answer in anew if question.answer_kind in _RUNNING_TEXT])
    return result


def _understand(answer: Answer, question: Part, edition_year: int | None) -> None:
    understood = answer.understood = Understood()
    kind, said = question.answer_kind, 0
    if kind in ("yes-no", "consent"):
        understood.affirms, doubts, said = affirmation(answer, question)
        _add_doubts(answer, doubts)
        if kind == "yes-no" and understood.affirms is False and answer.status == "none-stated":
            answer.status = "answered"  # "None at the moment" has nothing to name, but answers whether there is one
    if answer.status != "answered" or not answer.text:
        return
    passage = Passage(answer.text, answer.language, is_for_addresses=kind in ("addresses", "names"), links=answer.links)
    understood.mentions = _mentions(passage, question, said, understood.affirms)
    if kind == "fields" and "Official" in question.names and not understood.mentions:
        understood.affirms = False if affirmation(answer, question)[0] is False else None  # "No": nobody holds the post
    if kind == "quantity":
        understood.quantity, (start, end), doubts = read_quantity(passage, edition_year)
        is_implausible = understood.quantity is not None and implausible(understood.quantity, question.plausible_pct)
        _add_doubts(answer, [*doubts, *(["implausible-percentage"] if is_implausible else [])])
        if understood.quantity:
            understood.mentions.insert(0, Mention("Observation", passage.text[start:end], start))


def _mentions(passage: Passage, question: Part, said: int, affirms: bool | None) -> list[Mention]:
    kind = question.answer_kind
    if kind == "addresses":
        return find_portals(passage) if "Portal" in question.names else []
    if kind == "names":
        return read_agency_list(passage) if "Agency" in question.names else []
    if kind == "fields" and (mentions := read_fields(passage, question)) is not None:
        return mentions
    if kind == "fields" and "Official" not in question.names:
        return []  # words about a person who is not public
    return read_running_text(passage, question, said, affirms) if kind in (*_RUNNING_TEXT, "fields") else []


def _find_agencies_again(response: Response, answers: list[Answer]) -> None:
    """Names and acronyms of agencies that the response gives anywhere, found again in running text."""
    everywhere = [
        m for a in response.answers.values() if a.understood for m in a.understood.mentions if m.names == "Agency"
    ]
    for answer in answers:
        if answer.text and answer.understood and answer.status == "answered":
            present = answer.understood.mentions
            present += find_known(Passage(answer.text, answer.language), everywhere, present)
            present.sort(key=lambda mention: mention.start)


def _tell_languages(response: Response, questions: dict[str, Part]) -> None:
    texts = {n: _own_words(answer.text, questions.get(n)) for n, answer in response.answers.items() if answer.text}
    told = {
        n: response.answers[n].language or languages.language_of(t, None, is_model_allowed=False)
        for n, t in texts.items()
    }
    response.language = response.language or languages.dominant_language(told, texts)
    for number, language in told.items():
        likely = languages.language_of(texts[number], response.language) if language == "und" else language
        response.answers[number].language = likely


def _own_words(text: str, question: Part | None) -> str:
    """An answer's words without the form's labels, and without people's names, which are in no language."""
    lines = field_lines(Folded(text), question) if question and question.answer_kind == "fields" else []
    if not lines:
        return text
    return "\n".join(text[line.start : line.end] for line in lines if line.role in ("title", "organization"))


def _add_doubts(answer: Answer, doubts: list[str]) -> None:
    answer.doubts += [doubt for doubt in doubts if doubt not in answer.doubts]
