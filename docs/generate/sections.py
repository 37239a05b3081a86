"""A finished page taken apart: its headings for the table of contents, its sections for the search."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_SILENT = {"script", "style", "svg", "small"}  # small: the kind of a term, behind its name


@dataclass(slots=True)
class Section:
    """A heading with its anchor, its level (1 to 3) and the words up to the next one."""

    anchor: str
    level: int
    title: str = ""
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sections: list[Section] = []
        self.anchors: set[str] = set()
        self._in_heading = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        anchor = values.get("id") or ""
        self.anchors |= {anchor} - {""}
        if tag in _HEADINGS:
            self.sections.append(Section(anchor, _HEADINGS[tag]))
            self._in_heading = True
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._in_heading = False
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self.sections or self._silent:
            return
        section = self.sections[-1]
        if self._in_heading:
            section.title += data
        else:
            section.text += data + " "


def sections_of(html: str) -> list[Section]:
    """The sections of a page, in order.

    >>> sections_of('<h1 id="a">One <i>two</i></h1><p>three</p>')
    [Section(anchor='a', level=1, title='One two', text='three')]
    """
    reader = _read(html)
    for section in reader.sections:
        section.title, section.text = _one_line(section.title), _one_line(section.text)
    return reader.sections


def anchors_of(html: str) -> set[str]:
    """Everything on a page that can be linked to.

    >>> anchors_of('<p id="a"></p>')
    {'a'}
    """
    return _read(html).anchors


def search_index(pages: dict[str, list[Section]]) -> str:
    """A script that holds the sections of all pages, so that the search needs no request but for a script beside it.

    >>> search_index({"a.html": [Section("", 1, "A", "words")]})
    'window.searchIndex = [\\n["a.html", "A", "A", "words"]\\n];\\n'
    """
    rows = [
        [
            url + (f"#{section.anchor}" if section.anchor and section.level > 1 else ""),
            some[0].title,
            section.title,
            section.text,
        ]
        for url, some in sorted(pages.items())
        for section in some
    ]
    return "window.searchIndex = [\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n];\n"


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
