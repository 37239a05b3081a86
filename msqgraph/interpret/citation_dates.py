"""The date or year that stands behind an act's number: at once, behind its title, or behind a Hijri date."""

from __future__ import annotations

import re

from msqgraph.interpret.dates import When, when_at
from msqgraph.interpret.law_words import ACT, NOT_AN_ACT, PREDICATE, folded

# words that say of an act when it was made; "in" and "on" lead to its date only behind one of them
_MADE = (
    r"(?:and |y |et |e |и )?(?:as )?(?:enacted|adopted|passed|issued|signed|approved|promulgated|dated|published|made|"
    r"(?:promulgad|sancionad|aprobad|aprovad|publicad|emitid|expedid|dictad|firmad|suscrit|assinad|fechad|datad)[oa]s?|"
    r"(?:promulgue|adopte|vote|signe|publie|date|edicte)e?s?|(?:принят|подписан|утвержден|издан|датированн)\w*|"
    r"و?(?:ال)?(?:صادر|مورخ|موقع|منشور)ة?|و?صدرت?)"
)
_OF = (
    r"(?:of|dated|from|del?|do|da|dos|du|en date du|en fecha|de fecha|con fecha|fecha|ano|l'annee|l'an|annee|year|the|"
    r"от|за|dd\.?|و?(?:لسنة|سنة|لعام|للعام|للسنة|عام|بتاريخ|تاريخ|يوم))\s+"
)
_IN = r"(?:in|on|le|el|em|en|au|a|в|في)\s+"
_BEHIND = re.compile(
    folded(
        rf"(?:\s*[,،(\[:—–]?\s*{_MADE}(?:\s+{_IN})?(?:(?<=\s)(?:{_OF}|{_IN}))*|\s*[(\[]\s*(?:{_OF}|{_IN})*|"
        rf"\s*[,،:—–]?(?:(?<=[\s,،:—–])\s*(?:{_OF})+|\s*))\s*[(\[]?\s*"
    )
)
_HIJRI = re.compile(
    r"\s*,?\s*(?:du|le|of|الصادر في|صادر في|المؤرخ في|مؤرخ في|بتاريخ|"
    r"في)\s+\d{1,2}\s+[^\W\d][\w'-]*(?:\s+[^\W\d]\w*){0,2}\s+"
    r"1[34]\d\d(?:\s?ه)?(?=\s*\()"
)
_TITLED = re.compile(
    folded(
        r"\s*(?:(?P<enclosed>«[^»]{1,200}»|“[^”]{1,200}”|\"[^\"\n]{1,200}\"|\([^()\d]{1,80}\))|"
        r"(?P<words>[^\W\d][^.;:()\d\n]{2,110}?))"
        r"(?:\s*,?\s+(?:of|dated|de|del|du|от|المؤرخ في|مؤرخ في|بتاريخ|الصادر في|الصادر بتاريخ|لسنة|لعام)\s+|"
        r"\s*[,(]\s*)(?=\d)"
    )
)
# of another event than the act itself
_PARTICIPLE = re.compile(
    r"amended|modificad|modifiee|alterad|измен|redaccion|редакц|معدل|المنقح|تنقيح|repeal|derogad|abrog"
)


def when_behind(text: str, place: int) -> When | None:
    """The date or year that belongs to the number of an act ending at a place of the folded text.

    >>> when_behind("decreto 5, promulgado el 3 de mayo de 2016", 9).day
    '2016-05-03'
    >>> when_behind("закон no 5 «о связи» от 7 июля 2003 г.", 10).day
    '2003-07-07'
    """
    if hijri := _HIJRI.match(text, place):
        place = hijri.end()
    joined = _BEHIND.match(text, place)
    if joined is None:
        return None
    when = when_at(text, joined.end())
    if when is None:
        return _behind_title(text, place)
    if when.day or when.day_and_month:
        return when
    words = joined[0].strip()
    if not words and not re.search(r"[^\d\s]", text[joined.end() : when.end]):
        return None  # "No. 12 2000 users"
    if "(" in joined[0] and not re.match(r"\s*(?:г\.?|года|m)?\s*[),;]", text[when.end :]):
        return when if re.search(r"\w", joined[0]) else None
    return when


def _behind_title(text: str, place: int) -> When | None:
    """The full date behind an act's title, or the year behind a title in quotes or brackets."""
    title = _TITLED.match(text, place)
    when = when_at(text, title.end()) if title else None
    if title is None or when is None or not (when.day or (title["enclosed"] and when.year)):
        return None
    said = title["words"] or ""
    return None if any(words.search(said) for words in (ACT, PREDICATE, NOT_AN_ACT, _PARTICIPLE)) else when
