"""A response's JSON → quads, by the files in ``mappings/``.

First the JSON-LD context gives the response graph (what was said). Then the CONSTRUCT rules: one file per entity
derives *claims* (subject, predicate, object, basis, sources); ``statement.rq`` gives every claim its IRI as a
``msq:Statement``; ``review.rq`` says who confirmed it; ``shortcut.rq`` puts the flat triple beside it. So no flat
triple is without its statement.

A JSON-LD processor drops in silence what it does not like: keys without a term, invalid IRIs, ill-formed language tags.
Therefore everything is checked before, and the triples are counted after: a difference raises :class:`MappingLoss`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from msqgraph import assets
from msqgraph.errors import MappingLoss
from msqgraph.published import background

if TYPE_CHECKING:
    import pyoxigraph as ox

_LAST_RULES = ("mappings/statement.rq", "mappings/review.rq", "mappings/shortcut.rq")
_LANGUAGE_TAG = re.compile(r"@none|[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LEXICAL = {
    "xsd:decimal": re.compile(r"-?\d+\.\d+"),
    "xsd:dateTime": re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z"),
    "xsd:date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "xsd:gYear": re.compile(r"\d{4}"),
}


def map_answers(node: dict[str, Any], base: str = assets.DEFAULT_BASE) -> list[ox.Triple]:
    """The response graph: what the context makes of a response's JSON, every value accounted for.

    :raises MappingLoss: if a key has no term, a value could not be kept, or the triples are not as many as the values.

    >>> response = "https://w3id.org/msqgraph/id/response/2020/PRY"
    >>> node = {"id": response, "type": "Response", "date_as_stated": "12/02/2019"}
    >>> sorted(triple.object.value for triple in map_answers(node))
    ['12/02/2019', 'https://w3id.org/msqgraph/ontology#Response']
    """
    import pyoxigraph as ox

    terms = _terms(base)
    expected = set(_expected(node, terms))
    document = json.dumps({"@context": terms, **node}, ensure_ascii=False)
    triples = [quad.triple for quad in ox.parse(document, format=ox.RdfFormat.JSON_LD)]
    if len(set(triples)) != len(expected):
        raise MappingLoss(
            f"{node['id']}: {len(expected)} values but {len(set(triples))} triples: one is dropped by JSON-LD"
        )
    return triples


def map_facts(answers: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE) -> list[ox.Triple]:
    """The facts graph: statements, and their flat triples beside them, sorted.

    :param answers: the response graph.

    >>> map_facts([])
    []
    """
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in [*background(base), *answers])
    claims = [triple for name in _entity_rules() for triple in construct(store, name, base)]
    store.bulk_extend(ox.Quad(*triple) for triple in claims)
    facts: set[ox.Triple] = set()
    for name in _LAST_RULES:
        derived = list(construct(store, name, base))
        store.bulk_extend(ox.Quad(*triple) for triple in derived)
        facts.update(derived)
    return sorted(facts, key=str)


def construct(store: ox.Store, rule: str, base: str = assets.DEFAULT_BASE) -> Iterator[ox.Triple]:
    """What a rule of ``mappings/`` derives from a store.

    :raises MappingLoss: if it is no CONSTRUCT query.

    >>> import pyoxigraph as ox
    >>> list(construct(ox.Store(), "mappings/shortcut.rq"))
    []
    """
    import pyoxigraph as ox

    result = store.query(assets.read_text(rule, base))
    if not isinstance(result, ox.QueryTriples):
        raise MappingLoss(f"{rule} is no CONSTRUCT query: a rule of another form adds nothing")
    yield from result


@cache
def _entity_rules() -> tuple[str, ...]:
    """Those that lie in the folder itself; what lies in a folder of its own is run elsewhere."""
    return tuple(n for n in assets.names("mappings", ".rq") if n not in _LAST_RULES and n.count("/") == 1)


@cache
def _terms(base: str) -> dict[str, Any]:
    terms: dict[str, Any] = json.loads(assets.read_text("mappings/response.context.jsonld", base))["@context"]
    return terms


def _expected(node: dict[str, Any], terms: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """One (subject, key, value) for every triple that the node must become."""
    subject = node["id"]
    _valid_iri(subject, subject, "id")
    for key, value in node.items():
        if key == "id":
            continue
        if key not in terms or key.startswith("@"):
            raise MappingLoss(
                f"{subject}: the key {key!r} has no term in mappings/response.context.jsonld: add it there"
            )
        term = terms[key] if isinstance(terms[key], dict) else {}
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and "id" in item:
                yield subject, key, item["id"]
                yield from _expected(item, terms)
            elif isinstance(item, dict):
                yield from _tagged(subject, key, item, term)
            else:
                _valid_value(subject, key, item, term)
                yield subject, key, str(item)


def _tagged(subject: str, key: str, texts: dict[str, Any], term: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for tag, values in texts.items():
        for text in values if isinstance(values, list) else [values]:
            if term.get("@container") != "@language" or not _LANGUAGE_TAG.fullmatch(tag) or not isinstance(text, str):
                problem = f"{key} in language {tag!r} would be dropped"
                raise MappingLoss(f"{subject}: {problem}: use a tag such as 'es' or 'zh-Hans'")
            yield subject, key, f"{text}@{tag}"


def _valid_value(subject: str, key: str, item: Any, term: dict[str, Any]) -> None:
    kind = term.get("@type", "")
    if kind == "@id":
        _valid_iri(subject, item, key)
    elif kind == "xsd:boolean":
        if not isinstance(item, bool):
            raise MappingLoss(f"{subject}: {key} is {item!r}: give true or false")
    elif kind == "@vocab":
        _valid_iri(subject, term["@context"]["@vocab"] + str(item), key)
    elif term.get("@container") == "@language" or not isinstance(item, str):
        raise MappingLoss(f"{subject}: {key} is {item!r}, whose type or language would be lost: give it as text")
    elif kind in _LEXICAL and not _LEXICAL[kind].fullmatch(item):
        raise MappingLoss(f"{subject}: {key} is {item!r}, which is no {kind}: correct it in the transcript")


def _valid_iri(subject: str, iri: Any, key: str) -> None:
    import pyoxigraph as ox

    try:
        ox.NamedNode(iri)
    except (ValueError, TypeError) as error:
        raise MappingLoss(f"{subject}: {key} {iri!r} is no valid IRI ({error}): correct it in the transcript") from None
