"""A response as plain records, in YAML for people to review and correct.

``Response`` holds one ``Answer`` per question of the form; an answer holds what was said (text, ticks, place) and,
under ``understood``, what the machine or a person made of it. Delete the ``understood`` block of an answer in the
YAML and it is interpreted anew; leave it and it is taken as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from msqgraph.errors import UnreadableInput
from msqgraph.plain_yaml import load_yaml
from msqgraph.typed_yaml import converted, dumped

Status = Literal["answered", "blank", "none-stated", "unreadable", "not-asked"]
Tick = Literal["ticked", "unticked", "unknown"]
Kind = Literal["Agency", "Portal", "Official", "Strategy", "Law", "Organization", "Observation", "Concept", "Address"]
Basis = Literal["field", "stated-in-text"]
Verdict = Literal["confirmed", "corrected"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(slots=True)
class Citation:
    """A legal act as cited: its type (slug of code/law-type), number as stated, date or year."""

    type: str
    number: str | None = None
    date: str | None = None
    year: str | None = None


@dataclass(slots=True)
class Mention:
    """A stretch of an answer that names something.

    ``names`` says what kind of thing (see ``KINDS``), ``quote`` is the stretch word for word, ``start`` its offset in
    the answer's text, ``basis`` how it was told: ``field`` where the question asks for just this, ``stated-in-text``
    where it stands in running text. ``concept`` is a code's path (``legal-topic/digital-signature``).
    """

    names: Kind
    quote: str
    start: int = -1
    basis: Basis = "field"
    name: str | None = None
    language: str | None = None
    acronym: str | None = None
    title: str | None = None
    website_as_written: str | None = None
    website: str | None = None
    is_scheme_guessed: bool = False
    is_truncated: bool = False
    citation: Citation | None = None
    concept: str | None = None
    country_iso3: str | None = None
    doubts: list[str] = field(default_factory=list)
    # decided by identity.py, never written to YAML
    refers_to: str | None = field(default=None, metadata={"derived": True})
    label: str | None = field(default=None, metadata={"derived": True})
    label_language: str | None = field(default=None, metadata={"derived": True})
    other_names: list[str] = field(default_factory=list, metadata={"derived": True})
    post: str | None = field(default=None, metadata={"derived": True})
    issued_by: str | None = field(default=None, metadata={"derived": True})
    partner_in: str | None = field(default=None, metadata={"derived": True})
    partner_country: str | None = field(default=None, metadata={"derived": True})


@dataclass(slots=True)
class Quantity:
    """A number as said: a point value, or bounds; decimal numbers as text, so that no digit is lost."""

    value: str | None = None
    lower_bound: str | None = None
    upper_bound: str | None = None
    is_approximate: bool = False
    unit: str | None = None
    reference_year: str | None = None


@dataclass(slots=True)
class Understood:
    """What an answer was taken to mean."""

    affirms: bool | None = None
    quantity: Quantity | None = None
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True)
class ShownLink:
    """A hyperlink in an answer: the words that are shown, their offset in the answer's text, the address that opens."""

    shown: str
    start: int
    target: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided about an answer; ``by`` is published, ``at`` is a time in UTC (2026-11-24T15:30:00Z)."""

    decision: Verdict
    by: str
    at: str


@dataclass(slots=True)
class Answer:
    """What was said to one question: verbatim text, ticks by option slug, the characters or page where it stands.

    ``tick_evidence`` holds by option slug the sign by which its tick was told, ``tick_places`` where on the page it is.
    """

    status: Status
    text: str | None = None
    language: str | None = None
    place: str | None = None
    page: int | None = None
    ticks: dict[str, Tick] = field(default_factory=dict)
    tick_evidence: dict[str, str] = field(default_factory=dict)
    tick_places: dict[str, str] = field(default_factory=dict)
    links: list[ShownLink] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    understood: Understood | None = None
    # given by reviews/applying.py, never written to a transcript
    review: Review | None = field(default=None, metadata={"derived": True})

    @classmethod
    def not_found(cls, options: Iterable[str]) -> Answer:
        """The answer to a question that is not in the document: unreadable, never blank, every box unknown."""
        return cls("unreadable", ticks=dict.fromkeys(options, "unknown"), doubts=["question-not-found"])


@dataclass(slots=True)
class Source:
    """The document that a response was read from."""

    file_name: str
    sha256: str
    media_type: str


@dataclass(slots=True)
class Response:
    """One country's answers to one edition. ``country_iso3`` is ISO 3166-1 alpha-3."""

    country_iso3: str
    edition: str
    document: Source
    language: str | None = None
    date_as_stated: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict)
    unassigned: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def to_yaml(self) -> str:
        """The response as YAML: empty fields left out, texts as they stand.

        >>> source = Source("PRY.md", "0" * 64, "text/markdown")
        >>> response = Response("PRY", "2020", source, answers={"24": Answer("answered", "No.")})
        >>> parse_response(response.to_yaml(), "PRY.yaml") == response
        True
        """
        header = "# A transcript. Correct what is wrong; delete an `understood` block to have its answer read anew.\n"
        return header + dumped(self)


def load_response(path: Path | str) -> Response:
    """The response in a transcript.

    :raises UnreadableInput: if the file is missing, no YAML, or holds a key or value that a response does not have.

    >>> load_response("tests/cases/paraguay/answers.yaml").answers["24"].text
    'No.'
    """
    path = Path(path)
    try:
        return parse_response(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        raise UnreadableInput(path, "no such file", "check the name and the folder") from None
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(path, str(error), "save it as UTF-8 text") from None


def parse_response(text: str, path: Path | str) -> Response:
    """The response in a transcript's text; ``path`` is for messages.

    :raises UnreadableInput: as :func:`load_response`.
    """
    try:
        data = load_yaml(text)
    except ValueError as error:
        raise UnreadableInput(path, str(error), "mend it, or write the transcript anew with `msqgraph read`") from None
    if not isinstance(data, dict) or "answers" not in data:
        remedy = "give a transcript as `msqgraph read` writes it"
        raise UnreadableInput(path, "no transcript (it has no `answers`)" if data else "the file is empty", remedy)
    response: Response = converted(data, Response, path)
    return response
