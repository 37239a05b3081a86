"""The words of the pages in the reader's language: ``locale/<language>.po``, with English as the source language."""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent / "locale"


class Messages(NullTranslations):
    """The messages of a language; one that is not translated stays English."""

    def __init__(self, file: Path) -> None:
        from babel.messages.pofile import read_po

        super().__init__()
        with file.open("rb") as catalog:
            self._catalog: Any = read_po(catalog)

    def gettext(self, message: str) -> str:
        """The translation of a message."""
        found = self._catalog.get(message)
        return found.string if found and isinstance(found.string, str) and found.string else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The translation of a message for a number of things."""
        found = self._catalog.get(msgid1)
        forms = found.string if found and not isinstance(found.string, str) else ()
        position = _plural(self._catalog.plural_expr)(n)
        if position < len(forms) and forms[position]:
            return str(forms[position])
        return msgid1 if n == 1 else msgid2


@cache
def messages(language: str) -> NullTranslations:
    """The messages of a language; without a catalogue, as for English, they are those of the source.

    >>> messages("en").gettext("Countries")
    'Countries'
    """
    file = LOCALE / f"{language}.po"
    return Messages(file) if file.is_file() else NullTranslations()


@cache
def _plural(expression: str) -> Any:
    from gettext import c2py

    return c2py(expression)
