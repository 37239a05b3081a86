"""What stands on the lines of an OpenDocument text: spans, fields, links, notes, controls, drawings."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from msqgraph.documents.check_boxes import CheckBox
from msqgraph.documents.document import BoxState
from msqgraph.documents.drawn_boxes import MARKS, is_box_size, points
from msqgraph.documents.odt_controls import FieldMark, check_box, controls_in, field_mark, shown_by
from msqgraph.documents.odt_names import DRAW, FIELD, LOEXT, OFFICE, STYLE, SVG, TEXT, XLINK
from msqgraph.documents.odt_styles import Style, Styles
from msqgraph.documents.package import MAX_DEPTH, Element, Package, number
from msqgraph.documents.passage import SIGNS, Mark, Pages, Passage, superscript
from msqgraph.documents.symbol_fonts import evidence, is_symbol_font, sign_in

_BLANKS = re.compile(r"[ \t\n]+")
_MOST_BLANKS = 100
_NO_ANSWER = " \u2002\u00a0"  # what a text field holds that nobody filled in
_RECTANGLES = frozenset({"rectangle", "round-rectangle", "mso-spt1", "mso-spt2", "ooxml-rect", "ooxml-roundRect"})


class Lines(ABC):
    """Where the reader is, and what it is inside of."""

    def __init__(self, package: Package, body: Element, styles: Styles) -> None:
        self.styles = styles
        self.pages = Pages()
        self.line = Passage(self.pages)
        self.style = Style()
        self.fields: list[tuple[FieldMark, Mark]] = []
        self._package = package
        self._box: CheckBox | None = None
        forms = body.find(f"{OFFICE}forms")
        self._controls = controls_in(forms) if forms is not None else {}
        self._notes = 0
        self._depth = 0

    @abstractmethod
    def story(self, parent: Element) -> list[Passage]:
        """The passages of a part of the document that has paragraphs of its own."""

    def descend(self) -> None:
        """Go one element deeper.

        :raises UnreadableInput: if that is too deep.
        """
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._package.too_deep()

    def ascend(self) -> None:
        """Come back from an element."""
        self._depth -= 1

    def inline(self, parent: Element) -> None:
        """Write what stands in an element on the line."""
        self.descend()
        if parent.text:
            self._write(_BLANKS.sub(" ", parent.text))
        for child in parent:
            self.element(child)
            if child.tail:
                self._write(_BLANKS.sub(" ", child.tail))
        self.ascend()

    def element(self, element: Element) -> None:
        """Write an element on the line."""
        handler = _HANDLERS.get(element.tag)
        if handler is not None:
            handler(self, element)
        elif element.tag not in LEFT_OUT:
            self.inline(element)

    def _write(self, text: str) -> None:
        if self.style.is_hidden or not text:
            return
        text = text.replace("\u00ad", "").replace("\r", "\n")  # LibreOffice ends lines of input fields with &#x0d;
        font = self.style.font or ""
        if self._box is not None and not self._box.is_set and (glyph := text.strip()[:1]):
            before, _, text = text.partition(glyph)
            self.line.add(before)
            box, self._box.is_set = self._box.shown_as(glyph, font), True
            self.line.add_box(self._box.sign(glyph, font), box.state, box.evidence, box.is_contradictory)
        if not font or not is_symbol_font(font):
            self.line.add(text)
            return
        for character in text:
            sign = sign_in(font, ord(character))
            if sign is None:
                self.line.add(character)
            else:
                self.line.add_glyph(sign, evidence(font, ord(character)))

    def _span(self, span: Element) -> None:
        outer = self.style
        own = self.styles.get("text", span.get(f"{TEXT}style-name"))
        self.style = Style(
            own.font if own.font is not None else outer.font,
            own.is_hidden if own.is_hidden is not None else outer.is_hidden,
        )
        self.inline(span)
        self.style = outer

    def _spaces(self, element: Element) -> None:
        self._write(" " * min(number(element.get(f"{TEXT}c"), 1), _MOST_BLANKS))

    def _link(self, element: Element) -> None:
        line, start = self.line, self.line.length
        self.inline(element)
        target = element.get(f"{XLINK}href", "")
        if not target.startswith("#"):
            line.add_link(start, target)

    def _note(self, note: Element) -> None:
        """A note's mark, and the note; other marks than numbers are counted."""
        if self.style.is_hidden:
            return
        self._notes += 1
        citation, body = note.find(f"{TEXT}note-citation"), note.find(f"{TEXT}note-body")
        said = "".join(citation.itertext()).strip() if citation is not None else ""
        mark, line = superscript(said if said.isdecimal() and said.isascii() else self._notes), self.line
        line.add(mark)
        if body is not None:
            first, *others = self.story(body) or [Passage(self.pages)]
            whole = Passage(self.pages)
            whole.add(mark if first.text[:1].isspace() else f"{mark} ")
            whole.append(first)
            line.after += [whole, *others]

    def _content_control(self, element: Element) -> None:
        if (box := check_box(element)) is None:
            if element.get(f"{LOEXT}showing-place-holder") != "true":
                self.inline(element)
            return
        outer, self._box = self._box, box
        self.inline(element)
        self._box = outer
        if not box.is_set:
            state: BoxState = "ticked" if box.is_checked else "empty"
            self.line.add_box(SIGNS[state], state, f"content control checked={int(box.is_checked)}, no glyph")

    def _begin_field(self, element: Element) -> None:
        self.fields.append((field_mark(element), self.line.mark()))

    def _begin_result(self, _: Element) -> None:
        if self.fields:
            field, mark = self.fields[-1]
            if mark.passage is self.line:
                self.line.rub_out(mark)  # the field's code
            self.fields[-1] = (field, self.line.mark())

    def _end_field(self, _: Element) -> None:
        if not self.fields:
            return
        field, mark = self.fields.pop()
        if mark.passage is self.line:
            is_shown_otherwise = field.kind == "FORMCHECKBOX" or field.chosen() is not None
            is_blank = field.kind == "FORMTEXT" and not self.line.since(mark).strip(_NO_ANSWER)
            if is_shown_otherwise or is_blank:
                self.line.rub_out(mark)
        self._show(field)

    def _show(self, field: FieldMark) -> None:
        if self.style.is_hidden:
            return
        if field.kind == "FORMCHECKBOX":
            state, told = field.box()
            self.line.add_box(SIGNS[state], state, told)
        elif field.kind == "FORMDROPDOWN":
            self._write(field.chosen() or "")

    def _form_control(self, element: Element) -> None:
        control = self._controls.get(element.get(f"{DRAW}control", ""))
        if control is None or self.style.is_hidden:
            return
        shown = shown_by(control)
        if shown.state is not None:
            self.line.add_box(SIGNS[shown.state], shown.state, shown.evidence)
            self.line.add(f" {shown.text}" if shown.text else "")
        else:
            self._write(shown.text)

    def _drawing(self, element: Element) -> None:
        """A text box's paragraphs follow; a drawn box is set, and can be read only if it stands in the line."""
        if self.style.is_hidden:
            return
        box = element.find(f"{DRAW}text-box")
        is_rectangle = element.tag != f"{DRAW}custom-shape" or any(
            geometry.get(f"{DRAW}type") in _RECTANGLES for geometry in element.iterchildren(f"{DRAW}enhanced-geometry")
        )
        is_picture = element.tag == f"{DRAW}frame" and box is None
        if is_picture:
            self.descend()
            for child in element.iterchildren(f"{DRAW}a", f"{DRAW}control"):
                self.element(child)
            self.ascend()
            return
        passages = self.story(box if box is not None else element)
        said = "\n".join(passage.text.strip() for passage in passages if passage.is_seen())
        is_box = is_rectangle and is_box_size(*(points(element.get(SVG + side, "")) for side in ("width", "height")))
        is_in_line = element.get(f"{TEXT}anchor-type") == "as-char"
        if said and not (is_box and is_in_line and len(said) == 1 and said in MARKS):
            self.line.after += passages
        elif is_box:
            state: BoxState = "ticked" if said else "unknown"
            self.line.add_box(SIGNS[state], state, f"drawn box holding {said}" if said else "drawn box")


def _names(space: str, names: str) -> Iterable[str]:
    return (space + name for name in names.split())


LEFT_OUT = frozenset(
    {
        *_names(TEXT, "tracked-changes sequence-decls variable-decls user-field-decls dde-connection-decls"),
        *_names(TEXT, "alphabetical-index-auto-mark-file placeholder ruby-text script note-citation index-source"),
        *_names(TEXT, "table-of-content-source hidden-text"),
        *_names(OFFICE, "forms annotation annotation-end event-listeners dde-source"),
        *_names(SVG, "title desc"),
        *_names(DRAW, "glue-point enhanced-geometry image object object-ole plugin applet image-map"),
        *_names(LOEXT, "list-item"),
        f"{FIELD}param",
        f"{STYLE}style",
    }
)
_HANDLERS: dict[str, Callable[[Lines, Element], None]] = {
    f"{TEXT}span": Lines._span,
    f"{TEXT}s": Lines._spaces,
    f"{TEXT}tab": lambda lines, _: lines._write("\t"),
    f"{TEXT}line-break": lambda lines, _: lines._write("\n"),
    f"{TEXT}soft-page-break": lambda lines, _: lines.pages.turn(),
    f"{TEXT}a": Lines._link,
    f"{TEXT}note": Lines._note,
    f"{LOEXT}content-control": Lines._content_control,
    f"{FIELD}fieldmark": lambda lines, element: lines._show(field_mark(element)),
    f"{FIELD}fieldmark-start": Lines._begin_field,
    f"{FIELD}fieldmark-separator": Lines._begin_result,
    f"{FIELD}fieldmark-end": Lines._end_field,
    f"{DRAW}control": Lines._form_control,
    f"{DRAW}frame": Lines._drawing,
    f"{DRAW}rect": Lines._drawing,
    f"{DRAW}custom-shape": Lines._drawing,
}
