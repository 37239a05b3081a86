"""What a release says of the one before: every fact that is new, gone or different, and nothing that is not."""

from __future__ import annotations

import gzip
import re
import shutil
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
from msqgraph.release.changes import Told, write_changes
from msqgraph.release.checksums import SUMS, verify
from msqgraph.release.layout import files_of
from msqgraph.release.old_values import is_private, may_be_told
from msqgraph.release.wordings import natural
from msqgraph.terms import text_of
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
    return sealed(folder)


def sealed(folder: Path) -> Path:
    """The folder, with checksums of what is in it now."""
    (folder / SUMS).unlink(missing_ok=True)
    sums = "".join(f"{file.sha256}  {file.path}\n" for file in files_of(folder))
    (folder / SUMS).write_text(sums, encoding="utf-8")
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
    assert re.search(r"question \d+\w*: ICT investment GDP share \(\d{4}\): 30 → 25 per cent\n", changed), changed
    assert len(re.findall("30 → 25", text)) == 1, "a figure is told once"
    assert re.search(
        "- 2020, question 5f: the answer reads otherwise: “.*Instituto Forestal.*→.*Instituto del Bosque", changed
    )
    assert "Gone without a word" not in text
    withdrawn = (
        r"- \[Instituto Forestal Nacional\]\(\S+\), replaced by \[Instituto del Bosque\]\(\S+\): It was renamed\."
    )
    assert re.search("## Withdrawn\n\n" + withdrawn, text)
    places = [natural(place) for place in re.findall(r"^- 2020, question (\w+):", changed, re.MULTILINE)]
    assert len(places) > 1 and places == sorted(places)
    assert re.search(r"^- besides, 3\d answers with the same words as before", changed, re.MULTILINE)
    for follows in ("— country —", "— type —", "spatial", "— prefLabel —", "(otherwise: "):
        assert follows not in text
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
        name: {
            iri for t in found if t.predicate.value == CS + name and "/id/statement/" in (iri := str(t.object)[1:-1])
        }
        for name in ("addition", "removal")
    }
    assert by == {"addition": statements[1] - statements[0], "removal": statements[0] - statements[1]}
    assert by["addition"] and by["removal"]
    (before,) = [t.object for t in found if t.predicate.value == CS + "precedingChangeSet"]
    assert before == ox.NamedNode(f"{BASE}release/1.0.0/changes/PRY")
    assert any(t.subject == before for t in triples(releases[1] / "changes.ttl")), "earlier sets are carried on"
    agency = ox.NamedNode(f"{BASE}id/agency/PRY/instituto-forestal-nacional")
    assert any(t.predicate.value.endswith("#changed") and t.object == agency for t in found), (
        "it leads to the tombstone"
    )
    assert not [t for t in triples(releases[1] / "changes.ttl") if isinstance(t.subject, ox.BlankNode)]


def test_every_name_that_went_has_a_tombstone(releases: tuple[Path, Path]) -> None:
    """Of the shape that is published for them: statements without a word, the agency for the reason that was given."""
    graph = rdflib.Graph().parse(releases[1] / "tombstones.ttl")
    agency = rdflib.URIRef(f"{BASE}id/agency/PRY/instituto-forestal-nacional")
    replaced = rdflib.URIRef("http://purl.org/dc/terms/isReplacedBy")
    assert str(graph.value(agency, replaced)) == f"{BASE}id/agency/PRY/instituto-del-bosque"
    reasons = {str(o).rpartition("/")[2] for o in graph.objects(None, rdflib.URIRef(f"{BASE}ontology#withdrawal"))}
    assert reasons == {"replaced", "no-longer-stated"}
    withdrawn_in = rdflib.URIRef(f"{BASE}ontology#withdrawnIn")
    assert set(graph.subjects(withdrawn_in)) == set(graph.subjects())
    assert {str(o) for o in graph.objects(None, withdrawn_in)} == {f"{BASE}id/release/1.1.0"}
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
    links = [(link.get("rel"), link.get("href")) for link in feed.findall(f"{ATOM}link")]
    assert links == [("self", f"{BASE}feed.atom")], "one address for all releases"
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{BASE}id/release/1.1.0", f"{BASE}id/release/1.0.0"]
    dates = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert dates == ["2026-12-01T00:00:00Z", "2026-11-24T00:00:00Z"] and feed.findtext(f"{ATOM}updated") == dates[0]
    link = entries[1].find(f"{ATOM}link")
    assert link is not None and link.get("href") == f"{BASE}release/1.0.0/changes.md"
    summary = entries[0].findtext(f"{ATOM}summary") or ""
    assert re.search(r"PRY: \d+ statements added; \d+ statements no longer stated; .* 1 IRI was withdrawn\.", summary)


def test_a_release_without_a_date_has_no_feed(dataset: Path, tmp_path: Path) -> None:
    """Atom needs one, none is taken from the clock, and it is said."""
    messages = write_changes(dataset, tmp_path, Release(About(version="1")), None).messages
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
    told = write_changes(tmp_path, tmp_path, Release(About(version="2", issued="2026-12-01")), releases[0])
    assert (told.gone, told.back) == (1, 0)
    assert [text for text in told.messages if "gone without a word: 1 IRIs" in text and "instituto-forestal" in text]
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
        sealed(old)
        with pytest.raises(error):
            write_changes(dataset, tmp_path, Release(About(version="1", issued="2026-12-01")), old)


def test_what_went_is_described_where_it_is_told(releases: tuple[Path, Path]) -> None:
    """Every statement of a change set has subject, predicate and object, and so has a changed value."""
    told = triples(releases[1] / "changes.ttl")
    own = ox.NamedNode(f"{BASE}release/1.1.0/changes/PRY")
    described = {t.subject for t in told if t.predicate.value.endswith(("-ns#subject", "-ns#predicate", "-ns#object"))}
    removed = [t.object for t in told if t.subject == own and t.predicate.value == CS + "removal"]
    assert len(removed) > 5 and set(removed) <= described
    values = {
        (str(t.subject).split("/changes/PRY/")[1].split("/")[0], text_of(t.object))
        for t in told
        if "/id/observation/" in str(t.subject) and t.predicate.value.endswith("-ns#object")
    }
    assert values == {("removal", "30"), ("addition", "25")}


def test_the_words_of_answers_are_news_once(releases: tuple[Path, Path], tmp_path: Path) -> None:
    """They may hold what is withheld by then; the next release carries figures on, and statements, and no answer."""
    same = tmp_path / "same"
    same.mkdir()
    (same / "dataset.nq").write_bytes(gzip.decompress((releases[1] / "data" / "msqgraph.nq.gz").read_bytes()))
    before, now = (
        (folder / "changes.ttl").read_text(encoding="utf-8")
        for folder in (releases[1], released(same, tmp_path / "3", "1.2.0", releases[1]))
    )
    for kept, count in (("/removal/id/response/", 0), ("ronda el 30%", 0), ("/removal/id/observation/", 2)):
        assert kept in before and now.count(kept) == (before.count(kept) if count else 0), kept


def test_a_withdrawal_that_is_declared_late_is_announced(
    releases: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """An agency goes without a word; the entry comes a release later: page, set, feed and tombstone tell of it then."""
    folder = tmp_path_factory.mktemp("late")
    wordless = released(dataset_of(folder / "a", edited), folder / "2", "1.1.0", releases[0], "2026-12-01")
    path = "id/agency/PRY/instituto-forestal-nacional"
    data = dataset_of(folder / "b", edited, f"- {{iri: {path}, reason: It was renamed.}}")
    late = released(data, folder / "3", "1.2.0", wordless, "2026-12-24")
    assert "## Gone without a word" in (wordless / "changes.md").read_text(encoding="utf-8")
    assert f"## Withdrawn\n\n- <{BASE}{path}>: It was renamed." in (late / "changes.md").read_text(encoding="utf-8")
    assert "Since 1.1.0. 1 IRI was withdrawn." in (late / "feed.atom").read_text(encoding="utf-8")
    grave = {
        t.predicate.value: text_of(t.object) for t in triples(late / "tombstones.ttl") if path in text_of(t.subject)
    }
    assert grave[f"{BASE}ontology#withdrawnIn"] == f"{BASE}id/release/1.2.0"
    assert grave["http://purl.org/dc/terms/modified"] == "2026-12-24"
    changed = [t for t in triples(late / "changes.ttl") if t.object == ox.NamedNode(BASE + path)]
    assert f"{BASE}release/1.2.0/changes/PRY" in {text_of(t.subject) for t in changed}
    fourth = released(data, folder / "4", "1.3.0", late, "2027-01-24")
    assert "Withdrawn" not in (fourth / "changes.md").read_text(encoding="utf-8"), "it is news once"
    assert {t for t in triples(fourth / "tombstones.ttl") if path in text_of(t.subject)} == {
        t for t in triples(late / "tombstones.ttl") if path in text_of(t.subject)
    }


def test_what_was_withdrawn_and_is_described_again_is_told(releases: tuple[Path, Path], tmp_path: Path) -> None:
    """Its tombstone would be lost without a word else."""
    data = gzip.decompress((releases[0] / "data" / "msqgraph.nq.gz").read_bytes())
    (tmp_path / "dataset.nq").write_bytes(data)
    told: Told = write_changes(tmp_path, tmp_path, Release(About(version="3", issued="2026-12-24")), releases[1])
    assert told.back == 1 and [text for text in told.messages if "described again: 1 IRIs" in text]


@pytest.mark.parametrize("name", ["tombstones.ttl", "changes.ttl", "data/msqgraph.nq.gz", "release.yaml", SUMS])
@pytest.mark.parametrize("harm", ["deleted", "edited"])
def test_a_damaged_release_is_no_release_before(
    name: str, harm: str, releases: tuple[Path, Path], tmp_path: Path
) -> None:
    """Its history would be lost in silence: the file is named, and nothing is written."""
    old = shutil.copytree(releases[1], tmp_path / "old")
    verify(old)
    if harm == "deleted":
        (old / name).unlink()
    else:
        (old / name).write_bytes((old / name).read_bytes() + b"# more\n")
    (tmp_path / "new").mkdir()
    same = tmp_path / "same"
    same.mkdir()
    (same / "dataset.nq").write_bytes(gzip.decompress((releases[1] / "data" / "msqgraph.nq.gz").read_bytes()))
    with pytest.raises(UsageError, match=re.escape(name)):
        write_changes(same, tmp_path / "new", Release(About(version="9", issued="2026-12-24")), old)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_list_of_checksums_that_lists_nothing_is_refused(tmp_path: Path) -> None:
    """A check that looks at nothing would pass on anything."""
    (tmp_path / SUMS).write_bytes(b"")
    with pytest.raises(UsageError, match="lists no file"):
        verify(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "is_told"),
    [
        ("5%, see Ana Paz", "7%", False),
        ("Write to ana.paz@mitic.gov.py", "Write to us", False),
        ("Phone: 021 217 9000", "Phone: [withheld]", False),
        ("Phone: [withheld], 5%", "Phone: [withheld], 7%", True),
    ],
)
def test_old_words_are_told_only_where_they_may_be(old: str, new: str, is_told: bool) -> None:
    """Not with a forgotten name, not with personal data, not where more is withheld now; nor is a post's old holder."""
    assert may_be_told(old, new, ["Ana Paz"]) == is_told
    post, holder = ox.NamedNode(f"{BASE}id/post/PRY/x"), ox.NamedNode(f"{BASE}id/official/PRY/x/2020")
    assert is_private(ox.Triple(post, ox.NamedNode("http://www.w3.org/ns/org#heldBy"), holder), BASE, [])
