"""The project's questions as pages show them: by tag, and with what their parameters can be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from msqgraph.folding import plain
from msqgraph.queries import Parameter, Query, bind, load_query, query_names, setting
from msqgraph.server.content.texts import Text, labels, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

_BY_PATH = {
    "id/country/": "SELECT ?thing ?code { ?thing a msq:Country ; msq:iso3 ?code }",
    "id/region/": "SELECT ?thing ?code { ?thing a msq:Region ; msq:m49 ?code }",
    "id/edition/": "SELECT DISTINCT ?thing { ?thing a msq:Edition }",
}
_CODES = "SELECT DISTINCT ?thing { VALUES ?scheme { } ?thing skos:inScheme ?scheme }"
_SURVEYED = "SELECT ?edition { ?edition msq:asked ?country } LIMIT 1"
_CODE_OR_NAME = re.compile(r"`([^`]+)`|\b([a-z0-9]+(?:-[a-z0-9]+){2,})\b")
_HEADER = re.compile(r"^#\+.*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Choice:
    """A parameter of a question: what it can be, with names, and what it is now. Without ``options``, any text.

    ``may_be_empty`` says that the question asks about all where nothing is chosen.
    """

    parameter: Parameter
    options: tuple[tuple[str, Text], ...]
    chosen: str
    may_be_empty: bool


@cache
def questions(base: str) -> tuple[Query, ...]:
    """All questions of the package, written for a base, in the order of their summaries.

    >>> len(questions("https://w3id.org/msqgraph/")) > 60
    True
    """
    return tuple(sorted((load_query(name, base) for name in query_names()), key=lambda query: query.summary))


@cache
def by_tag(base: str) -> dict[str, tuple[Query, ...]]:
    """The questions by the first of their tags, which is what they are about; the tag with most questions first."""
    grouped: dict[str, list[Query]] = {}
    for query in questions(base):
        grouped.setdefault(query.tags[0] if query.tags else "", []).append(query)
    ordered = sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0]))
    return {tag: tuple(found) for tag, found in ordered}


def with_words(told: str, base: str, most: int = 5) -> tuple[Query, ...]:
    """The questions that have all words in their summary, name or tags, the shortest first; none for no words.

    >>> [query.name for query in with_words("open data law", "https://w3id.org/msqgraph/")][0]
    'does-an-open-data-law-come-with-a-portal'
    """
    words = re.findall(r"\w+", plain(told))
    found = [query for query, own in _words(base) if words and own.issuperset(words)]
    return tuple(sorted(found, key=lambda query: (len(query.summary), query.name))[:most])


@cache
def _words(base: str) -> tuple[tuple[Query, frozenset[str]], ...]:
    """Each question with its words, and what they are without the s of the plural."""
    found = []
    for query in questions(base):
        words = re.findall(r"\w+", plain(" ".join((query.summary, query.name, *query.tags))))
        found.append((query, frozenset((*words, *(word.removesuffix("s") for word in words)))))
    return tuple(found)


def in_parts(description: str) -> list[tuple[str, str]]:
    """A description as ``text``, ``code`` and names of other questions (``question``), one after the other.

    >>> in_parts("See who-rose-most: `asked` is not so-and-so.")
    [('text', 'See '), ('question', 'who-rose-most'), ('text', ': '), ('code', 'asked'), ('text', ' is not so-and-so.')]
    """
    parts, at, names = [], 0, set(query_names())
    for match in _CODE_OR_NAME.finditer(description):
        kind = "question" if (match[1] or match[2]) in names else "code"
        if match[1] or kind == "question":
            parts += [("text", description[at : match.start()]), (kind, match[1] or match[2])]
            at = match.end()
    return [part for part in [*parts, ("text", description[at:])] if part[1]]


async def lacks_survey(asking: Asking, query: Query) -> bool:
    """Whether a question is about the survey's figures, or about whom it covers, and the dataset has none of that.

    :raises QueryRefused: if the engine does not answer.
    """
    return ("egdi" in query.tags or "msq:asked" in query.text) and not await asking.rows(_SURVEYED)


def question(name: str, base: str) -> Query | None:
    """A question by its slug."""
    return next((query for query in questions(base) if query.name == name), None)


def sparql_of(query: Query, values: dict[str, str], base: str) -> str:
    """The text of a question with its parameters bound, its summary as a comment in place of its header.

    :raises UsageError: as :func:`msqgraph.queries.bind`.

    >>> from msqgraph.assets import DEFAULT_BASE as base
    >>> sparql_of(load_query("which-agency-leads-e-government"), {}, base).partition("\\n")[0]
    '# Which agency leads e-government?'
    """
    text_ = _HEADER.sub("", bind(query, values, base)).strip()
    return f"# {query.summary}\n{text_}\n" if query.summary else f"{text_}\n"


async def choices(asking: Asking, query: Query, values: dict[str, str], language: str) -> list[Choice]:
    """The parameters of a question with their options in the language of a reader, in the order of names.

    :raises QueryRefused: if the engine does not answer.
    """
    defaults = dict(setting(query, {}, asking.base))
    found = []
    for name, parameter in query.parameters.items():
        options = await _options(asking, parameter.iri, language)
        found.append(Choice(parameter, options, values.get(name, defaults.get(name, "")), name not in defaults))
    return found


async def _options(asking: Asking, path: str, language: str) -> tuple[tuple[str, Text], ...]:
    import pyoxigraph as ox

    start = asking.base + path
    if path in _BY_PATH:
        rows = await asking.rows(_BY_PATH[path])
    elif path.startswith("code/"):
        rows = await asking.rows(_CODES, scheme=ox.NamedNode(start.rstrip("/")))
    else:
        return ()
    things = {text_of(row["thing"]) for row in rows}
    slugs = {iri: iri.removeprefix(start) for iri in things if iri.startswith(start)}
    if path == "id/edition/":
        return tuple((slug, text(ox.Literal(slug))) for slug in sorted(slugs.values(), reverse=True))
    names = await labels(asking, slugs, language)
    return tuple(sorted(((slugs[iri], names[iri]) for iri in slugs), key=lambda one: one[1].value.casefold()))
