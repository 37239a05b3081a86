"""What is withheld from every public artefact: phone numbers, personal mailboxes, and who filled in the form.

``withhold`` returns a copy of a response in which a marker stands for each of them, wherever it occurs. What stood
there is only in the graph that ``--include-personal`` lets out. The holder of the senior public post is public.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache

from msqgraph.contact_details import EMAIL, YEARS, Span, file_numbers, person_named, personal_mailboxes, phone_numbers
from msqgraph.folding import Folded, plain
from msqgraph.interpret.field_lines import FieldLine, field_lines
from msqgraph.questionnaire import Part, Questionnaire
from msqgraph.response import Answer, Mention, Response
from msqgraph.reviews.reviewers import orcid

MARKER = "[withheld]"

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
_JOINTS = frozenset("-_/.")  # of a slug
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ENDINGS = (  # of names in Russian, by case
    "а я у ю е и ы о ь й ой ей ий ый ом ем ым им ою ею его ого ему ому ая яя ую юю ые ие ых их ыми ими ия ии ию ией "
    "ья ьи ью ье ьей ам ям ами ями ах ях"
)


@dataclass(slots=True)
class _Known:
    """Who and what must not be seen in this response, and which names may be."""

    people: list[str] = field(default_factory=list)
    officials: list[tuple[str, ...]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)


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
    public.document.file_name = _masked(public.document.file_name, known, is_file_name=True) or ""
    public.date_as_stated = _masked(public.date_as_stated, known)
    public.unassigned = [_masked(text, known) or "" for text in public.unassigned]
    public.doubts = [_masked(text, known) or "" for text in public.doubts]
    for number, answer in public.answers.items():
        _withhold_answer(answer, questions.get(number), known)
    return public


_REFERENCES = ("refers_to", "post", "issued_by", "partner_in", "partner_country")
# what holds no text of people; any other field that a mention has or will have is looked through
_CODES = frozenset({"names", "basis", "language", "concept"})
_MENTION = tuple(item.name for item in fields(Mention) if item.name not in _CODES)
_IRI = re.compile(r"(?:https?|ftp|mailto|tel|urn):\S+", re.IGNORECASE)


def _withhold_answer(answer: Answer, question: Part | None, known: _Known) -> None:
    answer.doubts = [_masked(text, known) or "" for text in answer.doubts]
    if answer.review and not orcid(answer.review.by):  # nobody may sign as the one who filled in the form
        answer.review = replace(answer.review, by=_masked(answer.review.by, known) or "")
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
                is_iri = name in _REFERENCES or (name != "website_as_written" and _IRI.fullmatch(value))
                is_broken = masked != value or (name in _REFERENCES and _shows(value, known.slugs))
                setattr(mention, name, None if is_iri and is_broken else masked)


def _shows(iri: str, slugs: set[str]) -> bool:
    """Whether an IRI of the project's own was built from a number or mailbox that is withheld."""
    return any(f"-{slug}-" in f"-{_latin(iri)}-" for slug in slugs)


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


def _masked(text: str | None, known: _Known, is_file_name: bool = False) -> str | None:
    return _replace(text, _spans(text, known, None, is_file_name)) if text else text


def _replace(text: str, spans: list[Span]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + MARKER + text[end:]
    return text


def _spans(text: str, known: _Known, question: Part | None, is_file_name: bool = False) -> list[Span]:
    """The stretches to withhold, in order, none touching another."""
    found = [*_fields_spans(text, question), *personal_mailboxes(text), *_names(text, known)]
    found += (file_numbers if is_file_name else phone_numbers)(text, known.numbers)
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
    found = field_lines(Folded(text), question, needs_colon=False)
    if _is_contact(question) and not any(line.role == "name" for line in found):
        found.insert(0, FieldLine("name", 0, 0, found[0].label_start if found else len(text)))
    for line in found:
        value = text[line.start : line.end]
        if not _NONE.fullmatch(value):
            yield line.role, line.end - len(value.lstrip(_AROUND)), line.start + len(value.rstrip(_AROUND))


def _fields_spans(text: str, question: Part | None) -> Iterator[Span]:
    for role, start, end in _values(text, question) if question else ():
        if role == "phone" or (role == "name" and question and _is_contact(question)):
            yield start, end
        elif role == "email":
            rest = EMAIL.sub(" ", text[start:end])
            if re.search(r"[@＠]|\bat\b|\barroba\b", rest, re.IGNORECASE):
                yield start, end


def _known(response: Response, questions: dict[str, Part]) -> _Known:
    known = _Known()
    numbers = {text[start:end] for text in response.unassigned for start, end in phone_numbers(text, known.numbers)}
    for path, answer in response.answers.items():
        question, text = questions.get(path), answer.text or ""
        numbers |= {text[start:end] for start, end in phone_numbers(text, known.numbers)}
        values = [(role, text[start:end]) for role, start, end in _values(text, question)] if question else []
        offices = ["\n".join(value for role, value in values if role == wanted) for wanted in ("organization", "title")]
        known.slugs |= {_latin(text[start:end]) for start, end in personal_mailboxes(text)}
        for role, value in values:
            if role == "phone":
                numbers.add(value)
            elif role == "name" and question and _is_contact(question):
                known.people += filter(None, [person_named(value, *offices)])
            elif role == "name":
                known.officials.append(tuple(_words(value)))
    # short ones and years stand for too many other things
    known.numbers = {n for n in numbers if sum(map(str.isdigit, n)) > 6 and not YEARS.fullmatch(n)}
    known.slugs |= set(map(_latin, known.numbers))
    return known


# people


def _words(text: str) -> list[str]:
    return [plain(match.group()) for match in _WORD.finditer(text)]


def _names(text: str, known: _Known) -> Iterator[Span]:
    words = [(*match.span(), plain(match.group())) for match in _WORD.finditer(text)] if known.people else []
    public = [
        (words[i][0], words[i + len(name) - 1][1])
        for name in known.officials
        for i in range(len(words) - len(name) + 1)
        if name and tuple(word for _, _, word in words[i : i + len(name)]) == name
    ]
    for person in known.people:
        spans = list(_runs(text, words, _Name(person)))
        if _UNSPACED.search(person):
            for written in {"".join(person.split()), _latin(person).replace("-", "")}:
                letters = r"[\s-]*".join(map(re.escape, written))
                spans += [match.span() for match in re.finditer(letters, text)]
        yield from (s for s in spans if not any(s[0] < last and first < s[1] for first, last in public))


class _Name:
    """A person's name by its words, as each may be spelled: folded, in Latin letters as in slugs, in another case."""

    def __init__(self, name: str) -> None:
        self.is_russian = bool(_CYRILLIC.search(name))
        self.spellings: dict[str, str] = {}
        self.initials: set[str] = set()
        for match in _WORD.finditer(name):
            word, latin = plain(match.group()), _latin(match.group())
            if word in _UNCOUNTED:
                continue
            self.initials |= {word[0], latin[:1]} - {""}
            if len(word) > 1:
                self.spellings |= {part: word for part in (*latin.split("-"), latin.replace("-", "")) if len(part) > 1}
                self.spellings[word] = word
                if _CYRILLIC.search(word) and (short := re.sub("е(?=[лц]$)", "", word)):  # Павел, Павла
                    self.spellings |= dict.fromkeys((short, _latin(short)), word)

    def word(self, text: str, start: int, end: int, folded: str) -> str | None:
        """Which word of the name a word of a text is."""
        written = text[start:end]
        folds = (folded, _latin(written)) if _CYRILLIC.search(written) else (folded,)
        if exact := next((self.spellings[fold] for fold in folds if fold in self.spellings), None):
            return exact
        if not (self.is_russian or len(folds) > 1) or not (
            written[0].isupper() or {text[start - 1 : start], text[end : end + 1]} & _JOINTS
        ):
            return None
        return next(
            (self.spellings[known] for fold in folds for known in self.spellings if _is_case(fold, known)), None
        )

    def is_initial(self, text: str, start: int, end: int, folded: str) -> bool:
        """Whether a word of a text is an initial of the name: a capital, or any letter in a slug."""
        around = {text[start - 1 : start], text[end : end + 1]}
        return folded in self.initials and (text[start:end].isupper() or around <= _JOINTS | {""})


def _is_case(word: str, name: str) -> bool:
    """Whether a word is a name in another case: the same up to the last three letters, then endings."""
    stems = range(max(2, len(name) - 3), len(name) + 1)
    return any(word[:n] == name[:n] and {word[n:], name[n:]} <= _endings() for n in stems)


@cache
def _endings() -> frozenset[str]:
    return frozenset(spelled for ending in _ENDINGS.split() for spelled in (plain(ending), _latin(ending))) | {""}


@lru_cache(maxsize=4096)
def _latin(text: str) -> str:
    """A text as in slugs (``iris.slug``)."""
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def _runs(text: str, words: list[tuple[int, int, str]], name: _Name) -> Iterator[Span]:
    """Stretches of at least two words of a name (or of its only word), in any order, initials included."""
    run: list[tuple[int, int, str]] = []
    whole = set(name.spellings.values())
    for start, end, folded in [*words, (len(text), len(text), "")]:
        part = name.word(text, start, end, folded) if folded else None
        part = part or (folded if name.is_initial(text, start, end, folded) else None)
        belongs = part is not None or folded in _UNCOUNTED
        if run and not (belongs and _TOGETHER.fullmatch(text[run[-1][1] : start])):
            while run and not run[-1][2]:
                run.pop()
            said = {part for _, _, part in run} - {""}
            if said & whole and len(said) >= min(2, len(whole)):
                yield run[0][0], run[-1][1]
            run = []
        if belongs and (run or part):
            run.append((start, end, part or ""))
