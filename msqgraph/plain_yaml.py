"""YAML from strangers: plain scalars are text, nothing is executed, nothing multiplies.

YAML 1.1 turns ``2020`` into a number, ``2019-02-12`` into a date and ``yes`` into a truth value; in a transcript they
are words that somebody wrote. Only ``true``, ``false`` and ``null`` keep their meaning. Aliases are refused: a few of
them, nested, fill any memory.
"""

from __future__ import annotations

from functools import cache
from typing import Any

MAX_CHARACTERS = 20_000_000


def load_yaml(text: str) -> Any:
    """The dictionaries, lists, texts, truth values and nulls in a YAML text.

    :raises ValueError: if it is no YAML, uses aliases, or is longer than ``MAX_CHARACTERS``; the message tells where.

    >>> load_yaml("edition: 2020\\nticks: {yes: true, no: null}")
    {'edition': '2020', 'ticks': {'yes': True, 'no': None}}
    """
    import yaml

    if len(text) > MAX_CHARACTERS:
        raise ValueError(f"longer than {MAX_CHARACTERS} characters")
    try:
        if "*" in text and "&" in text:  # without both there can be no alias, and most texts are spared a second parse
            for event in yaml.parse(text, Loader=_loader()):
                if isinstance(event, yaml.AliasEvent):
                    raise ValueError(f"an alias (*{event.anchor}), which is refused")
        return yaml.load(text, Loader=_loader())  # noqa: S506 - a safe loader with fewer types
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"no valid YAML: {error}") from None


@cache
def _loader() -> Any:
    import re

    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML's own name, replaced not changed

    Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
    Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:null|~|)$"), ["n", "~", ""])
    return Loader
