"""What ProperDocs calls while it builds the site: pages are added, linked, ordered, and indexed for the search."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msqgraph
from docs.generate import pages as generated
from docs.generate.navigation import arranged
from docs.generate.repository_links import for_site
from docs.generate.sections import Section, anchors_of, search_index, sections_of

if TYPE_CHECKING:
    from properdocs.config.defaults import ProperDocsConfig
    from properdocs.structure.files import Files
    from properdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
FROM_ROOT = {"changelog.md": "CHANGELOG.md", "contributing.md": "CONTRIBUTING.md"}
_sections: dict[str, list[Section]] = {}


def on_config(config: ProperDocsConfig) -> ProperDocsConfig:
    """The configuration with what the theme shows besides."""
    config.extra["version"] = msqgraph.__version__
    _sections.clear()
    return config


def on_files(files: Files, config: ProperDocsConfig) -> Files:
    """With the pages made from code and assets and those of the repository's root; and the order of all of them."""
    from properdocs.structure.files import File

    for uri, file in FROM_ROOT.items():
        files.append(File.generated(config, uri, content=(ROOT / file).read_text(encoding="utf-8")))
    decisions = sorted(file.src_uri for file in files.documentation_pages() if file.src_uri.startswith("decisions/"))
    index = generated.decisions_index([ROOT / "docs" / uri for uri in decisions])
    files.append(File.generated(config, "decisions/index.md", content=index))
    for uri, page in generated.PAGES.items():
        files.append(File.generated(config, uri, content=f"# {page.title}\n"))
    config.nav = arranged(file.src_uri for file in files.documentation_pages())
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """A page's text with links that hold on the site."""
    uri = page.file.src_uri
    return for_site(markdown, uri, FROM_ROOT.get(uri, f"docs/{uri}"))


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """A page's HTML: that of a generated page is made here; wide tables can be scrolled with the keyboard, too."""
    made = generated.PAGES.get(page.file.src_uri)
    if made:
        html = made.html()
        page.present_anchor_ids = (page.present_anchor_ids or set()) | anchors_of(html)
    opened = '<div class="wide" role="region" aria-label="Table" tabindex="0"><table'
    return html.replace("<table", opened).replace("</table>", "</table></div>")


def on_page_context(context: dict[str, Any], page: Page, **_: Any) -> dict[str, Any]:
    """With the headings of a page, and the way from it to the root of the site."""
    found = sections_of(page.content or "")
    _sections[page.url] = found
    context["headings"] = [section for section in found if section.level > 1 and section.anchor]
    context["root"] = "../" * (len(PurePosixPath(page.url).parts) - 1)
    context["title"] = found[0].title if found else str(page.title)
    return context


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    """Nothing for ProperDocs' own site map: it would carry the day of the build."""
    return "" if template_name == "sitemap.xml" else output_content


def on_post_build(config: ProperDocsConfig) -> None:
    """The index of the search is written when all pages are known."""
    Path(config.site_dir, "search-index.js").write_text(search_index(_sections), encoding="utf-8")
