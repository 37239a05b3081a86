"""The names of people who are forgotten, hidden in RDF: in what other responses and other sources say.

A literal gets ``MARKER``; what has an IRI that spells a name is not described and not pointed to, since an IRI can hold
no marker.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from msqgraph.folding import plain
from msqgraph.name_spellings import SOFT_HYPHEN, UNCOUNTED, WORD, folded_word, latin, unescaped, without_umlauts
from msqgraph.person_names import UNSPACED, hidden
from msqgraph.terms import text_of
from msqgraph.validation import Validation

if TYPE_CHECKING:
    import pyoxigraph as ox

_NAME = re.compile(
    r"(?:foaf/0\.1/(?:name|nick)|#(?:pref|alt|hidden)?[lL]abel|vcard/ns#fn|terms/title|schema.org/name)$"
)
_TEXTS = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")
_UNWRITTEN = re.compile(rf"[\s{SOFT_HYPHEN}\u200b-\u200f'’·・‐-]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_STEM = 4  # letters; endings of cases change the last three


class Hiding:
    """What hides some names. Each text is looked at once, and only if it holds the beginning of a word of a name."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(sorted(set(names)))
        self._is_russian = any(map(_CYRILLIC.search, self.names))
        forms = {form for name in self.names for form in _forms(name)}
        self._stems = _any_of(form[:_STEM] for form in forms)
        self._stems_of_cases = _any_of(form[: min(_STEM, max(2, len(form) - 3))] for form in forms)
        self._known: dict[str, str] = {}

    def text(self, text: str) -> str:
        """A text with ``MARKER`` for the names.

        >>> Hiding(["Ana Paz"]).text("de Ana Paz")
        'de [withheld]'
        """
        if text not in self._known:
            self._known[text] = hidden(text, self.names) if self._may_name(text) else text
        return self._known[text]

    def shows(self, text: str) -> bool:
        """Whether a text, or an IRI, shows one of the names.

        >>> Hiding(["Ana Paz"]).shows("https://example.org/anapazgomez"), Hiding([]).shows("Ana")
        (False, False)
        """
        return self.text(text) != text

    def triples(self, triples: list[ox.Triple]) -> list[ox.Triple]:
        """Triples that show no name, in order: the same list if none did."""
        found = [(triple, self._triple(triple)) for triple in triples] if self.names else []
        if all(before is after for before, after in found):
            return triples
        return sorted({after for _, after in found if after}, key=str)

    def is_shown_in(self, value: Any) -> bool:
        """Whether any string in data classes, lists, mappings and triples shows a name."""
        if isinstance(value, str):
            return self.shows(value)
        if is_dataclass(value) and not isinstance(value, type):
            return any(self.is_shown_in(getattr(value, item.name)) for item in fields(value))
        if isinstance(value, Mapping):
            return any(map(self.is_shown_in, value.values()))
        if isinstance(value, list | tuple):
            return any(map(self.is_shown_in, value))
        return hasattr(value, "predicate") and self._triple(value) is not value

    def validation(self, validation: Validation) -> Validation:
        """What the shapes found, without names; nothing of what is not described any more."""
        kept = (finding for finding in validation.findings if not self.shows(finding.focus_node))
        findings = (replace(one, value=self.text(one.value), message=self.text(one.message)) for one in kept)
        return replace(validation, findings=tuple(findings))

    def _may_name(self, text: str) -> bool:
        read = unescaped(text)
        stems = self._stems_of_cases if self._is_russian or _CYRILLIC.search(read) else self._stems
        candidates = [_UNWRITTEN.sub("", plain(read))]
        if not read.isascii():
            candidates += [without_umlauts(read), latin(read).replace("-", "")]
        return any(map(stems.search, candidates))

    def _triple(self, triple: ox.Triple) -> ox.Triple | None:
        import pyoxigraph as ox

        said = triple.object
        if self.shows(text_of(triple.subject)) or self.shows(triple.predicate.value):
            return None
        if not isinstance(said, ox.Literal):
            return None if self.shows(text_of(said)) else triple
        if not self.shows(said.value):
            return triple
        if said.datatype.value not in _TEXTS:
            return None
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(self.text(said.value), language=said.language))


def tells(name: str) -> bool:
    """Whether a name is somebody's wherever it stands: two words, or characters without blanks.

    >>> tells("Ana Paz"), tells("Dr. Ali"), tells("王小明")
    (True, False, True)
    """
    return len(_counted(name)) > 1 or bool(UNSPACED.search(name))


def without_people(triples: list[ox.Triple], people: Collection[str]) -> tuple[list[ox.Triple], list[ox.Triple]]:
    """Triples that neither describe these people nor point to them, and those that do.

    :param people: IRIs.

    >>> without_people([], ["https://w3id.org/msqgraph/id/official/PRY/chief-information-officer/2020"])
    ([], [])
    """
    kept: list[ox.Triple] = []
    gone: list[ox.Triple] = []
    for triple in triples:
        places = (triple.subject, triple.predicate, triple.object)
        is_of_people = any(getattr(place, "value", "") in people for place in places)
        (gone if is_of_people else kept).append(triple)
    return kept, gone


def names_stated(triples: Iterable[ox.Triple], people: Collection[str]) -> set[str]:
    """How triples call these people.

    :param people: IRIs.

    >>> names_stated([], [])
    set()
    """
    import pyoxigraph as ox

    return {
        triple.object.value
        for triple in triples
        if isinstance(triple.object, ox.Literal)
        and text_of(triple.subject) in people
        and _NAME.search(triple.predicate.value)
    }


def _forms(name: str) -> set[str]:
    """The words of a name in every spelling, initials only where there is nothing else."""
    longer = [word for word in _counted(name) if len(word) > 1] or _counted(name)
    return {form for w in longer for form in (folded_word(w), *latin(w).split("-"), without_umlauts(w)) if form}


def _any_of(stems: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these texts, and nothing where there is none."""
    return re.compile("|".join(sorted(map(re.escape, set(stems)))) or r"(?!)")


def _counted(name: str) -> list[str]:
    return [word for match in WORD.finditer(name) if folded_word(word := match.group()) not in UNCOUNTED | {""}]
