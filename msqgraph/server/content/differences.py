"""Where answers to the same question differ, are the same, or cannot be compared: logic of three values.

What is unknown (a box whose mark was lost, an answer that cannot be read, a question that was not asked, a country
without response) is neither a yes nor a no, and never a difference: it only keeps answers from being the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Outcome(StrEnum):
    """How answers compare."""

    SAME = "same"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


STATUS, YES_NO, BOXES, NUMBER, WORDS = "status", "yes-no", "boxes", "number", "words"
_CAN_BE_TOLD = {"answered", "blank", "none-stated"}
_ASKS_YES_NO, _ASKS_NUMBER, _UNKNOWN = {"yes-no", "consent"}, {"quantity"}, "unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """A number as stated: its least and greatest value, None where it has none, and the IRI or name of its unit."""

    lower: Decimal | None
    upper: Decimal | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as far as it is compared. ``status`` is a slug of ``code/answer-status``, or ``no-response``; ``kind``
    a slug of ``code/answer-kind``. ``boxes`` are the states by option: ticked, unticked or unknown; an option that the
    form does not have is not in it.
    """

    status: str
    kind: str = ""
    affirms: bool | None = None
    boxes: dict[str, str] = field(default_factory=dict)
    number: Interval | None = None
    text: str = ""

    @property
    def can_be_told(self) -> bool:
        """Whether it is known what the country said, be it nothing."""
        return self.status in _CAN_BE_TOLD


@dataclass(frozen=True, slots=True)
class Aspect:
    """How answers compare in one respect; of boxes, ``different`` and ``unknown`` are the options concerned."""

    name: str
    outcome: Outcome
    different: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How answers compare altogether, and in each respect that they have; None where there is only one."""

    outcome: Outcome | None
    aspects: tuple[Aspect, ...] = ()

    @property
    def is_only_in_words(self) -> bool:
        """Whether they differ in nothing but their words."""
        return [one.name for one in self.aspects if one.outcome is Outcome.DIFFERENT] == [WORDS]


def verdict(given: Sequence[Given]) -> Verdict:
    """How answers to the same question compare: different if two differ in anything; else not comparable if anything
    is unknown; else the same.

    >>> verdict([Given("answered", affirms=True), Given("answered", affirms=False)]).outcome.value
    'different'
    >>> verdict([Given("answered", affirms=True), Given("unreadable")]).outcome.value
    'incomparable'
    """
    if len(given) < 2:
        return Verdict(None)
    aspects = [Aspect(STATUS, _compared(one.status if one.can_be_told else None for one in given))]
    answered = [one for one in given if one.status == "answered"]
    if answered:
        # of who said nothing it is known that they did; of the others it is unknown what they said
        aspects += _contents(answered, sum(not one.can_be_told for one in given))
    return Verdict(_altogether(aspects), tuple(aspects))


def _altogether(aspects: Iterable[Aspect]) -> Outcome:
    outcomes = {aspect.outcome for aspect in aspects}
    return next(one for one in (Outcome.DIFFERENT, Outcome.INCOMPARABLE, Outcome.SAME) if one in outcomes)


def _contents(answered: list[Given], others: int) -> list[Aspect]:
    """How answers compare in what they say; ``others`` is of how many answers nobody knows it."""
    unknown = [None] * others
    found = []
    asks_yes_no = any(one.affirms is not None or one.kind in _ASKS_YES_NO for one in answered)
    if asks_yes_no:
        found.append(Aspect(YES_NO, _compared([*(one.affirms for one in answered), *unknown])))
    if any(one.number or one.kind in _ASKS_NUMBER for one in answered):
        found.append(Aspect(NUMBER, _numbers([*(one.number for one in answered), *unknown])))
    if not asks_yes_no and any(one.boxes for one in answered):
        found.append(_boxes(answered, others))
    texts = [_words(one.text) for one in answered]
    if any(texts):
        found.append(Aspect(WORDS, _compared([*texts, *unknown])))
    return found


def _compared(values: Iterable[object]) -> Outcome:
    """How values compare, of which None is unknown."""
    told = list(values)
    known = {value for value in told if value is not None}
    if len(known) > 1:
        return Outcome.DIFFERENT
    return Outcome.INCOMPARABLE if None in told else Outcome.SAME


def _boxes(answered: list[Given], others: int) -> Aspect:
    different: list[str] = []
    unknown: list[str] = []
    for key in dict.fromkeys(key for one in answered for key in one.boxes):
        states = [one.boxes.get(key, _UNKNOWN) for one in answered]
        outcome = _compared([*(None if state == _UNKNOWN else state for state in states), *[None] * others])
        if outcome is not Outcome.SAME:
            (different if outcome is Outcome.DIFFERENT else unknown).append(key)
    outcome = Outcome.DIFFERENT if different else Outcome.INCOMPARABLE if unknown else Outcome.SAME
    return Aspect(BOXES, outcome, tuple(different), tuple(unknown))


def _numbers(numbers: Sequence[Interval | None]) -> Outcome:
    """How numbers compare: two differ if no number fits both; bounds that overlap cannot be compared."""
    known = [number for number in numbers if number is not None]
    pairs = [(one, other) for place, one in enumerate(known) for other in known[place + 1 :]]
    if any(one.unit == other.unit and _apart(one, other) for one, other in pairs):
        return Outcome.DIFFERENT
    if len(known) < len(numbers) or any(one != other for one, other in pairs):
        return Outcome.INCOMPARABLE
    return Outcome.SAME


def _apart(one: Interval, other: Interval) -> bool:
    return _below(one, other) or _below(other, one)


def _below(one: Interval, other: Interval) -> bool:
    return one.upper is not None and other.lower is not None and one.upper < other.lower


def _words(text: str) -> str:
    """A text without what is no difference of words: line breaks, blanks, case, composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
