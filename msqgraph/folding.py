"""Text without case and accents, with the way back to the characters it came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

_ARABIC_PREFIX = re.compile(r"(?:[وفبك]?ال|[وفب]?لل|[وفبكل])(?=..)")
_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
# as people write it: superscript digits are footnote marks
WRITTEN_WORD = re.compile(r"[^\W_\u00b2\u00b3\u00b9\u2070-\u2079]+")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    if unicodedata.combining(character) or character == "ـ":
        return ""
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("’", "'")


def plain(text: str) -> str:
    """The text without case and accents, digits of any script as ASCII.

    >>> plain("Información ٢٠١٩")
    'informacion 2019'
    """
    return text.lower() if text.isascii() else "".join(map(_fold_character, text))


def words_of(text: str) -> list[str]:
    """The folded words of a text, footnote marks apart.

    >>> words_of("b. [E-participation⁴](#):")
    ['b', 'e', 'participation']
    """
    return [plain(match.group()) for match in WRITTEN_WORD.finditer(text)]


def word_set(words: str) -> frozenset[str]:
    """The words of a table.

    >>> sorted(word_set("de la"))
    ['de', 'la']
    """
    return frozenset(words.split())


class Folded:
    """A folded text; ``at`` leads from a place in it to the place in the original.

    >>> folded = Folded("Decreto Nº 5")
    >>> folded.text, folded.at(len(folded.text))
    ('decreto no 5', 12)
    """

    def __init__(self, text: str) -> None:
        self.original = text
        self._offsets: list[int] | None = None
        if text.isascii():
            self.text = text.lower()
            return
        pieces, offsets = [], []
        for offset, character in enumerate(text):
            folded = _fold_character(character)
            pieces.append(folded)
            offsets += [offset] * len(folded)
        self.text, self._offsets = "".join(pieces), [*offsets, len(text)]

    def at(self, place: int) -> int:
        """The offset in the original of a place in the folded text."""
        return place if self._offsets is None else self._offsets[place]

    @cached_property
    def words(self) -> list[Word]:
        """The words, in order."""
        return [Word(m.group(), self.at(m.start()), self.at(m.end())) for m in _WORD.finditer(self.text)]

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            forms = {word.folded}
            if prefix := _ARABIC_PREFIX.match(word.folded):
                forms.add(word.folded[prefix.end() :])
            for form in forms:
                places.setdefault(form, []).append(index)
        return places

    def find(self, phrase: str) -> list[tuple[int, int]]:
        """Where a phrase stands as whole words, as stretches of the original.

        Words may be joined by blanks, a line break, hyphens or an apostrophe; Arabic words may carry article and
        conjunction; Chinese is searched as characters.

        >>> Folded("Compras\\nPúblicas y firma-digital").find("compras públicas")
        [(0, 16)]
        """
        folded = plain(phrase).strip()
        if _HAN.search(folded):
            return [(self.at(m.start()), self.at(m.end())) for m in re.finditer(re.escape(folded), self.text)]
        wanted = _WORD.findall(folded)
        if not wanted:
            return []
        first = wanted[0]
        prefix = _ARABIC_PREFIX.match(first)
        starts = self._by_word.get(first, []) or (self._by_word.get(first[prefix.end() :], []) if prefix else [])
        return [
            (self.words[index].start, self.words[index + len(wanted) - 1].end)
            for index in starts
            if self._stands_at(index, wanted)
        ]

    def _stands_at(self, index: int, wanted: list[str]) -> bool:
        words = self.words[index : index + len(wanted)]
        if len(words) < len(wanted) or any(
            word.folded != want for word, want in zip(words[1:], wanted[1:], strict=True)
        ):
            return False
        gaps = (self.original[a.end : b.start] for a, b in pairwise(words))
        return all(len(gap) < 6 and not gap.strip(" \t\r\n\u00a0\u00ad'’-‐‑–\u0640") for gap in gaps)


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word and the stretch of the original that it is."""

    folded: str
    start: int
    end: int
