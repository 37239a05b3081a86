"""Every silent loss of a JSON-LD processor is an error here; and the rules do what they say."""

from __future__ import annotations

from typing import Any

import pytest

from msqgraph import as_json, assets, background, identify, interpret, map_answers, map_facts
from msqgraph.errors import MappingLoss
from msqgraph.response import Answer, Mention, Response, Source, Understood
from msqgraph.terms import text_of

IRI = "https://w3id.org/msqgraph/id/response/2020/PRY"


@pytest.mark.parametrize(
    "lost",
    [
        {"unheard_of": "x"},
        {"country": "http://example.org/a b"},
        {"country": "http://example.org/{}"},
        {"country": "http://example.org/a|b"},
        {"country": "http://example.org/%zz"},
        {"country": "www.example.org"},
        {"value": 12.5},
        {"value": "12,5"},
        {"value": "1.25E1"},
        {"text": {"not a tag": "x"}},
        {"text": {"spanish-of-paraguay": "x"}},
        {"text": "without a language"},
        {"date_candidate": "12/02/2019"},
        {"reference_year": "18"},
        {"affirms": "yes"},
        {"status": "no such"},
        {"type": "Unheard"},
        {"sign": 5},
    ],
    ids=str,
)
def test_what_json_ld_drops_or_bends_in_silence_is_refused(lost: dict[str, Any]) -> None:
    """Unmapped keys, invalid and relative IRIs, JSON numbers, ill-formed tags and lexical forms, unknown types."""
    with pytest.raises(MappingLoss, match="response/2020/PRY"):
        map_answers({"id": IRI, "type": "Response", **lost})


def test_every_value_becomes_a_triple() -> None:
    """As many distinct triples as values, links to nested nodes included; a value given twice counts once."""
    node = {
        "id": IRI,
        "type": "Response",
        "unassigned": ["a", "a", "b"],
        "answers": [{"id": f"{IRI}/1", "type": "Answer"}],
    }
    assert len(set(map_answers(node))) == 5


def test_the_context_has_no_trap() -> None:
    """No type or list containers and no property-valued index: what Oxigraph's parser reads otherwise than we do."""
    text = assets.read_text("mappings/response.context.jsonld")
    assert '"@container": "@language"' in text
    assert not any(word in text for word in ('"@list"', '"@index"', '"@container": "@type"', '"@import"'))


def facts(answers: dict[str, Answer]) -> set[tuple[str, str, str]]:
    """The statements' subject, predicate, object and basis of a made-up response, as last parts of IRIs."""
    response = Response("PRY", "2020", Source("x.md", "0" * 64, "text/markdown"), answers=answers)
    triples = map_facts(map_answers(as_json(identify(interpret(response)))))
    by_subject: dict[str, dict[str, str]] = {}
    for triple in triples:
        name = triple.predicate.value.rpartition("#")[2]
        value = text_of(triple.object).rpartition("/")[2].rpartition("#")[2]
        by_subject.setdefault(text_of(triple.subject), {})[name] = value
    return {(s["predicate"], s["object"], s["basis"]) for s in by_subject.values() if "basis" in s}


def test_ticks_and_words_make_statements_by_their_basis() -> None:
    """Ticked, in words, both; an empty box overrules words, and an unknown one claims nothing."""
    answer = Answer(
        "answered",
        "Tenemos una ley de acceso a la información y de datos abiertos, y firma digital.",
        ticks={
            "access-to-information": "ticked",
            "open-government-data": "unknown",
            "digital-signature": "unticked",
            "e-procurement": "ticked",
            "digital-identity": "unknown",
        },
    )
    found = {
        (concept, basis) for predicate, concept, basis in facts({"9": answer}) if predicate == "hasLegalFrameworkOn"
    }
    assert found == {
        ("access-to-information", "ticked-and-stated"),
        ("open-government-data", "stated-in-text"),
        ("e-procurement", "ticked"),
    }


def test_words_that_deny_or_announce_claim_nothing() -> None:
    """A law that does not exist yet is no legal framework."""
    answer = Answer("answered", "No existe una ley de datos abiertos.", ticks={"open-government-data": "unknown"})
    assert not any(predicate == "hasLegalFrameworkOn" for predicate, _, _ in facts({"9": answer}))


def test_bounds_make_no_observation() -> None:
    """An observation needs its measure: ranges and bounds stay on the answer."""
    assert any(p == "measureType" for p, _, _ in facts({"19": Answer("answered", "80%")}))
    for text in ("60-65%", "more than 80%", "less than 5 %"):
        assert not any(p == "measureType" for p, _, _ in facts({"19": Answer("answered", text)})), text


def test_a_partner_that_is_a_country_is_no_organisation() -> None:
    """The cooperation has a partner country and no partner."""
    text = "Yes, with Estonia"
    mention = Mention("Organization", "Estonia", 10, name="Estonia", country_iso3="EST")
    found = facts({"22": Answer("answered", text, understood=Understood(mentions=[mention]))})
    assert ("partnerCountry", "EST", "field") in found
    assert not any(predicate == "partner" or thing == "Organization" for predicate, thing, _ in found)


def test_a_denied_partnership_has_no_partners() -> None:
    """What stands behind a no is not claimed."""
    assert facts({"22": Answer("answered", "No, with IADB.")}) == set()


def test_rules_are_construct_queries_that_any_engine_reads() -> None:
    """Each rule is SPARQL 1.1 for rdflib too, and gives the same claims on the sample's own answers."""
    from rdflib.plugins.sparql import prepareQuery

    names = [name for name in assets.names("mappings", ".rq") if not name.startswith("mappings/tables/")]
    assert len(names) >= 9
    for name in names:
        assert prepareQuery(assets.read_text(name)).algebra.name == "ConstructQuery", name


def test_the_background_is_what_rules_look_up() -> None:
    """Forms and code lists are there."""
    assert any(text_of(t.subject).endswith("questionnaire/2020/9/open-government-data") for t in background())
