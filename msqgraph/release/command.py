"""``msqgraph export``: one file, or a whole release. Exit code 1 if a release has violations or lost names, 2
if it cannot be as asked."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from msqgraph.arguments import AboutFile
from msqgraph.terminal import say, warn_of_personal
from msqgraph.whole_folder import whole_file

FINDINGS = 1


class ExportFormat(StrEnum):
    """What a dataset is exported as, if as one file."""

    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    jsonld = "jsonld"


def export(
    dataset: Annotated[Path, typer.Argument(help="A folder that `msqgraph build` wrote.")],
    format: Annotated[  # noqa: A002 - options are named as users know them
        ExportFormat | None, typer.Option("-f", "--format", help="One file: the merge (turtle), or all named graphs.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write; else stdout.")] = None,
    include_personal: Annotated[
        bool, typer.Option("--include-personal", help="With what is withheld otherwise; in one file only.")
    ] = False,
    release: Annotated[
        Path | None, typer.Option(help="The folder to write a whole release to: data, tables, catalogue, changes.")
    ] = None,
    about: AboutFile = None,
    previous: Annotated[
        Path | None, typer.Option(help="The release before, which changes are told against.", exists=True)
    ] = None,
    release_version: Annotated[
        str | None, typer.Option(help="The version of the release, if the YAML file does not say it.")
    ] = None,
    issued: Annotated[
        str | None, typer.Option(help="The date of the release, such as 2026-11-24, if the YAML file does not say it.")
    ] = None,
) -> None:
    """Export a dataset to one file, or as a release that others can take over."""
    if (format is None) == (release is None):
        raise typer.BadParameter("give either -f FORMAT or --release FOLDER", param_hint="--format")
    if release is not None:
        if output or include_personal:
            problem = "a release is a folder, and public: leave out --output and --include-personal"
            raise typer.BadParameter(problem, param_hint="--release")
        return _release(dataset, release, about, previous, release_version, issued)
    if about or previous or release_version or issued:
        raise typer.BadParameter("--about, --previous, --release-version and --issued are of a release")
    return _one_file(dataset, str(format), output, include_personal)


def _release(
    dataset: Path, folder: Path, about: Path | None, previous: Path | None, version: str | None, issued: str | None
) -> None:
    from msqgraph.release.about import load_about
    from msqgraph.release.folder import write_release
    from msqgraph.release.layout import files_of

    written = write_release(dataset, folder, load_about(about, version, issued), previous)
    for message in written.messages:
        say(message)
    files = files_of(folder)
    size_mb = sum(file.size_bytes for file in files) / 1e6
    typer.echo(f"{folder}: {len(files)} files, {size_mb:.1f} MB")
    raise typer.Exit(FINDINGS if written.violations or written.suspect else 0)


def _one_file(dataset: Path, format_: str, output: Path | None, include_personal: bool) -> None:
    from msqgraph.exports.rdf import export_to

    if output and dataset.resolve() in output.resolve().parents:
        raise typer.BadParameter("the export would change the dataset: write it elsewhere", param_hint="--output")
    if output is None:
        export_to(dataset, format_, sys.stdout.buffer, include_personal)
        sys.stdout.buffer.flush()
    else:
        with whole_file(output, 0o600 if include_personal else 0o666) as file:
            export_to(dataset, format_, file, include_personal)
    if include_personal:
        count = (dataset / "personal.nq").read_bytes().count(b"\n")
        warn_of_personal(count, output or Path("stdout"))
