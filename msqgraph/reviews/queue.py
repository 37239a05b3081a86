"""Which answers a person should look at, the most consequential first.

First by the gravest doubt: what may have turned a fact into its opposite or lost it (``_GRAVITY``, from above) comes
before what is merely odd. Then by how much depends on the answer: the statements that rest on it, and the boxes whose
state is unknown, each of which may be one more. Then in the order of the form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from msqgraph.identity import identify
from msqgraph.iris import absolute
from msqgraph.iris import response as response_path
from msqgraph.mapping import map_answers, map_facts
from msqgraph.records import as_json
from msqgraph.response import Answer, Response
from msqgraph.reviews.applying import CONFLICT
from msqgraph.terms import text_of

_GRAVITY: tuple[frozenset[str], ...] = (
    frozenset({CONFLICT}),
    frozenset({"lost-tick", "conflicting-signals", "displaced-text", "question-not-found"}),
    frozenset({"negated-or-planned", "unassigned-text"}),
    frozenset({"implausible-percentage", "ambiguous-date"}),
)
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"


@dataclass(frozen=True, slots=True)
class Item:
    """An answer to look at: why, how many statements rest on it, how many of its boxes are unknown."""

    question: str
    doubts: tuple[str, ...]
    statements: int
    unknown_boxes: int

    @property
    def is_open(self) -> bool:
        """Whether there is a doubt that no person has settled."""
        return bool(self.doubts)


def queue(response: Response, is_everything_asked: bool = False) -> list[Item]:
    """The answers to look at, the most consequential first.

    :param response: as interpreted, with the decisions laid over it.
    :param is_everything_asked: whether answers without doubt, or settled by a person, follow in the order of the form.

    >>> from msqgraph import load_response
    >>> [item.question for item in queue(load_response("tests/cases/paraguay/answers.yaml"))][:3]
    ['9', '8', '15']
    """
    resting = _statements(response)
    items = [
        Item(number, open_doubts(answer), resting[number], sum(tick == "unknown" for tick in answer.ticks.values()))
        for number, answer in response.answers.items()
    ]
    doubtful = sorted((item for item in items if item.is_open), key=_order)
    return doubtful + [item for item in items if is_everything_asked and not item.is_open]


def open_doubts(answer: Answer) -> tuple[str, ...]:
    """The doubts about an answer and what it mentions, each once; none where a person has decided.

    >>> open_doubts(Answer("unreadable", doubts=["lost-tick"]))
    ('lost-tick',)
    """
    if answer.review:
        return ()
    mentioned = [doubt for m in answer.understood.mentions for doubt in m.doubts] if answer.understood else []
    return tuple(dict.fromkeys([*answer.doubts, *mentioned]))


def _order(item: Item) -> tuple[int, int]:
    return _gravity(item.doubts), -(item.statements + item.unknown_boxes)


def _gravity(doubts: Iterable[str]) -> int:
    ranks = [n for n, grave in enumerate(_GRAVITY) if not grave.isdisjoint(doubts)]
    return min(ranks, default=len(_GRAVITY))


def _statements(response: Response) -> Counter[str]:
    """How many statements rest on each answer."""
    root = absolute(response_path(response.country_iso3, response.edition)) + "/"
    facts = map_facts(map_answers(as_json(identify(response))))
    sources = (text_of(triple.object) for triple in facts if triple.predicate.value == _DERIVED)
    numbers = (source.removeprefix(root) for source in sources if source.startswith(root))
    return Counter(number for number in numbers if number in response.answers)
