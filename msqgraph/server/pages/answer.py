"""The page of one answer, and its citation as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from msqgraph.exports.answer_citation import cite_answer
from msqgraph.exports.citation_forms import FORMS
from msqgraph.person_names import MARKER
from msqgraph.server.addresses import page_path
from msqgraph.server.content.answer import answer as answer_content
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

# by form: the media type, and the suffix of the file
_FILES = {
    "text": ("text/plain", "txt"),
    "bibtex": ("application/x-bibtex", "bib"),
    "csl": ("application/vnd.citationstyles.csl+json", "json"),
}


def routes() -> list[Route]:
    """The routes of the pages of answers."""
    return [Route("/{lang}/answers/{edition}/{iso3}/{number}", answer, name="answer")]


async def answer(request: Request) -> Response:
    """An answer; with ``?form=text``, ``bibtex`` or ``csl`` its citation as a file.

    :raises HTTPException: 404 if there is no such answer, 400 for another form.
    """
    edition, iso3, number = (request.path_params[name] for name in ("edition", "iso3", "number"))
    form = request.query_params.get("form", "")
    if form and form not in _FILES:
        raise HTTPException(400, f"form={form}: use {', '.join(_FILES)}")
    shown = await answer_content(request.app.state.asking, edition, iso3, number, request.path_params["lang"])
    if shown is None:
        raise HTTPException(404)
    citation = cite_answer(shown.cited, request.app.state.site.release)
    if form:
        media_type, suffix = _FILES[form]
        attachment = {"Content-Disposition": f'attachment; filename="{citation.key}.{suffix}"'}
        return Response(f"{FORMS[form](citation)}\n", headers=attachment, media_type=f"{media_type}; charset=utf-8")
    citations = {name: told(citation) for name, told in FORMS.items()}
    return page(request, "answer.html", shown=shown, citations=citations, page_path=page_path, marker=MARKER)
