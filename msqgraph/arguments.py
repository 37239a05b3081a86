"""Options that several commands share."""

from __future__ import annotations

import re
from pathlib import Path
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


def _checked_country(code: str | None) -> str | None:
    from msqgraph.countries import is_code

    if code is not None and not is_code(code.upper()):
        raise typer.BadParameter(f"{code!r} is no ISO 3166-1 alpha-3 code, such as PRY")
    return code.upper() if code else None


Country = Annotated[
    str | None,
    typer.Option(
        callback=_checked_country, help="ISO 3166-1 alpha-3 code of a document that does not name its country."
    ),
]


AboutFile = Annotated[
    Path | None,
    typer.Option("--about", help="A YAML file with what the publisher says of the release.", exists=True),
]


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from msqgraph import __version__

        typer.echo(__version__)
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
]
