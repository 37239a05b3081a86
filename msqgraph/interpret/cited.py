"""A citation of a legal act with the stretch of text that it is, and what two citations of one act say together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from msqgraph.response import Citation


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation and the stretch of text that it is."""

    start: int
    end: int
    citation: Citation

    def overlaps(self, other: Cited) -> bool:
        """Whether two citations share a stretch of the text."""
        return self.start < other.end and other.start < self.end


def merged(first: Citation, second: Citation) -> Citation:
    """What two citations of one act say together.

    >>> merged(Citation("law"), Citation("law", "5189", None, "2014"))
    Citation(type='law', number='5189', date=None, year='2014')
    """
    return replace(
        second, number=second.number or first.number, date=second.date or first.date, year=second.year or first.year
    )
