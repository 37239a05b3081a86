"""Agencies that may be the same: proposed with the evidence, linked only where a person accepts it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import yaml

import msqgraph
from msqgraph import assets, linking
from msqgraph.build import Build
from msqgraph.dataset import merge, named_graphs
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.linking import Agency, Candidate
from msqgraph.links import GRAPH, accepted_links, decided_pairs, read_decisions
from msqgraph.report import report_json
from msqgraph.store import EmbeddedStore
from tests.test_cli import msqgraph as command
from tests.test_shapes import validated

BASE = assets.DEFAULT_BASE
RESPONSE, SOURCE = "graph/facts/2999/XXA", "graph/reference/almanac"
FIRST, SECOND = "id/agency/PRY/ministerio-de-hacienda", "id/agency/PRY/subsecretaria-de-estado-de-tributacion"
ACCEPTED = {
    "subject": FIRST,
    "object": SECOND,
    "score": 0.8,
    "evidence": ["the same address: x.example"],
    "decision": "accept",
    "by": "the registry's keeper",
    "note": "Both are on the letterhead.",
}


def agency(name: str, *sites: str, origin: str = RESPONSE, slug: str = "") -> Agency:
    """An agency with names (several are joined by a bar) and addresses."""
    names = dict.fromkeys(name.split("|"))
    return Agency(
        f"id/agency/XXA/{slug or name.lower().replace(' ', '-')}", {origin}, names, {f"http://{s}/" for s in sites}
    )


def proposed(*agencies: Agency) -> list[tuple[float, tuple[str, ...]]]:
    """Score and evidence of the candidates among agencies of one country."""
    return [(one.score, one.evidence) for one in linking._candidates(list(agencies), set())]


@pytest.mark.parametrize(
    ("ours", "theirs", "score", "evidence"),
    [
        (
            ("Ministry of Fish", "fish.example"),
            ("Fisheries", "www.fish.example"),
            0.75,
            ["the same address: fish.example"],
        ),
        (
            ("Ministry of Fish", "fish.example"),
            ("Fisheries", "fish.example/start"),
            0.5,
            ["addresses on the same host: fish.example, fish.example/start"],
        ),
        (("Ministerio de Pesca|MPX",), ("Ministry of Fish (MPX)",), 0.6, ["the same acronym: MPX"]),
        (("Ministry of Fish", "a.example"), ("Ministry of Wires", "b.example"), None, []),
        (
            ("Ministry of Fish",),
            ("The Ministry of Fish / Ministerio de Pesca",),
            0.9,
            ["the same name: ministry of fish"],
        ),
        (
            ("Ministry of Fish and Seas|MFS",),
            ("Ministry for Fish and Seas", "mfs.example"),
            0.72,
            [
                "the acronym MFS of the one is the initials of the other",
                "names 86 of 100 alike: ministry of fish and seas, ministry for fish and seas",
            ],
        ),
    ],
)
def test_evidence(ours: tuple[str, ...], theirs: tuple[str, ...], score: float | None, evidence: list[str]) -> None:
    """By address, host, acronym and name, spelled out; several pieces count for more than one."""
    found = proposed(agency(*ours, slug="o"), agency(*theirs, origin=SOURCE, slug="t"))
    assert found == ([(score, tuple(evidence))] if score else [])


def test_a_platform_tells_little() -> None:
    """A host that many agencies of a country share is no evidence by itself."""
    assert (
        proposed(*(agency(f"{word} Office", f"gov.example/{word}") for word in ("Fish", "Wire", "Moon", "Tax"))) == []
    )


def test_who_is_compared_with_whom() -> None:
    """Agencies of responses among each other and with a source's, never a source's among each other."""
    a, b, c = (agency("Ministry of Fish", origin=o, slug=s) for o, s in ((RESPONSE, "a"), (SOURCE, "b"), (SOURCE, "c")))
    pairs = [(one.subject.iri[-1], one.object.iri[-1]) for one in linking._candidates([c, b, a], set())]
    assert pairs == [("a", "b"), ("a", "c")]
    assert linking._candidates([a, b], {frozenset((b.iri, a.iri))}) == []


def test_the_list_is_what_a_build_reads(tmp_path: Path) -> None:
    """Nothing is decided in it; a list with decisions is not written over."""
    file = tmp_path / "candidates.yaml"
    candidate = Candidate(agency("Ñandú", slug="nandu"), agency("B", origin=SOURCE), 0.5, ("the same: x",))
    linking.save([candidate], file)
    (one,) = read_decisions(file)
    assert (one.decision, one.match, one.score, one.evidence) == (None, "closeMatch", 0.5, ("the same: x",))
    assert "Ñandú" in file.read_text(encoding="utf-8")
    linking.save([], file)
    file.write_text(yaml.safe_dump([{**ACCEPTED}]), encoding="utf-8")
    with pytest.raises(UsageError, match="holds decisions"):
        linking.save([], file)
    assert decided_pairs(tmp_path) == [frozenset((FIRST, SECOND))]


def test_link_proposes_within_a_dataset(dataset: Path, tmp_path: Path) -> None:
    """The sample gives two ministries one address; a pair that is decided on is not proposed again."""
    file, decided = tmp_path / "candidates.yaml", tmp_path / "links"
    result = command("link", dataset, "-o", file)
    assert (result.returncode, "1 candidates" in result.stderr) == (0, True)
    (one,) = read_decisions(file)
    assert all(path.startswith("id/agency/PRY/ministerio-de") for path in one.pair)
    assert one.evidence == ("the same address: mds.gov.py",)
    decided.mkdir()
    (decided / "PRY.yaml").write_text(file.read_text(encoding="utf-8").replace("decision: null", "decision: reject"))
    assert "0 candidates" in command("link", dataset, "-o", file, "--decided", decided).stderr
    assert command("link", tmp_path, "-o", file).returncode == 2


def build_with(folder: Path, *links: object) -> Build:
    """The sample, and what was decided about its agencies."""
    (folder / "identity" / "links").mkdir(parents=True)
    (folder / "PRY.yaml").write_text(
        Path("tests/cases/paraguay/answers.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "identity" / "links" / "PRY.yaml").write_text(yaml.safe_dump(list(links)), encoding="utf-8")
    return msqgraph.build([folder])


def test_an_accepted_link_is_a_justified_mapping(tmp_path: Path) -> None:
    """In a graph of its own and in the merge; the agencies stay two; rejected and dangling links are no links."""
    rejected = {"subject": SECOND, "object": "id/agency/PRY/gabinete-social", "score": 0.6, "decision": "reject"}
    dangling = {**copy.deepcopy(ACCEPTED), "object": "id/agency/PRY/nobody-knows"}
    built = build_with(tmp_path, ACCEPTED, rejected, dangling)
    assert not built.unreadable
    triples = named_graphs(built)[GRAPH]
    assert set(triples) <= merge(built)
    first, second = (ox.NamedNode(BASE + path) for path in (FIRST, SECOND))
    assert {t.predicate.value for t in triples if t.subject == first} == {
        "http://www.w3.org/2004/02/skos/core#closeMatch"
    }
    assert ox.Triple(first, ox.NamedNode("http://www.w3.org/2004/02/skos/core#closeMatch"), second) in triples
    assert "sameAs" not in str(merge(built))
    graph = rdflib.Graph().parse(data=b"".join(f"{t} .\n".encode() for t in triples), format="nt")
    assert validated(graph, "MappingShape") == (set(), 1)
    assert "MappingReview" in str(triples) and "Both are on the letterhead. the same address: x.example." in str(
        triples
    )
    links = json.loads(report_json(built))["links"]
    assert links == {"accepted": 1, "left_out": [{"subject": FIRST, "object": "id/agency/PRY/nobody-knows"}]}


def test_a_link_without_a_proposal_is_a_persons_own(tmp_path: Path) -> None:
    """The justification says so; a stronger match has to be asked for."""
    built = build_with(tmp_path, {**ACCEPTED, "evidence": [], "match": "exactMatch"})
    assert "ManualMappingCuration" in str(built.links.triples) and "exactMatch" in str(built.links.triples)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"by": None}, "without `by` or `note`"),
        ({"note": ""}, "without `by` or `note`"),
        ({"decision": "yes"}, "unknown decision 'yes'"),
        ({"decision": "maybe"}, "unknown decision"),
        ({"match": "sameAs"}, "unknown match 'sameAs'"),
        ({"score": 2}, "no score from 0 to 1"),
        ({"score": None}, "no score from 0 to 1"),
        ({"object": FIRST}, "links an agency to itself"),
        ({"object": "id/law/PRY/x"}, "its object is no agency"),
        ({"subject": "id/agency/URY/x"}, "not both agencies of PRY"),
        ({"weight": 1}, "unknown key 'weight'"),
    ],
)
def test_a_decision_with_an_error_is_named(tmp_path: Path, change: dict[str, object], problem: str) -> None:
    """With the file and the link; the rest of the build goes on."""
    built = build_with(tmp_path, {**ACCEPTED, **change})
    (error,) = built.unreadable
    assert (Path(error.file).name, len(built.units), built.links.triples) == ("PRY.yaml", 1, [])
    assert problem in error.problem


@pytest.mark.parametrize(
    "text", ["a: 1", "- 7", "[", yaml.safe_dump([ACCEPTED, {**ACCEPTED, "subject": SECOND, "object": FIRST}])]
)
def test_a_file_that_is_no_list_of_links_is_named(tmp_path: Path, text: str) -> None:
    """Also one that decides twice on the same two."""
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "PRY.yaml").write_text(text)
    assert len(accepted_links([tmp_path], set()).unreadable) == 1
    with pytest.raises(UnreadableInput):
        decided_pairs(tmp_path / "nowhere")


def test_agencies_are_read_from_facts_and_sources() -> None:
    """Names in the order of their rank, with where they come from."""
    skos = "http://www.w3.org/2004/02/skos/core#"
    a, kind = ox.NamedNode(f"{BASE}id/agency/XXA/a"), ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (kind, ox.NamedNode(f"{BASE}ontology#Agency")),
        (ox.NamedNode(f"{BASE}ontology#country"), ox.NamedNode(f"{BASE}id/country/XXA")),
        (ox.NamedNode(f"{skos}altLabel"), ox.Literal("AA")),
        (ox.NamedNode(f"{skos}prefLabel"), ox.Literal("Zoo")),
    ]
    graphs = [ox.NamedNode(BASE + path) for path in (RESPONSE, SOURCE, "graph/inferred/2999/XXA")]
    store = EmbeddedStore().load(ox.Quad(a, p, o, graph) for graph in graphs for p, o in said)
    found = linking._agencies(store, BASE)[f"{BASE}id/country/XXA"]["id/agency/XXA/a"]
    assert (list(found.names), found.origins, found.acronyms) == (["Zoo", "AA"], {RESPONSE, SOURCE}, {"aa"})
