"""A text's language is told from its script and commonest words; what cannot be told is not guessed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from msqgraph.interpret import interpret
from msqgraph.interpret.languages import language_of, language_of_name
from msqgraph.response import Answer, Response, Source


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Los mismos son publicados como dato abierto en www.datos.gov.py", "es"),
        ("The results are published on the website of the ministry", "en"),
        ("Les résultats sont publiés sur le site", "fr"),
        ("Os resultados são publicados no portal", "pt"),
        ("Да, осуществляется.", "ru"),
        ("نعم، يتم نشر النتائج", "ar"),
        ("是的，我们发布", "zh"),
        ("Так, це є в Україні для всіх громадян нашої держави", "uk"),
        ("80%", None),
        ("https://www.a.gov", None),
        ("MITIC", None),
        ("+1 202 555 0199", None),
        ("Si.", "und"),
        ("Portal Nacional", "und"),
    ],
)
def test_the_language_of_a_text(text: str, language: str | None) -> None:
    """Numbers, addresses and acronyms have none; a word or two are too short to tell."""
    assert language_of(text) == language


def test_short_texts_take_the_language_of_the_response() -> None:
    """ "Si." is Spanish among Spanish answers; a correction by hand stays."""
    answers = {
        "11": Answer("answered", "Se publican a través de informes estadísticos desde el portal único."),
        "23": Answer("answered", "Si."),
        "19": Answer("answered", "80%"),
        "24": Answer("answered", "No.", language="gn"),
    }
    read = interpret(Response("PRY", "2020", Source("x", "0" * 64, "text/plain"), answers=answers))
    assert read.language == "es"
    assert {number: answer.language for number, answer in read.answers.items()} == {
        "11": "es",
        "23": "es",
        "19": None,
        "24": "gn",
    }


def test_names_carry_their_own_language() -> None:
    """An acronym has none, a Cyrillic name in an English answer is Russian."""
    assert language_of_name("MITIC", "es") is None
    assert language_of_name("Министерство экономики", "en") == "ru"
    assert language_of_name("Ministerio de Hacienda", "es") == "es"


def test_the_sample_needs_no_statistical_model() -> None:
    """Loading the model costs a second, which the ordinary response does not pay."""
    code = (
        "import sys; from msqgraph.documents import read_document; from msqgraph.transcribe import transcribe;"
        "from msqgraph.interpret import interpret; interpret(transcribe(read_document('responses/2020/PRY.md')));"
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "likely", "language"),
    [
        ("State Department for Planning", "es", "en"),
        ("Big data projects exist, without a specific strategy.", "es", "en"),
        ("Yes.", "es", "en"),
        ("No.", "en", "en"),
        ("No.", "es", "es"),
        ("Non.", "fr", "fr"),
        ("Gouvernement", "fr", "fr"),
        ("Portal Nacional", "es", "es"),
        ("Plan de desarrollo", "en", "und"),
    ],
)
def test_the_language_around_counts_unless_the_words_speak_for_another(text: str, likely: str, language: str) -> None:
    """Few words are enough to speak against the response's language; several others leave it open."""
    assert language_of(text, likely) == language


def test_the_labels_of_the_form_do_not_vote() -> None:
    """ "Name", "Title" and the people's own names are in no language of the answer."""
    answers = {
        "4": Answer("answered", "Name: N/A\n\nTitle: N/A\n\nOrganization: N/A"),
        "5a": Answer("answered", "State Department for Planning"),
        "7": Answer("answered", "Yes."),
        "24": Answer("answered", "No."),
        "contact": Answer("answered", "Name: JOSE DE LA PAZ\n\nTitle: DIRECTOR\n\nOrganization: MINISTRY OF ICT"),
    }
    read = interpret(Response("GHA", "2020", Source("x", "0" * 64, "text/plain"), answers=answers))
    assert {read.language, *(answer.language for answer in read.answers.values())} == {"en"}
