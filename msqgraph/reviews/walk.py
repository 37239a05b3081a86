"""The conversation in the terminal: one answer after the other, a decision on each, kept as soon as it is made.

Nothing is decided by accident: the Enter key alone does nothing, and a change is shown before it is recorded.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import MappingLoss, UnreadableInput, UsageError, readable
from msqgraph.identity import identify
from msqgraph.interpret import interpret
from msqgraph.mapping import map_answers
from msqgraph.questionnaire import Part, load_questionnaire
from msqgraph.records import as_json
from msqgraph.response import Answer, Response, Understood
from msqgraph.reviews import edits, screen
from msqgraph.reviews.applying import Reviewed, decided, reviewed
from msqgraph.reviews.decisions import Decision, record, review_path
from msqgraph.reviews.editor import edited
from msqgraph.reviews.queue import Item, queue
from msqgraph.reviews.reviewers import unpublishable
from msqgraph.terminal import printable

if TYPE_CHECKING:
    from rich.console import Console

_WHO = "Who decides? The name is published with the decision: an office, a handle or an ORCID iD will do"
_HELP = """c  record what is shown: as confirmed, or, after a change, as corrected
t  say how the boxes stand: 1 3 ticked, -2 empty, ?4 unknown, -* all others empty
y  the answer is yes          n  the answer is no
v  say the number: 7.5, 60-65, >80, <5, ~30, behind it @2018 for a year; - for none
e  edit status, ticks and what was understood as YAML, in the editor that EDITOR names
#  a note to keep with the decision, as # asked the ministry; it is not published
u  undo the changes           s  skip this answer           q  quit"""
_YES_NO = ("yes-no", "consent")
_WORDS = {
    word: key
    for key, words in {
        "c": "c confirm correct record", "t": "t tick ticks", "y": "y yes", "n": "n no", "v": "v value", "e": "e edit",
        "u": "u undo", "s": "s skip", "q": "q quit exit",
    }.items()
    for word in words.split()
}  # fmt: skip


class Ended(Exception):
    """The person has had enough, or there is no one to ask."""


@dataclass(slots=True)
class Walk:
    """One sitting. ``ask`` takes a prompt and gives what was typed, or raises ``Ended``.

    ``decided`` counts the decisions that were recorded, ``left`` the doubtful answers that wait for one; ``problems``
    are entries that cannot be applied.
    """

    console: Console
    ask: Callable[[str], str]
    by: str | None = None
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    decided: int = 0
    left: int = 0
    problems: list[UnreadableInput] = field(default_factory=list)

    def through(self, response: Response, source: Path, is_everything_asked: bool = False) -> None:
        """Walks through a response as it was read.

        :raises UnreadableInput: if the file of decisions cannot be read.
        :raises UsageError: if a decision cannot be written.
        :raises Ended: if the person quits.
        """
        laid_over = reviewed(response, source)
        self.problems += laid_over.problems
        _Sitting(self, response, source, laid_over).run(is_everything_asked)

    def say(self, text: str) -> None:
        """Prints what the program says, with words of others made harmless."""
        self.console.print(printable(text), markup=False, highlight=False, soft_wrap=True)

    def name(self) -> str:
        """Under which name to decide, asked for once."""
        while not self.by:
            by = self.ask(_WHO).strip()
            if problem := unpublishable(by):
                self.say(problem)
            else:
                self.by = by
        return self.by


@dataclass(slots=True)
class _Sitting:
    walk: Walk
    read: Response
    source: Path
    laid_over: Reviewed
    as_read: Response = field(init=False)
    shown: Response = field(init=False)
    questions: dict[str, Part] = field(init=False)

    def __post_init__(self) -> None:
        form = load_questionnaire(self.read.edition)
        self.questions = {question.path: question for question in form.questions()}
        self.as_read = interpret(self.read, form)
        self.shown = interpret(self.laid_over.response, form)

    def run(self, is_everything_asked: bool) -> None:
        items = queue(self.shown, is_everything_asked)
        name = readable(self.source)
        self.walk.left += sum(item.is_open for item in items)
        whole = [*map(screen.explained, self.shown.doubts)]
        whole += ["Some text belongs to no question."] if self.shown.unassigned else []
        if whole:
            self.walk.say(f"{name}, as a whole, to be settled in a transcript: {' '.join(whole)}")
        if not any(item.is_open for item in items):
            self.walk.say(f"{name}: nothing doubtful in {len(self.shown.answers)} answers")
        for n, item in enumerate(items, 1):
            place = f"{self.read.country_iso3} {self.read.edition}, question {item.question}"
            if self.decide(item, f"{place}  ({n} of {len(items)}, {name})"):
                self.walk.left -= item.is_open

    def decide(self, item: Item, title: str) -> bool:
        """Asks about one answer until something is recorded (true) or it is skipped (false)."""
        question, conflict = self.questions[item.question], self.laid_over.conflicts.get(item.question)
        start = self.shown.answers[item.question]
        draft, note = start, None
        screen.show(self.walk.console, title, question, draft, item, conflict)
        while True:
            said = self.walk.ask(_menu(question, draft != start)).strip()
            word, _, rest = said.partition(" ")
            key = "#" if said.startswith("#") else _WORDS.get(word.lower())
            try:
                if key == "q":
                    raise Ended
                if key == "s":
                    return False
                if key == "c":
                    self.record(draft, item.question, note)
                    return True
                if key == "#":
                    note = said[1:].strip() or None
                    self.walk.say("the note will be kept with the decision" if note else "no note")
                elif key is None:
                    self.walk.say(_HELP)
                else:
                    draft = start if key == "u" else self.changed(draft, question, key, rest.strip())
                    unknown = sum(tick == "unknown" for tick in draft.ticks.values())
                    now = item if key == "u" else replace(item, doubts=(), unknown_boxes=unknown)
                    state = "" if key == "u" else ", changed, not yet recorded"
                    screen.show(self.walk.console, title + state, question, draft, now, conflict)
            except UsageError as error:
                self.walk.say(str(error))
            except UnreadableInput as error:
                self.walk.say(f"{error.problem} — {error.remedy}")

    def changed(self, draft: Answer, question: Part, key: str, said: str) -> Answer:
        """The answer with what a person said of it, checked as a transcript is.

        :raises UsageError: if it cannot be said like that.
        :raises UnreadableInput: if it cannot be meant.
        """
        if key == "e":
            return self.edited(draft, question)
        if key in ("y", "n"):
            if question.answer_kind not in _YES_NO:
                raise UsageError("the question asks for no yes or no")
            draft = edits.with_yes_or_no(draft, question, key == "y")
        elif key == "t":
            if not question.options:
                raise UsageError("the question has no boxes")
            draft = edits.with_ticks(draft, question, said or self.walk.ask("Boxes (1 3 ticked, -2 empty, ?4, -*)"))
        else:
            if question.answer_kind != "quantity":
                raise UsageError("the question asks for no number")
            draft = edits.with_quantity(
                draft, question, said or self.walk.ask("Number (7.5, 60-65, >80, <5, ~30, @2018)")
            )
        return self.checked(draft, question)

    def edited(self, draft: Answer, question: Part) -> Answer:
        """The answer as edited as YAML; what is wrong with it is said, and the text can be mended."""
        text = edits.as_yaml(draft)
        while True:
            text = edited(text)
            try:
                return self.checked(edits.from_yaml(draft, text, review_path(self.source)), question)
            except UnreadableInput as error:
                self.walk.say(f"{error.problem} — {error.remedy}")
                if not self.walk.ask("Edit again? y or n").strip().lower().startswith("y"):
                    raise UsageError("nothing is changed") from None

    def checked(self, draft: Answer, question: Part) -> Answer:
        """The answer, completed; tried out as far as the graph, so that a build does not stumble over it."""
        path = review_path(self.source)
        draft = edits.checked(draft, question.path, self.read, path)
        try:
            map_answers(as_json(identify(replace(self.shown, answers={**self.shown.answers, question.path: draft}))))
        except MappingLoss as error:
            raise UnreadableInput(path, str(error), "nothing is changed") from None
        return draft

    def record(self, draft: Answer, number: str, note: str | None) -> None:
        """Keeps what is shown as a decision: confirmed if it is what the program had made of the answer."""
        is_same = _meaning(draft) == _meaning(self.as_read.answers[number])
        seen = self.read.answers[number]
        decision = Decision(
            number,
            "confirmed" if is_same else "corrected",
            self.walk.name(),
            self.walk.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
            draft.status,
            quote=seen.text,
            ticks_seen=dict(seen.ticks),
            ticks=dict(draft.ticks),
            understood=draft.understood,
            note=note,
        )
        path = review_path(self.source)
        decided(seen, decision, self.read, path)
        record(decision, path, self.source)
        self.walk.decided += 1
        self.walk.say(f"{decision.decision} by {decision.by}, kept in {readable(path)}")


def _menu(question: Part, is_changed: bool) -> str:
    """What can be done with an answer, in one line."""
    keys = ["c record the correction" if is_changed else "c confirm", *(["t boxes"] if question.options else [])]
    keys += ["y yes", "n no"] if question.answer_kind in _YES_NO else []
    keys += ["v number"] if question.answer_kind == "quantity" else []
    return " · ".join([*keys, "e edit", "# note", "u undo", "s skip", "q quit", "? help"])


def _meaning(answer: Answer) -> tuple[object, ...]:
    """What of an answer is a matter of reading; a doubt counts only where it keeps a topic from being claimed."""
    understood = copy.deepcopy(answer.understood) or Understood()
    for mention in understood.mentions:
        if mention.names != "Concept":
            mention.doubts = []
    return answer.status, answer.ticks, understood
