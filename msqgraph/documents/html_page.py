"""A parsed web page on its way to blocks: what a browser shows, element by element."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msqgraph.documents.document import Block, Box, BoxState, Flow, Link
from msqgraph.documents.html_lists import counter_of, marker_of, own_style, whole
from msqgraph.documents.passage import SIGNS
from msqgraph.documents.symbol_fonts import is_symbol_font, sign_in
from msqgraph.documents.typed_boxes import typed_boxes
from msqgraph.folding import word_set

_BLOCKS = word_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
_NEVER_SHOWN = word_set(
    "applet area audio base button canvas col colgroup datalist del embed frame frameset head iframe link map meta "
    "noframes noscript object param rp rt s script select strike style svg template textarea title video"
)
_NO_TEXT_TYPES = word_set("button color file hidden image password range reset submit")
_HIDDEN = re.compile(r"(?i)\b(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))")
_STRUCK = re.compile(r"(?i)\btext-decoration(?:-line)?\s*:[^;]*line-through")
_FONT = re.compile(r"(?i)\bfont-family\s*:\s*[\"']?([^,;\"']+)")
_FACE = re.compile(r"[\"']?([^,\"']+)")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_NOTE_MARK = re.compile(r"[(\[]?(\d{1,3})[)\]]?")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WEB = re.compile(r"(?i)https?://[^\s/]")


def _type(element: Any) -> str:
    return (element.get("type") or "text").strip().lower()


def _has_values(root: Any) -> bool:
    """Whether any field of the page holds what somebody ticked or typed."""
    for field in root.iter("input"):
        kind = _type(field)
        if kind in ("checkbox", "radio"):
            if field.get("checked") is not None:
                return True
        elif kind not in _NO_TEXT_TYPES and (field.get("value") or "").strip():
            return True
    return any((area.text or "").strip() for area in root.iter("textarea")) or any(
        option.get("selected") is not None for option in root.iter("option")
    )


class _Paragraph:
    """Text that grows, with its boxes and links."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.boxes: list[Box] = []
        self.links: list[Link] = []

    def append(self, text: str, target: str = "") -> None:
        start, self.length = self.length, self.length + len(text)
        self.pieces.append(text)
        if target and text.strip():
            last = self.links[-1] if self.links else None
            if last and last.target == target and last.end >= start - 1:  # but for the blank between words
                self.links[-1] = Link(last.start, self.length, target)
            else:
                self.links.append(Link(start, self.length, target))

    def absorb(self, other: _Paragraph) -> None:
        """Set another one behind this one."""
        shift = self.length
        self.boxes += [Box(b.start + shift, b.end + shift, b.state, b.evidence) for b in other.boxes]
        self.links += [Link(x.start + shift, x.end + shift, x.target) for x in other.links]
        self.append("".join(other.pieces))

    def trimmed(self) -> _Paragraph:
        """It without the blanks around it."""
        text = "".join(self.pieces)
        lead = len(text) - len(text.lstrip())
        result = _Paragraph()
        result.append(text.strip())
        result.boxes = [Box(b.start - lead, b.end - lead, b.state, b.evidence) for b in self.boxes]
        result.links = [Link(x.start - lead, min(x.end - lead, result.length), x.target) for x in self.links]
        return result


class HtmlPage:
    """A page while it is walked through: the open paragraph, and where finished ones go."""

    def __init__(self, root: Any) -> None:
        self._has_values = _has_values(root)
        self._open = _Paragraph()
        self._space = False  # a blank is due before the next character
        self._marker = ""  # a list number or bullet is due before it
        self._sinks: list[list[_Paragraph]] = [[]]  # of the page, and of each cell that is open
        self._rows: list[list[list[_Paragraph]] | None] = [None]
        self._targets = [""]
        self._counters: list[tuple[str, int, int]] = []  # of each open list: its style, next number, step
        self._fonts = [""]
        self._pre = self._sup = 0
        self._walk(root)

    def _walk(self, root: Any) -> None:
        """Take in all that is shown, without recursion."""
        from lxml import etree

        ends: list[list[Callable[[], object]]] = []
        walker = etree.iterwalk(root, events=("start", "end", "comment"))
        for event, element in walker:
            if event == "start":
                todo: list[Callable[[], object]] = []
                ends.append(todo)
                if self._begin(element, todo):
                    self._write(element.text)
                else:
                    walker.skip_subtree()
            elif event == "end":
                for end in reversed(ends.pop()):
                    end()
                self._write(element.tail)
            elif ends:
                self._write(element.tail)
        self._flush()

    def blocks(self) -> list[Block]:
        """What was taken in, with the boxes that are characters."""
        paragraphs = self._sinks[0]
        texts = []
        for paragraph in paragraphs:
            characters = list("".join(paragraph.pieces))
            for box in paragraph.boxes:
                characters[box.start] = "\ufffc"  # what stands for an object in text: no sign among signs
            texts.append("".join(characters))
        flow = Flow()
        for paragraph, typed in zip(paragraphs, typed_boxes(texts), strict=True):
            boxes = sorted((*paragraph.boxes, *typed), key=lambda box: box.start)
            flow.add("".join(paragraph.pieces), None, boxes, paragraph.links)
        return flow.blocks

    def _begin(self, element: Any, ends: list[Callable[[], object]]) -> bool:
        """Open an element; False if nothing of what is in it is shown. ``ends`` gets what its end does."""
        tag = element.tag if isinstance(element.tag, str) else ""
        style = element.get("style") or ""
        if element.get("hidden") is not None or _HIDDEN.search(style) or _STRUCK.search(style):
            return False
        if tag in ("input", "textarea", "select"):
            self._field(element, tag)
        if tag in _NEVER_SHOWN:
            return False
        if tag in _BLOCKS:
            self._flush()
            ends.append(self._flush)
            self._begin_block(element, tag, style, ends)
        elif tag == "br":
            self._break()
        elif tag == "a":
            target = (element.get("href") or "").strip()
            self._targets.append(target if _WEB.match(target) else "")
            ends.append(lambda: self._targets.pop())
        elif tag == "sup":
            self._sup += 1
            ends.append(lambda: setattr(self, "_sup", self._sup - 1))
        if own := _FONT.search(style) or _FACE.match(element.get("face") or ""):
            self._fonts.append(own.group(1).strip())
            ends.append(lambda: self._fonts.pop())
        if element.get("role") in ("checkbox", "radio") and tag != "input" and element.get("aria-checked"):
            state: BoxState = {"true": "ticked", "false": "empty"}.get(element.get("aria-checked"), "unknown")  # type: ignore[assignment]
            if not typed_boxes(["".join(element.itertext())])[0]:
                self._box(state, f"{element.get('role')} aria-checked={element.get('aria-checked')}")
        return True

    def _begin_block(self, element: Any, tag: str, style: str, ends: list[Callable[[], object]]) -> None:
        if tag == "pre":
            self._pre += 1
            ends.append(lambda: setattr(self, "_pre", self._pre - 1))
        elif tag in ("ol", "ul", "menu", "dir"):
            self._counters.append(counter_of(element, tag, style))
            ends.append(lambda: self._counters.pop())
        elif tag == "li":
            outer, self._marker = self._marker, self._marker + self._number(element, style)
            marked = self._marker

            def end_item() -> None:
                if self._marker == marked:
                    self._marker = outer  # nothing was in it

            ends.insert(0, end_item)
        elif tag == "table":
            self._rows.append(None)
            ends.append(lambda: self._rows.pop())
        elif tag == "tr":
            self._rows[-1] = []
            ends.append(self._end_row)
        elif tag in ("td", "th") and (row := self._rows[-1]) is not None:
            cell: list[_Paragraph] = []
            row.append(cell)
            self._sinks.append(cell)
            ends.insert(0, lambda: self._sinks.pop())

    def _end_row(self) -> None:
        row, self._rows[-1] = self._rows[-1] or [], None
        if all(len(cell) <= 1 and not any("\n" in "".join(p.pieces) for p in cell) for cell in row):
            line = _Paragraph()
            for number, cell in enumerate(row):
                if number:
                    line.append("\t")
                for paragraph in cell:
                    line.absorb(paragraph)
            row = [[line.trimmed()]]
        self._sinks[-1] += [paragraph for cell in row for paragraph in cell if paragraph.length]

    def _number(self, element: Any, style: str) -> str:
        """The number or bullet that a list item is shown with."""
        kind, number, step = self._counters[-1] if self._counters else ("disc", 1, 1)
        value = whole(element.get("value"), number)
        if self._counters:
            self._counters[-1] = (kind, value + step, step)
        return marker_of(own_style(style) or kind, value)

    def _field(self, element: Any, tag: str) -> None:
        kind = _type(element)
        if tag == "textarea":
            value, is_lines = element.text or "", True
        elif tag == "select":
            chosen = [option for option in element.iter("option") if option.get("selected") is not None]
            shown = [o.get("label") or "".join(o.itertext()) for o in chosen if o.get("value") != ""]
            value, is_lines = ", ".join(_SPACE.sub(" ", text).strip() for text in shown), False
        elif kind in ("checkbox", "radio"):
            if element.get("checked") is not None:
                self._box("ticked", f"input {kind} checked")
            elif self._has_values:
                self._box("empty", f"input {kind} not checked")
            else:
                self._box("unknown", f"input {kind}, in a page without any field filled in")
            return
        else:
            value, is_lines = "" if kind in _NO_TEXT_TYPES else element.get("value") or "", False
        if not value.strip():
            return
        self._space = True  # a field has a frame around it
        self._put_lines(value.strip()) if is_lines else self._put(_SPACE.sub(" ", value).strip())
        self._space = True

    def _box(self, state: BoxState, evidence: str) -> None:
        self._put(SIGNS[state])
        self._open.boxes.append(Box(self._open.length - 1, self._open.length, state, evidence))

    def _write(self, text: str | None) -> None:
        """Take in text of the page, with blanks as a browser shows them."""
        if not text:
            return
        text = text.translate(_INVISIBLE)
        if is_symbol_font(font := self._fonts[-1]):
            text = "".join(c if c.isspace() else sign_in(font, ord(c)) or "\ufffd" for c in text)
        if self._sup and (mark := _NOTE_MARK.fullmatch(text.strip())):
            text = mark.group(1).translate(_SUPERSCRIPTS)
        if self._pre:
            self._put_lines(text)
            return
        text = _SPACE.sub(" ", text)
        self._space |= text.startswith(" ")
        if inner := text.strip(" "):
            self._put(inner)
            self._space = text.endswith(" ")

    def _put_lines(self, text: str) -> None:
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if number:
                self._break()
            if line:
                self._put(line)

    def _put(self, text: str) -> None:
        if self._marker:
            self._open.append(self._marker)
            self._marker = ""
        elif self._space and self._open.length and self._open.pieces[-1] != "\n":
            self._open.append(" ")
        self._space = False
        self._open.append(text, self._targets[-1])

    def _break(self) -> None:
        self._space = False
        if self._open.length and self._open.pieces[-1] == "\n":
            self._flush()
        elif self._open.length:
            self._open.append("\n")

    def _flush(self) -> None:
        self._space = False
        if not self._open.length:
            return
        paragraph, self._open = self._open.trimmed(), _Paragraph()
        if paragraph.length:
            self._sinks[-1].append(paragraph)
