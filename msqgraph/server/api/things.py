"""Agencies, portals, laws and strategies: lists with the filters of the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msqgraph.server.api.known import known_edition
from msqgraph.server.api.operations import COUNTRY, EDITION, Call, Operation, Slice
from msqgraph.server.api.parameters import NotThere, Parameter
from msqgraph.server.content.listed import listed
from msqgraph.server.content.listed_kinds import LISTED_KINDS, ListedKind
from msqgraph.server.content.listing import PAGE_SIZE, Row
from msqgraph.server.content.world import GROUPS

if TYPE_CHECKING:
    from msqgraph.server.content.listing import Listing

_WORDS = Parameter("words", "words that are in a name", most_characters=200)
_REGION = Parameter("region", "M49 code of the region of its country", pattern="[0-9]{3}")
_GROUP = Parameter("group", "group that its country belongs to", choices=GROUPS)
_NAMED_BY = Parameter("named_by", "who names it: a government, or another source", choices=("government", "source"))
_SHOWN = 20
_SUMMARIES = {
    "agencies": "Agencies, with what they are responsible for",
    "laws": "Laws, decrees and other legal acts",
    "strategies": "Strategies and plans",
    "portals": "Portals",
}


def _all(kind: ListedKind) -> Callable[..., Awaitable[Slice]]:
    async def answer(call: Call, offset: int, limit: int, **filters: str | None) -> Slice:
        """The part of the list that is wanted, from as many of its pages as it is on."""
        chosen = [(name, value) for name, value in filters.items() if value]
        if edition := filters.get("edition"):
            await known_edition(call, edition)
        first, last = offset // PAGE_SIZE, (offset + limit - 1) // PAGE_SIZE
        rows: list[Row] = []
        total = 0
        for page in range(first, last + 1):
            found: Listing = await listed(
                call.asking, kind, [*chosen, ("page", str(page + 1))], call.lang, [edition or ""]
            )
            if found.wanted.not_understood:
                raise NotThere(_told(found))
            total = found.total
            rows += found.rows
            if (page + 1) * PAGE_SIZE >= total:
                break
        start = offset - first * PAGE_SIZE
        return Slice(total, tuple(rows[start : start + limit]))

    return answer


def _told(found: Listing) -> str:
    """What a filter names in vain, and what it can name."""
    name, _, value = found.wanted.not_understood[0].partition("=")
    known = next((one.choices for one in found.filters if one.name == name), ())
    some = ", ".join(choice.value for choice in known[:_SHOWN])
    return f"{name} is {value!r}, which the data do not have: give one of {some}{', …' if len(known) > _SHOWN else ''}"


def _filters(kind: ListedKind) -> tuple[Parameter, ...]:
    codes = (
        Parameter(name, f"slug of a term of the code list {scheme}", pattern="[a-z0-9-]+")
        for name, scheme in kind.schemes.items()
    )
    return (_WORDS, COUNTRY, _REGION, _GROUP, *codes, EDITION, _NAMED_BY)


def _operation(kind: ListedKind) -> Operation:
    return Operation(
        kind.name,
        f"/{kind.name}",
        kind.name.title(),
        _SUMMARIES[kind.name],
        Row,
        _all(kind),
        _filters(kind),
        is_list=True,
        is_paged_by_answer=True,
    )


OPERATIONS: tuple[Operation, ...] = tuple(_operation(kind) for kind in LISTED_KINDS.values())
"""The list of each kind."""
