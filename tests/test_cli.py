"""The command line as a person meets it: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from msqgraph import inputs
from msqgraph.build import build
from msqgraph.documents import Document, read_document
from msqgraph.errors import NoCountryNamed
from msqgraph.response import Response
from msqgraph.transcribe import transcribe
from tests.conftest import ROOT, SAMPLE


def msqgraph(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own."""
    command = [sys.executable, "-c", "from msqgraph.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


def test_build_prints_a_summary_and_tells_of_findings(tmp_path: Path) -> None:
    """Warnings make exit code 1; the summary is on stdout, nothing on stderr; every promised file is there."""
    done = msqgraph("build", "responses", "-o", tmp_path / "out")
    assert (done.returncode, done.stderr) == (1, "")
    for word in ("PRY 2020", "40 answers", "14 Portal", "truncated-address", "AgencyShape", "implausible"):
        assert word in done.stdout, word
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "store", "dataset.nq", "dataset.ttl", "report.json", "report.ttl",
    }  # fmt: skip
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["responses"][0]["findings"]["Violation"] == 0
    assert min(count for shape, count in report["responses"][0]["focus_nodes"].items() if "Answer" in shape) >= 0


def test_building_again_replaces_the_dataset_and_nothing_else(tmp_path: Path) -> None:
    """A folder with other files in it is never touched."""
    out = tmp_path / "out"
    assert msqgraph("build", SAMPLE, "-o", out).returncode == 1
    assert msqgraph("build", SAMPLE, "-o", out).returncode == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("x")
    done = msqgraph("build", SAMPLE, "-o", other)
    assert done.returncode == 2
    assert "holds other files" in done.stderr
    assert [path.name for path in other.iterdir()] == ["mine.txt"]


def test_read_writes_a_transcript_that_builds_the_same(tmp_path: Path) -> None:
    """A transcript beside its document wins, and a correction in it reaches the graph."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "PRY.md").write_bytes(SAMPLE.read_bytes())
    done = msqgraph("read", folder / "PRY.md", "-o", folder / "PRY.yaml")
    assert done.returncode == 0
    assert "40 answers of PRY 2020" in done.stderr
    text = (folder / "PRY.yaml").read_text(encoding="utf-8")
    assert text == msqgraph("read", folder / "PRY.md").stdout
    (folder / "PRY.yaml").write_text(text.replace("affirms: false", "affirms: true"), encoding="utf-8")
    done = msqgraph("build", folder, "-o", tmp_path / "out")
    assert "PRY.md was not read: the transcript beside it wins" in done.stdout
    assert (
        '/PRY/24> <https://w3id.org/msqgraph/ontology#affirms> "true"' in (tmp_path / "out" / "dataset.nq").read_text()
    )


HALF = SAMPLE.read_text(encoding="utf-8").partition("V. User satisfaction")[0]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing.md", None, "no such file"),
        ("empty.md", b"", "the file is empty"),
        ("other.md", b"# Minutes\n\nWe met on Monday and talked about portals.", "no Member States Questionnaire"),
        ("binary.txt", b"\x00\xff\xfe\x01", "text"),
        ("scan.jpg", b"\xff\xd8\xff", "no picture that can be read"),
        ("cut.docx", b"PK\x03\x04", "cut.docx"),
        ("slides.pptx", b"PK\x03\x04", "cannot be read"),
        ("bad.yaml", b"answers: {'1': {status: maybe}}", "bad.yaml"),
        ("broken.yaml", b"answers: [", "no valid YAML"),
    ],
)
def test_an_unreadable_input_is_named_with_what_to_do(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    """Exit code 3, file and remedy on stderr, no stack trace; alone and with a good one beside it, which is built."""
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    alone = msqgraph("build", bad, "-o", tmp_path / "alone")
    assert alone.returncode == 3
    assert name in alone.stderr
    assert message in alone.stderr
    assert " — " in alone.stderr
    assert "Traceback" not in alone.stderr
    both = msqgraph("build", SAMPLE, bad, "-o", tmp_path / "both")
    assert both.returncode == 3
    assert name in both.stderr
    assert "PRY 2020" in both.stdout
    report = json.loads((tmp_path / "both" / "report.json").read_text(encoding="utf-8"))
    assert [Path(entry["file"]).name for entry in report["unreadable"]] == [name]
    assert len(report["responses"]) == 1


def test_a_folder_with_one_bad_file_among_good_ones(tmp_path: Path) -> None:
    """The good ones are built, the bad one is named."""
    (tmp_path / "in" / "2020").mkdir(parents=True)
    (tmp_path / "in" / "2020" / "PRY.md").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "in" / "2020" / "URY.md").write_text(
        SAMPLE.read_text("utf-8").replace("\nParaguay\n", "\nUruguay\n"), "utf-8"
    )
    (tmp_path / "in" / "2020" / "XXX.md").write_text("nothing of the kind", "utf-8")
    done = msqgraph("build", tmp_path / "in", "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "XXX.md" in done.stderr
    assert "PRY 2020" in done.stdout
    assert "URY 2020" in done.stdout


def test_half_a_questionnaire_is_built_and_what_is_missing_named(tmp_path: Path) -> None:
    """The questions that are not in the document are unreadable, never blank, and the summary says so."""
    (tmp_path / "PRY.md").write_text(HALF, encoding="utf-8")
    done = msqgraph("build", tmp_path / "PRY.md", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "24             question-not-found" in done.stdout
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["responses"][0]["answers"]["unreadable"] > 10
    assert report["responses"][0]["mentions"]["Portal"] == 14


def test_a_document_that_names_no_country_asks_for_it(tmp_path: Path) -> None:
    """And takes it from the option."""
    (tmp_path / "x.md").write_text(SAMPLE.read_text("utf-8").replace("\nParaguay\n", "\n"), encoding="utf-8")
    done = msqgraph("read", tmp_path / "x.md")
    assert done.returncode == 3
    assert "--country" in done.stderr
    done = msqgraph("read", tmp_path / "x.md", "--country", "pry")
    assert done.returncode == 0
    assert "country_iso3: PRY" in done.stdout
    assert msqgraph("read", tmp_path / "x.md", "--country", "Paraguay").returncode == 2


def test_two_files_for_one_response_are_not_mixed(tmp_path: Path) -> None:
    """The second is named, the first is built."""
    (tmp_path / "a.md").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "b.txt").write_bytes(SAMPLE.read_bytes())
    done = msqgraph("build", tmp_path, "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "b.txt" in done.stderr
    assert "keep one of the two" in done.stderr


def test_validate_prints_what_the_shapes_find(dataset: Path) -> None:
    """The same findings as the build's, from the dataset's own graphs."""
    done = msqgraph("validate", dataset)
    assert done.returncode == 1
    assert "PRY 2020:" in done.stdout
    assert "Violation" not in done.stdout
    report = json.loads((dataset / "report.json").read_text(encoding="utf-8"))
    assert done.stdout.count("Warning") == report["responses"][0]["findings"]["Warning"] > 0


def test_query_formats(dataset: Path, tmp_path: Path) -> None:
    """Table, CSV, SPARQL JSON; Turtle for a graph; what does not fit is refused."""
    question = "which-agency-leads-e-government"
    assert "2 rows" in msqgraph("query", question, "--data", dataset).stdout
    assert msqgraph("query", question, "--data", dataset, "-f", "csv").stdout.startswith("iso3,agency,other,website")
    rows = json.loads(msqgraph("query", question, "--data", dataset, "-f", "json").stdout)["results"]["bindings"]
    assert len(rows) == 2
    assert msqgraph("query", question, "--data", dataset, "-f", "turtle").returncode == 2
    mine = tmp_path / "mine.rq"
    mine.write_text("CONSTRUCT WHERE { ?s a <https://w3id.org/msqgraph/ontology#Agency> }")
    assert "@prefix msq:" in msqgraph("query", mine, "--data", dataset).stdout
    mine.write_text("ASK { ?s ?p ?o }")
    assert msqgraph("query", mine, "--data", dataset).stdout == "yes\n"
    mine.write_text("SELECT * { ?s ?p }")
    done = msqgraph("query", mine, "--data", dataset)
    assert done.returncode == 2
    assert "the query has an error" in done.stderr


def test_parameters(dataset: Path) -> None:
    """Bound as terms; unknown ones and ill-formed ones are refused."""
    question = "which-portals-does-a-country-name"
    assert "14 rows" in msqgraph("query", question, "--data", dataset, "--param", "country=PRY").stdout
    assert "0 rows" in msqgraph("query", question, "--data", dataset, "--param", "country=URY").stdout
    assert msqgraph("query", question, "--data", dataset, "--param", "county=PRY").returncode == 2
    assert msqgraph("query", question, "--data", dataset, "--param", "PRY").returncode == 2


def test_a_query_asks_no_other_server(dataset: Path, tmp_path: Path) -> None:
    """SERVICE would make an open proxy of whoever runs the query."""
    (tmp_path / "s.rq").write_text("SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }")
    done = msqgraph("query", tmp_path / "s.rq", "--data", dataset)
    assert done.returncode == 2
    assert "SERVICE" in done.stderr


@pytest.mark.parametrize("format_", ["turtle", "trig", "nquads", "jsonld"])
def test_export_formats_are_read_by_rdflib(dataset: Path, tmp_path: Path, format_: str) -> None:
    """Every format has the same number of triples or quads for rdflib as for us."""
    import pyoxigraph as ox
    import rdflib

    out = tmp_path / "out"
    assert msqgraph("export", dataset, "-f", format_, "-o", out).returncode == 0
    graph = rdflib.Dataset()
    graph.parse(out, format="json-ld" if format_ == "jsonld" else format_)
    source, kind = ("dataset.ttl", ox.RdfFormat.TURTLE) if format_ == "turtle" else ("dataset.nq", ox.RdfFormat.N_QUADS)
    expected = len(set(ox.parse(path=str(dataset / source), format=kind)))
    assert len(list(graph.quads())) == expected > 5000


@pytest.mark.parametrize("format_", ["turtle", "trig"])
def test_no_local_name_has_a_slash(dataset: Path, tmp_path: Path, format_: str) -> None:
    r"""Turtle writes ``bibo:status\/draft``, which Virtuoso's loader takes for another IRI."""
    out = tmp_path / "out"
    assert msqgraph("export", dataset, "-f", format_, "-o", out).returncode == 0
    text = re.sub(rb'"[^"]*"|<[^>]*>', b"", out.read_bytes())
    assert text.count(b"bibo:status") == 2 and b"\\/" not in text


def test_usage_errors(tmp_path: Path) -> None:
    """No dataset, an unknown question, an unwritable place: one line, exit code 2."""
    for arguments in (
        ("query", "which-agency-leads-e-government", "--data", tmp_path),
        ("validate", tmp_path),
        ("export", tmp_path, "-f", "turtle"),
        ("build", SAMPLE, "-o", tmp_path / "x", "--base", "ftp://x"),
        ("build", SAMPLE, "-o", tmp_path / "x", "--base", "http://example.org/a b/"),
        ("nonsense",),
    ):
        done = msqgraph(*arguments)
        assert done.returncode == 2, arguments
        assert "Traceback" not in done.stderr
    file = tmp_path / "file"
    file.write_text("x")
    assert "is a file" in msqgraph("build", SAMPLE, "-o", file).stderr


def test_version() -> None:
    """The package's own."""
    import msqgraph as package

    assert msqgraph("--version").stdout == f"{package.__version__}\n"


def test_questions_are_listed() -> None:
    """With their summaries."""
    assert "Which agency is responsible" in msqgraph("questions").stdout


def test_another_base(tmp_path: Path) -> None:
    """All own IRIs move to another base, and the questions with them."""
    out = tmp_path / "out"
    assert msqgraph("build", SAMPLE, "-o", out, "--base", "https://example.org/msq/").returncode == 1
    assert "w3id.org/msqgraph" not in (out / "dataset.nq").read_text(encoding="utf-8")
    assert "14 rows" in msqgraph("query", "which-portals-does-a-country-name", "--data", out).stdout
    assert msqgraph("validate", out).returncode == 1


def test_nothing_is_overwritten_by_mistake(dataset: Path, tmp_path: Path) -> None:
    """Not the document by its transcript, nor a dataset by an export of it."""
    document = tmp_path / "PRY.md"
    document.write_bytes(SAMPLE.read_bytes())
    assert msqgraph("read", document, "-o", document).returncode == 2
    assert document.read_bytes() == SAMPLE.read_bytes()
    before = (dataset / "dataset.ttl").read_bytes()
    assert msqgraph("export", dataset, "-f", "trig", "-o", dataset / "dataset.ttl").returncode == 2
    assert (dataset / "dataset.ttl").read_bytes() == before


def test_a_dataset_inside_the_input_folder_is_not_read(tmp_path: Path) -> None:
    """Building twice into a folder below the documents gives the same twice."""
    (tmp_path / "PRY.md").write_bytes(SAMPLE.read_bytes())
    for _ in range(2):
        done = msqgraph("build", tmp_path, "-o", tmp_path / "out")
        assert (done.returncode, done.stderr) == (1, "")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """Output through a symbolic link replaces what it points at."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert msqgraph("build", SAMPLE, "-o", tmp_path / "link").returncode == 1
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "dataset.nq").is_file()


def test_file_names_are_printed_as_they_are(tmp_path: Path) -> None:
    """Markup in a file's name is no markup, and a name that is no UTF-8 stops nothing."""
    (tmp_path / "b[red]q.md").write_bytes(SAMPLE.read_bytes())
    assert "b[red]q.md" in msqgraph("build", tmp_path / "b[red]q.md", "-o", tmp_path / "out").stdout
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md"))
    odd.write_bytes(SAMPLE.read_bytes())
    done = msqgraph("build", odd, "-o", tmp_path / "odd")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("build", "nosuch", "-o", "x"), "no such file or folder"), (("read", "responses"), "is a folder")],
)
def test_what_is_not_there_is_said_plainly(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """A missing path and a folder have messages of their own."""
    done = msqgraph(*(str(tmp_path / "x") if argument == "x" else argument for argument in arguments))
    assert done.returncode == 3
    assert message in done.stderr


def test_a_transcript_is_not_overwritten(tmp_path: Path) -> None:
    """It may hold what a person corrected; who wants it anew says so."""
    there = tmp_path / "PRY.yaml"
    there.write_text("corrected", "utf-8")
    refused = msqgraph("read", SAMPLE, "-o", there)
    assert (refused.returncode, there.read_text("utf-8")) == (2, "corrected")
    assert "--force" in refused.stderr
    assert msqgraph("read", SAMPLE, "-o", there, "--force").returncode == 0
    assert there.read_text("utf-8") != "corrected"


def test_a_country_given_is_that_of_one_document(tmp_path: Path) -> None:
    """Two documents that name none are not both of it: the second is named, and not built."""
    text = SAMPLE.read_text("utf-8").replace("Paraguay\n\n12/02", "12/02")
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(text, "utf-8")
    built = msqgraph("build", tmp_path, "-o", tmp_path / "out", "--country", "XEB")
    assert built.returncode == 3
    assert "b.md: names no country, and XEB was taken for" in built.stderr
    assert "XEB 2020" in built.stdout


def test_a_document_that_names_no_country_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its transcription is repeated; a document that cannot be transcribed does not use the country up."""
    text = SAMPLE.read_text("utf-8").replace("Paraguay\n\n12/02", "12/02")
    (tmp_path / "b.md").write_text(text, "utf-8")
    (tmp_path / "a.md").write_text("A letter of another kind, in which nobody asks anything.", "utf-8")
    opened, tried = [], []

    def reading(path: Path) -> Document:
        opened.append(path.name)
        return read_document(path)

    def transcribing(document: Document, country: str | None) -> Response:
        tried.append((document.file_name, country))
        if country is None:
            raise NoCountryNamed(document.file_name, "names no country", "give one")
        return transcribe(document, country)

    monkeypatch.setattr(inputs, "read_document", reading)
    monkeypatch.setattr(inputs, "transcribe", transcribing)
    built = build([tmp_path], country_iso3="XEB")
    assert opened == ["a.md", "b.md"]
    assert tried == [("a.md", None), ("a.md", "XEB"), ("b.md", None), ("b.md", "XEB")]
    assert [unit.response.country_iso3 for unit in built.units] == ["XEB"]
    assert [Path(problem.file).name for problem in built.unreadable] == ["a.md"]
