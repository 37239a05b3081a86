"""The sample, built once, as every test sees it."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

import msqgraph
from msqgraph.build import Build, Unit
from msqgraph.response import Response
from msqgraph.store import EmbeddedStore

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "responses" / "2020" / "PRY.md"
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
