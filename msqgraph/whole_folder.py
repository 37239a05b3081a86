"""A folder or file that becomes visible all at once: it is written beside its place and moved there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msqgraph.errors import UsageError


@contextmanager
def whole_folder(folder: Path | str, what: str, known_by: str) -> Iterator[Path]:
    """An empty folder to write to, which takes the place of ``folder`` when the block ends without an error.

    :param what: what the folder is to hold, for messages.
    :param known_by: the file by which one of the same kind is told, which may be replaced.
    :raises UsageError: if the place is taken by something else, or cannot be written.

    >>> with whole_folder("responses", "a dataset", "report.json") as fresh:
    ...     pass
    Traceback (most recent call last):
    msqgraph.errors.UsageError: ...responses: holds other files than a dataset — give an empty or a new folder
    """
    folder = Path(folder).resolve()  # a link stays a link: what it points at is replaced
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file — give a folder to write to")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / known_by).is_file():
        raise UsageError(f"{folder}: holds other files than {what} — give an empty or a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
            fresh = Path(beside) / "fresh"
            fresh.mkdir()
            yield fresh
            _replace(folder, fresh, Path(beside) / "previous")
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be written ({error.strerror or error}) — check disk and permissions"
        ) from None


@contextmanager
def whole_file(path: Path, mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of ``path`` when the block ends without an error.

    :param mode: who may read it, before the umask.
    :raises UsageError: if it cannot be written.

    >>> with whole_file(Path("responses") / "no" / "such" / "folder"):
    ...     pass
    Traceback (most recent call last):
    msqgraph.errors.UsageError: responses/no/such/folder: cannot be written (No such file or directory) — check ...
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
        beside.replace(path)
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written ({error.strerror or error}) — check disk and permissions"
        ) from None
    finally:
        if beside.exists():
            beside.unlink()


def _replace(folder: Path, fresh: Path, previous: Path) -> None:
    """Puts the fresh folder in the place of the one before, which comes back if that fails."""
    if not folder.exists():
        fresh.rename(folder)
        return
    folder.rename(previous)
    try:
        fresh.rename(folder)
    except OSError:
        previous.rename(folder)
        raise
