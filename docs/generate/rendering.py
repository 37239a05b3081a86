"""HTML out of records: the templates in ``docs/site/pages``, coloured code, and the Markdown of docstrings."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs.generate.vocabulary import LANGUAGES, curie
from msqgraph import assets

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parents[1] / "site" / "pages"
RIGHT_TO_LEFT = ("ar",)


def render(template: str, **values: Any) -> str:
    """A page's HTML; whatever is put into a template is escaped, unless it is HTML of ours.

    :raises jinja2.UndefinedError: if the template asks for something that is not given.
    """
    return _environment().get_template(template).render(**values)


def coloured(text: str, language: str) -> str:
    """A block of code as HTML with classes for its colours.

    >>> "SELECT" in coloured("SELECT * { }", "sparql")
    True
    """
    from markupsafe import Markup
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name

    formatter = HtmlFormatter(cssclass="code", wrapcode=True)
    return Markup(highlight(text, get_lexer_by_name(language), formatter))  # noqa: S704 - Pygments escapes


def from_markdown(text: str) -> str:
    """A short text in Markdown as HTML.

    >>> str(from_markdown("`a` and *b*"))
    '<p><code>a</code> and <em>b</em></p>'
    """
    from markdown import Markdown
    from markupsafe import Markup

    settings = {"codehilite": {"css_class": "code", "guess_lang": False}}
    converter = Markdown(extensions=["fenced_code", "codehilite", "sane_lists"], extension_configs=settings)
    return Markup(converter.convert(text))  # noqa: S704 - docstrings and headers of our own


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(curie=curie, coloured=coloured, markdown=from_markdown, local=local_name)
    environment.globals.update(
        LANGUAGES=LANGUAGES, RIGHT_TO_LEFT=RIGHT_TO_LEFT, BASE=assets.DEFAULT_BASE, link=page_link
    )
    return environment


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("https://w3id.org/msqgraph/ontology#Agency")
    'Agency'
    """
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]


def code_anchor(iri: str) -> str:
    """The anchor of a code list or of a code on the page of code lists.

    >>> code_anchor("https://w3id.org/msqgraph/code/unit/percent"), code_anchor("https://w3id.org/msqgraph/code/unit")
    ('unit--percent', 'unit')
    """
    return iri.removeprefix(f"{assets.DEFAULT_BASE}code/").replace("/", "--")


def page_link(iri: str) -> str:
    """Where a page of the reference shows a thing, seen from its neighbours; empty if none does.

    >>> page_link("https://w3id.org/msqgraph/ontology#Agency"), page_link("http://example.org/")
    ('ontology.html#Agency', '')
    """
    path = iri.removeprefix(assets.DEFAULT_BASE)
    if path.startswith("ontology#"):
        return path.replace("#", ".html#")
    if path.startswith("code/"):
        return f"codes.html#{code_anchor(iri)}"
    if path.startswith("questionnaire/"):
        _, edition, *part = path.split("/", 2)
        return f"questionnaire-{edition}.html" + (f"#{form_anchor(part[0])}" if part else "")
    return ""


def form_anchor(path: str) -> str:
    """The anchor of a part of the form.

    >>> form_anchor("9/open-government-data")
    'q-9--open-government-data'
    """
    return "q-" + path.replace("/", "--")
