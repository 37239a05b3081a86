"""What a folder that ``msqgraph build`` wrote tells about itself, for those who open it."""

from __future__ import annotations

import json
from pathlib import Path

from msqgraph.errors import UsageError


def base_of(dataset: Path | str) -> str:
    """The base IRI of the dataset in a folder.

    :raises UsageError: if the folder holds no dataset.

    >>> base_of("responses")
    Traceback (most recent call last):
    msqgraph.errors.UsageError: responses: no dataset — build one with `msqgraph build responses -o responses`
    """
    folder = Path(dataset)
    if (folder / "SHA256SUMS").is_file():
        raise UsageError(
            f"{dataset}: is a release — give the dataset that it was made of, which `msqgraph build` wrote"
        )
    if not (folder / "dataset.nq").is_file() or not (folder / "report.json").is_file():
        raise UsageError(f"{dataset}: no dataset — build one with `msqgraph build responses -o {dataset}`")
    base: str = json.loads((folder / "report.json").read_text(encoding="utf-8"))["base"]
    return base
