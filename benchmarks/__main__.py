"""``make bench``: measures, prints and writes ``docs/performance.md``.

Every figure is a median of paired runs: the thing measured and what it is compared with take turns, so that a machine
that gets slower gets slower for both. Bare seconds are given beside the ratios for orientation only.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.reading import growth, reading
from benchmarks.release import release
from benchmarks.repeated_sample import repeated_sample
from benchmarks.serving import serving
from benchmarks.timing import Measure, paired

ROOT = Path(__file__).parent.parent
# The World Bank's table is not part of the project: docs/sources.md says how to get it, this variable where it is.
GOVTECH = "MSQGRAPH_GOVTECH"
MILLION = 1_000_000
INVENTED_GOVTECH = ROOT / "tests" / "cases" / "world" / "govtech.csv"


def python(code: str) -> Callable[[], object]:
    """A run of Python in a process of its own."""
    return lambda: subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)


def measures() -> list[Measure]:
    """Everything that is measured."""
    import msqgraph
    from msqgraph.published import background
    from msqgraph.validation import validate

    sample = ROOT / "responses"
    unit = msqgraph.build([sample]).units[0]
    own = [triple for path, triples in unit.graphs.items() if "inferred" not in path for triple in triples]
    said_and_understood = [*background(), *own]

    def build() -> None:
        with tempfile.TemporaryDirectory() as folder:
            msqgraph.write_dataset(msqgraph.build([sample]), Path(folder) / "out")

    command = "import sys; sys.argv[1:] = [{}]; from msqgraph.cli import main; main()"
    with tempfile.TemporaryDirectory() as folder:
        whole = command.format(f"'build', 'responses', '-o', {str(Path(folder) / 'out')!r}")
        return [
            paired(
                "`msqgraph --help`, whole process", "`python -c 'import typer'`", python(command.format("'--help'")),
                python("import typer"), "0.3 s",
            ),
            paired("build and write the sample, after start-up", "pySHACL's share of it", build,
                   lambda: validate(said_and_understood), "2 s"),
            paired("`msqgraph build responses`, whole process", "`import pyshacl, rdflib, pyoxigraph`", python(whole),
                   python("import pyshacl, rdflib, pyoxigraph, reasonable")),
            paired("entailment by reasonable", "the same by owlrl", lambda: msqgraph.entail(own),
                   lambda: msqgraph.entail(own, engine="owlrl")),
        ]  # fmt: skip


def world(folder: Path) -> tuple[Path, str]:
    """The store of the sample, the EGDI figures and a GovTech table; and what it holds, in words."""
    import msqgraph
    from msqgraph.assets import DEFAULT_BASE
    from msqgraph.imports.egdi import import_egdi
    from msqgraph.imports.govtech import import_govtech

    table = Path(os.environ.get(GOVTECH, INVENTED_GOVTECH))
    sources = [import_egdi(), import_govtech(table)]
    for source in sources:
        (folder / f"{source.name}.nq").write_bytes(source.nquads(DEFAULT_BASE))
    msqgraph.write_dataset(msqgraph.build([ROOT / "responses", folder]), folder / "out")
    rows = f"{sources[1].rows_imported} {'invented ' if table == INVENTED_GOVTECH else ''}rows of GovTech"
    return folder / "out" / "store", f"the sample, {sources[0].rows_imported} rows of EGDI, {rows}"


def questions(store: Path) -> list[Measure]:
    """Every question as msqgraph answers it, against its text given to pyoxigraph; all rows are fetched."""
    import pyoxigraph as ox

    from msqgraph import EmbeddedStore
    from msqgraph.queries import Query, load_query, query_names, run

    ours, raw = EmbeddedStore(store), ox.Store.read_only(str(store))

    def measure(query: Query) -> Measure:
        return paired(
            f"`{query.name}`", "pyoxigraph", lambda: fetch(run(ours, query)), lambda: fetch(raw.query(query.text))
        )

    return [measure(load_query(name)) for name in query_names()]


def fetch(results: Any) -> int:
    """The number of rows, when all of them are here."""
    return sum(1 for _ in results)


def questions_report(found: list[Measure], what: str) -> list[str]:
    """The section on the questions."""
    slowest = max(found, key=lambda m: m.seconds)
    return [
        "",
        "## The questions",
        "",
        f"On {what}: {len(found)} questions, asked and all rows fetched, against the same text given to pyoxigraph.",
        f"Median of the ratios: {statistics.median(m.ratio for m in found):.2f} (limit 1.2). "
        f"Slowest: {slowest.name}, {slowest.seconds * 1000:.0f} ms (limit 1 s).",
        "",
        "| question | ratio | ms |",
        "|---|---|---|",
        *(f"| {m.name} | {m.ratio:.2f} | {m.seconds * 1000:.1f} |" for m in sorted(found, key=lambda m: -m.seconds)),
    ]


def report(found: list[Measure], sections: list[str]) -> str:
    """The page ``docs/performance.md``."""
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    lines = [
        "# Performance",
        "",
        "Generated by `make bench`; medians of paired runs. Ratios hold from machine to machine, seconds do not.",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores.",
        f"Peak memory of the whole run: {peak:.0f} MiB.",
        "",
        "| what | against | ratio | seconds | limit |",
        "|---|---|---|---|---|",
        *(f"| {m.name} | {m.against} | {m.ratio:.2f} | {m.seconds:.3f} | {m.limit or '–'} |" for m in found),
        *sections,
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measures, prints, writes."""
    found = [*measures(), *reading(), *growth()]
    with tempfile.TemporaryDirectory() as folder:
        store, what = world(Path(folder))
        of_questions = questions_report(questions(store), what)
        million = Path(folder) / "million"
        quads = repeated_sample(million, MILLION, with_store=True)
        text = report(found, [*of_questions, *release(million, quads), *serving(million, quads)])
    (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
