"""The text of a PDF as people read it: order, lines, paragraphs, scripts, links."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.system import require, require_file
from tests.test_pdf import lines_at, make_pdf, read, text_at, texts

LONG = (
    "La Agenda Digital incorpora tres ejes principales orientados a desarrollar el gobierno digital,",
    "la conectividad digital de todo el territorio nacional y la llamada economia digital de la region,",
    "con un plan propio.",
)


def test_soft_wraps_are_undone() -> None:
    """Lines that were wrapped make one; a line that ended early stays a line."""
    page = lines_at(72, 700, *LONG, "Plazo: 2030.", "Responsable: MITIC.")
    assert texts(make_pdf(page)) == [" ".join(LONG) + "\nPlazo: 2030.\nResponsable: MITIC."]


def test_short_lines_of_a_short_page_stay() -> None:
    """Where no line is long enough to have been wrapped, none was."""
    assert texts(make_pdf(lines_at(72, 700, "Name: Alejandro Peralta Vierci", "Title: Ministro"))) == [
        "Name: Alejandro Peralta Vierci\nTitle: Ministro"
    ]


def test_wide_distances_part_paragraphs() -> None:
    """A blank line is the end of a paragraph."""
    page = lines_at(72, 700, *LONG) + lines_at(72, 630, *LONG)
    assert texts(make_pdf(page)) == [" ".join(LONG)] * 2


def test_items_begin_lines() -> None:
    """Items of a list do not go on in the line above, be it full or not."""
    page = lines_at(72, 700, LONG[0], "b. Health", "- " + LONG[1], "- third")
    assert texts(make_pdf(page)) == [f"{LONG[0]}\nb. Health\n- {LONG[1]}\n- third"]


def test_hyphens_at_the_end_of_a_line_stay() -> None:
    """A hyphenated word stays as printed, without the line's end."""
    page = lines_at(
        72,
        700,
        LONG[0][:-8] + " interopera-",
        "bilidad nacional y otras cosas que llenan la segunda linea de este parrafo,",
        *LONG[1:],
    )
    assert "interopera-bilidad nacional" in texts(make_pdf(page))[0]


URL_1, URL_2 = (
    "https://www.example.org/institucional/marco-legal/agenda-digital/documentos-y-resoluciones/",
    "plan_2030.pdf",
)


def test_addresses_broken_at_the_margin_are_whole() -> None:
    """The second half follows without a blank if it cannot be a word; a word after an address stays one."""
    page = lines_at(72, 700, *LONG[:2]) + lines_at(72, 672, URL_1[:88], URL_1[88:] + URL_2)
    assert URL_1 + URL_2 in texts(make_pdf(page))[0]
    page = lines_at(
        72,
        700,
        *LONG[:2],
        "Vea el plan en su sitio nacional que esta en https://www.example.org/agenda-digital/",
        "contiene todas las metas.",
    )
    assert "agenda-digital/ contiene" in texts(make_pdf(page))[0].replace("agenda-digital/contiene", "WRONG")


def link(place: str, target: str) -> str:
    """A hyperlink over a place."""
    return f"<< /Type /Annot /Subtype /Link /Rect {place} /A << /S /URI /URI ({target}) >> >>"


def test_links_lead_from_words_to_addresses() -> None:
    """The words under a link are what is clicked on; the text stays as shown."""
    (block,) = read(
        make_pdf(
            text_at(72, 700, "See our portal, please"), annotations=[link("[90 696 152 712]", "https://p.example/")]
        )
    )
    assert [(block.text[x.start : x.end], x.target) for x in block.links] == [("our portal", "https://p.example/")]


def test_a_link_over_both_halves_joins_them() -> None:
    """Two halves under links to one address are one address, whatever it looks like."""
    target = "https://www.example.org/a-very-long-way/to/the-place/where/everything/is/explained/in/many/words"
    page = lines_at(72, 700, *LONG[:2]) + lines_at(72, 672, target[:76], target[76:])
    annotations = [link("[70 668 520 682]", target), link("[70 654 520 668]", target)]
    (block,) = read(make_pdf(page, annotations=annotations))
    assert target in block.text
    assert [(block.text[x.start : x.end], x.target) for x in block.links] == [(target, target)]


def running(number: int, *body: str) -> str:
    """A page with header and footer."""
    return text_at(72, 810, "MSQ 2020 - Ministry") + lines_at(72, 700, *body) + text_at(290, 30, f"Page {number} of 4")


def test_headers_and_footers_are_dropped() -> None:
    """What stands at the same place of most pages is no answer."""
    pages = [running(n, f"{n}. Question?", f"Answer {'ABCD'[n - 1]}") for n in range(1, 5)]
    assert texts(make_pdf(*pages)) == [f"{n}. Question?\nAnswer {'ABCD'[n - 1]}" for n in range(1, 5)]


def test_short_documents_keep_their_heads() -> None:
    """Of a page or two nothing is dropped but the number."""
    pages = [
        text_at(72, 810, "Ministry") + lines_at(72, 700, "80", "Answer") + text_at(290, 30, str(n)) for n in (1, 2)
    ]
    assert texts(make_pdf(*pages)) == ["Ministry", "80\nAnswer"] * 2


def test_an_answer_goes_on_over_the_page() -> None:
    """One paragraph, on the page where it begins; the footnotes between its halves follow it."""
    first = lines_at(72, 760, LONG[1], *LONG[:2]) + text_at(72, 60, "1 A specific portal for all services", 8)
    second = lines_at(72, 760, LONG[2], "Otra cosa.")
    blocks = read(make_pdf(first, second))
    assert [(b.text, b.page) for b in blocks] == [
        (" ".join([LONG[1], *LONG]) + "\nOtra cosa.", 1),
        ("1 A specific portal for all services", 1),
    ]


def test_columns_are_read_one_after_the_other() -> None:
    """A page in two columns, below a heading over both; a paragraph goes on at the head of the next column."""
    left = [
        "1. Is there a plan for digital services?",
        "The plan was adopted in 2019 by decree",
        "and it covers all services of the state.",
        "2. Which portal?",
        "www.portal.example",
        "3. Which law, and in which year was it",
    ]
    right = [
        "passed?",
        "Law 5189 of 2014.",
        "4. Who leads the work on it?",
        "The ministry of technologies leads it with",
        "the help of all other ministries there.",
        "5. And then?",
    ]
    page = text_at(72, 760, "Questionnaire about the plans for digital services in all the countries of the world")
    page += lines_at(72, 700, *left) + lines_at(310, 693, *right)
    told = "\n".join(texts(make_pdf(page))).split("\n")
    assert told[0].startswith("Questionnaire")
    assert [line[:2] for line in told if line[1:2] == "."] == ["1.", "2.", "3.", "4.", "5."]
    assert "3. Which law, and in which year was it passed?" in told
    assert "The plan was adopted in 2019 by decree and it covers all services of the state." in told


@pytest.mark.parametrize("has_rules", [True, False])
def test_tables_are_read_row_by_row(has_rules: bool) -> None:
    """Question at the left, answer at the right: cells of one line share a line, longer ones follow each other."""
    page = lines_at(72, 700, "1. Which portal?", "2. Is there a national", "strategy?", "3. Which law?")
    page += lines_at(
        196, 700, "www.portal.example", "Yes, it was adopted in 2019", "and covers all ministries.", "Law 5189"
    )
    if has_rules:
        page += "".join(f"66 {y} m 344 {y} l S\n" for y in (711, 697, 669, 655))
        page += "".join(f"{x} 655 m {x} 711 l S\n" for x in (66, 190, 344))
    assert texts(make_pdf(page)) == [
        "1. Which portal?\twww.portal.example",
        "2. Is there a national strategy?",
        "Yes, it was adopted in 2019 and covers all ministries.",
        "3. Which law?\tLaw 5189",
    ]


def test_a_grid_of_boxes_stays_in_its_lines() -> None:
    """Options beside each other share a line, each behind its box."""
    page = ""
    for row, options in enumerate(
        [("Blockchain", "Big data", "Robotics"), ("Virtual reality", "Smart cities", "Other:")]
    ):
        for column, option in enumerate(options):
            page += f"{72 + 150 * column} {700 - 16 * row} 9 9 re S\n" + text_at(
                86 + 150 * column, 701 - 16 * row, option
            )
    lines = "\n".join(texts(make_pdf(page))).split("\n")
    assert lines == ["☐ Blockchain\t☐ Big data\t☐ Robotics", "☐ Virtual reality\t☐ Smart cities\t☐ Other:"]


ARABIC = "1. البوابة الوطنية: https://www.portal.gov.example/ar وهي متاحة منذ 2019 بنسبة 75% من السكان."
SCRIPTS = [
    ARABIC,
    "وزارة الاتصالات (MCIT) هي الجهة المسؤولة عن الحكومة الإلكترونية لا غير، وتقع في العاصمة وتشرف على تنفيذها",
    "האתר הלאומי הוא www.gov.example ופועל משנת 2015, ראו (סעיף 4).",
    "English line with العربية inside it, and then 2019 more; office, efficient",
    "中文回答：国家门户网站是 https://www.gov.example。电子政务战略于二零一九年发布，由工业和信息化部负责实施，"
    "并且与国家发展战略保持一致，同时包括数字身份和开放数据的内容。",
    "☐ Yes ☒ No",
]


def test_scripts_as_an_office_suite_prints_them(tmp_path: Path) -> None:
    """Right-to-left text in the order of reading, ideographs without blanks at line ends, boxes beside their words."""
    from docx import Document as WordFile
    from docx.oxml import OxmlElement

    office = require("soffice", "libreoffice")
    require_file("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "fonts-wqy-zenhei")  # else ideographs are not printed
    word = WordFile()
    for text in SCRIPTS:
        paragraph = word.add_paragraph()
        run = paragraph.add_run(text)
        if "\u0590" < text[3] < "\u0700":
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
    word.save(str(tmp_path / "scripts.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "scripts.docx"],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert texts((tmp_path / "scripts.pdf").read_bytes()) == SCRIPTS
