"""Who is forgotten is in no byte that comes of other responses, of sources, lists, reviews, or file names."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars
import pyoxigraph as ox
import pytest

import msqgraph
from msqgraph import assets
from msqgraph.build import Build
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.folding import plain
from msqgraph.release.about import About
from msqgraph.release.folder import write_release
from msqgraph.withdrawals import FORGOTTEN, WITHDRAWN
from tests.conftest import NEIGHBOUR, NEIGHBOUR_REVIEW, ROOT, SAMPLE

BASE = assets.DEFAULT_BASE
HOLDER = "id/official/PRY/chief-information-officer/2020"
NAME = "Alejandro Peralta Vierci"
ENTRY = f"- {{iri: {HOLDER}, at: 2026-11-24}}\n"
LABEL, GRAPH = "http://www.w3.org/2000/01/rdf-schema#label", f"{BASE}graph/reference/register"
FOAF_NAME, SEE = "http://xmlns.com/foaf/0.1/name", "http://www.w3.org/2000/01/rdf-schema#seeAlso"
REGISTER = (
    f'<{BASE}id/source/register> <{LABEL}> "Register, kept by A. Peralta Vierci"@en',
    f'<{BASE}id/source/register> <{LABEL}> "Registro"@es',
    f"<{BASE}id/source/register> <{SEE}> <https://example.org/u/alejandro%20peralta>",
    f'<{BASE}id/record/alejandro-peralta-vierci> <{LABEL}> "A record"@en',
)
FOREIGN = (
    f'<{BASE}{HOLDER}> <{FOAF_NAME}> "{NAME}"',
    f"<{BASE}id/source/register> <{SEE}> <{BASE}{HOLDER}>",
    f'<{BASE}id/source/register> <{LABEL}> "Registro de Alejandro Peralta"@es',
    f'<{BASE}id/source/register> <{LABEL}> "Register"@en',
)
# where the neighbour's form gets the name
PLANTS = (
    ("Instituto Forestal Nacional", "Instituto Alejandro Peralta Vierci"),
    ("resolución N° 66/2018", "resolución N° 66/2018 (PERALTA VIERCI, ALEJANDRO)"),
    ("www.mitic.gov.py\n", "www.mitic.gov.py https://alejandroperaltavierci.gov.uy/x @aperalta\n"),
)


def register(file: Path, statements: tuple[str, ...]) -> None:
    """A source with these statements."""
    file.write_text("".join(f"{said} <{GRAPH}> .\n" for said in statements), encoding="utf-8")


def world(folder: Path, forgotten: str = ENTRY) -> Path:
    """The sample, a neighbour whose answers, review and file name the sample's official, and a source that does so."""
    (folder / "2020").mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "2020" / "PRY.md")
    text = SAMPLE.read_text(encoding="utf-8")
    for before, after in (*NEIGHBOUR, *PLANTS):
        assert before in text, before
        text = text.replace(before, after)
    (folder / "2020" / "URY of A. Peralta.md").write_text(text, encoding="utf-8")
    review = NEIGHBOUR_REVIEW.read_text(encoding="utf-8").replace("by: Statistics Office", f"by: {NAME}")
    assert NAME in review
    (folder / "2020" / "URY of A. Peralta.review.yaml").write_text(review, encoding="utf-8")
    register(folder / "register.nq", REGISTER)
    if forgotten:
        (folder / FORGOTTEN).write_text(forgotten, encoding="utf-8")
    return folder


def shown(folder: Path) -> dict[str, set[str]]:
    """Which words of the name occur in which files, packed or not, without case and accents."""
    found = {}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
        text = str(polars.read_parquet(path).to_dicts()) if path.suffix == ".parquet" else data.decode(errors="replace")
        text = plain(text) + plain(path.name)
        if words := {word for word in ("peralta", "vierci", "alejandro") if word in text}:
            found[path.relative_to(folder).as_posix()] = words
    return found


def write(built: Build, folder: Path) -> Path:
    """A dataset folder."""
    msqgraph.write_dataset(built, folder, include_personal=True)
    return folder


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset before anybody is forgotten."""
    folder = tmp_path_factory.mktemp("remembered")
    return write(msqgraph.build([world(folder / "responses", forgotten="")]), folder / "build")


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory: pytest.TempPathFactory) -> tuple[Build, Path]:
    """The same with the official forgotten: what was built, and the dataset."""
    folder = tmp_path_factory.mktemp("forgotten")
    built = msqgraph.build([world(folder / "responses")])
    return built, write(built, folder / "build")


def test_a_whole_release_shows_the_name_nowhere(
    remembered: Path, forgotten: tuple[Build, Path], tmp_path: Path
) -> None:
    """Another country's answers and file, a source's labels, a signature: all that is written, packed files too."""
    before = write_release(remembered, tmp_path / "1", About(version="1.0.0", issued="2026-11-24"))
    assert before
    names = set(shown(tmp_path / "1"))
    assert {"data/msqgraph.nq.gz", "tables/answers.parquet"} <= names
    assert {"dataset.nq", "report.json"} <= set(shown(remembered))
    built, dataset = forgotten
    assert shown(dataset) == {}
    write_release(dataset, tmp_path / "2", About(version="1.1.0", issued="2026-12-01"), tmp_path / "1")
    assert shown(tmp_path / "2") == {}
    assert [unit.response.country_iso3 for unit in built.units] == ["PRY", "URY"]
    assert not built.unreadable and not built.units[1].personal


def test_what_does_not_name_them_stays(forgotten: tuple[Build, Path]) -> None:
    """The neighbour's own official, the rest of its answers, and the source's other labels."""
    text = (forgotten[1] / "dataset.nq").read_text(encoding="utf-8")
    assert '"Ana Pérez"' in text and '"Registro"@es' in text and '"Register, kept by [withheld]"@en' in text
    assert f"<{BASE}id/official/URY/chief-information-officer/2020>" in text
    assert "66/2018 ([withheld])" in text


def test_a_stale_dataset_makes_no_release(remembered: Path, forgotten: tuple[Build, Path], tmp_path: Path) -> None:
    """One that was built without the list would publish who was forgotten: nothing is written."""
    first, second = tmp_path / "1", tmp_path / "2"
    write_release(forgotten[1], first, About(version="1.0.0"))
    with pytest.raises(UsageError, match=f"publishes who was forgotten: {BASE}{HOLDER}"):
        write_release(remembered, second, About(version="1.1.0"), first)
    assert not second.exists()


@pytest.mark.parametrize("has_response", [True, False])
def test_a_source_does_not_bring_them_back(has_response: bool, tmp_path: Path) -> None:
    """What it says of the IRI is left out, the tombstone stands, and the build says so; its names are hidden, too."""
    if has_response:
        shutil.copy(SAMPLE, tmp_path / "PRY.md")
    (tmp_path / FORGOTTEN).write_text(ENTRY, encoding="utf-8")
    register(tmp_path / "register.nq", FOREIGN)
    built = msqgraph.build([tmp_path])
    assert [one.path for one in built.withdrawals] == [HOLDER]
    assert len(built.contradictions) == 1 and f"speaks of {BASE}{HOLDER}, who is forgotten" in built.contradictions[0]
    dataset = write(built, tmp_path / "build")
    assert shown(dataset) == {}
    quads = list(ox.parse(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS))
    holder = ox.NamedNode(BASE + HOLDER)
    assert {quad.graph_name.value for quad in quads if quad.subject == holder} == {f"{BASE}graph/tombstones"}
    assert not [quad for quad in quads if quad.object == holder]
    assert [quad for quad in quads if quad.object == ox.Literal("Register", language="en")]


def test_another_edition_of_the_country_hides_them(tmp_path: Path) -> None:
    """Forgotten in one edition, the name is withheld in the other, whose own IRI was not forgotten."""
    case, forms, responses = ROOT / "tests" / "cases" / "edition-2098", tmp_path / "ontology", tmp_path / "responses"
    forms.mkdir()
    responses.mkdir()
    shutil.copy(case / "questionnaire-2098.ttl", forms)
    shutil.copy(SAMPLE, responses / "PRY.md")
    text = (case / "XAB.md").read_text(encoding="utf-8").replace("Country: XAB", "Country: Paraguay")
    assert "Lina Ode" in text
    (responses / "later.md").write_text(text.replace("Lina Ode", NAME), encoding="utf-8")
    (responses / FORGOTTEN).write_text(ENTRY, encoding="utf-8")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("msqgraph")), "build", str(responses), "-o", str(tmp_path / "build")],
        env={**os.environ, "MSQGRAPH_ASSETS": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    report = json.loads((tmp_path / "build" / "report.json").read_text(encoding="utf-8"))
    assert [one["edition"] for one in report["responses"]] == ["2020", "2098"], done.stderr
    assert shown(tmp_path / "build") == {}


def test_nothing_is_done_when_nobody_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text is looked through."""
    monkeypatch.setattr("msqgraph.hiding.hidden", None)
    monkeypatch.setattr("msqgraph.hiding.unescaped", None)
    assert len(msqgraph.build([world(tmp_path / "responses", forgotten="")]).units) == 2


@pytest.mark.parametrize(
    ("path", "reason", "problem"),
    [
        ("id/agency/PRY/x", "Ask +595 991 922530.", "its reason holds a phone number"),
        ("id/agency/PRY/x", "Ask ana.paz@mitic.gov.py.", "its reason holds a phone number or a person's mailbox"),
        ("id/agency/PRY/x", "Dr. Peralta Vierci asked for it.", "its reason names somebody"),
        ("id/agency/PRY/alejandro-peralta", "It was never one.", "an IRI of it spells the name"),
    ],
)
def test_a_reason_that_would_publish_what_is_personal_stops_the_build(
    path: str, reason: str, problem: str, tmp_path: Path
) -> None:
    """Reasons are published. The message names the file and the entry, and nothing of a name."""
    shutil.copy(SAMPLE, tmp_path / "PRY.md")
    (tmp_path / FORGOTTEN).write_text(ENTRY, encoding="utf-8")
    text = f'- {{iri: id/agency/PRY/y, reason: Twice there.}}\n- {{iri: {path}, reason: "{reason}"}}\n'
    (tmp_path / WITHDRAWN).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=problem) as raised:
        msqgraph.build([tmp_path])
    assert WITHDRAWN in str(raised.value) and "entry 2" in str(raised.value)
    assert "eralta" not in str(raised.value)


@pytest.mark.parametrize("is_above", [True, False])
def test_the_list_is_found_however_far_above(is_above: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a folder in an edition's folder, also from within it."""
    folder = tmp_path / "responses" / "2020" / "americas"
    folder.mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "PRY.md")
    (tmp_path / "responses" / FORGOTTEN).write_text(ENTRY, encoding="utf-8")
    monkeypatch.chdir(tmp_path if is_above else folder)
    given = "responses/2020/americas" if is_above else "."
    assert msqgraph.build([given]).units[0].forgotten == (NAME,)


def test_a_file_that_cannot_be_read_is_named_by_its_folder(tmp_path: Path) -> None:
    """Where nobody knows the name, the name of a file may show it; one called by the country's code does not."""
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / f"{NAME}.md").write_text("no form", encoding="utf-8")
    (tmp_path / "2020" / "PRY.md").write_text("no form", encoding="utf-8")
    (tmp_path / FORGOTTEN).write_text(ENTRY, encoding="utf-8")
    built = msqgraph.build([tmp_path])
    assert sorted(Path(error.file).name for error in built.unreadable) == ["PRY.md", "[withheld].md"]
    assert all(error.file.startswith(str(tmp_path / "2020")) for error in built.unreadable)
    assert shown(write(built, tmp_path / "build")) == {}
