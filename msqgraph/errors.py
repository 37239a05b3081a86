"""The errors that this package raises on purpose.

Every message names the file, the place in it, and what to do. A SHACL violation is a result and never raised.
"""

from __future__ import annotations

import os
from pathlib import Path


def readable(path: Path | str) -> str:
    """A path as text, whatever bytes its names are spelled in.

    >>> readable(Path("responses") / "2020")
    'responses/2020'
    """
    return os.fsencode(path).decode("utf-8", errors="replace")


class MsqgraphError(Exception):
    """Anything that a user can mend; the command line prints its message instead of a stack trace."""


class UnreadableInput(MsqgraphError):
    """A document or transcript that cannot be read; carries the file so that a build can go on without it."""

    def __init__(self, path: Path | str, problem: str, remedy: str) -> None:
        self.file, self.problem, self.remedy = readable(path), problem, remedy
        super().__init__(f"{self.file}: {problem} — {remedy}")


class NoCountryNamed(UnreadableInput):
    """A document that does not say whose response it is."""


class UsageError(MsqgraphError):
    """A request that cannot be carried out as it was put: an unknown query, format or parameter."""


class MappingLoss(MsqgraphError):
    """The mapping would have lost something in silence: an unmapped key, an invalid IRI, a missing triple."""


def unbuilt(error: Exception, path: Path | str) -> UnreadableInput:
    """An error of any kind as that of a file of which nothing was built, with what to do.

    >>> unbuilt(KeyError("x"), "PRY.md").remedy
    'this is a fault of the program: please report it'
    """
    if isinstance(error, UnreadableInput):
        return error
    if isinstance(error, MappingLoss):
        return UnreadableInput(path, str(error), "nothing of this response was built")
    return UnreadableInput(path, f"{type(error).__name__}: {error}", "this is a fault of the program: please report it")
