"""The competency questions in ``queries/``, and any other query: load, bind parameters, run.

A query file carries its metadata as YAML in its first lines, each behind ``#+``: ``summary``, ``description``,
``tags``, ``parameters``. A parameter is a ``VALUES ?name { ... }`` line in the query, whose value there is the
default; so the file runs as it stands on any endpoint, and binding one is putting another term into the braces, never
text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msqgraph import assets
from msqgraph.errors import UsageError
from msqgraph.plain_yaml import load_yaml

if TYPE_CHECKING:
    from msqgraph.store import Results, Store

_HEADER = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
KEYS = ("summary", "description", "parameters", "tags")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be bound: ``iri`` is the path that a value is put behind (``id/country/``), or empty for text."""

    name: str
    description: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question with its SPARQL text."""

    name: str
    text: str
    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    parameters: dict[str, Parameter] = field(default_factory=dict)


def query_names() -> list[str]:
    """The slugs of the questions that come with the package, sorted.

    >>> "which-agency-is-responsible-for-what" in query_names()
    True
    """
    return [Path(name).stem for name in assets.names("queries", ".rq")]


def load_query(name_or_file: str, base: str = assets.DEFAULT_BASE) -> Query:
    """A question of the package by its slug, or the query in a file.

    :raises UsageError: if there is neither, or the header is not as it should be.

    >>> load_query("which-agency-is-responsible-for-what").summary
    'Which agency is responsible for which policy area?'
    """
    if name_or_file in query_names():
        return parse_query(assets.read_text(f"queries/{name_or_file}.rq", base), name_or_file)
    path = Path(name_or_file)
    if path.is_file():
        try:
            return parse_query(path.read_text(encoding="utf-8"), path.name)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path}: {error} — save the query as UTF-8 text") from None
    raise UsageError(f"no query {name_or_file!r}: give a file, or one of\n  " + "\n  ".join(query_names()))


def parse_query(text: str, name: str) -> Query:
    """The query in a text. A query without header is fine: it has no parameters.

    :raises UsageError: if the header is no YAML, has an unknown key, or names a parameter that the query does not have.

    >>> query = parse_query("#+ summary: All?\\nSELECT * { ?s ?p ?o }", "all")
    >>> query.summary, query.parameters
    ('All?', {})
    """
    try:
        header = load_yaml("\n".join(_HEADER.findall(text))) or {}
    except ValueError as error:
        raise UsageError(f"{name}: the #+ lines: {error}") from None
    if not isinstance(header, dict):
        raise UsageError(f"{name}: the #+ lines must be `key: value`")
    for key in header:
        if key not in KEYS:
            raise UsageError(f"{name}: unknown key {key!r} in the #+ lines: use {', '.join(KEYS)}")
    parameters = {}
    for key, about in (header.get("parameters") or {}).items():
        if not isinstance(about, dict):
            about = {"description": str(about)}
        if not _values(key).search(text):
            raise UsageError(f"{name}: the parameter {key!r} needs a line `VALUES ?{key} {{ ... }}` in the query")
        parameters[key] = Parameter(key, str(about.get("description", "")), str(about.get("iri", "")))
    tags = tuple(header.get("tags") or ())
    return Query(name, text, str(header.get("summary", "")), str(header.get("description", "")), tags, parameters)


def bind(query: Query, values: dict[str, str], base: str = assets.DEFAULT_BASE) -> str:
    """The query's text with other terms in the place of the parameters' defaults.

    :param values: by parameter; for one with ``iri``, what comes behind that path or a whole IRI.
    :raises UsageError: if the query has no such parameter, or a value cannot be made the term it needs.

    >>> query = load_query("which-agency-is-responsible-for-what")
    >>> "VALUES ?country { <https://w3id.org/msqgraph/id/country/PRY> }" in bind(query, {"country": "PRY"})
    True
    """
    import pyoxigraph as ox

    terms: dict[str, Any] = {}
    for name, value in values.items():
        if name not in query.parameters:
            known = ", ".join(query.parameters) or "it has none"
            raise UsageError(f"{query.name}: no parameter {name!r} ({known})")
        path = query.parameters[name].iri
        try:
            iri = value if value.startswith(("http://", "https://")) else base + path + value
            terms[name] = ox.NamedNode(iri) if path else ox.Literal(value)
        except ValueError as error:
            raise UsageError(f"{query.name}: {name}={value} makes no IRI: {error}") from None
    # all at once, so that what one value says is never read for another
    if not terms:
        return query.text
    return _values(*terms).sub(lambda match: f"VALUES ?{match[1]} {{ {terms[match[1]]} }}", query.text)


def run(store: Store, query: Query, values: dict[str, str] | None = None, base: str = assets.DEFAULT_BASE) -> Results:
    """The answer of a store to a query with its parameters bound.

    :raises UsageError: as :func:`bind`, or if the store cannot answer.

    >>> from msqgraph.store import EmbeddedStore
    >>> len(list(run(EmbeddedStore(), load_query("which-agency-is-responsible-for-what"))))
    0
    """
    return store.query(bind(query, values or {}, base))


def setting(query: Query, values: dict[str, str], base: str = assets.DEFAULT_BASE) -> list[tuple[str, str]]:
    """The parameters with what they are bound to, as a user would give it, defaults too; without those left open.

    :raises UsageError: as :func:`bind`.

    >>> setting(load_query("which-indicators-are-stated"), {"country": "PRY"})
    [('country', 'PRY')]
    """
    text = bind(query, values, base)
    found = [(name, _values(name).search(text)) for name in query.parameters]
    terms = [(name, term) for name, line in found if line for term in line[2].split() if term != "UNDEF"]
    return [(name, re.sub(r".*[/#:]", "", term.strip('<>"'))) for name, term in terms]


def _values(*names: str) -> re.Pattern[str]:
    """The lines that bind parameters: the name is the first group, the terms are the second."""
    return re.compile(rf"VALUES\s+\?({'|'.join(map(re.escape, names))})\s*\{{([^}}]*)\}}")
