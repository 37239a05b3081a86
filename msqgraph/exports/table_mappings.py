"""The flat tables of a release as ``mappings/tables/`` describes them: a SPARQL SELECT each, and what its columns mean.

The lines that begin with ``#+`` are YAML: what a row is, its key, and a block for each column, in the order of the
query's variables. A column that can be empty says why in ``missing``; one without ``missing`` is never empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from msqgraph import assets
from msqgraph.errors import UnreadableInput
from msqgraph.namespaces import prefixes
from msqgraph.plain_yaml import load_yaml
from msqgraph.typed_yaml import converted

Datatype = Literal["string", "anyURI", "boolean", "integer", "decimal", "date", "gYear"]
FOLDER = "mappings/tables"
SEPARATOR = "|"  # between the values of a list: IRIs, dates and codes, in which it cannot occur
_HEADER = re.compile(r"^#\+ ?(.*)$", re.MULTILINE)
_SELECT = re.compile(r"\bSELECT\s(.*?)\bWHERE\b", re.DOTALL)
_VARIABLE = re.compile(r"\?(\w+)")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: ``codes`` names a code list, ``labels`` gives the codes themselves."""

    title: str
    description: str
    datatype: Datatype = "string"
    term: str | None = None  # with a prefix of exports.rdf
    codes: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    missing_codes: list[str] = field(default_factory=list)  # codes that say why something is not known
    references: str | None = None  # the table whose key it points at
    is_list: bool = False
    language: str | None = None
    missing: str | None = None  # why a cell is empty
    missing_by: str | None = None  # the column whose code tells it more exactly

    @property
    def is_coded(self) -> bool:
        """Whether its values are codes."""
        return bool(self.codes or self.labels)

    @property
    def is_free_text(self) -> bool:
        """Whether its values are words that somebody wrote, which may begin like a formula."""
        return self.datatype == "string" and not self.is_list


@dataclass(frozen=True, slots=True)
class Overview:
    """Which column is counted for every value of another one."""

    by: str
    of: str


@dataclass(frozen=True, slots=True)
class Header:
    """The ``#+`` lines of a table."""

    title: str
    description: str  # what a row is
    key: list[str]
    columns: dict[str, Column]
    about: str | None = None  # the column with the IRI of what a row is about
    overview: Overview | None = None


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table: its name, its query, and its description."""

    name: str
    query: str
    header: Header

    @property
    def columns(self) -> dict[str, Column]:
        """By name, in order."""
        return self.header.columns


def load_tables(base: str = assets.DEFAULT_BASE) -> list[FlatTable]:
    """The tables of a release, sorted by name.

    :raises UnreadableInput: if the description of one does not fit its query or another table.

    >>> [column for column in load_tables()[0].columns][:2]
    ['agency_iri', 'country_id_iso3']
    """
    files = assets.names(FOLDER, ".rq")
    tables = [_parsed(assets.read_text(file, base), PurePosixPath(file)) for file in files]
    names = {table.name for table in tables}
    for table in tables:
        for name, column in table.columns.items():
            file = f"{FOLDER}/{table.name}.rq"
            prefix = (column.term or "msq:").partition(":")[0]
            _check(prefix in prefixes(base), file, f"{name}: no prefix {prefix!r}")
            _check(column.references in {None, *names}, file, f"{name}: no table {column.references!r} to refer to")
            _check(column.missing_by in {None, *table.columns}, file, f"{name}: no column {column.missing_by!r}")
    return tables


def _parsed(text: str, file: PurePosixPath) -> FlatTable:
    try:
        data = load_yaml("\n".join(_HEADER.findall(text)))
    except ValueError as error:
        raise UnreadableInput(str(file), str(error), "mend the #+ lines") from None
    header: Header = converted(data, Header, str(file))
    select = _SELECT.search(text)
    variables = _VARIABLE.findall(_without_expressions(select[1])) if select else []
    _check(variables == list(header.columns), str(file), "the columns are not the query's variables in their order")
    of_rows = [*header.key, *([header.about] if header.about else [])]
    of_rows += [header.overview.by, header.overview.of] if header.overview else []
    for name in of_rows:
        _check(name in header.columns and not header.columns[name].missing, str(file), f"{name}: no full column")
    return FlatTable(file.stem, text, header)


def _without_expressions(select: str) -> str:
    """The variables that a SELECT returns: of ``(MIN(?x) AS ?y)`` the second one.

    >>> _without_expressions("?a (MIN(STR(?x)) AS ?b) ?c")
    '?a ?b ?c'
    """
    return re.sub(r"\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\bAS\s+(\?\w+)\)", r"\1", select)


def _check(holds: bool, file: str, problem: str) -> None:
    if not holds:
        raise UnreadableInput(file, problem, "mend the #+ lines")
