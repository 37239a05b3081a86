"""Options that several commands share."""

from __future__ import annotations

import re
from typing import Annotated

import typer


def _checked_base(base: str | None) -> str | None:
    if base is not None and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+/", base):
        raise typer.BadParameter(f"{base!r} is no http IRI that ends in a slash")
    return base


Base = Annotated[
    str | None,
    typer.Option(callback=_checked_base, help="Base IRI instead of https://w3id.org/msqgraph/.", show_default=False),
]


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from msqgraph import __version__

        typer.echo(__version__)
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]
