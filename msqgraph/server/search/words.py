"""The words of a text as they are looked up: without case, accents, vowel signs and articles, in any script.

What is indexed is a line of folded words between blanks, so that the index needs to know of no script. Scripts that put
no blanks between words are cut into characters; a word of theirs that is looked for is a phrase of those.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from msqgraph.folding import Folded

MAX_QUERY_CHARACTERS, MAX_PHRASES, MAX_WORDS = 400, 16, 32
"""What is looked for at most; the rest of a longer query is left out."""

_WORD_CHARACTERS = 80  # of a longer word the beginning counts
# Thai and Lao, Myanmar, Khmer; kana; Han
_NO_BLANKS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ALIKE = str.maketrans({"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_ARTICLE = re.compile("(?:[وفبك]?ال|[وفب]?لل)(?=...)")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_CHUNK = re.compile(r'"([^"]*)(?:"|$)|([^"\s]+)')


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, and the stretch of the original that it is."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that stand one after the other; the last may go on if ``is_prefix``."""

    words: tuple[str, ...]
    is_prefix: bool = False


def tokens(text: str) -> list[Token]:
    """The words of a text, in order.

    >>> [token.folded for token in tokens("L'Économie numérique, والحكومة 电子政务")]
    ['l', 'economie', 'numerique', 'حكومه', '电', '子', '政', '务']
    """
    folded = Folded(text)
    at = folded.at
    return [
        Token(_word(match[0]), at(match.start()), at(match.end()))
        for match in _pattern().finditer(folded.text.translate(_ALIKE))
    ]


def line_of(text: str) -> str:
    """What is indexed of a text.

    >>> line_of("Ministerio de Salud Pública")
    'ministerio de salud publica'
    """
    return " ".join(token.folded for token in tokens(text))


def phrases(query: str) -> list[Phrase]:
    """What a query asks for: words, and phrases in quotes. The last word may be the beginning of one.

    Anything is a query; what has no words asks for nothing.

    >>> [(phrase.words, phrase.is_prefix) for phrase in phrases('"gobierno abierto" e-gov Sal')]
    [(('gobierno', 'abierto'), False), (('e', 'gov'), False), (('sal',), True)]
    >>> phrases('"(* NEAR')
    [Phrase(words=('near',), is_prefix=False)]
    """
    query = query[:MAX_QUERY_CHARACTERS].translate(_QUOTES)
    found: dict[Phrase, None] = {}
    left = MAX_WORDS
    for match in _CHUNK.finditer(query):
        quoted, bare = match.groups()
        words = tuple(token.folded for token in tokens(quoted if bare is None else bare))[:left]
        if not words or len(found) == MAX_PHRASES:
            continue
        left -= len(words)
        # a word that something stands behind is whole
        may_go_on = bare is not None and match.end() == len(query) and bare[-1].isalnum()
        found[Phrase(words, may_go_on)] = None
    return list(found)


def _word(matched: str) -> str:
    article = _ARTICLE.match(matched)
    return (matched[article.end() :] if article else matched)[:_WORD_CHARACTERS]


@cache
def _pattern() -> re.Pattern[str]:
    """One character of a script without blanks, or letters, digits and the vowel signs that belong to them."""
    signs = "".join(chr(code) for code in range(0x300, 0x1C00) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
    return re.compile(rf"(?=[^\W_])[{_NO_BLANKS}][{signs}]*|(?:(?![{_NO_BLANKS}])[^\W_][{signs}]*)+")
