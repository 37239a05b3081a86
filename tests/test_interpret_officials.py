"""Labelled lines give the holder of a public post; telephone and e-mail give nothing."""

from __future__ import annotations

import pytest

from msqgraph.interpret.officials import read_fields
from msqgraph.interpret.passages import Passage
from msqgraph.questionnaire import Part, load_questionnaire

QUESTIONS: dict[str, Part] = {question.path: question for question in load_questionnaire("2020").questions()}


@pytest.mark.parametrize(
    ("text", "name", "title", "quote"),
    [
        (
            "Name: Alejandro Peralta Vierci\n\nTitle: Ministro",
            "Alejandro Peralta Vierci",
            "Ministro",
            "Name: Alejandro Peralta Vierci\n\nTitle: Ministro",
        ),
        ("Name: H.E. Mr. Jo Roe, PhD\nE-mail: jo@example.org\nTitle: CIO", "Jo Roe", "CIO", "H.E. Mr. Jo Roe, PhD"),
        ("Name: Jo Roe (+1 202 555 0199), jo@example.org\nTitle: CIO", "Jo Roe", "CIO", "Jo Roe"),
        ("Nombre: Ing. Ana Paz; Cargo: Ministra", "Ana Paz", "Ministra", "Nombre: Ing. Ana Paz; Cargo: Ministra"),
        (
            "ФИО: г-н Иван Иванов\nДолжность: Министр",
            "Иван Иванов",
            "Министр",
            "ФИО: г-н Иван Иванов\nДолжность: Министр",
        ),
        ("Name: He Ping\nTitle: -", "He Ping", None, "He Ping"),
    ],
)
def test_an_official_has_name_and_title(text: str, name: str, title: str | None, quote: str) -> None:
    """Honorifics go, surnames are not guessed, and no quote reaches over an e-mail address or a number."""
    (mention,) = read_fields(Passage(text, "en"), QUESTIONS["4"]) or []
    assert (mention.name, mention.title, mention.quote) == (name, title, quote)


@pytest.mark.parametrize(
    "text", ["Name: N/A\nTitle: -", "Name:\nTitle:\n", "E-mail: jo@example.org\nPhone: +1 202 555 0199"]
)
def test_empty_lines_make_no_official(text: str) -> None:
    """A label alone is no person."""
    assert read_fields(Passage(text, "en"), QUESTIONS["4"]) == []


def test_the_contact_is_no_mention() -> None:
    """The person who filled in the form is private: only the agency is taken."""
    text = "Name: JO ROE\n\nTitle: DIRECTOR\n\nEmail: jo@example.org\n\nOrganization: MINISTERIO DE TECNOLOGÍAS (MT)"
    mentions = read_fields(Passage(text, "es"), QUESTIONS["contact"]) or []
    assert [(m.names, m.name, m.acronym) for m in mentions] == [("Agency", "MINISTERIO DE TECNOLOGÍAS", "MT")]
    assert "ROE" not in str(mentions) and "@" not in str(mentions)
