"""Labelled lines about a person (name, title, organisation, e-mail, phone): the official and the agency they tell of.

E-mail addresses and phone numbers are read only to be left out: they are in no mention, and in no mention's quote.
"""

from __future__ import annotations

import re
from dataclasses import replace

from msqgraph.interpret.agency_lists import read_agency_list
from msqgraph.interpret.field_lines import FieldLine, field_lines
from msqgraph.interpret.languages import language_of_name
from msqgraph.interpret.name_phrases import one_line
from msqgraph.interpret.not_names import is_placeholder
from msqgraph.interpret.passages import Passage
from msqgraph.interpret.persons import unlabelled_lines, without_honorifics
from msqgraph.questionnaire import Part
from msqgraph.response import Mention

_PRIVATE = re.compile(r"\ufffc|\+?\(?\d[\d\s()./-]{5,}\d")
_EMPTY = re.compile(
    r"[\W_]*(?:n\W?a|none|nil|(?:there is )?no(?: (?:cio|such (?:post|position|person)|one))?|non|sin datos|"
    r"néant|vacan(?:t|te|cy)|vago|vaga|cargo vacante|poste vacant|"
    r"(?:to be|not(?: yet)?) appointed|por (?:designar|nombrar)|à nommer|a nomear|por nomear|вакантно|вакансия|"
    r"вакантна|"
    r"не назначен|شاغر|شاغرة|空缺|没有|暂缺|无)?[\W_]*",
    re.I,
)


def read_fields(passage: Passage, question: Part) -> list[Mention] | None:
    """The official (if the question asks for one) and the agency in labelled lines; None if there are no such lines.

    >>> fields = [Part("4/n", "Field", "Name", role="name"), Part("4/t", "Field", "Title", role="title")]
    >>> question = Part("4", "Question", parts=fields, names=("Official",))
    >>> mentions = read_fields(Passage("Name: Dr. Ana Paz\\n\\nTitle: Ministra", "es"), question)
    >>> [(m.name, m.title) for m in mentions or []]
    [('Ana Paz', 'Ministra')]
    """
    lines = _lines(passage, question)
    if "Official" in question.names and all(line.role in ("email", "phone") for line in lines):
        lines = unlabelled_lines(passage) or lines
    if not lines:
        return None
    mentions: list[Mention] = []
    if "Official" in question.names and (official := _official(passage, lines)):
        mentions.append(official)
    if "Agency" in question.names:
        for line in lines:
            if line.role == "organization":
                mentions += read_agency_list(passage, line.start, line.end)
    return mentions


def _lines(passage: Passage, question: Part) -> list[FieldLine]:
    lines = field_lines(passage.folded, question)
    stretches = [passage.trim(line.start, line.end) for line in lines]
    return [replace(line, start=start, end=end) for line, (start, end) in zip(lines, stretches, strict=True)]


def _official(passage: Passage, lines: list[FieldLine]) -> Mention | None:
    by_role = {line.role: line for line in reversed(lines)}
    name, title = (_value(passage, by_role.get(role)) for role in ("name", "title"))
    if name is None and title is None:
        return None
    doubts = [] if name else ["name-not-stated"]
    start, end = name or title or (0, 0)
    if name and title:
        reach = (by_role["name"].label_start, title[1])
        is_apart = title[0] < name[0] or _PRIVATE.search(passage.masked[reach[0] : reach[1]])
        between = [line for line in lines if name[1] <= line.label_start < title[0] and line.role != "title"]
        if not is_apart and not between:
            start, end = reach
    title_words = one_line(passage.text[slice(*title)]) if title else None
    person = None
    if name:
        person = without_honorifics(one_line(passage.text[slice(*name)]))
    language = language_of_name(title_words, passage.language)
    return Mention(
        "Official", passage.text[start:end], start, "field", person, language, title=title_words, doubts=doubts
    )


def _value(passage: Passage, line: FieldLine | None) -> tuple[int, int] | None:
    """A line's words, up to the first address, e-mail or phone number in it."""
    if line is None:
        return None
    private = _PRIVATE.search(passage.masked, line.start, line.end)
    start, end = passage.trim(line.start, private.start() if private else line.end)
    while end > start and passage.text[end - 1] in " ,;:-–(/|*；，、：。،؛.":
        end -= 1
    blank = passage.masked.find("\n\n", start, end)
    end = blank if blank > start else end
    words = passage.text[start:end]
    return None if _EMPTY.fullmatch(words) or is_placeholder(words) or end - start > 200 else (start, end)
