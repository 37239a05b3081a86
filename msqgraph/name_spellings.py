"""How the words of a name may be spelled: in web addresses and pages, broken at the end of a line, with umlauts as two
letters, and several words as one, as in names of users and hosts."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

from msqgraph.folding import Folded, plain

SOFT_HYPHEN = "\u00ad"
WORD = re.compile(
    r"(?:[^\W_]|[\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0e7f\u200c\u200d])+"
)
_BETWEEN = (
    "de|del|la|las|los|lo|y|e|da|do|dos|das|di|du|van|von|der|den|bin|ibn|al|el|abu|ben|le|les|des|and|et|und|и|و"
)
_HONORIFICS = "mr|mrs|ms|miss|mx|mme|mlle|dr|dra|sr|sra|srta|prof|ing|eng|lic|abg|arq|mag|msc|phd|mba|hon|he|sir|madam"
UNCOUNTED = frozenset(f"{_BETWEEN}|{_HONORIFICS}".split("|"))
_ESCAPED = re.compile(
    r"(?:%(?:25)?[0-9a-f]{2})+|&(?:#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.IGNORECASE
)  # of web addresses (also twice) and of HTML
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_BROKEN = re.compile(r"[ \u00a0\t]?|[-‐]?[ \t]*\n[ \t]*")  # between the two halves of one word
_LETTERS = re.compile(rf"[^\W\d_](?:[^\W\d_]|{SOFT_HYPHEN})*")
_SHORTEST_JOINED = 7  # letters of two words without a blank
_MOST_WORDS = 8

Word = tuple[int, int, str]


@lru_cache(maxsize=4096)
def latin(text: str) -> str:
    """A text as in slugs (``iris.slug``).

    >>> latin("José Quiñonez")
    'jose-quinonez'
    """
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def unescaped(text: str) -> str:
    """A text without the escapes of web addresses and HTML, each character at the place where it was.

    >>> unescaped("Ana%20Paz&nbsp;G%C3%B3mez").replace(SOFT_HYPHEN, "").split()
    ['Ana', 'Paz', 'Gómez']
    """
    return _ESCAPED.sub(_unescaped, text) if "%" in text or "&" in text else text


def _unescaped(match: re.Match[str]) -> str:
    written = match.group()
    read = unquote(written.replace("%25", "%")) if written[0] == "%" else html.unescape(written)
    missing = len(written) - len(read)
    if missing < 0 or not read:
        return written
    return read + (SOFT_HYPHEN if read[-1].isalnum() else " ") * missing


def folded_word(word: str) -> str:
    """A word without case, accents and soft hyphens.

    >>> folded_word("Qui\\u00adÑONEZ")
    'quinonez'
    """
    return plain(word).replace(SOFT_HYPHEN, "")


def without_umlauts(word: str) -> str:
    """A word folded, umlauts as two letters.

    >>> without_umlauts("Müller"), without_umlauts("Peña")
    ('mueller', 'pena')
    """
    composed = unicodedata.normalize("NFC", word).lower()
    return folded_word(composed.translate(_UMLAUTS))


def words_in(text: str) -> list[Word]:
    """The words of a text with their places, folded.

    >>> words_in("Ana PAZ")
    [(0, 3, 'ana'), (4, 7, 'paz')]
    """
    found = ((*match.span(), folded_word(match.group())) for match in WORD.finditer(text))
    return [word for word in found if word[2]]


def mended(text: str, words: list[Word], known: dict[str, str]) -> list[Word]:
    """The words of a text, two pieces as one where they are a known word that a line's end or a blank breaks.

    >>> text = "Alejan-\\ndro Paz"
    >>> [word for _, _, word in mended(text, words_in(text), {"alejandro": "alejandro"})]
    ['alejandro', 'paz']
    """
    found: list[Word] = []
    for start, end, folded in words:
        if found:
            first, last, before = found[-1]
            is_broken = before + folded in known and not {before, folded} <= known.keys()
            if is_broken and _BROKEN.fullmatch(text[last:start]):
                found[-1] = first, end, before + folded
                continue
        found.append((start, end, folded))
    return found


def naming_joined(text: str, person: str) -> Iterator[tuple[int, int]]:
    """The stretches that name a person without a blank, as names of users and hosts do: two words or more, initials and
    particles among them, or one word behind an initial (for a user also before it).

    >>> text = "@aquinonez, https://josequinonez.gov.py, AnaJoséQuiñonez"
    >>> [text[start:end] for start, end in naming_joined(text, "Ana José Quiñonez")]
    ['aquinonez', 'josequinonez', 'AnaJoséQuiñonez']
    """
    words = _forms(person)
    longer = {form for forms in words for form in forms if len(form) > 1}
    if not longer:
        return
    text = unescaped(text)
    folded = Folded(text)
    for match in _LETTERS.finditer(folded.text):
        start, end = folded.at(match.start()), folded.at(match.end())
        spellings = {match.group().replace(SOFT_HYPHEN, "")}
        if not text.isascii():
            spellings.add(without_umlauts(text[start:end]))
        is_user = text[start - 1 : start] == "@"
        for joined in spellings:
            is_candidate = len(joined) >= _SHORTEST_JOINED and any(form in joined for form in longer)
            if is_candidate and _is_joined(joined, words, is_user):
                yield start, end
                break


@lru_cache(maxsize=256)
def _forms(person: str) -> tuple[tuple[str, ...], ...]:
    """Each counted word of a name, as it may be spelled in one piece."""
    words = [word for match in WORD.finditer(person) if folded_word(word := match.group()) not in UNCOUNTED | {""}]
    spelled = ({folded_word(word), latin(word).replace("-", ""), without_umlauts(word)} for word in words)
    return tuple(tuple(sorted(forms - {""})) for forms in spelled)[:_MOST_WORDS]


def _is_joined(joined: str, words: tuple[tuple[str, ...], ...], is_user: bool) -> bool:
    """Whether letters are words, initials and particles of a name and nothing else, each word once."""

    def is_rest(at: int, left: frozenset[int], whole: int, initials: int, is_led: bool) -> bool:
        if at == len(joined):
            return whole > 1 or bool(whole and initials and (is_led or is_user))
        tried = set()
        for number in sorted(left):
            for form in words[number]:
                for piece in (form, form[0]):
                    if piece in tried or not joined.startswith(piece, at):
                        continue
                    tried.add(piece)
                    is_whole = len(piece) > 1
                    if is_rest(
                        at + len(piece),
                        left - {number},
                        whole + is_whole,
                        initials + (not is_whole),
                        is_led or not (at or is_whole),
                    ):
                        return True
        return any(
            joined.startswith(particle, at) and is_rest(at + len(particle), left, whole, initials, is_led)
            for particle in (_BETWEEN.split("|") if 0 < at < len(joined) - 2 else ())
        )

    return is_rest(0, frozenset(range(len(words))), 0, 0, False)
