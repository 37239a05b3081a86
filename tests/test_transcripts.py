"""Transcripts are written by people: what they may leave to the program, and what they are told when it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from msqgraph import interpret
from msqgraph.corrected import settle
from msqgraph.errors import UnreadableInput
from msqgraph.inputs import read_input
from msqgraph.response import Response, parse_response
from tests.conftest import ROOT

TEXT = (ROOT / "tests" / "cases" / "paraguay" / "answers.yaml").read_text(encoding="utf-8")
PORTAL = "      - names: Portal\n        quote: <https://www.paraguay.gov.py>\n        start: 0\n"


def read(text: str) -> Response:
    """The response in a transcript's text, settled."""
    return settle(parse_response(text, "x.yaml"), "x.yaml")


def changed(old: str, new: str) -> str:
    """The sample's transcript with one place changed."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("edition: '2020'", "edition: 2020"),
        ("value: '80'", "value: 80"),
        ("year: '2014'", "year: 2014"),
        ("      'yes': unknown", "      yes: unknown"),
        (PORTAL, PORTAL.replace("        start: 0\n", "")),
        (PORTAL, PORTAL.replace("start: 0", "start: 7")),
    ],
)
def test_what_need_not_be_written_exactly(old: str, new: str) -> None:
    """Quotes around numbers and words, and the offset of a quote: the same response comes out."""
    assert read(changed(old, new)) == read(TEXT)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("status: answered", "status: maybe", "answers/1/status: 'maybe'"),
        ("affirms: true", "affirms: perhaps", "answers/7/understood/affirms"),
        ("start: 0", "start: here", "mentions/1/start: 'here'"),
        ("text: www.datos.gov.py", "txt: www.datos.gov.py", "answers/2c/txt: an unknown key"),
        ("quote: www.datos.gov.py", "quote: www.datos.gob.py", "words that stand in the answer's text"),
        ("names: Portal", "names: Gate", "mentions/1/names: 'Gate'"),
        ("  '1':\n", "  '99':\n", "a question of the form"),
        ("      'yes': unknown", "      maybe: unknown", "an option: "),
        ("edition: '2020'", "edition: '1999'", "edition: '1999'"),
        ("country_iso3: PRY", "country_iso3: PARAGUAY", "an ISO 3166-1 alpha-3 code"),
        ("language: es", "language: [es]", "language: ['es']"),
        ("  sha256:", "  sha265:", "sha265: an unknown key"),
        ("value: '80'", "value: 7,5", "a number such as 7.5"),
        ("concept: legal-topic/digital-signature", "concept: legal-topic/nonsense", "a code such as"),
        ("date: '2014-12-16'", "date: 16/12/2014", "a date such as"),
        ("language: es", "unassigned: foo", "a list"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    """File, place and what was wanted; never a stack trace."""
    path = tmp_path / "PRY.yaml"
    path.write_text(changed(old, new), encoding="utf-8")
    with pytest.raises(UnreadableInput) as caught:
        read_input(path)
    assert message in str(caught.value)
    assert "PRY.yaml" in str(caught.value)


def test_aliases_multiply_nothing() -> None:
    """The billion laughs of YAML are refused before they are built."""
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    with pytest.raises(UnreadableInput, match="alias"):
        parse_response(bomb + "answers: *i\n", "x.yaml")


def test_a_tick_that_a_person_mends_changes_status_doubt_and_answer() -> None:
    """Question 10 was unreadable; ticked by hand it is answered, and says yes."""
    text = changed("      'yes': unknown\n      'no': unknown", "      yes: ticked\n      no: unticked")
    answer = interpret(read(text)).answers["10"]
    assert (answer.status, answer.doubts) == ("answered", [])
    assert answer.understood
    assert answer.understood.affirms is True


def test_an_answer_that_is_left_out_is_not_found() -> None:
    """Deleting an answer does not make the question disappear."""
    start = TEXT.index("  '24':")
    answer = read(TEXT[:start] + TEXT[TEXT.index("  contact:") :]).answers["24"]
    assert (answer.status, answer.doubts) == ("unreadable", ["question-not-found"])
