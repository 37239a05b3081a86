"""``msqgraph forget``: an official is forgotten, by IRI. Exit code 0, or 1 if the same name stands under other IRIs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from msqgraph.arguments import Base
from msqgraph.terminal import say

ELSEWHERE = 1


def forget(
    iri: Annotated[str, typer.Argument(help="The IRI of an official, or its path: id/official/PRY/.../2020.")],
    responses: Annotated[Path, typer.Argument(help="The folder of responses; its forgotten.yaml is written to.")],
    data: Annotated[
        list[Path] | None, typer.Option("--data", help="A dataset folder of them, built anew at once; may be repeated.")
    ] = None,
    date: Annotated[str | None, typer.Option(help="The day of the decision, as 2026-11-24; else today.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why; it stays in forgotten.yaml and is not published.")] = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Also in the country's other editions and posts.")
    ] = False,
    base: Base = None,
) -> None:
    """Forget the holder of a post: no name in any dataset or release that is built from now on."""
    from datetime import UTC, datetime

    from msqgraph import forgetting
    from msqgraph.assets import DEFAULT_BASE
    from msqgraph.dataset_folder import base_of
    from msqgraph.rebuilding import rebuild

    bases = {base_of(folder) for folder in data or []} | ({base} if base else set())
    if len(bases) > 1:
        raise typer.BadParameter(f"different bases: {', '.join(sorted(bases))}; forget in one at a time")
    day = date or datetime.now(UTC).date().isoformat()
    known = min(bases, default=DEFAULT_BASE)
    done = forgetting.forget(iri, responses, day, reason=reason, everywhere=everywhere, base=known)
    for problem in done.problems:
        say(f"not read, so nobody was looked for in it: {problem}")
    for path in done.added:
        typer.echo(f"{done.file}: {path} is forgotten from {day} on")
    for path in done.known:
        typer.echo(f"{done.file}: {path} was forgotten already")
    for folder in data or []:
        rebuild(folder, responses)
        typer.echo(f"{folder}: built anew")
    if done.elsewhere:
        typer.echo(f"the same name stands under {', '.join(done.elsewhere)}: forget that too, or use --everywhere")
        raise typer.Exit(ELSEWHERE)
