"""The lists of agencies, laws, strategies and portals: filtered and sorted by the engine, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msqgraph.server.beside import beside
from msqgraph.server.content.descriptions import Descriptions, Names, described, iris_in
from msqgraph.server.content.listed_kinds import LEADING, ListedKind
from msqgraph.server.content.listing import (
    PAGE_SIZE,
    Cell,
    Choice,
    Filter,
    Listing,
    Row,
    Wanted,
    in_groups,
    regions,
    wanted,
    with_choices,
)
from msqgraph.server.content.texts import Text, best, labels, text
from msqgraph.server.content.world import GROUPS, Country, countries
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Term

_CONCEPTS = "SELECT ?scheme ?concept { VALUES ?scheme { } ?concept skos:inScheme ?scheme }"
_SAID_BY = ("government", "source")


async def listed(
    asking: Asking,
    kind: ListedKind,
    parameters: Iterable[tuple[str, str]],
    language: str,
    editions: Sequence[str] = (),
    is_whole: bool = False,
) -> Listing:
    """A page of a list, or all of it.

    :param parameters: those of an address: filters by name, ``sort`` (with a minus: downwards) and ``page``.
    :param editions: the years that may be chosen.
    :raises QueryRefused: if the engine does not answer.
    """
    world = await countries(asking, language)
    filters = await _filters(asking, kind, world, editions, language)
    want = wanted(parameters, filters, tuple(kind.sorts), is_whole)
    pattern, terms = _pattern(asking, kind, want, world)
    things, total = await _things(asking, kind, pattern, terms, want)
    if is_whole:
        found = await described(asking, f"{{ SELECT DISTINCT ?thing {{ {pattern} }} }}", kind.properties, **terms)
    else:
        found = await described(asking, "VALUES ?thing { }", kind.properties, thing=things) if things else {}
    rows = await _rows(asking, kind, [thing.value for thing in things], found, language)
    return Listing(kind.name, tuple(kind.columns), tuple(kind.sorts), rows, total, with_choices(filters, want), want)


async def _filters(
    asking: Asking, kind: ListedKind, world: Sequence[Country], editions: Sequence[str], language: str
) -> list[Filter]:
    """The filters of a kind with their choices: words, where, when, and code lists."""
    import pyoxigraph as ox

    schemes = [ox.NamedNode(f"{asking.base}code/{scheme}") for scheme in kind.schemes.values()]
    concepts = [
        (text_of(row["scheme"]), text_of(row["concept"])) for row in await asking.rows(_CONCEPTS, scheme=schemes)
    ]
    names = await labels(asking, (concept for _, concept in concepts), language)
    found = [
        Filter("words"),
        Filter("country", tuple(Choice(one.iso3, one.name) for one in world)),
        Filter("region", regions(world)),
        Filter("group", tuple(map(Choice, GROUPS))),
    ]
    for name, scheme in kind.schemes.items():
        ours = sorted(concept for one, concept in concepts if one == f"{asking.base}code/{scheme}")
        found.append(Filter(name, tuple(Choice(concept.rpartition("/")[2], names[concept]) for concept in ours)))
    found.append(Filter("edition", tuple(Choice(edition, Text(edition)) for edition in editions)))
    found.append(Filter("named_by", tuple(map(Choice, _SAID_BY))))
    return found


def _pattern(
    asking: Asking, kind: ListedKind, want: Wanted, world: Sequence[Country]
) -> tuple[str, dict[str, Term | Sequence[Term]]]:
    """The group pattern of what the filters let through, and the terms for its ``VALUES``."""
    import pyoxigraph as ox

    chosen = dict(want.filters)
    parts: list[str] = []
    terms: dict[str, Term | Sequence[Term]] = {}
    if chosen.keys() & {"country", "region", "group"}:
        parts.append("VALUES ?place_wanted { } ?thing msq:country ?place_wanted .")
        terms["place_wanted"] = [ox.NamedNode(one.iri) for one in in_groups(world, chosen)]
    for name, scheme in kind.schemes.items():
        if name in chosen:
            parts.append(kind.filters[name])
            terms[name] = ox.NamedNode(f"{asking.base}code/{scheme}/{chosen[name]}")
    parts.append(f"?thing a {kind.type} .")
    alone = []  # what is found by itself and then joined: in one group, engines begin at the wrong end
    if "edition" in chosen:
        alone.append(kind.in_edition)
        terms["edition"] = ox.NamedNode(f"{asking.base}id/edition/{chosen['edition']}")
    if "named_by" in chosen:
        alone.append(kind.by_government if chosen["named_by"] == "government" else "?thing dct:source ?origin .")
    if "words" in chosen:
        alone.append(
            f"VALUES ?words {{ }} ?thing a {kind.type} ; {'|'.join(kind.naming)} ?words_in "
            "FILTER(CONTAINS(LCASE(STR(?words_in)), LCASE(STR(?words))))"
        )
        terms["words"] = ox.Literal(chosen["words"])
    parts += [f"{{ SELECT DISTINCT ?thing {{ {one} }} }}" for one in alone]
    return " ".join(parts), terms


async def _things(
    asking: Asking, kind: ListedKind, pattern: str, terms: dict[str, Term | Sequence[Term]], want: Wanted
) -> tuple[list[ox.NamedNode], int]:
    """The things of the page in order, and how many there are on all pages.

    They are put in order here: engines look the words up again for each comparison, and the total costs nothing more.
    """
    import pyoxigraph as ox

    least: dict[ox.NamedNode, str | None] = {}
    for row in await asking.rows(f"SELECT ?thing ?sorted {{ {pattern} {kind.sorts[want.sort]} }}", **terms):
        if isinstance(thing := row["thing"], ox.NamedNode):
            words = text_of(row["sorted"]) if "sorted" in row else None
            known = least.setdefault(thing, words)
            if known is not None and words is not None and words < known:
                least[thing] = words
    things = sorted(least, key=lambda thing: thing.value)
    things.sort(key=lambda thing: (least[thing] is not None, least[thing] or ""), reverse=want.is_descending)
    start = (want.page - 1) * PAGE_SIZE
    return things[start : start + PAGE_SIZE] if want.page else things, len(things)


async def _rows(
    asking: Asking, kind: ListedKind, things: list[str], found: Descriptions, language: str
) -> tuple[Row, ...]:
    """The things with what stands in each column."""
    named = {name for name in kind.properties if name not in ("msq:website", *LEADING)}
    leading = {name: term(name, asking.base).value for name in LEADING if name in kind.properties}
    names = await Names.of(asking, iris_in(found, named) | set(leading.values()), language)

    def row(thing: str) -> Row:
        told = found.get(thing, {})
        cells = {
            column: tuple(_cells(told, properties, names, leading))
            for column, properties in kind.columns.items()
            if column != "name"
        }
        return Row(thing, best(map(text, told.get(kind.columns["name"][0], ())), language), cells)

    return await beside(lambda: tuple(map(row, things)))


def _cells(
    told: dict[str, list[Term]], properties: Iterable[str], names: Names, leading: dict[str, str]
) -> Iterable[Cell]:
    import pyoxigraph as ox

    for name in properties:
        values = told.get(name, [])
        if name in leading:
            yield from [Cell(names.text(leading[name]), leading[name])] if values else []
        elif name == "msq:website":
            yield from (Cell(Text(text_of(value)), website=text_of(value)) for value in values)
        else:
            for value in values:
                if isinstance(value, ox.NamedNode):
                    yield Cell(names.text(value.value), value.value)
                else:
                    yield Cell(text(value))
