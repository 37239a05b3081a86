"""What a build reads: documents, and transcripts that win over the document beside them; and one response from each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from msqgraph.countries import exists
from msqgraph.documents import READERS, read_document
from msqgraph.errors import UnreadableInput
from msqgraph.questionnaire import editions, load_questionnaire
from msqgraph.response import Response, load_response
from msqgraph.transcribe import transcribe

TRANSCRIPT_SUFFIXES = (".yaml", ".yml")
REGISTRY_FOLDER = "identity"


@dataclass(slots=True)
class Inputs:
    """Files to read, in order; those that a transcript stands for; the folders of registries; what cannot be read."""

    files: list[Path] = field(default_factory=list)
    superseded: list[Path] = field(default_factory=list)
    registries: list[Path] = field(default_factory=list)
    unreadable: list[UnreadableInput] = field(default_factory=list)


def find_inputs(paths: Iterable[Path | str]) -> Inputs:
    """All documents and transcripts under the paths, sorted; hidden files and registries apart.

    >>> [path.name for path in find_inputs(["responses"]).files]
    ['PRY.md']
    """
    inputs, found = Inputs(), set()
    for path in map(Path, paths):
        if path.is_dir():
            files = [file for file in path.rglob("*") if file.is_file() and _is_input(file.relative_to(path))]
            found |= set(files)
            if not files:
                problem = "the folder holds no document and no transcript"
                inputs.unreadable.append(UnreadableInput(path, problem, "check the name of the folder"))
        else:
            found.add(path)
        inputs.registries += [folder for folder in _registry_folders(path) if folder not in inputs.registries]
    transcripts = {path.with_suffix("") for path in found if path.suffix.lower() in TRANSCRIPT_SUFFIXES}
    for path in sorted(found):
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
    if path.suffix.lower() in TRANSCRIPT_SUFFIXES:
        response = load_response(path)
        _check_against_form(response, path)
        return response
    if path.exists() and path.suffix.lower() not in READERS:
        kinds = ", ".join([*READERS, *TRANSCRIPT_SUFFIXES])
        raise UnreadableInput(
            path, f"files of kind {path.suffix or '(no suffix)'!r} cannot be read", f"give one of {kinds}"
        )
    return transcribe(read_document(path), country_iso3)


def _check_against_form(response: Response, path: Path) -> None:
    """A transcript that a person wrote names an edition, a country, questions and options that exist."""
    if response.edition not in editions():
        known = ", ".join(editions())
        raise UnreadableInput(path, f"at edition: {response.edition!r} has no form", f"wanted: {known}")
    if not exists(response.country_iso3):
        problem = f"at country_iso3: {response.country_iso3!r} is no ISO 3166-1 alpha-3 code"
        raise UnreadableInput(path, problem, "wanted: a code such as PRY")
    options = {
        question.path: {option.path.rpartition("/")[2] for option in question.options}
        for question in load_questionnaire(response.edition).questions()
    }
    for number, answer in response.answers.items():
        if number not in options:
            problem = f"at answers/{number}: the form of {response.edition} has no such question"
            raise UnreadableInput(path, problem, f"wanted: {', '.join(options)}")
        for slug in answer.ticks:
            if slug not in options[number]:
                problem = f"at answers/{number}/ticks/{slug}: no such option"
                raise UnreadableInput(path, problem, f"wanted: {', '.join(sorted(options[number])) or 'none'}")


def _is_input(relative: Path) -> bool:
    return not any(part.startswith(".") or part == REGISTRY_FOLDER for part in relative.parts)


def _registry_folders(path: Path) -> list[Path]:
    """Where registries of a path's responses may be: in the folder, beside the file, or beside the edition's folder."""
    folder = path if path.is_dir() else path.parent
    candidates = [
        *(f for f in sorted(folder.rglob(REGISTRY_FOLDER)) if path.is_dir()),
        folder / REGISTRY_FOLDER,
        folder.parent / REGISTRY_FOLDER,
    ]
    return [candidate for candidate in dict.fromkeys(candidates) if candidate.is_dir()]
