"""Answers that are lists of addresses: a portal for each, with its name where one is written."""

from __future__ import annotations

import re

from msqgraph.interpret.addresses import Address
from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.name_edges import trim_name
from msqgraph.interpret.name_phrases import one_line
from msqgraph.interpret.passages import Passage
from msqgraph.response import Mention

_BEFORE = re.compile(
    r"(?:^|[\n\ufffc;,.]|\s[•·|]\s)\s*(?:[-–—•*·]+\s+|\d{1,2}[.)]\s+)?\**(?P<name>[^\n\ufffc;]{3,90}?)"
    r"\**(?:\s*[:：–—\-(（]+|\s*\n|\])?\s*$"
)
_INTRODUCED = re.compile(r"(?:\s*[:：–—(（]|\s+-+|\s*-\s+|\s*\n|\])\s*$")
_BEHIND = re.compile(
    r"[ \t>]*[(（](?P<name>[^()（）\n\ufffc]{3,90})[)）]|"
    r"[ \t>]+[-–—][ \t]+(?P<dashed>[^\n\ufffc,;]{3,90}?)[ \t]*(?=\n|$)"
)
_NO_NAME = re.compile(
    r"(?:\W|\b(?:url|link|web ?site|website|web|site|sitio web|p[aá]gina web|portal|address|and|y|et|e|и|"
    r"و|or|o|ou|also|e-?mail|"
    r"сайт|портал|网址|网站|الموقع|https?|the|el|la|le)\b)*",
    re.I,
)


_GUIDE = re.compile(
    r"(?:user(?:s|'s|’s)? )?(?:guides?|manuals?|handbooks?|instructions|brochures?|leaflets?|tutorials?|report|"
    r"annex|press release)|"
    r"gu[ií]as?(?: (?:de|del) \w+)?|manual(?:es)?(?: (?:de|del) \w+)?|instructivo|folleto|informe|"
    r"(?:guides?|manuels?|notice|mode d['’]emploi|brochure|rapport)(?: (?:de l['’]|d['’]|de |du )?utilisat\w+)?|"
    r"manua(?:l|is)(?: d[eo] \w+)?|guia(?: d[eo] \w+)?|relat[oó]rio|folheto|"
    r"(?:руководств|инструкци|памятк|справк|отчет|отчёт)\w*(?: пользователя)?|"
    r"(?:ال)?دليل(?: (?:ال)?(?:مستخدم|استخدام|مستخدمين))?|كتيب|(?:用户|使用|操作)(?:指南|手册|说明)|说明书?",
    re.I,
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|zip)(?:[?#]|$)", re.I)


def find_portals(passage: Passage) -> list[Mention]:
    """A portal for each address of the text, in order; its name is what is written before it, or in brackets behind it.

    >>> [(m.name, m.website) for m in find_portals(Passage("Portal Único: www.paraguay.gov.py, pnt.paraguay.gov.py"))]
    [('Portal Único', 'http://www.paraguay.gov.py/'), (None, 'http://pnt.paraguay.gov.py/')]
    """
    mentions: list[Mention] = []
    position = 0
    for index, address in enumerate(passage.addresses):
        limit = passage.addresses[index + 1].start if index + 1 < len(passage.addresses) else len(passage.text)
        shown = address.shown
        position_before, before = position, passage.masked[position : shown[0] if shown else address.start]
        is_link = passage.text.startswith("](", address.start)
        name = _BEFORE.search(before) if is_link or _INTRODUCED.search(before) else None
        behind = _BEHIND.match(passage.masked, address.end, limit)
        position = address.end
        mention = Mention("Portal", "", address.start)
        if shown and _is_name(passage.text[slice(*shown)]):
            start, end = trim_name(passage.masked, *shown)
            mention = Mention("Portal", passage.text[start:end], start, name=one_line(passage.text[start:end]))
        elif name:
            offset = position_before + name.start("name")
            start, end = trim_name(passage.masked, offset, offset + len(name["name"]))
            written = passage.text[start:end]
            if _is_name(written):
                mention = Mention("Portal", written, start, name=one_line(written))
        passage.attach(mention, address)
        found = (behind["name"] or behind["dashed"]) if behind else ""
        if mention.name is None and behind and _is_name(found) and not found.endswith((":", "：")):
            mention.name, position = one_line(found), behind.end()
            mention.quote = passage.text[mention.start : position]
        if _is_about_a_portal(mention, address, before, bool(mentions)):
            mention = Mention("Address", mention.quote, mention.start, "stated-in-text", doubts=mention.doubts)
            passage.attach(mention, address)
        mention.language = language_of_name(mention.name, passage.language)
        mentions.append(mention)
    return mentions


def _is_about_a_portal(mention: Mention, address: Address, before: str, has_portal: bool) -> bool:
    """Whether an address leads to a guide or a report about portals named before it, and not to a portal."""
    label = re.search(r"(?P<label>[^\n\ufffc,;:：，；()（）]{2,50})[\s:：–—(（-]*$", before)
    is_guide = label is not None and _GUIDE.fullmatch(label["label"].strip(" \t-–—*•")) is not None
    is_guide = is_guide or (mention.name is not None and _GUIDE.fullmatch(mention.name.strip()) is not None)
    is_document = _DOCUMENT.search(address.website or address.written) is not None
    return has_portal and (is_guide or is_document)


def _is_name(text: str) -> bool:
    return sum(c.isalpha() for c in text) > 2 and not _NO_NAME.fullmatch(text) and not re.search(r"[.!?]\s", text)
