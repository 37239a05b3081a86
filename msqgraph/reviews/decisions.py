"""``<stem>.review.yaml`` beside a document or transcript: a list of what people decided, the latest last.

An entry holds what the person saw (quote, ticks), what they decided (confirmed or corrected), what the answer is since
then taken to say, who and when. Entries are only ever added, so the file is its own history. It holds words of the
document and is as private as that.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.plain_yaml import load_yaml
from msqgraph.response import Review, Status, Tick, Understood, Verdict
from msqgraph.reviews.reviewers import unpublishable
from msqgraph.typed_yaml import converted, dumped

SUFFIXES = (".review.yaml", ".review.yml")
_HEADER = "# What people decided about the response beside this file; the latest entry for a question counts.\n"
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(slots=True)
class Decision:
    """One entry. ``quote`` and ``ticks_seen`` are the answer as it was read when the person looked at it; ``status``,
    ``ticks`` and ``understood`` are what it is taken to say from then on. ``note`` is not published."""

    question: str
    decision: Verdict
    by: str
    at: str
    status: Status
    quote: str | None = None
    ticks_seen: dict[str, Tick] = field(default_factory=dict)
    ticks: dict[str, Tick] = field(default_factory=dict)
    understood: Understood | None = None
    note: str | None = None

    @property
    def review(self) -> Review:
        """Who decided what, when."""
        return Review(self.decision, self.by, self.at)


def is_review(path: Path) -> bool:
    """Whether a file is one of decisions, by its name.

    >>> is_review(Path("2020/PRY.review.yaml")), is_review(Path("2020/PRY.yaml"))
    (True, False)
    """
    return path.name.lower().endswith(SUFFIXES)


def review_path(source: Path) -> Path:
    """Where the decisions about a document or transcript are kept: beside it.

    >>> review_path(Path("2020/PRY.md")).name, review_path(Path("2020/PRY.yaml")).name
    ('PRY.review.yaml', 'PRY.review.yaml')
    """
    paths = [source.with_suffix(suffix) for suffix in SUFFIXES]
    return next((path for path in paths if path.exists()), paths[0])


def load_decisions(path: Path) -> list[Decision]:
    """The decisions in a file, in its order; none if there is no file.

    :raises UnreadableInput: if it is no YAML, or an entry has a key or value that a decision does not have, a time of
        another form, or no name that may be published.

    >>> load_decisions(Path("responses/2020/XXA.review.yaml"))
    []
    """
    try:
        return parse_decisions(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(path, str(error), "save it as UTF-8 text") from None


def parse_decisions(text: str, path: Path) -> list[Decision]:
    """The decisions in a file's text; ``path`` is for messages.

    :raises UnreadableInput: as :func:`load_decisions`.
    """
    try:
        data = load_yaml(text)
    except ValueError as error:
        raise UnreadableInput(path, str(error), "mend it: nothing is published until it can be read") from None
    decisions: list[Decision] = converted(data, list[Decision], path)
    for number, decision in enumerate(decisions, 1):
        if problem := unpublishable(decision.by):
            remedy = "wanted: a name, an office, a handle or an ORCID iD"
            raise UnreadableInput(path, f"at {number}/by: {problem}", remedy)
        if not _is_time(decision.at):
            problem = f"at {number}/at: {decision.at!r}"
            raise UnreadableInput(path, problem, "wanted: a time in UTC such as 2026-11-24T15:30:00Z")
    return decisions


def latest(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """The decision that counts for each question: the latest, of two at one time the later in the file.

    >>> first = Decision("24", "confirmed", "a", "2026-11-24T15:30:00Z", "answered")
    >>> second = Decision("24", "confirmed", "b", "2026-11-24T15:29:00Z", "answered")
    >>> latest([first, second])["24"].by
    'a'
    """
    return {one.question: one for one in sorted(decisions, key=lambda decision: decision.at)}


def record(decision: Decision, path: Path, source: Path) -> None:
    """Adds a decision to a file and leaves everything before it as it stands, comments included; all or nothing.

    What others added since is kept: the file is read again. A new file may be read by whoever may read its source.

    :param source: the document or transcript that the decisions are about.
    :raises UnreadableInput: if the file has become unreadable.
    :raises UsageError: if it cannot be written.
    """
    path = path.resolve()
    wanted = [*load_decisions(path), decision]
    text = path.read_text(encoding="utf-8") if path.exists() else _HEADER
    longer = (text if text.endswith("\n") or not text else text + "\n") + dumped([decision])
    # a list that was indented or put in brackets by hand cannot be made longer, and is written anew
    fitting = [candidate for candidate in (longer, _HEADER + dumped(wanted)) if _holds(candidate, wanted, path)]
    if not fitting:
        raise UsageError(f"{path}: the decision about question {decision.question!r} cannot be written as YAML")
    try:
        _replace(path, fitting[0], source)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}) — check the folder's permissions") from None


def _holds(text: str, decisions: list[Decision], path: Path) -> bool:
    """Whether a text says just these decisions."""
    try:
        return dumped(parse_decisions(text, path)) == dumped(decisions)
    except UnreadableInput:
        return False


def _is_time(at: str) -> bool:
    if not _TIME.fullmatch(at):
        return False
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def _replace(path: Path, text: str, source: Path) -> None:
    """A new file under a hidden name, then in place of the old one: whoever reads meanwhile finds one of the two."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path if path.exists() else source, name)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
