"""Who is forgotten is gone from every byte that is written; the post stays, a tombstone stands for the person."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
import typer
from typer.testing import CliRunner

import msqgraph
from msqgraph import assets
from msqgraph.build import Build
from msqgraph.commands.forget import forget as command
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.folding import plain
from msqgraph.forgetting import forget
from msqgraph.rebuilding import rebuild
from msqgraph.release.about import About, Release
from msqgraph.release.changes import write_changes
from msqgraph.response import Mention
from msqgraph.terms import to_rdflib
from msqgraph.withdrawals import FORGOTTEN, GRAPH, read_withdrawals
from tests.conftest import SAMPLE

HOLDER = "id/official/PRY/chief-information-officer/2020"
BASE = assets.DEFAULT_BASE
NAME = "Alejandro Peralta Vierci"
# where the sample's form gets the name besides its own field, and how it is spelled there
PLANTS = (
    ("80%", "80% (según PERALTA VIERCI, ALEJANDRO; véase A. Peralta y vierci peralta)"),
    ("Instituto Forestal Nacional", "Instituto Alejandro Peralta Vierci"),
    ("resolución N° 66/2018", "resolución N° 66/2018 de la Oficina Alejandro Peralta"),
    ("http://www.mds.gov.py/", "http://www.mds.gov.py/u/alejandro-peralta/"),
    ("www.mitic.gov.py\n", "www.mitic.gov.py https://alejandroperalta.gov.py/x @aperalta\n"),
)
runner = CliRunner()


def planted(folder: Path) -> Path:
    """A folder of responses whose one document, down to its name, is full of the official's name."""
    text = SAMPLE.read_text(encoding="utf-8")
    for before, after in PLANTS:
        assert before in text, before
        text = text.replace(before, after)
    (folder / "2020").mkdir(parents=True)
    (folder / "2020" / "Form of Alejandro Peralta.md").write_text(text, encoding="utf-8")
    return folder


def shown(folder: Path) -> dict[str, set[str]]:
    """Which words of the name occur in which files, without case and accents, and escaped or not."""
    found = {}
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        text = plain(path.read_bytes().decode("utf-8", errors="replace")) + plain(path.name)
        if words := {word for word in ("peralta", "vierci", "alejandro") if word in text}:
            found[path.relative_to(folder).as_posix()] = words
    return found


def written(responses: Path, folder: Path) -> Build:
    """A build with everything that can be written of it."""
    built = msqgraph.build([responses])
    assert not built.unreadable
    msqgraph.write_dataset(built, folder, include_personal=True)
    return built


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Responses full of the name, and the dataset of them."""
    folder = tmp_path_factory.mktemp("before")
    responses = planted(folder / "responses")
    written(responses, folder / "build")
    return responses, folder / "build"


@pytest.fixture(scope="module")
def after(before: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same, with its holder forgotten."""
    folder = tmp_path_factory.mktemp("after")
    responses = shutil.copytree(before[0], folder / "responses")
    assert forget(BASE + HOLDER, responses, "2026-11-24", reason="A letter").added == [HOLDER]
    written(responses, folder / "build")
    return responses, folder / "build"


def test_what_is_looked_for_is_there_to_be_found(before: tuple[Path, Path]) -> None:
    """Before, the name is in the data, in the report and in IRIs."""
    names = shown(before[1])
    assert {"dataset.nq", "dataset.ttl", "report.json"} <= set(names)
    text = (before[1] / "dataset.nq").read_text(encoding="utf-8")
    assert "id/agency/PRY/instituto-alejandro-peralta-vierci>" in text
    assert "<https://alejandroperalta.gov.py/x>" in text
    assert "PERALTA VIERCI, ALEJANDRO" in text


def test_the_name_is_in_no_byte_of_a_dataset(after: tuple[Path, Path]) -> None:
    """Field, capitals, another order, initials, issuer, agency, web addresses, the file's name; personal.nq too."""
    assert (after[1] / "personal.nq").is_file()
    assert shown(after[1]) == {}
    assert NAME not in (after[0] / FORGOTTEN).read_text(encoding="utf-8")


def test_the_post_stays_and_a_tombstone_stands_for_its_holder(after: tuple[Path, Path]) -> None:
    """In a graph of its own and in the merge: no kind, no name, nothing that points at it."""
    quads = list(ox.parse(path=str(after[1] / "dataset.nq"), format=ox.RdfFormat.N_QUADS))
    holder, post = ox.NamedNode(BASE + HOLDER), ox.NamedNode(f"{BASE}id/post/PRY/chief-information-officer")
    own = [quad for quad in quads if quad.subject == holder]
    assert {quad.graph_name for quad in own} == {ox.NamedNode(BASE + GRAPH)}
    assert [str(quad.object) for quad in own if quad.predicate.value.endswith("#withdrawal")] == [
        f"<{BASE}code/withdrawal/forgotten>"
    ]
    assert not [quad for quad in quads if quad.object == holder]
    assert any(quad.subject == post and quad.predicate.value.endswith("#postIn") for quad in quads)
    merged = (after[1] / "dataset.ttl").read_text(encoding="utf-8")
    assert "withdrawal:forgotten" in merged and "heldBy <" not in merged
    report = json.loads((after[1] / "report.json").read_text(encoding="utf-8"))
    assert report["forgotten"] == {"count": 1, "iris": [BASE + HOLDER]}
    assert report["responses"][0]["findings"]["Violation"] == 0


def test_tombstones_conform(after: tuple[Path, Path]) -> None:
    """The graph of tombstones has the shape that is published for it."""
    graph, shapes = rdflib.Graph(), rdflib.Graph()
    for quad in ox.parse(path=str(after[1] / "dataset.nq"), format=ox.RdfFormat.N_QUADS):
        if quad.graph_name == ox.NamedNode(BASE + GRAPH):
            graph.add(to_rdflib(quad.triple))
    shapes.parse(data=assets.read_text("shapes/withdrawals.ttl"), format="turtle")
    assert len(set(graph.subjects())) == 1
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert conforms, text


def test_forgetting_is_repeatable_and_can_be_taken_back(
    before: tuple[Path, Path], after: tuple[Path, Path], tmp_path: Path
) -> None:
    """The same bytes again; without the entry, the person is back as before."""
    written(after[0], tmp_path / "again")
    names = ("dataset.nq", "dataset.ttl", "report.ttl", "personal.nq")
    assert [n for n in names if (tmp_path / "again" / n).read_bytes() != (after[1] / n).read_bytes()] == []
    responses = shutil.copytree(after[0], tmp_path / "responses")
    (responses / FORGOTTEN).unlink()
    written(responses, tmp_path / "back")
    assert [n for n in names if (tmp_path / "back" / n).read_bytes() != (before[1] / n).read_bytes()] == []


def test_no_list_of_changes_shows_who_was_forgotten(
    before: tuple[Path, Path], after: tuple[Path, Path], tmp_path: Path
) -> None:
    """Neither in words nor in the IRIs of what went; a release that brings them back is not written."""
    from tests.test_changes import released

    first = released(before[1], tmp_path / "1", "1.0.0")
    second = released(after[1], tmp_path / "2", "1.1.0", first)
    told = {name: (second / name).read_bytes() for name in ("changes.md", "changes.ttl", "feed.atom", "tombstones.ttl")}
    assert all(told.values())
    (tmp_path / "told").mkdir()
    for name, data in told.items():
        (tmp_path / "told" / name).write_bytes(data)
    assert shown(tmp_path / "told") == {}
    assert HOLDER.encode() in told["tombstones.ttl"] and HOLDER.encode() in told["changes.md"]
    (tmp_path / "3").mkdir()
    with pytest.raises(UsageError, match=f"publishes who was forgotten: .*{HOLDER}"):
        write_changes(before[1], tmp_path / "3", Release(About(version="1.2.0", issued="2027-02-01")), second)
    assert not list((tmp_path / "3").iterdir())


@pytest.mark.parametrize(
    ("iri", "problem"),
    {
        "id/official/PRY/chief-information-officer/2018": "no response names a holder",
        "id/official/URY/chief-information-officer/2020": "those of the country: none",
        "id/agency/PRY/ministerio-de-hacienda": "is not the IRI of an official",
        "https://example.org/id/official/PRY/x/2020": "is not the IRI of an official",
    }.items(),
)
def test_who_is_not_there_cannot_be_forgotten(iri: str, problem: str, before: tuple[Path, Path]) -> None:
    """An IRI that nobody holds is likely mistyped, and nothing is written."""
    with pytest.raises(UsageError, match=problem):
        forget(iri, before[0], "2026-11-24")
    assert not (before[0] / FORGOTTEN).exists()


@pytest.mark.parametrize(
    "text",
    [
        "- iri: [",
        "iri: id/official/PRY/chief-information-officer/2020",
        "- iri: id/official/PRY/chief-information-officer/2020",
        "- {iri: id/official/PRY/chief-information-officer/2020, at: soon}",
        "- {iri: id/official/PRY/chief-information-officer/2020, at: 2026-11-24, name: Ana}",
        "- {iri: Alejandro Peralta Vierci, at: 2026-11-24}",
    ],
)
def test_a_list_that_cannot_be_read_stops_the_build(text: str, tmp_path: Path) -> None:
    """Else it would publish those who are on it."""
    (tmp_path / "PRY.md").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "forgotten.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"forgotten\.yml"):
        msqgraph.build([tmp_path])


@pytest.mark.parametrize("given", [".", "2020", "2020/PRY.md"])
def test_the_list_is_found_from_folder_edition_and_file(given: str, tmp_path: Path) -> None:
    """Building a part of the responses forgets as building all does."""
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020" / "PRY.md").write_bytes(SAMPLE.read_bytes())
    (tmp_path / FORGOTTEN).write_text(f"- {{iri: {HOLDER}, at: 2026-11-24}}", encoding="utf-8")
    built = msqgraph.build([tmp_path / given])
    assert [one.path for one in built.withdrawals] == [HOLDER]
    assert built.units[0].forgotten == (NAME,)


def test_an_answer_that_reads_otherwise_now_does_not_bring_a_person_back(tmp_path: Path) -> None:
    """Whoever stands in the field of the name is withheld, even if no holder is understood from it any more."""
    response = msqgraph.interpret(msqgraph.transcribe(msqgraph.read_document(SAMPLE)))
    understood = response.answers["4"].understood
    assert understood
    understood.mentions = [mention for mention in understood.mentions if mention.names != "Official"]
    (tmp_path / "PRY.yaml").write_text(response.to_yaml(), encoding="utf-8")
    (tmp_path / FORGOTTEN).write_text(f"- {{iri: {HOLDER}, at: 2026-11-24}}", encoding="utf-8")
    written(tmp_path, tmp_path / "build")
    assert shown(tmp_path / "build") == {}


def two_posts(folder: Path) -> Path:
    """Responses whose question 4 names one person twice, the second time in another order."""
    response = msqgraph.interpret(msqgraph.transcribe(msqgraph.read_document(SAMPLE)))
    understood, text = response.answers["4"].understood, response.answers["4"].text or ""
    assert understood
    quote = "Vierci Peralta, Alejandro"
    response.answers["4"].text = f"{text}\n\n{quote}"
    understood.mentions.append(Mention("Official", quote, len(text) + 2, name=quote))
    (folder / "PRY.yaml").write_text(response.to_yaml(), encoding="utf-8")
    return folder


def test_the_command_names_the_same_person_elsewhere(tmp_path: Path) -> None:
    """Exit code 1 until they are forgotten there, too; then the dataset is built anew with nothing left."""
    app = typer.Typer()
    app.command()(command)
    responses = two_posts(tmp_path)
    written(responses, tmp_path / "build")
    arguments = [HOLDER, str(responses), "--date", "2026-11-24", "--data", str(tmp_path / "build")]
    first = runner.invoke(app, arguments)
    assert first.exit_code == 1, first.output
    assert f"{HOLDER}-2" in first.output and NAME not in first.output
    second = runner.invoke(app, [*arguments, "--everywhere"])
    assert second.exit_code == 0, second.output
    assert "was forgotten already" in second.output and "built anew" in second.output
    assert [one.path for one in read_withdrawals([responses / FORGOTTEN])] == [HOLDER, f"{HOLDER}-2"]
    assert shown(tmp_path / "build") == {}


def test_a_dataset_is_built_anew_only_of_all_that_it_was_built_of(before: tuple[Path, Path], tmp_path: Path) -> None:
    """A lost source or a response from elsewhere is refused, and the dataset stays as it was."""
    from msqgraph.imports.egdi import import_egdi

    responses = shutil.copytree(before[0], tmp_path / "responses")
    egdi = tmp_path / "egdi.nq"
    egdi.write_bytes(import_egdi().nquads(BASE))
    msqgraph.write_dataset(msqgraph.build([responses, egdi]), tmp_path / "build")
    told = (tmp_path / "build" / "dataset.nq").read_bytes()
    rebuild(tmp_path / "build", responses)
    assert (tmp_path / "build" / "dataset.nq").read_bytes() == told
    egdi.unlink()
    with pytest.raises(UsageError, match=r"egdi\.nq, which is not there"):
        rebuild(tmp_path / "build", responses)
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(UsageError, match="holds PRY 2020, which does not come of"):
        rebuild(before[1], other)
    assert (tmp_path / "build" / "dataset.nq").read_bytes() == told
