"""What the release before says of itself: its version, and since when each thing with a lasting IRI is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.release.about import load_about
from msqgraph.terms import text_of

_ISSUED = "http://purl.org/dc/terms/issued"


@dataclass(frozen=True, slots=True)
class History:
    """The version before, if there is one; ``issued`` has dates by IRI."""

    version: str | None = None
    issued: Mapping[str, str] = field(default_factory=dict)


def history_of(previous: Path | None) -> History:
    """What the release in a folder says of earlier publication; without a folder, nothing.

    :raises UsageError: if the folder has no catalogue.
    :raises UnreadableInput: if its catalogue is no Turtle.

    >>> history_of(None).version is None
    True
    """
    import pyoxigraph as ox

    if previous is None:
        return History()
    path = previous / "catalog.ttl"
    if not path.is_file():
        raise UsageError(f"{path}: is missing — give a release folder as it was written")
    version = load_about(previous / "release.yaml").version
    try:
        triples = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise UnreadableInput(path, str(error), "give a release folder as it was written") from None
    dated = [triple for triple in triples if triple.predicate.value == _ISSUED]
    return History(version, {text_of(triple.subject): text_of(triple.object) for triple in dated})
