"""The list of questions: what the forms ask, and how many governments answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Descriptions, Names, described, iris_in, one
from msqgraph.server.content.listing import (
    Cell,
    Choice,
    Filter,
    Listing,
    Row,
    Wanted,
    page_of,
    wanted,
    with_choices,
)
from msqgraph.server.content.texts import Text, best, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Term

STATUSES = ("answered", "blank", "none-stated", "unreadable", "not-asked")
COLUMNS = ("name", "edition", "wording", "section", "topic", "kind", *STATUSES)
SORTABLE = ("name", "answered", "unreadable")
_PROPERTIES = ("msq:wording", "msq:topic", "msq:answerKind", "dct:isPartOf", "msq:position", "msq:marker")
_SECTIONS = """\
SELECT ?section ?position { ?section a msq:Section ; msq:position ?position }"""
# two lists that are put together: to look each answer up takes four times as long
_COUNTS = """\
SELECT ?question ?status (COUNT(?answer) AS ?count) {
  { SELECT ?answer ?question { VALUES ?question { } ?answer msq:question ?question } }
  { SELECT ?answer ?status { ?answer msq:status ?status } }
}
GROUP BY ?question ?status"""
_QUESTION = re.compile(r"questionnaire/([^/]+)/([^/]+)")
ALL = "all"


async def question_list(
    asking: Asking,
    parameters: Iterable[tuple[str, str]],
    language: str,
    editions: Sequence[str] = (),
    is_whole: bool = False,
) -> Listing:
    """A page of the list of questions, or all of it: of the latest form, of the edition chosen, or of all.

    :param editions: the years whose forms are in the data, the latest first.
    :raises QueryRefused: if the engine does not answer.
    """
    found = await described(asking, "?thing a msq:Question .", _PROPERTIES)
    sections = {text_of(row["section"]): int(text_of(row["position"])) for row in await asking.rows(_SECTIONS)}
    places = {question: _place(question, found, sections, asking.base) for question in found}
    related = iris_in(found, ("msq:topic", "msq:answerKind")) | set(sections)
    names = await Names.of(asking, related, language)
    kinds = sorted(iris_in(found, ("msq:answerKind",)))
    filters = [
        Filter("words"),
        Filter("kind", tuple(Choice(kind.rpartition("/")[2], names.text(kind)) for kind in kinds)),
        Filter("edition", (*(Choice(edition, Text(edition)) for edition in editions), Choice(ALL))),
    ]
    want = wanted(parameters, filters, SORTABLE, is_whole)
    chosen = want.filters.get("edition", editions[0] if editions else ALL)
    shown = [question for question in found if chosen in (ALL, _edition(question, asking.base))]
    counts = await _counts(asking, shown)
    rows = []
    for question in sorted(shown, key=lambda question: places[question][1]):
        row = _row(question, found, places[question][0], counts.get(question, {}), names, language, asking.base)
        if _fits(row, found[question], dict(want.filters)):
            rows.append(row)
    rows = _sorted(rows, want)
    return Listing("questions", COLUMNS, SORTABLE, page_of(rows, want), len(rows), with_choices(filters, want), want)


def _edition(question: str, base: str) -> str:
    match = _QUESTION.fullmatch(question.removeprefix(base))
    return match[1] if match else ""


def _place(question: str, found: Descriptions, sections: dict[str, int], base: str) -> tuple[str, tuple[object, ...]]:
    """The section that a question is in, and its place in the order of the latest form first."""
    steps: list[int] = []
    at, section = question, ""
    for _ in range(4):
        told = found.get(at, {})
        steps.insert(0, int(one(told, "msq:position") or 0))
        at = one(told, "dct:isPartOf") or ""
        if at in sections:
            section = at
            steps.insert(0, sections[at])
            break
        if at not in found:
            break
    edition = _edition(question, base)
    # what stands before the first section has no section: it keeps its place on the form
    return section, (-int(edition) if edition.isdigit() else 0, tuple(steps), question)


async def _counts(asking: Asking, questions: Iterable[str]) -> dict[str, dict[str, int]]:
    """By question and status, how many answers there are."""
    import pyoxigraph as ox

    asked = [ox.NamedNode(question) for question in questions]
    counts: dict[str, dict[str, int]] = {}
    for row in await asking.rows(_COUNTS, question=asked) if asked else ():
        status = text_of(row["status"]).rpartition("/")[2]
        counts.setdefault(text_of(row["question"]), {})[status] = int(text_of(row["count"]))
    return counts


def _row(
    question: str,
    found: Descriptions,
    section: str,
    counts: dict[str, int],
    names: Names,
    language: str,
    base: str,
) -> Row:
    told = found[question]
    topic, kind = one(told, "msq:topic"), one(told, "msq:answerKind")
    cells = {
        "edition": (Cell(Text(_edition(question, base))),),
        "wording": (Cell(best(map(text, told.get("msq:wording", ())), language)),),
        "section": (Cell(names.text(section), section),) if section else (),
        "topic": (Cell(names.text(topic), topic),) if topic else (),
        "kind": (Cell(names.text(kind), kind),) if kind else (),
    }
    cells |= {status: (Cell(Text(str(counts[status]))),) if counts.get(status) else () for status in STATUSES}
    return Row(question, Text(question.rpartition("/")[2]), cells)


def _fits(row: Row, told: dict[str, list[Term]], chosen: dict[str, str]) -> bool:
    if "kind" in chosen and not any(cell.iri.endswith(f"/{chosen['kind']}") for cell in row.cells["kind"]):
        return False
    words = chosen.get("words", "").casefold()
    looked_through = [text_of(value) for value in told.get("msq:wording", ())]
    looked_through += [cell.text.value for name in ("topic", "section") for cell in row.cells[name]]
    return words == row.name.value.casefold() or any(words in text.casefold() for text in looked_through)


def _sorted(rows: list[Row], want: Wanted) -> list[Row]:
    if want.sort == "name":
        return rows[::-1] if want.is_descending else rows

    def count(row: Row) -> int:
        cells = row.cells[want.sort]
        return int(cells[0].text.value) if cells else 0

    return sorted(rows, key=count, reverse=want.is_descending)
