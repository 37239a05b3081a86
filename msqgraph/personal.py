"""What is withheld from every public artefact: phone numbers, personal mailboxes, and who filled in the form.

``withhold`` returns a copy of a response in which a marker stands for each of them, wherever it occurs. What stood
there is only in the graph that ``--include-personal`` lets out. The holder of the senior public post is public.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace

from msqgraph.contact_details import EMAIL, YEARS, Span, file_numbers, person_named, personal_mailboxes, phone_numbers
from msqgraph.folding import Folded
from msqgraph.interpret.field_lines import FieldLine, field_lines
from msqgraph.person_names import MARKER as MARKER
from msqgraph.person_names import folded_words, latin, merged, naming, naming_any, standing_whole, with_marker
from msqgraph.questionnaire import Part, Questionnaire
from msqgraph.response import Answer, Mention, Response
from msqgraph.reviews.reviewers import orcid

_NONE = re.compile(r"[\W_]*(?:n\W?a|none|nil|no|ninguno|néant|нет|无|لا يوجد|withheld)?[\W_]*", re.IGNORECASE)
_AROUND = " \t\r\n*_|"  # blanks, Markdown, table cells


@dataclass(slots=True)
class _Known:
    """Who and what must not be seen in this response, and which names may be."""

    forgotten: tuple[str, ...] = ()
    people: list[str] = field(default_factory=list)
    officials: list[tuple[str, ...]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)


def withhold(response: Response, form: Questionnaire, forgotten: Iterable[str] = ()) -> Response:
    """The response with ``MARKER`` for what is personal, in every string; offsets of mentions follow.

    An address of a web page that would show it is left out (``website`` None), because an IRI can hold no marker.

    :param forgotten: names of people who are withheld even if they hold a public post.

    >>> from msqgraph.questionnaire import load_questionnaire
    >>> from msqgraph.response import Source
    >>> response = Response("PRY", "2020", Source("f.md", "0", "text/plain"))
    >>> response.answers["4"] = Answer("answered", "Name: Ana Paz\\nPhone: 021 217 9000")
    >>> withhold(response, load_questionnaire("2020")).answers["4"].text
    'Name: Ana Paz\\nPhone: [withheld]'
    """
    public = copy.deepcopy(response)
    questions = {question.path: question for question in form.questions()}
    known = _known(response, questions, tuple(sorted(set(forgotten))))
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
        answer.text = with_marker(text, spans)
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
    return any(f"-{slug}-" in f"-{latin(iri)}-" for slug in slugs)


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
    return with_marker(text, _spans(text, known, None, is_file_name)) if text else text


def _spans(text: str, known: _Known, question: Part | None, is_file_name: bool = False) -> list[Span]:
    """The stretches to withhold, in order, none touching another."""
    found = [*_fields_spans(text, question), *personal_mailboxes(text), *_names(text, known)]
    found += (file_numbers if is_file_name else phone_numbers)(text, known.numbers)
    return merged(found)


# the fields of a form


def _is_contact(question: Part) -> bool:
    return question.answer_kind == "fields" and "Official" not in question.names


def values_of_fields(text: str, question: Part) -> list[tuple[str, str]]:
    """The values of labelled lines with their roles; what says that there is none is left out.

    >>> fields = [Part("4/n", "Field", "Name", role="name"), Part("4/p", "Field", "Phone", role="phone")]
    >>> values_of_fields("Name: Ana Paz\\nPhone: n/a", Part("4", "Question", parts=fields))
    [('name', 'Ana Paz')]
    """
    return [(role, text[start:end]) for role, start, end in _values(text, question)]


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


def _known(response: Response, questions: dict[str, Part], forgotten: tuple[str, ...]) -> _Known:
    known = _Known(forgotten)
    numbers = {text[start:end] for text in response.unassigned for start, end in phone_numbers(text, known.numbers)}
    for path, answer in response.answers.items():
        question, text = questions.get(path), answer.text or ""
        numbers |= {text[start:end] for start, end in phone_numbers(text, known.numbers)}
        values = values_of_fields(text, question) if question else []
        offices = ["\n".join(value for role, value in values if role == wanted) for wanted in ("organization", "title")]
        known.slugs |= {latin(text[start:end]) for start, end in personal_mailboxes(text)}
        for role, value in values:
            if role == "phone":
                numbers.add(value)
            elif role == "name" and question and _is_contact(question):
                known.people += filter(None, [person_named(value, *offices)])
            elif role == "name":
                known.officials.append(tuple(folded_words(value)))
    # short ones and years stand for too many other things
    known.numbers = {n for n in numbers if sum(map(str.isdigit, n)) > 6 and not YEARS.fullmatch(n)}
    known.slugs |= set(map(latin, known.numbers))
    return known


def _names(text: str, known: _Known) -> Iterator[Span]:
    public = [span for name in known.officials for span in standing_whole(text, name)] if known.people else []
    for person in known.people:
        yield from (s for s in naming(text, person) if not any(s[0] < last and first < s[1] for first, last in public))
    yield from naming_any(text, known.forgotten)
