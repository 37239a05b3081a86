"""A release in the terms of schema.org, for search engines: what Google Dataset Search asks for, and some more.

The context is in the file, so that nobody has to fetch it, and the namespace is spelled ``http://schema.org/``
throughout.

Source: https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

import json
from typing import Any

from msqgraph.exports.catalog_entries import (
    CATALOG,
    KEYWORDS,
    SERIES,
    SERIES_DESCRIPTION,
    SERIES_TITLE,
    DatasetEntry,
    contact_of,
    dataset_path,
    publisher_of,
)
from msqgraph.exports.catalog_files import FileEntry
from msqgraph.exports.catalog_history import History
from msqgraph.exports.citation import cite_release
from msqgraph.exports.coverage import Coverage, Place
from msqgraph.release.about import Release

SCHEMA = "http://schema.org/"
_MAX_DESCRIPTION = 5000  # characters, above which a search engine cuts


def schema_org(release: Release, covered: Coverage, entries: list[DatasetEntry], before: History) -> str:
    """The catalogue and its datasets as JSON-LD; every node has an IRI."""
    about = release.about
    publisher: dict[str, Any] = {
        "@id": about.publisher.iri or release.base + publisher_of(release),
        "@type": "Organization",
        "name": about.publisher.name,
    }
    if about.contact.email or about.contact.url:
        publisher["contactPoint"] = {
            "@id": release.base + contact_of(release),
            "@type": "ContactPoint",
            "name": about.contact.name,
            "contactType": "questions about the data",
        } | {name: text for name, text in (("email", about.contact.email), ("url", about.contact.url)) if text}
    catalog = {
        "@id": release.base + CATALOG,
        "@type": "DataCatalog",
        "name": f"Catalogue: {about.title}",
        "description": about.description,
        "url": about.site or release.address,
        "license": about.licence,
        "publisher": {"@id": publisher["@id"]},
        "keywords": list(KEYWORDS),
        "dataset": [{"@id": release.base + dataset_path(entry.name)} for entry in entries],
    }
    series = {
        "@id": release.base + SERIES,
        "@type": "CreativeWorkSeries",
        "name": SERIES_TITLE,
        "description": SERIES_DESCRIPTION,
        "hasPart": [{"@id": release.base + dataset_path(year)} for year in covered.editions],
    }
    datasets = [_dataset(release, covered, entry, publisher["@id"], before) for entry in entries]
    graph = [catalog, publisher, series, *datasets]
    return json.dumps({"@context": {"@vocab": SCHEMA}, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _dataset(
    release: Release, covered: Coverage, entry: DatasetEntry, publisher: str, before: History
) -> dict[str, Any]:
    about, iri = release.about, release.base + dataset_path(entry.name)
    found: dict[str, Any] = {
        "@id": iri,
        "@type": "Dataset",
        "name": entry.title,
        "description": entry.description[:_MAX_DESCRIPTION],
        "identifier": iri,
        "url": about.site or release.address,
        "version": about.version,
        "license": entry.licence,
        "creator": {"@id": publisher},
        "publisher": {"@id": publisher},
        "isAccessibleForFree": True,
        "keywords": list(entry.keywords),
        "inLanguage": ["en", *(tag for tag in entry.scope.languages if tag != "en")],
        "measurementTechnique": "questionnaire to governments",
        "citation": cite_release(release).text(),
        "includedInDataCatalog": {"@id": release.base + CATALOG},
        "spatialCoverage": [_place(place) for place in entry.places],
        "distribution": [_download(release, file, entry.licence) for file in entry.files],
    }
    if entry.scope.years:
        first, last = entry.scope.years[0], entry.scope.years[-1]
        found["temporalCoverage"] = first if first == last else f"{first}/{last}"
    if entry.name != "model":
        found["variableMeasured"] = [
            {"@id": variable.iri, "@type": "PropertyValue", "name": variable.label} for variable in covered.variables
        ]
    if entry.name in covered.editions:
        found["isPartOf"] = {"@id": release.base + SERIES}
    if entry.sources:
        found["isBasedOn"] = [
            {"@id": source.iri, "@type": "CreativeWork", "name": source.title} for source in entry.sources
        ]
    if issued := before.issued.get(iri, about.issued):
        found["datePublished"] = issued
    if about.issued:
        found["dateModified"] = about.issued
    return found


def _place(place: Place) -> dict[str, Any]:
    return {"@id": place.iri, "@type": "Place", "name": place.label, "sameAs": list(place.matches)}


def _download(release: Release, entry: FileEntry, licence: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": f"{release.base}id/distribution/{entry.slug}",
        "@type": "DataDownload",
        "name": entry.title,
        "description": entry.description,
        "contentUrl": release.address + entry.file.path,
        "contentSize": f"{entry.file.size_bytes} B",
        "sha256": entry.file.sha256,
        "license": licence,
    }
    if kind := entry.file.format:
        found["encodingFormat"] = [kind.media_type, kind.compression] if kind.compression else kind.media_type
    return found
