"""What the start page tells: how much there is, and which responses are the latest."""

from __future__ import annotations

from asyncio import gather
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.texts import Text, labels
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking

_COUNTS = """\
SELECT ?countries ?members ?responses ?editions ?answers ?questions ?facts {
  {
    SELECT (COUNT(DISTINCT ?country) AS ?countries) (COUNT(DISTINCT ?response) AS ?responses)
      (COUNT(DISTINCT ?edition) AS ?editions)
    { ?response a msq:Response ; msq:country ?country ; msq:edition ?edition }
  }
  { SELECT (COUNT(?member) AS ?members) { ?member msq:isUnMember true } }
  { SELECT (COUNT(?any) AS ?questions) { ?any a msq:Answer } }
  { SELECT (COUNT(?answer) AS ?answers) { ?answer msq:status ?status VALUES ?status { } } }
  { SELECT (COUNT(?statement) AS ?facts) { ?statement a msq:Statement } }
}"""
_LATEST = """\
SELECT ?response ?country ?edition ?date (MAX(?candidate) AS ?day) {
  ?response a msq:Response ; msq:country ?country ; msq:edition ?edition .
  OPTIONAL { ?response msq:dateAsStated ?date }
  OPTIONAL { ?response msq:dateCandidate ?candidate }
}
GROUP BY ?response ?country ?edition ?date
ORDER BY DESC(?edition) DESC(?day) ?country
LIMIT 5"""


@dataclass(frozen=True, slots=True)
class LatestResponse:
    """A response of a government: its country, the year of its edition, and the date as the form states it."""

    iri: str
    iso3: str
    country: Text
    edition: str
    date_as_stated: str


@dataclass(frozen=True, slots=True)
class StartFacts:
    """How many countries responded, in how many responses and editions; answers with words, and facts understood.

    ``members`` are the Member States, ``questions`` those that any response has, answered or not.
    """

    countries: int
    members: int
    responses: int
    editions: int
    answers: int
    questions: int
    facts: int
    latest: tuple[LatestResponse, ...]


async def start_facts(asking: Asking, language: str) -> StartFacts:
    """The figures of the whole dataset, and its five latest responses.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    answered = ox.NamedNode(f"{asking.base}code/answer-status/answered")
    (counts,), rows = await gather(asking.rows(_COUNTS, status=answered), asking.rows(_LATEST))
    names = await labels(asking, {text_of(row["country"]) for row in rows}, language)
    latest = tuple(
        LatestResponse(
            text_of(row["response"]),
            text_of(row["country"]).rpartition("/")[2],
            names[text_of(row["country"])],
            text_of(row["edition"]).rpartition("/")[2],
            text_of(row["date"]) if "date" in row else "",
        )
        for row in rows
    )
    return StartFacts(**{name: int(text_of(count)) for name, count in counts.items()}, latest=latest)
