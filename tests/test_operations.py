"""What stands around the site: limits, hosts, headers, health, metrics, logs, and changes of the dataset.

Nothing here starts a process or needs a dataset; ``test_serving.py`` runs the whole server.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from msqgraph.errors import UsageError
from msqgraph.server.engine.asked import Answer, Asked, Formats, QueryRefused
from msqgraph.server.operations import snapshot as snapshots
from msqgraph.server.operations.failures import HANDLERS
from msqgraph.server.operations.front import Front
from msqgraph.server.operations.graceful_server import listening, server_of, url_of
from msqgraph.server.operations.health import Readiness
from msqgraph.server.operations.hosts import AllowedHosts, default_hosts
from msqgraph.server.operations.log import Log, LogFormat, take_over_logging
from msqgraph.server.operations.measured_engine import MeasuredEngine
from msqgraph.server.operations.metrics import Metrics
from msqgraph.server.operations.request_limits import RequestLimits
from msqgraph.server.operations.route_names import named
from msqgraph.server.operations.security_headers import POLICY, relax
from msqgraph.server.operations.served import Served, Switch
from msqgraph.server.operations.snapshot import Identity, Snapshot, identity_of, take_snapshot
from msqgraph.server.operations.watch import Watch
from msqgraph.server.protocol.client_key import ClientKeys
from msqgraph.server.protocol.replies import AnswerCut
from msqgraph.server.site_facts import SiteFacts
from msqgraph.store import EmbeddedStore
from tests.fake_engine import FakeEngine

BASE = "https://example.org/"
QUAD = f"<{BASE}s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}Thing> .\n"
SECRET = "SELECT-of-a-person"
ALWAYS = {
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "x-request-id",
}
SMALL = RequestLimits(url_bytes=200, headers_bytes=400, headers_count=9, body_bytes=50, body_s=0.1, in_flight=1)
TRIVIAL = Formats(rows="text/csv", truth="text/csv", triples=None)


async def page(request: Request) -> Response:
    """A page."""
    return HTMLResponse(f"<p>{request.app.state.name}</p>")


async def editor(request: Request) -> Response:
    """A page that needs more than others."""
    relax(request.scope, "worker-src", "'self'", "blob:")
    return HTMLResponse("")


async def data(request: Request) -> Response:
    """Data: what was sent, if anything was."""
    return PlainTextResponse(await request.body() or b"data")


async def mistake(_: Request) -> Response:
    """An error of the program, whose message repeats what was asked."""
    raise KeyError(SECRET)


async def refused(_: Request) -> Response:
    """A page whose query is refused."""
    raise QueryRefused(503, "Too many queries wait: try again later.", retry_after_s=7)


async def cut(_: Request) -> Response:
    """An answer that breaks midway."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"beginning"
        raise AnswerCut("the answer broke midway")

    return StreamingResponse(pieces(), media_type="text/csv")


ROUTES = [("/{lang}/page", page), ("/editor", editor), ("/data", data), ("/mistake", mistake), ("/refused", refused)]


class House:
    """A server without a network, and what it writes."""

    def __init__(
        self, limits: RequestLimits | None = None, form: LogFormat = LogFormat.json, engine: Any = None, more: Any = ()
    ) -> None:
        self.lines = io.StringIO()
        self.log, self.metrics = Log(form, self.lines), Metrics()
        self.engine = engine or FakeEngine.of(QUAD)
        self.switch = Switch(served("first", self.engine, more), self.log, self.metrics, drain_s=5)
        self.readiness = Readiness(self.switch, limit_s=0.05, remembered_s=0)
        hosts, clients = AllowedHosts(default_hosts("127.0.0.1")), ClientKeys(["127.0.0.1"])
        self.app = Front(self.switch, hosts, limits or RequestLimits(), self.log, self.metrics, self.readiness, clients)

    def ask(self, path: str, method: str = "GET", **named: Any) -> httpx.Response:
        """What a request is answered with."""

        async def one() -> httpx.Response:
            async with self.client() as client:
                return await client.request(method, path, **named)

        return asyncio.run(one())

    def client(self) -> httpx.AsyncClient:
        """A client of this server."""
        transport = httpx.ASGITransport(self.app)
        return httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")

    def records(self) -> list[dict[str, Any]]:
        """The lines of the log."""
        return [json.loads(line) for line in self.lines.getvalue().splitlines()]

    def count(self, name: str, **labels: str) -> float | None:
        """A figure of the metrics."""
        return self.metrics.registry.get_sample_value(f"msqgraph_{name}", labels)


def served(name: str, engine: Any = None, more: Any = ()) -> Served:
    """A dataset in service."""
    routes = [*(Route(path, endpoint, methods=["GET", "POST"]) for path, endpoint in ROUTES), *more]
    app = Starlette(routes=named([Route("/cut", cut), *routes]), exception_handlers=HANDLERS)
    app.state.name = name
    return Served(app, engine or FakeEngine.of(QUAD), SiteFacts(BASE, version=name), build=name)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/page", 200), ("/data", 200), ("/nothing", 404), ("/mistake", 500), ("/refused", 503), ("/healthz", 200),
        ("/readyz", 200), ("/metrics", 200), (f"/data?{'a' * 20_000}", 414),
    ],
)  # fmt: skip
def test_every_answer_has_the_headers_of_security(path: str, status: int) -> None:
    """Also those that no route made."""
    answer = House().ask(path)
    assert answer.status_code == status
    assert set(answer.headers) >= ALWAYS
    assert all(len(answer.headers.get_list(name)) == 1 for name in ALWAYS)
    policy = answer.headers["content-security-policy"]
    assert policy == "; ".join(f"{name} {value}" for name, value in POLICY.items())
    assert "unsafe" not in policy and "*" not in policy
    is_page = answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cross-origin-resource-policy"] == ("same-origin" if is_page else "cross-origin")


def test_what_a_client_has_keeps_who_may_embed_it() -> None:
    """A 304 has no type to tell pages from data by: the header that the client has is not replaced."""

    async def known(_: Request) -> Response:
        return Response(status_code=304)

    answer = House(more=[Route("/known", known)]).ask("/known")
    assert "cross-origin-resource-policy" not in answer.headers
    assert "content-security-policy" in answer.headers


def test_errors_that_nobody_can_be_told_have_their_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python writes them to stderr in many lines, which no reader of the log understands."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(logging.getLogger(), "level", logging.WARNING)
    house = House()
    take_over_logging(house.log)

    class Fragile:
        def __del__(self) -> None:
            raise RuntimeError("secret")

    Fragile()
    (line,) = house.records()
    assert (line["level"], "RuntimeError" in line["trace"], "secret" in str(line)) == ("error", True, False)


def test_a_page_may_have_one_directive_otherwise_and_only_where_the_list_says_so() -> None:
    """The next answer has the strict policy again; what would undo it is no part of the list."""
    house = House()
    assert "worker-src 'self' blob:" in house.ask("/editor").headers["content-security-policy"]
    assert "blob:" not in house.ask("/data").headers["content-security-policy"]
    for directive, source in [("script-src", "'unsafe-inline'"), ("style-src", "'unsafe-inline'"), ("img-src", "*")]:
        with pytest.raises(ValueError, match="MAY_BE_RELAXED"):
            relax({}, directive, source)


def test_only_names_of_this_server_are_answered() -> None:
    """A page elsewhere could otherwise read a server on loopback through a name that it points there."""
    house = House()
    for host in ("localhost", "127.0.0.1:8000", "LOCALHOST.", "[::1]:9"):
        assert house.ask("/data", headers={"host": host}).status_code == 200, host
    for host in ("evil.example", "localhost.evil.example", "localhost@evil.example", "", "localhost:80:80"):
        answer = house.ask("/data", headers={"host": host})
        assert answer.status_code == 421, host
        assert "--allowed-host" in answer.json()["detail"]
    assert house.ask("/healthz", headers={"host": "10.0.0.7"}).status_code == 200  # a probe knows the address alone
    assert house.ask("/metrics", headers={"host": "evil.example"}).status_code == 421
    assert house.count("http_refused_total", reason="host") == 6
    twice = [("host", "localhost"), ("host", "evil.example")]
    assert house.ask("/data", headers=twice).status_code == 400


@pytest.mark.parametrize("name", ["https://data.example.org", "data.example.org:80", "a b", "", "a.*.org"])
def test_a_wrong_name_of_a_host_is_told_at_once(name: str) -> None:
    """It would otherwise allow nothing, in silence."""
    with pytest.raises(UsageError, match="--allowed-host"):
        AllowedHosts([name])


def test_a_request_that_is_too_large_is_refused_with_what_to_do() -> None:
    """Address, head, and body; a body of known length before it is read."""
    house = House(SMALL)
    assert house.ask(f"/data?{'a' * 300}").status_code == 414
    assert house.ask("/data", headers={"x": "a" * 500}).status_code == 431
    assert house.ask("/data", headers={f"x{number}": "a" for number in range(9)}).status_code == 431
    long = house.ask("/data", "POST", content=b"a" * 51)
    assert long.status_code == 413 and "50 bytes" in long.json()["detail"] and long.headers["connection"] == "close"
    assert house.ask("/data", "POST", content=b"a" * 50).text == "a" * 50
    assert house.ask("/data%00").status_code == 400

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(6):
            yield b"a" * 10

    streamed = house.ask("/data", "POST", content=pieces())
    assert streamed.status_code == 413 and streamed.headers["connection"] == "close"


def test_a_body_that_comes_too_slowly_is_not_waited_for() -> None:
    """One that never goes on."""

    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.Event().wait()

    answer = House(SMALL).ask("/data", "POST", content=pieces())
    assert answer.status_code == 408 and answer.headers["connection"] == "close"


def test_too_many_requests_at_a_time_are_told_to_come_back() -> None:
    """And probes of health are answered all the same."""
    entered, may_go = asyncio.Event(), asyncio.Event()

    async def slow(_: Request) -> Response:
        entered.set()
        await may_go.wait()
        return PlainTextResponse("done")

    house = House(SMALL, more=[Route("/slow", slow)])

    async def two() -> None:
        async with house.client() as client:
            first = asyncio.create_task(client.get("/slow"))
            await entered.wait()
            second = await client.get("/data")
            assert second.status_code == 503 and int(second.headers["retry-after"]) > 0
            assert (await client.get("/healthz")).status_code == 200
            assert house.count("http_requests_in_flight") == 1
            may_go.set()
            assert (await first).text == "done"

    asyncio.run(two())
    assert house.count("http_requests_in_flight") == 0


def test_one_client_cannot_have_all_requests_at_a_time() -> None:
    """What it asks above its share is refused, while others are answered."""
    may_go = asyncio.Event()

    async def slow(_: Request) -> Response:
        await may_go.wait()
        return PlainTextResponse("done")

    house = House(RequestLimits(in_flight=4, in_flight_of_one=2), more=[Route("/slow", slow)])
    greedy, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}

    async def ask() -> None:
        async with house.client() as client:
            asked = [asyncio.create_task(client.get("/slow", headers=greedy)) for _ in range(2)]
            while house.count("http_requests_in_flight") != 2:
                await asyncio.sleep(0)
            refused = await client.get("/data", headers=greedy)
            assert refused.status_code == 503 and "of yours" in refused.text and "retry-after" in refused.headers
            assert (await client.get("/data", headers=other)).text == "data"
            may_go.set()
            assert [answer.text for answer in await asyncio.gather(*asked)] == ["done", "done"]

    asyncio.run(ask())


def test_an_error_of_the_program_is_told_in_the_log_alone() -> None:
    """The client gets a name for it, as a page or as data; the log the place, but not the words of the exception."""
    house = House()
    told = house.ask("/mistake", headers={"accept": "application/json", "x-request-id": "from-the-proxy"}).json()
    assert (told["status"], told["request"]) == (500, "from-the-proxy")
    html = house.ask("/mistake", headers={"accept": "text/html"})
    assert html.headers["content-type"].startswith("text/html") and html.headers["x-request-id"] in html.text
    failures = [record for record in house.records() if record["level"] == "error"]
    assert [record["request"] for record in failures] == ["from-the-proxy", html.headers["x-request-id"]]
    assert all("KeyError" in record["trace"] and " mistake" in record["trace"] for record in failures)
    assert SECRET not in house.lines.getvalue()
    assert "test_operations" not in html.text and "KeyError" not in html.text


def test_a_refused_query_says_when_to_come_back() -> None:
    """It is no error of the program."""
    house = House()
    answer = house.ask("/refused")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "7")
    assert [record["level"] for record in house.records()] == ["info"]


def test_an_answer_that_broke_midway_is_never_ended_as_if_whole() -> None:
    """The last piece is not sent, and its line says so."""
    house, sent = House(), []

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "GET", "path": "/cut", "query_string": b"", "headers": headers}
    asyncio.run(house.app({**scope, "asgi": {"spec_version": "2.3"}}, receive, send))
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[-1]["more_body"] is True
    (record,) = house.records()
    assert record["cut"] == "yes" and "trace" not in record


@pytest.mark.parametrize("form", list(LogFormat))
def test_a_line_tells_nothing_of_who_asked_and_what(form: LogFormat) -> None:
    """No address, path, query, browser or referring page; the route is there with names for its values."""
    house = House(form=form)
    headers = {"referer": f"https://example.org/{SECRET}", "user-agent": SECRET, "x-forwarded-for": "192.0.2.7"}
    house.ask(f"/{SECRET}/page?query={SECRET}", headers=headers | {"x-request-id": f"<{SECRET}>"})
    house.ask(f"/{SECRET}")
    house.ask("/data", SECRET)
    written = house.lines.getvalue()
    assert len(written.splitlines()) == 3
    assert SECRET not in written and "192.0.2.7" not in written and "127.0.0.1" not in written
    assert "/{lang}/page" in written and "unmatched" in written and "other" in written


def test_requests_that_went_well_can_do_without_a_line() -> None:
    """Errors keep theirs."""
    house = House()
    house.log._requests = False
    house.ask("/data"), house.ask("/mistake")
    assert {record.get("status") for record in house.records()} == {500, None}


def test_a_log_that_cannot_be_written_to_stops_nothing() -> None:
    """A full disk, say."""
    house = House()
    house.lines.close()
    assert house.ask("/data").status_code == 200


def test_the_labels_of_the_metrics_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever strangers ask for: paths and methods that they make up must not become labels."""
    house = House(more=[Mount("/files", routes=[Route("/{name}", data)])])
    for number in range(20):
        house.ask(f"/{number}/page")
        house.ask(f"/nothing/{number}")
        house.ask("/data", f"BREW{number}")
        house.ask(f"/files/{number}")
    assert house.count("http_requests_total", route="/{lang}/page", method="GET", status="200") == 20
    assert house.count("http_requests_total", route="unmatched", method="GET", status="404") == 20
    assert house.count("http_requests_total", route="/files/{name}", method="GET", status="200") == 20
    text = house.ask("/metrics").text
    assert "BREW" not in text and "/nothing" not in text
    assert len(re.findall(r"^msqgraph_http_requests_total", text, re.MULTILINE)) == 4
    assert 'msqgraph_dataset_info{base="https://example.org/",build="first",version="first"} 1.0' in text
    monkeypatch.setattr(house.app, "_shows_metrics", False)
    assert house.ask("/metrics").status_code == 404


async def read(answer: Answer) -> bytes:
    """All of an answer."""
    return b"".join([piece async for piece in answer.body])


def test_queries_are_counted_by_what_became_of_them() -> None:
    """Answered, refused for each reason, cut midway, and left by a client that hung up before it read anything."""
    house = House()

    async def ask(engine: FakeEngine, sparql: str = "SELECT * { ?s ?p ?o }", client: str = "somebody") -> bytes:
        return await read(await MeasuredEngine(engine, house.metrics).ask(Asked(sparql, TRIVIAL, client=client)))

    async def left() -> None:
        answer = await MeasuredEngine(FakeEngine.of(QUAD), house.metrics).ask(Asked("SELECT * {}", TRIVIAL))
        await answer.body.aclose()  # type: ignore[attr-defined]

    asyncio.run(ask(FakeEngine.of(QUAD)))
    asyncio.run(ask(FakeEngine.of(QUAD), client=""))
    asyncio.run(left())
    for engine, sparql in [
        (FakeEngine.of(QUAD), "SELEKT"),
        (FakeEngine.of(QUAD), "CONSTRUCT WHERE { ?s ?p ?o }"),
        (FakeEngine(FakeEngine.of(QUAD).store, QueryRefused(503, "full")), "SELECT * {}"),
        (FakeEngine(FakeEngine.of(QUAD).store, cut_after=0), "SELECT * {}"),
    ]:
        with pytest.raises(QueryRefused):
            asyncio.run(ask(engine, sparql))
    counted = {
        (asker, outcome): house.count("queries_total", asker=asker, outcome=outcome)
        for asker in ("client", "site")
        for outcome in ("ok", "syntax", "format", "refused", "left")
    }
    assert {key: value for key, value in counted.items() if value} == {
        ("client", "ok"): 1, ("site", "ok"): 1, ("site", "left"): 1, ("client", "syntax"): 1, ("client", "format"): 1,
        ("client", "refused"): 2,
    }  # fmt: skip


def test_the_line_of_a_request_has_the_digest_of_its_query() -> None:
    """Which finds out which query of one's own was slow, and tells nobody what others asked."""
    house = House()

    async def sparql(_: Request) -> Response:
        engine = MeasuredEngine(house.engine, house.metrics)
        return Response(await read(await engine.ask(Asked("SELECT * {}", TRIVIAL, client="somebody"))))

    house.switch.current = served("first", more=[Route("/sparql", sparql)])
    house.ask("/sparql")
    (record,) = house.records()
    assert re.fullmatch("[0-9a-f]{12}", record["query"]) and record["queries"] == 1


class Hanging(FakeEngine):
    """An engine that never answers."""

    async def ask(self, asked: Asked) -> Answer:
        """Waits."""
        self.asked.append(asked)
        await asyncio.Event().wait()
        raise AssertionError


@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        (FakeEngine(FakeEngine.of(QUAD).store, QueryRefused(503, "too many queries wait")), "too many queries wait"),
        (Hanging(FakeEngine.of(QUAD).store), "not answered within"),
        (FakeEngine.of(""), "empty"),
    ],
)
def test_a_server_that_cannot_answer_is_alive_but_not_ready(engine: FakeEngine, reason: str) -> None:
    """And says why."""
    house = House(engine=engine)
    assert house.ask("/healthz").status_code == 200
    answer = house.ask("/readyz")
    assert answer.status_code == 503 and reason in answer.text


def test_a_server_that_ends_is_not_ready() -> None:
    """So that nobody sends it more."""
    house = House()
    assert house.ask("/readyz").status_code == 200
    assert house.ask("/readyz", "HEAD").content == b""
    posted = house.ask("/readyz", "POST")
    assert (posted.status_code, posted.headers["allow"]) == (405, "GET, HEAD")
    house.readiness.is_closing = True
    assert house.ask("/readyz").status_code == 503


def test_a_request_stays_with_its_dataset_and_the_dataset_with_it() -> None:
    """What begins on the first ends on the first, which is closed only then; what comes later sees the second."""
    entered, may_go = asyncio.Event(), asyncio.Event()

    async def slow(request: Request) -> Response:
        entered.set()
        await may_go.wait()
        return PlainTextResponse(request.app.state.name)

    house = House(more=[Route("/slow", slow)])
    first, second = house.engine, FakeEngine.of(QUAD)

    async def change() -> None:
        async with house.client() as client:
            begun = asyncio.create_task(client.get("/slow"))
            await entered.wait()
            house.switch.replace(served("second", second))
            assert "second" in (await client.get("/en/page")).text
            assert not first.closed
            assert house.count("datasets_open") == 2
            may_go.set()
            assert (await begun).text == "first"
            await asyncio.gather(*house.switch._closing)
            assert first.closed and not second.closed
            assert house.count("datasets_open") == 1
            await house.switch.close()
            assert second.closed

    asyncio.run(change())
    assert house.count("dataset_info", version="second", base=BASE, build="second") == 1
    assert house.count("dataset_info", version="first", base=BASE, build="first") is None


def test_a_dataset_that_was_replaced_is_closed_when_the_server_ends_at_once() -> None:
    """Its worker processes and its snapshot would stay behind, else: it was asked to close and had not begun."""
    house = House()

    async def change_and_end() -> None:
        house.switch.replace(served("second"))
        await house.switch.close()

    asyncio.run(change_and_end())
    assert house.engine.closed


def test_a_new_dataset_serves_when_all_of_it_can_be_asked_for() -> None:
    """A search that the dataset before answers is not refused because the index of the next one is being made."""
    house, is_prepared = House(), asyncio.Event()
    following = served("second")

    async def prepared() -> None:
        await is_prepared.wait()

    async def open_now() -> Served:
        following.prepared = prepared
        following.snapshot = Snapshot(Path("nowhere"), (("second", 0, 0, 0, 0),), -1)
        return following

    async def watched() -> None:
        look = lambda: (("second", 0, 0, 0, 0),)  # noqa: E731
        running = asyncio.create_task(
            Watch(house.switch, look, open_now, house.log, house.metrics, every_s=0.001).run()
        )
        async with asyncio.timeout(10):
            while following.snapshot is None:
                await asyncio.sleep(0.001)
            await asyncio.sleep(0.02)
            assert house.switch.current is not following
            is_prepared.set()
            while house.switch.current is not following:
                await asyncio.sleep(0.001)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    asyncio.run(watched())


def test_a_new_dataset_that_is_broken_changes_nothing_until_it_is_mended() -> None:
    """The one before is served on, the log says why, and the broken one is not opened again and again."""
    house, opened = House(), list[str]()
    found: list[Identity | None] = [None]

    def identity(name: str) -> Identity:
        return ((name, 0, 0, 0, 0),)

    async def open_now() -> Served:
        assert found[0] is not None
        opened.append(found[0][0][0])
        if opened[-1] == "broken":
            raise UsageError("the store is damaged")
        made = served(opened[-1])
        made.snapshot = Snapshot(Path("nowhere"), found[0], -1)
        return made

    async def until(condition: Callable[[], Any]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                await asyncio.sleep(0.001)

    async def watched() -> None:
        watch = Watch(house.switch, lambda: found[0], open_now, house.log, house.metrics, every_s=0.001)
        running = asyncio.create_task(watch.run())
        found[0] = identity("broken")
        await until(lambda: house.count("dataset_reloads_total", outcome="failed"))
        assert "damaged" in house.lines.getvalue() and watch.problem
        async with house.client() as client:
            assert "first" in (await client.get("/en/page")).text
            assert (await client.get("/readyz")).status_code == 200
        found[0] = None  # as between two renames
        await asyncio.sleep(0.01)
        found[0] = identity("mended")
        await until(lambda: house.count("dataset_reloads_total", outcome="done"))
        assert house.switch.current.facts.version == "mended" and not watch.problem
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running

    asyncio.run(watched())
    assert opened == ["broken", "mended"]


def make_dataset(folder: Path, text: str = "") -> Path:
    """A folder that looks like a dataset and can be queried."""
    (folder / "store").mkdir(parents=True)
    (folder / "dataset.nq").write_text(QUAD, encoding="utf-8")
    (folder / "report.json").write_text(json.dumps({"base": BASE, "text": text}), encoding="utf-8")
    (folder / "personal.nq").write_text(QUAD, encoding="utf-8")
    (folder / "store" / "CURRENT").unlink(missing_ok=True)
    EmbeddedStore.write(folder / "store", folder / "dataset.nq", [])
    return folder


@pytest.mark.parametrize("may_link", [True, False])
def test_a_snapshot_outlives_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, may_link: bool) -> None:
    """By links, or by copies where links are not possible; what is withheld is never in it."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    if not may_link:

        def refuse(*_: Any) -> None:
            raise PermissionError("protected")

        monkeypatch.setattr(os, "link", refuse)
    dataset = make_dataset(tmp_path / "build")
    snapshot = take_snapshot(dataset)
    assert snapshot.folder.parent == (tmp_path if may_link else tmp_path / "temporary")
    assert not (snapshot.folder / "personal.nq").exists()
    assert snapshot.folder.stat().st_mode & 0o077 == 0
    assert snapshot.identity == identity_of(dataset)
    shutil.rmtree(dataset)
    assert identity_of(dataset) is None
    assert bool(EmbeddedStore(snapshot.folder / "store").query("ASK { GRAPH ?g { ?s ?p ?o } }")) is False
    assert (snapshot.folder / "dataset.nq").read_text(encoding="utf-8") == QUAD
    snapshot.remove()
    assert not snapshot.folder.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["temporary"]


def test_a_snapshot_of_a_server_that_was_killed_is_removed_by_the_next(tmp_path: Path) -> None:
    """One that is still in use stays."""
    dataset = make_dataset(tmp_path / "build")
    code = "import os, sys; from pathlib import Path; from msqgraph.server.operations.snapshot import take_snapshot; "
    code += "print(take_snapshot(Path(sys.argv[1])).folder, flush=True); os._exit(9)"
    killed = subprocess.run([sys.executable, "-c", code, str(dataset)], capture_output=True, text=True, check=False)
    left = Path(killed.stdout.strip())
    assert killed.returncode == 9 and left.is_dir(), killed.stderr
    used = take_snapshot(dataset)
    another = take_snapshot(dataset)
    assert not left.exists() and used.folder.is_dir()
    used.remove()
    another.remove()


def test_a_snapshot_is_of_one_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the one that took the folder's place in the middle, whole, and not of two halves."""
    dataset, following = make_dataset(tmp_path / "build", "old"), make_dataset(tmp_path / "next", "new")
    link, calls = os.link, list[Any]()

    def link_and_replace(source: Any, target: Any) -> None:
        link(source, target)
        calls.append(source)
        if len(calls) == 2:
            dataset.rename(tmp_path / "previous")
            following.rename(dataset)

    monkeypatch.setattr(os, "link", link_and_replace)
    snapshot = take_snapshot(dataset)
    assert "new" in (snapshot.folder / "report.json").read_text(encoding="utf-8")
    assert snapshot.identity == identity_of(dataset)
    snapshot.remove()
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_folder_that_never_rests_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that says what to do, and nothing left behind."""
    dataset, seen = make_dataset(tmp_path / "build"), iter(range(1000))
    monkeypatch.setattr(snapshots, "identity_of", lambda _: ((f"{next(seen)}", 0, 0, 0, 0),))
    with pytest.raises(Exception, match="changes while it is read"):
        take_snapshot(dataset)
    assert [path.name for path in tmp_path.iterdir()] == ["build"]


def over_the_network(limits: RequestLimits, talk: Callable[[str, int], Awaitable[None]], more: Any = ()) -> House:
    """Runs a real server for as long as somebody talks to it."""
    house = House(limits, more=more)
    bound = listening("127.0.0.1", 0)

    async def run() -> None:
        server = server_of(house.app, limits, 1, "", lambda: None)
        task = asyncio.create_task(server.serve([bound]))
        try:
            async with asyncio.timeout(20):
                host, port = bound.getsockname()
                assert url_of(bound) == f"http://127.0.0.1:{port}/"
                await talk(host, port)
        finally:
            server.should_exit = True
            await task

    asyncio.run(run())
    return house


async def said(host: str, port: int, *pieces: bytes) -> bytes:
    """What the server says until it closes the connection, if it is told something and then nothing more."""
    reader, writer = await asyncio.open_connection(host, port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
    answer = await reader.read()
    writer.close()
    return answer


HEAD = b"GET /data HTTP/1.1\r\nHost: localhost\r\n"


def test_a_connection_cannot_be_drawn_out() -> None:
    """Silence, half a head, a head without end, blank lines after an answer: each is ended by the server."""

    async def talk(host: str, port: int) -> None:
        assert await said(host, port) == b""
        assert (await said(host, port, HEAD)).startswith(b"HTTP/1.1 408 ")
        assert (await said(host, port, HEAD + b"X: " + b"a" * 3000)).startswith(b"HTTP/1.1 431 ")
        assert (await said(host, port, b"GARBAGE\r\n\r\n")).startswith(b"HTTP/1.1 400 ")
        whole = await said(host, port, HEAD + b"\r\n")
        assert whole.startswith(b"HTTP/1.1 200 ") and whole.endswith(b"data")
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(HEAD + b"\r\n")
        await reader.readuntil(b"data")
        writer.write(b"\r\n")
        assert b"200 OK" not in await reader.read()
        writer.close()

    over_the_network(RequestLimits(head_s=0.2, head_bytes=2000, keep_alive_s=1), talk)


def test_a_connection_too_many_is_told_so() -> None:
    """And the others go on."""

    async def talk(host: str, port: int) -> None:
        first, second = await asyncio.open_connection(host, port), await asyncio.open_connection(host, port)
        second[1].write(HEAD + b"\r\n")
        await second[0].readuntil(b"data")
        assert (await said(host, port)).startswith(b"HTTP/1.1 503 ")
        first[1].close()
        second[1].close()

    over_the_network(RequestLimits(connections=2), talk)


def test_a_newcomer_takes_an_idle_connection_of_whoever_has_most() -> None:
    """So that nobody keeps the others out by holding all connections; an answer in work is left alone."""

    async def talk(host: str, port: int) -> None:
        greedy = [await asyncio.open_connection(host, port, local_addr=("127.0.0.2", 0)) for _ in range(3)]
        for _, writer in greedy[:2]:
            writer.write(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await greedy[0][0].readuntil(b"a")
        await greedy[1][0].readuntil(b"a")
        assert (await said(host, port, HEAD + b"Connection: close\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        assert await greedy[2][0].read() == b""
        more = await asyncio.open_connection(host, port, local_addr=("127.0.0.2", 0))
        newcomer = await asyncio.open_connection(host, port)
        assert await more[0].read() == b""
        refused = await asyncio.open_connection(host, port, local_addr=("127.0.0.2", 0))
        assert (await refused[0].read()).startswith(b"HTTP/1.1 503 ")
        for _, writer in (*greedy, more, newcomer, refused):
            writer.close()

    async def slow(_: Request) -> Response:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"a"
            await asyncio.Event().wait()

        return StreamingResponse(pieces())

    over_the_network(RequestLimits(connections=3), talk, [Route("/slow", slow)])


def test_a_client_that_takes_nothing_of_its_answer_loses_it() -> None:
    """An answer without end, of which nothing is read."""
    ended = asyncio.Event()

    async def endless(_: Request) -> Response:
        async def pieces() -> AsyncIterator[bytes]:
            try:
                while True:
                    yield b"a" * 100_000
                    await asyncio.sleep(0)  # as one that waits for an engine does
            finally:
                ended.set()

        return StreamingResponse(pieces())

    async def talk(host: str, port: int) -> None:
        _, writer = await asyncio.open_connection(host, port)
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        writer.write(b"GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await ended.wait()
        writer.close()

    house = over_the_network(RequestLimits(stalled_s=0.2), talk, [Route("/endless", endless)])
    assert house.records()[-1]["cut"] == "yes"


def test_an_answer_that_broke_is_seen_as_broken_by_the_client() -> None:
    """Its last chunk never comes."""

    async def talk(host: str, port: int) -> None:
        answer = await said(host, port, b"GET /cut HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"beginning" in answer and not answer.endswith(b"0\r\n\r\n")

    over_the_network(RequestLimits(), talk)


def test_a_port_that_is_taken_is_told_with_what_to_do() -> None:
    """And so are addresses of other machines."""
    with listening("127.0.0.1", 0) as taken, pytest.raises(UsageError, match="--port"):
        listening("127.0.0.1", taken.getsockname()[1])
    with pytest.raises(UsageError, match="--host"):
        listening("192.0.2.1", 0)
