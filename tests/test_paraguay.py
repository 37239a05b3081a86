"""The sample from end to end: what was read equals the transcript checked by eye, and the graph the expected one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.compare import isomorphic

import msqgraph
from msqgraph.build import Build, Unit
from msqgraph.response import Response
from msqgraph.terms import text_of
from tests.conftest import ROOT, SAMPLE

CASE = ROOT / "tests" / "cases" / "paraguay"


def mentions(response: Response, kind: str, prefix: str = "") -> list[str]:
    """The quotes of a kind's mentions in the questions whose number begins so."""
    return [
        mention.quote
        for number, answer in response.answers.items()
        if number.startswith(prefix) and answer.understood
        for mention in answer.understood.mentions
        if mention.names == kind
    ]


def test_the_transcript_is_reproduced_exactly(response: Response) -> None:
    """Reading and interpreting give, to the byte, what a person checked against the document."""
    assert response.to_yaml() == (CASE / "answers.yaml").read_text(encoding="utf-8")


def test_a_transcript_builds_the_same_graph_as_its_document(unit: Unit) -> None:
    """A transcript that nobody changed says what its document says."""
    registry = msqgraph.load_registry(ROOT / "responses" / "identity" / "PRY.yaml")
    again = msqgraph.build_unit(msqgraph.load_response(CASE / "answers.yaml"), CASE / "answers.yaml", registry)
    assert again.graphs == unit.graphs


def test_the_graph_is_isomorphic_to_the_expected_one(dataset: Path) -> None:
    """Own graphs of the response, compared as RDF graphs by rdflib."""
    expected, found = rdflib.Dataset(), rdflib.Dataset()
    expected.parse(CASE / "expected.nq", format="nquads")
    found.parse(dataset / "dataset.nq", format="nquads")
    names = sorted(str(g.identifier) for g in expected.graphs() if len(g))
    assert len(names) == 3
    for name in names:
        assert isomorphic(expected.graph(rdflib.URIRef(name)), found.graph(rdflib.URIRef(name))), name


def test_the_counts_that_were_counted_by_hand(response: Response, unit: Unit) -> None:
    """14 addresses in Q1 and Q2, 14 agencies for 9 policy areas, 4 quantities, 6 plain answers to yes/no questions."""
    assert len(mentions(response, "Portal", "1")) + len(mentions(response, "Portal", "2")) == 14
    assert len(mentions(response, "Agency", "5")) == 14
    understood = {number: a.understood for number, a in response.answers.items() if a.understood}
    assert [number for number, u in understood.items() if u.quantity] == ["17", "18", "19", "20"]
    affirmed = {number: u.affirms for number, u in understood.items() if u.affirms is not None}
    assert affirmed == {"7": True, "13": True, "16": True, "22": True, "23": True, "24": False}
    facts = unit.graphs["graph/facts/2020/PRY"]
    responsible = [t for t in facts if t.predicate.value.endswith("#responsibleFor")]
    assert len(responsible) == 14
    assert len({t.object for t in responsible}) == 9


def test_lost_ticks_are_unknown_and_nothing_else(unit: Unit) -> None:
    """Not one of the form's boxes is ticked or unticked: the text kept none of the marks."""
    answers = unit.graphs["graph/response/2020/PRY"]
    kinds = {
        name: [text_of(t.object) for t in answers if t.predicate.value.endswith(f"#{name}")]
        for name in ("ticked", "unticked", "tickUnknown")
    }
    assert (kinds["ticked"], kinds["unticked"]) == ([], [])
    questions = {option.split("/")[-2] for option in kinds["tickUnknown"]}
    assert questions == {"authorization", "8", "9", "10", "12", "15", "x1", "x2"}
    form = msqgraph.load_questionnaire("2020")
    assert len(kinds["tickUnknown"]) == sum(len(question.options) for question in form.questions()) > 40


def test_five_legal_topics_stand_in_the_words_of_question_9(store: msqgraph.EmbeddedStore) -> None:
    """The ticks are lost; the free text names five topics, and only those."""
    rows = store.query(
        """PREFIX msq: <https://w3id.org/msqgraph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?topic ?basis { ?s rdf:predicate msq:hasLegalFrameworkOn ; rdf:object ?topic ; msq:basis ?basis }"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    found = {(str(row["topic"].value).rpartition("/")[2], str(row["basis"].value).rpartition("/")[2]) for row in rows}
    topics = (
        "access-to-information",
        "open-government-data",
        "digital-signature",
        "e-procurement",
        "data-interoperability",
    )
    assert found == {(topic, "stated-in-text") for topic in topics}


def test_two_builds_give_the_same_bytes(dataset: Path, tmp_path: Path, built: Build) -> None:
    """Nothing depends on time, order of hashing or the machine."""
    msqgraph.write_dataset(msqgraph.build([ROOT / "responses"]), tmp_path / "again")
    for name in ("dataset.nq", "dataset.ttl", "report.json", "report.ttl"):
        assert (tmp_path / "again" / name).read_bytes() == (dataset / name).read_bytes(), name
    assert built.unreadable == []


def test_no_blank_node_is_published(dataset: Path) -> None:
    """Everything that is published has a name."""
    quads = list(ox.parse(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS))
    assert len(quads) > 5000
    assert [q for q in quads if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)] == []


def test_text_and_markdown_of_the_same_words_are_the_same_answers(response: Response, tmp_path: Path) -> None:
    """The container changes the source, never the answers."""
    copy = tmp_path / "PRY.txt"
    copy.write_bytes(SAMPLE.read_bytes().replace(b"\n", b"\r\n"))
    other = msqgraph.interpret(msqgraph.transcribe(msqgraph.read_document(copy)))
    assert {n: a.text for n, a in other.answers.items()} == {n: a.text for n, a in response.answers.items()}
