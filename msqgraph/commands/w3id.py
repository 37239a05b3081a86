"""``msqgraph w3id``: the redirects for the IRIs of a dataset. Exit code 2 if they cannot be written."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from msqgraph.arguments import AboutFile


def w3id(
    dataset: Annotated[Path, typer.Argument(help="A folder that `msqgraph build` wrote.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write .htaccess and README.md to.")],
    about: AboutFile = None,
    site: Annotated[
        str | None, typer.Option(help="Where the IRIs are answered, if the YAML file does not say it.")
    ] = None,
) -> None:
    """Write the redirects that w3id.org needs to answer the IRIs of a dataset."""
    from msqgraph.dataset_folder import base_of
    from msqgraph.exports.w3id import write_w3id
    from msqgraph.release.about import load_about

    said = load_about(about)
    place = f"{site.rstrip('/')}/" if site else said.site
    if place is None:
        raise typer.BadParameter("say where the IRIs are answered, here or as `site` in --about", param_hint="--site")
    write_w3id(output, base_of(dataset), place, said)
    typer.echo(f"{output}: .htaccess, README.md")
