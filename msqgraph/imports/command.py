"""``msqgraph import``: a table of others → N-Quads that a build takes. Exit code 1 if a row has a problem."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msqgraph.arguments import Base

if TYPE_CHECKING:
    from msqgraph.imports import Imported

app = typer.Typer(
    help="Turn what others publish about countries into a graph that a build takes.", no_args_is_help=True
)

Output = Annotated[Path, typer.Option("-o", "--output", help="The N-Quads file to write, such as egdi.nq.")]


@app.command()
def egdi(
    output: Output,
    file: Annotated[
        Path | None, typer.Argument(help="The official download; without it, the figures of the package.")
    ] = None,
    base: Base = None,
) -> None:
    """The UN's E-Government Development Index, all editions of a file (CSV or XLSX)."""
    from msqgraph.imports.egdi import import_egdi

    _import(lambda base: import_egdi(file, base), output, base)


@app.command()
def govtech(
    file: Annotated[Path, typer.Argument(help="The World Bank's GovTech data set of December 2020.")],
    output: Output,
    base: Base = None,
) -> None:
    """Agencies, portals, strategies and laws of the World Bank's GovTech data set (CSV or XLSX)."""
    from msqgraph.imports.govtech import import_govtech

    _import(lambda base: import_govtech(file, base), output, base)


def _import(run: Callable[[str], Imported], output: Path, base: str | None) -> None:
    from msqgraph.answers import write_file
    from msqgraph.assets import DEFAULT_BASE

    base = base or DEFAULT_BASE
    imported = run(base)
    for problem in imported.problems:
        typer.echo(str(problem), err=True)
    if not imported.rows_imported:
        typer.echo("nothing was imported", err=True)
        raise typer.Exit(3)
    write_file(output, imported.nquads(base))
    rows = f"{imported.rows_imported} of {imported.rows_read} rows"
    typer.echo(f"{output}: {rows}, {len(imported.triples)} triples in {imported.graph}", err=True)
    raise typer.Exit(1 if imported.problems else 0)
