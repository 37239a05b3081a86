"""What people write about somebody who is forgotten outside their response: sources, reasons, names of files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from msqgraph.errors import UnreadableInput, readable
from msqgraph.hiding import Hiding, names_stated, without_people
from msqgraph.person_names import MARKER
from msqgraph.sources import SUFFIX, Source
from msqgraph.withdrawals import OFFICIAL, Withdrawal

_CODE = re.compile(r"[A-Z]{3}")


def forget_in_sources(sources: Iterable[Source], people: Collection[str]) -> tuple[set[str], list[str]]:
    """Takes what sources say of people who are forgotten out of them; how they call them, and what to say of it.

    :param people: IRIs.

    >>> forget_in_sources([], ["https://w3id.org/msqgraph/id/official/PRY/chief-information-officer/2020"])
    (set(), [])
    """
    names: set[str] = set()
    told = []
    for source in sources if people else ():
        split = {path: without_people(triples, people) for path, triples in source.graphs.items()}
        source.graphs = {path: kept for path, (kept, _) in split.items()}
        gone = [triple for _, triples in split.values() for triple in triples]
        names |= names_stated(gone, people)
        places = {getattr(place, "value", "") for t in gone for place in (t.subject, t.predicate, t.object)}
        for iri in sorted(places & set(people)):
            problem = f"speaks of {iri}, who is forgotten: this is left out"
            told.append(f"{readable(source.path)}: {problem} — take it out of the source")
    return names, told


def refuse_names(withdrawals: Iterable[Withdrawal], hiding: Hiding) -> None:
    """Nothing, unless a withdrawal, which is published, spells the name of somebody who is forgotten.

    :raises UnreadableInput: which names the file and the entry, and no name.

    >>> refuse_names([Withdrawal("id/agency/PRY/x", "retracted", reason="Twice there.")], Hiding(["Ana Paz"]))
    """
    for one in withdrawals:
        place, file = f"entry {one.entry}", one.file or ""
        if hiding.shows(one.reason or ""):
            problem = f"{place}: its reason names somebody who is forgotten"
            raise UnreadableInput(hiding.text(file), problem, "take the name out: reasons are published")
        if any(hiding.shows(iri) for iri in (one.path, one.replaced_by or "")):
            problem = f"{place}: an IRI of it spells the name of somebody who is forgotten"
            raise UnreadableInput(hiding.text(file), problem, "delete the entry: such an IRI gets no tombstone")


def is_anyone_nameless(forgotten: Iterable[str], found: Collection[tuple[str, str]]) -> bool:
    """Whether somebody is forgotten whose name is not known, so that nobody can tell where it stands.

    :param forgotten: paths of officials.
    :param found: countries and editions whose responses gave the names.

    >>> is_anyone_nameless(["id/official/PRY/chief-information-officer/2020"], [("PRY", "2018")])
    True
    """
    matches = filter(None, map(OFFICIAL.fullmatch, forgotten))
    return any((match["iso3"], match["edition"]) not in found for match in matches)


def neutral(file: Path | str) -> str:
    """A file as its folder and a marker, unless it is called by a country's code or holds no response.

    >>> neutral("2020/Ana Paz.md"), neutral("2020/PRY.md"), neutral("egdi.nq")
    ('2020/[withheld].md', '2020/PRY.md', 'egdi.nq')
    """
    path = Path(readable(file))
    if _CODE.fullmatch(path.name.partition(".")[0]) or path.suffix.lower() == SUFFIX or path.is_dir():
        return str(path)
    return str(path.with_name(MARKER + path.suffix))


def with_neutral_files(errors: Iterable[UnreadableInput], files: Iterable[Path]) -> list[UnreadableInput]:
    """Errors that show the names of none of these files, of responses, and not the name of their own."""
    shown = sorted({readable(file) for file in files}, key=lambda file: (-len(file), file))
    found = []
    for error in errors:
        problem = error.problem
        for file in (error.file, *shown):
            if (hidden := neutral(file)) != file:
                problem = problem.replace(file, hidden).replace(Path(file).name, Path(hidden).name)
        found.append(type(error)(neutral(error.file), problem, error.remedy))
    return found
