"""What a careful human would mark as the answers, and nothing lost: on the real response and edited copies of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from msqgraph.documents import Document, read_document
from msqgraph.documents.document import Flow
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.folding import plain, words_of
from msqgraph.placement import Placement
from msqgraph.questionnaire import load_questionnaire
from msqgraph.response import Response
from msqgraph.transcribe import transcribe

SAMPLE = Path("responses/2020/PRY.md")
LOST_TICKS = ("8", "9", "10", "12", "15", "x1", "x2", "authorization")


@pytest.fixture(scope="module")
def sample() -> Response:
    """The real response, transcribed."""
    return transcribe(read_document(SAMPLE))


def edited(folder: Path, *changes: tuple[str, str], text: str | None = None) -> Document:
    """The sample with some of its words replaced; each must be there, so that no test changes nothing."""
    text = SAMPLE.read_text(encoding="utf-8") if text is None else text
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    path = folder / "edited.md"
    path.write_bytes(text.encode())
    return read_document(path)


def texts(response: Response) -> dict[str, str | None]:
    """The answers' texts by question."""
    return {number: answer.text for number, answer in response.answers.items()}


def assert_nothing_is_lost(document: Document, response: Response) -> None:
    """Every word of the document is the form's own, or stands once in what was transcribed."""
    placement = Placement(document, load_questionnaire(response.edition))
    free = [word for index, word in enumerate(placement.words) if index not in placement.claimed]
    written = Counter(plain(document.text[word.start : word.end]) for word in free)
    told = [answer.text or "" for answer in response.answers.values()]
    told += [*response.unassigned, response.date_as_stated or "", "Paraguay"]
    assert sum(written.values()) > 50
    assert written == Counter(word for text in told for word in words_of(text))
    assert all(answer.place for answer in response.answers.values() if answer.text)


EXACT = {
    "1": "<https://www.paraguay.gov.py>, <https://www.presidencia.gov.py/>",
    "2a": "<https://paraguay.gov.py/tramites-online>",
    "2b": "www.gobiernoabierto.gov.py, pnt.paraguay.gov.py",
    "2c": "www.datos.gov.py",
    "2d": "www.contrataciones.gov.py, <https://www.contrataciones.gov.py/datos>",
    "2e": "www.hacienda.gov.py, <https://www.mspbs.gov.py>, www.ips.gov.py, www.mtess.gov.py,\n"
    "www.mec.gov.py, www.mic.gov.py",
    "3": "www.mitic.gov.py",
    "5a": "Secretaría Técnica de Planificación - <http://www.stp.gov.py/v1/>",
    "5f": "Ministerio del Ambiente y Desarrollo Sostenible - <http://www.mds.gov.py/>, "
    "Instituto Forestal Nacional - <http://www.infona.gov.py/>",
    "5h": "Ministerio de Hacienda – www.hacienda.gov.py, Subsecretaría de Estado de Tributación -\n"
    "<https://www.set.gov.py/portal/PARAGUAY-SET/>",
    "7": "Si, La Agenda Digital - <https://www.mitic.gov.py/agenda-digital>",
    "11": "Se publican a través de informes estadísticos desde el portal único.",
    "16": "Sí, El Ministerio de Tecnologías de la Información y Comunicación",
    "17": "5%, en base a las encuestas en línea de satisfacción de servicios realizados.",
    "19": "80%",
    "20": "80%",
    "22": "Si, el Paraguay posee cooperaciones con los siguientes organismos IADB, KOIKA, MOIS-KOREA, NIA-KOREA",
    "23": "Si.",
    "24": "No.",
}
ENDS = {
    "4": ("Name: Alejandro Peralta Vierci\n\nTitle: Ministro", "\n\nPhone: +595991922530"),
    "6": ("Los ODS se encuentran", '"Gestión Pública eficiente y transparente".'),
    "8": ("La Agenda Digital incorpora tres ejes", "&uact=8&ved=2ahUK>"),
    "9": ("Se cuenta con leyes", "transparencia-ley-5189-2014>"),
    "13": ("Si, los mismos son publicados", "www.paraguay.gov.py/estadisticas-portal/"),
    "14": ("El gobierno nacional, establece", "RESOLUCION_066_-2018_-PLAN_DE_COMUNICACION.pdf"),
    "15": ("Se encuentran previstos", "– bigdata.mitic.gov.py"),
    "18": ("El indicador de porcentaje", "Secretaría Técnica de Planificación."),
    "21": ("Computadores por hogar", "telefonía móvil."),
    "contact": ("Name: JOSE JAVIER", "Organization: MINISTERIO DE TECNOLOGÍAS DE LA INFORMACION Y COMUNICACION"),
}


@pytest.mark.parametrize("number", EXACT)
def test_answers_are_verbatim(sample: Response, number: str) -> None:
    """Neither a footnote's mark nor a link's end of the form clings to an answer, and no line of it is missing."""
    assert sample.answers[number].text == EXACT[number]
    assert sample.answers[number].status == "answered"


@pytest.mark.parametrize("number", ENDS)
def test_long_answers_are_complete(sample: Response, number: str) -> None:
    """Long answers run from their first word to their last, across paragraphs and footnotes."""
    text = sample.answers[number].text or ""
    assert (text.startswith(ENDS[number][0]), text.endswith(ENDS[number][1])) == (True, True), text
    assert "Related to SDG" not in text


def test_every_question_has_an_answer(sample: Response) -> None:
    """No question is passed over, and the sample has no stray text."""
    assert list(sample.answers) == [question.path for question in load_questionnaire("2020").questions()]
    assert len(sample.answers) == 40
    assert (sample.country_iso3, sample.date_as_stated) == ("PRY", "12/02/2019")
    assert (sample.unassigned, sample.doubts) == ([], [])


def test_nothing_is_lost_of_the_sample(sample: Response) -> None:
    """Every word is the form's, an answer's, the country or the date."""
    assert_nothing_is_lost(read_document(SAMPLE), sample)


def test_places_point_at_the_quotes(sample: Response) -> None:
    """``char=a,b`` of an answer in one stretch is exactly its text, counted as RFC 5147 does."""
    document = read_document(SAMPLE)
    seen = 0
    for number, answer in sample.answers.items():
        assert answer.place is not None
        start, end = (int(n) for n in answer.place.removeprefix("char=").split(","))
        if answer.text:
            assert document.text[start:end] == answer.text, number
            seen += 1
    assert seen == 35


def test_lost_ticks_are_unknown(sample: Response) -> None:
    """A list dash is no box: neither yes nor no may come of it."""
    for number in LOST_TICKS:
        answer = sample.answers[number]
        assert answer.ticks and set(answer.ticks.values()) == {"unknown"}, number
        assert "lost-tick" in answer.doubts and not answer.tick_evidence
    assert [n for n in LOST_TICKS if sample.answers[n].status == "unreadable"] == [
        "10",
        "12",
        "x1",
        "x2",
        "authorization",
    ]


def test_displaced_words_are_flagged(sample: Response) -> None:
    """Question 23's last word stands below its answer; only there is the reader told."""
    assert [n for n, answer in sample.answers.items() if "displaced-text" in answer.doubts] == ["23"]


@pytest.mark.parametrize("text", ["A letter.\n", "Paraguay\n\nEducation\n\nHealth\n\nEnvironment\n\nYes No\n", "...\n"])
def test_no_questionnaire_is_an_error(tmp_path: Path, text: str) -> None:
    """A file that is none is refused with its name and what to do, however many short words of the form it has."""
    with pytest.raises(UnreadableInput, match=r"edited\.md: no Member States Questionnaire .* — give"):
        transcribe(edited(tmp_path, text=text))


def test_the_country_is_never_guessed(tmp_path: Path) -> None:
    """Without a country the caller must give it; a country in an answer or below is none of the document's."""
    document = edited(tmp_path, ("\nParaguay\n", "\nParaguai del Sur\n"))
    with pytest.raises(UnreadableInput, match="--country"):
        transcribe(document)
    response = transcribe(document, country_iso3="PRY")
    assert (response.country_iso3, response.unassigned) == ("PRY", ["Paraguai del Sur"])
    assert response.doubts == ["unassigned-text"]


def test_a_labelled_country_and_date(tmp_path: Path, sample: Response) -> None:
    """ "Country: ..." and "Date: ..." are read like bare lines."""
    document = edited(
        tmp_path, ("\nParaguay\n", "\nCountry: Paraguay\n"), ("\n12/02/2019\n", "\nDate: 2 December 2019\n")
    )
    response = transcribe(document)
    assert (response.country_iso3, response.date_as_stated) == ("PRY", "2 December 2019")
    assert (texts(response), response.unassigned) == (texts(sample), [])


def test_an_unknown_edition_is_a_usage_error() -> None:
    """An edition without a form is no crash."""
    with pytest.raises(UsageError, match="2020"):
        transcribe(read_document(SAMPLE), edition="1999")


def test_a_lone_yes_is_an_answer(tmp_path: Path) -> None:
    """Where only one of "Yes" and "No" stands below the question, it was written, not printed."""
    response = transcribe(edited(tmp_path, (" Yes No\n", "Yes, every month.\n")))
    assert (response.answers["10"].text, response.answers["10"].status) == ("Yes, every month.", "answered")


NOTHING = {
    "en": "N/A|n.a.|None|TBD|To be confirmed|Not available at the moment|Currently not available.|No information",
    "es": "No aplica.|por definir|pendiente|Sin información por el momento",
    "fr": "Néant|en cours|S/O|Aucune pour l’instant",
    "pt": "Não se aplica|a definir|Não disponível no momento",
    "ru": "нет данных|информация отсутствует|Пока нет информации",
    "ar": "لا يوجد|غير متاح|لا توجد معلومات|غير متوفر حاليا",
    "zh": "无|暂无|不适用|目前暂无。",
    "signs": "-|–|--|…|...|/|(N/A)|**TBD**",
}


@pytest.mark.parametrize("language", NOTHING)
def test_nothing_to_state(tmp_path: Path, language: str) -> None:
    """ "N/A" and its kin, in seven languages, are none-stated, and kept as written."""
    for nothing in NOTHING[language].split("|"):
        answer = transcribe(edited(tmp_path, ("\nNo.\n", f"\n{nothing}\n"))).answers["24"]
        assert (answer.text, answer.status) == (nothing, "none-stated")


@pytest.mark.parametrize("said", ["No", "No.", "Si.", "нет", "لا", "0", "None but one", "No information is withheld."])
def test_what_is_said_is_an_answer(tmp_path: Path, said: str) -> None:
    """A lone no is an answer, and so is a sentence that begins like a placeholder."""
    answer = transcribe(edited(tmp_path, ("\nNo.\n", f"\n{said}\n"))).answers["24"]
    assert (answer.text, answer.status) == (said, "answered")


def test_blank_answers(tmp_path: Path) -> None:
    """Nothing below the question, or labels with nothing behind them: blank, and no text."""
    text = SAMPLE.read_text("utf-8")
    for label in ("Name", "Title", "Organization", "E-mail", "Email", "Phone"):
        text = re.sub(rf"(?m)^{label}: .*$", f"{label}:", text)
    response = transcribe(edited(tmp_path, ("\nNo.\n", "\n"), text=text))
    for number in ("24", "4", "contact"):
        assert (response.answers[number].status, response.answers[number].text) == ("blank", None), number


LISTED = ("2a", "2b", "2c", "2d", "5a", "5b", "5c", "5d", "5e", "5f")


@pytest.mark.parametrize("number", LISTED)
def test_the_dash_of_the_next_item_is_no_answer(tmp_path: Path, sample: Response, number: str) -> None:
    """What is blank before "- c. ..." stays blank; a dash on a line of its own was written."""
    text = sample.answers[number].text or ""
    for written, status in (("", "blank"), ("-", "none-stated"), ("--", "none-stated")):
        answer = transcribe(edited(tmp_path, (f"\n{text}\n", f"\n{written}\n"))).answers[number]
        assert (answer.text or "", answer.status) == (written, status)


NOTE_10 = "Related to SDG Indicator 16.6.2 Proportion"


@pytest.mark.parametrize("mark", ["¹⁰ ", "10 ", "[10] ", "[^10]: ", ""])
@pytest.mark.parametrize("number", ["10", "10%", "10."])
def test_a_number_above_a_footnote_is_an_answer(tmp_path: Path, sample: Response, number: str, mark: str) -> None:
    """A footnote's mark stands on its line: "10%" above footnote 10 was answered."""
    text = SAMPLE.read_text("utf-8")
    note = text[text.index("¹⁰ " + NOTE_10) : text.index("\n", text.index("¹⁰ " + NOTE_10))]
    moved = f"{number}\n\n{note.replace('¹⁰ ', mark)}"
    response = transcribe(edited(tmp_path, (f"{note}\n\n", ""), (sample.answers["17"].text or "", moved)))
    assert texts(response) == texts(sample) | {"17": number}


def test_a_reference_at_an_answers_end_is_no_footnote(tmp_path: Path, sample: Response) -> None:
    """ "[1]" above footnote 1 stays in the answer, and the footnote out of it."""
    response = transcribe(edited(tmp_path, ("www.mic.gov.py\n", "www.mic.gov.py [1]\n")))
    assert texts(response) == texts(sample) | {"2e": f"{sample.answers['2e'].text} [1]"}


def test_the_next_questions_number_is_an_answer(tmp_path: Path, sample: Response) -> None:
    """Where the form's numbers are lost, "21" above question 21 was answered."""
    text = re.sub(r"(?m)^(?:- )?(?:\d+|[a-i]|[IVX]+)\. ?", "", SAMPLE.read_text("utf-8"))
    response = transcribe(edited(tmp_path, ("\n80%\n\nIf any", "\n21\n\nIf any"), text=text))
    assert texts(response) == texts(sample) | {"20": "21"}


def test_a_file_name_may_confirm_the_country_and_never_decides_it(tmp_path: Path) -> None:
    """The document's own words win; a name that tells of another country is doubtful, and a hint where none is told."""
    text = SAMPLE.read_text("utf-8")
    files = {name: tmp_path / name for name in ("MSQ_2020_Uruguay.md", "msq-PRY.md", "URY.md")}
    for file in files.values():
        file.write_text(text, "utf-8")
    read = {name: transcribe(read_document(file), "URY") for name, file in files.items()}
    assert {response.country_iso3 for response in read.values()} == {"PRY"}
    assert ["file-name-differs" in response.doubts for response in read.values()] == [True, False, True]
    files["URY.md"].write_text(text.replace("Paraguay\n\n12/02", "12/02"), "utf-8")
    with pytest.raises(UnreadableInput, match="--country URY"):
        transcribe(read_document(files["URY.md"]))


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Country: XEB\n\nDate: 12 марта 2019 г.", "12 марта 2019 г."),
        ("**Country:** XEB\n\n**Date:** 22 de março de 2019", "22 de março de 2019"),
        ("Country\tXEB\n\nDate: le 5 avril 2019", "le 5 avril 2019"),
    ],
)
def test_first_lines_with_labels_are_read(tmp_path: Path, line: str, date: str) -> None:
    """A code behind a label is a country, and dates are found in the ways that people write them."""
    response = transcribe(edited(tmp_path, ("Paraguay\n\n12/02/2019", line)))
    assert (response.country_iso3, response.date_as_stated, response.unassigned) == ("XEB", date, [])


def test_blocks_are_found_by_their_place() -> None:
    """Every stretch has the blocks that it touches, every offset the page of the last block before it."""
    flow = Flow()
    for length, page in ((1, None), (4, 1), (2, 1), (9, 2), (1, 3)):
        flow.add("x" * length, page)
    document = Document("x.md", "0" * 64, "text/markdown", flow.blocks)
    offsets = range(-2, len(document.text) + 3)
    for start in offsets:
        pages = [block.page for block in flow.blocks if block.start <= start]
        assert document.page_at(start) == (pages[-1] if pages else None)
        for end in offsets:
            if start <= end:
                touched = [b for b in flow.blocks if b.start <= end and start <= b.start + len(b.text)]
                assert document.blocks_in(start, end) == touched, (start, end)
    assert Document("x.md", "0" * 64, "text/markdown", []).blocks_in(0, 9) == []
