"""Names of people: without what goes before and behind them out of courtesy, and in lines that have no labels."""

from __future__ import annotations

import re

from msqgraph.interpret.agency_heads import is_body
from msqgraph.interpret.field_lines import FieldLine
from msqgraph.interpret.passages import Passage

_BEFORE = {
    "en": r"h\. ?e\.|his excellency|her excellency|(?:the )?(?:right )?hono?u?rable|(?:rt\. ?)?hon\.?|mrs?\.?|"
    r"ms\.?|mx\.?|miss|"
    r"dr\.?|prof(?:\.|essor)?|engr?\.?|arch\.|sir|dame|lord|amb\.|ambassador|(?:brig|maj|lt)\. ?(?:gen|col)\.|"
    r"gen\.|col\.|"
    r"maj\.|capt\.|cdr\.|rev\.",
    "es": r"sra?\.?|srta\.?|dra?\.?|lic(?:d[oa])?\.?|licenciad[oa]|ing(?:ª|a)?\.?|ingenier[oa]|abg\.?|abog\.|"
    r"mag\.|m(?:s|a)c\.|"
    r"mtr[oa]\.?|maestr[oa]|econ\.|arq\.|don|doña|profra?\.|cpn\.?|cdor\.|señora?|doctora?",
    "fr": r"s\. ?e\. ?(?:m\.|mme)?|son excellence|m\.|mm\.|mme\.?|mlle\.?|monsieur|madame|pr\.?|me\.|maître|"
    r"docteure?|professeure?",
    "pt": r"exm[oaª]\.?|ex\.m[oa]\.?|exmo\(a\)\.?|eng[oªaº]?\.?[ªº]?|engenheir[oa]|sr\.?ª?|senhora?|dr\.?ª?|"
    r"doutora?|prof\.?ª?|mestre|dona",
    "ru": r"г-н|г-жа|господин|госпожа|г\.|д-р|доктор|проф\.|профессор|академик|д\. ?[а-я]\. ?н\.|к\. ?[а-я]\. ?н\.",
    "ar": r"(?:ال)?سيدة?|(?:ال)?دكتورة?|(?:ال)?مهندسة?|(?:ال)?أستاذة?|معالي|سعادة|فخامة|دولة|عطوفة|سمو|صاحبة? السمو|"
    r"د\.|م\.|أ\.|أ\. ?د\.|الأمير|اللواء|العميد|العقيد",
}
_HONORIFIC = re.compile(
    rf"(?:(?:{'|'.join(_BEFORE.values())})(?:[\s/]+|(?<=\.)\s*|\s*/\s*))+(?=\S{{2}})",
    re.I,
)
_BEHIND = re.compile(
    r"(?:[\s,(（]*(?:ph\.? ?d|d\.?phil|m\.?sc|b\.?sc|mba|mpa|esq|m\.a|md|cpa|mp|obe|cbe|pmp|к\.\s?[а-я]\.\s?н|"
    r"д\.\s?[а-я]\.\s?н)\b\.?[)）]?|"
    r"\s*[(（]?(?:先生|女士|小姐|博士|教授|阁下|同志|工程师)[)）]?|\s*[(（](?:mr|ms|mrs|dr|sr|sra|m|mme)\.?[)）])+$",
    re.I,
)
_ROLE = re.compile(
    r"(?:(?:the |el |la |le |l['’]|o |a )?(?:(?:permanent|deputy|vice|prime|chief|acting|under|assistant|"
    r"national|government|senior|"
    r"interim|executive|general|information|digital|technology|data|innovation|security)[- ])*(?:minister|"
    r"secretary|director|head|chair\w*|president|commissioner|co-?ordinator|manager|ceo|"
    r"cio|cdo|officer|governor|administrator|adviser|advisor|superintendent)|(?:vice-?|sub)?ministr[oae]|directora?|"
    r"(?:sous-)?direct(?:eur|rice)|diretora?|(?:sub)?secret[aá]ri[oa]|secr[eé]taire|jef[ea]|chef(?:fe)?|"
    r"president[ea]|pr[eé]sidente?|"
    r"co(?:o)?rd(?:i|e)nadora?|coordonnat\w+|gerente|superintendente|intendente|titular|encargad[oa]|"
    r"responsable|respons[aá]vel|"
    r"comisionad[oa]|commissaire|comiss[aá]ri[oa]|conseiller|asesor|administrador\w*|"
    r"(?:первый |исполняющ\w+ обязанности )?(?:замести\w+ )?(?:министр|директор|председател|начальник|"
    r"руководител|глава|"
    r"генеральн\w+|исполнительн\w+|советник|секретар)\w*|"
    r"(?:نائب )?(?:ال)?(?:وزيرة?|مديرة?|رئيسة?|أمين|وكيلة?|مسؤولة?|مستشارة?|محافظ))(?![\w])",
    re.I,
)
_HAN_ROLE = re.compile(
    "[\u4e00-\u9fff]{0,16}(?:部长|局长|署长|处长|司长|主任|总监|院长|主席|秘书长|专员|首席信息官|负责人|厅长|总裁|经理)$"
)
_PERSON = re.compile(
    r"(?:(?:de|del|la|las|los|da|do|dos|das|van|von|der|bin|bint|al|el|ben|y|e|di|du)\s+|"
    r"[A-ZÀ-ÞА-ЯЁ][\w'’.-]*\s*){2,7}$|[\u4e00-\u9fff]{2,4}$|(?:[\u0620-\u064a]+\s*){2,6}$"
)
_PRIVATE = re.compile(r"\ufffc|\+?\(?\d[\d\s()./-]{5,}\d")
_PIECES = re.compile(r"[^\n;；]+")
_COMMA_PIECES = re.compile(r"[^\n;；,，،]+")


def without_honorifics(name: str) -> str:
    """A person's name without forms of address and academic titles.

    >>> [without_honorifics(name) for name in ("S.E.M. Jean Roe", "г-жа Анна Ли", "李文泽先生", "Jo Roe, PhD")]
    ['Jean Roe', 'Анна Ли', '李文泽', 'Jo Roe']
    """
    honorific = _HONORIFIC.match(name)
    rest = name[honorific.end() :] if honorific else name
    return _BEHIND.sub("", rest).strip(" ,/") or name


def unlabelled_lines(passage: Passage) -> list[FieldLine]:
    """The lines of an answer that gives a person, a post and perhaps a body without labels; none if it does not.

    >>> text = "Ing. Ana Paz\\nDirectora Ejecutiva\\nAgencia Digital"
    >>> [(line.role, text[line.start : line.end]) for line in unlabelled_lines(Passage(text))]
    [('name', 'Ing. Ana Paz'), ('title', 'Directora Ejecutiva'), ('organization', 'Agencia Digital')]
    >>> unlabelled_lines(Passage("No. The post is vacant."))
    []
    """
    pieces = _PIECES if len(_PIECES.findall(passage.masked.strip())) > 1 else _COMMA_PIECES
    found: dict[str, FieldLine] = {}
    for match in pieces.finditer(passage.masked):
        start, end = passage.trim(*match.span())
        words = passage.masked[start:end]
        if not words or _PRIVATE.search(words):
            continue
        role = _role_of(words, "name" in found)
        if role is None and not found:
            alone = _HONORIFIC.match(f"{words} Xx")
            if alone and alone.end() == len(words) + 1:
                continue  # a form of address in a line of its own
            return []  # what opens with anything else than a person is a text
        if role and role not in found:
            found[role] = FieldLine(role, start, start, end)
    is_certain = "name" in found and "title" in found
    return sorted(found.values(), key=lambda line: line.start) if is_certain else []


def _role_of(words: str, has_name: bool) -> str | None:
    if not has_name:
        is_person = _PERSON.fullmatch(without_honorifics(words)) is not None
        return "name" if is_person and not is_body(words) and not _is_role(words) else None
    if _is_role(words):
        return "title"
    return "organization" if is_body(words) else None


def _is_role(words: str) -> bool:
    return _ROLE.match(words) is not None or _HAN_ROLE.fullmatch(words) is not None
