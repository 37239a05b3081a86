"""The catalogue of a release: DCAT 3 in the profile DCAT-AP 3.0.1, the same in DCAT-AP 2.1.1, and schema.org.

Datasets, files and all they refer to have IRIs that stay the same from release to release, so that a portal that
harvests again updates what it has. What changes is the version; the release itself is described as a version of the
whole dataset, and follows the one before it.

Specifications: https://www.w3.org/TR/vocab-dcat-3/, https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from msqgraph.exports.catalog_2_1_1 import as_dcat_ap_2
from msqgraph.exports.catalog_authorities import DATA_THEMES, EU, SHA_256, CatalogDescription
from msqgraph.exports.catalog_entries import (
    CATALOG,
    KEYWORDS,
    LICENCE_TITLE,
    SERIES,
    SERIES_DESCRIPTION,
    SERIES_TITLE,
    SERVICE,
    WHOLE,
    DatasetEntry,
    contact_of,
    dataset_entries,
    dataset_path,
    places_of,
    provenance_of,
    publisher_of,
    rights_of,
)
from msqgraph.exports.catalog_files import FileEntry
from msqgraph.exports.catalog_history import History, history_of
from msqgraph.exports.coverage import Coverage, Place, Source, coverage
from msqgraph.exports.rdf import turtle
from msqgraph.exports.schema_org import schema_org
from msqgraph.release.about import CC_BY, Publisher, Release
from msqgraph.release.layout import File

_RIGHTS, _PROVENANCE = "id/rights", "id/provenance"
_SUBJECTS = ("1001805", "1002722", "1003205", "1005240")
_UN_AREA = "http://metadata.un.org/sdg/codes/geoArea/"


def write_catalogues(dataset: Path, folder: Path, release: Release, files: list[File], previous: Path | None) -> None:
    """Writes ``catalog.ttl``, ``catalog-2.1.1.ttl`` and ``schema-org.jsonld`` of a release into its folder.

    :param files: the files of the release; those that belong to a dataset become its distributions.
    :param previous: the folder of the release before, if there is one: since when a thing is published is told there.
    :raises UsageError: if there is no store in the dataset's folder, or no catalogue in the previous one.
    :raises UnreadableInput: if the previous catalogue is no Turtle.
    """
    covered = coverage(dataset, release.base)
    entries = dataset_entries(release, covered, files)
    before = history_of(previous)
    catalogue = Catalogue(release, covered, entries, before)
    (folder / "catalog.ttl").write_bytes(turtle(catalogue.triples, release.base))
    checked = {catalogue.checksum(entry): folder / entry.file.path for entry in catalogue.files}
    earlier = as_dcat_ap_2(catalogue.triples, checked)
    (folder / "catalog-2.1.1.ttl").write_bytes(turtle(earlier, release.base))
    (folder / "schema-org.jsonld").write_text(schema_org(release, covered, entries, before), encoding="utf-8")


class Catalogue(CatalogDescription):
    """The triples of a catalogue, thing by thing."""

    def __init__(self, release: Release, covered: Coverage, entries: list[DatasetEntry], before: History) -> None:
        super().__init__(release.base)
        self.release, self.covered, self.entries, self.before = release, covered, entries, before
        self.files = [file for entry in entries for file in entry.files]
        about = release.about
        self.publisher, self.contact = publisher_of(release), contact_of(release)
        self.home = about.site or release.address
        self._catalog()
        self._agents()
        self._terms()
        for entry in entries:
            self._dataset(entry)
        self._series()
        self._versions()
        if about.endpoint:
            self._service(about.endpoint)

    def checksum(self, entry: FileEntry) -> str:
        """The IRI of a file's checksum."""
        return self.node(f"id/distribution/{entry.slug}/checksum").value

    def _catalog(self) -> None:
        self.a(CATALOG, "dcat:Catalog")
        self.english(CATALOG, "dct:title", f"Catalogue: {self.release.about.title}")
        self.english(CATALOG, "dct:description", "The whole dataset, each of its editions, its tables and its model.")
        self.link(CATALOG, "dcat:dataset", SERIES, *(dataset_path(entry.name) for entry in self.entries))
        self.link(CATALOG, "foaf:homepage", self.page(self.home, "Where the data is found"))
        self.link(CATALOG, "dcat:themeTaxonomy", DATA_THEMES)
        self.link(CATALOG, "dct:publisher", self.publisher)
        self.link(CATALOG, "dct:license", self.release.about.licence)
        self.link(CATALOG, "dct:rights", _RIGHTS)
        self._places(CATALOG, places_of(self.covered))
        self._languages(CATALOG, ())
        self._dates(CATALOG)

    def _agents(self) -> None:
        about = self.release.about
        self.a(self.publisher, "foaf:Agent")
        self.english(self.publisher, "foaf:name", about.publisher.name)
        if about.publisher == Publisher():  # of any other publisher we do not know what kind of body it is
            self.link(self.publisher, "dct:type", self.adms("publishertype", "NonProfitOrganisation"))
        self.a(self.contact, "vcard:Kind", "vcard:Organization")
        self.english(self.contact, "vcard:fn", about.contact.name)
        if about.contact.email:
            self.link(self.contact, "vcard:hasEmail", f"mailto:{about.contact.email}")
        if about.contact.url or not about.contact.email:
            self.link(self.contact, "vcard:hasURL", about.contact.url or about.site or self.base)

    def _terms(self) -> None:
        for licence in (self.release.about.licence, *(entry.licence for entry in self.entries)):
            self.a(licence, "dct:LicenseDocument")
            if licence == CC_BY:
                self.english(licence, "dct:title", LICENCE_TITLE)
                self.link(licence, "dct:type", self.adms("licencetype", "Attribution"))
                self.link(licence, "skos:exactMatch", f"{EU}licence/CC_BY_4_0")
        self.a(_RIGHTS, "dct:RightsStatement")
        self.english(_RIGHTS, "rdfs:label", rights_of(self.covered.sources))
        for source in self.covered.sources:
            self._source(source)
        self.a(SHA_256, "spdx:ChecksumAlgorithm")

    def _source(self, source: Source) -> None:
        """As the data say it. It is no dcat:Dataset: a portal would list what others publish as ours."""
        self.a(source.iri, "prov:Entity")
        self.english(source.iri, "dct:title", source.title)
        if source.publisher:
            self.english(source.iri, "dct:publisher", source.publisher)
        if source.rights:
            self.english(source.iri, "dct:rights", source.rights)
        if source.page:
            self.link(source.iri, "foaf:page", source.page)

    def _dataset(self, entry: DatasetEntry) -> None:
        path = dataset_path(entry.name)
        self.a(path, "dcat:Dataset")
        self._resource(path, entry.title, entry.description, entry.keywords, entry.licence)
        self._places(path, entry.places)
        self._period(path, entry.scope.years)
        self._languages(path, entry.scope.languages)
        if entry.scope.documents or entry.sources:
            self._provenance(path, entry.sources)
        for document in entry.scope.documents:
            self.a(document, "prov:Entity")
            self.link(path, "prov:wasDerivedFrom", document)
        for standard in {file.standard for file in entry.files}:
            self.link(path, "dct:conformsTo", self.standard(standard.iri, standard.title))
        if entry.name in self.covered.editions:
            self.link(path, "dcat:inSeries", SERIES)
        elif entry.name != "model":
            self.link(path, "dct:accrualPeriodicity", self.eu("frequency", "BIENNIAL"))
        for file in entry.files:
            self.link(path, "dcat:distribution", f"id/distribution/{file.slug}")
            self._distribution(file, entry)

    def _provenance(self, path: str, sources: tuple[Source, ...]) -> None:
        statement = f"{_PROVENANCE}/with-other-sources" if sources else _PROVENANCE
        self.a(statement, "dct:ProvenanceStatement")
        self.english(statement, "rdfs:label", provenance_of(sources))
        self.link(path, "dct:provenance", statement)
        self.link(path, "prov:wasDerivedFrom", *(source.iri for source in sources))

    def _resource(self, path: str, title: str, description: str, keywords: tuple[str, ...], licence: str) -> None:
        """What datasets, their series and the service have in common."""
        self.english(path, "dct:title", title)
        self.english(path, "dct:description", description)
        for word in keywords:
            self.english(path, "dcat:keyword", word)
        self.link(path, "dcat:theme", self.eu("data-theme", "GOVE"), self.eu("data-theme", "TECH"))
        self.link(path, "dct:subject", *(self.unbis(number) for number in _SUBJECTS))
        self.link(path, "dct:publisher", self.publisher)
        self.link(path, "dcat:contactPoint", self.contact)
        self.link(path, "dct:license", licence)
        self.link(path, "dct:rights", _RIGHTS)
        self.link(path, "dct:accessRights", self.eu("access-right", "PUBLIC"))
        self.link(path, "dcat:landingPage", self.page(self.home, "Where the data is found"))
        self.say(path, "dct:identifier", self.node(path).value)
        self.say(path, "dcat:version", self.release.about.version)
        self.english(path, "adms:versionNotes", self._version_notes())
        self._dates(path)

    def _distribution(self, entry: FileEntry, of: DatasetEntry) -> None:
        path, file = f"id/distribution/{entry.slug}", entry.file
        address = self.release.address + file.path
        self.a(path, "dcat:Distribution")
        self.english(path, "dct:title", entry.title)
        self.english(path, "dct:description", entry.description)
        self.link(path, "dcat:accessURL", address)
        self.link(path, "dcat:downloadURL", address)
        self.link(path, "dct:license", of.licence)
        self.link(path, "dct:rights", _RIGHTS)
        self.link(path, "dct:conformsTo", self.standard(entry.standard.iri, entry.standard.title))
        self.link(path, "dcatap:availability", self.eu("planned-availability", "AVAILABLE"))
        self._languages(path, of.scope.languages)
        self._dates(path)
        if kind := file.format:
            self.link(path, "dcat:mediaType", self.media_type(kind.media_type))
            if file_type := self.file_type(kind):
                self.link(path, "dct:format", file_type)
            if kind.compression:
                self.link(path, "dcat:compressFormat", self.media_type(kind.compression))
        self.say(path, "dcat:byteSize", str(file.size_bytes), datatype="nonNegativeInteger")
        self.link(path, "spdx:checksum", self.checksum(entry))
        self.a(self.checksum(entry), "spdx:Checksum")
        self.link(self.checksum(entry), "spdx:algorithm", SHA_256)
        self.say(self.checksum(entry), "spdx:checksumValue", file.sha256, datatype="hexBinary")

    def _series(self) -> None:
        editions = [dataset_path(year) for year in self.covered.editions]
        self.a(SERIES, "dcat:DatasetSeries", "dcat:Dataset")
        self._resource(SERIES, SERIES_TITLE, SERIES_DESCRIPTION, KEYWORDS, self.release.about.licence)
        self.link(SERIES, "dct:accrualPeriodicity", self.eu("frequency", "BIENNIAL"))
        self._provenance(SERIES, ())
        self._places(SERIES, self.covered.responses.countries or (self.covered.world,))
        self._period(SERIES, self.covered.responses.years)
        self._languages(SERIES, self.covered.responses.languages)
        for before, after in pairwise(editions):
            self.link(after, "dcat:prev", before)
        if editions:
            self.link(SERIES, "dcat:first", editions[0])
            self.link(SERIES, "dcat:last", editions[-1])

    def _versions(self) -> None:
        """The release as a version. It is no dcat:Dataset: a portal would list the same data twice."""
        about = self.release.about
        self.link(WHOLE, "dcat:hasCurrentVersion", self.release.iri)
        # not of the datasets: there DCAT-AP takes only what is a dcat:Dataset for a source
        self.link(self.release.iri, "dct:source", *(source.iri for source in self.covered.sources))
        versions = {self.release.iri: about.version}
        if self.before.version:
            before = f"{self.base}id/release/{self.before.version}"
            versions[before] = self.before.version
            self.link(self.release.iri, "dcat:previousVersion", before)
        for iri, version in versions.items():
            self.a(iri, "dcat:Resource")
            self.english(iri, "dct:title", f"{about.title}, version {version}")
            self.say(iri, "dcat:version", version)
            self.link(iri, "dcat:isVersionOf", WHOLE)
            if issued := self.before.issued.get(iri, about.issued if iri == self.release.iri else None):
                self.say(iri, "dct:issued", issued, datatype="date")

    def _version_notes(self) -> str:
        changes = f"{self.release.address}changes.md"
        if self.before.version:
            return f"Version {self.release.about.version} follows {self.before.version}. What changed: {changes}"
        return f"Version {self.release.about.version}. There is no earlier release that it was compared with."

    def _service(self, endpoint: str) -> None:
        self.a(SERVICE, "dcat:DataService")
        description = "Answers queries on the whole dataset. Plain patterns see the merge, GRAPH the named graphs."
        self._resource(SERVICE, "SPARQL endpoint", description, (*KEYWORDS, "SPARQL"), self.release.about.licence)
        self.link(CATALOG, "dcat:service", SERVICE)
        self.link(SERVICE, "dcat:endpointURL", endpoint)
        self.link(SERVICE, "dcat:endpointDescription", f"{self.release.address}service.ttl")
        self.link(SERVICE, "dcat:servesDataset", WHOLE)
        protocol = self.standard("https://www.w3.org/TR/sparql11-protocol/", "SPARQL 1.1 Protocol")
        self.link(SERVICE, "dct:conformsTo", protocol)

    def _places(self, path: str, places: tuple[Place, ...]) -> None:
        for place in places:
            for match in place.matches:
                if match.startswith((_UN_AREA, f"{EU}country/")):
                    self.link(path, "dct:spatial", self.location(match, place.label))

    def _period(self, path: str, years: tuple[str, ...]) -> None:
        if not years:
            return
        first, last = years[0], years[-1]
        period = f"id/period/{first}" if first == last else f"id/period/{first}-{last}"
        self.a(period, "dct:PeriodOfTime")
        self.say(period, "dcat:startDate", first, datatype="gYear")
        self.say(period, "dcat:endDate", last, datatype="gYear")
        self.link(path, "dct:temporal", period)

    def _languages(self, path: str, tags: tuple[str, ...]) -> None:
        self.link(path, "dct:language", *filter(None, (self.language(tag) for tag in ("en", *tags))))

    def _dates(self, path: str) -> None:
        """Published when it first was, modified with this release."""
        today = self.release.about.issued
        if issued := self.before.issued.get(self.node(path).value, today):
            self.say(path, "dct:issued", issued, datatype="date")
        if today:
            self.say(path, "dct:modified", today, datatype="date")
