"""The files of a release in a site, where the server gives them: ``release/<version>/``."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.site.crawl import Crawled

if TYPE_CHECKING:
    from msqgraph.server.linked_data.publication import Publication

_GREETS = "README.md"


def copy_release(folder: Path, publication: Publication, found: Crawled) -> None:
    """Copies the files of the release that the server would give; their folder leads to the page that greets.

    They are copied, not asked for: the dumps of a large dataset do not fit into memory.
    """
    if publication.release is None:
        return
    address = f"/release/{publication.about.version}/"
    for path in sorted(publication.release.rglob("*")):
        name = path.relative_to(publication.release).as_posix()
        if file := publication.file(name):
            copy = folder / address.strip("/") / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
            found.files += 1
    if publication.file(_GREETS):
        found.redirects[address] = f"{address}{_GREETS}"
