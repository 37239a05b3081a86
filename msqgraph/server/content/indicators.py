"""What a map can be coloured by: yes/no questions, options with a box, facts about countries, and figures.

All of it is found in the graph: a new edition of the form or another measure appears by itself.
"""

from __future__ import annotations

import re
from asyncio import gather
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from msqgraph.server.content.texts import Text, labels
from msqgraph.terms import text_of

if TYPE_CHECKING:
    from msqgraph.server.asking import Asking, Row

Kind: TypeAlias = Literal["index", "rank", "fact", "yes-no", "option", "share"]
KINDS: tuple[Kind, ...] = ("index", "rank", "fact", "yes-no", "option", "share")  # in the order of a list for readers
_QUESTIONS = """\
SELECT ?question ?kind ?topic ?measure ?most {
  VALUES ?answers { "yes-no" "quantity" "ticks" "consent" }
  ?question a msq:Question ; msq:answerKind/skos:notation ?answers ; msq:topic ?topic .
  BIND(?answers AS ?kind)
  OPTIONAL { ?question msq:measure ?measure }
  OPTIONAL { ?question msq:plausibleMaximum ?most }
}"""
_OPTIONS = """\
SELECT ?question ?option ?code ?position {
  ?option a msq:Option ; dct:isPartOf ?question ; msq:position ?position .
  OPTIONAL { ?option msq:code ?code }
}
ORDER BY ?question ?position ?option"""
_FACTS = """\
SELECT DISTINCT ?predicate ?question {
  ?predicate rdfs:domain msq:Country ; rdfs:range skos:Concept .
  ?statement rdf:predicate ?predicate ; prov:wasDerivedFrom ?answer .
  ?answer msq:question ?question .
}"""
_FIGURES = """\
SELECT ?measure ?notation ?range ?edition {
  { SELECT DISTINCT ?measure ?edition { ?figure qb:measureType ?measure ; msq:edition ?edition } }
  ?measure skos:notation ?notation ; rdfs:range ?range .
}"""
_QUESTION = re.compile(r"questionnaire/([^/]+)/([^/]+)")


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that a map of one edition can show.

    ``name`` and ``edition`` make the ``slug`` of its page; the same name in two editions is the same thing asked.
    ``group`` says what it belongs to, such as the topic of the question. ``question``, ``option``, ``predicate``,
    ``concept`` and ``measure`` are IRIs, empty where they do not apply. ``most`` is the end of the scale of a figure.
    """

    kind: Kind
    name: str
    edition: str
    label: Text
    group: Text
    question: str = ""
    option: str = ""
    predicate: str = ""
    concept: str = ""
    measure: str = ""
    most: float = 1.0

    @property
    def slug(self) -> str:
        """The end of the address of its map."""
        return f"{self.name}-{self.edition}"

    @property
    def number(self) -> str:
        """The number of the question that it is about, or nothing."""
        return self.question.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Indicators:
    """All that a map can show, in the order of a list for readers, the latest edition first."""

    all: tuple[Indicator, ...]

    def find(self, slug: str) -> Indicator | None:
        """The one with a slug."""
        return next((one for one in self.all if one.slug == slug), None)

    def nearest(self, name: str, edition: str) -> Indicator | None:
        """The one with a name in an edition; without the edition, in the latest that has it."""
        named = [one for one in self.all if one.name == name]
        return next((one for one in named if one.edition == edition), named[0] if named else None)

    @property
    def default(self) -> Indicator | None:
        """What a map shows if nobody chose: an index, else a fact, both of which have data; else a question."""
        return self.all[0] if self.all else None

    @property
    def names(self) -> tuple[Indicator, ...]:
        """One indicator for each name, of the latest edition that has it."""
        return tuple({one.name: one for one in reversed(self.all)}.values())[::-1]

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that any indicator has, the latest first."""
        return tuple(sorted({one.edition for one in self.all}, reverse=True))


async def indicators(asking: Asking, language: str) -> Indicators:
    """All indicators that the data have, with labels in a language.

    :raises QueryRefused: if the engine does not answer.
    """
    questions, options, facts, figures = await gather(*map(asking.rows, (_QUESTIONS, _OPTIONS, _FACTS, _FIGURES)))
    rows = [*questions, *options, *figures]
    things = ("topic", "measure", "option", "code")
    names = await labels(asking, {text_of(row[one]) for row in rows for one in things if one in row}, language)
    asked = {text_of(row["question"]): row for row in questions}
    found = [*_asked(questions, names, asking.base), *_figures(figures, asked, names)]
    for row in sorted(options, key=lambda row: _number(text_of(row["question"]))):
        question = text_of(row["question"])
        if question in asked and text_of(asked[question]["kind"]) in ("ticks", "consent"):
            found.append(_option(row, asked[question], names, asking.base))
            wanted = [text_of(fact["predicate"]) for fact in facts if text_of(fact["question"]) == question]
            if "code" in row:
                found += [_fact(row, asked[question], predicate, names, asking.base) for predicate in wanted]
    order = {one: place for place, one in enumerate(dict.fromkeys(one.name for one in found))}
    found.sort(key=lambda one: order[one.name])
    found.sort(key=lambda one: one.edition, reverse=True)
    found.sort(key=lambda one: KINDS.index(one.kind))
    return Indicators(tuple({one.slug: one for one in reversed(found)}.values())[::-1])


def _edition(question: str, base: str) -> str:
    match = _QUESTION.fullmatch(question.removeprefix(base))
    return match[1] if match else ""


def _end(iri: str) -> str:
    return iri.rpartition("/")[2]


def _asked(rows: list[Row], names: dict[str, Text], base: str) -> list[Indicator]:
    """The yes/no questions, in the order of their numbers."""
    found = []
    for row in sorted(rows, key=lambda row: _number(text_of(row["question"]))):
        if text_of(row["kind"]) == "yes-no":
            question, topic = text_of(row["question"]), text_of(row["topic"])
            edition = _edition(question, base)
            found.append(Indicator("yes-no", _end(topic), edition, names[topic], Text(""), question))
    return found


def _option(row: Row, asked: Row, names: dict[str, Text], base: str) -> Indicator:
    """A box of a list of boxes."""
    question, option, topic = text_of(row["question"]), text_of(row["option"]), text_of(asked["topic"])
    label = names[text_of(row["code"])] if "code" in row else names[option]
    name = f"{_end(topic)}.{_end(option)}"
    return Indicator("option", name, _edition(question, base), label, names[topic], question, option)


def _fact(row: Row, asked: Row, predicate: str, names: dict[str, Text], base: str) -> Indicator:
    """A fact about countries that a ticked box or the words of an answer state."""
    question, concept = text_of(row["question"]), text_of(row["code"])
    local = predicate.replace("#", "/").rpartition("/")[2]
    name = f"{re.sub('(?=[A-Z])', '-', local).lower()}.{_end(concept)}"
    return Indicator(
        "fact",
        name,
        _edition(question, base),
        names[concept],
        names[text_of(asked["topic"])],
        question,
        text_of(row["option"]),
        predicate,
        concept,
    )


def _figures(rows: list[Row], asked: dict[str, Row], names: dict[str, Text]) -> list[Indicator]:
    """The measures: those that a question of the edition asks for, and indices and ranks that others compiled."""
    found = []
    for row in sorted(rows, key=lambda row: (text_of(row["notation"]) != "egdi", text_of(row["notation"]))):
        measure, edition = text_of(row["measure"]), _end(text_of(row["edition"]))
        same = [
            iri
            for iri, question in asked.items()
            if text_of(question.get("measure", "")) == measure and f"/{edition}/" in iri
        ]
        is_rank = text_of(row["range"]).endswith("#integer")
        kind: Kind = "share" if same else "rank" if is_rank else "index"
        most = float(text_of(asked[same[0]].get("most", "100"))) if same else 1.0
        question = same[0] if same else ""
        name = text_of(row["notation"])
        found.append(Indicator(kind, name, edition, names[measure], Text(""), question, measure=measure, most=most))
    return found


def _number(question: str) -> tuple[int, str]:
    end = _end(question)
    digits = re.match("[0-9]+", end)
    return (int(digits[0]) if digits else 1000, end)
