"""A respondent's transcript (``transcript.yaml``) as records; the format is told in ``README.md``, and nothing else is
taken: an unknown key, question or option, or a value that contradicts another, is an error that names file and place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar

from msqgraph.errors import UnreadableInput
from msqgraph.plain_yaml import load_yaml
from msqgraph.questionnaire import Part, load_questionnaire

_T = TypeVar("_T")
CORPUS = Path(__file__).parent
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh", "pt")
FILE_NAME = "transcript.yaml"
_TOP = {"country", "edition", "language", "date", "renderings", "answers"}
_LAW_TYPES = ("constitution", "law", "decree", "resolution", "regulation", "agreement", "other")
_REMEDY = "tests/corpus/README.md tells the format"


@dataclass(frozen=True, slots=True)
class GoldAgency:
    """An agency that an answer names, with the normalised address given for it."""

    name: str
    website: str | None = None


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A number that an answer states: a value or bounds, as texts in plain notation."""

    value: str | None = None
    lower_bound: str | None = None
    upper_bound: str | None = None
    is_approximate: bool = False
    reference_year: str | None = None


@dataclass(frozen=True, slots=True)
class GoldLaw:
    """A legal act as an answer cites it."""

    type: str
    number: str | None = None
    year: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class GoldPost:
    """Who holds the post that question 4 asks for."""

    holder: str | None = None
    title: str | None = None
    organization: str | None = None


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """What is printed for one question (text, ticks, links) and what a careful reader understands."""

    text: str = ""
    ticked: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    links: dict[str, str] = field(default_factory=dict)
    affirms: bool | None = None
    portals: tuple[str, ...] = ()
    agencies: tuple[GoldAgency, ...] = ()
    addresses: tuple[str, ...] = ()
    quantity: GoldQuantity | None = None
    laws: tuple[GoldLaw, ...] = ()
    post: GoldPost | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """One respondent: where it is kept, what is printed on the first page, the renderings wanted, the answers."""

    folder: Path
    country: str
    edition: str
    language: str
    date: str | None
    renderings: tuple[str, ...]
    answers: dict[str, GoldAnswer]

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name


def load_transcripts(corpus: Path = CORPUS) -> list[Transcript]:
    """All transcripts of a corpus, by name.

    :raises UnreadableInput: if one breaks the format, or there is none.
    """
    files = sorted(corpus.glob(f"*/{FILE_NAME}"))
    if not files:
        raise UnreadableInput(corpus, f"no folder in it holds a {FILE_NAME}", "give the folder of a corpus")
    return [load_transcript(file) for file in files]


def load_transcript(path: Path) -> Transcript:
    """The transcript in a file.

    :raises UnreadableInput: if it breaks the format.
    """
    try:
        data = load_yaml(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UnreadableInput(path, str(error), _REMEDY) from None
    check = _Check(path)
    check.keys(data, _TOP, "the top")
    for key in ("country", "edition", "language", "answers"):
        check(key in data, "the top", f"no {key}")
    check(data["language"] in LANGUAGES, "language", f"{data['language']!r} is none of {', '.join(LANGUAGES)}")
    questions = {question.path: question for question in load_questionnaire(data["edition"]).questions()}
    answers = {}
    for number, block in data["answers"].items():
        check(number in questions, f"answers/{number}", "the form has no such question")
        answers[number] = _answer(block or {}, questions[number], check, f"answers/{number}")
    return Transcript(
        folder=path.parent,
        country=data["country"],
        edition=data["edition"],
        language=data["language"],
        date=data.get("date"),
        renderings=tuple(data.get("renderings") or ()),
        answers=answers,
    )


class _Check:
    """Refuses what the format does not have, with file and place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, holds: bool, place: str, problem: str) -> None:
        if not holds:
            raise UnreadableInput(self.path, f"at {place}: {problem}", _REMEDY)

    def keys(self, data: Any, known: set[str], place: str) -> None:
        self(isinstance(data, dict), place, "no block of keys")
        self(data.keys() <= known, place, f"unknown keys {', '.join(sorted(map(str, data.keys() - known)))}")


def _answer(data: Any, question: Part, check: _Check, place: str) -> GoldAnswer:
    check.keys(data, set(GoldAnswer.__dataclass_fields__), place)
    text = (data.get("text") or "").strip("\n")
    options = set(question.option_slugs)
    ticked, lost = (_strings(data.get(key), check, f"{place}/{key}") for key in ("ticked", "lost"))
    for slug in (*ticked, *lost):
        check(slug in options, place, f"no option {slug!r}; the form has {', '.join(question.option_slugs) or 'none'}")
    check(not set(ticked) & set(lost), place, "a mark that is lost cannot be ticked")
    links = data.get("links") or {}
    for shown in links:
        check(shown in text, f"{place}/links", f"{shown!r} is not in the text")
    affirms = data.get("affirms")
    check(affirms in (None, True, False), f"{place}/affirms", "wanted: true or false")
    says = {
        option.affirms for slug, option in zip(question.option_slugs, question.options, strict=True) if slug in ticked
    }
    check(affirms is None or affirms in says or not says - {None}, f"{place}/affirms", "the ticked box says otherwise")
    addresses, portals = (_strings(data.get(key), check, f"{place}/{key}") for key in ("addresses", "portals"))
    agencies = _records(GoldAgency, data.get("agencies"), check, f"{place}/agencies")
    for address in (*addresses, *portals, *(agency.website for agency in agencies if agency.website)):
        check(address.startswith(("http://", "https://")), place, f"{address!r} has no scheme")
        check(address.count("/") > 2, place, f"{address!r} has no path (write the last /)")
    check(not portals or "Portal" in question.names, f"{place}/portals", "the question names no portals")
    laws = _records(GoldLaw, data.get("laws"), check, f"{place}/laws")
    for law in laws:
        check(law.type in _LAW_TYPES, f"{place}/laws", f"{law.type!r} is none of {', '.join(_LAW_TYPES)}")
    quantities = _records(GoldQuantity, _one(data.get("quantity")), check, f"{place}/quantity")
    check(not quantities or question.answer_kind == "quantity", f"{place}/quantity", "the question asks for none")
    posts = _records(GoldPost, _one(data.get("post")), check, f"{place}/post")
    check(not posts or "Official" in question.names, f"{place}/post", "the question asks for none")
    return GoldAnswer(
        text, frozenset(ticked), frozenset(lost), links, affirms, portals, agencies, addresses,
        quantities[0] if quantities else None, laws, posts[0] if posts else None,
    )  # fmt: skip


def _strings(data: Any, check: _Check, place: str) -> tuple[str, ...]:
    check(
        isinstance(data, list | NoneType) and all(isinstance(one, str) for one in data or ()), place, "no list of texts"
    )
    return tuple(data or ())


def _one(data: Any) -> list[Any]:
    return [] if data is None else [data]


def _records(kind: type[_T], data: Any, check: _Check, place: str) -> tuple[_T, ...]:
    check(isinstance(data, list | NoneType), place, "no list")
    for block in data or ():
        check.keys(block, set(kind.__dataclass_fields__), place)  # type: ignore[attr-defined]
        for key, value in block.items():
            wanted = bool if key.startswith("is_") else str
            check(isinstance(value, wanted), f"{place}/{key}", f"{value!r} is no {wanted.__name__}")
    try:
        return tuple(kind(**block) for block in data or ())
    except TypeError as error:
        check(False, place, str(error))
        raise
