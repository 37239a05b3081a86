"""``msqgraph load``: the door to the loader. Exit code 0 if the store holds the dataset, 1 if its counts differ."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from msqgraph.terminal import say

if TYPE_CHECKING:
    from msqgraph.loading.connection import Credentials
    from msqgraph.loading.load import Progress

DIFFERENT = 1
PASSWORD, TOKEN = "MSQGRAPH_PASSWORD", "MSQGRAPH_TOKEN"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def load(
    dataset: Annotated[Path, typer.Argument(help="A folder that `msqgraph build` wrote.")],
    endpoint: Annotated[
        str, typer.Option("--endpoint", help="Where the store answers queries, to count what it holds.")
    ],
    graph_store: Annotated[
        str | None, typer.Option("--graph-store", help="Its address of the Graph Store protocol; else by convention.")
    ] = None,
    update: Annotated[
        str | None, typer.Option("--update", help="Its address for SPARQL Update; else by convention.")
    ] = None,
    user: Annotated[
        str | None, typer.Option("--user", help=f"Who loads; the password is in {PASSWORD}, else it is asked for.")
    ] = None,
    default_graph: Annotated[
        str | None, typer.Option("--default-graph", help="IRI for the merge in a store such as Virtuoso.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=1.0, help="How many seconds the server may be silent.")] = 60.0,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also replace graphs of these names that no load recorded.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove graphs that an earlier load brought and this dataset does not have.")
    ] = False,
) -> None:
    """Push a dataset into a SPARQL store, and count it there."""
    from msqgraph.loading.addresses import candidates
    from msqgraph.loading.connection import Connection, shown
    from msqgraph.loading.contents import Contents
    from msqgraph.loading.load import load_dataset

    connection = Connection(_credentials(user), timeout)
    targets = candidates(connection, endpoint, graph_store, update)
    if user or connection.credentials.token:
        for address in sorted({endpoint, *(target.address for target in targets)}):
            if urlsplit(address).scheme == "http" and urlsplit(address).hostname not in _LOOPBACK:
                say(
                    f"{shown(address)} is not encrypted: what is sent there can be read on the way, unless it is Digest"
                )
                break
    started = monotonic()
    with _bar() as progress:
        done = load_dataset(dataset, Contents(connection, endpoint), targets, default_graph, replace, prune, progress)
    for difference in done.differences:
        say(f"{shown(endpoint)}: {difference}")
    for why in sorted(set(done.left.values())):
        say(f"left: {', '.join(name for name, said in done.left.items() if said == why)} — {why}")
    speed = done.triples / max(monotonic() - started, 0.001)
    say(
        f"{shown(endpoint)}: {done.graphs} graphs loaded, {done.skipped} skipped, {done.removed} removed; "
        f"{done.triples} triples, {speed:.0f} per second"
    )
    raise typer.Exit(DIFFERENT if done.differences else 0)


def _credentials(user: str | None) -> Credentials:
    """Secrets come from the environment or a prompt: a command line is seen by everyone on the machine."""
    from msqgraph.loading.connection import Credentials

    token = os.environ.get(TOKEN) or None
    if user and token:
        raise typer.BadParameter(f"{TOKEN} is set as well: choose one", param_hint="--user")
    password = None
    if user:
        password = os.environ.get(PASSWORD)
        if password is None:
            password = typer.prompt(f"Password of {user}", hide_input=True, err=True)
    return Credentials(user, password, token)


@contextmanager
def _bar() -> Iterator[Progress | None]:
    """A progress bar on stderr, if that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with Bar(console=console, transient=True) as bar:
        task = bar.add_task("Loading", total=None)
        yield lambda sent, of: bar.update(task, completed=sent, total=of)
