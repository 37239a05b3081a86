"""The E-Government Development Index of a country over the editions, with the parts it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from msqgraph.server.content.line_chart import LineChart, line_chart
from msqgraph.server.content.texts import Text, best, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

INDICES = ("egdi", "osi", "hci", "tii", "epi")  # numbers from 0 to 1; the rank is a measure, too, but no index
_BREAK = "Break:"  # how a note begins that tells why an edition does not compare with the next
_FIGURES = """\
SELECT ?year ?notation ?value ?figure ?cube ?source ?title {
  VALUES ?country { }
  VALUES ?notation { "egdi" "osi" "hci" "tii" "epi" "egdi-rank" }
  ?figure sdmx-dimension:refArea ?country ; qb:measureType ?measure ; msq:edition ?edition ; qb:dataSet ?cube .
  ?measure skos:notation ?notation .
  ?figure ?measure ?value .
  ?edition msq:year ?year .
  OPTIONAL { ?cube dct:source ?source FILTER(ISIRI(?source)) OPTIONAL { ?source rdfs:label ?title } }
}
ORDER BY ?year ?figure"""
_EDITIONS = """\
SELECT ?edition ?year (COUNT(?country) AS ?asked) { ?edition a msq:Edition ; msq:year ?year ; msq:asked ?country }
GROUP BY ?edition ?year
ORDER BY ?year"""
_NOTES = """\
SELECT ?edition ?note { ?edition a msq:Edition ; skos:changeNote ?note FILTER(STRSTARTS(STR(?note), "Break:")) }
ORDER BY ?edition ?note"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, the IRI of its observation, and the IRI of the source that it was taken from."""

    value: float
    iri: str
    source: str


@dataclass(frozen=True, slots=True)
class EgdiEdition:
    """The figures of one edition; None where it has none. ``asked`` is of how many countries the edition speaks.

    ``breaks`` are the notes on why the edition does not compare with the next, ``broken`` the indices they are about.
    """

    year: int
    iri: str
    asked: int
    egdi: Figure | None = None
    osi: Figure | None = None
    hci: Figure | None = None
    tii: Figure | None = None
    epi: Figure | None = None
    rank: Figure | None = None
    breaks: tuple[Text, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is no figure at all."""
        return not any((self.egdi, self.osi, self.hci, self.tii, self.epi, self.rank))


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from, with its titles in all languages: it is the page that knows which one is read."""

    iri: str
    titles: tuple[Text, ...] = ()

    def title(self, language: str) -> Text:
        """The title for a reader; the IRI where there is none.

        >>> Source("https://example.org/a", (Text("Survey", "en"), Text("Enquête", "fr"))).title("fr").value
        'Enquête'
        """
        return best(self.titles, language) if self.titles else Text(self.iri)


@dataclass(frozen=True, slots=True)
class Gap:
    """A break in the method: after which year, of which indices, and where in the chart it is shown."""

    year: int
    broken: tuple[str, ...]
    x: float


@dataclass(frozen=True, slots=True)
class Egdi:
    """The editions of the survey, the earliest first, with what each says of a country."""

    iso3: str
    editions: tuple[EgdiEdition, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no edition has a figure of the country."""
        return all(edition.is_empty for edition in self.editions)

    @property
    def latest(self) -> EgdiEdition | None:
        """The latest edition with an index of the country."""
        return next((edition for edition in reversed(self.editions) if edition.egdi), None)

    @property
    def chart(self) -> LineChart:
        """The indices as lines; nothing is joined over an edition without a figure, or from one with a break."""
        broken = {(slug, edition.year) for edition in self.editions for slug in edition.broken}
        values = {slug: [_value(getattr(edition, slug)) for edition in self.editions] for slug in reversed(INDICES)}
        years = [edition.year for edition in self.editions]
        return line_chart(years, values, broken)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The breaks, each midway between its edition and the next; the last edition has no next to differ from."""
        placed = zip(self.editions, (x for _, x in self.chart.years), strict=True)
        return tuple(
            Gap(edition.year, edition.broken, round((here + there) / 2, 1))
            for (edition, here), (_, there) in pairwise(placed)
            if edition.breaks
        )


async def series(asking: Asking, iso3: str) -> Egdi:
    """The figures of a country over all editions that speak of any country; empty for a country that there is not.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    country = ox.NamedNode(f"{asking.base}id/country/{iso3}")
    figures: dict[int, dict[str, Figure]] = {}
    titles: dict[str, set[Text]] = {}
    for row in await asking.rows(_FIGURES, country=country):
        name = text_of(row["notation"]).removeprefix("egdi-")
        figure = Figure(float(text_of(row["value"])), text_of(row["figure"]), text_of(row.get("source", row["cube"])))
        figures.setdefault(int(text_of(row["year"])), {}).setdefault(name, figure)
        titles.setdefault(figure.source, set()).update([text(row["title"])] if "title" in row else [])
    if not figures:
        return Egdi(iso3)
    notes: dict[str, list[Text]] = {}
    for row in await asking.rows(_NOTES):
        notes.setdefault(text_of(row["edition"]), []).append(text(row["note"]))
    editions = []
    for row in await asking.rows(_EDITIONS):
        iri, year, asked = text_of(row["edition"]), int(text_of(row["year"])), int(text_of(row["asked"]))
        breaks = tuple(Text(note.value.removeprefix(_BREAK).strip(), note.language) for note in notes.get(iri, ()))
        editions.append(EgdiEdition(year, iri, asked, **figures.get(year, {}), breaks=breaks, broken=_broken(breaks)))
    sources = tuple(Source(iri, tuple(sorted(titles[iri]))) for iri in sorted(titles))
    return Egdi(iso3, tuple(editions), sources)


def _broken(notes: Iterable[Text]) -> tuple[str, ...]:
    """The indices that notes are about, by their first word; a note on none of them is about all.

    >>> _broken([Text("TII runs from 0.1 to 0.9.")]), _broken([Text("Other questions were asked.")])
    (('tii',), ('egdi', 'osi', 'hci', 'tii', 'epi'))
    """
    named = [note.value.lower().partition(" ")[0] for note in notes]
    if any(name not in INDICES for name in named):
        return INDICES
    return tuple(slug for slug in INDICES if slug in named)


def _value(figure: Figure | None) -> float | None:
    return figure.value if figure else None
