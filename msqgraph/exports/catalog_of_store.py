"""The catalogue of what is in a store, where no release was written: the same entries, without files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.exports.catalog import Catalogue
from msqgraph.exports.catalog_2_1_1 import as_dcat_ap_2
from msqgraph.exports.catalog_entries import dataset_entries
from msqgraph.exports.catalog_history import history_of
from msqgraph.exports.coverage import coverage_of
from msqgraph.exports.schema_org import schema_org
from msqgraph.release.about import Release
from msqgraph.store import Store

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Catalogues:
    """A catalogue as DCAT-AP 3.0.1, as DCAT-AP 2.1.1, and as JSON-LD in the terms of schema.org."""

    triples: list[ox.Triple]
    earlier: list[ox.Triple]
    schema_org: str


def catalogues_of_store(store: Store, release: Release) -> Catalogues:
    """The catalogue of a store's datasets; they have no distributions, since there are no files.

    :raises UsageError: if the store does not answer.
    """
    covered = coverage_of(store, release.base)
    entries, before = dataset_entries(release, covered, []), history_of(None)
    triples = Catalogue(release, covered, entries, before).triples
    return Catalogues(triples, as_dcat_ap_2(triples, {}), schema_org(release, covered, entries, before))
