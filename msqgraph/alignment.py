"""Where the form's own wording stands in a document.

Both are compared as words without case, accents, punctuation and Markdown marks. Each piece of the form gets candidate
places (longest common subsequence within a window, so that a footnote or an answer in between does no harm), and the
chain of candidates in printed order with the most words in common wins. Words of the document that no piece of the form
claims are what people wrote.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from msqgraph.documents import Document
from msqgraph.folding import WRITTEN_WORD, plain, words_of

_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_])\d{1,2}$")  # a footnote's mark that lost its superscript: "portal2"
_NOTE_LINK = re.compile(r"(?:\[\^|(?<=[^\W\d_])\[)\Z")  # a footnote's mark: "portal[^2]" in Markdown, "portal[2]"
_LIST_NUMBER = re.compile(r"\d{1,2}|[a-z]|[ivx]{2,5}")
_ALIKE = str.maketrans("lI1|0", "iiiio")  # what OCR takes for one another, in lower or upper case
_SHORT = 4  # wordings of up to so many words must match in full, at the beginning of a line
_COVERAGE = 0.75  # share of a longer wording's words that must be found
_FOOTNOTE_COVERAGE = 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the document, folded, with its characters' offsets and its line.

    ``opens``: it begins a line or follows a box; ``closed``: it is followed like a list number.
    """

    folded: str
    start: int
    end: int
    opens: bool
    line: int
    closed: bool

    @property
    def is_list_number(self) -> bool:
        """Whether it may count the items of a list: "3.", "b)", "(iv)"."""
        return self.closed and _LIST_NUMBER.fullmatch(self.folded) is not None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a piece of the form was found: the words it claims, and from which to which word it reaches."""

    first: int
    end: int
    words: frozenset[int]
    score: float


def as_recognised(text: str, document: Document) -> str:
    """A wording as it can be compared with the words of a document: where OCR read one, without what it mixes up.

    >>> from msqgraph.documents import Block
    >>> as_recognised("LinkedIn", Document("x.png", "0" * 64, "image/png", [Block("Linkedln", 0, is_recognised=True)]))
    'Linkedin'
    """
    return text.translate(_ALIKE) if document.is_recognised else text


def words_in(document: Document) -> list[Word]:
    """All words of a document, in order; boxes (``[x]``) and footnote links (``[^2]``) are none."""
    words = []
    line = 0
    for block in document.blocks:
        edge = 0
        line += 1
        boxes = {offset for box in block.boxes for offset in range(box.start, box.end)}
        for match in WRITTEN_WORD.finditer(block.text):
            if match.start() in boxes or _is_note_link(block.text, match):
                continue
            between = range(edge, match.start())
            breaks = block.text.count("\n", edge, match.start())
            line += breaks
            opens = edge == 0 or breaks > 0 or not boxes.isdisjoint(between)
            folded = plain(as_recognised(_NOTE_NUMBER.sub("", match.group()), document))
            closed = block.text.startswith((".", ")", "）", "、", "\\.", "\\)"), match.end())
            words.append(Word(folded, block.start + match.start(), block.start + match.end(), opens, line, closed))
            edge = match.end()
    return words


def _is_note_link(text: str, word: re.Match[str]) -> bool:
    before = text[max(0, word.start() - 3) : word.start()]
    return bool(_NOTE_LINK.search(before)) and text.startswith("]", word.end()) and len(word.group()) <= 2


def is_long(wording: str) -> bool:
    """Whether a wording has words enough to be recognised by itself."""
    return len(words_of(wording)) > _SHORT


def find_footnote(wording: str, marker: str, words: list[Word], taken: set[int]) -> Match | None:
    """The best place of a wording that may stand anywhere, beginning a line; a marker stands on that line.

    What stands on the line before may be the end of an answer, though it be the footnote's number.
    """
    found = _candidates(wording, marker, words, range(len(words)), taken, set(), on_its_line=True)
    best = max((m for m in found if words[m.first].opens), key=lambda m: m.score, default=None)
    return best if best and len(best.words) >= _FOOTNOTE_COVERAGE * len(words_of(wording)) else None


def chain(
    pieces: list[tuple[str, str]], words: list[Word], region: range, taken: set[int], is_list: bool = False
) -> list[Match | None]:
    """For each piece (wording, marker) its place among the words of ``region``, in order; None where it is not found.

    Of all series of places that follow each other without overlap, the one whose scores sum highest. ``is_list``: the
    first may stand where the region begins, amid a line, and a converter may have put a list number before each.
    """
    steps: list[tuple[float, int, Match, int | None]] = []  # sum of scores, piece, place, the step before
    ends = {region.start} if is_list else set()
    for number, (wording, marker) in enumerate(pieces):
        earlier = len(steps)
        for match in _candidates(wording, marker, words, region, taken, ends, numbered=is_list):
            before = max(
                (i for i in range(earlier) if steps[i][2].end <= match.first), key=lambda i: steps[i][0], default=None
            )
            steps.append((match.score + (steps[before][0] if before is not None else 0), number, match, before))
        ends |= {step[2].end for step in steps[earlier:]}
    result: list[Match | None] = [None] * len(pieces)
    at = max(range(len(steps)), key=lambda i: steps[i][0], default=None)
    while at is not None:
        _, number, result[number], at = steps[at]
    return result


def _candidates(
    wording_text: str,
    marker: str,
    words: list[Word],
    region: range,
    taken: set[int],
    ends: set[int],
    *,
    on_its_line: bool = False,
    numbered: bool = False,
) -> list[Match]:
    wording, mark = words_of(wording_text), words_of(marker)
    count = len(wording)
    short = count <= _SHORT
    starts = {
        max(region.start, index - wording.index(words[index].folded))
        for index in region
        if index not in taken and words[index].folded in wording[:3]
    }
    found: dict[tuple[int, int], Match] = {}
    for start in sorted(starts):
        free = [index for index in range(start, min(region.stop, start + count * 2 + 40)) if index not in taken]
        matched = _common(wording, free[: count if short else count + count // 3 + 8], words)
        if len(matched) < (count if short else _COVERAGE * count):
            continue
        first, end = matched[0], matched[-1] + 1
        marked = _marked(mark, words, first, region.start, on_its_line)
        if numbered and not marked:
            marked = _list_number(words, first, region.start, ends)
        opens = words[first].opens or bool(marked and words[marked[0]].opens) or not ends.isdisjoint((first, *marked))
        if short and not opens:
            continue
        # ties go to the tighter match, the marked one, the one that opens a line
        score = len(matched) ** 2 / count - 0.01 * (end - first - len(matched)) + 2 * len(marked) + 0.5 * opens
        claimed = _with_same_line(matched, words) - taken
        # "1. ☐ Robotics" begins behind its box, "☐ 1. Robotics" with its number
        begin = marked[0] if marked and not (numbered and words[first].opens) else first
        match = Match(begin, end, frozenset(claimed | set(marked)), score)
        if (match.first, match.end) not in found or found[match.first, match.end].score < score:
            found[match.first, match.end] = match
    return list(found.values())


def _common(wording: list[str], window: list[int], words: list[Word]) -> list[int]:
    """The words of the window that make up the longest part of the wording and end soonest."""
    folded = [words[index].folded for index in window]
    most = LCSseq.similarity(wording, folded)
    shortest = bisect_left(range(len(folded)), most, key=lambda n: LCSseq.similarity(wording, folded[:n]))
    matched: list[int] = []
    for block in LCSseq.opcodes(wording, folded[:shortest]):
        if block.tag == "equal":
            matched += window[block.dest_start : block.dest_end]
    # a word further down, amid a line, belongs to an answer that repeats the question's words
    while len(matched) > 1 and matched[-1] - matched[-2] > 1 and not words[matched[-1]].opens:
        between = window[window.index(matched[-2]) + 1 : window.index(matched[-1])]
        if not any(words[index].opens for index in between):
            break
        matched.pop()
    return matched


def _with_same_line(matched: list[int], words: list[Word]) -> set[int]:
    """The matched words and those amid them on the same line: the form's wording, changed or misspelt."""
    claimed = set(matched)
    for before, after in pairwise(matched):
        if not any(words[index].opens for index in range(before + 1, after + 1)):
            claimed |= set(range(before + 1, after))
    return claimed


def _marked(mark: list[str], words: list[Word], first: int, low: int, on_its_line: bool) -> list[int]:
    """The marker's words before the word ``first``: on its line, or alone on a line before it."""
    before = list(range(first - len(mark), first))
    if not mark or before[0] < low or [words[i].folded for i in before] != mark:
        return []
    if words[before[0]].line == words[first].line:
        return before
    # a bare number is rather the answer above, whose question's own number was lost
    alone = words[before[0]].opens and (words[before[-1]].closed or not mark[-1].isdigit())
    return before if alone and not on_its_line else []


def _list_number(words: list[Word], first: int, low: int, ends: set[int]) -> list[int]:
    """A list number before the word ``first``, on its line, which it begins unless another item ends before it."""
    number = first - 1
    if number < low or not words[number].is_list_number or words[number].line != words[first].line:
        return []
    return [number] if words[number].opens or number in ends else []
