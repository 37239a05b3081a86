"""What is withheld from every public artefact: phone numbers, personal mailboxes, and who filled in the form.

``withhold`` returns a copy of a response in which a marker stands for each of them, wherever it occurs. What stood
there is only in the graph that ``--include-personal`` lets out. The holder of the senior public post is public.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields

from msqgraph.contact_details import EMAIL, YEARS, Span, personal_mailboxes, phone_numbers
from msqgraph.folding import Folded, plain
from msqgraph.interpret.field_lines import FieldLine, field_lines
from msqgraph.questionnaire import Part, Questionnaire
from msqgraph.response import Answer, Mention, Response

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


# what holds no text of people; any other field that a mention has or will have is looked through
_CODES = frozenset({"names", "basis", "language", "concept"})
_MENTION = tuple(item.name for item in fields(Mention) if item.name not in _CODES)
_IRI = re.compile(r"(?:https?|ftp|mailto|tel|urn):\S+", re.IGNORECASE)


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
    found = [*_fields_spans(text, question), *personal_mailboxes(text), *_names(text, known)]
    found += phone_numbers(text, known.numbers) if has_numbers else []
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
    known.numbers = {n for n in numbers if sum(map(str.isdigit, n)) > 6 and not YEARS.fullmatch(n)}
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
