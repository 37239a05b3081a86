"""Answers as tables of Python values, frames and files."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

import msqgraph
from msqgraph.errors import UsageError
from msqgraph.exports.html import html
from msqgraph.exports.markdown import markdown
from msqgraph.exports.parquet import parquet
from msqgraph.exports.xlsx import xlsx
from msqgraph.store import EmbeddedStore
from msqgraph.tables import Table, table_of
from msqgraph.values import Iri, value_of
from tests.conftest import ROOT
from tests.test_cli import msqgraph as command
from tests.test_docs import blocks

XSD = "http://www.w3.org/2001/XMLSchema#"
WRITTEN = """SELECT ?iri ?text ?n ?x ?yes ?year ?day ?at ?none { VALUES (?iri ?text ?n ?x ?yes ?year ?day ?at ?none) {
    (<https://example.org/a> "sí"@es 3 2.50 true "2020"^^xsd:gYear "2019-12-02"^^xsd:date
     "2019-12-02T10:00:00Z"^^xsd:dateTime UNDEF)
    (<urn:x> "=1+1" UNDEF 1e3 false "2018"^^xsd:gYear UNDEF UNDEF UNDEF) } }"""
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def table() -> Table:
    """Two rows with a value of every kind."""
    return table_of(EmbeddedStore().query(f"PREFIX xsd: <{XSD}>\n{WRITTEN}"), "What?", "what")


def test_terms_become_python_values(table: Table) -> None:
    """Each kind, a blank as None, and what a column holds."""
    first, second = table.rows
    at = datetime(2019, 12, 2, 10, tzinfo=UTC)
    assert first == ("https://example.org/a", "sí", 3, 2.5, True, 2020, date(2019, 12, 2), at, None)
    assert second == ("urn:x", "=1+1", None, 1000.0, False, 2018, None, None, None)
    assert isinstance(first[0], Iri)
    assert table.kinds == ("text", "text", "integer", "number", "boolean", "year", "date", "datetime", "text")
    assert [row["year"] for row in table] == table.column("year") == [2020, 2018]
    with pytest.raises(UsageError, match="no column 'y'"):
        table.column("y")


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("many", "integer", "many"),
        ("1_000", "integer", "1_000"),
        ("1_0.5", "decimal", "1_0.5"),
        ("nan", "double", "nan"),
        ("-INF", "double", float("-inf")),
        ("0", "boolean", False),
        ("TRUE", "boolean", "TRUE"),
        ("2019-02-30", "date", "2019-02-30"),
        ("2019-12-02Z", "date", "2019-12-02Z"),
        ("2020Z", "gYear", "2020Z"),
        ("P1D", "duration", "P1D"),
    ],
)
def test_what_is_ill_formed_stays_text(text: str, datatype: str, value: object) -> None:
    """As written; nothing is guessed."""
    assert value_of(ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))) == value


def test_mixed_columns_and_huge_numbers_are_text() -> None:
    """A frame never fails for the values of one row."""
    table = Table(("mixed", "huge"), ((1, 2**70), ("a", 1)))
    assert table.kinds == ("text", "text")
    assert table.to_polars().rows() == [("1", str(2**70)), ("a", "1")]
    assert table.to_pandas()["mixed"].tolist() == ["1", "a"]


def test_frames_keep_types_and_blanks(table: Table) -> None:
    """Integers stay integers beside a blank; a blank is never zero."""
    import pandas as pd
    import polars as pl

    frame = table.to_pandas()
    kinds = [
        "string",
        "string",
        "Int64",
        "float64",
        "boolean",
        "Int64",
        "datetime64[s]",
        "datetime64[us, UTC]",
        "string",
    ]
    assert [str(dtype) for dtype in frame.dtypes] == kinds
    assert frame["n"].isna().tolist() == [False, True]
    assert frame["none"].isna().all()
    assert frame["day"][0] == pd.Timestamp("2019-12-02")
    other = table.to_polars()
    assert other["n"].to_list() == [3, None]
    assert other.schema["day"] == pl.Date
    assert other.schema["at"] == pl.Datetime("us", "UTC")
    for empty in (Table(("a", "b"), ()), Table((), ())):
        assert empty.to_pandas().shape == empty.to_polars().shape == (0, len(empty.variables))


def test_ask(dataset: Path, store: EmbeddedStore, tmp_path: Path) -> None:
    """By name or file, from a folder or a store, with parameters; a graph is refused, yes or no is a cell."""
    portals = msqgraph.ask("which-portals-does-a-country-name", data=dataset, country="PRY")
    assert len(portals) == 14
    assert portals.title.endswith("?")
    assert msqgraph.ask("which-portals-does-a-country-name", data=store).rows == portals.rows
    laws = "does-an-open-data-law-come-with-a-portal"
    assert len(msqgraph.ask(laws, data=dataset, edition=2020)) == 1
    assert len(msqgraph.ask(laws, data=dataset, edition=2018)) == 0
    mine = tmp_path / "mine.rq"
    mine.write_text("ASK { ?s ?p ?o }")
    assert msqgraph.ask(mine, data=store).rows == ((True,),)
    mine.write_text("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(UsageError, match="graph"):
        msqgraph.ask(mine, data=store)
    with pytest.raises(UsageError, match="no parameter"):
        msqgraph.ask(laws, data=store, land="PRY")


HOSTILE = '<script>alert("1")</script>|*_`[x](javascript:1)`'


def test_html_is_escaped_and_links_only_to_the_web() -> None:
    """In cells, headings and the title; only IRIs of http and https are links."""
    row = (
        Iri("https://example.org/?a=\"><i>'&b"),
        Iri("javascript:alert(1)"),
        HOSTILE,
        "https://example.org/text",
        None,
    )
    page = html(("a", "b", HOSTILE, "d", "e"), [row], ["text"] * 5, HOSTILE).decode()
    assert "<script" not in page
    assert "<i>" not in page
    tree = ElementTree.fromstring(page)  # noqa: S314 - our own
    assert [link.get("href") for link in tree.iter("a")] == [row[0]]
    assert [cell.text for cell in tree.iter("td")][1:3] == [row[1], HOSTILE]
    assert "201 rows, the first 200 shown" in Table(("n",), tuple((n,) for n in range(201)))._repr_html_()


def test_markdown_is_escaped() -> None:
    """No sign of a cell means anything, no line break ends a row."""
    page = markdown(
        ("a|b", "n"), [(HOSTILE, 1), ("two\nlines", None), (Iri("https://example.org/"), 2)], ["text", "integer"]
    )
    lines = page.decode().splitlines()
    assert len(lines) == 5
    assert lines[0] == "| a\\|b | n |"
    assert lines[2].startswith("| \\<script\\>alert")
    assert not re.search(r"(?<!\\)[`*_\[\]<>]", lines[2])
    assert lines[3] == "| two<br>lines |  |"
    assert lines[4] == "| <https://example.org/> | 2 |"


def test_parquet_reads_back(table: Table) -> None:
    """The same frame, the same bytes."""
    import polars as pl

    data = parquet(table.variables, table.rows, table.kinds)
    assert pl.read_parquet(BytesIO(data)).equals(table.to_polars())
    assert data == parquet(table.variables, table.rows, table.kinds)


def cells(data: bytes) -> dict[str, tuple[str | None, str]]:
    """The first sheet of a workbook: type and text of each cell that has any."""
    book = zipfile.ZipFile(BytesIO(data))
    shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - our own
    texts = ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in shared]
    found: dict[str, tuple[str | None, str]] = {}
    for cell in ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{SHEET}c"):  # noqa: S314
        assert cell.find(f"{SHEET}f") is None, "a formula"
        value = cell.findtext(f"{SHEET}v") or ""
        found[cell.get("r", "")] = (cell.get("t"), texts[int(value)] if cell.get("t") == "s" else value)
    return found


def test_xlsx_has_values_and_no_formula(table: Table) -> None:
    """Numbers and booleans are such; text that begins like a formula or a link is text; the same bytes."""
    traps = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://example.org", "{=1}", "\t=1", "12")
    data = xlsx(("trap", "n", "yes"), [(trap, 5, True) for trap in traps], ["text", "integer", "boolean"])
    found = cells(data)
    assert [found[f"A{n}"] for n in range(2, len(traps) + 2)] == [("s", trap) for trap in traps]
    assert (found["B2"], found["C2"]) == ((None, "5"), ("b", "1"))
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in zipfile.ZipFile(BytesIO(data)).namelist()
    whole = xlsx(table.variables, table.rows, table.kinds, about={"title": table.title})
    assert whole == xlsx(table.variables, table.rows, table.kinds, about={"title": table.title})
    assert cells(whole)["F2"] == (None, "2020")
    exact = cells(xlsx(("n",), [(2**60,), (1.5,), (float("inf"),)], ["number"]))
    assert [exact[f"A{n}"][1] for n in (2, 3, 4)] == [str(2**60), "1.5", "inf"]


def test_xlsx_says_what_does_not_fit() -> None:
    """xlsxwriter would leave a text that is too long out without a word."""
    with pytest.raises(UsageError, match="row 1: a text of 40000"):
        xlsx(("a",), [("x" * 40_000,)], ["text"])
    with pytest.raises(UsageError, match="do not fit"):
        xlsx(("a",), [(None,)] * 1_048_576, ["text"])


def test_files_of_the_command_line(dataset: Path, tmp_path: Path) -> None:
    """A suffix names the format, or -f does; binary ones need a file; every format has all rows."""
    import polars as pl

    question = ("query", "which-portals-does-a-country-name", "--data", dataset)
    for suffix in ("csv", "json", "md", "txt", "parquet", "xlsx"):
        done = command(*question, "-o", tmp_path / f"rows.{suffix}")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), suffix
    lines = {suffix: (tmp_path / f"rows.{suffix}").read_text("utf-8").splitlines() for suffix in ("csv", "md", "txt")}
    assert (len(lines["csv"]), len(lines["md"]), lines["txt"][-1]) == (15, 16, "14 rows")
    assert len(json.loads((tmp_path / "rows.json").read_text("utf-8"))["results"]["bindings"]) == 14
    assert pl.read_parquet(tmp_path / "rows.parquet").height == 14
    assert "A15" in cells((tmp_path / "rows.xlsx").read_bytes())
    assert command(*question, "-f", "markdown").stdout.count("\n") == 16
    assert command(*question, "-f", "csv", "-o", tmp_path / "rows.dat").returncode == 0
    for wrong in (
        ("-f", "xlsx"),
        ("-o", tmp_path / "rows.dat"),
        ("-o", tmp_path / "no" / "rows.csv"),
        ("--kind", "bar"),
    ):
        done = command(*question, *wrong)
        assert (done.returncode, "Traceback" in done.stderr) == (2, False), wrong
        assert "error: " in done.stderr


BLOCK = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"pandas", "polars", "altair", "vl_convert", "xlsxwriter"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
"""


def test_without_the_extra_the_rest_works(dataset: Path, tmp_path: Path) -> None:
    """Tables, csv and json as ever; what needs the extra says how to get it."""

    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = f"{BLOCK}\nfrom msqgraph.cli import main; main()"
        call = [sys.executable, "-c", program, "query", "how-complete-are-the-responses", "--data", str(dataset)]
        return subprocess.run([*call, *arguments], capture_output=True, text=True, check=False, timeout=60)

    for format_ in ("table", "csv", "json", "markdown"):
        assert ask("-f", format_).returncode == 0, format_
    for arguments in (("-o", "x.parquet"), ("-o", "x.xlsx"), ("--chart", "x.svg")):
        done = ask(arguments[0], str(tmp_path / arguments[1]))
        assert done.returncode == 2
        assert "pip install 'msqgraph[analysis]'" in done.stderr
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_help_and_plain_queries_import_nothing_heavy() -> None:
    """The command line answers at once."""
    program = "import sys, msqgraph.cli, msqgraph.tables; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {"pandas", "polars", "altair", "vl_convert", "xlsxwriter", "numpy", "pyoxigraph", "rdflib"}
    assert heavy & set(done.stdout.split()) == set()


def test_python_in_how_to_analyse_is_true(dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a doctest in a folder with ``build/``."""
    (tmp_path / "build").symlink_to(dataset)
    monkeypatch.chdir(tmp_path)
    (text,) = blocks(ROOT / "docs" / "how-to-analyse.md", "python")
    names: dict[str, Any] = {}
    test = doctest.DocTestParser().get_doctest(text, names, "how-to-analyse.md", None, 0)
    assert len(test.examples) > 5
    assert doctest.DocTestRunner().run(test).failed == 0
