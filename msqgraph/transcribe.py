"""Document + Questionnaire → Response, verbatim: what stands between the form's own words is what was answered."""

from __future__ import annotations

import re

from msqgraph.countries import exists, is_code, iso3_by_name
from msqgraph.documents import Box, Document
from msqgraph.errors import NoCountryNamed, UnreadableInput, UsageError
from msqgraph.folding import words_of
from msqgraph.placement import Gap, Placement
from msqgraph.questionnaire import Part, editions, load_questionnaire
from msqgraph.response import Answer, Response, ShownLink, Source, Status, Tick

# what people write where they have nothing to say, or not yet, in the languages of the questionnaire
_NOTHING_PHRASES = {
    "": "n/a|n/d|na|nd|tbd|tba|tbc",
    "en": "none|nil|not available|unavailable|not applicable|not known|unknown|not provided|not yet available|"
    "no information|no information available|information not available|no data|no data available|data not available|"
    "no answer|no response|nothing to report|to be announced|to be completed|to be confirmed|to be decided|"
    "to be defined|to be determined|to be provided|pending|in progress",
    "es": "no aplica|no aplicable|no disponible|no corresponde|ninguno|ninguna|sin información|sin datos|"
    "no hay información|no hay datos|no se dispone de información|no se cuenta con información|"
    "información no disponible|datos no disponibles|sin respuesta|desconocido|por definir|por determinar|"
    "por confirmar|por completar|a definir|a confirmar|a determinar|pendiente|pendientes|en proceso|en curso|s/d",
    "fr": "néant|aucun|aucune|non disponible|pas disponible|indisponible|non applicable|sans objet|s/o|"
    "aucune information|aucune donnée|pas d'information|pas d'informations|pas de données|"
    "information non disponible|informations non disponibles|données non disponibles|sans réponse|inconnu|"
    "à définir|à déterminer|à confirmer|à compléter|à préciser|en attente|en cours",
    "pt": "nenhum|nenhuma|não se aplica|não aplicável|não disponível|indisponível|sem informação|sem informações|"
    "sem dados|não há informação|não há informações|não há dados|informação não disponível|dados não disponíveis|"
    "sem resposta|desconhecido|a definir|a determinar|a confirmar|por definir|por confirmar|pendente|"
    "em andamento|em curso",
    "ru": "нет данных|нет информации|нет сведений|информация отсутствует|данные отсутствуют|сведения отсутствуют|"
    "отсутствует|отсутствуют|не применимо|неприменимо|недоступно|не доступно|не имеется|неизвестно|н/д|"
    "уточняется|будет уточнено|будет определено|подлежит уточнению|подлежит определению|в процессе",
    "ar": "لا يوجد|لا توجد|لا ينطبق|لا تنطبق|غير قابل للتطبيق|غير متوفر|غير متوفرة|غير متاح|غير متاحة|غير معروف|"
    "لا توجد معلومات|لا توجد بيانات|لا تتوفر معلومات|لا تتوفر بيانات|المعلومات غير متوفرة|المعلومات غير متاحة|"
    "البيانات غير متوفرة|البيانات غير متاحة|يحدد لاحقا|سيحدد لاحقا|سيتم تحديده لاحقا|قيد الانتظار|قيد التحديد",
    "zh": "无|没有|暂无|不适用|不详|未知|暂缺|无信息|无数据|无资料|没有信息|没有数据|没有资料|暂无信息|暂无数据|"
    "暂无资料|信息不详|待定|待确认|待补充|进行中",
}
_FOR_NOW_PHRASES = (
    "at the moment|at present|at this time|at this stage|currently|yet|for now|so far|to date|"
    "por el momento|de momento|por ahora|actualmente|aún|todavía|a la fecha|hasta la fecha|"
    "pour le moment|pour l'instant|actuellement|à ce jour|encore|"
    "no momento|de momento|por enquanto|atualmente|ainda|até o momento|"
    "на данный момент|в настоящее время|пока|حاليا|حتى الآن|في الوقت الحالي|في الوقت الراهن|目前|暂时"
)
_NOTHING, _FOR_NOW = (
    frozenset(" ".join(words_of(phrase)) for phrase in phrases.split("|"))
    for phrases in ("|".join(_NOTHING_PHRASES.values()), _FOR_NOW_PHRASES)
)
_DASH = re.compile(r"^[ \t]*([-–—]{1,2}|—{3}|…|\.{3}|/{1,2})[ \t]*$", re.MULTILINE)
_DATE = re.compile(
    r"\d{1,4}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,4}|"
    r"(?:le\s+|el\s+|«)?\d{1,2}(?:st|nd|rd|th|er|º|\.|»)?\s+(?:de\s+|of\s+)?[^\W\d]+\.?,?\s+(?:del?\s+)?\d{4}(?:\s*(?:г\.?|года))?|"
    r"[^\W\d]+\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_LEAST_QUESTIONS = 3


def transcribe(document: Document, country_iso3: str | None = None, edition: str | None = None) -> Response:
    """What a government wrote, question by question, word for word.

    Every question of the form has its answer: a question whose wording is not in the document is ``unreadable``, never
    blank. A box whose mark did not survive is ``unknown``.

    :param country_iso3: the country, if the document does not name it; what a document says of itself counts more.
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
    first_lines = [line for first, line in lines if first < first_answer]
    head = [_value(line) for line in first_lines]
    told = ((at, _country_in(line)) for at, line in enumerate(first_lines))
    named, country = next(((at, iso3) for at, iso3 in told if iso3), (None, country_iso3))
    by_file = _country_of_file(document.file_name)
    if country is None:
        remedy = f"give it with --country {by_file or '(ISO 3166-1 alpha-3)'}"
        raise NoCountryNamed(document.file_name, "no country is named before the first question", remedy)
    dated = next((at for at, line in enumerate(head) if _DATE.fullmatch(line)), None)
    response = Response(
        country,
        reading.form.edition,
        Source(document.file_name, document.sha256, document.media_type),
        date_as_stated=None if dated is None else head[dated],
        unassigned=[line for at, (_, line) in enumerate(lines) if at not in (named, dated)],
    )
    response.doubts = ["unassigned-text"] if response.unassigned else []
    response.doubts += ["file-name-differs"] if by_file not in (None, country) else []
    response.answers = {question.path: _answer(reading, question) for question in reading.form.questions()}
    return response


def _country_of_file(name: str) -> str | None:
    """The one country that a file's name tells by code or name: it may confirm what is written inside, never decide."""
    stem = name.rpartition(".")[0]
    words = re.split(r"[\W_]+", stem)
    found = {word for word in words if word.isupper() and exists(word)} | {
        iso3_by_name(word) for word in (stem, *words)
    }
    codes = found - {None}
    return codes.pop() if len(codes) == 1 else None


def _loose_lines(reading: Placement) -> list[tuple[int, str]]:
    lines = []
    for gap in reading.gaps(reading.unowned()):
        lines += [(gap.first, line.strip()) for line in gap.text.split("\n") if line.strip()]
    return lines


def _country_in(line: str) -> str | None:
    """The country that a line names; by its code only behind a label."""
    value = _value(line)
    is_labelled = value != line.strip() and value.isupper() and len(value) == 3
    return value if is_labelled and is_code(value) else iso3_by_name(value)


def _value(line: str) -> str:
    """What follows the label of a line such as "Country: Paraguay", or stands in the last cell of a row."""
    return re.split(r"[:：][*_]*\s+|[\t|]\s*(?=\S)", line)[-1].strip(" *_>|")


def _answer(reading: Placement, question: Part) -> Answer:
    region = reading.regions.get(question.path)
    if region is None:
        return Answer.not_found(question.option_slugs)
    gaps = [] if question.answer_kind == "consent" else _gaps(reading, question)
    answer = Answer("blank", text="\n\n".join(gap.text for gap in gaps) or None)
    if question.options:
        _tick(reading, question, answer)
    answer.status = _status(answer)
    start, end = (gaps[0].start, gaps[-1].end) if gaps else reading.char_range(region)
    answer.place, answer.page = f"char={start},{end}", reading.document.page_at(start)
    answer.links = _links(reading.document, gaps)
    own = reading.matches.get(question.path)
    if own and any(gap.first < own.end for gap in gaps):
        answer.doubts.append("displaced-text")
    if any(block.is_recognised for block in reading.document.blocks_in(start, end)):
        answer.doubts.append("read-by-ocr")
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
    low, high = reading.char_range(range(end, reading.regions[question.path].stop))
    dash = _DASH.search(reading.document.text, low)  # no end: "$" would match there, amid "- c. ..."
    return [Gap(dash.start(1), dash.end(1), end, dash.group(1))] if dash and dash.end() <= high else []


def _links(document: Document, gaps: list[Gap]) -> list[ShownLink]:
    """The hyperlinks in the stretches of an answer, cut to what belongs to it, placed in its text."""
    links, before = [], 0
    for gap in gaps:
        for block in document.blocks_in(gap.start, gap.end):
            for link in block.links:
                start, end = max(block.start + link.start, gap.start), min(block.start + link.end, gap.end)
                if shown := document.text[start:end] if start < end else "":
                    links.append(ShownLink(shown, before + start - gap.start, link.target))
        before += len(gap.text) + 2  # a blank line between two stretches
    return links


def _tick(reading: Placement, question: Part, answer: Answer) -> None:
    boxes = _own_boxes(reading, question)
    for slug, option in zip(question.option_slugs, question.options, strict=True):
        box = boxes.get(option.path)
        tick: Tick = "unknown"
        if box and box.state != "unknown":
            tick = "ticked" if box.state == "ticked" else "unticked"
            answer.tick_evidence[slug] = box.evidence
            if box.place:
                answer.tick_places[slug] = box.place
        answer.ticks[slug] = tick
    if "unknown" in answer.ticks.values():
        answer.doubts.append("lost-tick")
    if any(box.is_contradictory for box in boxes.values()):
        answer.doubts.append("conflicting-signals")


def _own_boxes(reading: Placement, question: Part) -> dict[str, Box]:
    """The box of each option, by path, if it can be told whether boxes stand before their options or behind them.

    They stand before if one of them begins a line before its option, and behind if every option that was found has its
    own up to the end of the last line, and nothing else stands before an option. Where both could be, neither is taken:
    a box given to its neighbour's option would be a tick that nobody made.
    """
    heading = reading.matches.get(question.path)
    found = {
        option.path: match
        for option in question.options
        if (match := reading.matches.get(option.path) if option.wording else heading)
    }
    if not found:
        return {}
    matches = sorted(found.values(), key=lambda match: match.first)
    before = {path: own for path, match in found.items() if (own := reading.box_before(match, heading))}
    behind = {path: own for path, match in found.items() if (own := reading.box_after(match))}
    before_at_edge, behind_at_edge = (any(own.at_edge for own in side.values()) for side in (before, behind))
    if before_at_edge and not behind_at_edge:
        # a box on the line below the last option, and none before the first: each is its upper neighbour's
        first, last = reading.box_before(matches[0], heading), matches[-1].end
        is_shifted = first is None and reading.boxes_between(*reading.char_range(range(last, last)))
        return {} if is_shifted else {path: own.box for path, own in before.items()}
    last_own = reading.box_after(matches[-1])
    if before_at_edge or last_own is None or not last_own.at_edge or len(behind) < len(found):
        return {}
    if all(reading.begins_clearly(match, heading) for match in matches):
        return {path: own.box for path, own in behind.items()}
    return {}


def _status(answer: Answer) -> Status:
    if "ticked" in answer.ticks.values():
        return "answered"
    if answer.text is not None:
        return "none-stated" if _states_nothing(answer.text) else "answered"
    return "unreadable" if "unknown" in answer.ticks.values() else "blank"


def _states_nothing(text: str) -> bool:
    """Whether an answer is punctuation, or one of the phrases and no word more ("None but ..." is an answer)."""
    said = " ".join(words_of(text))
    told = {said, *(said.removeprefix(p).strip() for p in _FOR_NOW), *(said.removesuffix(p).strip() for p in _FOR_NOW)}
    return not said or not _NOTHING.isdisjoint(told)
