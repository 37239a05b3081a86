"""An answer as a person sees it in the terminal: what was asked, where it stands, what was said, ticked, understood and
doubted. Words of strangers are shown with :func:`msqgraph.terminal.printable`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from msqgraph.assets import DEFAULT_BASE
from msqgraph.published import background
from msqgraph.questionnaire import Part
from msqgraph.response import Answer, Mention, Quantity, Understood
from msqgraph.reviews.applying import Conflict
from msqgraph.reviews.queue import Item
from msqgraph.terminal import printable
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from rich.console import Console

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SIGNS = {"ticked": "[x]", "unticked": "[ ]", "unknown": "[?]"}
_KINDS = {"Address": "web page", "Observation": "figure", "Concept": "topic", "Organization": "organisation"}


def show(
    console: Console, title: str, question: Part, answer: Answer, item: Item, conflict: Conflict | None = None
) -> None:
    """Prints one answer under a title, with the reasons to look at it and what depends on it."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in _rows(question, answer, item, conflict):
        table.add_row(label, Text(printable(text)))
    console.print()
    console.print(Text(printable(title), style="bold"), soft_wrap=True)
    console.print(table)


def in_words(understood: Understood | None) -> list[str]:
    """What an answer was taken to mean, a line for each thing.

    >>> in_words(Understood(affirms=True, quantity=Quantity(lower_bound="80", unit="percent")))
    ['the answer is yes', 'the figure is at least 80 percent']
    >>> in_words(Understood(mentions=[Mention("Law", "Ley 1", name="Ley 1", doubts=["negated-or-planned"])]))
    ['law: Ley 1 (Negated or planned)']
    """
    if understood is None:
        return []
    lines = [] if understood.affirms is None else [f"the answer is {'yes' if understood.affirms else 'no'}"]
    if understood.quantity:
        lines.append(f"the figure is {_number(understood.quantity)}")
    return lines + [_mention(mention) for mention in understood.mentions if mention.names != "Observation"]


def explained(doubt: str) -> str:
    """What a doubt means, from the code list.

    >>> explained("displaced-text")
    "Displaced text: The form's own words and the answer are mixed up in the document."
    """
    label = _codes("prefLabel").get(f"doubt/{doubt}", doubt)
    return f"{label}: {_codes('definition').get(f'doubt/{doubt}', 'not in the code list')}"


def boxes(question: Part, ticks: Mapping[str, str]) -> list[str]:
    """The boxes of a question, numbered, with their states.

    >>> boxes(Part("10", "Question", parts=[Part("10/yes", "Option", wording="Yes")]), {"yes": "unknown"})
    ['1 [?] Yes']
    """
    options = zip(question.option_slugs, question.options, strict=True)
    return [
        f"{n} {_SIGNS[ticks.get(slug, 'unknown')]} {option.wording or slug}"
        for n, (slug, option) in enumerate(options, 1)
    ]


def _rows(question: Part, answer: Answer, item: Item, conflict: Conflict | None) -> Iterator[tuple[str, str]]:
    yield "asked", question.wording or f"the part {question.path!r} of the form"
    yield "status", answer.status
    yield "where", _place(answer)
    yield "said", answer.text or "nothing in words"
    yield from _labelled("boxes", boxes(question, answer.ticks))
    yield from _labelled("understood", in_words(answer.understood) or ["nothing, from the words"])
    if answer.review:
        yield "decided", f"{answer.review.decision} by {answer.review.by}, {answer.review.at}"
    if conflict:
        yield from _labelled("conflict", _conflict(question, conflict))
    yield from _labelled("doubtful", [explained(doubt) for doubt in item.doubts])
    unknown = f", {item.unknown_boxes} boxes are unknown" if item.unknown_boxes else ""
    yield "at stake", f"{item.statements} statements rest on it{unknown}"


def _labelled(label: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    for n, line in enumerate(lines):
        yield label if n == 0 else "", line


def _conflict(question: Part, conflict: Conflict) -> list[str]:
    seen = conflict.decision
    return [
        f"{seen.decision} by {seen.by}, {seen.at}, when the answer read otherwise; it was not applied. It read:",
        seen.quote or "nothing in words",
        *boxes(question, seen.ticks_seen),
    ]


def _place(answer: Answer) -> str:
    if answer.page:
        return f"page {answer.page}"
    kind, _, numbers = (answer.place or "").partition("=")
    start, _, end = numbers.partition(",")
    named = {"char": "characters", "line": "lines", "page": "page"}.get(kind)
    return f"{named} {start}{f' to {end}' if end else ''}" if named else "not found in the document"


def _number(quantity: Quantity) -> str:
    low, high = quantity.lower_bound, quantity.upper_bound
    said = quantity.value or (f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}")
    parts = ["about" if quantity.is_approximate else "", said, quantity.unit or ""]
    year = f" (for {quantity.reference_year})" if quantity.reference_year else ""
    return " ".join(filter(None, parts)) + year


def _mention(mention: Mention) -> str:
    kind = _KINDS.get(mention.names, mention.names.lower())
    concept = _codes("prefLabel").get(mention.concept or "", mention.concept)
    act = mention.citation
    cited = " ".join(filter(None, [act.type, act.number, act.date or act.year])) if act else None
    called = mention.name or (cited and mention.quote) or mention.acronym or concept or mention.website or mention.quote
    also = [mention.acronym, mention.title, cited, concept, mention.website, mention.country_iso3]
    details = ", ".join(dict.fromkeys(detail for detail in also if detail and detail != called))
    doubts = ", ".join(_codes("prefLabel").get(f"doubt/{doubt}", doubt) for doubt in mention.doubts)
    line = f"{kind}: {called}{f' – {details}' if details else ''}{f' ({doubts})' if doubts else ''}"
    is_left_out = mention.names == "Concept" and mention.doubts
    return f"{line}: nothing is concluded from it" if is_left_out else line


@cache
def _codes(predicate: str) -> dict[str, str]:
    """The English label or definition of every code, by scheme and slug."""
    prefix = f"{DEFAULT_BASE}code/"
    return {
        text_of(triple.subject).removeprefix(prefix): text_of(triple.object)
        for triple in background()
        if triple.predicate.value == _SKOS + predicate
        and getattr(triple.object, "language", None) == "en"
        and text_of(triple.subject).startswith(prefix)
    }
