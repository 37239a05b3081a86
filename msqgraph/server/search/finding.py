"""Asking the index: what has the words, the best first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from msqgraph.folding import plain
from msqgraph.server.content.hits import EVERYTHING, KINDS, CountryName, Found, Hit, Kind, KindCount, Sought, TooSlow
from msqgraph.server.content.texts import Text, best
from msqgraph.server.search.snippets import snippet
from msqgraph.server.search.words import Phrase, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_SECONDS = 2.0
"""A search that takes longer is given up."""

_STEPS = 20_000  # of SQLite's machine, between two looks at the clock

# 0 is Role.NAME, 2 Role.SAYS. A name counts more than what is said, and what stands beside hardly; countries come
# first. Many terms have words of the form in their names: they come after what itself is called so
_MATCHES = """\
CREATE TEMP TABLE hits AS
WITH found AS MATERIALIZED (
  SELECT rowid AS id, bm25(words, 6.0, 1.0, 0.05) AS score FROM words WHERE words MATCH :words
)
SELECT things.id AS thing, things.kind AS kind, things.iri AS iri, texts.id AS text,
  min(
    CASE WHEN :names_first THEN texts.role = 2 OR things.kind = 'code' ELSE 0 END * 1000000.0 + score * CASE things.kind
      WHEN 'country' THEN 3.0 WHEN 'region' THEN 2.0 WHEN 'question' THEN 1.2 WHEN 'code' THEN 1.0
      WHEN 'answer' THEN 0.8 ELSE 1.5 END
  ) AS rank
FROM found JOIN texts ON texts.id = found.id JOIN things ON things.id = texts.thing
WHERE (:country = '' OR EXISTS (SELECT 1 FROM countries WHERE thing = things.id AND value = :country))
  AND (:edition = '' OR EXISTS (SELECT 1 FROM editions WHERE thing = things.id AND value = :edition))
  AND (:language = '' OR texts.language = :language OR texts.language LIKE :language || '-%')
GROUP BY things.id"""
_KINDS = "SELECT kind, count(*) FROM temp.hits GROUP BY kind"
_PAGE = """\
SELECT hits.thing, things.iri, things.kind, things.number, things.parent, texts.language, texts.value
FROM (
  SELECT * FROM temp.hits WHERE :kind = '' OR kind = :kind ORDER BY rank, iri LIMIT :limit OFFSET :offset
) AS hits
JOIN things ON things.id = hits.thing JOIN texts ON texts.id = hits.text
ORDER BY hits.rank, hits.iri"""
_NAMES = "SELECT language, value FROM texts WHERE thing = ? AND role = 0"
_BY_IRI = "SELECT language, value FROM texts WHERE role = 0 AND thing = (SELECT id FROM things WHERE iri = ?)"
_PLACES = """\
SELECT places.value, texts.language, texts.value FROM places
JOIN things ON things.iri = :under || places.value
JOIN texts ON texts.thing = things.id AND texts.role = 0
ORDER BY places.value"""
_COUNTRIES = "SELECT value FROM countries WHERE thing = ? ORDER BY value"
_EDITIONS = "SELECT value FROM editions WHERE thing = ? ORDER BY value"


def find_in(
    index: sqlite3.Connection,
    query: str,
    base: str,
    sought: Sought = EVERYTHING,
    offset: int = 0,
    limit: int = 20,
    reader: str = "en",
) -> Found:
    """What has all the words of a query; where nothing has, what has any of them.

    :param index: one that no other thread uses meanwhile.
    :param reader: the language in which things are called.
    :raises TooSlow: if it takes too long.
    """
    wanted = phrases(query)
    if not wanted:
        return Found(query, 0)
    with _in_time(index):
        for all_words in (True, False) if len(wanted) > 1 else (True,):
            kinds = _match(index, wanted, all_words, sought)
            if kinds:
                break
        total = sum(count for kind, count in kinds.items() if sought.kind in ("", kind))
        bounds = {"kind": sought.kind, "limit": limit, "offset": offset}
        hits = tuple(_hit(index, row, wanted, base, reader) for row in _rows(index, _PAGE, bounds)) if total else ()
    counts = tuple(KindCount(kind, kinds[kind]) for kind in KINDS if kind in kinds)
    return Found(query, total, hits, counts, all_words)


def countries_in(index: sqlite3.Connection, base: str) -> dict[str, list[Text]]:
    """The countries that things of the index belong to, by ISO code, with their names in all languages."""
    found: dict[str, list[Text]] = {}
    for iso3, language, value in _rows(index, _PLACES, {"under": f"{base}id/country/"}):
        found.setdefault(iso3, []).append(Text(value, language))
    return found


def called(countries: dict[str, list[Text]], reader: str) -> tuple[CountryName, ...]:
    """Countries by their names in a reader's language, in the order of these."""
    names = [CountryName(iso3, best(texts, reader)) for iso3, texts in countries.items()]
    return tuple(sorted(names, key=lambda one: (plain(one.name.value), one.iso3)))


def _match(index: sqlite3.Connection, wanted: Sequence[Phrase], all_words: bool, sought: Sought) -> dict[str, int]:
    """Makes the table of hits anew; tells how many there are of each kind."""
    index.execute("DROP TABLE IF EXISTS temp.hits")
    told = {
        "words": _expression(wanted, all_words),
        "names_first": all_words,
        "country": sought.country,
        "edition": sought.edition,
        "language": sought.language,
    }
    index.execute(_MATCHES, told)
    return dict(_rows(index, _KINDS))


def _expression(wanted: Iterable[Phrase], all_words: bool) -> str:
    """A query of FTS5. Words have letters, digits and signs only, so nothing in quotes ends them.

    >>> _expression([Phrase(("a", "b")), Phrase(("c",), is_prefix=True)], all_words=True)
    '{name says} : ("a b" OR "c" *) AND "a b" AND "c" *'
    """
    told = [f'"{" ".join(phrase.words)}"{" *" if phrase.is_prefix else ""}' for phrase in wanted]
    own = f"{{name says}} : ({' OR '.join(told)})"
    return " AND ".join((own, *told)) if all_words and len(told) > 1 else own


def _hit(index: sqlite3.Connection, row: Sequence[Any], wanted: Sequence[Phrase], base: str, reader: str) -> Hit:
    thing, iri, kind, number, parent, language, value = row
    countries = tuple(one for (one,) in _rows(index, _COUNTRIES, (thing,)))
    editions = tuple(one for (one,) in _rows(index, _EDITIONS, (thing,)))
    names = _rows(index, _BY_IRI, (parent,)) if parent else _rows(index, _NAMES, (thing,))
    country = None
    if countries:
        called = _rows(index, _BY_IRI, (f"{base}id/country/{countries[0]}",))
        country = _best(called, reader) if called else Text(countries[0])
    return Hit(
        iri=iri,
        kind=cast("Kind", kind),
        label=_best(names, reader) if names else Text(number or iri.rpartition("/")[2]),
        snippet=snippet(Text(value, language), wanted),
        country=country,
        countries=countries,
        editions=editions,
        number=number or None,
    )


def _best(rows: Iterable[Sequence[Any]], reader: str) -> Text:
    return best((Text(value, language) for language, value in rows), reader)


def _rows(index: sqlite3.Connection, sql: str, told: Any = ()) -> list[Any]:
    with closing(index.execute(sql, told)) as cursor:
        return cursor.fetchall()


@contextmanager
def _in_time(index: sqlite3.Connection) -> Iterator[None]:
    end = monotonic() + MOST_SECONDS
    index.set_progress_handler(lambda: monotonic() > end, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise TooSlow(f"the search took more than {MOST_SECONDS:g} seconds: look for rarer words") from None
        raise
    finally:
        index.set_progress_handler(None, 0)
