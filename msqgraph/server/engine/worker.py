"""The process that answers queries, one after the other, over one socket: ``python -m msqgraph.server.engine.worker``.

It can be killed at any time, and ends by itself when its parent does. A thread answers the queries, because its
parent may lower that thread's priority, which no thread can raise again: then another one takes its place.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from msqgraph.errors import UsageError
from msqgraph.server.engine import frames
from msqgraph.server.engine.confinement import deny_sockets, limit_memory, peak_mib
from msqgraph.server.engine.default_graph_copy import copied, may_see_named_graphs, room_mib
from msqgraph.server.engine.merged_graphs import graphs_of, merged
from msqgraph.server.engine.outgoing import Outgoing, PrefixesInOrder, TooLarge
from msqgraph.server.engine.refusals import NOT_ACCEPTABLE, OUT_OF_MEMORY, too_long
from msqgraph.server.engine.update_words import is_update
from msqgraph.store import refuse_service
from msqgraph.syntax_errors import in_words

_READ_BYTES = 1 << 14
_LOW_PRIORITY = 19
_STACK_MIB = 16  # a query is parsed and evaluated recursively


class _Refused(Exception):
    """A query without an answer: status, message and reason."""


class Worker:
    """Answers what comes over a socket from one store."""

    def __init__(self, store: ox.Store, channel: socket.socket, settings: dict[str, Any]) -> None:
        self._store, self._channel = store, channel
        self._merge = store
        self._copy: ox.Store | None = None
        self._unpacker = frames.Unpacker()
        self._result_bytes: int = settings["result_bytes"]
        self._prefixes: dict[str, str] = settings["prefixes"]
        self._memory_mib: int = settings["memory_mib"]
        self._over = False
        self._limit_memory(room_mib(Path(settings["store"])) if settings["store"] else 0)

    def run(self) -> None:
        """Answers until the parent closes the socket, or the process should be replaced."""
        threading.stack_size(_STACK_MIB << 20)
        if self._copy_mib:
            threading.Thread(target=self._make_copy, daemon=True).start()
        while not self._over:
            thread = threading.Thread(target=self._answer_while_heard)
            thread.start()
            thread.join()

    def _limit_memory(self, copy_mib: int = 0) -> None:
        """Gives queries their memory above what there is now; besides, there is room for a copy that is being made."""
        self._copy_mib = copy_mib
        self._peak_mib = peak_mib() + copy_mib + self._memory_mib // 4
        limit_memory(self._memory_mib + (2 + bool(copy_mib)) * _STACK_MIB + copy_mib)

    def _make_copy(self) -> None:
        """Copies the default graph into memory, while everybody else goes first."""
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _LOW_PRIORITY)
        with contextlib.suppress(OSError, RuntimeError, ValueError):  # queries will say what is wrong with the store
            self._copy = copied(self._store, self._copy_mib)

    def _take_copy(self) -> None:
        """Answers from the copy from now on: between two queries, so that its memory is not taken for a query's."""
        if self._copy is not None:
            self._merge, self._copy = self._copy, None
            self._limit_memory()

    def _answer_while_heard(self) -> None:
        """Answers in turn; without a parent, there is nobody to tell anything."""
        try:
            self._answer_in_turn()
        except (BrokenPipeError, ConnectionResetError):
            self._over = True

    def _answer_in_turn(self) -> None:
        """Answers until the socket ends or this thread's priority was lowered."""
        own_priority = _priority()
        self._channel.sendall(frames.packed(frames.READY, str(threading.get_native_id()).encode()))
        while not self._over and _priority() == own_priority:
            data = self._channel.recv(_READ_BYTES)
            if not data:
                self._over = True
            for _, payload in self._unpacker.feed(data):
                self._answer(*json.loads(payload))

    def _answer(
        self,
        sparql: str,
        rows: str | None,
        truth: str | None,
        triples: str | None,
        default_graphs: list[str],
        named_graphs: list[str],
        is_check: bool,
    ) -> None:
        """One query, one last frame, whatever happens."""
        self._take_copy()
        out = Outgoing(self._channel, self._result_bytes)
        refused: tuple[int, str, str]
        try:
            found = self._evaluate(sparql, default_graphs, named_graphs)
            if is_check:
                out.begin(_kind_of(found))
            else:
                self._serialize(found, rows, truth, triples, out)
        except _Refused as error:
            refused = error.args
        except TooLarge:
            refused = 503, too_long(self._result_bytes), "size"
        except BrokenPipeError:
            raise
        except OSError:
            refused = 503, "the store could not be read, or the query asked for something outside of it", "store"
        except (RuntimeError, ValueError) as error:
            refused = 400, f"the query cannot be answered: {error}", "evaluation"
        except MemoryError:
            self._over, refused = True, (503, OUT_OF_MEMORY, "memory")
        except BaseException as error:  # noqa: BLE001 - a panic of the store's library, which is no Exception
            message = f"the query made the store fail ({type(error).__name__}): put it otherwise"
            self._over, refused = True, (503, message, "store")
        else:
            self._over |= peak_mib() > self._peak_mib  # what was allocated is rarely all given back
            out.end(is_last=self._over)
            return
        if out.is_too_large:  # however the library passed that on
            refused = 503, too_long(self._result_bytes), "size"
        leaving = frames.packed(frames.LEAVING) if self._over else b""
        self._channel.sendall(leaving + frames.packed(frames.REFUSED, json.dumps(refused).encode()))

    def _evaluate(self, sparql: str, default_graphs: list[str], named_graphs: list[str]) -> Any:
        """The store's answer, which is found while it is read.

        Graphs of the protocol make up the dataset alone and go before FROM; several default graphs are merged.

        :raises _Refused: if the query has an error, is an update, or asks another server.
        """
        try:
            refuse_service(sparql)
        except UsageError as error:
            raise _Refused(400, str(error), "service") from None
        try:
            if not default_graphs and not named_graphs:
                if not may_see_named_graphs(sparql):
                    return self._merge.query(sparql)
                default_graphs, named_graphs = graphs_of(sparql)
                if not default_graphs:
                    return self._store.query(sparql)
            named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in named_graphs]
            if len(default_graphs) > 1:
                dataset = merged(self._store, default_graphs, named_graphs)
                return dataset.query(sparql, default_graph=ox.DefaultGraph(), named_graphs=named)
            return self._store.query(
                sparql, default_graph=[ox.NamedNode(iri) for iri in default_graphs], named_graphs=named
            )
        except SyntaxError as error:
            if is_update(sparql):
                raise _Refused(400, "updates are refused: this dataset can only be queried", "update") from None
            what = in_words(str(error), sparql, self._prefixes)
            raise _Refused(400, f"the query has an error: {what}", "syntax") from None

    def _serialize(self, found: Any, rows: str | None, truth: str | None, triples: str | None, out: Outgoing) -> None:
        """Writes an answer in the format for its kind.

        :raises _Refused: if there is none.
        """
        kind = _kind_of(found)
        media_type = {"rows": rows, "truth": truth, "triples": triples}[kind]
        if media_type is None:
            raise _Refused(406, NOT_ACCEPTABLE[kind], "format")
        out.begin(media_type)
        if kind != "triples":
            found.serialize(output=out, format=ox.QueryResultsFormat.from_media_type(media_type))
            return
        rdf_format = ox.RdfFormat.from_media_type(media_type)
        file = PrefixesInOrder(out)
        ox.serialize(found, output=file, format=rdf_format, prefixes=self._prefixes)  # type: ignore[arg-type]
        file.end()


def _kind_of(found: Any) -> str:
    """Which of the formats an answer needs."""
    if isinstance(found, ox.QuerySolutions):
        return "rows"
    return "truth" if isinstance(found, ox.QueryBoolean) else "triples"


def _priority() -> int:
    """The priority of this thread; where threads have none of their own, always the same."""
    return os.getpriority(os.PRIO_PROCESS, 0) if sys.platform == "linux" else 0


def _end_with_parent(lifeline: int) -> None:
    """Ends the process as soon as nobody holds the other end of a pipe."""
    os.read(lifeline, 1)
    os._exit(0)


def main(arguments: list[str]) -> None:
    """Answers until told otherwise; the one argument is JSON: socket, lifeline, store, limits and prefixes."""
    settings = json.loads(arguments[0])
    channel = socket.socket(fileno=settings["socket"])
    threading.Thread(target=_end_with_parent, args=[settings["lifeline"]], daemon=True).start()
    deny_sockets()
    try:
        store = ox.Store.read_only(settings["store"]) if settings["store"] else ox.Store()
    except (OSError, RuntimeError) as error:  # it is not there, or damaged
        name = Path(settings["store"]).parent
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            channel.sendall(frames.packed(frames.BROKEN, f"{settings['store']}: {error} — build {name} anew".encode()))
        return
    Worker(store, channel, settings).run()


if __name__ == "__main__":
    main(sys.argv[1:])
    os._exit(0)  # a copy that is being made is of no use any more
