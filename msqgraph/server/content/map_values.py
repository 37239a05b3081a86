"""What a map shows of each country: its value, or why it has none. Unknown is never no."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from msqgraph.server.content.ticks import agreed
from msqgraph.server.content.world import Country
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Row
    from msqgraph.server.content.indicators import Indicator

State: TypeAlias = Literal[
    "yes", "no", "class-4", "class-3", "class-2", "class-1",
    "unknown", "blank", "none-stated", "unreadable", "not-asked", "no-response", "no-figure",
]  # fmt: skip
STATES: tuple[State, ...] = (
    "yes", "no", "class-4", "class-3", "class-2", "class-1",
    "unknown", "blank", "none-stated", "unreadable", "not-asked", "no-response", "no-figure",
)  # fmt: skip
_BY_STATUS: dict[str, State] = {
    "blank": "blank", "none-stated": "none-stated", "unreadable": "unreadable", "not-asked": "not-asked",
}  # fmt: skip
_ANSWERS = """\
SELECT ?country ?answer ?status ?affirms ?value {
  VALUES ?question { }
  ?answer msq:question ?question ; msq:response ?response ; msq:status ?status .
  ?response msq:country ?country .
  OPTIONAL { ?answer msq:affirms ?affirms }
  OPTIONAL { ?answer msq:value ?value }
}
ORDER BY ?answer"""
_TICKS = """\
SELECT ?answer ?tick {
  { VALUES ?option { } ?answer msq:ticked ?option BIND("yes" AS ?tick) }
  UNION { VALUES ?option { } ?answer msq:unticked ?option BIND("no" AS ?tick) }
  UNION { VALUES ?option { } ?answer msq:tickUnknown ?option BIND("unknown" AS ?tick) }
}"""
_FACTS = """\
SELECT DISTINCT ?country ?statement {
  VALUES ?concept { }
  VALUES ?predicate { }
  VALUES ?edition { }
  ?statement rdf:object ?concept ; rdf:predicate ?predicate ; msq:edition ?edition ; rdf:subject ?country .
}
ORDER BY ?statement"""
_FIGURES = """\
SELECT ?country ?figure ?value {
  VALUES ?edition { }
  VALUES ?measure { }
  ?figure qb:measureType ?measure ; msq:edition ?edition ; sdmx-dimension:refArea ?country ; ?measure ?value .
}
ORDER BY ?figure"""
_ASKED = "SELECT ?country { VALUES ?edition { } ?edition msq:asked ?country }"
_RESPONDED = "SELECT ?country { VALUES ?form { } ?response msq:questionnaire ?form ; msq:country ?country }"


@dataclass(frozen=True, slots=True)
class Value:
    """What an indicator says of a country: a state, a figure where there is one, and the IRI of what says so."""

    state: State
    figure: float | None = None
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A country with its value."""

    country: Country
    value: Value


@dataclass(frozen=True, slots=True)
class MapValues:
    """An indicator's values for the Member States and for other areas that have one, by name.

    ``bounds`` are the ends of the classes of figures, from the least: class 1 is below the first, class 4 from the
    third on; for ranks, class 4 are the first quarter, up to the first bound.
    """

    indicator: Indicator
    places: tuple[Place, ...]
    bounds: tuple[float, ...] = ()

    @property
    def counts(self) -> tuple[tuple[State, int], ...]:
        """How many Member States are in each state that there is; together they are all Member States."""
        found = Counter(place.value.state for place in self.places if place.country.is_member)
        return tuple((state, found[state]) for state in STATES if found[state])

    @property
    def legend(self) -> tuple[tuple[State, int], ...]:
        """The counts by colour: what was left blank and what was answered by "none" share one."""
        found: Counter[State] = Counter()
        for state, count in self.counts:
            found["blank" if state == "none-stated" else state] += count
        return tuple((state, found[state]) for state in STATES if found[state])

    @property
    def member_count(self) -> int:
        """The number of Member States."""
        return sum(place.country.is_member for place in self.places)


async def map_values(asking: Asking, indicator: Indicator, world: Iterable[Country]) -> MapValues:
    """The values of an indicator for the countries of the world.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    edition = ox.NamedNode(f"{asking.base}id/edition/{indicator.edition}")
    asked = {text_of(row["country"]) for row in await asking.rows(_ASKED, edition=edition)}
    bounds = _bounds(indicator, len(asked))
    missing: State = "no-response"
    if indicator.kind in ("index", "rank"):
        figures = await asking.rows(_FIGURES, edition=edition, measure=ox.NamedNode(indicator.measure))
        found = {text_of(row["country"]): _figure(indicator, bounds, row, "figure") for row in figures}
        missing = "no-figure"
    else:
        form = ox.NamedNode(f"{asking.base}questionnaire/{indicator.edition}")
        responded = {text_of(row["country"]) for row in await asking.rows(_RESPONDED, form=form)}
        found = {country: Value("not-asked") for country in responded}
        found |= await _answered(asking, indicator, edition, bounds)
    places = []
    for country in world:
        value = found.get(country.iri)
        if value is None and country.is_member:
            value = Value("not-asked" if asked and country.iri not in asked else missing)
        if value is not None:
            places.append(Place(country, value))
    return MapValues(indicator, tuple(places), bounds)


async def _answered(
    asking: Asking, indicator: Indicator, edition: ox.NamedNode, bounds: tuple[float, ...]
) -> dict[str, Value]:
    """The values of the countries that responded, by what became of the question."""
    import pyoxigraph as ox

    ticks: dict[str, set[str]] = {}
    if indicator.option:
        for row in await asking.rows(_TICKS, option=ox.NamedNode(indicator.option)):
            ticks.setdefault(text_of(row["answer"]), set()).add(text_of(row["tick"]))
    found = {}
    for row in await asking.rows(_ANSWERS, question=ox.NamedNode(indicator.question)):
        if indicator.kind == "share" and "value" in row:
            found[text_of(row["country"])] = _figure(indicator, bounds, row, "answer")
        else:
            found[text_of(row["country"])] = Value(_state(row, ticks), None, text_of(row["answer"]))
    if indicator.kind == "fact":
        concept, predicate = ox.NamedNode(indicator.concept), ox.NamedNode(indicator.predicate)
        for row in await asking.rows(_FACTS, concept=concept, predicate=predicate, edition=edition):
            found.setdefault(text_of(row["country"]), Value("yes", None, text_of(row["statement"])))
            found[text_of(row["country"])] = replace(found[text_of(row["country"])], state="yes")
    return found


def _state(row: Row, ticks: dict[str, set[str]]) -> State:
    """What an answer says of a question or a box: a mark that is known counts, whatever the status of the answer."""
    if "affirms" in row:
        return "yes" if text_of(row["affirms"]) in ("true", "1") else "no"
    tick = agreed(ticks.get(text_of(row["answer"]), ()))
    if tick in ("yes", "no"):
        return "yes" if tick == "yes" else "no"
    return _BY_STATUS.get(text_of(row["status"]).rpartition("/")[2], "unknown")


def _figure(indicator: Indicator, bounds: tuple[float, ...], row: Row, source: str) -> Value:
    figure = float(text_of(row["value"]))
    if indicator.kind == "rank":
        place = 4 - sum(figure > bound for bound in bounds)
    else:
        place = 1 + sum(figure >= bound for bound in bounds)
    states: dict[int, State] = {1: "class-1", 2: "class-2", 3: "class-3", 4: "class-4"}
    return Value(states[place], figure, text_of(row[source]))


def _bounds(indicator: Indicator, asked: int) -> tuple[float, ...]:
    """The quarters of a scale: of the index from 0 to 1, of what is plausible, of the countries that are ranked."""
    if indicator.kind == "rank":
        return tuple(float(asked * part // 4) for part in (1, 2, 3))
    return tuple(indicator.most * part / 4 for part in (1, 2, 3)) if indicator.measure else ()
