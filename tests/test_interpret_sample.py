"""What the Paraguay response means, question by question, and what holds for any text whatever."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from msqgraph.documents import read_document
from msqgraph.folding import plain
from msqgraph.interpret import interpret
from msqgraph.interpret.number_words import NUMBER_WORDS
from msqgraph.questionnaire import load_questionnaire
from msqgraph.response import Answer, Mention, Quantity, Response, Source, Understood
from msqgraph.transcribe import transcribe

SAMPLE = Path(__file__).parent.parent / "responses" / "2020" / "PRY.md"
SOURCE = Source("x", "0" * 64, "text/plain")
FORM = load_questionnaire("2020")


@pytest.fixture(scope="module")
def sample() -> Response:
    """The sample, transcribed and interpreted."""
    return interpret(transcribe(read_document(SAMPLE)))


def mentions(response: Response, number: str) -> list[Mention]:
    """What an answer mentions."""
    understood = response.answers[number].understood
    assert understood is not None
    return understood.mentions


def test_fourteen_agencies_with_fourteen_sites(sample: Response) -> None:
    """5a to 5i, one address shared by two ministries."""
    found = [m for part in "abcdefghi" for m in mentions(sample, f"5{part}")]
    assert len(found) == 14 and all(m.names == "Agency" and m.name and m.website and not m.doubts for m in found)
    assert {m.name for m in found if m.website == "http://www.mds.gov.py/"} == {
        "Ministerio de Desarrollo Social",
        "Ministerio del Ambiente y Desarrollo Sostenible",
    }


def test_yes_and_no(sample: Response) -> None:
    """ "Si", "Si.", "Sí," and "No."; nothing from lost ticks and from sentences."""
    said = {number: a.understood.affirms for number, a in sample.answers.items() if a.understood}
    assert {n for n, affirms in said.items() if affirms} == {"7", "13", "16", "22", "23"}
    assert {n for n, affirms in said.items() if affirms is False} == {"24"}


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("6", [("Strategy", "Plan Nacional de Desarrollo", "stated-in-text"), ("Law", None, "stated-in-text")]),
        ("7", [("Strategy", "Agenda Digital", "field")]),
        (
            "8",
            [
                ("Strategy", "Agenda Digital", "stated-in-text"),
                ("Strategy", "Plan Nacional de Desarrollo", "stated-in-text"),
                ("Address", None, "stated-in-text"),
                ("Strategy", "Agenda digital", "stated-in-text"),
                ("Strategy", "Plan Nacional de Desarrollo", "stated-in-text"),
            ],
        ),
        (
            "14",
            [
                ("Agency", "MITIC", "stated-in-text"),
                ("Law", None, "stated-in-text"),
                ("Strategy", "Estrategia y Plan de Comunicación", "stated-in-text"),
                ("Law", None, "stated-in-text"),
            ],
        ),
        ("15", [("Strategy", "Agenda Digital", "stated-in-text"), ("Address", None, "stated-in-text")]),
        ("16", [("Agency", "Ministerio de Tecnologías de la Información y Comunicación", "field")]),
        ("18", [("Agency", "Secretaría Técnica de Planificación", "stated-in-text")]),
        ("22", [("Organization", name, "field") for name in ("IADB", "KOIKA", "MOIS-KOREA", "NIA-KOREA")]),
        ("23", []),
    ],
)
def test_what_running_text_names(sample: Response, number: str, expected: list[tuple[str, str | None, str]]) -> None:
    """Head words, citations, acronyms known from other answers, and addresses that belong to none of them."""
    assert [
        (m.names, m.name, m.basis) for m in mentions(sample, number) if m.names not in ("Concept", "Observation")
    ] == expected


def test_the_truncated_redirect_is_flagged(sample: Response) -> None:
    """Question 8: a search engine's redirect without its target."""
    assert [m.doubts for m in mentions(sample, "8") if m.is_truncated] == [["truncated-address"]]


def test_five_legal_topics_and_two_laws(sample: Response) -> None:
    """Question 9, whose ticks are lost: its words name five topics, none of them doubtful."""
    found = mentions(sample, "9")
    concepts = [(m.concept or "").partition("/")[2] for m in found if m.names == "Concept"]
    topics = [
        "access-to-information",
        "open-government-data",
        "digital-signature",
        "e-procurement",
        "data-interoperability",
    ]
    assert concepts == topics and not any(m.doubts for m in found)
    laws = [(m.name, m.concept, m.citation and m.citation.number) for m in found if m.names == "Law"]
    assert laws == [
        ("Ley de acceso a la información", "legal-topic/access-to-information", None),
        ("Ley de transparencia", None, "5189"),
    ]


def test_quantities(sample: Response) -> None:
    """Questions 17 to 20; the implausible one is kept and doubted."""
    figures = [sample.answers[n].understood.quantity for n in ("17", "18", "19", "20")]  # type: ignore[union-attr]
    assert [figure and figure.value for figure in figures] == ["5", "30", "80", "80"]
    assert figures[1] == Quantity("30", is_approximate=True, unit="percent", reference_year="2018")
    assert "implausible-percentage" in sample.answers["18"].doubts


def test_people_and_their_agency(sample: Response) -> None:
    """Question 4 names a post's holder; the contact is left out."""
    official, agency = mentions(sample, "4")
    assert (official.name, official.title) == (
        "Alejandro Peralta Vierci",
        "Ministro de Tecnologías de la Información y Comunicación",
    )
    assert (agency.name, agency.acronym) == ("Ministerio de Tecnologías de la Información y Comunicación", "MITIC")
    assert [m.names for m in mentions(sample, "contact")] == ["Agency"]


def test_what_is_understood_already_stays() -> None:
    """A correction by hand is not read anew, and the input is not changed."""
    given = Response(
        "PRY", "2020", SOURCE, answers={"7": Answer("answered", "Si, La Agenda Digital", understood=Understood(False))}
    )
    given.answers["24"] = Answer("answered", "No.")
    read = interpret(given)
    assert read.answers["7"].understood == Understood(False) and given.answers["24"].understood is None


PIECES = st.sampled_from(
    [
        *re.findall(r"\S+\s*", SAMPLE.read_text(encoding="utf-8")),
        "(",
        "](",
        "[",
        "<",
        ">",
        "%zz",
        "{|}^`\\",
        "…",
        "...",
        "\n\n",
        "http://",
        "www.",
        "@",
        "Name: ",
        "E-mail: jo@example.org ",
        "Phone: +1 202 555 0199 ",
        "وزارة الاتصالات ",
        "工业和信息化部",
        "закон от 1 мая 2018 г. № 5 ",
        "٪3.4 ",
        "№ ",
        "ﷺ",
    ]
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.lists(PIECES | st.text(max_size=8), max_size=14).map("".join),
        min_size=len(FORM.questions()),
        max_size=len(FORM.questions()),
    )
)
def test_any_text_is_read_without_inventing_anything(texts: list[str]) -> None:
    """Never an error; quotes are exact; names, numbers and addresses stand in the text; websites are valid IRIs."""
    questions = FORM.questions()
    answers = {question.path: Answer("answered", text) for question, text in zip(questions, texts, strict=True)}
    read = interpret(Response("PRY", "2020", SOURCE, answers=answers))
    for question in questions:
        answer = read.answers[question.path]
        understood, text = answer.understood, answer.text or ""
        assert understood is not None
        one_line = " ".join(text.split())
        for mention in understood.mentions:
            assert mention.quote and text[mention.start : mention.start + len(mention.quote)] == mention.quote
            assert all(part in one_line for part in (mention.name or "", mention.title or "", mention.acronym or ""))
            assert (mention.website_as_written or "") in text
            assert mention.citation is None or (mention.citation.number or "") in re.sub(r"\s", "", text)
            assert question.answer_kind != "fields" or "@" not in mention.quote
            if mention.website:
                assert mention.website.startswith(("http://", "https://"))
                assert len(list(ox.parse(f"<x:s> <x:p> <{mention.website}> .", format=ox.RdfFormat.N_TRIPLES))) == 1
        if figure := understood.quantity:
            digits = plain(text).replace("٫", ".").replace("٬", ",").replace(",", ".")
            words = any(word in digits for word in NUMBER_WORDS) or "百分之" in digits
            assert words or all(
                n.lstrip("-").partition(".")[0] in digits
                for n in (figure.value, figure.lower_bound, figure.upper_bound)
                if n
            )
