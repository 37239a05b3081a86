"""Where a text names a person: in any case, accent, order and script of the name, with initials, in slugs.

A name is told by two of its words or more that stand together (or by its only word): a single one is anyone's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from msqgraph.folding import plain
from msqgraph.name_spellings import (
    SOFT_HYPHEN,
    UNCOUNTED,
    WORD,
    folded_word,
    mended,
    naming_joined,
    unescaped,
    without_umlauts,
    words_in,
)
from msqgraph.name_spellings import latin as latin

Span = tuple[int, int]

MARKER = "[withheld]"

_TOGETHER = re.compile(r"[^\n]{0,12}|[^\n]{0,2}\n[^\n]{0,2}")
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_JOINTS = frozenset("-_/.")  # of a slug
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ENDINGS = (  # of names in Russian, by case
    "а я у ю е и ы о ь й ой ей ий ый ом ем ым им ою ею его ого ему ому ая яя ую юю ые ие ых их ыми ими ия ии ию ией "
    "ья ьи ью ье ьей ам ям ами ями ах ях"
)


def folded_words(text: str) -> list[str]:
    """The words of a name without case and accents, as names are compared.

    >>> folded_words("QUIÑONEZ, José")
    ['quinonez', 'jose']
    """
    return [word for _, _, word in words_in(text)]


def naming(text: str, person: str) -> Iterator[Span]:
    """The stretches of a text that name a person.

    >>> text = "firmado: PAZ GÓMEZ, A. (www.x.py/ana-paz)"
    >>> [text[start:end] for start, end in naming(text, "Ana Paz Gómez")]
    ['PAZ GÓMEZ, A', 'ana-paz']
    """
    text = unescaped(text)
    name = _name(person)
    yield from _runs(text, mended(text, words_in(text), name.spellings), name)
    if UNSPACED.search(person):
        for written in sorted({"".join(person.split()), latin(person).replace("-", "")}):
            letters = rf"[\s{SOFT_HYPHEN}·・-]*".join(map(re.escape, written))
            # two syllables may be the end of another word; more are a name, whatever particle follows
            if _HANGUL.match(written) and len(written) < 3:
                letters = rf"(?<![\uac00-\ud7a3]){letters}"
            yield from (match.span() for match in re.finditer(letters, text))


def standing_whole(text: str, name: tuple[str, ...]) -> Iterator[Span]:
    """The stretches where just these folded words follow each other.

    >>> list(standing_whole("de Ana Paz", ("ana", "paz")))
    [(3, 10)]
    """
    words = words_in(text) if name else []
    for i in range(len(words) - len(name) + 1 if name else 0):
        if tuple(word for _, _, word in words[i : i + len(name)]) == name:
            yield words[i][0], words[i + len(name) - 1][1]


def naming_any(text: str, people: Iterable[str]) -> Iterator[Span]:
    """The stretches that name one of these people, with blanks or without.

    >>> list(naming_any("Ana Pazos, @anapazos", ["Ana Pazos"]))
    [(0, 9), (12, 20)]
    """
    for person in people:
        yield from (*naming(text, person), *naming_joined(text, person))


def hidden(text: str, people: Iterable[str]) -> str:
    """A text with ``MARKER`` for the names of people.

    >>> hidden("2020/ana-paz/PRY.md", ["Ana Paz"])
    '2020/[withheld]/PRY.md'
    """
    return with_marker(text, merged(naming_any(text, people)))


def with_marker(text: str, spans: list[Span]) -> str:
    """A text with ``MARKER`` for stretches that are in order and do not touch.

    >>> with_marker("por Ana Paz.", [(4, 11)])
    'por [withheld].'
    """
    for start, end in reversed(spans):
        text = text[:start] + MARKER + text[end:]
    return text


def merged(spans: Iterable[Span]) -> list[Span]:
    """Stretches in order, those that overlap or touch as one.

    >>> merged([(4, 6), (0, 2), (2, 3)])
    [(0, 3), (4, 6)]
    """
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@lru_cache(maxsize=256)
def _name(person: str) -> _Name:
    return _Name(person)


class _Name:
    """A person's name by its words, as each may be spelled: folded, in Latin letters as in slugs, in another case."""

    def __init__(self, name: str) -> None:
        self.is_russian = bool(_CYRILLIC.search(name))
        self.spellings: dict[str, str] = {}
        self.initials: set[str] = set()
        words_of_name = folded_words(name)
        for match in WORD.finditer(name):
            word, spelled = folded_word(match.group()), latin(match.group())
            if word in UNCOUNTED or not word:
                continue
            self.initials |= {word[0], spelled[:1]} - {""}
            if len(word) > 1:
                self.spellings |= {
                    part: word for part in (*spelled.split("-"), spelled.replace("-", "")) if len(part) > 1
                }
                self.spellings |= dict.fromkeys((word, without_umlauts(match.group())), word)
                if _CYRILLIC.search(word) and (short := re.sub("е(?=[лц]$)", "", word)):  # Павел, Павла
                    self.spellings |= dict.fromkeys((short, latin(short)), word)
        counted = [word for word in words_of_name if word in self.spellings and not word.isascii()]
        for one, other in pairwise(counted):  # عبد الله and عبدالله: as one word it counts as one
            self.spellings.setdefault(one + other, one)

    def word(self, text: str, start: int, end: int, folded: str) -> str | None:
        """Which word of the name a word of a text is."""
        written = text[start:end]
        folds = (folded, latin(written)) if _CYRILLIC.search(written) else (folded,)
        if not written.isascii():
            folds = (*folds, without_umlauts(written))
        if exact := next((self.spellings[fold] for fold in folds if fold in self.spellings), None):
            return exact
        if not (self.is_russian or _CYRILLIC.search(written)) or not (
            written[0].isupper() or {text[start - 1 : start], text[end : end + 1]} & _JOINTS
        ):
            return None
        return next(
            (self.spellings[known] for fold in folds for known in self.spellings if _is_case(fold, known)), None
        )

    def is_initial(self, text: str, start: int, end: int, folded: str) -> bool:
        """Whether a word of a text is an initial of the name: a capital, or any letter in a slug."""
        around = {text[start - 1 : start], text[end : end + 1]}
        return folded in self.initials and (text[start:end].isupper() or around <= _JOINTS | {""})


def _is_case(word: str, name: str) -> bool:
    """Whether a word is a name in another case: the same up to the last three letters, then endings."""
    stems = range(max(2, len(name) - 3), len(name) + 1)
    return any(word[:n] == name[:n] and {word[n:], name[n:]} <= _endings() for n in stems)


@cache
def _endings() -> frozenset[str]:
    return frozenset(spelled for ending in _ENDINGS.split() for spelled in (plain(ending), latin(ending))) | {""}


def _runs(text: str, words: list[tuple[int, int, str]], name: _Name) -> Iterator[Span]:
    """Stretches of at least two words of a name (or of its only word), in any order, initials included."""
    run: list[tuple[int, int, str]] = []
    whole = set(name.spellings.values())
    for start, end, folded in [*words, (len(text), len(text), "")]:
        part = name.word(text, start, end, folded) if folded else None
        part = part or (folded if name.is_initial(text, start, end, folded) else None)
        belongs = part is not None or folded in UNCOUNTED
        if run and not (belongs and _TOGETHER.fullmatch(text[run[-1][1] : start])):
            while run and not run[-1][2]:
                run.pop()
            said = {part for _, _, part in run} - {""}
            if said & whole and len(said) >= min(2, len(whole)):
                yield run[0][0], run[-1][1]
            run = []
        if belongs and (run or part):
            run.append((start, end, part or ""))
