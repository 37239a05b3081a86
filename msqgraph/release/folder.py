"""A whole release, from a dataset folder: every part writes its files, then what is said about them all.

The order matters: a catalogue gives sizes and checksums of files, so it comes after them, and the list of checksums
last.
"""

from __future__ import annotations

from pathlib import Path

from msqgraph import assets
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError
from msqgraph.release.about import About, Release, load_about
from msqgraph.release.layout import MODEL_FILES, files_of
from msqgraph.release.personal_gate import refuse_personal
from msqgraph.typed_yaml import dumped
from msqgraph.whole_folder import whole_folder

ABOUT, SUMS = "release.yaml", "SHA256SUMS"


def write_release(
    dataset: Path | str, folder: Path | str, about: About | None = None, previous: Path | str | None = None
) -> list[str]:
    """Writes a release folder (its layout: :mod:`msqgraph.release.layout`); it becomes visible all at once.

    :param previous: the release folder before this one, which changes are told against.
    :returns: what was left out and why, for people.
    :raises UsageError: if there is no dataset, no previous release where one is named, or it has the same version; if
        the folder holds something else, or is the dataset's; if the dataset shows personal data.
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
    before = _version_of(previous, release.about.version) if previous else None
    if dataset.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise UsageError(f"{folder}: is in the dataset — write the release elsewhere")
    refuse_personal(dataset, release.base)
    with whole_folder(folder, "a release", ABOUT) as fresh:
        (fresh / ABOUT).write_text(dumped(release.about), encoding="utf-8")
        write_data(dataset, fresh, release.base)
        left_out = write_tables(dataset, fresh, release)
        _write_model(fresh, release.base)
        left_out += write_changes(dataset, fresh, release, Path(previous) if previous else None)
        write_citations(dataset, fresh, release)
        if release.about.site:
            write_w3id(fresh / "w3id", release.base, release.about.site, release.about.contact)
        write_void(dataset, fresh, release)
        write_service_description(dataset, fresh, release)
        write_catalogues(dataset, fresh, release, files_of(fresh), before)
        (fresh / "README.md").write_text(readme(release, files_of(fresh), before), encoding="utf-8")
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in files_of(fresh))
        (fresh / SUMS).write_text(sums, encoding="utf-8")
    return left_out


def _version_of(previous: Path | str, version: str) -> str:
    """The version of the release before.

    :raises UsageError: if there is none in the folder, or it is the one that is being written.
    """
    path = Path(previous) / ABOUT
    if not path.is_file():
        raise UsageError(f"{previous}: no release — give the folder that `msqgraph export --release` wrote before")
    before = load_about(path).version
    if before == version:
        raise UsageError(f"{previous}: is version {before}, too — name this one with --release-version")
    return before


def _write_model(folder: Path, base: str) -> None:
    """Ontology, code lists, form, shapes, rules and queries as files, their IRIs under the dataset's base."""
    for top, suffixes in MODEL_FILES.items():
        for suffix in suffixes:
            for name in assets.names(top, suffix):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(assets.read_text(name, base), encoding="utf-8")
