"""The project's competency questions as data: their texts, their parameters, and their rows with types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msqgraph.queries import Query
from msqgraph.server.engine.asked import Asked, Engine, Formats

if TYPE_CHECKING:
    import pyoxigraph as ox

_FORMAT = "application/sparql-results+json"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt"}
_LONGEST_WHOLE = 15  # digits: what every JSON parser keeps exactly


@dataclass(frozen=True, slots=True)
class ParameterOfQuestion:
    """A parameter of a question: the end of an IRI that begins with ``iri_prefix``; without one it is text."""

    name: str
    description: str
    iri_prefix: str = ""


@dataclass(frozen=True, slots=True)
class CompetencyQuestion:
    """A question to the data that comes with the project, and the SPARQL query that it is."""

    slug: str
    summary: str
    description: str
    tags: tuple[str, ...]
    parameters: tuple[ParameterOfQuestion, ...]
    sparql: str


@dataclass(frozen=True, slots=True)
class TypedValue:
    """A value of a row. ``datatype`` is an IRI and ``language`` a tag, for literals; whole numbers and truth values are
    such in JSON, and so are no others, whose digits JSON would not keep.
    """

    is_iri: bool
    value: str | int | bool
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some of the rows of a question's answer, by column; ``total`` counts all. Null is no value."""

    slug: str
    summary: str
    columns: tuple[str, ...]
    total: int
    offset: int
    limit: int
    rows: tuple[dict[str, TypedValue | None], ...]


def competency_question(query: Query, base: str) -> CompetencyQuestion:
    """A question of the project as data.

    >>> from msqgraph.queries import load_query
    >>> asked = competency_question(load_query("which-indicators-are-stated"), "https://w3id.org/msqgraph/")
    >>> asked.parameters[0].name, asked.parameters[0].iri_prefix
    ('country', 'https://w3id.org/msqgraph/id/country/')
    """
    parameters = tuple(
        ParameterOfQuestion(one.name, one.description, f"{base}{one.iri}" if one.iri else "")
        for one in query.parameters.values()
    )
    return CompetencyQuestion(query.name, query.summary, query.description, query.tags, parameters, query.text)


async def rows_of(engine: Engine, query: Query, sparql: str, offset: int, limit: int, client: str = "") -> Rows:
    """Some of the rows of a question's answer.

    :param sparql: the query with its parameters bound.
    :param client: whose query it is, for its turn in the queue.
    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    answer = await engine.ask(Asked(sparql, Formats(rows=_FORMAT, truth=None, triples=None), client=client))
    body = b"".join([piece async for piece in answer.body])
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{query.name} is no SELECT query")
    columns = tuple(variable.value for variable in found.variables)
    every = [dict(zip(columns, map(typed, solution), strict=True)) for solution in found]
    return Rows(query.name, query.summary, columns, len(every), offset, limit, tuple(every[offset : offset + limit]))


def typed(term: Any) -> TypedValue | None:
    """A term as a value with its type; no term is none.

    >>> import pyoxigraph as ox
    >>> typed(ox.Literal(5)), typed(None)
    (TypedValue(is_iri=False, value=5, datatype='http://www.w3.org/2001/XMLSchema#integer', language=''), None)
    """
    import pyoxigraph as ox

    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return TypedValue(isinstance(term, ox.NamedNode), str(getattr(term, "value", term)))
    if term.language:
        return TypedValue(False, term.value, term.datatype.value, term.language)
    return TypedValue(False, _native(term), term.datatype.value)


def _native(literal: ox.Literal) -> str | int | bool:
    """Whole numbers and truth values as such; of anything else its characters, exactly."""
    name = literal.datatype.value.removeprefix(_XSD)
    if name == "boolean" and literal.value in ("true", "false"):
        return literal.value == "true"
    if name in _WHOLE and len(literal.value) <= _LONGEST_WHOLE:
        try:
            return int(literal.value)
        except ValueError:
            return literal.value
    return literal.value
