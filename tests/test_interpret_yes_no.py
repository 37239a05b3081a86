"""Yes and no are taken from a tick or from the first word, and only when they are clear."""

from __future__ import annotations

import pytest

from msqgraph.interpret.yes_no import affirmation, read_yes_no
from msqgraph.questionnaire import Part
from msqgraph.response import Answer, Tick

YES_OR_NO = Part(
    "10", "Question", parts=[Part("10/yes", "Option", affirms=True), Part("10/no", "Option", affirms=False)]
)


@pytest.mark.parametrize(
    "text",
    [
        "Si",
        "Si.",
        "Sí, El",
        "Sí se publican",
        "Yes",
        "YES: x",
        "Yes we do",
        "Oui",
        "Sim",
        "Да, ",
        "نعم",
        "是。",
        "是的我们有",
        "☒ Yes",
    ],
)
def test_a_yes_in_every_language(text: str) -> None:
    """The sample says "Si", "Si." and "Sí,"."""
    assert read_yes_no(text)[0] is True


@pytest.mark.parametrize(
    "text", ["No", "No.", "No hay", "No se publican", "No, but soon", "Non.", "Não", "Нет", "لا", "否"]
)
def test_a_no_in_every_language(text: str) -> None:
    """A plain no, or the beginning of a denial."""
    assert read_yes_no(text)[0] is False


@pytest.mark.parametrize(
    "text",
    [
        "No information",
        "No aplica",
        "No hay datos",
        "N° 5",
        "No. 5 of 2010",
        "Si bien existe",
        "Si se publican",
        "Se publican",
        "Not yet",
        "Нет данных",
        "Não se aplica",
        "Данные",
        "Nombre",
        "Yes ☐ No ☐",
        "Yes / No",
        "N/A",
        "",
        "👍",
    ],
)
def test_what_is_not_clear_stays_open(text: str) -> None:
    """No information is no "no", "si" before a verb is "if", two leftover boxes are no answer."""
    assert read_yes_no(text) == (None, 0)


@pytest.mark.parametrize(
    ("ticks", "text", "affirms", "doubts"),
    [
        ({"yes": "ticked", "no": "unticked"}, None, True, []),
        ({"yes": "unticked", "no": "ticked"}, None, False, []),
        ({"yes": "ticked", "no": "ticked"}, None, None, ["conflicting-signals"]),
        ({"yes": "ticked", "no": "unticked"}, "No.", None, ["conflicting-signals"]),
        ({"yes": "unknown", "no": "unknown"}, None, None, []),
        ({"yes": "unticked", "no": "unticked"}, None, None, []),
        ({"yes": "unknown", "no": "unknown"}, "Si.", True, []),
    ],
)
def test_ticks_and_words_together(
    ticks: dict[str, Tick], text: str | None, affirms: bool | None, doubts: list[str]
) -> None:
    """A lost mark says nothing; signals that contradict each other leave the answer open."""
    assert affirmation(Answer("answered", text, ticks=ticks), YES_OR_NO)[:2] == (affirms, doubts)
