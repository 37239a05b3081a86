"""A country: who it is, for which editions it responded, and every question of one edition with its answer."""

from __future__ import annotations

from asyncio import gather
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.exports.answer_citation import CitedAnswer
from msqgraph.server.beside import beside
from msqgraph.server.content import answers, evidence, facts, forms, responses
from msqgraph.server.content.answered_questions import AnsweredQuestion, AnsweredSection, statuses
from msqgraph.server.content.cldr_names import language_name, own_names
from msqgraph.server.content.descriptions import Descriptions, Names, Thing, described, flag, is_slug, one
from msqgraph.server.content.responses import EditionState, Response
from msqgraph.server.content.texts import Text, best, text
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Term

GROUPS = {"ldc": "msq:isLeastDeveloped", "lldc": "msq:isLandlockedDeveloping", "sids": "msq:isSmallIslandDeveloping"}
#: The kinds of things that are counted as named, by the path of their IRIs.
NAMED = ("agency", "portal", "strategy", "law")
_RESPONDENT = ("respondent-contact", "respondent-statement", "outreach-channel")
_AREAS = "VALUES ?country { } ?country a msq:Country ; skos:broader* ?thing ."  # Virtuoso needs the class to begin with
_PROPERTIES = (
    "rdf:type",
    "skos:prefLabel",
    "skos:broader",
    "skos:exactMatch",
    "msq:iso2",
    "msq:m49",
    "msq:isUnMember",
    *GROUPS.values(),
)


@dataclass(frozen=True, slots=True)
class Country:
    """A country and one edition. ``regions`` are the wider ones first, ``groups`` of ``ldc``, ``lldc``, ``sids``,
    ``same_as`` the IRIs of other authorities for the same country.

    ``response`` is None where there is none for ``edition``; then there are no ``sections``. ``later_edition`` is that
    of a later response, whose facts supersede those of this one, or empty. ``languages`` are those of the answers, the
    most used first; ``respondent`` who filled in the form, as far as that is public.
    """

    iri: str
    iso3: str
    name: Text
    own_names: tuple[Text, ...]
    iso2: str
    m49: str
    is_un_member: bool
    regions: tuple[Thing, ...]
    groups: tuple[str, ...]
    same_as: tuple[str, ...]
    editions: tuple[EditionState, ...]
    edition: str
    form_title: Text
    response: Response | None = None
    later_edition: str = ""
    sections: tuple[AnsweredSection, ...] = ()
    languages: tuple[Text, ...] = ()

    @property
    def items(self) -> tuple[AnsweredQuestion, ...]:
        """All questions of the form in order, with their answers."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def statuses(self) -> tuple[tuple[str, int], ...]:
        """How many questions have which status."""
        return statuses(self.items)

    @property
    def respondent(self) -> tuple[AnsweredQuestion, ...]:
        """The questions that tell who filled in the form."""
        return tuple(item for item in self.items if item.question.topic.rpartition("/")[2] in _RESPONDENT)

    @property
    def figures(self) -> tuple[AnsweredQuestion, ...]:
        """The questions that were answered with a number."""
        return tuple(item for item in self.items if item.answer and item.answer.quantity)

    @property
    def named(self) -> tuple[tuple[str, int], ...]:
        """How many agencies, portals, strategies and laws the answers name."""
        things = {fact.subject.iri for item in self.items for fact in item.facts}
        counts = Counter(kind for thing in things for kind in NAMED if f"/id/{kind}/" in thing)
        return tuple((kind, counts[kind]) for kind in NAMED)

    @property
    def doubtful(self) -> int:
        """How many answers a person should look at again."""
        return sum(1 for item in self.items if item.answer and item.answer.doubts)


async def country(asking: Asking, iso3: str, edition: str | None, language: str) -> Country | None:
    """A country with one edition, by default that of its latest response, or else of the latest form.

    None if there is no such country, or it has nothing to do with such an edition. At most ten queries.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    if not (is_slug(iso3) and is_slug(edition or "0")):
        return None
    node = ox.NamedNode(f"{asking.base}id/country/{iso3}")
    areas, rows = await gather(
        described(asking, _AREAS, _PROPERTIES, country=node), responses.responses_as_rows(asking, node)
    )
    if not any(text_of(kind).endswith("#Country") for kind in areas.get(node.value, {}).get("rdf:type", ())):
        return None
    responded = responses.responses_of(rows, Names({}))
    editions = await responses.edition_states(asking, node, responded)
    chosen = edition or _latest(editions)
    if chosen not in {state.edition for state in editions} and edition is not None:
        return None
    later = max((other for other in responded if other > chosen), default="")
    parts, given = await gather(
        forms.form_parts(asking, chosen), _given(asking, responded.get(chosen), is_past=bool(later))
    )
    wanted = given.named | forms.named_in(parts) | responses.named_in(rows)
    names = await Names.of(asking, wanted, language)
    form = forms.form_of(parts, chosen, names, language)
    told, response = areas[node.value], responses.responses_of(rows, names).get(chosen)
    sections = await beside(lambda: _sections(form, response, given, names, told))
    return Country(
        iri=node.value,
        iso3=iso3,
        name=_name(areas, node.value, language),
        own_names=own_names(one(told, "msq:iso2") or ""),
        iso2=one(told, "msq:iso2") or "",
        m49=one(told, "msq:m49") or "",
        is_un_member=bool(flag(told, "msq:isUnMember")),
        regions=_regions(areas, node.value, language),
        groups=tuple(group for group, name in GROUPS.items() if flag(told, name)),
        same_as=tuple(map(text_of, told.get("skos:exactMatch", ()))),
        editions=editions,
        edition=chosen,
        form_title=form.title if form else Text(""),
        response=response,
        later_edition=later,
        sections=sections,
        languages=_languages(sections, language),
    )


@dataclass(frozen=True, slots=True)
class _Given:
    """The answers of a response, what they stand on, and the facts understood from them, as rows."""

    answers: Descriptions
    evidence: Descriptions
    facts: facts.FactRows

    @property
    def named(self) -> set[str]:
        return answers.named_in(self.answers) | evidence.named_in(self.evidence) | facts.named_in(self.facts)


async def _given(asking: Asking, response: Response | None, is_past: bool) -> _Given:
    """What a response says; nothing without one."""
    if response is None:
        return _Given({}, {}, facts.FactRows({}))
    of_it = [response.iri]
    return _Given(
        *await gather(
            answers.answers_of_responses(asking, of_it),
            evidence.evidence_of_responses(asking, of_it),
            facts.facts_of_responses(asking, of_it, is_past),
        )
    )


def _sections(
    form: forms.Form | None, response: Response | None, given: _Given, names: Names, country: dict[str, list[Term]]
) -> tuple[AnsweredSection, ...]:
    if form is None or response is None:
        return ()
    where = answers.by_question(given.answers, response.iri)
    understood = facts.facts_of(given.facts, where.values(), names)
    author = best(map(text, country.get("skos:prefLabel", ())), "en").value

    def item(question: forms.Question) -> AnsweredQuestion:
        iri = where.get(question.iri)
        answer = answers.answer_of(iri, question, given.answers, given.evidence, names) if iri else None
        if answer is None:
            return AnsweredQuestion(question)
        cited = CitedAnswer(
            iri=answer.iri,
            number=question.number,
            wording=question.wording.value,
            form=form.title.value,
            author=author or None,
            year=form.edition,
            dated=response.date_as_stated or None,
        )
        return AnsweredQuestion(question, answer, understood.get(answer.iri, ()), cited)

    return tuple(
        AnsweredSection(section.slug, section.marker, section.label, tuple(map(item, section.questions)))
        for section in form.sections
    )


def _latest(editions: tuple[EditionState, ...]) -> str:
    """Of the editions, the latest with a response, or else with a form, or else of all; empty without any."""
    ranked = sorted(editions, key=lambda state: (state.has_response, state.has_form, state.edition))
    return ranked[-1].edition if ranked else ""


def _name(areas: Descriptions, iri: str, language: str) -> Text:
    return best(map(text, areas[iri].get("skos:prefLabel", ())), language)


def _regions(areas: Descriptions, country: str, language: str) -> tuple[Thing, ...]:
    """The regions that a country is in, the widest first; the world is left out, where everything is."""
    found: list[Thing] = []
    iri = one(areas[country], "skos:broader")
    while iri and iri in areas and iri not in {region.iri for region in found}:
        found.append(Thing(iri, _name(areas, iri, language)))
        iri = one(areas[iri], "skos:broader")
    return tuple(region for region in reversed(found) if not region.iri.endswith("/001"))


def _languages(sections: tuple[AnsweredSection, ...], reader: str) -> tuple[Text, ...]:
    tags = Counter(
        item.answer.text.language for section in sections for item in section.items if item.answer and item.answer.text
    )
    names = (language_name(tag, reader) for tag, _ in sorted(tags.items(), key=lambda found: (-found[1], found[0])))
    return tuple(dict.fromkeys(name for name in names if name.value))
