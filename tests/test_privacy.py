"""No phone number, personal mailbox or respondent in any public file; they are let out only on request."""

from __future__ import annotations

import stat
from pathlib import Path

import pyoxigraph as ox
import pytest

import msqgraph
from msqgraph.build import Build
from msqgraph.exports.rdf import FORMATS
from tests.conftest import PRIVATE_PARTS, ROOT, SAMPLE


def leaks(data: bytes) -> list[str]:
    """Which private parts occur in bytes, as they stand, escaped as in JSON or Turtle, or with another case."""
    text = data.decode("utf-8", errors="replace")
    spellings = {part: {part, part.encode("unicode_escape").decode()} for part in PRIVATE_PARTS}
    return [part for part, forms in spellings.items() if any(form.casefold() in text.casefold() for form in forms)]


def test_the_private_parts_are_in_the_document() -> None:
    """What the other tests look for is really there to be found."""
    assert set(leaks(SAMPLE.read_bytes())) == set(PRIVATE_PARTS)


def test_no_public_file_holds_a_private_part(dataset: Path) -> None:
    """Every byte of every file of a dataset, the store's own files included."""
    files = [path for path in dataset.rglob("*") if path.is_file()]
    assert len(files) > 8
    assert {path.name: found for path in files if (found := leaks(path.read_bytes()))} == {}


@pytest.mark.parametrize("format_", FORMATS)
def test_no_export_holds_a_private_part(dataset: Path, format_: str) -> None:
    """All export formats."""
    data = msqgraph.export(dataset, format_)
    assert len(data) > 10_000
    assert leaks(data) == []


def test_the_public_senior_official_is_named(dataset: Path) -> None:
    """The holder of the post of question 4 is public, and so are the organisations and posts of section X."""
    text = (dataset / "dataset.ttl").read_text(encoding="utf-8")
    assert "Alejandro Peralta Vierci" in text
    assert "DIRECTOR GENERAL DE GOBIERNO ELECTRONICO" in text


def test_personal_data_is_let_out_only_when_asked_for(built: Build, tmp_path: Path) -> None:
    """The personal graph is in a file of its own that only its owner can read, and in exports that ask for it."""
    msqgraph.write_dataset(built, tmp_path / "with", include_personal=True)
    path = tmp_path / "with" / "personal.nq"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(leaks(path.read_bytes())) == set(PRIVATE_PARTS)
    graphs = {quad.graph_name for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)}
    assert graphs == {ox.NamedNode("https://w3id.org/msqgraph/graph/personal/2020/PRY")}
    assert leaks(msqgraph.export(tmp_path / "with", "nquads")) == []
    assert leaks(msqgraph.export(tmp_path / "with", "nquads", include_personal=True)) != []


def test_no_doubt_or_message_shows_it(tmp_path: Path) -> None:
    """Planted in answers of every kind, a phone number and a mailbox reach no file."""
    text = SAMPLE.read_text(encoding="utf-8").replace(
        "Si.\n", "Si, llame al +595 21 217 9000 o a ana.paz@mitic.gov.py\n"
    )
    text = text.replace("80%", "80% (ana.paz@mitic.gov.py)").replace(
        "www.mitic.gov.py\n", "www.mitic.gov.py ana.paz@mitic.gov.py\n"
    )
    (tmp_path / "PRY.md").write_text(text, encoding="utf-8")
    built = msqgraph.build([tmp_path / "PRY.md"])
    msqgraph.write_dataset(built, tmp_path / "out")
    assert text.count("ana.paz@") >= 4
    for path in (tmp_path / "out").rglob("*"):
        assert not path.is_file() or b"ana.paz" not in path.read_bytes(), path
        assert not path.is_file() or b"217 9000" not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("name", "organization", "gone"),
    [
        ("Ana Gómez", "MITIC (Ana Gómez)", ("Ana G", "ana-gomez")),
        ("John Q. Public", "Office of Management and Budget — John Q. Public", ("John", "john-q", "q-public")),
        ("Иванов Иван", "Управление Иванова Ивана", ("Иванов", "ivanov")),
        ("张伟", "财政部张伟办公室", ("张伟", "zhangwei")),
        ("Ana Gómez", "MITIC +595 991 922 531 a.g@x.gov.py", ("922531", "922-531", "922 531", "a.g@", "a-g-x")),
    ],
)
def test_no_iri_or_label_is_made_of_the_person(
    name: str, organization: str, gone: tuple[str, ...], tmp_path: Path
) -> None:
    """An agency that is called after the contact has no IRI or label that shows the name, nor has what follows."""
    text = SAMPLE.read_text(encoding="utf-8").replace("JOSE JAVIER QUIÑONEZ CACERES", name)
    head, _, tail = text.rpartition("Organization: ")
    tail = organization + tail[tail.index("\n") :]
    head = head.replace("Si.\n", f"Si, resolución N° 66/2018 de {organization}\n", 1)
    (tmp_path / f"PRY {name}.md").write_text(f"{head}Organization: {tail}", encoding="utf-8")
    built = msqgraph.build([tmp_path / f"PRY {name}.md"])
    assert built.units and not built.unreadable
    msqgraph.write_dataset(built, tmp_path / "out")
    shown = (tmp_path / "out" / "dataset.nq").read_text(encoding="utf-8")
    assert [part for part in gone if part.casefold() in shown.casefold()] == []


def test_input_is_in_no_wheel() -> None:
    """The folder of responses is packaged nowhere."""
    assert "responses" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8").replace("# responses", "")
