"""A reverse proxy in front of a store, for tests: it asks for a password, cuts, refuses, slows down, or lies."""

from __future__ import annotations

import re
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Refusal = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True)
class Seen:
    """A request that came to the proxy."""

    method: str
    path: str
    body: bytes
    authorization: str | None

    @property
    def is_write(self) -> bool:
        """Whether it changes the store."""
        return self.method in ("PUT", "DELETE") or (self.method == "POST" and not self.path.startswith("/query"))


@dataclass
class Proxy:
    """What the proxy does, which a test may change at any time, and what it has seen."""

    url: str
    user: str | None = None
    password: str = ""
    token: str | None = None
    refuse: Callable[[Seen], Refusal | None] = lambda _: None
    cut: Callable[[Seen], bool] = lambda _: False
    rewrite: Callable[[Seen, bytes], bytes] = lambda _, body: body
    delay_s: float = 0.0
    seen: list[Seen] = field(default_factory=list)

    def writes(self) -> list[Seen]:
        """The requests that change the store, in order."""
        return [seen for seen in self.seen if seen.is_write]

    def expected(self) -> str | None:
        """The header that lets a request through."""
        if self.user:
            return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"
        return f"Bearer {self.token}" if self.token else None


@contextmanager
def proxied(origin: str) -> Iterator[Proxy]:
    """A proxy on loopback in front of an address."""

    class Handler(BaseHTTPRequestHandler):
        """Passes each request on, unless the proxy's settings say otherwise."""

        def handle_one(self) -> None:
            """One request."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen = Seen(self.command, self.path, body, self.headers.get("Authorization"))
            expected = proxy.expected()
            if expected and seen.authorization != expected:
                scheme = 'Basic realm="store"' if proxy.user else "Bearer"
                return self.answer(401, {"WWW-Authenticate": scheme}, b"who are you?")
            proxy.seen.append(seen)
            time.sleep(proxy.delay_s if seen.is_write else 0)
            if proxy.cut(seen):
                self.close_connection = True
                return None
            if refusal := proxy.refuse(seen):
                return self.answer(*refusal)
            connection = HTTPConnection(urlsplit(origin).netloc, timeout=60)
            passed = {name: self.headers[name] for name in ("Content-Type", "Accept") if name in self.headers}
            connection.request(self.command, self.path, body or None, passed)
            response = connection.getresponse()
            said = proxy.rewrite(seen, response.read())
            connection.close()
            return self.answer(response.status, {"Content-Type": response.getheader("Content-Type") or ""}, said)

        do_GET = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815 - the names that http.server looks for

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            """Sends an answer."""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) if status != 204 else 0))
            self.end_headers()
            if status != 204:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    class Quiet(ThreadingHTTPServer):
        """A server that does not print what a killed client leaves behind."""

        def handle_error(self, *_: object) -> None:
            """Nothing."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        proxy = Proxy(f"http://127.0.0.1:{server.server_address[1]}/")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()


def one_more(body: bytes) -> bytes:
    """JSON results of a count, with every number one higher."""
    return re.sub(rb'"value":\s*"(\d+)"', lambda match: b'"value":"%d"' % (int(match[1]) + 1), body)
