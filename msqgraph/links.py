"""Links between agencies that a person accepted → ``graph/reference/links``, each with its justification.

A link is a SKOS mapping: it says that two descriptions are of one agency, and leaves both as they are. Nothing is
merged and nothing is ``owl:sameAs``: whoever wants the two as one follows the link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msqgraph import assets, iris
from msqgraph.errors import UnreadableInput
from msqgraph.plain_yaml import load_yaml
from msqgraph.terms import term

if TYPE_CHECKING:
    import pyoxigraph as ox

FOLDER = "links"
GRAPH = "graph/reference/links"
DECISIONS = (None, "accept", "reject")
MATCHES = ("closeMatch", "exactMatch")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about two agencies; paths under the base. ``names`` is for the reader alone."""

    subject: str
    object: str
    score: float
    evidence: tuple[str, ...] = ()
    decision: str | None = None
    match: str = "closeMatch"
    by: str | None = None
    note: str | None = None
    names: tuple[str, ...] = ()

    @property
    def pair(self) -> frozenset[str]:
        """The two, in no order."""
        return frozenset((self.subject, self.object))


@dataclass(slots=True)
class Links:
    """The triples of the accepted links, those whose agencies this build does not describe, and files with errors."""

    triples: list[ox.Triple] = field(default_factory=list)
    accepted: int = 0
    left_out: list[Decision] = field(default_factory=list)
    unreadable: list[UnreadableInput] = field(default_factory=list)


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a YAML file, in order.

    :raises UnreadableInput: if it is no such list, or an entry lacks something, has a key that is not known, or repeats
        another.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "PRY.yaml"
    >>> _ = path.write_text("- {subject: id/agency/PRY/a, object: id/agency/PRY/b, score: 0.8, decision: reject}")
    >>> [decision.decision for decision in read_decisions(path)]
    ['reject']
    """
    try:
        data = load_yaml(path.read_text(encoding="utf-8")) or []
    except (OSError, ValueError) as error:
        raise UnreadableInput(path, str(error), "mend the line that is named") from None
    if not isinstance(data, list):
        raise UnreadableInput(path, "no list of links", "begin every link with `- subject: ...`")
    decisions = [_decision(item, path, number) for number, item in enumerate(data, 1)]
    seen: set[frozenset[str]] = set()
    for number, one in enumerate(decisions, 1):
        if one.pair in seen:
            raise UnreadableInput(path, f"link {number} is about two that another link is about", "keep one of them")
        seen.add(one.pair)
    return decisions


def decided_pairs(folder: Path | None) -> list[frozenset[str]]:
    """The pairs that the files of a folder decide on, either way.

    :raises UnreadableInput: if there is no such folder, or a file has an error.

    >>> decided_pairs(None)
    []
    """
    if folder is None:
        return []
    if not folder.is_dir():
        raise UnreadableInput(folder, "there is no such folder", "give the one of the decisions, identity/links")
    return [one.pair for path in sorted(folder.glob("*.yaml")) for one in read_decisions(path) if one.decision]


def accepted_links(folders: Iterable[Path], agencies: set[str], base: str = assets.DEFAULT_BASE) -> Links:
    """The links that the registry folders hold in ``links/<ISO3>.yaml`` and a person accepted.

    :param agencies: the IRIs of the agencies that a build describes; a link to any other would lead nowhere.

    >>> accepted_links([], set()).triples
    []
    """
    links, seen = Links(), set()
    for path in (path for folder in folders for path in sorted((folder / FOLDER).glob("*.yaml"))):
        try:
            decisions = [one for one in read_decisions(path) if one.decision == "accept"]
            _check_country(decisions, path)
        except UnreadableInput as error:
            links.unreadable.append(error)
            continue
        for one in decisions:
            if not {iris.absolute(one.subject, base), iris.absolute(one.object, base)} <= agencies:
                links.left_out.append(one)
            elif one.pair not in seen:
                seen.add(one.pair)
                links.triples += _triples(one, base)
    links.accepted = len(seen)
    links.triples = sorted(set(links.triples), key=str)
    return links


def _decision(item: Any, path: Path, number: int) -> Decision:
    place = f"link {number}"
    if not isinstance(item, dict):
        raise UnreadableInput(path, f"{place} is no block of keys", "write `- subject: ...` with its keys below")
    known = [one.name for one in fields(Decision)]
    if unknown := [key for key in item if key not in known]:
        raise UnreadableInput(path, f"{place}: unknown key {unknown[0]!r}", f"use one of: {', '.join(known)}")
    for key in ("subject", "object"):
        if not iris.is_agency(str(item.get(key) or "")):
            raise UnreadableInput(path, f"{place}: its {key} is no agency", "write its path, id/agency/<ISO3>/<slug>")
    if item["subject"] == item["object"]:
        raise UnreadableInput(path, f"{place} links an agency to itself", "correct one of the two")
    if item.get("decision") not in DECISIONS:
        problem = f"{place}: unknown decision {item['decision']!r}"
        raise UnreadableInput(path, problem, "write accept or reject, or leave it empty")
    if item.get("match", MATCHES[0]) not in MATCHES:
        raise UnreadableInput(path, f"{place}: unknown match {item['match']!r}", f"use one of: {', '.join(MATCHES)}")
    score = item.get("score")
    if not isinstance(score, str) or not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", score):
        raise UnreadableInput(path, f"{place} has no score from 0 to 1", "write how sure you are, such as 0.9")
    if item.get("decision") == "accept" and not (item.get("by") and item.get("note")):
        raise UnreadableInput(path, f"{place} is accepted without `by` or `note`", "say who accepted it, and why")
    lists = {key: _texts(item.get(key)) for key in ("evidence", "names")}
    texts = {key: str(item[key]) for key in ("by", "note") if item.get(key)}
    return Decision(**{**item, **lists, **texts, "score": float(score)})


def _texts(value: Any) -> tuple[str, ...]:
    """The texts of a list; a single text is a list of one."""
    return tuple(map(str, value if isinstance(value, list) else [value] if value else []))


def _check_country(decisions: list[Decision], path: Path) -> None:
    """A file is a country's, so that a reviewer finds what was decided."""
    for one in decisions:
        if not all(agency.startswith(f"id/agency/{path.stem}/") for agency in one.pair):
            problem = f"{one.subject} and {one.object} are not both agencies of {path.stem}"
            raise UnreadableInput(path, problem, "put links into the file of their country, <ISO3>.yaml")


def _triples(one: Decision, base: str) -> list[ox.Triple]:
    """The link and what is known of it. What the program had proposed was reviewed; the rest is a person's own."""
    import pyoxigraph as ox

    subject, other = (ox.NamedNode(iris.absolute(path, base)) for path in (one.subject, one.object))
    match = term(f"skos:{one.match}", base)
    node = ox.NamedNode(iris.absolute(iris.link(one.subject, one.object), base))
    justification = "MappingReview" if one.evidence else "ManualMappingCuration"
    comment = ". ".join(text.strip().rstrip(".") for text in (one.note or "", *one.evidence)) + "."
    values: dict[str, ox.NamedNode | ox.Literal] = {
        "rdf:type": term("sssom:Mapping", base),
        "sssom:subject_id": subject,
        "sssom:predicate_id": match,
        "sssom:object_id": other,
        "sssom:mapping_justification": term(f"semapv:{justification}", base),
        "sssom:author_label": ox.Literal(one.by or ""),
        "sssom:confidence": ox.Literal(f"{Decimal(str(one.score)):.2f}", datatype=term("xsd:decimal", base)),
        "sssom:comment": ox.Literal(comment, language="en"),
    }
    return [ox.Triple(subject, match, other), *(ox.Triple(node, term(name, base), v) for name, v in values.items())]
