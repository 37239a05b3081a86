"""Decisions laid over a response: what a person confirmed or corrected stands, as long as the words are the same.

Decisions are kept by question and quote. Where the document, or the way it is read, has changed so that an answer reads
otherwise than the person saw it, the decision is in conflict: it is not applied, and the answer says so as a doubt.
"""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from msqgraph.corrected import settle
from msqgraph.errors import UnreadableInput
from msqgraph.response import Answer, Response, Tick, Understood
from msqgraph.reviews.decisions import Decision, latest, load_decisions, review_path

CONFLICT = "review-conflict"
#: The sign of a box whose state a person gave.
CORRECTED_SIGN = "as corrected by a person"


@dataclass(slots=True)
class Conflict:
    """A decision about an answer that reads otherwise now: what the person saw, and the words and ticks of today."""

    decision: Decision
    quote_now: str | None
    ticks_now: dict[str, Tick]


@dataclass(slots=True)
class Reviewed:
    """A response with what people decided; the decisions that were not applied, by question; entries that cannot be."""

    response: Response
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    problems: list[UnreadableInput] = field(default_factory=list)


def reviewed(response: Response, source: Path) -> Reviewed:
    """A response as read, with the decisions beside its source.

    :raises UnreadableInput: if the file of decisions cannot be read: what people decided is not left out in silence.

    >>> from msqgraph.inputs import read_input
    >>> path = Path("responses/2020/PRY.md")
    >>> reviewed(read_input(path), path).conflicts
    {}
    """
    path = review_path(source)
    return apply(response, load_decisions(path), path)


def apply(response: Response, decisions: Iterable[Decision], path: Path) -> Reviewed:
    """A copy of a response as read, before it is interpreted, with the latest decision on each question.

    A reviewed answer has no doubt of its own left. A doubt about a code that it names stays, because such a mention
    claims nothing, and must not begin to by being confirmed.

    :param path: the file of the decisions, for messages.
    """
    result = Reviewed(copy.deepcopy(response))
    for question, decision in latest(decisions).items():
        answer = result.response.answers.get(question)
        if answer is None:
            problem = f"a decision about question {question!r}, which the form of {response.edition} does not have"
            result.problems.append(UnreadableInput(path, problem, "correct the number, or delete the entry"))
        elif not _reads_as_seen(answer, decision):
            result.conflicts[question] = Conflict(decision, answer.text, dict(answer.ticks))
            answer.doubts.append(CONFLICT)
        else:
            try:
                result.response.answers[question] = decided(answer, decision, response, path)
            except UnreadableInput as error:
                result.problems.append(error)
    return result


def decided(answer: Answer, decision: Decision, response: Response, path: Path) -> Answer:
    """An answer as a decision has it; text, language and place stay as read.

    :raises UnreadableInput: if the decision names an option or code that does not exist, quotes what the answer does
        not say, or has a number or date of another form.
    """
    signs = {slug: CORRECTED_SIGN for slug, tick in decision.ticks.items() if answer.ticks.get(slug) != tick}
    ticks = {**answer.ticks, **decision.ticks}
    result = replace(
        copy.deepcopy(answer),
        status=decision.status,
        ticks=ticks,
        tick_evidence={**answer.tick_evidence, **signs},
        understood=copy.deepcopy(decision.understood) or Understood(),
        doubts=[],
        review=decision.review,
    )
    probe = replace(response, answers={decision.question: result})
    settle(probe, path)
    for mention in result.understood.mentions if result.understood else []:
        if mention.names != "Concept":
            mention.doubts = []
    return result


def _reads_as_seen(answer: Answer, decision: Decision) -> bool:
    """Whether words and boxes are those that the person saw; a box may also read by now as the person said it does."""
    seen, said = decision.ticks_seen, decision.ticks
    return (
        _words(answer.text) == _words(decision.quote)
        and answer.ticks.keys() == seen.keys()
        and all(tick in (seen[slug], said.get(slug)) for slug, tick in answer.ticks.items())
    )


def _words(text: str | None) -> str:
    """A text without what differs between two readings of the same words: line breaks, blanks, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())
