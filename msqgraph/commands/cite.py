"""``msqgraph cite``: how a dataset, or one thing in it, is cited. Exit code 2 if it cannot be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from msqgraph.arguments import AboutFile


class CitationForm(StrEnum):
    """The form of a citation."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"


def cite(
    dataset: Annotated[Path, typer.Argument(help="A folder that `msqgraph build` wrote.")],
    iri: Annotated[
        str | None, typer.Argument(help="The IRI of an answer or anything else in it; without one, the whole.")
    ] = None,
    form: Annotated[
        CitationForm, typer.Option("-f", "--format", help="A line of text, a BibTeX entry, or CSL-JSON.")
    ] = CitationForm.text,
    about: AboutFile = None,
) -> None:
    """Print how to cite a dataset, or one answer or fact in it."""
    from msqgraph.dataset_folder import base_of
    from msqgraph.exports.citation import cite as cite_thing
    from msqgraph.exports.citation import cite_release
    from msqgraph.exports.citation_forms import FORMS
    from msqgraph.release.about import Release, load_about

    release = Release(load_about(about), base_of(dataset))
    typer.echo(FORMS[form](cite_thing(dataset, iri, release) if iri else cite_release(release)))
