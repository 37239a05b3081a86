"""OpenDocument texts (.odt): the same reading order and rules as for Word files (:mod:`~msqgraph.documents.docx`)."""

from __future__ import annotations

from pathlib import Path

from msqgraph.documents.document import Block
from msqgraph.documents.list_labels import bullet, is_box_bullet
from msqgraph.documents.odt_lines import LEFT_OUT, Lines
from msqgraph.documents.odt_names import DRAW, OFFICE, TABLE, TEXT, XML
from msqgraph.documents.odt_styles import Counts, Style, Styles, is_collapsed
from msqgraph.documents.package import Element, Package, number
from msqgraph.documents.passage import BULLET, Passage, compose, restored, row_of
from msqgraph.documents.symbol_fonts import evidence, is_symbol_font
from msqgraph.errors import UnreadableInput

_MANIFEST = "META-INF/manifest.xml"


def read(path: Path, data: bytes) -> list[Block]:
    """The blocks of an OpenDocument text.

    :raises UnreadableInput: if it is no such file, damaged, encrypted, or built to do harm.
    """
    package = Package(path, data)
    if _MANIFEST in package and b"encryption-data" in package.bytes(_MANIFEST):
        raise UnreadableInput(path, "encrypted", "open it with its password and save it without one")
    if "content.xml" not in package:
        raise UnreadableInput(path, "no OpenDocument text in it", "give a file that LibreOffice Writer opens")
    content = package.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableInput(path, "no text document (a sheet or slides?)", "give the filled-in form itself")
    styles = [package.xml("styles.xml")] if "styles.xml" in package else []
    reader = _Reader(package, body, Styles(content, *styles))
    return compose(reader.story(body), reader.pages)


class _Reader(Lines):
    """One document on its way: paragraphs, lists and tables."""

    def __init__(self, package: Package, body: Element, styles: Styles) -> None:
        super().__init__(package, body, styles)
        self._counts: dict[str, Counts] = {}
        self._last_of_style: dict[str, Counts] = {}
        self._outline = Counts()
        self._list: tuple[str, Counts, int] = ("", Counts(), 0)
        self._item: Element | None = None
        self._is_first = True

    def story(self, parent: Element) -> list[Passage]:
        """The passages of a part of the document that has paragraphs of its own."""
        out: list[Passage] = []
        with restored(self, "line", "style", "_list", "_item"):
            self._list, self._item = ("", Counts(), 0), None
            self._blocks(parent, out)
        return out

    def _blocks(self, parent: Element, out: list[Passage]) -> None:
        self.descend()
        for child in parent:
            name = child.tag
            if name in (f"{TEXT}p", f"{TEXT}h"):
                self._paragraph(child, out)
            elif name == f"{TEXT}list":
                self._enter_list(child, out)
            elif name == f"{TABLE}table":
                if self.styles.get("table", child.get(f"{TABLE}style-name")).breaks_before:
                    self._turn()
                self._table(child, out)
            elif name == f"{TEXT}soft-page-break":
                self.pages.turn()
            elif name.startswith(DRAW):
                self.line = Passage(self.pages)
                out.append(self.line)
                self.element(child)
            elif name not in LEFT_OUT and child.get(f"{TEXT}display") != "none":
                self._blocks(child, out)
        self.ascend()

    def _turn(self) -> None:
        """A new page, unless the document only begins with it."""
        if not self._is_first:
            self.pages.turn()

    def _paragraph(self, paragraph: Element, out: list[Passage]) -> None:
        style = self.styles.get("paragraph", paragraph.get(f"{TEXT}style-name"))
        if style.breaks_before:
            self._turn()
        self._is_first = False
        self.line, self.style = Passage(self.pages), style
        line = self.line
        self._number(paragraph, style)
        self.inline(paragraph)
        out.append(line)
        if style.breaks_after:
            self.pages.turn()

    def _number(self, paragraph: Element, style: Style) -> None:
        item, self._item = self._item, None  # only an item's first paragraph has its number
        name, counts, depth = self._list
        if item is None:
            if paragraph.tag == f"{TEXT}h" and not depth and paragraph.get(f"{TEXT}is-list-header") != "true":
                at = number(paragraph.get(f"{TEXT}outline-level"), 1)
                self.line.label = self._outline.next(self.styles.outline, at)
            return
        levels = self.styles.lists.get(name or style.list_style, {})
        start = item.get(f"{TEXT}start-value")
        self.line.label = counts.next(levels, depth, number(start, 1) if start is not None else None)
        level = levels.get(depth)
        if level and level.bullet:
            self.line.label = bullet(level.bullet, level.font)
            if is_box_bullet(self.line.label):
                is_glyph = is_symbol_font(level.font) and len(level.bullet) == 1
                told = evidence(level.font, ord(level.bullet)) if is_glyph else self.line.label
                self.line.label_box = BULLET + told

    def _enter_list(self, element: Element, out: list[Passage]) -> None:
        outer = self._list
        name, counts, depth = outer
        name = element.get(f"{TEXT}style-name") or name
        if not depth:
            before = self._counts.get(element.get(f"{TEXT}continue-list"))
            if before is None and element.get(f"{TEXT}continue-numbering") == "true":
                before = self._last_of_style.get(name)
            counts = self._last_of_style[name] = before or Counts()
            if (identifier := element.get(f"{XML}id")) is not None:
                self._counts[identifier] = counts
        self._list = (name, counts, depth + 1)
        for item in element:
            self._item = item if item.tag == f"{TEXT}list-item" else None
            if item.tag == f"{TEXT}soft-page-break":
                self.pages.turn()
            elif item.tag not in LEFT_OUT:
                self._blocks(item, out)
        self._list, self._item = outer, None

    def _table(self, table: Element, out: list[Passage]) -> None:
        self.descend()
        for child in table:
            name = child.tag
            if name == f"{TABLE}table-row":
                if not is_collapsed(child):
                    cells = [self.story(cell) for cell in child.iterchildren(f"{TABLE}table-cell")]
                    out.extend(row_of(self.pages, cells))
            elif name == f"{TEXT}soft-page-break":
                self.pages.turn()
            elif name not in LEFT_OUT:
                self._table(child, out)
        self.ascend()
