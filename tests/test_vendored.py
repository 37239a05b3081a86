"""What is vendored for the browser: the files that were published, with the licence of everything in them."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from msqgraph.errors import UnreadableInput
from msqgraph.server.editor import vendoring
from msqgraph.server.editor.vendoring import PACKAGES, SHA256, TARGET, vendor


def packed(file: Path, contents: dict[str, bytes]) -> None:
    """Writes a package as npm packs it."""
    with tarfile.open(file, "w:gz") as archive:
        for name, data in contents.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Small packages in the place of the real ones: an editor that bundles one package with a licence, one without."""
    monkeypatch.setattr(vendoring, "BUNDLED", ("@a/b@1.0.0", "c@2.0.0"))
    monkeypatch.setattr(vendoring, "PACKAGES", ("@zazuko/yasgui@4.6.2", "@a/b@1.0.0", "c@2.0.0"))
    files = {"yasgui.min.js": b"js", "yasgui.min.css": b"css"}
    monkeypatch.setattr(vendoring, "SHA256", {name: hashlib.sha256(data).hexdigest() for name, data in files.items()})
    sources = ["../../node_modules/@a/b/x.js", "../../node_modules/c/y.js", "../src/z.ts"]
    about = json.dumps({"license": "MIT", "author": "A <a@example.org>", "contributors": [{"name": "B"}]}).encode()
    editor = {f"build/{name}": data for name, data in files.items()}
    editor |= {"build/yasgui.min.js.map": json.dumps({"sources": sources}).encode(), "package.json": about}
    packed(tmp_path / "zazuko-yasgui-4.6.2.tgz", editor)
    packed(tmp_path / "a-b-1.0.0.tgz", {"package.json": about, "LICENSE.md": b"Of A\r\nOnly"})
    packed(tmp_path / "c-2.0.0.tgz", {"package.json": b'{"license": "CC0-1.0", "author": "C"}'})
    return tmp_path


def test_the_vendored_files_are_those_of_the_package() -> None:
    """Nobody has changed them by hand."""
    assert {name: hashlib.sha256((TARGET / name).read_bytes()).hexdigest() for name in SHA256} == SHA256


def test_all_licences_are_there() -> None:
    """Each package that is in the bundle has its heading and some words below."""
    notices = (TARGET / "LICENSES.txt").read_text(encoding="utf-8")
    rule = "=" * 120
    parts = notices.split(f"\n{rule}\n")
    headings = [heading.partition(" ")[0] for heading in parts[1::2]]
    assert headings == list(PACKAGES)
    assert all(len(words) > 60 for words in parts[2::2])


def test_nothing_else_is_vendored() -> None:
    """What lies in the folder has a licence in it and a hash here."""
    assert {path.name for path in TARGET.iterdir()} == {*SHA256, "LICENSES.txt"}


def test_vendoring_writes_files_and_licences(folder: Path) -> None:
    """A licence file is taken as it is; without one, what the package says of itself, with the text that it names."""
    data = vendor(folder)
    assert (data["yasgui.min.js"], data["yasgui.min.css"]) == (b"js", b"css")
    words = data["LICENSES.txt"].decode()
    assert "Of A\nOnly" in words
    assert "By A <a@example.org>, B. The package names its licence: MIT." in words
    assert 'THE SOFTWARE IS PROVIDED "AS IS"' in words
    assert "By C. The package names its licence: CC0-1.0." in words


def test_another_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundle that is not the one that was looked at is not taken."""
    monkeypatch.setattr(vendoring, "SHA256", {"yasgui.min.js": "0" * 64})
    with pytest.raises(UnreadableInput, match=r"yasgui\.min\.js is not that of"):
        vendor(folder)


def test_a_package_whose_licence_is_not_known_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new bundle brings new packages: their licences have to be there, and none too many."""
    monkeypatch.setattr(vendoring, "BUNDLED", ("@a/b@1.0.0", "d@1.0.0"))
    with pytest.raises(UnreadableInput, match="differ in c, d"):
        vendor(folder)


def test_a_missing_package_is_named(folder: Path) -> None:
    """The message says how to get it."""
    (folder / "c-2.0.0.tgz").unlink()
    with pytest.raises(UnreadableInput, match=r"npm pack c@2\.0\.0"):
        vendor(folder)
