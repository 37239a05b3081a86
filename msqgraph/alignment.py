"""Where the form's own wording stands in a document.

Both are compared as words without case, accents, punctuation and Markdown marks. Each piece of the form gets candidate
places (longest common subsequence within a window, so that a footnote or an answer in between does no harm), and the chain
of candidates in printed order with the most words in common wins. Words of the document that no piece of the form claims
are what people wrote.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from msqgraph.documents import Document

_WORD = re.compile(r"[^\W_\u00b2\u00b3\u00b9\u2070-\u2079]+")
_SHORT = 4  # wordings of up to so many words must match in full, at the beginning of a line
_COVERAGE = 0.75  # share of a longer wording's words that must be found
_FOOTNOTE_COVERAGE = 0.8


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the document, folded, with its characters' offsets; ``opens`` tells that it begins a line or follows a box."""

    folded: str
    start: int
    end: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Where a piece of the form was found: the words it claims, and from which to which word it reaches."""

    first: int
    end: int
    words: frozenset[int]
    score: float


def fold(text: str) -> str:
    """The text without case and accents, digits and letters in their plain form.

    >>> fold("Tecnologías ２０２０")
    'tecnologias 2020'
    """
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The folded words of a wording.

    >>> words_of("b. [E-participation⁴](#):")
    ['b', 'e', 'participation']
    """
    return [fold(match.group()) for match in _WORD.finditer(text)]


def words_in(document: Document) -> list[Word]:
    """All words of a document, in order."""
    words = []
    for block in document.blocks:
        edge = 0
        boxes = {offset for box in block.boxes for offset in range(box.start, box.end)}
        for match in _WORD.finditer(block.text):
            if match.start() in boxes:
                continue
            between = block.text[edge : match.start()]
            opens = edge == 0 or "\n" in between or any(offset in boxes for offset in range(edge, match.start()))
            words.append(Word(fold(match.group()), block.start + match.start(), block.start + match.end(), opens))
            edge = match.end()
    return words


def find_footnote(wording: str, words: list[Word], taken: set[int]) -> Match | None:
    """The best place of a wording that may stand anywhere, beginning a line."""
    found = [m for m in _candidates(words_of(wording), "", words, 0, len(words), taken, set()) if words[m.first].opens]
    best = max(found, key=lambda m: m.score, default=None)
    return best if best and len(best.words) >= _FOOTNOTE_COVERAGE * len(words_of(wording)) else None


def chain(
    pieces: list[tuple[str, str]], words: list[Word], low: int, high: int, taken: set[int]
) -> list[Match | None]:
    """For each piece (wording, marker) its place among the words from ``low`` to ``high``, in order; None if not found."""
    choices: list[list[Match]] = []
    ends: set[int] = set()
    for wording, marker in pieces:
        choices.append(_candidates(words_of(wording), marker, words, low, high, taken, ends))
        ends |= {match.end for match in choices[-1]}
    # the chain of non-overlapping matches in order whose scores sum highest
    best: list[tuple[float, int, int, tuple[int, int] | None]] = []  # score, end, piece, predecessor's key
    table: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {}
    for number, options in enumerate(choices):
        additions = []
        for index, match in enumerate(options):
            before = max((entry for entry in best if entry[1] <= match.first), key=lambda e: e[0], default=None)
            score = match.score + (before[0] if before else 0.0)
            table[number, index] = (score, (before[2], before[3][1]) if before and before[3] else None)
            additions.append((score, match.end, number, (number, index)))
        best += additions
    result: list[Match | None] = [None] * len(pieces)
    last = max(best, key=lambda entry: entry[0], default=None)
    key = last[3] if last else None
    while key is not None:
        result[key[0]] = choices[key[0]][key[1]]
        key = table[key][1]
    return result


def _candidates(
    wording: list[str], marker: str, words: list[Word], low: int, high: int, taken: set[int], ends: set[int]
) -> list[Match]:
    count = len(wording)
    if not count:
        return []
    mark = words_of(marker)
    short = count <= _SHORT
    starts = set()
    for index in range(low, high):
        if index not in taken and words[index].folded in wording[:3]:
            starts.add(max(low, index - wording.index(words[index].folded)))
    found: dict[tuple[int, int], Match] = {}
    for start in sorted(starts):
        free = [index for index in range(start, min(high, start + count * 2 + 40)) if index not in taken]
        window = free[: count if short else count + count // 3 + 8]
        folded = [words[index].folded for index in window]
        if LCSseq.similarity(wording, folded) < (count if short else _COVERAGE * count):
            continue
        matched: list[int] = []
        for block in LCSseq.opcodes(wording, folded):
            if block.tag == "equal":
                matched += window[block.dest_start : block.dest_end]
        first, end = matched[0], matched[-1] + 1
        marked = _marked(mark, words, first, low)
        opens = words[first].opens or bool(marked and words[marked[0]].opens) or first in ends
        if short and not opens:
            continue
        # ties go to the tighter match, the marked one, the one that opens a line
        score = len(matched) * len(matched) / count - 0.01 * (end - first - len(matched)) + 2 * len(marked) + 0.5 * opens
        match = Match(marked[0] if marked else first, end, frozenset(matched) | set(marked), score)
        if (match.first, match.end) not in found or found[match.first, match.end].score < score:
            found[match.first, match.end] = match
    return list(found.values())


def _marked(mark: list[str], words: list[Word], first: int, low: int) -> list[int]:
    before = list(range(first - len(mark), first))
    return before if mark and before[0] >= low and [words[i].folded for i in before] == mark else []
