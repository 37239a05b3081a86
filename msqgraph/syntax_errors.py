"""What is wrong with a query, in words for its author: Oxigraph lists all characters that might have come next."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PLACED = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<wanted>.*)", re.DOTALL)
_PREFIXED_NAME = re.compile(r"(?<![\w?$<:@.-])(?P<prefix>[A-Za-z][\w.-]*)?:(?P<local>[\w.%-]*)")
_CHARACTER_CLASS = re.compile(r"\[[^\]]*\]|'[^']*'")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_SIGNS = {",", ".", ";", "(", ")", "{", "}", "[", "]", "<", ">", "?", "*"}
_MOST_NAMED = 8
_MEANT = {
    "The SELECT contains a variable that is unbound": "a variable after SELECT is named twice, or is not in the "
    "pattern, or neither grouped nor counted",
    "IRI parsing failed": "this is no IRI",
}


def in_words(message: str, sparql: str, known_prefixes: Mapping[str, str]) -> str:
    """What Oxigraph says of an error of syntax, with its place, and what to do where that can be told.

    :param known_prefixes: IRIs by prefix, to be proposed for a prefix that is not declared.

    >>> in_words("error at 1:23: expected one of Prefix not found, ['%']", "SELECT * { ?s msq:iso3 ?o }",
    ...          {"msq": "https://example.org/"})
    'line 1, column 15: the prefix msq: is not declared — begin with PREFIX msq: <https://example.org/>'
    >>> in_words("error at 1:19: expected one of LATERAL, SERVICE, [_]", "SELECT * { ?s ?p }", {})
    'line 1, column 19: this cannot stand here'
    """
    placed = _PLACED.match(message)
    if placed is None:
        return message.partition("\n")[0]
    line, column, wanted = int(placed["line"]), int(placed["column"]), placed["wanted"]
    lines = sparql.split("\n")
    text = lines[line - 1] if line <= len(lines) else ""
    for name in _PREFIXED_NAME.finditer(text):
        prefix = name["prefix"] or ""
        if name.start() < column <= name.end() + 1 and not _is_declared(prefix, sparql):
            iri = known_prefixes.get(prefix, "…")
            what = f"the prefix {prefix}: is not declared — begin with PREFIX {prefix}: <{iri}>"
            return f"line {line}, column {name.start() + 1}: {what}"
    meant = next((words for said, words in _MEANT.items() if said in wanted), None)
    return f"line {line}, column {column}: {meant or _expected(wanted)}"


def _is_declared(prefix: str, sparql: str) -> bool:
    return re.search(rf"\bPREFIX\s+{re.escape(prefix)}:", sparql, re.IGNORECASE) is not None


def _expected(wanted: str) -> str:
    """The signs that might have come next, if there are few; keywords alone tell nothing."""
    signs = sorted({sign for sign in _QUOTED.findall(_CHARACTER_CLASS.sub("", wanted)) if sign in _SIGNS})
    named = [f"“{sign}”" for sign in signs]
    if not named or len(named) > _MOST_NAMED:
        return "this cannot stand here"
    return f"expected {', '.join(named[:-1])} or {named[-1]}" if len(named) > 1 else f"expected {named[0]}"
