"""IRIs of well-known vocabularies by their short names, where pages show them."""

from __future__ import annotations

from functools import cache

from msqgraph.namespaces import prefixes


def short(iri: str) -> str:
    """An IRI with the prefix that files and results use, or as it is.

    >>> short("http://www.w3.org/2004/02/skos/core#Concept"), short("http://example.org/x")
    ('skos:Concept', 'http://example.org/x')
    """
    for prefix, namespace in _longest_first():
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@cache
def _longest_first() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(prefixes().items(), key=lambda item: -len(item[1])))
