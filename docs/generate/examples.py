"""Examples of the terms, taken from the dataset that is built from the sample.

Only what is public is in that dataset; of an official nothing is shown but the IRI, which carries no name, so that the
pages need no change when somebody is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

import msqgraph
from msqgraph import assets
from msqgraph.exports.rdf import turtle

SAMPLE = Path(__file__).parents[2] / "responses"
MAX_TRIPLES = 9
MAX_TEXT = 160
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_UNSHOWN = {"http://xmlns.com/foaf/0.1/name"}


@cache
def sample() -> ox.Store:
    """The merge of the sample's public graphs."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in msqgraph.merge(msqgraph.build([SAMPLE])))
    return store


def example_of(iri: str) -> str:
    """A node or a triple of the sample that uses a term, as Turtle under the base; empty if there is none.

    >>> print(example_of("https://w3id.org/msqgraph/ontology#portalType"))
    <id/portal/ips-gov-py-e4cf1b> msq:portalType portal-type:other .
    """
    term = ox.NamedNode(iri)
    nodes = sorted(_subjects(sample().quads_for_pattern(None, ox.NamedNode(_TYPE), term)), key=_sample_first)
    if nodes:
        about = sorted(sample().quads_for_pattern(nodes[0], None, None), key=lambda quad: _weight(quad.triple))
        return _as_turtle([quad.triple for quad in about][:MAX_TRIPLES])
    used = sorted((quad.triple for quad in sample().quads_for_pattern(None, term, None)), key=_triple_order)
    return _as_turtle(used[:1])


def _subjects(quads: Iterable[ox.Quad]) -> set[ox.NamedNode]:
    return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _sample_first(node: ox.NamedNode) -> tuple[bool, int, str]:
    """What is about the sample's country before what is about the form or about others; then the shortest IRI."""
    return "/PRY" not in node.value, len(node.value), node.value


def _triple_order(triple: ox.Triple) -> tuple[bool, int, str]:
    return "/PRY" not in str(triple.subject), len(str(triple)), str(triple)


def _weight(triple: ox.Triple) -> tuple[int, str]:
    """Types first, then the project's own terms, then those of others; of each the first triples in the alphabet."""
    iri = triple.predicate.value
    return (0 if iri == _TYPE else 1 if iri.startswith(f"{assets.DEFAULT_BASE}ontology#") else 2), str(triple)


def _as_turtle(triples: list[ox.Triple]) -> str:
    shown = [_shortened(triple) for triple in triples if triple.predicate.value not in _UNSHOWN]
    lines = turtle(shown).decode().splitlines()
    body = "\n".join(line for line in lines if not line.startswith("@prefix")).strip()
    return body.replace(f"<{assets.DEFAULT_BASE}", "<")


def _shortened(triple: ox.Triple) -> ox.Triple:
    """The triple with a long text cut, which is told by an ellipsis."""
    text = triple.object
    if not isinstance(text, ox.Literal) or len(text.value) <= MAX_TEXT:
        return triple
    cut = text.value[:MAX_TEXT].rpartition(" ")[0] + " …"
    literal = ox.Literal(cut, language=text.language) if text.language else ox.Literal(cut)
    return ox.Triple(triple.subject, triple.predicate, literal)
