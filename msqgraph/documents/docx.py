"""Word files (Office Open XML): paragraphs, table rows, notes and text boxes in reading order, boxes of every kind.

What is read is what Word shows with all changes accepted and without comments, headers and footers, hidden text and the
prompts of empty controls. A table's row whose cells are lines is one block, its cells joined by tabs; otherwise each
paragraph of a cell is a block. Notes follow the paragraph or row that refers to them.
"""

from __future__ import annotations

from pathlib import Path

from msqgraph.documents.document import Block, BoxState
from msqgraph.documents.list_labels import bullet, is_box_bullet
from msqgraph.documents.package import Element, Package, number
from msqgraph.documents.passage import BULLET, SIGNS, Passage, compose, restored, row_of
from msqgraph.documents.symbol_fonts import evidence, is_symbol_font
from msqgraph.documents.word_controls import check_box
from msqgraph.documents.word_lines import LEFT_OUT, Lines, Walk, alternative
from msqgraph.documents.word_names import MC, VAL, W, is_on
from msqgraph.documents.word_parts import Parts, relations_of
from msqgraph.documents.word_styles import Style
from msqgraph.errors import UnreadableInput


def read(path: Path, data: bytes) -> list[Block]:
    """The blocks of a Word file (.docx).

    :raises UnreadableInput: if it is no such file, damaged, encrypted, or built to do harm.
    """
    package = Package(path, data)
    mains = (x.target for x in relations_of(package, "").values() if x.kind == "officeDocument")
    main = next(mains, "word/document.xml")
    if main not in package:
        raise UnreadableInput(path, "no Word document in it", "give a file that Word opens")
    root = package.xml(main)
    body = root.find(f"{W}body")
    if root.tag != f"{W}document" or body is None:
        raise UnreadableInput(path, f"its part {main} is no Word document", "give a file that Word opens")
    reader = _Reader(Parts(package, main), root)
    return compose(reader.story(body), reader.pages)


class _Reader(Lines):
    """One document on its way: paragraphs, tables and the controls around them."""

    def __init__(self, parts: Parts, root: Element) -> None:
        super().__init__(parts)
        sections = (s for s in root.iter(f"{W}sectPr") if s.getparent().tag != f"{W}sectPrChange")
        self._begins_page = [_begins_page(section) for section in sections]
        self._section = 0
        self._carried: list[Passage] = []  # one whose end was deleted: the next paragraph goes on with it

    def story(self, parent: Element) -> list[Passage]:
        """The passages of a part of the document that has paragraphs of its own."""
        out: list[Passage] = []
        with restored(self, "line", "_carried", "look", "paragraph_look", "is_mute", "box"):
            self._carried = []
            if parent.tag != f"{W}tc":
                self.box = None
            self._blocks(parent, out)
            out += self._carried
        return out

    def _blocks(self, parent: Element, out: list[Passage]) -> None:
        self.descend()
        for child in parent:
            name = child.tag
            if name == f"{W}p":
                self._paragraph(child, out)
            elif name == f"{W}tbl":
                self._table(child, out)
            elif name == f"{W}sdt":
                self.control(child, lambda content: self._blocks(content, out), out)
            elif name == f"{MC}AlternateContent":
                self._blocks(alternative(child), out)
            elif name not in LEFT_OUT:
                self._blocks(child, out)
        self.ascend()

    def _paragraph(self, paragraph: Element, out: list[Passage]) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self.parts.styles.get(_value(properties, "pStyle") or self.parts.styles.default_paragraph)
        self.line, self._carried = (self._carried or [Passage(self.pages)])[0], []
        self.paragraph_look = self.look = style.look
        line, is_joined = self.line, False
        if properties is None:
            self._number(None, style)
        else:
            if is_on(properties.find(f"{W}pageBreakBefore")):
                self.pages.turn()
            mark = properties.find(f"{W}rPr")
            is_joined = mark is not None and any(mark.find(f"{W}{name}") is not None for name in ("del", "moveFrom"))
            if not is_joined and not (mark is not None and is_on(mark.find(f"{W}vanish"))):
                self._number(properties.find(f"{W}numPr"), style)
        self.inline(paragraph)
        if is_joined:
            self._carried = [line]
        else:
            out.append(line)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self._section += 1
            if self._section < len(self._begins_page) and self._begins_page[self._section]:
                self.pages.turn()

    def _number(self, own: Element | None, style: Style) -> None:
        num_id, level = style.num_id, style.level
        if own is not None:
            own_id, own_level = _value(own, "numId"), _value(own, "ilvl")
            if own_id is not None:
                num_id, level = own_id, number(own_level, 0)
            elif own_level is not None:
                level = number(own_level, 0)
        if num_id is None or num_id == "0":
            return
        if level is None:
            level = self.parts.numbering.level_of_style(num_id, style.numbered_by)
        label = self.parts.numbering.label(num_id, level)
        if not label.is_bullet:
            self.line.label = label.text
            return
        self.line.label = bullet(label.text, label.font)
        if is_box_bullet(self.line.label):
            told = evidence(label.font, ord(label.text)) if is_symbol_font(label.font) else self.line.label
            self.line.label_box = BULLET + told

    def _table(self, table: Element, out: list[Passage]) -> None:
        def walk(content: Element) -> None:
            self._table(content, out)

        self.descend()
        for child in table:
            name = child.tag
            if name == f"{W}tr":
                properties = child.find(f"{W}trPr")
                if properties is None or not (
                    properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden"))
                ):
                    cells: list[list[Passage]] = []
                    self._cells(child, cells)
                    out.extend(row_of(self.pages, cells))
            elif name == f"{W}sdt":
                self.control(child, walk, out)
            elif name not in LEFT_OUT:
                self._table(child, out)
        self.ascend()

    def _cells(self, row: Element, cells: list[list[Passage]]) -> None:
        self.descend()
        for child in row:
            name = child.tag
            if name == f"{W}tc":
                if not _goes_on(child.find(f"{W}tcPr")):
                    cells.append(self.story(child))
            elif name == f"{W}sdt":
                count = len(cells)
                self.control(child, lambda content: self._cells(content, cells), cells[-1] if cells else [])
                if len(cells) == count:
                    cells.append([])  # the prompt of an empty control was there
            elif name not in LEFT_OUT:
                self._cells(child, cells)
        self.ascend()

    def control(self, control: Element, walk: Walk, out: list[Passage] | None = None) -> None:
        """A content control, in the line or (``out``) around paragraphs, rows or cells.

        Its prompt is no answer. A check box is set at the first sign in it, or behind it.
        """
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        box = check_box(properties) if properties is not None else None
        if content is None:
            return
        if box is None:
            if properties is None or not is_on(properties.find(f"{W}showingPlcHdr")):
                walk(content)
            return
        outer, self.box = self.box, box
        walk(content)
        self.box = outer
        if box.is_set or self.is_mute:
            return
        if out is not None and not out:
            out.append(Passage(self.pages))
        state: BoxState = "ticked" if box.is_checked else "empty"
        line = self.line if out is None else out[-1]
        line.add_box(SIGNS[state], state, f"content control checked={int(box.is_checked)}, no glyph")


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(f"{W}{name}") if parent is not None else None
    value: str | None = child.get(VAL) if child is not None else None
    return value


def _begins_page(section: Element) -> bool:
    return (_value(section, "type") or "nextPage") in ("nextPage", "oddPage", "evenPage")


def _goes_on(properties: Element | None) -> bool:
    """Whether a cell only continues the one above or before it, or was deleted."""
    if properties is None:
        return False
    merges = [properties.find(f"{W}{name}") for name in ("vMerge", "hMerge")]
    return properties.find(f"{W}cellDel") is not None or any(
        merge is not None and merge.get(VAL, "continue") != "restart" for merge in merges
    )
