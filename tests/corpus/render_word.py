"""Word files, one class per habit of filling in the form: how a box, an answer and a footnote are put there."""

from __future__ import annotations

from typing import Any

from tests.corpus import word_parts as parts
from tests.corpus.printed import PLACEHOLDER, Choice, Piece
from tests.corpus.transcripts import Transcript
from tests.corpus.word_form import WordForm


class BoxControls(WordForm):
    """Boxes that are content controls; answers are typed below the questions."""

    def box(self, paragraph: Any, choice: Choice) -> None:
        """A check box control."""
        if choice.state == "lost":
            paragraph.add_run("–")
        else:
            self.count += 1
            paragraph._p.append(parts.checkbox_control(choice.state == "ticked", 1000 + self.count))


class Controls(BoxControls):
    """All is content controls; a text control shows its placeholder where nothing was typed."""

    def value(self, paragraph: Any, value: str) -> None:
        """A text control in a line."""
        self.count += 1
        paragraph._p.append(parts.text_control([value] if value else [], PLACEHOLDER, 1000 + self.count))

    def answer(self, piece: Piece) -> None:
        """A text control with the answer's lines; a rich one around paragraphs where names are links."""
        if piece.links or self.transcript.language == "ar":
            before = len(self.document.element.body)
            super().answer(piece)
            self.count += 1
            parts.wrap_in_control(self.document.element.body, before, 1000 + self.count)
        else:
            self.count += 1
            control = parts.text_control(piece.lines, PLACEHOLDER, 1000 + self.count)
            self.paragraph(indent=piece.level)._p.append(control)


class Legacy(WordForm):
    """Form fields of old: FORMCHECKBOX, FORMTEXT."""

    def box(self, paragraph: Any, choice: Choice) -> None:
        """A form check box."""
        if choice.state == "lost":
            paragraph.add_run("–")
        else:
            self.count += 1
            for element in parts.form_checkbox(choice.state == "ticked", f"Check{self.count}"):
                paragraph._p.append(element)

    def value(self, paragraph: Any, value: str) -> None:
        """A form text field."""
        self.count += 1
        for element in parts.form_text([value] if value else [], f"Text{self.count}"):
            paragraph._p.append(element)

    def answer(self, piece: Piece) -> None:
        """A form text field, its lines broken by line breaks."""
        paragraph = self.paragraph(indent=piece.level)
        if self.transcript.language == "ar":
            parts.make_rtl(paragraph)
        self.count += 1
        for element in parts.form_text(piece.lines, f"Text{self.count}"):
            paragraph._p.append(element)


class Symbols(WordForm):
    """Boxes inserted as symbols of Wingdings."""

    def box(self, paragraph: Any, choice: Choice) -> None:
        """A symbol: FE is a ticked box, A8 an empty one."""
        if choice.state == "lost":
            paragraph.add_run("–")
        else:
            paragraph.add_run()._r.append(parts.symbol("Wingdings", "F0FE" if choice.state == "ticked" else "F0A8"))


class Table(WordForm):
    """One big table: the question left, the answer right, the boxes in a table within."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__(transcript)
        self.table: Any = None

    def piece(self, piece: Piece) -> None:
        """A row for a question; sections and notes across both columns."""
        if piece.kind not in ("section", "question", "note"):
            self.where = self.document
            super().piece(piece)
            return
        if self.table is None:
            self.table = self.document.add_table(rows=0, cols=2)
            self.table.style = "Table Grid"
        row = self.table.add_row()
        left, right = row.cells
        if piece.kind == "question" and piece.is_answered_here:
            self.where = left
            self.question(piece)
            parts.drop_first_paragraph(left)
            self.where = right
            self.below(piece)
            parts.drop_first_paragraph(right)
        else:
            self.where = left.merge(right)
            super().piece(piece)
            parts.drop_first_paragraph(self.where)

    def choices(self, piece: Piece) -> None:
        """A table in the cell: box left, words right."""
        nested = self.where.add_table(rows=0, cols=2)
        for choice in piece.choices:
            row = nested.add_row()
            self.box(row.cells[0].paragraphs[0], choice)
            self.wording(row.cells[1].paragraphs[0], choice.wording)
            parts.set_widths(row, (0.9, 6.5))
        self.where.add_paragraph()


class TextBoxes(WordForm):
    """Answers in text boxes that float below the question."""

    def answer(self, piece: Piece) -> None:
        """A text box (drawing and its older twin) anchored in a paragraph of its own."""
        paragraph = self.paragraph(indent=piece.level)
        self.count += 1
        height_pt = 16.0 * (1 + sum(1 + len(line) // 80 for line in piece.lines))
        paragraph._p.append(parts.text_box(piece.lines, self.count, height_pt, self.transcript.language == "ar"))


class Tracked(WordForm):
    """Changes that nobody accepted: insertions and deletions in boxes and answers."""

    def box(self, paragraph: Any, choice: Choice) -> None:
        """A tick that replaced the empty box."""
        if choice.state == "ticked":
            self.count += 1
            paragraph._p.append(parts.deleted("☐", self.count))
            paragraph._p.append(parts.inserted("☒", self.count + 5000))
        else:
            super().box(paragraph, choice)

    def line(self, paragraph: Any, line: str, piece: Piece) -> None:
        """A draft struck out, the first half kept, the second inserted."""
        self.count += 1
        if self.count % 2 or piece.links:
            paragraph._p.append(parts.deleted("To be confirmed by the ministry: www.draft.example. ", self.count))
            super().line(paragraph, line, piece)
        else:
            middle = line.find(" ", len(line) // 2) + 1 or len(line) // 2
            paragraph.add_run(line[:middle])
            paragraph._p.append(parts.inserted(line[middle:], self.count + 5000))


class Hyperlinks(WordForm):
    """Numbers by automatic numbering, real footnotes, names that are links, a header and page numbers."""

    has_real_notes = True

    def finish(self) -> None:
        """Footnotes, header and footer."""
        parts.add_footnotes(self.document, self.transcript.edition)
        parts.add_running_heads(self.document)

    def note_mark(self, paragraph: Any, note: int) -> None:
        """The reference to a real footnote."""
        paragraph._p.append(parts.footnote_reference(note))

    def question(self, piece: Piece) -> None:
        """A question whose number is the list's, not typed."""
        if not piece.marker:
            super().question(piece)
            return
        paragraph = self.paragraph()
        parts.number(self.document, paragraph, piece.level, is_last_list=piece.path.startswith("x"))
        self.wording(paragraph, piece.wording, is_bold=piece.level == 0)


class Paper(Hyperlinks):
    """What goes through an office program: typed numbers, real footnotes, header and page numbers."""

    def question(self, piece: Piece) -> None:
        """A question with its number typed."""
        WordForm.question(self, piece)


class Split(Controls):
    """Headings over several lines, answers over several paragraphs with page breaks amid; the first ticked box of
    question 9 still shows the glyph of an empty one, as programs leave it that set the control's state only."""

    has_stale_box = False

    def choices(self, piece: Piece) -> None:
        """The boxes, one of them in question 9 with a stale glyph."""
        self.has_stale_box = piece.path == "9"
        super().choices(piece)

    def box(self, paragraph: Any, choice: Choice) -> None:
        """A control; a stale one shows an empty box, though it is checked."""
        if choice.state == "ticked" and self.has_stale_box:
            self.has_stale_box = False
            self.count += 1
            paragraph._p.append(parts.checkbox_control(True, 1000 + self.count, shows_ticked=False))
        else:
            super().box(paragraph, choice)

    def section(self, piece: Piece) -> None:
        """The number on a line, the words on the next."""
        self.paragraph("Heading 1").add_run(piece.numbered.strip())
        self.wording(self.paragraph("Heading 1"), piece.wording)

    def question(self, piece: Piece) -> None:
        """A long wording breaks into two paragraphs."""
        words = piece.wording.text
        if len(words) < 70 or piece.wording.note:
            super().question(piece)
            return
        middle = words.index(" ", len(words) // 2)
        self.paragraph(indent=piece.level).add_run(piece.numbered + words[:middle]).bold = True
        self.paragraph(indent=piece.level).add_run(words[middle + 1 :]).bold = True

    def answer(self, piece: Piece) -> None:
        """Sentences apart; in a long answer a new page amid a sentence."""
        for line in piece.lines:
            sentences = line.replace(". ", ".\n").split("\n") if not piece.links else [line]
            for sentence in sentences:
                paragraph = self.paragraph(indent=piece.level)
                if len(sentence) > 160 and " " in sentence[80:] and not piece.links:
                    middle = sentence.index(" ", 80) + 1
                    self.line(paragraph, sentence[:middle], piece)
                    paragraph.add_run().add_break(parts.page_break())
                    self.line(paragraph, sentence[middle:], piece)
                else:
                    self.line(paragraph, sentence, piece)
