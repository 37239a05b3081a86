"""The JSON Schema of a read model, from the same declarations that make its JSON."""

from __future__ import annotations

import inspect
from dataclasses import is_dataclass
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from msqgraph.server.api.descriptions import DESCRIPTIONS
from msqgraph.server.api.members import WEB_PAGE, Member, alternatives, has_page, mapped, members, pairs
from msqgraph.server.api.truths import UNKNOWN, Truth
from msqgraph.server.content.texts import Text

Schema = dict[str, Any]
_PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
_TEXT: Schema = {
    "description": "Words of the data, and the tag of their language if it is known.",
    "type": "object",
    "required": ["value", "language"],
    "properties": {"value": {"type": "string"}, "language": {"type": ["string", "null"]}},
    "additionalProperties": False,
}


class Schemas:
    """The schemas of read models, each once, by names that are referred to."""

    def __init__(self, names: dict[type, str] | None = None) -> None:
        """:param names: what read models are called where their own names are taken twice."""
        self._names = names or {}
        self._models: dict[str, type] = {}
        self.components: dict[str, Schema] = {}

    def of(self, told: Any) -> Schema:
        """The schema of a type; read models in it become components.

        :raises TypeError: if nothing of the type can be told in JSON, or two read models have one name.

        >>> Schemas().of(tuple[int, ...] | None)
        {'anyOf': [{'type': 'array', 'items': {'type': 'integer'}}, {'type': 'null'}]}
        """
        if told == Truth:
            return {"enum": [True, False, UNKNOWN, None]}
        kinds = alternatives(told)
        if len(kinds) > 1:
            return _either([self.of(kind) for kind in kinds])
        if told in _PLAIN:
            return {"type": _PLAIN[told]}
        if get_origin(told) is Literal:
            return {"type": "string", "enum": list(get_args(told))}
        if isinstance(told, type) and issubclass(told, Enum):
            return {"type": "string", "enum": [str(one.value) for one in told]}
        inner = pairs(told) or mapped(told)
        if inner is not None:
            return {"type": "object", "additionalProperties": self.of(inner)}
        if get_origin(told) in (tuple, list):
            return {"type": "array", "items": self.of(get_args(told)[0])}
        if isinstance(told, type) and is_dataclass(told):
            return self._component(told)
        raise TypeError(f"{told} has no form in JSON")

    def _component(self, model: type) -> Schema:
        name = self._names.get(model, model.__name__)
        if self._models.setdefault(name, model) is not model:
            raise TypeError(f"two read models are called {name}: {model} and {self._models[name]}")
        if name not in self.components:
            self.components[name] = {}  # it may refer to itself
            self.components[name] = _TEXT if model is Text else self._object(model)
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, model: type) -> Schema:
        told = {member.name: self._member(member) for member in members(model)}
        if has_page(model):
            iri = told["iri"] | {"description": "The stable identifier."}
            page = {"type": ["string", "null"], "description": "The page for readers, if there is one."}
            told = {"iri": iri, WEB_PAGE: page, **{name: one for name, one in told.items() if name != "iri"}}
        return {
            "description": _plain(DESCRIPTIONS.get(model) or inspect.getdoc(model) or ""),
            "type": "object",
            "required": list(told),
            "properties": told,
            "additionalProperties": False,
        }

    def _member(self, member: Member) -> Schema:
        if member.has_unknown:
            return {"enum": [True, False, UNKNOWN]}
        schema = self.of(member.type)
        return _either([schema, {"type": "null"}]) if member.is_null_if_empty else schema


def _either(schemas: list[Schema]) -> Schema:
    """One of several schemas."""
    if all(schema.keys() == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}


def _plain(docstring: str) -> str:
    """A docstring for readers of the interface: one paragraph, names in single backticks."""
    return " ".join(docstring.replace("``", "`").split())
