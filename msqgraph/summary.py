"""What a build did, for the person who started it: what was read, understood, doubted and where, and validated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msqgraph import iris
from msqgraph.build import Build, Unit
from msqgraph.report import doubts, entities
from msqgraph.validation import SEVERITIES

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {"Violation": "bold red", "Warning": "yellow", "Info": "dim"}


def print_summary(built: Build, folder: str, console: Console) -> None:
    """Prints the summary of a build that was written to a folder."""
    for unit in built.units:
        _print_unit(unit, built, console)
    for path in built.superseded:
        console.print(f"{path} was not read: the transcript beside it wins.", soft_wrap=True, markup=False)
    console.print(f"\nWritten to {folder}/: dataset.nq, dataset.ttl, report.json, report.ttl, store/", markup=False)


def _print_unit(unit: Unit, built: Build, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    response = unit.response
    statuses = Counter(str(answer.status) for answer in response.answers.values())
    mentions = sum(len(a.understood.mentions) for a in response.answers.values() if a.understood)
    facts = next(triples for path, triples in unit.graphs.items() if path.startswith("graph/facts/"))
    things = entities(unit, built.base)
    statements = things.pop("Statement", 0)
    console.print(Text(f"{response.country_iso3} {response.edition}", style="bold"), f"  {unit.source}", soft_wrap=True)
    console.print(f"  read        {sum(statuses.values())} answers: {_counted(statuses)}", markup=False)
    console.print(f"  understood  {_counted(things)}", markup=False)
    console.print(
        f"              {statements} statements from {mentions} mentions; {len(facts)} triples of facts", markup=False
    )
    found = doubts(response)
    if found:
        console.print(f"  doubtful    {len(found)} places")
        for place in found:
            where = f"Q{place['question']}" if "question" in place else "document"
            quote = f"  “{_shortened(place['quote'])}”" if "quote" in place else ""
            console.print(f"    {where:<14}{place['doubt']}{quote}", markup=False, soft_wrap=True, highlight=False)
    validation = unit.validation
    console.print(
        "  validated   "
        + ", ".join(f"{validation.count(s)} {s.lower()}s" for s in SEVERITIES if s != "Info")
        + f", {validation.count('Info')} remarks",
        markup=False,
    )
    for finding in validation.findings:
        if finding.severity != "Info":
            focus = finding.focus_node.removeprefix(iris.absolute("", built.base))
            line = Text(f"    {finding.severity:<10}", style=_STYLES[finding.severity])
            console.print(line.append(f" {finding.message}  ({focus})", style="default"), soft_wrap=True)
    table = Table(
        title="Focus nodes each shape looked at", title_justify="left", box=None, show_header=False, padding=(0, 2)
    )
    counts = [(shape.rpartition("#")[2], count) for shape, count in validation.focus_nodes.items()]
    for left in range(0, len(counts), 3):
        table.add_row(*(text for name, count in counts[left : left + 3] for text in (name, str(count))))
    console.print(table)


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items())) or "nothing"


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else words[:69] + "…"
