"""Agencies: ministries, departments and other bodies of a government, in running text."""

from __future__ import annotations

import re

from msqgraph.agency_words import ARABIC_HEADS, HAN_HEADS, HEAD, is_acronym
from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.name_edges import JOINTLY, JOINTLY_HAN
from msqgraph.interpret.name_phrases import NamePhrase, find_names, one_line, without_article
from msqgraph.interpret.passages import Passage
from msqgraph.response import Basis, Mention

_ARABIC = "[\u0620-\u065f]+"
_EAST = re.compile(
    f"(?<![\u0620-\u065f])[وبفلك]{{0,2}}?(?P<ar>(?:ال)?(?:{ARABIC_HEADS})"
    f"(?:\\s+(?!و?ال?(?:{ARABIC_HEADS})|{JOINTLY}\\s)(?:[وب]?ال{_ARABIC}|لل{_ARABIC}|و?تكنولوجيا|و?تقنية|و?شؤون|"
    f"حكومة|مجلس)){{1,7}})"
    f"|(?:^|(?<=[，。；、：（(\\s由是为和及与在\\[<])|(?<=会同)|(?<=协同)|(?<=连同))(?P<zh>[\u4e00-\u9fff]{{2,18}}?(?:{HAN_HEADS}))"
    f"(?=[，。；、）)（(：:\\s\ufffc—–\\-\\]]|负责|是|的|和|与|及|发布|{JOINTLY_HAN}|$)"
)


def find_agencies(passage: Passage) -> list[Mention]:
    """The agencies that running text names, with acronym and the site that directly follows.

    >>> [m.name for m in find_agencies(Passage("Sí, El Ministerio de Tecnologías de la Información y Comunicación"))]
    ['Ministerio de Tecnologías de la Información y Comunicación']
    """
    return mentions_of(passage, agency_phrases(passage))


def agency_phrases(passage: Passage) -> list[NamePhrase]:
    """The names of agencies in running text, without their articles."""
    phrases = []
    for phrase in find_names(passage, HEAD, _EAST):
        start = without_article(passage.masked, phrase.start, phrase.end)
        phrases.append(NamePhrase(start, phrase.end, phrase.name[start - phrase.start :], phrase.acronym))
    return phrases


def mentions_of(passage: Passage, phrases: list[NamePhrase]) -> list[Mention]:
    """A mention for each name in running text, with the site that directly follows; without one, the same name once."""
    mentions: list[Mention] = []
    for phrase in phrases:
        mention = agency_mention(passage, phrase, "stated-in-text")
        if address := passage.address_after(phrase.end):
            passage.attach(mention, address)
        if all(m.name != mention.name or mention.website_as_written for m in mentions):
            mentions.append(mention)
    return mentions


def agency_mention(passage: Passage, phrase: NamePhrase, basis: Basis) -> Mention:
    """The mention of an agency whose name stands in a stretch."""
    name = one_line(phrase.name)
    acronym = phrase.acronym or (name if is_acronym(name) else None)
    language = language_of_name(name, passage.language)
    return Mention("Agency", passage.text[phrase.start : phrase.end], phrase.start, basis, name, language, acronym)


def find_known(passage: Passage, known: list[Mention], present: list[Mention]) -> list[Mention]:
    """Agencies named elsewhere in the response, found again word for word; acronyms only in capitals; each once.

    >>> known = [Mention("Agency", "x", 0, name="Secretaría Técnica", acronym="STP")]
    >>> [(m.quote, m.acronym) for m in find_known(Passage("la secretaria técnica (STP), stp.gov.py"), known, [])]
    [('secretaria técnica', None), ('STP', 'STP')]
    """
    taken = [(m.start, m.start + len(m.quote)) for m in present if m.names == "Agency"]
    found: list[Mention] = []
    acronyms = {m.acronym for m in known if m.acronym}
    names = {
        m.name
        for m in known
        if m.name and m.name not in acronyms and (" " in m.name or len(m.name) > 9 or _is_han(m.name))
    }
    for wanted in (*sorted(names, key=lambda name: (-len(name), name)), *sorted(acronyms)):
        for start, end in passage.folded.find(wanted):
            quote = passage.text[start:end]
            if any(start < b and a < end for a, b in taken) or (wanted in acronyms and quote != wanted):
                continue
            taken.append((start, end))
            found.append(agency_mention(passage, NamePhrase(start, end, quote), "stated-in-text"))
            break
    return sorted(found, key=lambda mention: mention.start)


def _is_han(name: str) -> bool:
    return len(name) > 2 and "\u4e00" <= name[0] <= "\u9fff"
