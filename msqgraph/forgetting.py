"""Who is forgotten: the holder of a post in an edition, by an IRI that holds no name.

The name is looked up in the response each time that it is built, so that no file of decisions has to hold it.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msqgraph import assets
from msqgraph.contact_details import person_named
from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.identity import identify
from msqgraph.inputs import find_inputs, read_input
from msqgraph.interpret import interpret
from msqgraph.person_names import folded_words
from msqgraph.personal import values_of_fields
from msqgraph.plain_yaml import load_yaml
from msqgraph.questionnaire import Part, Questionnaire, load_questionnaire
from msqgraph.response import Mention, Response
from msqgraph.typed_yaml import dumped
from msqgraph.withdrawals import FORGOTTEN, OFFICIAL, Entry, is_date, is_withdrawals, read_entries, read_withdrawals

_HEADER = "# Officials who are forgotten, by IRI and without a name. Whose entry is deleted is published again.\n"


def without_forgotten(
    response: Response, form: Questionnaire, forgotten: Collection[str], base: str = assets.DEFAULT_BASE
) -> tuple[Response, tuple[str, ...]]:
    """An identified response whose forgotten officials have no IRI any more, and the names that are to be withheld.

    :param forgotten: paths of officials; those of other countries and editions are passed over.

    >>> from msqgraph import load_response
    >>> identified = identify(interpret(load_response("tests/cases/paraguay/answers.yaml")))
    >>> form = load_questionnaire("2020")
    >>> without_forgotten(identified, form, ["id/official/PRY/chief-information-officer/2020"])[1]
    ('Alejandro Peralta Vierci',)
    """
    wanted = {path for path in forgotten if _is_of(path, response)}
    if not wanted:
        return response, ()
    result = copy.deepcopy(response)
    names: set[str] = set()
    for path, mention in officials(result, base):
        if path in wanted:
            names |= {name for name in (mention.name, mention.label, *mention.other_names) if name}
            mention.refers_to = mention.label = mention.label_language = None
            mention.other_names = []
            wanted.discard(path)
    roles = {f"role/{match['role']}" for match in map(OFFICIAL.fullmatch, wanted) if match}
    for question in form.questions():  # read otherwise than when it was decided: whoever the field names now goes
        if question.concerns in roles and question.path in result.answers:
            names |= set(_stated(result.answers[question.path].text or "", question))
    return result, tuple(sorted(names))


def officials(response: Response, base: str = assets.DEFAULT_BASE) -> Iterator[tuple[str, Mention]]:
    """The holders of posts that an identified response names, by path."""
    for answer in response.answers.values():
        for mention in answer.understood.mentions if answer.understood else []:
            if mention.post and mention.refers_to:
                yield mention.refers_to.removeprefix(base), mention


@dataclass(slots=True)
class Outcome:
    """What was added to the file, who was there already, and the same person's other IRIs, which were left alone."""

    file: Path
    added: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    problems: list[UnreadableInput] = field(default_factory=list)


def forget(
    iri: str,
    responses: Path | str,
    at: str,
    *,
    reason: str | None = None,
    everywhere: bool = False,
    base: str = assets.DEFAULT_BASE,
) -> Outcome:
    """Puts an official on the list of those who are forgotten, ``forgotten.yaml`` in the folder of responses.

    :param at: the day of the decision.
    :param everywhere: also under the IRIs that the same person has in other editions and posts of the country.
    :raises UsageError: if the IRI is none of an official, no response names a holder under it, or ``responses`` is no
        folder.
    :raises UnreadableInput: if the list that is there cannot be read.
    """
    folder, path = Path(responses), iri.removeprefix(base)
    if not OFFICIAL.fullmatch(path):
        raise UsageError(f"{iri}: is not the IRI of an official — give {base}id/official/<ISO3>/<role>/<edition>")
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder — give the one that holds the responses")
    if not is_date(at):
        raise UsageError(f"{at!r} is no day — write it as 2026-11-24")
    outcome = Outcome(folder / FORGOTTEN)
    people = _people(folder, path, base, outcome)
    known = {one.path for one in read_withdrawals(find_inputs([folder]).withdrawals, base)}
    if path not in people and path not in known:
        there = ", ".join(sorted(people)) or "none"
        problems = "".join(f"; {problem.file} cannot be read" for problem in outcome.problems)
        raise UsageError(f"{folder}: no response names a holder {path} — those of the country: {there}{problems}")
    same = [other for other, name in people.items() if other != path and _is_same(name, people.get(path, ""))]
    asked = [path, *(same if everywhere else ())]
    outcome.known = sorted(one for one in asked if one in known)
    outcome.added = sorted(one for one in asked if one not in known)
    outcome.elsewhere = sorted(set(same) - set(asked) - known)
    if outcome.added:
        _append([Entry(one, at, reason=reason) for one in outcome.added], _list_in(folder))
    return outcome


def _people(folder: Path, path: str, base: str, outcome: Outcome) -> dict[str, str]:
    """The names of all holders in a country's responses, by path."""
    match = OFFICIAL.fullmatch(path)
    iso3 = match["iso3"] if match else ""
    people: dict[str, str] = {}
    for file in find_inputs([folder]).files:
        try:
            response = read_input(file, iso3)
        except UnreadableInput as error:
            outcome.problems.append(error)
            continue
        if response.country_iso3 == iso3:
            form = load_questionnaire(response.edition)
            identified = identify(interpret(response, form), None, form, base)
            people |= {found: mention.name or "" for found, mention in officials(identified, base)}
    return people


def _list_in(folder: Path) -> Path:
    """The list that is in a folder, whatever its spelling, or the one to be."""
    lists = [file for file in sorted(folder.iterdir()) if is_withdrawals(file)]
    return next((file for file in lists if file.stem.lower() == Path(FORGOTTEN).stem), folder / FORGOTTEN)


def _append(entries: list[Entry], file: Path) -> None:
    """Writes entries behind those that are there; the file becomes whole or stays as it was.

    :raises UsageError: if the list is written so that nothing can be put behind it, or the file cannot be written.
    """
    before = file.read_text(encoding="utf-8") if file.is_file() else _HEADER
    wanted = [*(read_entries(file) if file.is_file() else []), *entries]
    text = f"{before.rstrip()}\n{dumped(entries)}"
    try:
        is_whole = len(load_yaml(text)) == len(wanted)
    except (ValueError, TypeError):
        is_whole = False
    if not is_whole:
        raise UsageError(f"{file}: nothing can be put behind its list — write each entry as `- iri: ...`")
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror}) — check the folder's permissions") from None


def _is_of(path: str, response: Response) -> bool:
    match = OFFICIAL.fullmatch(path)
    return bool(match and (match["iso3"], match["edition"]) == (response.country_iso3, response.edition))


def _stated(text: str, question: Part) -> list[str]:
    """The person that stands in an answer's name field, without an office that other fields name too."""
    values = values_of_fields(text, question)
    organization, title = ("\n".join(v for role, v in values if role == wanted) for wanted in ("organization", "title"))
    return [who for role, v in values if role == "name" and (who := person_named(v, organization, title))]


def _is_same(one: str, other: str) -> bool:
    """Whether two names have the same words, or one of them all of the other's, two at least."""
    mine, theirs = set(folded_words(one)), set(folded_words(other))
    return bool(mine and theirs) and (mine == theirs or len(mine & theirs) == max(2, min(len(mine), len(theirs))))
