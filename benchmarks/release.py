"""How long the data files of a release of a million quads take, against pyoxigraph's own dump, and how much memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.timing import Measure, paired

ROOT = Path(__file__).parent.parent
ROUNDS = 3
LIMIT = "4"
MEMORY_LIMIT_MIB = 300
# not getrusage: what that gives begins with the peak of the process that started this one
_PEAK = """\
import sys
from pathlib import Path
import pyoxigraph
from msqgraph.assets import DEFAULT_BASE
from msqgraph.exports.dump import write_data

def peak_kib():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])

before = peak_kib()
write_data(Path(sys.argv[1]), Path(sys.argv[2]), DEFAULT_BASE)
print((peak_kib() - before) / 1024)
"""


def release(dataset: Path, quads: int) -> list[str]:
    """The section on releases.

    :param dataset: the folder of a dataset of about a million quads.
    :param quads: how many it has.
    """
    with tempfile.TemporaryDirectory() as folder:
        peak_mib = peak(dataset, Path(folder) / "release")
        found = formats(dataset, Path(folder) / "release")
    return [
        "",
        "## A release",
        "",
        f"The sample repeated under user-assigned country codes, {quads} quads. Each file written, against",
        "pyoxigraph's dump of the same quads as N-Quads from a store in memory; the last row is its dump from disk.",
        f"All files together take {peak_mib:.0f} MiB above what the imports take (limit {MEMORY_LIMIT_MIB} MiB).",
        "",
        "| file | ratio | seconds | limit |",
        "|---|---|---|---|",
        *(f"| {m.name} | {m.ratio:.2f} | {m.seconds:.2f} | {m.limit or '–'} |" for m in found),
    ]


def peak(dataset: Path, folder: Path) -> float:
    """What writing all files takes at most, in MiB, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-c", _PEAK, str(dataset), str(folder)], cwd=ROOT, capture_output=True, check=True
    )
    return float(run.stdout)


def formats(dataset: Path, folder: Path) -> list[Measure]:
    """Each format against the dump."""
    import pyoxigraph as ox

    from msqgraph.assets import DEFAULT_BASE
    from msqgraph.exports import dump
    from msqgraph.exports.graph_segments import graph_segments
    from msqgraph.exports.jsonld import write_jsonld
    from msqgraph.exports.rdf import jsonld_context, write_trig

    nquads, output = dataset / "dataset.nq", folder / "output"
    memory, disk = ox.Store(), ox.Store(str(folder / "store"))
    for store in (memory, disk):
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
    with nquads.open("rb") as lines, graph_segments(lines) as segments:
        years = {segment.line_end: "2020" for segment in segments if "/2020/" in segment.graph}

    def trig() -> None:
        with nquads.open("rb") as lines, graph_segments(lines, folder) as segments, output.open("wb") as file:
            write_trig(segments, file)

    def jsonld() -> None:
        with nquads.open("rb") as lines, graph_segments(lines, folder) as segments, output.open("wb") as file:
            write_jsonld(((segment.graph, segment.lines()) for segment in segments), file, jsonld_context())

    written: dict[str, Callable[[], object]] = {
        "TriG": trig,
        "JSON-LD": jsonld,
        "N-Quads, compressed, with those of the edition": lambda: dump.write_gzipped_nquads(nquads, folder, years),
        "RDF/XML of the merge": lambda: dump.write_merge_as_rdf_xml(dataset / "dataset.ttl", output, DEFAULT_BASE),
    }

    def dumped(store: ox.Store) -> Callable[[], object]:
        return lambda: store.dump(str(output), format=ox.RdfFormat.N_QUADS)

    found = [paired(name, "", one, dumped(memory), LIMIT, ROUNDS) for name, one in written.items()]
    return [*found, paired("pyoxigraph's dump from disk", "", dumped(disk), dumped(memory), rounds=ROUNDS)]
