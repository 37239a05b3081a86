"""The form laid over a document: where its parts stand, which words are its own, and which are left over."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from msqgraph.alignment import Match, as_recognised, chain, find_footnote, is_long, words_in
from msqgraph.documents import Box, Document
from msqgraph.questionnaire import Part, Questionnaire

# what the form's last word is followed by on its line: a footnote's mark, the end of a link, closing punctuation
_TAIL = re.compile(r"(?:\[\^?\d{1,2}\]|\]\([^)\s]*\)|[\u00b2\u00b3\u00b9\u2070-\u2079\])\\*_:.;,?!|–—-])*(?=\s|$)")
_EDGE = re.compile(r"(?:[\s|]|>(?=\s))*")  # a table's cell, a quoted paragraph
# between a box and its option, or a line's beginning and either: blanks, list marks, emphasis, one edge of a cell
_MARK = r"[^\S\n]|[-–—•·*+_<>\[(\\]"
_LEAD = re.compile(rf"(?:{_MARK})*(?:\|(?:{_MARK})*)?")
# between an option and the box behind it
_TRAIL = re.compile(
    r"(?:\[\^?\d{1,2}\]|\]\([^)\s]*\)|[^\S\n]|[\u00b2\u00b3\u00b9\u2070-\u2079.:;?)\]*_>\\…–—-])*(?:\|[^\S\n]*)?"
)
_LINE_END = re.compile(r"(?:[^\S\n]|[.,;*_])*(?:\|[^\S\n]*)?")
_HEAD = re.compile(r"[\s|*_\[(<–—-]+$")


@dataclass(frozen=True, slots=True)
class OwnBox:
    """The box directly beside an option; ``at_edge``: it begins its line (before), or ends it (behind)."""

    box: Box
    at_edge: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that people wrote: its characters' offsets, its first word, its text as it stands."""

    start: int
    end: int
    first: int
    text: str


class Placement:
    """One document read with one edition's form.

    ``regions`` holds, for every question that was found, its words from the first of its wording to the next part of
    the form; ``matches`` the place of each part that has a wording; ``claimed`` all words that are the form's own;
    ``labels`` the words of labelled lines, which stay in the answers; ``before_missing`` the questions after which one
    was not found, so that its answer may stand in theirs.
    """

    def __init__(self, document: Document, form: Questionnaire) -> None:
        self.document, self.form = document, form
        self.words = words_in(document)
        self.boxes = [(b.start + box.start, b.start + box.end, box) for b in document.blocks for box in b.boxes]
        self._box_starts = [start for start, _, _ in self.boxes]
        self.matches: dict[str, Match] = {}
        self.regions: dict[str, range] = {}
        self.claimed: set[int] = set()
        self.labels: set[int] = set()
        self.before_missing: set[str] = set()
        for note in sorted(form.footnotes, key=lambda note: -len(note.wording)):
            if match := find_footnote(*self._printed(note), self.words, self.claimed):
                self.matches[note.path] = match
                self.claimed |= match.words
        self._place_questions()
        for question in form.questions():
            self._place_parts(question)

    @property
    def questions_found(self) -> int:
        """How many questions were found whose wording is long enough to be no coincidence."""
        return sum(is_long(question.wording) for question in self.form.questions() if question.path in self.regions)

    def unclaimed(self, path: str) -> list[int]:
        """The words in a question's region that are not the form's own."""
        return [index for index in self.regions[path] if index not in self.claimed]

    def unowned(self) -> list[int]:
        """The words that are neither the form's own nor in the region of a question that takes words."""
        takers = [q.path for q in self.form.questions() if q.answer_kind != "consent" and q.path in self.regions]
        owned = {index for path in takers for index in self.regions[path]}
        return [index for index in range(len(self.words)) if index not in self.claimed and index not in owned]

    def gaps(self, indices: Iterable[int]) -> list[Gap]:
        """The stretches that these words (in order) make up, with the punctuation that belongs to them."""
        runs: list[list[int]] = []
        for index in indices:
            if runs and runs[-1][-1] == index - 1:
                runs[-1].append(index)
            else:
                runs.append([index])
        return [self._gap(run[0], run[-1] + 1) for run in runs]

    def boxes_between(self, low: int, high: int) -> list[tuple[int, int, Box]]:
        """The boxes from character ``low`` to ``high``."""
        return self.boxes[bisect_left(self._box_starts, low) : bisect_left(self._box_starts, high)]

    def box_before(self, match: Match, heading: Match | None) -> OwnBox | None:
        """The one box directly before a part; the end of the ``heading``'s wording is as good as a line's beginning."""
        before, begins = match.first - 1, self.words[match.first].start
        boxes = self.boxes_between(self.words[before].end if before >= 0 else 0, begins)
        if not boxes or not _LEAD.fullmatch(self.document.text, boxes[-1][1], begins):
            return None
        at = boxes[-1][0]
        if before in match.words:  # "1. ☐ Robotics"
            at, before = self.words[before].start, before - 1
        what, end = self._thing_before(at, before, heading)
        return OwnBox(boxes[-1][2], what == "line" and self._is_clear(end, at)) if what != "box" else None

    def box_after(self, match: Match) -> OwnBox | None:
        """The one box directly behind a part, on the line where it ends."""
        text, ends = self.document.text, self.words[match.end - 1].end
        line = text.find("\n", ends)
        following = self.words[match.end].start if match.end < len(self.words) else len(text)
        stop = min(following, len(text) if line < 0 else line)
        boxes = self.boxes_between(ends, stop)
        if len(boxes) != 1 or not _TRAIL.fullmatch(text, ends, boxes[0][0]):
            return None
        return OwnBox(boxes[0][2], stop < following and _LINE_END.fullmatch(text, boxes[0][1], stop) is not None)

    def begins_clearly(self, match: Match, heading: Match | None) -> bool:
        """Whether nothing but marks stands before a part, back to a box or the beginning of its line."""
        begins = self.words[match.first].start
        what, end = self._thing_before(begins, match.first - 1, heading)
        return what != "word" and self._is_clear(end, begins)

    def _thing_before(self, at: int, before: int, heading: Match | None) -> tuple[str, int]:
        """What stands before ``at`` on its line (a box, the word ``before``, or nothing: "line"), and where it ends."""
        line = self.document.text.rfind("\n", 0, at) + 1
        word = self.words[before].end if before >= 0 else 0
        box = next((end for _, end, _ in reversed(self.boxes_between(max(line, word), at))), None)
        if box is not None:
            return "box", box
        if word <= line:
            return "line", line
        is_heading = heading is not None and before == heading.end - 1
        tail = _TRAIL.match(self.document.text, word, at) if is_heading else None
        return ("line", tail.end()) if tail else ("word", word)

    def _is_clear(self, low: int, high: int) -> bool:
        return _LEAD.fullmatch(self.document.text, low, high) is not None

    def char_range(self, region: range) -> tuple[int, int]:
        """From the end of the word before a region to the beginning of the word after it, in characters."""
        low = self.words[region.start - 1].end if region.start else 0
        high = self.words[region.stop].start if region.stop < len(self.words) else len(self.document.text)
        return low, high

    def _place_questions(self) -> None:
        parts = list(_flat(self.form.parts))
        pieces = [self._printed(part) for part in parts]
        matches = chain(pieces, self.words, range(len(self.words)), self.claimed)
        firsts = [match.first if match else None for match in matches]
        for index, (part, match) in enumerate(zip(parts, matches, strict=True)):
            if match:
                self.matches[part.path] = match
                self.claimed |= match.words
            elif index and not part.wording and (heading := matches[index - 1]):
                firsts[index] = heading.end  # a question without a wording stands below its section's heading
        for index, (part, first) in enumerate(zip(parts, firsts, strict=True)):
            if first is None or part.kind != "Question" or part.answer_kind == "group":
                continue
            following = next((i for i in range(index + 1, len(parts)) if firsts[i] is not None), len(parts))
            end = firsts[following] if following < len(parts) else None
            self.regions[part.path] = range(first, len(self.words) if end is None else end)
            if any(missing.kind == "Question" for missing in parts[index + 1 : following]):
                self.before_missing.add(part.path)

    def _printed(self, part: Part) -> tuple[str, str]:
        """Wording and marker of a part as the document's words can be compared with them."""
        return as_recognised(part.wording, self.document), as_recognised(part.marker, self.document)

    def _place_parts(self, question: Part) -> None:
        region = self.regions.get(question.path)
        if region is None or not question.parts:
            return
        own = self.matches.get(question.path)
        inner = range(own.end if own else region.start, region.stop)
        parts = [part for part in question.parts if part.wording]
        found = chain([self._printed(part) for part in parts], self.words, inner, self.claimed, is_list=True)
        is_lone = any(p.affirms is not None and not m for p, m in zip(parts, found, strict=True))
        if is_lone and not any(self.box_before(m, own) or self.box_after(m) for m in found if m):
            return  # a lone "Yes" without a box is what was answered, not what was printed
        for part, match in zip(parts, found, strict=True):
            if match and part.kind == "Field":
                self.labels |= match.words
            elif match:
                self.matches[part.path] = match
                self.claimed |= match.words

    def _gap(self, first: int, stop: int) -> Gap:
        text = self.document.text
        low, high = self.char_range(range(first, stop))
        begins, ends = self.words[first].start, self.words[stop - 1].end
        line = text.rfind("\n", low, begins)
        if line >= 0:
            low = line + 1
        elif first:
            boxes = [end for _, end, _ in self.boxes_between(low, begins)]
            tail = _TAIL.match(text, low, begins)
            low = max([tail.end() if tail else low, *boxes])
        if stop < len(self.words):
            line = text.find("\n", ends, high)
            if line >= 0:
                high = line
            else:
                high = min([high, *(start for start, _, _ in self.boxes_between(ends, high))])
                high = ends + len(_HEAD.sub("", text[ends:high]))
        edge = _EDGE.match(text, low, high)
        start = edge.end() if edge else low
        end = start + len(text[start:high].rstrip("| \t\n\f"))
        return Gap(start, end, first, text[start:end])


def _flat(parts: list[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        if part.kind == "Section" or part.answer_kind == "group":
            yield from _flat(part.parts)
