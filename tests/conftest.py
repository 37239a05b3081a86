"""The sample, built once, as every test sees it."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest

import msqgraph
from msqgraph import assets
from msqgraph.build import Build, Unit
from msqgraph.imports.egdi import import_egdi
from msqgraph.imports.govtech import import_govtech
from msqgraph.response import Response
from msqgraph.store import EmbeddedStore

collect_ignore = ["harvest/read_catalogue.py"]  # run by another interpreter, beside CKAN
ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "responses" / "2020" / "PRY.md"
NEIGHBOUR_REVIEW = ROOT / "tests" / "cases" / "world" / "URY.review.yaml"
INVENTED_GOVTECH = ROOT / "tests" / "cases" / "world" / "govtech.csv"
PLANTED = "http://example.org/offender"
# The made-up neighbour's form is the sample's, with these words in place of the sample's.
NEIGHBOUR = (
    ("Paraguay\n\n12/02/2019", "Uruguay\n\n13/02/2019"),
    ("- has an implementation plan.", "- ☒ has an implementation plan."),
    ("- is aligned with the Sustainable", "- ☐ is aligned with the Sustainable"),
    ("- access to information such as", "- ☒ access to information such as"),
    (" - open government data\n", " - ☐ open government data\n"),
    (" - digital identity\n", " - ☒ digital identity\n"),
    ("de los planes de gobierno abierto y los datos abiertos, firma", "de firma"),
    ("services?\n Yes No\n11.", "services?\n ☒ Yes ☐ No\n11."),
    ("services?\n Yes No\n13.", "services?\n ☐ Yes ☒ No\n13."),
    ("Alejandro Peralta Vierci", "Ana Pérez"),
    ("ronda el 30%", "ronda el 1,25 %"),
)
PRIVATE_PARTS = (
    "595991922530",
    "991922530",
    "ministro@",
    "gobiernoelectronico@",
    "jquinonez",
    "QUIÑONEZ",
    "QUINONEZ",
    "JOSE JAVIER",
    "CACERES",
)


@pytest.fixture(scope="session", autouse=True)
def _at_root() -> None:
    """Doctests name the sample by its path from the root."""
    import os

    os.chdir(ROOT)


@pytest.fixture(scope="session")
def built() -> Build:
    """The build of the sample with its identity registry."""
    return msqgraph.build([ROOT / "responses"])


@pytest.fixture(scope="session")
def unit(built: Build) -> Unit:
    """The sample's own unit of the build."""
    return built.units[0]


@pytest.fixture
def response(_sample: Response) -> Response:
    """The sample, read and interpreted; a copy that a test may change."""
    return copy.deepcopy(_sample)


@pytest.fixture(scope="session")
def _sample() -> Response:
    return msqgraph.interpret(msqgraph.transcribe(msqgraph.read_document(SAMPLE)))


@pytest.fixture(scope="session")
def dataset(built: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's dataset in a folder."""
    folder = tmp_path_factory.mktemp("sample") / "build"
    msqgraph.write_dataset(built, folder)
    return folder


@pytest.fixture(scope="session")
def store(dataset: Path) -> EmbeddedStore:
    """The sample's store."""
    return EmbeddedStore(dataset / "store")


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world's dataset in a folder."""
    folder = tmp_path_factory.mktemp("world") / "build"
    write_world(folder)
    return folder


def write_world(folder: Path) -> None:
    """A dataset of the sample, a made-up neighbour with ticked and empty boxes and two reviewed answers, the figures of
    the package, an invented GovTech file, and one flat triple planted without its statement."""
    text = SAMPLE.read_text(encoding="utf-8")
    for before, after in NEIGHBOUR:
        assert before in text, before
        text = text.replace(before, after)
    with tempfile.TemporaryDirectory() as temporary:
        inputs = Path(temporary)
        (inputs / "2020").mkdir()
        (inputs / "2020" / "URY.md").write_text(text, encoding="utf-8")
        (inputs / "2020" / "URY.review.yaml").write_bytes(NEIGHBOUR_REVIEW.read_bytes())
        for imported in (import_egdi(), import_govtech(INVENTED_GOVTECH)):
            assert not imported.problems
            (inputs / f"{imported.name}.nq").write_bytes(imported.nquads(assets.DEFAULT_BASE))
        built = msqgraph.build([ROOT / "responses", inputs])
    assert not built.unreadable
    assert not built.units[1].conflicts, "the neighbour's reviewed answers read otherwise: write its decisions anew"
    assert [unit.response.country_iso3 for unit in built.units] == ["PRY", "URY"]
    planted = ox.NamedNode(PLANTED)
    built.units[1].graphs["graph/facts/2020/URY"].append(ox.Triple(planted, planted, planted))
    msqgraph.write_dataset(built, folder)
