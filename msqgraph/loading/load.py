"""One dataset into one store: what is missing is loaded and counted, what is complete is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError
from msqgraph.loading.connection import Refused, shown
from msqgraph.loading.contents import Contents
from msqgraph.loading.graph_store import GraphStore
from msqgraph.loading.leftovers import REMOVABLE, why_left
from msqgraph.loading.marker import Marker, Record
from msqgraph.loading.segments import Segment, segments
from msqgraph.loading.update import Updates
from msqgraph.loading.writer import Target, Writer

# A load that was interrupted had at most one piece on its way.
UNCERTAIN_LINES = max(GraphStore.piece_lines, Updates.piece_lines)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Difference:
    """A graph of which the server counts another number of triples than the dataset has."""

    graph: str
    expected: str
    found: int

    def __str__(self) -> str:
        return f"{self.graph}: expected {self.expected} triples, the server counts {self.found}"


@dataclass
class Loaded:
    """What was done; with differences, the dataset is not in the store.

    ``left`` are graphs that an earlier load brought and the dataset does not have, with what is to be said of them.
    """

    graphs: int = 0
    skipped: int = 0
    removed: int = 0
    triples: int = 0
    differences: list[Difference] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """A graph to load, from the line after those that an interrupted load certainly brought."""

    segment: Segment
    after: int = 0


def load_dataset(
    dataset: Path | str,
    contents: Contents,
    targets: list[Target],
    default_graph: str | None = None,
    may_replace: bool = False,
    may_prune: bool = False,
    progress: Progress | None = None,
) -> Loaded:
    """Makes a store hold the public named graphs of a dataset and its merge, and counts them there.

    :param targets: what may take the data; the first that exists does.
    :param default_graph: where the merge goes in a store without a default graph of its own.
    :param may_replace: also replace graphs that no earlier load brought.
    :param may_prune: also remove graphs that an earlier load brought, the dataset does not have, and nobody changed.
    :param progress: is told the number of triples sent so far, and of all that are to be sent.
    :raises UnreadableInput: if the dataset is damaged.
    :raises UsageError: if the store cannot be reached, refuses, or holds such graphs of others.
    """
    base = base_of(dataset)
    if default_graph is not None and not _is_iri(default_graph):
        raise UsageError(f"--default-graph {default_graph}: is no IRI — give one such as {base}graph/merge")
    marker = Marker(base)
    if default_graph == marker.graph:
        raise UsageError(f"--default-graph {default_graph}: is the record of loads — give another IRI")
    records = marker.records(contents.literals(marker.graph))
    with segments(Path(dataset), base, default_graph) as wanted:
        return _Load(contents, targets, marker, records, progress).run(wanted, may_replace, may_prune)


@dataclass
class _Load:
    contents: Contents
    targets: list[Target]
    marker: Marker
    records: dict[str, Record]
    progress: Progress | None
    done: Loaded = field(default_factory=Loaded)

    def run(self, wanted: list[Segment], may_replace: bool, may_prune: bool) -> Loaded:
        steps = self._plan(wanted, may_replace)
        self.done.left = self._leftovers(wanted)
        removable = [name for name, why in self.done.left.items() if why == REMOVABLE and may_prune]
        self.done.skipped = len(wanted) - len(steps)
        if not steps and not removable:
            return self.done
        for step in steps:
            self.records[self._name(step)] = Record(loading=step.segment.digest if step.after else None)
        writer = self._begin()
        total = sum(step.segment.triples - step.after for step in steps)
        for step in steps:
            self._load(step, writer, total)
        for name in removable:
            writer.target.remove(self.marker.graph_of(name))
            if count := self.contents.count(self.marker.graph_of(name)):
                self.done.differences.append(Difference(name, "no", count))
            else:
                self.done.removed += 1
                del self.records[name], self.done.left[name]
        if removable:
            writer.write(self.marker.graph, iter(self.marker.lines(self.records)))
        return self.done

    def _leftovers(self, wanted: list[Segment]) -> dict[str, str]:
        """What is to be said of each graph that an earlier load brought and the dataset does not have.

        One that is gone is forgotten: what is written under its name later is not ours.
        """
        left = {}
        for name in sorted(self.records.keys() - {self.marker.name(segment.graph) for segment in wanted}):
            if count := self.contents.count(self.marker.graph_of(name)):
                left[name] = why_left(name, self.records[name], self.marker, count)
            else:
                del self.records[name]
        return left

    def _name(self, step: Step) -> str:
        return self.marker.name(step.segment.graph)

    def _plan(self, wanted: list[Segment], may_replace: bool) -> list[Step]:
        """What is to be loaded, judged by the marker and by counting anew."""
        steps, foreign = [], []
        for segment in wanted:
            name = self.marker.name(segment.graph)
            count = self.contents.count(segment.graph)
            record = self.records.get(name)
            if record and record.loaded == segment.digest and segment.is_whole(count):
                continue
            if record and record.loading == segment.digest and not record.loaded and count <= segment.triples:
                steps.append(Step(segment, max(0, count - UNCERTAIN_LINES)))
            else:
                steps.append(Step(segment))
            if not record and count:
                foreign.append(f"{name} ({count} triples)")
        if foreign and not may_replace:
            raise UsageError(
                f"{shown(self.contents.endpoint)}: holds graphs that no load recorded: {', '.join(foreign[:3])}"
                f"{f' and {len(foreign) - 3} more' if len(foreign) > 3 else ''} — if they may be replaced, give"
                " --replace; if its default graph shows all graphs, or is not yours, give --default-graph IRI"
            )
        return steps

    def _begin(self) -> Writer:
        """Writes the marker with the first target that exists, and looks for it through the query endpoint.

        A graph that is to be replaced loses its digests here, before anything of it is touched.
        """
        lines = self.marker.lines(self.records)
        for target in self.targets:
            writer = Writer(target)
            try:
                writer.write(self.marker.graph, iter(lines))
            except Refused as refused:
                if not refused.is_no_service or target is self.targets[-1]:
                    raise
                continue
            break
        if self.marker.records(self.contents.literals(self.marker.graph)) != self.records:
            raise UsageError(
                f"{shown(self.contents.endpoint)}: does not show what {shown(target.address)} has taken"
                f" ({self.marker.graph}) — they are not of one store: give --graph-store or --update"
            )
        return writer

    def _load(self, step: Step, writer: Writer, total: int) -> None:
        """Loads one graph and counts it; what was resumed and does not count up is loaded from the beginning."""
        segment = step.segment

        is_known_to_begin = step.after > 0

        def wrote(triples: int) -> None:
            nonlocal is_known_to_begin
            self.done.triples += triples
            if self.progress:
                self.progress(self.done.triples, total)
            if not is_known_to_begin and triples < segment.triples:  # the old content is gone: it can be resumed
                self._mark(step, Record(loading=segment.digest), writer)
                is_known_to_begin = True

        try:
            writer.write(segment.graph, segment.lines(step.after), step.after == 0, wrote)
        except Refused as refused:
            if segment.graph is None and not is_known_to_begin:
                raise UsageError(f"{refused}; an engine without a default graph needs --default-graph IRI") from None
            raise
        count = self.contents.count(segment.graph)
        if not segment.is_whole(count) and step.after:
            return self._load(replace(step, after=0), writer, total + segment.triples)
        if not segment.is_whole(count):
            exactly = (
                str(segment.triples) if segment.least == segment.triples else f"{segment.least} to {segment.triples}"
            )
            self.done.differences.append(Difference(self._name(step), exactly, count))
            return None
        self._mark(step, Record(loaded=segment.digest, counted=count), writer)
        self.done.graphs += 1
        return None

    def _mark(self, step: Step, record: Record, writer: Writer) -> None:
        """Adds to the marker what is now known of a graph."""
        writer.target.add(self.marker.graph, b"".join(self.marker.lines({self._name(step): record})))
        self.records[self._name(step)] = record


def _is_iri(text: str) -> bool:
    import pyoxigraph as ox

    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True
