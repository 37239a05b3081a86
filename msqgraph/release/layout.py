"""The files of a release folder: which dataset each belongs to, in which format it is, how large, with which checksum.

What a file is follows from its path alone, so that a catalogue can be written of any release folder:

    data/                 the whole dataset: msqgraph.{ttl,rdf} the merge, msqgraph.{trig,nq.gz,jsonld} the named graphs
    editions/<year>/      what was answered in one edition: msq-<year>.{trig,nq.gz}
    tables/               <table>.{csv,parquet}, csv-metadata.json, codebook.{md,xml}
    ontology/ shapes/ mappings/ queries/                the model, as files of the package
    anything else         what is said about the release: catalogue, changes, citation, checksums
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name, IANA media type, and code in the EU's file-type list where it has one."""

    name: str
    media_type: str
    eu_code: str | None
    compression: str | None = None  # IANA media type of the compression


# the longest suffix wins
FORMATS = {
    ".ttl": Format("Turtle", "text/turtle", "RDF_TURTLE"),
    ".trig": Format("TriG", "application/trig", "RDF_TRIG"),
    ".nq.gz": Format("N-Quads", "application/n-quads", "RDF_N_QUADS", "application/gzip"),
    ".jsonld": Format("JSON-LD", "application/ld+json", "JSON_LD"),
    ".rdf": Format("RDF/XML", "application/rdf+xml", "RDF_XML"),
    ".csv": Format("CSV", "text/csv", "CSV"),
    ".parquet": Format("Parquet", "application/vnd.apache.parquet", "PARQUET"),
    ".json": Format("JSON", "application/json", "JSON"),
    ".xml": Format("XML", "application/xml", "XML"),
    ".md": Format("Markdown", "text/markdown", "TXT"),
    ".rq": Format("SPARQL query", "application/sparql-query", "SPARQLQ"),
}
MODEL_FILES = {"ontology": (".ttl",), "shapes": (".ttl",), "mappings": (".rq", ".jsonld"), "queries": (".rq",)}
MODEL_FOLDERS = tuple(MODEL_FILES)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a release; ``path`` is relative to the folder, with slashes."""

    path: str
    size_bytes: int
    sha256: str

    @property
    def format(self) -> Format | None:
        """Its format, by its suffix."""
        found = [suffix for suffix in FORMATS if self.path.endswith(suffix)]
        return FORMATS[max(found, key=len)] if found else None

    @property
    def dataset(self) -> str | None:
        """The dataset it belongs to: ``all``, ``tables``, ``model``, the year of an edition; None if it is about them.

        >>> File("editions/2020/msq-2020.trig", 1, "").dataset, File("README.md", 1, "").dataset
        ('2020', None)
        """
        top, *rest = self.path.split("/")
        if not rest:
            return None
        return (
            rest[0]
            if top == "editions"
            else {"data": "all", "tables": "tables"}.get(top, "model" if top in MODEL_FOLDERS else None)
        )


def files_of(folder: Path, known: Iterable[File] = (), with_hidden: bool = False) -> list[File]:
    """The files of a release that can be had from its address, sorted by path.

    A name that begins with a dot is no such file: ``w3id/.htaccess`` is for whoever keeps the redirects. Neither this
    server nor an Apache httpd gives it away, and a mirror that took it over would have its rules at work there.

    :param known: those whose checksum is known already; they are not read again.
    :param with_hidden: with what cannot be had.

    >>> [file.path for file in files_of(Path("tests/cases/paraguay"))][0]
    'answers.yaml'
    """
    done = {file.path: file for file in known}
    paths = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    paths = [(name, path) for name, path in paths if with_hidden or not is_hidden(name)]
    return [done.get(name) or File(name, path.stat().st_size, _sha256(path)) for name, path in paths]


def is_hidden(path: str) -> bool:
    """Whether the path of a file has a name in it that begins with a dot.

    >>> is_hidden("w3id/.htaccess"), is_hidden("w3id/README.md")
    (True, False)
    """
    return any(name.startswith(".") for name in path.split("/"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
