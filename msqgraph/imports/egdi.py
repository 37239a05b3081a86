"""The UN's E-Government Development Index as a Data Cube: one observation per figure, an edition per survey.

The figures that come with the package, or a file: the official download, or a table in the package's own form. A blank
is no observation. What is odd about an edition is said of it (``skos:changeNote``), worked out from the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from msqgraph import assets, countries, iris
from msqgraph.imports import Imported
from msqgraph.imports.describing import Description
from msqgraph.imports.egdi_notes import notes
from msqgraph.imports.rows import Row, Table, country_of, read_table, shown
from msqgraph.published import published_graphs

CARRIED = "reference/egdi.csv"
MEASURES = {"egdi": "egdi", "osi": "osi", "hci": "hci", "tii": "tii", "epi": "epi", "rank": "egdiRank"}
_OWN = {name: [name] for name in ("iso3", "m49", "survey_year", *MEASURES)}
_OFFICIAL = {
    "survey_year": ["Survey Year"],
    "country": ["Country Name"],
    "rank": ["E-Government Rank"],
    "egdi": ["E-Government Index"],
    "epi": ["E-Participation Index"],
    "osi": ["Online Service Index"],
    "hci": ["Human Capital Index"],
    "tii": ["Telecommunication Infrastructure Index"],
}
_MEMBER_STATES = 193
_FIRST_SURVEY = 2001
_LEFT = "correct it; the figure was not imported"
_TITLE = "United Nations E-Government Survey: E-Government Development Index and its parts"
_CUBE = "id/cube/egdi"


@dataclass(frozen=True, slots=True)
class Line:
    """One country in one edition, its figures by column in their shortest spelling; blanks are left out."""

    year: str
    iso3: str
    figures: dict[str, str]


def import_egdi(path: Path | str | None = None, base: str = assets.DEFAULT_BASE) -> Imported:
    """The graph ``graph/reference/egdi`` from a file, or from the figures that come with the package.

    :raises UnreadableInput: if the file cannot be read, or is no such table.

    >>> imported = import_egdi()
    >>> imported.rows_read, imported.rows_imported, imported.problems
    (1544, 1544, [])
    """
    table = read_table(Path(path) if path else assets.root() / CARRIED, _OWN, _OFFICIAL)
    lines = list(_lines(table))
    description = Description(base)
    _describe_cube(description)
    for year in sorted({line.year for line in lines}):
        _describe_edition(description, year, [line for line in lines if line.year == year])
    for line in lines:
        for column, figure in line.figures.items():
            _describe_observation(description, line, column, figure)
    return Imported("egdi", description.sorted(), sorted(table.problems), table.rows_read, len(lines))


def _lines(table: Table) -> Iterator[Line]:
    """The rows that say whom and when they are about, each once, with the figures that are numbers in range."""
    keys = [(row, key) for row in table.rows if (key := _key(row, table)) is not None]
    for row, key in table.unique(keys, "edition and country"):
        figures = {column: figure for column in MEASURES if (figure := _figure(row, column, table))}
        yield Line(*key, figures)


def _key(row: Row, table: Table) -> tuple[str, str] | None:
    year = row.cells.get("survey_year", "")
    if not re.fullmatch(r"20\d\d", year) or int(year) < _FIRST_SURVEY:
        table.report(
            row, "survey_year", f"{shown(year)} is no year of a survey", "correct it; the row was not imported"
        )
        return None
    iso3 = country_of(row, table)
    if iso3 is not None and not countries.is_un_member(iso3):
        problem = f"{countries.name(iso3)} is no Member State, and the survey covers Member States"
        table.report(row, "", problem, "delete the row; it was not imported")
        return None
    return (year, iso3) if iso3 else None


def _figure(row: Row, column: str, table: Table) -> str:
    """A figure in its shortest spelling; empty, and a problem unless the cell is blank, if it is none."""
    written = row.cells.get(column, "")
    if not written:
        return ""
    if column == "rank":
        if re.fullmatch(r"[0-9]{1,3}", written) and 1 <= int(written) <= _MEMBER_STATES:
            return str(int(written))
        table.report(row, column, f"{shown(written)} is no whole number from 1 to {_MEMBER_STATES}", _LEFT)
    elif re.fullmatch(r"[0-9]+(?:\.[0-9]{1,20})?", written) and Decimal(written) <= 1:
        return f"{Decimal(written).normalize():f}"
    else:
        table.report(row, column, f"{shown(written)} is no number from 0 to 1, with a point before its decimals", _LEFT)
    return ""


def _describe_cube(about: Description) -> None:
    source = iris.source("egdi")
    about.a(source, "prov:Entity")
    about.say(source, "rdfs:label", _TITLE, language="en")
    about.say(source, "dct:title", _TITLE, language="en")
    about.say(source, "dct:publisher", "United Nations Department of Economic and Social Affairs", language="en")
    about.link(source, "foaf:page", "https://publicadministration.un.org/egovkb/Data-Center")
    about.a(_CUBE, "qb:DataSet")
    about.say(_CUBE, "rdfs:label", "E-Government Development Index", language="en")
    about.say(_CUBE, "dct:title", "E-Government Development Index", language="en")
    words = "E-Government Development Index, its three indices, E-Participation Index and rank of the Member States."
    about.say(_CUBE, "dct:description", words, language="en")
    about.link(_CUBE, "dct:source", source)
    about.link(_CUBE, "qb:structure", "msq:EgdiStructure")


def _describe_edition(about: Description, year: str, lines: list[Line]) -> None:
    edition = f"id/edition/{year}"
    if not _is_described(edition, about.base):
        about.a(edition, "msq:Edition")
        about.say(edition, "rdfs:label", f"United Nations E-Government Survey {year}", language="en")
        about.say(edition, "msq:year", year, datatype="gYear")
    about.link(edition, "msq:asked", *(iris.country(line.iso3) for line in lines if line.figures))
    for note in notes({line.iso3: line.figures for line in lines}):
        about.say(edition, "skos:changeNote", note, language="en")


def _is_described(edition: str, base: str) -> bool:
    """Whether a form of the package has the edition already."""
    graphs = published_graphs(base).items()
    forms = (triples for path, triples in graphs if path.startswith("graph/questionnaire/"))
    return any(str(triple.subject) == f"<{base}{edition}>" for triples in forms for triple in triples)


def _describe_observation(about: Description, line: Line, column: str, figure: str) -> None:
    measure = MEASURES[column]
    observation = iris.observation("egdi", measure, line.year, line.iso3)
    is_rank = column == "rank"
    about.a(observation, "qb:Observation", "msq:Observation")
    about.link(observation, "qb:dataSet", _CUBE)
    about.link(observation, "qb:measureType", f"msq:{measure}")
    about.say(observation, f"msq:{measure}", figure, datatype="integer" if is_rank else "decimal")
    about.link(observation, "sdmxd:refArea", iris.country(line.iso3))
    about.say(observation, "sdmxd:refPeriod", line.year, datatype="gYear")
    about.link(observation, "msq:edition", f"id/edition/{line.year}")
    about.link(observation, "sdmxa:unitMeasure", "code/unit/rank" if is_rank else "code/unit/index")
    about.link(observation, "sdmxa:obsStatus", "code/observation-status/compiled")
