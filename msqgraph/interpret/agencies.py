"""Agencies: ministries, departments and other bodies of a government, in running text."""

from __future__ import annotations

import re

from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.name_edges import JOINTLY, JOINTLY_HAN
from msqgraph.interpret.name_phrases import NamePhrase, find_names, is_acronym, one_line, without_article
from msqgraph.interpret.passages import Passage
from msqgraph.response import Basis, Mention

_HEADS = {
    "en": "ministry|ministries|department|agency|authority|office|secretariat|directorate|bureau|commission|"
    "council|committee|"
    "institute|centre|center|board|administration|treasury|service|cabinet|chancellery|corporation|unit|"
    "company|fund|bank|division|inspectorate|registry|presidency",
    "es": "ministerio|secretar[ií]a|subsecretar[ií]a|viceministerio|agencia|instituto|direcci[oó]n|"
    "administraci[oó]n|gabinete|"
    "comisi[oó]n|consejo|oficina|autoridad|superintendencia|empresa|servicio|departamento|presidencia|"
    "centro|comit[eé]|banco|fondo|contralor[ií]a|tesorer[ií]a|procuradur[ií]a|corporaci[oó]n",
    "fr": "minist[eè]re|secr[eé]tariat|agence|direction|institut|office|commission|conseil|autorit[eé]|"
    "d[eé]partement|centre|"
    "pr[eé]sidence|primature|comit[eé]|caisse|soci[eé]t[eé]|délégation|inspection|banque|tr[eé]sorerie",
    "pt": "minist[eé]rio|secretaria|ag[eê]ncia|instituto|dire[cç][cç]?[aã]o|comiss[aã]o|conselho|gabinete|autoridade|"
    "departamento|servi[cç]o|administra[cç][aã]o|presid[eê]ncia|empresa|banco|fundo|centro|superintend[eê]ncia|"
    "comit[eê]|controladoria",
    "ru": "министерств[оаеу]м?|агентств[оаеу]м?|департамент(?:а|у|ом|е)?|комитет(?:а|у|ом|е)?|служб[аыуе]|"
    "службой|управлени[еяюи]м?|"
    "комисси[яиюей]+|совет(?:а|ом)?|фонд(?:а|ом)?|центр(?:а|ом)?|администраци[яиюей]+|инспекци[яиюей]+|"
    "казначейств[оаеу]м?|палат[аыуе]|корпораци[яиюей]+|институт(?:а|ом|е)?|банк(?:а|ом|е)?|бюро",
}
_HEAD = re.compile(rf"(?<![\w-])(?<![^dl]['’])(?:{'|'.join(_HEADS.values())})(?![\w'’-])", re.I)
_ARABIC = "[\u0620-\u065f]+"
_ARABIC_HEADS = "وزارة|هيئة|وكالة|مجلس|ديوان|إدارة|مركز|جهاز|لجنة|أمانة|مؤسسة|مصلحة|معهد|رئاسة|صندوق|سلطة"
_HAN_HEADS = "委员会|办公厅|办公室|管理局|总局|部|局|署|院|中心"
_EAST = re.compile(
    f"(?<![\u0620-\u065f])[وبفلك]{{0,2}}?(?P<ar>(?:ال)?(?:{_ARABIC_HEADS})"
    f"(?:\\s+(?!و?ال?(?:{_ARABIC_HEADS})|{JOINTLY}\\s)(?:[وب]?ال{_ARABIC}|لل{_ARABIC}|و?تكنولوجيا|و?تقنية|و?شؤون|"
    f"حكومة|مجلس)){{1,7}})"
    f"|(?:^|(?<=[，。；、：（(\\s由是为和及与在\\[<])|(?<=会同)|(?<=协同)|(?<=连同))(?P<zh>[\u4e00-\u9fff]{{2,18}}?(?:{_HAN_HEADS}))"
    f"(?=[，。；、）)（(：:\\s\ufffc—–\\-\\]]|负责|是|的|和|与|及|发布|{JOINTLY_HAN}|$)"
)
_HEAD_FIRST = re.compile(rf"(?:(?:the|el|la|los|las|le|les|o|a|os|as|al|del)\s+|l['’])?(?:{_HEAD.pattern})", re.I)
_EAST_NAME = re.compile(rf"(?:{_ARABIC_HEADS})|(?:ال)(?:{_ARABIC_HEADS})|[\u4e00-\u9fff]{{2,18}}(?:{_HAN_HEADS})")
_ENGLISH_HEAD_LATER = re.compile(
    rf"(?:[A-Z][\w&-]*\s+(?:(?:of|and|for|the)\s+)*){{0,5}}[A-Z][\w&-]*\s+(?i:{_HEADS['en']})\b"
)
_ADJECTIVE = "(?:ая|яя|ое|ее|ый|ий|ой)"
_RUSSIAN_HEAD_LATER = re.compile(
    rf"[А-ЯЁ][а-яё-]*{_ADJECTIVE}\s+(?:(?:и\s+)?[А-ЯЁа-яё-]+{_ADJECTIVE}\s+){{0,4}}(?i:{_HEADS['ru']})(?!\w)"
)


def looks_like_agency(text: str) -> bool:
    """Whether a stretch begins like an agency's name: with a head word, or as an acronym.

    >>> [looks_like_agency(text) for text in ("Ministerio de Hacienda", "MITIC", "Empleo", "Digital Agency")]
    [True, True, False, True]
    """
    text = text.strip()
    first = re.split(r"[\s(,]", text, maxsplit=1)[0]
    return bool(
        _HEAD_FIRST.match(text)
        or _EAST_NAME.match(text)
        or _ENGLISH_HEAD_LATER.match(text)
        or _RUSSIAN_HEAD_LATER.match(text)
        or (is_acronym(first) and first == text)
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
    for phrase in find_names(passage, _HEAD, _EAST):
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
