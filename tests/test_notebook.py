"""The notebook runs from top to bottom without a network, and is kept without its outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.conftest import ROOT

nbformat: Any = pytest.importorskip("nbformat")
nbclient: Any = pytest.importorskip("nbclient")
NOTEBOOK = ROOT / "docs" / "first-questions.ipynb"


@pytest.fixture(scope="module")
def notebook() -> Any:
    """The notebook as it is kept."""
    return nbformat.read(NOTEBOOK, as_version=4)


def test_it_is_valid_and_kept_without_outputs(notebook: Any) -> None:
    """Format 4.5; a difference between two commits is one of text."""
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(cells) >= 8
    assert [cell.id for cell in cells if cell.outputs or cell.execution_count] == []


def test_it_runs(notebook: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five questions, frames, two charts; what the text says about the sample is what comes out."""
    for variable in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR", "TMPDIR"):
        (tmp_path / variable).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / variable))
    settings = {"resources": {"metadata": {"path": str(NOTEBOOK.parent)}}, "timeout": 120, "kernel_name": "python3"}
    done = nbclient.NotebookClient(notebook, **settings).execute()
    shown = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert all(output.output_type == "execute_result" for output in shown)
    drawn = [output.data["image/svg+xml"] for output in shown if "image/svg+xml" in output.get("data", {})]
    assert len(drawn) == 2
    titles = [next(iter(ElementTree.fromstring(svg))).text for svg in drawn]  # noqa: S314 - our own
    assert titles == [
        "How many questions were answered, left blank, or cannot be read?",
        "Does a legal framework on open data come with an open data portal?",
    ]
    assert sum("text/html" in output.get("data", {}) for output in shown) >= 6
    assert "3 of 4 stated figures" in shown[-1].data["text/plain"]
