"""Queries in processes: what one of them does, or what is done to it, the others do not notice."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from msqgraph.server.engine.asked import Answer, Asked, QueryRefused
from msqgraph.server.engine.embedded_engine import EmbeddedEngine
from msqgraph.server.engine.fair_queue import FairQueue
from msqgraph.server.engine.limits import Limits
from msqgraph.server.engine.running_query import RunningQuery
from msqgraph.server.engine.turns import OWN, Turns
from tests.test_engine import ALL, COUNT, number, read, refusal, whole

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOG = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"
LONG_ANSWER = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
MANY = " ".join(map(str, range(1500)))
POINT = "ASK { ?s ?p ?o }"
WAIT_S = 30.0
PATIENT = Limits(timeout_s=60, reader_s=60, workers=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that is made in no time, and large enough for queries without end."""
    path = tmp_path_factory.mktemp("workers")
    store = ox.Store(str(path / "store"))
    lines = (f'<urn:s{n}> <urn:p{n % 7}> "text {n}" .' for n in range(3000))
    store.bulk_load("\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    store.flush()
    return path


def engine_test(folder: Path, limits: Limits, use: Callable[[EmbeddedEngine], Any]) -> Any:
    """What a coroutine makes of a real engine; afterwards no process of it is left."""

    async def main() -> Any:
        async with opened(folder, limits) as engine:
            return await use(engine)

    return asyncio.run(main())


@asynccontextmanager
async def opened(folder: Path, limits: Limits) -> AsyncIterator[EmbeddedEngine]:
    """An engine whose processes are all ready."""
    engine = EmbeddedEngine(folder / "store", limits)
    await engine.start()
    await until(lambda: engine.busy().ready == len(engine.busy().pids))
    await until(lambda: not any(map(low_threads, engine.busy().pids)))  # which copy the default graph
    try:
        yield engine
    finally:
        pids = engine.busy().pids
        await engine.close()
        assert pids
        assert [pid for pid in pids if is_alive(pid)] == []
        assert engine.busy().pids == ()


def is_alive(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def low_threads(pid: int) -> list[int]:
    """The threads of a process that let everybody else go first; elsewhere than on Linux, none that is known."""
    if sys.platform != "linux":
        return []
    threads = [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]
    return [thread for thread in threads if os.getpriority(os.PRIO_PROCESS, thread) > 0]


async def until(condition: Callable[[], bool]) -> None:
    """Returns when something is so."""
    async with asyncio.timeout(WAIT_S):
        while not condition():
            await asyncio.sleep(0.005)


def ask(engine: EmbeddedEngine, sparql: str, client: str) -> asyncio.Task[Answer]:
    """A query on its way."""
    return asyncio.ensure_future(engine.ask(Asked(sparql, ALL, client=client)))


async def outcome(task: asyncio.Task[Answer]) -> QueryRefused:
    """How a query was refused."""
    with pytest.raises(QueryRefused) as refused:
        await task
    return refused.value


def test_an_endless_query_is_cut_while_others_go_on(folder: Path) -> None:
    """At the time limit, with what to do; others are answered meanwhile and afterwards."""

    async def use(engine: EmbeddedEngine) -> None:
        endless = ask(engine, ENDLESS, "a")
        await until(lambda: engine.busy().running == 1)
        answered = 0
        while not endless.done():
            assert await whole(engine, POINT, client="b")
            answered += 1
        error = await outcome(endless)
        assert (error.status, error.reason, "longer than 1 s" in error.message) == (503, "time", True)
        assert answered > 1
        assert await number(engine, COUNT, client="a") > 0

    engine_test(folder, Limits(timeout_s=1, workers=2), use)


def test_a_query_that_takes_all_memory_costs_only_itself(folder: Path) -> None:
    """It is told so; the other queries are answered, and so is the next one of that client."""

    async def use(engine: EmbeddedEngine) -> None:
        hog = ask(engine, HOG, "a")
        while not hog.done():
            assert await whole(engine, POINT, client="b")
        error = await outcome(hog)
        assert (error.status, error.reason, "memory" in error.message) == (503, "memory", True)
        assert await number(engine, COUNT, client="a") > 0

    engine_test(folder, Limits(timeout_s=60, memory_mib=64, workers=2), use)


def test_a_query_that_is_nested_too_deeply_costs_only_itself(folder: Path) -> None:
    """The parser overflows its stack, which ends the process."""

    async def use(engine: EmbeddedEngine) -> None:
        deep = "(" * 50_000 + "1" + ")" * 50_000
        error = await refusal(engine, f"ASK {{ FILTER({deep}) }}")
        assert (error.status, error.reason, "nested" in error.message) == (503, "nesting", True)
        assert await number(engine, COUNT) > 0

    engine_test(folder, PATIENT, use)


def test_killed_processes_are_replaced(folder: Path) -> None:
    """An idle one unnoticed; one at work costs the query that it worked at."""

    async def use(engine: EmbeddedEngine) -> None:
        before = engine.busy().pids
        endless = ask(engine, ENDLESS, "a")
        await until(lambda: engine.busy().running == 1)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert (await outcome(endless)).status == 503
        await until(lambda: len(engine.busy().pids) == len(before) and not set(before) & set(engine.busy().pids))
        assert engine.busy().restarts == len(before)
        assert await number(engine, COUNT) > 0

    engine_test(folder, PATIENT, use)


def test_an_answer_that_is_too_long_is_refused_or_cut(folder: Path) -> None:
    """Refused before its first byte when it can be, cut in the middle when not; the process lives on."""

    async def use(engine: EmbeddedEngine) -> None:
        pids = engine.busy().pids
        answer = await engine.ask(Asked(LONG_ANSWER, ALL))
        with pytest.raises(QueryRefused, match="200,000 bytes"):
            await read(answer)
        await until(lambda: engine.busy().running == 0)
        assert engine.busy().pids == pids
        assert await number(engine, COUNT) > 0

    async def use_short(engine: EmbeddedEngine) -> None:
        error = await refusal(engine, LONG_ANSWER)
        assert (error.status, error.reason, "1,000 bytes" in error.message) == (503, "size", True)

    engine_test(folder, Limits(result_bytes=200_000, workers=2), use)
    engine_test(folder, Limits(result_bytes=1_000, workers=2), use_short)


def test_a_slow_reader_holds_its_query_back_and_not_the_others(folder: Path) -> None:
    """What is not read stays small here; when it reads on, the answer goes on."""

    async def use(engine: EmbeddedEngine) -> None:
        answer = await engine.ask(Asked(LONG_ANSWER, ALL, client="a"))
        query: Any = answer.body
        await until(lambda: query.held_s() > 0.2)
        held = sum(map(len, query._pieces))
        assert held < 1 << 20
        assert await number(engine, COUNT, client="b") > 0
        assert sum(map(len, query._pieces)) == held
        got = 0
        async for piece in answer.body:
            got += len(piece)
            if got > 4 * held:
                break
        await query.aclose()
        await until(lambda: engine.busy().running == 0)

    engine_test(folder, PATIENT, use)


def test_a_reader_that_stalls_is_cut(folder: Path) -> None:
    """It keeps a process from others, and has a limit of its own: time for work is not what it uses up."""

    async def use(engine: EmbeddedEngine) -> None:
        answer = await engine.ask(Asked(LONG_ANSWER, ALL, client="a"))
        await until(lambda: engine.busy().running == 0)
        with pytest.raises(QueryRefused, match="to be read"):
            await read(answer)

    engine_test(folder, Limits(timeout_s=60, reader_s=0.3, workers=2), use)


def test_a_client_that_goes_away_frees_its_worker(folder: Path) -> None:
    """While it waits, while the query works, while it reads."""

    async def use(engine: EmbeddedEngine) -> None:
        tasks = [ask(engine, ENDLESS, client) for client in ("a", "b", "c", "c")]
        await until(lambda: engine.busy().running == 2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await until(lambda: (engine.busy().running, engine.busy().waiting) == (0, 0))
        answer: Any = await engine.ask(Asked(LONG_ANSWER, ALL, client="d"))
        await anext(answer.body)
        await answer.body.aclose()
        await until(lambda: engine.busy().running == 0)
        reading = asyncio.ensure_future(whole(engine, ENDLESS + " # read", client="e"))
        await until(lambda: engine.busy().running == 1)
        reading.cancel()
        await until(lambda: engine.busy().running == 0)
        assert await number(engine, COUNT, client="a") > 0

    engine_test(folder, PATIENT, use)


def test_a_full_queue_refuses_with_a_time_to_come_back(folder: Path) -> None:
    """One client's part of it first, then all of it; pages of ours are bound by the whole queue alone."""

    async def use(engine: EmbeddedEngine) -> None:
        tasks = [ask(engine, ENDLESS, "a") for _ in range(2)]
        await until(lambda: engine.busy().running == 2)
        tasks += [ask(engine, ENDLESS, "a") for _ in range(2)]
        await until(lambda: engine.busy().waiting >= 2)
        error = await refusal(engine, POINT, client="a")
        assert (error.status, error.reason, "yours" in error.message) == (503, "queue", True)
        assert error.retry_after_s is not None
        assert 1 <= error.retry_after_s <= 60
        engine._turns._workers = 0  # nobody gets a worker any more
        tasks += [ask(engine, POINT, OWN) for _ in range(8)]
        await until(lambda: engine.busy().waiting >= 8)
        while engine.busy().waiting < 10:
            tasks.append(ask(engine, POINT, "b"))
            await asyncio.sleep(0)
        error = await refusal(engine, POINT, client="c")
        assert (error.status, "wait already" in error.message) == (503, True)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    engine_test(folder, Limits(timeout_s=60, queue_length=10, queue_per_client=2, workers=2), use)


def test_waiting_has_an_end(folder: Path) -> None:
    """A query that gets no turn within the time limit is refused with a time to come back."""

    async def use(engine: EmbeddedEngine) -> None:
        first, second = ask(engine, LONG_ANSWER, "a"), ask(engine, POINT, "b")
        answer: Any = await first
        error = await outcome(second)
        assert (error.status, error.retry_after_s is not None) == (503, True)
        await answer.body.aclose()

    engine_test(folder, Limits(timeout_s=2, reader_s=60, workers=1), use)


def test_whoever_took_all_workers_makes_room(folder: Path) -> None:
    """One of its long queries goes back into the queue, without an error, and both of them end some day."""

    async def use(engine: EmbeddedEngine) -> None:
        greedy = [ask(engine, ENDLESS, "greedy") for _ in range(2)]
        await until(lambda: engine.busy().running == 2)
        assert await number(engine, COUNT, client="other") > 0
        assert [task.done() for task in greedy] == [False, False]
        await until(lambda: (engine.busy().running, engine.busy().waiting) == (1, 1))
        assert await number(engine, COUNT, client="other") > 0
        for task in greedy:
            task.cancel()
        await asyncio.gather(*greedy, return_exceptions=True)

    engine_test(folder, PATIENT, use)


def test_long_answers_make_room_too(folder: Path) -> None:
    """They cannot begin anew: after some patience, one of them is cut."""

    async def use(engine: EmbeddedEngine) -> None:
        answers: list[Any] = await asyncio.gather(*(ask(engine, LONG_ANSWER, "greedy") for _ in range(2)))
        assert await number(engine, COUNT, client="other") > 0
        cut = [answer for answer in answers if answer.body.is_ended]
        assert len(cut) == 1
        for answer in answers:
            await answer.body.aclose()

    engine_test(folder, PATIENT, use)


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own on Linux only")
def test_a_long_query_goes_last_and_the_next_one_does_not(folder: Path) -> None:
    """Its thread's priority is lowered; another thread takes its place for the next query."""

    async def use(engine: EmbeddedEngine) -> None:
        long = ask(engine, f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {MANY} }} ?a ?b ?c }}", "a")
        await until(lambda: bool(engine._running))
        (process,) = engine._running
        await until(lambda: bool(low_threads(process.pid)) or long.done())
        assert not long.done()
        await long
        await until(lambda: not low_threads(process.pid))
        assert await number(engine, COUNT, client="b") > 0

    engine_test(folder, PATIENT, use)


def test_closing_refuses_what_runs_and_what_waits(folder: Path) -> None:
    """And what comes later; draining before waits for what runs, as long as it may."""

    async def main() -> None:
        async with opened(folder, Limits(timeout_s=60, workers=1)) as engine:
            assert await engine.drain(1)
            tasks = [ask(engine, ENDLESS, client) for client in ("a", "b")]
            await until(lambda: (engine.busy().running, engine.busy().waiting) == (1, 1))
            assert not await engine.drain(0.05)
        for task in tasks:
            assert (await outcome(task)).message.startswith("the server is shutting down")
        assert (await refusal(engine, POINT)).status == 503

    asyncio.run(main())


def test_workers_end_with_their_parent(folder: Path) -> None:
    """Even if it is killed, and they are in the middle of a query."""
    program = (
        "import asyncio, sys\nfrom pathlib import Path\n"
        "from msqgraph.server.engine.asked import Asked, Formats\n"
        "from msqgraph.server.engine.embedded_engine import EmbeddedEngine\n"
        "async def main():\n"
        "    engine = EmbeddedEngine(Path(sys.argv[1]), None, 2)\n"
        "    await engine.start()\n"
        "    task = asyncio.ensure_future(engine.ask(Asked(sys.argv[2], Formats('text/csv', None, None))))\n"
        "    while not engine.busy().running:\n"
        "        await asyncio.sleep(0.01)\n"
        "    print(*engine.busy().pids, flush=True)\n"
        "    await task\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", program, str(folder / "store"), ENDLESS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="ascii") as parent:
        assert parent.stdout
        pids = [int(word) for word in parent.stdout.readline().split()]
        assert len(pids) == 3
        parent.kill()
    asyncio.run(until(lambda: not any(map(is_alive, pids))))


def test_ctrl_c_is_for_the_server_which_ends_its_workers_itself(folder: Path) -> None:
    """A terminal sends SIGINT to the whole group of the server: a query in work goes on until the server ends it."""
    program = (
        "import asyncio, os, signal, sys\nfrom pathlib import Path\n"
        "from msqgraph.server.engine.embedded_engine import EmbeddedEngine\n"
        "async def main():\n"
        "    told = asyncio.Event()\n"
        "    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, told.set)\n"
        "    engine = EmbeddedEngine(Path(sys.argv[1]), None, 2)\n"
        "    await engine.start()\n"
        "    while engine.busy().ready < 3:\n"
        "        await asyncio.sleep(0.01)\n"
        "    sessions = {os.getsid(pid) for pid in (0, *engine.busy().pids)}\n"
        "    print(len(sessions), flush=True)\n"
        "    await told.wait()\n"
        "    print(engine.busy().ready, engine.busy().restarts, flush=True)\n"
        "    await engine.close()\n"
        "asyncio.run(main())\n"
    )
    command = [sys.executable, "-c", program, str(folder / "store")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="ascii", process_group=0) as server:
        assert server.stdout
        assert server.stdout.readline() == "1\n"  # Linux shares out the cores among sessions first
        os.killpg(server.pid, signal.SIGINT)
        assert server.stdout.readline() == "3 0\n"
    assert server.returncode == 0


def test_whoever_computes_little_is_not_heavy(folder: Path) -> None:
    """What counts is the time for which a process computed, and that for which it waits for its client."""

    async def use(engine: EmbeddedEngine) -> None:
        query = RunningQuery(Asked(POINT, ALL), lambda _: None)
        process = engine._pool.borrow()
        assert process is not None
        before_s = process.cpu_s()
        query.begin(process)
        await asyncio.sleep(0.2)  # of which nothing is used
        assert query.took_s() < 0.15 or sys.platform != "linux"
        assert process.cpu_s() >= before_s
        query.process = None
        assert query.took_s() >= 0.2
        engine._pool.give_back(process)

    engine_test(folder, PATIENT, use)


@pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")
def test_a_worker_opens_no_socket() -> None:
    """If SERVICE ever got past the parser, there would be no way out; the files of the store stay open to it."""
    program = (
        "import socket\nfrom msqgraph.server.engine.confinement import deny_sockets\n"
        "import pyoxigraph as ox\n"
        "assert deny_sockets()\n"
        "open('/dev/null').close()\n"
        "try:\n    list(ox.Store().query('SELECT * { SERVICE <http://127.0.0.1:8765/> {} }'))\n"
        "except PermissionError as error:\n    print('denied')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="ascii", check=True)
    assert done.stdout == "denied\n"


def test_the_queue_takes_clients_in_turn() -> None:
    """However many queries one has; whoever may not start is passed over without losing the place."""
    queue: FairQueue[str] = FairQueue()
    for query in ("a1", "a2", "a3", "b1", "b2", "c1"):
        queue.put(query[0], query)
    assert queue.take(lambda client: client != "a") == "b1"
    assert [queue.take(lambda _: True) for _ in range(3)] == ["a1", "c1", "b2"]
    queue.put("b", "b0")
    queue.put("a", "a1", is_first=True)
    assert list(queue) == ["a1", "a2", "a3", "b0"]
    assert queue.remove("a", "a2")
    assert not queue.remove("a", "a2")
    assert not queue.remove("z", "z")
    assert (len(queue), queue.waiting_of("a"), queue.waiting_of("z")) == (3, 2, 0)
    assert queue.take(lambda _: False) is None


def test_heavy_clients_leave_room_and_are_forgiven() -> None:
    """All of them together leave a worker; the server's own pages are never heavy."""
    turns = Turns(workers=4)
    for client in ("a", "a", "b"):
        turns.started(client)
        turns.was_long(client, now_s=1, worked_s=30)
    assert not turns.may_start("a", 2)
    assert not turns.may_start("b", 2)
    assert turns.may_start("c", 2)
    assert turns.may_start("a", 1000)
    turns.started("a")
    assert not turns.may_start("c", 2)
    turns.was_long(OWN, now_s=1, worked_s=30)
    assert not turns.is_heavy(OWN, 2)
    for client in ("a", "a", "a", "b"):
        turns.ended(client)
    assert turns.at_once == 0
