"""The pages as readers meet them: with keys alone, on narrow windows, enlarged, without scripts, mirrored, on paper.

That no page writes an error on the console, breaks the content security policy or asks another server is checked by
``visit`` itself, after every test.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.pages import PAGES, KnownPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Visitor

pytest_plugins = ["tests.browser"]

NARROW = (640, 390, 320)  # 640 is a window of 1280 enlarged to 200 %, 320 one of 1280 enlarged to 400 %
LEAST_PDF_BYTES = 10_000
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    text: one.textContent.trim() || one.getAttribute("aria-label") || one.name || "", tag: one.tagName.toLowerCase(),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    isSeen: box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth && box.bottom > 0,
  };
}"""


def width_of(page: Page) -> int:
    """How wide the content of a page is."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def choose(page: Page, name: str, letters: str) -> None:
    """Chooses in the list of a label as one does with keys: goes to it and types the beginning of what is wanted."""
    page.get_by_role("combobox", name=re.compile(f"^{name}")).focus()
    page.keyboard.type(letters)


@pytest.mark.parametrize("known", PAGES, ids=[known.kind for known in PAGES])
def test_every_page(visit: Visitor, known: KnownPage) -> None:
    """One heading of the first rank, a title, landmarks; nothing sticks out, however narrow the window."""
    page = visit(known.at(), status=known.status)
    assert page.locator("h1").count() == 1
    assert page.locator("h1").inner_text().strip()
    assert page.title().endswith("· Member States Questionnaire")
    assert all(page.locator(landmark).count() == 1 for landmark in ("main", "header.site", "footer.site"))
    assert width_of(page) <= 1280
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        assert width_of(page) <= width, f"{width_of(page)} on {width}"


@pytest.mark.parametrize("known", PAGES, ids=[known.kind for known in PAGES])
def test_the_language_can_be_switched_on_every_page(visit: Visitor, known: KnownPage) -> None:
    """To the same page, with its parameters; without a script."""
    page = visit(known.at(), has_javascript=False, status=known.status)
    page.locator(".languages").get_by_role("link", name="Français").click()
    page.wait_for_url("**/fr/**")
    assert page.url == f"{visit.url}{known.at('fr')}"
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.locator("main").inner_text().strip()


def test_links_are_reached_in_order_and_seen(visit: Visitor) -> None:
    """From the skip link through the header: each stop is in sight and has an outline."""
    page = visit("/en/countries/PRY")
    stops = []
    for _ in range(22):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    names = [stop["text"] for stop in stops]
    assert names[:5] == ["Skip to the content", "Member States Questionnaire", "q", "Search", "English"]
    assert names[10:12] == ["Countries", "Questions"]
    assert [stop for stop in stops if not stop["isSeen"] or stop["outline"] < 2] == []


def test_the_skip_link_leads_to_the_content(visit: Visitor) -> None:
    """Enter on it, and the next stop is the first link of the content."""
    page = visit("/en/countries/PRY")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_map_with_keys(visit: Visitor) -> None:
    """Another indicator by typing; a country's value at the focus, put away by Escape; Enter leads to the country."""
    page = visit("/en/")
    choose(page, "What the map shows", "Human")
    page.get_by_role("button", name="Show").press("Enter")
    page.wait_for_url("**/en/map/hci-2024")
    assert page.locator("h1").inner_text() == "Human Capital Index, 2024"
    country = page.locator("svg.map a[href$='/countries/PRY']")
    country.focus()
    tip = page.locator(".map-tip")
    assert tip.inner_text() == country.get_attribute("aria-label")
    assert tip.inner_text().startswith("Paraguay: 0.")
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/countries/PRY")


def test_the_map_with_a_pointer(visit: Visitor) -> None:
    """A choice shows at once; the value stands beside the pointer, and a click leads to the country."""
    page = visit("/en/map/egdi-2020")
    page.get_by_label("Edition").dispatch_event("pointerdown")
    page.get_by_label("Edition").select_option("2018")
    page.wait_for_url("**/en/map/egdi-2018")
    country = page.locator("svg.map a[href$='/countries/PRY'] path")
    country.hover()
    assert page.locator(".map-tip").inner_text().startswith("Paraguay: ")
    country.click()
    page.wait_for_url("**/en/countries/PRY")


def test_the_map_can_be_skipped(visit: Visitor) -> None:
    """Nobody has to go through 193 links."""
    page = visit("/en/map/egdi-2020")
    page.locator(".skip-map").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Download as CSV"


def test_two_countries_are_compared_with_keys_alone(visit: Visitor) -> None:
    """Two countries, only differences, Enter: what is left differs."""
    page = visit("/en/compare")
    choose(page, "Country 1", "Paraguay")
    choose(page, "Country 2", "Uruguay")
    choose(page, "Show", "only differences i")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["text"] == "Compare"
    page.keyboard.press("Enter")
    page.wait_for_url("**country=PRY&country=URY**show=substance**")
    rows = page.locator("tr.compared")
    assert rows.count() > 0
    assert rows.count() == page.locator("tr.compared .tag-different").count()
    assert page.locator("#country-1").input_value() == "URY"


def test_a_search_is_narrowed(visit: Visitor) -> None:
    """From the header of any page; then to laws, then to a country, and on to the law."""
    page = visit("/en/about")
    page.locator("#find").fill("ley transparencia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search?q=ley+transparencia")
    found = page.locator("ol.hits > li")
    everything = found.count()
    page.get_by_role("navigation", name="Kinds of what was found").get_by_role("link", name="Laws").click()
    page.wait_for_url("**kind=law**")
    laws = found.count()
    assert 0 < laws < everything
    page.locator("select[name=country]").select_option("PRY")
    page.locator("main").get_by_role("button", name="Search").click()
    page.wait_for_url("**country=PRY**")
    assert 0 < found.count() < laws
    found.get_by_role("link", name="Ley de transparencia").first.click()
    page.wait_for_url("**/en/laws/PRY/law-5189-2014")


def test_pages_need_no_script(visit: Visitor) -> None:
    """Each says the same without one; the map has its values in words, the editor is a form."""
    for known in PAGES:
        page = visit(known.at(), has_javascript=False, status=known.status)
        assert len(page.locator("main").inner_text()) > 80, known.kind
        assert page.locator("noscript").count() == 0, known.kind
        page.context.close()
    page = visit("/en/map/egdi-2020", has_javascript=False)
    page.get_by_label("Edition").select_option("2018")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/en/map/egdi-2018")
    assert "Paraguay: 0." in (page.locator("svg.map a[href$='/countries/PRY'] title").text_content() or "")
    page.get_by_text("The same values as a table").click()
    assert page.locator(".map-table tbody tr").count() == 193


def test_arabic_is_mirrored(visit: Visitor) -> None:
    """What is on the left in English is on the right in Arabic; words of other scripts keep their direction."""
    for path in ("", "countries/PRY", "search?q=ley"):
        english, arabic = visit(f"/en/{path}"), visit(f"/ar/{path}")
        for place in (".brand", "h1"):
            left = english.locator(place).evaluate("(one) => one.getBoundingClientRect().left")
            right = arabic.locator(place).evaluate("(one) => innerWidth - one.getBoundingClientRect().right")
            assert right == pytest.approx(left, abs=20), place
        assert arabic.evaluate("getComputedStyle(document.body).direction") == "rtl"
        english.context.close()
        arabic.context.close()
    quote = visit("/ar/answers/2020/PRY/1").locator("blockquote").first
    assert quote.evaluate("(one) => getComputedStyle(one).direction") == "ltr"


@pytest.mark.parametrize("path", ["", "countries/PRY", "compare?country=PRY&country=URY", "questions/2020/9"])
def test_pages_are_printed_without_what_is_for_screens(visit: Visitor, path: str) -> None:
    """On paper there is the content, black on white in the dark theme, too, and no menus or forms."""
    page = visit(f"/en/{path}", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("nav.main").is_visible()
    assert not page.locator("form:visible").count()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("h1").evaluate("(one) => getComputedStyle(one).color") == "rgb(0, 0, 0)"
    pdf = page.pdf()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > LEAST_PDF_BYTES


def test_nothing_moves_for_who_wants_no_motion(visit: Visitor) -> None:
    """``visit`` asks for reduced motion: no animation runs, and scrolling jumps."""
    for path in ("", "query", "countries/PRY"):
        page = visit(f"/en/{path}")
        if path == "query":
            page.wait_for_selector(".CodeMirror")
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
