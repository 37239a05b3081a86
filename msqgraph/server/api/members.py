"""What of a read model is told in JSON: its fields, some of its properties, and where its page is.

One place decides, so that what is sent and what the schema says of it cannot differ.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from msqgraph.server.api.truths import Truth, truth
from msqgraph.server.content import world
from msqgraph.server.content.answer import AnswerPage
from msqgraph.server.content.answered_questions import AnsweredQuestion
from msqgraph.server.content.answers import Answer
from msqgraph.server.content.comparison import Comparison
from msqgraph.server.content.country import Country
from msqgraph.server.content.forms import Option
from msqgraph.server.content.indicators import Indicator
from msqgraph.server.content.map_values import MapValues, Place
from msqgraph.server.content.texts import Text

WEB_PAGE = "web_page"
"""The member that links a thing to its page, beside ``iri``."""

# properties that are told beside the fields
_TOLD: dict[type, tuple[str, ...]] = {
    Answer: ("page", "is_tick_lost"),
    AnsweredQuestion: ("status",),
    Country: ("statuses", "named", "doubtful"),
    Comparison: ("outcomes",),
    Indicator: ("slug", "number"),
}
# fields that are not told: what has an address of its own, and what only pages need
_LEFT_OUT: dict[type, tuple[str, ...]] = {
    Country: ("sections",),
    AnsweredQuestion: ("cited",),
    AnswerPage: ("answer", "cited"),
}
# what read models import for type checkers only
_NAMES: dict[type, dict[str, Any]] = {
    MapValues: {"Indicator": Indicator, "Country": world.Country},
    Place: {"Country": world.Country},
}
# where None means that a thing is neither, not that nobody can tell
_NEITHER = {(Option, "affirms")}
# what is called otherwise than in the read model, so that one thing has one name everywhere
_CALLED: dict[tuple[type, str], str] = {(world.Country, "is_member"): "is_un_member"}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a JSON object: how it is read from the read model, and of which type it is.

    ``is_null_if_empty`` is for words that may be missing: an empty text is told as null. ``has_unknown`` is for yes or
    no that nobody can tell: the string ``unknown``, never false and never null.
    """

    name: str
    type: Any
    read: Callable[[Any], Any]
    is_null_if_empty: bool = False
    has_unknown: bool = False


@cache
def members(model: type) -> tuple[Member, ...]:
    """The members of a read model, in the order of its fields, then the properties.

    :raises TypeError: if it is no dataclass.

    >>> from msqgraph.server.content.descriptions import Thing
    >>> [member.name for member in members(Thing)]
    ['iri', 'label']
    """
    if not is_dataclass(model):
        raise TypeError(f"{model} is no read model")
    hints = get_type_hints(model, localns=_NAMES.get(model))
    found = []
    for field in fields(model):
        if field.name not in _LEFT_OUT.get(model, ()):
            empty = field.default == "" if field.default is not MISSING else False
            found.append(_member(model, field.name, hints[field.name], empty))
    for name in _TOLD.get(model, ()):
        returned = get_type_hints(getattr(model, name).fget)["return"]
        found.append(_member(model, name, returned, returned is str))
    if model is Answer:
        found = [Member("affirms", Truth, _affirms) if one.name == "affirms" else one for one in found]
        found.append(Member("quote", str, _quote, is_null_if_empty=True))
    return tuple(found)


def has_page(model: type) -> bool:
    """Whether a read model is a thing with an IRI, so that its page is told."""
    return is_dataclass(model) and any(field.name == "iri" for field in fields(model))


def alternatives(told: Any) -> tuple[Any, ...]:
    """The types of a union; of another type, itself alone.

    >>> alternatives(int | None), alternatives(str)
    ((<class 'int'>, <class 'NoneType'>), (<class 'str'>,))
    """
    return get_args(told) if get_origin(told) in (Union, types.UnionType) else (told,)


def pairs(told: Any) -> Any | None:
    """The type of the values of a tuple of pairs of a name and a value, which is told as an object; else None.

    >>> pairs(tuple[tuple[str, int], ...])
    <class 'int'>
    """
    given = get_args(told)
    if get_origin(told) is not tuple or len(given) != 2 or given[1] is not Ellipsis:
        return None
    pair = get_args(given[0])
    return pair[1] if get_origin(given[0]) is tuple and len(pair) == 2 and pair[0] is str else None


def mapped(told: Any) -> Any | None:
    """The type of the values of a mapping by strings; else None."""
    return get_args(told)[1] if get_origin(told) in (dict, Mapping) else None


def _member(model: type, name: str, told: Any, is_empty_by_default: bool) -> Member:
    kinds = alternatives(told)
    is_told_or_not = set(kinds) == {bool, type(None)} and (model, name) not in _NEITHER
    return Member(
        _CALLED.get((model, name), name),
        told,
        read=lambda thing: getattr(thing, name),
        is_null_if_empty=told is Text or (told is str and is_empty_by_default),
        has_unknown=is_told_or_not,
    )


def _affirms(answer: Answer) -> Truth:
    """Whether an answer says yes, as far as its question asks for that."""
    return truth(answer.affirms, answer.question.kind, answer.status)


def _quote(answer: Answer) -> str:
    """The words of the document that an answer was read from."""
    return next((selector.exact for selector in answer.selectors if selector.exact), "")
