"""Tables of others: what is right is imported, what is wrong is named by row, and the graph is the same every time."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from msqgraph import assets, iris
from msqgraph.errors import UnreadableInput
from msqgraph.imports import Imported
from msqgraph.imports.egdi import MEASURES, import_egdi
from msqgraph.imports.egdi_notes import notes
from msqgraph.imports.govtech import COLUMNS, LEFT_OUT, import_govtech
from msqgraph.published import background, countries_in
from msqgraph.store import EmbeddedStore
from msqgraph.terms import text_of
from msqgraph.validation import validate
from tests.test_cli import msqgraph

BASE = assets.DEFAULT_BASE
OFFICIAL = (
    "Survey Year,Country Name,E-Government Rank,E-Government Index,E-Participation Index,Online Service Index,"
    "Human Capital Index,Telecommunication Infrastructure Index"
)
PARAGUAY = "2020,Paraguay,93,0.6487,0.6786,0.7235,0.6945,0.528"
GOVTECH = {
    "iso3": "ADO",
    "egovernment_url": "https://www.nowhere.example/",
    "eservices_url": "HTTPS://services.nowhere.example",
    "egovernment_agency": "Ministry of Wires",
    "egovernment_agency_url": "wires.nowhere.example",
    "finance_agency": "Treasury  of Nowhere",
    "finance_agency_url": "http://treasury.nowhere.example",
    "tax_agency_url": "http://tax.nowhere.example/",
    "customs_agency_url": "http://customs.nowhere.example",
    "data_protection_agency": "Ministry of Wires",
    "data_protection_agency_url": "",
    "cybersecurity_agency": "CERT-NW",
    "cybersecurity_agency_url": "https://cert.nowhere.example/",
    "strategy_url": "https://nowhere.example/plan.pdf",
    "strategy_year": "2018",
    "eprocurement_system": "BuyWires",
    "eprocurement_url": "https://buy.nowhere.example",
    "open_data_url": "https://data.nowhere.example",
    "participation_url": "https://www.nowhere.example",
    "data_protection_law": "Data Act",
    "data_protection_law_url": "https://nowhere.example/act",
    "data_protection_law_year": "1999",
    "access_to_information_law_url": "https://nowhere.example/foi.pdf",
    "access_to_information_law_year": "1766",
}


def egdi_of(folder: Path, *lines: str) -> Imported:
    """What is imported of a file with these lines."""
    file = folder / "egdi.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return import_egdi(file)


def govtech_file(folder: Path, *rows: dict[str, str]) -> Path:
    """A file of invented rows with the columns of the real one."""
    file = folder / "govtech.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [*COLUMNS, *LEFT_OUT])
        writer.writeheader()
        writer.writerows(rows)
    return file


def said(imported: Imported, subject: str, predicate: str) -> set[str]:
    """The values of a property, by the end of its IRI; those under the base without it."""
    return {
        text_of(triple.object).removeprefix(BASE)
        for triple in imported.triples
        if text_of(triple.subject) == BASE + subject and triple.predicate.value.endswith(predicate)
    }


def findings(imported: Imported) -> list[str]:
    """What the shapes say of a source's graph, apart from hints to look at."""
    triples = imported.triples
    validation = validate([*background(), *countries_in(triples), *triples])
    assert sum(validation.focus_nodes.values()) > 0
    return [str(finding) for finding in validation.findings if finding.severity == "Violation"]


@pytest.fixture(scope="module")
def egdi() -> Imported:
    """The figures that come with the package."""
    return import_egdi()


def test_every_figure_is_an_observation_and_no_blank_is(egdi: Imported) -> None:
    """1,544 rows; per measure as many observations, less the blanks of 2010; each of them a number as in the file."""
    rows = list(csv.DictReader(assets.read_text("reference/egdi.csv").splitlines()))
    measures = Counter(text_of(t.object) for t in egdi.triples if t.predicate.value.endswith("#measureType"))
    blanks = {"rank": 1, "egdi": 1, "osi": 1, "hci": 10, "tii": 3, "epi": 1}
    assert measures == {f"{BASE}ontology#{m}": 1544 - blanks[column] for column, m in MEASURES.items()}
    values = {
        (text_of(t.subject), Decimal(text_of(t.object)))
        for t in egdi.triples
        if t.predicate.value.removeprefix(f"{BASE}ontology#") in MEASURES.values()
    }
    assert values == {
        (BASE + iris.observation("egdi", measure, row["survey_year"], row["iso3"]), Decimal(row[column]))
        for row in rows
        for column, measure in MEASURES.items()
        if row[column]
    }
    assert not any(isinstance(term, ox.BlankNode) for t in egdi.triples for term in (t.subject, t.object))


def test_denmark_is_first_and_paraguay_93rd(egdi: Imported) -> None:
    """In 2020, with the figures of the survey; an observation has everything that it needs."""
    for iso3, index, rank in (("DNK", "0.9758", "1"), ("PRY", "0.6487", "93")):
        assert said(egdi, f"id/observation/egdi/egdi/2020/{iso3}", "#egdi") == {index}
        assert said(egdi, f"id/observation/egdi/egdi-rank/2020/{iso3}", "#egdiRank") == {rank}
    observation = "id/observation/egdi/egdi-rank/2020/PRY"
    assert said(egdi, observation, "#refPeriod") == {"2020"}
    assert said(egdi, observation, "#unitMeasure") == {"code/unit/rank"}
    assert said(egdi, observation, "#obsStatus") == {"code/observation-status/compiled"}
    assert said(egdi, observation, "#dataSet") == {"id/cube/egdi"}


def test_editions_know_whom_they_asked(egdi: Imported) -> None:
    """193 states, 192 before South Sudan joined; the edition of a form is not described twice."""
    counts = {year: len(said(egdi, f"id/edition/{year}", "#asked")) for year in range(2010, 2025, 2)}
    assert counts == {year: 192 if year == 2010 else 193 for year in range(2010, 2025, 2)}
    assert "id/country/SSD" not in said(egdi, "id/edition/2010", "#asked")
    assert said(egdi, "id/edition/2024", "#label") == {"United Nations E-Government Survey 2024"}
    assert said(egdi, "id/edition/2020", "#label") == set()


@pytest.mark.parametrize(
    ("year", "beginning", "end"),
    [
        (
            2010,
            "Break: EGDI differs from the mean",
            "in 176 of 183 rows; 0.34 OSI + 0.33 HCI + 0.33 TII gives it in 183",
        ),
        (2010, "Break: HCI runs from", "0.28186 to 0.99866"),
        (2010, "No HCI for", "FSM, KIR, MCO, MHL, NRU, PRK, SMR, SOM, TUV."),
        (2010, "Rank 184 is shared by", "SOM, TUV."),
        (2012, "EGDI is 0 although", "CAF, GIN, LBY."),
        (2012, "Rank 191", "CAF, GIN, LBY."),
        (2018, "Rank 49", "SRB, SVK."),
        (2020, "HRV, HUN: the same EGDI", "but ranks 51 and 52."),
        (2022, "Rank 5 ", "ISL, SWE."),
    ],
)
def test_oddities_are_noted(egdi: Imported, year: int, beginning: str, end: str) -> None:
    """On the edition, with the countries they are about."""
    found = [note for note in said(egdi, f"id/edition/{year}", "#changeNote") if note.startswith(beginning)]
    assert len(found) == 1
    assert end in found[0]


def test_editions_without_oddities_have_no_notes(egdi: Imported) -> None:
    """Ranks tie in four editions and in no other."""
    assert [said(egdi, f"id/edition/{year}", "#changeNote") for year in (2014, 2016, 2024)] == [set()] * 3
    tied = {y for y in range(2010, 2025, 2) if any("shared" in n for n in said(egdi, f"id/edition/{y}", "#changeNote"))}
    assert tied == {2010, 2012, 2018, 2022}


def test_an_index_that_is_no_mean_is_noted() -> None:
    """By country, where no weights explain it."""
    figures = {"AAA": {"rank": "1", "egdi": "0.9", "osi": "0.5", "hci": "0.5", "tii": "0.5"}}
    assert any("in 1 of 1 rows: AAA" in note for note in notes(figures))


def test_the_official_form_gives_the_same_graph(tmp_path: Path) -> None:
    """By names instead of codes, and with other spellings of the same numbers."""
    own = egdi_of(
        tmp_path, "iso3,m49,survey_year,rank,egdi,osi,hci,tii,epi", "PRY,600,2020,93,0.6487,0.7235,0.6945,0.528,0.6786"
    )
    official = egdi_of(tmp_path, f"\ufeff{OFFICIAL}", PARAGUAY.replace("0.528", "0.52800"))
    assert own.problems == official.problems == []
    assert own.nquads(BASE) == official.nquads(BASE)
    assert findings(own) == []
    assert len(own.triples) > 60


SECOND = ",1,0.5,0.5,0.5,0.5,0.5"
OWN = "iso3,m49,survey_year,egdi"


@pytest.mark.parametrize(
    ("lines", "problem", "observations"),
    [
        ([OFFICIAL, PARAGUAY, f"2020,Paragay{SECOND}"], "row 3, Country Name: 'Paragay' names no country", 6),
        ([OFFICIAL, PARAGUAY, f"2020,Korea{SECOND}"], "row 3, Country Name: 'Korea' names no country", 6),
        ([OFFICIAL, PARAGUAY, f"2020,{SECOND}"], "row 3: no country is named", 6),
        ([OFFICIAL, PARAGUAY, f"2020,Aruba{SECOND}"], "row 3: Aruba is no Member State", 6),
        ([OFFICIAL, PARAGUAY, PARAGUAY], "row 3: repeats edition and country of row 2", 6),
        ([OFFICIAL, "", PARAGUAY, f"20,Chad{SECOND}"], "row 4, Survey Year: '20' is no year of a survey", 6),
        ([OFFICIAL, PARAGUAY.replace("0.6487", "1.6487")], "row 2, E-Government Index: '1.6487' is no number", 5),
        ([OFFICIAL, PARAGUAY.replace("0.6487", '"0,6487"')], "row 2, E-Government Index: '0,6487' is no number", 5),
        ([OFFICIAL, PARAGUAY.replace("0.6487", "NaN")], "row 2, E-Government Index: 'NaN' is no number", 5),
        ([OFFICIAL, PARAGUAY.replace("93", "194")], "row 2, E-Government Rank: '194' is no whole number", 5),
        ([OFFICIAL, f"{PARAGUAY},1"], "row 2: 9 cells, the header has 8", 0),
        ([OFFICIAL.replace("E-Part", "Part"), PARAGUAY], "row 1, E-Participation Index: the column is missing", 5),
        ([OFFICIAL.replace("E-Part", "Part"), PARAGUAY], "row 1, Participation Index: the column is not known", 5),
        ([f"{OFFICIAL},Survey Year", f"{PARAGUAY},2021"], "row 1, Survey Year: the column is there twice", 6),
        ([OWN, "PRY,600,2020,0.6", "XYZ,,2020,0.5"], "row 3, iso3: 'XYZ' is no code of a country", 1),
        ([OWN, "PRY,858,2020,0.6"], "row 2: the codes are of two countries", 0),
    ],
)
def test_a_problem_is_named_by_row_and_the_rest_is_imported(
    tmp_path: Path, lines: list[str], problem: str, observations: int
) -> None:
    """Row, the file's own name of the column, and what to do."""
    imported = egdi_of(tmp_path, *lines)
    named = [str(found) for found in imported.problems]
    assert any(name.startswith(problem) and " — " in name for name in named), named
    assert sum(t.predicate.value.endswith("#measureType") for t in imported.triples) == observations


def test_codes_without_their_zeros(tmp_path: Path) -> None:
    """As a spreadsheet leaves them."""
    imported = egdi_of(tmp_path, "m49,iso3,survey_year,egdi", "4,,2020,0.5")
    assert said(imported, "id/observation/egdi/egdi/2020/AFG", "#egdi") == {"0.5"}


@pytest.mark.parametrize("run", [import_egdi, import_govtech])
@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("missing.csv", None, "no such file"),
        ("other.csv", b"a,b\n1,2\n", "none of the columns"),
        ("empty.csv", b"", "none of the columns"),
        ("latin.csv", "Coté d'Ivoire".encode("latin-1"), "is not UTF-8"),
        ("quotes.csv", b'iso3\n"a" b\n', "is no CSV"),
    ],
)
def test_what_is_no_table_is_refused(
    tmp_path: Path, run: Callable[[Path], Imported], name: str, data: bytes | None, message: str
) -> None:
    """With the file and what to do."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableInput, match=message):
        run(tmp_path / name)


def test_workbooks_are_read_if_openpyxl_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its numbers as they are written; without the package, what to do."""
    file = tmp_path / "egdi.xlsx"
    file.write_bytes(b"PK")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UnreadableInput, match="pip install openpyxl"):
        import_egdi(file)
    cells = [tuple(OFFICIAL.split(",")), (2020, "Paraguay", 93.0, 0.6487, 0.6786, 1e-05, 1.0, None)]
    book = SimpleNamespace(worksheets=[SimpleNamespace(iter_rows=lambda **_: iter(cells))])
    monkeypatch.setitem(sys.modules, "openpyxl", SimpleNamespace(load_workbook=lambda *_, **__: book))
    imported = import_egdi(file)
    assert imported.problems == []
    found = [said(imported, f"id/observation/egdi/{m}/2020/PRY", f"#{m}") for m in ("egdi", "osi", "hci", "tii")]
    assert found == [{"0.6487"}, {"0.00001"}, {"1"}, set()]


def test_all_figures_give_the_same_bytes_each_time() -> None:
    """Sorted statements, whatever the run."""
    first = import_egdi().nquads(BASE)
    assert first == import_egdi().nquads(BASE)
    assert first.splitlines() == sorted(first.splitlines())


@pytest.fixture
def govtech(tmp_path: Path) -> Imported:
    """One invented row."""
    return import_govtech(govtech_file(tmp_path, GOVTECH))


def test_govtech_agencies(govtech: Imported) -> None:
    """By name, or by address alone; one agency for two tasks; never an IRI that a response can have."""
    wires, treasury = "id/agency/AND/govtech-2020-ministry-of-wires", "id/agency/AND/govtech-2020-treasury-of-nowhere"
    assert govtech.problems == []
    assert said(govtech, wires, "#purpose") == {
        "code/agency-purpose/e-government",
        "code/agency-purpose/personal-data-protection",
    }
    assert said(govtech, wires, "#leadsEGovernment") == {"id/country/AND"}
    assert said(govtech, wires, "#website") == {"http://wires.nowhere.example/"}
    assert said(govtech, treasury, "#responsibleFor") == {"code/policy-area/finance-taxation"}
    assert said(govtech, treasury, "#prefLabel") == {"Treasury of Nowhere"}
    agencies = {text_of(t.subject) for t in govtech.triples if text_of(t.object) == f"{BASE}ontology#Agency"}
    assert len(agencies) == 5
    assert all("/govtech-2020-" in agency for agency in agencies)


def test_govtech_portals_are_those_of_responses(govtech: Imported) -> None:
    """The same address is the same portal, with every kind it was named as."""
    national = iris.portal("http://nowhere.example")
    assert said(govtech, national, "#portalType") == {"code/portal-type/national", "code/portal-type/e-participation"}
    buying = iris.portal("https://buy.nowhere.example/")
    assert said(govtech, buying, "#altLabel") == {"BuyWires"}
    assert sum(text_of(t.object) == f"{BASE}ontology#Portal" for t in govtech.triples) == 4


def test_govtech_strategies_and_laws(govtech: Imported) -> None:
    """With address, year and topic."""
    act = "id/law/AND/govtech-2020-data-act"
    assert said(govtech, act, "#year") == {"1999"}
    assert said(govtech, act, "#legalTopic") == {"code/legal-topic/personal-data-protection"}
    titles = {text_of(t.object) for t in govtech.triples if t.predicate.value.endswith("/title")}
    assert {"Data Act", "nowhere.example/foi.pdf"} < titles
    (strategy,) = (text_of(t.subject) for t in govtech.triples if text_of(t.object) == f"{BASE}ontology#Strategy")
    assert said(govtech, strategy.removeprefix(BASE), "#year") == {"2018"}


def test_govtech_leads_back_to_the_row(govtech: Imported) -> None:
    """Everything has its source and its row, the row its country; the shapes for facts hold."""
    things = {str(t.subject) for t in govtech.triples if "/id/source/" not in str(t.subject)}
    assert len(things) == 12
    for predicate, value in (("/source", "id/source/govtech-2020"), ("#wasDerivedFrom", "id/source/govtech-2020/AND")):
        found = {str(t.subject): text_of(t.object) for t in govtech.triples if t.predicate.value.endswith(predicate)}
        assert found == dict.fromkeys(things, BASE + value)
    assert said(govtech, "id/source/govtech-2020/AND", "#country") == {"id/country/AND"}
    assert findings(govtech) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"tax_agency_url": "www.tax.example › download"}, "row 3, tax_agency_url: 'www.tax.example › download' is"),
        ({"open_data_url": "javascript:alert(1)"}, "row 3, open_data_url: 'javascript:alert(1)' is no web address"),
        ({"strategy_year": "2O18"}, "row 3, strategy_year: '2O18' is no year"),
        ({"data_protection_law_year": "2030"}, "row 3, data_protection_law_year: '2030' is no year from 1700 to 2020"),
        ({"iso3": "KSV"}, "row 3, iso3: 'KSV' is no code of a country"),
        ({"iso3": "ADO"}, "row 3: repeats the country of row 2"),
    ],
)
def test_govtech_problems_are_named_by_row(tmp_path: Path, change: dict[str, str], problem: str) -> None:
    """And the rest of the row is imported, unless its country is not known."""
    imported = import_govtech(govtech_file(tmp_path, GOVTECH, {**GOVTECH, "iso3": "URY", **change}))
    assert [str(found)[: len(problem)] for found in imported.problems] == [problem]
    assert imported.rows_imported == (1 if "iso3" in change else 2)


def test_the_command_line_imports_and_builds(tmp_path: Path) -> None:
    """The package's figures, a file with a problem, a dataset of both without a response, another base."""
    done = msqgraph("import", "egdi", "-o", tmp_path / "egdi.nq")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1544 of 1544 rows" in done.stderr
    file = govtech_file(tmp_path, GOVTECH, {**GOVTECH, "iso3": "XYZ"})
    done = msqgraph("import", "govtech", file, "-o", tmp_path / "govtech.nq")
    assert done.returncode == 1
    assert "row 3, iso3: 'XYZ'" in done.stderr
    done = msqgraph("build", tmp_path / "egdi.nq", tmp_path / "govtech.nq", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "in graph/reference/govtech-2020" in done.stdout
    merged = EmbeddedStore(tmp_path / "out" / "store").query(
        "ASK { ?o a <http://purl.org/linked-data/cube#Observation> }"
    )
    assert bool(merged)
    other = msqgraph("build", tmp_path / "egdi.nq", "-o", tmp_path / "x", "--base", "https://example.org/")
    assert other.returncode == 3
    assert "give both the same --base" in other.stderr
    file = govtech_file(tmp_path, {**GOVTECH, "iso3": "XYZ"})
    done = msqgraph("import", "govtech", file, "-o", tmp_path / "none.nq")
    assert done.returncode == 3
    assert not (tmp_path / "none.nq").exists()
