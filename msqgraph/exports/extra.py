"""What of the packages is optional, and what to do where it is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from msqgraph.errors import UsageError


@contextmanager
def needed_for(what: str, extra: str = "analysis") -> Iterator[None]:
    """Imports inside it may fail; the message then names the extra.

    :raises UsageError: if a package is not installed.

    >>> with needed_for("a frame"):
    ...     import no_such_package
    Traceback (most recent call last):
    msqgraph.errors.UsageError: no_such_package is needed for a frame — install it: pip install 'msqgraph[analysis]'
    """
    try:
        yield
    except ImportError as error:
        package = (error.name or str(error)).partition(".")[0]
        if package == "msqgraph":  # a fault of the program
            raise
        raise UsageError(f"{package} is needed for {what} — install it: pip install 'msqgraph[{extra}]'") from None
