"""A later edition of the same country supersedes the shortcuts of an earlier one; what was stated stays."""

from __future__ import annotations

import csv
import dataclasses
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox

from msqgraph.build import Build, Unit
from msqgraph.dataset import merge, named_graphs
from tests.conftest import ROOT, SAMPLE

CASE = ROOT / "tests" / "cases" / "edition-2098"


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


def test_a_new_edition_needs_no_code(tmp_path: Path) -> None:
    """One Turtle file makes a form known: a document of it is read, and one topic is asked of both editions.

    The made-up edition has other numbers and words, a question with a topic of its own, and drops others.
    """
    forms, dataset = tmp_path / "assets" / "ontology", tmp_path / "dataset"
    forms.mkdir(parents=True)
    shutil.copy(CASE / "questionnaire-2098.ttl", forms)

    def msqgraph(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(Path(sys.executable).with_name("msqgraph")), *arguments],
            cwd=ROOT,
            env={**os.environ, "MSQGRAPH_ASSETS": str(tmp_path / "assets")},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    built = msqgraph("build", str(SAMPLE), str(CASE / "XAB.md"), "--country", "XAB", "-o", str(dataset))
    assert built.returncode in (0, 1), built.stderr
    assert "not read" not in built.stderr
    findings = json.loads((dataset / "report.json").read_text("utf-8"))["responses"]
    assert [(one["country"], one["edition"]) for one in findings] == [("PRY", "2020"), ("XAB", "2098")]
    assert [one["findings"]["Violation"] for one in findings] == [0, 0]
    assert findings[1]["answers"] == {"answered": 6}
    assert findings[1]["doubts"] == []

    def rows(question: str, *columns: str, **parameters: str) -> list[tuple[str, ...]]:
        given = [word for name, value in parameters.items() for word in ("--param", f"{name}={value}")]
        asked = msqgraph("query", question, "--data", str(dataset), "-f", "csv", *given)
        assert asked.returncode == 0, asked.stderr
        return [tuple(row[name] for name in columns) for row in csv.DictReader(asked.stdout.splitlines())]

    what = "what-did-countries-answer-in-each-edition"
    told = ("year", "iso3", "number", "says", "status")
    assert rows(what, *told, topic="user-satisfaction") == [
        ("2020", "PRY", "12", "", "unreadable"),
        ("2098", "XAB", "5", "yes", "answered"),
    ]
    assert rows(what, *told, topic="social-media") == [("2020", "PRY", "14", "", "answered")]  # dropped since
    assert rows(what, *told, topic="register-of-algorithms") == [("2098", "XAB", "4", "no", "answered")]  # new
    assert ("XAB", "Education", "Council for Higher Education") in rows(
        "which-agency-is-responsible-for-what", "iso3", "area", "agency"
    )
