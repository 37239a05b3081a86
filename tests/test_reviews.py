"""What people decided stands, survives another reading, is never overwritten; and the graph says who confirmed what."""

from __future__ import annotations

import copy
import json
import re
import stat
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import msqgraph
from msqgraph.build import Unit
from msqgraph.errors import UnreadableInput
from msqgraph.inference import entail
from msqgraph.inputs import find_inputs, read_input
from msqgraph.interpret import interpret
from msqgraph.report import doubts, report_json
from msqgraph.response import Mention, Response, Understood
from msqgraph.reviews.applying import CORRECTED_SIGN, apply, reviewed
from msqgraph.reviews.decisions import Decision, load_decisions, parse_decisions, record, review_path
from msqgraph.terms import text_of
from tests.conftest import PRIVATE_PARTS, SAMPLE

AT = "2026-11-24T15:30:00Z"
MSQ, PROV = "https://w3id.org/msqgraph/ontology#", "http://www.w3.org/ns/prov#"
ROOT_IRI = "https://w3id.org/msqgraph/id/response/2020/PRY/"
HERE = Path("PRY.review.yaml")


def decision(response: Response, question: str, **changes: object) -> Decision:
    """A decision of an office on an answer as it was read and understood, with some of it changed."""
    seen, understood = copy.deepcopy(response.answers[question]), interpret(response).answers[question].understood
    same = Decision(
        question, "confirmed", "Statistics Office", AT, seen.status, seen.text, seen.ticks, seen.ticks, understood
    )
    return replace(same, **({"decision": "corrected", **changes} if changes else {}))  # type: ignore[arg-type]


def ticked(response: Response) -> Decision:
    """Question 10 corrected: the box Yes is ticked, the other empty."""
    ticks = {"yes": "ticked", "no": "unticked"}
    return decision(response, "10", ticks=ticks, status="answered", understood=Understood(affirms=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample in a folder, its question 9 confirmed and its question 10 corrected."""
    document = tmp_path / "in" / "PRY.md"
    document.parent.mkdir()
    document.write_bytes(SAMPLE.read_bytes())
    read = read_input(document)
    for one in (decision(read, "9"), ticked(read)):
        record(one, review_path(document), document)
    return document.parent


def unit_of(folder: Path) -> Unit:
    """The one response that a folder holds, built without a word on what could not be read."""
    built = msqgraph.build([folder])
    assert built.unreadable == []
    (unit,) = built.units
    return unit


def objects(unit: Unit, subject: str, predicate: str) -> set[str]:
    """The objects of a subject's property in a unit's response and facts graphs."""
    triples = [*unit.graphs["graph/response/2020/PRY"], *unit.graphs["graph/facts/2020/PRY"]]
    return {text_of(t.object) for t in triples if (text_of(t.subject), t.predicate.value) == (subject, predicate)}


def test_decisions_come_back_as_they_were_written(folder: Path) -> None:
    """Each in its place, and what was in the file before is untouched: comments, and entries of the same question."""
    path = folder / "PRY.review.yaml"
    first = load_decisions(path)
    assert [(one.question, one.decision) for one in first] == [("9", "confirmed"), ("10", "corrected")]
    before = path.read_text(encoding="utf-8") + "# asked again by telephone\n"
    path.write_text(before, encoding="utf-8")
    again = replace(first[1], at="2026-11-25T08:00:00Z", note="Sí: «claro»\n#1, \t- x\u2028y", by="0000-0002-1825-0097")
    record(again, path, folder / "PRY.md")
    assert path.read_text(encoding="utf-8").startswith(before)
    assert load_decisions(path) == [*first, again]
    assert sorted(file.name for file in folder.iterdir()) == ["PRY.md", "PRY.review.yaml"]


def test_a_list_that_cannot_be_made_longer_is_written_anew(folder: Path) -> None:
    """In brackets, nothing can be put behind it; no entry is lost."""
    path = folder / "PRY.review.yaml"
    first = load_decisions(path)
    path.write_text(
        "[{question: '24', decision: confirmed, by: a, at: '2026-11-24T15:30:00Z', status: answered}]", "utf-8"
    )
    record(first[0], path, folder / "PRY.md")
    assert [one.question for one in load_decisions(path)] == ["24", "9"]


def test_decisions_are_as_private_as_their_document(tmp_path: Path) -> None:
    """They quote it."""
    document = tmp_path / "PRY.md"
    document.write_bytes(SAMPLE.read_bytes())
    document.chmod(0o640)
    record(decision(read_input(document), "24"), review_path(document), document)
    assert stat.S_IMODE(review_path(document).stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{question: '9'}", "missing"),
        ("{question: '9', decision: perhaps, by: a, at: x, status: blank}", "perhaps"),
        (f"{{question: '9', decision: confirmed, by: a@b.org, at: '{AT}', status: blank}}", "e-mail address"),
        (f"{{question: '9', decision: confirmed, by: '021 217 9000', at: '{AT}', status: blank}}", "telephone number"),
        (f"{{question: '9', decision: confirmed, by: '-', at: '{AT}', status: blank}}", "is no name"),
        ("{question: '9', decision: confirmed, by: a, at: '2026-13-24T15:30:00Z', status: blank}", "a time in UTC"),
        ("{question: '9', decision: confirmed, by: a, at: yesterday, status: blank}", "a time in UTC"),
        ("{question: '9', quoted: x}", "an unknown key"),
        ("[", "no valid YAML"),
    ],
)
def test_what_is_wrong_with_an_entry_is_named(entry: str, message: str) -> None:
    """File, place and what was wanted; a name that is an e-mail address is refused before it is published."""
    with pytest.raises(UnreadableInput, match=re.escape(HERE.name)) as caught:
        parse_decisions(f"- {entry}", HERE)
    assert message in str(caught.value)


def test_a_decision_is_laid_over_the_answer_it_is_about() -> None:
    """Ticks, status and understanding are the person's, the words the document's; boxes say by whom they were told."""
    read = read_input(SAMPLE)
    answer = apply(read, [ticked(read)], HERE).response.answers["10"]
    assert (answer.status, answer.ticks, answer.doubts) == ("answered", {"yes": "ticked", "no": "unticked"}, [])
    assert set(answer.tick_evidence.values()) == {CORRECTED_SIGN}
    assert answer.understood == Understood(affirms=True)
    assert read == read_input(SAMPLE), "the response that was read is left alone"


def test_the_latest_decision_counts() -> None:
    """Whatever its place in the file; two of one second in their order."""
    read = read_input(SAMPLE)
    later = replace(decision(read, "24"), at="2026-11-24T15:31:00Z", by="b")
    result = apply(read, [later, decision(read, "24")], HERE).response.answers["24"].review
    assert result is not None
    assert result.by == "b"


def test_what_was_confirmed_stands_when_the_program_understands_otherwise() -> None:
    """A newer version, or a slip of it, changes nothing of what a person confirmed."""
    read = read_input(SAMPLE)
    confirmed = decision(read, "24")
    assert confirmed.understood == Understood(affirms=False)
    read.answers["24"].understood = Understood(affirms=True)
    answer = interpret(apply(read, [confirmed], HERE).response).answers["24"]
    assert answer.understood == Understood(affirms=False)


def test_a_doubtful_topic_is_not_claimed_by_being_confirmed() -> None:
    """«No law» confirmed is still no law: the mention keeps the doubt that keeps it from being claimed."""
    read = read_input(SAMPLE)
    read.answers["9"].text = "No existe una ley de datos abiertos."
    answer = interpret(apply(read, [decision(read, "9")], HERE).response).answers["9"]
    assert answer.understood
    assert [mention.doubts for mention in answer.understood.mentions] == [["negated-or-planned"]]
    assert answer.doubts == []


@pytest.mark.parametrize(("old", "new"), [("No.", "No,  \n"), ("No.", "Nó."), ("No.", "No. Pero sí.")])
def test_other_words_are_a_conflict_and_other_line_breaks_are_none(old: str, new: str) -> None:
    """Nothing is decided about words that the person did not see."""
    read = read_input(SAMPLE)
    seen = decision(read, "24")
    assert read.answers["24"].text == old
    read.answers["24"].text = new
    result = apply(read, [seen], HERE)
    assert list(result.conflicts) == ["24"]
    assert result.response.answers["24"] == replace(read.answers["24"], doubts=["review-conflict"])
    read.answers["24"].text = " No.\n"
    assert apply(read, [seen], HERE).conflicts == {}


def test_a_box_may_read_as_it_was_seen_or_as_it_was_decided() -> None:
    """A better copy that shows the mark where the person put it contradicts nobody; one that shows another does."""
    read = read_input(SAMPLE)
    seen = ticked(read)
    for yes, is_conflict in (("unknown", False), ("ticked", False), ("unticked", True)):
        read.answers["10"].ticks["yes"] = yes  # type: ignore[assignment]
        assert bool(apply(read, [seen], HERE).conflicts) is is_conflict, yes


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"question": "99"}, "question '99', which the form of 2020 does not have"),
        ({"ticks": {"perhaps": "ticked"}}, "an option: yes, no"),
        ({"understood": Understood(mentions=[Mention("Agency", "MITIC")])}, "words that stand in"),
    ],
)
def test_an_entry_that_cannot_be_applied_is_named_and_the_rest_goes_on(
    folder: Path, changes: dict[str, object], message: str
) -> None:
    """Of the document nothing is lost, of the other decisions neither."""
    path = folder / "PRY.review.yaml"
    wrong = replace(load_decisions(path)[1], at="2026-11-25T08:00:00Z", **changes)  # type: ignore[arg-type]
    record(wrong, path, folder / "PRY.md")
    built = msqgraph.build([folder])
    assert [unit.response.answers["9"].review is not None for unit in built.units] == [True]
    (problem,) = built.unreadable
    assert message in str(problem)
    assert "PRY.review.yaml" in problem.file


def test_a_response_is_not_built_past_decisions_that_cannot_be_read(folder: Path) -> None:
    """To publish what a person corrected as if nobody had is worse than not to publish."""
    (folder / "PRY.review.yaml").write_text("- {", encoding="utf-8")
    built = msqgraph.build([folder])
    assert built.units == []
    assert [Path(error.file).name for error in built.unreadable] == ["PRY.review.yaml"]


def test_decisions_are_no_input_and_miss_their_document(folder: Path) -> None:
    """A file of decisions is taken for no transcript; without a document of its name it is named."""
    assert [path.name for path in find_inputs([folder]).files] == ["PRY.md"]
    (folder / "PRY.md").rename(folder / "Paraguay.md")
    inputs = find_inputs([folder])
    assert [path.name for path in inputs.files] == ["Paraguay.md"]
    assert ["a document that is not here" in str(error) for error in inputs.unreadable] == [True]


def test_decisions_about_a_document_hold_for_its_transcript(folder: Path) -> None:
    """Same words, same decisions; a transcript has the boxes as they were read."""
    before = unit_of(folder)
    transcript = interpret(read_input(folder / "PRY.md")).to_yaml()
    assert CORRECTED_SIGN not in transcript, "reading gives what the document says"
    (folder / "PRY.yaml").write_text(transcript, encoding="utf-8")
    assert unit_of(folder).graphs == before.graphs


def test_the_graph_says_who_confirmed_and_what_was_corrected(folder: Path) -> None:
    """Every statement of the two answers, and no other, is attributed; only what was corrected revises something."""
    unit = unit_of(folder)
    facts = unit.graphs["graph/facts/2020/PRY"]
    office = "https://w3id.org/msqgraph/id/reviewer/statistics-office"

    def subjects(predicate: str, value: str) -> set[str]:
        return {text_of(t.subject) for t in facts if (t.predicate.value, text_of(t.object)) == (predicate, value)}

    of_9 = subjects(PROV + "wasDerivedFrom", ROOT_IRI + "9")
    assert len(of_9) > 10
    assert subjects(PROV + "wasAttributedTo", office) == of_9
    assert not any(triple.predicate.value == PROV + "wasRevisionOf" for triple in facts)
    review = "https://w3id.org/msqgraph/id/activity/review/2020/PRY/{}/2026-11-24t15-30-00z"
    assert objects(unit, ROOT_IRI + "9", MSQ + "review") == {review.format(9)}
    assert objects(unit, ROOT_IRI + "10", MSQ + "review") == {review.format(10)}
    assert objects(unit, ROOT_IRI + "10", PROV + "wasRevisionOf") == {ROOT_IRI + "10/as-read"}
    assert objects(unit, ROOT_IRI + "9", PROV + "wasRevisionOf") == set()
    assert objects(unit, review.format(10), PROV + "endedAtTime") == {AT}
    assert objects(unit, review.format(10), PROV + "wasAssociatedWith") == {office}
    assert objects(unit, ROOT_IRI + "10", MSQ + "ticked") == {"https://w3id.org/msqgraph/questionnaire/2020/10/yes"}
    assert objects(unit, ROOT_IRI + "10/as-read", PROV + "wasGeneratedBy") == {
        "https://w3id.org/msqgraph/id/activity/reading/2020/PRY"
    }
    assert {"ReviewShape", "ReviewerShape", "AsReadShape", "ReviewedStatementShape"} <= {
        shape.rpartition("#")[2] for shape, count in unit.validation.focus_nodes.items() if count
    }
    assert unit.validation.count("Violation") == 0


def test_a_corrected_tick_is_a_fact_that_revises_the_reading(folder: Path) -> None:
    """Ticked by a person, the identity law becomes a statement that leads to the answer, its box and the reviewer."""
    document = folder / "PRY.md"
    read = read_input(document)
    ticks = {**dict.fromkeys(read.answers["9"].ticks, "unticked"), "digital-identity": "ticked"}
    record(decision(read, "9", ticks=ticks, at="2026-11-25T08:00:00Z"), review_path(document), document)
    unit = unit_of(folder)
    statement = "https://w3id.org/msqgraph/id/statement/2020/PRY/9/digital-identity"
    assert objects(unit, statement, PROV + "wasRevisionOf") == {ROOT_IRI + "9/as-read"}
    assert ROOT_IRI + "9/box/digital-identity" in objects(unit, statement, PROV + "wasDerivedFrom")
    assert objects(unit, ROOT_IRI + "9/box/digital-identity", MSQ + "sign") == {CORRECTED_SIGN}
    assert unit.validation.count("Violation") == 0


def test_nothing_is_different_where_nobody_decided(unit: Unit) -> None:
    """The sample has no decisions: its graphs know none of the words, and its report has no such key."""
    words = ("wasAttributedTo", "wasRevisionOf", "as-read", "/review", "reviewer")
    shown = [str(triple) for triples in unit.graphs.values() for triple in triples]
    assert len(shown) > 1000
    assert [line for line in shown if any(word in line for word in words)] == []
    report = json.loads(report_json(msqgraph.build([SAMPLE])))
    assert "review_conflicts" not in report["responses"][0]


def test_a_conflict_is_a_finding_and_shows_both(folder: Path) -> None:
    """The document changed: the entry stays, the machine's reading stands, report and validation name the conflict."""
    document, path = folder / "PRY.md", folder / "PRY.review.yaml"
    kept = path.read_bytes()
    text = document.read_text("utf-8")
    assert text.count("Ley de transparencia") == 1
    document.write_text(text.replace("Ley de transparencia", "Norma de transparencia"), "utf-8")
    built = msqgraph.build([folder])
    (unit,) = built.units
    assert path.read_bytes() == kept
    assert unit.response.answers["9"].review is None
    assert "review-conflict" in unit.response.answers["9"].doubts
    assert objects(unit, ROOT_IRI + "9", MSQ + "review") == set()
    assert [f.severity for f in unit.validation.findings if f.shape.endswith("ReviewConflictShape")] == ["Warning"]
    (conflict,) = json.loads(report_json(built))["responses"][0]["review_conflicts"]
    assert "Ley de transparencia" in conflict["seen"]["quote"]
    assert "Norma de transparencia" in conflict["now"]["quote"]
    assert {place["doubt"] for place in doubts(unit.response) if place.get("question") == "10"} == set()


def test_no_decision_shows_what_is_withheld(tmp_path: Path) -> None:
    """Not in the words of a conflict, a note, or the name of who signs: the one who filled in the form is not named."""
    document = tmp_path / "in" / "PRY.md"
    document.parent.mkdir()
    document.write_bytes(SAMPLE.read_bytes())
    read = read_input(document)
    name = "JOSE JAVIER QUIÑONEZ CACERES"
    for one in (
        replace(decision(read, "24"), by=name, note=f"asked {name}, +595 991 922 530"),
        replace(decision(read, "contact"), by=name),
    ):
        record(one, review_path(document), document)
    text = SAMPLE.read_text("utf-8")
    document.write_text(text.replace("Title: ", "Title: Señor ").replace("No.\n", f"No, {name}.\n"), "utf-8")
    built = msqgraph.build([document.parent])
    assert {conflict.decision.question for conflict in built.units[0].conflicts} == {"24", "contact"}
    msqgraph.write_dataset(built, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            shown = path.read_text(encoding="utf-8", errors="replace").casefold()
            assert [part for part in PRIVATE_PARTS if part.casefold() in shown] == [], path


def test_an_orcid_is_published_as_it_is() -> None:
    """Its digits are no telephone number, and its IRI is the reviewer's."""
    read = read_input(SAMPLE)
    signed = replace(decision(read, "3"), by="0000-0002-1825-0097")
    unit = msqgraph.build_unit(apply(read, [signed], HERE).response, SAMPLE)
    iri = "https://orcid.org/0000-0002-1825-0097"
    assert objects(unit, iri, "http://www.w3.org/2000/01/rdf-schema#label") == {signed.by}
    facts = unit.graphs["graph/facts/2020/PRY"]
    assert any((t.predicate.value, text_of(t.object)) == (PROV + "wasAttributedTo", iri) for t in facts)
    assert unit.validation.count("Violation") == 0


def test_a_time_has_one_spelling_in_the_graph() -> None:
    """The reasoner spells the zone otherwise, which would be a second time of the same review."""
    review, ended = ox.NamedNode("http://example.org/r"), ox.NamedNode(PROV + "endedAtTime")
    time = ox.Literal(AT, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime"))
    assert entail([ox.Triple(review, ended, time)]) == []


def test_reading_finds_no_decision_where_there_is_none() -> None:
    """The sample's own folder."""
    result = reviewed(read_input(SAMPLE), SAMPLE)
    assert (result.conflicts, result.problems) == ({}, [])
