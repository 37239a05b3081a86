"""What another source says about a response's statements: the same, something else, nothing, and how it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import msqgraph
from msqgraph import assets
from msqgraph.build import Build, Unit
from msqgraph.corroboration import Witness, agreements, corroborate, witnesses
from msqgraph.dataset import merge
from msqgraph.imports.govtech import import_govtech
from msqgraph.published import background
from msqgraph.report import report_json
from msqgraph.revalidation import revalidate
from msqgraph.sources import Source, read_source
from msqgraph.terms import text_of
from msqgraph.validation import validate
from tests.conftest import INVENTED_GOVTECH, ROOT

BASE = assets.DEFAULT_BASE
MINISTRY = "ministerio-de-tecnologias-de-la-informacion-y-comunicacion"
REAL_GOVTECH = ROOT.parent / "shared" / "data" / "govtech-2020.csv"
PREFIXES = f"""@base <{BASE}> .
@prefix msq: <{BASE}ontology#> .
@prefix area: <code/policy-area/> .
@prefix portal: <code/portal-type/> .
@prefix stype: <code/strategy-type/> .
@prefix topic: <code/legal-topic/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
# what the source says of another country, so that it covers every kind
COVERAGE = """
<id/source/almanac/XXB> dct:isPartOf <id/source/almanac> .
<id/agency/XXB/a> msq:country <id/country/XXB> ; msq:responsibleFor area:finance-taxation .
<id/agency/XXB/a> msq:leadsEGovernment <id/country/XXB> .
<id/portal/b> msq:country <id/country/XXB> ; msq:portalType portal:national .
<id/strategy/XXB/s> msq:country <id/country/XXB> ; msq:strategyType stype:e-government .
<id/law/XXB/l> msq:country <id/country/XXB> ; msq:legalTopic topic:access-to-information .
"""


def parse(turtle: str) -> list[ox.Triple]:
    """Triples under the base."""
    return [quad.triple for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]


def stated(*facts: str) -> list[ox.Triple]:
    """Facts as statements, each with its flat triple."""
    statements = [
        f"<id/statement/2999/XXA/1/s{number}> a msq:Statement ; msq:response <id/response/2999/XXA> ; "
        f"rdf:subject {s} ; rdf:predicate {p} ; rdf:object {o} . {s} {p} {o} ."
        for number, (s, p, o) in enumerate(fact.split(" ", 2) for fact in facts)
    ]
    return parse("\n".join(statements))


def named(path: str, *said: str) -> str:
    """Something that the source names in the country."""
    return f"<id/{path}> msq:country <id/country/XXA> ; {' ; '.join(said)} ."


def witness(theirs: str) -> Witness:
    """A source that covers every kind and says this of the country."""
    triples = parse(
        COVERAGE + "<id/source/almanac/XXA> dct:isPartOf <id/source/almanac> ; msq:country <id/country/XXA> ." + theirs
    )
    (found,) = witnesses([Source(Path("almanac.nq"), {"graph/reference/almanac": triples})])
    return found


def said(theirs: str, *facts: str) -> str:
    """How far the source agrees with the first of the facts, and with what of its own."""
    answers = parse("<id/response/2999/XXA> msq:country <id/country/XXA> .")
    triples = corroborate(answers, stated(*facts), witness(theirs))
    node = f"<{BASE}id/corroboration/2999/XXA/1/s0-by-almanac>"
    values = {text_of(t.predicate): text_of(t.object) for t in triples if str(t.subject) == node}
    if not values:
        return ""
    evidence = values.get(f"{BASE}ontology#evidence", "").rpartition("/")[2]
    return f"{values[f'{BASE}ontology#agreement'].rpartition('/')[2]} {evidence}".strip()


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("http://data.nowhere.example/", "https://www.data.nowhere.example", "same-address p"),
        ("http://nowhere.example/data", "http://nowhere.example/", "same-site p"),
        ("http://nowhere.example/data", "http://nowhere.example/else", "same-site p"),
        ("http://nowhere.example/", "http://data.nowhere.example/", "different p"),
        ("http://nowhere.example/", "", "silent"),
    ],
)
def test_portals(ours: str, theirs: str, expected: str) -> None:
    """By address, by host, not at all, or not named."""
    source = named("portal/p", "msq:portalType portal:national", f"msq:website <{theirs}>") if theirs else ""
    facts = ("<id/portal/o> msq:portalType portal:national", f"<id/portal/o> msq:website <{ours}>")
    assert said(source, *facts) == expected


def test_the_best_of_several_counts() -> None:
    """And is the evidence; those that do not agree are not."""
    source = "".join(
        named(f"portal/{name}", "msq:portalType portal:national", f"msq:website <http://{site}>")
        for name, site in {"p": "nowhere.example/x", "q": "nowhere.example/", "r": "other.example/"}.items()
    )
    facts = ("<id/portal/o> msq:portalType portal:national", "<id/portal/o> msq:website <http://nowhere.example/>")
    assert said(source, *facts) == "same-address q"


@pytest.mark.parametrize("claim", ["msq:leadsEGovernment <id/country/XXA>", "msq:responsibleFor area:finance-taxation"])
@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (
            'skos:prefLabel "Ministerio de Hacienda"@es',
            'skos:prefLabel "MINISTERIO DE HACIENDA / Treasury"',
            "same-name m",
        ),
        ('skos:altLabel "MFN"', 'skos:prefLabel "Ministry of Finance of Nowhere (MFN)"', "same-name m"),
        ('skos:prefLabel "Ministerio de Hacienda"@es', 'skos:prefLabel "Ministry of Finance"', "silent"),
        ("msq:website <http://a.example/>", "msq:website <http://b.example/>", "different m"),
        ("msq:website <http://a.example/>", 'skos:prefLabel "Treasury"', "silent"),
    ],
)
def test_agencies(claim: str, ours: str, theirs: str, expected: str) -> None:
    """Also by name; another name alone is no difference, for it may be a translation."""
    source = named("agency/XXA/m", claim, theirs)
    assert said(source, f"<id/agency/XXA/o> {claim}", f"<id/agency/XXA/o> {ours}") == expected


def test_an_address_is_compared_where_the_task_is_the_same() -> None:
    """The address of an agency of another task is not looked up."""
    site = "<id/agency/XXA/o> msq:website <http://a.example/x>"
    source = named("agency/XXA/m", "msq:responsibleFor area:finance-taxation", "msq:website <http://a.example/>")
    assert said(source, site, "<id/agency/XXA/o> msq:responsibleFor area:finance-taxation") == "same-site m"
    assert said(source, site, "<id/agency/XXA/o> msq:responsibleFor area:health") == ""


def test_strategies_are_compared_by_type() -> None:
    """A national development strategy is not looked up where only e-government strategies are known."""
    has, site = (
        "<id/country/XXA> msq:hasStrategy <id/strategy/XXA/o>",
        "<id/strategy/XXA/o> msq:website <http://a.example/x>",
    )
    source = named("strategy/XXA/n", "msq:strategyType stype:e-government", "msq:website <http://a.example/>")
    assert said(source, has, site, "<id/strategy/XXA/o> msq:strategyType stype:e-government") == "same-site n"
    assert said(source, has, site, "<id/strategy/XXA/o> msq:strategyType stype:national-development") == ""


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ('dct:title "Act No. 1234 of 2001"', "same-law t"),
        ("msq:website <http://b.example/ley-1234-2001>", "same-law t"),
        ('dct:title "Act No. 99 of 2001"', "different t"),
        ('dct:title "Information Act"', "silent"),
        ("msq:website <http://b.example/x.pdf>", "silent"),
    ],
)
def test_laws(theirs: str, expected: str) -> None:
    """By number and year; another address is no other law. Whichever law it is, the topic of a framework agrees."""
    law = "<id/law/XXA/o>"
    facts = (
        f"{law} msq:legalTopic topic:access-to-information",
        f'{law} eli:number "1.234"',
        f'{law} msq:year "2001"',
        f"{law} rdf:type msq:Law",
        f"{law} msq:website <http://a.example/law>",
    )
    source = named("law/XXA/t", "a msq:Law", "msq:legalTopic topic:access-to-information", theirs)
    assert said(source, *facts) == expected
    assert (
        said(source, "<id/country/XXA> msq:hasLegalFrameworkOn topic:access-to-information", *facts) == "same-topic t"
    )
    assert said("", "<id/country/XXA> msq:hasLegalFrameworkOn topic:access-to-information") == "silent"


def test_what_no_source_covers_is_not_looked_up() -> None:
    """Neither a topic that it never names, nor a source without records."""
    assert said("", "<id/country/XXA> msq:hasLegalFrameworkOn topic:digital-identity") == ""
    bare = Source(Path("x.nq"), {"graph/reference/x": parse("<id/portal/b> msq:portalType portal:national .")})
    assert witnesses([bare]) == []


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The sample, built beside an invented source."""
    file = tmp_path_factory.mktemp("source") / "govtech.nq"
    file.write_bytes(import_govtech(INVENTED_GOVTECH).nquads(BASE))
    return msqgraph.build([ROOT / "responses", file])


def test_a_build_with_a_source_has_a_graph_more(built: Build, asked: Build, tmp_path: Path) -> None:
    """It is in the merge, the report and the validation; all else stays as it is without a source."""
    (unit,), path = asked.units, "graph/corroboration/2020/PRY"
    assert {name: triples for name, triples in unit.graphs.items() if name != path} == built.units[0].graphs
    assert set(unit.graphs[path]) <= merge(asked)
    counts = agreements(unit.graphs[path])
    assert json.loads(report_json(asked))["responses"][0]["corroboration"] == counts
    assert json.loads(report_json(built))["responses"][0]["corroboration"] == {}
    (of_source,) = counts.values()
    shape = f"{BASE}shapes#CorroborationShape"
    assert unit.validation.focus_nodes[shape] == sum(of_source.values()) > 10
    assert unit.validation.findings == built.units[0].validation.findings
    msqgraph.write_dataset(asked, tmp_path / "build")
    again = dict(revalidate(tmp_path / "build"))
    assert list(again) == ["PRY 2020", "graph/reference/govtech-2020"]
    assert again["PRY 2020"].focus_nodes[shape] == unit.validation.focus_nodes[shape]


def test_a_superseded_edition_stays_corroborated(asked: Build) -> None:
    """As its statements stay in the merge."""
    (unit,) = asked.units
    node = ox.NamedNode(f"{BASE}id/corroboration/2018/PRY/1/s-by-almanac")
    older = [ox.Triple(node, node, node)]
    before = replace(
        unit, response=replace(unit.response, edition="2018"), graphs={"graph/corroboration/2018/PRY": older}
    )
    assert set(older) <= merge(replace(asked, units=[before, unit]))


def test_a_broken_corroboration_is_found(unit: Unit) -> None:
    """The shape looks at what a build makes."""
    answers, facts = (unit.graphs[f"graph/{kind}/2020/PRY"] for kind in ("response", "facts"))
    imported = import_govtech(INVENTED_GOVTECH)
    (source,) = witnesses([Source(Path("x.nq"), {imported.graph: imported.triples})])
    triples = [t for t in corroborate(answers, facts, source) if not t.predicate.value.endswith("#evidence")]
    found = {
        f.shape for f in validate([*background(), *answers, *facts, *triples]).findings if f.severity == "Violation"
    }
    assert f"{BASE}shapes#Corroboration-agreementAndEvidence" in found


@pytest.mark.skipif(not REAL_GOVTECH.is_file(), reason="needs the World Bank's file, which is not part of the project")
def test_paraguay_is_corroborated_by_the_world_bank(unit: Unit, tmp_path: Path) -> None:
    """The open-data and procurement portals, the e-government ministry, the digital agenda; all that was looked up."""
    (tmp_path / "govtech.nq").write_bytes(import_govtech(REAL_GOVTECH).nquads(BASE))
    (source,) = witnesses([read_source(tmp_path / "govtech.nq")])
    answers, facts = (unit.graphs[f"graph/{kind}/2020/PRY"] for kind in ("response", "facts"))
    triples = corroborate(answers, facts, source)
    found = {
        text_of(t.subject).removeprefix(f"{BASE}id/corroboration/2020/PRY/"): text_of(t.object).rpartition("/")[2]
        for t in triples
        if t.predicate.value.endswith("#agreement")
    }
    same_site = (
        *(
            "1/portal-paraguay-gov-py-9a3333-portal-type-national",
            "2a/portal-paraguay-gov-py-12d633-portal-type-e-services",
        ),
        "2d/portal-contrataciones-gov-py-0f8cbb-portal-type-public-procurement",
        *(f"3/{MINISTRY}-leads-e-government-pry", f"3/{MINISTRY}-website-9f2edd"),
        "5h/subsecretaria-de-estado-de-tributacion-responsible-for-finance-taxation",
        "5h/subsecretaria-de-estado-de-tributacion-website-195743",
        *("7/agenda-digital", *(f"{number}/strategy-agenda-digital-website-29a40c" for number in (7, 8))),
    )
    assert found == {
        f"{statement}-by-govtech-2020": agreement
        for agreement, statements in {
            "same-address": (
                "2c/portal-datos-gov-py-47c170-portal-type-open-government-data",
                "2d/portal-contrataciones-gov-py-4c02bf-portal-type-public-procurement",
                "5h/ministerio-de-hacienda-responsible-for-finance-taxation",
                "5h/ministerio-de-hacienda-website-1d0156",
            ),
            "same-site": same_site,
            "same-topic": ("9/access-to-information",),  # the source has a law on it, without its number
            "different": (
                "1/portal-presidencia-gov-py-27850c-portal-type-national",  # one of two; the source names the other
                "9/law-ley-de-acceso-a-la-informacion-website-357e60",  # the source gives a copy elsewhere
            ),
            "silent": (
                "2b/portal-gobiernoabierto-gov-py-a51aee-portal-type-e-participation",
                "2b/portal-pnt-paraguay-gov-py-7c1564-portal-type-e-participation",
                "9/law-ley-de-acceso-a-la-informacion-legal-topic-access-to-information",
            ),
        }.items()
        for statement in statements
    }
