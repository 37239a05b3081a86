"""What a build reads: documents, transcripts that win over the document beside them, and graphs of other sources."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from msqgraph.corrected import settle
from msqgraph.documents import READERS, Document, read_document
from msqgraph.errors import UnreadableInput
from msqgraph.response import Response, load_response
from msqgraph.reviews.decisions import is_review, review_path
from msqgraph.sources import SUFFIX
from msqgraph.transcribe import transcribe
from msqgraph.withdrawals import is_withdrawals

TRANSCRIPT_SUFFIXES = (".yaml", ".yml")
REGISTRY_FOLDER = "identity"


@dataclass(slots=True)
class Inputs:
    """Files of responses and of other sources, in order; those that a transcript stands for; the folders of registries;
    the lists of what is withdrawn; what cannot be read."""

    files: list[Path] = field(default_factory=list)
    sources: list[Path] = field(default_factory=list)
    superseded: list[Path] = field(default_factory=list)
    registries: list[Path] = field(default_factory=list)
    withdrawals: list[Path] = field(default_factory=list)
    unreadable: list[UnreadableInput] = field(default_factory=list)


def find_inputs(paths: Iterable[Path | str]) -> Inputs:
    """All documents, transcripts and N-Quads files under the paths, sorted; hidden files, registries, datasets apart.

    Decisions of reviews are no inputs of their own; those without their document are named.

    >>> [path.name for path in find_inputs(["responses"]).files]
    ['PRY.md']
    """
    inputs, found = Inputs(), set()
    for path in map(Path, paths):
        if path.is_dir():
            datasets = {report.parent for report in path.rglob("report.json") if (report.parent / "store").is_dir()}
            files = [
                file
                for file in path.rglob("*")
                if file.is_file() and _is_input(file.relative_to(path)) and datasets.isdisjoint(file.parents)
            ]
            reviews = {file for file in files if is_review(file)}
            files = [file for file in files if file not in reviews and not is_withdrawals(file)]
            found |= set(files)
            inputs.unreadable += _without_source(reviews - set(map(review_path, files)))
            if not files:
                problem = "the folder holds no document and no transcript"
                inputs.unreadable.append(UnreadableInput(path, problem, "check the name of the folder"))
        elif not is_withdrawals(path):
            found.add(path)
        known = {file.resolve() for file in inputs.withdrawals}
        inputs.withdrawals += [file for file in _withdrawals(path) if file.resolve() not in known]
        inputs.registries += [folder for folder in _registry_folders(path) if folder not in inputs.registries]
    transcripts = {path.with_suffix("") for path in found if path.suffix.lower() in TRANSCRIPT_SUFFIXES}
    inputs.sources = sorted(path for path in found if path.suffix.lower() == SUFFIX)
    for path in sorted(found - set(inputs.sources)):
        is_document = path.suffix.lower() not in TRANSCRIPT_SUFFIXES
        (inputs.superseded if is_document and path.with_suffix("") in transcripts else inputs.files).append(path)
    return inputs


def read_input(path: Path, country_iso3: str | None = None) -> Response:
    """The response in a document or transcript.

    :param country_iso3: the country of a document that does not name its own.
    :raises UnreadableInput: if it holds none.

    >>> read_input(Path("responses/2020/PRY.md")).edition
    '2020'
    """
    return response_in(open_input(path), path, country_iso3)


def open_input(path: Path) -> Document | Response:
    """What a file holds: a transcript's response, or a document that is still to be transcribed.

    :raises UnreadableInput: if it holds neither.

    >>> open_input(Path("responses/2020/PRY.md")).file_name
    'PRY.md'
    """
    if not path.exists():
        raise UnreadableInput(path, "no such file or folder", "check the name")
    if path.is_dir():
        raise UnreadableInput(path, "is a folder", "give a document in it, or build the whole folder")
    if path.suffix.lower() in TRANSCRIPT_SUFFIXES:
        return settle(load_response(path), path)
    if path.suffix.lower() not in READERS:
        problem = f"files of kind {path.suffix or '(no suffix)'!r} cannot be read"
        raise UnreadableInput(path, problem, f"give one of {', '.join([*READERS, *TRANSCRIPT_SUFFIXES, SUFFIX])}")
    return read_document(path)


def response_in(opened: Document | Response, path: Path, country_iso3: str | None = None) -> Response:
    """The response in an opened file; asking again with a country does not read the file again.

    :raises NoCountryNamed: if neither the document nor the caller names a country.
    :raises UnreadableInput: if the document holds no response.
    """
    if isinstance(opened, Response):
        return opened
    try:
        return transcribe(opened, country_iso3)
    except UnreadableInput as error:  # the document knows its name only, a person wants to know which of that name
        raise type(error)(path, error.problem, error.remedy) from None


def _is_input(relative: Path) -> bool:
    return not any(part.startswith(".") or part == REGISTRY_FOLDER for part in relative.parts)


def _without_source(reviews: Iterable[Path]) -> list[UnreadableInput]:
    problem, remedy = "decisions about a document that is not here", "give both the same name, or delete the decisions"
    return [UnreadableInput(path, problem, remedy) for path in sorted(reviews)]


def _registry_folders(path: Path) -> list[Path]:
    """Where registries of a path's responses may be: in the folder, beside the file, or beside the edition's folder."""
    folder = path if path.is_dir() else path.parent
    candidates = [
        *(sorted(folder.rglob(REGISTRY_FOLDER)) if path.is_dir() else ()),
        folder / REGISTRY_FOLDER,
        folder.parent / REGISTRY_FOLDER,
    ]
    return [candidate for candidate in dict.fromkeys(candidates) if candidate.is_dir()]


def _withdrawals(path: Path) -> list[Path]:
    """Where lists of what is withdrawn may be: in the folder, below it, and in every folder above it."""
    folder = path if path.is_dir() else path.parent
    above = [folder, *folder.parents]
    if not folder.is_absolute():  # also above where we are, in the words of somebody who is here
        above += [Path(os.path.relpath(place)) for place in Path.cwd().parents]
    nearby = [file for place in above for file in sorted(place.glob("*"))]
    below = sorted(folder.rglob("*")) if path.is_dir() else []
    lists = [file for file in (*nearby, *below) if is_withdrawals(file) and file.is_file()]
    return list({file.resolve(): file for file in reversed(lists)}.values())[::-1]
