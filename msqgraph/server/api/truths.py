"""Whether an answer says yes or no: where that was asked and nobody can tell, it is unknown; elsewhere null."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msqgraph.server.content.answer_counts import SAY_SOMETHING, by_truth

UNKNOWN: Literal["unknown"] = "unknown"
Truth: TypeAlias = bool | Literal["unknown"] | None

_ASK = {"yes-no", "consent"}


def truth(affirms: bool | None, kind: str, status: str) -> Truth:
    """What an answer says; null where there is neither yes nor no to be known.

    :param kind: the slug of the question's ``code/answer-kind``.
    :param status: the slug of the answer's ``code/answer-status``.

    >>> truth(None, "yes-no", "unreadable"), truth(None, "yes-no", "blank"), truth(None, "names", "answered")
    ('unknown', None, None)
    """
    if affirms is None and kind in _ASK and status in SAY_SOMETHING:
        return UNKNOWN
    return affirms


def counted(truths: Iterable[Truth], kind: str) -> tuple[tuple[str, int], ...]:
    """How many say yes, no, or what nobody can tell; nothing where the question has neither.

    >>> counted([True, "unknown", None], "yes-no"), counted([None], "names")
    ((('yes', 1), ('no', 0), ('unknown', 1)), ())
    """
    told = [None if one == UNKNOWN else one for one in truths if one is not None]
    return by_truth(told) if told or kind in _ASK else ()
