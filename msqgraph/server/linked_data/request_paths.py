"""What the path of a request asks for: a thing's path under the base, the suffix of a document, or nothing of ours.

Whatever comes from the network is measured against the form that all IRIs of a dataset have before anything is asked:
letters, digits and ``. _ -`` in segments. A path that means the same, written otherwise, is told by how it should be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from msqgraph.exports.w3id import SEGMENT, THINGS
from msqgraph.server.linked_data.formats import MEDIA_TYPES

if TYPE_CHECKING:
    from starlette.types import Scope

MOST_CHARACTERS = 1_000
_THING = re.compile(rf"(?:{'|'.join(THINGS)})(?:/{SEGMENT})*")
_SUFFIX = re.compile(rf"\.({'|'.join(MEDIA_TYPES)})", re.IGNORECASE)
_ENCODED_SLASH = re.compile(rb"%(?:2f|5c)", re.IGNORECASE)
_ISO3 = re.compile("[A-Za-z]{3}")
_MOST_ABOVE = 20  # no IRI of ours hangs so deep
_MOST_CODES = 3  # segments of three letters in a path, each of which may be a country's code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request asks for: the path of an IRI under the base, and the suffix of a document, empty for the thing.

    ``is_as_written`` says that the request spelled it just so.
    """

    path: str
    suffix: str = ""
    is_as_written: bool = True

    @property
    def address(self) -> str:
        """The path of the address where it is answered, without a slash in front."""
        return f"{self.path}.{self.suffix}" if self.suffix else self.path


def wanted(scope: Scope) -> Wanted | None:
    """What the path of an HTTP request asks for; None if it cannot be the path of anything of ours.

    >>> wanted({"path": "/id/country/PRY.ttl"})
    Wanted(path='id/country/PRY', suffix='ttl', is_as_written=True)
    >>> wanted({"path": "/id//country/PRY/"})
    Wanted(path='id/country/PRY', suffix='', is_as_written=False)
    >>> wanted({"path": "/id/country/<PRY>"}) is None
    True
    """
    path = scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/")
    raw: bytes = (scope.get("raw_path") or path.encode()).partition(b"?")[0]
    if len(path) > MOST_CHARACTERS or _ENCODED_SLASH.search(raw):
        return None
    plain = re.sub("/{2,}", "/", path).rstrip("/")
    stem, suffix = plain, ""
    if match := _SUFFIX.fullmatch(plain, plain.rfind(".")) if "." in plain else None:
        stem, suffix = plain[: match.start()], match[1].lower()
    if not _THING.fullmatch(stem):
        return None
    found = Wanted(stem, suffix)
    return Wanted(stem, suffix, is_as_written=found.address == path and b"%" not in raw)


def other_cases(path: str) -> list[str]:
    """The paths that differ from a path in the case of letters alone and that IRIs of ours may have.

    >>> other_cases("id/Country/pry")
    ['id/country/PRY', 'id/country/pry']
    >>> other_cases("questionnaire/2020/5C")
    ['questionnaire/2020/5c']
    """
    segments = path.lower().split("/")
    codes = [at for at, segment in enumerate(segments) if at and _ISO3.fullmatch(segment)][:_MOST_CODES]
    found = set()
    for uppers in product((True, False), repeat=len(codes)):
        told = list(segments)
        for at, is_upper in zip(codes, uppers, strict=True):
            told[at] = told[at].upper() if is_upper else told[at]
        found.add("/".join(told))
    return sorted(found - {path})


def above(path: str) -> list[str]:
    """The paths that a path hangs below, the nearest first; not all of a path that is deeper than any of ours.

    >>> above("id/response/2020/PRY/99")
    ['id/response/2020/PRY', 'id/response/2020', 'id/response', 'id']
    """
    segments = path.split("/")
    return ["/".join(segments[:end]) for end in range(len(segments) - 1, 0, -1)][:_MOST_ABOVE]
