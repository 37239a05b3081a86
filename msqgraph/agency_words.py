"""The words by which the name of a government's body is told, in the languages of the United Nations and Portuguese.

They stand apart from the reading of running text, because the check for personal data needs them without it: an office
on a contact's line is no person.
"""

from __future__ import annotations

import re

HEADS = {
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
HEAD = re.compile(rf"(?<![\w-])(?<![^dl]['’])(?:{'|'.join(HEADS.values())})(?![\w'’-])", re.I)
ARABIC_HEADS = "وزارة|هيئة|وكالة|مجلس|ديوان|إدارة|مركز|جهاز|لجنة|أمانة|مؤسسة|مصلحة|معهد|رئاسة|صندوق|سلطة"
HAN_HEADS = "委员会|办公厅|办公室|管理局|总局|部|局|署|院|中心"
_ACRONYM = re.compile(r"[^\W\d_a-z][\w&./-]{0,14}")
_HEAD_FIRST = re.compile(rf"(?:(?:the|el|la|los|las|le|les|o|a|os|as|al|del)\s+|l['’])?(?:{HEAD.pattern})", re.I)
_EAST_NAME = re.compile(rf"(?:{ARABIC_HEADS})|(?:ال)(?:{ARABIC_HEADS})|[\u4e00-\u9fff]{{2,18}}(?:{HAN_HEADS})")
_ENGLISH_HEAD_LATER = re.compile(
    rf"(?:[A-Z][\w&-]*\s+(?:(?:of|and|for|the)\s+)*){{0,5}}[A-Z][\w&-]*\s+(?i:{HEADS['en']})\b"
)
_ADJECTIVE = "(?:ая|яя|ое|ее|ый|ий|ой)"
_RUSSIAN_HEAD_LATER = re.compile(
    rf"[А-ЯЁ][а-яё-]*{_ADJECTIVE}\s+(?:(?:и\s+)?[А-ЯЁа-яё-]+{_ADJECTIVE}\s+){{0,4}}(?i:{HEADS['ru']})(?!\w)"
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


def is_acronym(word: str) -> bool:
    """Whether a word is an acronym: two capitals at least, no more than 15 characters, no blank.

    >>> [is_acronym(word) for word in ("MITIC", "MinTIC", "PND2030", "Salud", "MOIS-KOREA", "Bem-Estar")]
    [True, True, True, False, True, False]
    """
    is_compound = "-" in word and all(len(part) > 1 and part.istitle() for part in word.split("-"))
    return _ACRONYM.fullmatch(word) is not None and sum(c.isupper() for c in word) >= 2 and not is_compound
