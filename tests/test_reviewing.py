"""The walk in the terminal: what a person sees, says and gets recorded, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from msqgraph.cli import app
from msqgraph.errors import UsageError
from msqgraph.inputs import read_input
from msqgraph.interpret import interpret
from msqgraph.questionnaire import Part, load_questionnaire
from msqgraph.response import Answer, Response
from msqgraph.reviews.applying import reviewed
from msqgraph.reviews.decisions import Decision, load_decisions, record, review_path
from msqgraph.reviews.edits import with_quantity, with_ticks, with_yes_or_no
from msqgraph.reviews.queue import queue
from tests.conftest import ROOT, SAMPLE

QUESTIONS = {question.path: question for question in load_questionnaire("2020").questions()}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """The sample in a folder of its own."""
    path = tmp_path / "PRY.md"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def walk(*said: str, path: Path, by: str | None = "Statistics Office", options: tuple[str, ...] = ()) -> Result:
    """What the command prints to a person who types these lines."""
    named = ("--by", by) if by else ()
    return CliRunner().invoke(app, ["review", str(path), *named, *options], input="".join(f"{line}\n" for line in said))


def decisions(document: Path) -> list[Decision]:
    """What was recorded beside a document."""
    return load_decisions(review_path(document))


def test_a_person_sees_what_it_is_about(document: Path) -> None:
    """Question, place, status, words, boxes, understanding, the doubt in plain words, and what depends on it."""
    shown = walk("q", path=document).stdout
    for line in (
        "PRY 2020, question 9  (1 of 11,",
        "asked       Is there any legal framework on:",
        "status      answered",
        "where       characters 6751 to 7159",
        "said        Se cuenta con leyes",
        "boxes       1 [?] access to information",
        "understood  topic: Access to information",
        "doubtful    Lost tick: The marks of the boxes did not survive",
        "at stake    22 statements rest on it, 9 boxes are unknown",
        "0 decisions recorded, 11 doubtful answers left",
    ):
        assert line in shown, line


def test_the_gravest_and_what_most_depends_on_comes_first() -> None:
    """Lost ticks and displaced words before odd numbers and missing names; within them by statements and boxes."""
    items = queue(interpret(read_input(SAMPLE)))
    asked = [item.question for item in items]
    assert asked == ["9", "8", "15", "x2", "x1", "10", "12", "authorization", "23", "18", "3"]
    weights = [item.statements + item.unknown_boxes for item in items[:8]]
    assert weights == sorted(weights, reverse=True)


def test_confirm_correct_and_skip(document: Path) -> None:
    """A change is shown before it is recorded; what is recorded is what was shown; the rest is left."""
    done = walk("c", "t 2 4 -*", "# asked the ministry", "c", "s", "q", path=document)
    assert done.exit_code == 1
    assert "changed, not yet recorded" in done.stdout
    assert "2 [x] is aligned with the national development strategy" in done.stdout
    assert "2 decisions recorded, 9 doubtful answers left" in done.stdout
    first, second = decisions(document)
    assert (first.question, first.decision, first.by, first.note) == ("9", "confirmed", "Statistics Office", None)
    assert (second.question, second.decision, second.note) == ("8", "corrected", "asked the ministry")
    assert set(second.ticks_seen.values()) == {"unknown"}
    assert [slug for slug, tick in second.ticks.items() if tick == "ticked"] == [
        "national-development-strategy",
        "sub-national-strategy",
    ]
    assert "unknown" not in second.ticks.values()


def test_what_is_decided_is_not_asked_again(document: Path) -> None:
    """The next walk begins with what is left; with --all a second person may look, and may change it."""
    walk("c", "q", path=document)
    assert "question 8  (1 of 10," in walk("q", path=document).stdout
    shown = walk(*["s"] * 40, path=document, options=("--all",))
    assert "decided     confirmed by Statistics Office" in shown.stdout


def test_all_settled_is_exit_code_zero(document: Path) -> None:
    """And the walk says that nothing is doubtful, of however many answers."""
    done = walk(*["c"] * 11, path=document)
    assert (done.exit_code, len(decisions(document))) == (0, 11)
    done = walk(path=document)
    assert done.exit_code == 0
    assert "nothing doubtful in 40 answers" in done.stdout


def test_confirming_a_correction_keeps_it_one(document: Path) -> None:
    """A second person who agrees with a correction did not confirm what the program had read."""
    walk("s", "s", "s", "s", "s", "t 1 -*", "c", "q", path=document)
    (first,) = decisions(document)
    assert (first.question, first.decision) == ("10", "corrected")
    items = queue(interpret(reviewed(read_input(document), document).response), is_everything_asked=True)
    before = [item.question for item in items].index("10")
    walk(*["s"] * before, "c", "q", path=document, by="Second", options=("--all",))
    assert [(one.question, one.decision, one.by) for one in decisions(document)] == [
        ("10", "corrected", "Statistics Office"),
        ("10", "corrected", "Second"),
    ]


def test_mistakes_are_said_and_change_nothing(document: Path) -> None:
    """Unknown keys show the help, what cannot be meant is refused, undo goes back, Enter alone decides nothing."""
    done = walk("", "x", "t 99", "t one", "t", "", "y", "v 5", "t 1", "u", "note", "c", "q", path=document)
    for line in (
        "record what is shown",
        "'99' is no box: write numbers from 1 to 9",
        "'one' is no box",
        "no box was named: nothing is changed",
        "the question asks for no yes or no",
        "the question asks for no number",
    ):
        assert line in done.stdout, line
    (only,) = decisions(document)
    assert (only.question, only.decision) == ("9", "confirmed")


def test_the_name_is_asked_for_once_and_an_address_is_refused(document: Path) -> None:
    """With a word that it will be published."""
    done = walk("c", "ana@example.org", " ", "Ana", "c", "q", path=document, by=None)
    assert "The name is published" in done.stdout
    assert "holds an e-mail address" in done.stdout
    assert [one.by for one in decisions(document)] == ["Ana", "Ana"]
    refused = walk("c", path=document, by="ana@example.org")
    assert refused.exit_code == 2
    assert len(decisions(document)) == 2


def test_the_end_of_the_input_ends_the_walk_and_loses_nothing(document: Path) -> None:
    """As Ctrl-D does, and a script without an answer."""
    done = walk("c", path=document)
    assert (done.exit_code, len(decisions(document))) == (1, 1)
    assert "1 decisions recorded, 10 doubtful answers left" in done.stdout


def test_a_correction_as_yaml_gets_a_second_try(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first text names an option that does not exist, which is said; the second is taken."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\np = pathlib.Path(sys.argv[1])\nt = p.read_text('utf-8')\n"
        "p.write_text(t.replace('perhaps:', 'digital-identity:') if 'perhaps:' in t else "
        "t.replace('digital-identity: unknown', 'perhaps: ticked'), 'utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    monkeypatch.delenv("VISUAL", raising=False)
    done = walk("e", "y", "c", "q", path=document)
    assert "'perhaps' — wanted: an option: access-to-information" in done.stdout
    (only,) = decisions(document)
    assert only.ticks["digital-identity"] == "ticked"
    assert sum(tick == "unknown" for tick in only.ticks.values()) == 8
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "set EDITOR" in walk("e", "q", path=document).stdout


def test_what_no_graph_can_hold_is_refused_at_once(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that is no IRI would stop the build of the whole response, long after the person has gone."""
    script = tmp_path / "editor.py"
    change = "t.replace('website: https://www.mitic.gov.py/download_file/511/187', 'website: www.mitic gov')"
    script.write_text(
        f"import pathlib, sys\np = pathlib.Path(sys.argv[1])\nt = p.read_text('utf-8')\np.write_text({change})\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    done = walk("e", "n", "c", "q", path=document)
    assert "'www.mitic gov' is no valid IRI" in done.stdout
    assert "nothing is changed" in done.stdout
    (only,) = decisions(document)
    assert only.decision == "confirmed"


def test_a_conflict_shows_both_and_is_first(document: Path) -> None:
    """The words of then and now; a new decision settles it, and the old entry stays."""
    walk(*["s"] * 9, "c", "q", path=document)
    text = document.read_text("utf-8")
    document.write_text(text.replace("ronda el 30%", "ronda el 3%"), "utf-8")
    done = walk("c", "q", path=document, by="Second")
    assert "question 18  (1 of 11," in done.stdout
    assert "when the answer read otherwise; it was not applied. It read:" in done.stdout
    assert "ronda el 30%" in done.stdout
    assert "ronda el 3%" in done.stdout
    assert [(one.question, one.by) for one in decisions(document)] == [("18", "Statistics Office"), ("18", "Second")]
    assert "question 9  (1 of 10," in walk("q", path=document).stdout


def test_a_folder_is_walked_file_by_file(tmp_path: Path) -> None:
    """What cannot be read is named with what to do, and is exit code 3; the rest is walked through."""
    (tmp_path / "a.md").write_text("nothing of the kind", encoding="utf-8")
    (tmp_path / "b.md").write_bytes(SAMPLE.read_bytes())
    done = walk("q", path=tmp_path)
    assert done.exit_code == 3
    assert "a.md" in done.stderr
    assert "question 9" in done.stdout
    assert walk(path=tmp_path / "nowhere.md").exit_code == 3


def test_words_of_strangers_move_no_cursor(document: Path) -> None:
    """Escape sequences in an answer are shown, not obeyed, and markup is no markup."""
    document.write_text(
        document.read_text("utf-8").replace("Se cuenta con", "[bold]\x1b[31mSe\u202e cuenta con"), "utf-8"
    )
    shown = walk("q", path=document).stdout
    assert "[bold]\ufffd[31mSe\ufffd cuenta con" in shown
    assert "\x1b" not in shown


def test_a_transcript_can_be_reviewed(document: Path) -> None:
    """The decisions lie beside it; the transcript is not touched."""
    transcript = document.with_suffix(".yaml")
    text = interpret(read_input(document)).to_yaml()
    transcript.write_text(text, encoding="utf-8")
    document.unlink()
    assert walk("c", "q", path=transcript.parent).exit_code == 1
    assert transcript.read_text(encoding="utf-8") == text
    assert [one.question for one in decisions(transcript)] == ["9"]


def test_a_decision_about_no_question_is_named(document: Path) -> None:
    """And is exit code 3, as in a build."""
    read = read_input(document)
    record(replace(of(read, "24"), question="99"), review_path(document), document)
    done = walk("q", path=document)
    assert done.exit_code == 3
    assert "question '99'" in done.stdout + done.stderr


def of(response: Response, question: str) -> Decision:
    """A confirmation of an answer as it was read."""
    answer = response.answers[question]
    return Decision(question, "confirmed", "a", "2026-11-24T15:30:00Z", answer.status, answer.text)


@pytest.mark.parametrize(
    ("said", "value", "low", "high", "is_rough", "year"),
    [
        ("7.5", "7.5", None, None, False, None),
        ("60-65 %", None, "60", "65", False, None),
        (">80", None, "80", None, False, None),
        ("< 5", None, None, "5", False, None),
        ("~30 @ 2018", "30", None, None, True, "2018"),
    ],
)
def test_numbers_as_a_person_says_them(
    said: str, value: str | None, low: str | None, high: str | None, is_rough: bool, year: str | None
) -> None:
    """A point, a range, a bound, a rough figure, its year; the words of the answer are their quote."""
    answer = with_quantity(Answer("answered", "siete"), QUESTIONS["18"], said)
    assert answer.understood
    found = answer.understood.quantity
    assert found
    assert (found.value, found.lower_bound, found.upper_bound) == (value, low, high)
    assert (found.is_approximate, found.reference_year, found.unit) == (is_rough, year, QUESTIONS["18"].unit)
    assert [(m.names, m.quote) for m in answer.understood.mentions] == [("Observation", "siete")]
    none = with_quantity(answer, QUESTIONS["18"], "-").understood
    assert none
    assert (none.quantity, none.mentions) == (None, [])


@pytest.mark.parametrize("said", ["7,5", "seven", ">60-65", "1e3", ""])
def test_what_is_no_number_is_refused(said: str) -> None:
    """Never half understood."""
    with pytest.raises(UsageError, match="is no number"):
        with_quantity(Answer("answered", "siete"), QUESTIONS["18"], said)


def test_ticks_leave_unknown_what_is_not_said() -> None:
    """No tick is invented: only the boxes that a person names change."""
    question = QUESTIONS["9"]
    answer = Answer("unreadable", ticks=dict.fromkeys(question.option_slugs, "unknown"))
    changed = with_ticks(answer, question, "2, -3 ?1")
    states = list(changed.ticks.values())
    assert states == ["unknown", "ticked", "unticked", *["unknown"] * (len(states) - 3)]
    assert changed.status == "answered"
    assert set(answer.ticks.values()) == {"unknown"}
    assert with_ticks(answer, question, "-*").status == "blank"
    assert with_ticks(answer, question, "-1").status == "unreadable"


def test_yes_and_no_are_said_of_words_or_boxes() -> None:
    """Of the words where there are some, and the boxes stay as they were; else of the boxes; else of nothing."""
    question = QUESTIONS["10"]
    unknown = dict.fromkeys(question.option_slugs, "unknown")
    worded = with_yes_or_no(Answer("answered", "Claro que sí", ticks=dict(unknown)), question, True)  # type: ignore[arg-type]
    assert worded.understood
    assert (worded.understood.affirms, worded.ticks) == (True, unknown)
    boxed = with_yes_or_no(Answer("unreadable", ticks=dict(unknown)), question, False)  # type: ignore[arg-type]
    assert boxed.understood
    assert (boxed.understood.affirms, boxed.ticks) == (False, {"yes": "unticked", "no": "ticked"})
    with pytest.raises(UsageError, match="no words and no box"):
        with_yes_or_no(Answer("unreadable"), Part("24", "Question", answer_kind="yes-no"), True)


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is Unix's")
def test_in_a_real_terminal(document: Path) -> None:
    """A decision typed at a terminal is recorded; Ctrl-C at the next prompt ends it politely and loses nothing."""
    main, side = pty.openpty()
    command = [sys.executable, "-c", "from msqgraph.cli import main; main()", "review", str(document), "--by", "Ana"]

    def take_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a test run in the background ignores Ctrl-C

    child = subprocess.Popen(
        command, stdin=side, stdout=side, stderr=side, cwd=ROOT, start_new_session=True, preexec_fn=take_terminal
    )
    os.close(side)
    shown = b""

    def until(words: bytes) -> None:
        nonlocal shown
        while words not in shown:
            assert select.select([main], [], [], 60)[0], f"{words!r} was not printed behind {shown!r}"
            shown += os.read(main, 4096)
        shown = shown.partition(words)[2]

    try:
        until(b"help: ")
        os.write(main, b"c\n")
        until(b"confirmed by Ana")
        until(b"help: ")
        time.sleep(0.5)  # nobody is so quick as to press it between the prompt and the reading of what is typed
        os.write(main, b"\x03")
        until(b"1 decisions recorded, 10 doubtful answers left")
        assert child.wait(timeout=30) == 1
    finally:
        child.kill()
        child.wait()
        os.close(main)
    assert [one.question for one in decisions(document)] == ["9"]
