"""What an OpenDocument text's styles say: fonts, hidden text, page breaks, and how lists are numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from msqgraph.documents.list_labels import Written, letters, roman, upper
from msqgraph.documents.odt_names import FO, LOEXT, STYLE, SVG, TABLE, TEXT
from msqgraph.documents.package import Element, number

_FORMATS: dict[str, Written] = {
    "1": str,
    "a": letters,
    "A": upper(letters),
    "i": roman,
    "I": upper(roman),
}  # all others as decimal numbers
_LONGEST = 64  # of what one style says and many paragraphs repeat
_DEEPEST = 10
_SLOT = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits; None and "" where nothing is said."""

    font: str | None = None
    is_hidden: bool | None = None
    list_style: str = ""
    breaks_before: bool = False
    breaks_after: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list style; ``shown``: of how many levels it shows the counts."""

    format: str = ""
    before: str = ""
    behind: str = ""
    shown: int = 1
    start: int = 1
    pattern: str = ""
    bullet: str = ""
    font: str = ""


@dataclass(slots=True)
class Counts:
    """The counts that a list has reached, by level (from 1)."""

    at: dict[int, int] = field(default_factory=dict)

    def next(self, levels: dict[int, Level], depth: int, start: int | None = None) -> str:
        """Count one item at a level; its number with all that is set around it."""
        level = levels.get(depth, Level())
        self.at[depth] = start if start is not None else self.at.get(depth, level.start - 1) + 1
        for deeper in [d for d in self.at if d > depth]:
            del self.at[deeper]
        if level.bullet or not level.format:
            return ""

        def written(of: int) -> str:
            other = levels.get(of, level)
            return _FORMATS.get(other.format, str)(self.at.get(of, other.start)) if other.format else ""

        if level.pattern:
            return _SLOT.sub(lambda slot: written(int(slot[1])), level.pattern).strip()
        counts = [written(of) for of in range(max(1, depth - level.shown + 1), depth + 1)]
        return f"{level.before}{'.'.join(filter(None, counts))}{level.behind}".strip()


class Styles:
    """The styles of ``styles.xml`` and the automatic ones of ``content.xml``, the latter first."""

    def __init__(self, *roots: Element) -> None:
        self._fonts: dict[str, str] = {}
        self._elements: dict[tuple[str, str], Element] = {}
        self._resolved: dict[tuple[str, str], Style] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for root in roots:
            for font in root.iter(f"{STYLE}font-face"):
                family = font.get(f"{SVG}font-family", "")[:_LONGEST].strip("'\"")
                self._fonts.setdefault(font.get(f"{STYLE}name", ""), family)
            for style in root.iter(f"{STYLE}style"):
                key = (style.get(f"{STYLE}family", ""), style.get(f"{STYLE}name", ""))
                self._elements.setdefault(key, style)
        for root in roots:
            for style in root.iter(f"{TEXT}list-style"):
                self.lists.setdefault(style.get(f"{STYLE}name", ""), self._levels(style))
            for style in root.iter(f"{TEXT}outline-style"):
                self.outline = self._levels(style)

    def get(self, family: str, name: str | None) -> Style:
        """A style of a family (``paragraph``, ``text``, ``table``); a circle of styles ends where it began."""
        line: list[tuple[str, str]] = []
        at = (family, name or "")
        while at in self._elements and at not in self._resolved and at not in line:
            line.append(at)
            at = (family, self._elements[at].get(f"{STYLE}parent-style-name", ""))
        style = self._resolved.get(at, Style())
        for at in reversed(line):
            style = self._resolved[at] = self._inheriting(self._elements[at], style)
        return style

    def _inheriting(self, element: Element, base: Style) -> Style:
        # a page break is inherited; a master page breaks the page where it is named
        style = replace(base, breaks_before=base.breaks_before or bool(element.get(f"{STYLE}master-page-name")))
        if (named := element.get(f"{STYLE}list-style-name")) is not None:
            style = replace(style, list_style=named)
        for properties in element:
            if properties.tag == f"{STYLE}text-properties":
                font = self._font(properties)
                style = replace(style, font=font if font is not None else style.font)
                if (display := properties.get(f"{TEXT}display")) is not None:
                    style = replace(style, is_hidden=display == "none")
            elif properties.tag in (f"{STYLE}paragraph-properties", f"{STYLE}table-properties"):
                if (before := properties.get(f"{FO}break-before")) is not None:
                    style = replace(style, breaks_before=before == "page")
                if (after := properties.get(f"{FO}break-after")) is not None:
                    style = replace(style, breaks_after=after == "page")
        return style

    def _font(self, properties: Element) -> str | None:
        name: str | None = properties.get(f"{STYLE}font-name")
        if name is not None:
            return self._fonts.get(name, name[:_LONGEST])
        family: str | None = properties.get(f"{FO}font-family")
        return None if family is None else family[:_LONGEST].strip("'\"")

    def _levels(self, style: Element) -> dict[int, Level]:
        levels = {}
        for element in style:
            depth = number(element.get(f"{TEXT}level"), 0)
            if not 0 < depth <= _DEEPEST:
                continue
            properties = element.find(f"{STYLE}text-properties")
            is_bullet = element.tag == f"{TEXT}list-level-style-bullet"
            levels[depth] = Level(
                element.get(f"{STYLE}num-format", ""),
                element.get(f"{STYLE}num-prefix", "")[:_LONGEST],
                element.get(f"{STYLE}num-suffix", "")[:_LONGEST],
                number(element.get(f"{TEXT}display-levels"), 1),
                number(element.get(f"{TEXT}start-value"), 1),
                element.get(f"{LOEXT}num-list-format", "")[:_LONGEST],
                element.get(f"{TEXT}bullet-char", "•") or "•" if is_bullet else "",
                (self._font(properties) or "") if properties is not None else "",
            )
        return levels


def is_collapsed(row: Element) -> bool:
    """Whether a table's row is hidden."""
    return row.get(f"{TABLE}visibility") in ("collapse", "filter")
