"""What a build did, for the person who started it: what was read, understood, doubted and where, and validated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msqgraph.build import Build, Unit
from msqgraph.report import conflicts, corroboration, doubts, entities
from msqgraph.terminal import printable
from msqgraph.validation import SEVERITIES, Validation

if TYPE_CHECKING:
    from rich.console import Console

MOST_FINDINGS = 60  # a source has thousands of rows, and one fault can be in all
_STYLES = {"Violation": "bold red", "Warning": "yellow", "Info": "dim"}
_PLURALS = {"Violation": "violations", "Warning": "warnings", "Info": "remarks"}


def print_summary(built: Build, folder: str, console: Console) -> None:
    """Prints the summary of a build that was written to a folder."""
    for unit in built.units:
        _print_unit(unit, built, console)
    for source in built.sources:
        graphs = ", ".join(f"{len(triples)} triples in {path}" for path, triples in source.graphs.items())
        console.print(f"{source.path}: {graphs}", soft_wrap=True, markup=False, highlight=False)
        _print_validation(source.validation, built.base, console)
    if built.links.accepted or built.links.left_out:
        left_out = f", {len(built.links.left_out)} left out: their agencies are not in this dataset"
        text = f"links between agencies: {built.links.accepted} accepted{left_out if built.links.left_out else ''}"
        console.print(text, soft_wrap=True, markup=False, highlight=False)
    for path in built.superseded:
        console.print(f"{path} was not read: the transcript beside it wins.", soft_wrap=True, markup=False)
    console.print(f"\nWritten to {folder}/: dataset.nq, dataset.ttl, report.json, report.ttl, store/", markup=False)


def _print_unit(unit: Unit, built: Build, console: Console) -> None:
    from rich.text import Text

    response = unit.response
    statuses = Counter(str(answer.status) for answer in response.answers.values())
    mentions = sum(len(a.understood.mentions) for a in response.answers.values() if a.understood)
    things = entities(unit, built.base)
    statements = things.pop("Statement", 0)
    console.print(
        Text(f"{response.country_iso3} {response.edition}", style="bold"),
        Text(f"  {printable(unit.source)}"),
        soft_wrap=True,
    )
    _line(console, "read", f"{sum(statuses.values())} answers: {_counted(statuses)}")
    _line(console, "understood", _counted(things))
    _line(console, "", f"{statements} statements, from {mentions} mentions")
    for source, counts in corroboration(unit, built.base).items():
        _line(console, "corroborated", _corroborated(source, counts))
    verdicts = Counter(str(answer.review.decision) for answer in response.answers.values() if answer.review)
    if verdicts:
        _line(console, "reviewed", f"{sum(verdicts.values())} answers: {_counted(verdicts)}")
    _print_conflicts(unit, console)
    found = doubts(response)
    _line(console, "doubtful", f"{len(found)} places")
    for place in found:
        quote = f"  “{_shortened(place['quote'])}”" if "quote" in place else ""
        _line(console, "", f"{place.get('question', 'document'):<14} {place['doubt']}{quote}")
    _print_validation(unit.validation, built.base, console)


def _print_conflicts(unit: Unit, console: Console) -> None:
    """The decisions that were not applied, with the words and boxes of then and now."""
    found = conflicts(unit)
    if found:
        _line(console, "in conflict", f"{len(found)} decisions of people, which were not applied")
    for one in found:
        seen, now = one["seen"], one["now"]
        start = _first_difference(seen["quote"] or "", now["quote"] or "")
        ticks = [
            slug for slug in {**seen["ticks"], **now["ticks"]} if seen["ticks"].get(slug) != now["ticks"].get(slug)
        ]
        _line(console, "", f"{one['question']:<14} {one['decision']} by {one['by']}, {one['at'][:10]}")
        _line(console, "", f"{'':<14} it read  {_as_read(seen, start, ticks)}")
        _line(console, "", f"{'':<14} it reads {_as_read(now, start, ticks)}")


def _first_difference(one: str, other: str) -> int:
    """Where two texts begin to differ, blanks apart; 0 if they do not."""
    pairs = zip(" ".join(one.split()), " ".join(other.split()), strict=False)
    return next((n for n, (here, there) in enumerate(pairs) if here != there), min(len(one), len(other)))


def _as_read(answer: Mapping[str, Any], start: int, ticks: list[str]) -> str:
    """An answer's words around a place, and the boxes that are named."""
    words = " ".join((answer["quote"] or "").split())
    begin = max(0, start - 30)
    quote = f"“{'…' if begin else ''}{_shortened(words[begin:])}”" if words else "no words"
    return "  ".join([quote, *(f"{slug}: {answer['ticks'].get(slug, 'no such box')}" for slug in ticks)])


def _print_validation(validation: Validation, base: str, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    _line(console, "validated", ", ".join(f"{validation.count(name)} {_PLURALS[name]}" for name in SEVERITIES))
    grave = [finding for finding in validation.findings if finding.severity != "Info"]
    for finding in grave[:MOST_FINDINGS]:
        text = f"{finding.message}  ({finding.focus_node})".replace(base, "")
        label = Text(f"{'':<14}{finding.severity:<14} ", style=_STYLES[finding.severity])
        console.print(label.append(printable(text), style="default"), soft_wrap=True)
    if len(grave) > MOST_FINDINGS:
        _line(console, "", f"... and {len(grave) - MOST_FINDINGS} more: see report.json")
    _line(console, "", "focus nodes that each shape looked at:")
    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
    counts = [(shape.rpartition("#")[2], str(count)) for shape, count in validation.focus_nodes.items()]
    for left in range(0, len(counts), 3):
        table.add_row(" " * 13, *(text for name, count in counts[left : left + 3] for text in (name, f"{count:>4} ")))
    console.print(table)


def _line(console: Console, label: str, text: str) -> None:
    console.print(f"  {label:<11} {printable(text)}", markup=False, soft_wrap=True, highlight=False)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "nothing"


def _corroborated(source: str, counts: Mapping[str, int]) -> str:
    agreeing = sum(count for agreement, count in counts.items() if agreement not in ("different", "silent"))
    return f"{agreeing} of {sum(counts.values())} comparable statements by {source}: {_counted(counts)}"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else words[:69] + "…"
