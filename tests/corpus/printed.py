"""What is on paper: the whole form of an edition with a respondent's marks and words, in printed order.

Renderers only give it a shape. Footnotes stand where the form's pages end, amid the answers, except for renderers that
know real footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from msqgraph.questionnaire import Part, load_questionnaire
from tests.corpus.transcripts import GoldAnswer, Transcript

State = Literal["ticked", "empty", "lost"]
Kind = Literal["title", "text", "respondent", "consent", "section", "question", "note", "closing"]
# where the form of 2020 refers to its footnotes: the part, and the word behind which the mark stands
_MARKS = {
    ("introduction", "UNDESA"): 1,
    ("1", "e-government"): 2,
    ("2a", "E-services"): 3,
    ("2b", "E-participation"): 4,
    ("4", "(CIO)"): 5,
    ("8/leave-no-one-behind", "vulnerable groups"): 6,
    ("8/new-technologies", "new technologies"): 7,
    ("9/government-expenditure", "government expenditure"): 8,
    ("16", "government body"): 9,
    ("17", "population"): 10,
    ("section-9", "Cooperation"): 11,
}
# the last question on a page, and the footnotes below it
_PAGE_ENDS = {"2e": (1, 2, 3, 4), "5g": (5,), "8": (6, 7), "9": (8,), "19": (9, 10), "contact": (11,)}
_ON_ONE_LINE = ("10", "12", "15")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
PLACEHOLDER = "Click or tap here to enter text."


@dataclass(frozen=True, slots=True)
class Wording:
    """Printed words; ``note`` is the footnote referred to, its mark standing at ``note_at``."""

    text: str
    note: int | None = None
    note_at: int = 0

    def pieces(self) -> tuple[str, int | None, str]:
        """The words before the mark, the footnote's number, the words behind it."""
        return (
            (self.text, None, "")
            if self.note is None
            else (self.text[: self.note_at], self.note, self.text[self.note_at :])
        )

    def marked(self, template: str = "") -> str:
        """The words with the mark as a superscript, or as the template has it ("[^{}]")."""
        before, note, after = self.pieces()
        if note is None:
            return before
        return before + (template.format(note) if template else str(note).translate(SUPERSCRIPTS)) + after


@dataclass(frozen=True, slots=True)
class Choice:
    """A box with its words; ``is_exclusive``: of its question's boxes only one is meant to be ticked (yes or no)."""

    question: str
    slug: str
    wording: Wording
    state: State
    is_exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the printed form with what was answered there.

    ``labels``: labelled lines with their values; ``explain``: what is printed between the boxes and the answer.
    """

    kind: Kind
    path: str
    wording: Wording
    marker: str = ""
    level: int = 0
    is_answered_here: bool = False
    choices: tuple[Choice, ...] = ()
    on_one_line: bool = False
    labels: tuple[tuple[str, str], ...] = ()
    explain: str = ""
    answer: str = ""
    links: dict[str, str] = field(default_factory=dict)

    @property
    def numbered(self) -> str:
        """The marker as printed before the wording: "1. ", or nothing."""
        return f"{self.marker}. " if self.marker else ""

    @property
    def lines(self) -> list[str]:
        """The answer's lines; what stands in labelled lines is not among them."""
        return self.answer.split("\n") if self.answer else []


def printed(transcript: Transcript, until: str | None = None) -> list[Piece]:
    """The pieces of the form in printed order, footnotes where pages end.

    :param until: the last question wanted (for pictures of the first pages).
    """
    form = load_questionnaire(transcript.edition)
    notes = {int(note.marker): note for note in form.footnotes}
    pieces = []
    for piece in _pieces(form.parts, transcript, 0):
        pieces.append(piece)
        pieces += [
            Piece("note", notes[number].path, Wording(notes[number].wording), notes[number].marker)
            for number in _PAGE_ENDS.get(piece.path, ())
        ]
        if piece.path == until:
            break
    return pieces


def _pieces(parts: list[Part], transcript: Transcript, level: int) -> Iterator[Piece]:
    for part in parts:
        if part.kind == "FormText":
            kind: Kind = "closing" if part.path == "thanks" else "title" if part.path == "title" else "text"
            yield Piece(kind, part.path, _wording(part))
        elif part.kind == "Section":
            yield Piece("section", part.path, _wording(part), part.marker)
            yield from _pieces(part.parts, transcript, 0)
        elif part.answer_kind == "group":
            yield Piece("question", part.path, _wording(part), part.marker)
            yield from _pieces(part.parts, transcript, 1)
        else:
            if part.answer_kind == "consent":
                yield Piece("respondent", "respondent", Wording(transcript.country), answer=transcript.date or "")
            yield _question(part, transcript.answers.get(part.path, GoldAnswer()), level)


def _question(part: Part, gold: GoldAnswer, level: int) -> Piece:
    labels, rest = _labelled(part, gold.text)
    return Piece(
        kind="consent" if part.answer_kind == "consent" else "question",
        path=part.path,
        wording=_wording(part),
        marker=part.marker,
        level=level,
        is_answered_here=part.answer_kind != "consent",
        choices=tuple(
            Choice(part.path, slug, _wording(option), _state(slug, gold), {"yes", "no"} == set(part.option_slugs))
            for slug, option in zip(part.option_slugs, part.options, strict=True)
        ),
        on_one_line=part.path in _ON_ONE_LINE,
        labels=labels,
        explain=next((inner.wording for inner in part.parts if inner.kind == "FormText"), ""),
        answer=rest,
        links=gold.links,
    )


def _labelled(part: Part, text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The form's labelled lines with their values, and the rest of the text; labels in other words are the rest's."""
    if not part.fields:
        return (), text
    lines = text.split("\n") if text else []
    values: dict[str, str] = {}
    rest: list[str] = []
    for line in lines:
        label, colon, value = line.partition(":")
        known = next((f.wording for f in part.fields if f.wording.casefold() == label.strip().casefold()), None)
        if colon and known and known not in values and not rest:
            values[known] = value.strip()
        else:
            rest.append(line)
    if lines and not values:
        return (), text
    return tuple((f.wording, values.get(f.wording, "")) for f in part.fields), "\n".join(rest)


def _state(slug: str, gold: GoldAnswer) -> State:
    return "ticked" if slug in gold.ticked else "lost" if slug in gold.lost else "empty"


def _wording(part: Part) -> Wording:
    for (path, word), number in _MARKS.items():
        if path == part.path:
            return Wording(part.wording, number, part.wording.index(word) + len(word))
    return Wording(part.wording)


def stretches(line: str, links: dict[str, str]) -> list[tuple[str, str | None]]:
    """A line cut into stretches, each with the address that opens when it is clicked on.

    >>> stretches("See the Agenda.", {"Agenda": "https://a.example/"})
    [('See the ', None), ('Agenda', 'https://a.example/'), ('.', None)]
    """
    shown = [text for text in sorted(links, key=len, reverse=True) if text in line]
    if not shown:
        return [(line, None)] if line else []
    cut = re.split("(" + "|".join(map(re.escape, shown)) + ")", line)
    return [(text, links.get(text)) for text in cut if text]
