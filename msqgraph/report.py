"""What a build found, for programs: ``report.json`` with everything, ``report.ttl`` with the SHACL results."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from msqgraph import iris
from msqgraph.build import Build, Unit
from msqgraph.corroboration import agreements
from msqgraph.errors import readable
from msqgraph.exports.rdf import turtle
from msqgraph.response import Response
from msqgraph.terms import text_of
from msqgraph.validation import SEVERITIES, Validation, report_triples

if TYPE_CHECKING:
    import pyoxigraph as ox

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def report_json(built: Build) -> str:
    """The report as JSON: per response what was read, understood, doubted and found; other sources; what was not read.

    >>> from msqgraph import build
    >>> json.loads(report_json(build(["responses"])))["responses"][0]["country"]
    'PRY'
    """
    report = {
        "base": built.base,
        "responses": [_unit(unit, built.base) for unit in built.units],
        "sources": [
            {
                "file": readable(source.path),
                "triples": {path: len(triples) for path, triples in source.graphs.items()},
                **_found(source.validation),
            }
            for source in built.sources
        ],
        "links": {
            "accepted": built.links.accepted,
            "left_out": [{"subject": one.subject, "object": one.object} for one in built.links.left_out],
        },
        **_withdrawn(built),
        "contradictions": built.contradictions,
        "unreadable": [{"file": e.file, "problem": e.problem, "remedy": e.remedy} for e in built.unreadable],
        "superseded_by_transcripts": [readable(path) for path in built.superseded],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _withdrawn(built: Build) -> dict[str, Any]:
    """What stands for nothing any more, by why; people under IRIs that hold no name."""
    found: dict[str, list[str]] = {"forgotten": [], "withdrawn": []}
    for one in built.withdrawals:
        found["forgotten" if one.code == "forgotten" else "withdrawn"].append(iris.absolute(one.path, built.base))
    return {name: {"count": len(listed), "iris": listed} for name, listed in found.items()}


def report_turtle(built: Build) -> bytes:
    """The validation reports of all responses and sources as Turtle; every report and result has an IRI."""
    triples: list[ox.Triple] = []
    for unit in built.units:
        path = f"id/report/{unit.response.edition}/{unit.response.country_iso3}"
        triples += report_triples(unit.validation.findings, iris.absolute(path, built.base))
    for source in built.sources:
        path = min(source.graphs).replace("graph/", "id/report/", 1)
        triples += report_triples(source.validation.findings, iris.absolute(path, built.base))
    return turtle(triples, built.base)


def doubts(response: Response) -> list[dict[str, Any]]:
    """Every doubt with its place: question, mention (from 1), quote; those about the whole response have no question.

    What a person confirmed or corrected is not listed.

    >>> from msqgraph import load_response
    >>> doubts(load_response("tests/cases/paraguay/answers.yaml"))[-1]["doubt"]
    'lost-tick'
    """
    found: list[dict[str, Any]] = [{"doubt": doubt} for doubt in response.doubts]
    for number, answer in response.answers.items():
        if answer.review:
            continue
        found += [{"question": number, "doubt": doubt} for doubt in answer.doubts]
        for index, mention in enumerate(answer.understood.mentions if answer.understood else [], 1):
            place = {"question": number, "mention": index, "quote": mention.quote}
            found += [{**place, "doubt": doubt} for doubt in mention.doubts]
    return found


def entities(unit: Unit, base: str) -> dict[str, int]:
    """How many things of each class of ours a response's facts describe."""
    ours = iris.absolute("ontology#", base)
    facts = next(triples for path, triples in unit.graphs.items() if path.startswith("graph/facts/"))
    classes = [text_of(triple.object) for triple in facts if triple.predicate.value == _RDF_TYPE]
    return dict(sorted(Counter(c.removeprefix(ours) for c in classes if c.startswith(ours)).items()))


def corroboration(unit: Unit, base: str) -> dict[str, dict[str, int]]:
    """How many of a response's statements each source agrees with, and how far; empty where no source was given."""
    graphs = (triples for path, triples in unit.graphs.items() if path.startswith("graph/corroboration/"))
    return agreements((triple for triples in graphs for triple in triples), base)


def conflicts(unit: Unit) -> list[dict[str, Any]]:
    """Decisions of people that were not applied, as the answer reads otherwise now; words and boxes of then and now."""
    return [
        {
            "question": one.decision.question,
            "decision": one.decision.decision,
            "by": one.decision.by,
            "at": one.decision.at,
            "seen": {"quote": one.decision.quote, "ticks": one.decision.ticks_seen},
            "now": {"quote": one.quote_now, "ticks": one.ticks_now},
        }
        for one in unit.conflicts
    ]


def _reviews(unit: Unit) -> dict[str, Any]:
    """What people decided; nothing where nobody did."""
    verdicts = Counter(answer.review.decision for answer in unit.response.answers.values() if answer.review)
    if not verdicts and not unit.conflicts:
        return {}
    return {"reviews": dict(sorted(verdicts.items())), "review_conflicts": conflicts(unit)}


def _unit(unit: Unit, base: str) -> dict[str, Any]:
    response = unit.response
    mentions = [m for a in response.answers.values() if a.understood for m in a.understood.mentions]
    return {
        "source": unit.source,
        "country": response.country_iso3,
        "edition": response.edition,
        "document": {"file_name": response.document.file_name, "sha256": response.document.sha256},
        "answers": dict(sorted(Counter(answer.status for answer in response.answers.values()).items())),
        "mentions": dict(sorted(Counter(mention.names for mention in mentions).items())),
        "entities": entities(unit, base),
        "triples": {path: len(triples) for path, triples in unit.graphs.items()},
        "corroboration": corroboration(unit, base),
        "doubts": doubts(response),
        **_reviews(unit),
        **_found(unit.validation),
    }


def _found(validation: Validation) -> dict[str, Any]:
    return {
        "findings": {severity: validation.count(severity) for severity in SEVERITIES},
        "results": [
            {
                "severity": finding.severity,
                "shape": finding.shape,
                "focus_node": finding.focus_node,
                "path": finding.path,
                "value": finding.value,
                "message": finding.message,
            }
            for finding in validation.findings
        ],
        "focus_nodes": validation.focus_nodes,
    }
