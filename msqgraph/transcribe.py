"""Document + Questionnaire → Response, verbatim: what stands between the form's own words is what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from msqgraph.alignment import Match, Word, chain, find_footnote, fold, words_in
from msqgraph.countries import iso3_by_name
from msqgraph.documents import Box, Document
from msqgraph.errors import UnreadableInput
from msqgraph.questionnaire import Part, Questionnaire, editions, load_questionnaire
from msqgraph.response import Answer, Response, Source, Status, Tick

# what people write where they have nothing to say, in the languages of the questionnaire
_NONE_STATED = re.compile(
    r"[-–—_./\s]*|n\W?a|n\W?d|none|nil|not? (?:available|applicable|information available)|neant|aucune?|non (?:disponible|applicable)|"
    r"sans objet|no (?:aplica|disponible|corresponde)|ningun[oa]?|sin (?:informacion|datos)|nenhum[a]?|nao (?:se aplica|disponivel)|"
    r"нет данных|не применимо|отсутствует|لا يوجد|لا ينطبق|غير متوفر|无|不适用|没有"
)
_DATE = re.compile(r"\d{1,4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,4}|\d{1,2}\.?\s+(?:de\s+)?[^\W\d]+\.?,?\s+(?:de\s+)?\d{4}|[^\W\d]+\s+\d{1,2},?\s+\d{4}")
_LEAST_QUESTIONS = 3
_GAP_TAIL = re.compile(r"[^\w\s<+(\[\"'«“¿¡☐-☒]+(?=\s|$)|[^\w\s]*\]\([^)\s]*\)\S?")


def transcribe(document: Document, country_iso3: str | None = None, edition: str | None = None) -> Response:
    """What a government wrote, question by question, word for word.

    Every question of the form has its answer: a question whose wording is not in the document is ``unreadable``, never
    blank. A box whose mark did not survive is ``unknown``.

    :param country_iso3: the country, if the document does not name it.
    :raises UnreadableInput: if the document is no such questionnaire, or names no country that is known.

    >>> from msqgraph.documents import read_document
    >>> response = transcribe(read_document("responses/2020/PRY.md"))
    >>> response.country_iso3, response.answers["23"].text, response.answers["10"].ticks
    ('PRY', 'Si.', {'yes': 'unknown', 'no': 'unknown'})
    """
    readings = [_Reading(document, load_questionnaire(name)) for name in ([edition] if edition else editions())]
    reading = max(readings, key=lambda candidate: candidate.words_found)
    if len(reading.places) < _LEAST_QUESTIONS:
        raise UnreadableInput(
            document.file_name,
            f"no Member States Questionnaire (of its questions, {len(reading.places)} were found)",
            "give the filled-in form itself; for a new edition add ontology/questionnaire-<year>.ttl",
        )
    return reading.response(country_iso3)


@dataclass(slots=True)
class _Place:
    first: int
    end: int


class _Reading:
    """One attempt at a document with one edition's form."""

    def __init__(self, document: Document, form: Questionnaire) -> None:
        self.document, self.form = document, form
        self.words: list[Word] = words_in(document)
        self.claimed: set[int] = set()
        self.places: dict[str, _Place] = {}
        self.options: dict[str, Match] = {}
        self.split: set[str] = set()
        self.form_regions: list[_Place] = []
        for note in form.footnotes:
            if match := find_footnote(note.wording, self.words, self.claimed):
                self.claimed |= match.words
        top = [part for root in form.parts for part in ([root, *root.parts] if root.kind == "Section" else [root])]
        self._locate(top, 0, len(self.words), None)
        self.words_found = len(self.claimed)

    def _locate(self, parts: list[Part], low: int, high: int, parent: Part | None) -> None:
        matches = chain([(part.wording, part.marker) for part in parts], self.words, low, high, self.claimed)
        # a part without a wording of its own stands where the one before it ends
        ends: list[int] = []
        for part, match in zip(parts, matches, strict=True):
            if match:
                self.claimed |= match.words
                ends.append(match.end)
                if part.kind in ("Option", "Field"):
                    self.options[part.path] = match
        starts = [match.first if match else -1 for match in matches]
        for index, (part, match) in enumerate(zip(parts, matches, strict=True)):
            first = starts[index]
            if match is None and not part.wording and index and starts[index - 1] >= 0:
                previous = matches[index - 1]
                first = previous.end if previous else -1
            if first < 0:
                continue
            end = min([start for start in starts[index + 1 :] if start >= 0], default=high)
            if part.kind == "Question":
                self.places[part.path] = _Place(first, end)
                self._locate(part.parts, match.end if match else first, end, part)
            elif parent is None:
                wordless = index + 1 < len(parts) and not parts[index + 1].wording
                self.form_regions.append(_Place(first, match.end if wordless and match else end))

    def response(self, country_iso3: str | None) -> Response:
        source = Source(self.document.file_name, self.document.sha256, self.document.media_type)
        loose = [text for text in self._loose() if text]
        named = next((code for text in loose if (code := iso3_by_name(text))), None)
        country = country_iso3 or named
        if country is None:
            raise UnreadableInput(
                self.document.file_name, "no country is named before the first question", "give it with --country (ISO 3166-1 alpha-3)"
            )
        date = next((text for text in loose if _DATE.fullmatch(text)), None)
        response = Response(country, self.form.edition, source, date_as_stated=date)
        response.unassigned = [text for text in loose if text != date and iso3_by_name(text) != country]
        response.doubts = ["unassigned-text"] if response.unassigned else []
        for question in self.form.questions():
            response.answers[question.path] = self._answer(question)
        return response

    def _loose(self) -> list[str]:
        before = self.form_regions
        start = min((place.first for place in [*before, *self.places.values()]), default=0)
        texts = [text for _, _, text in self._gaps(0, start, set())]
        for place in before:
            texts += [text for _, _, text in self._gaps(place.first, place.end, set())]
        consent = [p for q in self.form.questions() if q.answer_kind == "consent" and (p := self.places.get(q.path))]
        for place in consent:
            texts += [text for _, _, text in self._gaps(place.first, place.end, set())]
        return [line.strip() for text in texts for line in text.split("\n\n")]

    def _answer(self, question: Part) -> Answer:
        place = self.places.get(question.path)
        if place is None:
            ticks: dict[str, Tick] = {option.path.rpartition("/")[2]: "unknown" for option in question.options}
            return Answer("unreadable", ticks=ticks, doubts=["question-not-found"])
        answer = Answer("blank")
        labels = {w for part in question.fields if (m := self.options.get(part.path)) for w in m.words}
        gaps = [] if question.answer_kind == "consent" else self._gaps(place.first, place.end, labels)
        if question.fields and all(not text for text in self._field_texts(question, place)):
            gaps = []
        answer.text = "\n\n".join(text for _, _, text in gaps) or None
        if question.options:
            self._tick(question, place, answer)
        spans = [(start, end) for start, end, _ in gaps] or [(self.words[place.first].start, self.words[place.end - 1].end)]
        answer.place = f"char={spans[0][0]},{spans[-1][1]}"
        answer.page = self.document.page_at(spans[0][0])
        answer.status = _status(answer)
        if question.parts == [] and self._is_displaced(place):
            answer.doubts.append("displaced-text")
        return answer

    def _field_texts(self, question: Part, place: _Place) -> list[str]:
        return [text for _, _, text in self._gaps(place.first, place.end, set())] if question else []

    def _is_displaced(self, place: _Place) -> bool:
        claimed = [index in self.claimed for index in range(place.first, place.end)]
        first_free = claimed.index(False) if False in claimed else len(claimed)
        return any(
            claimed[i] and self.words[place.first + i].end - self.words[place.first].start < 400 for i in range(first_free, len(claimed))
        ) and not any(self.words[place.first + i].opens and claimed[i] and i == len(claimed) - 1 for i in range(len(claimed)))

    def _gaps(self, first: int, end: int, labels: set[int]) -> list[tuple[int, int, str]]:
        """Runs of words that the form does not claim, with the punctuation that belongs to them: start, end, text."""
        free = [index not in self.claimed or index in labels for index in range(first, end)]
        runs = []
        index = 0
        while index < len(free):
            if not free[index]:
                index += 1
                continue
            stop = index
            while stop < len(free) and free[stop]:
                stop += 1
            runs.append(self._verbatim(first + index, first + stop, end))
            index = stop
        return [run for run in runs if run[2]]

    def _verbatim(self, first: int, stop: int, end: int) -> tuple[int, int, str]:
        text = self.document.text
        low = self.words[first - 1].end if first else 0
        high = self.words[stop].start if stop < len(self.words) else len(text)
        if tail := _GAP_TAIL.match(text, low, self.words[first].start):
            low = tail.end()
        boxes = [box for box in self._boxes(low, high)]
        while boxes and boxes[0][0] < self.words[first].start:
            low = max(low, boxes.pop(0)[1])
        if stop < end or stop < len(self.words):
            last = self.words[stop - 1].end
            line_break = text.find("\n", last, high)
            high = line_break if line_break >= 0 else min([high, *(start for start, _, _ in boxes if start >= last)])
        raw = text[low:high]
        start = low + len(raw) - len(raw.lstrip())
        return start, low + len(raw.rstrip()), raw.strip()

    def _boxes(self, low: int, high: int) -> list[tuple[int, int, Box]]:
        return [
            (block.start + box.start, block.start + box.end, box)
            for block in self.document.blocks
            if block.boxes and block.start < high and block.start + len(block.text) > low
            for box in block.boxes
            if low <= block.start + box.start < high
        ]

    def _tick(self, question: Part, place: _Place, answer: Answer) -> None:
        high = self.words[place.end].start if place.end < len(self.words) else len(self.document.text)
        boxes = self._boxes(self.words[place.first].start, high)
        found = [match for option in question.options if (match := self.options.get(option.path))]
        before = bool(found and boxes) and boxes[0][0] < self.words[found[0].first].start
        for option in question.options:
            slug, match = option.path.rpartition("/")[2], self.options.get(option.path)
            answer.ticks[slug] = "unknown"
            if match is None and question.answer_kind == "consent" and boxes:
                own: tuple[int, int, Box] | None = boxes[0]
            elif match is None:
                continue
            else:
                own = self._own_box(match, boxes, before, place)
            if own and own[2].state != "unknown":
                answer.ticks[slug] = "ticked" if own[2].state == "ticked" else "unticked"
                answer.tick_evidence[slug] = own[2].evidence
        if "unknown" in answer.ticks.values():
            answer.doubts.append("lost-tick")

    def _own_box(self, match: Match, boxes: list[tuple[int, int, Box]], before: bool, place: _Place) -> tuple[int, int, Box] | None:
        if before:
            low = self.words[match.first - 1].end if match.first > place.first else 0
            near = [box for box in boxes if low <= box[0] < self.words[match.first].start]
            return near[-1] if near else None
        high = self.words[match.end].start if match.end < len(self.words) else len(self.document.text)
        near = [box for box in boxes if self.words[match.end - 1].end <= box[0] < high]
        return near[0] if near else None


def _status(answer: Answer) -> Status:
    if answer.text is not None:
        return "none-stated" if _NONE_STATED.fullmatch(fold(answer.text).strip(" .!")) else "answered"
    if "ticked" in answer.ticks.values():
        return "answered"
    if answer.ticks and "unknown" in answer.ticks.values():
        return "unreadable"
    return "blank"
