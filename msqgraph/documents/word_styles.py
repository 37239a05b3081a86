"""What Word's styles say of text that is not in it: hidden, set in a symbol font, numbered."""

from __future__ import annotations

from dataclasses import dataclass

from msqgraph.documents.package import Element, number
from msqgraph.documents.symbol_fonts import is_symbol_font
from msqgraph.documents.word_names import VAL, W, is_on


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks, as far as it matters; None where nothing is said.

    ``is_complex_only``: the font is named for complex scripts only, so that it holds for private-use characters alone.
    """

    font: str | None = None
    is_complex_only: bool = False
    is_hidden: bool | None = None
    style: str | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, else the other's."""
        font = self if self.font is not None else other
        hidden = self.is_hidden if self.is_hidden is not None else other.is_hidden
        return Look(font.font, font.is_complex_only, hidden, self.style)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph, character or list style with what it inherits: look, numbering, and the style that named it."""

    look: Look = Look()
    num_id: str | None = None
    level: int | None = None
    numbered_by: str = ""


PLAIN = Look()


def look_of(properties: Element) -> Look:
    """What run properties (``w:rPr``) say themselves."""
    font, is_complex_only, is_hidden, style = None, False, None, None
    for child in properties:
        name = child.tag
        if name == f"{W}rFonts":
            font, is_complex_only = _font(child)
        elif name == f"{W}vanish":
            is_hidden = is_on(child)
        elif name == f"{W}rStyle":
            style = child.get(VAL)
    return Look(font, is_complex_only, is_hidden, style)


class Styles:
    """The styles of a document (``styles.xml``)."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {}
        self.default_paragraph = ""
        for element in root.iterchildren(f"{W}style") if root is not None else ():
            name = element.get(f"{W}styleId", "")
            self._elements.setdefault(name, element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self.default_paragraph = name

    def get(self, name: str | None) -> Style:
        """A style by its identifier, with what it inherits; a circle of styles ends where it began."""
        if name is None or name not in self._elements:
            return Style()
        line: list[str] = []
        at: str | None = name
        while at in self._elements and at not in self._resolved and at not in line:
            line.append(at)
            based_on = self._elements[at].find(f"{W}basedOn")
            at = based_on.get(VAL) if based_on is not None else None
        style = self._resolved.get(at or "", Style())
        for at in reversed(line):
            style = self._resolved[at] = _inheriting(at, self._elements[at], style)
        return self._resolved[name]


def _inheriting(name: str, element: Element, base: Style) -> Style:
    runs = element.find(f"{W}rPr")
    look = look_of(runs).over(base.look) if runs is not None else base.look
    num_id, level, numbered_by = base.num_id, base.level, base.numbered_by
    numbering = element.find(f"{W}pPr/{W}numPr")
    if numbering is not None:
        own = numbering.find(f"{W}numId")
        depth = numbering.find(f"{W}ilvl")
        if own is not None:
            num_id = own.get(VAL)
        if depth is not None:
            level = number(depth.get(VAL), 0)
        numbered_by = name
    return Style(look, num_id, level, numbered_by)


LONGEST_NAME = 64  # a font's name is told with every box


def _font(fonts: Element) -> tuple[str | None, bool]:
    """The font that ``w:rFonts`` names, a symbol font before others."""
    named = [(fonts.get(f"{W}{name}") or "")[:LONGEST_NAME] for name in ("ascii", "hAnsi")]
    symbolic = next((font for font in named if font and is_symbol_font(font)), None)
    if symbolic:
        return symbolic, False
    if any(named) or fonts.get(f"{W}asciiTheme") or fonts.get(f"{W}hAnsiTheme"):
        return named[0] or named[1] or "", False
    complex_script = (fonts.get(f"{W}cs") or "")[:LONGEST_NAME]
    return (complex_script, True) if complex_script and is_symbol_font(complex_script) else (None, False)
