"""What the data say of an IRI that stands for nothing any more; :mod:`msqgraph.withdrawals` is what wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Tombstone:
    """Why an IRI is gone: the code's slug, words, the day of the decision, and the IRI that replaces it; or empty."""

    code: str
    words: str = ""
    at: str = ""
    replaced_by: str = ""


def tombstone_in(triples: Iterable[ox.Triple], base: str) -> Tombstone | None:
    """The tombstone among the triples of one subject; None if it is not gone.

    >>> import pyoxigraph as ox
    >>> from msqgraph.withdrawals import Withdrawal, tombstones
    >>> gone = Withdrawal("id/agency/PRY/x", "replaced", "2026-11-24", "id/agency/PRY/y", "One under two names.")
    >>> tombstone_in(tombstones([gone]), "https://w3id.org/msqgraph/").words
    'One under two names.'
    >>> tombstone_in([], "https://w3id.org/msqgraph/") is None
    True
    """
    said = {triple.predicate: text_of(triple.object) for triple in triples}
    code = said.get(term("msq:withdrawal", base))
    if code is None:
        return None
    return Tombstone(
        code.rpartition("/")[2],
        said.get(term("rdfs:comment", base), ""),
        said.get(term("dct:modified", base), ""),
        said.get(term("dct:isReplacedBy", base), ""),
    )
