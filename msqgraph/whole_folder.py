"""A folder or file that becomes visible all at once: it is written beside its place and moved there."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from msqgraph.errors import UsageError


@contextmanager
def whole_folder(folder: Path | str, what: str, is_one: Callable[[Path], bool]) -> Iterator[Path]:
    """An empty folder to write to, which takes the place of ``folder`` when the block ends without an error.

    :param what: what the folder is to hold, for messages.
    :param is_one: tells of a folder with files whether it is one of the same kind and holds nothing else: only such a
        one is replaced.
    :raises UsageError: if the place is taken by something else, or cannot be written.

    >>> with whole_folder("responses", "a dataset", lambda folder: False) as fresh:
    ...     pass
    Traceback (most recent call last):
    msqgraph.errors.UsageError: ...responses: holds other files than a dataset — give an empty or a new folder
    """
    folder = Path(folder).resolve()  # a link stays a link: what it points at is replaced
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file — give a folder to write to")
    if folder.is_dir() and any(folder.iterdir()) and not is_one(folder):
        raise UsageError(f"{folder}: holds other files than {what} — give an empty or a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(folder)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-{os.getpid()}-", dir=folder.parent) as beside:
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
    msqgraph.errors.UsageError: ...responses/no/such/folder: cannot be written (No such file or directory) — check ...
    """
    if path.exists() and not path.is_file():  # a pipe or a device is written to as it is
        with path.open("wb") as file:
            yield file
        return
    path = path.resolve()  # a link stays a link
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
    except BaseException:  # an interruption, too, must not take the old one away
        previous.rename(folder)
        raise


def _clear_away(folder: Path) -> None:
    """Removes what writers that were killed left beside a folder: it may hold what is withheld."""
    for path in folder.parent.glob(f".{glob.escape(folder.name)}-*-*"):
        process = path.name.removeprefix(f".{folder.name}-").partition("-")[0]
        if process.isdecimal() and path.is_dir() and not _is_running(int(process)):
            if (path / "previous").is_dir() and not folder.exists():  # killed between taking away and putting there
                (path / "previous").rename(folder)
            shutil.rmtree(path, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
