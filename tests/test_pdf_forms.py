"""The complete form, filled in and printed in several layouts: each answer and each tick comes out as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from msqgraph.documents import read_document
from msqgraph.questionnaire import Part, load_questionnaire
from msqgraph.transcribe import transcribe

FORM = load_questionnaire("2020")
TEXTS = {
    "1": "https://www.portal.example, https://www.presidency.example/",
    "2e": "www.finance.example, https://www.health.example, www.labour.example, www.education.example, www.mic.example",
    "5b": "Ministerio de Educación y Ciencias - https://www.education.example/cms/",
    "6": "Los ODS se encuentran vinculados al Plan Nacional de Desarrollo, el cual incorpora vinculación a los ODS, "
    "aprobado por Decreto N° 2.794 del 16 de diciembre del 2014, y establece una línea transversal.",
    "9": "Se cuenta con leyes de acceso a la información pública, firma digital y compras públicas.",
    "14": "El gobierno nacional establece lineamientos técnicos de uso de las redes sociales en las comunicaciones "
    "oficiales, asegurando la difusión de manera ágil y oportuna y una interacción plural con los ciudadanos. " * 3,
    "17": "5%, en base a las encuestas en línea.",
    "23": "Si.",
}
TICKED = {"8": {"sdgs", "leave-no-one-behind"}, "9": {"e-procurement"}, "10": {"yes"}, "12": {"no"}, "15": {"big-data"}}


def parts(of: list[Part]) -> Iterator[Part]:
    """What is printed, question by question."""
    for part in of:
        yield part
        if part.kind == "Section" or part.answer_kind == "group":
            yield from parts(part.parts)


def is_ticked(question: Part, option: Part) -> bool:
    """Whether a box was ticked."""
    return option.path.rpartition("/")[2] in TICKED.get(question.path, set())


def print_form(path: Path, layout: str) -> None:
    """The filled-in form: drawn boxes in one column or two, a table without or with rules, or a PDF form."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

    style = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12.5, spaceAfter=4)

    class Line(Flowable):  # type: ignore[misc, unused-ignore]
        """An option behind its box, or the field of an answer."""

        def __init__(self, text: str, name: str, is_on: bool | None) -> None:
            super().__init__()
            self.name, self.text, self.is_on = name, text, is_on
            self.label = Paragraph(escape(text if is_on is not None else ""), style)

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Its size on the page."""
            self.whole = width
            self.high = self.label.wrap(width - 20, height)[1] + 3 if self.is_on is not None else 46
            return width, self.high

        def draw(self) -> None:
            """Put it on the page."""
            canvas, y = self.canv, self.high - 9
            if self.is_on is None:
                place = {"x": 0, "y": 2, "width": self.whole, "height": 42}
                canvas.acroForm.textfield(
                    name=self.name, value=self.text, relative=True, fieldFlags="multiline", maxlen=9000, **place
                )
                return
            self.label.drawOn(canvas, 20, 3)
            if layout == "form":
                canvas.acroForm.checkbox(name=self.name, checked=self.is_on, x=3, y=y, size=10, relative=True)
                return
            canvas.rect(3, y, 9, 9)
            if self.is_on:
                canvas.line(4, y + 1, 11, y + 8)
                canvas.line(4, y + 8, 11, y + 1)

    def paragraph(text: str) -> Any:
        return Paragraph(escape(text), style)

    story: list[Any] = [paragraph("Paraguay")]
    for part in parts(FORM.parts):
        if part.wording:
            story.append(paragraph(f"{part.marker}. {part.wording}" if part.marker else part.wording))
        if part.kind != "Question" or part.answer_kind in ("group", "consent"):
            continue
        story += [paragraph(f"{field.wording}:") for field in part.fields]
        story += [Line(o.wording, o.path, is_ticked(part, o)) for o in part.options]
        answer = TEXTS.get(part.path, "").strip()
        if layout == "form" and not part.fields:
            story.append(Line(answer, part.path, None))
        elif answer and layout in ("table", "ruled table") and not part.options:
            rules: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if layout == "ruled table" else []
            rules.append(("VALIGN", (0, 0), (-1, -1), "TOP"))
            story[-1] = Table([[story[-1], paragraph(answer)]], colWidths=[230, 245], style=rules)
        elif answer:
            story.append(paragraph(answer))
        story += [paragraph(inner.wording) for inner in part.parts if inner.kind == "FormText"]
    columns = [(60, 225), (309, 225)] if layout == "columns" else [(60, 475)]
    frames = [Frame(left, 60, width, 722) for left, width in columns]
    document = BaseDocTemplate(str(path), pagesize=(595, 842), invariant=1)
    document.addPageTemplates(
        PageTemplate(frames=frames, onPage=lambda canvas, doc: canvas.drawString(290, 25, f"Page {doc.page}"))
    )
    document.build(story)


@pytest.mark.parametrize("layout", ["drawn", "columns", "table", "ruled table", "form"])
def test_answers_come_out_as_they_went_in(tmp_path: Path, layout: str) -> None:
    """Every text word for word, every box that is there ticked or unticked, nothing left over."""
    print_form(tmp_path / "form.pdf", layout)
    response = transcribe(read_document(tmp_path / "form.pdf"))
    assert response.country_iso3 == "PRY" and response.unassigned == []
    boxes = 0
    for question in FORM.questions():
        if question.answer_kind == "consent":
            continue
        answer = response.answers[question.path]
        if not question.fields:
            assert answer.text == (TEXTS.get(question.path, "").strip() or None), question.path
        for slug, option in zip(question.option_slugs, question.options, strict=True):
            expected = "ticked" if is_ticked(question, option) else "unticked"
            assert answer.ticks[slug] == expected, option.path
            boxes += 1
    assert boxes == 45
