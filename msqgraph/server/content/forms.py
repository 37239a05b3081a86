"""The form of an edition: its sections, questions and options in the order in which they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.server.content.descriptions import Descriptions, Names, Thing, described, flag, iris_in, one, words
from msqgraph.server.content.texts import Text, best, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from msqgraph.server.asking import Asking

FIRST_PAGE = "first-page"  # the slug of what stands before the first section
_GROUP = "group"
# from the form, not from its edition, which every statement has
_PARTS = "VALUES ?form { } ?form a msq:Questionnaire . ?thing dct:isPartOf* ?form ."
_PROPERTIES = (
    "rdf:type",
    "dct:isPartOf",
    "dct:title",
    "msq:position",
    "msq:marker",
    "msq:wording",
    "rdfs:label",
    "msq:answerKind",
    "msq:topic",
    "msq:unit",
    "msq:code",
    "msq:affirms",
)


@dataclass(frozen=True, slots=True)
class Option:
    """A box of a question. ``code`` is the concept that it chooses, which stays the same over the editions, or empty;
    ``affirms`` tells whether it stands for yes or no.
    """

    iri: str
    slug: str
    wording: Text
    label: Text
    code: str = ""
    affirms: bool | None = None

    @property
    def key(self) -> str:
        """What tells the same option of another edition: its code, or else its slug."""
        return self.code or self.slug


@dataclass(frozen=True, slots=True)
class Question:
    """A question. ``label`` is what its topic is called, ``wording`` what the form says; ``kind`` is a slug of
    ``code/answer-kind``. ``group`` is the IRI of the question that it is part of, or empty.
    """

    iri: str
    number: str
    marker: str
    label: Text
    wording: Text
    kind: str
    topic: str
    group: str = ""
    options: tuple[Option, ...] = ()
    unit: Thing | None = None

    @property
    def is_group(self) -> bool:
        """Whether it only heads the questions below it, and is not answered itself."""
        return self.kind == _GROUP


@dataclass(frozen=True, slots=True)
class Section:
    """A headed group of questions; ``label`` and ``marker`` are empty for what stands before the first heading."""

    slug: str
    marker: str
    label: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """The form of an edition."""

    iri: str
    edition: str
    title: Text
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in printed order, those that head others too."""
        return tuple(question for section in self.sections for question in section.questions)

    def question(self, number: str) -> Question | None:
        """The question of a number such as ``5c``."""
        return next((question for question in self.questions if question.number == number), None)


async def form_parts(asking: Asking, edition: str) -> Descriptions:
    """The parts of an edition's form as rows; nothing if the dataset has no form of it. One query.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    return await described(asking, _PARTS, _PROPERTIES, form=ox.NamedNode(f"{asking.base}questionnaire/{edition}"))


def named_in(parts: Descriptions) -> set[str]:
    """The things whose names a form needs.

    >>> named_in({})
    set()
    """
    return iris_in(parts, ("msq:topic", "msq:code", "msq:unit"))


def form_of(parts: Descriptions, edition: str, names: Names, language: str) -> Form | None:
    """The form that rows describe; None without any.

    >>> form_of({}, "2020", Names({}), "en")
    """
    return _Parts(parts, names, language).form(edition)


async def form(asking: Asking, edition: str, language: str) -> Form | None:
    """The form of an edition; None if the dataset has none. Two queries.

    :raises QueryRefused: if the engine does not answer.
    """
    parts = await form_parts(asking, edition)
    return form_of(parts, edition, await Names.of(asking, named_in(parts), language), language)


class _Parts:
    """The parts of a form, by the part that they are in."""

    def __init__(self, parts: Descriptions, names: Names, language: str) -> None:
        self._parts, self._names, self._language = parts, names, language
        self._below: dict[str, list[str]] = {}
        for iri, part in parts.items():
            if whole := one(part, "dct:isPartOf"):
                self._below.setdefault(whole, []).append(iri)
        for below in self._below.values():
            below.sort(key=lambda iri: (int(one(parts[iri], "msq:position") or 0), iri))

    def form(self, edition: str) -> Form | None:
        forms = [iri for iri in self._parts if self._is_a(iri, "Questionnaire")]
        if not forms:
            return None
        iri = forms[0]
        first = tuple(q for part in self._below.get(iri, ()) if self._is_a(part, "Question") for q in self._asked(part))
        sections = [Section(FIRST_PAGE, "", Text(""), first)] if first else []
        sections += [self._section(part) for part in self._below.get(iri, ()) if self._is_a(part, "Section")]
        return Form(iri, edition, words(self._parts[iri], "dct:title"), tuple(sections))

    def _section(self, iri: str) -> Section:
        part = self._parts[iri]
        asked = tuple(
            q for below in self._below.get(iri, ()) if self._is_a(below, "Question") for q in self._asked(below)
        )
        return Section(iri.rpartition("/")[2], one(part, "msq:marker") or "", self._label(iri), asked)

    def _asked(self, iri: str, group: str = "") -> Iterator[Question]:
        """A question, and behind it those that are part of it."""
        part = self._parts[iri]
        topic, unit = one(part, "msq:topic") or "", one(part, "msq:unit")
        below = self._below.get(iri, ())
        yield Question(
            iri=iri,
            number=iri.rpartition("/")[2],
            marker=one(part, "msq:marker") or "",
            label=self._names.text(topic) if topic else words(part, "msq:wording"),
            wording=words(part, "msq:wording"),
            kind=(one(part, "msq:answerKind") or "").rpartition("/")[2],
            topic=topic,
            group=group,
            options=tuple(self._option(option) for option in below if self._is_a(option, "Option")),
            unit=self._names.thing(unit) if unit else None,
        )
        for question in below:
            if self._is_a(question, "Question"):
                yield from self._asked(question, iri)

    def _option(self, iri: str) -> Option:
        part = self._parts[iri]
        code, wording = one(part, "msq:code") or "", words(part, "msq:wording")
        label = self._names.text(code) if code else self._label(iri)
        return Option(iri, iri.rpartition("/")[2], wording, label, code, flag(part, "msq:affirms"))

    def _label(self, iri: str) -> Text:
        part = self._parts[iri]
        return best(map(text, part.get("rdfs:label") or part.get("msq:wording") or []), self._language)

    def _is_a(self, iri: str, kind: str) -> bool:
        return any(str(value.value).endswith(f"ontology#{kind}") for value in self._parts[iri].get("rdf:type", ()))
