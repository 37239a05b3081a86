"""A dataset goes into real servers, Oxigraph's own and Virtuoso, by both protocols, whole or not at all."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request

import pyoxigraph as ox
import pytest
import typer
from typer.testing import CliRunner

from msqgraph import EmbeddedStore, RemoteStore, load_query
from msqgraph.errors import MsqgraphError, UnreadableInput, UsageError
from msqgraph.loading import load as loading
from msqgraph.loading.addresses import candidates
from msqgraph.loading.command import load
from msqgraph.loading.connection import Connection, Credentials, Refused, checked_address
from msqgraph.loading.contents import Contents
from msqgraph.loading.graph_store import GraphStore
from msqgraph.loading.leftovers import CHANGED, NOT_COUNTED, NOT_UNDER_BASE, REMOVABLE
from msqgraph.loading.load import Loaded, load_dataset
from msqgraph.loading.marker import Marker, Record
from msqgraph.loading.segments import segments
from msqgraph.loading.update import Updates
from tests.loading_proxy import Proxy, Seen, one_more, proxied
from tests.system import free_port, require, running
from tests.test_engines import MERGE, in_order, rows, shown

BASE = "https://w3id.org/msqgraph/"
MARKER = Marker(BASE)
OTHERS = "http://example.org/of-somebody-else"
QUESTIONS = (
    "which-agency-is-responsible-for-what",
    "which-indicators-are-stated",
    "which-facts-have-no-statement",
    "who-says-yes-and-who-says-no",
)
XSD = "http://www.w3.org/2001/XMLSchema#"
app = typer.Typer(pretty_exceptions_enable=False)
app.command()(load)


@dataclass(frozen=True)
class Place:
    """A server to load into: its addresses, and who may."""

    endpoint: str
    graph_store: str | None = None
    update: str | None = None
    credentials: Credentials = field(default_factory=Credentials)
    default_graph: str | None = None

    def load(self, dataset: Path, may_replace: bool = False, may_prune: bool = False) -> Loaded:
        """Loads a dataset, with next to no pauses between attempts."""
        connection = Connection(self.credentials, pauses_s=(0.0, 0.0))
        targets = candidates(connection, self.endpoint, self.graph_store, self.update)
        contents = Contents(connection, self.endpoint)
        return load_dataset(dataset, contents, targets, self.default_graph, may_replace, may_prune)

    @property
    def contents(self) -> Contents:
        """What the server says it holds."""
        return Contents(Connection(self.credentials), self.endpoint)

    def update_with(self, sparql: str) -> None:
        """Somebody else's update."""
        address = self.update or self.endpoint.removesuffix("query") + "update"
        headers = {"Content-Type": "application/sparql-update"}
        Connection(self.credentials).send(Request(address, sparql.encode(), headers), "--update")  # noqa: S310


def expected(dataset: Path, default_graph: str | None = None) -> dict[str | None, int]:
    """The number of triples in each graph, as the files have them."""
    quads = ox.parse(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS)
    counts: dict[str | None, int] = {}
    for quad in quads:
        counts[str(quad.graph_name.value)] = counts.get(str(quad.graph_name.value), 0) + 1
    merge = ox.parse(path=str(dataset / "dataset.ttl"), format=ox.RdfFormat.TURTLE)
    return counts | {default_graph: len(set(merge))}


def assert_holds(place: Place, dataset: Path) -> None:
    """Every graph of the dataset is there with its number of triples."""
    counts = expected(dataset, place.default_graph)
    assert len(counts) > 10
    assert {graph: place.contents.count(graph) for graph in counts} == counts


@pytest.fixture
def oxigraph(tmp_path: Path) -> Iterator[Place]:
    """An empty Oxigraph server."""
    program, port = require("oxigraph", "oxigraph"), free_port()
    with running([program, "serve", "--bind", f"127.0.0.1:{port}"], tmp_path, f"http://127.0.0.1:{port}/") as server:
        yield Place(f"{server.url}query")


@pytest.fixture
def behind(oxigraph: Place) -> Iterator[tuple[Place, Proxy]]:
    """The Oxigraph server as it is reached through a proxy, and the proxy."""
    with proxied(oxigraph.endpoint) as proxy:
        yield Place(f"{proxy.url}query"), proxy


@pytest.fixture
def by_update(behind: tuple[Place, Proxy]) -> tuple[Place, Proxy]:
    """The same, written to by SPARQL Update."""
    _, proxy = behind
    return Place(f"{proxy.url}query", update=f"{proxy.url}update"), proxy


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A Virtuoso that also lets strangers write, and the command of its SQL client."""
    package, folder = "virtuoso-opensource", tmp_path_factory.mktemp("virtuoso")
    program, client = require("virtuoso-t", package), require("isql-vt", package)
    port, sql_port = free_port(), free_port()
    own = {"/tmp/virtuoso": str(folder), "8890": str(port), "127.0.0.1:1111": f"127.0.0.1:{sql_port}"}  # noqa: S108
    (folder / "virtuoso.ini").write_text(shown("ini", "[Database]", own), encoding="utf-8")
    command = [program, *shlex.split(shown("sh", "virtuoso-t", own))[1:]]
    sql = [client, f"127.0.0.1:{sql_port}", "dba", "dba", "ERRORS=STDOUT"]
    with running(command, folder, f"http://127.0.0.1:{port}/sparql?query=ASK%20%7B%7D"):
        for right in ("DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7)", 'GRANT SPARQL_UPDATE TO "SPARQL"'):
            run = subprocess.run([*sql, f"EXEC={right};"], capture_output=True, encoding="utf-8", check=True)
            assert "Error" not in run.stdout, run.stdout
        yield f"http://127.0.0.1:{port}", sql


DBA = Credentials("dba", "dba")
PLACES = ("oxigraph", "oxigraph-update", "oxigraph-basic", "oxigraph-token")
VIRTUOSO = {
    "virtuoso-by-convention": ("sparql", None, None, DBA),
    "virtuoso-digest": ("sparql-auth", "sparql-graph-crud-auth", None, DBA),
    "virtuoso-digest-update": ("sparql-auth", None, "sparql-auth", DBA),
    "virtuoso-open": ("sparql", "sparql-graph-crud", None, Credentials()),
    "virtuoso-open-update": ("sparql", None, "sparql", Credentials()),
}


@pytest.fixture(params=[*PLACES, *VIRTUOSO])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Each server, empty, by each protocol and each way of saying who one is."""
    name = request.param
    if name in VIRTUOSO:
        url, sql = request.getfixturevalue("virtuoso")
        subprocess.run([*sql, "EXEC=RDF_GLOBAL_RESET();"], capture_output=True, check=True)
        query, store, update, who = VIRTUOSO[name]
        yield Place(
            f"{url}/{query}", store and f"{url}/{store}", update and f"{url}/{update}", who, default_graph=MERGE
        )
        return
    plain: Place = request.getfixturevalue("oxigraph")
    with ExitStack() as stack:
        if name == "oxigraph":
            yield plain
            return
        proxy = stack.enter_context(proxied(plain.endpoint))
        who = Credentials()
        if name == "oxigraph-basic":
            proxy.user, proxy.password = "ana", "käse:1"
            who = Credentials(proxy.user, proxy.password)
        elif name == "oxigraph-token":
            proxy.token = "t0ken"
            who = Credentials(token=proxy.token)
        update = f"{proxy.url}update" if name == "oxigraph-update" else None
        yield Place(f"{proxy.url}query", None, update, who)


def test_a_dataset_is_there_and_is_not_loaded_twice(place: Place, dataset: Path) -> None:
    """Every graph counted, a second run sends nothing, and the questions have the rows of the embedded store."""
    first = place.load(dataset)
    assert (first.differences, first.skipped, first.removed) == ([], 0, 0)
    assert first.graphs == len(expected(dataset))
    assert_holds(place, dataset)
    assert place.load(dataset) == Loaded(skipped=first.graphs)
    if not place.credentials.token and place.credentials.user != "ana":  # RemoteStore says nobody's name
        there = RemoteStore(place.endpoint.removesuffix("-auth"), default_graph=place.default_graph)
        for name in QUESTIONS:
            text = load_query(name).text
            assert in_order(rows(there, text)) == in_order(rows(EmbeddedStore(dataset / "store"), text)), name


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the world is more than a few requests."""
    monkeypatch.setattr(GraphStore, "piece_lines", 1500)
    monkeypatch.setattr(Updates, "piece_lines", 1500)
    monkeypatch.setattr(loading, "UNCERTAIN_LINES", 1500)


@pytest.mark.parametrize("way", ["behind", "by_update"])
@pytest.mark.parametrize("after", [0, 2, 9, 30])
@pytest.mark.usefixtures("small_pieces")
def test_a_load_that_breaks_off_is_taken_up(
    way: str, after: int, dataset: Path, request: pytest.FixtureRequest
) -> None:
    """Wherever the connection breaks: what was verified is not sent again, and all is there in the end."""
    place, proxy = request.getfixturevalue(way)
    proxy.cut = lambda _: len(proxy.writes()) > after
    with pytest.raises(Refused, match="run the command again"):
        place.load(dataset)
    assert len(proxy.writes()) == after + 3  # the attempts of the request that fails
    proxy.cut = lambda _: False
    complete = {name for name, record in records(place).items() if record.loaded}
    assert bool(complete) == (after > 8)
    proxy.seen.clear()
    second = place.load(dataset)
    assert (second.differences, second.skipped) == ([], len(complete))
    assert_holds(place, dataset)
    assert set(records(place)) == {MARKER.name(graph) for graph in expected(dataset)}
    assert all(record.loaded for record in records(place).values())


@pytest.mark.parametrize("way", ["behind", "by_update"])
@pytest.mark.usefixtures("small_pieces")
def test_a_large_graph_goes_on_where_it_was(way: str, dataset: Path, request: pytest.FixtureRequest) -> None:
    """The merge is not sent from its beginning again, when its last piece but one was lost."""
    place, proxy = request.getfixturevalue(way)
    pieces = -(-expected(dataset)[None] // 1500)
    assert pieces > 5
    proxy.cut = lambda seen: _is_default(seen) and len([*filter(_is_default, proxy.writes())]) >= pieces
    with pytest.raises(Refused):
        place.load(dataset)
    assert records(place)[MARKER.name(None)].loading
    proxy.cut = lambda _: False
    proxy.seen.clear()
    assert place.load(dataset).graphs == 1
    assert 1 <= len([*filter(_is_default, proxy.writes())]) <= 3
    assert_holds(place, dataset)


def _is_default(seen: Seen) -> bool:
    """Whether a request writes to the default graph."""
    if seen.path.startswith("/update"):
        return b"GRAPH <" not in seen.body
    return seen.path.endswith("?default")


def records(place: Place) -> dict[str, Record]:
    """What the marker says."""
    return MARKER.records(place.contents.literals(MARKER.graph))


@pytest.mark.parametrize("way", ["behind", "by_update"])
def test_a_loader_that_is_killed_leaves_nothing_half(way: str, dataset: Path, request: pytest.FixtureRequest) -> None:
    """kill -9 in the middle; the next run does the rest."""
    place, proxy = request.getfixturevalue(way)
    proxy.delay_s = 0.02
    code = "import typer; from msqgraph.loading.command import load; typer.run(load)"
    call = [sys.executable, "-c", code, str(dataset), "--endpoint", place.endpoint]
    call += ["--update", place.update] if place.update else []
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        until = time.monotonic() + 30
        while len(proxy.writes()) < 20 and time.monotonic() < until:
            time.sleep(0.005)
        process.kill()
        assert process.wait() == -signal.SIGKILL
    time.sleep(0.1)  # the proxy hands on what it has
    proxy.delay_s = 0.0
    complete = [name for name, record in records(place).items() if record.loaded]
    assert 0 < len(complete) < len(expected(dataset))
    second = place.load(dataset)
    assert (second.differences, second.skipped) == ([], len(complete))
    assert_holds(place, dataset)


def test_what_others_change_is_noticed_and_what_is_theirs_is_left(oxigraph: Place, dataset: Path) -> None:
    """A graph that another client emptied or added to is loaded anew; a graph of theirs is not touched."""
    oxigraph.update_with(f"INSERT DATA {{ GRAPH <{OTHERS}> {{ <a:s> <a:p> <a:o> }} }}")
    oxigraph.load(dataset)
    oxigraph.update_with(f"DROP GRAPH <{BASE}graph/codes> ; INSERT DATA {{ <a:s> <a:p> <a:o> }}")
    again = oxigraph.load(dataset)
    assert (again.graphs, again.differences) == (2, [])
    assert_holds(oxigraph, dataset)
    assert oxigraph.contents.count(OTHERS) == 1


@pytest.mark.parametrize("default_graph", [None, MERGE])
def test_graphs_that_the_dataset_no_longer_has_are_removed_when_asked(
    default_graph: str | None, oxigraph: Place, dataset: Path, tmp_path: Path
) -> None:
    """Unasked, all that an earlier load brought stays and is named; the merge's earlier place is among them."""
    oxigraph.load(dataset)
    less = shutil.copytree(dataset, tmp_path / "less")
    quads = (less / "dataset.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [quad for n, quad in enumerate(quads) if "/2020/PRY> ." not in quad and n % 99]
    (less / "dataset.nq").write_text("".join(kept), encoding="utf-8")
    gone = expected(dataset).keys() - expected(less, default_graph).keys()
    assert len(gone) > 2
    smaller = Place(oxigraph.endpoint, default_graph=default_graph)
    second = smaller.load(less)
    names = {MARKER.name(graph) for graph in gone}
    assert (second.removed, second.differences) == (0, [])
    assert second.left == dict.fromkeys(sorted(names), REMOVABLE)
    assert second.skipped > 0
    assert_holds(smaller, less)
    assert {graph: oxigraph.contents.count(graph) for graph in gone} == {g: expected(dataset)[g] for g in gone}
    third = smaller.load(less, may_prune=True)
    assert (third.graphs, third.removed, third.left, third.differences) == (0, len(gone), {}, [])
    assert_holds(smaller, less)
    assert [oxigraph.contents.count(graph) for graph in gone] == [0] * len(gone)
    assert set(records(oxigraph)) == {MARKER.name(graph) for graph in expected(less, default_graph)}


def test_a_second_dataset_removes_nothing_of_the_first_unasked(oxigraph: Place, dataset: Path, tmp_path: Path) -> None:
    """The command names what it leaves and the option that removes it, and its exit code is 0 either way."""
    write_dataset(tmp_path / "other", ["<a:s> <a:p> <a:o> ."])
    oxigraph.load(dataset)
    call = [str(tmp_path / "other"), "--endpoint", oxigraph.endpoint]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 0, done.output
    others = sorted(str(graph) for graph in expected(dataset) if graph not in (None, f"{BASE}graph/codes"))
    assert len(others) > 10
    assert f"left: {', '.join(others)} — --prune removes them\n" in done.output
    assert "0 removed" in done.output
    assert all(oxigraph.contents.count(graph) for graph in others)
    pruned = CliRunner().invoke(app, [*call, "--prune"])
    assert pruned.exit_code == 0, pruned.output
    assert f"0 graphs loaded, 2 skipped, {len(others)} removed" in pruned.output
    assert "left:" not in pruned.output
    assert not any(oxigraph.contents.count(graph) for graph in others)


def test_only_what_is_certainly_ours_is_ever_removed(oxigraph: Place, tmp_path: Path) -> None:
    """Not what is outside the base, was changed, was never counted, or is the record itself, whatever is recorded."""
    write_dataset(tmp_path / "one", ["<a:s> <a:p> <a:o> ."])
    oxigraph.load(tmp_path / "one")
    whole = Record(loaded="ab", counted=1)
    recorded = {
        OTHERS: (whole, NOT_UNDER_BASE),
        f"{BASE}graph/changed": (Record(loaded="ab", counted=2), CHANGED),
        f"{BASE}graph/begun": (Record(loading="ab", counted=1), NOT_COUNTED),
        f"{BASE}graph/without-a-number": (Record(loaded="ab"), NOT_COUNTED),
        MARKER.graph: (whole, NOT_UNDER_BASE),
    }
    records_of_all = {name: record for name, (record, _) in recorded.items()} | {f"{BASE}graph/ours": whole}
    graphs = "".join(f"GRAPH <{name}> {{ <a:s> <a:p> <a:o> }} " for name in records_of_all if name != MARKER.graph)
    lines = b"".join(MARKER.lines(records_of_all)).decode()
    oxigraph.update_with(f"INSERT DATA {{ {graphs} GRAPH <{MARKER.graph}> {{ {lines} }} }}")
    done = oxigraph.load(tmp_path / "one", may_prune=True)
    assert (done.removed, done.differences) == (1, [])
    assert done.left == {name: why for name, (_, why) in sorted(recorded.items())}
    assert [oxigraph.contents.count(name) for name in (*recorded, f"{BASE}graph/ours")][:4] == [1, 1, 1, 1]
    assert oxigraph.contents.count(f"{BASE}graph/ours") == 0


def test_graphs_that_no_load_recorded_are_not_replaced_unasked(oxigraph: Place, dataset: Path) -> None:
    """The default graph may be somebody else's."""
    oxigraph.update_with("INSERT DATA { <a:s> <a:p> <a:o> }")
    with pytest.raises(UsageError, match=r"graph/default \(1 triples\).*--replace"):
        oxigraph.load(dataset)
    assert records(oxigraph) == {}
    assert oxigraph.load(dataset, may_replace=True).differences == []
    assert_holds(oxigraph, dataset)


def test_content_of_the_same_size_is_replaced_even_after_a_break(behind: tuple[Place, Proxy], tmp_path: Path) -> None:
    """A load that broke before the first piece does not take the old content for the beginning of the new."""
    place, proxy = behind
    old, new = (tmp_path / name for name in ("old", "new"))
    for folder, value in ((old, "old"), (new, "new")):
        write_dataset(folder, [f'<a:{n}> <a:p> "{value if n < 3 else ""}" .' for n in range(9)])
    place.load(old)
    proxy.cut = lambda seen: seen.method == "PUT" and MARKER.graph.rpartition("/")[2] not in seen.path
    with pytest.raises(Refused):
        place.load(new)
    proxy.cut = lambda _: False
    place.load(new)
    values = {text for _, _, text in place.contents.literals(f"{BASE}graph/codes")}
    assert values == {"new", ""}


def write_dataset(folder: Path, triples: list[str]) -> None:
    """A dataset folder with the same triples in one graph and in the merge."""
    folder.mkdir()
    quads = "".join(f"{triple.removesuffix(' .')} <{BASE}graph/codes> .\n" for triple in triples)
    (folder / "dataset.nq").write_text(quads, encoding="utf-8")
    (folder / "dataset.ttl").write_text("".join(f"{triple}\n" for triple in triples), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps({"base": BASE}), encoding="utf-8")


@pytest.mark.parametrize("way", ["behind", "by_update"])
def test_pieces_that_are_too_large_are_halved(way: str, dataset: Path, request: pytest.FixtureRequest) -> None:
    """And the size that went through is kept: few requests are refused."""
    place, proxy = request.getfixturevalue(way)
    proxy.refuse = lambda seen: (413, {}, b"too large") if len(seen.body) > 100_000 else None
    assert place.load(dataset).differences == []
    assert_holds(place, dataset)
    assert 0 < len([seen for seen in proxy.seen if len(seen.body) > 100_000]) < 12
    proxy.refuse = lambda seen: (413, {}, b"too large") if len(seen.body) > 1000 else None
    place.update_with("CLEAR ALL")
    with pytest.raises(Refused, match=r"graph/.*: HTTP 413 too large .*smallest pieces"):
        place.load(dataset)


def test_a_busy_server_is_asked_again(behind: tuple[Place, Proxy], dataset: Path) -> None:
    """A few times, as late as it asks for, then the error says so."""
    place, proxy = behind
    paused: list[float] = []
    connection = Connection(pauses_s=(0.25, 0.5, 1.0), sleep=paused.append)
    answers = iter([(503, {"Retry-After": "7"}, b""), (429, {}, b""), (504, {"Retry-After": "3600"}, b"")])
    proxy.refuse = lambda _: next(answers, None)
    contents = Contents(connection, place.endpoint)
    assert contents.count(None) == 0
    assert paused == [7, 0.5, 60]
    proxy.refuse = lambda _: (503, {}, b"<html><title>x</title><p>closed for\n today</html>")
    with pytest.raises(Refused, match=r"HTTP 503 closed for today — the server is busy"):
        contents.count(None)
    assert len(proxy.seen) == 4 + 4
    assert dataset.is_dir()


def test_a_server_that_counts_otherwise_is_an_error(behind: tuple[Place, Proxy], dataset: Path) -> None:
    """It names the graph, what was expected and what was found; the graph does not count as loaded."""
    place, proxy = behind
    proxy.rewrite = lambda seen, body: one_more(body) if b"graph/codes" in seen.body and proxy.writes() else body
    expected_count = expected(dataset)[f"{BASE}graph/codes"]
    result = CliRunner().invoke(app, [str(dataset), "--endpoint", place.endpoint])
    assert result.exit_code == 1, result.output
    said = f"graph/codes: expected {expected_count} triples, the server counts {expected_count + 1}"
    assert said in result.output
    assert not records(place)[f"{BASE}graph/codes"].loaded
    assert place.load(dataset).skipped == len(expected(dataset)) - 1


def test_the_command_line_says_what_was_done(
    behind: tuple[Place, Proxy], dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the password from the environment or a prompt, and never in what is printed."""
    place, proxy = behind
    proxy.user, proxy.password = "ana", "Geheimnis"
    call = [str(dataset), "--endpoint", place.endpoint, "--user", "ana"]
    monkeypatch.setenv("MSQGRAPH_PASSWORD", "Falsches")
    wrong = CliRunner().invoke(app, call)
    assert isinstance(wrong.exception, MsqgraphError)
    assert "HTTP 401 who are you? — the user name and password" in str(wrong.exception)
    assert "Falsches" not in f"{wrong.output}{wrong.exception!r}"
    monkeypatch.delenv("MSQGRAPH_PASSWORD")
    done = CliRunner().invoke(app, call, input="Geheimnis\n")
    assert done.exit_code == 0, done.output
    total = sum(expected(dataset).values())
    assert f"{len(expected(dataset))} graphs loaded, 0 skipped, 0 removed; {total} triples, " in done.output
    assert "Geheimnis" not in done.output
    assert all(seen.authorization for seen in proxy.seen)
    nobody = CliRunner().invoke(app, call[:3])
    assert "give --user NAME with the password in MSQGRAPH_PASSWORD" in str(nobody.exception)


def test_a_wrong_password_is_tried_once_with_digest(virtuoso: tuple[str, list[str]], dataset: Path) -> None:
    """More attempts could lock the account; the message holds no password."""
    place = Place(f"{virtuoso[0]}/sparql-auth", credentials=Credentials("dba", "Falsches"), default_graph=MERGE)
    with pytest.raises(Refused, match=r"HTTP 401.*check them") as caught:
        place.load(dataset)
    assert "Falsches" not in str(caught.value)


def test_an_engine_without_a_default_graph_asks_for_its_name(virtuoso: tuple[str, list[str]], dataset: Path) -> None:
    """Virtuoso has none."""
    with pytest.raises(UsageError, match="--default-graph"):
        Place(f"{virtuoso[0]}/sparql", credentials=DBA).load(dataset, may_replace=True)


def test_credentials_go_nowhere_else(oxigraph: Place, dataset: Path) -> None:
    """A redirect is an error that gives the other address; nothing was asked there."""
    with proxied(oxigraph.endpoint) as other, proxied(oxigraph.endpoint) as first:
        first.user, first.password = "ana", "Geheimnis"
        first.refuse = lambda seen: (307, {"Location": other.url + seen.path[1:]}, b"")
        with pytest.raises(Refused, match=f"HTTP 307 .*redirects are not followed: give --endpoint {other.url}query"):
            Place(f"{first.url}query", credentials=Credentials("ana", "Geheimnis")).load(dataset)
        assert first.seen
        assert other.seen == []


def test_what_is_wrong_with_an_address_is_said(behind: tuple[Place, Proxy], dataset: Path) -> None:
    """Nobody there, no such service, another store, no convention, a password in it."""
    place, proxy = behind
    with pytest.raises(Refused, match="check --endpoint and whether the server runs"):
        Place(f"http://127.0.0.1:{free_port()}/query").load(dataset)
    with pytest.raises(Refused, match=r"HTTP 404.*check --endpoint"):
        Place(f"{proxy.url}none/query").load(dataset)
    with pytest.raises(Refused, match=r"HTTP 404.*check --graph-store"):
        Place(place.endpoint, graph_store=f"{proxy.url}none").load(dataset)
    with pytest.raises(UsageError, match="give --graph-store or --update"):
        Place(f"{proxy.url}sparqle").load(dataset)
    with pytest.raises(UsageError, match="--user") as caught:
        checked_address("http://ana:Geheimnis@example.org/query", "--endpoint")
    assert "Geheimnis" not in str(caught.value)
    with pytest.raises(UsageError, match="begins with http"):
        checked_address("file:///etc/passwd", "--update")
    proxy.refuse = lambda seen: (204, {}, b"") if seen.is_write else None
    with pytest.raises(UsageError, match="not of one store"):
        place.load(dataset)


KEY = "apikey=gehe%2Bim"


def test_the_query_of_an_address_is_sent_and_never_shown(behind: tuple[Place, Proxy], tmp_path: Path) -> None:
    """It can hold a key: not in messages, not in errors, not where the server repeats it."""
    place, proxy = behind
    write_dataset(tmp_path / "one", ["<a:s> <a:p> <a:o> ."])
    call = [str(tmp_path / "one"), "--endpoint", f"{place.endpoint}?{KEY}"]
    done = CliRunner().invoke(app, [*call, "--update", f"{proxy.url}update?{KEY}"])
    assert done.exit_code == 0, done.output
    assert all(seen.path.endswith(f"?{KEY}") for seen in proxy.seen)
    said = [done.output]
    proxy.refuse = lambda seen: (400, {}, f"{seen.path}: gehe+im is no key".encode())
    moved = {"Location": f"{place.endpoint}?{KEY}"}
    for refuse in (
        proxy.refuse,
        lambda _: (307, moved, b""),
        lambda _: (200, {}, b"no results"),
        lambda _: (404, {}, b"gehe%2Bim"),
    ):
        proxy.refuse = refuse
        said.append(str(CliRunner().invoke(app, call).exception))
    proxy.refuse = lambda seen: (204, {}, b"") if seen.is_write else None
    (tmp_path / "one" / "dataset.ttl").write_text("", encoding="utf-8")
    said.append(str(CliRunner().invoke(app, call).exception))
    proxy.refuse = lambda _: None
    with pytest.raises(UsageError) as unknown:
        candidates(Connection(), f"{proxy.url}none?{KEY}")
    with pytest.raises(UsageError) as unfit:
        checked_address(f"ftp://example.org/?{KEY}", "--update")
    with pytest.raises(UsageError) as password:
        checked_address("http://ana:gehe?im@example.org/", "--update")
    said += [str(caught.value) for caught in (unknown, unfit, password)]
    assert len(said) == 9
    assert [text for text in said if "gehe" in text or not re.search(r"http|--update", text)] == []


def test_a_convention_that_does_not_fit_is_passed_over(behind: tuple[Place, Proxy], dataset: Path) -> None:
    """Without /store and /data, /update takes the data."""
    place, proxy = behind
    proxy.refuse = lambda seen: (404, {}, b"") if seen.path.startswith(("/store", "/data")) else None
    assert place.load(dataset).differences == []
    assert [seen.path.partition("?")[0] for seen in proxy.writes()][:3] == ["/store", "/data", "/update"]
    assert_holds(place, dataset)


def test_a_slow_server_is_waited_for_no_longer_than_asked(behind: tuple[Place, Proxy], tmp_path: Path) -> None:
    """The message says which option gives it more time."""
    place, proxy = behind
    write_dataset(tmp_path / "one", ["<a:s> <a:p> <a:o> ."])
    proxy.delay_s = 0.6
    connection = Connection(timeout_s=0.2)
    targets = candidates(connection, place.endpoint)
    with pytest.raises(Refused, match=r"no answer within 0\.2 s — give more with --timeout"):
        load_dataset(tmp_path / "one", Contents(connection, place.endpoint), targets)


@pytest.mark.parametrize(
    ("line", "error", "message"),
    [
        (f"<a:s> <a:p> _:b <{BASE}graph/codes> .", UnreadableInput, "a blank node in .*graph/codes"),
        (f"_:b <a:p> <a:o> <{BASE}graph/codes> .", UnreadableInput, "a blank node in .*graph/codes"),
        ("<a:s> <a:p> <a:o> .", UnreadableInput, "dataset.nq: a blank node"),
        ('<a:s> <a:p> "o <x>" .', UnreadableInput, "is no quad"),
        (f'<a:s> <a:p> "o" <{BASE}graph/personal/2020/PRY> .', UsageError, "not public"),
    ],
)
def test_what_must_not_be_published_is_not_loaded(
    line: str, error: type[Exception], message: str, tmp_path: Path
) -> None:
    """Blank nodes, quads outside a named graph, personal graphs: before anything is sent."""
    write_dataset(tmp_path / "bad", ["<a:r> <a:p> <a:o> ."])
    with (tmp_path / "bad" / "dataset.nq").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(error, match=message), segments(tmp_path / "bad", BASE):
        pass


def test_the_segments_are_the_dataset(dataset: Path) -> None:
    """Triple by triple, with their lexical forms."""
    with segments(dataset, BASE) as found:
        whole = {
            f"{line[:-3]} <{segment.graph}> .\n"
            for segment in found[:-1]
            for line in (text.decode() for text in segment.lines())
        }
        assert (found[-1].graph, found[-1].triples) == (None, expected(dataset)[None])
    assert whole == set((dataset / "dataset.nq").read_text(encoding="utf-8").splitlines(keepends=True))


def test_numbers_of_one_value_may_count_once(oxigraph: Place, tmp_path: Path) -> None:
    """Oxigraph makes one triple of two spellings; a count below that is a difference."""
    numbers = [f'<a:s> <a:p> "{text}"^^<{XSD}decimal> .' for text in ("30.0", "30", "31")]
    write_dataset(tmp_path / "numbers", numbers)
    with segments(tmp_path / "numbers", BASE) as (found, _):
        assert [found.is_whole(count) for count in (1, 2, 3, 4)] == [False, True, True, False]
    assert oxigraph.load(tmp_path / "numbers").differences == []
    assert oxigraph.contents.count(None) == 2


def test_a_folder_of_something_else_is_refused(oxigraph: Place, tmp_path: Path, dataset: Path) -> None:
    """No dataset, or a default graph that is none."""
    with pytest.raises(UsageError, match="no dataset"):
        oxigraph.load(tmp_path)
    for graph in ("no IRI", MARKER.graph, f"{BASE}graph/codes"):
        with pytest.raises(UsageError, match=r"--default-graph .*give"):
            Place(oxigraph.endpoint, default_graph=graph).load(dataset)
    broken = shutil.copytree(dataset, tmp_path / "broken")
    (broken / "dataset.ttl").write_text("<a:s> <a:p> ", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"dataset\.ttl.*build the dataset anew"):
        oxigraph.load(broken)
