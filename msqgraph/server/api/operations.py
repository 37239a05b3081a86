"""The operations of the interface, declared: their addresses, parameters and results.

Routing, checking and the OpenAPI description all follow this one table.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msqgraph.server.api.parameters import MOST, Parameter
from msqgraph.server.languages import LANGUAGES

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking
    from msqgraph.server.engine.asked import Engine
    from msqgraph.server.search.search import Search

LANG = Parameter("lang", "language of names and labels, where the data have it", choices=LANGUAGES, default="en")
OFFSET = Parameter("offset", "how many things to leave out at the beginning", minimum=0, maximum=10_000_000, default=0)
LIMIT = Parameter("limit", "how many things to give at most", minimum=1, maximum=MOST, default=100)
ISO3 = Parameter(
    "iso3", "ISO 3166-1 alpha-3 code, three capital letters", is_in_path=True, pattern="[A-Z]{3}", example="PRY"
)
EDITION = Parameter("edition", "year of an edition", pattern="[0-9]{4}", example="2020")
EDITION_IN_PATH = Parameter("edition", "year of an edition", is_in_path=True, pattern="[0-9]{4}", example="2020")
NUMBER = Parameter(
    "number",
    "number of a question in its form, as in its address",
    is_in_path=True,
    pattern="[A-Za-z0-9-]+",
    example="5c",
)
COUNTRY = Parameter("country", "ISO 3166-1 alpha-3 code, three capital letters", pattern="[A-Z]{3}", example="PRY")


@dataclass(frozen=True, slots=True)
class Call:
    """What an operation is asked with: the data, the language of names, and whose turn in the queue it takes.

    ``part`` makes the address of another part of the same list, from its offset.
    """

    asking: Asking
    engine: Engine
    search: Search | None
    lang: str
    part: Callable[[int], str]
    client: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a list, where the whole is not at hand; ``total`` counts all."""

    total: int
    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: GET on a path under ``/api/v1``.

    ``result`` is the read model that it answers with, one for each item if ``is_list``. ``answer`` takes the call and
    the values of the parameters by name; what it returns is the read model, all items of a list or a :class:`Slice`,
    or None for *not found*. With ``takes_any`` it takes further parameters, with all their
    values, as ``more``, and says itself what it does not take.
    """

    name: str
    path: str
    tag: str
    summary: str
    result: Any
    answer: Callable[..., Awaitable[Any]]
    parameters: tuple[Parameter, ...] = ()
    description: str = ""
    is_list: bool = False
    is_paged_by_answer: bool = False
    takes_any: bool = False

    @property
    def every_parameter(self) -> tuple[Parameter, ...]:
        """Its own parameters, then those of all operations, and those of all lists."""
        paging = (OFFSET, LIMIT) if self.is_list or self.is_paged_by_answer else ()
        return (*self.parameters, *paging, LANG)
