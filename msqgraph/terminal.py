"""What strangers wrote, on its way to a terminal: control characters must not move its cursor or change its colours."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """The text with a replacement character for every control or direction-changing character.

    >>> printable("\\x1b[31mred\\u202e")
    '\ufffd[31mred\ufffd'
    """
    return "".join("\ufffd" if _is_dangerous(character) else character for character in text)


def open_console() -> Console:
    """A console on stdout: colours and the width of the terminal, if it is one; else neither."""
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=160, no_color=True)  # a pipe has no width of its own


def say(message: str) -> None:
    """Prints a message for people, on stderr: stdout is for results."""
    import typer

    typer.echo(printable(message), err=True)


def warn_of_personal(count: int, where: Path) -> None:
    """Says on stderr what a file with personal data reveals."""
    say(
        f"{where} reveals {count} statements with personal data: phone numbers, mailboxes of persons, and who filled "
        "in the form. The form authorises UN DESA to publish them, no one else: keep this file to yourself."
    )


def _is_dangerous(character: str) -> bool:
    return character in _DIRECTIONS or (character != "\n" and unicodedata.category(character) in ("Cc", "Cs"))
