"""Every question gives the rows of the embedded store on real servers: Oxigraph's own, and Virtuoso.

The commands, settings and loading script are those of the page on other engines in docs, with other ports and folders.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from msqgraph import EmbeddedStore, RemoteStore, load_query
from msqgraph.errors import UsageError
from msqgraph.queries import bind, query_names
from msqgraph.store import Store
from tests.conftest import PLANTED, ROOT
from tests.system import Server, free_port, require, running
from tests.test_docs import blocks

PAGE = ROOT / "docs" / "how-to-query-another-engine.md"
MERGE = "https://w3id.org/msqgraph/graph/merge"
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {f"{XSD}{kind}" for kind in ("integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long")}
LOAD_S = 300
# Values for every parameter of every question, other than its default.
EXAMPLES = {
    "country": ("PRY", "DNK"),
    "edition": ("2020", "2010"),
    "from": ("2018",),
    "kind": ("national",),
    "legal_topic": ("access-to-information",),
    "predicate": ("hasLegalFrameworkOn",),
    "region": ("002",),
    "to": ("2020",),
    "topic": ("digital-literacy-indicators",),
}
BOUND = [
    (name, parameter, value)
    for name in query_names()
    for parameter in load_query(name).parameters
    for value in EXAMPLES.get(parameter, ("",))
]
Row = dict[str, object]


@dataclass(frozen=True)
class Engine:
    """A server with a dataset, the same dataset here, and the dataset's folder."""

    remote: RemoteStore
    here: EmbeddedStore
    dataset: Path
    server: Server

    def rows(self, text: str) -> list[Row]:
        """The server's answer; with its log, if it gives none."""
        try:
            return rows(self.remote, text)
        except UsageError as error:
            error.add_note(self.server.log())
            raise


@contextmanager
def oxigraph(dataset: Path, folder: Path) -> Iterator[tuple[RemoteStore, Server]]:
    """Oxigraph's server on the store that the build wrote."""
    program, port = require("oxigraph", "oxigraph"), free_port()
    command = shown("sh", "oxigraph", {"build/store": str(dataset / "store"), "7878": str(port)})
    with running([program, *shlex.split(command)[1:]], folder, f"http://127.0.0.1:{port}/") as server:
        yield RemoteStore(f"{server.url}query"), server


@contextmanager
def virtuoso(dataset: Path, folder: Path) -> Iterator[tuple[RemoteStore, Server]]:
    """A Virtuoso of its own, with the named graphs and the merge."""
    package = "virtuoso-opensource"
    program, loader = require("virtuoso-t", package), require("isql-vt", package)
    port, sql_port = free_port(), free_port()
    own = {"/tmp/virtuoso": str(folder), "8890": str(port), "127.0.0.1:1111": f"127.0.0.1:{sql_port}"}  # noqa: S108
    (folder / "virtuoso.ini").write_text(shown("ini", "[Database]", own), encoding="utf-8")
    (folder / "load.sql").write_text(shown("sql", "DB.DBA", own), encoding="utf-8")
    for name in ("dataset.nq", "dataset.ttl"):
        shutil.copy(dataset / name, folder / name)
    command = [program, *shlex.split(shown("sh", "virtuoso-t", own))[1:]]
    with running(command, folder, f"http://127.0.0.1:{port}/sparql?query=ASK%20%7B%7D") as server:
        load = [loader, f"127.0.0.1:{sql_port}", "dba", "dba", "ERRORS=STDOUT", "VERBOSE=OFF", "load.sql"]
        done = subprocess.run(load, cwd=folder, capture_output=True, encoding="utf-8", timeout=LOAD_S, check=False)
        assert (done.returncode, "Error" in done.stdout) == (0, False), f"{done.stdout}\n{server.log()}"
        yield RemoteStore(f"http://127.0.0.1:{port}/sparql", default_graph=MERGE), server


def shown(kind: str, beginning: str, own: dict[str, str]) -> str:
    """The page's block of a kind that begins so, with ports and folders of our own."""
    (block,) = (block for block in blocks(PAGE, kind) if block.startswith(beginning))
    for example, ours in own.items():
        assert example in block or kind != "ini", f"{PAGE.name} no longer says {example}"
        block = block.replace(example, ours)
    return block


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=lambda start: start.__name__)
def engine(request: pytest.FixtureRequest, world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each server with the world."""
    start = request.param
    with start(world, tmp_path_factory.mktemp(start.__name__)) as (remote, server):
        yield Engine(remote, EmbeddedStore(world / "store"), world, server)


def rows(store: Store, text: str) -> list[Row]:
    """The rows of a query, without what the results format leaves open."""
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: plain(solution[name]) for name in names} for solution in found]


def plain(term: object) -> object:
    """A term by which engines can be compared: numbers by their value to 12 digits, and nothing else changed.

    >>> plain(ox.Literal("30.0", datatype=ox.NamedNode(XSD + "decimal")))
    (30.0, 'http://www.w3.org/2001/XMLSchema#decimal')
    """
    if isinstance(term, ox.Literal) and term.datatype.value in NUMBERS:
        return float(f"{Decimal(term.value):.12g}"), term.datatype.value
    return str(term)


def in_order(table: list[Row]) -> list[str]:
    """The rows as texts, sorted."""
    return sorted(map(repr, table))


def test_the_page_and_this_file_tell_of_the_same_graph() -> None:
    """Every place of the page where the merge is named."""
    assert PAGE.read_text(encoding="utf-8").count(MERGE) >= 4


def test_a_missing_program_is_skipped_and_in_ci_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the package to install; what is there is found, in CI or not."""
    monkeypatch.setenv("CI", "false")
    with pytest.raises(pytest.skip.Exception, match="package nowhere"):
        require("no-such-program", "nowhere")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="package nowhere"):
        require("no-such-program", "nowhere")
    assert Path(require("oxigraph", "oxigraph")).is_file()


def test_every_parameter_has_an_example() -> None:
    """So that every question is also asked with its parameters bound."""
    assert BOUND
    assert {parameter for _, parameter, _ in BOUND} == set(EXAMPLES), "add an example to EXAMPLES"


def test_the_engine_holds_the_dataset(engine: Engine) -> None:
    """As many triples in the merge as in its file, and in each named graph as in the quads."""
    merge = set(ox.parse(path=str(engine.dataset / "dataset.ttl"), format=ox.RdfFormat.TURTLE))
    ((count,),) = (row.values() for row in engine.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert count == (len(merge), f"{XSD}integer")
    text = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
    here, there = in_order(rows(engine.here, text)), in_order(engine.rows(text))
    assert len(here) > 10
    assert set(here) <= set(there)


@pytest.mark.parametrize("name", query_names())
def test_a_question_has_the_same_rows(engine: Engine, name: str) -> None:
    """Row for row, as the file stands."""
    here, there = rows(engine.here, load_query(name).text), engine.rows(load_query(name).text)
    assert in_order(there) == in_order(here), engine.server.log()


@pytest.mark.parametrize(("name", "parameter", "value"), BOUND)
def test_a_bound_question_has_the_same_rows(engine: Engine, name: str, parameter: str, value: str) -> None:
    """With another term for the default, or in the place of UNDEF."""
    text = bind(load_query(name), {parameter: value})
    assert in_order(engine.rows(text)) == in_order(rows(engine.here, text)), engine.server.log()


def test_the_made_up_neighbour_gives_the_questions_more_to_say(dataset: Path, world: Path) -> None:
    """Ticks, denials, yes and no, a planted offender: what the sample alone does not have."""

    def values(folder: Path, name: str, variable: str) -> set[object]:
        return {row[variable] for row in rows(EmbeddedStore(folder / "store"), load_query(name).text)}

    law = ("does-an-open-data-law-come-with-a-portal", "law")
    assert (values(dataset, *law), values(world, *law)) == ({'"yes"'}, {'"yes"', '"no"'})
    assert values(world, "on-which-topics-is-there-a-legal-framework", "basis") >= {'"ticked"', '"stated-in-text"'}
    assert values(world, "who-says-yes-and-who-says-no", "answer") == {'"yes"', '"no"', '""'}
    assert values(world, "which-facts-have-no-statement", "subject") == {f"<{PLANTED}>"}


def test_graphs_and_booleans_come_through(engine: Engine) -> None:
    """CONSTRUCT and ASK, and true and false in rows."""
    text = "CONSTRUCT WHERE { ?s a <https://w3id.org/msqgraph/ontology#Portal> }"
    here, there = engine.here.query(text), engine.remote.query(text)
    assert isinstance(here, ox.QueryTriples)
    assert isinstance(there, ox.QueryTriples)
    portals = set(here)
    assert portals
    assert set(there) == portals
    answer = engine.remote.query("ASK { ?s ?p ?o }")
    assert isinstance(answer, ox.QueryBoolean)
    assert answer
    assert not engine.remote.query("ASK { ?s <http://example.org/none> ?o }")


def test_an_error_in_a_query_is_a_usage_error(engine: Engine) -> None:
    """With the address."""
    with pytest.raises(UsageError, match=r"127\.0\.0\.1"):
        engine.remote.query("SELECT * { ?s ?p }")


def test_an_answer_that_was_cut_is_refused(engine: Engine) -> None:
    """Virtuoso stops at 10,000 rows and says so in a header; Oxigraph gives all."""
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    if engine.remote.default_graph:
        with pytest.raises(UsageError, match="cut the rows at 10000"):
            engine.remote.query(text)
    else:
        assert len(engine.rows(text)) > 10_000


def test_the_command_line_prints_the_expected_rows(engine: Engine) -> None:
    """``msqgraph query --data ADDRESS --default-graph IRI``: byte for byte the rows of the embedded store."""
    remote = ["--data", engine.remote.endpoint]
    remote += ["--default-graph", engine.remote.default_graph] if engine.remote.default_graph else []
    call = [sys.executable, "-c", "from msqgraph.cli import main; main()", "query", "which-indicators-are-stated", "-f"]
    here, there = (
        subprocess.run([*call, "csv", *where], capture_output=True, timeout=LOAD_S, check=True).stdout
        for where in (["--data", str(engine.dataset)], remote)
    )
    assert here.count(b"\n") > 2
    assert there == here
