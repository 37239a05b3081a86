"""What running text names, for a question that says which kinds of thing its answer may name."""

from __future__ import annotations

from msqgraph.interpret.agencies import find_agencies
from msqgraph.interpret.answered_agencies import find_answered_agencies
from msqgraph.interpret.concepts import concept_in, find_concepts
from msqgraph.interpret.laws import find_laws
from msqgraph.interpret.partners import find_partners
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.strategies import find_strategies
from msqgraph.questionnaire import Part
from msqgraph.response import Mention

_ASKED_FOR = ("Agency", "Strategy", "Organization")


def read_running_text(passage: Passage, question: Part, said: int, affirms: bool | None) -> list[Mention]:
    """The mentions in a text, in order.

    :param said: where the yes or no word ends with which the text begins (0: there is none).

    >>> question = Part("7", "Question", answer_kind="yes-no", names=("Strategy",))
    >>> mentions = read_running_text(Passage("Si, La Agenda Digital", "es"), question, 3, True)
    >>> [(m.names, m.name, m.basis) for m in mentions]
    [('Strategy', 'Agenda Digital', 'field')]
    """
    mentions: list[Mention] = []
    if "Law" in question.names:
        mentions += find_laws(passage)
    laws = list(mentions)
    if "Strategy" in question.names:
        mentions += find_strategies(passage)
    if "Agency" in question.names:
        is_asked_for = question.answer_kind == "yes-no" and affirms is not False
        mentions += find_answered_agencies(passage, said) if is_asked_for else find_agencies(passage)
    if "Organization" in question.names and affirms is not False:
        mentions += find_partners(passage, said)
    if question.answer_kind == "yes-no" and affirms is not False:
        _mark_asked_for(passage, mentions, question, said)
    if question.answer_kind == "ticks" and question.options:
        for law in laws:
            concept = concept_in(law.name, question.options)
            law.concept = concept if concept and concept.startswith("legal-topic/") else None  # no technology
        own_lines = [(law.start, law.start + len(law.quote)) for law in laws if law.name and law.website_as_written]
        mentions += find_concepts(passage, question.options, own_lines)
    mentions += _other_addresses(passage)
    return sorted(mentions, key=lambda mention: (mention.start, -len(mention.quote), mention.names))


def _mark_asked_for(passage: Passage, mentions: list[Mention], question: Part, said: int) -> None:
    """Where the answer begins with the thing that the question is about, it is told as in a field of its own."""
    if not passage.sentences:
        return
    first, end = passage.sentence_at(said) if said else passage.sentences[0]
    if said and first < said and not passage.text[said:end].strip():  # "Si." is a sentence by itself
        end = next((last for start, last in passage.sentences if start >= said), end)
    for mention in mentions:
        is_whole = not said and len(mention.quote) + 8 > len(passage.text.strip())
        if (
            mention.names in _ASKED_FOR
            and mention.names in question.names
            and said <= mention.start < end
            and (said or is_whole)
        ):
            mention.basis = "field"


def _other_addresses(passage: Passage) -> list[Mention]:
    others = [address for address in passage.addresses if not passage.is_taken(address)]
    return [passage.attach(Mention("Address", "", address.start, "stated-in-text"), address) for address in others]
