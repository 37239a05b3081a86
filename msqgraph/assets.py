"""Where the top-level folders are: inside the wheel, or in the checkout.

The only module that knows. Texts are read through here, so that a base IRI other than the default is put in place once,
for ontology, shapes, mappings and queries alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

DEFAULT_BASE = "https://w3id.org/msqgraph/"
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
    text = (root() / name).read_text(encoding="utf-8")
    return text if base == DEFAULT_BASE else text.replace(DEFAULT_BASE, base)


def names(folder: str, suffix: str) -> Iterator[str]:
    """The assets of a folder (sub-folders included) with this suffix, sorted, as ``folder/name``.

    :raises FileNotFoundError: if there is none: a folder that was not packaged must not pass for an empty one.

    >>> list(names("shapes", ".ttl"))[:3]
    ['shapes/corroboration.ttl', 'shapes/facts.ttl', 'shapes/ontology.ttl']
    """
    found = sorted(path.relative_to(root()).as_posix() for path in (root() / folder).rglob(f"*{suffix}"))
    if not found:
        raise FileNotFoundError(f"no {suffix} file in {root() / folder}: the installation is incomplete, reinstall it")
    yield from found
