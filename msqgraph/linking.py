"""Agencies that may be the same under another name or in another source: candidates for a person to decide on.

Two agencies of one country are compared by address, host, acronym and name. Each piece of evidence has a weight; the
score is how likely it would be that at least one of them tells the truth if they were independent, which they are not:
it sorts candidates and decides nothing. Decisions are made in files (:mod:`msqgraph.links`), never here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msqgraph import iris
from msqgraph.folding import plain, word_set, words_of
from msqgraph.keys import name_forms
from msqgraph.store import open_store
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.store import Store

LEAST_SCORE = 0.5
_SAME_ADDRESS, _SAME_HOST, _SHARED_HOST, _SAME_ACRONYM, _GUESSED_ACRONYM, _SAME_NAME = 0.75, 0.5, 0.15, 0.6, 0.4, 0.9
_ALIKE_FROM, _ALIKE_PER_POINT = 80, 0.02  # 80 of 100: 0.4; 99: 0.78
_MANY = 3  # a host of so many agencies of a country is a platform: it tells little
_ACRONYM = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]{2,})?")
_SMALL_WORDS = word_set("a and da das de del des do dos du e el et for in la las le les los o of os para pour the y")
_QUERY = """
PREFIX msq: <{base}ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?graph ?agency ?country ?property ?value WHERE {{
  GRAPH ?graph {{ ?agency a msq:Agency ; msq:country ?country ; ?property ?value }}
  FILTER(?property IN (skos:prefLabel, skos:altLabel, skos:hiddenLabel, msq:website))
  FILTER(STRSTARTS(STR(?graph), "{base}graph/facts/") || STRSTARTS(STR(?graph), "{base}graph/reference/"))
}}"""


@dataclass(slots=True)
class Agency:
    """An agency as graphs describe it: names as written and addresses, and which graphs those are."""

    iri: str
    origins: set[str] = field(default_factory=set)
    names: dict[str, None] = field(default_factory=dict)
    sites: set[str] = field(default_factory=set)

    @property
    def is_of_a_response(self) -> bool:
        """Whether a government names it itself."""
        return any(origin.startswith("graph/facts/") for origin in self.origins)

    @property
    def acronyms(self) -> set[str]:
        """Names of capitals only, without blanks, and those in brackets; folded."""
        found = {part for name in self.names for part in (name, *re.findall(r"\(([^()]*)\)", name))}
        return {plain(part) for part in found if part.isupper() and _ACRONYM.fullmatch(part)}

    @property
    def initials(self) -> set[str]:
        """What its names of several words would be shortened to."""
        words = [[w for w in words_of(name) if w not in _SMALL_WORDS] for name in self.names]
        return {"".join(word[0] for word in one) for one in words if len(one) > 2}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two agencies, each by its path under the base, and what speaks for their being one."""

    subject: Agency
    object: Agency
    score: float
    evidence: tuple[str, ...]


def propose(dataset: str, decided: Iterable[frozenset[str]] = ()) -> list[Candidate]:
    """The candidates of a dataset by country, the likeliest first.

    At least one of the two is named in a response; within one other source there is nothing to propose.

    :param decided: pairs that a person has decided on: they are not proposed again.
    :raises UsageError: if there is no dataset.
    """
    store, base = open_store(dataset)
    by_country = _agencies(store, base)
    settled = set(decided)
    return [c for country in sorted(by_country) for c in _candidates(list(by_country[country].values()), settled)]


def as_yaml(candidates: Iterable[Candidate]) -> str:
    """The candidates as a list for people to review, in the form that a build reads.

    >>> print(as_yaml([]).splitlines()[-1])
    []
    """
    import yaml

    items: list[dict[str, Any]] = [
        {
            "subject": one.subject.iri,
            "object": one.object.iri,
            "names": [next(iter(agency.names), "") for agency in (one.subject, one.object)],
            "score": one.score,
            "evidence": list(one.evidence),
            "decision": None,
            "match": "closeMatch",
            "by": None,
            "note": None,
        }
        for one in candidates
    ]
    header = (
        "# Agencies that may be the same. Decide: `decision: accept` or `reject`, `by` whom, and a `note` why, in\n"
        "# English; `match: exactMatch` where either may stand for the other everywhere. Move what is decided to\n"
        "# responses/identity/links/<ISO3>.yaml; see docs/how-to-link-agencies.md.\n"
    )
    return header + yaml.safe_dump(items, sort_keys=False, allow_unicode=True, width=120)


def _agencies(store: Store, base: str) -> dict[str, dict[str, Agency]]:
    found: dict[str, dict[str, Agency]] = defaultdict(dict)
    rows: Any = store.query(_QUERY.format(base=base))
    for graph, iri, country, prop, value in sorted(
        (tuple(map(text_of, (r["graph"], r["agency"], r["country"], r["property"], r["value"]))) for r in rows),
        key=lambda row: (row[1], not row[3].endswith("prefLabel"), row),
    ):
        path = iri.removeprefix(base)
        agency = found[country].setdefault(path, Agency(path))
        agency.origins.add(graph.removeprefix(base))
        if prop.endswith("website"):
            agency.sites.add(value)
        else:
            agency.names[value] = None
    return found


def _candidates(agencies: list[Agency], decided: set[frozenset[str]]) -> list[Candidate]:
    hosts = Counter(host for agency in agencies for host in {iris.host_of(site) for site in agency.sites})
    found = []
    for first, second in combinations(agencies, 2):
        subject, other = (first, second) if first.is_of_a_response else (second, first)
        if not subject.is_of_a_response or frozenset((subject.iri, other.iri)) in decided:
            continue
        pieces = list(_evidence(subject, other, hosts))
        score = round(1 - prod(1 - weight for weight, _ in pieces), 2)
        if score >= LEAST_SCORE:
            found.append(Candidate(subject, other, score, tuple(text for _, text in pieces)))
    return sorted(found, key=lambda one: (-one.score, one.subject.iri, one.object.iri))


def _evidence(first: Agency, second: Agency, hosts: Counter[str]) -> Iterator[tuple[float, str]]:
    yield from _by_site(first, second, hosts)
    yield from _by_acronym(first, second)
    yield from _by_name(first, second)


def _by_site(first: Agency, second: Agency, hosts: Counter[str]) -> Iterator[tuple[float, str]]:
    addresses = [{iris.normalised_address(site) for site in agency.sites} for agency in (first, second)]
    on_hosts = [{iris.host_of(site) for site in agency.sites} for agency in (first, second)]
    if same := sorted(addresses[0] & addresses[1]):
        yield _SAME_ADDRESS, f"the same address: {same[0]}"
    elif same := sorted(on_hosts[0] & on_hosts[1]):
        host, count = same[0], hosts[same[0]]
        is_platform = count > _MANY
        shared = f", which {count} agencies of the country share" if is_platform else ""
        both = ", ".join(min(a for a in of if a.startswith(host)) for of in addresses)
        yield _SHARED_HOST if is_platform else _SAME_HOST, f"addresses on the same host{shared}: {both}"


def _by_acronym(first: Agency, second: Agency) -> Iterator[tuple[float, str]]:
    if same := sorted(first.acronyms & second.acronyms):
        yield _SAME_ACRONYM, f"the same acronym: {same[0].upper()}"
        return
    for one, other in ((first, second), (second, first)):
        labels = {iris.host_of(site).partition(".")[0]: iris.host_of(site) for site in other.sites}
        for acronym in sorted(one.acronyms):
            if acronym in other.initials:
                yield _GUESSED_ACRONYM, f"the acronym {acronym.upper()} of the one is the initials of the other"
                return
            if acronym in labels:
                yield (
                    _GUESSED_ACRONYM,
                    f"the acronym {acronym.upper()} of the one begins the other's host: {labels[acronym]}",
                )
                return


def _by_name(first: Agency, second: Agency) -> Iterator[tuple[float, str]]:
    from rapidfuzz import fuzz

    # an acronym or an address in the place of a name says nothing as a name
    forms = [sorted({f for name in agency.names for f in name_forms(name) if " " in f}) for agency in (first, second)]
    pairs = [(fuzz.token_sort_ratio(a, b, score_cutoff=_ALIKE_FROM), a, b) for a in forms[0] for b in forms[1]]
    ratio, one, other = max(pairs, default=(0.0, "", ""))
    if one and one == other:
        yield _SAME_NAME, f"the same name: {one}"
    elif ratio:
        weight = min(_SAME_NAME, (ratio - _ALIKE_FROM) * _ALIKE_PER_POINT + 0.4)
        yield weight, f"names {ratio:.0f} of 100 alike: {one}, {other}"


def save(candidates: list[Candidate], path: Path) -> None:
    """Writes the list, unless the file that is there holds decisions.

    :raises UsageError: if it does, or the file cannot be written.
    """
    from msqgraph.answers import write_file
    from msqgraph.errors import UsageError
    from msqgraph.links import read_decisions

    if path.exists() and any(one.decision for one in read_decisions(path)):
        raise UsageError(
            f"{path}: holds decisions — move them to responses/identity/links/<ISO3>.yaml, or give another file"
        )
    write_file(path, as_yaml(candidates).encode())
