"""The names of public bodies in a stretch without addresses, where such names are asked for."""

from __future__ import annotations

import re

from msqgraph.agency_words import is_acronym
from msqgraph.interpret.agencies import find_agencies
from msqgraph.interpret.agency_heads import is_body
from msqgraph.interpret.name_edges import ARABIC_AND, EDGES, JOINTLY, JOINTLY_HAN, LIST_AND, trim_name
from msqgraph.interpret.name_phrases import NamePhrase, with_acronym, without_article
from msqgraph.interpret.not_names import end_before_mailbox, end_of_name, is_placeholder
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.site_words import SITE_LABEL, end_before_site_words, is_note
from msqgraph.interpret.statements import is_generic, name_in_statement

_LONGEST_NAME = 18  # words; what is longer is a sentence
_FAR = 300  # characters looked at on either side of a possible border between two names
_BREAK = re.compile(
    rf"(?P<joint>[,،，]?\s{{1,9}}{JOINTLY}\s+|[,，]?{JOINTLY_HAN})|(?P<dash>\s{{1,9}}[-–—]+\s+|\s{{0,9}}[–—]\s*)|"
    rf"(?P<line>[ \t]{{0,9}}\n\s*)|(?P<hard>[;；؛|•·→]\s*|\s+(?=\(?\d{{1,2}}[.)、]\s*[^\W\d]))|"
    rf"(?P<stop>(?<=[^\W\d_]{{3}})[.)）»\"]?[.]\s+(?=[^\Wa-z\d_])|。)|"
    rf"(?P<soft>[,،、，/]\s*(?:(?:{LIST_AND})\s+|{ARABIC_AND}|(?:以及|和|与|及))?|\s+[&+]\s+|"
    rf"\s{{1,9}}(?:{LIST_AND})\s+|\s{{1,9}}(?:{ARABIC_AND}|و\s+)|(?:以及|[和与及]))",
    re.I,
)
# where the next name is sure to have ended
_NEXT = re.compile(
    rf"[,،、，;\n]|\.\s|\s(?:{JOINTLY}|as well as|así como|ainsi que|bem como|а также)\s|\sand the\s|{JOINTLY_HAN}",
    re.I,
)
_NUMBERING = re.compile(
    r"(?:\(?(?:\d{1,2}|[a-zA-Zа-яА-Я]|[ivx]{1,4})[.)]\s+|[-–—•*·]+\s+|[(（][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+、\s*)"
)
_LABEL = re.compile(
    rf"(?:names?|nombres?|noms?|nomes?|название|наименование|(?:ال)?[إا]سم|名称|agency|agencia|ag[eê]nci?a|ag[eê]nce|"
    rf"organism[eo]s?|organiza\w+|institution|instituci[oó]n|institui[cç][aã]o|ministry|ministerio|minist[eè]re|"
    rf"minist[eé]rio|министерство|ведомство|орган|организация|(?:ال)?جهة|(?:ال)?وزارة|机构|部门|单位|"
    rf"e-?mail|correo(?: electr[oó]nico)?|courriel|tel(?:[eé]f\w*|ephone)?|phone|{SITE_LABEL})\s*[:：]\s*",
    re.I,
)
_CONTINUES = re.compile(
    r"(?:de|del|la|las|los|el|of|for|and|the|du|des|et|y|e|и|по|da|do|das|dos|para|pour|al|в|на|&|"
    r"[-–—:：,(])\s*$",
    re.I,
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")  # an address used as a name is no name
_DASH = re.compile(r"\s+[-–—]+\s+|\s*[:：]\s+|\s*[–—]\s*|(?<=[\u4e00-\u9fff])[:：]")
_BRACKET = re.compile(r"[(（\[［][^()（）\[\]［］]*(?:[)）\]］]|$)")
_TOPIC = re.compile(r"\s*[:：]\s*|\s+[-–—]+\s+|\s*[–—]\s+")
# fields of government that end the name of a ministry ("Ministry of Planning and Public Service")
_FIELD = re.compile(
    r"(?:(?:public|civil|social|human|health|family|community|local|financial|postal|corporate|foreign|legal|general|"
    r"national|land|economic|territorial|regional)\s+)?(?:services?|administration|treasury|registry)\W*$|"
    r"(?:administra[cç][aã]o|administraci[oó]n|administration|servicios?|servi[cç]os?|services?|fun[cç][aã]o)"
    r"(?:\s+(?:p[uú]blic[oa]s?|estatal|interna|local|territorial|civil|civique|penitenciari[oa]s?|sociales|sociais|"
    r"publique|territoriale))?\W*$",
    re.I,
)
_LEAD_IN = re.compile(
    r"(?:please )?(?:visit|see|refer to|consult)\s+(?:also\s+)?(?:the (?:web ?site|site|page) of\s+)?(?=the |"
    r"(?-i:[A-Z]))|"
    r"(?:ver|v[eé]ase|consultar|visite|visitar|consulte)\s+(?:(?:el|la|o|a) (?:sitio|p[aá]gina|site|"
    r"s[ií]tio)(?: web)? d(?:el?|o|a)"
    r"(?: la)?\s+)?(?=(?:el |la |o |a )?(?-i:[A-ZÀ-Þ]))|"
    r"(?:voir|consulter|visitez|cf\.?)\s+(?:le site (?:web |internet )?(?:du |de la |de l['’]|des )|le |la |"
    r"l['’])(?-i:(?=[A-ZÀ-Þ]))|"
    r"см\.?\s+(?:сайт\s+)?(?-i:(?=[А-ЯЁ]))|(?:请见|参见|详见|见)(?=[\u4e00-\u9fff])",
    re.I,
)
# a name in Chinese or Arabic with its translation behind it
_TRANSLATED = re.compile(
    r"([\u4e00-\u9fff]+|"
    r"[\u0620-\u065f][\u0620-\u065f\s]*[\u0620-\u065f])\s*[-–—]?\s*[A-Za-z][A-Za-z ,&'’-]+"
)
_CONTRACTION = re.compile(r"(?:du|des?(?: la| los| las)?|del|d[aeo]s?|au|aux|aos?|à|al|a la|à la)\s+|(?:de |à )l['’]")
_CONTRACTION_BEHIND = re.compile(rf"(?<!\w)(?:{_CONTRACTION.pattern})$")


def names_in(passage: Passage, start: int, end: int) -> list[NamePhrase]:
    """The names in a stretch without addresses, in order.

    >>> text = "El Ministerio de Salud, el Laboratorio de Gobierno (LAB) y la Casa de Moneda"
    >>> [name.name for name in names_in(Passage(text, "es"), 0, len(text))]
    ['Ministerio de Salud', 'Laboratorio de Gobierno', 'Casa de Moneda']
    """
    masked = passage.masked
    pieces: list[tuple[int, int, bool]] = []
    first, has_sentences, is_partner = start, False, False
    brackets = [match.span() for match in _BRACKET.finditer(masked, start, end)]
    for gap in _BREAK.finditer(masked, start, end):
        if gap.start() < first or any(a < gap.start() < b for a, b in brackets):
            continue
        if not _divides(masked, first, gap, end):
            continue
        has_sentences = has_sentences or gap["stop"] is not None
        pieces.append((first, gap.start(), is_partner))
        is_partner = gap["joint"] is not None
        first = gap.end()
        if repeated := _CONTRACTION.match(masked, first):  # "de l'Agence et du Centre"
            first = repeated.end()
    pieces.append((first, end, is_partner))
    names: list[NamePhrase] = []
    for piece_start, piece_end, must_look in pieces:
        names += _name_in(passage, piece_start, piece_end, must_look or has_sentences)
    return names


def _divides(text: str, first: int, gap: re.Match[str], end: int) -> bool:
    left, right = text[first : gap.start()][:_FAR], text[gap.end() : min(end, gap.end() + _FAR)]
    before = text[max(first, gap.start() - _FAR) : gap.start()]
    if gap["hard"] is not None:
        return True
    if gap["stop"] is not None:
        return bool(left.strip(EDGES) and right.strip(EDGES))
    right_piece = _NUMBERING.sub("", re.split(r"[\n;；؛|•]", right, maxsplit=1)[0], count=1)
    if gap["line"] is not None:
        if not left.strip(EDGES) or not right.strip(EDGES):
            return bool(left.strip(EDGES))
        if gap["line"].count("\n") > 1 or _NUMBERING.match(right):
            return not _CONTINUES.search(before)
        return not (_CONTINUES.search(before) or right[:1].islower() or right[:1] in "(（[")
    if not left.strip(EDGES):
        return True
    if (repeated := _CONTRACTION.match(right_piece)) and _CONTRACTION_BEHIND.search(text[:first]):
        right_piece = right_piece[repeated.end() :]
    closing = re.match(r"[^()（）\n;,]*[(（][^()（）\n]*[)）]?", right_piece)
    until_next = _NEXT.split(closing[0] if closing else right_piece, maxsplit=1)[0]
    left = _NUMBERING.sub("", left.strip(), count=1)
    if gap["joint"] is not None:
        return _names_body(left) or _names_body(until_next)
    if gap["dash"] is not None:
        return all(_is_spelt_out(words) and _names_body(words) for words in (left, until_next))
    if any(_is_capital_word(a) and " " in b and b.isupper() for a, b in ((left, until_next), (until_next, left))):
        return False  # amid capitals, "MINERÍA" is no acronym
    if gap["soft"].strip().isalpha() and _FIELD.match(until_next.strip(EDGES)):
        return False
    return _names_body(left) and _names_body(until_next)


def _is_capital_word(words: str) -> bool:
    words = words.strip(EDGES)
    return " " not in words and words.isupper()


def _is_spelt_out(words: str) -> bool:
    """Whether words may be a name by themselves, and no acronym or note beside one."""
    words = words.strip(EDGES)
    return " " in words and not is_generic(words) and not re.match(r"[(（]", words)


def _names_body(words: str) -> bool:
    """Whether words are the name of a body, with a label, a note or a verb at most beside it."""
    words = words.strip(EDGES.replace(")", "").replace("）", ""))
    words = words[without_article(words, 0, len(words)) :] if words[:1].islower() or " " in words else words
    if is_body(words):
        return True
    topic = list(_TOPIC.finditer(words))
    if topic and is_body(words[topic[-1].end() :]):
        return True
    stated = name_in_statement(words, is_body)
    return stated is not None and stated[0] < stated[1]


def _name_in(passage: Passage, start: int, end: int, must_look: bool = False) -> list[NamePhrase]:
    masked = passage.masked
    end = start + end_of_name(masked[start:end])
    start, end = _trim(masked, start, end)
    text = masked[start:end]
    if "\ufffc" in text:  # an e-mail address or the like: what stands before it
        cut = text.index("\ufffc")
        label = re.search(r"(?:^|[\s,;(–—-])[^\s,;:]+\s*:\s*$", text[:cut])
        before = text[: label.start() if label else cut]
        mailbox = passage.text[start + cut : end]
        return _name_in(passage, start, start + end_before_mailbox(before, mailbox, is_body), must_look)
    if (lead := _LEAD_IN.match(text)) and _names_body(text[lead.end() :]):
        return _name_in(passage, start + lead.end(), end, must_look)
    if (translated := _TRANSLATED.fullmatch(text)) and is_body(translated[1]):
        end, text = start + translated.end(1), translated[1]
    letters = sum(c.isalpha() for c in text)
    if (
        letters < 2
        or is_placeholder(text)
        or _HOST.fullmatch(text)
        or len(text) > 600
        or is_note(text)
        or is_generic(text)
    ):
        return []
    for topic in _TOPIC.finditer(text):
        before, after = text[: topic.start()], text[topic.end() :]
        if (
            after
            and (not is_body(before) or is_generic(before))
            and _names_body(after)
            and not is_acronym(before.strip())
        ):
            return _name_in(passage, start + topic.end(), end)
    if not is_body(text) or _has_lower_word(text):
        stated = name_in_statement(text, is_body)
        if stated is not None:
            return names_in(passage, start + stated[0], start + stated[1]) if stated[0] < stated[1] else []
    if len(text.split()) > _LONGEST_NAME or re.search(r"[^\W\d_]{3}[.!?]\s+[^\W\d_]", text):
        inner = [m for m in find_agencies(Passage(text, passage.language)) if m.name]
        return [NamePhrase(start + m.start, start + m.start + len(m.quote), m.name or "", m.acronym) for m in inner]
    if must_look and not is_body(text):
        return []
    if text[0].islower() and not is_body(text):
        return []
    return [_with_acronym(masked, start, end)]


def _has_lower_word(text: str) -> bool:
    return re.search(r"(?<!\w)[a-zà-ÿа-яё]{1,}|[\u0620-\u064a]|[\u4e00-\u9fff]", text) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without numbering, labels, notes, articles and the punctuation at its edges."""
    while True:
        before = (start, end)
        start, end = trim_name(text, start, end)
        for pattern in (_NUMBERING, _LABEL):
            if (match := pattern.match(text, start, end)) and match.end() < end:
                start = match.end()
        with_colon = end + (text[end : end + 1] in (":", "："))
        end = min(end, start + end_before_site_words(text[start:with_colon]))
        if (article := without_article(text, start, end)) > start and text[article] not in "-–—/&.":
            start = article
        if (start, end) == before:
            return start, end


def _with_acronym(text: str, start: int, end: int) -> NamePhrase:
    stretch = text[start:end]
    if bracket := re.search(r"\s*[(（]\s*([^()（）]+?)\s*[)）]?$", stretch):
        inner, outer = bracket[1], stretch[: bracket.start()]
        if outer.strip():
            parts = [part.strip(" .\"'“”«»") for part in re.split(r"[,，、;；/–—]\s*|\s+-\s+|[:：]\s*", inner)]
            acronym = next((part for part in parts if is_acronym(part)), None)
            if is_acronym(outer.strip()) and is_body(inner) and not is_acronym(inner):
                return NamePhrase(start, end, inner, outer.strip())
            if acronym is None and re.fullmatch("[\u4e00-\u9fff]{2,6}", inner):
                acronym = inner
            return NamePhrase(start, end, _unquoted(outer), acronym)
    if dash := _DASH.search(stretch):
        left, right = stretch[: dash.start()], stretch[dash.end() :]
        if is_acronym(left) and right and not is_acronym(right):
            return NamePhrase(start, end, _unquoted(right), left)
        last = list(_DASH.finditer(stretch))[-1]
        if is_acronym(stretch[last.end() :]) and stretch[: last.start()].strip():
            return NamePhrase(start, end, _unquoted(stretch[: last.start()]), stretch[last.end() :])
    found = with_acronym(text[:end], start, end)
    return NamePhrase(found.start, found.end, _unquoted(found.name), found.acronym)


def _unquoted(name: str) -> str:
    """A name without quotation marks around all of it, and without what is left at its edges."""
    name = name.strip()
    while len(name) > 2 and (name[0], name[-1]) in (
        ("«", "»"),
        ("“", "”"),
        ('"', '"'),
        ("《", "》"),
        ("「", "」"),
        ("„", "“"),
    ):
        name = name[1:-1].strip()
    start, end = trim_name(name, 0, len(name))
    return name[start:end] or name
