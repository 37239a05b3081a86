"""Which datasets a release offers and what is said of each, in words and apart from any vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from msqgraph.exports.coverage import Coverage, Place, Scope
from msqgraph.iris import slug
from msqgraph.release.about import Release
from msqgraph.release.layout import File

CATALOG, SERIES, SERVICE, WHOLE = "id/catalog", "id/dataset/editions", "id/service/sparql", "id/dataset/all"
KEYWORDS = ("digital government", "e-government", "Member States Questionnaire", "United Nations E-Government Survey")
SERIES_TITLE = "Member States Questionnaire"
SERIES_DESCRIPTION = (
    "The editions of the questionnaire that the United Nations send to their Member States for the E-Government "
    "Survey, every two years. Each edition is a dataset of its own: what governments answered, and what is understood."
)
LICENCE_TITLE = "Creative Commons Attribution"
RIGHTS = (
    "The licence does not cover what is not the publisher's to license. The wording of the questionnaire is the work "
    "of the United Nations Department of Economic and Social Affairs. The answers and the quotes from them are the "
    "words of the governments that gave them. Sources of reference data keep their own terms; the names of countries "
    "and regions are those of CLDR (Unicode License v3)."
)
PROVENANCE = (
    "Read from the documents in which governments answered the questionnaire. Every fact leads back to the quote it "
    "was understood from, the quote to its answer, and the answer to its document. Personal data is withheld."
)
# folder or end of a file's path: what the file holds; the first that fits
_HOLDS = (
    ("data/context.jsonld", "The context that the JSON-LD file is read with."),
    ("data/*.ttl", "The merge: what all public graphs say, each triple once."),
    ("data/*.rdf", "The merge: what all public graphs say, each triple once."),
    ("data/*", "The named graphs, which keep apart where each triple comes from."),
    ("editions/*", "The named graphs of the responses to this edition."),
    ("tables/csv-metadata.json", "What the columns of the tables are, as CSV on the Web."),
    ("tables/codebook.*", "What each table and column means, with its values."),
    ("tables/*", "The table {stem}: one header, one row for each thing."),
    ("ontology/*", "Terms, code lists, the form, or links to other vocabularies."),
    ("shapes/*", "Shapes that data are validated with."),
    ("mappings/*", "A rule by which answers become facts."),
    ("queries/*", "A question, as a query that answers it."),
)
_W3C = "https://www.w3.org/TR/"
# folder: the specification that its files follow, and its name
_STANDARDS = {
    "ontology": (f"{_W3C}owl2-overview/", "Web Ontology Language 2"),
    "shapes": (f"{_W3C}shacl/", "Shapes Constraint Language"),
    "mappings": (f"{_W3C}sparql11-query/", "SPARQL 1.1 Query Language"),
    "queries": (f"{_W3C}sparql11-query/", "SPARQL 1.1 Query Language"),
    "tables": (f"{_W3C}tabular-metadata/", "Metadata Vocabulary for Tabular Data"),
}


@dataclass(frozen=True, slots=True)
class Standard:
    """A specification."""

    iri: str
    title: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file that can be downloaded; ``slug`` is its own among all of the release."""

    file: File
    slug: str
    title: str
    description: str
    standard: Standard


@dataclass(frozen=True, slots=True)
class DatasetEntry:
    """A dataset; ``name`` is that of :attr:`File.dataset`. Without countries it is about the world."""

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    scope: Scope
    places: tuple[Place, ...]
    files: tuple[FileEntry, ...]


def dataset_path(name: str) -> str:
    """The path under the base of a dataset of this name.

    >>> dataset_path("all") == WHOLE
    True
    """
    return f"id/dataset/{name}"


def publisher_of(release: Release) -> str:
    """The publisher: an IRI of their own, or a path under the base."""
    return release.about.publisher.iri or f"id/publisher/{slug(release.about.publisher.name)}"


def contact_of(release: Release) -> str:
    """The path under the base of whom to write to."""
    return f"id/contact/{slug(release.about.contact.name)}"


def dataset_entries(release: Release, covered: Coverage, files: list[File]) -> list[DatasetEntry]:
    """The whole dataset, its editions in order, the flat tables and the model; each with its files."""
    about, whole = release.about, covered.whole
    countries = whole.countries or (covered.world,)
    model_scope = Scope(whole.years, (), (), ())
    ours = _file_entries(release, files)

    def entry(
        name: str, title: str, description: str, words: tuple[str, ...], scope: Scope, places: tuple[Place, ...]
    ) -> DatasetEntry:
        own = tuple(one for one in ours if one.file.dataset == name)
        return DatasetEntry(name, title, description, tuple(sorted({*KEYWORDS, *words})), scope, places, own)

    found = [entry("all", about.title, about.description, ("linked data", "open government"), whole, countries)]
    for year, scope in covered.editions.items():
        found.append(
            entry(
                year,
                f"{SERIES_TITLE} {year}",
                f"What governments answered to the edition of {year}, word for word, and what is understood from it "
                f"about agencies, posts, portals, strategies and laws. Countries: {len(scope.countries)}.",
                (year,),
                scope,
                scope.countries,
            )
        )
    return [
        *found,
        entry(
            "tables",
            f"{SERIES_TITLE}: flat tables",
            "The dataset as tables for spreadsheets and statistics: countries, agencies, portals, posts, strategies, "
            "laws, answers, ticks and observations, with a codebook that says what each column means.",
            ("codebook", "tables"),
            whole,
            countries,
        ),
        entry(
            "model",
            f"{SERIES_TITLE}: ontology, code lists, form, shapes and queries",
            "What the data are made with: the ontology, its code lists and links to other vocabularies, the form of "
            "each edition, the rules from answers to facts, the shapes for validation, and queries that answer "
            "questions.",
            ("ontology", "SHACL", "SPARQL"),
            model_scope,
            (covered.world,),
        ),
    ]


def _file_entries(release: Release, files: list[File]) -> list[FileEntry]:
    entries, taken = [], set[str]()
    for file in files:
        if file.dataset is None:
            continue
        path = PurePosixPath(file.path)
        own = slug(file.path)
        own = slug(file.path, distinct=True) if own in taken else own
        taken.add(own)
        kind = f" ({file.format.name})" if file.format else ""
        holds = next(text for pattern, text in _HOLDS if fnmatchcase(file.path, pattern))
        entries.append(
            FileEntry(
                file, own, f"{path.name}{kind}", holds.format(stem=path.stem), _standard(path.parts[0], release.base)
            )
        )
    return entries


def _standard(folder: str, base: str) -> Standard:
    return Standard(*_STANDARDS.get(folder, (f"{base}ontology", "Member States Questionnaire ontology")))
