"""The fast reasoner and the reference agree, and what they say is worth saying."""

from __future__ import annotations

from msqgraph import entail
from msqgraph.build import Unit


def test_reasonable_and_owlrl_agree_on_the_sample(unit: Unit) -> None:
    """The same entailed instance triples, to the last one."""
    triples = [*unit.graphs["graph/response/2020/PRY"], *unit.graphs["graph/facts/2020/PRY"]]
    fast, reference = set(entail(triples)), set(entail(triples, engine="owlrl"))
    assert len(fast) > 100
    assert fast == reference


def test_nothing_reflexive_or_merged(unit: Unit) -> None:
    """No owl:sameAs at all: two ministries under one address must stay two."""
    inferred = unit.graphs["graph/inferred/2020/PRY"]
    assert len(inferred) > 100
    assert [t for t in inferred if t.predicate.value.endswith("#sameAs") or t.subject == t.object] == []
    assert not set(inferred) & {*unit.graphs["graph/facts/2020/PRY"], *unit.graphs["graph/response/2020/PRY"]}
