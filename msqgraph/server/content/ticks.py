"""What is known of a box."""

from __future__ import annotations

from collections.abc import Collection

TICKED, UNTICKED, UNKNOWN = "ticked", "unticked", "unknown"


def agreed(states: Collection[str]) -> str:
    """The state of a box of which so much is said: unknown if nothing is, or two things. Never a no.

    >>> agreed({"ticked"}), agreed({"ticked", "unticked"}), agreed(())
    ('ticked', 'unknown', 'unknown')
    """
    return next(iter(states)) if len(set(states)) == 1 else UNKNOWN
