"""The numbers and bullets that Word sets before paragraphs, and that stand nowhere in their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from msqgraph.documents.list_labels import Written, letters, roman, upper
from msqgraph.documents.package import Element, number
from msqgraph.documents.word_names import VAL, W, is_on

_LEVELS = range(9)
_LONGEST = 64  # of what one list says and many paragraphs repeat
_FORMATS: dict[str, Written] = {
    "lowerLetter": letters,
    "upperLetter": upper(letters),
    "lowerRoman": roman,
    "upperRoman": upper(roman),
    "decimalZero": lambda count: f"{count:02d}",
    "none": lambda _: "",
}  # all others as decimal numbers


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. ``restart``: the level (from 1) whose items set it back; None for every higher one."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    font: str = ""
    restart: int | None = None
    is_legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """What a list sets before a paragraph; the ``font`` of a bullet, which may be a symbol font."""

    text: str = ""
    is_bullet: bool = False
    font: str = ""


@dataclass(slots=True)
class _List:
    """What several numberings may share: levels, and the counts reached."""

    levels: dict[int, Level]
    linked_style: str = ""
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Numbering:
    shared: _List
    levels: dict[int, Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document (``numbering.xml``); labels must be asked for in the document's order.

    ``number_of_style``: the numbering that a list style leads to, for lists that only point at such a style.
    """

    def __init__(self, root: Element | None, number_of_style: Callable[[str], str | None]) -> None:
        self._number_of_style = number_of_style
        lists: dict[str, _List] = {}
        self._numberings: dict[str, _Numbering] = {}
        if root is None:
            return
        for element in root.iterchildren(f"{W}abstractNum"):
            link = element.find(f"{W}numStyleLink")
            lists[element.get(f"{W}abstractNumId", "")] = _List(
                dict(_levels(element)),
                link.get(VAL, "") if link is not None else "",
            )
        for element in root.iterchildren(f"{W}num"):
            pointer = element.find(f"{W}abstractNumId")
            shared = lists.get(pointer.get(VAL, "")) if pointer is not None else None
            if shared is None:
                continue
            overrides: dict[int, Level] = {}
            starts: dict[int, int] = {}
            for override in element.iterchildren(f"{W}lvlOverride"):
                at = number(override.get(f"{W}ilvl"), 0)
                overrides.update(_levels(override))
                if (start := override.find(f"{W}startOverride")) is not None:
                    starts[at] = number(start.get(VAL), 1)
            self._numberings[element.get(f"{W}numId", "")] = _Numbering(shared, shared.levels | overrides, starts)

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level that a paragraph style has in a list."""
        numbering = self._resolved(num_id)
        levels = numbering.levels if numbering else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def label(self, num_id: str, at: int) -> Label:
        """The next label of a list at a level (from 0); counts it."""
        numbering = self._resolved(num_id)
        if numbering is None:
            return Label()
        levels = numbering.levels
        level = levels.get(at) if at in _LEVELS else None
        if level is None:
            return Label()
        counts = numbering.shared.counts
        if at in numbering.starts and at not in numbering.started:
            counts[at] = numbering.starts[at]
            numbering.started.add(at)
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [d for d in counts if d > at]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or (restart and at < restart):
                del counts[deeper]
        if level.format == "bullet":
            return Label(level.text or "•", True, level.font)
        return Label(_written(level, levels, counts))

    def _resolved(self, num_id: str) -> _Numbering | None:
        numbering = self._numberings.get(num_id)
        if numbering and not numbering.shared.levels and numbering.shared.linked_style:
            linked = self._number_of_style(numbering.shared.linked_style)
            if linked and linked != num_id:
                return self._numberings.get(linked)
        return numbering


def _written(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    text = ""
    rest = level.text
    while rest:
        before, percent, rest = rest.partition("%")
        text += before
        if percent and rest[:1].isdigit():
            shown, rest = int(rest[0]) - 1, rest[1:]
            other = levels.get(shown, Level())
            count = counts.get(shown, other.start)
            text += str(count) if level.is_legal else _FORMATS.get(other.format, str)(count)
        else:
            text += percent
    return text.strip()


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for element in parent.iterchildren(f"{W}lvl"):
        if (at := number(element.get(f"{W}ilvl"), 0)) in _LEVELS:
            yield at, _level(element)


def _level(element: Element) -> Level:
    found = Level()
    for child in element:
        name, value = child.tag, child.get(VAL, "")
        if name == f"{W}start":
            found = replace(found, start=number(value, 1))
        elif name == f"{W}numFmt":
            found = replace(found, format=value)
        elif name == f"{W}lvlText":
            found = replace(found, text=value[:_LONGEST])
        elif name == f"{W}lvlRestart":
            found = replace(found, restart=number(value, 0))
        elif name == f"{W}isLgl":
            found = replace(found, is_legal=is_on(child))
        elif name == f"{W}pStyle":
            found = replace(found, style=value)
        elif name == f"{W}rPr" and (fonts := child.find(f"{W}rFonts")) is not None:
            found = replace(found, font=fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
    return found
