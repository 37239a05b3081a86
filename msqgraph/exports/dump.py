"""The data files of a release, streamed from a dataset folder: what does not fit in memory fits in a release.

Only the public files of the dataset are read, ``dataset.nq`` and ``dataset.ttl``. Every file is the same bytes for the
same dataset, and one changed answer changes its own lines only.
"""

from __future__ import annotations

import gzip
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from msqgraph.exports.graph_segments import Segment, graph_segments
from msqgraph.exports.jsonld import write_jsonld
from msqgraph.exports.rdf import jsonld_context, write_trig
from msqgraph.exports.rdf_xml import write_rdf_xml
from msqgraph.namespaces import prefixes

# what there is of one edition; the rest is the project's own or another source's
_OF_AN_EDITION = r"graph/(?:response|facts|inferred|corroboration)/(\d{4})/"
_COMPRESSION = 6
_LINES_AT_ONCE = 1 << 12


def write_data(dataset: Path, folder: Path, base: str) -> None:
    """Writes ``data/`` and ``editions/`` of a release folder.

    :raises UsageError: if a term cannot be written in one of the formats: it is named, and left out of none.
    :raises UnreadableInput: if a line of ``dataset.nq`` is no quad of a named graph.
    """
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(dataset / "dataset.ttl", data / "msqgraph.ttl")
    write_merge_as_rdf_xml(dataset / "dataset.ttl", data / "msqgraph.rdf", base)
    context = jsonld_context(base)
    (data / "context.jsonld").write_text(context.document(), encoding="utf-8")
    with (dataset / "dataset.nq").open("rb") as lines, graph_segments(lines, folder) as segments:
        with (data / "msqgraph.trig").open("wb") as output:
            write_trig(segments, output, base)
        with (data / "msqgraph.jsonld").open("wb") as output:
            write_jsonld(((segment.graph, segment.lines()) for segment in segments), output, context)
        editions = _editions(segments, base)
        for year, of_year in editions.items():
            path = folder / "editions" / year / f"msq-{year}.trig"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as output:
                write_trig(of_year, output, base)
    years = {segment.line_end: year for year, of_year in editions.items() for segment in of_year}
    write_gzipped_nquads(dataset / "dataset.nq", folder, years)


def write_merge_as_rdf_xml(merge: Path, path: Path, base: str) -> None:
    """Writes the merge, a Turtle file, as RDF/XML.

    :raises UsageError: if RDF/XML cannot hold a triple: it is named.
    """
    import pyoxigraph as ox

    with path.open("wb") as output:
        triples = (quad.triple for quad in ox.parse(path=str(merge), format=ox.RdfFormat.TURTLE))
        write_rdf_xml(triples, output, prefixes(base))


def write_gzipped_nquads(nquads: Path, folder: Path, years: dict[bytes, str]) -> None:
    """Writes all lines to ``data/``, and those of editions to theirs, too: one pass, the order kept.

    :param years: the edition of the lines that end so.
    """
    with nquads.open("rb") as lines, ExitStack() as files:
        whole = files.enter_context(_gzipped(folder / "data" / "msqgraph.nq.gz"))
        editions = {
            year: files.enter_context(_gzipped(folder / "editions" / year / f"msq-{year}.nq.gz"))
            for year in sorted(set(years.values()))
        }
        while some := list(islice(lines, _LINES_AT_ONCE)):
            whole.write(b"".join(some))
            of_editions = defaultdict(list)
            for line in some:
                if year := years.get(line[line.rfind(b" <") :]):
                    of_editions[year].append(line)
            for year, of_year in of_editions.items():
                editions[year].write(b"".join(of_year))


def _editions(segments: list[Segment], base: str) -> dict[str, list[Segment]]:
    """The segments of each edition, by its year."""
    found: dict[str, list[Segment]] = {}
    for segment in segments:
        if match := re.match(re.escape(base) + _OF_AN_EDITION, segment.graph):
            found.setdefault(match[1], []).append(segment)
    return dict(sorted(found.items()))


@contextmanager
def _gzipped(path: Path) -> Iterator[gzip.GzipFile]:
    """A file to be compressed; no date or name is written into it."""
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", compresslevel=_COMPRESSION, fileobj=file, mtime=0) as output,
    ):
        yield output
