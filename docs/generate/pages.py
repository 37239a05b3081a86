"""The pages that are made and not written: where each is on the site, what it is called, and what makes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from docs.generate.asset_pages import context_page, mappings_page, queries_page, shapes_page
from docs.generate.code_pages import commands_page, python_page
from docs.generate.vocabulary_pages import codes_page, form_page, ontology_page
from msqgraph.questionnaire import editions


@dataclass(frozen=True, slots=True)
class Made:
    """A page with what gives its HTML."""

    title: str
    html: Callable[[], str]


PAGES: dict[str, Made] = {
    "reference/commands.md": Made("Command line", commands_page),
    "reference/python.md": Made("Python", python_page),
    "reference/ontology.md": Made("Ontology", ontology_page),
    "reference/codes.md": Made("Code lists", codes_page),
    **{f"reference/questionnaire-{e}.md": Made(f"Questionnaire {e}", partial(form_page, e)) for e in editions()},
    "reference/queries.md": Made("Queries", queries_page),
    "reference/shapes.md": Made("Shapes", shapes_page),
    "reference/mappings.md": Made("Mapping rules", mappings_page),
    "reference/context.md": Made("JSON-LD context", context_page),
}


def decisions_index(notes: Iterable[Path]) -> str:
    """The list of decisions in Markdown, each with the title that its note has.

    :raises ValueError: if a note has no title.
    """
    lines = ["# Decisions", "", "What was looked at, measured and chosen, and why.", ""]
    for note in notes:
        title = re.search(r"^# (.+)$", note.read_text(encoding="utf-8"), re.MULTILINE)
        if not title:
            raise ValueError(f"{note.name}: no line `# Title` — give it one")
        lines.append(f"- {note.name[:4]}: [{title[1]}]({note.name})")
    return "\n".join([*lines, ""])
