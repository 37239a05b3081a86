"""Characters that nobody sees and no XML can hold: none is part of what was said."""

from __future__ import annotations

import re

# the Char production of XML 1.0, section 2.2
_NO_CHARACTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def without_control_characters(text: str) -> str:
    """The text with U+FFFD for each of them, so that offsets stay what they are.

    >>> without_control_characters("page one\\x0cpage two")
    'page one\ufffdpage two'
    """
    return _NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text) if _NO_CHARACTERS.search(text) else text
