"""The site in a real browser: the system's Chromium, driven by Playwright, on ``msqgraph serve``.

A test module says ``pytest_plugins = ["tests.browser"]`` and asks for ``visit``; the dataset is that of the fixture
``world``. Whatever a page must never do fails the test that opened it: an error on the console, an exception, a
violation of the content security policy, a request that leaves the server.

The driver keeps an event loop running, so a module that uses it has no tests that run one themselves.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.system import free_port, require, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
_TIMEOUT_MS = 30_000
SEARCH_S = 60.0
# told by the page itself, since a browser does not always write a violation on the console
_TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass
class Visitor:
    """Opens pages, and notes in ``problems`` what none of them may do.

    ``expected`` are parts of messages that a test provokes and takes for granted, such as ``status of 400``.
    """

    browser: Browser
    url: str
    problems: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def __call__(
        self,
        path: str,
        *,
        width: int = 1280,
        height: int = 900,
        color_scheme: Literal["light", "dark"] = "light",
        has_javascript: bool = True,
        status: int = 200,
    ) -> Page:
        """The page at a path, loaded, in a window of so many CSS pixels and with nothing remembered from another.

        It fails if the HTTP status is another one.
        """
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=color_scheme,
            java_script_enabled=has_javascript,
            reduced_motion="reduce",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(_TIMEOUT_MS)
        context.add_init_script(_TELL_VIOLATIONS)
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.problems.append(f"{path}: {error}"))
        page.on("request", self._on_request)
        if status >= 400:
            self.expected.append(f"status of {status}")
        response: Response | None = page.goto(self.url + path)
        assert response is not None, path
        assert response.status == status, f"{path}: {response.status}\n{response.text()[:2000]}"
        return page

    def found(self) -> list[str]:
        """The problems that no test expected."""
        return [one for one in self.problems if not any(part in one for part in self.expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.problems.append(f"{message.location.get('url', '')}: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.problems.append(f"request to {request.url}")


@pytest.fixture(scope="session")
def site_url(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site over the world dataset, without a slash at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    program = str(Path(sys.executable).with_name("msqgraph"))
    with running([program, "serve", str(world), "--port", str(port)], tmp_path_factory.mktemp("site"), f"{url}/readyz"):
        _wait_for_search(f"{url}/api/v1/search?q=ley")
        yield url


def _wait_for_search(address: str) -> None:
    """Returns when the index is made: a server answers all else before."""
    until_s = time.monotonic() + SEARCH_S
    while time.monotonic() < until_s:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 - an address on loopback
            return
        except HTTPError as refused:
            refused.close()
            time.sleep(0.1)
    pytest.fail(f"{address}: the index is not made within {SEARCH_S} s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window; without it tests are skipped, but fail in CI."""
    from playwright.sync_api import sync_playwright

    path = require("chromium", "chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, site_url: str) -> Iterator[Visitor]:
    """Opens pages of the site; what they did wrong fails the test at its end."""
    visitor = Visitor(browser, site_url)
    yield visitor
    for context in browser.contexts:
        context.close()
    assert not visitor.found(), "\n".join(visitor.found())
