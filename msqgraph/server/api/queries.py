"""The project's questions to the data as operations: each has parameters of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from msqgraph.errors import UsageError
from msqgraph.queries import Query, bind
from msqgraph.server.api.known import known, known_thing
from msqgraph.server.api.operations import Call, Operation
from msqgraph.server.api.parameters import BadParameter, Parameter
from msqgraph.server.content import question_rows
from msqgraph.server.content.question_rows import CompetencyQuestion, Rows
from msqgraph.server.editor import questions as project_questions

_SLUG_PATTERN = "[a-z0-9-]+"
SLUG = Parameter(
    "slug", "slug of a question", is_in_path=True, pattern=_SLUG_PATTERN, example="which-agency-leads-e-government"
)


async def questions(base: str) -> tuple[Query, ...]:
    """All questions; they are read from their files once, which takes its time."""
    return await asyncio.to_thread(project_questions.questions, base)


async def queries(call: Call, tag: str | None) -> tuple[CompetencyQuestion, ...]:
    """The questions of the project."""
    every = await questions(call.asking.base)
    known("tag", tag, (one for query in every for one in query.tags))
    return tuple(
        question_rows.competency_question(one, call.asking.base) for one in every if tag is None or tag in one.tags
    )


async def query(call: Call, slug: str, offset: int, limit: int, more: Mapping[str, Sequence[str]]) -> Rows | None:
    """The rows of a question, with its parameters bound.

    :raises BadParameter: if it has no such parameter, or a value is none that it takes.
    :raises NotThere: if a value names what the data do not have.
    """
    found = next((one for one in await questions(call.asking.base) if one.name == slug), None)
    if found is None:
        return None
    declared = {one.name: one for one in parameters_of(found)}
    if unknown := more.keys() - declared.keys():
        names = ", ".join(declared) or "it has none"
        raise BadParameter(f"{slug} has no parameter {min(unknown)[:60]!r} ({names})")
    values = {name: declared[name].read(given) for name, given in more.items()}
    try:
        sparql = bind(found, values, call.asking.base)
    except UsageError as error:
        raise BadParameter(str(error)) from None
    for name, value in values.items():
        if path := found.parameters[name].iri:
            await known_thing(call, name, value, f"{call.asking.base}{path}{value}")
    return await question_rows.rows_of(call.engine, found, sparql, offset, limit, call.client)


def parameters_of(found: Query) -> tuple[Parameter, ...]:
    """The parameters of a question as the interface takes them: ends of IRIs, or text.

    >>> from msqgraph.queries import load_query
    >>> [one.name for one in parameters_of(load_query("which-agency-leads-e-government"))]
    ['country']
    """
    return tuple(
        Parameter(one.name, one.description, pattern="[A-Za-z0-9_-]+" if one.iri else "")
        for one in found.parameters.values()
    )


def each(operation: Operation, every: Sequence[Query]) -> tuple[Operation, ...]:
    """The operation that answers a question, as one operation for each question: with its own parameters."""
    return tuple(
        replace(
            operation,
            name=f"query-{found.name}",
            path=operation.path.replace("{slug}", found.name),
            summary=found.summary,
            description=found.description,
            parameters=parameters_of(found),
            takes_any=False,
        )
        for found in every
    )


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "queries",
        "/queries",
        "Queries",
        "The project's questions to the data, with their SPARQL",
        CompetencyQuestion,
        queries,
        (Parameter("tag", "what questions are about", pattern=_SLUG_PATTERN, example="laws"),),
        is_list=True,
    ),
    Operation(
        "query",
        "/queries/{slug}",
        "Queries",
        "The answer to a question of the project, as rows",
        Rows,
        query,
        (SLUG,),
        is_paged_by_answer=True,
        takes_any=True,
    ),
)
"""The list of questions, and the answer to one."""
