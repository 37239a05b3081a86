"""Mappings to other vocabularies: each is a SKOS triple and an ``sssom:Mapping`` beside it."""

from __future__ import annotations

from itertools import chain

import pytest
from rdflib import RDF, SKOS, Graph, Namespace

from msqgraph import assets

SSSOM = Namespace("https://w3id.org/sssom/")
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
FILES = list(assets.names("ontology/alignments", ".ttl"))


def read(name: str) -> Graph:
    """One alignment file."""
    return Graph().parse(data=assets.read_text(name), format="turtle")


@pytest.mark.parametrize("name", FILES)
def test_every_match_is_justified_and_every_justification_has_its_match(name: str) -> None:
    """Triple for triple, in the same file; a mapping's IRI names the file's vocabulary."""
    graph = read(name)
    matches = {(s, p, o) for p in MATCHES for s, o in graph.subject_objects(p)}
    vocabulary = name.rpartition("/")[2].removesuffix(".ttl")
    described = []
    for mapping in graph.subjects(RDF.type, SSSOM.Mapping):
        assert str(mapping).startswith(f"{assets.DEFAULT_BASE}mapping/{vocabulary}/")
        described.append(
            tuple(graph.value(mapping, SSSOM[f"{part}_id"]) for part in ("subject", "predicate", "object"))
        )
    assert len(described) == len(set(described))
    assert set(described) == matches


def test_there_are_mappings_to_be_looked_at() -> None:
    """Most of the vocabularies that are aligned are aligned by concepts."""
    assert sum(1 for _ in chain.from_iterable(read(name).subjects(RDF.type, SSSOM.Mapping) for name in FILES)) > 50
