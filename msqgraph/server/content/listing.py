"""Lists to browse: filtered, sorted, a page at a time; what they are made of, whatever they list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from msqgraph.server.content.texts import Text
from msqgraph.server.content.world import Country

PAGE_SIZE = 100
_NO_WORDS = Text("")
_MOST_CHARACTERS = 200  # of words to look for


@dataclass(frozen=True, slots=True)
class Cell:
    """A value in a list: words, a thing with its IRI, or an address on the web."""

    text: Text
    iri: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A thing in a list; by the name of a column, what stands there. ``name`` is empty for what has none."""

    iri: str
    name: Text
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter takes, and what it is called; a label that is empty is for the page to find."""

    value: str
    label: Text = _NO_WORDS


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to narrow a list: by one of some choices, or by words where there are none. ``chosen`` may be empty."""

    name: str
    choices: tuple[Choice, ...] = ()
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a list is wanted: filters by name, a column to sort by, and a page from 1 on; 0 is all of it.

    ``not_understood`` are parameters that say nothing of the kind, to be told to the reader.
    """

    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    is_descending: bool = False
    page: int = 1
    not_understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A list. ``total`` counts all rows that the filters let through, ``rows`` are those of the page.

    ``columns`` are in order; ``sortable`` are those to sort by.
    """

    kind: str
    columns: tuple[str, ...]
    sortable: tuple[str, ...]
    rows: tuple[Row, ...]
    total: int
    filters: tuple[Filter, ...]
    wanted: Wanted

    @property
    def page_count(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PAGE_SIZE)) if self.wanted.page else 1

    @property
    def parameters(self) -> dict[str, str]:
        """What leads to the same list again, page apart, as the parameters of its address."""
        told = {one.name: one.chosen for one in self.filters if one.chosen}
        if self.wanted.sort != self.sortable[0] or self.wanted.is_descending:
            told["sort"] = f"-{self.wanted.sort}" if self.wanted.is_descending else self.wanted.sort
        return told


def wanted(
    parameters: Iterable[tuple[str, str]], filters: Iterable[Filter], sortable: tuple[str, ...], is_whole: bool = False
) -> Wanted:
    """What the parameters of an address ask for; what no filter, column or page knows is noted, not obeyed.

    :param is_whole: all of the list, whatever page they name.

    >>> asked = [("region", "019"), ("sort", "-name"), ("page", "2"), ("x", "y")]
    >>> want = wanted(asked, [Filter("region", (Choice("019"),))], ("name",))
    >>> dict(want.filters), want.sort, want.is_descending, want.page, want.not_understood
    ({'region': '019'}, 'name', True, 2, ('x=y',))
    """
    known = {one.name: one for one in filters}
    chosen: dict[str, str] = {}
    sort, is_descending, page = sortable[0], False, 1
    unknown = []
    for name, value in parameters:
        value = " ".join(value.replace("\0", " ").split())
        if not value:
            continue
        if name in known and _fits(known[name], value):
            chosen[name] = value[:_MOST_CHARACTERS]
        elif name == "sort" and value.removeprefix("-") in sortable:
            sort, is_descending = value.removeprefix("-"), value.startswith("-")
        elif name == "page" and value.isascii() and value.isdigit() and 0 < int(value[:9]) < 10**6:
            page = int(value[:9])
        else:
            unknown.append(f"{name}={value}"[:_MOST_CHARACTERS])
    return Wanted(chosen, sort, is_descending, 0 if is_whole else page, tuple(unknown))


def with_choices(filters: Iterable[Filter], want: Wanted) -> tuple[Filter, ...]:
    """The filters with what was chosen of each."""
    return tuple(Filter(one.name, one.choices, want.filters.get(one.name, "")) for one in filters)


def page_of(rows: list[Row], want: Wanted) -> tuple[Row, ...]:
    """The rows of the page that is wanted."""
    return tuple(rows[(want.page - 1) * PAGE_SIZE : want.page * PAGE_SIZE] if want.page else rows)


def regions(world: Iterable[Country]) -> tuple[Choice, ...]:
    """The regions of countries, by name, as choices."""
    found = {one.region: one.region_name for one in world if one.region}
    return tuple(Choice(code, name) for code, name in sorted(found.items(), key=lambda item: item[1].value.casefold()))


def in_groups(world: Iterable[Country], chosen: Mapping[str, str]) -> list[Country]:
    """The countries that the filters ``country``, ``region`` and ``group`` let through."""
    return [
        one
        for one in world
        if chosen.get("country", one.iso3) == one.iso3
        and chosen.get("region", one.region) == one.region
        and ("group" not in chosen or chosen["group"] in one.groups)
    ]


def _fits(one: Filter, value: str) -> bool:
    return not one.choices or any(choice.value == value for choice in one.choices)
