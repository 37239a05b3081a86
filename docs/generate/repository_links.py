"""Links of a page that is read in the repository, made links of a page that is read on the site.

What the site shows elsewhere is linked there: a query on the page of queries, the changelog on its page. What it does
not show, such as the sample's document, is named and not linked: a site that is read offline must not lead nowhere.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath

PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "docs/decisions": "decisions/index.md",
    "ontology": "reference/ontology.md",
    "ontology/msq.ttl": "reference/ontology.md",
    "ontology/codes.ttl": "reference/codes.md",
    "ontology/alignments": "reference/codes.md",
    "queries": "reference/queries.md",
    "shapes": "reference/shapes.md",
    "mappings": "reference/mappings.md",
    "mappings/response.context.jsonld": "reference/context.md",
}
_FORM = re.compile(r"ontology/(questionnaire-\d{4})\.ttl")
_CODE = re.compile(r"(^```.*?^```$|`[^`\n]*`)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s#]*)(?P<anchor>#[^)\s]*)?\)")


def for_site(markdown: str, page: str, file: str) -> str:
    """A page's Markdown with links that hold on the site.

    :param page: its path on the site (``changelog.md``).
    :param file: its path in the repository (``CHANGELOG.md``).

    >>> for_site("[one](../queries/who-rose-most.rq), [two](../LICENSE)", "questions.md", "docs/questions.md")
    '[one](reference/queries.md#who-rose-most), two (`LICENSE`)'
    >>> for_site("`[as it is](../LICENSE)`", "questions.md", "docs/questions.md")
    '`[as it is](../LICENSE)`'
    """
    parts = _link_or_code(markdown)
    return "".join(part if is_code else _LINK.sub(lambda m: _moved(m, page, file), part) for is_code, part in parts)


def _link_or_code(markdown: str) -> list[tuple[bool, str]]:
    """Stretches of code, which stay, and of text; a link whose words are code is text."""
    parts, at = list[tuple[bool, str]](), 0
    for match in _CODE.finditer(markdown):
        if markdown[max(match.start() - 1, 0) : match.start()] == "[" and markdown[match.end() :].startswith("]("):
            continue
        parts += [(False, markdown[at : match.start()]), (True, match[0])]
        at = match.end()
    return [*parts, (False, markdown[at:])]


def _moved(match: re.Match[str], page: str, file: str) -> str:
    target, anchor, text = match["target"], match["anchor"] or "", match["text"]
    if not target or re.match(r"[a-z]+:", target):
        return match[0]
    in_repository = posixpath.normpath(posixpath.join(posixpath.dirname(file), target))
    on_site = page_of(in_repository)
    if on_site is None:
        return text if text.strip("`") == in_repository else f"{text} (`{in_repository}`)"
    path, _, fragment = on_site.partition("#")
    relative = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return f"{match['image']}[{text}]({relative}{anchor or (fragment and '#' + fragment)})"


def page_of(file: str) -> str | None:
    """Where the site shows a file of the repository; None if it does not.

    >>> page_of("docs/model.md"), page_of("ontology/questionnaire-2020.ttl"), page_of("LICENSE")
    ('model.md', 'reference/questionnaire-2020.md', None)
    """
    path = PurePosixPath(file)
    if file in PAGES:
        return PAGES[file]
    if form := _FORM.fullmatch(file):
        return f"reference/{form[1]}.md"
    if path.parent.as_posix() == "queries" and path.suffix == ".rq":
        return f"reference/queries.md#{path.stem}"
    if path.parts[0] in ("shapes", "mappings") and path.suffix in (".ttl", ".rq"):
        return f"reference/{path.parts[0]}.md#{asset_anchor(file)}"
    if path.parts[0] == "docs" and path.suffix in (".md", ".ipynb", ".svg"):
        return path.relative_to("docs").as_posix()
    return None


def asset_anchor(file: str) -> str:
    """The anchor of a file of an asset folder on the page of that folder.

    >>> asset_anchor("mappings/corroboration/role.rq")
    'corroboration--role'
    """
    return "--".join(PurePosixPath(file).with_suffix("").parts[1:])
