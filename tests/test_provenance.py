"""Every fact leads back to its quote; a rule that forgot its source would show here."""

from __future__ import annotations

import pyoxigraph as ox

import msqgraph
from msqgraph.build import Unit
from msqgraph.terms import text_of
from tests.conftest import SAMPLE

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MSQ = "https://w3id.org/msqgraph/ontology#"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"


def values(triples: list[ox.Triple], subject: object, predicate: str) -> list[ox.NamedNode]:
    """The objects of a subject's property."""
    return [t.object for t in triples if t.subject == subject and t.predicate.value == predicate]  # type: ignore[misc]


def test_flat_triples_and_statements_are_one_to_one(unit: Unit) -> None:
    """Beside every statement its flat triple, and no flat triple without: counted on both sides."""
    facts = unit.graphs["graph/facts/2020/PRY"]
    own = {t.subject for t in facts if t.predicate.value == RDF + "type" and text_of(t.object) == MSQ + "Statement"}
    flat = {t for t in facts if t.subject not in own}
    parts: dict[object, dict[str, object]] = {}
    for triple in facts:
        if triple.subject in own and triple.predicate.value.startswith(RDF):
            parts.setdefault(triple.subject, {})[triple.predicate.value.removeprefix(RDF)] = triple.object
    stated = {ox.Triple(p["subject"], p["predicate"], p["object"]) for p in parts.values()}  # type: ignore[arg-type]
    assert len(flat) > 200
    assert len(own) >= len(flat)
    assert stated == flat


def test_every_statement_leads_to_answer_mention_and_quote(unit: Unit) -> None:
    """Statement → answer and mention → a quote that stands in the answer's text, word for word."""
    facts, said = unit.graphs["graph/facts/2020/PRY"], unit.graphs["graph/response/2020/PRY"]
    exact = {t.subject: text_of(t.object) for t in said if t.predicate.value.endswith("#exact")}
    texts = {t.subject: text_of(t.object) for t in said if t.predicate.value == MSQ + "text"}
    mentions = {t.object: t.subject for t in said if t.predicate.value == MSQ + "mentions"}
    selectors: dict[object, list[object]] = {}
    for triple in said:
        if triple.predicate.value.endswith("#hasSelector"):
            selectors.setdefault(triple.subject, []).append(triple.object)
    statements = {t.subject for t in facts if t.object == ox.NamedNode(MSQ + "Statement")}
    checked = 0
    for statement in statements:
        sources = values(facts, statement, DERIVED)
        answers = [s for s in sources if s in texts]
        named = [s for s in sources if s in mentions]
        assert len(answers) == 1, statement
        assert named, statement
        for mention in named:
            assert mentions[mention] in answers
            quotes = [exact[s] for s in selectors[mention] if s in exact]  # type: ignore[index]
            assert len(quotes) == 1
            assert quotes[0] in texts[answers[0]]
            checked += 1
    assert checked >= len(statements) > 200


def test_quotes_stand_where_the_transcript_says(response: msqgraph.response.Response) -> None:
    """A mention's quote is the stretch at its offset, and an answer's place the stretch of the document."""
    document = msqgraph.read_document(SAMPLE)
    checked = 0
    for answer in response.answers.values():
        for mention in answer.understood.mentions if answer.understood else []:
            assert answer.text is not None
            assert answer.text[mention.start : mention.start + len(mention.quote)] == mention.quote
            checked += 1
        assert answer.place is not None
        start, end = map(int, answer.place.removeprefix("char=").split(","))
        if answer.text and "\n\n" not in answer.text:
            assert document.text[start:end] == answer.text
    assert checked > 50
