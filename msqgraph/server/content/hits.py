"""What a search finds: things, each with the words that were found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from msqgraph.server.content.texts import Text

Kind = Literal[
    "country",
    "region",
    "agency",
    "portal",
    "law",
    "strategy",
    "organization",
    "post",
    "official",
    "question",
    "code",
    "answer",
]
"""The kinds of thing that can be found."""

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words as they are in the data; ``is_match`` where they are what was looked for."""

    value: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words around what was found, in their original spelling and language: the pieces one after the other."""

    pieces: tuple[Piece, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: what it is called, and where it says what was looked for.

    ``label`` is the name of the thing for the reader; of an answer it is the wording of its question. ``countries`` are
    ISO 3166-1 alpha-3 codes, ``country`` is the name of the first; ``editions`` are those that name the thing.
    """

    iri: str
    kind: Kind
    label: Text
    snippet: Snippet
    country: Text | None = None
    countries: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    number: str | None = None
    """The number of the question, for questions and answers."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many things of a kind were found."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, the best first; ``total`` counts all, ``kinds`` those of every kind.

    ``is_all_words`` is false where nothing has all the words, so that ``hits`` have at least one of them.
    """

    query: str
    total: int
    hits: tuple[Hit, ...] = ()
    kinds: tuple[KindCount, ...] = ()
    is_all_words: bool = True


@dataclass(frozen=True, slots=True)
class Sought:
    """What a search is narrowed to: empty is everything. ``language`` is that of the words that are found."""

    kind: str = ""
    country: str = ""
    edition: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class CountryName:
    """A country that a search can be narrowed to, by its ISO 3166-1 alpha-3 code."""

    iso3: str
    name: Text


NOTHING = Found("", 0)
EVERYTHING = Sought()


class NotReady(Exception):
    """The index is still being made: a search can be tried again after ``retry_after_s`` seconds."""

    def __init__(self, message: str, retry_after_s: int = 2) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class TooSlow(Exception):
    """A search that was given up because it took too long."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index is: the number of things and texts in it, and whether all are."""

    things: int = 0
    texts: int = 0
    is_ready: bool = False
    problem: str = ""
