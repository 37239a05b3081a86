"""The whole server as a process: how it starts and ends, what it says when it cannot, and a new build under load."""

from __future__ import annotations

import asyncio
import configparser
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer

from msqgraph.server.command import serve
from msqgraph.whole_folder import whole_folder
from tests.conftest import ROOT
from tests.system import START_S, STOP_S, require

COUNT = "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }"
ALL = "SELECT * { ?s ?p ?o }"
# the command line with this command, whether it is registered there or not
MAIN = """
import sys
for blocked in {blocked}:
    sys.modules[blocked] = None
from msqgraph import cli
from msqgraph.server.command import serve
if serve not in [command.callback for command in cli.app.registered_commands]:
    cli.app.command()(serve)
cli.main()
"""
CSV = {"accept": "text/csv"}


def call(*arguments: str, blocked: tuple[str, ...] = ()) -> list[str]:
    """A command that serves."""
    return [sys.executable, "-c", MAIN.format(blocked=blocked), "serve", *arguments]


class Process:
    """A server that runs, where it is, and what it has said."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self._log = process, log
        self.url = ""

    def said(self) -> str:
        """All that it has written."""
        return self._log.read_text(encoding="utf-8")

    def wait_until_it_listens(self) -> None:
        """Returns when it has said where."""
        until_s = time.monotonic() + START_S
        while time.monotonic() < until_s:
            if match := re.search(r" at (http://\S+/) ", self.said()):
                self.url = match[1]
                return
            assert self.process.poll() is None, self.said()
            time.sleep(0.02)
        pytest.fail(f"it does not listen:\n{self.said()}")

    def end(self, number: int = signal.SIGTERM) -> int:
        """The exit code after a signal."""
        self.process.send_signal(number)
        return self.process.wait(STOP_S)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Process]:
    """A server on a port of its own, stopped in any case."""
    log = folder / "serve.log"
    with (
        log.open("wb") as file,
        subprocess.Popen(
            call(*arguments, "--port", "0", "--workers", "2"), stdin=subprocess.DEVNULL, stdout=file, stderr=file
        ) as process,
    ):
        server = Process(process, log)
        try:
            server.wait_until_it_listens()
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(STOP_S)
                except subprocess.TimeoutExpired:
                    process.kill()


@pytest.fixture
def build(dataset: Path, tmp_path: Path) -> Path:
    """A dataset of the sample that a test may replace."""
    return shutil.copytree(dataset, tmp_path / "build")


def triples(url: str, query: str = COUNT) -> int:
    """How many triples a server says that there are."""
    answer = httpx.get(f"{url}sparql", params={"query": query}, headers=CSV, timeout=30)
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_answers_and_ends_with_0(build: Path, tmp_path: Path, number: int) -> None:
    """What init systems and people at a terminal expect; nothing is left of it beside the dataset."""
    with serving(tmp_path, str(build), "--log-format", "json") as server:
        assert f"{build}: Member States Questionnaire, editions 2020, at http://127.0.0.1:" in server.said()
        assert httpx.get(f"{server.url}readyz").text == "ready\n"
        assert triples(server.url) > 10_000
        assert "msqgraph_query_workers 3.0" in httpx.get(f"{server.url}metrics").text
        assert server.end(number) == 0
        lines = [json.loads(line) for line in server.said().splitlines() if line.startswith("{")]
        assert [line["route"] for line in lines] == ["/readyz", "/sparql", "/metrics"]
        assert COUNT not in server.said() and "127.0.0.1" not in json.dumps(lines)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "serve.log"]


def test_a_request_in_work_is_finished_and_no_other_is_taken(build: Path, tmp_path: Path) -> None:
    """A large answer that is read slowly is whole; the port is free meanwhile."""

    async def slowly(server: Process) -> None:
        async with httpx.AsyncClient(timeout=30) as client:
            query = {"query": ALL}
            async with client.stream("GET", f"{server.url}sparql", params=query, headers=CSV) as answer:
                pieces = answer.aiter_bytes()
                body = await anext(pieces)
                server.process.send_signal(signal.SIGTERM)
                await until(lambda: refuses(server.url))
                async for piece in pieces:
                    body += piece
        assert body.count(b"\r\n") == expected + 1
        assert await asyncio.to_thread(server.process.wait, STOP_S) == 0

    async def refuses(url: str) -> bool:
        try:
            async with httpx.AsyncClient() as another:
                return (await another.get(f"{url}healthz")).status_code != 200
        except httpx.TransportError:
            return True

    with serving(tmp_path, str(build)) as server:
        expected = triples(server.url)
        asyncio.run(slowly(server))


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Returns when something has become true."""
    async with asyncio.timeout(60):
        while not await condition():
            await asyncio.sleep(0.02)


def rebuild(folder: Path) -> None:
    """Builds the sample anew into a folder, as people do."""
    main = "from msqgraph.cli import main; main()"
    command = [sys.executable, "-c", main, "build", str(ROOT / "responses"), "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode in (0, 1), done.stderr


def test_a_new_build_is_served_without_a_request_dropped(build: Path, world: Path, tmp_path: Path) -> None:
    """Six clients ask all the time, a seventh reads slowly; the folder is replaced, replaced again, and broken."""
    answers: list[tuple[int, str]] = []
    is_over = asyncio.Event()

    async def asks(url: str) -> None:
        async with httpx.AsyncClient(timeout=60) as client:
            while not is_over.is_set():
                answer = await client.get(f"{url}sparql", params={"query": COUNT}, headers=CSV)
                answers.append((answer.status_code, answer.text.split()[-1]))

    async def reads_slowly(url: str, may_go_on: asyncio.Event) -> bytes:
        query = {"query": ALL}
        async with (
            httpx.AsyncClient(timeout=90) as client,
            client.stream("GET", f"{url}sparql", params=query, headers=CSV) as answer,
        ):
            pieces = answer.aiter_bytes()
            body = await anext(pieces)
            await may_go_on.wait()
            async for piece in pieces:
                body += piece
            return body

    async def serves(count: int) -> None:
        async def is_there() -> bool:
            return bool(answers) and answers[-1] == (200, str(count))

        await until(is_there)

    async def scenario(url: str, first: int) -> tuple[int, bytes]:
        may_go_on = asyncio.Event()
        clients = [asyncio.create_task(asks(url)) for _ in range(6)]
        slow = asyncio.create_task(reads_slowly(url, may_go_on))
        await serves(first)
        await asyncio.to_thread(replace_by, build, world)
        await until(lambda: reloaded(url, "done", 1))
        second = int((await one(url)).split()[1])
        await serves(second)
        await asyncio.to_thread(rebuild, build)
        await until(lambda: reloaded(url, "done", 2))
        await serves(first)
        await asyncio.to_thread(replace_by, build, broken)
        await until(lambda: reloaded(url, "failed", 1))
        assert httpx.get(f"{url}readyz").status_code == 200
        may_go_on.set()
        body = await slow
        is_over.set()
        await asyncio.gather(*clients)
        return second, body

    broken = shutil.copytree(world, tmp_path / "broken")
    for path in (broken / "store").glob("*.sst"):
        path.write_bytes(b"no table")
    with serving(tmp_path, str(build), "--no-access-log") as server:
        first = triples(server.url)
        second, body = asyncio.run(scenario(server.url, first))
        assert server.end() == 0
        said = server.said()
    assert second > first
    assert body.count(b"\r\n") == first + 1
    assert set(answers) == {(200, str(first)), (200, str(second))}
    assert len(answers) > 20
    assert said.count("a new dataset is served") == 2 and "cannot be opened" in said
    assert [path.name for path in tmp_path.glob(".*")] == []


async def one(url: str) -> str:
    """The answer to the count, on a connection of its own."""
    async with httpx.AsyncClient(timeout=60) as client:
        return (await client.get(f"{url}sparql", params={"query": COUNT}, headers=CSV)).text


async def reloaded(url: str, outcome: str, times: int) -> bool:
    """Whether so many new datasets were noticed, with this outcome."""
    async with httpx.AsyncClient(timeout=60) as client:
        text = (await client.get(f"{url}metrics")).text
    return f'msqgraph_dataset_reloads_total{{outcome="{outcome}"}} {times}.0' in text


def replace_by(folder: Path, other: Path) -> None:
    """Puts a copy of another dataset in the place of a folder, as a build does."""
    with whole_folder(folder, "a dataset", lambda _: True) as fresh:
        shutil.copytree(other, fresh, dirs_exist_ok=True)


def ended(*arguments: str, **named: Any) -> subprocess.CompletedProcess[str]:
    """A call that is to end by itself."""
    return subprocess.run(call(*arguments, **named), capture_output=True, text=True, check=False, timeout=START_S)


def test_what_cannot_be_served_is_told_with_what_to_do(build: Path, tmp_path: Path) -> None:
    """2 if it cannot be as asked, 3 if the dataset is damaged; no trace, nothing left behind."""
    for arguments in (
        (),
        (str(build), "--endpoint", "http://127.0.0.1:9/sparql"),
        (str(build), "--default-graph", "x:y"),
    ):
        assert ended(*arguments).returncode == 2
    nothing = ended(str(tmp_path / "nothing"))
    assert nothing.returncode == 2 and "msqgraph build" in nothing.stderr
    with serving(tmp_path, str(build)) as server:
        port = server.url.rstrip("/").rpartition(":")[2]
        taken = ended(str(build), "--port", port)
        assert taken.returncode == 2 and f"port {port}" in taken.stderr and "--port" in taken.stderr
    name = ended(str(build), "--allowed-host", "https://data.example.org")
    assert name.returncode == 2 and "--allowed-host" in name.stderr
    for path in (build / "store").glob("*.sst"):
        path.write_bytes(b"no table")
    damaged = ended(str(build))
    assert damaged.returncode == 3 and "build the dataset anew" in damaged.stderr
    assert "Traceback" not in "".join(done.stderr for done in (nothing, taken, name, damaged))
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "prometheus_client", "httptools", "jinja2"])
def test_without_the_extra_it_names_what_to_install(build: Path, package: str) -> None:
    """The rest of the program works without these packages."""
    done = ended(str(build), "--port", "0", blocked=(package,))
    assert done.returncode == 2 and "pip install 'msqgraph[serve]'" in done.stderr and package in done.stderr


def unit() -> configparser.ConfigParser:
    """The unit for systemd."""
    parsed = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    parsed.optionxform = str  # type: ignore[method-assign, assignment]
    parsed.read(ROOT / "deploy" / "msqgraph.service", encoding="utf-8")
    return parsed


def options() -> set[str]:
    """The options that the command has."""
    app = typer.Typer()
    app.command()(serve)
    command = typer.main.get_command(app)
    names = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return {name for name in names if name.startswith("--")}


def container() -> list[tuple[str, str]]:
    """The instructions of the container file, continued lines joined."""
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [(words[0], words[2]) for line in lines if (words := line.partition(" "))[0]]


def test_the_unit_starts_what_there_is_and_may_do_little() -> None:
    """Every option in it exists; it is no root, writes nowhere but its cache, and waits for requests in work."""
    service = unit()["Service"]
    program, verb, *rest = shlex.split(service["ExecStart"])
    assert Path(program).name == "msqgraph" and verb == "serve"
    named = {word.partition("=")[0] for word in rest if word.startswith("--")}
    assert named and named <= options()
    hardened = {"NoNewPrivileges": "yes", "ProtectSystem": "strict", "DynamicUser": "yes", "CapabilityBoundingSet": ""}
    assert {name: service.get(name) for name in hardened} == hardened
    assert "MemoryMax" in service and int(service["TimeoutStopSec"]) > 35
    assert service["KillSignal"] == "SIGTERM" and service["ExecReload"].endswith("-HUP $MAINPID")


def test_the_unit_is_one_for_systemd(tmp_path: Path) -> None:
    """By systemd's own check; the program that it starts is stood in for."""
    analyse = require("systemd-analyze", "systemd")
    text = (ROOT / "deploy" / "msqgraph.service").read_text(encoding="utf-8")
    program = shlex.split(unit()["Service"]["ExecStart"])[0]
    copy = tmp_path / "msqgraph.service"
    copy.write_text(text.replace(program, sys.executable), encoding="utf-8")
    done = subprocess.run([analyse, "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False)
    own = [line for line in done.stderr.splitlines() if "msqgraph.service" in line]
    assert own == [], done.stderr


def test_the_container_runs_what_there_is_as_nobody_in_particular() -> None:
    """No root, hashes for all packages, no host of a registry, health by its own address, options that exist."""
    instructions = container()
    kinds = [kind for kind, _ in instructions]
    assert kinds.count("FROM") == 2 and kinds[-1] in ("CMD", "ENTRYPOINT")
    for _, base in ((kind, rest) for kind, rest in instructions if kind == "FROM"):
        assert re.fullmatch(r"python:\d\.\d+-slim(?: AS \w+)?", base), base
    (user,) = [rest for kind, rest in instructions if kind == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    installs = [rest for kind, rest in instructions if kind == "RUN" and "pip install" in rest]
    assert installs and any("--require-hashes" in rest for rest in installs)
    text = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    assert not re.search(r"https?://(?!127\.0\.0\.1|data\.example\.org)|index-url", text)
    entry = [word for kind, rest in instructions if kind in ("ENTRYPOINT", "CMD") for word in json.loads(rest)]
    assert entry[:2] == ["msqgraph", "serve"]
    assert {word.partition("=")[0] for word in entry if word.startswith("--")} <= options()
    (check,) = [rest for kind, rest in instructions if kind == "HEALTHCHECK"]
    assert "/healthz" in check
    assert os.fsencode(text).isascii()


def test_the_proxy_hides_the_metrics_and_keeps_the_host() -> None:
    """What the documentation asks of a proxy is in the example."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert re.search(r"location = /metrics \{[^}]*deny all;", text)
    assert "proxy_set_header Host $host;" in text and "X-Forwarded-For" in text
    assert "Strict-Transport-Security" in text and "proxy_buffering off;" in text


def test_the_page_names_every_option() -> None:
    """How to serve: each option of the command stands there, and each that stands there exists."""
    text = (ROOT / "docs" / "how-to-serve.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(--[a-z-]+)", text))
    said = named | {f"--{name.removeprefix('--no-')}" for name in named}  # what is turned off is on otherwise
    assert options() - {"--help", "--install-completion", "--show-completion"} - said == set()
    others = {"--require-hashes", "--read-only", "--extra"}
    assert named - options() - others == set()


def test_the_command_is_a_door() -> None:
    """Importing it imports no server: the command line answers --help at once."""
    code = "import sys, msqgraph.server.command; print(sorted({'starlette', 'uvicorn', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
