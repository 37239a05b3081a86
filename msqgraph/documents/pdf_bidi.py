"""From the order in which characters are seen, left to right, to the order in which they are read.

The inverse of the Unicode bidirectional algorithm (UAX 9) has no unique answer; this one is right for what people write
into forms: right-to-left text with Latin names, addresses, numbers, dates and percentages in it, and the other way
round.
"""

from __future__ import annotations

import re

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")

_R = (
    "\u05be\u05c0\u05c3\u05c6\u05d0-\u05f4\u0608\u060b-\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5\u06e5\u06e6"
    "\u06ee\u06ef\u06fa-\u08c9"
)
_RIGHT = re.compile(f"[{_R}]")
_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
_LATIN = rf"(?:(?![{_R}{_DIGIT}_])\w)"
# a stretch that is read from left to right within right-to-left text: Latin words with what stands between them, or a
# number with its separators; after Arabic letters a hyphen is none (W2 and W4 of the algorithm)
_LEFT = rf"{_LATIN}(?:[^{_R}]*(?:{_LATIN}|[{_DIGIT}]))?"
_HEBREW_RUN, _ARABIC_RUN = (
    re.compile(rf"{_LEFT}|[{_DIGIT}]+(?:[{separators}][{_DIGIT}]+)*(?:[^{_R}\s{_DIGIT}]*{_LEFT})?")
    for separators in ("-./:,", "./:,٫٬")
)
_ARABIC = re.compile("[\u0600-\u08ff]")
_CLUSTER = re.compile(rf".[{_MARKS}]*", re.DOTALL)
_RIGHT_RUN = re.compile(rf"[{_R}{_MARKS}](?:(?:(?!{_LATIN}).)*[{_R}{_MARKS}])?")
_MIRROR = dict(zip("()[]{}«»‹›", ")(][}{»«›‹", strict=True))
_CLOSING = ")]}»›"
_BRACKET = re.compile(r"[()\[\]{}«»‹›]")


def reads_right_to_left(seen: str, aligned: bool | None = None, tie: bool = False) -> bool:
    """Whether a line, as seen, is read from the right.

    Where both its ends are in one direction it is read so; else ``aligned`` tells (whether it stands at the right
    margin only; None if it fills its line), else most of its words do.

    >>> reads_right_to_left("https://gov.example الوطنية البوابة .1"), reads_right_to_left("Name: خالد", aligned=False)
    (True, False)
    """
    strong = [_RIGHT.search(c) is not None for c in re.findall(rf"{_LATIN}|[{_R}]", seen)]
    if not strong:
        return bool(_ARABIC.search(seen))
    if aligned is not None:
        return aligned
    if strong[0] == strong[-1]:
        return strong[0] or tie
    words = seen.split()
    right = sum(_RIGHT.search(word) is not None for word in words)
    left = sum(_RIGHT.search(word) is None and re.search(_LATIN, word) is not None for word in words)
    return right > left or (right == left and tie)


def reading_order(seen: str, is_right_to_left: bool) -> list[int]:
    """For each character in the order of reading its index in ``seen``.

    >>> seen = "%75 ةبسنب"
    >>> "".join(seen[i] for i in reading_order(seen, True))
    'بنسبة 75%'
    """
    if is_right_to_left:
        return _from_right(seen, 0, len(seen))
    order: list[int] = []
    at = 0
    for run in _RIGHT_RUN.finditer(seen):
        order += range(at, run.start())
        order += _from_right(seen, run.start(), run.end())
        at = run.end()
    return [*order, *range(at, len(seen))]


def _from_right(seen: str, start: int, end: int) -> list[int]:
    pieces: list[list[int]] = []
    at = start
    left_run = _ARABIC_RUN if _ARABIC.search(seen) else _HEBREW_RUN
    while at < end:
        if run := left_run.match(seen, at, end):
            stop = _balanced(seen, at, run.end())
        else:
            cluster = _CLUSTER.match(seen, at, end)
            stop = cluster.end() if cluster else at + 1
        pieces.append(list(range(at, stop)))
        at = stop
    return [index for piece in reversed(pieces) for index in piece]


def _balanced(seen: str, start: int, end: int) -> int:
    """Where a left-to-right stretch ends: before a bracket whose other one stands outside (N0 of the algorithm)."""
    brackets = [at for at in range(start, end) if seen[at] in "()[]{}"]
    return len(seen[: brackets[-1]].rstrip(" :;,.-")) if len(brackets) % 2 and brackets[-1] > start else end


def mirrored(text: str) -> str:
    """Brackets the right way round: whether a PDF holds them as typed or as seen is up to the program that made it.

    >>> mirrored("وزارة )MCIT) هي"), mirrored("a) وزارة"), mirrored(") ( نعم")
    ('وزارة (MCIT) هي', 'a) وزارة', '( ) نعم')
    """
    turned = _BRACKET.sub(_by_its_place, text)
    return re.sub(r"\)(\s*)\(", r"(\1)", turned) if turned.find(")") < turned.find("(") else turned


def _by_its_place(bracket: re.Match[str]) -> str:
    sign = bracket.group()
    text, at = bracket.string, bracket.start()
    after_blank = at == 0 or text[at - 1].isspace()
    before_blank = at + 1 == len(text) or text[at + 1].isspace() or text[at + 1] in ".,;:!?،؛؟"
    if after_blank and at + 1 == len(text) and len(_BRACKET.findall(text)) == 1:
        return _MIRROR[sign] if sign in _CLOSING else sign  # what it opens is on the next line
    is_wrong = after_blank > before_blank if sign in _CLOSING else before_blank > after_blank
    return _MIRROR[sign] if is_wrong else sign
