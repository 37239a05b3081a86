"""A release as its users take it: whole, the same bytes twice, without personal data, changed only where it must be."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import msqgraph
from msqgraph.cli import app
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.release.about import ABOUT, load_about
from msqgraph.release.checksums import SUMS
from msqgraph.release.folder import write_release
from msqgraph.release.layout import files_of
from msqgraph.release.personal_gate import refuse_personal, refuse_personal_texts
from tests.conftest import ROOT, SAMPLE
from tests.test_privacy import leaks

ABOUT_YAML = """\
version: 1.0.0
issued: 2026-11-24
address: https://data.example.org/msq/{version}
site: https://data.example.org/msqgraph
endpoint: https://data.example.org/sparql
publisher: {name: Statistics Office, iri: https://data.example.org/office}
contact: {name: Data desk, email: info@data.example.org}
"""


@pytest.fixture(scope="session")
def release(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a release, with everything that a publisher can say."""
    folder = tmp_path_factory.mktemp("release")
    (folder / "about.yaml").write_text(ABOUT_YAML, encoding="utf-8")
    written = write_release(dataset, folder / "out", load_about(folder / "about.yaml"))
    assert written.violations == 0
    assert ["authorisation to publish" in message for message in written.messages] == [True]
    return folder / "out"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file's bytes, by its path in the folder."""
    return {file.path: (folder / file.path).read_bytes() for file in files_of(folder)}


def test_a_release_is_whole(release: Path) -> None:
    """Every part is there, and what is in the folder is in the page that greets, or in a folder that it names."""
    names = [file.path for file in files_of(release)]
    tops = {name.split("/")[0] for name in names}
    wanted = {"data", "editions", "tables", "ontology", "shapes", "mappings", "queries", "w3id", "catalog.ttl"}
    wanted |= {"catalog-2.1.1.ttl", "void.ttl", "service.ttl", "schema-org.jsonld", "tombstones.ttl", "changes.md"}
    wanted |= {"changes.ttl", "feed.atom", "citation.txt", "citation.bib", "citation.json", "README.md", ABOUT, SUMS}
    assert wanted <= tops
    page = (release / "README.md").read_text(encoding="utf-8")
    assert [top for top in tops if f"`{top}" not in page and top not in ("README.md", SUMS, "data")] == []
    assert {file.dataset for file in files_of(release)} == {None, "all", "2020", "tables", "model"}
    assert all(file.format for file in files_of(release) if file.dataset)


def test_checksums_are_those_of_the_files(release: Path) -> None:
    """One line a file, as ``sha256sum -c`` reads it; only the list itself is not in it."""
    lines = (release / SUMS).read_text(encoding="utf-8").splitlines()
    told = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    found = {name: hashlib.sha256(data).hexdigest() for name, data in contents(release).items() if name != SUMS}
    assert len(told) > 100
    assert told == found


def test_two_exports_give_the_same_bytes(dataset: Path, release: Path, tmp_path: Path) -> None:
    """Also in another process, under another hash seed, and over a release that is there."""
    again = tmp_path / "out"
    program = (
        "import sys; from msqgraph.release.about import load_about; from msqgraph.release.folder import write_release\n"
        "for _ in range(2): write_release(sys.argv[1], sys.argv[2], load_about(sys.argv[3]))"
    )
    about = str(release / ABOUT)
    environment = {"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    call = [sys.executable, "-c", program, str(dataset), str(again), about]
    subprocess.run(call, check=True, env=environment, cwd=ROOT)
    first, second = contents(release), contents(again)
    assert len(first) > 100
    assert {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)} == set()


def test_no_file_holds_a_personal_datum(release: Path) -> None:
    """Every byte of every file, what is compressed as it reads when unpacked."""
    import gzip

    looked_at = 0
    for name, data in contents(release).items():
        assert leaks(gzip.decompress(data) if name.endswith(".gz") else data) == [], name
        looked_at += 1
    assert looked_at > 100


@pytest.mark.parametrize(
    ("predicate", "words", "said"),
    [
        ("ontology#text", "Llame al 021 217 9000", "a phone number"),
        ("ontology#text", "Scrivere a ana.paz@mitic.gov.py", "a mailbox"),
        ("ontology#nameAsWritten", "MITIC (+595 21 217 9000)", "a phone number"),
        ("ontology#nameAsWritten", "Ana Paz, ana.paz arroba mitic punto gov punto py", "a mailbox"),
        ("ontology#website", "tel:+595212179000", "a phone number"),
        ("ontology#website", "mailto:ana.paz@mitic.gov.py", "a mailbox"),
        ("ontology#text", "Ana Paz", "a graph of personal data"),
        ("ontology#nameAsWritten", "MITIC, Tel. 021 217 9000", "a phone number"),
        ("ontology#nameAsWritten", "MITIC ＋５９５ ２１ ２１７ ９０００", "a phone number"),
        ("ontology#nameAsWritten", r"MITIC \u0061na.paz\u0040mitic.gov.py", "a mailbox"),
        ("ontology#website", "https://x.py/?mail=ana.paz@mitic.gov.py", "a mailbox"),
        ("ontology#website", "https://wa.me/595991922531", "a phone number"),
        ("ontology#website", "MAILTO:ana.paz@mitic.gov.py", "a mailbox"),
    ],
)
def test_a_planted_personal_datum_makes_no_release(
    predicate: str, words: str, said: str, dataset: Path, tmp_path: Path
) -> None:
    """Edited into a dataset's file, it is refused with its place and without its words; nothing is written."""
    copy = tmp_path / "build"
    copy.mkdir()
    for name in ("dataset.nq", "dataset.ttl", "report.json"):
        (copy / name).write_bytes((dataset / name).read_bytes())
    base = "https://w3id.org/msqgraph/"
    thing = f"<{words}>" if predicate.endswith("website") else f'"{words}"@es'
    graph = "personal" if "personal" in said else "response"
    with (copy / "dataset.nq").open("a", encoding="utf-8") as file:
        file.write(f"<{base}id/x> <{base}{predicate}> {thing} <{base}graph/{graph}/2020/PRY> .\n")
    with pytest.raises(UsageError, match=rf"dataset\.nq, line \d+: {said}") as raised:
        write_release(copy, tmp_path / "out")
    assert words not in str(raised.value)
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def test_the_gate_looks_through_everything(dataset: Path, world: Path) -> None:
    """It passes what builds have withheld, and counts every line of both files."""
    for folder in (dataset, world):
        lines = sum((folder / name).read_bytes().count(b"\n") for name in ("dataset.nq", "dataset.ttl"))
        assert refuse_personal(folder, "https://w3id.org/msqgraph/") == lines > 20_000


def test_a_release_has_no_blank_node_in_what_is_said_about_it(release: Path) -> None:
    """Whoever harvests a catalogue twice must find the same names."""
    import pyoxigraph as ox

    count = 0
    for path in [*release.glob("*.ttl"), *(release / "ontology").rglob("*.ttl")]:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            assert not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode), path
            count += 1
    assert count > 5000


def test_a_release_stays_apart_from_its_dataset(dataset: Path, tmp_path: Path) -> None:
    """Neither into the dataset, nor over other files; nothing is left behind."""
    before = sorted(path.name for path in dataset.iterdir())
    with pytest.raises(UsageError, match="write the release elsewhere"):
        write_release(dataset, dataset / "release")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.doc").write_text("mine", encoding="utf-8")
    (tmp_path / "other" / ABOUT).write_text("version: 1.0.0", encoding="utf-8")  # as publishers name their own file
    with pytest.raises(UsageError, match="holds other files than a release"):
        write_release(dataset, tmp_path / "other", load_about(version="1.0.0"))
    assert sorted(path.name for path in dataset.iterdir()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_a_release_follows_another_version(dataset: Path, release: Path, tmp_path: Path) -> None:
    """The previous one must be a release, and not of this version."""
    with pytest.raises(UsageError, match=r"is version 1\.0\.0, too"):
        write_release(dataset, tmp_path / "out", load_about(release / ABOUT), release)
    with pytest.raises(UsageError, match="no release"):
        write_release(dataset, tmp_path / "out", load_about(release / ABOUT), tmp_path)
    with pytest.raises(UsageError, match=r"address .* is that of version 1\.0\.0"):
        write_release(dataset, tmp_path / "out", load_about(release / ABOUT, version="1.1.0"), release)
    with pytest.raises(UsageError, match=r"holds version 1\.0\.0"):
        write_release(dataset, release, load_about(version="1.1.0"))
    with pytest.raises(UsageError, match="is the release before"):
        write_release(dataset, release, load_about(version="1.1.0"), release)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_someone_else_keeps_a_release_from_being_replaced(
    release: Path, dataset: Path, tmp_path: Path
) -> None:
    """A release may be written anew, but not over what was put beside its files."""
    copy = shutil.copytree(release, tmp_path / "out")
    (copy / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds other files than a release"):
        write_release(dataset, copy, load_about(release / ABOUT))
    assert (copy / "notes.txt").is_file()


def test_violations_and_missing_consent_are_told(dataset: Path, tmp_path: Path) -> None:
    """A publisher hears of them when the release is written, and the exit code is 1."""
    copy = shutil.copytree(dataset, tmp_path / "build")
    report = json.loads((copy / "report.json").read_text(encoding="utf-8"))
    report["responses"][0]["results"][0] |= {"severity": "Violation", "message": "A planted one."}
    (copy / "report.json").write_text(json.dumps(report), encoding="utf-8")
    said = CliRunner().invoke(app, ["export", str(copy), "--release", str(tmp_path / "out")])
    assert said.exit_code == 1
    assert "PRY 2020: A planted one. (" in said.stderr


def test_what_the_tables_are_made_of_is_looked_through_as_well(release: Path, tmp_path: Path) -> None:
    """The store could hold what the files do not: every text of the release is read before it becomes visible."""
    copy = shutil.copytree(release, tmp_path / "out")
    assert refuse_personal_texts(copy) > 5000
    with (copy / "tables" / "agencies.csv").open("a", encoding="utf-8") as file:
        file.write('x,"Ana Paz, ana.paz@mitic.gov.py"\n')
    with pytest.raises(UsageError, match=r"agencies\.csv, line \d+: a mailbox"):
        refuse_personal_texts(copy)


@pytest.mark.parametrize(
    ("yaml", "error", "said"),
    [
        ("versoin: 1", UnreadableInput, "unknown key"),
        ("version: 1 0", UsageError, "version '1 0'"),
        ("issued: 24.11.2026", UsageError, "write the date as"),
        ("issued: 2026-13-24", UsageError, "write the date as"),
        ("endpoint: 'javascript:alert(1)'", UsageError, "give an address"),
        ("address: 'https://x.org/a b'", UsageError, "give an address"),
        ("publisher: Office", UnreadableInput, "block of keys"),
        ("title: ' '", UsageError, "title: is empty"),
        ('title: "a\\u0007"', UsageError, "title: holds a line end or a control character"),
        ('publisher: {name: "a\\n# b"}', UsageError, "publisher/name: holds a line end"),
        ("description: 'Call +595 21 217 9000'", UsageError, "description: shows a phone number"),
        ("contact: {email: not an address}", UsageError, "contact/email"),
        ("contact: {email: ana.paz@mitic.gov.py}", UsageError, "contact/email: looks like a person's"),
        ("address: 'https://x.org/a?b=1'", UsageError, "is to be that of a folder"),
        ("publisher: {iri: 'https://x.org/[a'}", UsageError, "give an address"),
    ],
)
def test_what_a_publisher_says_is_checked(yaml: str, error: type[Exception], said: str, tmp_path: Path) -> None:
    """A misspelled key or an address that is none is named with its file."""
    (tmp_path / "about.yaml").write_text(yaml, encoding="utf-8")
    with pytest.raises(error, match=said) as raised:
        load_about(tmp_path / "about.yaml")
    assert "about.yaml" in str(raised.value)


def test_one_changed_answer_changes_only_its_own_lines(tmp_path: Path) -> None:
    """A corrected word in one answer: in every data file and table, only lines that speak of this answer differ."""
    releases = []
    for name, word in (("before", "estadísticos"), ("after", "anuales")):
        response = msqgraph.interpret(msqgraph.transcribe(msqgraph.read_document(SAMPLE)))
        answer = response.answers["11"]
        assert "estadísticos" in (answer.text or "")
        answer.text, answer.understood = (answer.text or "").replace("estadísticos", word), None
        (tmp_path / name).mkdir()
        (tmp_path / name / "PRY.yaml").write_text(response.to_yaml(), encoding="utf-8")
        msqgraph.write_dataset(msqgraph.build([tmp_path / name]), tmp_path / name / "build")
        write_release(tmp_path / name / "build", tmp_path / name / "out")
        releases.append(contents(tmp_path / name / "out"))
    before, after = releases
    assert before.keys() == after.keys()
    # checksums and sizes differ of course, and so does Parquet, which has no lines
    compared = [name for name in before if name.startswith(("data/", "editions/", "tables/")) and "." in name]
    compared = [name for name in compared if not name.endswith(".parquet") and before[name] != after[name]]
    assert {name.split("/")[0] for name in compared} == {"data", "editions", "tables"} and len(compared) > 7
    for name in compared:
        old, new = (lines(folder[name], name) for folder in (before, after))
        removed, added = sorted(set(old) - set(new)), sorted(set(new) - set(old))
        assert 0 < len(removed) == len(added) <= 3, (name, removed[:3], added[:3])
        assert all("estadísticos" in line for line in removed) and all("anuales" in line for line in added), name
        assert [line for line in old if line not in removed] == [line for line in new if line not in added], name


def lines(data: bytes, name: str) -> list[str]:
    """The lines of a text file, of a compressed one as it reads when unpacked."""
    import gzip

    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8").splitlines()
