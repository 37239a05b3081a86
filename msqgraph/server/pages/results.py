"""The pages of results: somebody's query as table, bars, lines or a map, with a link that can be shared."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

import msqgraph
from msqgraph.exports.citation_forms import Citation
from msqgraph.iris import six_hex
from msqgraph.release.about import Publisher
from msqgraph.server.editor.asked_for import first, fits_a_link, parameters_of, told_by, wish_of
from msqgraph.server.editor.drawable import DRAWINGS
from msqgraph.server.editor.drawing import Drawer
from msqgraph.server.editor.found import MAX_DRAWN_ROWS, MAX_ROWS
from msqgraph.server.editor.shown import Shown, Wish, show
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

_NO_INDEX = {"X-Robots-Tag": "noindex"}
_KEPT_S = 300


def routes() -> list[Route]:
    """The routes of results."""
    return [
        Route("/{lang}/results", results, methods=["GET", "POST"], name="results"),
        Route("/{lang}/results.svg", results_chart, name="results-chart"),
    ]


async def results(request: Request) -> Response:
    """The results of the query in ``query``, as a page, or with ``part`` as what the editor puts below itself."""
    told = await told_by(request)
    wish = wish_of(told, request)
    language = request.path_params["lang"]
    if not wish.sparql:
        return RedirectResponse(_local(request, f"{language}/query"), 303)
    is_part = bool(first(told, "part"))
    is_short = fits_a_link(wish)
    if request.method == "POST" and is_short and not is_part:
        return RedirectResponse(address(request, f"{language}/results", parameters_of(wish)), 303)
    shown = await show(request.app.state.engine, request.app.state.asking, drawer_of(request), wish, language)
    told_on = parameters_of(wish)
    chart = address(request, f"{language}/results.svg", told_on) if is_short else ""
    link = address(request, f"{language}/results", told_on, is_absolute=True) if is_short else ""
    template = "results_part.html" if is_part else "results.html"
    response = page(request, template, status_of(shown), **context_of(request, shown, chart, link))
    _mark(response, shown)
    return response


async def results_chart(request: Request) -> Response:
    """The chart of a query as an SVG file."""
    wish = wish_of(await told_by(request), request)
    return await chart_response(request, wish)


async def chart_response(request: Request, wish: Wish) -> Response:
    """The chart of what is wanted.

    :raises HTTPException: 404 if there is no query or no chart of its answer.
    :raises QueryRefused: if the engine does not answer.
    """
    if not wish.sparql or wish.view not in DRAWINGS:
        raise HTTPException(404, "There is no such chart: name a query, and bar, line or map.")
    state = request.app.state
    shown = await show(state.engine, state.asking, drawer_of(request), wish, request.path_params["lang"])
    if refusal := shown.refusal or shown.chart_refusal:
        raise refusal
    if shown.chart is None:
        raise HTTPException(404, shown.chart_problem or "The columns of the answer make no such chart.")
    headers = {"ETag": shown.chart.etag, "Cache-Control": f"public, max-age={_KEPT_S}", **_NO_INDEX}
    if request.headers.get("if-none-match") == shown.chart.etag:
        return Response(status_code=304, headers=headers)
    return Response(shown.chart.svg, media_type="image/svg+xml", headers=headers)


def context_of(request: Request, shown: Shown, chart: str, link: str) -> dict[str, Any]:
    """What the part of a page with results is told.

    :param chart: the address of the chart, or empty where it is too long; then the chart is put into the page.
    :param link: the whole address of the page, or empty where it is too long.
    """
    if shown.chart and not chart:
        chart = f"data:image/svg+xml;base64,{base64.b64encode(shown.chart.svg).decode('ascii')}"
    return {
        "shown": shown,
        "chart_address": chart,
        "is_short": fits_a_link(shown.wish),
        "stable_address": link,
        "cite": _citing(request, shown.wish, link),
        "max_rows": MAX_ROWS,
        "max_drawn_rows": MAX_DRAWN_ROWS,
    }


def status_of(shown: Shown) -> int:
    """The HTTP status of a page: that of the refusal, if there is one."""
    return shown.refusal.status if shown.refusal else 200


def drawer_of(request: Request) -> Drawer:
    """The application's drawer of charts, which starts its process with the first chart."""
    state = request.app.state
    if not hasattr(state, "drawer"):
        state.drawer = Drawer()
    drawer: Drawer = state.drawer
    return drawer


def address(
    request: Request, path: str, parameters: Mapping[str, str | list[str]], *, is_absolute: bool = False
) -> str:
    """An address on this server with parameters: for links of a page, or the whole to be told to others."""
    if is_absolute:
        start = request.app.state.site.public_url or str(request.base_url)
        local = f"{start.rstrip('/')}/{path}"
    else:
        local = _local(request, path)
    return f"{local}?{urlencode(parameters, doseq=True)}" if parameters else local


def _local(request: Request, path: str) -> str:
    return f"{request.scope.get('root_path', '')}/{path}"


def _citing(request: Request, wish: Wish, stable: str) -> Callable[[str], Citation]:
    """A function that makes the citation of an answer from its title."""
    site, publisher = request.app.state.site, Publisher().name

    def cite(title: str) -> Citation:
        key = f"msq-query-{six_hex(wish.sparql)}"
        version = site.version or msqgraph.__version__
        return Citation(key, publisher, title, publisher, version, stable, container=site.title)

    return cite


def _mark(response: Response, shown: Shown) -> None:
    """Search engines are to leave answers to queries alone, and a client is told when to come back."""
    response.headers.update(_NO_INDEX)
    if shown.refusal and shown.refusal.retry_after_s is not None:
        response.headers["Retry-After"] = str(shown.refusal.retry_after_s)
