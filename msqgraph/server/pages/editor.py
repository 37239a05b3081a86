"""The SPARQL editor: a form that works by itself, which a script turns into an editor with completion."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from msqgraph.server.editor import questions
from msqgraph.server.editor.asked_for import MAX_LINK
from msqgraph.server.editor.terms import terms
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

_FIRST_QUERY = """\
# How many things of each kind are there?
PREFIX msq: <{base}ontology#>
SELECT ?kind (COUNT(?thing) AS ?things) WHERE {{
  ?thing a ?kind .
}}
GROUP BY ?kind
ORDER BY DESC(?things)
"""
_KEPT_S = 300


def routes() -> list[Route]:
    """The routes of the editor."""
    return [
        Route("/{lang}/query", editor, name="query"),
        Route("/{lang}/query/terms.json", editor_terms, name="query-terms"),
        Route("/{lang}/query/{slug}.rq", question_text, name="query-text"),
    ]


async def editor(request: Request) -> Response:
    """The editor with the query in ``query``, the project's question in ``question``, or a first one."""
    base = request.app.state.asking.base
    groups = await asyncio.to_thread(questions.by_tag, base)  # which reads all their files the first time
    sparql = request.query_params.get("query", "").replace("\r\n", "\n")
    name = request.query_params.get("question", "")
    is_given = bool(sparql or name)
    if not sparql:
        sparql = _text(name, base) if name else _FIRST_QUERY.format(base=base)
    return page(
        request,
        "editor.html",
        sparql=sparql,
        is_given=is_given,
        chosen=name,
        groups=groups,
        max_link=MAX_LINK,
    )


async def editor_terms(request: Request) -> Response:
    """What the editor completes, with labels in the language of the page."""
    known = await terms(request.app.state.asking, request.path_params["lang"])
    kept = f"public, max-age={_KEPT_S}" if known["classes"] else "no-store"
    return JSONResponse(known, headers={"Cache-Control": kept, "X-Robots-Tag": "noindex"})


async def question_text(request: Request) -> Response:
    """The SPARQL text of one of the project's questions."""
    text = await asyncio.to_thread(_text, request.path_params["slug"], request.app.state.asking.base)
    return Response(text, media_type="application/sparql-query", headers={"Cache-Control": f"max-age={_KEPT_S}"})


def _text(name: str, base: str) -> str:
    """The text of a question.

    :raises HTTPException: 404 if there is none of this name.
    """
    query = questions.question(name, base)
    if query is None:
        raise HTTPException(404, f"There is no question {name!r}.")
    return questions.sparql_of(query, {}, base)
