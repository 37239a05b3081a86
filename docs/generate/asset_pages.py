"""The pages of what msqgraph works by: queries, shapes, mapping rules, and the context of the JSON-LD."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from docs.generate.rendering import render
from docs.generate.repository_links import asset_anchor
from docs.generate.vocabulary import Resource, curie, resources
from msqgraph import assets
from msqgraph.queries import load_query, query_names

_TARGETS = ("sh:targetClass", "sh:targetSubjectsOf", "sh:targetObjectsOf", "sh:targetNode")
_SEVERITIES = {"Violation": "violation", "Warning": "warning", "Info": "info"}


@dataclass(frozen=True, slots=True)
class ShapesFile:
    """A file of shapes: what it says of itself, and its node shapes."""

    name: str
    about: str
    shapes: list[Resource]


@dataclass(frozen=True, slots=True)
class Rule:
    """A mapping rule: what it says of itself, and its text."""

    name: str
    file: str
    about: str
    text: str


def queries_page() -> str:
    """Every question of the package with its parameters and its text."""
    return render("queries.html", queries=[load_query(name) for name in query_names()])


def shapes_page() -> str:
    """Every node shape with what it looks at and what it asks of it."""
    names = list(assets.names("shapes", ".ttl"))
    described = resources(*names)
    files = [ShapesFile(asset_anchor(name), _about(name, "#")[0], _node_shapes(name)) for name in names]
    return render("shapes.html", files=files, described=described, targets=_TARGETS, severity=_severity)


def mappings_page() -> str:
    """Every rule by which a fact is made of an answer."""
    rules = [Rule(asset_anchor(name), name, *_about(name, "#")) for name in sorted(assets.names("mappings", ".rq"))]
    return render("mappings.html", rules=rules)


def context_page() -> str:
    """Every key of a response's JSON-LD with the term that it stands for."""
    context = json.loads(assets.read_text("mappings/response.context.jsonld"))["@context"]
    prefixes = {key: value for key, value in context.items() if isinstance(value, str) and value.endswith(("#", "/"))}
    keys = [(key, value) for key, value in context.items() if key not in prefixes and not key.startswith("@")]
    namespace = f"{assets.DEFAULT_BASE}ontology#"
    rows = [_key(key, value if isinstance(value, dict) else {"@id": value}, namespace) for key, value in sorted(keys)]
    return render("context.html", prefixes=sorted(prefixes.items()), rows=rows)


def _key(name: str, value: dict[str, object], namespace: str) -> tuple[str, str, str, str]:
    """A key, its term, that term's IRI if it is the ontology's, and how the values are read."""
    term = str(value.get("@id") or value.get("@reverse") or "")
    how = [f"{key} {what}" for key, what in value.items() if key != "@id" and not isinstance(what, dict)]
    iri = namespace + term.removeprefix("msq:") if term.startswith("msq:") else ""
    return name, term, iri, ", ".join(how)


def _about(name: str, mark: str) -> tuple[str, str]:
    """The comment at the top of a file, and the rest."""
    lines = assets.read_text(name).splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith(mark)), len(lines))
    about = " ".join(line.removeprefix(mark).strip() for line in lines[:end])
    return about, "\n".join(lines[end:]).strip() + "\n"


def _node_shapes(name: str) -> list[Resource]:
    return [r for r in resources(name).values() if any(curie(iri) == "sh:NodeShape" for iri in r.iris("rdf:type"))]


def _severity(resource: Resource) -> str:
    found = [re.sub(r".*#", "", iri) for iri in resource.iris("sh:severity")]
    return _SEVERITIES[found[0]] if found else "violation"
