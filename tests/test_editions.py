"""A later edition of the same country supersedes the shortcuts of an earlier one; what was stated stays."""

from __future__ import annotations

import dataclasses

import pyoxigraph as ox

from msqgraph.build import Build, Unit
from msqgraph.dataset import merge, named_graphs


def test_the_merge_holds_todays_shortcuts_and_all_statements(unit: Unit) -> None:
    """An agency that only the earlier edition names is no longer in the merge, but its statement is."""
    base = "https://w3id.org/msqgraph/"
    x, p = ox.NamedNode(f"{base}id/agency/PRY/former"), ox.NamedNode(f"{base}ontology#responsibleFor")
    statement = ox.NamedNode(f"{base}id/statement/2018/PRY/5a/former-responsible-for-education")
    earlier = dataclasses.replace(
        unit,
        source="2018/PRY.md",
        response=dataclasses.replace(unit.response, edition="2018"),
        graphs={
            "graph/response/2018/PRY": [],
            "graph/facts/2018/PRY": [ox.Triple(x, p, x), ox.Triple(statement, p, x)],
            "graph/inferred/2018/PRY": [ox.Triple(x, p, p)],
        },
    )
    built = Build(base, units=[earlier, unit])
    merged = merge(built)
    assert ox.Triple(statement, p, x) in merged
    assert not any(triple.subject == x for triple in merged)
    assert set(unit.graphs["graph/facts/2020/PRY"]) <= merged
    assert ox.Triple(x, p, x) in named_graphs(built)["graph/facts/2018/PRY"]
