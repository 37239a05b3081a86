"""What a person can say of an answer: how its boxes stand, yes or no, a number, or all of it as YAML.

Each function gives the answer as it is then; the one that was passed stays. Words are never changed: they are what the
document says. Whoever finds that a text belongs to another question corrects a transcript.
"""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from msqgraph.corrected import settle
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.interpret.yes_no import affirmation
from msqgraph.plain_yaml import load_yaml
from msqgraph.questionnaire import Part
from msqgraph.response import Answer, Mention, Quantity, Response, Status, Tick, Understood
from msqgraph.typed_yaml import converted, dumped

_BOX = re.compile(r"(?P<sign>[-+?]?)(?P<number>[0-9]+|\*)")
_STATES: dict[str, Tick] = {"": "ticked", "+": "ticked", "-": "unticked", "?": "unknown"}
_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_QUANTITY = re.compile(
    rf"(?P<rough>~)?\s*(?P<bound>[<>])?\s*(?P<low>{_NUMBER})(?:\s*-\s*(?P<high>{_NUMBER}))?\s*%?\s*(?:@\s*(?P<year>[0-9]{{4}}))?"
)


@dataclass(slots=True)
class _Reading:
    """What of an answer is a matter of reading and understanding, not of words."""

    status: Status
    ticks: dict[str, Tick] = field(default_factory=dict)
    understood: Understood | None = None


def with_ticks(answer: Answer, question: Part, said: str) -> Answer:
    """The answer with its boxes as said: ``1 3`` ticked, ``-2`` empty, ``?4`` unknown, ``-*`` all others empty.

    :raises UsageError: if that is not how it is said, or the question has no such box.

    >>> from msqgraph.questionnaire import load_questionnaire
    >>> question = next(q for q in load_questionnaire("2020").questions() if q.path == "10")
    >>> answer = with_ticks(Answer("unreadable", ticks={"yes": "unknown", "no": "unknown"}), question, "1 -*")
    >>> answer.status, answer.ticks, answer.understood.affirms
    ('answered', {'yes': 'ticked', 'no': 'unticked'}, True)
    """
    slugs, states = question.option_slugs, dict[str, Tick]()
    words = said.replace(",", " ").split()
    for word in words:
        match = _BOX.fullmatch(word)
        if not match or (match["number"] != "*" and not 1 <= int(match["number"]) <= len(slugs)):
            raise UsageError(
                f"{word!r} is no box: write numbers from 1 to {len(slugs)}, as 1 3 -2 ?4, or -* for the rest"
            )
        chosen = (
            [slug for slug in slugs if slug not in states]
            if match["number"] == "*"
            else [slugs[int(match["number"]) - 1]]
        )
        states |= dict.fromkeys(chosen, _STATES[match["sign"]])
    if not words:
        raise UsageError("no box was named: nothing is changed")
    changed = copy.deepcopy(answer)
    changed.ticks = {slug: states.get(slug, answer.ticks.get(slug, "unknown")) for slug in slugs}
    changed.status = _status(changed)
    if question.answer_kind in ("yes-no", "consent"):
        changed.understood = changed.understood or Understood()
        changed.understood.affirms = affirmation(changed, question)[0]
    return changed


def with_yes_or_no(answer: Answer, question: Part, affirms: bool) -> Answer:
    """The answer as a yes or a no. Said of the words; where there are none, of the boxes for yes and no.

    :raises UsageError: if there are neither words nor such boxes.

    >>> with_yes_or_no(Answer("answered", "Claro."), Part("24", "Question"), True).understood.affirms
    True
    """
    if answer.text:
        changed = copy.deepcopy(answer)
        changed.understood = changed.understood or Understood()
        changed.understood.affirms = affirms
        return changed
    boxes = [n for n, option in enumerate(question.options, 1) if option.affirms is not None]
    if not any(question.options[n - 1].affirms is affirms for n in boxes):
        raise UsageError("the answer has no words and no box for that: write what it says in a transcript")
    signs = {True: "", False: "-"}
    return with_ticks(
        answer, question, " ".join(signs[question.options[n - 1].affirms is affirms] + str(n) for n in boxes)
    )


def with_quantity(answer: Answer, question: Part, said: str) -> Answer:
    """The answer with a number: ``7.5``, ``60-65``, ``>80``, ``<5``, ``~30``, ``@2018`` for a year; ``-`` for none.

    :raises UsageError: if that is not how it is said.

    >>> answer = with_quantity(Answer("answered", "ronda el 30%"), Part("18", "Question", unit="percent"), "~3 @2018")
    >>> answer.understood.quantity.value, answer.understood.quantity.reference_year, answer.understood.mentions[0].quote
    ('3', '2018', 'ronda el 30%')
    """
    changed = copy.deepcopy(answer)
    understood = changed.understood = changed.understood or Understood()
    if said.strip() == "-":
        understood.quantity = None
        understood.mentions = [mention for mention in understood.mentions if mention.names != "Observation"]
        return changed
    match = _QUANTITY.fullmatch(said.strip())
    if not match or (match["bound"] and match["high"]):
        raise UsageError(
            f"{said!r} is no number: write 7.5, 60-65, >80, <5 or ~30, behind it @2018 for a year; - for none"
        )
    low, high, bound = match["low"], match["high"], match["bound"]
    is_point = not (high or bound)
    understood.quantity = Quantity(
        value=low if is_point else None,
        lower_bound=low if high or bound == ">" else None,
        upper_bound=high or (low if bound == "<" else None),
        is_approximate=bool(match["rough"]),
        unit=(answer.understood and answer.understood.quantity and answer.understood.quantity.unit)
        or question.unit
        or None,
        reference_year=match["year"],
    )
    if answer.text and not any(mention.names == "Observation" for mention in understood.mentions):
        understood.mentions.insert(0, Mention("Observation", answer.text, 0))
    return changed


def as_yaml(answer: Answer) -> str:
    """Status, ticks and what was understood, for a person to edit.

    >>> print(as_yaml(Answer("answered", "No.", understood=Understood(affirms=False))), end="")
    status: answered
    understood:
      affirms: false
    """
    return dumped(_Reading(answer.status, answer.ticks, answer.understood))


def from_yaml(answer: Answer, text: str, path: Path) -> Answer:
    """The answer with status, ticks and what was understood as edited.

    :raises UnreadableInput: if the text is no YAML, or holds a key or value that an answer does not have.

    >>> from_yaml(Answer("answered", "No."), "status: none-stated", Path("edited.yaml")).status
    'none-stated'
    """
    try:
        reading: _Reading = converted(load_yaml(text), _Reading, path)
    except ValueError as error:
        raise UnreadableInput(path, str(error), "mend it") from None
    understood = reading.understood or Understood()
    return replace(copy.deepcopy(answer), status=reading.status, ticks=reading.ticks, understood=understood)


def checked(answer: Answer, question: str, response: Response, path: Path) -> Answer:
    """The answer completed like one in a transcript: quotes found, status and doubts of ticks as the ticks are.

    :raises UnreadableInput: if it names an option or code that does not exist, quotes what it does not say, or has a
        number or date of another form.
    """
    return settle(replace(response, answers={question: copy.deepcopy(answer)}), path).answers[question]


def _status(answer: Answer) -> Status:
    """What became of the question, by the ticks of today."""
    if "ticked" in answer.ticks.values():
        return "answered"
    if answer.text is not None:
        return "answered" if answer.status in ("unreadable", "blank") else answer.status
    return "unreadable" if "unknown" in answer.ticks.values() else "blank"
