"""PDFs drawn by program: one class per habit of showing boxes and setting pages."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from textwrap import wrap
from typing import Any
from unittest.mock import patch
from xml.sax.saxutils import escape

from tests.corpus.printed import Choice, Piece, Wording, printed, stretches
from tests.corpus.transcripts import Transcript

_NOTO = "/usr/share/fonts/truetype/noto/NotoSans-{}.ttf"
_HAN = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
_WIDTH, _HEIGHT = 595.0, 842.0
_MARGIN = 54.0
_FIELD_CHARACTERS, _FIELD_LEADING = 110, 10


class Drawn:
    """Boxes drawn as squares, with two strokes inside where they are ticked; a foot line with the page's number."""

    answer_indent = 12
    columns = 1

    def __init__(self, transcript: Transcript, until: str | None = None) -> None:
        self.transcript, self.until = transcript, until
        self.is_han = transcript.language == "zh"
        self.regular, self.bold = _fonts(self.is_han)
        self.story: list[Any] = []

    @property
    def width(self) -> float:
        """How wide a column is, in points."""
        gap = 20.0 * (self.columns - 1)
        return (_WIDTH - 2 * _MARGIN - gap) / self.columns

    @property
    def choice_width(self) -> float:
        """How wide a box with its words is, in points."""
        return self.width - 14

    def render(self) -> bytes:
        """The file."""
        from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

        for piece in printed(self.transcript, self.until):
            self.piece(piece)
        stream = io.BytesIO()
        document = BaseDocTemplate(
            stream, pagesize=(_WIDTH, _HEIGHT), title="Member States Questionnaire 2020", invariant=1
        )
        frames = [
            Frame(_MARGIN + at * (self.width + 20), _MARGIN, self.width, _HEIGHT - 2 * _MARGIN, 0, 0, 0, 0, id=f"c{at}")
            for at in range(self.columns)
        ]
        document.addPageTemplates(PageTemplate("page", frames, onPage=self.foot))
        document.build(self.story)
        return stream.getvalue()

    def foot(self, canvas: Any, document: Any) -> None:
        """What stands at the foot of every page."""
        canvas.setFont(self.regular, 8)
        canvas.drawCentredString(_WIDTH / 2, 30, f"MSQ 2020 – page {document.page}")

    def text(self, markup: str, size: float = 9.5, indent: float = 0, font: str | None = None) -> Any:
        """A paragraph of marked-up text."""
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        style = ParagraphStyle(
            "p", fontName=font or self.regular, fontSize=size, leading=size * 1.35, leftIndent=indent, spaceAfter=4,
            wordWrap="CJK" if self.is_han else None,
        )  # fmt: skip
        return Paragraph(markup, style)

    def add(self, *flowables: Any) -> None:
        """Set these next."""
        self.story.extend(flowables)

    def piece(self, piece: Piece) -> None:
        """One piece of the form with what was answered."""
        words = _marked(piece.wording)
        if piece.kind == "title":
            self.add(self.text(words, 15, font=self.bold))
        elif piece.kind == "respondent":
            self.add(self.text(f"Country: {words}"), self.text(f"Date: {escape(piece.answer)}"))
        elif piece.kind == "consent":
            self.add(self.boxed(piece.choices[0], piece.wording, self.width - 14))
        elif piece.kind == "section":
            self.add(self.text(piece.numbered + words, 12.5, font=self.bold))
        elif piece.kind == "note":
            self.add(self.text(f"<super>{piece.marker}</super> {words}", 7.5))
        else:
            self.add(*self.question(piece), *self.below(piece))

    def question(self, piece: Piece) -> list[Any]:
        """A question's number and wording."""
        if not piece.wording.text:
            return []
        font = self.bold if piece.kind == "question" and not piece.level else None
        return [self.text(piece.numbered + _marked(piece.wording), indent=14 * piece.level, font=font)]

    def below(self, piece: Piece) -> list[Any]:
        """What stands below a question: boxes, lines, answer."""
        found: list[Any] = []
        if piece.choices and piece.on_one_line and len(piece.choices) < 4:
            found.append(self.boxes_in_row(piece))
        else:
            found += [self.boxed(choice, choice.wording, self.choice_width) for choice in piece.choices]
        if piece.explain:
            found.append(self.text(f"<i>{escape(piece.explain)}</i>"))
        for label, value in piece.labels:
            found += self.labelled(piece, label, value)
        if piece.is_answered_here and not (piece.labels and not piece.answer):
            found += self.answer(piece)
        return found

    def boxes_in_row(self, piece: Piece) -> Any:
        """Yes and no beside each other."""
        from reportlab.platypus import Table

        row = [self.boxed(choice, choice.wording, 100) for choice in piece.choices]
        return Table([row], colWidths=[100] * len(row), hAlign="LEFT", style=[("LEFTPADDING", (0, 0), (-1, -1), 12)])

    def boxed(self, choice: Choice, wording: Wording, width: float) -> Any:
        """A box with its words beside it."""
        from reportlab.platypus import Table

        return Table(
            [[self.box(choice), self.text(_marked(wording))]],
            colWidths=[18, width - 18], hAlign="LEFT",
            style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 1),
                   ("BOTTOMPADDING", (0, 0), (-1, -1), 1), ("LEFTPADDING", (0, 0), (0, 0), 4)],
        )  # fmt: skip

    def box(self, choice: Choice) -> Any:
        """A box in its state."""
        return self.text("–") if choice.state == "lost" else _square(choice.state == "ticked")

    def labelled(self, piece: Piece, label: str, value: str) -> list[Any]:
        """A labelled line."""
        return [self.text(f"{label}: {escape(value)}", indent=self.answer_indent + 14 * piece.level)]

    def answer(self, piece: Piece) -> list[Any]:
        """An answer's lines; names that are links open their address."""
        return [self.text(_linked(line, piece.links), indent=self.answer_indent) for line in piece.lines]


class Dingbats(Drawn):
    """Boxes as characters of a symbol font: ZapfDingbats' check, its shadowed square."""

    def box(self, choice: Choice) -> Any:
        """A character of ZapfDingbats."""
        if choice.state == "lost":
            return self.text("–")
        return self.text({"ticked": "\u2714", "empty": "\u2751"}[choice.state], font="ZapfDingbats")


class Glyphs(Drawn):
    """Boxes as characters of the text's own layer."""

    def box(self, choice: Choice) -> Any:
        """A character of DejaVu Sans."""
        return self.text({"ticked": "☒", "empty": "☐", "lost": "–"}[choice.state], 11, font=_glyph_font())


class Columns(Glyphs):
    """Two columns on a page."""

    columns = 2


class Table(Glyphs):
    """A ruled table: questions left, answers right; sections and notes between its parts."""

    def piece(self, piece: Piece) -> None:
        """A row for a question."""
        from reportlab.platypus import Table as Grid

        if piece.kind != "question" or not piece.is_answered_here or not piece.wording.text:
            super().piece(piece)
            return
        left, right = self.width * 0.42, self.width * 0.58
        rows = [[self.question(piece), self.below(piece) or [self.text("")]]]
        style = [("GRID", (0, 0), (-1, -1), 0.6, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        self.add(Grid(rows, colWidths=[left, right], style=style))

    @property
    def choice_width(self) -> float:
        """As wide as the right column."""
        return self.width * 0.52


class Form(Drawn):
    """Fields to fill in: text fields, check boxes whose state has an odd name, radio buttons for yes and no."""

    def render(self) -> bytes:
        """The file; what a box is called when it is on is the program's own choice in real forms."""
        from reportlab.pdfbase import acroform

        with patch.object(acroform, "escPDF", partial(_shown_in_field, acroform.escPDF)):
            return super().render().replace(b"/Yes", b"/x_1")

    def box(self, choice: Choice) -> Any:
        """A check box or radio button."""
        if choice.state == "lost":
            return self.text("–")
        return _field(
            "radio" if choice.is_exclusive else "check", choice.question, choice.slug, choice.state == "ticked", 11, 11
        )

    def labelled(self, piece: Piece, label: str, value: str) -> list[Any]:
        """A label with a text field behind it."""
        from reportlab.platypus import Table as Grid

        field = _field("text", f"{piece.path}.{label}", value, False, 300, 15)
        return [Grid([[self.text(f"{label}:"), field]], colWidths=[90, 310], hAlign="LEFT")]

    def answer(self, piece: Piece) -> list[Any]:
        """A text field as high as its lines need."""
        lines = sum(1 + len(line) // 100 for line in piece.lines) or 1
        return [_field("text", piece.path, piece.answer, lines > 1, self.width - 20, 8 + 10.5 * lines)]


def _fonts(is_han: bool) -> tuple[str, str]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    if is_han:
        pdfmetrics.registerFont(TTFont("ZenHei", _HAN, subfontIndex=0))
        return "ZenHei", "ZenHei"
    for weight in ("Regular", "Bold", "Italic", "BoldItalic"):
        pdfmetrics.registerFont(TTFont(f"Noto-{weight}", _NOTO.format(weight)))
    pdfmetrics.registerFontFamily("Noto-Regular", "Noto-Regular", "Noto-Bold", "Noto-Italic", "Noto-BoldItalic")
    return "Noto-Regular", "Noto-Bold"


def _glyph_font() -> str:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("DejaVu", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"))
    return "DejaVu"


def _marked(wording: Wording) -> str:
    before, note, after = wording.pieces()
    return escape(before) + (f"<super>{note}</super>" if note else "") + escape(after)


def _linked(line: str, links: dict[str, str]) -> str:
    return "".join(
        f'<a href="{escape(target)}" color="blue">{escape(text)}</a>' if target else escape(text)
        for text, target in stretches(line, links)
    )


def _square(is_ticked: bool) -> Any:
    from reportlab.graphics.shapes import Drawing, Line, Rect

    drawing = Drawing(11, 11)
    drawing.add(Rect(1, 0, 9, 9, fillColor=None, strokeWidth=0.8))
    if is_ticked:
        drawing.add(Line(2.5, 1.5, 8.5, 7.5, strokeWidth=1.2))
        drawing.add(Line(2.5, 7.5, 8.5, 1.5, strokeWidth=1.2))
    return drawing


def _shown_in_field(escaped: Callable[[str], str], line: str) -> str:
    """A field's line as operators: reportlab writes it in one piece, and stumbles over what is not Latin-1."""
    line = line.replace("\u00a0", " ").replace("\u202f", " ")
    pieces = [piece.encode("pdfdoc", "replace").decode("latin-1") for piece in wrap(line, _FIELD_CHARACTERS) or [""]]
    return f") Tj 0 {-_FIELD_LEADING} Td (".join(map(escaped, pieces))


def _field(kind: str, name: str, value: str, is_on: bool, width: float, height: float) -> Any:
    """A form field as a flowable; ``is_on``: of a box, ticked; of a text field, of several lines."""
    from reportlab.platypus import Flowable

    class Field(Flowable):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.width, self.height = width, height
            self.spaceAfter = 4

        def draw(self) -> None:
            form = self.canv.acroForm
            if kind == "text":
                form.textfield(
                    value=value, name=f"q{name}", relative=True, width=width, height=height, fontSize=8,
                    borderWidth=0.5, fieldFlags="multiline" if is_on else "", maxlen=5000,
                )  # fmt: skip
            elif kind == "radio":
                form.radio(name=f"q{name}", value=value, selected=is_on, relative=True, size=width, shape="circle",
                           buttonStyle="circle", borderWidth=0.5)  # fmt: skip
            else:
                form.checkbox(name=f"q{name}.{value}", checked=is_on, relative=True, size=width, buttonStyle="cross",
                              borderWidth=0.5)  # fmt: skip

    return Field()
