"""Documents whose truth is known are read as their transcripts say: no tick is invented, and enough is found."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest

from msqgraph.documents import read_document
from msqgraph.errors import UnreadableInput
from tests.corpus.facts import expected_facts, found_facts
from tests.corpus.measuring import (
    CLAIM_ON_LOST,
    FALSE_TICK,
    THRESHOLDS,
    Job,
    Result,
    find_jobs,
    measure,
    measure_document,
    shortfalls,
    totals,
)
from tests.corpus.printed import printed
from tests.corpus.render import RENDERINGS, documents_of
from tests.corpus.transcripts import CORPUS, LANGUAGES, load_transcript, load_transcripts
from tests.system import require_file

LEAST_DOCUMENTS = 30
MINIMAL = """\
country: XFA
edition: "2020"
language: fr
answers:
  "9":
    text: "Loi n° 7 de 2018, voir le site"
    ticked: [digital-identity]
    lost: [e-procurement]
    links: {le site: "https://lois.example/"}
    laws: [{type: law, number: "7", year: "2018"}]
    addresses: ["https://lois.example/"]
"""
JOBS = find_jobs(CORPUS)
TEXT_JOBS = find_jobs(CORPUS, with_pictures=False)
PICTURE_JOBS = [job for job in JOBS if job not in TEXT_JOBS]


@pytest.fixture(scope="module")
def results() -> dict[str, Result]:
    """Every document that is no picture, measured once."""
    return {result.document: result for result in measure(TEXT_JOBS)}


def write(folder: Path, text: str) -> Path:
    """A transcript in a folder of its own."""
    folder.mkdir(exist_ok=True)
    path = folder / "transcript.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_corpus_covers_what_governments_send() -> None:
    """Enough documents, every way of rendering, every language in a Word file and in a PDF at least."""
    assert len(JOBS) >= LEAST_DOCUMENTS
    assert {job.path.stem for job in JOBS} == RENDERINGS.keys()
    for suffix in (".docx", ".pdf"):
        assert {job.transcript.language for job in JOBS if job.path.suffix == suffix} == set(LANGUAGES)


def test_every_document_is_listed_by_its_transcript() -> None:
    """No document is a leftover of a rendering that nobody asks for."""
    listed = {path for transcript in load_transcripts() for path in documents_of(transcript).values()}
    assert listed == {job.path for job in JOBS}


@pytest.mark.parametrize("job", TEXT_JOBS, ids=lambda job: job.name)
def test_no_tick_is_invented(results: dict[str, Result], job: Job) -> None:
    """The document is read, nothing is ticked that is not, and a lost mark is neither ticked nor empty."""
    result = results[job.name]
    assert result.problem is None
    assert [error for error in result.errors if error.kind in (FALSE_TICK, CLAIM_ON_LOST)] == []


def test_blocks_are_in_order_in_every_container() -> None:
    """By their offsets, none over another: that is what blocks are looked up by."""
    jobs = {job.path.suffix: job for job in TEXT_JOBS}
    assert len(jobs) > 5
    for job in jobs.values():
        blocks = read_document(job.path).blocks
        assert len(blocks) > 20
        for block, following in pairwise(blocks):
            assert block.start + len(block.text) < following.start


@pytest.mark.parametrize("kind", THRESHOLDS)
def test_enough_is_found_and_right(results: dict[str, Result], kind: str) -> None:
    """Precision and recall over all documents that are no pictures."""
    counts = totals(results.values())[kind]
    assert counts.expected > 0
    assert counts.reaches(THRESHOLDS[kind]), f"precision {counts.precision}, recall {counts.recall}"


@pytest.mark.parametrize("job", PICTURE_JOBS, ids=lambda job: job.name)
def test_no_tick_is_invented_in_a_picture(job: Job) -> None:
    """As above, for scans; those of a whole form take half a minute each, which only CI has."""
    pytest.importorskip("rapidocr_onnxruntime", reason="scans need the extra `ocr`")
    if job.path.suffix == ".pdf" and os.environ.get("CI") != "true":
        pytest.skip("takes half a minute: run `make accuracy`, or set CI=true")
    result = measure_document(job)
    assert result.problem is None
    assert [error for error in result.errors if error.kind in (FALSE_TICK, CLAIM_ON_LOST)] == []


def test_what_is_wrong_is_counted(tmp_path: Path) -> None:
    """The board sees a false tick, a claim on a lost mark, a missed tick and a law that is not stated."""
    transcript = load_transcript(write(tmp_path / "a", MINIMAL))
    document = tmp_path / "a" / "txt.txt"
    text = RENDERINGS["txt"].render(transcript).decode()
    swapped = (
        ("[x] digital identity", "[ ] digital identity"),
        ("[ ] data interoperability", "[x] data interoperability"),
        ("- e-procurement", "[ ] e-procurement"),
        ("Loi n° 7 de 2018", "Loi n° 8 de 2018"),
    )
    for before, after in swapped:
        assert before in text
        text = text.replace(before, after)
    document.write_text(text, encoding="utf-8")
    result = measure_document(Job(document, transcript, "txt", "none"))
    assert [(error.question, error.found) for error in result.errors_of(FALSE_TICK)] == [("9", "data-interoperability")]
    assert len(result.errors_of(CLAIM_ON_LOST)) == 1
    assert (result.counts["ticks"].expected, result.counts["ticks"].right) == (1, 0)
    assert (result.counts["laws"].expected, result.counts["laws"].right) == (1, 0)
    assert any(line.startswith("false tick: 1") for line in shortfalls([result]))


def test_a_document_that_cannot_be_read_has_missed_everything(tmp_path: Path) -> None:
    """It is a finding, with the reader's own words, and not the board's end."""
    transcript = load_transcript(write(tmp_path / "a", MINIMAL))
    broken = tmp_path / "a" / "docx-glyphs.docx"
    broken.write_bytes(b"no package")
    result = measure_document(Job(broken, transcript, "docx"))
    assert result.problem and "docx-glyphs.docx" in result.problem
    assert (result.counts["ticks"].expected, result.counts["ticks"].found) == (1, 0)
    assert shortfalls([result])


def test_a_linked_address_is_expected_where_links_are(tmp_path: Path) -> None:
    """A container without links cannot show where one leads."""
    transcript = load_transcript(write(tmp_path / "a", MINIMAL))
    assert expected_facts(transcript).by_kind["addresses"] == {("9", "https://lois.example/")}
    assert expected_facts(transcript, has_links=False).by_kind["addresses"] == set()


def test_the_whole_form_is_printed(tmp_path: Path) -> None:
    """Every part of the form is in a document without answers, and such a document says nothing."""
    from msqgraph.inputs import read_input
    from msqgraph.interpret import interpret
    from msqgraph.questionnaire import load_questionnaire

    transcript = load_transcript(write(tmp_path / "a", MINIMAL.partition("answers:")[0] + "answers: {}\n"))
    paths = [piece.path for piece in printed(transcript)]
    form = load_questionnaire("2020")
    assert set(paths) >= {part.path for part in (*form.questions(), *form.parts, *form.footnotes)}
    document = tmp_path / "a" / "md.md"
    document.write_bytes(RENDERINGS["md"].render(transcript))
    facts = found_facts(interpret(read_input(document, "XFA")))
    assert {kind for kind, found in facts.by_kind.items() if found} == {"empty boxes"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("language: fr", "language: fr\nremark: none"),
        ('"9":', '"99":'),
        ("[digital-identity]", "[digital-idenity]"),
        ("[digital-identity]", "[e-procurement]"),
        ("le site: ", "la page: "),
        ("type: law", "type: act"),
        ("addresses:", "portals:"),
        ("https://lois.example/\"]", "lois.example\"]"),
    ],
)  # fmt: skip
def test_a_slip_in_a_transcript_is_refused(tmp_path: Path, before: str, after: str) -> None:
    """Truth with a typing error would be measured as the reader's fault."""
    assert before in MINIMAL
    with pytest.raises(UnreadableInput, match=r"transcript\.yaml"):
        load_transcript(write(tmp_path / "a", MINIMAL.replace(before, after)))


def test_an_empty_corpus_is_an_error(tmp_path: Path) -> None:
    """Nothing measured is nothing reached."""
    with pytest.raises(UnreadableInput):
        find_jobs(tmp_path)
    write(tmp_path / "a", MINIMAL)
    with pytest.raises(UnreadableInput):
        find_jobs(tmp_path)
    assert len(shortfalls([])) == len(THRESHOLDS)


def test_rendering_again_gives_the_same_bytes() -> None:
    """What Python renders is the same every time, so that a difference in a commit is one of content."""
    require_file("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "fonts-noto-core")
    transcript = next(t for t in load_transcripts() if t.language == "fr")
    for name in ("docx-table", "pdf-drawn", "html-page", "md"):
        assert RENDERINGS[name].render(transcript) == RENDERINGS[name].render(transcript), name
