"""Strategies named in running text: their names, acronyms and the site that stands next to them."""

from __future__ import annotations

import pytest

from msqgraph.interpret.passages import Passage
from msqgraph.interpret.strategies import find_strategies


@pytest.mark.parametrize(
    ("language", "text", "strategies"),
    [
        (
            "es",
            "vinculados al Plan Nacional de Desarrollo, estrategia de desarrollo del Paraguay al 2030",
            [("Plan Nacional de Desarrollo", None, False)],
        ),
        ("es", "Si, La Agenda Digital - <https://a.gov>", [("Agenda Digital", None, True)]),
        (
            "es",
            "Toda la agenda está alineada al Plan Nacional de Desarrollo PND2030.",
            [("Plan Nacional de Desarrollo", "PND2030", False)],
        ),
        (
            "es",
            "Agenda digital: <https://a.gov>\n\nPlan Nacional de Desarrollo -\n\n<https://b.gov>",
            [("Agenda digital", None, True), ("Plan Nacional de Desarrollo", None, True)],
        ),
        (
            "es",
            "La Estrategia y Plan de Comunicación que incorpora",
            [("Estrategia y Plan de Comunicación", None, False)],
        ),
        ("es", "la Agenda Digital, y economía digital – bigdata.mitic.gov.py", [("Agenda Digital", None, False)]),
        (
            "en",
            "the National e-Government Strategy 2020-2025 (NeGS) and Vision 2030. A strategy exists.",
            [("National e-Government Strategy 2020-2025", "NeGS", False), ("Vision 2030", None, False)],
        ),
        (
            "fr",
            "La Stratégie nationale de développement numérique est disponible",
            [("Stratégie nationale de développement numérique", None, False)],
        ),
        (
            "pt",
            "a Estratégia para a Transformação Digital foi aprovada",
            [("Estratégia para a Transformação Digital", None, False)],
        ),
        ("ru", "государственная программа «Цифровой Казахстан» (digitalkz.kz)", [("Цифровой Казахстан", None, True)]),
        (
            "ar",
            "نعم، الاستراتيجية الوطنية للتحول الرقمي 2021",
            [("الاستراتيجية الوطنية للتحول الرقمي 2021", None, False)],
        ),
        ("zh", "是。《国家信息化发展战略纲要》（www.a.gov.cn）", [("国家信息化发展战略纲要", None, True)]),
    ],
)
def test_a_strategy_is_a_name_not_a_word(
    language: str, text: str, strategies: list[tuple[str, str | None, bool]]
) -> None:
    """Articles are dropped, lower-case words of the language are no names, a site goes to the name beside it."""
    mentions = find_strategies(Passage(text, language))
    assert [(m.name, m.acronym, m.website is not None) for m in mentions] == strategies
    assert all(text[m.start : m.start + len(m.quote)] == m.quote for m in mentions)
