"""The codebook of the tables for people: what a row is, and what every variable holds, with counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msqgraph.exports.csvw import ESCAPING
from msqgraph.exports.table_counts import Counts, Wordings
from msqgraph.exports.table_mappings import SEPARATOR, Column
from msqgraph.release.about import Release

MISSING = (
    "An empty cell has no value; it never means no. Where the reason is known it is a code of its own: not-asked (the "
    "form did not ask), blank (nothing was written), none-stated (the answer says that there is nothing, as N/A), "
    "unreadable (it cannot be told), unknown (a box whose mark was lost)."
)


def codebook(counts: list[Counts], wordings: Wordings, release: Release) -> bytes:
    """The file ``codebook.md``."""
    lines = [f"# Codebook: {release.about.title}", "", f"Version {release.about.version}. {release.about.description}"]
    lines += [
        "",
        f"CSV is UTF-8 with a header line, as RFC 4180 has it; the values of a list are parted by `{SEPARATOR}`.",
    ]
    lines += [ESCAPING, "The Parquet files hold every text as it was stated.", "", MISSING, ""]
    lines += ["| table | rows | a row is |", "|---|---:|---|"]
    lines += [f"| [{c.table.name}](#{c.table.name}) | {c.rows} | {c.table.header.description} |" for c in counts]
    for counted in counts:
        lines += _table(counted, wordings)
    return ("\n".join(lines) + "\n").encode()


def _table(counts: Counts, wordings: Wordings) -> Iterator[str]:
    header = counts.table.header
    yield from ("", f"## {counts.table.name}", "")
    yield f"A row is {header.description}. {counts.rows} rows; the key is {', '.join(f'`{k}`' for k in header.key)}."
    yield from ("", "| variable | label | description | type | empty |", "|---|---|---|---|---|")
    for name, column in counts.table.columns.items():
        cells = (f"`{name}`", column.title, column.description, _type(column, counts, name), _empty(counts, name))
        yield f"| {' | '.join(map(_cell, cells))} |"
    for name, column in counts.table.columns.items():
        if not column.is_coded:
            continue
        found, labels = counts.codes.get(name, Counter()), wordings.code_labels(counts.table, name)
        many = "; a row may have several" if column.is_list else ""
        yield from ("", f"Codes of `{name}`{many}:", "", "| code | label | rows |", "|---|---|---:|")
        for code in sorted({*labels, *found}):
            note = " (missing)" if code in column.missing_codes else ""
            yield f"| `{code}` | {_cell(labels.get(code, '') + note)} | {found.get(code, 0)} |"


def _type(column: Column, counts: Counts, name: str) -> str:
    kind = f"list of {column.datatype}" if column.is_list else column.datatype
    if name in counts.ranges:
        low, high = counts.ranges[name]
        kind += f", {low} to {high}"
    return f"{kind}, key of {column.references}" if column.references else kind


def _empty(counts: Counts, name: str) -> str:
    """How many cells are empty and why."""
    column, reasons = counts.table.columns[name], counts.missing.get(name)
    if not reasons:
        return "0"
    told = [f"{code} {count}" for code, count in sorted(reasons.items()) if code]
    return f"{counts.empty(name)}: {column.missing}" + (f" ({', '.join(told)})" if told else "")


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("|", r"\|"))
