"""Boxes and their options: what is ticked is read, what cannot be told is unknown, and no tick is ever invented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from msqgraph.documents import read_document
from msqgraph.response import Answer, Response
from msqgraph.transcribe import transcribe
from tests.test_transcribe import SAMPLE, assert_nothing_is_lost, edited

BOXES = {"brackets": ("[x]", "[ ]"), "unicode": ("☒", "☐"), "parentheses": ("(x)", "( )")}
SHORT = {"ticked": "x", "unticked": "o", "unknown": "?"}


@pytest.fixture(scope="module")
def sample() -> Response:
    """The real response, transcribed."""
    return transcribe(read_document(SAMPLE))


def with_list(folder: Path, number: str, printed: str) -> Answer:
    """What is read of question 9, 10 or 15 where its options are printed so."""
    begin, end = {
        "9": ("- access to information", "Se cuenta con leyes"),
        "10": (" Yes No\n11.", "11. If yes"),
        "15": ("- Artificial Intelligence", "Se encuentran previstos"),
    }[number]
    text = SAMPLE.read_text("utf-8")
    old = text[text.index(begin) : text.index(end)]
    gap = "\n" if number == "10" else "\n\n"
    return transcribe(edited(folder, (old, printed + gap))).answers[number]


def in_short(answer: Answer) -> str:
    """One sign for each option: x ticked, o unticked, ? unknown; and a doubt wherever something is unknown."""
    assert ("lost-tick" in answer.doubts) == ("unknown" in answer.ticks.values())
    return "".join(SHORT[tick] for tick in answer.ticks.values())


@pytest.mark.parametrize("style", BOXES)
def test_ticks_are_read(tmp_path: Path, sample: Response, style: str) -> None:
    """A box before its option: three ticked, the others not, the texts as ever."""
    on, off = BOXES[style]
    text = re.sub(
        r"(?m)^ ?- (has|is|makes|access|personal|open gov|digital|e-proc|digitally|data)",
        rf"- {off} \1",
        SAMPLE.read_text("utf-8"),
    )
    ticked = [
        (f"- {off} has an emphasis on once-only", f"- {on} has an emphasis on once-only"),
        (f"- {off} open government data", f"- {on} open government data"),
        (" Yes No\n", f" {on} Yes {off} No\n"),
        ("I/We hereby", f"{on} I/We hereby"),
        ("- Artificial Intelligence (AI) Blockchain", f"- {on} Artificial Intelligence (AI) {off} Blockchain"),
        ("reality Other:", f"reality {on} Other: drones"),
    ]
    document = edited(tmp_path, *ticked, text=text)
    response = transcribe(document)

    def ticks(number: str, state: str) -> list[str]:
        return [option for option, tick in response.answers[number].ticks.items() if tick == state]

    assert ticks("8", "ticked") == ["once-only"] and len(ticks("8", "unticked")) == 10
    assert ticks("9", "ticked") == ["open-government-data"] and len(ticks("9", "unticked")) == 8
    assert (ticks("10", "ticked"), ticks("12", "unticked")) == (["yes"], ["no"])
    assert ticks("authorization", "ticked") == ["yes"]
    assert ticks("15", "ticked") == ["artificial-intelligence", "other"] and ticks("15", "unticked") == ["blockchain"]
    assert (response.answers["15"].text or "").startswith("drones\n\nSe encuentran")
    assert response.answers["8"].tick_evidence["once-only"] == f"character {on}"
    assert (response.answers["10"].status, response.answers["10"].doubts) == ("answered", [])
    assert "lost-tick" in response.answers["15"].doubts and response.answers["9"].text == sample.answers["9"].text
    assert_nothing_is_lost(document, response)


def test_boxes_may_stand_behind(tmp_path: Path) -> None:
    """ "Yes ☐ No ☒" belongs to no, not to the word that follows."""
    response = transcribe(edited(tmp_path, (" Yes No\n", " Yes ☐ No ☒\n")))
    assert response.answers["10"].ticks == {"yes": "unticked", "no": "ticked"}


def test_empty_boxes_are_blank(tmp_path: Path) -> None:
    """Boxes that are there and empty: nothing was said."""
    response = transcribe(edited(tmp_path, (" Yes No\n", " ☐ Yes ☐ No\n")))
    assert (response.answers["10"].status, response.answers["10"].doubts) == ("blank", [])


YES_NO = {
    "√ Yes □ No": "xo",
    "🗹 Yes ☐ No": "xo",
    "⊠ Yes □ No": "xo",
    "✔️ Yes ☐ No": "xo",
    "(●) Yes ( ) No": "xo",
    "[ √ ] Yes [ ] No": "xo",
    "[ x ] Yes [ ] No": "xo",
    "[X ] Yes [] No": "xo",
    r"\[x\] Yes \[ \] No": "xo",
    "（x） Yes （　） No": "xo",
    "［ ］ Yes ［✓］ No": "ox",
    "[x] **Yes** [ ] **No**": "xo",
    "☐ Yes ☒ No, since 2020": "ox",
    "□ Yes ■ No": "ox",
    "● Yes ○ No": "xo",
    "○ Yes ○ No": "oo",
    "- ☒ Yes\n- ☐ No": "xo",
    "1. [x] Yes\n2. [ ] No": "xo",
    "[x] a) Yes [ ] b) No": "xo",
    "| ☒ | Yes |\n| ☐ | No |": "xo",
    "| ☒ Yes | ☐ No |": "xo",
    "| Yes | ☐ |\n| No | ☒ |": "ox",
    "Yes: [ ]  No: [x]": "ox",
    # a sign that means yes here and no there
    "❌ Yes ☐ No": "?o",
    "[*] Yes [ ] No": "?o",
    "( ) Yes (*) No": "o?",
    "✓ Yes ✗ No": "x?",
    "☑ Yes ☒ No": "x?",
    "■ Yes ☐ No": "?o",
    "● Yes ● No": "??",
    "● Yes\n○ No": "??",
    # a box that may be either option's, or none's
    "Yes ☒ No": "??",
    "⍰ Yes ☒ No": "??",
    "⍰ Yes ☒ No ☐": "??",
    "Yes ⍰ No ☒": "??",
    "☐ Yes ☒ No ☐": "??",
    "Yes ☐ ☒ No": "??",
    "☒ Yes No ☐": "??",
    "☐ Yes ☒\nNo": "??",
    "Yes ☐ No ☒ Do not know": "??",
    "☒ ☐\nYes No": "??",
    "Yes No\n☒ ☐": "??",
    "☒\nYes\n☐\nNo": "??",
    "Yes\n☒\nNo\n☐": "??",
    "| Yes | No |\n|---|---|\n| ☒ | ☐ |": "??",
    "√ Yes No": "x?",
    "[?!] Yes [ ] No": "??",
}


@pytest.mark.parametrize("printed", YES_NO)
def test_yes_and_no(tmp_path: Path, printed: str) -> None:
    """The signs that people and converters use; on the question's own line the same."""
    answer = with_list(tmp_path, "10", printed)
    assert in_short(answer) == YES_NO[printed]
    assert answer.text in (None, "since 2020", "Do not know")
    if "\n" not in printed:
        same_line = transcribe(edited(tmp_path, ("services?\n Yes No\n11.", f"services? {printed}\n11.")))
        assert in_short(same_line.answers["10"]) == YES_NO[printed]


OPTIONS = (
    "access to information such as Freedom of Information Act",
    "personal data protection including digital security",
    "open government data",
    "digital identity",
    "digital certification/signature",
    "e-procurement",
    "digitally publishing government expenditure⁸",
    "data interoperability",
    "digital government as a right",
)
LISTS = {
    "before": ("{box} {option}\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "in paragraphs": ("- {box} {option}\n\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "numbered": ("{number}. {box} {option}\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "numbered behind the box": ("{box} {number}) {option}\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "numbered, no box": ("{number}. {option}\n", "☐☐☐☐☐☐☐☐☐", "?????????"),
    "behind": ("{option} {box}\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "behind, numbered": ("{number}. {option} {box}\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "in a table": ("| {box} | {option} |\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "behind, in a table": ("| {option} | {box} |\n", "☒☐☒☐☐☐☐☐☐", "xoxoooooo"),
    "first sign unknown": ("- {box} {option}\n", "⍰☐☒☐☐☐☐☐☐", "?oxoooooo"),
    "last one lost, behind": ("{option} {box}\n", "☒☐☒☐☐☐☐☐ ", "?????????"),
    "first sign unknown, behind": ("{option} {box}\n", "⍰☐☒☐☐☐☐☐☐", "?????????"),
    "on the line below": ("{option}\n{box}\n", "☒☐☒☐☐☐☐☐☐", "?????????"),
    "on the line above": ("{box}\n{option}\n", "☒☐☒☐☐☐☐☐☐", "?????????"),
    "columns of yes and no": ("| {option} | {box} | ☐ |\n", "☒☐☒☐☐☐☐☐☐", "?????????"),
    "a mark in the column of yes": ("| {option} | {box} | |\n", "☒☒☒☒☒☒☒☒☒", "?????????"),
    "a mark in the column of no": ("| {option} | | {box} |\n", "☒☒☒☒☒☒☒☒☒", "?????????"),
    "bullets": ("{box} {option}\n", "●●●○○○●●●", "?????????"),
}


@pytest.mark.parametrize("case", LISTS)
def test_lists_are_not_shifted(tmp_path: Path, sample: Response, case: str) -> None:
    """Whatever a box looks like and wherever it stands, its neighbour's option does not get it."""
    row, boxes, expected = LISTS[case]
    lines = [
        row.format(number=number, option=option, box=box)
        for number, (option, box) in enumerate(zip(OPTIONS, boxes, strict=True), 1)
    ]
    answer = with_list(tmp_path, "9", "".join(lines).strip())
    assert (in_short(answer), answer.text) == (expected, sample.answers["9"].text)


@pytest.mark.parametrize("first", ["[*]", "[X ]", "🗹", "[ok]", "✗"])
def test_an_unknown_first_sign_shifts_nothing(tmp_path: Path, first: str) -> None:
    """The first option's sign decides nothing about the others."""
    boxes = [first, "[ ]", "[x]", *["[ ]"] * 6]
    printed = "\n".join(f"{box} {option}" for box, option in zip(boxes, OPTIONS, strict=True))
    expected = "x" if first in ("[X ]", "🗹") else "?"
    unknown_beside_check = "?" if first == "🗹" else "x"
    assert in_short(with_list(tmp_path, "9", printed)) == f"{expected}o{unknown_beside_check}oooooo"


@pytest.mark.parametrize(("row", "expected"), [("{} {}", "xoxoooooo"), ("{1} {0}", "xoxoooooo")])
def test_two_columns_on_a_line(tmp_path: Path, row: str, expected: str) -> None:
    """Two options on a line, their boxes before or behind."""
    cells = [row.format(box, option) for box, option in zip("☒☐☒☐☐☐☐☐☐", OPTIONS, strict=True)]
    printed = "\n".join("     ".join(cells[at : at + 2]) for at in range(0, 9, 2))
    assert in_short(with_list(tmp_path, "9", printed)) == expected


def test_boxes_wrapped_to_the_next_line(tmp_path: Path) -> None:
    """Boxes behind their options that slipped to the beginning of the next line are nobody's."""
    printed = OPTIONS[0] + "".join(f"\n☒ {option}" for option in OPTIONS[1:]) + "\n☐"
    assert in_short(with_list(tmp_path, "9", printed)) == "?????????"


def test_marks_in_an_answer_are_no_boxes(tmp_path: Path) -> None:
    """ "(x)" and "[1]" in running text tick nothing, and stay in the text."""
    answer = with_list(tmp_path, "9", "\n".join(f"- {option}" for option in OPTIONS) + "\n\n(x) Law [1], f(x) and [x].")
    assert in_short(answer) == "?????????" and (answer.text or "").startswith("(x) Law [1], f(x) and [x].\n\nSe cuenta")
    answer = with_list(tmp_path, "10", "Yes.\n● daily ☒\n● weekly (x)")
    assert (in_short(answer), answer.text) == ("??", "Yes.\n● daily ☒\n● weekly (x)")


def test_ten_in_roman_numerals_is_no_tick(tmp_path: Path) -> None:
    """ "(x) Other:" after "(ix)" counts, in lines and in a row."""
    names = "Artificial Intelligence (AI)|Blockchain|Big data|Smart cities|Robotics|Internet of Things (IOT)|"
    names += "Quantum computing|Virtual reality|Augmented reality|Other:"
    numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
    items = [f"({numeral}) {name}" for numeral, name in zip(numerals, names.split("|"), strict=True)]
    for joint in ("\n", "   "):
        assert in_short(with_list(tmp_path, "15", joint.join(items))) == "??????????"


CONSENT = {
    "☒ I/We hereby": "x",
    "- [ ] I/We hereby": "o",
    "☒ ☐ I/We hereby": "?",
    "☐ Yes ☒ No\n\nI/We hereby": "?",
    "☒\n\nI/We hereby": "?",
}


@pytest.mark.parametrize("printed", CONSENT)
def test_consent_has_its_own_box(tmp_path: Path, printed: str) -> None:
    """A box directly beside the sentence, and none further off."""
    response = transcribe(edited(tmp_path, ("I/We hereby", printed)))
    assert in_short(response.answers["authorization"]) == CONSENT[printed]
    behind = transcribe(edited(tmp_path, ("deemed necessary.", "deemed necessary. ☒ Yes ☐ No")))
    assert in_short(behind.answers["authorization"]) == "?"
