"""The flat tables of a release: complete, typed, keyed, three-valued, and the codebooks tell the truth about them."""

from __future__ import annotations

import csv
import io
import json
import shutil
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest
from csvw import CSVW, TableGroup
from rdflib.plugins.sparql import prepareQuery

from msqgraph import assets
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.exports import flat_tables
from msqgraph.exports.citation import cite_release
from msqgraph.exports.ddi import NAMESPACE
from msqgraph.exports.flat_tables import FORMULA, escaped, write_tables
from msqgraph.exports.table_mappings import SEPARATOR, load_tables
from msqgraph.release.about import About, Contact, Publisher, Release
from msqgraph.store import EmbeddedStore
from tests.test_privacy import leaks

TABLES = load_tables()
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MSQ = "PREFIX msq: <https://w3id.org/msqgraph/ontology#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
# How many rows each table must have, asked in another way than the table's own query.
ROWS = {
    "agencies": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Agency }",
    "answers": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Answer }",
    "countries": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Country }",
    "facts": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Statement }",
    "laws": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Law }",
    "observations": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Observation }",
    "options": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Option }",
    "partners": "SELECT (COUNT(*) AS ?n) { ?x msq:partner ?y }",
    "portals": "SELECT (COUNT(*) AS ?n) { ?x a msq:Portal ; msq:country ?y }",
    "posts": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Post }",  # one edition each
    "questions": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Question }",
    "responses": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Response }",
    "responsibilities": "SELECT (COUNT(*) AS ?n) { ?x rdf:predicate msq:responsibleFor }",
    "strategies": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x a msq:Strategy }",
    "ticks": "SELECT (COUNT(*) AS ?n) { ?x msq:ticked|msq:unticked|msq:tickUnknown ?y }",
}
# The order of elements in DDI Codebook 2.5, as far as they are used.
DDI_ORDER = {
    "codeBook": "docDscr stdyDscr fileDscr dataDscr",
    "stdyDscr": "citation stdyInfo method dataAccs notes",
    "citation": "titlStmt rspStmt prodStmt distStmt verStmt biblCit",
    "prodStmt": "producer prodDate software",
    "distStmt": "distrbtr contact",
    "stdyInfo": "subject abstract sumDscr",
    "sumDscr": "timePrd nation anlyUnit universe dataKind",
    "dataColl": "collMode sources",
    "useStmt": "restrctn conditions",
    "fileDscr": "fileTxt notes",
    "fileTxt": "fileName fileCont dimensns fileType",
    "dataDscr": "varGrp var",
    "var": "labl qstn universe sumStat txt catgry varFormat notes",
    "catgry": "catValu labl catStat",
}


def release(title: str = "Tables") -> Release:
    """What a publisher says, filled in."""
    about = About("1.0", "2026-11-24", title, publisher=Publisher("An office"), contact=Contact(email="info@x.org"))
    return Release(about)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table as they stand in its CSV."""
    return list(csv.DictReader(io.StringIO((folder / "tables" / f"{name}.csv").read_bytes().decode(), newline="")))


@pytest.fixture(scope="module")
def written(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world's tables."""
    folder = tmp_path_factory.mktemp("release")
    assert write_tables(world, folder, release()) == []
    return folder


@pytest.fixture(scope="module")
def codebook(written: Path) -> ET.Element:
    """The world's codebook in DDI."""
    return ET.fromstring((written / "tables" / "codebook.xml").read_bytes())  # noqa: S314 - our own


def ddi(element: ET.Element, path: str) -> list[ET.Element]:
    """Elements of the codebook by a path without namespaces."""
    return element.findall("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))


def test_every_table_is_there_in_both_formats(written: Path) -> None:
    """And nothing else but the metadata and codebooks."""
    expected = {f"{table.name}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")}
    found = {path.name for path in (written / "tables").iterdir()}
    assert found == {*expected, "csv-metadata.json", "codebook.md", "codebook.xml"}
    assert len(TABLES) >= 15


@pytest.mark.parametrize("name", ROWS)
def test_as_many_rows_as_the_graph_says(world: Path, written: Path, name: str) -> None:
    """Counted by a question of the test's own."""
    result = EmbeddedStore(world / "store").query(MSQ + ROWS[name])
    assert isinstance(result, ox.QuerySolutions)
    expected = int(next(result)["n"].value)
    assert expected > 0
    assert len(rows(written, name)) == expected


def test_queries_are_selects_that_any_engine_reads() -> None:
    """SPARQL 1.1 for rdflib too."""
    assert {prepareQuery(table.query).algebra.name for table in TABLES} == {"SelectQuery"}


def test_keys_are_unique_and_rows_in_their_order(written: Path) -> None:
    """Every table."""
    for table in TABLES:
        keys = [tuple(row[name] for name in table.header.key) for row in rows(written, table.name)]
        assert keys, table.name
        assert keys == sorted(set(keys)), table.name


def test_references_resolve(written: Path) -> None:
    """Also those of columns that may be empty."""
    checked = 0
    for table in TABLES:
        for name, column in table.columns.items():
            if not column.references:
                continue
            key = next(t.header.key[0] for t in TABLES if t.name == column.references)
            known = {row[key] for row in rows(written, column.references)}
            found = {row[name] for row in rows(written, table.name)} - {""}
            assert found <= known, (table.name, name)
            checked += len(found)
    assert checked > 300


def test_csvw_reads_every_row_with_its_type(written: Path) -> None:
    """A program that others wrote finds metadata, rows, keys and references valid."""
    file = str(written / "tables" / "csv-metadata.json")
    validation = CSVW(file, validate=True)
    assert validation.is_valid
    assert validation.warnings == []
    group = TableGroup.from_file(file)
    assert len(group.tables) == len(TABLES)
    for table in group.tables:
        assert len(list(table.iterdicts(strict=True))) == len(rows(written, Path(str(table.url)).stem))


def test_parquet_holds_the_same_values(written: Path) -> None:
    """Typed, and with texts as they were stated."""
    compared = 0
    for table in TABLES:
        frame = pl.read_parquet(written / "tables" / f"{table.name}.parquet")
        assert frame.columns == list(table.columns)
        for row, typed in zip(rows(written, table.name), frame.iter_rows(named=True), strict=True):
            for name, column in table.columns.items():
                text, value = row[name], typed[name]
                if not text:
                    assert value is None, (table.name, name)
                elif column.is_list:
                    assert [str(one) for one in value] == text.split(SEPARATOR)
                elif column.datatype == "boolean":
                    assert value is (text == "true")
                elif column.datatype in ("decimal", "integer", "gYear"):
                    assert not isinstance(value, str)
                    assert value == float(text)
                else:
                    assert str(value) == (text.removeprefix("'") if column.is_free_text else text)
                compared += 1
    assert compared > 10_000


def test_ticks_stay_three_valued(written: Path) -> None:
    """Of Paraguay no mark was left; of the neighbour some are known. No state is an empty cell."""
    states: dict[str, Counter[str]] = {"PRY": Counter(), "URY": Counter()}
    for row in rows(written, "ticks"):
        states[row["country_id_iso3"]][row["state"]] += 1
    assert set(states["PRY"]) == {"unknown"}
    assert states["URY"]["ticked"] > 0
    assert states["URY"]["unticked"] > 0
    affirmed = Counter((row["status"], row["affirms"]) for row in rows(written, "answers"))
    assert affirmed["unreadable", "unknown"] > 0
    assert not any(affirms == "no" for status, affirms in affirmed if status == "unreadable")


def test_rows_lead_back_to_the_words(written: Path) -> None:
    """A fact has its statement, quote and place; a name its language."""
    (fact,) = [
        row for row in rows(written, "facts")
        if row["statement_iri"].endswith("/2020/PRY/5f/instituto-forestal-nacional-responsible-for-environment")
    ]  # fmt: skip
    assert fact["quote"] == "Instituto Forestal Nacional - <http://www.infona.gov.py/>"
    assert fact["basis"] == "field"
    assert fact["place"].startswith("char=")
    (agency,) = [row for row in rows(written, "agencies") if row["agency_iri"] == fact["subject_iri"]]
    assert (agency["name"], agency["name_language"]) == ("Instituto Forestal Nacional", "es")
    (post,) = [row for row in rows(written, "posts") if row["country_id_iso3"] == "PRY"]
    assert post["holder_name"] == "Alejandro Peralta Vierci"


def test_same_bytes_twice_and_no_private_part(dataset: Path, tmp_path: Path) -> None:
    """Of the sample, every file."""
    for name in ("one", "two"):
        assert write_tables(dataset, tmp_path / name, release()) == []
    files = sorted((tmp_path / "one" / "tables").iterdir())
    assert len(files) > 30
    for path in files:
        assert path.read_bytes() == (tmp_path / "two" / "tables" / path.name).read_bytes(), path.name
        assert leaks(path.read_bytes()) == [], path.name
    for table in TABLES:
        frame = pl.read_parquet(tmp_path / "one" / "tables" / f"{table.name}.parquet")
        assert leaks(frame.write_ndjson().encode()) == [], table.name


def test_one_changed_answer_changes_its_own_row_and_no_formula_gets_out(dataset: Path, tmp_path: Path) -> None:
    """Texts that begin like a formula or with an apostrophe are escaped in CSV, and verbatim in Parquet."""
    answer = ox.NamedNode("https://w3id.org/msqgraph/id/response/2020/PRY/21")
    before = release_of(dataset, tmp_path / "before")
    for number, text in enumerate(['=HYPERLINK("http://x")\r\nand, more', "'quoted", "@x", "\t-1"]):
        copy = tmp_path / f"copy{number}"
        shutil.copytree(dataset, copy)
        store = ox.Store(str(copy / "store"))
        old = list(store.quads_for_pattern(answer, ox.NamedNode(f"{MSQ[13:].split('>')[0]}text"), None))
        assert old
        for quad in old:
            store.remove(quad)
            store.add(ox.Quad(answer, quad.predicate, ox.Literal(text, language="en"), quad.graph_name))
        store.flush()
        del store
        after = release_of(copy, tmp_path / f"after{number}")
        changed = [
            (old_row, new_row)
            for old_row, new_row in zip(rows(before, "answers"), rows(after, "answers"), strict=True)
            if old_row != new_row
        ]
        ((_, row),) = changed
        assert row["answer_iri"] == answer.value
        assert row["text"] == f"'{text}"
        frame = pl.read_parquet(after / "tables" / "answers.parquet")
        assert frame.filter(pl.col("answer_iri") == answer.value)["text"].to_list() == [text]
        same = [t.name for t in TABLES if rows(before, t.name) == rows(after, t.name)]
        assert set(same) == {t.name for t in TABLES} - {"answers"}


def release_of(dataset: Path, folder: Path) -> Path:
    """The tables of a dataset in a folder."""
    write_tables(dataset, folder, release())
    return folder


def test_no_cell_begins_like_a_formula(written: Path) -> None:
    """Figures below zero apart."""
    cells = [cell for table in TABLES for row in rows(written, table.name) for cell in row.values() if cell]
    assert len(cells) > 10_000
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert escaped("-") == "'-"


def test_the_metadata_names_what_is_in_the_graph(written: Path, world: Path) -> None:
    """Properties are those of the dataset's own base; columns of keys are required."""
    data = json.loads((written / "tables" / "csv-metadata.json").read_bytes())
    named = {
        column["propertyUrl"]
        for t in data["tables"]
        for column in t["tableSchema"]["columns"]
        if "propertyUrl" in column
    }
    assert len(named) > 20
    text = (world / "dataset.nq").read_text(encoding="utf-8")
    allowed = {"https://w3id.org/msqgraph/ontology#lowerBound", "https://w3id.org/msqgraph/ontology#upperBound"}
    assert {iri for iri in named if f"<{iri}>" not in text} <= allowed
    for described in data["tables"]:
        columns = {column["name"]: column for column in described["tableSchema"]["columns"]}
        assert all(columns[name]["required"] for name in described["tableSchema"]["primaryKey"])


def test_ddi_is_well_formed(codebook: ET.Element) -> None:
    """Identifiers are unique, references resolve, elements come in the order of the schema."""
    identifiers = [element.get("ID") for element in codebook.iter() if element.get("ID")]
    assert len(identifiers) == len(set(identifiers)) > 200
    used = [ref for e in codebook.iter() for key in ("files", "var") for ref in (e.get(key) or "").split()]
    assert len(used) > 200
    assert set(used) <= set(identifiers)
    looked_at = 0
    for element in codebook.iter():
        order = DDI_ORDER.get(element.tag.partition("}")[2], "").split()
        places = [order.index(child.tag.partition("}")[2]) for child in element] if order else []
        assert places == sorted(places), element.attrib
        looked_at += len(places)
    assert looked_at > 1000


def test_ddi_covers_what_the_tables_cover(codebook: ET.Element, written: Path) -> None:
    """Countries and years of imported figures, their sources and terms, and the one sentence of citation."""
    observations = rows(written, "observations")
    assert len({row["country_id_iso3"] for row in observations}) == 193
    nations = {nation.get("abbr") for nation in ddi(codebook, "stdyDscr/stdyInfo/sumDscr/nation")}
    assert nations == {row["country_id_iso3"] for row in observations}
    years = [row["edition_year"] for row in observations]
    told = [period.text for period in ddi(codebook, "stdyDscr/stdyInfo/sumDscr/timePrd")]
    assert told == [min(years), max(years)] == ["2010", "2024"]
    assert len(ddi(codebook, "stdyDscr/method/dataColl/sources/dataSrc")) == 2
    (rights,) = ddi(codebook, "stdyDscr/dataAccs/useStmt/restrctn")
    metadata = json.loads((written / "tables" / "csv-metadata.json").read_text(encoding="utf-8"))
    assert metadata["dc:rights"] == rights.text
    assert "Department of Economic and Social Affairs" in metadata["dc:rights"]
    assert "World Bank" in metadata["dc:rights"]
    citations = {cited.text for part in ("docDscr", "stdyDscr") for cited in ddi(codebook, f"{part}/citation/biblCit")}
    assert citations == {cite_release(release()).text()}


def test_ddi_frequencies_add_up_to_the_rows(codebook: ET.Element, written: Path) -> None:
    """Of every variable with one code a row, and of every question: missing ones included."""
    counted = 0
    sizes = {table.name: len(rows(written, table.name)) for table in TABLES}
    for table in TABLES:
        for name, column in table.columns.items():
            (variable,) = [v for v in ddi(codebook, "dataDscr/var") if v.get("ID") == f"{table.name}-{name}"]
            stats = {
                stat.get("type"): int(stat.text or "")
                for stat in ddi(variable, "sumStat")
                if stat.get("type") in ("vald", "invd")
            }
            assert sum(stats.values()) == sizes[table.name]
            assert stats["invd"] == sum(not row[name] for row in rows(written, table.name))
            if column.is_coded and not column.is_list:
                assert sum(int(f.text or "") for f in ddi(variable, "catgry/catStat")) == sizes[table.name], name
                counted += 1
    assert counted > 10
    questions = [v for v in ddi(codebook, "dataDscr/var") if (v.get("ID") or "").startswith("question-")]
    assert len(questions) == 40 + 46
    for variable in questions:
        assert ddi(variable, "qstn/qstnLit")[0].text
        assert sum(int(f.text or "") for f in ddi(variable, "catgry/catStat")) == 2  # responses


def test_the_codebook_for_people_tells_the_same(written: Path) -> None:
    """Rows of every table, every column, states with how often they occur."""
    text = (written / "tables" / "codebook.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert f"| [{table.name}](#{table.name}) | {len(rows(written, table.name))} |" in text
        assert all(f"| `{name}` |" in text for name in table.columns)
    unknown = sum(row["state"] == "unknown" for row in rows(written, "ticks"))
    assert f"| `unknown` | the mark was lost or cannot be read; neither yes nor no (missing) | {unknown} |" in text
    unread = sum(row["status"] == "unreadable" and not row["text"] for row in rows(written, "answers"))
    assert f"unreadable {unread})" in text


def test_without_polars_the_rest_is_written(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one line says what to do."""
    monkeypatch.setattr(flat_tables, "find_spec", lambda _: None)
    (message,) = write_tables(dataset, tmp_path, release())
    assert "pip install 'msqgraph[analysis]'" in message
    assert {path.suffix for path in (tmp_path / "tables").iterdir()} == {".csv", ".json", ".md", ".xml"}


def test_a_value_of_another_type_is_refused(dataset: Path, tmp_path: Path) -> None:
    """Rather than written as something else."""
    shutil.copytree(dataset, tmp_path / "copy")
    store = ox.Store(str(tmp_path / "copy" / "store"))
    named = ox.NamedNode
    law = next(
        store.quads_for_pattern(None, named(RDF_TYPE), named("https://w3id.org/msqgraph/ontology#Law"), None)
    ).subject
    store.add(
        ox.Quad(law, named("http://data.europa.eu/eli/ontology#date_document"), ox.Literal("1 May"), ox.DefaultGraph())
    )
    store.flush()
    del store
    with pytest.raises(UsageError, match="tables/laws: date is '1 May', which is no date"):
        write_tables(tmp_path / "copy", tmp_path, release())


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("?sign WHERE", "WHERE", "the columns are not the query's variables"),
        ("references: answers", "references: nowhere", "no table 'nowhere'"),
        ("term: msq:country", "term: nope:country", "no prefix 'nope'"),
        ("title: State", "titel: State", "unknown key"),
        ("key: [answer_iri", "key: [sign", "sign: no full column"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(
    before: str, after: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the file that is to be mended."""
    read = assets.read_text
    monkeypatch.setattr(assets, "read_text", lambda *a: read(*a).replace(before, after))
    with pytest.raises(UnreadableInput, match=problem):
        load_tables()


def test_another_base(dataset: Path) -> None:
    """Queries and metadata speak of the base that they are given."""
    assert dataset
    tables = load_tables("https://example.org/x/")
    assert all("w3id.org/msqgraph" not in table.query for table in tables)
    assert sum("https://example.org/x/ontology#" in table.query for table in tables) >= 15
