"""A dataset folder built anew of the same inputs, after a decision about them."""

from __future__ import annotations

import json
from pathlib import Path

from msqgraph.build import Build, build
from msqgraph.dataset import write_dataset
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError, readable


def rebuild(dataset: Path | str, responses: Path | str) -> Build:
    """Builds a dataset folder anew, of the responses and of the sources that its report names, with personal.nq if it
    has one.

    :raises UsageError: if there is no dataset; if one of its sources is not where it was; or if the same responses and
        graphs do not come out of it. Then nothing is written.
    :raises UnreadableInput: if a list of what is withdrawn cannot be read.
    """
    folder = Path(dataset)
    base = base_of(folder)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    beside = [Path(source["file"]) for source in report["sources"]]
    by_hand = f"build it yourself of all its inputs: `msqgraph build {responses} ... -o {folder}`"
    if lost := [str(path) for path in beside if not path.is_file()]:
        raise UsageError(f"{folder}: was built with {', '.join(lost)}, which is not there from here — {by_hand}")
    root = Path(responses).resolve()
    built = build([responses, *(path for path in beside if not path.resolve().is_relative_to(root))], base=base)
    wanted = {f"{one['country']} {one['edition']}" for one in report["responses"]}
    wanted |= {graph for source in report["sources"] for graph in source["triples"]}
    found = {f"{unit.response.country_iso3} {unit.response.edition}" for unit in built.units}
    found |= {graph for source in built.sources for graph in source.graphs}
    if wanted - found:
        missing = ", ".join(sorted(wanted - found))
        why = "".join(f"; {readable(error.file)}: {error.problem}" for error in built.unreadable)
        raise UsageError(f"{folder}: holds {missing}, which does not come of {responses}{why} — {by_hand}")
    write_dataset(built, folder, include_personal=(folder / "personal.nq").is_file())
    return built
