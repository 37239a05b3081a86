"""Who is who in a country's responses, as a person decided it: ``identity/<ISO3>.yaml``, an input of the build."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from msqgraph.errors import UnreadableInput
from msqgraph.plain_yaml import load_yaml


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity: its IRI as a path under the base, its official name by language, and whatever else it goes by."""

    iri: str
    accepted_by: str
    names: dict[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    country: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """The entries of one country; empty where no one has decided anything."""

    entries: tuple[Entry, ...] = ()
    path: Path | None = field(default=None, compare=False)


def load_registry(path: Path | str) -> Registry:
    """The registry in a YAML file; an empty one if there is no file.

    :raises UnreadableInput: if the file is no YAML, an entry lacks its IRI, name or acceptance, has a key that an entry
        does not have, or two entries claim the same IRI.

    >>> [entry.acronyms for entry in load_registry("responses/identity/PRY.yaml").entries][0]
    ('MITIC',)
    >>> load_registry("responses/identity/XXA.yaml").entries
    ()
    """
    path = Path(path)
    if not path.is_file():
        return Registry()
    try:
        data = load_yaml(path.read_text(encoding="utf-8")) or {}
    except (OSError, ValueError) as error:
        raise UnreadableInput(path, str(error), "mend the line that is named") from None
    if not isinstance(data, dict) or not isinstance(data.get("entities", []), list):
        raise UnreadableInput(path, "no registry", "it needs a list called `entities`")
    entries = tuple(_entry(item, path, number) for number, item in enumerate(data.get("entities", []), 1))
    seen: set[str] = set()
    for entry in entries:
        if entry.iri in seen:
            raise UnreadableInput(path, f"two entries for {entry.iri}", "put their names into one entry")
        seen.add(entry.iri)
    return Registry(entries, path)


def _entry(item: Any, path: Path, number: int) -> Entry:
    place = f"entry {number}"
    if not isinstance(item, dict):
        raise UnreadableInput(path, f"{place} is no block of keys", "write `- iri: ...` with its keys below")
    known = {one.name: one for one in fields(Entry)}
    for key in item:
        if key not in known:
            raise UnreadableInput(path, f"{place}: unknown key {key!r}", f"use one of: {', '.join(known)}")
    for key in ("iri", "accepted_by"):
        if not item.get(key):
            raise UnreadableInput(path, f"{place} has no {key!r}", "add it")
    if not any(item.get(key) for key in ("names", "aliases", "acronyms", "sites")):
        raise UnreadableInput(path, f"{place} has nothing to be known by", "add names, aliases, acronyms or sites")
    if not isinstance(item.get("names", {}), dict):
        raise UnreadableInput(path, f"{place}: names are not by language", "write `names: {es: ...}`")
    aliases, acronyms, sites = (tuple(map(str, item.get(key) or ())) for key in ("aliases", "acronyms", "sites"))
    names = {str(language): str(name) for language, name in item.get("names", {}).items()}
    return Entry(
        str(item["iri"]),
        str(item["accepted_by"]),
        names,
        aliases,
        acronyms,
        sites,
        item.get("country"),
        item.get("note"),
    )
