"""Which datasets a release offers and what is said of each, in words and apart from any vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msqgraph.exports.catalog_files import FileEntry, file_entries
from msqgraph.exports.coverage import Coverage, Place, Scope, Source
from msqgraph.iris import slug
from msqgraph.release.about import CC_BY, Release
from msqgraph.release.layout import File

CATALOG, SERIES, SERVICE, WHOLE = "id/catalog", "id/dataset/editions", "id/service/sparql", "id/dataset/all"
KEYWORDS = (
    "ICT policy", "Member States Questionnaire", "UN DESA", "UN E-Government Survey", "digital government",
    "digital strategy", "e-government", "open data",
)  # fmt: skip
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
_MANY = 10  # countries: so many are named, of more the number is told
_WORLDWIDE = 96  # countries: half of the Member States


@dataclass(frozen=True, slots=True)
class DatasetEntry:
    """A dataset; ``name`` is that of :attr:`File.dataset`, ``sources`` are those beside the responses."""

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    scope: Scope
    places: tuple[Place, ...]
    files: tuple[FileEntry, ...]
    licence: str
    sources: tuple[Source, ...] = ()


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
    everywhere, reach = places_of(covered), _reach(covered)
    whole_words = (*_few(covered.responses.countries), *(source.title for source in covered.sources))
    ours = file_entries(release, files)

    def entry(
        name: str,
        title: str,
        description: str,
        words: tuple[str, ...],
        scope: Scope,
        places: tuple[Place, ...],
        licence: str = about.licence,
        sources: tuple[Source, ...] = (),
    ) -> DatasetEntry:
        own = tuple(one for one in ours if one.file.dataset == name)
        keywords = tuple(sorted({*KEYWORDS, *words}))
        return DatasetEntry(name, title, description, keywords, scope, places, own, licence, sources)

    words = ("linked data", "open government", *whole_words)
    found = [
        entry("all", about.title, f"{about.description} {reach}", words, whole, everywhere, sources=covered.sources)
    ]
    for year, scope in covered.editions.items():
        found.append(
            entry(
                year,
                f"{SERIES_TITLE} {year}",
                f"What governments answered to the edition of {year}, word for word, and what is understood from it "
                f"about agencies, posts, portals, strategies and laws. Countries: {_countries(scope.countries)}.",
                (year, *_few(scope.countries)),
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
            f"laws, answers, ticks and observations, with a codebook that says what each column means. {reach}",
            ("codebook", "tables", *whole_words),
            whole,
            everywhere,
            sources=covered.sources,
        ),
        entry(
            "model",
            f"{SERIES_TITLE}: ontology, code lists, form, shapes and queries",
            "What the data are made with: the ontology, its code lists and links to other vocabularies, the form of "
            "each edition, the rules from answers to facts, the shapes for validation, and queries that answer "
            "questions.",
            ("ontology", "SHACL", "SPARQL"),
            Scope(covered.responses.years, (), covered.model_languages, ()),
            (covered.world,),
            licence=CC_BY,  # it is the package's own, whoever publishes it
        ),
    ]


def places_of(covered: Coverage) -> tuple[Place, ...]:
    """Where a whole dataset is about: its countries, and the world if they are most of it or none."""
    countries = covered.whole.countries
    return countries if 0 < len(countries) <= _WORLDWIDE else (covered.world, *countries)


def rights_of(sources: Iterable[Source]) -> str:
    """What the licence does not cover, with the sources that were imported.

    >>> rights_of([Source("", "An index", "Ask first.", "A bank", "")]).removeprefix(RIGHTS)
    ' Source: An index (A bank). Ask first.'
    """
    told = (f" Source: {one.title}{one.publisher and f' ({one.publisher})'}. {one.rights}" for one in sources)
    return RIGHTS + "".join(told).rstrip()


def provenance_of(sources: Iterable[Source]) -> str:
    """Where a dataset comes from: documents, and the sources that were imported."""
    titles = "; ".join(one.title for one in sources)
    return PROVENANCE + (
        f" Beside them stands what was imported from other sources, marked as theirs: {titles}." if titles else ""
    )


def _reach(covered: Coverage) -> str:
    """Whose responses a whole dataset has, and what else."""
    told = f"Responses: {_countries(covered.responses.countries)}."
    if covered.sources:
        titles = "; ".join(source.title for source in covered.sources)
        told += f" From other sources: {titles}. Countries with responses or figures: {len(covered.whole.countries)}."
    return told


def _countries(places: tuple[Place, ...]) -> str:
    """Names of few, the number of many."""
    return ", ".join(_few(places)) or str(len(places))


def _few(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(place.label for place in places) if len(places) <= _MANY else ()
