"""The page that greets whoever opens a release folder."""

from __future__ import annotations

from collections.abc import Iterable

from msqgraph.release.about import Release
from msqgraph.release.layout import File

_WHAT = {
    "data/msqgraph.ttl": "the merge: every public triple once, as plain queries see it",
    "data/msqgraph.rdf": "the same for tools that read RDF/XML only",
    "data/msqgraph.trig": "all named graphs: who said what stays apart",
    "data/msqgraph.nq.gz": "the same, a quad a line, sorted",
    "data/msqgraph.jsonld": "the same as JSON-LD, with its context inside",
    "data/context.jsonld": "the JSON-LD context on its own",
    "tables/csv-metadata.json": "CSVW: what the columns of the tables are, and how the tables hang together",
    "tables/codebook.md": "the codebook for people",
    "tables/codebook.xml": "the codebook for archives (DDI Codebook 2.5)",
    "catalog.ttl": "DCAT 3, profile DCAT-AP 3.0.1",
    "catalog-2.1.1.ttl": "the same for portals that take DCAT-AP 2.1.1",
    "schema-org.jsonld": "the same for search engines",
    "void.ttl": "VoID: classes, properties and links, counted",
    "service.ttl": "the SPARQL service description",
    "changes.md": "what has changed since the release before",
    "changes.ttl": "the same as RDF",
    "feed.atom": "the same as a feed to follow",
    "tombstones.ttl": "names that stand for nothing any more, and why",
    "citation.txt": "how to cite this release",
    "citation.bib": "the same for BibTeX",
    "citation.json": "the same as CSL-JSON",
    "release.yaml": "what the publisher says of this release",
}
_FOLDERS = {
    "editions": "what was answered in one edition: its named graphs",
    "tables": "flat tables, each as CSV and, where it could be written, Parquet",
    "ontology": "terms, code lists, the form, links to other vocabularies",
    "shapes": "SHACL shapes that the data were validated with",
    "mappings": "the rules by which answers became facts and tables",
    "queries": "one question in SPARQL a file",
    "w3id": "redirects for the names of this dataset",
}
_PAGE = """\
# {about.title}

{edition}

{about.description}

Base of all names: <{base}>. Licence of the data: <{about.licence}>; the words of the form are
UN DESA's, the quotes are the words of the governments that gave them.

Nobody checked whether what governments stated is true. *Unknown* (a mark that was lost, an answer that cannot be
read) is neither yes nor no: count it apart. Phone numbers, mailboxes of persons and the person who filled in a form
are withheld; `[withheld]` stands in their place.

| file | what it holds |
|---|---|
{rows}

`sha256sum -c SHA256SUMS` tells whether all files arrived whole. The named graph of a triple tells where it stands:
`graph/response/...` what was said, `graph/facts/...` what is understood, `graph/inferred/...` what follows, the rest
the model and other sources.
"""


def readme(release: Release, files: Iterable[File], previous: str | None) -> str:
    """What is in a release folder, as Markdown: a line per file or folder that is really there.

    >>> from msqgraph.release.about import About
    >>> print(readme(Release(About()), [File("void.ttl", 1, "")], None).splitlines()[-5])
    | `void.ttl` | VoID: classes, properties and links, counted |
    """
    files = list(files)
    about = release.about
    named = [file.path for file in files if file.path in _WHAT]
    folders = sorted({file.path.split("/")[0] for file in files if file.path not in _WHAT and "/" in file.path})
    rows = [(f"`{path}`", _WHAT[path]) for path in sorted(named, key=list(_WHAT).index)]
    rows += [(f"`{folder}/`", _FOLDERS[folder]) for folder in sorted(folders, key=list(_FOLDERS).index)]
    since = f" It follows version {previous}." if previous else ""
    issued = f", issued {about.issued}" if about.issued else ""
    return _PAGE.format(
        about=about,
        base=release.base,
        edition=f"Version {about.version}{issued}, published by {about.publisher.name}.{since}",
        rows="\n".join(f"| {name} | {what} |" for name, what in rows),
    )
