"""The SPARQL endpoint on a port of loopback for the time of a test, and requests to it as they go over the wire."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any, Literal
from urllib.parse import urlsplit

import uvicorn

WAIT_S = 20.0


@dataclass(frozen=True)
class Response:
    """What came back; names of headers in small letters, several of one name joined."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def media_type(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@contextmanager
def serving(app: Any, *, has_lifespan: bool = False) -> Iterator[str]:
    """The address of an ASGI application that answers in a thread; it is stopped in any case."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        lifespan: Literal["on", "off"] = "on" if has_lifespan else "off"
        config = uvicorn.Config(
            app, http="httptools", ws="none", lifespan=lifespan, log_level="critical", proxy_headers=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            until = monotonic() + WAIT_S
            while not server.started:
                assert thread.is_alive(), "the server ended at once"
                assert monotonic() < until, "the server did not start"
                thread.join(0.01)
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(WAIT_S)


def request(
    url: str, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Response:
    """One request with these headers and no others than Host and the length of the body."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=WAIT_S)
    try:
        connection.putrequest(method, target, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found: dict[str, str] = {}
        for name, value in answer.getheaders():
            name = name.lower()
            found[name] = f"{found[name]}, {value}" if name in found else value
        return Response(answer.status, found, answer.read())
    finally:
        connection.close()


def exchange(url: str, *pieces: bytes) -> bytes:
    """All bytes that a server sends, until it closes the connection, for bytes that are sent as they are."""
    address = urlsplit(url)
    received = []
    with socket.create_connection((address.hostname, address.port), timeout=WAIT_S) as connection:
        for piece in pieces:
            connection.sendall(piece)
        while data := connection.recv(1 << 16):
            received.append(data)
    return b"".join(received)
