"""The page that sets answers of several countries and editions side by side, and the same as a CSV file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from msqgraph.person_names import MARKER
from msqgraph.server.addresses import page_path
from msqgraph.server.content import comparison as content
from msqgraph.server.content.comparison import Cell, Comparison
from msqgraph.server.content.differences import Outcome
from msqgraph.server.pages.csv_file import ANY_ORIGIN, csv_file
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request

#: What ``show=`` can be: all questions, those that differ, those that differ in more than words.
SHOWN = ("all", "differences", "substance")
_HEADER = (
    "question",
    "topic",
    "outcome",
    "differs_in",
    "country",
    "edition",
    "status",
    "affirms",
    "ticked",
    "unticked",
)
_HEADER_TOO = ("tick_unknown", "value", "lower_bound", "upper_bound", "unit", "reference_year", "text", "answer")


def routes() -> list[Route]:
    """The routes of the comparison."""
    return [Route("/{lang}/compare", compare, name="compare"), Route("/{lang}/compare.csv", table, name="compare-csv")]


async def compare(request: Request) -> Response:
    """Countries side by side, or, where none is named, the form to choose them.

    What cannot be compared is said on the page: 400 for too many, 404 for a country or an edition that there is not.
    """
    asking, language = request.app.state.asking, request.path_params["lang"]
    iso3s, editions = _asked(request, "country"), _asked(request, "edition")
    found, status = await _comparison(request)
    show = request.query_params.get("show", "")
    show = show if show in SHOWN else SHOWN[0]
    return page(
        request,
        "compare.html",
        status,
        comparison=found,
        shown=[one for one in found.questions if _is_shown(one, show)] if found else [],
        show=show,
        choices=await content.choices(asking, language),
        countries=iso3s,
        editions=editions,
        most_countries=content.MOST_COUNTRIES,
        most_editions=content.MOST_EDITIONS,
        page_path=page_path,
        marker=MARKER,
    )


async def table(request: Request) -> Response:
    """The same as a file: a row for each question and column."""
    found, status = await _comparison(request)
    if found is None or status != 200:
        words = f"Name up to {content.MOST_COUNTRIES} countries (country=PRY) and {content.MOST_EDITIONS} editions.\n"
        return PlainTextResponse(words, status if status != 200 else 400, ANY_ORIGIN)
    name = "-".join(["compare", *dict.fromkeys(part for one in found.columns for part in (one.iso3, one.edition))])
    return csv_file(name, (*_HEADER, *_HEADER_TOO), _rows(found))


async def _comparison(request: Request) -> tuple[Comparison | None, int]:
    """What is to be compared, with the status of the page; None if nothing is, or too much."""
    iso3s, editions = _asked(request, "country"), _asked(request, "edition")
    if not iso3s:
        return None, 200
    try:
        found = await content.comparison(request.app.state.asking, iso3s, editions, request.path_params["lang"])
    except ValueError:
        return None, 400
    return found, 404 if found.unknown_countries or found.unknown_editions else 200


def _asked(request: Request, name: str) -> list[str]:
    return list(dict.fromkeys(value for value in request.query_params.getlist(name) if value))


def _is_shown(one: content.ComparedQuestion, show: str) -> bool:
    is_different = one.verdict.outcome is Outcome.DIFFERENT
    return show == "all" or (is_different and not (show == "substance" and one.verdict.is_only_in_words))


def _rows(found: Comparison) -> Iterator[tuple[str, ...]]:
    for one in found.questions:
        differs = [aspect.name for aspect in one.verdict.aspects if aspect.outcome is Outcome.DIFFERENT]
        for column, cell in zip(found.columns, one.cells, strict=True):
            number = cell.question.number if cell.question else one.question.number
            outcome = str(one.verdict.outcome or "")
            place = (number, one.question.label.value, outcome, " ".join(differs), column.iso3, column.edition)
            yield (*place, cell.status, *_said(cell))


def _said(cell: Cell) -> tuple[str, ...]:
    answer = cell.answer
    if answer is None:
        return ("",) * (len(_HEADER) + len(_HEADER_TOO) - 7)
    affirms = "" if answer.affirms is None else str(answer.affirms).lower()
    states = {
        state: " ".join(tick.option.slug for tick in answer.ticks if tick.state == state)
        for state in ("ticked", "unticked", "unknown")
    }
    number = answer.quantity
    figures = (number.value, number.lower_bound, number.upper_bound) if number else ("", "", "")
    about = (number.unit.slug if number and number.unit else "", number.reference_year if number else "")
    return (affirms, *states.values(), *figures, *about, answer.text.value, answer.iri)
