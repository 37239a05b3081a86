"""What stands in a list of agencies and is no part of an agency's name: placeholders, contact lines, people.

A person's name must never get into an agency's: it would be in an IRI, which cannot be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msqgraph.folding import plain

_PLACEHOLDERS = {
    "en": (
        r"n\W?a|none|nil|no|yes|and|unknown|pending|various|url|link|web ?site|tb[acd]|"
        r"not (?:available|applicable|known)|"
        r"to be (?:announced|advised|completed|confirmed|decided|defined|determined|provided|updated)|"
        r"(?:please )?(?:see|visit|refer to)\b.*|"
        r"(?:the )?same\b.*|as (?:above|before)|ditto|idem"
    ),
    "es": (
        r"n\W?d|si|y|no aplica|ninguno|ninguna|desconocido|pendiente|sitio web|por (?:confirmar|definir|determinar)|"
        r"a (?:confirmar|definir|determinar)|igual\b.*|(?:el|la|lo) mism[oa]\b.*|mism[oa]\b.*|ver\b.*"
    ),
    "fr": (
        r"oui|non|et|neant|aucune?|inconnu|sans objet|en attente|a (?:confirmer|definir|determiner|completer|"
        r"preciser)|"
        r"(?:le|la) meme\b.*|meme\b.*|voir\b.*|cf\b.*"
    ),
    "pt": (
        r"sim|nao|e|nao (?:aplicavel|se aplica)|por (?:confirmar|definir)|a (?:confirmar|definir)|"
        r"(?:[oa] )?mesm[oa]\b.*"
    ),
    "ru": (
        r"да|нет|и|см\b.*|уточняется|не определено?|будет (?:уточнено|определено)|нет данных|"
        r"(?:то|тот|та) же\b.*"
    ),
    "ar": r"لا|نعم|و|لا يوجد|لا ينطبق|غير متوفر|يحدد لاحقا|سيحدد لاحقا|قيد التحديد|نفس\b.*|كما سبق\b.*|انظر\b.*",
    "zh": r"无|不适用|否|是|和|待定|待确认|暂无|未定|同上.{0,4}|(?:请|详|参)?见.{1,6}",
}
_PLACEHOLDER = re.compile(rf"[\W_]*(?:{'|'.join(_PLACEHOLDERS.values())})[\W_]*")

# labels of what is no name; each with what must follow it
_CONTACTS = {
    "en": (
        r"(?:street |postal |mailing |physical |office )?address|(?:tele)?phones?|tel|mobile|cell|fax|e-?mail|"
        r"contacts?(?: (?:person|point|details|information))?|focal point|post ?code|postal code|location"
    ),
    "es": (
        r"direccion(?: postal| fisica)?|domicilio|telefonos?|celular|correo(?: electronico)?|contactos?|ubicacion|"
        r"punto focal"
    ),
    "fr": r"adresse(?: postale)?|telephone|portable|telecopie|courriel|mel|siege|point focal",
    "pt": r"enderecos?|morada|telefones?|telemovel|contatos?",
    "ru": r"адрес|телефоны?|тел|факс|(?:эл|электронная)\W{0,2}почта|контакты?|контактное лицо",
    "ar": r"ال?عنوان|ال?هاتف|ال?فاكس|البريد(?: الالكتروني)?|للاتصال|(?:جهة|نقطة) الاتصال",
    "zh": "地址|电话|传真|邮箱|电子邮件|联系人|联系方式|联系电话|邮编",
}
_CONTACT = re.compile(
    rf"(?<!\w)(?:(?:{'|'.join(_CONTACTS.values())})\s?\.?\s*(?:[:：]|(?:no|nro|n[°º]|№)\.?\s*\d|[+(]?\d)|"
    r"(?:p\.?\s?o\.?\s?box|b\.?\s?p\.?|apartado(?: postal| de correos?)?|casilla(?: postal| de correos?)?|"
    r"boite postale|caixa postal|а/я|ص\.?\s?ب\.?|ال?صندوق البريد)\s*[:.]?\s*(?:no\.?\s*)?\d)"
)

# each with the capital of a name behind it
_HONORIFICS = (
    r"h\.\s?e\.?|his excellency|her excellency|(?:the )?(?:right )?hono?u?rable|hon\.?|mrs?\.?|ms\.?|miss|dra?\.?|"
    r"prof(?:\.|essor)?|eng\.|sir|gen\.|col\.|maj\.|capt\.|lt\.|rev\.|sra?\.?|srta\.?|lic\.?|licd[oa]\.?|ing\.?|"
    r"abg\.?|abog\.|mag\.|mtr[oa]\.|econ\.|arq\.|s\.\s?e\.?(?:m\.)?|m\.|mm\.|mmes?\.?|mlle\.?|monsieur|madame|"
    r"maître|ex\.?m[oa]\.?|eng[oª]\.?|senhora?|señora?"
)
_HONORIFIC = re.compile(
    rf"(?<![\w'’.])(?!(?-i:DR )Congo)(?:(?:{_HONORIFICS})(?:\s+|(?<=\.)))+(?-i:[^\W\d_a-zа-яß-ÿ])"
    r"|(?<!\w)(?:г-н|г-жа|господин|госпожа|д-р|проф\.)\s+\S"
    r"|(?<!\w)و?(?:السيدة?|الدكتورة?|د\.|معالي|سعادة|المهندسة?|الأستاذة?|فخامة|سمو)\s+\S"
    "|(?:(?<![\u4e00-\u9fff])|(?<=[，、：（(]))[\u4e00-\u9fff]{2,4}(?:先生|女士|博士|教授)(?![\u4e00-\u9fff])",
    re.I,
)
# accents count: a "Secretaría" is an office; "secretaria" can be one in Portuguese
_ROLES = (
    r"(?:(?:permanent|deputy|vice|prime|chief|acting|under|assistant)[- ])*(?:minister|secretary|director|head|"
    r"chair(?:man|woman|person)?|president|commissioner|co-?ordinator|manager|ceo|cio|officer|governor|"
    r"administrator)|"
    r"(?:vice-?)?minist(?:r[oae]|re)|directora?|directeur|directrice|diretora?|jef[ea]|chefe?|responsable|"
    r"responsável|"
    r"encargad[oa]|titular|secretario|secretário|secrétaire|president[ea]|présidente?|coordinadora?|coordenadora?|"
    r"gerente|министр|директор|руководитель|начальник|глава|председатель|заместитель|"
    r"ال?وزيرة?|ال?مديرة?|ال?رئيسة?|ال?مسؤولة?"
)
_ROLE_LABEL = rf"(?:{_ROLES})(?![\w'’])(?:\s[^\n,;:：.]{{0,60}})?\s*[:：]"
_OPENING_ROLE = re.compile(_ROLE_LABEL, re.I)
_ROLE = re.compile(
    rf"(?:[,،，;；(（\n–—]|\s-)\s*(?:{_ROLES})(?![\w'’]|[)）])|(?:部长|局长|主任|负责人|司长|院长|处长)\s*[:：]", re.I
)
_ROLE_BEFORE = re.compile(rf"(?<!of)(?<!the)(?<!de)(?<!del)(?<!du)(?<!do)\s(?:{_ROLES})\s*[:：]\s*$", re.I)
_OPENING = re.compile(r"[\W_]*(?:\d{1,2}[.)]\s+)?[\W_]*")


def is_placeholder(text: str) -> bool:
    """Whether a text stands for a name that is not given.

    >>> [is_placeholder(text) for text in ("N/A", "To be confirmed", "ídem", "voir ci-dessus", "MITIC")]
    [True, True, True, True, False]
    """
    return _PLACEHOLDER.fullmatch(plain(text)) is not None


def end_of_name(text: str) -> int:
    """Where an agency's name ends at the latest: before contact details or a person; 0 if there is none.

    >>> [text[: end_of_name(text)] for text in ("Ministry of ICT, Dr. Jo Roe", "Address: 12 Main St", "Post Office")]
    ['Ministry of ICT, ', '', 'Post Office']
    """
    opening = _OPENING.match(text)
    first = opening.end() if opening else 0
    if _OPENING_ROLE.match(text, first):
        return 0
    ends = [match.start() for match in (_CONTACT.search(_same_length(text), first), _ROLE.search(text, first)) if match]
    if honorific := _HONORIFIC.search(text, first):
        role = _ROLE_BEFORE.search(text[: honorific.start()])
        ends.append(role.start() if role else honorific.start())
    end = min(ends, default=len(text))
    return end if end > first else 0


def end_before_mailbox(text: str, mailbox: str, is_agency: Callable[[str], bool]) -> int:
    """Where what stands before an e-mail address stops being an agency's name: before the person whose address it is.

    >>> text = "Ministère de l’Emploi, Awa Diop, "
    >>> text[: end_before_mailbox(text, "awa.diop@emploi.gouv.sn", lambda words: words.startswith("Min"))]
    'Ministère de l’Emploi'
    """
    local = re.sub(r"[\W\d_]", "", plain(mailbox.partition("@")[0]))
    parts = [part for part in re.finditer(r"[^\n,;،，(（–—:]+", text) if any(map(str.isalpha, part[0]))]
    if not parts:
        return len(text)
    words = re.findall(r"[^\W\d_]+", plain(parts[-1][0]))
    is_person = 1 < len(words) < 5 and any(len(word) > 2 and word in local for word in (words[0], words[-1]))
    if is_person and not is_agency(parts[-1][0].strip()):
        return len(text[: parts[-1].start()].rstrip(" \t\r\n,;،，(（–—:"))
    return len(text)


def starts_person(text: str, place: int) -> bool:
    """Whether a person's honorific begins at a place.

    >>> starts_person("Ministry of Education Dr. Jane Roe", 22), starts_person("Ministry of Drainage", 12)
    (True, False)
    """
    return _HONORIFIC.match(text, place) is not None


def _same_length(text: str) -> str:
    """The folded text if places in it are places in the text, else the text in lower case, letter by letter."""
    folded = plain(text)
    if len(folded) == len(text):
        return folded
    pieces = (plain(character) for character in text)
    return "".join(piece if len(piece) == 1 else " " if not piece else piece[0] for piece in pieces)
