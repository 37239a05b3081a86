"""``msqgraph review``: the door to the walk. Exit code 0 if nothing doubtful is left, 1 if something is, 3 if something
could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from msqgraph.arguments import Country

LEFT, UNREADABLE = 1, 3


def review(
    path: Annotated[Path, typer.Argument(help="A document, a transcript, or a folder of them.")],
    by: Annotated[
        str | None, typer.Option(help="Who decides: a name, an office, a handle or an ORCID iD. It is published.")
    ] = None,
    country: Country = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the answers that nobody doubts, and those already decided.")
    ] = False,
) -> None:
    """Walk through the doubtful answers, most consequential first, and confirm or correct them."""
    from msqgraph.errors import UnreadableInput
    from msqgraph.inputs import find_inputs, read_input
    from msqgraph.reviews.reviewers import unpublishable
    from msqgraph.reviews.walk import Ended, Walk
    from msqgraph.terminal import open_console, printable

    if by is not None and (objection := unpublishable(by)):
        raise typer.BadParameter(objection, param_hint="--by")
    inputs = find_inputs([path])
    waiting, walk = list(inputs.files), Walk(open_console(), _ask, by, problems=list(inputs.unreadable))
    try:
        while waiting:
            file = waiting.pop(0)
            try:
                walk.through(read_input(file, country), file, everything)
            except UnreadableInput as error:
                walk.problems.append(error)
    except Ended:
        walk.say("")
    for problem in walk.problems:
        typer.echo(printable(f"not read: {problem}"), err=True)
    not_opened = f", {len(waiting)} files not looked at" if waiting else ""
    walk.say(f"{walk.decided} decisions recorded, {walk.left} doubtful answers left{not_opened}")
    raise typer.Exit(UNREADABLE if walk.problems else LEFT if walk.left or waiting else 0)


def _ask(prompt: str) -> str:
    """What a person types behind a prompt; the end of the input and Ctrl-C end the walk."""
    from msqgraph.reviews.walk import Ended

    try:
        answer: str = typer.prompt(prompt, default="", show_default=False)
    except (typer.Abort, EOFError, KeyboardInterrupt):
        raise Ended from None
    return answer
