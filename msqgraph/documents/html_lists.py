"""Lists of web pages: how each counts, and what its items begin with."""

from __future__ import annotations

import re
from typing import Any

from msqgraph.documents.list_labels import roman

_LIST_STYLE = re.compile(r"(?i)\blist-style(?:-type)?\s*:\s*([a-z-]+)")
_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


def counter_of(element: Any, tag: str, style: str) -> tuple[str, int, int]:
    """A list's style, first number and step."""
    own = own_style(style)
    if tag != "ol":
        return own or "disc", 1, 1
    kind = own or _STYLES.get(element.get("type") or "1", "decimal")
    if element.get("reversed") is None:
        return kind, whole(element.get("start"), 1), 1
    return kind, whole(element.get("start"), sum(child.tag == "li" for child in element)), -1


def whole(text: str | None, default: int) -> int:
    """The number that an attribute holds, if it holds one."""
    return int(text) if text and re.fullmatch(r"\s*-?[0-9]{1,9}\s*", text) else default


def own_style(style: str) -> str | None:
    """The way of counting that an element's ``style`` asks for."""
    own = _LIST_STYLE.search(style)
    return own.group(1).lower() if own else None


def marker_of(style: str, number: int) -> str:
    """What a list item begins with.

    >>> marker_of("lower-alpha", 28), marker_of("upper-roman", 14), marker_of("disc", 1), marker_of("none", 1)
    ('ab. ', 'XIV. ', '• ', '')
    """
    if style == "none":
        return ""
    shown = str(number)
    if style.endswith(("-alpha", "-latin")) and number > 0:
        shown, rest = "", number
        while rest:
            rest, letter = divmod(rest - 1, 26)
            shown = chr(ord("a") + letter) + shown
    elif style.endswith("-roman"):
        shown = roman(number)
    elif "decimal" not in style:
        return "• "
    return f"{shown.upper() if style.startswith('upper') else shown}. "
