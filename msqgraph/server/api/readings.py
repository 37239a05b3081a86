"""What each operation answers with: the read models, asked for with checked parameters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from msqgraph.server.api.known import known, known_edition
from msqgraph.server.api.operations import Call
from msqgraph.server.content import answer as answers
from msqgraph.server.content import comparison as comparisons
from msqgraph.server.content import country as countries_
from msqgraph.server.content import editions as editions_
from msqgraph.server.content import forms, map_values, world
from msqgraph.server.content import indicators as indicators_
from msqgraph.server.content.answered_questions import AnsweredQuestion
from msqgraph.server.content.hits import Hit, KindCount, NotReady
from msqgraph.server.content.texts import Text

ALL, FOR_PEOPLE = "all", "for-people"
"""Which facts are told: all, or those that say something to people; the rest are types, labels and bookkeeping."""


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """A country or area in a list. `region` is an M49 code, `groups` are of ldc, lldc and sids, `editions` those that
    it responded to, the latest first.
    """

    iri: str
    iso3: str
    m49: str
    name: Text
    is_un_member: bool
    region_name: Text
    region: str = ""
    groups: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question in a list, with the edition and the section of its form."""

    edition: str
    section: Text
    question: forms.Question


@dataclass(frozen=True, slots=True)
class CountryAnswer:
    """A question of a form, and what a country says to it."""

    iso3: str
    edition: str
    section: Text
    item: AnsweredQuestion


@dataclass(frozen=True, slots=True)
class SearchResults:
    """What was found, in parts as any list; `kinds` counts all of it by kind. `is_all_words` is false where nothing has
    all the words, so that `items` have at least one of them.
    """

    query: str
    total: int
    offset: int
    limit: int
    is_all_words: bool
    kinds: tuple[KindCount, ...]
    items: tuple[Hit, ...]
    next: str = ""


async def editions(call: Call) -> tuple[editions_.Edition, ...]:
    """All editions."""
    return await editions_.editions(call.asking, call.lang)


async def countries(
    call: Call, region: str | None, group: str | None, edition: str | None, is_un_member: str | None
) -> tuple[CountryEntry, ...]:
    """The countries that the filters let through, by name."""
    await known_edition(call, edition)
    every = await world.countries(call.asking, call.lang)
    known("region", region, (one.region for one in every if one.region))
    responded = await editions_.responded(call.asking)
    return tuple(
        CountryEntry(
            one.iri,
            one.iso3,
            one.m49,
            one.name,
            one.is_member,
            one.region_name,
            one.region,
            one.groups,
            responded.get(one.iso3, ()),
        )
        for one in every
        if (region is None or one.region == region)
        and (group is None or group in one.groups)
        and (edition is None or edition in responded.get(one.iso3, ()))
        and (is_un_member is None or one.is_member == (is_un_member == "true"))
    )


async def country(call: Call, iso3: str, edition: str | None) -> countries_.Country | None:
    """A country with one edition."""
    return await countries_.country(call.asking, iso3, edition, call.lang)


async def country_answers(call: Call, iso3: str, edition: str | None, facts: str) -> tuple[CountryAnswer, ...] | None:
    """All questions of an edition with what a country says to them."""
    found = await countries_.country(call.asking, iso3, edition, call.lang)
    if found is None:
        return None
    return tuple(
        CountryAnswer(iso3, found.edition, section.label, _with_facts(item, facts))
        for section in found.sections
        for item in section.items
    )


async def answer(call: Call, edition: str, iso3: str, number: str, facts: str) -> answers.AnswerPage | None:
    """One answer."""
    found = await answers.answer(call.asking, edition, iso3, number, call.lang)
    return replace(found, item=_with_facts(found.item, facts)) if found else None


def _with_facts(item: AnsweredQuestion, facts: str) -> AnsweredQuestion:
    """A question with the facts from its answer: all of them, or those for people."""
    return item if facts == ALL else replace(item, facts=item.plain_facts)


async def questions(call: Call, edition: str | None) -> tuple[QuestionEntry, ...]:
    """The questions of the forms, the latest edition first, in the order in which they are printed."""
    await known_edition(call, edition)
    found = []
    for one in await editions_.editions(call.asking, call.lang):
        if one.has_form and edition in (None, one.edition):
            form = await forms.form(call.asking, one.edition, call.lang)
            for section in form.sections if form else ():
                found += [QuestionEntry(one.edition, section.label, question) for question in section.questions]
    return tuple(found)


async def comparison(call: Call, country: tuple[str, ...], edition: tuple[str, ...]) -> comparisons.Comparison:
    """Countries side by side."""
    return await comparisons.comparison(call.asking, country, edition, call.lang)


async def indicators(call: Call, edition: str | None) -> tuple[indicators_.Indicator, ...]:
    """All that a map can show."""
    await known_edition(call, edition)
    found = await indicators_.indicators(call.asking, call.lang)
    return tuple(one for one in found.all if edition in (None, one.edition))


async def indicator(call: Call, slug: str) -> map_values.MapValues | None:
    """The values of an indicator for all countries."""
    found = (await indicators_.indicators(call.asking, call.lang)).find(slug)
    if found is None:
        return None
    places = await world.countries(call.asking, call.lang)
    return await map_values.map_values(call.asking, found, places)


async def search(call: Call, q: str, offset: int, limit: int, **sought: str | None) -> SearchResults:
    """What a search finds."""
    if call.search is None:
        raise NotReady("this server has no search")
    narrowed: dict[str, Any] = {name: value for name, value in sought.items() if value}
    found = await call.search.find(q, offset=offset, limit=limit, reader=call.lang, **narrowed)
    following = call.part(offset + limit) if offset + limit < found.total else ""
    return SearchResults(
        found.query, found.total, offset, limit, found.is_all_words, found.kinds, found.hits, following
    )
