"""The order of the pages: by what a reader wants, and by pattern, so that a new page is found without being listed."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Of a group the first pattern comes first; what fits no pattern is reference.
GROUPS: dict[str, tuple[str, ...]] = {
    "Start": (r"index", r"tutorial"),
    "How to": (
        r"how-to-read-documents",
        r"how-to-add-a-response",
        r"how-to-correct",
        r"how-to-ask",
        r"how-to-publish",
        r"how-to-.*",
    ),
    "Explanation": (r"model", r"explanation-.*", r"sources", r"accuracy", r"performance", r"security"),
    "Reference": (
        r"reference/commands",
        r"reference/python",
        r"reference/ontology",
        r"reference/codes",
        r"reference/questionnaire-.*",
        r"questions",
        r"reference/queries",
        r"reference/(?:shapes|mappings|context)",
        r".*",
    ),
    "Decisions": (r"decisions/index", r"decisions/.*"),
    "Project": (r"changelog", r"contributing"),
}
_LAST = "Reference"


def arranged(pages: Iterable[str]) -> list[dict[str, list[str]]]:
    """The pages in groups, in the form of ProperDocs' ``nav``.

    >>> arranged(["model.md", "how-to-ask.md", "index.md", "tables.md"])[1:]
    [{'How to': ['how-to-ask.md']}, {'Explanation': ['model.md']}, {'Reference': ['tables.md']}]
    """
    found: dict[str, list[tuple[int, str]]] = {group: [] for group in GROUPS}
    for page in pages:
        group, place = _place(page.removesuffix(".md"))
        found[group].append((place, page))
    return [{group: [page for _, page in sorted(some)]} for group, some in found.items() if some]


def _place(page: str) -> tuple[str, int]:
    ordered = sorted(GROUPS, key=lambda group: group == _LAST)
    return next((g, n) for g in ordered for n, pattern in enumerate(GROUPS[g]) if re.fullmatch(pattern, page))
