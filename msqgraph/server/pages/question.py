"""The page of a question, and every country's answer to it as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from msqgraph.server.addresses import page_path
from msqgraph.server.content.question import Question, question
from msqgraph.server.linked_data.existence import known_among
from msqgraph.server.pages.csv_file import csv_file
from msqgraph.server.pages.rendering import page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_COLUMNS = (
    "iso3", "country", "status", "affirms", "text", "language", "value", "lower_bound", "upper_bound", "unit",
    "is_approximate", "reference_year", "ticked", "unticked", "tick_unknown", "stated_in_words", "doubts", "page",
    "answer_iri",
)  # fmt: skip
_SEPARATOR = " | "
_EXCERPT = 280  # characters of an answer in the table


def routes() -> list[Route]:
    """The addresses of question pages and files."""
    return [
        Route("/{lang}/questions/{edition}/{number}.csv", question_file),
        Route("/{lang}/questions/{edition}/{number}", question_page),
    ]


async def question_page(request: Request) -> Response:
    """A question with its answers. Other parts of a form, whose addresses look the same, have pages among things.

    :raises HTTPException: 404 if the form has no such part.
    """
    found = await _question(request)
    if found is None:
        edition, number = request.path_params["edition"], request.path_params["number"]
        path = f"questionnaire/{edition}/{number}"
        if not await known_among(request.app.state.asking, [path]):
            raise HTTPException(404)
        root = request.scope.get("root_path", "")
        return RedirectResponse(f"{root}/{request.path_params['lang']}/things/{path}", 303)
    return page(request, "question.html", question=found, page_path=page_path, excerpt=excerpt)


async def question_file(request: Request) -> Response:
    """All answers, word for word, and the countries without one.

    :raises HTTPException: 404 if there is no such question.
    """
    found = await _question(request)
    if found is None:
        raise HTTPException(404)
    return csv_file(f"{found.edition}-{found.number}", _COLUMNS, _rows(found))


def excerpt(text: str) -> str:
    """The beginning of an answer, cut between words.

    >>> excerpt("one\\n two"), len(excerpt("word " * 100)) <= 281
    ('one two', True)
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= _EXCERPT else f"{plain[:_EXCERPT].rsplit(' ', 1)[0]}…"


async def _question(request: Request) -> Question | None:
    told = request.path_params
    if not all(part.isascii() and part.replace("-", "").isalnum() for part in (told["edition"], told["number"])):
        raise HTTPException(404)
    return await question(request.app.state.asking, told["edition"], told["number"], told["lang"])


def _rows(found: Question) -> Iterator[list[str]]:
    for answer in found.answers:
        number = answer.number
        yield [
            answer.country.iso3,
            answer.country.name.value,
            answer.status,
            "" if answer.affirms is None else str(answer.affirms).lower(),
            answer.text.value if answer.text else "",
            answer.text.language if answer.text else "",
            *((number.value, number.lower, number.upper, number.unit) if number else [""] * 4),
            str(number.is_approximate).lower() if number else "",
            number.year if number else "",
            *(
                _SEPARATOR.join(option.slug for option, tick in answer.ticks if tick == wanted)
                for wanted in ("ticked", "unticked", "unknown")
            ),
            *(_SEPARATOR.join(one.slug for one in several) for several in (answer.stated_in_words, answer.doubts)),
            answer.page,
            answer.iri,
        ]
