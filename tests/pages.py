"""All kinds of pages of the site, as data: what the dataset ``world`` has to show at which address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

ROWS = "SELECT ?country ?egdi { VALUES (?country ?egdi) { ('PRY' 0.6332) ('URY' 0.85) ('ARG' 0.8279) ('BRA' 0.7677) } }"


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page: its kind, its path below ``/{lang}/`` with its parameters, and the HTTP status that it has."""

    kind: str
    path: str
    status: int = 200

    def at(self, language: str = "en") -> str:
        """The path on the server, in a language.

        >>> KnownPage("country", "countries/PRY").at("ar")
        '/ar/countries/PRY'
        """
        return f"/{language}/{self.path}"


def _results(sparql: str, view: str) -> str:
    return f"results?{urlencode({'query': sparql, 'as': view})}"


PAGES = (
    KnownPage("start", ""),
    KnownPage("map of an index", "map/egdi-2020"),
    KnownPage("map of boxes", "map/legal-framework.open-government-data-2020"),
    KnownPage("countries", "countries"),
    KnownPage("country", "countries/PRY"),
    KnownPage("country without a response", "countries/FRA"),
    KnownPage("edition without a response", "countries/PRY?edition=2018"),
    KnownPage("questions", "questions"),
    KnownPage("question by yes or no", "questions/2020/13"),
    KnownPage("question of boxes", "questions/2020/9"),
    KnownPage("question of a figure", "questions/2020/18"),
    KnownPage("question of text", "questions/2020/1"),
    KnownPage("answer of boxes", "answers/2020/URY/9"),
    KnownPage("answer of text", "answers/2020/PRY/1"),
    KnownPage("comparison, empty", "compare"),
    KnownPage("comparison of two", "compare?country=PRY&country=URY&edition=2020"),
    KnownPage(
        "comparison of five",
        "compare?country=PRY&country=URY&country=FRA&country=KEN&country=JPN&edition=2020&show=differences",
    ),
    KnownPage("agencies", "agencies"),
    KnownPage("agency", "agencies/PRY/ministerio-de-tecnologias-de-la-informacion-y-comunicacion"),
    KnownPage("laws", "laws"),
    KnownPage("law", "laws/PRY/law-5189-2014"),
    KnownPage("strategies", "strategies"),
    KnownPage("strategy", "strategies/PRY/plan-nacional-de-desarrollo"),
    KnownPage("portals", "portals"),
    KnownPage("portal", "portals/paraguay-gov-py-9a3333"),
    KnownPage("search, empty", "search"),
    KnownPage("search with hits", "search?q=ley"),
    KnownPage("search without hits", "search?q=qwertzuiop"),
    KnownPage("asked", "asked"),
    KnownPage("asked, one", "asked/which-agency-is-responsible-for-what"),
    KnownPage("asked, with a chart", "asked/who-leads-an-edition?as=bar"),
    KnownPage("editor", "query"),
    KnownPage("results, table", _results(ROWS, "table")),
    KnownPage("results, chart", _results(ROWS, "bar")),
    KnownPage("results, error", _results("SELECT * {", "table"), 400),
    KnownPage("thing: a code", "things/code/answer-status/blank"),
    KnownPage("thing: a graph", "things/graph/facts/2020/PRY"),
    KnownPage("thing: the vocabulary", "things/ontology"),
    KnownPage("about", "about"),
    KnownPage("not found", "countries/XXX", 404),
    KnownPage("not found, no such page", "nothing/here", 404),
)
