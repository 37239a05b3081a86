"""What stands on the lines of a Word file: runs, fields, links, symbols, notes, drawings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from msqgraph.documents.check_boxes import CheckBox
from msqgraph.documents.document import BoxState
from msqgraph.documents.drawn_boxes import MARKS
from msqgraph.documents.package import MAX_DEPTH, Element
from msqgraph.documents.passage import SIGNS, Mark, Pages, Passage, superscript
from msqgraph.documents.symbol_fonts import evidence, is_symbol_font, sign_in
from msqgraph.documents.typed_boxes import typed_boxes
from msqgraph.documents.word_controls import Field, activex_box
from msqgraph.documents.word_names import MC, M, R, W
from msqgraph.documents.word_parts import NOWHERE, Parts
from msqgraph.documents.word_shapes import shapes_in
from msqgraph.documents.word_styles import PLAIN, Look, look_of

Walk = Callable[[Element], None]

_IN_TEXT = {0x0A: " ", 0x0D: " ", 0xAD: None}  # a line's end in XML is a blank, a soft hyphen is not seen
_NO_ANSWER = " \u2002\u00a0"  # what Word puts into a text field that nobody filled in


class Lines(ABC):
    """Where the reader is, and what it is inside of."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.pages = Pages()
        self.line = Passage(self.pages)
        self.look, self.paragraph_look = PLAIN, PLAIN
        self.box: CheckBox | None = None
        self.fields: list[tuple[Field, Mark, bool]] = []  # and whether the reader was mute before it
        self.is_mute = False
        self._relations = parts.relations
        self._note_marks: dict[tuple[str, str], str] = {}
        self._note_counts = {"footnote": 0, "endnote": 0}
        self._depth = 0

    @abstractmethod
    def story(self, parent: Element) -> list[Passage]:
        """The passages of a part of the document that has paragraphs of its own."""

    @abstractmethod
    def control(self, control: Element, walk: Walk) -> None:
        """Read a content control on the line."""

    def descend(self) -> None:
        """Go one element deeper.

        :raises UnreadableInput: if that is too deep.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.parts.package.too_deep()

    def ascend(self) -> None:
        """Come back from an element."""
        self._depth -= 1

    def inline(self, parent: Iterable[Element]) -> None:
        """Write what stands in an element on the line."""
        self.descend()
        for child in parent:
            handler = _HANDLERS.get(child.tag)
            if handler is not None:
                handler(self, child)
            elif child.tag not in LEFT_OUT:
                self.inline(child)
        self.ascend()

    def _write(self, text: str) -> None:
        if self.is_mute or self.look.is_hidden or not text:
            return
        font = self.look.font or ""
        if self.box is not None and not self.box.is_set and (glyph := text.strip()[:1]):
            before, _, text = text.partition(glyph)
            self.line.add(before)
            box, self.box.is_set = self.box.shown_as(glyph, font), True
            self.line.add_box(self.box.sign(glyph, font), box.state, box.evidence, box.is_contradictory)
        if not font or not is_symbol_font(font):
            self.line.add(text)
            return
        for character in text:
            code = ord(character)
            sign = None if self.look.is_complex_only and code < 0xF000 else sign_in(font, code)
            if sign is None:
                self.line.add(character)
            else:
                self.line.add_glyph(sign, evidence(font, code))

    def _text(self, element: Element) -> None:
        self._write((element.text or "").translate(_IN_TEXT))

    def _run(self, run: Element) -> None:
        outer = self.look
        properties = run.find(f"{W}rPr")
        self.look = self.paragraph_look
        if properties is not None and len(properties):
            own = look_of(properties)
            if own.style:
                self.look = self.parts.styles.get(own.style).look.over(self.look)
            self.look = own.over(self.look)
        self.inline(run)
        self.look = outer

    def _symbol(self, element: Element) -> None:
        try:
            character = chr(int(element.get(f"{W}char", ""), 16))
        except (ValueError, OverflowError):
            return
        font = element.get(f"{W}font", "")
        if not character.isprintable() and not 0xF000 <= ord(character) <= 0xF0FF:
            return
        outer, self.look = self.look, Look(font, False, self.look.is_hidden)
        self._write(character)
        self.look = outer
        if self.fields and not self.fields[-1][0].is_result:
            self.fields[-1][0].code.append(sign_in(font, ord(character)) or character)

    def _break(self, element: Element) -> None:
        self._write("\n")
        if element.get(f"{W}type") == "page" and not self.is_mute:
            self.pages.turn()

    def _hyperlink(self, element: Element) -> None:
        relation = self._relations.get(element.get(f"{R}id", ""), NOWHERE)
        line, start = self.line, self.line.length
        self.inline(element)
        if relation.is_external:
            anchor = element.get(f"{W}anchor")
            is_whole = not anchor or "#" in relation.target
            line.add_link(start, relation.target if is_whole else f"{relation.target}#{anchor}")

    def _simple_field(self, element: Element) -> None:
        field = Field(code=[element.get(f"{W}instr", "")], is_result=True)
        line, start = self.line, self.line.length
        self.inline(element)
        line.add_link(start, field.target)

    def _field_character(self, element: Element) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append((Field(element.find(f"{W}ffData")), self.line.mark(), self.is_mute))
            self.is_mute = True  # inside of a code
        elif self.fields and kind == "separate":
            field, _, was_mute = self.fields[-1]
            field.is_result, field.is_silent = True, field.kind in ("FORMCHECKBOX", "FORMDROPDOWN")
            self.fields[-1] = (field, self.line.mark(), was_mute)
            self.is_mute = was_mute or field.is_silent
        elif self.fields and kind == "end":
            field, mark, self.is_mute = self.fields.pop()
            self._end_field(field, mark)

    def _end_field(self, field: Field, mark: Mark) -> None:
        kind, line = field.kind, self.line
        if kind == "FORMCHECKBOX":
            state, told = field.box()
            if not self.is_mute and not self.look.is_hidden:
                line.add_box(SIGNS[state], state, told)
        elif kind == "FORMDROPDOWN":
            self._write(field.chosen())
        elif kind == "MACROBUTTON" and (shown := field.instruction.split(maxsplit=2)[2:]) and typed_boxes(shown)[0]:
            self._write(shown[0])  # a box that a macro ticks; other texts are prompts
        elif mark.passage is line and field.is_result:
            if kind == "FORMTEXT" and not line.since(mark).strip(_NO_ANSWER):
                line.rub_out(mark)
            elif kind == "HYPERLINK":
                line.add_link(mark.offset, field.target)

    def _code(self, element: Element) -> None:
        if self.fields and not self.fields[-1][0].is_result:
            self.fields[-1][0].code.append(element.text or "")

    def _note(self, element: Element) -> None:
        """A note's mark; the first time also the note."""
        if self.is_mute or self.look.is_hidden:
            return
        kind = element.tag.removeprefix(W).removesuffix("Reference")
        key = (kind, element.get(f"{W}id", ""))
        is_new = key not in self._note_marks
        if is_new:
            self._note_counts[kind] += 1
            self._note_marks[key] = superscript(self._note_counts[kind])
        mark, line = self._note_marks[key], self.line
        line.add(mark)
        if is_new and key in self.parts.notes:
            outer, self._relations = self._relations, self.parts.note_relations[kind]
            first, *others = self.story(self.parts.notes[key]) or [Passage(self.pages)]
            self._relations = outer
            note = Passage(self.pages)
            note.add(mark if first.text[:1].isspace() else f"{mark} ")
            note.append(first)
            line.after += [note, *others]

    def _drawing(self, element: Element) -> None:
        """A text box's paragraphs follow; a drawn box is set, and can be read only if it stands in the line."""
        if self.is_mute or self.look.is_hidden:
            return
        for shape in shapes_in(element, alternative):
            passages = self.story(shape.content) if shape.content is not None else []
            said = "\n".join(passage.text.strip() for passage in passages if passage.is_seen())
            if said and not (shape.is_box and shape.is_in_line and len(said) == 1 and said in MARKS):
                self.line.after += passages
            elif shape.is_box:
                state: BoxState = "ticked" if said else "unknown"
                self.line.add_box(SIGNS[state], state, f"drawn box holding {said}" if said else "drawn box")
        for control in element.iterchildren(f"{W}control"):
            part = self._relations.get(control.get(f"{R}id", ""), NOWHERE).target
            box = activex_box(self.parts.package.xml(part)) if part in self.parts.package else None
            if box:
                state, told, caption = box
                self.line.add_box(SIGNS[state], state, told)
                self.line.add(f" {caption}" if caption else "")


LEFT_OUT = frozenset(
    W + name
    for name in (
        *(
            "pPr",
            "rPr",
            "tblPr",
            "tblGrid",
            "trPr",
            "tcPr",
            "sdtPr",
            "sdtEndPr",
            "sectPr",
            "rubyPr",
            "ffData",
            "fldData",
        ),
        *("del", "moveFrom", "delText", "delInstrText", "footnoteRef", "endnoteRef", "annotationRef", "separator"),
        *("continuationSeparator", "softHyphen", "altChunk", "rt"),
    )
)
_HANDLERS: dict[str, Callable[[Lines, Element], None]] = {
    f"{W}r": Lines._run,
    f"{W}t": Lines._text,
    f"{M}t": Lines._text,
    f"{W}tab": lambda lines, _: lines._write("\t"),
    f"{W}ptab": lambda lines, _: lines._write("\t"),
    f"{W}cr": lambda lines, _: lines._write("\n"),
    f"{W}br": Lines._break,
    f"{W}noBreakHyphen": lambda lines, _: lines._write("-"),
    f"{W}sym": Lines._symbol,
    f"{W}lastRenderedPageBreak": lambda lines, _: lines.pages.turn(is_rendered=True),
    f"{W}hyperlink": Lines._hyperlink,
    f"{W}fldSimple": Lines._simple_field,
    f"{W}fldChar": Lines._field_character,
    f"{W}instrText": Lines._code,
    f"{W}footnoteReference": Lines._note,
    f"{W}endnoteReference": Lines._note,
    f"{W}drawing": Lines._drawing,
    f"{W}pict": Lines._drawing,
    f"{W}object": Lines._drawing,
    f"{W}sdt": lambda lines, control: lines.control(control, lines.inline),
    f"{MC}AlternateContent": lambda lines, element: lines.inline(alternative(element)),
}


def alternative(element: Element) -> Iterable[Element]:
    """The content that Word of today shows: the first choice, else the fallback."""
    for name in (f"{MC}Choice", f"{MC}Fallback"):
        if (chosen := element.find(name)) is not None:
            found: Iterable[Element] = chosen
            return found
    return ()
