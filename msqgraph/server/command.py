"""``msqgraph serve``: the door to the server. Exit code 0 after a signal, 2 if it cannot be as asked, 3 if the dataset
is damaged."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from msqgraph.exports.extra import needed_for
from msqgraph.server.operations.log import LogFormat

if TYPE_CHECKING:
    from msqgraph.server.operations.opening import MakeApp


def serve(
    dataset: Annotated[
        Path | None, typer.Argument(help="A folder that `msqgraph build` wrote.", show_default=False)
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", help="Serve what a SPARQL endpoint holds, instead of a folder.")
    ] = None,
    default_graph: Annotated[
        str | None, typer.Option("--default-graph", help="IRI of the merge on an endpoint such as Virtuoso's.")
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on; 0.0.0.0 is every one.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8000,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option("--allowed-host", help="A name that readers use, or *.example.org, or *; may be repeated."),
    ] = None,
    public_url: Annotated[
        str | None, typer.Option("--public-url", help="The address of the site as readers see it.")
    ] = None,
    root_path: Annotated[
        str, typer.Option("--root-path", help="The path below which a proxy shows the site, such as /msq.")
    ] = "",
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--trusted-proxy", help="Address of a proxy whose X-Forwarded-For is believed; else loopback. Repeatable."
        ),
    ] = None,
    release: Annotated[
        Path | None,
        typer.Option("--release", help="The folder of the release, or the YAML file that tells about it.", exists=True),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, max=256, help="Queries that run at once; 0: as many as there are cores.")
    ] = 0,
    timeout_s: Annotated[float, typer.Option("--timeout-s", min=0.1, help="Seconds that a query may take.")] = 30.0,
    memory_mib: Annotated[int, typer.Option("--memory-mib", min=16, help="MiB that a query may take.")] = 1024,
    result_mib: Annotated[int, typer.Option("--result-mib", min=1, help="MiB that an answer may have.")] = 256,
    queue: Annotated[int, typer.Option("--queue", min=1, help="Queries that may wait.")] = 200,
    log_format: Annotated[LogFormat, typer.Option("--log-format", help="Lines for people, or JSON.")] = LogFormat.text,
    access_log: Annotated[
        bool, typer.Option("--access-log/--no-access-log", help="Whether each request has a line in the log.")
    ] = True,
    metrics: Annotated[
        bool, typer.Option("--metrics/--no-metrics", help="Whether /metrics is answered; a proxy should hide it.")
    ] = True,
) -> None:
    """Serve a dataset as a website and a SPARQL endpoint, read-only, until Ctrl-C."""
    if (dataset is None) == (endpoint is None):
        raise typer.BadParameter("give either the folder of a dataset or --endpoint", param_hint="DATASET")
    if default_graph and not endpoint:
        raise typer.BadParameter("a folder has its default graph already", param_hint="--default-graph")
    if root_path and (not root_path.startswith("/") or root_path.endswith("/")):
        raise typer.BadParameter("give it as /msq: with a slash in front and none behind", param_hint="--root-path")

    with needed_for("serving", "serve"):
        from msqgraph.server.engine.limits import Limits
        from msqgraph.server.operations.running import Serving, run
        from msqgraph.server.protocol.client_key import ClientKeys
    clients = ClientKeys(trusted_proxy or ("127.0.0.1", "::1"))

    def load_app() -> MakeApp:
        with needed_for("serving", "serve"):
            from msqgraph.server.app import create_app
        return partial(create_app, clients=clients)

    limits = Limits(
        timeout_s=timeout_s, memory_mib=memory_mib, result_bytes=result_mib << 20, queue_length=queue, workers=workers
    )
    run(
        Serving(
            limits=limits,
            dataset=dataset,
            endpoint=endpoint,
            default_graph=default_graph,
            host=host,
            port=port,
            allowed_hosts=tuple(allowed_host or ()),
            clients=clients,
            public_url=folder_address(public_url),
            root_path=root_path,
            release=release,
            log_format=log_format,
            logs_requests=access_log,
            shows_metrics=metrics,
        ),
        load_app,
    )


def folder_address(url: str | None) -> str:
    """An address that ends in a slash.

    :raises BadParameter: if it is none of the web.
    """
    if not url:
        return ""
    if not url.startswith(("http://", "https://")) or "?" in url or "#" in url:
        raise typer.BadParameter(
            "give an address that begins with https:// and has no ? and #", param_hint="--public-url"
        )
    return f"{url.rstrip('/')}/"
