"""The form as a Word file, boxes typed as characters; other habits of filling it in are classes built on this one."""

from __future__ import annotations

import io
from typing import Any

from tests.corpus import word_parts as parts
from tests.corpus.printed import SUPERSCRIPTS, Choice, Piece, State, Wording, printed, stretches
from tests.corpus.transcripts import Transcript

_FONTS = {"zh": "WenQuanYi Zen Hei", "ar": "Noto Naskh Arabic"}
_GLYPHS: dict[State, str] = {"ticked": "☒", "empty": "☐", "lost": "–"}


class WordForm:
    """Boxes typed as characters, answers as paragraphs, notes typed where pages end."""

    has_real_notes = False

    def __init__(self, transcript: Transcript) -> None:
        import docx
        from docx.shared import Cm, Pt

        self.transcript = transcript
        self.document = docx.Document()
        parts.drop_thumbnail(self.document)
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Noto Sans", Pt(10)
        parts.set_fonts(normal.element, "Noto Sans", _FONTS.get(transcript.language, "Noto Sans"))
        normal.paragraph_format.space_after = Pt(5)
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.2)
        self.where: Any = self.document
        self.count = 0

    def render(self) -> bytes:
        """The file."""
        for piece in printed(self.transcript):
            if piece.kind == "note" and self.has_real_notes:
                continue
            self.piece(piece)
        self.finish()
        stream = io.BytesIO()
        self.document.save(stream)
        return parts.dated(stream.getvalue())

    def finish(self) -> None:
        """What is added to the whole document."""

    def paragraph(self, style: str | None = None, indent: int = 0) -> Any:
        """A new paragraph where writing goes on."""
        from docx.shared import Cm

        paragraph = self.where.add_paragraph(style=style)
        if indent:
            paragraph.paragraph_format.left_indent = Cm(0.8 * indent)
        return paragraph

    def piece(self, piece: Piece) -> None:
        """One piece of the form with what was answered."""
        if piece.kind == "title":
            self.wording(self.paragraph("Title"), piece.wording)
        elif piece.kind == "respondent":
            self.respondent(piece)
        elif piece.kind == "consent":
            paragraph = self.paragraph()
            self.box(paragraph, piece.choices[0])
            paragraph.add_run(" ")
            self.wording(paragraph, piece.wording)
        elif piece.kind == "section":
            self.section(piece)
        elif piece.kind == "note":
            paragraph = self.paragraph()
            self.small(paragraph.add_run(piece.marker.translate(SUPERSCRIPTS) + " " + piece.wording.text))
        else:
            self.question(piece)
            self.below(piece)

    def respondent(self, piece: Piece) -> None:
        """Country and date, each on a line."""
        self.paragraph().add_run(f"Country: {piece.wording.text}")
        self.paragraph().add_run(f"Date: {piece.answer}")

    def section(self, piece: Piece) -> None:
        """A section's heading."""
        paragraph = self.paragraph("Heading 1")
        paragraph.add_run(piece.numbered)
        self.wording(paragraph, piece.wording)

    def question(self, piece: Piece) -> None:
        """A question's number and wording."""
        if piece.wording.text:
            paragraph = self.paragraph(indent=piece.level)
            self.bold(paragraph.add_run(piece.numbered))
            self.wording(paragraph, piece.wording, is_bold=piece.level == 0 and piece.kind == "question")

    def below(self, piece: Piece) -> None:
        """What stands below a question: boxes, lines, answer."""
        if piece.choices:
            self.choices(piece)
        if piece.explain:
            self.paragraph().add_run(piece.explain).italic = True
        for label, value in piece.labels:
            paragraph = self.paragraph(indent=1)
            self.bold(paragraph.add_run(f"{label}: "))
            self.value(paragraph, value)
        if piece.is_answered_here and not (piece.labels and not piece.answer):
            self.answer(piece)

    def choices(self, piece: Piece) -> None:
        """Boxes with their words, on one line or one below the other."""
        paragraph = self.paragraph(indent=1) if piece.on_one_line else None
        for choice in piece.choices:
            line = paragraph if paragraph is not None else self.paragraph(indent=1)
            self.box(line, choice)
            line.add_run(" ")
            self.wording(line, choice.wording)
            if paragraph is not None:
                paragraph.add_run("    ")

    def box(self, paragraph: Any, choice: Choice) -> None:
        """A box in its state."""
        paragraph.add_run(_GLYPHS[choice.state])

    def wording(self, paragraph: Any, wording: Wording, is_bold: bool = False) -> None:
        """Printed words, with the mark of a footnote."""
        before, note, after = wording.pieces()
        for text in (before, None, after):
            if text is None and note is not None:
                self.note_mark(paragraph, note)
            elif text:
                paragraph.add_run(text).bold = is_bold or None

    def note_mark(self, paragraph: Any, note: int) -> None:
        """The mark of a footnote."""
        paragraph.add_run(str(note)).font.superscript = True

    def value(self, paragraph: Any, value: str) -> None:
        """What is typed behind a label."""
        if value:
            paragraph.add_run(value)

    def answer(self, piece: Piece) -> None:
        """An answer's lines."""
        for line in piece.lines:
            self.line(self.paragraph(indent=piece.level), line, piece)

    def line(self, paragraph: Any, line: str, piece: Piece) -> None:
        """One line of an answer; Arabic runs from right to left."""
        if self.transcript.language == "ar":
            parts.make_rtl(paragraph)
        for text, target in stretches(line, piece.links):
            if target:
                parts.add_hyperlink(paragraph, text, target)
            else:
                run = paragraph.add_run(text)
                if self.transcript.language == "ar":
                    parts.make_rtl_run(run)

    def small(self, run: Any) -> None:
        """A run in the size of footnotes."""
        from docx.shared import Pt

        run.font.size = Pt(8)

    def bold(self, run: Any) -> None:
        """A run in bold."""
        run.bold = True
