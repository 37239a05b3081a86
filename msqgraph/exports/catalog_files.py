"""What is said of each file of a release: what it is called, what it holds, which specification it follows."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from msqgraph.exports.table_mappings import load_tables
from msqgraph.iris import slug
from msqgraph.release.about import Release
from msqgraph.release.layout import File

_MERGE = "The merge: what all public graphs say, each triple once."
# how a file's path looks: what the file is called, and what it holds; the first that fits
_HOLDS = (
    ("data/context.jsonld", "Context of the JSON-LD file", "The context that the JSON-LD file is read with."),
    ("data/*.ttl", "All statements, merged", _MERGE),
    ("data/*.rdf", "All statements, merged", _MERGE),
    ("data/*", "All statements, in named graphs", "The named graphs, which keep apart where each triple comes from."),
    ("editions/*", "Responses of {folder}, in named graphs", "The named graphs of the responses to this edition."),
    (
        "tables/csv-metadata.json",
        "Metadata of the tables, CSV on the Web",
        "What the columns of the tables are, as CSV on the Web.",
    ),
    ("tables/codebook.xml", "Codebook of the tables, DDI", "What each table and column means, for survey archives."),
    ("tables/codebook.md", "Codebook of the tables", "What each table and column means, with its values."),
    ("tables/*", "{table}", "The table {name}. A row is {row}."),
    ("ontology/alignments/*", "Links to other vocabularies: {name}", "Links from our terms to those of others."),
    ("ontology/codes.ttl", "Code lists", "The codes that data use, with labels and definitions."),
    ("ontology/questionnaire-*", "The form: {words}", "Questions and boxes of the form, with their wording."),
    ("ontology/*", "Ontology", "Classes and properties, with labels and definitions."),
    ("shapes/*", "Shapes: {words}", "Shapes that data are validated with."),
    (
        "mappings/tables/*",
        "Query of a table: {table}",
        "The query that a table is made with, and what its columns mean.",
    ),
    ("mappings/*.jsonld", "Context: {words}", "How a response in JSON becomes RDF."),
    ("mappings/*", "Rule: {words}", "A rule by which answers become facts."),
    ("queries/*", "{question}?", "A question, as a query that answers it."),
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


def file_entries(release: Release, files: list[File]) -> list[FileEntry]:
    """Those of the files that belong to a dataset, in the order given.

    >>> from msqgraph.release.about import About
    >>> [entry.title for entry in file_entries(Release(About()), [File("tables/agencies.csv", 1, "")])]
    ['Agencies (CSV)']
    """
    headers = {table.name: table.header for table in load_tables(release.base)}
    entries, taken = [], set[str]()
    for file in files:
        if file.dataset is None:
            continue
        path = PurePosixPath(file.path)
        own = slug(file.path)
        own = slug(file.path, distinct=True) if own in taken else own
        taken.add(own)
        name = path.name.partition(".")[0]
        header, words = headers.get(name), name.replace("-", " ")
        parts = {
            "folder": path.parts[1],
            "name": name,
            "words": words,
            "question": words[:1].upper() + words[1:],
            "table": header.title if header else words,
            "row": header.description if header else "one thing",
        }
        _, title, holds = next(row for row in _HOLDS if fnmatchcase(file.path, row[0]))
        kind = f" ({file.format.name})" if file.format else ""
        standard = _standard(path.parts[0], release.base)
        entries.append(FileEntry(file, own, title.format(**parts) + kind, holds.format(**parts), standard))
    return entries


def _standard(folder: str, base: str) -> Standard:
    return Standard(*_STANDARDS.get(folder, (f"{base}ontology", "Member States Questionnaire ontology")))
