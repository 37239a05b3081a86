"""What is withheld from every public artefact: phone numbers, personal mailboxes, and who filled in the form.

``withhold`` returns a copy of a response in which a marker stands for each of them, wherever it occurs; ``originals``
tells what stood there, for the graph that only ``--include-personal`` lets out. The holder of the senior public post is
public. When in doubt a stretch is withheld, except where digits are more likely a year, a date, a number of a law, an
amount or a part of a web address.
"""

from __future__ import annotations

import copy
import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache

from msqgraph import assets
from msqgraph.questionnaire import Part, Questionnaire
from msqgraph.response import Answer, Mention, Response

MARKER = "[withheld]"

Span = tuple[int, int]

_AT = r"(?:[ \t]{0,2}[@＠﹫][ \t]{0,2}\n?|%40|\s*[\[({<]\s*(?:at|arroba|arobase|a)\s*[\])}>]\s*)"
_DOT = r"(?:\.|\s*[\[({<]\s*(?:dot|punto|point|ponto)\s*[\])}>]\s*)"
_EMAIL = re.compile(rf"(?P<local>\w[\w+.'’-]{{0,80}}){_AT}(?P<host>(?:\w[\w-]*{_DOT})+[^\W\d_]{{2,}})", re.IGNORECASE)
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
_YEARS = re.compile(r"\(?(?:19|20)\d\d\)?(?:\s*\D\s*(?:19|20)\d\d)*")
_AFTER_PARENTHESIS = re.compile(r"^\(\d+\)\s*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_GROUPED = re.compile(r"[+＋]?\s?\d{1,3}(?:[ .,\u00a0]\d{3})+")

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0e7f\u200c\u200d])+")
_TOGETHER = re.compile(r"[^\n]{0,12}|[^\n]{0,2}\n[^\n]{0,2}")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_BETWEEN = (
    "de|del|la|las|los|lo|y|e|da|do|dos|das|di|du|van|von|der|den|bin|ibn|al|el|abu|ben|le|les|des|and|et|und|и|و"
)
_HONORIFICS = "mr|mrs|ms|miss|mx|mme|mlle|dr|dra|sr|sra|srta|prof|ing|eng|lic|abg|arq|mag|msc|phd|mba|hon|he|sir|madam"
_UNCOUNTED = frozenset(f"{_BETWEEN}|{_HONORIFICS}".split("|"))
_NONE = re.compile(r"[\W_]*(?:n\W?a|none|nil|no|ninguno|néant|нет|无|لا يوجد|withheld)?[\W_]*", re.IGNORECASE)
_AROUND = " \t\r\n*_|"  # blanks, Markdown, table cells
_LABELS = {
    "name": r"(?:full |first |last )?names?|nombres?(?: y apellidos?)?|noms?|nome|имя|ф\.?и\.?о\.?|الاسم|姓名",
    "title": r"(?:job )?title|position|cargo|titre|fonction|должность|المنصب|职务",
    "organization": r"organi[sz]ation|institution|organizaci[oó]n|instituci[oó]n|organisme|организация|المؤسسة|机构",
    "email": r"e[\W_]?mails?(?: address)?|correo(?: electr[oó]nico)?|courriel|эл\. ?почта|البريد الإلكتروني|电子邮件",
    "phone": r"(?:tele)?phones?(?: number)?|tel\.?|t[eé]l[eé](?:fono|phone|fone)s?|телефон|الهاتف|电话",
}


@dataclass(frozen=True, slots=True)
class Withheld:
    """A string that the public copy does not have: of which answer (its number), mention (from 1) and field."""

    answer: str
    mention: int | None
    field: str
    original: str


@dataclass(slots=True)
class _Known:
    """Who and what must not be seen in this response, and which names may be."""

    people: list[str] = field(default_factory=list)
    officials: list[tuple[str, ...]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)


def withhold(response: Response, form: Questionnaire) -> Response:
    """The response with ``MARKER`` for what is personal, in every string; offsets of mentions follow.

    An address of a web page that would show it is left out (``website`` None), because an IRI can hold no marker.

    >>> from msqgraph.questionnaire import load_questionnaire
    >>> from msqgraph.response import Source
    >>> response = Response("PRY", "2020", Source("f.md", "0", "text/plain"))
    >>> response.answers["4"] = Answer("answered", "Name: Ana Paz\\nPhone: 021 217 9000")
    >>> withhold(response, load_questionnaire("2020")).answers["4"].text
    'Name: Ana Paz\\nPhone: [withheld]'
    """
    public = copy.deepcopy(response)
    questions = {question.path: question for question in form.questions()}
    known = _known(response, questions)
    public.document.file_name = _masked(public.document.file_name, known, has_numbers=False) or ""
    public.date_as_stated = _masked(public.date_as_stated, known)
    public.unassigned = [_masked(text, known) or "" for text in public.unassigned]
    public.doubts = [_masked(text, known) or "" for text in public.doubts]
    for number, answer in public.answers.items():
        _withhold_answer(answer, questions.get(number), known)
    return public


def originals(response: Response, public: Response) -> Iterator[Withheld]:
    """What ``withhold`` took out of a response: the original of each string that differs, response's own first.

    >>> from msqgraph.questionnaire import load_questionnaire
    >>> from msqgraph.response import Source
    >>> response = Response("PRY", "2020", Source("f.md", "0", "text/plain"), unassigned=["+595 991 922530"])
    >>> [(w.field, w.original) for w in originals(response, withhold(response, load_questionnaire("2020")))]
    [('unassigned/1', '+595 991 922530')]
    """
    for name, original in _strings(response, public, ("date_as_stated", "unassigned", "doubts")):
        yield Withheld("", None, name, original)
    if response.document.file_name != public.document.file_name:
        yield Withheld("", None, "document/file_name", response.document.file_name)
    for number, answer in response.answers.items():
        other = public.answers[number]
        for name, original in _strings(answer, other, ("text", "doubts")):
            yield Withheld(number, None, name, original)
        if answer.understood and other.understood:
            pairs = zip(answer.understood.mentions, other.understood.mentions, strict=True)
            for index, (mention, masked) in enumerate(pairs, 1):
                for name, original in _strings(mention, masked, _MENTION):
                    yield Withheld(number, index, name, original)


# what holds no text of people; any other field that a mention has or will have is looked through
_CODES = frozenset({"names", "basis", "language", "concept"})
_MENTION = tuple(item.name for item in fields(Mention) if item.name not in _CODES)
_IRI = re.compile(r"(?:https?|ftp|mailto|tel|urn):\S+", re.IGNORECASE)


def _strings(left: object, right: object, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        mine, other = getattr(left, name), getattr(right, name)
        if isinstance(mine, list):
            pairs = enumerate(zip(mine, other, strict=True), 1)
            yield from ((f"{name}/{index}", text) for index, (text, shown) in pairs if text != shown)
        elif isinstance(mine, str) and mine != other:
            yield name, mine


def _withhold_answer(answer: Answer, question: Part | None, known: _Known) -> None:
    answer.doubts = [_masked(text, known) or "" for text in answer.doubts]
    text = answer.text
    spans = _spans(text, known, question) if text else []
    if text:
        answer.text = _replace(text, spans)
    for mention in answer.understood.mentions if answer.understood else []:
        _withhold_quote(mention, text or "", answer.text or "", spans, known)
        for name in _MENTION:
            value = getattr(mention, name)
            if isinstance(value, list):
                setattr(mention, name, [_masked(item, known) for item in value])
            elif isinstance(value, str) and name != "quote":
                masked = _masked(value, known)
                is_broken_iri = masked != value and name != "website_as_written" and _IRI.fullmatch(value)
                setattr(mention, name, None if is_broken_iri else masked)


def _withhold_quote(mention: Mention, text: str, public: str, spans: list[Span], known: _Known) -> None:
    start, end = mention.start, mention.start + len(mention.quote)
    if text[start:end] != mention.quote:
        mention.quote = _masked(mention.quote, known) or ""
        mention.start = max(public.find(mention.quote), 0)
        return
    mention.start = _moved(start, spans, to_end=False)
    mention.quote = public[mention.start : _moved(end, spans, to_end=True)]


def _moved(offset: int, spans: list[Span], to_end: bool) -> int:
    shift = 0
    for start, end in spans:
        if offset >= end:
            shift += len(MARKER) - (end - start)
        elif offset > start:
            return start + shift + (len(MARKER) if to_end else 0)
    return offset + shift


def _masked(text: str | None, known: _Known, has_numbers: bool = True) -> str | None:
    return _replace(text, _spans(text, known, None, has_numbers)) if text else text


def _replace(text: str, spans: list[Span]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + MARKER + text[end:]
    return text


def _spans(text: str, known: _Known, question: Part | None, has_numbers: bool = True) -> list[Span]:
    """The stretches to withhold, in order, none touching another."""
    found = [*_fields_spans(text, question), *_emails(text), *_names(text, known)]
    found += _phones(text, known) if has_numbers else []
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


# the fields of a form


def _is_contact(question: Part) -> bool:
    return question.answer_kind == "fields" and "Official" not in question.names


def _values(text: str, question: Part) -> Iterator[tuple[str, int, int]]:
    """The values of labelled lines: role, start, end; in a contact block without a name label, the rest is the name."""
    found = []
    for part in question.fields:
        wording = r"[\W_]+".join(map(re.escape, _WORD.findall(part.wording)))
        label = "|".join(filter(None, (wording, _LABELS.get(part.role))))
        at_line = rf"(?:^|(?<=\n))[^\w\n]*(?:{label})(?!\w)"
        with_colon = rf"(?<!\w)(?:{label})(?:[ \t]*\([^)\n]*\))?[*_ \t]*(?=[:：])"
        pattern = re.compile(rf"(?:{at_line}|{with_colon})[*_ \t]*[:：]?[*_]*", re.IGNORECASE)
        found += [(match.start(), match.end(), part.role) for match in pattern.finditer(text)]
    found.sort()
    if _is_contact(question) and not any(role == "name" for _, _, role in found):
        found.insert(0, (0, 0, "name"))
    for index, (_, start, role) in enumerate(found):
        end = found[index + 1][0] if index + 1 < len(found) else len(text)
        value = text[start:end]
        if not _NONE.fullmatch(value):
            yield role, end - len(value.lstrip(_AROUND)), start + len(value.rstrip(_AROUND))


def _fields_spans(text: str, question: Part | None) -> Iterator[Span]:
    for role, start, end in _values(text, question) if question else ():
        if role == "phone" or (role == "name" and question and _is_contact(question)):
            yield start, end
        elif role == "email":
            rest = _EMAIL.sub(" ", text[start:end])
            if re.search(r"[@＠]|\bat\b|\barroba\b", rest, re.IGNORECASE):
                yield start, end


def _known(response: Response, questions: dict[str, Part]) -> _Known:
    known = _Known()
    numbers = {text[start:end] for text in response.unassigned for start, end in _phones(text, known)}
    for path, answer in response.answers.items():
        question, text = questions.get(path), answer.text or ""
        numbers |= {text[start:end] for start, end in _phones(text, known)}
        values = [(role, text[start:end]) for role, start, end in _values(text, question)] if question else []
        offices = {word for role, value in values if role in ("organization", "title") for word in _words(value)}
        for role, value in values:
            if role == "phone":
                numbers.add(value)
            elif role == "name" and question and _is_contact(question):
                chunks = [
                    chunk for chunk in re.split(r"[,;/()\n]|\s[-–—]\s", value) if not set(_words(chunk)) <= offices
                ]
                known.people += [" ".join(chunks)] if chunks else []
            elif role == "name":
                known.officials.append(tuple(_words(value)))
    # short ones and years stand for too many other things
    known.numbers = {n for n in numbers if sum(map(str.isdigit, n)) > 6 and not _YEARS.fullmatch(n)}
    return known


# people


def _fold(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))


def _words(text: str) -> list[str]:
    return [_fold(match.group()) for match in _WORD.finditer(text)]


def _names(text: str, known: _Known) -> Iterator[Span]:
    words = [(*match.span(), _fold(match.group())) for match in _WORD.finditer(text)] if known.people else []
    public = [
        (words[i][0], words[i + len(name) - 1][1])
        for name in known.officials
        for i in range(len(words) - len(name) + 1)
        if name and tuple(word for _, _, word in words[i : i + len(name)]) == name
    ]
    for person in known.people:
        spans = list(_runs(text, words, set(_words(person))))
        if _UNSPACED.search(person):
            letters = r"\s*".join(map(re.escape, "".join(person.split())))
            spans += [match.span() for match in re.finditer(letters, text)]
        yield from (s for s in spans if not any(s[0] < last and first < s[1] for first, last in public))


def _runs(text: str, words: list[tuple[int, int, str]], person: set[str]) -> Iterator[Span]:
    """Stretches of at least two words of a name (or of its only word), in any order, initials included."""
    counted = {word for word in person if len(word) > 1 and word not in _UNCOUNTED}
    initials = {word[0] for word in counted}
    run: list[tuple[int, int, str]] = []
    for word in [*words, (len(text), len(text), "")]:
        start, end, folded = word
        is_initial = folded in initials and text[start:end].isupper()
        belongs = is_initial or folded in counted or folded in _UNCOUNTED
        if run and not (belongs and _TOGETHER.fullmatch(text[run[-1][1] : start])):
            while run and not run[-1][2]:
                run.pop()
            said = {part for _, _, part in run} - {""}
            if said & counted and len(said) >= min(2, len(counted)):
                yield run[0][0], run[-1][1]
            run = []
        if belongs and (run or folded in counted or is_initial):
            run.append((start, end, folded if is_initial or folded in counted else ""))


# mailboxes and phone numbers


@cache
def _office_words() -> frozenset[str]:
    rows = csv.DictReader(assets.read_text("reference/office-mailboxes.csv").splitlines())
    return frozenset(_fold(row["word"]) for row in rows)


def _emails(text: str) -> Iterator[Span]:
    for pattern in (_EMAIL, _USER_OF_HOST):
        for match in pattern.finditer(text):
            if _fold(match["local"]) not in _office_words():
                yield match.span()


def _phones(text: str, known: _Known) -> Iterator[Span]:
    found = [match for pattern in (_LABELLED, _INTERNATIONAL, _LOCAL) for match in pattern.finditer(text)]
    spans = [match.span("number") for match in found if _is_phone(match)]
    for number in known.numbers:
        spans += [match.span() for match in re.finditer(rf"(?<!\w){re.escape(number)}(?!\w)", text)]
    addresses = [match.span() for match in _ADDRESS.finditer(text)] if spans else []
    yield from (s for s in spans if not any(s[0] < last and first < s[1] for first, last in addresses))
    yield from (match.span("number") for match in _IN_ADDRESS.finditer(text))


def _is_phone(match: re.Match[str]) -> bool:
    number, before, after = match["number"], match.string[: match.start()], match.string[match.end() :]
    digits = "".join(character for character in number if character.isdigit())
    rest = _AFTER_PARENTHESIS.sub("", number)
    years = [int(year) for year in _YEAR.findall(rest)] if _YEARS.fullmatch(rest) else []
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
