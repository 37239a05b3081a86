"""A dataset folder as it is now, in a place of the server's own.

``msqgraph build`` replaces the folder and removes what was there. Files that are open stay readable, but a worker that
is started afterwards would find another dataset, or none. So the server reads a snapshot: hard links, which cost
nothing, or copies where links are not possible (another disk, a read-only folder).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msqgraph.errors import UnreadableInput, UsageError

_WITHHELD = "personal.nq"  # what is not public has no business in a server
_LOCK, _STEM = ".lock", "serving-"
_TIMES = 20

Identity = tuple[tuple[str, int, int, int, int], ...]


@dataclass(slots=True)
class Snapshot:
    """A folder with the files of a dataset, and which dataset that is. The lock says that somebody uses it."""

    folder: Path
    identity: Identity
    _lock: int

    def remove(self) -> None:
        """Takes the snapshot away; what is open in it stays readable."""
        if self._lock >= 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            os.close(self._lock)
            self._lock = -1


def identity_of(dataset: Path) -> Identity | None:
    """What tells one dataset from the next that takes its folder; None while there is none.

    Device, inode, time of change in ns and size of its report and of the file by which a store begins.
    """
    found = []
    for name in ("report.json", "store/CURRENT"):
        try:
            status = (dataset / name).stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        found.append((name, status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size))
    return tuple(found)


def take_snapshot(dataset: Path) -> Snapshot:
    """A snapshot of one dataset, whole, even if another takes the folder's place meanwhile.

    :raises UsageError: if there is no dataset, or no room for the snapshot.
    :raises UnreadableInput: if the folder changes all the time.
    """
    for _ in range(_TIMES):
        before = identity_of(dataset)
        if before is None:
            raise UsageError(f"{dataset}: no dataset — build one with `msqgraph build responses -o {dataset}`")
        try:
            snapshot = _taken(dataset, before)
        except FileNotFoundError:  # replaced while it was read
            continue
        except OSError as error:
            problem = (
                f"{dataset}: cannot be linked or copied to a place of the server's own ({error.strerror or error})"
            )
            raise UsageError(f"{problem} — see that there is room in {tempfile.gettempdir()}, or set TMPDIR") from None
        if identity_of(dataset) == before:
            return snapshot
        snapshot.remove()
    raise UnreadableInput(
        dataset, "changes while it is read", "write a dataset elsewhere and move it here when it is whole"
    )


def _taken(dataset: Path, identity: Identity) -> Snapshot:
    """Links beside the dataset; else links or copies among temporary files."""
    dataset = dataset.resolve()
    with contextlib.suppress(OSError):
        return _linked_or_copied(dataset, dataset.parent, f".{dataset.name}.{_STEM}", identity, may_copy=False)
    return _linked_or_copied(dataset, Path(tempfile.gettempdir()), f"msqgraph-{_STEM}", identity, may_copy=True)


def _linked_or_copied(dataset: Path, parent: Path, prefix: str, identity: Identity, may_copy: bool) -> Snapshot:
    _clear_away(parent, prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))  # for this user alone
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for source in _files(dataset):
            target = folder / source.relative_to(dataset)
            target.parent.mkdir(exist_ok=True)
            try:
                os.link(source, target)
            except FileNotFoundError:
                raise
            except OSError:
                if not may_copy:
                    raise
                shutil.copyfile(source, target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Snapshot(folder, identity, lock)


def _files(dataset: Path) -> Iterator[Path]:
    """The public files of a dataset; of its store all but its log and its lock, which opening writes to."""
    for path in sorted(dataset.iterdir()):
        if path.is_file() and path.name != _WITHHELD and not path.name.startswith("."):
            yield path
    for path in sorted((dataset / "store").iterdir()):
        if path.is_file() and path.name != "LOCK" and not path.name.startswith("LOG"):
            yield path


def _clear_away(parent: Path, prefix: str) -> None:
    """Removes snapshots whose server is no more: nobody holds their lock."""
    for folder in sorted(parent.glob(f"{prefix}*")):
        try:
            lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
        except OSError:  # somebody else's, or not yet locked
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
        finally:
            os.close(lock)
