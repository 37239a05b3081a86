"""The form and the code lists: complete, consistent, and free of what breaks other people's tools."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, SKOS, Graph, URIRef

from msqgraph import assets
from msqgraph.folding import plain
from msqgraph.questionnaire import Part, editions, load_questionnaire, parse_questionnaire

FILES = sorted(
    [name for name in assets.names("ontology", ".ttl") if re.search(r"codes|questionnaire|alignments", name)]
)
CODE = assets.DEFAULT_BASE + "code/"
UN_LANGUAGES = Counter(["ar", "en", "es", "fr", "ru", "zh"])
SIZES = {
    "policy-area": 9,
    "portal-type": 6,
    "strategy-type": 2,
    "strategy-feature": 11,
    "legal-topic": 9,
    "technology": 10,
    "law-type": 7,
    "role": 1,
    "unit": 3,
    "observation-status": 3,
    "agreement": 7,
    "agency-purpose": 6,
    "answer-kind": 9,
    "answer-status": 5,
    "basis": 4,
    "doubt": 16,
    "review-decision": 2,
    "respondent-statement": 5,
    "outreach-channel": 6,
    "topic": 42,
    "withdrawal": 4,
}


@pytest.fixture(scope="module")
def codes() -> Graph:
    """The code lists."""
    return Graph().parse(data=assets.read_text("ontology/codes.ttl"), format="turtle")


def all_parts(parts: list[Part]) -> list[Part]:
    """Parts with the parts below them."""
    return [found for part in parts for found in (part, *all_parts(part.parts))]


def concepts(codes: Graph) -> list[URIRef]:
    """All concepts of the code lists."""
    found = sorted(s for s in codes.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef))
    assert len(found) == sum(SIZES.values())
    return found


def test_files_are_plain_turtle() -> None:
    """Both parsers read the same, and no node is blank: everything published has a name."""
    assert len(FILES) >= 7
    for name in FILES:
        text = assets.read_text(name)
        triples = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
        assert len(triples) == len(Graph().parse(data=text, format="turtle")) > 0, name
        nodes = {node for triple in triples for node in (triple.subject, triple.object)}
        assert not any(isinstance(node, ox.BlankNode) for node in nodes), name


def test_code_lists_are_complete(codes: Graph) -> None:
    """The schemes and how many codes each has."""
    sizes = Counter(str(scheme).removeprefix(CODE) for scheme in codes.objects(None, SKOS.inScheme))
    assert sizes == SIZES
    assert {str(s).removeprefix(CODE) for s in codes.subjects(RDF.type, SKOS.ConceptScheme)} == set(SIZES)


def test_labels_in_six_languages(codes: Graph) -> None:
    """Exactly one preferred label per language, unique in its scheme, disjoint from the hidden ones; one definition."""
    seen: Counter[tuple[str, str, str | None]] = Counter()
    for concept in concepts(codes):
        labels = list(codes.objects(concept, SKOS.prefLabel))
        assert Counter(label.language for label in labels) == UN_LANGUAGES, concept  # type: ignore[attr-defined]
        assert not set(labels) & set(codes.objects(concept, SKOS.hiddenLabel)), concept
        assert len(list(codes.objects(concept, SKOS.definition))) == 1, concept
        scheme = str(codes.value(concept, SKOS.inScheme))
        seen.update((scheme, str(label).casefold(), label.language) for label in labels)  # type: ignore[attr-defined]
    assert [key for key, count in seen.items() if count > 1] == []
    assert len(seen) == 6 * sum(SIZES.values())


def test_skos_integrity(codes: Graph) -> None:
    """IRI, notation and scheme agree; a concept is at the top of its scheme, or has a broader one in it."""
    for concept in concepts(codes):
        scheme, slug = str(concept).removeprefix(CODE).split("/")
        assert re.fullmatch(r"[a-z0-9-]+", slug)
        assert [str(s) for s in codes.objects(concept, SKOS.inScheme)] == [CODE + scheme]
        assert [str(s) for s in codes.objects(concept, SKOS.notation)] == [slug]
        broader = list(codes.objects(concept, SKOS.broader))
        assert all((wider, SKOS.inScheme, URIRef(CODE + scheme)) in codes for wider in broader)
        top = (concept, SKOS.topConceptOf, URIRef(CODE + scheme)) in codes
        assert top == ((URIRef(CODE + scheme), SKOS.hasTopConcept, concept) in codes) == (not broader), concept


def test_the_form_is_complete() -> None:
    """Sections, questions, options, fields and footnotes of the 2020 form, counted on paper."""
    form = load_questionnaire("2020")
    parts = all_parts(form.parts)
    kinds = Counter(part.kind for part in [*parts, *form.footnotes])
    assert kinds == {"Section": 10, "Question": 42, "Option": 46, "Field": 10, "Footnote": 11, "FormText": 5}
    paths = ["1", "2", *(f"2{letter}" for letter in "abcde"), "3", "4", "5", *(f"5{letter}" for letter in "abcdefghi")]
    paths += map(str, range(6, 25))
    assert [p.path for p in parts if p.kind == "Question"] == ["authorization", *paths, "contact", "x1", "x2"]
    options = {q.path: len(q.options) for q in form.questions() if q.options}
    assert options == {"authorization": 1, "8": 11, "9": 9, "10": 2, "12": 2, "15": 10, "x1": 5, "x2": 6}


def test_positions_are_in_printed_order() -> None:
    """Below each whole, positions count 1, 2, 3 without gap: nothing is dropped by a wrong parent."""
    form = load_questionnaire("2020")
    wholes = [form.parts, *(part.parts for part in all_parts(form.parts) if part.parts)]
    assert len(wholes) > 20
    for parts in wholes:
        assert [part.position for part in parts] == list(range(1, len(parts) + 1))


def test_every_code_that_the_form_uses_exists(codes: Graph) -> None:
    """Options, subjects, units, topics and kinds of answers point into the code lists; the slugs are the codes'."""
    known = {str(concept) for concept in concepts(codes)}
    form_graph = Graph().parse(data=assets.read_text("ontology/questionnaire-2020.ttl"), format="turtle")
    used = {str(o) for o in form_graph.objects() if str(o).startswith(CODE)}
    assert len(used) > 100 and used <= known
    for question in load_questionnaire("2020").questions():
        for option in question.options:
            slug = option.path.rpartition("/")[2]
            assert (
                option.affirms is not None
                if question.answer_kind in ("yes-no", "consent")
                else option.code.endswith(f"/{slug}")
            )


def test_every_topic_is_asked(codes: Graph) -> None:
    """Each question has one topic of its own, and no topic is left without a question."""
    form_graph = Graph().parse(data=assets.read_text("ontology/questionnaire-2020.ttl"), format="turtle")
    asked = Counter(str(o) for o in form_graph.objects(None, URIRef(assets.DEFAULT_BASE + "ontology#topic")))
    assert set(asked) == {str(c) for c in concepts(codes) if str(c).startswith(CODE + "topic/")}
    assert set(asked.values()) == {1}


def test_questions_say_what_their_answers_are() -> None:
    """What interpretation relies on: kinds, what is named, measures with unit and plausible range."""
    questions = {question.path: question for question in load_questionnaire("2020").questions()}
    assert questions["5f"].concerns == "policy-area/environment" and questions["5f"].names == ("Agency",)
    assert questions["4"].names == ("Agency", "Official")
    assert [field.role for field in questions["4"].fields] == ["name", "title", "organization", "email", "phone"]
    measures = {n: (q.measure, q.unit, q.plausible_pct) for n, q in questions.items() if q.measure}
    assert list(measures) == ["17", "18", "19", "20"]
    assert measures["18"] == ("ictInvestmentGdpShare", "percent", (0.0, 10.0))
    assert all((q.answer_kind == "quantity") == (n in measures) for n, q in questions.items())


def test_phrases_find_the_topics_of_the_sample() -> None:
    """In Paraguay's answer to question 9 exactly five legal topics are named, in that to question 8 one feature."""
    text = Path("responses/2020/PRY.md").read_text(encoding="utf-8")
    nine = text[text.index("Se cuenta con leyes") : text.index("IV. Usage")]
    eight = text[text.index("La Agenda Digital incorpora") : text.index("⁶ Poor")]
    questions = {question.path: question for question in load_questionnaire("2020").questions()}

    def named(number: str, answer: str) -> list[str]:
        return [
            option.path.rpartition("/")[2]
            for option in questions[number].options
            if any(re.search(rf"\b{re.escape(plain(phrase))}\b", plain(answer)) for _, phrase in option.phrases)
        ]

    topics = ["access-to-information", "open-government-data", "digital-signature", "e-procurement"]
    assert named("9", nine) == [*topics, "data-interoperability"]
    assert named("8", eight) == ["national-development-strategy"]


def test_phrases_are_there_and_specific() -> None:
    """Every option that text can name has phrases in seven languages; none stands for two codes of a question."""
    seen = 0
    for number in ("8", "9", "15"):
        question = next(q for q in load_questionnaire("2020").questions() if q.path == number)
        for option in question.options:
            if not option.takes_text:
                assert {tag for tag, _ in option.phrases} == {"ar", "en", "es", "fr", "pt", "ru", "zh"}, option.path
        phrases = Counter((tag, plain(phrase)) for option in question.options for tag, phrase in set(option.phrases))
        assert [phrase for phrase, count in phrases.items() if count > 1] == []
        seen += len(phrases)
    assert seen > 300


def test_alignments_link_what_exists(codes: Graph) -> None:
    """Links start from our concepts, lead to http: IRIs as published, and describe nothing that is not ours."""
    known = {str(concept) for concept in concepts(codes)}
    mapped = 0
    for name in ("sdg", "unbis", "cofog", "wsis"):
        graph = Graph().parse(data=assets.read_text(f"ontology/alignments/{name}.ttl"), format="turtle")
        mappings = f"{assets.DEFAULT_BASE}mapping/{name}/"
        assert {str(s) for s in graph.subjects() if not str(s).startswith(mappings)} <= known
        for _, predicate, target in graph:
            if str(predicate).endswith("Match"):
                assert re.match(
                    r"http://(metadata\.un\.org/(sdg|thesaurus)|linked\.data\.gov\.au/def/cofog)/", str(target)
                )
                mapped += 1
    assert mapped > 50


def test_another_edition_is_another_file() -> None:
    """A form is read from Turtle alone, under the IRIs of its own edition."""
    turtle = assets.read_text("ontology/questionnaire-2020.ttl").replace("questionnaire/2020", "questionnaire/2031")
    assert "2020" in editions()
    assert len(parse_questionnaire(turtle, "2031").questions()) == len(load_questionnaire("2020").questions()) == 40
