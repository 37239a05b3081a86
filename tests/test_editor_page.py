"""The SPARQL editor in a browser: it runs, completes and lets go, asks nobody else, and works without its script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import Visitor

pytest_plugins = ["tests.browser"]

TWO_ROWS = "SELECT ?n { VALUES ?n { 1 2 } }"


def text_of_editor(page: Page) -> str:
    """What stands in the editor."""
    text: str = page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    return text


def write(page: Page, sparql: str) -> None:
    """Types a query in the place of what is there."""
    page.click(".CodeMirror")
    page.keyboard.press("Control+A")
    page.keyboard.type(sparql)


def test_a_query_is_run_below_the_editor(visit: Visitor) -> None:
    """Run shows rows, the address of the page becomes that of the query, and a reload brings it back."""
    page = visit("/en/query")
    write(page, TWO_ROWS)
    page.get_by_role("button", name="Run", exact=True).click()
    page.wait_for_selector("#answer tbody tr")
    assert page.locator("#answer tbody tr").count() == 2
    assert page.url == f"{visit.url}/en/query?{urlencode({'query': TWO_ROWS})}"
    page.reload()
    assert text_of_editor(page) == TWO_ROWS
    assert not page.get_by_role("button", name="Stop").is_visible()


def test_a_question_is_one_click(visit: Visitor) -> None:
    """A question of the project comes into the editor and is answered; the list can be searched."""
    page = visit("/en/query")
    page.get_by_label("Find a question").fill("leads e-gov")
    link = page.get_by_role("link", name="Which agency leads e-government?")
    assert page.locator(".examples li:visible").count() == 1
    link.click()
    page.wait_for_selector("#answer tbody tr")
    assert text_of_editor(page).startswith("# Which agency leads e-government?")
    assert page.url.endswith("/en/query?question=which-agency-leads-e-government")


def test_terms_of_the_data_are_completed(visit: Visitor) -> None:
    """Classes after `a`, properties elsewhere, graphs after GRAPH; the prefix comes by itself."""
    page = visit("/en/query")
    write(page, "SELECT * { ?x a msq:Agen")
    page.locator(".CodeMirror-hint", has_text="msq:Agency").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" ; msq:websi")
    page.locator(".CodeMirror-hint", has_text="msq:website").first.wait_for()
    page.keyboard.press("Enter")
    assert text_of_editor(page) == (
        "PREFIX msq: <https://w3id.org/msqgraph/ontology#>\nSELECT * { ?x a msq:Agency ; msq:website"
    )
    write(page, "SELECT * { GRAPH facts")
    page.locator(".CodeMirror-hint", has_text="graph/facts/2020/PRY>").wait_for()


def test_terms_are_found_by_their_label_in_the_language_of_the_page(visit: Visitor) -> None:
    """Who knows the Spanish word finds the English name."""
    page = visit("/es/query")
    write(page, "SELECT * { ?x a encuest")
    labels = page.evaluate(
        "fetch('/es/query/terms.json').then((r) => r.json()).then((t) => t.classes.map((c) => c[1]))"
    )
    word = next(label for label in labels if " " not in label and len(label) > 5)
    write(page, f"SELECT * {{ ?x a {word}")
    page.locator(".CodeMirror-hint .hint-about", has_text=word).first.wait_for()


def test_the_keyboard_can_leave_the_editor(visit: Visitor) -> None:
    """Tab goes on to the buttons and comes back: no trap (WCAG 2.1.2)."""
    page = visit("/en/query")
    page.click(".CodeMirror")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "run"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.CodeMirror') !== null")
    write(page, TWO_ROWS)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer tbody tr")


def test_an_error_is_told_in_words(visit: Visitor) -> None:
    """While typing by its line, with a sign beside it; from the server by its reason."""
    page = visit("/en/query")
    write(page, "SELECT * {\n ?x ?y }")
    assert page.locator("#wrong").inner_text() == "Line 2: this is no SPARQL yet."
    assert page.locator(".wrong-line").count() == 1
    visit.expected.append("status of 400")
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_role("heading", name="The query has an error").wait_for()


def test_an_answer_is_drawn_below_the_editor(visit: Visitor) -> None:
    """The buttons of an answer stay within the page of the editor."""
    page = visit("/en/query")
    write(page, 'SELECT ?iso3 ?n { VALUES (?iso3 ?n) { ("PRY" 1) ("URY" 2) } }')
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Bars").click()
    assert page.locator(".chart img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 100
    assert page.url.startswith(f"{visit.url}/en/query?")


def test_a_link_can_hold_the_query_behind_the_hash(visit: Visitor) -> None:
    """The address that Yasgui's own links have works, too."""
    page = visit(f"/en/query#{urlencode({'query': TWO_ROWS})}")
    page.wait_for_selector(".CodeMirror")
    assert text_of_editor(page) == TWO_ROWS


def test_the_link_is_copied(visit: Visitor) -> None:
    """What is copied is the address of the query on this page."""
    page = visit(f"/en/query?{urlencode({'query': TWO_ROWS})}")
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("The link is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_form_works_without_its_script(visit: Visitor) -> None:
    """A text field, a button, a page of results."""
    page = visit("/en/query?question=which-agency-leads-e-government", has_javascript=False)
    assert page.get_by_label("SPARQL query").input_value().startswith("# Which agency leads e-government?")
    page.get_by_role("button", name="Run").click()
    page.wait_for_url("**/en/results?**")
    assert page.locator("table.answer tbody tr").count() > 1


def test_the_page_is_not_wider_than_a_phone(visit: Visitor) -> None:
    """On 390 pixels nothing sticks out, from right to left either; the editor itself stays left to right."""
    for language in ("en", "ar"):
        page = visit(f"/{language}/query?{urlencode({'query': TWO_ROWS})}", width=390, color_scheme="dark")
        page.wait_for_selector(".CodeMirror")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate("getComputedStyle(document.querySelector('.CodeMirror')).direction") == "ltr"
