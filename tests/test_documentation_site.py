"""The documentation site: complete, connected, readable by everybody, and in need of no network."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

from docs.generate import diagram
from docs.generate.code_pages import commands
from docs.generate.rendering import code_anchor, form_anchor
from docs.generate.vocabulary import LANGUAGES, schemes, terms
from msqgraph.queries import query_names
from msqgraph.questionnaire import editions, load_questionnaire
from tests.conftest import ROOT

LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "video": "src",
    "embed": "src",
}
CSS = ROOT / "docs" / "site" / "theme" / "assets" / "site.css"
COLOURS = re.compile(r"--(?P<name>[a-z]+): (?P<colour>#[0-9a-f]{6})")
AA = 4.5


@dataclass
class Seen(HTMLParser):
    """What a page holds: anchors, links, what it loads, headings."""

    anchors: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    title: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One tag more."""
        values = dict(attrs)
        self.tags.append((tag, values))
        self._in_title = tag == "title"
        if values.get("id"):
            self.anchors.append(values["id"] or "")
        if tag == "a" and values.get("href"):
            self.links.append(values["href"] or "")
        if tag in LOADING and values.get(LOADING[tag]):
            self.loaded.append(values[LOADING[tag]] or "")

    def handle_data(self, data: str) -> None:
        """The title's words."""
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        """The title ends."""
        self._in_title = self._in_title and tag != "title"

    def count(self, tag: str) -> int:
        """How often a tag occurs."""
        return sum(name == tag for name, _ in self.tags)


def build(folder: Path) -> Path:
    """The site, built as documented; a warning is an error."""
    command = [sys.executable, "-m", "properdocs", "build", "--strict", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built once."""
    return build(tmp_path_factory.mktemp("site") / "docs")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Seen]:
    """Every page of the site, read."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        found[path] = Seen()
        found[path].feed(path.read_text(encoding="utf-8"))
    assert len(found) > 25
    return found


def test_every_link_leads_to_a_page_and_its_anchor(site: Path, pages: dict[Path, Seen]) -> None:
    """Pages, files and anchors; links to elsewhere are left to their owners."""
    looked_at, broken = 0, []
    for path, page in pages.items():
        for link in page.links + page.loaded:
            if urlsplit(link).scheme:
                continue
            looked_at += 1
            file, anchor = urldefrag(link)
            target = (path.parent / unquote(file)).resolve() if file else path
            lost = anchor and target.suffix == ".html" and unquote(anchor) not in pages[target].anchors
            if not target.is_file() or lost:
                broken.append(f"{path.relative_to(site)} → {link}")
    assert looked_at > 2000
    assert broken == []


def test_nothing_is_loaded_from_elsewhere(site: Path, pages: dict[Path, Seen]) -> None:
    """No style sheet, script, picture, font or frame has an address on the network, nor does one ask for it."""
    loaded = [source for page in pages.values() for source in page.loaded]
    assert len(loaded) > 3 * len(pages) - 5
    assert [source for source in loaded if urlsplit(source).scheme or source.startswith("//")] == []
    own = [*site.rglob("*.css"), *(site / "assets").rglob("*.js"), *site.rglob("*.svg")]
    assert len(own) >= 4
    asking = re.compile(r"url\(|@import|fetch\(|XMLHttpRequest|sendBeacon|(?<!xmlns=\")(?<!xmlns:xlink=\")https?://")
    assert [path.name for path in own if asking.search(path.read_text(encoding="utf-8"))] == []
    assert not list(site.rglob("*.woff*"))


def test_every_term_code_and_question_has_its_place(site: Path, pages: dict[Path, Seen]) -> None:
    """The anchors of the ontology's terms are their local names, so that a term's IRI can be led there."""
    reference = site / "reference"
    ontology, codes = (set(pages[reference / name].anchors) for name in ("ontology.html", "codes.html"))
    assert len(terms()) > 100
    assert [term.name for term in terms() if term.name not in ontology] == []
    assert [term.name for term in terms() if not term.group] == [], "a term before the first heading of the file"
    found = schemes()
    assert len(found) > 15
    assert all(concepts for _, concepts in found)
    listed = [resource.iri for scheme, concepts in found for resource in (scheme, *concepts)]
    assert [iri for iri in listed if code_anchor(iri) not in codes] == []
    for edition in editions():
        form = set(pages[reference / f"questionnaire-{edition}.html"].anchors)
        questions = load_questionnaire(edition).questions()
        assert len(questions) > 30
        parts = [part.path for question in questions for part in (question, *question.parts)]
        assert [path for path in parts if form_anchor(path) not in form] == []


def test_every_command_and_query_has_its_section(site: Path, pages: dict[Path, Seen]) -> None:
    """Whatever can be typed is described."""
    described = set(pages[site / "reference" / "commands.html"].anchors)
    names = [command.name for command in commands()]
    assert {"read", "build", "query", "import-egdi"} <= {name.replace(" ", "-") for name in names}
    assert [name for name in names if name.replace(" ", "-") not in described] == []
    asked = set(pages[site / "reference" / "queries.html"].anchors)
    assert [name for name in query_names() if name not in asked] == []


def test_terms_show_labels_and_examples(site: Path, pages: dict[Path, Seen]) -> None:
    """Labels in all six languages, Arabic from right to left; examples for most terms that the sample uses."""
    codes = pages[site / "reference" / "codes.html"]
    labels = [values for tag, values in codes.tags if tag == "bdi"]
    assert {values["lang"] for values in labels} >= set(LANGUAGES)
    arabic = [values for values in labels if values["lang"] == "ar"]
    assert len(arabic) > 100
    assert [values for values in arabic if values.get("dir") != "rtl"] == []
    assert (site / "reference" / "ontology.html").read_text(encoding="utf-8").count("In the sample") > 80


def test_pages_are_titled_and_have_one_first_heading(pages: dict[Path, Seen]) -> None:
    """Title, language, one h1, one main, a way past the navigation, and no id twice."""
    for path, page in pages.items():
        assert page.title.strip(), path
        assert ("html", {"lang": "en"}) in page.tags, path
        assert (page.count("h1"), page.count("main")) == (1, 1), path
        assert page.links[0] == "#content", path
        assert len(page.anchors) == len(set(page.anchors)), path
        assert [values for tag, values in page.tags if tag == "img" and not values.get("alt")] == [], path
    titles = [page.title for page in pages.values()]
    assert sorted(titles) == sorted(set(titles))


def test_the_search_finds_every_page(site: Path, pages: dict[Path, Seen]) -> None:
    """Each page is in the index, with the words of its languages."""
    index = (site / "search-index.js").read_text(encoding="utf-8")
    assert [path.name for path in pages if f'["{path.relative_to(site).as_posix()}' not in index] == []
    assert all(word in index for word in ("التعليم", "Образование", "教育", "Educación"))


def test_two_builds_are_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Nothing of a page depends on the time or the order of work."""
    again = build(tmp_path / "again")
    first, second = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in (site, again))
    assert len(first) > 30
    assert [path for path in sorted(first | second) if first.get(path) != second.get(path)] == []


def test_the_site_tells_nothing_that_is_private(site: Path) -> None:
    """No page holds a path of the machine, or what is withheld of the sample."""
    from tests.conftest import PRIVATE_PARTS

    texts = [path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in (".html", ".js", ".svg")]
    assert len(texts) > 30
    assert [part for part in (*PRIVATE_PARTS, str(ROOT)) if any(part in text for text in texts)] == []


def test_the_diagram_is_of_this_ontology() -> None:
    """The drawing says which graph it was made from: draw it anew with `python -m docs.generate.diagram`."""
    dot, svg = diagram.graph(), diagram.DRAWING.read_text(encoding="utf-8")
    assert diagram.drawn_from(svg) == diagram.sum_of(dot)
    assert dot.count(" -> ") > 20
    classes = [term.name for term in terms() if term.kind == "class"]
    assert len(classes) > 20
    assert [name for name in classes if f">{name}</" not in svg] == []
    assert "<title" in svg
    assert "<desc" in svg
    assert "<script" not in svg


@pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed: package graphviz")
def test_the_diagram_can_be_drawn() -> None:
    """What Graphviz makes of the graph is the same every time, and has every class."""
    dot = diagram.graph()
    assert diagram.draw(dot) == diagram.draw(dot)


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2.2 defines it.

    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_enough_contrast() -> None:
    """WCAG 2.2 AA, for every colour of text on every colour of ground, in light, dark and print."""
    themes = [
        dict(COLOURS.findall(block)) for block in re.findall(r":root \{(.*?)\}", CSS.read_text("utf-8"), re.DOTALL)
    ]
    assert len(themes) == 3
    for theme in themes:
        grounds = [theme[name] for name in ("paper", "panel", "mark")]
        words = {name: colour for name, colour in theme.items() if name not in ("paper", "panel", "mark", "line")}
        assert len(words) >= 7
        low = {(n, g): round(contrast(c, g), 2) for n, c in words.items() for g in grounds if contrast(c, g) < AA}
        assert low == {}
