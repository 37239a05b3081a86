"""The form, read from ``ontology/questionnaire-<edition>.ttl``: a new edition is a new Turtle file, no new code."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from msqgraph import assets

_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(slots=True)
class Part:
    """A piece of the form: ``path`` is its IRI under the questionnaire's (``5f``, ``9/open-government-data``)."""

    path: str
    kind: str
    wording: str = ""
    marker: str = ""
    position: int = 0
    parts: list[Part] = field(default_factory=list)
    # of a question
    answer_kind: str = ""
    names: tuple[str, ...] = ()
    concerns: str = ""
    measure: str = ""
    unit: str = ""
    plausible_pct: tuple[float, float] | None = None
    # of an option or a field
    code: str = ""
    affirms: bool | None = None
    takes_text: bool = False
    role: str = ""
    phrases: tuple[tuple[str, str], ...] = ()

    @property
    def options(self) -> list[Part]:
        """The boxes of a question, in order."""
        return [part for part in self.parts if part.kind == "Option"]

    @property
    def option_slugs(self) -> list[str]:
        """What each box is called in a transcript: the last part of its path."""
        return [option.path.rpartition("/")[2] for option in self.options]

    @property
    def fields(self) -> list[Part]:
        """The labelled lines of a question, in order."""
        return [part for part in self.parts if part.kind == "Field"]


@dataclass(slots=True)
class Questionnaire:
    """An edition's form as a tree of parts in printed order; footnotes apart, because they move."""

    edition: str
    parts: list[Part]
    footnotes: list[Part]

    def questions(self) -> list[Part]:
        """The questions that are answered (those with parts of their own are not), in printed order."""
        return [part for part in _walk(self.parts) if part.kind == "Question" and part.answer_kind != "group"]


def _walk(parts: list[Part]) -> list[Part]:
    return [found for part in parts for found in (part, *_walk(part.parts))]


@cache
def editions() -> tuple[str, ...]:
    """The editions whose form is known, oldest first.

    >>> "2020" in editions()
    True
    """
    return tuple(
        name.split("questionnaire-")[1][:-4] for name in assets.names("ontology", ".ttl") if "questionnaire-" in name
    )


@cache
def load_questionnaire(edition: str) -> Questionnaire:
    """The form of an edition.

    :raises FileNotFoundError: if there is no Turtle file for it.

    >>> form = load_questionnaire("2020")
    >>> len(form.questions()), form.questions()[1].wording
    (40, 'What is the official e-government portal at the national level? If more than one, please list all.')
    """
    return parse_questionnaire(assets.read_text(f"ontology/questionnaire-{edition}.ttl"), edition)


def parse_questionnaire(turtle: str, edition: str) -> Questionnaire:
    """The form that a Turtle text describes; phrases by which text speaks of a code are taken from the code lists."""
    root = f"{assets.DEFAULT_BASE}questionnaire/{edition}"
    subjects = _index(turtle)
    phrases = _phrases()
    found: dict[str, Part] = {}
    parents: dict[str, list[str]] = {}
    for subject, values in subjects.items():
        kinds = {_local(kind) for kind in values.get("type", [])}
        kind = next((k for k in ("Section", "Question", "Option", "Field", "Footnote", "FormText") if k in kinds), "")
        if kind:
            found[subject] = _part(subject.removeprefix(root + "/"), kind, values, phrases)
            parents[subject] = values.get("isPartOf", [])
    for subject, part in found.items():
        for parent in parents[subject]:
            if parent in found:
                found[parent].parts.append(part)
    for part in found.values():
        part.parts.sort(key=lambda child: child.position)
    roots = sorted(
        (found[s] for s in found if root in parents[s] and found[s].kind != "Footnote"), key=lambda p: p.position
    )
    notes = sorted((p for p in found.values() if p.kind == "Footnote"), key=lambda p: p.path)
    return Questionnaire(edition, roots, notes)


def _part(path: str, kind: str, values: dict[str, list[str]], phrases: dict[str, list[tuple[str, str]]]) -> Part:
    def one(name: str) -> str:
        return values.get(name, [""])[0]

    code = one("code")
    return Part(
        path=path,
        kind=kind,
        wording=one("wording"),
        marker=one("marker"),
        position=int(one("position") or 0),
        answer_kind=_local(one("answerKind")),
        names=tuple(sorted(_local(name) for name in values.get("names", []))),
        concerns=one("concerns").partition("/code/")[2],
        measure=_local(one("measure")),
        unit=_local(one("unit")),
        plausible_pct=(float(one("plausibleMinimum")), float(one("plausibleMaximum")))
        if one("plausibleMaximum")
        else None,
        code=code.partition("/code/")[2],
        affirms={"true": True, "false": False}.get(one("affirms")),
        takes_text=one("takesText") == "true",
        role=_local(one("fieldRole")),
        phrases=tuple(phrases.get(code, [])),
    )


@cache
def _phrases() -> dict[str, list[tuple[str, str]]]:
    import pyoxigraph as ox

    found: dict[str, list[tuple[str, str]]] = {}
    for triple in ox.parse(assets.read_text("ontology/codes.ttl"), format=ox.RdfFormat.TURTLE):
        concept, phrase = triple.subject, triple.object
        if triple.predicate.value != _SKOS + "hiddenLabel" or not isinstance(phrase, ox.Literal):
            continue
        if isinstance(concept, ox.NamedNode):
            found.setdefault(concept.value, []).append((phrase.language or "", phrase.value))
    return {concept: sorted(labels) for concept, labels in found.items()}


def _index(turtle: str) -> dict[str, dict[str, list[str]]]:
    import pyoxigraph as ox

    subjects: dict[str, dict[str, list[str]]] = {}
    for triple in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal):
            values = subjects.setdefault(triple.subject.value, {})
            values.setdefault(_local(triple.predicate.value), []).append(triple.object.value)
    return subjects


def _local(iri: str) -> str:
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
