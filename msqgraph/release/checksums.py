"""Whether a release folder is still what was written: its files against its list of checksums."""

from __future__ import annotations

import re
from pathlib import Path

from msqgraph.errors import UsageError, readable
from msqgraph.release.layout import files_of

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_REMEDY = "take the release as it was published"


def verify(folder: Path | str) -> None:
    """Reads a release's ``SHA256SUMS`` and compares every file that it lists; files beside them are nobody's concern.

    :raises UsageError: if there is no such list, it is empty or cut off, or a file differs or is lacking: it is named.

    >>> verify("responses")
    Traceback (most recent call last):
    msqgraph.errors.UsageError: responses: has no SHA256SUMS — take the release as it was published
    """
    path = Path(folder) / SUMS
    shown = readable(folder)
    if not path.is_file():
        raise UsageError(f"{shown}: has no {SUMS} — {_REMEDY}")
    listed: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        if not (match := _LINE.fullmatch(line)):
            raise UsageError(f"{readable(path)}: line {number} is no checksum and path — {_REMEDY}")
        listed[match[2]] = match[1]
    if not listed:
        raise UsageError(f"{readable(path)}: lists no file — {_REMEDY}")
    found = {file.path: file.sha256 for file in files_of(Path(folder), with_hidden=True)}
    for name, checksum in sorted(listed.items()):
        if name not in found:
            raise UsageError(f"{readable(Path(folder) / name)}: is listed in {SUMS}, and is not there — {_REMEDY}")
        if found[name] != checksum:
            raise UsageError(f"{readable(Path(folder) / name)}: is not what {SUMS} says that it was — {_REMEDY}")
