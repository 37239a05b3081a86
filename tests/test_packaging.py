"""The wheel carries everything that the program reads, and works without the checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from msqgraph.assets import FOLDERS
from tests.conftest import ROOT, SAMPLE


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as installed from its wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not any(name.startswith(("responses", "tests")) or "__pycache__" in name for name in names)
    install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--target",
        str(folder / "site"),
    ]
    subprocess.run([sys.executable, *install, str(wheel)], check=True, capture_output=True)
    return folder / "site"


def run_installed(installed: Path, code: str, cwd: Path) -> str:
    """The output of a program that finds the installed package first, far from the checkout."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(installed)!r})\n{code}"],
        cwd=cwd, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_of_the_package_is_in_the_wheel(installed: Path) -> None:
    """Templates, messages, styles, vendored scripts and outlines, too; and nothing that Python or Jinja compiled."""

    def files(root: Path) -> set[str]:
        return {str(p.relative_to(root)) for p in (root / "msqgraph").rglob("*") if p.is_file()}

    there = {name for name in files(ROOT) if "__pycache__" not in name}
    assert {Path(name).suffix for name in there} >= {".py", ".html", ".css", ".js", ".json", ".po"}
    assert there - files(installed) == set()


def test_every_folder_is_in_the_wheel(installed: Path, tmp_path: Path) -> None:
    """The same files as in the checkout, folder by folder."""
    code = f"""
import msqgraph
from msqgraph import assets
assert msqgraph.__file__.startswith({str(installed)!r}), msqgraph.__file__
for folder in assets.FOLDERS:
    files = [p for p in (assets.root() / folder).rglob("*") if p.is_file()]
    assert files, folder
    print(folder, len(files))
"""
    printed = dict(line.split() for line in run_installed(installed, code, tmp_path).splitlines())
    here = {f: str(sum(p.is_file() and "__pycache__" not in p.parts for p in (ROOT / f).rglob("*"))) for f in FOLDERS}
    assert printed == here


def test_the_installed_package_builds_the_sample(installed: Path, tmp_path: Path) -> None:
    """From the document to the store, with the assets of the wheel."""
    code = f"""
import msqgraph
built = msqgraph.build([{str(SAMPLE)!r}])
msqgraph.write_dataset(built, "out")
print(len(built.units[0].graphs["graph/facts/2020/PRY"]))
"""
    assert int(run_installed(installed, code, tmp_path)) > 1000
