"""Reference data: generated, complete, linked, without blank nodes."""

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from msqgraph import assets, reference

SKOS = "http://www.w3.org/2004/02/skos/core#"
MSQ = assets.DEFAULT_BASE + "ontology#"


@pytest.fixture(scope="module")
def triples() -> list[ox.Triple]:
    """The committed countries, parsed."""
    text = assets.read_text("reference/countries.ttl")
    return [ox.Triple(quad.subject, quad.predicate, quad.object) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def values(triples: list[ox.Triple], predicate: str) -> list[tuple[str, str]]:
    """Subject and object of every triple with a predicate."""
    found = [(t.subject, t.object) for t in triples if t.predicate.value == predicate]
    assert found, predicate
    return [(s.value, o.value) for s, o in found if not isinstance(s, ox.Triple) and not isinstance(o, ox.Triple)]


def test_the_committed_file_is_what_is_generated(tmp_path: Path) -> None:
    """Written anew, every data set has the same bytes as the committed one."""
    reference.main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["countries.ttl", "official-names.csv"]
    written = (tmp_path / "countries.ttl").read_bytes()
    assert written == (assets.root() / "reference" / "countries.ttl").read_bytes()
    assert b"make reference" in written.splitlines()[0]


def test_counts(triples: list[ox.Triple]) -> None:
    """249 countries, of them 193 Member States, and 30 regions; the groups of the M49 tables."""
    kinds = Counter(kind for _, kind in values(triples, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"))
    assert kinds[MSQ + "Country"] == 249 and kinds[MSQ + "Region"] == 30
    assert kinds[SKOS + "Concept"] == kinds["http://purl.org/dc/terms/Location"] == 279
    assert Counter(value for _, value in values(triples, MSQ + "isUnMember")) == {"true": 193, "false": 56}
    for flag in ("isLeastDeveloped", "isLandlockedDeveloping", "isSmallIslandDeveloping"):
        assert Counter(value for _, value in values(triples, MSQ + flag))["true"] > 30


def test_no_blank_nodes(triples: list[ox.Triple]) -> None:
    """Everything has an IRI."""
    assert not any(isinstance(term, ox.BlankNode) for triple in triples for term in (triple.subject, triple.object))


def test_one_label_per_language(triples: list[ox.Triple]) -> None:
    """Each concept and scheme has one name in each UN language; no two of a kind share one."""
    labels = [
        (str(t.subject), t.object.language, t.object.value)
        for t in triples
        if t.predicate.value == SKOS + "prefLabel" and isinstance(t.object, ox.Literal)
    ]
    counts = Counter((subject, language) for subject, language, _ in labels)
    assert len(counts) == (249 + 30 + 2) * 6 and set(counts.values()) == {1}
    countries = Counter((language, label) for subject, language, label in labels if "/id/country/" in subject)
    assert len(countries) == 249 * 6


def test_exact_matches(triples: list[ox.Triple]) -> None:
    """Every country is linked to M49, the EU authority and Wikidata, every region to M49."""
    forms = (
        r"http://metadata\.un\.org/sdg/codes/geoArea/\d{3}",
        r"http://publications\.europa\.eu/resource/authority/country/[A-Z]{3}",
        r"http://www\.wikidata\.org/entity/Q[1-9]\d*",
    )
    links = values(triples, SKOS + "exactMatch")
    counts = [sum(bool(re.fullmatch(form, target)) for _, target in links) for form in forms]
    assert counts == [279, 249, 249] and len(links) == sum(counts)
    assert len({target for _, target in links}) == len(links)
    paraguay = {target.rpartition("/")[2] for subject, target in links if subject.endswith("/PRY")}
    assert paraguay == {"600", "PRY", "Q733"}


def test_every_place_is_within_the_world(triples: list[ox.Triple]) -> None:
    """``skos:broader`` leads from each country and region to the world, by one way."""
    parents = dict(values(triples, SKOS + "broader"))
    assert len(parents) == 249 + 29 == len(values(triples, SKOS + "broader"))
    for place in parents:
        steps = 0
        while place in parents:
            place, steps = parents[place], steps + 1
            assert steps < 6
        assert place == reference.REGIONS + "001"
    assert parents[reference.COUNTRIES + "PRY"] == reference.REGIONS + "005"
    assert parents[reference.COUNTRIES + "ATA"] == reference.REGIONS + "001"
