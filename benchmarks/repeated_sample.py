"""Datasets of any size: the sample repeated under country codes that ISO 3166-1 leaves to its users."""

from __future__ import annotations

import itertools
import shutil
import string
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def repeated_sample(folder: Path, quads: int, with_store: bool = False) -> int:
    """Writes a dataset folder of about so many quads, the sample at least; returns how many.

    :param with_store: its store holds them, too, as one of a build would; else it has the sample's.
    """
    import pyoxigraph as ox

    import msqgraph
    from msqgraph.exports.rdf import declared_prefixes
    from msqgraph.exports.reading_order import types_first
    from msqgraph.store import EmbeddedStore

    msqgraph.write_dataset(msqgraph.build([ROOT / "responses"]), folder)
    sample = (folder / "dataset.nq").read_bytes().splitlines(keepends=True)
    own = [line for line in sample if b"/2020/PRY> .\n" in line]
    copies = itertools.islice(user_assigned(), max(0, quads - len(sample) + len(own)) // len(own))
    lines = sorted({*sample, *(line.replace(b"PRY", code) for code in copies for line in own)})
    (folder / "dataset.nq").write_bytes(b"".join(lines))
    merged = sorted({line[: line.rindex(b" <")] + b" .\n" for line in lines})
    ox.serialize(
        ox.parse(b"".join(types_first(merged)), format=ox.RdfFormat.N_TRIPLES),
        output=folder / "dataset.ttl",
        format=ox.RdfFormat.TURTLE,
        prefixes=declared_prefixes(),
    )
    if with_store:
        shutil.rmtree(folder / "store")
        triples = ox.parse(b"".join(merged), format=ox.RdfFormat.N_TRIPLES)
        EmbeddedStore.write(folder / "store", folder / "dataset.nq", triples)
    return len(lines)


def user_assigned() -> Iterator[bytes]:
    """XAA, XAB and so on.

    >>> next(user_assigned())
    b'XAA'
    """
    return (f"X{a}{b}".encode() for a, b in itertools.product(string.ascii_uppercase, repeat=2))
