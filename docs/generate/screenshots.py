"""Pictures of the site for docs/website.md: ``python -m docs.generate.screenshots`` (needs Chromium and the tests).

The site is served from the tests' dataset of two countries and photographed in windows of fixed sizes, without motion.
Each picture is brought to a palette of few colours, which keeps all of them together below 1.5 MB. Fonts are those of
the machine: drawn anew elsewhere, letters may differ by a pixel.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

from msqgraph.answers import write_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).parents[1] / "screenshots"
MOST_BYTES = 1_500_000
_COLOURS = 96
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the name of its file, the path on the site, the window in CSS pixels, the theme.

    ``scroll_to`` is a CSS selector of what stands at the top, and ``click`` of what is clicked before; or empty.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 860
    color_scheme: Literal["light", "dark"] = "light"
    scroll_to: str = ""
    click: str = ""


PICTURES = (
    Picture("start", "en/", height=1180),
    Picture("start-dark", "en/map/egdi-2020", color_scheme="dark"),
    Picture("country", "en/countries/PRY"),
    Picture("answers", "en/countries/PRY", scroll_to="#q-3"),
    Picture("country-on-a-phone", "ar/countries/PRY", 390, 844),
    Picture("compare", "en/compare?country=PRY&country=URY&edition=2020&show=differences", height=1150),
    Picture("question", "en/questions/2020/9", height=1280),
    Picture("agency", "en/agencies/PRY/ministerio-de-tecnologias-de-la-informacion-y-comunicacion"),
    Picture("search", f"en/search?{urlencode({'q': 'gobierno electrónico'})}"),
    Picture("asked", "en/asked"),
    Picture(
        "chart",
        f"en/asked/how-did-a-countrys-egdi-develop?{urlencode({'country': 'PRY', 'as': 'line'})}",
        scroll_to=".parameters",
    ),
    Picture("editor", "en/query?question=which-agency-leads-e-government", click="#run", height=1150),
)


def draw(url: str, program: str, pictures: tuple[Picture, ...] = PICTURES) -> dict[str, bytes]:
    """The pictures of the site at an address, as PNG, by the names of their files.

    :param program: the path of Chromium.
    :raises ValueError: if they are too large together.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        drawn = {f"{one.name}.png": _few_colours(_taken(browser, url, one)) for one in pictures}
        browser.close()
    total = sum(map(len, drawn.values()))
    if total > MOST_BYTES:
        msg = f"the pictures have {total:,} bytes together: leave one out, or make the windows smaller"
        raise ValueError(msg)
    return drawn


def _taken(browser: Browser, url: str, picture: Picture) -> bytes:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.color_scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{url}/{picture.path}", wait_until="networkidle")
    if picture.click:
        page.click(picture.click)
        page.wait_for_load_state("networkidle")
        page.wait_for_selector("#answer table")
        page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    if picture.scroll_to:
        page.locator(picture.scroll_to).first.evaluate("(one) => one.scrollIntoView()")
    taken = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return taken


def _few_colours(png: bytes) -> bytes:
    from PIL import Image

    image = Image.open(io.BytesIO(png)).convert("RGB")
    made = io.BytesIO()
    image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> None:
    """Draws all pictures anew, and removes those that are none any more."""
    from tests.conftest import write_world
    from tests.system import free_port, require, running

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        dataset, port = Path(temporary) / "build", free_port()
        write_world(dataset)
        url = f"http://127.0.0.1:{port}"
        program = str(Path(sys.executable).with_name("msqgraph"))
        with running([program, "serve", str(dataset), "--port", str(port)], Path(temporary), f"{url}/readyz"):
            drawn = draw(url, require("chromium", "chromium"))
    for old in set(FOLDER.glob("*.png")) - {FOLDER / name for name in drawn}:
        old.unlink()
    for name, png in drawn.items():
        write_file(FOLDER / name, png)


if __name__ == "__main__":
    main()
