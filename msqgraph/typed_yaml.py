"""YAML that people review ↔ records: empty fields left out, texts as they stand, and every key and value checked.

What a transcript and a review have in common. A field that is marked ``derived`` is never written and never read.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from msqgraph.characters import without_control_characters
from msqgraph.errors import UnreadableInput


def dumped(value: Any) -> str:
    """A record, or a list of records, as YAML.

    >>> from msqgraph.response import Quantity
    >>> dumped(Quantity(value="7.5", unit="percent"))
    "value: '7.5'\\nunit: percent\\n"
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        pass

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    return yaml.dump(
        _plain(value), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120, default_flow_style=False
    )


def converted(data: Any, kind: Any, path: Path | str, place: str = "") -> Any:
    """YAML data as a value of a type: a record, a container of them, text, a number, a truth value.

    :param path: the file, for messages.
    :param place: where in it the data stands, for messages.
    :raises UnreadableInput: if the data holds a key or value that the type does not have, or lacks one that it needs.

    >>> from msqgraph.response import Quantity
    >>> converted({"value": "7.5"}, Quantity, "PRY.yaml").value
    '7.5'
    """
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        kinds = [one for one in arguments if one is not NoneType]
        return None if data is None else converted(data, kinds[0], path, place)
    if origin is Literal:
        _check(data in arguments, path, place, repr(data), " · ".join(arguments))
        return data
    if origin is list:
        _check(isinstance(data, list | NoneType), path, place, repr(data), "a list")
        return [converted(item, arguments[0], path, f"{place}/{n}") for n, item in enumerate(data or [], 1)]
    if origin is dict:
        _check(isinstance(data, dict | NoneType), path, place, repr(data), "a block of keys")
        return {name: converted(item, arguments[1], path, f"{place}/{name}") for name, item in (data or {}).items()}
    if is_dataclass(kind):
        return _record(kind, data, path, place)
    if kind is int:
        _check(isinstance(data, str) and data.lstrip("-").isdecimal(), path, place, repr(data), "a whole number")
        return int(data)
    _check(isinstance(data, kind), path, place, repr(data), "true or false" if kind is bool else "text")
    return without_control_characters(data) if isinstance(data, str) else data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not hasattr(value, "__dataclass_fields__"):
        return value
    kept = {}
    for item in fields(value):
        content = getattr(value, item.name)
        if item.metadata.get("derived") or content is None or (content is False and item.name != "affirms"):
            continue
        content = _plain(content)
        if content not in ([], {}) or item.name == "answers":
            kept[item.name] = content
    return kept


def _record(kind: Any, data: Any, path: Path | str, place: str) -> Any:
    _check(isinstance(data, dict), path, place, repr(data), "a block of keys")
    types = get_type_hints(kind)
    known = {item.name for item in fields(kind) if not item.metadata.get("derived")}
    for key in data:
        _check(key in known, path, f"{place}/{key}", "an unknown key", ", ".join(sorted(known)))
    try:
        return kind(**{key: converted(value, types[key], path, f"{place}/{key}") for key, value in data.items()})
    except TypeError as error:
        raise UnreadableInput(path, f"at {place.lstrip('/') or 'the top'}: {error}", "add what is missing") from None


def _check(holds: bool, path: Path | str, place: str, found: str, wanted: str) -> None:
    if not holds:
        raise UnreadableInput(path, f"at {place.lstrip('/')}: {found}", f"wanted: {wanted}")
