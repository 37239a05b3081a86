"""Laws named or cited in text, each with the number, name and site that belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msqgraph.folding import plain
from msqgraph.interpret.addresses import Address
from msqgraph.interpret.citations import Cited, citation_in_address, find_citations, merged
from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.law_words import type_of
from msqgraph.interpret.name_phrases import find_names, line_label, one_line, without_article
from msqgraph.interpret.passages import Passage
from msqgraph.response import Citation, Mention

_HEADS = {
    "en": "act|law|constitution|regulations?|code",
    "es": "ley(?: orgánica| marco)?|constitución|código|reglamento",
    "fr": "loi|constitution|code",
    "pt": "lei(?: geral| complementar)?|constituição|código",
    "ru": "закон(?:а|ом|е)?|кодекс(?:а|ом|е)?|конституци[яиюей]+",
}
_ACTS = "decreto|decree|décret|resolución|resolution|resolução|ordonnance|ordenanza|закон|указ|постановление"
_HEAD = re.compile(rf"(?<![\w-])(?<![^dl]['’])(?:{'|'.join(_HEADS.values())})(?![\w'’-])", re.I)
_LABEL_HEAD = re.compile(
    (
        rf"(?:{'|'.join(_HEADS.values())}|{_ACTS})(?![\w'’-])|(?:[A-Z][\w&-]* (?:(?:of|and|to|on|the) )*)"
        rf"{{1,7}}(?:Act|Law)\b|ال?قانون"
    ),
    re.I,
)
_EAST = re.compile(
    "《(?P<zh>[^》\\n]{2,50}(?:法|条例|规定|办法|细则|协定|条约))》"
    "|(?<![\u0620-\u065f])(?P<ar>(?:ال)?قانون\\s+(?!رقم|عدد)(?:[وب]?ال[\u0620-\u065f]+|حماية|حرية|"
    "مكافحة|الحق)(?:\\s+(?:[وب]?ال[\u0620-\u065f]+|في|إلى|حق)){0,6})"
)
_QUOTED_BEHIND = re.compile(r"[\s,:–—-]*(?:«([^»\n]{4,200})»|“([^”\n]{4,200})”|\"([^\"\n]{4,200})\")")
# names of acts that tell no title: whose acts they are
_GENERIC = re.compile(
    r"федеральн\w+ (?:закон|кодекс)\w*|закон\w* (?:рф|р[а-я]|кр|республики(?: [\w-]+){0,2}|[\w-]+ республики)|"
    r"(?:act|law)s? of (?:the )?(?:parliament|congress|republic|kingdom)(?: of \w+)?|ley de la (?:república|nación)|"
    r"loi de la république|lei da república|loi (?:organique|constitutionnelle)|ley orgánica|lei (?:complementar|"
    r"orgânica)",
    re.I,
)
_NUMBER_SIGN = re.compile(r"\s+(?:n[°º]?|nos?|nº|nro|n[uú]m(?:ero)?|numéro|number|№)\.?$", re.I)
_BILL = re.compile(
    r"(?:proyectos? de |anteproyectos? de |projets? de |projetos? de |anteprojetos? de |draft |проект\w* (?:\w+ )?|"
    r"(?:مشروع|مسودة) (?:ال)?)[«\"“]?$"
)
_AND = re.compile(r"[\s,]*(?:(?:and|y|e|et|и)\s+)?")
_JOINS = re.compile(r"\s*[,(:–—-]*\s*")


def find_laws(passage: Passage) -> list[Mention]:
    """The laws of a text: named in a line of their own with a site, cited by number, or called by their name.

    >>> text = "Decreto N° 2.794/2014. Ley de transparencia: <https://a.gov/transparencia-ley-5189-2014>"
    >>> [(m.name, m.citation.type, m.citation.number) for m in find_laws(Passage(text, "es"))]
    [(None, 'decree', '2.794'), ('Ley de transparencia', 'law', '5189')]
    """
    citations = find_citations(passage)
    mentions = [
        _labelled(passage, label, address, citations)
        for address in passage.addresses
        if not passage.is_taken(address) and (label := line_label(passage, _LABEL_HEAD, address.start))
    ]
    taken = [(m.start, m.start + len(m.quote)) for m in mentions]
    for start, end in _names(passage, citations):
        if any(start < b and a < end for a, b in taken):
            continue
        near = _beside(passage, start, end, citations)
        mention = _mention(
            passage, min(start, near.start if near else start), max(end, near.end if near else end), (start, end), near
        )
        taken.append((mention.start, mention.start + len(mention.quote)))
        mentions.append(mention)
    for cited in citations:
        if not any(cited.start < b and a < cited.end for a, b in taken):
            quoted = _QUOTED_BEHIND.match(passage.masked, cited.end)
            name = quoted.span(quoted.lastindex or 0) if quoted else None
            mentions.append(_mention(passage, cited.start, quoted.end() if quoted else cited.end, name, cited))
    for mention in mentions:
        if _BILL.search(plain(passage.masked[max(0, mention.start - 30) : mention.start])):
            mention.doubts.append("negated-or-planned")
        if mention.website_as_written is None and (behind := passage.address_after(mention.start + len(mention.quote))):
            passage.attach(mention, behind)
            _cite_address(mention, behind)
    mentions += [
        passage.attach(Mention("Law", "", address.start, "stated-in-text", citation=citation), address)
        for address in passage.addresses
        if not passage.is_taken(address) and (citation := citation_in_address(address.written))
    ]
    return sorted(mentions, key=lambda mention: mention.start)


def _labelled(passage: Passage, label: tuple[int, int], address: Address, citations: list[Cited]) -> Mention:
    cited = next((c for c in citations if label[0] <= c.start < label[1]), None)
    mention = passage.attach(_mention(passage, *label, label, cited), address)
    _cite_address(mention, address)
    return mention


def _mention(passage: Passage, start: int, end: int, name: tuple[int, int] | None, cited: Cited | None) -> Mention:
    words = one_line(passage.text[slice(*name)]) if name else None
    if cited and cited.citation.number is None:
        words = words or one_line(passage.text[start:end])  # nothing else tells which act it is
    elif cited and name and cited.start <= name[0] and cited.end >= name[1] and not _tells_a_title(words or ""):
        words = None  # nothing but the citation
    citation = cited.citation if cited else Citation(type_of(plain(words or "")) or "law")
    language = language_of_name(words, passage.language)
    if passage.text[start:end].count("(") > passage.text[start:end].count(")") and passage.text[end : end + 1] == ")":
        end += 1
    return Mention("Law", passage.text[start:end], start, "stated-in-text", words, language, citation=citation)


def _tells_a_title(name: str) -> bool:
    """Whether a name in a citation says more than what kind of act it is."""
    return re.search('[«“"]|[\u4e00-\u9fff]{4}', name) is not None or (
        len(name.split()) > 2 and _GENERIC.fullmatch(name) is None
    )


def _cite_address(mention: Mention, address: Address) -> None:
    cited = citation_in_address(address.written)
    if cited and mention.citation and mention.citation.number is None and cited.type == mention.citation.type:
        mention.citation = merged(mention.citation, cited)


def _names(passage: Passage, citations: list[Cited]) -> list[tuple[int, int]]:
    names = []
    for phrase_start, phrase_end in _one_act_each(passage, citations):
        start = without_article(passage.masked, phrase_start, phrase_end)
        name = _NUMBER_SIGN.sub("", passage.masked[start:phrase_end])  # "Law No" is none
        if (
            type_of(plain(name))
            and not _GENERIC.fullmatch(name)
            and len(name.split()) > (1 if name.isascii() or " " in name else 0)
        ):
            names.append((start, start + len(name)))
    return names


def _one_act_each(passage: Passage, citations: list[Cited]) -> Iterator[tuple[int, int]]:
    """The names in a text; one that runs over several cited acts (Privacy Act 1993 and Data Act 2018) is cut."""
    for phrase in find_names(passage, _HEAD, _EAST):
        start = phrase.start
        inside = [c for c in citations if phrase.start <= c.start < phrase.end]
        for cited in inside[:-1]:
            yield start, min(cited.end, phrase.end)
            joined = _AND.match(passage.masked, cited.end)
            start = joined.end() if joined else cited.end
        if start < phrase.end:
            yield start, phrase.end


def _beside(passage: Passage, start: int, end: int, citations: list[Cited]) -> Cited | None:
    """The citation of the act named in a stretch: in it or beside it, with the number in brackets behind a year."""
    inside = [c for c in citations if c.start < end and start < c.end]
    near = next(iter(inside), None) or next((c for c in citations if _is_next(passage, start, end, c)), None)
    if near is None or near.citation.number is not None:
        return near
    following = next((c for c in citations if c.start >= near.end and _is_next(passage, start, near.end, c)), None)
    if following is None or following.citation.year not in (None, near.citation.year):
        return near
    return Cited(near.start, following.end, merged(near.citation, following.citation))


def _is_next(passage: Passage, start: int, end: int, cited: Cited) -> bool:
    """Whether a citation overlaps a name, or is beside it with nothing but punctuation between."""
    if cited.start < end and start < cited.end:
        return True
    between = passage.masked[end : cited.start] if cited.start >= end else passage.masked[cited.end : start]
    if len(between) > 4 or _JOINS.fullmatch(between) is None:
        return False
    if cited.start < start:  # Act 843 (Data Protection Act); but "Ley 5, Ley de Datos" are two
        return cited.citation.number is not None and re.search("[(:–—-]", between) is not None
    return cited.citation.number is not None
