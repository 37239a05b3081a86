"""Where a text gives a phone number or an e-mail address of a person: patterns of many countries' habits.

When in doubt digits are a phone number, except where they are more likely a year, a date, a number of a law, an
amount or a part of a web address. Mailboxes of offices (``reference/office-mailboxes.csv``) are no personal data.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from functools import cache

from msqgraph import assets
from msqgraph.folding import plain

Span = tuple[int, int]

_AT = r"(?:[ \t]{0,2}[@＠﹫][ \t]{0,2}\n?|%40|\s*[\[({<]\s*(?:at|arroba|arobase|a)\s*[\])}>]\s*)"
_DOT = r"(?:\.|\s*[\[({<]\s*(?:dot|punto|point|ponto)\s*[\])}>]\s*)"
EMAIL = re.compile(rf"(?P<local>\w[\w+.'’-]{{0,80}}){_AT}(?P<host>(?:\w[\w-]*{_DOT})+[^\W\d_]{{2,}})", re.IGNORECASE)
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


def phone_numbers(text: str, known: Collection[str] = ()) -> Iterator[Span]:
    """The stretches of a text that give a phone number; ``known`` are numbers that are withheld wherever they stand.

    >>> text = "Phone: +595 991 922530, Ley 5189-2014"
    >>> {text[start:end] for start, end in phone_numbers(text)}
    {'+595 991 922530'}
    """
    found = [match for pattern in (_LABELLED, _INTERNATIONAL, _LOCAL) for match in pattern.finditer(text)]
    spans = [match.span("number") for match in found if _is_phone(match)]
    for number in known:
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", text)]
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if spans else []
    yield from (s for s in spans if not any(s[0] < last and first < s[1] for first, last in addresses))
    yield from (match.span("number") for match in _IN_ADDRESS.finditer(text))


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
    has_year = number[0] != "(" and not re.search(r"\s", number) and _YEAR.search(number)
    return 8 <= len(digits) <= 15 and not has_year and not _YEAR.match(number, 1) and not _LEGAL.search(before)
