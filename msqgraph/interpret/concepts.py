"""Codes that running text speaks of, by the phrases that the code lists give for them."""

from __future__ import annotations

from msqgraph.folding import Folded
from msqgraph.interpret.denials import is_negated_or_planned
from msqgraph.interpret.passages import Passage
from msqgraph.questionnaire import Part
from msqgraph.response import Mention


def find_concepts(passage: Passage, options: list[Part], outside: list[tuple[int, int]]) -> list[Mention]:
    """The codes of a question's options that a text speaks of, each where it is first spoken of.

    :param outside: stretches that are not looked at (the names of laws with a line of their own).

    >>> options = [Part("9/a", "Option", code="legal-topic/digital-signature", phrases=(("es", "firma digital"),))]
    >>> [(m.quote, m.concept, m.doubts) for m in find_concepts(Passage("No existe Firma Digital.", "es"), options, [])]
    [('Firma Digital', 'legal-topic/digital-signature', ['negated-or-planned'])]
    """
    found: list[tuple[int, int, str]] = []
    for option in options:
        found += [
            (start, end, option.code) for _, phrase in option.phrases for start, end in passage.folded.find(phrase)
        ]
    mentions: dict[str, Mention] = {}
    places = [(start, end) for start, end, _ in found]
    taken: list[tuple[int, int]] = []
    for start, end, code in sorted(found, key=lambda place: (place[0] - place[1], place[0], place[2])):
        if not any(start < b and a < end for a, b in (*taken, *outside)):
            taken.append((start, end))
            earlier = mentions.get(code)
            if earlier is None or start < earlier.start:
                doubts = ["negated-or-planned"] if is_negated_or_planned(passage, start, end, places) else []
                mentions[code] = Mention(
                    "Concept", passage.text[start:end], start, "stated-in-text", concept=code, doubts=doubts
                )
    return sorted(mentions.values(), key=lambda mention: mention.start)


def concept_in(name: str | None, options: list[Part]) -> str | None:
    """The code of the option of which a name contains a phrase; of several the longest phrase decides.

    >>> concept_in("Ley de firma digital", [Part("9/a", "Option", code="c/a", phrases=(("es", "firma digital"),))])
    'c/a'
    """
    folded = Folded(name or "")
    found = [
        (len(phrase), option.code)
        for option in options
        for _, phrase in option.phrases
        if option.code and folded.find(phrase)
    ]
    return max(found, default=(0, None))[1]
