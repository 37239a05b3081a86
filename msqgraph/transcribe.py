"""Document + Questionnaire → Response, verbatim: what stands between the form's own words is what was answered."""

from __future__ import annotations

import re

from msqgraph.countries import iso3_by_name
from msqgraph.documents import Box, Document
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.folding import plain
from msqgraph.placement import Gap, Placement
from msqgraph.questionnaire import Part, editions, load_questionnaire
from msqgraph.response import Answer, Response, Source, Status, Tick

# what people write where they have nothing to say, in the languages of the questionnaire
_NONE_STATED = re.compile(
    r"[-–—_./\s]*|n\W?a|n\W?d|none|nil|not (?:available|applicable)|no information(?: available)?|"
    r"neant|aucune?|non (?:disponible|applicable)|sans objet|"
    r"no (?:aplica|disponible|corresponde)|ningun[oa]?|sin (?:informacion|datos)|"
    r"nenhum[a]?|nao (?:se aplica|disponivel)|"
    r"нет данных|не применимо|отсутствует|لا يوجد|لا ينطبق|غير متوفر|无|不适用|没有"
)
_DASH = re.compile(r"^[ \t]*([-–—]{1,2})[ \t]*$", re.MULTILINE)
_DATE = re.compile(
    r"\d{1,4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,4}|"
    r"\d{1,2}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?[^\W\d]+\.?,?\s+(?:del?\s+)?\d{4}|"
    r"[^\W\d]+\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_LEAST_QUESTIONS = 3


def transcribe(document: Document, country_iso3: str | None = None, edition: str | None = None) -> Response:
    """What a government wrote, question by question, word for word.

    Every question of the form has its answer: a question whose wording is not in the document is ``unreadable``, never
    blank. A box whose mark did not survive is ``unknown``.

    :param country_iso3: the country, if the document does not name it.
    :param edition: the edition of the form; without it, the one whose wording fits best.
    :raises UnreadableInput: if the document is no such questionnaire, or names no country that is known.
    :raises UsageError: if there is no form of this edition.

    >>> from msqgraph.documents import read_document
    >>> response = transcribe(read_document("responses/2020/PRY.md"))
    >>> response.country_iso3, response.answers["23"].text, response.answers["10"].ticks
    ('PRY', 'Si.', {'yes': 'unknown', 'no': 'unknown'})
    """
    if edition is not None and edition not in editions():
        raise UsageError(f"no form of the edition {edition!r} — give one of {', '.join(editions())}")
    readings = [Placement(document, load_questionnaire(name)) for name in ([edition] if edition else editions())]
    reading = max(readings, key=lambda placement: len(placement.claimed))
    if reading.questions_found < _LEAST_QUESTIONS:
        raise UnreadableInput(
            document.file_name,
            f"no Member States Questionnaire (of its questions, {reading.questions_found} were found)",
            "give the filled-in form itself; for a new edition add ontology/questionnaire-<year>.ttl",
        )
    lines = _loose_lines(reading)
    first_answer = min(region.start for path, region in reading.regions.items() if path != "authorization")
    head = [_value(line) for first, line in lines if first < first_answer]
    country = country_iso3 or next((code for line in head if (code := iso3_by_name(line))), None)
    if country is None:
        remedy = "give it with --country (ISO 3166-1 alpha-3)"
        raise UnreadableInput(document.file_name, "no country is named before the first question", remedy)
    named = next((at for at, line in enumerate(head) if iso3_by_name(line) == country), None)
    dated = next((at for at, line in enumerate(head) if _DATE.fullmatch(line)), None)
    response = Response(
        country,
        reading.form.edition,
        Source(document.file_name, document.sha256, document.media_type),
        date_as_stated=None if dated is None else head[dated],
        unassigned=[line for at, (_, line) in enumerate(lines) if at not in (named, dated)],
    )
    response.doubts = ["unassigned-text"] if response.unassigned else []
    response.answers = {question.path: _answer(reading, question) for question in reading.form.questions()}
    return response


def _loose_lines(reading: Placement) -> list[tuple[int, str]]:
    lines = []
    for gap in reading.gaps(reading.unowned()):
        lines += [(gap.first, line.strip()) for line in gap.text.split("\n") if line.strip()]
    return lines


def _value(line: str) -> str:
    """What follows the label of a line such as "Country: Paraguay"."""
    return line.rpartition(": ")[2].strip(" *_>|")


def _answer(reading: Placement, question: Part) -> Answer:
    region = reading.regions.get(question.path)
    if region is None:
        return Answer("unreadable", ticks=dict.fromkeys(_slugs(question), "unknown"), doubts=["question-not-found"])
    gaps = [] if question.answer_kind == "consent" else _gaps(reading, question)
    answer = Answer("blank", text="\n\n".join(gap.text for gap in gaps) or None)
    if question.options:
        _tick(reading, question, answer)
    answer.status = _status(answer)
    start, end = (gaps[0].start, gaps[-1].end) if gaps else reading.char_range(region)
    answer.place, answer.page = f"char={start},{end}", reading.document.page_at(start)
    own = reading.matches.get(question.path)
    if own and any(gap.first < own.end for gap in gaps):
        answer.doubts.append("displaced-text")
    if gaps and question.path in reading.before_missing:
        answer.doubts.append("unassigned-text")
    return answer


def _gaps(reading: Placement, question: Part) -> list[Gap]:
    unclaimed = reading.unclaimed(question.path)
    if question.fields and reading.labels.issuperset(unclaimed):
        return []  # nothing was written behind the labels
    if unclaimed or question.parts or question.path not in reading.matches:
        return reading.gaps(unclaimed)
    # a dash on a line of its own is an answer without a word
    end = reading.matches[question.path].end
    dash = _DASH.search(reading.document.text, *reading.char_range(range(end, reading.regions[question.path].stop)))
    return [Gap(dash.start(1), dash.end(1), end, dash.group(1))] if dash else []


def _slugs(question: Part) -> list[str]:
    return [option.path.rpartition("/")[2] for option in question.options]


def _tick(reading: Placement, question: Part, answer: Answer) -> None:
    region = reading.regions[question.path]
    boxes = reading.boxes_between(*reading.char_range(region))
    found = [match.first for option in question.options if (match := reading.matches.get(option.path))]
    stand_before = bool(found and boxes) and boxes[0][0] < reading.words[min(found)].start
    for slug, option in zip(_slugs(question), question.options, strict=True):
        box = boxes[0][2] if boxes and not option.wording else _own_box(reading, option, stand_before)
        tick: Tick = "unknown"
        if box and box.state != "unknown":
            tick = "ticked" if box.state == "ticked" else "unticked"
            answer.tick_evidence[slug] = box.evidence
        answer.ticks[slug] = tick
    if "unknown" in answer.ticks.values():
        answer.doubts.append("lost-tick")


def _own_box(reading: Placement, option: Part, stand_before: bool) -> Box | None:
    match = reading.matches.get(option.path)
    if match is None:
        return None
    low, high = reading.char_range(range(match.first, match.end))
    if stand_before:
        boxes = reading.boxes_between(low, reading.words[match.first].start)
        return boxes[-1][2] if boxes else None
    boxes = reading.boxes_between(reading.words[match.end - 1].end, high)
    return boxes[0][2] if boxes else None


def _status(answer: Answer) -> Status:
    if "ticked" in answer.ticks.values():
        return "answered"
    if answer.text is not None:
        return "none-stated" if _NONE_STATED.fullmatch(plain(answer.text).strip(" .!")) else "answered"
    return "unreadable" if "unknown" in answer.ticks.values() else "blank"
