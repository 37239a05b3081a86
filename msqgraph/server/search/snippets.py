"""The words around what was found, in their original spelling."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msqgraph.server.content.hits import Piece, Snippet
from msqgraph.server.content.texts import Text
from msqgraph.server.search.words import Phrase, Token, tokens

CHARACTERS = 220
"""About the length of a snippet."""

_LEAD = 60  # characters before the first match
_GAP = "…"


def snippet(text: Text, wanted: Iterable[Phrase]) -> Snippet:
    """The part of a text with the most of what is wanted, matches apart; cut off at words, with an ellipsis.

    >>> from msqgraph.server.search.words import phrases
    >>> [(piece.value, piece.is_match) for piece in snippet(Text("La Salud pública", "es"), phrases("salud")).pieces]
    [('La ', False), ('Salud', True), (' pública', False)]
    """
    words = tokens(text.value)
    matches = _matches(words, list(wanted))
    first, last = _window(text.value, words, matches)
    pieces: list[Piece] = []
    at = first
    for start, end in matches:
        if start < at or end > last:
            continue
        if start > at:
            pieces.append(Piece(text.value[at:start]))
        pieces.append(Piece(text.value[start:end], is_match=True))
        at = end
    if at < last:
        pieces.append(Piece(text.value[at:last]))
    if first:
        pieces.insert(0, Piece(_GAP))
    if last < len(text.value):
        pieces.append(Piece(_GAP))
    return Snippet(tuple(pieces), text.language)


def _matches(words: Sequence[Token], wanted: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Where wanted phrases stand, as stretches that do not overlap, in order."""
    places: dict[str, list[int]] = {}
    for index, word in enumerate(words):
        places.setdefault(word.folded, []).append(index)
    found = []
    for phrase in wanted:
        head = phrase.words[0]
        if len(phrase.words) == 1 and phrase.is_prefix:
            starts = [index for index, word in enumerate(words) if word.folded.startswith(head)]
        else:
            starts = places.get(head, [])
        for index in starts:
            stretch = words[index : index + len(phrase.words)]
            if _is(stretch, phrase):
                found.append((stretch[0].start, stretch[-1].end))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if end > start and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return kept


def _is(stretch: Sequence[Token], phrase: Phrase) -> bool:
    if len(stretch) < len(phrase.words):
        return False
    *whole, last = (token.folded for token in stretch)
    fits = last.startswith(phrase.words[-1]) if phrase.is_prefix else last == phrase.words[-1]
    return fits and tuple(whole) == phrase.words[:-1]


def _window(text: str, words: Sequence[Token], matches: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Beginning and end of the part that is shown: at words, around the match with the most others behind it."""
    if len(text) <= CHARACTERS:
        return 0, len(text)
    starts = [start for start, _ in matches]
    behind = [bisect_left(starts, start + CHARACTERS - _LEAD) - index for index, start in enumerate(starts)]
    best = matches[behind.index(max(behind))] if matches else (0, 0)
    target = max(0, best[0] - _LEAD)
    first = next((word.start for word in words if word.start >= target), target) if target else 0
    last = max((word.end for word in words if word.end <= first + CHARACTERS), default=first + CHARACTERS)
    last = max(last, best[1])
    return min(first, best[0]), len(text) if last >= len(text) - 1 else last
