"""Percentages are kept as said: points, ranges and bounds in any script, and no other number."""

from __future__ import annotations

import pytest

from msqgraph.interpret.passages import Passage
from msqgraph.interpret.quantities import implausible, read_quantity
from msqgraph.response import Quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5%, en base a las encuestas en línea de satisfacción de servicios realizados.", "5"),
        ("80%", "80"),
        ("7,5 %", "7.5"),
        ("3.4 per cent of GDP by 2025", "3.4"),
        ("80", "80"),
        ("80.5", "80.5"),
        ("٪3.4", "3.4"),
        ("٣٫٤٪", "3.4"),
        ("８０％", "80"),
        ("%80", "80"),
        ("forty per cent", "40"),
        ("forty-five percent", "45"),
        ("treinta y cinco por ciento", "35"),
        ("quatre-vingt-dix pour cent", "90"),
        ("сорок пять процентов", "45"),
        ("百分之四十五", "45"),
        ("10 000 people, 80%", "80"),
        ("0.125%", "0.125"),
    ],
)
def test_a_point_value_in_any_script(text: str, value: str) -> None:
    """Decimal commas, digits of other scripts, numbers in words, the sign before or behind."""
    assert read_quantity(Passage(text))[::2] == (Quantity(value=value, unit="percent"), [])


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("60-65%", "60", "65"),
        ("60% – 65%", "60", "65"),
        ("between 60 and 65%", "60", "65"),
        ("entre 60 y 65 %", "60", "65"),
        ("от 60 до 65%", "60", "65"),
        ("1,5-2%", "1.5", "2"),
        ("more than 80%", "80", None),
        ("más del 80 %", "80", None),
        ("plus de 80 %", "80", None),
        ("более 80 %", "80", None),
        ("80%以上", "80", None),
        ("no menos del 70%", "70", None),
        ("≥ 75%", "75", None),
        ("less than 5%", None, "5"),
        ("no more than 5%", None, "5"),
        ("hasta el 20%", None, "20"),
        ("أقل من 20%", None, "20"),
    ],
)
def test_ranges_and_bounds_are_no_point_values(text: str, low: str | None, high: str | None) -> None:
    """ "60-65%" is a range, "more than 80%" a lower bound; neither is rounded to a value."""
    assert read_quantity(Passage(text))[0] == Quantity(lower_bound=low, upper_bound=high, unit="percent")


@pytest.mark.parametrize(
    "text",
    ["près de 20 %", "about 20%", "ronda el 20%", "cerca de 20%", "около 20%", "约20%", "20%左右", "حوالي 20%", "~20%"],
)
def test_an_approximate_value_says_so(text: str) -> None:
    """The words around the number are kept as a flag."""
    assert read_quantity(Passage(text))[0] == Quantity(value="20", is_approximate=True, unit="percent")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ronda el 30%, según datos del año 2018 del sistema", "2018"),
        ("80% (2018)", "2018"),
        ("In 2018, 3.4%", "2018"),
        ("80% за 2018 год", "2018"),
        ("80% in the plan for 2030", None),
        ("5%", None),
    ],
)
def test_the_year_is_the_reference_not_the_value(text: str, year: str | None) -> None:
    """Question 18 of the sample: the year that a figure is about; a year to come is none."""
    quantity, _, _ = read_quantity(Passage(text), 2020)
    assert quantity and quantity.reference_year == year and quantity.value != "2018"


@pytest.mark.parametrize(
    "text", ["2018", "There are 12000 employees", "12,000 employees", "N/A", "www.a.gov/80%25", "", "%"]
)
def test_other_numbers_are_no_percentage(text: str) -> None:
    """Years, counts and what stands in an address."""
    assert read_quantity(Passage(text))[::2] == (None, [])


def test_several_percentages_leave_the_value_open() -> None:
    """No one figure is picked."""
    assert read_quantity(Passage("5% in 2017 and 7% in 2018"))[::2] == (None, ["conflicting-signals"])


@pytest.mark.parametrize(("value", "is_doubted"), [("30", True), ("3", False), ("10", False)])
def test_what_is_implausible_is_flagged(value: str, is_doubted: bool) -> None:
    """30 per cent of GDP for ICT is kept, and doubted."""
    assert implausible(Quantity(value=value), (0.0, 10.0)) is is_doubted


@pytest.mark.parametrize(
    ("text", "value", "doubts"),
    [
        ("-5%", None, ["implausible-percentage"]),
        ("−5 %", None, ["implausible-percentage"]),
        ("It was -5% in 2018", None, ["implausible-percentage"]),
        ("minus 5%", None, ["implausible-percentage"]),
        ("-5", None, ["implausible-percentage"]),
        ("- 5%", "5", []),
        ("- 5", "5", []),
        ("1,234%", None, ["conflicting-signals"]),
        ("1.234 %", None, ["conflicting-signals"]),
        ("1,234", None, ["conflicting-signals"]),
        ("1,200-1,300%", None, ["conflicting-signals"]),
        ("12.34%", "12.34", []),
    ],
)
def test_what_can_be_no_share_or_reads_two_ways_gets_no_value(text: str, value: str | None, doubts: list[str]) -> None:
    """A minus sign is not a list's dash; a separator before three digits may be of thousands or of decimals."""
    quantity, _, found = read_quantity(Passage(text))
    assert (quantity and quantity.value, found) == (value, doubts)
