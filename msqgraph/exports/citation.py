"""How a release is cited, and any single thing in it: an answer by its government, everything else by its publisher.

FORCE11's principles of data citation ask for credit, for evidence as specific as the claim, and for an identifier that
lasts: whoever relies on one answer cites that answer, with its quote, the version it was read in and its own IRI.
No person is named, neither as author nor in a title, and a quote that names one is left out.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msqgraph.answers import write_file
from msqgraph.dataset_folder import base_of
from msqgraph.errors import UsageError
from msqgraph.exports.answer_citation import (
    LONGEST_QUOTE,
    LONGEST_TITLE,
    CitedAnswer,
    cite_answer,
    key_of,
    shortened,
    to_question,
)
from msqgraph.exports.citation_forms import FORMS, Citation
from msqgraph.namespaces import prefixes
from msqgraph.person_names import naming_any
from msqgraph.release.about import Release
from msqgraph.store import EmbeddedStore
from msqgraph.terms import text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

_IRI = re.compile(r"[^\s<>\"{}|\\^`]+")
_LABELS = "skos:prefLabel|rdfs:label|dct:title|msq:label|msq:wording"
_SUFFIXES = {"text": "txt", "bibtex": "bib", "csl": "json"}
_EXAMPLES = ("msq:Answer", "msq:Statement", "msq:Agency")


def write_citations(dataset: Path, folder: Path, release: Release) -> None:
    """Writes ``citation.txt``, ``citation.bib`` and ``citation.json`` of a release into its folder.

    :raises UsageError: if there is no dataset in the folder, or a file cannot be written.
    """
    base_of(dataset)
    for form, suffix in _SUFFIXES.items():
        write_file(folder / f"citation.{suffix}", f"{FORMS[form](cite_release(release))}\n".encode())


def cite_release(release: Release) -> Citation:
    """How the whole release is cited.

    >>> from msqgraph.release.about import About
    >>> cite_release(Release(About(version="1.0", issued="2026-11-24", title="Answers"))).text()
    'msqgraph contributors. (2026). Answers (Version 1.0) [Data set]. https://w3id.org/msqgraph/id/release/1.0'
    """
    about = release.about
    name = about.publisher.name
    key = f"msq-release-{about.version}"
    return Citation(key, name, about.title, name, about.version, release.iri, about.issued, language="en")


def cite(dataset: Path, iri: str, release: Release) -> Citation:
    """How a thing in a dataset is cited.

    :param iri: its IRI, or the path of it under the base.
    :raises UsageError: if the dataset does not describe it, or it was withdrawn.
    """
    return _Things(EmbeddedStore(dataset / "store"), release, dataset).cite(iri)


class _Things:
    """The things that a dataset describes, by what it says of them."""

    def __init__(self, store: EmbeddedStore, release: Release, dataset: Path) -> None:
        self._store, self._release, self._dataset = store, release, dataset
        names = prefixes(release.base)
        self._ontology = names["msq"]
        self._prologue = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in names.items())

    def cite(self, iri: str) -> Citation:
        base = self._release.base
        iri = iri if iri.startswith(("http://", "https://")) else base + iri
        if not iri.startswith(base) or not _IRI.fullmatch(iri):
            raise UsageError(f"{iri}: is no IRI under {base} — {self._what_can_be_cited()}")
        self._refuse_withdrawn(iri)
        kinds = {kind.removeprefix(self._ontology) for kind in self._objects(iri, "rdf:type")}
        if not kinds:
            raise UsageError(f"{iri}: is not described in {self._dataset} — {self._what_can_be_cited()}")
        about, whole = self._release.about, cite_release(self._release)
        answer = self._answer_of(iri, kinds)
        response = iri if "Response" in kinds else self._one(answer, "msq:response") if answer else None
        said = self._said_by(response) if response else {}
        if answer == iri:
            return cite_answer(self._cited_answer(iri, kinds, said), self._release)
        return Citation(
            key=key_of(iri, base),
            author=said.get("author", whole.author),
            title=self._title(iri, kinds, answer),
            publisher=whole.publisher,
            version=about.version,
            url=iri,
            issued=said.get("issued", about.issued),
            container=about.title,
            dated=said.get("dated"),
            **self._noted(self._evidence(iri, kinds, answer) if answer else {}),
        )

    def _cited_answer(self, iri: str, kinds: set[str], said: dict[str, str]) -> CitedAnswer:
        number, wording, form = self._asked(iri)
        year = said.get("issued")
        evidence = self._evidence(iri, kinds, iri)
        return CitedAnswer(iri, number, wording, form, said.get("author"), year, said.get("dated"), **evidence)

    def _asked(self, answer: str) -> tuple[str, str, str]:
        """The number and wording of an answer's question, and what its form is called."""
        question = self._one(answer, "msq:question") or answer
        form = self._one(self._one(answer, "msq:response") or "", "msq:questionnaire") or question
        return question.rpartition("/")[2], self._one(question, "msq:wording") or "", self._label(form)

    def _noted(self, evidence: dict[str, str]) -> dict[str, str]:
        """The evidence with its quote as a note."""
        quote = shortened(evidence.pop("quote", ""), LONGEST_QUOTE)
        return evidence | ({"note": f"“{quote}”"} if quote else {})

    def _answer_of(self, iri: str, kinds: set[str]) -> str | None:
        """The answer that an answer, a mention in it or a statement from it is cited by."""
        if "Answer" in kinds:
            return iri
        path = {"Mention": "^msq:mentions", "Statement": "prov:wasDerivedFrom"}
        way = next((path[kind] for kind in sorted(kinds & path.keys())), None)
        found = self._rows(f"SELECT ?a {{ <{iri}> {way} ?a . ?a a msq:Answer }} ORDER BY ?a LIMIT 1") if way else []
        return found[0][0] if found else None

    def _said_by(self, response: str) -> dict[str, str]:
        """The government that gave a response, the year of its edition, and the date that it gave."""
        country, edition = self._one(response, "msq:country"), self._one(response, "msq:edition")
        found = {
            "author": country and self._label(country),
            "issued": edition and self._one(edition, "msq:year"),
            "dated": self._one(response, "msq:dateAsStated"),
        }
        return {name: value for name, value in found.items() if value}

    def _title(self, iri: str, kinds: set[str], answer: str | None) -> str:
        if "Response" in kinds:
            return f"Response to the {self._label(self._one(iri, 'msq:questionnaire') or iri)}"
        if not answer:
            kind = min(kinds, key=lambda kind: ("://" in kind, kind))
            what = self._label(kind if "://" in kind else self._ontology + kind)
            label = self._label(iri)
            return f"{label if '/' in label or '.' in label else label[:1].upper() + label[1:]} ({what})"
        where = to_question(*self._asked(answer))
        if "Mention" in kinds:
            name = self._name(iri)
            return f"{name}: named in the answer {where}" if name else f"What is named in the answer {where}"
        parts = (self._one(iri, f"rdf:{part}") for part in ("subject", "predicate", "object"))
        return f"{' – '.join(self._label(part) for part in parts if part)}: statement from the answer {where}"

    def _evidence(self, iri: str, kinds: set[str], answer: str) -> dict[str, str]:
        """The narrowest quote that a thing stands on, if it names no person, its language and page."""
        way = "prov:wasDerivedFrom/oa:hasSelector" if "Statement" in kinds else "oa:hasSelector"
        quotes = self._rows(f"SELECT ?q {{ <{iri}> {way}/oa:exact ?q }} ORDER BY STRLEN(?q) ?q LIMIT 1")
        pages = self._rows(
            f"SELECT ?p {{ <{iri}> {way}/rdf:value ?p FILTER(STRSTARTS(?p, 'page=')) }} ORDER BY ?p LIMIT 1"
        )
        languages = self._rows(
            f"SELECT (LANG(?t) AS ?l) {{ <{answer}> msq:text ?t FILTER(LANG(?t) NOT IN ('', 'und')) }} LIMIT 1"
        )
        found = {name: rows[0][0] for name, rows in (("quote", quotes), ("language", languages)) if rows}
        if pages and (page := re.match(r"page=(\d+)", pages[0][0])):
            found["page"] = page[1]
        if self._names_a_person(shortened(found.get("quote", ""), LONGEST_QUOTE)):
            del found["quote"]
        return found

    @cached_property
    def _persons(self) -> list[str]:
        return [name for [name] in self._rows("SELECT DISTINCT ?name { ?who a msq:Official ; foaf:name ?name }")]

    def _names_a_person(self, text: str) -> bool:
        return any(True for _ in naming_any(text, self._persons))

    def _label(self, iri: str) -> str:
        """What a thing is called; without a name, its path or local name."""
        if "://" not in iri or not _IRI.fullmatch(iri):
            return "name of a person" if self._names_a_person(iri) else iri  # a literal is called what it says
        if measure := self._one(iri, "qb:measureType"):
            parts = (self._one(iri, "sdmx-dimension:refArea"), self._one(iri, "msq:edition"))
            return ", ".join(self._name(part) or self._label(part) for part in (measure, *parts) if part)
        path = iri.removeprefix(self._release.base)
        local = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.split(r"[/#]", iri)[-1]).lower()
        return self._name(iri) or (path.removeprefix("id/") if path != iri and "#" not in path else local)

    def _name(self, iri: str) -> str:
        """A thing's name in English, or else in the first of its languages. A person is called by the post."""
        posts = self._rows(
            f"SELECT ?post {{ {{ ?post org:heldBy <{iri}> }} UNION"
            f" {{ ?s rdf:predicate org:heldBy ; rdf:object <{iri}> ; rdf:subject ?post }} }} ORDER BY ?post LIMIT 1"
        )
        if posts:
            return f"holder of the post {self._label(posts[0][0])}"
        labels = self._rows(f"SELECT ?l {{ <{iri}> {_LABELS} ?l }} ORDER BY DESC(LANG(?l) = 'en') LANG(?l) ?l LIMIT 1")
        return "" if not labels or self._names_a_person(labels[0][0]) else shortened(labels[0][0], LONGEST_TITLE)

    def _refuse_withdrawn(self, iri: str) -> None:
        rows = self._rows(
            f"SELECT ?why ?other {{ <{iri}> msq:withdrawal ?code"
            f" OPTIONAL {{ <{iri}> rdfs:comment ?why }} OPTIONAL {{ <{iri}> dct:isReplacedBy ?other }} }} LIMIT 1"
        )
        if rows:
            why, other = rows[0]
            remedy = f"cite {other} instead" if other else "cite the release before, or leave it out"
            raise UsageError(f"{iri}: was withdrawn{why and f' ({why})'} — {remedy}")

    def _what_can_be_cited(self) -> str:
        found = (self._rows(f"SELECT ?x {{ ?x a {kind} }} ORDER BY ?x LIMIT 1") for kind in _EXAMPLES)
        examples = ", ".join(rows[0][0] for rows in found if rows)
        return f"give that of an answer, a statement, an agency or anything else it describes, as {examples}"

    def _one(self, iri: str, predicate: str) -> str | None:
        return next(iter(self._objects(iri, predicate)), None) if iri else None

    def _objects(self, iri: str, predicate: str) -> list[str]:
        return [value for [value] in self._rows(f"SELECT ?o {{ <{iri}> {predicate} ?o }} ORDER BY ?o")]

    def _rows(self, query: str) -> list[list[str]]:
        """The rows of a query as texts, unbound variables as empty ones."""
        rows = cast("ox.QuerySolutions", self._store.query(self._prologue + query))
        return [["" if value is None else text_of(value) for value in row] for row in rows]
