"""Whether IRIs that were published still stand for what they stood for: two releases, or datasets, compared.

An IRI may go only with a tombstone. What hangs on a response (statements, answers, figures) gets one from the release
that it goes with; a whole response, an agency, a law, a term, a code that goes without an entry in ``withdrawn.yaml``
is a finding, because it may as well have been lost by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msqgraph.errors import UnreadableInput, UsageError
from msqgraph.person_names import naming_any
from msqgraph.release.checksums import SUMS, verify
from msqgraph.release.sorted_quads import RELEASED, Lines, base_in, parsed, quads_file, side_by_side
from msqgraph.terms import text_of
from msqgraph.withdrawals import GRAPH as TOMBSTONES

if TYPE_CHECKING:
    import pyoxigraph as ox

TOMBSTONE_FILE = "tombstones.ttl"
NO_LONGER_STATED, FORGOTTEN = "no-longer-stated", "forgotten"
_HANGING = re.compile(
    r"id/(?:response/\d{4}/[A-Z]{3}/.|(?:statement|activity|corroboration|document|official|reviewer)/|"
    r"observation/msq-indicators/)|mapping/links/"
)
_RDF_TYPE, _FOAF_NAME = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://xmlns.com/foaf/0.1/name"
_SKOS, _OWL = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2002/07/owl#"
_COMMENT, _REPLACED = "http://www.w3.org/2000/01/rdf-schema#comment", "http://purl.org/dc/terms/isReplacedBy"


@dataclass(frozen=True, slots=True, order=True)
class NameFinding:
    """An IRI that does not keep what it promised: ``gone``, ``meaning``, ``reused``, ``deprecated``."""

    kind: str
    iri: str
    message: str


@dataclass(slots=True)
class NameReport:
    """What was looked at and found. ``going`` hang on a response and get their tombstone with the next release."""

    base: str
    looked_at: int = 0
    kept: int = 0
    tombstoned: int = 0
    going: int = 0
    nameless: int = 0
    findings: list[NameFinding] = field(default_factory=list)

    def entries(self) -> str:
        """The lines for ``withdrawn.yaml`` that speak of what is gone, reasons to be filled in.

        >>> NameReport("https://w3id.org/msqgraph/").entries()
        ''
        """
        gone = [one.iri.removeprefix(self.base) for one in self.findings if one.kind == "gone"]
        return "".join(f"- iri: {path}\n  reason:\n" for path in gone if not hangs_on_a_response(path))


def hangs_on_a_response(path: str) -> bool:
    """Whether an IRI comes and goes with what one response says, so that nobody has to give a reason for it.

    >>> hangs_on_a_response("id/statement/2020/PRY/5f/x"), hangs_on_a_response("id/response/2020/PRY")
    (True, False)
    """
    return _HANGING.match(path) is not None


def compare_names(old: Path | str, new: Path | str, base: str | None = None) -> NameReport:
    """What became of every IRI under the base that the old release or dataset describes.

    :param base: else that of the old one's graphs.
    :raises UsageError: if a folder is neither a release nor a dataset, the two have different bases, or a release is
        not what its checksums say.
    :raises UnreadableInput: if a file is damaged, or describes nothing under the base.
    """
    for folder in (old, new):
        if (Path(folder) / SUMS).is_file():
            verify(folder)
    base = base or same_base(old, new)
    is_release = (Path(new) / RELEASED).is_file()
    report = NameReport(base)
    dead, buried = tombstones_of(old), tombstones_of(new)
    gone: list[str] = []
    people: set[str] = set()
    seen: set[str] = set()  # of the dead: all others need not be remembered
    graph = f"<{base}{TOMBSTONES}> .\n".encode()
    for side in side_by_side(quads_file(old), quads_file(new)):
        if not side.subject.startswith(base):
            continue
        before = tuple(line for line in side.old if not line.endswith(graph))
        after = tuple(line for line in side.new if not line.endswith(graph))
        was = dead.get(side.subject) or code_of(side.old, before, base)
        now = buried.get(side.subject) or code_of(side.new, after, base)
        report.looked_at += bool(before)
        if was:
            seen.add(side.subject)
            report.findings += _of_the_dead(side.subject, was, now, bool(after))
        if not before:
            continue
        if now == FORGOTTEN:
            people |= _values(before, _FOAF_NAME)
        if after:
            report.kept += 1
            report.findings += [] if before == after else _meanings(side.subject, before, after, base)
            if now:
                problem = f"has a tombstone ({now}), and is described all the same"
                report.findings.append(NameFinding("reused", side.subject, problem))
        elif now:
            report.tombstoned += 1
        else:
            gone.append(side.subject)
    if not report.looked_at:
        raise UnreadableInput(old, f"describes nothing under {base}", "give the --base that it was built with")
    for iri in sorted(dead.keys() - seen):
        report.findings += _of_the_dead(iri, dead[iri], buried.get(iri), False)
    for iri in gone:
        if shows(iri, people):
            report.nameless += 1
        elif not is_release and hangs_on_a_response(iri.removeprefix(base)):
            report.going += 1
        else:
            report.findings.append(NameFinding("gone", iri, "is described no more, and has no tombstone"))
    report.findings.sort()
    return report


def same_base(old: Path | str, new: Path | str) -> str:
    """The base IRI of two releases or datasets.

    :raises UsageError: if they have not the same: then no name of one is a name of the other.
    """
    was, now = base_in(old), base_in(new)
    if was != now:
        raise UsageError(f"{new}: its IRIs begin with {now}, those of {old} with {was} — build both with one --base")
    return was


def tombstones_of(folder: Path | str) -> dict[str, str]:
    """The IRIs that a release's tombstones are of, each with why; none if the folder is no release.

    >>> tombstones_of("responses")
    {}
    """
    import pyoxigraph as ox

    path = Path(folder) / TOMBSTONE_FILE
    if not path.is_file():
        return {}
    try:
        quads = list(ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE))
    except (SyntaxError, OSError) as error:
        raise UnreadableInput(path, f"cannot be read ({error})", "write the release anew") from None
    return codes_in(quad.triple for quad in quads)


def codes_in(tombstones: Iterable[ox.Triple]) -> dict[str, str]:
    """The IRIs that tombstones are of, each with why.

    >>> codes_in([])
    {}
    """
    return {
        text_of(t.subject): _slug(text_of(t.object)) for t in tombstones if t.predicate.value.endswith("#withdrawal")
    }


def shows(iri: str, people: Iterable[str]) -> bool:
    """Whether an IRI spells a person's name; such a one cannot be kept, not even as a tombstone.

    >>> shows("id/agency/PRY/oficina-de-ana-paz", ["Ana Paz"])
    True
    """
    return any(True for _ in naming_any(iri, people))


def code_of(lines: Lines, described: Lines, base: str) -> str | None:
    """Why an IRI was withdrawn, by the lines in the graph of tombstones; None if it was not."""
    if len(lines) == len(described):
        return None
    return next(map(_slug, sorted(_values(lines, f"{base}ontology#withdrawal"))), None)


def _of_the_dead(iri: str, was: str, now: str | None, is_described: bool) -> list[NameFinding]:
    """What an IRI with a tombstone must not do: come back as something, or lose its tombstone."""
    if is_described and was != NO_LONGER_STATED:  # the same answer again is the same statement again
        who = "was forgotten, and is published again: see that forgotten.yaml is among the inputs"
        return [NameFinding("reused", iri, who if was == FORGOTTEN else f"was withdrawn ({was}), and is used again")]
    if not is_described and not now:
        return [NameFinding("gone", iri, f"had a tombstone ({was}), which is gone")]
    return []


def _meanings(iri: str, before: Lines, after: Lines, base: str) -> list[NameFinding]:
    """Whether an IRI was given another meaning, or was deprecated without saying so properly."""
    findings = []
    kinds, now = _values(before, _RDF_TYPE), _values(after, _RDF_TYPE)
    if kinds and now and not kinds & now:
        findings.append(NameFinding("meaning", iri, f"was {_named(kinds)}, and is {_named(now)}"))
    if iri.startswith(f"{base}code/"):
        for name, language in (("notation", ""), ("prefLabel", "en")):
            words, today = (_values(lines, _SKOS + name, language) for lines in (before, after))
            if words and words != today:
                findings.append(NameFinding("meaning", iri, f"its {name} was {_named(words)}, and is {_named(today)}"))
    if "true" in _values(after, f"{_OWL}deprecated"):
        needed = {"rdfs:comment": _COMMENT} | ({"dct:isReplacedBy": _REPLACED} if "/id/" not in iri else {})
        lacks = [name for name, predicate in needed.items() if not _values(after, predicate)]
        if lacks:
            findings.append(NameFinding("deprecated", iri, f"is deprecated without {' and '.join(lacks)}"))
    return findings


def _values(lines: Lines, predicate: str, language: str = "") -> set[str]:
    wanted = f"> <{predicate}> ".encode()
    quads = parsed(tuple(line for line in lines if wanted in line))
    return {
        text_of(quad.object)
        for quad in quads
        if quad.predicate.value == predicate and (not language or getattr(quad.object, "language", None) == language)
    }


def _named(values: set[str]) -> str:
    return ", ".join(sorted(re.split(r"[/#]", value)[-1] if "://" in value else value for value in values)) or "nothing"


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]
