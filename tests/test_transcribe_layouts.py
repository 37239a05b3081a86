"""However the file was made, cut or spoilt, the answers are those of the sample, or said to be unreadable."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from textwrap import fill

import pytest

from msqgraph.documents import Block, Box, Document, read_document
from msqgraph.questionnaire import load_questionnaire
from msqgraph.response import Response
from msqgraph.transcribe import transcribe
from tests.test_transcribe import SAMPLE, assert_nothing_is_lost, edited, texts


@pytest.fixture(scope="module")
def sample() -> Response:
    """The real response, transcribed."""
    return transcribe(read_document(SAMPLE))


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_do_not_matter(tmp_path: Path, sample: Response, ends: str) -> None:
    """A file from another system reads the same, places included."""
    response = transcribe(edited(tmp_path, ("\n", ends)))
    assert response.answers == sample.answers


def test_form_feeds_are_pages(tmp_path: Path, sample: Response) -> None:
    """Page breaks change no answer, and each answer knows its page."""
    response = transcribe(edited(tmp_path, ("\n3. Please", "\n\f3. Please"), ("\nIX.\n", "\n\fIX.\n")))
    assert texts(response) == texts(sample)
    assert [response.answers[n].page for n in ("2e", "3", "21", "22", "x2")] == [1, 2, 2, 3, 3]


def test_headings_may_be_split(tmp_path: Path, sample: Response) -> None:
    """A heading or a wording broken over lines is still the form's own."""
    document = edited(
        tmp_path,
        ("III. Legal Framework", "III.\n\nLegal\nFramework"),
        ("VII. New Technologies", "VII.\n\nNew\n\nTechnologies"),
        ("How does your government use", "How does your\ngovernment\nuse"),
    )
    assert texts(transcribe(document)) == texts(sample)


def _wrap(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        p if "\n" in p else fill(p, 60, break_long_words=False, break_on_hyphens=False) for p in paragraphs
    )


DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
CONVERTERS: dict[str, Callable[[str], str]] = {
    "footnote marks are plain digits": lambda text: text.translate(DIGITS),
    "footnote marks are links": lambda text: re.sub(r"[¹²³⁰⁴-⁹]+", lambda m: f"[^{m[0].translate(DIGITS)}]", text),
    "footnotes are gone": lambda text: re.sub(r"(?m)^[¹²³⁰⁴-⁹]+ .*$", "", text),
    "numbers are gone": lambda text: re.sub(r"(?m)^(?:- )?(?:\d+|[a-i]|[IVX]+)\. ?", "", text),
    "numbers in parentheses": lambda text: re.sub(r"(?m)^(?:- )?(\d+|[a-i]|[IVX]+)\. ", r"(\1) ", text),
    "no empty lines": lambda text: text.replace("\n\n", "\n"),
    "lines are wrapped": _wrap,
    "capitals": lambda text: re.sub(r"(?m)^\d+\. .*$", lambda m: m[0].upper(), text),
    "answers on the question's line": lambda text: re.sub(r"(?m)^((?:- )?[a-i]\. .*)\n\n", r"\1 ", text),
    "a table": lambda text: re.sub(r"(?m)^((?:- )?[a-i]\. .*)\n\n(.*)$", r"| \1 | \2 |", text),
}


@pytest.mark.parametrize("case", CONVERTERS)
def test_converters_differ(tmp_path: Path, sample: Response, case: str) -> None:
    """However the file was made from the form, the answers' words are the same, and no mark of the form is in them."""
    text = CONVERTERS[case](SAMPLE.read_text("utf-8"))
    assert text != SAMPLE.read_text("utf-8")
    response = transcribe(edited(tmp_path, text=text))
    for number, answer in response.answers.items():
        told = (answer.text or "").replace("|", "").split()
        assert told == (sample.answers[number].text or "").split(), number
    assert response.unassigned == []


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_of_a_shuffled_document(tmp_path: Path, seed: int) -> None:
    """Paragraphs deleted, doubled and swapped at random: still every word is accounted for, or the file refused."""
    chance = Random(seed)  # noqa: S311 - no secret
    paragraphs = SAMPLE.read_text("utf-8").strip().split("\n\n")
    for _ in range(12):
        one, other = chance.randrange(4, len(paragraphs)), chance.randrange(4, len(paragraphs))
        match chance.randrange(3):
            case 0:
                del paragraphs[one]
            case 1:
                paragraphs.insert(one, paragraphs[other])
            case _:
                paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    document = edited(tmp_path, text="\n\n".join(paragraphs))
    assert_nothing_is_lost(document, transcribe(document))


def test_a_misspelt_wording_is_not_an_answer(tmp_path: Path, sample: Response) -> None:
    """A word more or less within the form's line belongs to the form, not to the answer."""
    document = edited(
        tmp_path, ("routinely using ICTs?", "routinely using any ICTs?"), ("official **e-gov", "offical new **e-gov")
    )
    assert texts(transcribe(document)) == texts(sample)


def test_an_answer_may_repeat_the_question(tmp_path: Path) -> None:
    """Words of the question within an answer stay in the answer."""
    repeated = "No percentage of the population was satisfied with online public services."
    document = edited(
        tmp_path, ("5%, en base a las encuestas en línea de satisfacción de servicios realizados.", repeated)
    )
    response = transcribe(document)
    assert response.answers["17"].text == repeated
    assert_nothing_is_lost(document, response)


def _cut(text: str, case: str) -> str:
    middle, end = text.index("III. Legal Framework"), text.index("VIII. Indicators")
    return {
        "no beginning": "Paraguay\n\n" + text[middle:],
        "no end": text[:middle],
        "no middle": text[:middle] + text[end:],
        "cut within a group": "Paraguay\n\n" + text[text.index("h. Finance") :],
    }[case]


PAGES = {"no beginning": 21, "no end": 19, "no middle": 8, "cut within a group": 16}


@pytest.mark.parametrize("case", PAGES)
def test_missing_pages_are_unreadable(tmp_path: Path, sample: Response, case: str) -> None:
    """A question that is not in the document is unreadable, never blank; the others are read as ever."""
    document = edited(tmp_path, text=_cut(SAMPLE.read_text(encoding="utf-8"), case))
    response = transcribe(document)
    missing = [n for n, answer in response.answers.items() if "question-not-found" in answer.doubts]
    assert len(missing) == PAGES[case]
    for number, answer in response.answers.items():
        if number in missing:
            assert (answer.status, answer.text, answer.place) == ("unreadable", None, None)
            assert set(answer.ticks.values()) <= {"unknown"}
        else:
            assert answer.text == sample.answers[number].text, number
    assert_nothing_is_lost(document, response)


def test_an_unrecognised_question_is_flagged(tmp_path: Path) -> None:
    """Where a question's wording is gone, the answer before it may hold what belongs to it, and says so."""
    document = edited(
        tmp_path, ("16. Does your government have any government body⁹ at the national level", "16. Body")
    )
    response = transcribe(document)
    assert response.answers["16"].doubts == ["question-not-found"]
    assert "unassigned-text" in response.answers["15"].doubts
    assert "El Ministerio de Tecnologías" in (response.answers["15"].text or "")


def test_letters_that_look_alike_are_one_in_pictures_only() -> None:
    """ "Linkedln", as OCR reads it, is the option LinkedIn of a picture; in a text it is what somebody wrote."""
    questions = {question.path: question for question in load_questionnaire("2020").questions()}
    texts = [questions[number].wording for number in ("1", "7", "14", "16", "x2")]
    for is_recognised, tick in ((True, "ticked"), (False, "unknown")):
        blocks, start = [], 0
        for text in (*texts, "☒ Linkedln"):
            boxes = (Box(0, 1, "ticked", "frame"),) if "☒" in text else ()
            blocks.append(Block(text, start, 1, boxes, is_recognised=is_recognised))
            start += len(text) + 2
        response = transcribe(Document("x.png", "0" * 64, "image/png", blocks), "XAA")
        assert response.answers["x2"].ticks["linkedin"] == tick
        assert ("read-by-ocr" in response.answers["x2"].doubts) == is_recognised
