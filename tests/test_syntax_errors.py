"""Errors of syntax as the author of a query can understand them, from what Oxigraph really says."""

from __future__ import annotations

import pytest

from msqgraph.errors import UsageError
from msqgraph.store import EmbeddedStore


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (
            "SELECT * {\n ?s skos:prefLabel ?o\n}",
            "line 2, column 5: the prefix skos: is not declared — begin with PREFIX skos: <http://www.w3.org/2004/02/skos/core#>",
        ),
        ("SELECT * { ?s my:own ?o }", "line 1, column 15: the prefix my: is not declared — begin with PREFIX my: <…>"),
        ("SELECT * { ?s ?p }", "line 1, column 19: this cannot stand here"),
        ("SELECT * { ?s ?p ?o ", "line 1, column 21: expected “,”, “.”, “;”, “{” or “}”"),
        ("SELECT * { ?s a <x y> }", "line 1, column 22: this is no IRI"),
        ("SELECT ?s (COUNT(*) AS ?s) { ?s ?p ?o }", "a variable after SELECT is named twice, or"),
        ("hello", "line 1, column 6: this cannot stand here"),
    ],
)
def test_what_is_wrong_is_told_in_words(query: str, told: str) -> None:
    """With its place, and without the list of all characters that the parser knows."""
    with pytest.raises(UsageError) as raised:
        EmbeddedStore().query(query)
    assert told in str(raised.value)
    assert "u{" not in str(raised.value)
