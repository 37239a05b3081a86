"""Which of a page's straight lines are rules of tables.

A table's rules meet each other. An underline, a strike-through and the edges of a highlight meet none, or they hug the
words that they belong to and are no longer than those (LibreOffice 25 draws the underline of a link as a level line
0.11 font sizes below its words, a highlight as a filled rectangle around them).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msqgraph.documents.pdf_words import Word

Rule = tuple[float, float, float]  # where it lies; from where to where it runs

MAX_RULES = 1_500
_TOUCH = 3.0  # points between lines that meet
_ABOVE, _BELOW = 0.7, 0.45  # font sizes from a baseline, between which a line belongs to the words
_HIGHEST = 24.0  # points, of a highlight on one line
_OVERHANG = 0.4  # font sizes that such a line may be longer than its words


def table_rules(level: Sequence[Rule], upright: Sequence[Rule], words: Sequence[Word]) -> tuple[list[Rule], list[Rule]]:
    """The level rules as (top, left, right) and the upright ones as (left, top, bottom) that are a table's.

    >>> word = Word("gov.example", 100, 90, 160, 102, 10, baseline=100)
    >>> table_rules([(101, 100, 160), (50, 80, 300), (130, 80, 300)], [(80, 50, 130), (300, 50, 130)], [word])
    ([(50, 80, 300), (130, 80, 300)], [(80, 50, 130), (300, 50, 130)])
    """
    printed = sorted(
        ((word.baseline, word) for word in words if word.baseline is not None), key=lambda pair: (pair[0], pair[1].left)
    )
    heights = [height for height, _ in printed]
    most = max((word.size for _, word in printed), default=0.0)
    others: list[tuple[Rule, list[Rule]]] = []
    hugging: list[Rule] = []
    for whole, parts in _joined(sorted(level[:MAX_RULES])):
        start, end = bisect_left(heights, whole[0] - _BELOW * most), bisect_left(heights, whole[0] + _ABOVE * most)
        if _is_hugging(whole, [word for _, word in printed[start:end]]):
            hugging.append(whole)
        else:
            others.append((whole, parts))
    upright = upright[:MAX_RULES]
    kept = sorted(
        rule
        for whole, parts in others
        if any(_meets(whole, other) for other in upright) and not any(_is_upper_edge(whole, lower) for lower in hugging)
        for rule in parts
    )
    return kept, sorted(rule for rule in upright if any(_meets(other, rule) for other in kept))


def _is_upper_edge(rule: Rule, lower: Rule) -> bool:
    """Whether a level line is the upper edge of a highlight whose lower edge hugs its words."""
    return 0 < lower[0] - rule[0] < _HIGHEST and abs(rule[1] - lower[1]) < 1 and abs(rule[2] - lower[2]) < 1


def _joined(level: list[Rule]) -> list[tuple[Rule, list[Rule]]]:
    """Level lines that go on in each other, as one line and as its parts."""
    found: list[tuple[Rule, list[Rule]]] = []
    for rule in level:
        for at in range(len(found) - 1, -1, -1):
            whole, parts = found[at]
            if rule[0] - whole[0] > 1:
                found.append((rule, [rule]))
                break
            if rule[1] <= whole[2] + _TOUCH and whole[1] <= rule[2] + _TOUCH:
                found[at] = (whole[0], min(whole[1], rule[1]), max(whole[2], rule[2])), [*parts, rule]
                break
        else:
            found.append((rule, [rule]))
    return found


def _is_hugging(rule: Rule, words: list[Word]) -> bool:
    """Whether the words of one line run along all of a rule, close above or below it."""
    y, left, right = rule
    lines: dict[int, list[Word]] = {}
    for word in words:
        assert word.baseline is not None  # noqa: S101 - only such words are looked at
        if -_ABOVE * word.size < y - word.baseline < _BELOW * word.size and word.right > left and word.left < right:
            lines.setdefault(round(word.baseline), []).append(word)
    return any(_runs_along(line, left, right) for line in lines.values())


def _runs_along(line: list[Word], left: float, right: float) -> bool:
    """Whether a line's words stand between two edges without a wide gap."""
    reach, overhang = left, _OVERHANG
    for word in sorted(line, key=lambda w: w.left):
        if word.left > reach + overhang * word.size:
            return False
        reach, overhang = max(reach, word.right), 1.0
    return right - reach < _OVERHANG * line[0].size


def _meets(level: Rule, upright: Rule) -> bool:
    """Whether a level and an upright line touch or cross."""
    return (
        level[1] - _TOUCH <= upright[0] <= level[2] + _TOUCH and upright[1] - _TOUCH <= level[0] <= upright[2] + _TOUCH
    )
