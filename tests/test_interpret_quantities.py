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


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "is_approximate", "year"),
    [
        ("forty per cent", "40", None, None, False, None),
        ("Sixty-five percent (2017)", "65", None, None, False, "2017"),
        ("from 70% to 80%", None, "70", "80", False, None),
        ("at least 50%", None, "50", None, False, None),
        ("less than 5%", None, None, "5", False, None),
        ("up to 90%", None, None, "90", False, None),
        ("It increased from 70% to 80%", "80", None, None, False, None),
        ("approx. 45 % (2018 survey)", "45", None, None, True, "2018"),
        ("62% according to the 2018 survey", "62", None, None, False, "2018"),
        ("roughly half", "50", None, None, True, None),
        ("About three quarters of the staff", "75", None, None, True, None),
        ("more than half", None, "50", None, False, None),
        ("75% (estimate)", "75", None, None, True, None),
        ("not exceeding 2% of GDP", None, None, "2", False, None),
        ("0.8 of GDP", "0.8", None, None, False, None),
        ("~ 15%", "15", None, None, True, None),
        ("between 10 and 15 per cent", None, "10", "15", False, None),
        ("As of December 2018: 71%", "71", None, None, False, "2018"),
        ("90% or more", None, "90", None, False, None),
        ("nearly 100%", "100", None, None, True, None),
        ("85% compared with 80% in 2016", "85", None, None, False, None),
        ("In 2017, 85%, against 80% in 2016", "85", None, None, False, "2017"),
        ("FY 2018: 1.2%", "1.2", None, None, False, "2018"),
        ("seventy to eighty per cent", None, "70", "80", False, None),
        ("Over 80 %", None, "80", None, False, None),
        ("100 %", "100", None, None, False, None),
        ("12,5%", "12.5", None, None, False, None),
        ("cuarenta por ciento", "40", None, None, False, None),
        ("aproximadamente el 45%", "45", None, None, True, None),
        ("al menos el 50 %", None, "50", None, False, None),
        ("no supera el 2%", None, None, "2", False, None),
        ("de 70% a 80%", None, "70", "80", False, None),
        ("entre el 60% y el 65%", None, "60", "65", False, None),
        ("cerca del 30% en 2018", "30", None, None, True, "2018"),
        ("más de la mitad", None, "50", None, False, None),
        ("62%, según datos de 2018", "62", None, None, False, "2018"),
        ("0,5% del PIB", "0.5", None, None, False, None),
        ("Un cuarto (25%) aproximadamente", "25", None, None, True, None),
        ("Según la encuesta 2017, el 71%", "71", None, None, False, "2017"),
        ("como máximo 10%", None, None, "10", False, None),
        ("por encima del 70%", None, "70", None, False, None),
        ("setenta y cinco por ciento", "75", None, None, False, None),
        ("pasó del 54% al 62%", "62", None, None, False, None),
        ("Se estima en un 40%", "40", None, None, True, None),
        ("quarante pour cent", "40", None, None, False, None),
        ("environ 45 %", "45", None, None, True, None),
        ("au moins 50 %", None, "50", None, False, None),
        ("moins de 1 % du PIB", None, None, "1", False, None),
        ("de 70 à 80 %", None, "70", "80", False, None),
        ("entre 60 % et 65 %", None, "60", "65", False, None),
        ("près de la moitié", "50", None, None, True, None),
        ("62 % (données 2018)", "62", None, None, False, "2018"),
        ("62 % en 2018, contre 54 % en 2016", "62", None, None, False, "2018"),
        ("de l'ordre de 20 %", "20", None, None, True, None),
        ("ne dépasse pas 2 %", None, None, "2", False, None),
        ("plus de 80 % des agents", None, "80", None, False, None),
        ("un peu plus de 80 %", None, "80", None, False, None),
        ("soixante-quinze pour cent", "75", None, None, False, None),
        ("jusqu’à 15 %", None, None, "15", False, None),
        ("quarenta por cento", "40", None, None, False, None),
        ("cerca de 45%", "45", None, None, True, None),
        ("pelo menos 50%", None, "50", None, False, None),
        ("menos de 1% do PIB", None, None, "1", False, None),
        ("de 70% a 80%", None, "70", "80", False, None),
        ("entre 60% e 65%", None, "60", "65", False, None),
        ("62% (2018)", "62", None, None, False, "2018"),
        ("metade", "50", None, None, False, None),
        ("no máximo 10%", None, None, "10", False, None),
        ("62%, face a 54% em 2016", "62", None, None, False, None),
        ("perto de 30%", "30", None, None, True, None),
        ("acima de 90%", None, "90", None, False, None),
        ("até 20%", None, None, "20", False, None),
        ("setenta e cinco por cento", "75", None, None, False, None),
        ("dados de 2018: 62%", "62", None, None, False, "2018"),
        ("сорок процентов", "40", None, None, False, None),
        ("около 45 %", "45", None, None, True, None),
        ("не менее 50 %", None, "50", None, False, None),
        ("менее 1 % ВВП", None, None, "1", False, None),
        ("от 70 % до 80 %", None, "70", "80", False, None),
        ("в пределах 60-65 %", None, "60", "65", False, None),
        ("62 % (2018 г.)", "62", None, None, False, "2018"),
        ("по итогам 2018 года – 62 %", "62", None, None, False, "2018"),
        ("до 20 %", None, None, "20", False, None),
        ("свыше 90 процентов", None, "90", None, False, None),
        ("не превышает 2 %", None, None, "2", False, None),
        ("62% против 54% в 2016 году", "62", None, None, False, None),
        ("семьдесят пять процентов", "75", None, None, False, None),
        ("примерно 80 процентов", "80", None, None, True, None),
        ("более семидесяти процентов", None, "70", None, False, None),
        ("ориентировочно 15 %", "15", None, None, True, None),
        ("половина", "50", None, None, False, None),
        ("٧٠٪", "70", None, None, False, None),
        ("حوالي ٧٠ في المئة", "70", None, None, True, None),
        ("ما لا يقل عن ٥٠٪", None, "50", None, False, None),
        ("أقل من ١٪", None, None, "1", False, None),
        ("من ٧٠٪ إلى ٨٠٪", None, "70", "80", False, None),
        ("بين ٦٠٪ و٦٥٪", None, "60", "65", False, None),
        ("٦٢٪ (عام ٢٠١٨)", "62", None, None, False, "2018"),
        ("خمسة وسبعون بالمئة", "75", None, None, False, None),
        ("سبعين في المائة", "70", None, None, False, None),
        ("لا يتجاوز ٢٪", None, None, "2", False, None),
        ("ما يقارب 30%", "30", None, None, True, None),
        ("تقريباً 30%", "30", None, None, True, None),
        ("30% تقريباً", "30", None, None, True, None),
        ("أكثر من ثمانين بالمائة", None, "80", None, False, None),
        ("في سنة 2018 بلغت النسبة 62%", "62", None, None, False, "2018"),
        ("ارتفعت النسبة من 54% إلى 62%", "62", None, None, False, None),
        ("نصف السكان", "50", None, None, False, None),
        ("62% مقارنة بـ 54% في 2016", "62", None, None, False, None),
        ("百分之四十", "40", None, None, False, None),
        ("约45%", "45", None, None, True, None),
        ("至少50%", None, "50", None, False, None),
        ("不到1%", None, None, "1", False, None),
        ("70%至80%", None, "70", "80", False, None),
        ("60%—65%", None, "60", "65", False, None),
        ("62%（2018年）", "62", None, None, False, "2018"),
        ("百分之七十五", "75", None, None, False, None),
        ("百分之六十至七十", None, "60", "70", False, None),
        ("七成以上", None, "70", None, False, None),
        ("约七成", "70", None, None, True, None),
        ("六成五", "65", None, None, False, None),
        ("百分之九点五", "9.5", None, None, False, None),
        ("２０１８年为６２％", "62", None, None, False, "2018"),
        ("占国内生产总值的0.8%", "0.8", None, None, False, None),
        ("2018年达到62%，较2016年的54%有所提高", "62", None, None, False, "2018"),
        ("不超过2%", None, None, "2", False, None),
        ("80%左右", "80", None, None, True, None),
        ("一半以上", None, "50", None, False, None),
        ("高于90%", None, "90", None, False, None),
        ("由54%上升到62%", "62", None, None, False, None),
        ("80", "80", None, None, False, None),
        ("80 (2018)", "80", None, None, False, "2018"),
        ("≈ 60", "60", None, None, True, None),
        ("> 60", None, "60", None, False, None),
        ("60 - 70", None, "60", "70", False, None),
        ("80% of 45 ministries", "80", None, None, False, None),
    ],
)
def test_figures_as_civil_servants_state_them(
    text: str, value: str | None, low: str | None, high: str | None, is_approximate: bool, year: str | None
) -> None:
    """Value, bounds, approximation and year in seven languages; a figure of another year is not the answer."""
    quantity, _, _ = read_quantity(Passage(text), 2020)
    assert quantity == Quantity(value, low, high, is_approximate, "percent", year)


@pytest.mark.parametrize(
    "text",
    [
        "No data",
        "There are 1,200 staff",
        "N/A",
        "2018",
        "The survey of 2017 covers 3 regions",
        "Second half of 2019",
        "Strategy 2020",
        "Not measured; about 300 offices",
        "нет данных за 2018 год",
        "暂无数据",
    ],
)
def test_no_figure_is_made_of_other_numbers(text: str) -> None:
    """Counts, years and the halves of years are no share."""
    assert read_quantity(Passage(text), 2020)[0] is None
