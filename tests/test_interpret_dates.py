"""A date that reads two ways keeps both readings."""

from __future__ import annotations

import pytest

from msqgraph.interpret.dates import date_candidates


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12/02/2019", ["2019-02-12", "2019-12-02"]),
        ("١٢/٠٢/٢٠١٩", ["2019-02-12", "2019-12-02"]),
        ("12/12/2019", ["2019-12-12"]),
        ("25/12/2019", ["2019-12-25"]),
        ("12/25/2019", ["2019-12-25"]),
        ("2019-02-12", ["2019-02-12"]),
        ("16 de diciembre del 2014", ["2014-12-16"]),
        ("February 12, 2019", ["2019-02-12"]),
        ("12 février 2019", ["2019-02-12"]),
        ("12 de março de 2019", ["2019-03-12"]),
        ("12 февраля 2019 г.", ["2019-02-12"]),
        ("«12» февраля 2019 г.", ["2019-02-12"]),
        ("27-го июля 2018 года", ["2018-07-27"]),
        ("1º de Abril de 2019", ["2019-04-01"]),
        ("2nd day of March 2015", ["2015-03-02"]),
        ("12 فبراير 2019", ["2019-02-12"]),
        ("12 جانفي 2019", ["2019-01-12"]),
        ("12 كانون الثاني/يناير 2019", ["2019-01-12"]),
        ("5 آذار من سنة 2018", ["2018-03-05"]),
        ("16 غشت 2019", ["2019-08-16"]),
        ("2019年2月12日", ["2019-02-12"]),
        ("31/02/2019", []),
        ("99/99/9999", []),
        ("2019", []),
        ("", []),
    ],
)
def test_every_reading_is_a_candidate(text: str, days: list[str]) -> None:
    """Day first and month first; one reading gives one day, an impossible date none."""
    assert date_candidates(text) == days
