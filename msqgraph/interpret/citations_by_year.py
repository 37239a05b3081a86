"""Acts cited by their name and year or date, without a number: Data Protection Act, 2012; loi du 6 janvier 1978."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msqgraph.interpret.cited import Cited
from msqgraph.interpret.dates import When, when_at
from msqgraph.interpret.law_words import ACT, BILL, NOT_AN_ACT, PLURAL, PREDICATE, folded, slug_of
from msqgraph.interpret.passages import Passage
from msqgraph.response import Citation

_NAMED = ("law", "constitution", "regulation", "decree", "agreement")
_ENGLISH = re.compile(r"acts?|law|regulations|constitution|code|decree|ordinance|proclamation|statute")
_YEAR_BEFORE = re.compile(r"(?<![\d/.-])((?:1[89]|20)\d\d)\s+(?:[a-z][\w&-]*\s+){0,7}$")
#: Between an act's word and its year: the rest of its name, then what leads to the year.
_LED = re.compile(
    folded(
        r"(?P<name>(?:\s+(?:«[^»]{2,200}»|“[^”]{2,200}”|\"[^\"\n]{2,200}\"|\([^()\d]{1,30}\)|[^\W\d_][\w'’-]*)){0,16}?)"
        r"(?P<lead>\s*,?\s+(?:of|dated|de|del|du|do|da|от|لسنة|سنة|لعام|عام|للعام|المؤرخ في|مؤرخ في|الصادر في|"
        r"الصادر سنة|"
        r"الصادر عام|بتاريخ|(?:enacted|adopted|passed|promulgated|issued|signed) (?:in|on)|(?:promulgad|aprobad|"
        r"sancionad|publicad|"
        r"expedid|aprovad)[oa] (?:el|en|em)|(?:promulguee?|adoptee?|votee?) (?:en|le)|принят\w* (?:в )?)"
        r"(?:\s+(?:the|el|le|ano|l'annee|fecha|ano de|year))?\s+|\s*,\s*|\s*\(\s*(?:of |de |du |от |لسنة |سنة )?|\s+)"
    )
)
_TITLE_BEGINS = re.compile(
    folded(
        r"\s*(?:on|of|for|about|sobre|de|del|para|que|sur|relative?|portant|d'|da|do|dos|das|о|об|по|politica|"
        r"politique|"
        r"organica|organique|fundamental|federal|nacional|«|“|\")"
    )
)
_TELLS = re.compile(r"\s+(?:relative?s?|relativ[oa]s?|sur|sobre|on|portant|que|о|об)\b")
_BRACKET = re.compile(r"\s*[)\]]")


def find_named(passage: Passage) -> list[Cited]:
    """The acts that a text cites by name and year or date alone, in order.

    >>> text = "Electronic Transactions Act, 2001; Ley de Transparencia de 2013; دستور 12 فيفري 2015"
    >>> [(c.citation.type, c.citation.year) for c in find_named(Passage(text))]
    [('law', '2001'), ('law', '2013'), ('constitution', '2015')]
    """
    return list(_named(passage))


def _named(passage: Passage) -> Iterable[Cited]:
    text, at = passage.folded.text, passage.folded.at
    for act in ACT.finditer(text):
        slug = slug_of(act)
        if slug not in _NAMED or (PLURAL.fullmatch(act[0]) and act[0] not in ("regulations", "acts")):
            continue
        if BILL.search(text[max(0, act.start() - 40) : act.start()]):
            continue
        # "Privacy Act 1993": a name leads to the word
        is_led = (
            re.search(
                r"(?<!\w)(?!(?:The|This|Our|Le|La|Ce|El|O|A)\s)[^\W\d_a-z][\w'’-]*\)?\s+$",
                passage.masked[max(0, at(act.start()) - 60) : at(act.start())],
            )
            is not None
        )
        is_capital = passage.masked[at(act.start())].isupper()
        start, found = act.start(), _behind(text, act, slug, is_capital, is_led)
        if found is None and is_capital and _ENGLISH.fullmatch(act[0]):
            before = _YEAR_BEFORE.search(text, max(0, act.start() - 90), act.start())
            stretch = passage.masked[at(before.start()) : at(act.start())] if before else ""
            if before and all(w[:1].isupper() or w in ("of", "and", "to", "on", "for") for w in stretch.split()[1:]):
                start, found = before.start(), When(act.end(), None, before[1])
        if found is None:
            continue
        end = found.end
        if "(" in text[act.end() : end] and (closed := _BRACKET.match(text, end)):
            end = closed.end()
        first, last = passage.trim(at(start), at(end))
        yield Cited(first, last, Citation(slug, None, found.day, found.year))


def _behind(text: str, act: re.Match[str], slug: str, is_capital: bool, is_led: bool) -> When | None:
    """The year or date that belongs to an act's word, its name standing between."""
    for led in _leads(text, act.end()):
        when = when_at(text, led.end())
        if when is None or when.year is None:
            continue
        name, lead = led["name"], led["lead"].strip()
        if PREDICATE.search(name) or NOT_AN_ACT.search(name[-24:]) or ACT.search(name.rpartition("»")[2]):
            return None
        is_word = re.search(r"\w", lead) is not None
        if when.day is None and not is_word and re.match(r"\w*\s*(?:-|–)\s*\d", text[when.end :]):
            return None
        is_english = _ENGLISH.fullmatch(act[0]) is not None
        if not name.strip():
            if when.day or slug == "constitution" or ((is_word or _is_year_word(text, when)) and slug != "agreement"):
                is_cited = (
                    is_capital if is_english else (is_capital or _TELLS.match(text, when.end) or not act[0].isascii())
                )
                return when if when.day or slug == "constitution" or (is_cited and slug != "decree") else None
            return when if is_english and is_capital and is_led and slug not in ("decree", "agreement") else None
        if not is_capital and act[0][:1].isascii() and not (when.day or _TITLE_BEGINS.match(name)):
            return None
        if slug in ("decree", "agreement") and not when.day:
            return None
        if lead == "(" and not _BRACKET.match(text, when.end):
            return None
        if lead == "," and is_capital and re.match(r"\s*(?:[.;,()\n]|$)", text[when.end :]):
            return when
        if lead in ("", ",") and not (when.day and not lead) and not _is_year_word(text, when):
            return None
        return when
    return None


def _is_year_word(text: str, when: When) -> bool:
    return re.search(r"(?:года|г\.|году)$", text[: when.end]) is not None


def _leads(text: str, place: int) -> Iterable[re.Match[str]]:
    """Where a year or date can begin behind an act's word, the nearest first."""
    for digits in re.compile(r"[«\"“]?(?<![\w.,/-])\d").finditer(text, place, min(len(text), place + 240)):
        if (led := _LED.fullmatch(text, place, digits.start())) is not None:
            yield led
        return
