"""A folder becomes visible all at once, and nothing that was there is lost on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from msqgraph.whole_folder import whole_file, whole_folder


def anything(_: Path) -> bool:
    """Whatever is in the folder may be replaced."""
    return True


def test_an_interruption_between_two_renames_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is no OSError."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").touch()
    rename, calls = Path.rename, []

    def interrupted(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "out", "a test", anything) as fresh:
        (fresh / "new").touch()
    assert len(calls) == 3
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["old"]


def test_what_a_killed_writer_left_is_cleared_away_and_what_it_took_is_brought_back(tmp_path: Path) -> None:
    """A process that is no more; one that still runs is left alone."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f".out-{gone.pid}-abc"
    (left / "previous").mkdir(parents=True)
    (left / "previous" / "old").touch()
    running = tmp_path / f".out-{os.getppid()}-abc"
    running.mkdir()
    with pytest.raises(ValueError, match="planted"), whole_folder(tmp_path / "out", "a test", anything):
        raise ValueError("planted")
    assert not left.exists() and running.exists()
    assert (tmp_path / "out" / "old").is_file()


def test_links_and_pipes_stay_what_they_are(tmp_path: Path) -> None:
    """A link's target is written, a device is written to."""
    (tmp_path / "target").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with whole_file(tmp_path / "link") as file:
        file.write(b"new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_bytes() == b"new"
    with whole_file(Path(os.devnull)) as file:
        file.write(b"new")
    assert not Path(os.devnull).is_file()


def test_a_failed_file_leaves_the_old_one(tmp_path: Path) -> None:
    """And nothing beside it."""
    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(ValueError, match="planted"), whole_file(tmp_path / "file") as file:
        file.write(b"half")
        raise ValueError("planted")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("file", b"old")]
