"""The tables of a release as CSV on the Web describes them (W3C, Metadata Vocabulary for Tabular Data, 2015)."""

from __future__ import annotations

import json
from typing import Any

from msqgraph.exports.catalog_entries import rights_of
from msqgraph.exports.coverage import Source
from msqgraph.exports.table_mappings import SEPARATOR, Column, FlatTable
from msqgraph.namespaces import prefixes
from msqgraph.release.about import Release

ESCAPING = (
    "A text that begins with an apostrophe, or with = + - @, a tab, a null or a line end (full-width forms too) has an "
    "apostrophe put before it, so that no spreadsheet takes it for a formula. Take one apostrophe off every text that "
    "begins with one, and you have the text as it was stated. Figures, IRIs and codes stand as they are."
)


def csv_metadata(tables: list[FlatTable], release: Release, sources: tuple[Source, ...]) -> bytes:
    """The file ``csv-metadata.json``: columns with datatypes and properties, keys, and references between tables."""
    keys = {table.name: table.header.key for table in tables}
    group = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": release.about.title,
        "dc:description": release.about.description,
        "dc:identifier": release.iri,
        "dc:license": {"@id": release.about.licence},
        "dc:rights": rights_of(sources),
        **({"dc:source": [{"@id": source.iri} for source in sources]} if sources else {}),
        "dc:publisher": release.about.publisher.name,
        "rdfs:comment": ESCAPING,
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True, "doubleQuote": True},
        "tables": [_table(table, keys, release.base) for table in tables],
    }
    return (json.dumps(group, ensure_ascii=False, indent=2) + "\n").encode()


def _table(table: FlatTable, keys: dict[str, list[str]], base: str) -> dict[str, Any]:
    header = table.header
    references = [
        {"columnReference": name, "reference": {"resource": f"{to}.csv", "columnReference": keys[to][0]}}
        for name, column in table.columns.items()
        if (to := column.references) and column.missing is None  # of an empty cell validators think differently
    ]
    schema: dict[str, Any] = {
        "columns": [_column(name, column, header.about, base) for name, column in table.columns.items()],
        "primaryKey": header.key,
    }
    if header.about:
        schema["aboutUrl"] = f"{{+{header.about}}}"
    if references:
        schema["foreignKeys"] = references
    described = {"dc:title": header.title, "dc:description": f"A row is {header.description}."}
    return {"url": f"{table.name}.csv", **described, "tableSchema": schema}


def _column(name: str, column: Column, about: str | None, base: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": name,
        "titles": name,
        "rdfs:label": column.title,
        "dc:description": f"{column.description}." + (f" Empty: {column.missing}." if column.missing else ""),
        "datatype": column.datatype,
        "required": column.missing is None,
    }
    if column.language:
        described["lang"] = column.language
    if column.is_list:
        described["separator"] = SEPARATOR
    if column.term:
        prefix, _, local = column.term.partition(":")
        described["propertyUrl"] = prefixes(base)[prefix] + local
    elif name == about:
        described["suppressOutput"] = True
    if not column.is_list:
        if column.datatype == "anyURI":
            described["valueUrl"] = f"{{+{name}}}"
        elif column.references == "countries":
            described["valueUrl"] = f"{base}id/country/{{{name}}}"
        elif column.codes and column.codes != "measure":
            described["valueUrl"] = f"{base}code/{column.codes}/{{{name}}}"
    return described
