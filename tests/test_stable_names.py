"""An IRI that was published stands for what it stood for, or has a tombstone."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

import msqgraph
from msqgraph.assets import DEFAULT_BASE as BASE
from msqgraph.commands.check_iris import check_iris
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.stable_names import compare_names
from tests.conftest import SAMPLE
from tests.test_changes import dataset_of, edited, released, sealed

AGENCY = "id/agency/PRY/instituto-forestal-nacional"


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample without a registry."""
    return dataset_of(tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edited sample, its agency withdrawn."""
    return dataset_of(tmp_path_factory.mktemp("after"), edited, f"- {{iri: {AGENCY}, reason: It was renamed.}}")


def unburied(dataset: Path, folder: Path) -> Path:
    """A dataset without its tombstones."""
    return changed(dataset, folder, (r"^.*graph/tombstones> \.\n", ""))


def changed(dataset: Path, folder: Path, *edits: tuple[str, str]) -> Path:
    """A dataset's quads with regular expressions replaced, sorted again."""
    text = (dataset / "dataset.nq").read_text(encoding="utf-8")
    for pattern, replacement in edits:
        text, count = re.subn(pattern, replacement, text, flags=re.MULTILINE)
        assert count, pattern
    folder.mkdir()
    (folder / "dataset.nq").write_text("".join(sorted(text.splitlines(keepends=True))), encoding="utf-8")
    return folder


def test_a_dataset_is_stable_to_itself(dataset: Path) -> None:
    """Every IRI was looked at, and kept."""
    report = compare_names(dataset, dataset)
    assert report.looked_at == report.kept > 1000
    assert report.findings == []


def test_an_agency_that_is_gone_is_a_finding_and_a_statement_is_not(before: Path, after: Path, tmp_path: Path) -> None:
    """The lines for withdrawn.yaml are given; with them, the next build has a tombstone and the check passes."""
    report = compare_names(before, unburied(after, tmp_path / "new"))
    assert [(one.kind, one.iri) for one in report.findings] == [("gone", BASE + AGENCY)]
    assert report.going > 3
    assert report.entries() == f"- iri: {AGENCY}\n  reason:\n"
    done = compare_names(before, after)
    assert (done.findings, done.tombstoned) == ([], 1)


def test_a_release_needs_a_tombstone_for_everything(before: Path, after: Path, tmp_path: Path) -> None:
    """A release brings those of statements; without its file they are findings."""
    old = released(before, tmp_path / "1", "1")
    new = released(after, tmp_path / "2", "2", old)
    report = compare_names(old, new)
    assert report.findings == [] and report.tombstoned > 4
    third = released(after, tmp_path / "3", "3", new)
    assert compare_names(new, third).findings == []
    (third / "tombstones.ttl").write_bytes(b"")
    with pytest.raises(UsageError, match=r"tombstones\.ttl: is not what SHA256SUMS says"):
        compare_names(new, third)
    sealed(third)
    lost = compare_names(new, third)
    assert len(lost.findings) == report.tombstoned - 1, "all but what the dataset itself buries"
    assert {one.kind for one in lost.findings} == {"gone"}


@pytest.mark.parametrize(
    ("edits", "kind", "message"),
    [
        (
            [(rf"(<{BASE}{AGENCY}> <[^>]*#type> )<[^>]*>", r"\1<http://xmlns.com/foaf/0.1/Person>")],
            "meaning",
            "is Person",
        ),
        (
            [(r"(ontology#acronymAsWritten> <[^>]*#type> <[^>]*)DatatypeProperty", r"\1ObjectProperty")],
            "meaning",
            "was DatatypeProperty, and is ObjectProperty",
        ),
        ([(r'"Health"@en (<[^>]*codes>)', r'"Wealth"@en \1')], "meaning", "its prefLabel was Health, and is Wealth"),
        (
            [(r'(code/policy-area/health> <[^>]*notation> )"health"', r'\1"illness"')],
            "meaning",
            "its notation was health, and is illness",
        ),
        (
            [
                (
                    r"^(<[^>]*ontology#fieldRole>) <[^>]*#type> .*$",
                    r'\g<0>\n\1 <http://www.w3.org/2002/07/owl#deprecated> "true"'
                    rf"^^<http://www.w3.org/2001/XMLSchema#boolean> <{BASE}graph/ontology> .",
                )
            ],
            "deprecated",
            "is deprecated without rdfs:comment and dct:isReplacedBy",
        ),
        ([(r"^<[^>]*ontology#fieldRole> .*\n", "")], "gone", "is described no more"),
        ([(r"^<[^>]*id/response/2020/PRY> .*\n", "")], "gone", "is described no more"),
    ],
)
def test_offenders_are_found(
    edits: list[tuple[str, str]], kind: str, message: str, dataset: Path, tmp_path: Path
) -> None:
    """One at a time: another kind, another label or notation, a deprecation without a word, a lost term or response."""
    findings = compare_names(dataset, changed(dataset, tmp_path / "new", *edits)).findings
    assert [one.kind for one in findings] == [kind]
    assert message in findings[0].message


def test_a_tombstone_is_not_built_upon(before: Path, tmp_path: Path) -> None:
    """An IRI that was forgotten or withdrawn is not used again; the build itself keeps a described one."""
    forgotten = tmp_path / "forgotten"
    forgotten.mkdir()
    (forgotten / "PRY.md").write_bytes(SAMPLE.read_bytes())
    official = "id/official/PRY/chief-information-officer/2020"
    (forgotten / "forgotten.yaml").write_text(f"- {{iri: {official}, at: 2026-11-24}}", encoding="utf-8")
    msqgraph.write_dataset(msqgraph.build([forgotten]), tmp_path / "old")
    (finding,) = compare_names(tmp_path / "old", before).findings
    assert (finding.kind, finding.iri) == ("reused", BASE + official)
    assert "was forgotten, and is published again" in finding.message
    (forgotten / "withdrawn.yaml").write_text(f"- {{iri: {AGENCY}, reason: A mistake.}}", encoding="utf-8")
    built = msqgraph.build([forgotten])
    assert built.unreadable == [], "all inputs were read"
    assert [
        text.partition(" is withdrawn there, and is described all the same")[0] for text in built.contradictions
    ] == [f"{forgotten / 'withdrawn.yaml'}: {BASE}{AGENCY}"]
    assert [one.path for one in built.withdrawals] == [official]


@pytest.mark.parametrize(
    "text",
    [
        f"- iri: {AGENCY}",
        f"- {{iri: {AGENCY}, reason: ''}}",
        f"- {{iri: {AGENCY}, replaced_by: {AGENCY}, reason: x}}",
        "- {iri: 'http://example.org/x', reason: x}",
        "- {iri: id/official/PRY/x/2020, reason: x}",
        f"- {{iri: {AGENCY}, reason: x}}\n- {{iri: {AGENCY}, replaced_by: id/agency/PRY/y, reason: x}}",
    ],
)
def test_an_entry_says_why(text: str, tmp_path: Path) -> None:
    """An entry without a reason, of a foreign IRI, of a person, or against another one is refused."""
    (tmp_path / "PRY.md").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "withdrawn.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"withdrawn\.yaml"):
        msqgraph.build([tmp_path])


def test_a_check_that_looks_at_nothing_fails(dataset: Path, tmp_path: Path) -> None:
    """Another base, nothing under the base, no dataset at all."""
    other = changed(dataset, tmp_path / "other", (re.escape(BASE), "https://example.org/"))
    with pytest.raises(UsageError, match="build both with one --base"):
        compare_names(dataset, other)
    with pytest.raises(UnreadableInput, match="describes nothing under"):
        compare_names(dataset, dataset, "https://example.org/")
    with pytest.raises(UsageError, match="holds no release and no dataset"):
        compare_names(tmp_path, dataset)


def test_an_iri_that_spelled_a_forgotten_name_has_no_tombstone_and_is_no_finding(dataset: Path, tmp_path: Path) -> None:
    """It cannot be kept, not even as a tombstone; it is counted."""
    name = "id/agency/PRY/oficina-alejandro-peralta-vierci"
    old = changed(dataset, tmp_path / "old", (re.escape(AGENCY + ">"), name + ">"))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "PRY.md").write_bytes(SAMPLE.read_bytes())
    entry = "- {iri: id/official/PRY/chief-information-officer/2020, at: 2026-11-24}"
    (tmp_path / "in" / "forgotten.yaml").write_text(entry, encoding="utf-8")
    msqgraph.write_dataset(msqgraph.build([tmp_path / "in"]), tmp_path / "new")
    report = compare_names(old, tmp_path / "new")
    assert (report.nameless, report.findings) == (1, [])


def test_the_command_counts_and_has_an_exit_code(dataset: Path, tmp_path: Path) -> None:
    """0 and the counts, or 1 with findings and the lines to write."""
    app = typer.Typer()
    app.command()(check_iris)
    runner = CliRunner()
    fine = runner.invoke(app, [str(dataset), str(dataset)])
    assert fine.exit_code == 0 and re.search(r"^\d{4} IRIs looked at: .*; 0 findings$", fine.output, re.MULTILINE)
    new = changed(dataset, tmp_path / "new", (rf"^<{BASE}{AGENCY}> .*\n", ""))
    found = runner.invoke(app, [str(dataset), str(new)])
    assert found.exit_code == 1 and f"- iri: {AGENCY}\n" in found.output


def test_gzip_and_plain_are_read_alike(dataset: Path, tmp_path: Path) -> None:
    """A release folder and the dataset that it is of hold the same names."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "msqgraph.nq.gz").write_bytes(gzip.compress((dataset / "dataset.nq").read_bytes(), 1))
    report = compare_names(dataset, tmp_path)
    assert report.findings == [] and report.kept == report.looked_at > 1000
