"""What a careful human would mark as the answers, and nothing lost: on the real response and damaged copies of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from textwrap import fill

import pytest

from msqgraph.documents import Document, read_document
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.folding import plain, words_of
from msqgraph.placement import Placement
from msqgraph.questionnaire import load_questionnaire
from msqgraph.response import Response
from msqgraph.transcribe import transcribe

SAMPLE = Path("responses/2020/PRY.md")
LOST_TICKS = ("8", "9", "10", "12", "15", "x1", "x2", "authorization")
BOXES = {"brackets": ("[x]", "[ ]"), "unicode": ("☒", "☐"), "parentheses": ("(x)", "( )")}


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


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_do_not_matter(tmp_path: Path, sample: Response, ends: str) -> None:
    """A file from another system reads the same, places included."""
    response = transcribe(edited(tmp_path, ("\n", ends)))
    assert response.answers == sample.answers


def test_form_feeds_are_pages(tmp_path: Path, sample: Response) -> None:
    """Page breaks change no answer, and each answer knows its page."""
    response = transcribe(edited(tmp_path, ("\n3. Please", "\n\f3. Please"), ("\nIX.\n", "\n\fIX.\n")))
    assert texts(response) == texts(sample)
    assert [response.answers[n].page for n in ("2e", "3", "21", "22", "x2")] == [1, 2, 2, 3, 3]


def test_headings_may_be_split(tmp_path: Path, sample: Response) -> None:
    """A heading or a wording broken over lines is still the form's own."""
    document = edited(
        tmp_path,
        ("III. Legal Framework", "III.\n\nLegal\nFramework"),
        ("VII. New Technologies", "VII.\n\nNew\n\nTechnologies"),
        ("How does your government use", "How does your\ngovernment\nuse"),
    )
    assert texts(transcribe(document)) == texts(sample)


def _wrap(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        p if "\n" in p else fill(p, 60, break_long_words=False, break_on_hyphens=False) for p in paragraphs
    )


DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
CONVERTERS: dict[str, Callable[[str], str]] = {
    "footnote marks are plain digits": lambda text: text.translate(DIGITS),
    "footnote marks are links": lambda text: re.sub(r"[¹²³⁰⁴-⁹]+", lambda m: f"[^{m[0].translate(DIGITS)}]", text),
    "footnotes are gone": lambda text: re.sub(r"(?m)^[¹²³⁰⁴-⁹]+ .*$", "", text),
    "numbers are gone": lambda text: re.sub(r"(?m)^(?:- )?(?:\d+|[a-i]|[IVX]+)\. ?", "", text),
    "numbers in parentheses": lambda text: re.sub(r"(?m)^(?:- )?(\d+|[a-i]|[IVX]+)\. ", r"(\1) ", text),
    "no empty lines": lambda text: text.replace("\n\n", "\n"),
    "lines are wrapped": _wrap,
    "capitals": lambda text: re.sub(r"(?m)^\d+\. .*$", lambda m: m[0].upper(), text),
    "answers on the question's line": lambda text: re.sub(r"(?m)^((?:- )?[a-i]\. .*)\n\n", r"\1 ", text),
    "a table": lambda text: re.sub(r"(?m)^((?:- )?[a-i]\. .*)\n\n(.*)$", r"| \1 | \2 |", text),
}


@pytest.mark.parametrize("case", CONVERTERS)
def test_converters_differ(tmp_path: Path, sample: Response, case: str) -> None:
    """However the file was made from the form, the answers' words are the same, and no mark of the form is in them."""
    text = CONVERTERS[case](SAMPLE.read_text("utf-8"))
    assert text != SAMPLE.read_text("utf-8")
    response = transcribe(edited(tmp_path, text=text))
    for number, answer in response.answers.items():
        told = (answer.text or "").replace("|", "").split()
        assert told == (sample.answers[number].text or "").split(), number
    assert response.unassigned == []


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_of_a_shuffled_document(tmp_path: Path, seed: int) -> None:
    """Paragraphs deleted, doubled and swapped at random: still every word is accounted for, or the file refused."""
    chance = Random(seed)  # noqa: S311 - no secret
    paragraphs = SAMPLE.read_text("utf-8").strip().split("\n\n")
    for _ in range(12):
        one, other = chance.randrange(4, len(paragraphs)), chance.randrange(4, len(paragraphs))
        match chance.randrange(3):
            case 0:
                del paragraphs[one]
            case 1:
                paragraphs.insert(one, paragraphs[other])
            case _:
                paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    document = edited(tmp_path, text="\n\n".join(paragraphs))
    assert_nothing_is_lost(document, transcribe(document))


def test_a_misspelt_wording_is_not_an_answer(tmp_path: Path, sample: Response) -> None:
    """A word more or less within the form's line belongs to the form, not to the answer."""
    document = edited(
        tmp_path, ("routinely using ICTs?", "routinely using any ICTs?"), ("official **e-gov", "offical new **e-gov")
    )
    assert texts(transcribe(document)) == texts(sample)


def test_an_answer_may_repeat_the_question(tmp_path: Path) -> None:
    """Words of the question within an answer stay in the answer."""
    repeated = "No percentage of the population was satisfied with online public services."
    document = edited(
        tmp_path, ("5%, en base a las encuestas en línea de satisfacción de servicios realizados.", repeated)
    )
    response = transcribe(document)
    assert response.answers["17"].text == repeated
    assert_nothing_is_lost(document, response)


def _cut(text: str, case: str) -> str:
    middle, end = text.index("III. Legal Framework"), text.index("VIII. Indicators")
    return {
        "no beginning": "Paraguay\n\n" + text[middle:],
        "no end": text[:middle],
        "no middle": text[:middle] + text[end:],
        "cut within a group": "Paraguay\n\n" + text[text.index("h. Finance") :],
    }[case]


PAGES = {"no beginning": 21, "no end": 19, "no middle": 8, "cut within a group": 16}


@pytest.mark.parametrize("case", PAGES)
def test_missing_pages_are_unreadable(tmp_path: Path, sample: Response, case: str) -> None:
    """A question that is not in the document is unreadable, never blank; the others are read as ever."""
    document = edited(tmp_path, text=_cut(SAMPLE.read_text(encoding="utf-8"), case))
    response = transcribe(document)
    missing = [n for n, answer in response.answers.items() if "question-not-found" in answer.doubts]
    assert len(missing) == PAGES[case]
    for number, answer in response.answers.items():
        if number in missing:
            assert (answer.status, answer.text, answer.place) == ("unreadable", None, None)
            assert set(answer.ticks.values()) <= {"unknown"}
        else:
            assert answer.text == sample.answers[number].text, number
    assert_nothing_is_lost(document, response)


def test_an_unrecognised_question_is_flagged(tmp_path: Path) -> None:
    """Where a question's wording is gone, the answer before it may hold what belongs to it, and says so."""
    document = edited(
        tmp_path, ("16. Does your government have any government body⁹ at the national level", "16. Body")
    )
    response = transcribe(document)
    assert response.answers["16"].doubts == ["question-not-found"]
    assert "unassigned-text" in response.answers["15"].doubts
    assert "El Ministerio de Tecnologías" in (response.answers["15"].text or "")


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


@pytest.mark.parametrize("style", BOXES)
def test_ticks_are_read(tmp_path: Path, sample: Response, style: str) -> None:
    """A box before its option: three ticked, the others not, the texts as ever."""
    on, off = BOXES[style]
    text = re.sub(
        r"(?m)^ ?- (has|is|makes|access|personal|open gov|digital|e-proc|digitally|data)",
        rf"- {off} \1",
        SAMPLE.read_text("utf-8"),
    )
    ticked = [
        (f"- {off} has an emphasis on once-only", f"- {on} has an emphasis on once-only"),
        (f"- {off} open government data", f"- {on} open government data"),
        (" Yes No\n", f" {on} Yes {off} No\n"),
        ("I/We hereby", f"{on} I/We hereby"),
        ("- Artificial Intelligence (AI) Blockchain", f"- {on} Artificial Intelligence (AI) {off} Blockchain"),
        ("reality Other:", f"reality {on} Other: drones"),
    ]
    document = edited(tmp_path, *ticked, text=text)
    response = transcribe(document)

    def ticks(number: str, state: str) -> list[str]:
        return [option for option, tick in response.answers[number].ticks.items() if tick == state]

    assert ticks("8", "ticked") == ["once-only"] and len(ticks("8", "unticked")) == 10
    assert ticks("9", "ticked") == ["open-government-data"] and len(ticks("9", "unticked")) == 8
    assert (ticks("10", "ticked"), ticks("12", "unticked")) == (["yes"], ["no"])
    assert ticks("authorization", "ticked") == ["yes"]
    assert ticks("15", "ticked") == ["artificial-intelligence", "other"] and ticks("15", "unticked") == ["blockchain"]
    assert (response.answers["15"].text or "").startswith("drones\n\nSe encuentran")
    assert response.answers["8"].tick_evidence["once-only"] == f"character {on}"
    assert (response.answers["10"].status, response.answers["10"].doubts) == ("answered", [])
    assert "lost-tick" in response.answers["15"].doubts and response.answers["9"].text == sample.answers["9"].text
    assert_nothing_is_lost(document, response)


def test_boxes_may_stand_behind(tmp_path: Path) -> None:
    """ "Yes ☐ No ☒" belongs to no, not to the word that follows."""
    response = transcribe(edited(tmp_path, (" Yes No\n", " Yes ☐ No ☒\n")))
    assert response.answers["10"].ticks == {"yes": "unticked", "no": "ticked"}


def test_empty_boxes_are_blank(tmp_path: Path) -> None:
    """Boxes that are there and empty: nothing was said."""
    response = transcribe(edited(tmp_path, (" Yes No\n", " ☐ Yes ☐ No\n")))
    assert (response.answers["10"].status, response.answers["10"].doubts) == ("blank", [])


def test_a_lone_yes_is_an_answer(tmp_path: Path) -> None:
    """Where only one of "Yes" and "No" stands below the question, it was written, not printed."""
    response = transcribe(edited(tmp_path, (" Yes No\n", "Yes, every month.\n")))
    assert (response.answers["10"].text, response.answers["10"].status) == ("Yes, every month.", "answered")


@pytest.mark.parametrize(
    "nothing", ["N/A", "-", "–", "n.a.", "Néant", "No aplica.", "无", "нет данных", "لا يوجد", "None"]
)
def test_nothing_to_state(tmp_path: Path, nothing: str) -> None:
    """ "N/A" and its kin, in six languages, are none-stated, and kept as written."""
    response = transcribe(edited(tmp_path, ("\nNo.\n", f"\n{nothing}\n")))
    assert (response.answers["24"].text, response.answers["24"].status) == (nothing, "none-stated")


def test_blank_answers(tmp_path: Path) -> None:
    """Nothing below the question, or labels with nothing behind them: blank, and no text."""
    text = SAMPLE.read_text("utf-8")
    for label in ("Name", "Title", "Organization", "E-mail", "Email", "Phone"):
        text = re.sub(rf"(?m)^{label}: .*$", f"{label}:", text)
    response = transcribe(edited(tmp_path, ("\nNo.\n", "\n"), text=text))
    for number in ("24", "4", "contact"):
        assert (response.answers[number].status, response.answers[number].text) == ("blank", None), number
