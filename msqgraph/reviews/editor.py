"""A text as a person leaves it in the editor of their choice (``VISUAL`` or ``EDITOR``, as other programs do it)."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from msqgraph.errors import UsageError


def edited(text: str) -> str:
    """The text after the editor was closed. The file in between is readable by its owner alone, and removed.

    :raises UsageError: if no editor can be started, or it reports a failure.
    """
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    handle, name = tempfile.mkstemp(suffix=".yaml", prefix="msqgraph-review-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        done = subprocess.run([*command, name], check=False)  # noqa: S603 - the person's own editor
        if done.returncode:
            raise UsageError(f"{command[0]} ended with exit code {done.returncode}: nothing is changed")
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{command[0]} gave no text ({error}) — set EDITOR to the editor that you use") from None
    finally:
        Path(name).unlink(missing_ok=True)
