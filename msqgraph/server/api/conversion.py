"""A read model as JSON: the same members in the same order, always."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, TypeAlias

from msqgraph.server.api.members import WEB_PAGE, Member, has_page, mapped, members, pairs
from msqgraph.server.api.truths import UNKNOWN
from msqgraph.server.content.texts import Text

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
PageOf: TypeAlias = Callable[[str], str | None]


def json_of(value: object, page_of: PageOf, told: Any = None) -> Json:
    """A read model, or a part of one, as JSON.

    :param page_of: the address of the page of an IRI, if it has one.
    :param told: the declared type, where it matters: tuples of pairs become objects.
    :raises TypeError: if there is something in it that is none of a read model.

    >>> json_of(Text("Sí", "es"), lambda iri: None)
    {'value': 'Sí', 'language': 'es'}
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return value
    if isinstance(value, Text):
        return {"value": value.value, "language": value.language or None}
    if is_dataclass(value) and not isinstance(value, type):
        found = {member.name: _member(value, member, page_of) for member in members(type(value))}
        if not has_page(type(value)):
            return found
        iri = found.pop("iri")
        return {"iri": iri, WEB_PAGE: page_of(iri) if isinstance(iri, str) else None, **found}
    if isinstance(value, Mapping):
        inner = mapped(told)
        return {str(key): json_of(one, page_of, inner) for key, one in value.items()}
    if isinstance(value, Sequence):
        if (inner := pairs(told)) is not None:
            return {str(key): json_of(one, page_of, inner) for key, one in value}
        return [json_of(one, page_of) for one in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON: {value!r}")


def _member(thing: object, member: Member, page_of: PageOf) -> Json:
    value = member.read(thing)
    if value is None and member.has_unknown:
        return UNKNOWN
    if member.is_null_if_empty and not str(value):
        return None
    return json_of(value, page_of, member.type)
