"""Hyperlinks: the address behind a name is understood, an address that opens another one is doubtful."""

from __future__ import annotations

import pytest

from msqgraph.documents.document import Block, Box, Document, Link
from msqgraph.interpret import interpret
from msqgraph.questionnaire import load_questionnaire
from msqgraph.response import Answer, Mention, Response, ShownLink, Source
from msqgraph.transcribe import transcribe

SOURCE = Source("XAA.docx", "0" * 64, "application/msword")
FORM = load_questionnaire("2020")


def mentions(question: str, text: str, *links: tuple[str, str]) -> list[Mention]:
    """What is understood of an answer whose words are links (shown, target)."""
    shown = [ShownLink(words, text.index(words), target) for words, target in links]
    response = Response("XAA", "2020", SOURCE, answers={question: Answer("answered", text, links=shown)})
    understood = interpret(response).answers[question].understood
    assert understood
    assert all(text.startswith(mention.quote, mention.start) and mention.quote for mention in understood.mentions)
    return understood.mentions


def test_names_that_are_links_have_their_targets_as_sites() -> None:
    """Each of two agencies in one line gets its own; an acronym between name and comma does not come in between."""
    found = mentions(
        "5a",
        "Ministry of Finance (MoF), Ministry of Health",
        ("Ministry of Finance", "https://mof.gov.example"),
        ("Ministry of Health", "https://www.moh.gov.example/en"),
    )
    assert [(m.name, m.acronym, m.website) for m in found] == [
        ("Ministry of Finance", "MoF", "https://mof.gov.example/"),
        ("Ministry of Health", None, "https://www.moh.gov.example/en"),
    ]


@pytest.mark.parametrize("word", ["website", "click here", "enlace", "ссылка", "链接", "الموقع"])
def test_a_word_that_says_nothing_is_no_name(word: str) -> None:
    """The link on "website" belongs to the name before it."""
    found = mentions("5b", f"Ministry of Education - {word}", (word, "https://edu.gov.example"))
    assert [(m.name, m.website) for m in found] == [("Ministry of Education", "https://edu.gov.example/")]


def test_a_linked_portal_has_its_name() -> None:
    """A portal question answered with a name that is a link."""
    found = mentions("1", "Citizen Portal", ("Citizen Portal", "https://my.gov.example"))
    assert [(m.names, m.name, m.website) for m in found] == [("Portal", "Citizen Portal", "https://my.gov.example/")]


@pytest.mark.parametrize(
    ("shown", "target", "website", "doubts"),
    [
        ("www.gov.example", "https://www.gov.example/", "http://www.gov.example/", []),
        ("https://gov.example/pla...", "https://gov.example/plans/2020", "https://gov.example/plans/2020", []),
        ("https://gov.example", "https://evil.example/", "https://gov.example/", ["link-differs"]),
    ],
)
def test_a_shown_address_is_what_was_said(shown: str, target: str, website: str, doubts: list[str]) -> None:
    """The target completes an address that is cut short; one that leads elsewhere raises a doubt."""
    (mention,) = mentions("1", shown, (shown, target))
    assert (mention.website, mention.doubts) == (website, doubts)


@pytest.mark.parametrize("target", ["mailto:a@b.example", "javascript:alert(1)", "#top", ""])
def test_only_web_addresses_are_taken(target: str) -> None:
    """A mailbox or a script behind a name is no site."""
    assert [m.website for m in mentions("5c", "Ministry of Health", ("Ministry of Health", target))] == [None]


def test_links_and_places_come_from_the_document() -> None:
    """A block's links are cut to the answer; a box's place and the contradiction of its signs go with its tick."""
    wording = {question.path: question.wording for question in FORM.questions()}
    texts = [
        wording["1"],
        "See Portal A",
        wording["7"],
        "Yes",
        wording["10"],
        "☒ Yes ☐ No",
        wording["14"],
        "Much",
        wording["16"],
        "None",
    ]
    blocks, start = [], 0
    for text in texts:
        links = (Link(4, 12, "https://a.gov.example"),) if "Portal A" in text else ()
        boxes = (
            Box(0, 1, "ticked", "control on, glyph off", "page=2&viewrect=72,90,9,9", is_contradictory=True),
            Box(6, 7, "empty", "control off"),
        )
        blocks.append(Block(text, start, 2, boxes if "☒" in text else (), links))
        start += len(text) + 2
    response = transcribe(Document("x.docx", "0" * 64, "x", blocks), "XAA")
    assert response.answers["1"].links == [ShownLink("Portal A", 4, "https://a.gov.example")]
    answer = response.answers["10"]
    assert (answer.ticks, answer.tick_places) == (
        {"yes": "ticked", "no": "unticked"},
        {"yes": "page=2&viewrect=72,90,9,9"},
    )
    assert answer.doubts == ["conflicting-signals"]
