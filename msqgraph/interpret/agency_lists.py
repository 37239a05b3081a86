"""Answers that are lists of agencies: names with acronyms and sites, in any order, with anything between them."""

from __future__ import annotations

import re

from msqgraph.interpret.addresses import Address
from msqgraph.interpret.agencies import agency_mention
from msqgraph.interpret.agency_names import names_in
from msqgraph.interpret.name_phrases import NamePhrase
from msqgraph.interpret.not_names import end_of_name
from msqgraph.interpret.paired_sites import ONE_MORE, paired_sites
from msqgraph.interpret.passages import SEPARATOR, Passage
from msqgraph.interpret.site_words import UP_TO_SITE
from msqgraph.response import Mention

_FAR = 300  # characters between a name and its site where a person or contact details stand between


def read_agency_list(passage: Passage, start: int = 0, end: int | None = None) -> list[Mention]:
    """The agencies listed in a stretch of text (by default all of it), one mention each, its quote from name to site.

    >>> text = "Ministerio de Hacienda (MH) – www.hacienda.gov.py, Ministerio de Trabajo, Empleo y Seguridad Social"
    >>> [(m.name, m.acronym, m.website) for m in read_agency_list(Passage(text, "es"))][0]
    ('Ministerio de Hacienda', 'MH', 'http://www.hacienda.gov.py/')
    """
    end = len(passage.text) if end is None else end
    mentions: list[Mention] = []
    last_named: Mention | None = None
    pending: Mention | None = None  # a site whose name may follow in its line
    position = start
    inside = [address for address in passage.addresses if start <= address.start and start < address.end <= end]
    for index, address in enumerate([*inside, None]):
        if address and address.end <= position:
            continue
        gap_end = address.start if address else end
        names = names_in(passage, position, gap_end)
        if pending is None and (sites := paired_sites(passage, names, inside[index:])):
            pairs = zip(names, sites, strict=True)
            mentions += [passage.attach(agency_mention(passage, name, "field"), site) for name, site in pairs]
            last_named, position = None, sites[-1].end
            continue
        if pending and names and _goes_with_site_before(passage, position, names, address):
            _give_name(passage, pending, names.pop(0))
            last_named, pending = pending, None
        gap = passage.masked[position:gap_end]
        mentions += [agency_mention(passage, name, "field") for name in names]
        if address is None:
            break
        if names and _belongs(passage, names[-1], address):
            last_named, pending = passage.attach(mentions[-1], address), None
        elif last_named and not names and ONE_MORE.fullmatch(gap):
            mentions.append(_second_site(passage, last_named, address))
        else:
            pending = passage.attach(Mention("Agency", "", address.start, doubts=["name-not-stated"]), address)
            mentions.append(pending)
            last_named = None
        position = address.end
    return mentions


def _second_site(passage: Passage, named: Mention, address: Address) -> Mention:
    """The same agency with one more site; the quote reaches from the name to it."""
    again = Mention(
        "Agency",
        passage.text[named.start : address.end],
        named.start,
        "field",
        named.name,
        named.language,
        named.acronym,
    )
    return passage.attach(again, address)


def _belongs(passage: Passage, name: NamePhrase, address: Address) -> bool:
    between = passage.masked[name.end : address.start]
    reach = end_of_name(passage.masked[name.start : address.start])
    if reach < address.start - name.start:  # contact details or a person before the site
        return "\n\n" not in between and "\ufffc" not in between and len(between) < _FAR
    if between.count("\n") > 2:
        return False
    is_close = SEPARATOR.fullmatch(between) is not None and ";" not in between and len(between) < 60
    return is_close or (between.count("\n") < 2 and UP_TO_SITE.fullmatch(between) is not None)


def _goes_with_site_before(passage: Passage, position: int, names: list[NamePhrase], following: Address | None) -> bool:
    between = passage.masked[position : names[0].start]
    if re.fullmatch(r"[ \t>]*[-–—:(（]+[ \t]*", between) is None:
        return False
    return len(names) > 1 or following is None or "\n" in passage.masked[names[0].end : following.start]


def _give_name(passage: Passage, mention: Mention, name: NamePhrase) -> None:
    named = agency_mention(passage, name, "field")
    mention.name, mention.acronym, mention.language = named.name, named.acronym, named.language
    mention.quote = passage.text[mention.start : name.end]
    mention.doubts.remove("name-not-stated")
