"""What a release says of the one before: every fact that is new, gone or different, and nothing that is not."""

from __future__ import annotations

import gzip
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

import msqgraph
from msqgraph import assets
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.release.about import About, Release
from msqgraph.release.changes import write_changes
from msqgraph.typed_yaml import dumped
from tests.conftest import SAMPLE

BASE = assets.DEFAULT_BASE
CS = "http://purl.org/vocab/changeset/schema#"
ATOM = "{http://www.w3.org/2005/Atom}"


def released(
    dataset: Path, folder: Path, version: str, previous: Path | None = None, issued: str | None = "2026-11-24"
) -> Path:
    """The part of a release folder that the next release reads, and what changed."""
    (folder / "data").mkdir(parents=True)
    about = About(version=version, issued=issued)
    (folder / "release.yaml").write_text(dumped(about), encoding="utf-8")
    (folder / "data" / "msqgraph.nq.gz").write_bytes(gzip.compress((dataset / "dataset.nq").read_bytes(), 1, mtime=0))
    write_changes(dataset, folder, Release(about), previous)
    return folder


def dataset_of(folder: Path, change: Callable[[str], str] = str, withdrawn: str = "") -> Path:
    """A dataset of the sample, its text changed."""
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "PRY.md").write_text(change(SAMPLE.read_text(encoding="utf-8")), encoding="utf-8")
    if withdrawn:
        (folder / "in" / "withdrawn.yaml").write_text(withdrawn, encoding="utf-8")
    built = msqgraph.build([folder / "in"])
    assert not built.unreadable
    msqgraph.write_dataset(built, folder / "build")
    return folder / "build"


def edited(text: str) -> str:
    """The sample without one institute, with another figure."""
    for before, after in (
        (", Instituto Forestal Nacional", ", Instituto del Bosque"),
        ("ronda el 30%", "ronda el 25%"),
    ):
        assert before in text
        text = text.replace(before, after)
    return text


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A first release, and one of the edited sample."""
    folder = tmp_path_factory.mktemp("releases")
    first = released(dataset_of(folder / "a"), folder / "1", "1.0.0")
    gone = "- {iri: id/agency/PRY/instituto-forestal-nacional, at: 2026-12-01, "
    gone += "replaced_by: id/agency/PRY/instituto-del-bosque, reason: It was renamed.}\n"
    return first, released(dataset_of(folder / "b", edited, gone), folder / "2", "1.1.0", first, "2026-12-01")


def triples(path: Path) -> list[ox.Triple]:
    """The triples of a Turtle file, of which there must be some."""
    found = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    assert found
    return found


def test_a_first_release_counts_and_lists_nothing(releases: tuple[Path, Path]) -> None:
    """All is new, so the counts say it all."""
    text = (releases[0] / "changes.md").read_text(encoding="utf-8")
    assert "This is the first release" in text
    assert re.search(r"^- PRY: \d{3} statements; 40 answers; 4 figures$", text, re.MULTILINE)
    assert not [
        t for t in triples(releases[0] / "changes.ttl") if t.predicate.value in (CS + "addition", CS + "removal")
    ]
    assert (releases[0] / "tombstones.ttl").read_bytes() == b""


def test_changes_in_words(releases: tuple[Path, Path]) -> None:
    """Who is no longer responsible, who is now, which figure is another, which answer reads otherwise."""
    text = (releases[1] / "changes.md").read_text(encoding="utf-8")
    assert text.startswith("# Changes from 1.0.0 to 1.1.0\n")
    assert "## Paraguay (PRY)" in text
    new, gone, changed = re.split(r"^### ", text, flags=re.MULTILINE)[1:4]
    assert (new[:3], gone[:2], changed[:7]) == ("New", "No", "Changed")
    sentence = r"- 2020, question 5f: {} — responsible for — (?i:environment)"
    assert re.search(sentence.format("Instituto del Bosque"), new)
    assert re.search(sentence.format("Instituto Forestal Nacional"), gone)
    assert "- 2020: ict-investment-gdp-share 30 → 25" in changed
    assert "- 2020, question 5f: the answer reads: “Ministerio del Ambiente" in changed
    assert "## Withdrawn" in text and "Gone without a word" not in text
    assert "The model" not in text


def test_changes_as_rdf_are_those_of_the_data(releases: tuple[Path, Path]) -> None:
    """A set for the country: additions and removals are just the statements that one of the two does not have."""
    statements = []
    for release in releases:
        lines = gzip.decompress((release / "data" / "msqgraph.nq.gz").read_bytes()).decode().splitlines()
        statements.append({m[1] for line in lines if (m := re.match(rf"<({BASE}id/statement/[^>]*)>", line))})
    own = ox.NamedNode(f"{BASE}release/1.1.0/changes/PRY")
    found = [t for t in triples(releases[1] / "changes.ttl") if t.subject == own]
    by = {
        name: {str(t.object)[1:-1] for t in found if t.predicate.value == CS + name} for name in ("addition", "removal")
    }
    assert by == {"addition": statements[1] - statements[0], "removal": statements[0] - statements[1]}
    assert by["addition"] and by["removal"]
    (before,) = [t.object for t in found if t.predicate.value == CS + "precedingChangeSet"]
    assert before == ox.NamedNode(f"{BASE}release/1.0.0/changes/PRY")
    assert any(t.subject == before for t in triples(releases[1] / "changes.ttl")), "earlier sets are carried on"
    assert not [t for t in triples(releases[1] / "changes.ttl") if isinstance(t.subject, ox.BlankNode)]


def test_every_name_that_went_has_a_tombstone(releases: tuple[Path, Path]) -> None:
    """Of the shape that is published for them: statements without a word, the agency for the reason that was given."""
    graph = rdflib.Graph().parse(releases[1] / "tombstones.ttl")
    agency = rdflib.URIRef(f"{BASE}id/agency/PRY/instituto-forestal-nacional")
    replaced = rdflib.URIRef("http://purl.org/dc/terms/isReplacedBy")
    assert str(graph.value(agency, replaced)) == f"{BASE}id/agency/PRY/instituto-del-bosque"
    reasons = {str(o).rpartition("/")[2] for o in graph.objects(None, rdflib.URIRef(f"{BASE}ontology#withdrawal"))}
    assert reasons == {"replaced", "no-longer-stated"}
    assert len(set(graph.subjects())) > 5
    shapes = rdflib.Graph().parse(data=assets.read_text("shapes/withdrawals.ttl"), format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert conforms, text


def test_the_feed_is_atom(releases: tuple[Path, Path]) -> None:
    """RFC 4287: what a feed and an entry must have, once; the newest entry first; ids of their own."""
    feed = ET.fromstring((releases[1] / "feed.atom").read_bytes())  # noqa: S314 - our own file
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    for node in (feed, *entries):
        for name in ("id", "title", "updated", "author" if node is feed else "summary"):
            assert len(node.findall(ATOM + name)) == 1, (node.tag, name)
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["self"]
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{BASE}id/release/1.1.0", f"{BASE}id/release/1.0.0"]
    dates = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert dates == ["2026-12-01T00:00:00Z", "2026-11-24T00:00:00Z"] and feed.findtext(f"{ATOM}updated") == dates[0]
    link = entries[1].find(f"{ATOM}link")
    assert link is not None and link.get("href") == f"{BASE}release/1.0.0/changes.md"
    summary = entries[0].findtext(f"{ATOM}summary") or ""
    assert re.search(r"PRY: \d+ statements added; \d+ statements no longer stated; ", summary)


def test_a_release_without_a_date_has_no_feed(dataset: Path, tmp_path: Path) -> None:
    """Atom needs one, none is taken from the clock, and it is said."""
    messages = write_changes(dataset, tmp_path, Release(About(version="1")), None)
    assert not (tmp_path / "feed.atom").exists()
    assert [text for text in messages if text.startswith("feed.atom: left out")]


def test_what_is_the_same_is_not_told(releases: tuple[Path, Path], tmp_path: Path) -> None:
    """The same data again: nothing changed, earlier tombstones stay, and twice the same bytes."""
    same = tmp_path / "same"
    same.mkdir()
    (same / "dataset.nq").write_bytes(gzip.decompress((releases[1] / "data" / "msqgraph.nq.gz").read_bytes()))
    for name in ("a", "b"):
        released(same, tmp_path / name, "1.2.0", releases[1])
    assert "Nothing that was said changed." in (tmp_path / "a" / "changes.md").read_text(encoding="utf-8")
    before, now = (set(triples(folder / "tombstones.ttl")) for folder in (releases[1], tmp_path / "a"))
    assert before == now
    files = ("changes.md", "changes.ttl", "feed.atom", "tombstones.ttl")
    assert [n for n in files if (tmp_path / "a" / n).read_bytes() != (tmp_path / "b" / n).read_bytes()] == []


def test_what_is_stated_again_loses_its_tombstone(releases: tuple[Path, Path], tmp_path: Path) -> None:
    """A third release of the first one's data: the statements are back under their IRIs, and are said to be."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "dataset.nq").write_bytes(
        gzip.decompress((releases[0] / "data" / "msqgraph.nq.gz").read_bytes())
    )
    third = released(tmp_path / "in", tmp_path / "3", "1.2.0", releases[1])
    text = (third / "changes.md").read_text(encoding="utf-8")
    assert "## Stated again" in text
    dead = {str(t.subject) for t in triples(third / "tombstones.ttl")}
    assert dead and not [iri for iri in dead if "instituto-forestal" in iri]


def test_an_agency_that_went_without_a_word_is_named(releases: tuple[Path, Path], tmp_path: Path) -> None:
    """It gets no tombstone by itself, since it may be a mistake; people are told."""
    data = gzip.decompress((releases[1] / "data" / "msqgraph.nq.gz").read_bytes())
    lines = [line for line in data.splitlines(keepends=True) if b"graph/tombstones>" not in line]
    (tmp_path / "dataset.nq").write_bytes(b"".join(lines))
    messages = write_changes(tmp_path, tmp_path, Release(About(version="2", issued="2026-12-01")), releases[0])
    assert [text for text in messages if "gone without a word: 1 IRIs" in text and "instituto-forestal" in text]
    dead = {str(t.subject) for t in triples(tmp_path / "tombstones.ttl")}
    assert dead and not [iri for iri in dead if "id/agency/" in iri]


def test_what_cannot_be_compared_is_refused(releases: tuple[Path, Path], dataset: Path, tmp_path: Path) -> None:
    """Another base; lines that are not sorted; a file that is cut off."""
    data = gzip.decompress((releases[0] / "data" / "msqgraph.nq.gz").read_bytes())
    cut = gzip.compress(data)[:-9]
    for number, (content, error) in enumerate(
        (
            (gzip.compress(data.replace(BASE.encode(), b"https://example.org/")), UsageError),
            (gzip.compress(b"".join(reversed(data.splitlines(keepends=True)))), UnreadableInput),
            (cut, UnreadableInput),
        )
    ):
        old = tmp_path / str(number)
        (old / "data").mkdir(parents=True)
        (old / "data" / "msqgraph.nq.gz").write_bytes(content)
        (old / "release.yaml").write_text("version: 0.9.0", encoding="utf-8")
        with pytest.raises(error):
            write_changes(dataset, tmp_path, Release(About(version="1", issued="2026-12-01")), old)
