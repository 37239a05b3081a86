"""A whole release, from a dataset folder: every part writes its files, then what is said about them all.

The order matters: a catalogue gives sizes and checksums of files, so it comes after them, and the list of checksums
last.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from msqgraph import assets
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError
from msqgraph.release.about import ABOUT, About, Release, load_about
from msqgraph.release.checksums import SUMS
from msqgraph.release.layout import MODEL_FILES, files_of
from msqgraph.release.personal_gate import refuse_personal, refuse_personal_texts
from msqgraph.typed_yaml import dumped
from msqgraph.whole_folder import whole_folder

_W3ID = "w3id"


@dataclass(frozen=True, slots=True)
class Written:
    """What people should hear of a release that was written; how many violations its dataset has; how many IRIs went
    without a word, or came back."""

    messages: list[str]
    violations: int
    suspect: int


def write_release(
    dataset: Path | str, folder: Path | str, about: About | None = None, previous: Path | str | None = None
) -> Written:
    """Writes a release folder (its layout: :mod:`msqgraph.release.layout`); it becomes visible all at once.

    :param previous: the release folder before this one, which changes are told against.
    :raises UsageError: if there is no dataset, no previous release where one is named, or it has the same version or
        address; if the folder holds something else, another version, or is the dataset's; if the dataset shows personal
        data.
    """
    from msqgraph.exports.catalog import write_catalogues
    from msqgraph.exports.citation import write_citations
    from msqgraph.exports.dump import write_data
    from msqgraph.exports.flat_tables import write_tables
    from msqgraph.exports.service_description import write_service_description
    from msqgraph.exports.void import write_void
    from msqgraph.exports.w3id import write_w3id
    from msqgraph.release.changes import write_changes
    from msqgraph.release.readme import readme

    dataset, folder = Path(dataset), Path(folder)
    release = Release(about or load_about(), base_of(dataset))
    before = Path(previous) if previous else None
    version_before = _version_of(before, folder, release) if before else None
    _refuse_another_version(folder, release.about.version)
    if dataset.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise UsageError(f"{folder}: is in the dataset — write the release elsewhere")
    refuse_personal(dataset, release.base)
    with whole_folder(folder, "a release", _is_release) as fresh:
        (fresh / ABOUT).write_text(dumped(release.about), encoding="utf-8")
        write_data(dataset, fresh, release.base)
        messages = write_tables(dataset, fresh, release)
        _write_model(fresh, release.base)
        changes = write_changes(dataset, fresh, release, before)
        messages += changes.messages
        write_citations(dataset, fresh, release)
        if release.about.site:
            write_w3id(fresh / _W3ID, release.base, release.about.site, release.about)
        write_void(dataset, fresh, release)
        if release.about.endpoint:
            write_service_description(dataset, fresh, release)
        files = files_of(fresh)
        write_catalogues(dataset, fresh, release, files, before)
        files = files_of(fresh, files)
        (fresh / "README.md").write_text(readme(release, files, version_before), encoding="utf-8")
        refuse_personal_texts(fresh)
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in files_of(fresh, files))
        (fresh / SUMS).write_text(sums, encoding="utf-8")
    violations, told = _findings(dataset)
    return Written([*messages, *told], violations, changes.gone + changes.back)


def _is_release(folder: Path) -> bool:
    """Whether a folder holds a release and nothing else: every file is in its list of checksums, or the redirects."""
    if not (folder / SUMS).is_file():
        return False
    listed = {line.partition("  ")[2] for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()}
    listed |= {SUMS, f"{_W3ID}/.htaccess"}
    return all(path.relative_to(folder).as_posix() in listed for path in folder.rglob("*") if not path.is_dir())


def _findings(dataset: Path) -> tuple[int, list[str]]:
    """How many violations the build of a dataset found; what a publisher should hear of: these, and missing consent."""
    responses = json.loads((dataset / "report.json").read_text(encoding="utf-8"))["responses"]
    found = [(one, finding) for one in responses for finding in one["results"]]
    violations = sum(finding["severity"] == "Violation" for _, finding in found)
    told = [
        f"{one['country']} {one['edition']}: {finding['message']} ({finding['focus_node']})"
        for one, finding in found
        if finding["severity"] == "Violation" or finding["shape"].endswith("#ConsentAnswerShape")
    ]
    return violations, told


def _refuse_another_version(folder: Path, version: str) -> None:
    """A release that is there may be written anew, but not replaced by another version."""
    if (folder / ABOUT).is_file() and (there := load_about(folder / ABOUT).version) != version:
        raise UsageError(f"{folder}: holds version {there} — write version {version} to a folder of its own")


def _version_of(previous: Path, folder: Path, release: Release) -> str:
    """The version of the release before.

    :raises UsageError: if there is none in the folder, it is the one that is being written, or shares its address.
    """
    path = previous / ABOUT
    version = release.about.version
    if not path.is_file():
        raise UsageError(f"{previous}: no release — give the folder that `msqgraph export --release` wrote before")
    about = load_about(path)
    before = about.version
    if before == version:
        raise UsageError(f"{previous}: is version {before}, too — name this one with --release-version")
    if previous.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise UsageError(f"{folder}: is the release before, or in it — write this one to a folder of its own")
    if about.address and about.address == release.about.address:
        raise UsageError(
            f"address {about.address}: is that of version {before} — give each version an address of its own"
        )
    history = previous / "changes.ttl"
    if history.is_file() and f"/release/{version}>" in history.read_text(encoding="utf-8"):
        raise UsageError(f"version {version}: was released before — name this one with --release-version")
    return before


def _write_model(folder: Path, base: str) -> None:
    """Ontology, code lists, form, shapes, rules and queries as files, their IRIs under the dataset's base."""
    for top, suffixes in MODEL_FILES.items():
        for suffix in suffixes:
            for name in assets.names(top, suffix):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(assets.read_text(name, base), encoding="utf-8")
