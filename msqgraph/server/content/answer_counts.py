"""How many countries answered what: by status, by yes and no, by box, by size of a number. Unknown is never no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from msqgraph.server.content.texts import Text

# an answer's own, and what is said of a country that has no answer
STATUSES = ("answered", "blank", "none-stated", "unreadable", "not-asked", "no-response")
# those of answers that say something, so that there is a yes or no to be known; nothing is of what was left blank
SAY_SOMETHING = ("answered", "unreadable")
TICKS = ("ticked", "unticked", "unknown")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as an answer states it: a value or bounds, as written in the data; ``unit`` is the slug of a code."""

    value: str = ""
    lower: str = ""
    upper: str = ""
    unit: str = ""
    is_approximate: bool = False
    year: str = ""


@dataclass(frozen=True, slots=True)
class OptionCount:
    """A box with how many countries ticked it, left it empty, or have a mark there that cannot be told.

    ``stated`` is how many state what the box stands for, by it or in words, if any box of the question states a fact.
    """

    iri: str
    label: Text
    wording: Text
    ticked: int
    unticked: int
    unknown: int
    stated: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How numbers are spread: ``classes`` as (from, below, count), the last without an end; and what has no class."""

    classes: tuple[tuple[float, float | None, int], ...]
    least: float
    middle: float
    greatest: float
    with_bounds_only: int


def by_status(statuses: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How often each status occurs, in order, all of them named.

    >>> by_status(["blank", "answered", "answered"])[:2]
    (('answered', 2), ('blank', 1))
    """
    found = Counter(statuses)
    return tuple((status, found[status]) for status in STATUSES)


def by_truth(truths: Iterable[bool | None]) -> tuple[tuple[str, int], ...]:
    """How many said yes, how many no, and of how many neither is known.

    >>> by_truth([True, None, False, None])
    (('yes', 1), ('no', 1), ('unknown', 2))
    """
    found = Counter({True: "yes", False: "no", None: "unknown"}[truth] for truth in truths)
    return tuple((name, found[name]) for name in ("yes", "no", "unknown"))


def spread_of(numbers: Sequence[Number], most: float) -> Spread | None:
    """The spread over the quarters of a scale from 0; what is above it counts to the last. None without any value.

    >>> spread = spread_of([Number("5"), Number("80"), Number("140"), Number(lower="60", upper="65")], 100)
    >>> [count for _, _, count in spread.classes], spread.middle, spread.with_bounds_only
    ([1, 0, 0, 2], 80.0, 1)
    """
    values = sorted(float(number.value) for number in numbers if number.value)
    if not values:
        return None
    edges = [most * part / 4 for part in range(4)]
    classes = []
    for place, edge in enumerate(edges):
        end = edges[place + 1] if place < 3 else None
        low = float("-inf") if place == 0 else edge
        classes.append((edge, end, sum(low <= value and (end is None or value < end) for value in values)))
    bounded = sum(not number.value and bool(number.lower or number.upper) for number in numbers)
    return Spread(tuple(classes), values[0], float(median(values)), values[-1], bounded)
