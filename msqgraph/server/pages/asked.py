"""The project's questions: a list by tag, and a page for each with its answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from msqgraph.errors import UsageError
from msqgraph.queries import Query
from msqgraph.server.editor import questions
from msqgraph.server.editor.asked_for import first, told_by, wish_of
from msqgraph.server.editor.shown import ALL_PAGES, VIEWS, Wish, show
from msqgraph.server.pages.rendering import page
from msqgraph.server.pages.results import address, chart_response, context_of, drawer_of, status_of
from msqgraph.tables import about

if TYPE_CHECKING:
    from starlette.requests import Request


def routes() -> list[Route]:
    """The routes of the project's questions."""
    return [
        Route("/{lang}/asked", asked, name="asked"),
        Route("/{lang}/asked/{slug}.svg", asked_chart, name="asked-chart"),
        Route("/{lang}/asked/{slug}", asked_one, name="asked-one"),
    ]


async def asked(request: Request) -> Response:
    """All questions by what they are about, or those with the tag in ``tag``."""
    base = request.app.state.asking.base
    tag = request.query_params.get("tag", "")
    groups = await asyncio.to_thread(questions.by_tag, base)  # which reads all their files the first time
    known = {name for query in questions.questions(base) for name in query.tags}
    if tag and tag not in known:
        raise HTTPException(404, f"No question has the tag {tag!r}.")
    if tag:
        groups = {tag: tuple(query for query in questions.questions(base) if tag in query.tags)}
    total = len(questions.questions(base))
    return page(
        request,
        "asked.html",
        groups=groups,
        tag=tag,
        tags=sorted(known, key=lambda one: (one.rstrip("0123456789"), len(one), one)),
        total=total,
    )


async def asked_one(request: Request) -> Response:
    """A question, its parameters as a form, and its answer."""
    told = await told_by(request)
    query, values = await asyncio.to_thread(_question, request, told)
    asking, language = request.app.state.asking, request.path_params["lang"]
    choices = await questions.choices(asking, query, values, language)
    try:
        wish = _wish(request, told, query, values)
    except UsageError as error:
        told_of = {"asked": query, "described": questions.in_parts(query.description), "choices": choices}
        return page(request, "asked_one.html", 400, **told_of, values={}, problem=str(error))
    is_static = request.app.state.site.is_static
    if is_static:  # there is one page of it, as it comes, with the chart in it
        wish = replace(wish, page=ALL_PAGES)
    shown = await show(request.app.state.engine, asking, drawer_of(request), wish, language)
    drawn: dict[str, str | list[str]] = {} if is_static else {**values, "as": shown.view}
    if wish.columns:
        drawn["columns"] = list(wish.columns)
    is_file = shown.chart is not None and not is_static
    chart = address(request, f"{language}/asked/{query.name}.svg", drawn) if is_file else ""
    link = address(request, f"{language}/asked/{query.name}", drawn, is_absolute=True)
    # what is downloaded and cited is the query, in the view that is seen
    context = context_of(request, replace(shown, wish=replace(wish, view=shown.view)), chart, link)
    return page(
        request,
        "asked_one.html",
        status_of(shown),
        asked=query,
        described=questions.in_parts(query.description),
        choices=choices,
        values=values,
        problem="",
        lacks_survey=not shown.found.rows and not shown.refusal and await questions.lacks_survey(asking, query),
        **context,
    )


async def asked_chart(request: Request) -> Response:
    """The chart of a question's answer as an SVG file."""
    told = await told_by(request)
    query, values = await asyncio.to_thread(_question, request, told)
    try:
        return await chart_response(request, _wish(request, told, query, values))
    except UsageError as error:
        raise HTTPException(400, str(error)) from None


def _question(request: Request, told: dict[str, list[str]]) -> tuple[Query, dict[str, str]]:
    """The question of a request, and the values of its parameters that are not empty.

    :raises HTTPException: 404 if there is no such question.
    """
    query = questions.question(request.path_params["slug"], request.app.state.asking.base)
    if query is None:
        raise HTTPException(404, f"There is no question {request.path_params['slug']!r}.")
    return query, {name: first(told, name) for name in query.parameters if first(told, name)}


def _wish(request: Request, told: dict[str, list[str]], query: Query, values: dict[str, str]) -> Wish:
    """What is wanted of a question.

    :raises UsageError: if a value makes no term.
    """
    base = request.app.state.asking.base
    sparql = questions.sparql_of(query, values, base)
    view = first(told, "as")
    said = about(query, values, base)
    return replace(wish_of(told, request), sparql=sparql, view=view if view in VIEWS else "", about=said)
