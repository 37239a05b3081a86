"""Where the top-level folders are: inside the wheel, in the checkout, or where ``MSQGRAPH_ASSETS`` says.

The only module that knows. Texts are read through here, so that a base IRI other than the default is put in place once,
for ontology, shapes, mappings and queries alike. Files in the folders of ``MSQGRAPH_ASSETS`` come on top of the
package's own: a new edition of the form is one file there, ``ontology/questionnaire-<year>.ttl``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msqgraph.errors import UsageError

DEFAULT_BASE = "https://w3id.org/msqgraph/"
ADDED = "MSQGRAPH_ASSETS"
FOLDERS = ("ontology", "shapes", "mappings", "queries", "reference")


@cache
def root() -> Path:
    """The folder that holds the asset folders.

    >>> (root() / "ontology" / "msq.ttl").is_file()
    True
    """
    here = Path(__file__).parent
    bundled = here / "_assets"
    return bundled if bundled.is_dir() else here.parent


def read_text(name: str, base: str = DEFAULT_BASE) -> str:
    """The text of one asset with its IRIs under ``base``.

    :raises FileNotFoundError: if there is no such asset.

    >>> "https://example.org/x/ontology#" in read_text("ontology/msq.ttl", "https://example.org/x/")
    True
    """
    text = next((file for folder in _roots() if (file := folder / name).is_file()), root() / name).read_text("utf-8")
    return text if base == DEFAULT_BASE else text.replace(DEFAULT_BASE, base)


def names(folder: str, suffix: str) -> Iterator[str]:
    """The assets of a folder (sub-folders included) with this suffix, sorted, as ``folder/name``.

    :raises FileNotFoundError: if there is none: a folder that was not packaged must not pass for an empty one.

    >>> list(names("shapes", ".ttl"))[:3]
    ['shapes/catalog.ttl', 'shapes/corroboration.ttl', 'shapes/facts.ttl']
    """
    found = {path.relative_to(one).as_posix() for one in _roots() for path in (one / folder).rglob(f"*{suffix}")}
    if not found:
        raise FileNotFoundError(f"no {suffix} file in {root() / folder}: the installation is incomplete, reinstall it")
    yield from sorted(found)


def _roots() -> list[Path]:
    """Where assets are looked for, in this order."""
    added = os.environ.get(ADDED)
    if added and not Path(added).is_dir():
        raise UsageError(f"{ADDED}={added}: no such folder — give one that holds ontology/questionnaire-<year>.ttl")
    return [Path(added), root()] if added else [root()]
