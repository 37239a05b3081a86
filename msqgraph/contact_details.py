"""Where a text gives a phone number, an e-mail address of a person, or who it is: patterns of many countries' habits.

When in doubt digits are a phone number, except where they are more likely a year, a date, a number of a law, an
amount or a part of a web address. Mailboxes of offices (``reference/office-mailboxes.csv``) are no personal data.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from functools import cache

from msqgraph import assets
from msqgraph.agency_words import looks_like_agency
from msqgraph.folding import plain, word_set, words_of
from msqgraph.iris import without_article

Span = tuple[int, int]

_AT = r"(?:[ \t]{0,2}[@＠﹫][ \t]{0,2}\n?|%40|\s*[\[({<]\s*(?:at|arroba|arobase|a)\s*[\])}>]\s*)"
_DOT = r"(?:\.|\s*[\[({<]\s*(?:dot|punto|point|ponto)\s*[\])}>]\s*)"
EMAIL = re.compile(rf"(?P<local>\w[\w+.'’-]{{0,80}}){_AT}(?P<host>(?:\w[\w-]*{_DOT})+[^\W\d_]{{2,}})", re.IGNORECASE)
_LABEL = r"[^\W\d_][\w'’-]{0,60}"


def _spoken(at: str, dot: str) -> re.Pattern[str]:
    """Mailboxes with words for the signs, as far as the words of one language go together."""
    dot = rf"(?:\.|[ \t]+(?:{dot})[ \t]+|\s*[\[({{<]\s*(?:{dot})\s*[\])}}>]\s*)"
    at = rf"[ \t]+(?P<at>{at})[ \t]+|\s*[\[({{<]\s*(?:{at})\s*[\])}}>]\s*"
    local, host = rf"{_LABEL}(?:{dot}{_LABEL}){{0,4}}", rf"(?!www\b)(?:\w[\w-]{{0,60}}{dot}){{1,5}}[^\W\d_]{{2,6}}"
    return re.compile(rf"(?<![\w.@/-])(?P<local>{local})(?:{at})(?P<host>{host})(?![\w@]|[/-]\w|\.\w)", re.IGNORECASE)


_SPOKEN = (
    _spoken("at", "dot"),
    _spoken("arroba", "punto|ponto|dot"),
    _spoken("arobase|arrobase", "point"),
    _spoken("собака", "точка"),
    # the sign itself, but words for the dots of the host
    re.compile(
        rf"(?P<local>\w[\w+.'’-]{{0,80}}){_AT}(?P<host>\w[\w-]*(?:[ \t]+dot[ \t]+[^\W\d_][\w-]*)+)", re.IGNORECASE
    ),
)
# "available at data.gov.py" has the shape of a mailbox
_NO_LOCAL = word_set(
    "available found accessible accessed hosted published located online is are be it us them look visit access portal "
    "portals site sites website websites page service services system information data here seen consulted address"
)
_WEB_LABEL = word_set("www gov gob gouv govt go gub com org net edu int info")
_USER_OF_HOST = re.compile(r"(?<=//)(?P<local>[^\s/@<>?#]+)@[\w.-]+")
_ADDRESS = re.compile(
    r"""(?:(?:https?|ftp)://|www\.)(?:[^\s<>",;]|[,;](?![+(\s]))+|(?<![@\w.-])(?:[\w-]+\.)+[a-z]{2,}/[^\s<>",;]*""",
    re.IGNORECASE,
)

_GAP = r"[ \t\u00a0.()/‐-–-]{0,3}"
_NUMBER = rf"\(?[+＋]?\(?\d(?:{_GAP}(?!(?<=\()(?:19|20)\d\d\))\d){{5,17}}"
_EXTENSION = (
    r"(?:[ \t,;]*(?<![^\W\d])(?:ext(?:ensi[oó]n|n)?|x|int(?:erno)?|anexo|poste|доб|داخلي|分机|转)\.?[ \t:]*"
    r"\d{1,6}(?:[ \t]*[/,-][ \t]*\d{1,6})*)?"
)
_LABELLED = re.compile(
    r"(?<!\w)(?:(?P<plain>t[eé]ls?|ph|fax|тел|факс|هاتف|الهاتف|فاكس|جوال|电话|電話|手机|传真)|"
    r"t[eé]l[eé](?:fono|phone|fone)s?|phones?|cel(?:ular(?:es)?)?|m[oó]vil(?:es)?|mobiles?|portable|whats?app|hotline|"
    r"телефон|моб)(?P<mark>[\s.:：=)/–-]*(?:(?:n[°ºo.]+|number|n[uú]m[eé]ro)[\s.:：]*)?)"
    rf"(?P<number>{_NUMBER}{_EXTENSION}"
    rf"(?:\s*(?:[,;/]|y|and|et|or|ou|o)\s*(?!(?:19|20)\d\d(?!\d)){_NUMBER}{_EXTENSION})*)",
    re.IGNORECASE,
)
_INTERNATIONAL = re.compile(
    r"(?<!\w)(?P<number>(?:[+＋][ \t]?|(?<![.@/=:,])[0٠۰]{2}[ \t-]?(?=\d{2}))"
    rf"\(?\d(?:{_GAP}\d){{6,14}}(?!\d){_EXTENSION})",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"(?<![\w.,/+:°º#-])(?P<number>(?:"
    r"\([0٠۰]\d{1,4}\)[ \t.-]*\d{2,8}(?:[ \t.-]\d{2,4}){0,3}|"
    r"\(\d{1,4} \d{1,4}\)[ \t.-]*\d{3,4}[ \t.-]\d{3,4}|"
    r"\(\d{2,4}\)[ \t]*\d{3,5}-\d{3,4}|"
    r"[0٠۰]\d{1,4}(?:[ \t.–-]\d{2,4}){2,4}|"
    r"[0٠۰]\d{2,4}[ \t–-]\d{5,8}|"
    r"[0٠۰]\d{8,10}|"
    r"(?:1[ .-])?\d{3}(?P<same>[.-])\d{3}(?P=same)\d{4}|"
    r"\d{3}-\d{4}-\d{4}"
    rf"){_EXTENSION})(?![\d%])(?![.,/-]\d)",
    re.IGNORECASE,
)
_COUNTRY_CODE = (
    r"(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|"
    r"(?:2[1-689]|3[578]|42|5[09]|6[789]|8[058])\d|97[0-7]|99[2-68])"
)
_WITH_CODE = re.compile(
    rf"(?<![\w.,/+:°º#-])(?<!\d )(?P<number>{_COUNTRY_CODE}"
    rf"(?:[ \u00a0-]\(?\d{{1,4}}\)?){{1,4}}[ \u00a0-]\d{{2,4}}{_EXTENSION})"
    r"(?![\w%])(?![ .,/-]\d)",
    re.IGNORECASE,
)
_AMOUNTS = re.compile(r"(?:\d{1,3}(?:[ \u00a0]\d{3})+(?:[ \u00a0]|$))+")
_IN_FILE_NAME = re.compile(r"[+＋]\(?\d(?:[\s()._–-]{0,2}\d){6,14}(?!\d)|(?<!\d)\d{9,}(?!\d)")
_DATE_IN_FILE_NAME = re.compile(r"(?<!\d)(?:19|20)\d\d(?:\d{4})?(?!\d)")
_TIME_STAMP = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?")
_ONLY_NUMBER = re.compile(r"[+＋]?[\d\s()./–-]+")
_IN_ADDRESS = re.compile(r"(?:wa\.me/|whatsapp\.com/send/?\?phone=)(?P<number>\+?\d{6,15})", re.IGNORECASE)
_LEGAL = re.compile(
    r"(?:n\s?[°ºo]\.?|№|\bno\.|\bn[uú]m(?:ero)?\.?|#|\b(?:ley|law|loi|lei|act|decret[oa]?|decree|d[eé]cret|resoluci[oó]n|"
    r"resolution|r[eé]solution|закон|указ)|قانون|法)[\s.]*$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\(?\d{1,2}\D\d{1,2}\D(?:19|20)\d\d(?!\d)|(?:19|20)\d\d\D\d{1,2}\D\d{1,2}(?!\d)|\d\d\.\d\d-\d\d\.\d\d$"
)
YEARS = re.compile(r"\(?(?:19|20)\d\d\)?(?:\s*\D\s*(?:19|20)\d\d)*")
_AFTER_PARENTHESIS = re.compile(r"^\(\d+\)\s*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_GROUPED = re.compile(r"[+＋]?\s?\d{1,3}(?:[ .,\u00a0]\d{3})+")


@cache
def _office_words() -> frozenset[str]:
    rows = csv.DictReader(assets.read_text("reference/office-mailboxes.csv").splitlines())
    return frozenset(plain(row["word"]) for row in rows)


def personal_mailboxes(text: str) -> Iterator[Span]:
    """The stretches of a text that give an e-mail address whose local part is no office word.

    >>> [text[a:b] for text in ["info@x.gov.py, ana@x.gov.py"] for a, b in personal_mailboxes(text)]
    ['ana@x.gov.py']
    """
    for pattern in (EMAIL, _USER_OF_HOST):
        for match in pattern.finditer(text):
            if plain(match["local"]) not in _office_words():
                yield match.span()
    for pattern in _SPOKEN:
        for match in pattern.finditer(text):
            if plain(match["local"]) not in _office_words() and _is_mailbox(match):
                yield match.span()


def _is_mailbox(match: re.Match[str]) -> bool:
    """Whether it is no web address behind the word "at": with words for dots, or a local part as people have them."""
    local, host, at = match["local"], match["host"], match.groupdict().get("at")
    if at is None or plain(at) != "at":
        return True
    if plain(local) in _NO_LOCAL:
        return False
    if re.search(r"\sdot\s", match.group(), re.IGNORECASE) or (at == "AT" and local != local.upper()):
        return True
    labels = plain(local).split(".")
    is_sentence_end = local[0].islower() and re.search(r"[a-z]\.[A-Z]", local)
    is_site = bool(_WEB_LABEL.intersection(labels)) or labels[-1] == plain(host).rpartition(".")[2]
    return (
        (len(labels) > 1 or "_" in local)
        and not is_site
        and not is_sentence_end
        and host in (host.lower(), host.upper())
    )


def phone_numbers(text: str, known: Collection[str] = ()) -> Iterator[Span]:
    """The stretches of a text that give a phone number; ``known`` are numbers that are withheld wherever they stand.

    >>> text = "Phone: +595 991 922530, Ley 5189-2014"
    >>> {text[start:end] for start, end in phone_numbers(text)}
    {'+595 991 922530'}
    """
    patterns = (_LABELLED, _INTERNATIONAL, _LOCAL, _WITH_CODE)
    found = [match for pattern in patterns for match in pattern.finditer(text)]
    spans = [match.span("number") for match in found if _is_phone(match)]
    for number in known:
        wanted = re.escape(number)
        if _ONLY_NUMBER.fullmatch(number):  # however it is grouped
            wanted = rf"[+＋]?\(?{_GAP.join(filter(str.isdigit, number))}"
        spans += [match.span() for match in re.finditer(rf"(?<!\w){wanted}(?!\w)", text)]
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if spans else []
    yield from (s for s in spans if not any(s[0] < last and first < s[1] for first, last in addresses))
    yield from (match.span("number") for match in _IN_ADDRESS.finditer(text))


def file_numbers(name: str, known: Collection[str] = ()) -> Iterator[Span]:
    """The stretches of a file's name that are more likely a phone number than a date or a time.

    >>> [name[a:b] for name in ["PRY +595991922530 20190212.md"] for a, b in file_numbers(name)][0]
    '+595991922530'
    """
    undated = _DATE_IN_FILE_NAME.sub(lambda match: "#" * len(match.group()), name)
    for match in _IN_FILE_NAME.finditer(undated):
        if not _TIME_STAMP.fullmatch(match.group()):
            yield match.span()
    yield from (s for s in phone_numbers(undated, known) if not _TIME_STAMP.fullmatch(undated[slice(*s)]))


def _is_phone(match: re.Match[str]) -> bool:
    number, before, after = match["number"], match.string[: match.start()], match.string[match.end() :]
    digits = "".join(character for character in number if character.isdigit())
    rest = _AFTER_PARENTHESIS.sub("", number)
    years = [int(year) for year in _YEAR.findall(rest)] if YEARS.fullmatch(rest) else []
    is_years = bool(years) and (rest == number or 0 < years[-1] - years[0] <= 15)  # "(61) 2027-2000" is a phone number
    if _DATE.match(number) or is_years or re.match(r"\s?%", after):
        return False
    is_grouped = bool(_GROUPED.fullmatch(number))
    if match.re is _LABELLED:
        is_said = re.search(r"[:：=)°º]|number|n[uú]m", match["mark"], re.IGNORECASE)
        is_amount = is_grouped and (not is_said or re.search(r"[.,]", number) or digits.endswith("000"))
        return bool(match["plain"]) or not (is_amount or digits.endswith("0000"))
    if match.re is _INTERNATIONAL:
        is_too_short = number[0] in "+＋" and digits[0] in "17" and len(digits) < 11
        is_amount = is_grouped and "." in number and len(digits) < 10
        return not (is_too_short or is_amount or re.fullmatch(r"\d{1,3}0{6,}", digits))
    if match.re is _WITH_CODE:
        groups = re.findall(r"\d+", number)
        fours = [group for group in groups if len(group) == 4]
        is_counted = _AMOUNTS.fullmatch(number) or (fours and all(map(_YEAR.fullmatch, fours)))
        is_french = len(groups) == 6 and len(groups[1]) == 1
        has_shape = is_french or any(len(group) > 2 for group in groups[1:])
        return 10 <= len(digits) <= 13 and has_shape and not is_counted and not _LEGAL.search(before)
    if re.search(r"\d[ \u00a0]$", before) and (is_grouped or number.startswith("00") or _YEAR.search(number)):
        return False  # the end of an amount, or of a list of them
    has_year = number[0] != "(" and not re.search(r"\s", number) and _YEAR.search(number)
    return 8 <= len(digits) <= 15 and not has_year and not _YEAR.match(number, 1) and not _LEGAL.search(before)


_SPLIT = re.compile(r"[,;/()\[\]\n—]|\s[-–]\s")
_POST = re.compile(
    r"(?:vice|sub)?minist(?:er|r[eoa])$|direct(?:or|eur|rice)|diretor|(?:under|sub)?secretar[yi]|head$|chief$|chefe?$|"
    r"jef[ea]$|manager|gerente|co-?ord[ie]n|officer|oficial|funcionari|advis[eo]r|ass?ess?or|[ei]?speciali|analist|analyst|"
    r"deputy|responsable|encargad|consult|conseill|commissioner|comisionad|директор|министр|начальник|руководител|"
    r"заместител|специалист|советник|заведующ|مدير|وزير|رئيس"
)
_SURNAMES = word_set("head chief chef chefe jefe jefa")
_OF_POST = word_set("of de del da do dos des du for the para pour la general generale nacional national executive")


def person_named(value: str, organization: str = "", title: str = "") -> str:
    """The person in what stands as a contact's name, without an office that the other lines name too.

    >>> person_named("Ana Paz, Directora (MITIC)", organization="MITIC (Ana Paz)", title="Directora")
    'Ana Paz'
    >>> person_named("Ministry of Finance", organization="Ministry of Finance")
    ''
    """
    chunks = [chunk.strip() for chunk in _SPLIT.split(value) if words_of(chunk)]
    elsewhere = {*words_of(organization), *words_of(title)}
    people = [c for c in chunks if not (elsewhere.issuperset(words_of(c)) and _tells_of_office(c, organization))]
    # a person may be called like an office (Mary Head): the last one left has to be an office beyond doubt
    people = people or chunks
    if len(people) == 1 or people is chunks:
        people = [c for c in people if not (elsewhere.issuperset(words_of(c)) and _is_office(c, organization))]
    return " ".join(people)


def _tells_of_office(chunk: str, organization: str) -> bool:
    words = [chunk[match.start() :].lower() for match in re.finditer(r"\b\w", chunk)]
    return (
        any(map(looks_like_agency, words))
        or any(map(_POST.match, words_of(chunk)))
        or _is_whole_organization(chunk, organization)
    )


def _is_office(chunk: str, organization: str) -> bool:
    words = words_of(chunk)
    if _is_whole_organization(chunk, organization):
        return True
    if looks_like_agency(chunk):  # also any word in capitals: an acronym begins like the name that it stands for
        return len(words) > 1 or plain(without_article(organization)).startswith(words[0][0])
    if _POST.match(words[0]):  # "Directora Ana Paz" is none
        return len(words) < 3 or words[1] in _OF_POST or any(map(_POST.match, words[1:]))
    return bool(_POST.match(words[-1])) and words[-1] not in _SURNAMES


def _is_whole_organization(chunk: str, organization: str) -> bool:
    names = [words_of(part) for part in _SPLIT.split(organization) if words_of(part)]
    return bool(names) and len(names[0]) == 1 and words_of(chunk) == names[0]
