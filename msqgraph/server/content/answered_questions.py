"""The questions of a form, each with what a country said to it and the facts understood from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from msqgraph.exports.answer_citation import CitedAnswer
from msqgraph.server.content.answers import Answer
from msqgraph.server.content.facts import Fact
from msqgraph.server.content.forms import Question
from msqgraph.server.content.texts import Text

#: In the order in which they are told: what was answered, then what there is instead.
STATUSES = ("answered", "none-stated", "blank", "unreadable", "not-asked")
_UNTOLD = "unreadable"  # a response that says nothing of a question, not even that it is blank: it cannot be told


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question with its answer, or with None where the response has no record of one, and the facts from it."""

    question: Question
    answer: Answer | None = None
    facts: tuple[Fact, ...] = ()
    cited: CitedAnswer | None = None

    @property
    def status(self) -> str:
        """The slug of the answer's status; ``unreadable`` where nothing is recorded; empty for a group of questions."""
        if self.question.is_group and self.answer is None:
            return ""
        return (self.answer.status if self.answer else "") or _UNTOLD

    @property
    def plain_facts(self) -> tuple[Fact, ...]:
        """The facts for people."""
        return tuple(fact for fact in self.facts if not fact.is_for_machines)

    @property
    def further_facts(self) -> tuple[Fact, ...]:
        """Types, labels and bookkeeping: facts for programs."""
        return tuple(fact for fact in self.facts if fact.is_for_machines)


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    """A section of a form, with its questions in order."""

    slug: str
    marker: str
    label: Text
    items: tuple[AnsweredQuestion, ...]


def statuses(items: Iterable[AnsweredQuestion]) -> tuple[tuple[str, int], ...]:
    """How many questions have which status, in the order of ``STATUSES``, without what there is none of.

    >>> statuses([])
    ()
    """
    counts = Counter(item.status for item in items if item.status)
    ordered = [*STATUSES, *sorted(counts.keys() - set(STATUSES))]
    return tuple((status, counts[status]) for status in ordered if counts[status])
