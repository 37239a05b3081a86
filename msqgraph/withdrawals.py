"""What was published and is no more: ``forgotten.yaml`` and ``withdrawn.yaml`` among the inputs → tombstones.

``forgotten.yaml`` lists the IRIs of officials who are to be forgotten, ``withdrawn.yaml`` those of things, terms and
codes that went. Neither holds a person's name. An entry:

    - iri: id/agency/PRY/instituto-forestal-nacional
      at: '2026-11-24'
      replaced_by: id/agency/PRY/infona
      reason: One agency under two names.

A tombstone says that an IRI stands for nothing any more, and why; nothing else is said of it. Why a person is forgotten
stays in the file, why anything else was withdrawn is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph import assets, iris
from msqgraph.errors import UnreadableInput, readable
from msqgraph.plain_yaml import load_yaml
from msqgraph.terms import term
from msqgraph.typed_yaml import converted

if TYPE_CHECKING:
    import pyoxigraph as ox

FORGOTTEN, WITHDRAWN = "forgotten.yaml", "withdrawn.yaml"
GRAPH = "graph/tombstones"
OFFICIAL = re.compile(r"id/official/(?P<iso3>[A-Z]{3})/(?P<role>[a-z0-9-]+)/(?P<edition>\d{4})(?:-\d+)?")
_PATH = re.compile(r"(?:id|code|questionnaire|mapping)/[A-Za-z0-9/-]+|ontology#\w+")
_STATUS, _GONE = "http://www.w3.org/ns/adms#status", "http://purl.org/adms/status/Withdrawn"
_COMMENTS = {
    "forgotten": "Nothing is said of this person any more, because somebody asked for it.",
    "no-longer-stated": "The response that this hung on reads otherwise, or is understood otherwise, than before.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in a file. IRIs may be whole or paths under the base; the date is that of the decision."""

    iri: str
    at: str | None = None
    replaced_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Withdrawal:
    """An IRI that stands for nothing any more (a path under the base), and why: a slug of ``code/withdrawal``."""

    path: str
    code: str
    at: str | None = None
    replaced_by: str | None = None
    reason: str | None = None
    release: str | None = None  # the IRI of the release that it went with, where no person decided
    file: str | None = field(default=None, compare=False)  # where a person wrote it down
    entry: int = field(default=0, compare=False)  # which one of the file, from 1


def is_withdrawals(path: Path) -> bool:
    """Whether a file is one of withdrawals, by its name.

    >>> is_withdrawals(Path("responses/forgotten.yaml")), is_withdrawals(Path("responses/PRY.yaml"))
    (True, False)
    """
    return path.with_suffix(".yaml").name.lower() in (FORGOTTEN, WITHDRAWN) and path.suffix.lower() in (".yaml", ".yml")


def read_withdrawals(files: Iterable[Path], base: str = assets.DEFAULT_BASE) -> list[Withdrawal]:
    """What the files say, sorted by IRI.

    :raises UnreadableInput: if a file cannot be read or says something else. A build must not go on then: it would
        publish those who are to be forgotten.

    >>> read_withdrawals([])
    []
    """
    found: dict[str, Withdrawal] = {}
    for file in files:
        is_of_people = file.stem.lower() == Path(FORGOTTEN).stem
        for number, entry in enumerate(read_entries(file), 1):
            one = _withdrawal(entry, is_of_people, base, file, number)
            known = found.setdefault(one.path, one)
            if (known.code, known.replaced_by) != (one.code, one.replaced_by):
                raise UnreadableInput(
                    file, f"entry {number}: {one.path} is withdrawn in two ways", "keep one of the two"
                )
    return sorted(found.values(), key=lambda one: one.path)


def read_entries(file: Path) -> list[Entry]:
    """The entries of a file, in order.

    :raises UnreadableInput: if it is no list of such entries.
    """
    try:
        data = load_yaml(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableInput(file, str(error), "mend the line that is named") from None
    entries: list[Entry] = converted(data, list[Entry], file)
    return entries


def tombstones(withdrawals: Iterable[Withdrawal], base: str = assets.DEFAULT_BASE) -> list[ox.Triple]:
    """What is said of IRIs that stand for nothing any more, sorted.

    >>> gone = Withdrawal("id/official/PRY/chief-information-officer/2020", "forgotten", "2026-11-24")
    >>> [triple.object.value for triple in tombstones([gone]) if triple.predicate.value.endswith("#withdrawal")]
    ['https://w3id.org/msqgraph/code/withdrawal/forgotten']
    """
    return sorted({triple for one in withdrawals for triple in _tombstone(one, base)}, key=str)


def _tombstone(one: Withdrawal, base: str) -> Iterator[ox.Triple]:
    import pyoxigraph as ox

    subject = ox.NamedNode(iris.absolute(one.path, base))
    comment = one.reason or _COMMENTS.get(one.code)
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal | None]] = [
        (term("owl:deprecated", base), ox.Literal(True)),
        (ox.NamedNode(_STATUS), ox.NamedNode(_GONE)),
        (term("msq:withdrawal", base), ox.NamedNode(iris.absolute(f"code/withdrawal/{one.code}", base))),
        (term("rdfs:comment", base), ox.Literal(comment, language="en") if comment else None),
        (term("dct:modified", base), ox.Literal(one.at, datatype=term("xsd:date", base)) if one.at else None),
        (
            term("dct:isReplacedBy", base),
            ox.NamedNode(iris.absolute(one.replaced_by, base)) if one.replaced_by else None,
        ),
        (term("msq:withdrawnIn", base), ox.NamedNode(one.release) if one.release else None),
    ]
    for predicate, value in said:
        if value is not None:
            yield ox.Triple(subject, predicate, value)


def is_date(text: str) -> bool:
    """Whether a text is a day, as 2026-11-24.

    >>> is_date("2026-11-24"), is_date("24 Nov"), is_date("2026-02-30")
    (True, False, False)
    """
    try:
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _withdrawal(entry: Entry, is_of_people: bool, base: str, file: Path, number: int) -> Withdrawal:
    from msqgraph.contact_details import personal_mailboxes, phone_numbers

    place = f"entry {number}"
    path = entry.iri.removeprefix(base)
    replaced_by = entry.replaced_by.removeprefix(base) if entry.replaced_by else None
    if entry.at is not None and not is_date(entry.at):
        raise UnreadableInput(file, f"{place}: {entry.at!r} is no day", "write it as 2026-11-24")
    if is_of_people:
        if not OFFICIAL.fullmatch(path):
            remedy = "write id/official/<ISO3>/<role>/<edition>, and a person's name nowhere"
            raise UnreadableInput(file, f"{place}: {entry.iri!r} is not the IRI of an official", remedy)
        if not entry.at or replaced_by:
            problem = f"{place}: {'nobody replaces a person' if replaced_by else 'no day is given'}"
            raise UnreadableInput(file, problem, "give iri and at, and reason if you like")
        return Withdrawal(path, "forgotten", entry.at, file=readable(file), entry=number)
    for one in filter(None, (path, replaced_by)):
        if not _PATH.fullmatch(one):
            raise UnreadableInput(
                file, f"{place}: {one!r} is no IRI under {base}", "write its path, as id/agency/PRY/x"
            )
    if OFFICIAL.fullmatch(path):
        raise UnreadableInput(file, f"{place}: {path} is an official", f"put it into {FORGOTTEN}")
    if not (entry.reason or "").strip() or path == replaced_by:
        problem = f"{place}: {'it replaces itself' if path == replaced_by else 'no reason is given'}"
        raise UnreadableInput(file, problem, "say why it was withdrawn, and what replaces it if anything does")
    if any(True for find in (phone_numbers, personal_mailboxes) for _ in find(entry.reason or "")):
        problem = f"{place}: its reason holds a phone number or a person's mailbox"
        raise UnreadableInput(file, problem, "take it out: reasons are published")
    code = "replaced" if replaced_by else "retracted"
    return Withdrawal(path, code, entry.at, replaced_by, entry.reason, file=readable(file), entry=number)
