"""RDF for people and programs: sorted, prefixed, the same bytes for the same graph.

pyoxigraph groups consecutive triples, so sorting them is all it takes to get Turtle that can be read and compared. What
is in memory is sorted here. A dataset lies sorted in its folder and is streamed from there, however large.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from heapq import merge
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msqgraph import assets
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError
from msqgraph.exports.graph_segments import Segment, graph_segments
from msqgraph.exports.jsonld import write_jsonld
from msqgraph.exports.jsonld_context import JsonLdContext
from msqgraph.exports.reading_order import types_first
from msqgraph.namespaces import prefixes
from msqgraph.published import published_graphs
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

FORMATS = ("turtle", "trig", "nquads", "jsonld")
_CONCEPT_SCHEME = "http://www.w3.org/2004/02/skos/core#ConceptScheme"


def declared_prefixes(base: str = assets.DEFAULT_BASE) -> dict[str, str]:
    """Those, and one per code list: what a large file declares whatever is in it, so that its head never changes.

    >>> declared_prefixes()["policy-area"]
    'https://w3id.org/msqgraph/code/policy-area/'
    """
    lists = (text_of(t.subject) for t in published_graphs(base)["graph/codes"] if text_of(t.object) == _CONCEPT_SCHEME)
    return {**{iri.rsplit("/", 1)[1]: f"{iri}/" for iri in sorted(lists)}, **prefixes(base)}


def turtle(
    triples: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE, declared: Mapping[str, str] | None = None
) -> bytes:
    """The triples as Turtle: subjects in order, types first.

    :param declared: the prefixes to declare; without them, those of ours that occur.

    >>> import pyoxigraph as ox
    >>> x = ox.NamedNode("https://w3id.org/msqgraph/ontology#x")
    >>> print(turtle([ox.Triple(x, x, ox.Literal("1")), ox.Triple(x, x, x)]).decode().splitlines()[-1])
    msq:x msq:x "1" , msq:x .
    """
    import pyoxigraph as ox

    triples = set(triples)
    lines = types_first(sorted(f"{triple} .\n".encode() for triple in triples))
    ordered = ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
    used = dict(declared) if declared else _used(triples, base)
    return ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=used) or b""


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as sorted N-Quads.

    >>> nquads([])
    b''
    """
    return "".join(sorted(f"{quad} .\n" for quad in set(quads))).encode()


def write_trig(segments: Iterable[Segment], output: IO[bytes], base: str = assets.DEFAULT_BASE) -> None:
    """Writes named graphs as TriG, each as :func:`turtle` orders it."""
    import pyoxigraph as ox

    quads = (quad for segment in segments for quad in segment.quads())
    ox.serialize(quads, output=output, format=ox.RdfFormat.TRIG, prefixes=declared_prefixes(base))


def jsonld_context(base: str = assets.DEFAULT_BASE) -> JsonLdContext:
    """The JSON-LD context of datasets.

    >>> jsonld_context().compact("https://w3id.org/msqgraph/code/policy-area/health")
    'policy-area:health'
    """
    return JsonLdContext(declared_prefixes(base), base)


def export(dataset: Path | str, format: str, include_personal: bool = False) -> bytes:  # noqa: A002 - the option's name
    """What :func:`export_to` writes, as bytes.

    :raises UsageError: as :func:`export_to` does.
    """
    output = io.BytesIO()
    export_to(dataset, format, output, include_personal)
    return output.getvalue()


def export_to(dataset: Path | str, format: str, output: IO[bytes], include_personal: bool = False) -> None:  # noqa: A002
    """Writes a built dataset in a format: the merge as Turtle, the named graphs in the others.

    :param format: one of ``FORMATS``.
    :param include_personal: with the graphs of what is withheld, if the dataset was built with them.
    :raises UsageError: if there is no dataset in the folder, no such format, or no personal graph to include. Nothing
        is written then.
    """
    folder = Path(dataset)
    if format not in FORMATS:
        raise UsageError(f"no format {format!r}: use {', '.join(FORMATS)}")
    base = base_of(folder)
    names = ["dataset.nq"]
    if include_personal:
        if not (folder / "personal.nq").is_file():
            raise UsageError(f"{dataset}: built without personal data — build it with --include-personal")
        if format == "turtle":
            raise UsageError("the merge never holds personal data — use a format with named graphs")
        names.append("personal.nq")
    with ExitStack() as files:
        if format == "turtle":
            shutil.copyfileobj(files.enter_context((folder / "dataset.ttl").open("rb")), output)
            return
        lines = merge(*(files.enter_context((folder / name).open("rb")) for name in names))
        if format == "nquads":
            output.writelines(lines)
            return
        segments = files.enter_context(graph_segments(lines))
        if format == "trig":
            write_trig(segments, output, base)
        else:
            write_jsonld(((segment.graph, segment.lines()) for segment in segments), output, jsonld_context(base))


def _used(triples: Iterable[ox.Triple], base: str) -> dict[str, str]:
    """The prefixes that occur: in a small file, unused ones say nothing."""
    import pyoxigraph as ox

    terms = {term for triple in triples for term in (triple.subject, triple.predicate, triple.object)}
    terms |= {term.datatype for term in terms if isinstance(term, ox.Literal)}
    found = {re.sub(r"[^/#]*$", "", term.value) for term in terms if isinstance(term, ox.NamedNode)}
    return {prefix: iri for prefix, iri in declared_prefixes(base).items() if iri in found}
