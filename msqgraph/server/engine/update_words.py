"""Whether a text that is no query would be an update: only to say so, never to let anything through."""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(?:\s+|#[^\r\n]*|BASE\s*<[^>]*>|PREFIX\s*[^\s:]*:\s*<[^>]*>|;)*",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)


def is_update(sparql: str) -> bool:
    """Whether the first word behind comments and prefixes is one that begins an update.

    >>> is_update("# add\\nPREFIX : <http://example.org/>\\nINSERT DATA { :a :b :c }")
    True
    >>> is_update("SELECT * { ?add ?p ?o }")
    False
    """
    before = _BEFORE.match(sparql)
    return bool(before and _UPDATE.match(sparql, before.end()))
