"""Proper names in running text that are built around a head word (*Plan* Nacional de Desarrollo, Digital *Agency*).

A name goes on over capitalised words, numbers and the small words between them; in French and Russian, where only the
first word is capitalised, over adjectives and genitives too. Arabic and Chinese names have patterns of their own kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from msqgraph.agency_words import is_acronym
from msqgraph.folding import plain, word_set
from msqgraph.interpret.name_edges import JOINTLY
from msqgraph.interpret.not_names import starts_person
from msqgraph.interpret.passages import Passage

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"(?:[dlDL]['’])?[^\W_][\w{_MARKS}]*(?:[-‐‑'’&/][\w{_MARKS}]+)*")
_OF = word_set(
    "de del do da dos das du des of for the la las los el l d à aux para pour en no na sobre sur on о "
    "об по в и на y e et and"
)
_AND = word_set("y e et and и")
_BRINGS_PLACE = word_set("en no na в на")  # "in": part of a name only in French and Russian
_ARTICLES = re.compile(
    (
        r"(?:(?:the|el|la|los|las|le|les|l['’]|o|a|os|as|un|una|une|um|uma|our|nuestr[oa]s?|notre|its|su|"
        r"this|est[ea]|cette|ce)\b\s*)+"
    ),
    re.I,
)
_NOT_BEFORE = word_set(
    "the our this that its their a an yes no in under within according also and by with from of to on "
    "at as see our new each any "
    "through for it is are there we currently however both all"
)
_FRENCH_LOWER = re.compile(
    r"[a-zà-ÿœ'’-]+(?:ique|iques|el|elle|els|elles|al|ale|ales|aux|er|ère|if|ive|ifs|ives|aire|aires|ée|ées|é|és)"
)
_RUSSIAN_LOWER = re.compile(r"[а-яё-]+(?:ого|его|ой|ей|ий|ия|ии|ов|ев|ых|их|ам|ям|ами|ы|и|а|я|у|ю|ей)")
_RUSSIAN_STOP = word_set("на для при как или это была были бы")
_JOINTLY = re.compile(rf"{JOINTLY}\s", re.I)
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?(?![\w%])|\d{1,2}\.0(?!\w)")
_BRACKETED = re.compile(r"\s*[(（]\s*([^\s()（）,;]{2,14})\s*(?:[)）]|(?=[,;]))")
_QUOTED = re.compile(
    r"[\s,:]*(?:«\s?([^»\n]{2,150}?)\s?»|“([^”\n]{2,150})”|\"([^\"\n]{2,150})\"|„([^“”\n]{2,150})[“”])"
)


@dataclass(frozen=True, slots=True)
class NamePhrase:
    """A name with the stretch that tells it (an acronym's brackets included) and its acronym."""

    start: int
    end: int
    name: str
    acronym: str | None = None


def one_line(name: str) -> str:
    """A name without the line breaks of the page that it stood on.

    >>> one_line("Ministerio de\\nSalud")
    'Ministerio de Salud'
    """
    return " ".join(name.split())


def find_names(
    passage: Passage, heads: re.Pattern[str], east: re.Pattern[str], leads_left: bool = True
) -> list[NamePhrase]:
    """The names with one of these head words, in order, none inside another.

    :param heads: of the head words in Latin and Cyrillic script, without case.
    :param east: of whole names in Arabic and Chinese, the name being its only named group that matches.
    """
    found: list[NamePhrase] = []
    position = 0
    masked = passage.masked
    for match in heads.finditer(masked):
        if match.start() < position:
            continue
        start, end = match.span()
        is_quoted = _QUOTED.match(masked, end)
        if not _is_capital(match[0]):
            if not is_quoted or not is_quoted.group(is_quoted.lastindex or 0)[:1].isupper():
                led = _lead(masked, start, position) if leads_left else start
                if led == start or not _is_russian(match[0]):
                    continue
                start = led
        elif leads_left and not passage.is_in_capitals and passage.language in ("en", "ru", "und", None):
            start = _lead(masked, start, position)
        if is_quoted and _extend(masked, end, heads, passage) == end:
            inner = is_quoted.lastindex or 0
            first = start if _is_capital(match[0]) else is_quoted.start(inner)
            last = is_quoted.end() if first == start else is_quoted.end(inner)
            found.append(NamePhrase(first, last, masked[first:last]))
            position = last
            continue
        if passage.is_in_capitals:
            continue
        end = _extend(masked, end, heads, passage)
        if end == match.end() and start == match.start():
            continue
        found.append(with_acronym(masked, start, end))
        position = found[-1].end
    for match in east.finditer(masked):
        group = match.lastgroup or 0
        found.append(NamePhrase(match.start(group), match.end(group), match[group]))
    return sorted(found, key=lambda name: name.start)


def with_acronym(text: str, start: int, end: int) -> NamePhrase:
    """The name in a stretch with the acronym that follows in brackets, or is its last word.

    >>> with_acronym("Plan Nacional de Desarrollo PND2030", 0, 35)
    NamePhrase(start=0, end=35, name='Plan Nacional de Desarrollo', acronym='PND2030')
    """
    if (bracket := _BRACKETED.match(text, end)) and is_acronym(bracket[1]):
        return NamePhrase(start, bracket.end(), text[start:end], bracket[1])
    rest, _, last = text[start:end].rpartition(" ")
    before = re.findall(r"[^\W\d_]+", rest)
    initials = "".join(word[0] for word in before if word[0].isupper())
    letters = "".join(c for c in last if c.isalpha())
    if (
        len(before) > 1
        and is_acronym(last)
        and not rest.isupper()
        and len(letters) > 1
        and plain(initials).startswith(plain(letters))
    ):
        return NamePhrase(start, end, rest.rstrip(), last)
    return NamePhrase(start, end, text[start:end])


def without_article(text: str, start: int, end: int) -> int:
    """Where a name begins once its leading articles are dropped."""
    match = _ARTICLES.match(text, start, end)
    return match.end() if match and match.end() < end else start


def line_label(passage: Passage, heads: re.Pattern[str], end: int) -> tuple[int, int] | None:
    """The stretch before an address at ``end`` if it is a label in its own line that begins with a head word.

    >>> label = line_label(Passage("x.\\nAgenda digital: www.a.gov"), re.compile("agenda", re.I), 19)
    >>> label
    (3, 17)
    """
    before = passage.masked[:end]
    match = re.search(
        (
            r"(?:^|\n|[;.]\s)[ \t]*(?:[-•*·–]+\s+|\d+[.)]\s+|\*\*)*(?P<label>(?:(?!\.\s)[^\n\ufffc:;]){3,150}?)"
            r"\s*[:–—\-*]+\s*$"
        ),
        before,
    )
    if match is None:
        return None
    if match["label"][0].islower():
        return None
    start = without_article(before, *match.span("label"))
    return (start, match.end("label")) if heads.match(before, start) else None


def _extend(text: str, end: int, heads: re.Pattern[str], passage: Passage) -> int:
    """Where a name that has reached ``end`` ends."""
    place, last, has_and, count = end, end, False, 0
    after_small = False
    while count < 18:
        gap = re.compile(r"(?:[ \t\u00a0]+|[ \t]*\n[ \t]*(?=\S))").match(text, place)
        if gap is None:
            comma = _list_goes_on(text, place, heads)
            if comma is None or last != place:
                break
            place = comma
        else:
            place = gap.end()
        match = _YEARS.match(text, place) or _WORD.match(text, place)
        if match is None or starts_person(text, place) or _JOINTLY.match(text, place):
            break
        word = match[0]
        folded = word.lower()
        if folded == "a" and text[:place].rstrip().endswith("para"):
            after_small = True
        elif folded in _OF and (folded not in _BRINGS_PLACE or passage.language in ("fr", "ru")) and not word.isupper():
            has_and = has_and or folded in _AND
            after_small = True
        elif _is_capital(word) or _YEARS.fullmatch(word):
            is_head = heads.match(text, place + _elided(word)) is not None
            if is_head and has_and and last != end:
                break
            last, has_and, after_small = match.end(), False, False
        elif _may_be_lower(word, passage.language, after_small):
            last, after_small = match.end(), False
        else:
            break
        place, count = match.end(), count + 1
    return last


def _may_be_lower(word: str, language: str | None, after_small: bool) -> bool:
    if language == "fr":
        return ((after_small or _elided(word) > 0) and word.islower()) or _FRENCH_LOWER.fullmatch(word) is not None
    return language == "ru" and _RUSSIAN_LOWER.fullmatch(word) is not None and word not in _RUSSIAN_STOP


def _list_goes_on(text: str, place: int, heads: re.Pattern[str]) -> int | None:
    """Behind a comma inside a name (Trabajo, Empleo y Seguridad): where its next word begins."""
    comma = re.compile(r",[ \t]+").match(text, place)
    if comma is None or heads.match(text, comma.end()):
        return None
    rest = re.match(
        r"(?:[^\W\d_][\w-]*[ ,]+){1,5}?(?:y|e|and|et|и)\s+(?=([^\W\d_])\w)", text[comma.end() : comma.end() + 90]
    )
    if rest is None or not (rest[1].isupper() or text[comma.end()].islower()):
        return None
    words = [word for word in _WORD.findall(rest[0]) if word.lower() not in _OF]
    return comma.end() if all(_is_capital(word) for word in words) else None


def _lead(text: str, start: int, low: int) -> int:
    """Where a name begins that has capitalised words before its head."""
    while start > low and (
        match := re.search(
            rf"(?:^|(?<=[\s(«“\"]))((?:e-)?[^\W\d_][\w{_MARKS}&/-]*) (?:(?:and|of|to|on|for|и) )?$",
            text[max(low, start - 40) : start],
        )
    ):
        word = match[1]
        if not _is_capital(word) or word.lower() in _NOT_BEFORE or "\n" in match[0]:
            break
        start = max(low, start - 40) + match.start(1)
    return start


def _is_capital(word: str) -> bool:
    return any(part[:1].isupper() for part in re.split(r"[-‐‑'’/]", word))


def _is_russian(word: str) -> bool:
    return re.match("[А-яЁё]", word) is not None


def _elided(word: str) -> int:
    return 2 if word[:1] in "dlDL" and word[1:2] in ("'", "’") else 0
