"""The catalogue of a release as portals, validators and search engines take it: valid, whole, counted and true."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pycountry
import pyshacl
import pytest
from rdflib import DCTERMS, FOAF, PROV, RDF, RDFS, SH, VOID, XSD, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

import msqgraph
from msqgraph import assets
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.exports.catalog import write_catalogues
from msqgraph.exports.catalog_authorities import LANGUAGE_CODES
from msqgraph.exports.service_description import write_service_description
from msqgraph.exports.void import TARGETS, target_of, write_void
from msqgraph.release.about import CC_BY, About, Contact, Publisher, Release
from msqgraph.release.layout import MODEL_FILES, File, files_of
from msqgraph.typed_yaml import dumped
from tests.conftest import ROOT
from tests.system import missing
from tests.test_privacy import leaks

VALIDATORS = ROOT.parent / "shared" / "validators"
DCAT = Namespace("http://www.w3.org/ns/dcat#")  # rdflib's own is that of DCAT 2
EU = Namespace("http://publications.europa.eu/resource/authority/")
GEO_AREA = Namespace("http://metadata.un.org/sdg/codes/geoArea/")
SCHEMA = Namespace("http://schema.org/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
OWL_VERSION = URIRef("http://www.w3.org/2002/07/owl#versionInfo")
WRITTEN = ("catalog.ttl", "catalog-2.1.1.ttl", "void.ttl", "service.ttl", "schema-org.jsonld")
FULL = About(
    version="1.1.0",
    issued="2026-11-24",
    address="https://data.example.org/msq/1.1.0/",
    site="https://data.example.org/msqgraph/",
    endpoint="https://data.example.org/sparql",
    publisher=Publisher("Statistics Office", "https://data.example.org/office"),
    contact=Contact("Data desk", "info@data.example.org"),
)
OWN_LICENCE = "https://data.example.org/licence"
OTHER_BASE = "https://data.example.org/msqgraph/"
DATA_FILES = (
    "data/context.jsonld",
    *(f"data/msqgraph.{suffix}" for suffix in ("jsonld", "nq.gz", "rdf", "trig", "ttl")),
    "tables/agencies.csv",
    "tables/agencies.parquet",
    "tables/codebook.md",
    "tables/codebook.xml",
    "tables/csv-metadata.json",
    "README.md",
)


def publish(dataset: Path, folder: Path, release: Release, previous: Path | None = None, edition: str = "2020") -> Path:
    """A release folder whose data files hold only their own names, and the catalogue of it."""
    names = [*DATA_FILES, f"editions/{edition}/msq-{edition}.trig", f"editions/{edition}/msq-{edition}.nq.gz"]
    for top, suffixes in MODEL_FILES.items():
        names += [name for suffix in suffixes for name in assets.names(top, suffix)]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    write_void(dataset, folder, release)
    if release.about.endpoint:
        write_service_description(dataset, folder, release)
    (folder / "release.yaml").write_text(dumped(release.about), encoding="utf-8")
    write_catalogues(dataset, folder, release, files_of(folder), previous)
    return folder


@pytest.fixture(scope="session")
def before(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the year before, by somebody with a licence of their own."""
    about = replace(FULL, version="1.0.0", issued="2025-11-24", licence=OWN_LICENCE)
    return publish(dataset, tmp_path_factory.mktemp("before"), Release(about))


@pytest.fixture(scope="session")
def full(dataset: Path, before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's release, with all that a publisher can say, after another one."""
    return publish(dataset, tmp_path_factory.mktemp("full"), Release(FULL), before)


@pytest.fixture(scope="session")
def plain(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's release without a word of its publisher."""
    return publish(dataset, tmp_path_factory.mktemp("plain"), Release(About()))


@pytest.fixture(scope="session")
def worldwide(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world's release."""
    return publish(world, tmp_path_factory.mktemp("worldwide"), Release(FULL))


@pytest.fixture(params=["full", "plain", "worldwide"])
def released(request: pytest.FixtureRequest) -> Path:
    """Each of the releases in turn."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


def graph_of(path: Path) -> Graph:
    """A Turtle or JSON-LD file."""
    return Graph().parse(path)


def shapes_of(name: str) -> Graph:
    """Somebody else's shapes; the test is skipped where they are not."""
    if not VALIDATORS.is_dir():
        pytest.skip(f"{VALIDATORS} is not there: the validators of others are no part of this project")
    return Graph().parse(VALIDATORS / name)


def violations(data: Graph, shapes: Graph) -> tuple[list[str], Counter[str]]:
    """What shapes refuse in a graph, and how many nodes of each of their target classes they looked at."""
    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", advanced=False, do_owl_imports=False, inplace=True
    )
    assert isinstance(report, Graph), text
    found = []
    for result in report.subjects(SH.resultSeverity, SH.Violation):
        said = (report.value(result, part) for part in (SH.focusNode, SH.resultPath, SH.sourceConstraintComponent))
        found.append(" ".join(str(part) for part in said))
    classes = set(shapes.objects(None, SH.targetClass))
    looked_at = {str(kind): len(set(data.subjects(RDF.type, kind))) for kind in classes}
    return sorted(found), Counter({kind: count for kind, count in looked_at.items() if count})


@pytest.mark.parametrize("name", ["dcat-ap-3.0.1-shapes.ttl", "dcat-ap-3.0.1-range.ttl"])
def test_the_catalogue_is_valid_dcat_ap(released: Path, name: str) -> None:
    """SEMIC's shapes, and those for the classes of values, find no violation, and look at what there is."""
    found, looked_at = violations(graph_of(released / "catalog.ttl"), shapes_of(name))
    assert found == []
    wanted = {DCAT.Catalog, DCAT.Dataset, DCAT.DatasetSeries, DCAT.Distribution, DCTERMS.PeriodOfTime, FOAF.Agent}
    assert {str(kind) for kind in wanted} - {str(DCTERMS.PeriodOfTime)} <= set(looked_at)
    assert looked_at[str(DCAT.Distribution)] == sum(file.dataset is not None for file in files_of(released))
    assert looked_at[str(DCAT.Dataset)] == 5


def _without(predicate: URIRef) -> Callable[[Graph], None]:
    def spoil(graph: Graph) -> None:
        graph.remove((URIRef(assets.DEFAULT_BASE + "id/catalog"), predicate, None))

    return spoil


def _with_sizes_as_decimals(graph: Graph) -> None:
    for file, size in list(graph.subject_objects(DCAT.byteSize)):
        graph.set((file, DCAT.byteSize, Literal(str(size), datatype=XSD.decimal)))


def _without_stubs(graph: Graph) -> None:
    graph.remove((None, RDF.type, DCTERMS.LinguisticSystem))


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (_without(DCTERMS.publisher), "dcat-ap-3.0.1-shapes.ttl"),
        (_without(DCTERMS.title), "dcat-ap-3.0.1-shapes.ttl"),
        (_with_sizes_as_decimals, "dcat-ap-3.0.1-shapes.ttl"),
        (_without_stubs, "dcat-ap-3.0.1-range.ttl"),
    ],
)
def test_a_planted_fault_is_found(full: Path, spoil: Callable[[Graph], None], name: str) -> None:
    """The validator would see what the catalogue could lack."""
    data = graph_of(full / "catalog.ttl")
    spoil(data)
    assert violations(data, shapes_of(name))[0]


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog-2.1.1.ttl"])
def test_our_own_shapes_hold(released: Path, name: str) -> None:
    """What we ask of a catalogue beyond the profiles: English texts, and address, size, checksum for every file."""
    shapes = Graph().parse(data=assets.read_text("shapes/catalog.ttl"), format="turtle")
    found, looked_at = violations(graph_of(released / name), shapes)
    assert found == []
    assert len(looked_at) == 4


def test_the_agencies_are_valid_cpov(dataset: Path) -> None:
    """SEMIC's shapes for the core vocabulary of public organisations find nothing in the merge."""
    found, looked_at = violations(graph_of(dataset / "dataset.ttl"), shapes_of("cpov-2.1.2-shapes.ttl"))
    assert found == []
    assert looked_at["http://data.europa.eu/m8g/PublicOrganisation"] == 15


def test_no_node_lacks_a_name(released: Path) -> None:
    """Everything that is said is said of something with an IRI, in every file."""
    looked_at = [name for name in WRITTEN if (released / name).exists()]
    assert set(WRITTEN) - set(looked_at) <= {"service.ttl"}
    for name in looked_at:
        graph = graph_of(released / name)
        assert len(graph) > 40
        assert [node for triple in graph for node in triple if isinstance(node, BNode)] == []


def test_every_file_is_in_the_catalogue_as_it_is(full: Path) -> None:
    """Address, size, checksum, format and licence of every file; in the earlier profile with SHA-1."""
    files = {FULL.address + file.path: file for file in files_of(full) if file.dataset} if FULL.address else {}
    assert len(files) > 100
    for name, algorithm in (("catalog.ttl", "sha256"), ("catalog-2.1.1.ttl", "sha1")):
        graph = graph_of(full / name)
        assert {str(address) for address in graph.objects(None, DCAT.downloadURL)} == set(files)
        for node in graph.subjects(RDF.type, DCAT.Distribution):
            file = files[str(graph.value(node, DCAT.downloadURL))]
            assert str(graph.value(node, DCAT.byteSize)) == str(file.size_bytes)
            checksum = graph.value(node, SPDX.checksum)
            assert graph.value(checksum, SPDX.algorithm) == SPDX[f"checksumAlgorithm_{algorithm}"]
            digits = hashlib.new(algorithm, (full / file.path).read_bytes(), usedforsecurity=False).hexdigest()
            assert str(graph.value(checksum, SPDX.checksumValue)) == digits
            assert graph.value(node, DCTERMS.license) == URIRef(FULL.licence)
            assert file.format is not None
            assert graph.value(node, DCTERMS["format"]) == EU[f"file-type/{file.format.eu_code}"]
            assert bool(graph.value(node, DCAT.compressFormat)) == file.path.endswith(".gz")
            (of,) = graph.subjects(DCAT.distribution, node)
            assert str(of).endswith(f"/{file.dataset}")


def test_the_two_profiles_say_the_same(full: Path) -> None:
    """They differ in sizes, checksums, versions and the series, and in nothing else."""
    later, earlier = graph_of(full / "catalog.ttl"), graph_of(full / "catalog-2.1.1.ttl")
    only_later = {(predicate, value if predicate == RDF.type else None) for _, predicate, value in later - earlier}
    only_earlier = {(predicate, value if predicate == RDF.type else None) for _, predicate, value in earlier - later}
    changed = {DCAT.byteSize, SPDX.algorithm, SPDX.checksumValue}
    versions = {DCAT.version, DCAT.inSeries, DCAT.isVersionOf, DCAT.previousVersion, DCAT.hasCurrentVersion}
    kinds = {(RDF.type, DCAT.DatasetSeries), (RDF.type, SPDX.ChecksumAlgorithm)}
    assert only_later == {(term, None) for term in changed | versions | {DCAT.first, DCAT.last}} | kinds
    instead = {OWL_VERSION, DCTERMS.isPartOf, DCTERMS.isVersionOf, DCTERMS.replaces}
    assert only_earlier == {(term, None) for term in changed | instead} | {(RDF.type, SPDX.ChecksumAlgorithm)}
    assert {size.datatype for size in earlier.objects(None, DCAT.byteSize) if isinstance(size, Literal)} == {
        XSD.decimal
    }


def test_what_is_covered_is_what_is_in_the_data(worldwide: Path) -> None:
    """An edition: countries by the codes of the UN and of the EU, the year, languages of answers, and documents."""
    graph = graph_of(worldwide / "catalog.ttl")
    edition = URIRef(f"{assets.DEFAULT_BASE}id/dataset/2020")
    (series,) = graph.subjects(RDF.type, DCAT.DatasetSeries)
    for dataset in (edition, series):
        places = {GEO_AREA["600"], GEO_AREA["858"], EU["country/PRY"], EU["country/URY"]}
        assert set(graph.objects(dataset, DCTERMS.spatial)) == places
        assert set(graph.objects(dataset, DCTERMS.language)) == {EU["language/SPA"], EU["language/ENG"]}
        assert years_of(graph, dataset) == ("2020", "2020")
    assert len(set(graph.objects(edition, PROV.wasDerivedFrom))) == 2
    assert list(graph.subjects(DCAT.inSeries, series)) == [edition]
    assert graph.value(series, DCTERMS.accrualPeriodicity) == EU["frequency/BIENNIAL"]


def years_of(graph: Graph, dataset: Node) -> tuple[str, str]:
    """First and last year of a dataset's period."""
    period = graph.value(dataset, DCTERMS.temporal)
    return str(graph.value(period, DCAT.startDate)), str(graph.value(period, DCAT.endDate))


@pytest.mark.parametrize("name", ["all", "tables"])
def test_imported_sources_are_told(worldwide: Path, plain: Path, name: str) -> None:
    """Countries and years of their figures, their titles and terms, in every file; without them, not a word."""
    graph, void = graph_of(worldwide / "catalog.ttl"), graph_of(worldwide / "void.ttl")
    dataset = URIRef(f"{assets.DEFAULT_BASE}id/dataset/{name}")
    sources = {URIRef(f"{assets.DEFAULT_BASE}id/source/{source}") for source in ("egdi", "govtech-2020")}
    assert years_of(graph, dataset) == ("2010", "2024")
    codes = {str(place) for place in graph.objects(dataset, DCTERMS.spatial)}
    assert len([code for code in codes if code.startswith(GEO_AREA)]) == 193 + 1  # the world
    assert sources <= set(graph.objects(dataset, PROV.wasDerivedFrom))
    assert set(graph.objects(URIRef(Release(FULL).iri), DCTERMS.source)) == sources
    assert set(void.objects(None, DCTERMS.source)) == sources
    (rights,) = {str(graph.value(statement, RDFS.label)) for statement in graph.objects(dataset, DCTERMS.rights)}
    (origin,) = {str(graph.value(statement, RDFS.label)) for statement in graph.objects(dataset, DCTERMS.provenance)}
    told = str(graph.value(dataset, DCTERMS.description))
    keywords = {str(word) for word in graph.objects(dataset, DCAT.keyword)}
    for source in sources:
        title = str(graph.value(source, DCTERMS.title))
        assert title in rights and title in origin and title in told and title in keywords
    assert "ask the World Bank" in rights and {"Paraguay", "Uruguay", "open data"} <= keywords
    found = json.loads((worldwide / "schema-org.jsonld").read_text(encoding="utf-8"))["@graph"]
    (described,) = [node for node in found if node["@id"] == str(dataset)]
    assert {node["@id"] for node in described["isBasedOn"]} == {str(source) for source in sources}
    assert "id/source" not in (plain / "catalog.ttl").read_text(encoding="utf-8")


def test_languages_are_those_of_the_texts(full: Path, dataset: Path) -> None:
    """The model has labels in six languages and more; so have the dataset and the tables with them."""
    graph, data = graph_of(full / "catalog.ttl"), graph_of(dataset / "dataset.ttl")
    tags = {str(o.language).split("-")[0] for o in data.objects() if isinstance(o, Literal) and o.language} - {"und"}
    assert {"ar", "en", "es", "fr", "ru", "zh"} <= tags
    expected = {EU[f"language/{LANGUAGE_CODES[tag]}"] for tag in tags}
    for name in ("all", "tables", "model"):
        found = set(graph.objects(URIRef(f"{assets.DEFAULT_BASE}id/dataset/{name}"), DCTERMS.language))
        assert found == expected if name != "model" else len(found) >= 6


def test_a_licence_covers_only_what_is_the_publishers(before: Path) -> None:
    """The model keeps the licence of the package; everything else has the publisher's."""
    graph = graph_of(before / "catalog.ttl")
    for node in graph.subjects(RDF.type, DCAT.Dataset):
        licence = URIRef(CC_BY if str(node).endswith("/model") else OWN_LICENCE)
        files = list(graph.objects(node, DCAT.distribution))
        assert {graph.value(part, DCTERMS.license) for part in (node, *files)} == {licence}
    nodes = json.loads((before / "schema-org.jsonld").read_text(encoding="utf-8"))["@graph"]
    said = {node["@id"].rpartition("/")[2]: node["license"] for node in nodes if node["@type"] == "Dataset"}
    assert said == {"all": OWN_LICENCE, "2020": OWN_LICENCE, "tables": OWN_LICENCE, "model": CC_BY}


def test_what_lasts_keeps_its_date(full: Path) -> None:
    """A dataset was published when it first was; each release has its own day."""
    graph = graph_of(full / "catalog.ttl")
    first, today = (Literal(day, datatype=XSD.date) for day in ("2025-11-24", "2026-11-24"))
    lasting = [*graph.subjects(RDF.type, DCAT.Dataset), *graph.subjects(RDF.type, DCAT.Catalog)]
    assert len(lasting) == 6
    for node in lasting:
        assert (graph.value(node, DCTERMS.issued), graph.value(node, DCTERMS.modified)) == (first, today)
    releases = [URIRef(f"{assets.DEFAULT_BASE}id/release/{version}") for version in ("1.0.0", "1.1.0")]
    assert [graph.value(release, DCTERMS.issued) for release in releases] == [first, today]
    nodes = json.loads((full / "schema-org.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert {node["datePublished"] for node in nodes if node["@type"] == "Dataset"} == {"2025-11-24"}


def test_a_broken_release_before_is_refused(dataset: Path, tmp_path: Path) -> None:
    """One without a catalogue, or with one that cannot be read, is named."""
    (tmp_path / "release.yaml").write_text("version: 1.0.0\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"catalog\.ttl: is missing"):
        write_catalogues(dataset, tmp_path, Release(FULL), [], tmp_path)
    (tmp_path / "catalog.ttl").write_text("<", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"catalog\.ttl"):
        write_catalogues(dataset, tmp_path, Release(FULL), [], tmp_path)


def test_files_have_names_that_people_read(full: Path) -> None:
    """Not the names of files; tables have their own titles."""
    titles = {str(title) for title in graph_of(full / "catalog.ttl").objects(None, DCTERMS.title)}
    wanted = {"All statements, merged (Turtle)", "All statements, in named graphs (TriG)", "Agencies (CSV)"}
    wanted |= {"Which portals does a country name? (SPARQL query)", "Responses of 2020, in named graphs (TriG)"}
    assert wanted <= titles
    assert [title for title in titles if ".ttl" in title or ".csv" in title or ".rq" in title] == []


def test_the_release_before_is_named(full: Path, plain: Path) -> None:
    """As the previous version, in the notes, and not at all if there is none."""
    after, alone = graph_of(full / "catalog.ttl"), graph_of(plain / "catalog.ttl")
    release = URIRef(Release(FULL).iri)
    assert after.value(release, DCAT.previousVersion) == URIRef(f"{assets.DEFAULT_BASE}id/release/1.0.0")
    assert any("follows 1.0.0" in str(note) for note in after.objects(None, ADMS.versionNotes))
    assert not list(alone.objects(None, DCAT.previousVersion))


def test_nothing_is_made_up(plain: Path, full: Path) -> None:
    """Without a date, an endpoint or a mailbox there is none in the catalogue; with them, they are there."""
    graph = graph_of(plain / "catalog.ttl")
    assert not set(graph.predicates()) & {DCTERMS.issued, DCTERMS.modified, DCAT.endpointURL, VCARD.hasEmail}
    assert set(graph.objects(None, VCARD.hasURL)) == {URIRef(assets.DEFAULT_BASE)}
    graph = graph_of(full / "catalog.ttl")
    assert set(graph.objects(None, DCTERMS.modified)) == {Literal("2026-11-24", datatype=XSD.date)}
    assert set(graph.objects(None, DCAT.endpointURL)) == {URIRef("https://data.example.org/sparql")}
    assert set(graph.objects(None, VCARD.hasEmail)) == {URIRef("mailto:info@data.example.org")}


def test_counts_are_counts(dataset: Path, full: Path) -> None:
    """Every figure of the statistics, counted again by another library from another file."""
    data, void = graph_of(dataset / "dataset.ttl"), graph_of(full / "void.ttl")
    whole = URIRef(assets.DEFAULT_BASE + "id/dataset/all")

    def figures(node: Node | None) -> dict[str, int]:
        return {str(p).rpartition("#")[2]: int(str(n)) for p, n in void.predicate_objects(node) if _is_count(n)}

    entities = {s for s in data.subjects(RDF.type) if str(s).startswith(assets.DEFAULT_BASE)}
    assert figures(whole) == {
        "triples": len(data),
        "entities": len(entities),
        "classes": len(set(data.objects(None, RDF.type))),
        "properties": len(set(data.predicates())),
        "distinctSubjects": len(set(data.subjects())),
        "distinctObjects": len({_by_value(value) for value in data.objects()}),
    }
    classes = {void.value(part, VOID["class"]): figures(part) for part in void.objects(whole, VOID.classPartition)}
    counted: dict[Node | None, dict[str, int]] = {
        kind: {"entities": len(set(data.subjects(RDF.type, kind)))} for kind in set(data.objects(None, RDF.type))
    }
    assert classes == counted
    properties = {
        void.value(part, VOID.property): figures(part) for part in void.objects(whole, VOID.propertyPartition)
    }
    counted = {}
    for term in set(data.predicates()):
        pairs = list(data.subject_objects(term))
        subjects, values = {subject for subject, _ in pairs}, {_by_value(value) for _, value in pairs}
        counted[term] = {"triples": len(pairs), "distinctSubjects": len(subjects), "distinctObjects": len(values)}
    assert properties == counted
    assert len(properties) > 100


def _by_value(term: Node) -> object:
    """The store keeps decimals by their value: 30.0 and 30 are one (docs/decisions/0005)."""
    return Decimal(term) if isinstance(term, Literal) and term.datatype == XSD.decimal else term


def _is_count(value: Node) -> bool:
    return isinstance(value, Literal) and value.datatype == XSD.integer


def test_link_sets_match_the_links(dataset: Path, full: Path) -> None:
    """For each dataset that is linked and each kind of link, as many as there are; no mapping leads elsewhere."""
    data, void = graph_of(dataset / "dataset.ttl"), graph_of(full / "void.ttl")
    ours = assets.DEFAULT_BASE
    counted = Counter[tuple[str, Node]]()
    for _, predicate, value in data:
        if isinstance(value, URIRef) and not value.startswith(ours):
            starts = [start for _, start in TARGETS.values() if value.startswith(start)]
            if starts:
                counted[max(starts, key=len), predicate] += 1
            assert starts or not str(predicate).endswith("Match"), f"{value} is in no dataset of TARGETS"
    said = Counter[tuple[str, Node | None]]()
    for links in void.subjects(RDF.type, VOID.Linkset):
        start = str(void.value(void.value(links, VOID.objectsTarget), VOID.uriSpace))
        said[start, void.value(links, VOID.linkPredicate)] = int(str(void.value(links, VOID.triples)))
    assert said == counted
    assert {target_of(start) for start, _ in said} >= {"sdg", "m49", "eu-countries", "wikidata", "unbis", "cofog"}


def test_examples_and_dumps_exist(dataset: Path, full: Path) -> None:
    """What is given as an example is in the data, what is given as a dump is a file."""
    data, void = graph_of(dataset / "dataset.ttl"), graph_of(full / "void.ttl")
    examples = set(void.objects(None, VOID.exampleResource))
    assert len(examples) == 4
    assert examples <= set(data.subjects())
    dumps = {str(dump).removeprefix(FULL.address or "") for dump in void.objects(None, VOID.dataDump)}
    assert len(dumps) == 5
    assert all((full / dump).is_file() for dump in dumps)


def test_the_service_names_every_graph(dataset: Path, full: Path, tmp_path: Path) -> None:
    """The merge as default graph, every named graph, and how many triples each has."""
    data = Dataset()
    data.parse(dataset / "dataset.nq", format="nquads")
    service = graph_of(full / "service.ttl")
    counts = {
        str(service.value(entry, SD.name)): int(str(service.value(service.value(entry, SD.graph), VOID.triples)))
        for entry in service.subjects(RDF.type, SD.NamedGraph)
    }
    assert counts == {str(graph.identifier): len(graph) for graph in data.graphs() if len(graph)}
    (merge,) = service.objects(None, SD.defaultGraph)
    assert int(str(service.value(merge, VOID.triples))) == len(graph_of(dataset / "dataset.ttl"))
    assert set(service.objects(None, SD.endpoint)) == {URIRef("https://data.example.org/sparql")}
    with pytest.raises(UsageError, match="no endpoint"):
        write_service_description(dataset, tmp_path, Release(About()))
    assert list(tmp_path.iterdir()) == []


def test_search_engines_get_what_they_ask_for(released: Path) -> None:
    """Each dataset has what Google Dataset Search requires and recommends; the namespace has one spelling."""
    text = (released / "schema-org.jsonld").read_text(encoding="utf-8")
    assert "https://schema.org" not in text
    nodes: list[dict[str, Any]] = json.loads(text)["@graph"]
    datasets = [node for node in nodes if node["@type"] == "Dataset"]
    assert len(datasets) == 4
    required = {"name", "description", "license", "creator", "spatialCoverage", "temporalCoverage", "identifier"}
    required |= {"version", "isAccessibleForFree", "keywords", "includedInDataCatalog", "citation", "distribution"}
    for node in datasets:
        assert all(node.get(name) for name in required), node["@id"]
        assert 50 <= len(node["description"]) <= 5000
        assert "/id/release/" in node["citation"]
        assert node.get("variableMeasured") or node["@id"].endswith("/model")
        for file in node["distribution"]:
            assert file["contentUrl"].startswith("https://")
            assert re.fullmatch(r"[1-9]\d* B", file["contentSize"])
            assert file["encodingFormat"]
    assert len(set(Graph().parse(data=text, format="json-ld").subjects(SCHEMA.includedInDataCatalog))) == 4


def test_no_personal_datum_is_in_it(released: Path) -> None:
    """In none of the files."""
    texts = {name: (released / name).read_bytes() for name in WRITTEN if (released / name).exists()}
    assert len(texts) >= 4
    assert {name: found for name, text in texts.items() if (found := leaks(text))} == {}


def test_the_same_twice(dataset: Path, full: Path, before: Path, tmp_path: Path) -> None:
    """The same dataset and publisher give the same bytes."""
    again = publish(dataset, tmp_path / "again", Release(FULL), before)
    assert {name: (again / name).read_bytes() for name in WRITTEN} == {
        name: (full / name).read_bytes() for name in WRITTEN
    }


def test_another_base(tmp_path: Path) -> None:
    """Under a base of somebody's own nothing is left under ours, and the catalogue is as valid."""
    msqgraph.write_dataset(msqgraph.build([ROOT / "responses"], base=OTHER_BASE), tmp_path / "build")
    endpoint = About(endpoint="https://data.example.org/sparql")
    folder = publish(tmp_path / "build", tmp_path / "out", Release(endpoint, OTHER_BASE))
    for name in WRITTEN:
        text = (folder / name).read_text(encoding="utf-8")
        assert OTHER_BASE in text
        assert assets.DEFAULT_BASE not in text
    assert violations(graph_of(folder / "catalog.ttl"), shapes_of("dcat-ap-3.0.1-range.ttl"))[0] == []


def test_names_of_files_that_look_alike_stay_apart(dataset: Path, tmp_path: Path) -> None:
    """Two files whose names differ only in a sign have an IRI each."""
    files = [File("queries/a-b.rq", 1, "0" * 64), File("queries/a.b.rq", 1, "1" * 64)]
    for file in files:
        (tmp_path / file.path).parent.mkdir(exist_ok=True)
        (tmp_path / file.path).write_text("x", encoding="utf-8")
    write_catalogues(dataset, tmp_path, Release(About()), files, None)
    assert len(set(graph_of(tmp_path / "catalog.ttl").subjects(RDF.type, DCAT.Distribution))) == 2


def test_codes_of_languages_are_those_of_iso_639() -> None:
    """The table of the exporter against a copy of the standard."""
    known = {one.alpha_2: one.alpha_3.upper() for one in pycountry.languages if hasattr(one, "alpha_2")}
    assert known == LANGUAGE_CODES


@pytest.fixture(scope="session")
def ckan() -> str:
    """The interpreter that has CKAN; without one the test is skipped, but fails in CI, which has to install it."""
    folder = Path(os.environ.get("MSQGRAPH_CKAN", ROOT / ".venv-ckan"))
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        missing(f"{folder}: no environment with tests/harvest/requirements.lock (try `make system`)")
    return str(python)


@pytest.mark.parametrize(
    ("name", "profile"), [("catalog.ttl", "euro_dcat_ap_3"), ("catalog-2.1.1.ttl", "euro_dcat_ap_2")]
)
def test_ckan_takes_it(full: Path, ckan: str, name: str, profile: str) -> None:
    """Of every dataset its texts, tags, version, licence and coverage; of every file where and what it is."""
    command = [ckan, str(ROOT / "tests" / "harvest" / "read_catalogue.py"), str(full / name), profile]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    datasets = json.loads(done.stdout)
    assert len(datasets) == 5
    resources = 0
    for dataset in datasets:
        extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
        assert dataset["title"] and len(dataset["notes"]) > 50 and len(dataset["tags"]) >= 4
        assert dataset["version"] == "1.1.0"
        assert extras["spatial_uri"].startswith((EU, GEO_AREA)) and extras["spatial_text"]
        assert extras["temporal_start"] == extras["temporal_end"] == "2020"
        assert extras["publisher_name"] == "Statistics Office" and extras["contact_email"] == "info@data.example.org"
        assert extras["issued"] == "2025-11-24" and extras["identifier"] == extras["uri"]
        assert extras["access_rights"].endswith("/PUBLIC") and json.loads(extras["theme"])
        assert dataset["license_id"] == ("cc-by" if dataset["resources"] else "")  # CKAN takes it from the files
        for resource in dataset["resources"]:
            path = resource["url"].removeprefix(FULL.address or "")
            assert resource["size"] == (full / path).stat().st_size
            assert resource["license"] == FULL.licence and "/" in resource["mimetype"]
            # CKAN's short name where it has one for the media type, else the EU's code
            assert re.fullmatch(rf"[A-Z]+|{EU}file-type/[A-Z_]+", resource["format"])
            assert len(resource["hash"]) in (40, 64) and resource["name"] and resource["description"]
            resources += 1
    assert resources == sum(file.dataset is not None for file in files_of(full))
