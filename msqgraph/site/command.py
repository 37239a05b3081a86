"""``msqgraph site``: the pages as a folder of files. Exit code 2 if they cannot be written, 3 if the dataset cannot be
read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def site(
    dataset: Annotated[Path, typer.Argument(help="A folder that `msqgraph build` wrote.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write the site to.")],
    language: Annotated[
        list[str] | None, typer.Option("--language", help="A language of the pages (en, fr ...); repeatable; else all.")
    ] = None,
    public_url: Annotated[
        str | None, typer.Option("--public-url", help="Where readers will find it, for the sitemap and the prefix.")
    ] = None,
    release: Annotated[
        Path | None,
        typer.Option("--release", help="The folder of the release, or the YAML file that tells about it.", exists=True),
    ] = None,
) -> None:
    """Write the site of a dataset as files that any web host serves."""
    import asyncio
    from urllib.parse import urlsplit

    from msqgraph.exports.extra import needed_for
    from msqgraph.server.command import folder_address
    from msqgraph.terminal import say

    with needed_for("a site", "serve"):
        from msqgraph.site.writing import checked_languages, write_site
    address = folder_address(public_url)
    prefix = urlsplit(address).path.rstrip("/")
    languages = checked_languages(language or [])
    written = asyncio.run(write_site(dataset, output, languages, prefix, address, release))
    typer.echo(f"{output}: {written.pages} pages, {written.leading_on} more that lead on, {written.files} other files")
    if written.left_out:
        say(f"{len(written.left_out)} links lead to what only a server answers, such as {min(written.left_out)}")
