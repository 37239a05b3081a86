"""What independent sources say about a response's statements: the same, something else, or nothing.

Both sides get :mod:`keys <msqgraph.keys>`, by which the rules in ``mappings/corroboration/`` compare them: one rule per
kind of statement names what is to be compared, ``agreement.rq`` says how far it agrees. Only what a source covers for
some country is compared; keys are there for the comparison and are not published.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msqgraph import assets, iris
from msqgraph.keys import keys_of
from msqgraph.mapping import construct
from msqgraph.sources import Source
from msqgraph.terms import in_graph, term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

_FOLDER, _LAST_RULE = "mappings/corroboration", "mappings/corroboration/agreement.rq"
_COVERED = ("msq:portalType", "msq:responsibleFor", "msq:strategyType", "msq:legalTopic")
_LEADS = "msq:leadsEGovernment"


@dataclass(slots=True)
class Witness:
    """A source outside the questionnaire: what it covers, and what it says by country."""

    source: ox.NamedNode
    graph: str
    label: str = ""
    covers: set[ox.NamedNode] = field(default_factory=set)
    by_country: dict[object, list[ox.Triple]] = field(default_factory=lambda: defaultdict(list))


def witnesses(sources: Iterable[Source], base: str = assets.DEFAULT_BASE) -> list[Witness]:
    """The sources that describe things of countries and lead each back to a record, which is part of the source.

    >>> witnesses([])
    []
    """
    graphs = [(path, triples) for source in sources for path, triples in source.graphs.items()]
    found = [_witness(iris.absolute(path, base), triples, base) for path, triples in graphs]
    return [witness for witness in found if witness and witness.covers]


def corroborate(
    answers: Iterable[ox.Triple],
    facts: Sequence[ox.Triple],
    witness: Witness,
    base: str = assets.DEFAULT_BASE,
) -> list[ox.Triple]:
    """What a source says about the statements of one response: a ``msq:Corroboration`` for each that it could speak of.

    :param answers: the response graph, which says whose response it is.
    :param facts: the facts graph.

    >>> import pyoxigraph as ox
    >>> corroborate([], [], Witness(ox.NamedNode("http://example.org/s"), "http://example.org/g"))
    []
    """
    import pyoxigraph as ox

    own = [triple for triple in answers if triple.predicate == term("msq:country", base)]
    theirs = [t for country in {triple.object for triple in own} for t in witness.by_country.get(country, [])]
    store = ox.Store()
    store.bulk_extend(ox.Quad(*t) for t in [*own, *facts, *keys_of(facts, base), *keys_of(theirs, base)])
    store.bulk_extend(ox.Quad(witness.source, term("key:covers", base), covered) for covered in witness.covers)
    store.bulk_extend(in_graph(triple, witness.graph) for triple in theirs)
    pairs = [t for name in assets.names(_FOLDER, ".rq") if name != _LAST_RULE for t in construct(store, name, base)]
    store.bulk_extend(ox.Quad(*triple) for triple in pairs)
    return sorted(set(construct(store, _LAST_RULE, base)), key=str)


def agreements(triples: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE) -> dict[str, dict[str, int]]:
    """How many statements agree how far, by source: what a corroboration graph amounts to.

    >>> agreements([])
    {}
    """
    said: dict[ox.NamedNode, dict[object, str]] = {term(name, base): {} for name in ("dct:source", "msq:agreement")}
    for triple in triples:
        if triple.predicate in said:
            said[triple.predicate][triple.subject] = text_of(triple.object).rpartition("/")[2]
    sources, found = said.values()
    counts = Counter((source, found[node]) for node, source in sources.items())
    by_source: dict[str, dict[str, int]] = {}
    for (source, agreement), count in sorted(counts.items()):
        by_source.setdefault(source, {})[agreement] = count
    return by_source


def _witness(graph: str, triples: list[ox.Triple], base: str) -> Witness | None:
    """A source's things by country; nothing for a graph without records of one source."""
    import pyoxigraph as ox

    sources = {triple.object for triple in triples if triple.predicate == term("dct:isPartOf", base)}
    source = sources.pop() if len(sources) == 1 else None
    if not isinstance(source, ox.NamedNode):
        return None
    witness = Witness(source, graph)
    covered, leads = {term(name, base) for name in _COVERED}, term(_LEADS, base)
    by_subject: dict[object, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        by_subject[triple.subject].append(triple)
        if triple.predicate in covered and isinstance(triple.object, ox.NamedNode):
            witness.covers.add(triple.object)
        elif triple.predicate == leads:
            witness.covers.add(leads)
    for triple in triples:
        if triple.predicate == term("msq:country", base):
            witness.by_country[triple.object] += by_subject[triple.subject]
    labels = (t for t in by_subject[source] if t.predicate == term("rdfs:label", base))
    witness.label = next((text_of(t.object) for t in labels), source.value.rpartition("/")[2])
    return witness
