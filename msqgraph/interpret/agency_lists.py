"""Answers that are lists of agencies: names with acronyms and sites, in any order, with anything between them."""

from __future__ import annotations

import re

from msqgraph.interpret.addresses import Address
from msqgraph.interpret.agencies import agency_mention, find_agencies, looks_like_agency
from msqgraph.interpret.name_edges import EDGES, trim_name
from msqgraph.interpret.name_phrases import NamePhrase, is_acronym, with_acronym
from msqgraph.interpret.not_names import end_before_mailbox, end_of_name, is_placeholder
from msqgraph.interpret.passages import SEPARATOR, Passage
from msqgraph.response import Mention

_LONGEST_NAME = 18  # words; what is longer is a sentence
_FAR = 300  # characters looked at on either side of a possible border between two names
_BREAK = re.compile(
    r"(?P<line>[ \t]{0,9}\n\s*)|(?P<hard>[;；|•·→]\s*)|(?P<soft>[,،、，/]\s*(?:(?:and|y|et|e|и)\s+)?|"
    r"\s{1,9}(?:and|y|et|e|и|و|as well as|así como|ainsi que)\s+|\s{1,9}و(?=\S)|(?:以及|和|与|及))"
)
_NUMBERING = re.compile(r"(?:\(?(?:\d{1,2}|[a-zA-Z])[.)]\s+|[-–—•*·]+\s+)")
_LABEL = re.compile(
    r"(?:names?|nombres?|noms?|nomes?|название|agency|agencia|organism[eo]|e-?mail|correo(?: "
    r"electr[oó]nico)?|courriel|tel(?:[eé]f\w*|ephone)?|phone|"
    r"url|link|enlace|lien|web ?site|website|web|site(?: web| internet)?|sitio(?: web)?|p[aá]gina(?: web)"
    r"?|портал|сайт|网址|网站|الموقع)\s*[:：]\s*",
    re.I,
)
_CONTINUES = re.compile(
    r"(?:de|del|la|las|los|el|of|for|and|the|du|des|et|y|e|и|по|da|do|das|dos|para|pour|al|в|на|&|[-–—:,(])\s*$", re.I
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")  # an address used as a name is no name
_DASH = re.compile(r"\s+[-–—]+\s+|\s*[:：]\s+|\s*[–—]\s*")


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
    for address in [*inside, None]:
        gap_end = address.start if address else end
        names = _names_in(passage, position, gap_end)
        if pending and names and _goes_with_site_before(passage, position, names, address):
            _give_name(passage, pending, names.pop(0))
            last_named, pending = pending, None
        gap = passage.masked[position:gap_end]
        mentions += [agency_mention(passage, name, "field") for name in names]
        if address is None:
            break
        if names and _belongs(passage, names[-1], address):
            last_named, pending = passage.attach(mentions[-1], address), None
        elif last_named and not names and re.fullmatch(r"[ \t]*(?:[,/&،、]|and|y|et|e|и|o|or|ou)[ \t]*", gap):
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
    return (
        SEPARATOR.fullmatch(between) is not None
        and ";" not in between
        and between.count("\n") <= 2
        and len(between) < 60
    )


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


def _names_in(passage: Passage, start: int, end: int) -> list[NamePhrase]:
    """The names in a stretch without addresses."""
    masked = passage.masked
    pieces: list[tuple[int, int]] = []
    first = start
    for gap in _BREAK.finditer(masked, start, end):
        if gap.start() < first or not _divides(masked, first, gap, end):
            continue
        pieces.append((first, gap.start()))
        first = gap.end()
    pieces.append((first, end))
    names: list[NamePhrase] = []
    for piece in pieces:
        names += _name_in(passage, *piece)
    return names


def _divides(text: str, first: int, gap: re.Match[str], end: int) -> bool:
    left, right = text[first : gap.start()][:_FAR], text[gap.end() : min(end, gap.end() + _FAR)]
    before = text[max(first, gap.start() - _FAR) : gap.start()]
    if gap["hard"] is not None:
        return True
    right_piece = _NUMBERING.sub("", re.split(r"[\n;；|•]", right, maxsplit=1)[0], count=1)
    if gap["line"] is not None:
        if not left.strip(EDGES) or not right.strip(EDGES):
            return bool(left.strip(EDGES))
        if gap["line"].count("\n") > 1 or _NUMBERING.match(right):
            return not _CONTINUES.search(before)
        return not (_CONTINUES.search(before) or right[:1].islower() or right[:1] in "(（[")
    if not left.strip(EDGES):
        return True
    until_next = re.split(r"[,،、，;\n]", right_piece, maxsplit=1)[0]
    left = _NUMBERING.sub("", left.strip(), count=1)
    return looks_like_agency(left.strip(EDGES)) and looks_like_agency(until_next.strip(EDGES))


def _name_in(passage: Passage, start: int, end: int) -> list[NamePhrase]:
    masked = passage.masked
    end = start + end_of_name(masked[start:end])
    start, end = _trim(masked, start, end)
    text = masked[start:end]
    if "\ufffc" in text:  # an e-mail address or the like: what stands before it
        cut = text.index("\ufffc")
        label = re.search(r"(?:^|[\s,;(–—-])[^\s,;:]+\s*:\s*$", text[:cut])
        before = text[: label.start() if label else cut]
        mailbox = passage.text[start + cut : end]
        return _name_in(passage, start, start + end_before_mailbox(before, mailbox, looks_like_agency))
    letters = sum(c.isalpha() for c in text)
    if letters < 2 or is_placeholder(text) or _HOST.fullmatch(text) or len(text) > 600:
        return []
    if len(text.split()) > _LONGEST_NAME or re.search(r"[^\W\d_]{3}[.!?]\s+[^\W\d_]", text):
        inner = [m for m in find_agencies(Passage(text, passage.language)) if m.name]
        return [NamePhrase(start + m.start, start + m.start + len(m.quote), m.name or "", m.acronym) for m in inner]
    before, _, after = text.partition(":")
    if after and not looks_like_agency(before) and looks_like_agency(after):
        return _name_in(passage, start + len(before) + 1, end)
    if not (text[0].isupper() or text[0].isdigit() or not text[0].islower() or looks_like_agency(text)):
        return []
    return [_with_acronym(masked, start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without numbering, labels and the punctuation at its edges; brackets that it opens itself stay."""
    while True:
        before = (start, end)
        start, end = trim_name(text, start, end)
        for pattern in (_NUMBERING, _LABEL):
            if (match := pattern.match(text, start, end)) and match.end() < end:
                start = match.end()
        stretch = text[start:end]
        if tail := re.search(
            (
                r"(?:^|[\s,;(（–—-])(?:url|links?|enlace|lien|web ?site|website|web|site(?: web| internet)?|sitio(?: "
                r"web)?|p[aá]gina(?: web)?|сайт|网址|网站|الموقع)\s*[:：]?\s*$"
            ),
            stretch,
            re.I,
        ):
            end = start + tail.start()
        if (start, end) == before:
            return start, end


def _with_acronym(text: str, start: int, end: int) -> NamePhrase:
    stretch = text[start:end]
    if bracket := re.search(r"\s*[(（]\s*([^()（）]+?)\s*[)）]$", stretch):
        inner, outer = bracket[1], stretch[: bracket.start()]
        if outer.strip():
            is_short_han = re.fullmatch("[\u4e00-\u9fff]{2,6}", inner) is not None
            name = outer.rstrip(EDGES)
            if is_acronym(outer.strip()) and looks_like_agency(inner) and not is_acronym(inner):
                return NamePhrase(start, end, inner, outer.strip())
            return NamePhrase(start, end, name, inner if is_acronym(inner) or is_short_han else None)
    if dash := _DASH.search(stretch):
        left, right = stretch[: dash.start()], stretch[dash.end() :]
        if is_acronym(left) and right and not is_acronym(right):
            return NamePhrase(start, end, right, left)
        last = list(_DASH.finditer(stretch))[-1]
        if is_acronym(stretch[last.end() :]) and stretch[: last.start()].strip():
            return NamePhrase(start, end, stretch[: last.start()], stretch[last.end() :])
    return with_acronym(text[:end], start, end)
