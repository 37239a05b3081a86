"""Every kind of page can be used by everybody: axe-core finds nothing, in two looks that differ in all that can differ.

One look is English, light, wide; the other Arabic (from right to left), dark, and as narrow as a phone.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest
from starlette.requests import Request

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.linked_data.absence import gone_page
from msqgraph.server.linked_data.tombstones import Tombstone
from msqgraph.server.pages.failure import failure
from msqgraph.server.pages.rendering import Page as Written
from msqgraph.server.site_facts import SiteFacts
from tests.conftest import ROOT
from tests.pages import PAGES, KnownPage
from tests.system import require_file

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from starlette.responses import Response

    from tests.browser import Visitor

pytest_plugins = ["tests.browser"]

AXE = ROOT / "tests" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_CHECKS = 15  # rules that apply to any page of the site: fewer, and axe looked at nothing


class Look(NamedTuple):
    """How a page is looked at: its language, the theme, the width of the window in CSS pixels."""

    language: str
    color_scheme: Literal["light", "dark"]
    width: int


LOOKS = (Look("en", "light", 1280), Look("ar", "dark", 390))

EVERY_LOOK = "MSQGRAPH_EVERY_LOOK"
# each page in one of the looks, in turn, or in both: `make accessibility`
LOOKED_AT = [
    (known, look)
    for number, known in enumerate(PAGES)
    for look in (LOOKS if os.environ.get(EVERY_LOOK) else [LOOKS[number % 2]])
]


@cache
def axe() -> str:
    """The script of axe-core; without it tests are skipped, but fail in CI."""
    require_file(str(AXE), "axe-core")
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """What axe finds on a page: rule, impact, the first places, and how to mend it."""
    page.evaluate(axe())  # by the debugger's protocol, which the content security policy leaves alone
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    assert len(found["passes"]) >= LEAST_CHECKS, [rule["id"] for rule in found["passes"]]
    return [
        f"{rule['id']} ({rule['impact']}), {len(rule['nodes'])} ×: {node['html'][:300]}\n{node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"][:2]
    ]


def ready(page: Page) -> Page:
    """A page whose script has done its work, too."""
    if page.url.endswith("/query"):
        page.wait_for_selector(".CodeMirror")
    return page


@pytest.mark.parametrize(
    ("known", "look"), LOOKED_AT, ids=[f"{known.kind}-{look.language}" for known, look in LOOKED_AT]
)
def test_axe_finds_nothing(visit: Visitor, known: KnownPage, look: Look) -> None:
    """No violation of WCAG 2.2 A and AA, nor of axe's best practices, of whatever impact."""
    axe()
    language, color_scheme, width = look
    page = ready(visit(known.at(language), width=width, color_scheme=color_scheme, status=known.status))
    assert page.evaluate("document.documentElement.lang") == language
    found = violations(page)
    assert not found, "\n".join(found)


def request(language: str) -> Request:
    """A request of a reader for whom no page can be made, below a site that has nothing but its facts."""

    class App:
        """An application with no data."""

        class state:  # noqa: N801 - as Starlette spells it
            """What every page needs."""

            site = SiteFacts(DEFAULT_BASE, editions=("2020",), questionnaires=("2020",))

    headers = [(b"accept-language", language.encode()), (b"host", b"localhost")]
    path = f"/{language}/countries/PRY"
    return Request({"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers, "app": App})


def html_of(made: Response) -> bytes:
    """The bytes of an answer, which for a page are written when it is sent."""
    return made.written() if isinstance(made, Written) else bytes(made.body)


GONE = Tombstone(
    "replaced", "One agency under two names.", "2026-11-24", f"{DEFAULT_BASE}id/agency/PRY/gabinete-social"
)


@pytest.mark.parametrize("look", LOOKS, ids=["-".join(map(str, look)) for look in LOOKS])
@pytest.mark.parametrize("status", [410, 500, 503])
def test_pages_of_what_went_wrong(visit: Visitor, look: Look, status: int) -> None:
    """Gone, a mistake, too busy: pages of the site as well, made without a look into the data."""
    axe()
    language, color_scheme, width = look
    asked = request(language)
    made: Response = (
        gone_page(asked, DEFAULT_BASE, "id/agency/PRY/x", GONE)
        if status == 410
        else failure(asked, status, "The server has too much to do.", 5, "5f2c91aa")
    )
    assert made.status_code == status
    assert made.headers["content-language"] == language
    page = visit(f"/{language}/about", width=width, color_scheme=color_scheme)
    page.route("**/wrong", lambda route: route.fulfill(status=status, content_type="text/html", body=html_of(made)))
    visit.expected.append(f"status of {status}")
    page.goto(f"{visit.url}/wrong")
    assert page.locator("h1").count() == 1
    assert page.locator("header .languages a").count() == 6
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = violations(page)
    assert not found, "\n".join(found)
