"""The table of all operations under ``/api/v1``."""

from __future__ import annotations

from msqgraph.server.api import entities, queries, question_answers, readings, things
from msqgraph.server.api.operations import COUNTRY, EDITION, EDITION_IN_PATH, ISO3, NUMBER, Operation
from msqgraph.server.api.parameters import Parameter
from msqgraph.server.content.answer import AnswerPage
from msqgraph.server.content.comparison import Comparison
from msqgraph.server.content.country import Country
from msqgraph.server.content.editions import Edition
from msqgraph.server.content.hits import KINDS
from msqgraph.server.content.indicators import Indicator
from msqgraph.server.content.map_values import MapValues
from msqgraph.server.content.world import GROUPS

_SLUG = r"[a-z0-9-]+(?:\.[a-z0-9-]+)*"
_REGION = Parameter("region", "M49 code of a region, three digits", pattern="[0-9]{3}", example="019")
_IS_UN_MEMBER = Parameter(
    "is_un_member", "Member States of the United Nations only, or areas that are none", choices=("true", "false")
)
_GROUP = Parameter("group", "a group of countries", choices=GROUPS)
_WORDS = Parameter(
    "q", "words in any language; in quotation marks, one after the other", is_required=True, most_characters=400,
    example="salud",
)  # fmt: skip
_LANGUAGE = Parameter("language", "tag of the language of the words that are found", pattern="[A-Za-z0-9-]{2,35}")
_COMPARED = Parameter(
    "country", "ISO 3166-1 alpha-3 codes of up to five countries, the parameter once for each", pattern="[A-Z]{3}",
    is_required=True, most_values=5, example="PRY",
)  # fmt: skip
_EDITIONS = Parameter("edition", "years of one or two editions, the parameter once for each", pattern="[0-9]{4}",
                      most_values=2, example="2020")  # fmt: skip

_FACTS = Parameter(
    "facts", "all facts, or those for people: without types, labels and bookkeeping",
    choices=(readings.ALL, readings.FOR_PEOPLE), default=readings.FOR_PEOPLE,
)  # fmt: skip

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "editions", "/editions", "Editions", "The editions of the survey", Edition, readings.editions, is_list=True
    ),
    Operation(
        "countries", "/countries", "Countries", "Countries and areas, with the editions that they responded to",
        readings.CountryEntry, readings.countries, (_REGION, _GROUP, EDITION, _IS_UN_MEMBER), is_list=True,
    ),
    Operation(
        "country", "/countries/{iso3}", "Countries", "A country, and what there is of one edition", Country,
        readings.country, (ISO3, EDITION),
        description="Without an edition, that of its latest response.",
    ),
    Operation(
        "countryAnswers", "/countries/{iso3}/answers", "Countries",
        "All questions of an edition with what a country says to them", readings.CountryAnswer,
        readings.country_answers, (ISO3, EDITION, _FACTS), is_list=True,
        description="Without an edition, that of its latest response. Empty where there is no response.",
    ),
    Operation(
        "answer", "/answers/{edition}/{iso3}/{number}", "Answers",
        "One answer: its words, its place in the document, and the facts understood from it", AnswerPage,
        readings.answer, (EDITION_IN_PATH, ISO3, NUMBER, _FACTS),
    ),
    Operation(
        "questions", "/questions", "Questions", "The questions of the forms", readings.QuestionEntry,
        readings.questions, (EDITION,), is_list=True,
    ),
    *question_answers.OPERATIONS,
    Operation(
        "comparisons", "/comparisons", "Countries", "Countries side by side, question by question", Comparison,
        readings.comparison, (_COMPARED, _EDITIONS),
        description="Without an edition, the latest that has a form.",
    ),
    Operation(
        "search", "/search", "Search", "Names and answers with some words, the best first", readings.SearchResults,
        readings.search,
        (_WORDS, Parameter("kind", "kind of thing", choices=KINDS), COUNTRY, EDITION, _LANGUAGE),
        description="Answers 503 for some seconds after the server has started.", is_paged_by_answer=True,
    ),
    *things.OPERATIONS,
    *entities.OPERATIONS,
    Operation(
        "indicators", "/indicators", "Indicators", "What a map of the world can show", Indicator,
        readings.indicators, (EDITION,), is_list=True,
    ),
    Operation(
        "indicator", "/indicators/{slug}", "Indicators", "The values of an indicator for all countries", MapValues,
        readings.indicator,
        (Parameter(
            "slug", "slug of an indicator", is_in_path=True, pattern=_SLUG,
            example="legal-framework.open-government-data-2020",
        ),),
    ),
    *queries.OPERATIONS,
)  # fmt: skip
"""Every operation, in the order in which the description lists them."""
