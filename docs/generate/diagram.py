"""One diagram of the model, drawn from the ontology and its shapes: ``python -m docs.generate.diagram``.

A box is a class of the ontology with what it is built on. An arrow is an object property from domain to range, where
the ontology names both, or the shapes do (``sh:targetClass``, ``sh:path``, ``sh:class``). Lines in a box are properties
that lead to a code, to a thing of any kind, or to a class that too many have to do with: drawn as arrows they would
hide the others. Graphviz lays it out. The SVG is kept beside the pages with the SHA-256 of the graph that it was drawn
from, so that a site is built, and a stale drawing noticed, without Graphviz.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pyoxigraph as ox

from docs.generate.vocabulary import CONCEPT, Term, curie, terms
from msqgraph import assets
from msqgraph.answers import write_file
from msqgraph.errors import UsageError
from msqgraph.terms import text_of

DRAWING = Path(__file__).parents[1] / "model.svg"
TOO_MANY = 4
TITLE = "The model of msqgraph"
_DRAWN_FROM = re.compile(r"drawn from sha256:(?P<sum>[0-9a-f]{64})")
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_EDGES = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?from ?property ?to WHERE {
  { ?property a owl:ObjectProperty ; rdfs:domain ?from OPTIONAL { ?property rdfs:range ?to } }
  UNION { ?shape sh:targetClass ?from ; sh:property ?of . ?of sh:path ?property ; sh:class ?to }
  UNION { ?shape sh:targetClass ?from ; sh:property ?of . ?of sh:path ?property .
          ?of sh:qualifiedValueShape/sh:hasValue ?to }
  FILTER(isIRI(?property))
}"""
_STYLE = """
  .paper { fill: #ffffff } text { font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; fill: #1b1f24 }
  .cluster polygon, .cluster path { fill: #f3f5f8; stroke: #b4bcc8 } .cluster text { fill: #424b57; font-weight: bold }
  .node polygon, .node path { fill: #ffffff; stroke: #1f5a96; stroke-width: 1.2 } .node a text { fill: #0b4a8b }
  .node .outline { fill: none }
  .edge path { stroke: #5b6673; fill: none } .edge polygon { stroke: #5b6673; fill: #5b6673 }
  .edge text { fill: #3a4450; paint-order: stroke; stroke: #ffffff; stroke-width: 3px }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #14181d } text { fill: #e6e9ed }
    .cluster polygon, .cluster path { fill: #1c222a; stroke: #46515f } .cluster text { fill: #b9c3cf }
    .node polygon, .node path { fill: #14181d; stroke: #7db3ec } .node .outline { fill: none }
    .node a text { fill: #9cc8f7 }
    .edge path { stroke: #98a4b2 } .edge polygon { stroke: #98a4b2; fill: #98a4b2 }
    .edge text { fill: #c6cfd9; stroke: #14181d }
  }
  @media print { .paper { fill: #ffffff } }
"""


def graph() -> str:
    """The model in the DOT language, sorted: what Graphviz lays out.

    >>> '"Answer" -> "Mention"' in graph()
    True
    """
    classes = {term.resource.iri: term for term in terms() if term.kind == "class"}
    arrows, lines = _edges(classes)
    groups = dict.fromkeys(term.group for term in classes.values())
    found = [
        "digraph {",
        'rankdir=LR; nodesep=0.22; ranksep=0.75; pad=0.15; compound=true; bgcolor=white; fontname="Helvetica";',
        'node [shape=plain, fontname="Helvetica", fontsize=11];',
        'edge [fontname="Helvetica", fontsize=9.5, arrowsize=0.7];',
    ]
    for number, group in enumerate(groups):
        found.append(
            f'subgraph cluster_{number} {{ label="{group.capitalize()}"; style=rounded; fontsize=14; margin=14;'
        )
        found += [_node(term, lines[iri]) for iri, term in classes.items() if term.group == group]
        found.append("}")
    found += [f'"{source}" -> "{target}" [label="{label}"];' for source, target, label in arrows]
    return "\n".join([*found, "}"]) + "\n"


def drawn_from(svg: str) -> str:
    """The SHA-256 of the graph that a drawing was made from; empty if it does not say."""
    match = _DRAWN_FROM.search(svg)
    return match["sum"] if match else ""


def sum_of(dot: str) -> str:
    """The SHA-256 of a graph."""
    return hashlib.sha256(dot.encode()).hexdigest()


def draw(dot: str) -> bytes:
    """The graph as SVG: titled, described, coloured by its own style sheet for light and dark, each class linked.

    :raises UsageError: if Graphviz is not installed, or cannot lay it out.
    """
    try:
        done = subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True, encoding="utf-8", check=True)  # noqa: S607
    except (OSError, subprocess.CalledProcessError) as error:
        raise UsageError(f"dot: {error} — install Graphviz (Debian: graphviz)") from None
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    svg = ElementTree.fromstring(done.stdout)  # noqa: S314 - Graphviz's own output
    _clean(svg)
    described = f"{_description()} It is drawn from sha256:{sum_of(dot)}."
    for at, (name, text) in enumerate((("title", TITLE), ("desc", described), ("style", _STYLE))):
        element = ElementTree.Element(f"{{{_SVG}}}{name}", {"id": f"model-{name}"} if name != "style" else {})
        element.text = text
        svg.insert(at, element)
    svg.insert(0, ElementTree.Comment(" Generated by `make diagram` from the ontology and its shapes; do not edit. "))
    svg.set("role", "img")
    svg.set("aria-labelledby", "model-title model-desc")
    svg.set("lang", "en")
    return (ElementTree.tostring(svg, encoding="unicode") + "\n").encode()


def _edges(classes: dict[str, Term]) -> tuple[list[tuple[str, str, str]], dict[str, list[str]]]:
    """The arrows with their labels, and by class the lines in its box."""
    store = ox.Store()
    for name in ("ontology/msq.ttl", *assets.names("shapes", ".ttl")):
        store.bulk_load(assets.read_text(name).encode(), format=ox.RdfFormat.TURTLE)
    solutions = cast("ox.QuerySolutions", store.query(_EDGES))
    found = {tuple(text_of(term) if term else "" for term in solution) for solution in solutions}
    rows = sorted(row for row in found if row[0] in classes)
    named = {(source, prop) for source, prop, target in rows if target in classes or target == CONCEPT}
    arrows: dict[tuple[str, str], list[str]] = {}
    lines: dict[str, list[str]] = {iri: [] for iri in classes}
    for source, prop, target in rows:
        fellows = {one for one, other, to in rows if to == target and other == prop}
        name = curie(prop).removeprefix("msq:")
        if target in classes and len(fellows) < TOO_MANY:
            arrows.setdefault((classes[source].name, classes[target].name), []).append(name)
        elif target in classes:
            lines[source].append(f"{name} → {classes[target].name}")
        elif target == CONCEPT:
            lines[source].append(f"{name} → code")
        elif not target and (source, prop) not in named:
            lines[source].append(f"{name} → thing")
    joined = [(source, target, "\\n".join(names)) for (source, target), names in sorted(arrows.items())]
    return joined, {iri: sorted(set(some)) for iri, some in lines.items()}


def _node(term: Term, lines: list[str]) -> str:
    built_on = [curie(iri).removeprefix("msq:") for iri in term.resource.iris("rdfs:subClassOf")]
    rows = [f'<td port="name"><b>{term.name}</b></td>']
    if built_on:
        rows.append(f'<td><font point-size="9"><i>{escape(", ".join(built_on))}</i></font></td>')
    rows += [f'<td align="left"><font point-size="9">{escape(line)}  </font></td>' for line in lines]
    cells = "".join(f"<tr>{row}</tr>" for row in rows)
    frame = 'border="1" cellborder="0" cellspacing="0" cellpadding="3" bgcolor="white" style="rounded"'
    link = f"reference/ontology.html#{term.name}"
    return f'"{term.name}" [href="{link}", tooltip="{term.name}", label=<<table {frame}>{cells}</table>>];'


def _description() -> str:
    """The drawing in words: every group with its classes."""
    return " ".join(f"{group.capitalize()}: {', '.join(names)}." for group, names in _classes_by_group())


def _classes_by_group() -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for term in terms():
        if term.kind == "class":
            found.setdefault(term.group, []).append(term.name)
    yield from found.items()


def _clean(svg: ElementTree.Element) -> None:
    """Without what Graphviz paints and names itself: colours are those of the style sheet, titles those of links."""
    for parent in list(svg.iter()):
        for child in list(parent):
            if child.tag == f"{{{_SVG}}}title":
                parent.remove(child)
        if parent.get("fill") == "none" and parent.tag in (f"{{{_SVG}}}path", f"{{{_SVG}}}polygon"):
            parent.set("class", "outline")  # the border of a box, which is painted above its words
        for key in ("fill", "stroke", "font-family", "id"):
            parent.attrib.pop(key, None)
    drawing = svg.find(f"{{{_SVG}}}g")
    paper = None if drawing is None else drawing.find(f"{{{_SVG}}}polygon")
    if paper is not None:
        paper.set("class", "paper")
    del svg.attrib["width"], svg.attrib["height"]


if __name__ == "__main__":
    write_file(DRAWING, draw(graph()))
