"""What the terms of a query's answer are in Python: text, numbers, booleans, years, dates; and what a column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, TypeAlias

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
_NUMBERS = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_INT64 = range(-(2**63), 2**63)


class Iri(str):
    """An IRI: text that may be followed."""

    __slots__ = ()


Value: TypeAlias = str | int | float | bool | date | datetime | None
Kind: TypeAlias = Literal["integer", "year", "number", "boolean", "date", "datetime", "text"]
Row: TypeAlias = tuple[Value, ...]


def value_of(term: object) -> Value:
    """A term as a Python value; what is ill-formed for its datatype stays the text that it is.

    Text loses its language tag, a decimal becomes a float, a year an int.

    >>> import pyoxigraph as ox
    >>> year = ox.Literal("2020", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
    >>> value_of(year), value_of(ox.Literal(True)), value_of(ox.Literal("sí", language="es")), value_of(None)
    (2020, True, 'sí', None)
    """
    import pyoxigraph as ox

    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if not isinstance(term, ox.Literal):
        return str(term)
    text, datatype = term.value, term.datatype.value
    try:
        return _typed(text, datatype)
    except ValueError:
        return text


def is_year(term: object) -> bool:
    """Whether a term is a literal of type ``xsd:gYear``."""
    import pyoxigraph as ox

    return isinstance(term, ox.Literal) and term.datatype.value == f"{_XSD}gYear"


def _typed(text: str, datatype: str) -> Value:
    if datatype in _INTEGERS or datatype == f"{_XSD}gYear":
        return int(text) if _INTEGER.fullmatch(text) else text
    if datatype in _NUMBERS:
        return float(text) if _NUMBER.fullmatch(text) else text
    if datatype == f"{_XSD}boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, text)
    if datatype == f"{_XSD}date":
        return date.fromisoformat(text)  # one with a time zone is no date of Python's: it stays text
    if datatype == f"{_XSD}dateTime":
        return datetime.fromisoformat(text)
    return text


def kind_of(values: Sequence[Value]) -> Kind:
    """What a column holds, blanks apart; a mixture of kinds is text, and so is a column of blanks.

    >>> kind_of([1, None]), kind_of([1, 2.5]), kind_of([True, "yes"]), kind_of([None])
    ('integer', 'number', 'text', 'text')
    """
    types = {type(value) for value in values if value is not None}
    if types == {int}:
        return "integer" if all(value in _INT64 for value in values if value is not None) else "text"
    if types and types <= {int, float}:
        return "number"
    if types == {bool}:
        return "boolean"
    if types == {date}:
        return "date"
    zones = {value.tzinfo is None for value in values if isinstance(value, datetime)}
    return "datetime" if types == {datetime} and len(zones) == 1 else "text"


def text_of(value: Value) -> str:
    """A value as text, as XML Schema writes it; a blank is empty.

    >>> text_of(True), text_of(2.5), text_of(None), text_of(date(2019, 12, 2))
    ('true', '2.5', '', '2019-12-02')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, date) else str(value)


def figure_of(value: Value) -> str:
    """A value as text for people to read: numbers with thousands apart.

    >>> figure_of(1234567), figure_of(30.0), figure_of("yes")
    ('1,234,567', '30', 'yes')
    """
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:,}".removesuffix(".0") if is_number else text_of(value)
