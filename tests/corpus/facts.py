"""What a transcript says and what was read from one of its documents, as sets of facts that can be compared.

A fact is a question and what is said there. Both sides are folded alike: names without case and accents, texts without
white space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from msqgraph.folding import words_of
from msqgraph.interpret.addresses import normalise
from msqgraph.questionnaire import Part, load_questionnaire
from msqgraph.response import Answer, Response
from tests.corpus.transcripts import GoldAnswer, Transcript

KINDS = (
    "ticks", "empty boxes", "yes-no", "addresses", "portals", "agencies", "quantities", "laws", "posts", "texts",
)  # fmt: skip
Fact = tuple[str, ...]
_AGENCY_QUESTIONS = ("names", "yes-no")  # kinds of question for which transcripts list all agencies


@dataclass(slots=True)
class Facts:
    """Facts by kind, and the marks of which nothing can be known, as (question, option)."""

    by_kind: dict[str, set[Fact]] = field(default_factory=lambda: {kind: set() for kind in KINDS})
    lost: set[Fact] = field(default_factory=set)

    def add(self, kind: str, *fact: str | None) -> None:
        """Take in a fact; what is not stated is an empty text."""
        self.by_kind[kind].add(tuple(part or "" for part in fact))


def questions_shown(transcript: Transcript, until: str | None = None) -> list[Part]:
    """The questions that a document shows, in order: all, or those up to one.

    :raises StopIteration: if the form has no such question.
    """
    questions = load_questionnaire(transcript.edition).questions()
    if until is None:
        return questions
    return questions[: next(at for at, question in enumerate(questions) if question.path == until) + 1]


def expected_facts(transcript: Transcript, until: str | None = None, has_links: bool = True) -> Facts:
    """What a careful reader takes from a document of this transcript.

    :param until: the last question that the document shows.
    :param has_links: whether the document tells where its links lead.
    """
    facts = Facts()
    for question in questions_shown(transcript, until):
        gold = transcript.answers.get(question.path, GoldAnswer())
        for slug in question.option_slugs:
            if slug in gold.lost:
                facts.lost.add((question.path, slug))
            else:
                facts.add("ticks" if slug in gold.ticked else "empty boxes", question.path, slug)
        if question.answer_kind == "consent":
            continue
        _expect(facts, question, gold, _hidden(gold) if not has_links else frozenset())
    return facts


def _expect(facts: Facts, question: Part, gold: GoldAnswer, hidden: frozenset[str]) -> None:
    path = question.path
    if gold.affirms is not None and question.answer_kind == "yes-no":
        facts.add("yes-no", path, str(gold.affirms))
    for address in (*gold.portals, *gold.addresses, *(a.website for a in gold.agencies if a.website)):
        if address not in hidden:
            facts.add("addresses", path, address)
    for address in gold.portals:
        if address not in hidden:
            facts.add("portals", path, address)
    if _names_agencies(question):
        for agency in gold.agencies:
            facts.add("agencies", path, _folded(agency.name))
    if (number := gold.quantity) is not None:
        facts.add("quantities", path, number.value, number.lower_bound, number.upper_bound,
                  str(number.is_approximate), number.reference_year)  # fmt: skip
    for law in gold.laws:
        if law.number or law.year or law.date:
            facts.add("laws", path, law.type, _folded(law.number), (law.year or law.date or "")[:4])
    if gold.post is not None:
        facts.add("posts", path, _folded(gold.post.holder), _folded(gold.post.organization))
    if gold.text:
        facts.add("texts", path, _squeezed(gold.text, question))


def _hidden(gold: GoldAnswer) -> frozenset[str]:
    """The addresses that only a link's target tells, and the text does not show."""
    shown = re.sub(r"https?://|www\.", "", gold.text.casefold())
    bare = {target: re.sub(r"^https?://|www\.|/$", "", target.casefold()) for target in gold.links.values()}
    return frozenset(normalise(target) or target for target, text in bare.items() if text not in shown)


def found_facts(response: Response, links_in_text: dict[str, dict[str, str]] | None = None) -> Facts:
    """What an interpreted response says.

    :param links_in_text: by question, the links that the document shows as ``[name](address)``.
    """
    facts = Facts()
    for question in load_questionnaire(response.edition).questions():
        answer = response.answers.get(question.path)
        if answer is None:
            continue
        for slug, tick in answer.ticks.items():
            if tick != "unknown":
                facts.add("ticks" if tick == "ticked" else "empty boxes", question.path, slug)
        if question.answer_kind != "consent":
            _find(facts, question, answer, (links_in_text or {}).get(question.path, {}))
    return facts


def _find(facts: Facts, question: Part, answer: Answer, links: dict[str, str]) -> None:
    path, understood = question.path, answer.understood
    if answer.text:
        text = answer.text
        for shown, target in links.items():
            text = text.replace(f"[{shown}]({target})", shown)
        if squeezed := _squeezed(text, question):
            facts.add("texts", path, squeezed)
    if understood is None:
        return
    if understood.affirms is not None and question.answer_kind == "yes-no":
        facts.add("yes-no", path, str(understood.affirms))
    if (number := understood.quantity) is not None:
        facts.add("quantities", path, number.value, number.lower_bound, number.upper_bound,
                  str(number.is_approximate), number.reference_year)  # fmt: skip
    for mention in understood.mentions:
        if mention.website:
            facts.add("addresses", path, mention.website)
            if mention.names == "Portal":
                facts.add("portals", path, mention.website)
        if mention.names == "Agency" and mention.name and _names_agencies(question):  # a bare site is an address
            facts.add("agencies", path, _folded(mention.name))
        if mention.names == "Law" and (law := mention.citation) and (law.number or law.year or law.date):
            facts.add("laws", path, law.type, _folded(law.number), (law.year or law.date or "")[:4])
    if "Official" in question.names:
        holders = [m.name for m in understood.mentions if m.names == "Official"]
        agencies = [m.name for m in understood.mentions if m.names == "Agency"]
        for holder in holders:
            facts.add("posts", path, _folded(holder), _folded(agencies[0]) if agencies else "")


def _names_agencies(question: Part) -> bool:
    return "Agency" in question.names and question.answer_kind in _AGENCY_QUESTIONS


def _folded(name: str | None) -> str:
    return " ".join(words_of(name or ""))


def _squeezed(text: str, question: Part) -> str:
    """A text without white space; of labelled lines, those that hold something."""
    labels = {field.wording.casefold() for field in question.fields}
    lines = [line for line in text.splitlines() if line.strip(" :*|").casefold() not in labels]
    return "".join("".join(lines).split())
