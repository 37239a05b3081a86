"""The engines as their users see them: answers, formats, datasets, refusals; here and in front of another server."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from msqgraph.errors import UsageError
from msqgraph.server.engine.asked import Answer, Asked, Engine, Formats, QueryRefused
from msqgraph.server.engine.default_graph_copy import copied, may_see_named_graphs, room_mib
from msqgraph.server.engine.embedded_engine import EmbeddedEngine
from msqgraph.server.engine.limits import Limits
from msqgraph.server.engine.refusals import refused_by_endpoint
from msqgraph.server.engine.remote_body import RemoteBody
from msqgraph.server.engine.remote_engine import RemoteEngine
from msqgraph.server.engine.update_words import is_update
from tests.fake_engine import FakeEngine
from tests.system import free_port
from tests.test_engines import oxigraph, virtuoso

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
ALL = Formats(rows=JSON, truth=JSON, triples="application/n-triples")
ONTOLOGY, CODES = (f"https://w3id.org/msqgraph/graph/{name}" for name in ("ontology", "codes"))
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
PORTALS = "CONSTRUCT WHERE { ?s a <https://w3id.org/msqgraph/ontology#Portal> }"
LIMITS = Limits(timeout_s=20, workers=2)
Run = Callable[[Callable[[Engine], Awaitable[Any]]], Any]


async def whole(engine: Engine, sparql: str, formats: Formats = ALL, **more: Any) -> tuple[str, bytes]:
    """Media type and bytes of an answer."""
    answer = await engine.ask(Asked(sparql, formats, **more))
    return answer.media_type, await read(answer)


async def read(answer: Answer) -> bytes:
    """All bytes of an answer."""
    return b"".join([piece async for piece in answer.body])


async def number(engine: Engine, sparql: str, **more: Any) -> int:
    """The one number that a query counts."""
    _, data = await whole(engine, sparql, **more)
    return int(json.loads(data)["results"]["bindings"][0]["n"]["value"])


async def refusal(engine: Engine, sparql: str, formats: Formats = ALL, **more: Any) -> QueryRefused:
    """How a query is refused."""
    with pytest.raises(QueryRefused) as refused:
        await whole(engine, sparql, formats, **more)
    return refused.value


@asynccontextmanager
async def started(engine: EmbeddedEngine | RemoteEngine) -> AsyncIterator[EmbeddedEngine | RemoteEngine]:
    """An engine for the time of a test."""
    await engine.start()
    try:
        yield engine
    finally:
        await engine.close()


@pytest.fixture(scope="module", params=["embedded", "oxigraph", "virtuoso"])
def engine(
    request: pytest.FixtureRequest, world: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], EmbeddedEngine | RemoteEngine]]:
    """Makes an engine over the world, in each of the ways."""
    if request.param == "embedded":
        yield lambda: EmbeddedEngine(world / "store", LIMITS)
        return
    start = {"oxigraph": oxigraph, "virtuoso": virtuoso}[request.param]
    with start(world, tmp_path_factory.mktemp(request.param)) as (remote, _):
        yield lambda: RemoteEngine(remote.endpoint, remote.default_graph, LIMITS)


def run(make: Callable[[], EmbeddedEngine | RemoteEngine], use: Callable[[Any], Awaitable[Any]]) -> Any:
    """What a coroutine makes of an engine."""

    async def main() -> Any:
        async with started(make()) as engine:
            return await use(engine)

    return asyncio.run(main())


def test_every_engine_answers_each_kind_of_query(engine: Callable[[], Any], world: Path) -> None:
    """Rows, truth and triples, the same as from the store itself."""
    store = ox.Store.read_only(str(world / "store"))

    async def use(engine: Engine) -> None:
        rows = "SELECT ?s ?name { ?s <https://w3id.org/msqgraph/ontology#iso3> ?name }"
        media_type, data = await whole(engine, rows)
        assert media_type == JSON
        found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        expected = store.query(rows)
        assert isinstance(found, ox.QuerySolutions)
        assert isinstance(expected, ox.QuerySolutions)
        got = {str(row["name"]) for row in found}
        assert got == {str(row["name"]) for row in expected}
        assert len(got) > 100
        assert json.loads((await whole(engine, "ASK { ?s ?p ?o }"))[1])["boolean"] is True
        assert json.loads((await whole(engine, "ASK { ?s <http://example.org/none> ?o }"))[1])["boolean"] is False
        media_type, data = await whole(engine, PORTALS)
        assert media_type == "application/n-triples"
        triples = store.query(PORTALS)
        assert isinstance(triples, ox.QueryTriples)
        assert {str(quad.triple) for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)} == set(map(str, triples))

    run(engine, use)


@pytest.mark.parametrize("rows", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_every_engine_writes_tables_in_each_format(engine: Callable[[], Any], rows: str) -> None:
    """With the media type that was asked for."""

    async def use(engine: Engine) -> None:
        media_type, data = await whole(engine, COUNT, Formats(rows, None, None))
        assert media_type == rows
        assert any(character in data for character in b"123456789")

    run(engine, use)


@pytest.mark.parametrize(
    ("triples", "read_as"),
    [
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
    ],
)
def test_triples_come_in_each_format(world: Path, triples: str, read_as: ox.RdfFormat) -> None:
    """The same triples in all of them, each once."""

    async def use(engine: Engine) -> None:
        media_type, data = await whole(engine, PORTALS, Formats(None, None, triples))
        assert media_type == triples
        found = [quad.triple for quad in ox.parse(data, format=read_as)]
        assert len(found) == len(set(found)) > 0

    run(lambda: EmbeddedEngine(world / "store", LIMITS), use)


def test_turtle_begins_with_our_prefixes_in_order(world: Path) -> None:
    """The same bytes at every start; the library writes prefixes in any order."""

    async def use(engine: Engine) -> list[bytes]:
        _, data = await whole(engine, PORTALS, Formats(None, None, "text/turtle"))
        return data.splitlines()

    lines = run(lambda: EmbeddedEngine(world / "store", LIMITS, base="http://example.org/base/"), use)
    prefixes = [line for line in lines if line.startswith(b"@prefix")]
    assert b"@prefix msq: <http://example.org/base/ontology#> ." in prefixes
    assert prefixes == sorted(prefixes) == lines[: len(prefixes)]
    assert len(lines) > len(prefixes) > 20


def test_graphs_of_the_protocol_make_up_the_dataset(world: Path) -> None:
    """They alone, and before FROM; a graph that is nowhere is empty."""

    async def use(engine: Engine) -> None:
        ontology = await number(engine, COUNT, default_graphs=(ONTOLOGY,))
        codes = await number(engine, COUNT, default_graphs=(CODES,))
        assert 0 < ontology < await number(engine, COUNT)
        both = await number(engine, COUNT, default_graphs=(ONTOLOGY, CODES))
        assert codes < both <= ontology + codes
        assert await number(engine, COUNT_NAMED, default_graphs=(ONTOLOGY,)) == 0
        assert await number(engine, COUNT_NAMED, named_graphs=(ONTOLOGY, CODES)) == 2
        assert await number(engine, COUNT, named_graphs=(ONTOLOGY,)) == 0
        from_ontology = COUNT.replace("{", f"FROM <{ONTOLOGY}> {{")
        assert await number(engine, from_ontology) == ontology
        assert await number(engine, from_ontology, default_graphs=(CODES,)) == codes
        assert await number(engine, from_ontology, default_graphs=(CODES, ONTOLOGY)) == both
        assert await number(engine, from_ontology.replace("{", f"FROM <{CODES}> {{")) == both
        assert await number(engine, COUNT.replace("{", "FROM <http://127.0.0.1:9/nowhere> {")) == 0
        assert await number(engine, COUNT, default_graphs=("http://127.0.0.1:9/nowhere",)) == 0
        assert (await refusal(engine, COUNT, default_graphs=("no iri",))).status == 400

    run(lambda: EmbeddedEngine(world / "store", LIMITS), use)


def test_a_triple_of_several_default_graphs_counts_once(tmp_path: Path) -> None:
    """Their merge has it once, be they named by the protocol or by FROM; named graphs stay beside it."""
    graphs = [ox.NamedNode(f"urn:{name}") for name in "abc"]
    store = ox.Store(str(tmp_path / "store"))
    store.extend(ox.Quad(graphs[0], graphs[0], graphs[0], graph) for graph in graphs)
    store.flush()
    named = COUNT_NAMED.replace("DISTINCT ", "")

    async def use(engine: Engine) -> None:
        assert await number(engine, COUNT) == 0
        assert await number(engine, named) == 3
        assert await number(engine, COUNT, default_graphs=("urn:a", "urn:b")) == 1
        assert await number(engine, named, default_graphs=("urn:a", "urn:b"), named_graphs=("urn:b", "urn:c")) == 2
        two = "PREFIX u: <urn:> SELECT (COUNT(*) AS ?n) FROM u:a FROM <urn:b> FROM NAMED u:c"
        assert await number(engine, f"{two} {{ ?s ?p ?o }}") == 1
        assert await number(engine, f"{two} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == 1

    run(lambda: EmbeddedEngine(tmp_path / "store", LIMITS), use)


def test_a_copy_in_memory_answers_as_the_store_on_disk(world: Path) -> None:
    """What has no GRAPH or FROM, written in whatever way, sees the default graph alone."""
    disk = ox.Store.read_only(str(world / "store"))
    copy = copied(disk, room_mib(world / "store"))
    default = disk.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert set(copy) == set(default) != set()
    for sparql in (
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * {graph?g{?s ?p ?o}}",
        "SELECT * { ?s ?p 1gRaPh<urn:g>{ ?s ?p ?o } }",
        "PREFIX : <http://example.org/> SELECT * FROM:g { ?s ?p ?o }",
        "ASK { FILTER(1<2)GRAPH<urn:g>{ ?s ?p ?o } FILTER(2>1) }",
        r"SELECT * { \u0047RAPH ?g { ?s ?p ?o } }",
    ):
        assert may_see_named_graphs(sparql), sparql
    for sparql in (COUNT, f"PREFIX msq: <{ONTOLOGY}/from#> SELECT * {{ ?s a msq:Portal }}", "ASK { ?s ?p 'text' }"):
        assert not may_see_named_graphs(sparql), sparql


def test_a_store_that_is_too_large_stays_on_disk(tmp_path: Path) -> None:
    """Every worker would have a copy of its own."""
    (tmp_path / "1.sst").touch()
    assert room_mib(tmp_path) > 0
    os.truncate(tmp_path / "1.sst", 1 << 30)
    assert room_mib(tmp_path) == 0


def test_every_engine_refuses_what_is_no_query_of_ours(engine: Callable[[], Any]) -> None:
    """Errors with their place, updates, SERVICE wherever it stands, formats for another kind of answer."""

    async def use(engine: Engine) -> None:
        error = await refusal(engine, "SELECT * {\n?s ?p }")
        assert (error.status, error.reason) == (400, "syntax")
        assert "line 2, column 8" in error.message
        for update in (
            "INSERT DATA { <a:a> <a:b> <a:c> }",
            "PREFIX : <http://example.org/>\n# select\nLOAD :x",
            "CLEAR ALL",
            "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        ):
            error = await refusal(engine, update)
            assert (error.status, "updates are refused" in error.message) == (400, True), update
        for service in (
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * { { ?s ?p ?o } UNION { OPTIONAL { seRvice silent <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
            "ASK { FILTER NOT EXISTS { SERVICE ?where { ?s ?p ?o } } }",
            "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/> {} } } }",
            "# a comment\rSELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        ):
            error = await refusal(engine, service)
            assert (error.status, "SERVICE" in error.message) == (400, True), service
        for harmless in (
            "# SERVICE <http://127.0.0.1:9/> {}\nASK { ?s ?p ?o }",
            "ASK { ?s ?p ?o FILTER(?o != 'SERVICE <http://127.0.0.1:9/> {}') }",
            "PREFIX service: <http://example.org/> ASK { ?s ?p ?o FILTER(?o != service:x) }",
        ):
            assert json.loads((await whole(engine, harmless))[1])["boolean"] is True, harmless
        for sparql, formats in (
            ("SELECT * {}", Formats(None, JSON, "text/turtle")),
            ("ASK {}", Formats(JSON, None, "text/turtle")),
            (PORTALS, Formats(JSON, JSON, None)),
        ):
            assert (await refusal(engine, sparql, formats)).status == 406

    run(engine, use)


def test_a_store_that_is_not_there_is_said_at_the_start(tmp_path: Path) -> None:
    """With what to do; and no process is left."""

    async def main() -> None:
        engine = EmbeddedEngine(tmp_path / "none" / "store", LIMITS)
        with pytest.raises(UsageError, match="anew"):
            await engine.start()
        assert engine.busy().pids == ()

    asyncio.run(main())


def test_a_damaged_store_is_said_at_the_start(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With the library's reason and what to do, and without a trace of the program."""
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load("<urn:s> <urn:p> <urn:o> .", format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    del store
    for path in (tmp_path / "store").glob("*.sst"):
        path.write_bytes(b"no table")

    async def main() -> None:
        with pytest.raises(UsageError, match=r"build .* anew"):
            await EmbeddedEngine(tmp_path / "store", LIMITS).start()

    asyncio.run(main())
    assert "Traceback" not in capfd.readouterr().err


def test_an_endpoint_that_is_not_there_is_a_503_without_its_address() -> None:
    """Clients of ours have no business with what stands behind."""
    port = free_port()

    async def use(engine: Engine) -> None:
        error = await refusal(engine, COUNT)
        assert error.status == 503
        assert error.retry_after_s
        assert str(port) not in error.message
        assert "127.0.0.1" not in error.message

    run(lambda: RemoteEngine(f"http://127.0.0.1:{port}/sparql", limits=LIMITS), use)


@asynccontextmanager
async def endpoint(*pieces: bytes, pause_s: float = 0.0, head: bytes = b"") -> AsyncIterator[str]:
    """An endpoint on loopback that says the same to everybody."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(head or b"HTTP/1.1 200 OK\r\nContent-Type: " + JSON.encode() + b"\r\nConnection: close\r\n\r\n")
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause_s)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/sparql"
    finally:
        server.close()


def asked_of(limits: Limits, *pieces: bytes, **more: Any) -> tuple[str, bytes] | QueryRefused:
    """What comes from an engine in front of an endpoint that says something."""

    async def main() -> tuple[str, bytes] | QueryRefused:
        async with endpoint(*pieces, **more) as url, started(RemoteEngine(url, limits=limits)) as engine:
            try:
                return await whole(engine, COUNT)
            except QueryRefused as refused:
                return refused
            finally:
                assert engine.busy().running == 0

    return asyncio.run(main())


def test_an_endpoint_that_breaks_off_is_no_whole_answer() -> None:
    """Oxigraph's server, out of time, ends a JSON in the middle with status 200."""
    whole_answer = b'{"head": {"vars": []}, "results": {"bindings": []}}\n'
    assert asked_of(LIMITS, whole_answer) == (JSON, whole_answer)
    broken = asked_of(LIMITS, whole_answer[:30])
    assert isinstance(broken, QueryRefused)
    assert "broke off" in broken.message


def test_an_endpoint_is_kept_to_time_and_size() -> None:
    """As a query here would be."""
    slow = asked_of(Limits(timeout_s=0.4, workers=2), *[b" "] * 50, pause_s=0.1)
    long = asked_of(Limits(result_bytes=10_000, workers=2), *[b" " * 5000] * 4)
    assert isinstance(slow, QueryRefused)
    assert isinstance(long, QueryRefused)
    assert "longer than 0.4 s" in slow.message
    assert "10,000 bytes" in long.message


def test_words_of_an_endpoint_are_not_passed_on() -> None:
    """What it says about an error may tell of its inside."""
    head = b"HTTP/1.1 500 Internal Error\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"
    refused = asked_of(LIMITS, b"stack trace of secret.internal", head=head)
    assert isinstance(refused, QueryRefused)
    assert (refused.status, "secret" in refused.message) == (503, False)


def test_booleans_of_virtuoso_become_words_however_they_are_cut() -> None:
    """In rows only, and not in a text that looks like one."""
    boolean = b'"datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": "%s"'
    text = b'"value": "' + (boolean % b"1").replace(b'"', b'\\"') + b'"'
    data = b'{"a": {%s}, "b": {%s}, "c": {%s}}' % (boolean % b"1", boolean % b"0", text)
    expected = b'{"a": {%s}, "b": {%s}, "c": {%s}}' % (boolean % b"true", boolean % b"false", text)
    for size in (1, 7, 100):
        got = asked_of(LIMITS, *(data[at : at + size] for at in range(0, len(data), size)))
        assert got == (JSON, expected)


def test_what_an_endpoint_says_decides_what_we_say() -> None:
    """Cut rows, partial results, other formats, and a time to come back."""

    def status(code: int, **headers: str) -> tuple[int, int | None]:
        refused = refused_by_endpoint(code, {name.replace("_", "-"): value for name, value in headers.items()}, JSON)
        assert refused is not None
        return refused.status, refused.retry_after_s

    good = {"Content_Type": f"{JSON}; charset=utf-8"}
    assert refused_by_endpoint(200, {"Content-Type": f"{JSON}; charset=utf-8"}, JSON) is None
    assert status(200, **good, X_SPARQL_MaxRows="10000") == (503, None)
    assert status(200, **good, X_SQL_State="S1TAT") == (503, None)
    assert status(200, Content_Type="text/html") == (406, None)
    assert status(400) == (400, None)
    assert status(429, Retry_After="7") == (503, 7)
    assert status(302)[0] == status(404)[0] == status(504)[0] == 503


def test_a_reader_that_stalls_ends_the_query_of_an_endpoint() -> None:
    """Its turn is free again, and the body says that it is not whole."""

    async def main() -> None:
        async with (
            endpoint(*[b" " * 60_000] * 400) as url,
            started(RemoteEngine(url, limits=Limits(reader_s=0.2, workers=2))) as engine,
        ):
            answer = await engine.ask(Asked(COUNT, ALL))
            await anext(answer.body)
            assert isinstance(answer.body, RemoteBody)
            async with asyncio.timeout(20):
                while engine.busy().running:
                    await asyncio.sleep(0.01)
            with pytest.raises(QueryRefused, match="read"):
                await read(answer)

    asyncio.run(main())


def test_an_update_is_known_by_its_first_word() -> None:
    """Behind comments and prefixes; a word inside of a query is none."""
    assert is_update("BASE <http://example.org/> prefix a: <b>\n# x\r delete where { ?s ?p ?o }")
    assert not is_update("SELECT ?insert { ?insert ?p 'DROP ALL' }")
    assert not is_update("additional")
    assert not is_update("")


def test_the_fake_engine_keeps_to_the_same_rules() -> None:
    """Other parts are tested with it."""

    async def main() -> None:
        engine = FakeEngine.of('<a:s> <a:p> "x" <a:g> .\n<a:s> <a:p> "y" .')
        assert await number(engine, COUNT) == 1
        assert await number(engine, COUNT, default_graphs=("a:g",)) == 1
        assert (await refusal(engine, "SELECT")).status == 400
        assert (await refusal(engine, COUNT, Formats(None, JSON, None))).status == 406
        assert [asked.sparql for asked in engine.asked][:2] == [COUNT, COUNT]
        engine.cut_after = 0
        assert (await refusal(engine, COUNT)).status == 503
        await engine.close()
        assert engine.closed

    asyncio.run(main())
