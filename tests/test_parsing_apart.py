"""Whether a query asks another server is found out without a trace in whoever asks."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import rdflib.plugins.sparql.parser as rdflib_parser

from msqgraph.errors import UsageError
from msqgraph.server.engine.merged_graphs import graphs_of
from msqgraph.store import refuse_service

QUERY = "SELECT ?x { VALUES ?x { 'a service' } OPTIONAL { ?x ?p [ ?q ( 1 2 ) ] } FILTER(?x != 2 || !BOUND(?p)) }"


class Held:
    """Stands for results of pyoxigraph, which only the thread that made them may drop; notes which one does."""

    def __init__(self, dropped: list[bool]) -> None:
        """``dropped`` gets whether it was the thread that made it."""
        self._dropped, self._thread = dropped, threading.get_ident()

    def __del__(self) -> None:
        """Is called by whichever thread drops it."""
        self._dropped.append(threading.get_ident() == self._thread)


@pytest.fixture
def by_hand() -> Iterator[None]:
    """No collection but those that a test makes."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def ask(dropped: list[bool], query: str) -> None:
    """Asks with something in its frame."""
    held = Held(dropped)
    refuse_service(query)
    del held


@pytest.mark.parametrize("query", [QUERY, "SELECT ?x { 'service'"], ids=["right", "wrong"])
@pytest.mark.usefixtures("by_hand")
def test_a_caller_keeps_what_it_holds(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is dropped with the caller's frame, in its thread, even if the parser's objects grow old while it parses."""
    parse, dropped = rdflib_parser.parseQuery, list[bool]()

    def parse_while_others_collect(text: str) -> Any:
        before = gc.get_threshold()
        gc.set_threshold(1, 1, 1_000_000)
        gc.enable()
        try:
            return parse(text)
        finally:
            gc.disable()
            gc.set_threshold(*before)

    monkeypatch.setattr(rdflib_parser, "parseQuery", parse_while_others_collect)
    try:
        ask(dropped, query)
    except UsageError as error:
        assert "cannot be checked" in str(error)
        error.__traceback__ = None
    assert dropped == [True]


@pytest.mark.usefixtures("by_hand")
def test_nothing_of_others_is_dropped_meanwhile() -> None:
    """What a thread left in a cycle, the parser's thread does not collect, however many objects it makes."""
    dropped = list[bool]()
    cycle: list[object] = [Held(dropped)]
    cycle.append(cycle)
    gc.enable()
    del cycle
    refuse_service(QUERY)
    assert gc.isenabled()
    assert False not in dropped


@pytest.mark.usefixtures("by_hand")
def test_several_parse_at_once() -> None:
    """As when figures and catalogue are made at the same time: none keeps or collects what another one holds."""
    dropped = list[bool]()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: ask(dropped, QUERY), range(40)))
    assert dropped == [True] * 40
    assert not gc.isenabled()


@pytest.mark.parametrize(
    "query", ["ASK FROM <urn:a> FROM <urn:b> { ?s ?p ?o }", "ASK FROM FROM"], ids=["right", "wrong"]
)
@pytest.mark.usefixtures("by_hand")
def test_who_asks_for_graphs_keeps_what_it_holds(query: str) -> None:
    """A worker's next thread drops nothing of the one before."""
    dropped = list[bool]()

    def ask_for_graphs() -> None:
        held = Held(dropped)
        graphs_of(query)
        del held

    def hold() -> None:
        held = Held(dropped)
        ask_for_graphs()
        assert held

    hold()
    assert dropped == [True, True]
