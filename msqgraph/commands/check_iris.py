"""``msqgraph check-iris``: whether published IRIs still stand for what they did. Exit code 0 if so, 1 if not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from msqgraph.arguments import Base

FINDINGS = 1


def check_iris(
    old: Annotated[Path, typer.Argument(help="A release or dataset folder, as it was published.")],
    new: Annotated[Path, typer.Argument(help="The one that is to follow it.")],
    base: Base = None,
) -> None:
    """Check that no published IRI went without a word, or was given another meaning."""
    from msqgraph.stable_names import compare_names
    from msqgraph.terminal import printable

    report = compare_names(old, new, base)
    for finding in report.findings:
        typer.echo(printable(f"{finding.kind:<10} {finding.iri.removeprefix(report.base)}: {finding.message}"))
    if entries := report.entries():
        typer.echo("\nIf they went on purpose, say why in withdrawn.yaml beside the responses, and build again:\n")
        typer.echo(printable(entries))
    counts = [
        f"{report.kept} described",
        f"{report.tombstoned} with a tombstone",
        *([f"{report.going} that go with their response"] if report.going else []),
        *([f"{report.nameless} that spelled the name of a forgotten person"] if report.nameless else []),
    ]
    typer.echo(f"{report.looked_at} IRIs looked at: {', '.join(counts)}; {len(report.findings)} findings")
    raise typer.Exit(FINDINGS if report.findings else 0)
