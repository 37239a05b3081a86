"""Which of the forms that a server offers a client would rather have: media types and languages.

The header is the client's and may be anything: what cannot be read in it is left out, of a long one all but the
beginning, and a header of which nothing can be read counts as none. Nothing here raises.

Specifications: RFC 9110, section 12.5 (``Accept``, ``Accept-Language``), RFC 4647, section 3.4 (lookup of a language).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

_LONG = 2_000  # characters: longer headers are read, but not remembered
_MOST_ELEMENTS, _MOST_SUBTAGS = 100, 8  # beyond these nothing is read: it would take seconds
_ELEMENT = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_PARAMETER = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_WEIGHT = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_LANGUAGE = re.compile(r"\*|[A-Za-z]{1,8}(?:-(?:[A-Za-z0-9]{1,8}|\*))*")
_WISHES = {"profile"}  # a wish by its own definition (JSON-LD 1.1, section B): unmet, it excludes nothing


class _Range(NamedTuple):
    """One element of an ``Accept`` header; the type and the subtype may be ``*``."""

    type: str
    subtype: str
    parameters: frozenset[tuple[str, str]]
    weight: float


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The media type that a client would rather have, as it stands in what is offered; None if it takes none of them.

    The most specific range that fits a media type says its weight. Of several with the same weight, one that is
    named wins over one that only a wildcard covers, then the one that is offered first.

    :param accept: the header; one that was sent several times is joined by commas (:func:`joined`). None or one of
        which nothing can be read: the client takes anything.
    :param offered: media types, the best first; they may have parameters.

    >>> preferred("text/turtle;q=0.5, application/*", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> preferred("text/html, */*;q=0", ["text/turtle"]) is None
    True
    """
    offered = tuple(offered)
    if accept is None:
        return offered[0] if offered else None
    return _preferred(accept, offered) if len(accept) <= _LONG else _preferred.__wrapped__(accept, offered)


def preferred_language(accept_language: str | None, offered: Sequence[str]) -> str:
    """The language that a client would rather read, as it stands in what is offered; else the first offered.

    :param accept_language: the header, or None.
    :param offered: language tags, that of the source first.

    >>> preferred_language("pt-BR, es-PY;q=0.8, en;q=0.5", ["en", "es", "fr"])
    'es'
    """
    wanted = []
    for element in _elements(accept_language or ""):
        name, *rest = element.split(";")
        weight = _weight_of(rest)
        if weight is not None and _LANGUAGE.fullmatch(name.strip()):
            wanted.append((name.strip().lower(), weight))
    known = {tag.lower(): tag for tag in offered}
    refused = {name for name, weight in wanted if weight == 0}
    for name, weight in sorted(wanted, key=lambda one: -one[1]):
        if weight == 0:
            break
        if name == "*":
            # it stands for what no other range names
            named = {other.partition("-")[0] for other, _ in wanted}
            found = next((tag for low, tag in known.items() if low.partition("-")[0] not in named), None)
        else:
            found = next((known[cut] for cut in _shortened(name) if cut in known and cut not in refused), None)
        if found:
            return found
    return next((tag for low, tag in known.items() if low not in refused), offered[0])


def joined(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    """The value of a header of an ASGI request, those of several with the same name as one list; None if it has none.

    >>> joined([(b"accept", b"text/turtle"), (b"host", b"x"), (b"accept", b"text/csv;q=0.1")], b"accept")
    'text/turtle, text/csv;q=0.1'
    """
    values = [value.decode("latin-1") for key, value in headers if key == name]
    return ", ".join(values) if values else None


def _elements(header: str) -> Iterable[str]:
    """The elements of a list in a header, the first of them."""
    return (match[0] for match in islice(_ELEMENT.finditer(header), _MOST_ELEMENTS))


@lru_cache(maxsize=512)
def _preferred(accept: str, offered: tuple[str, ...]) -> str | None:
    """As :func:`preferred`; clients send the same few headers again and again."""
    ranges = [found for element in _elements(accept) if (found := _range_of(element))]
    if not ranges:
        return offered[0] if offered else None
    best, best_rank = None, (0.0, False)
    for media_type in offered:
        fits = [(fit, one.weight) for one in ranges if (fit := _fit(one, media_type))]
        if not fits:
            continue
        (specificity, _), weight = max(fits)
        rank = (weight, specificity > 1)
        if weight > 0 and rank > best_rank:
            best, best_rank = media_type, rank
    return best


def _fit(wanted: _Range, media_type: str) -> tuple[int, int] | None:
    """How closely a range covers a media type: by its type, then by how many parameters; None if not at all."""
    name, parameters = _split(media_type)
    type_, _, subtype = name.partition("/")
    if wanted.type not in ("*", type_) or wanted.subtype not in ("*", subtype):
        return None
    # what is sent is always UTF-8
    missing = {key for key, value in wanted.parameters - parameters if (key, value.lower()) != ("charset", "utf-8")}
    if missing - _WISHES:
        return None
    return 1 + (wanted.type != "*") + (wanted.subtype != "*"), len(wanted.parameters) - len(missing)


def _range_of(element: str) -> _Range | None:
    """A media range with its weight; None if it cannot be read."""
    name, parameters = _split(element)
    if name == "*":  # as Java's own client writes it
        name = "*/*"
    type_, slash, subtype = name.partition("/")
    if not (slash and _TOKEN.fullmatch(type_) and _TOKEN.fullmatch(subtype)) or (type_ == "*" != subtype):
        return None
    weight = _weight_of(f"{key}={value}" for key, value in parameters)
    if weight is None:
        return None
    return _Range(type_, subtype, frozenset(one for one in parameters if one[0] != "q"), weight)


@lru_cache(maxsize=512)
def _split(text: str) -> tuple[str, frozenset[tuple[str, str]]]:
    """A media type without its parameters, in small letters; and those, without quotes around their values."""
    name, *rest = _PARAMETER.findall(text) or [""]
    found = set()
    for parameter in rest:
        key, equals, value = parameter.strip().partition("=")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] == '"':
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        if equals:
            found.add((key.strip().lower(), value))
    return name.strip().lower(), frozenset(found)


def _weight_of(parameters: Iterable[str]) -> float | None:
    """The weight among the parameters of a range, 1 if there is none; None if it is no number from 0 to 1."""
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            value = value.strip()
            if not _WEIGHT.fullmatch(value) or float(value) > 1:
                return None
            return float(value)
    return 1.0


def _shortened(tag: str) -> Iterable[str]:
    """A language tag and what is left of it as its end is cut off, subtag by subtag; a single letter goes with them."""
    subtags = [one for one in tag.split("-", _MOST_SUBTAGS)[:_MOST_SUBTAGS] if one != "*"]
    while subtags:
        yield "-".join(subtags)
        subtags.pop()
        if subtags and len(subtags[-1]) == 1:
            subtags.pop()
