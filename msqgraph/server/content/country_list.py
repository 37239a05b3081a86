"""The list of countries: which responded, with how many answers, and where they stand in the E-Government Survey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msqgraph.server.content.listing import (
    Cell,
    Choice,
    Filter,
    Listing,
    Row,
    Wanted,
    in_groups,
    page_of,
    regions,
    wanted,
    with_choices,
)
from msqgraph.server.content.texts import Text
from msqgraph.server.content.world import GROUPS, Country, countries
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

COLUMNS = ("name", "code", "region", "groups", "responses", "answered", "egdi", "rank")
SORTABLE = ("name", "code", "answered", "rank")
_RESPONSES = """\
SELECT ?country ?edition ?response { ?response a msq:Response ; msq:country ?country ; msq:edition ?edition }"""
# the answers by themselves first: from the responses, engines would read all statements as well
_ANSWERED = """\
SELECT ?response (COUNT(?answer) AS ?answered) {
  { SELECT ?answer ?response { VALUES ?status { } ?answer msq:status ?status ; msq:response ?response } }
  VALUES ?form { }
  ?response msq:questionnaire ?form
}
GROUP BY ?response"""
_FIGURES = """\
SELECT ?country ?egdi ?rank {
  VALUES ?edition { }
  ?figure msq:egdi ?egdi ; msq:edition ?edition ; sdmx-dimension:refArea ?country .
  OPTIONAL { ?place msq:egdiRank ?rank ; sdmx-dimension:refArea ?country ; msq:edition ?edition }
}"""
_STATUS = "code/answer-status/answered"
# by their text: Virtuoso compares IRIs by its own numbers for them
_LATEST_SURVEY = "SELECT (MAX(STR(?edition)) AS ?latest) { ?figure msq:egdi ?egdi ; msq:edition ?edition }"
_NAMES = "SELECT ?country ?name { ?country a msq:Country ; skos:prefLabel ?name }"


async def country_list(
    asking: Asking,
    parameters: Iterable[tuple[str, str]],
    language: str,
    editions: Sequence[str] = (),
    is_whole: bool = False,
) -> Listing:
    """A page of the list of countries, or all of it; answers and figures are of the edition chosen, or the latest.

    Member States are listed; other areas with ``areas=all``.

    :raises QueryRefused: if the engine does not answer.
    """
    world = await countries(asking, language)
    filters = [
        Filter("words"),
        Filter("region", regions(world)),
        Filter("group", tuple(map(Choice, GROUPS))),
        Filter("response", (Choice("yes"), Choice("no"))),
        Filter("edition", tuple(Choice(edition, Text(edition)) for edition in editions)),
        Filter("areas", (Choice("all"),)),
    ]
    want = wanted(parameters, filters, SORTABLE, is_whole)
    chosen = want.filters
    responses: dict[str, list[tuple[str, str]]] = {}
    for row in await asking.rows(_RESPONSES):
        edition = text_of(row["edition"]).rpartition("/")[2]
        responses.setdefault(text_of(row["country"]), []).append((edition, text_of(row["response"])))
    shown = await _matching(asking, world, dict(chosen), responses)
    answered = await _answered(asking, chosen.get("edition") or (editions[0] if editions else ""))
    figures = await _figures(asking, chosen.get("edition", ""))
    rows = [_row(one, sorted(responses.get(one.iri, ())), answered, figures) for one in shown]
    rows = _sorted(rows, want)
    return Listing("countries", COLUMNS, SORTABLE, page_of(rows, want), len(rows), with_choices(filters, want), want)


async def _matching(
    asking: Asking, world: Sequence[Country], chosen: dict[str, str], responses: dict[str, list[tuple[str, str]]]
) -> list[Country]:
    """The countries that all filters let through; words are looked for in their names in all languages."""
    shown = in_groups([one for one in world if one.is_member or chosen.get("areas")], chosen)
    if "response" in chosen or "edition" in chosen:
        wants = chosen.get("response", "yes") == "yes"

        def responded(one: Country) -> bool:
            told = responses.get(one.iri, ())
            return any(edition == chosen.get("edition", edition) for edition, _ in told)

        shown = [one for one in shown if responded(one) == wants]
    if "words" in chosen:
        words, named = chosen["words"].casefold(), set()
        for row in await asking.rows(_NAMES):
            if words in text_of(row["name"]).casefold():
                named.add(text_of(row["country"]))
        shown = [one for one in shown if one.iri in named or words == one.iso3.casefold()]
    return shown


async def _answered(asking: Asking, edition: str) -> dict[str, int]:
    """How many answers of an edition have words or marks, by the ISO 3166-1 code of the country."""
    import pyoxigraph as ox

    if not edition:
        return {}
    form, answered = (ox.NamedNode(asking.base + path) for path in (f"questionnaire/{edition}", _STATUS))
    rows = await asking.rows(_ANSWERED, form=form, status=answered)
    return {text_of(row["response"]).rpartition("/")[2]: int(text_of(row["answered"])) for row in rows}


async def _figures(asking: Asking, edition: str) -> dict[str, tuple[str, str]]:
    """EGDI and rank by country, in an edition or the latest that has any."""
    import pyoxigraph as ox

    iri = f"{asking.base}id/edition/{edition}"
    if not edition:
        latest = [text_of(row["latest"]) for row in await asking.rows(_LATEST_SURVEY) if "latest" in row]
        if not latest:
            return {}
        (iri,) = latest
    rows = await asking.rows(_FIGURES, edition=ox.NamedNode(iri))
    return {
        text_of(row["country"]): (text_of(row["egdi"]), text_of(row["rank"]) if "rank" in row else "") for row in rows
    }


def _row(
    one: Country, responses: list[tuple[str, str]], answered: dict[str, int], figures: dict[str, tuple[str, str]]
) -> Row:
    egdi, rank = figures.get(one.iri, ("", ""))
    count = str(answered.get(one.iso3, ""))
    cells = {
        "code": (Cell(Text(one.iso3)),),
        "region": (Cell(one.region_name),) if one.region else (),
        "groups": tuple(Cell(Text(group)) for group in one.groups),
        "responses": tuple(Cell(Text(edition), iri) for edition, iri in responses),
        "answered": (Cell(Text(count)),) if count else (),
        "egdi": (Cell(Text(egdi)),) if egdi else (),
        "rank": (Cell(Text(rank)),) if rank else (),
    }
    return Row(one.iri, one.name, cells)


def _sorted(rows: list[Row], want: Wanted) -> list[Row]:
    """The rows in the order that is wanted; those without a value come last, whichever way."""

    def words(row: Row) -> str:
        cells = row.cells.get(want.sort, ())
        return cells[0].text.value if cells else ""

    if want.sort == "name":
        return rows[::-1] if want.is_descending else rows
    there, not_there = [row for row in rows if words(row)], [row for row in rows if not words(row)]
    is_number = want.sort in ("answered", "rank")
    there.sort(key=lambda row: (int(words(row)) if is_number else 0, words(row)), reverse=want.is_descending)
    return there + not_there
