"""Answers are compared by a logic of three values: what is unknown is no no, and no difference."""

from __future__ import annotations

from decimal import Decimal

import pytest

from msqgraph.server.content.differences import Given, Interval, Outcome, verdict

SAME, DIFFERENT, INCOMPARABLE = Outcome


def yes_no(affirms: bool | None, status: str = "answered", text: str = "") -> Given:
    """An answer to a question of yes or no."""
    return Given(status, "yes-no", affirms=affirms, text=text)


def boxes(**states: str) -> Given:
    """An answer by boxes."""
    return Given("answered", "ticks", boxes=states)


def number(lower: str | None, upper: str | None, unit: str = "percent", text: str = "") -> Given:
    """An answer by a number."""
    least, greatest = (None if bound is None else Decimal(bound) for bound in (lower, upper))
    return Given("answered", "quantity", number=Interval(least, greatest, unit), text=text)


def free(text: str, status: str = "answered") -> Given:
    """An answer in words."""
    return Given(status, "free-text", text=text)


CASES: list[tuple[list[Given], Outcome | None]] = [
    # nothing to compare with
    ([], None),
    ([yes_no(True)], None),
    # yes and no
    ([yes_no(True), yes_no(True)], SAME),
    ([yes_no(True), yes_no(False)], DIFFERENT),
    ([yes_no(True), yes_no(None)], INCOMPARABLE),
    ([yes_no(False), yes_no(None)], INCOMPARABLE),
    ([yes_no(None), yes_no(None)], INCOMPARABLE),
    ([yes_no(True), yes_no(False), yes_no(None)], DIFFERENT),
    ([yes_no(True, text="Sí."), yes_no(True, text="Sí, desde 2014")], DIFFERENT),
    # status
    ([yes_no(None, "unreadable"), yes_no(False)], INCOMPARABLE),
    ([yes_no(None, "unreadable"), yes_no(None, "unreadable")], INCOMPARABLE),
    ([yes_no(None, "no-response"), yes_no(False)], INCOMPARABLE),
    ([yes_no(None, "not-asked"), yes_no(False)], INCOMPARABLE),
    ([free("", "blank"), free("", "blank")], SAME),
    ([free("", "blank"), free("no")], DIFFERENT),
    ([free("", "blank"), free("N/A", "none-stated")], DIFFERENT),
    ([free("", "blank"), free("", "unreadable")], INCOMPARABLE),
    ([free("", "blank"), free("", "blank"), free("", "not-asked")], INCOMPARABLE),
    ([free("a"), free("", "blank"), free("", "unreadable")], DIFFERENT),
    # words
    ([free("Ministerio  de\nSalud"), free("ministerio de salud")], SAME),
    ([free("Cafe\u0301"), free("Caf\u00e9")], SAME),
    ([free("Ministerio de Salud"), free("Ministerio de Hacienda")], DIFFERENT),
    ([free("a"), free("a"), free("a", "unreadable")], INCOMPARABLE),
    # boxes
    ([boxes(ai="ticked"), boxes(ai="ticked")], SAME),
    ([boxes(ai="ticked"), boxes(ai="unticked")], DIFFERENT),
    ([boxes(ai="ticked"), boxes(ai="unknown")], INCOMPARABLE),
    ([boxes(ai="unticked"), boxes(ai="unknown")], INCOMPARABLE),
    ([boxes(ai="unknown"), boxes(ai="unknown")], INCOMPARABLE),
    ([boxes(ai="ticked", iot="unknown"), boxes(ai="unticked", iot="ticked")], DIFFERENT),
    ([boxes(ai="ticked"), boxes(ai="ticked", robots="ticked")], INCOMPARABLE),
    ([boxes(ai="ticked"), boxes(ai="ticked", robots="unticked")], INCOMPARABLE),
    # numbers
    ([number("5", "5"), number("5.0", "5.0")], SAME),
    ([number("5", "5"), number("6", "6")], DIFFERENT),
    ([number("60", "65"), number("62", "62")], INCOMPARABLE),
    ([number("60", "65"), number("60", "65")], SAME),
    ([number("80", None), number("50", "50")], DIFFERENT),
    ([number("80", None), number("90", "90")], INCOMPARABLE),
    ([number("5", "5"), number("6", "6", "per-mille")], INCOMPARABLE),
    ([number("5", "5"), Given("answered", "quantity", text="poco")], DIFFERENT),
    ([number("5", "5"), Given("unreadable", "quantity")], INCOMPARABLE),
    ([number("5", "5", text="5%"), number("5", "5", text="5%")], SAME),
]


@pytest.mark.parametrize(("given", "expected"), CASES)
def test_answers_compare_as_they_should(given: list[Given], expected: Outcome | None) -> None:
    """Whatever the order in which they stand."""
    assert verdict(given).outcome == expected
    assert verdict(given[::-1]).outcome == expected


def test_what_differs_and_what_is_unknown_is_named() -> None:
    """Options by option, and whether it is only the words."""
    found = verdict([boxes(ai="ticked", iot="unknown", big="ticked"), boxes(ai="unticked", iot="ticked", big="ticked")])
    [aspect] = [one for one in found.aspects if one.name == "boxes"]
    assert (aspect.different, aspect.unknown) == (("ai",), ("iot",))
    assert not found.is_only_in_words
    assert verdict([free("a"), free("b")]).is_only_in_words


@pytest.mark.parametrize("status", ["unreadable", "not-asked", "no-response", ""])
def test_what_cannot_be_told_never_differs(status: str) -> None:
    """Not even if something is on record of such an answer."""
    strange = Given(status, "yes-no", affirms=False, boxes={"ai": "unticked"}, text="no")
    known = Given("answered", "yes-no", affirms=True, boxes={"ai": "ticked"}, text="sí")
    assert verdict([known, strange]).outcome is Outcome.INCOMPARABLE
