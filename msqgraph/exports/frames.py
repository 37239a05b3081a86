"""Rows as frames of pandas or polars. A blank stays a blank: not known is never zero, false or an empty text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msqgraph.exports.extra import needed_for
from msqgraph.values import Kind, Row, Value, text_of

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_PANDAS = {
    "integer": "Int64", "year": "Int64", "number": "float64", "boolean": "boolean", "date": "datetime64[s]",
    "datetime": "datetime64[us]", "text": "string[python]",
}  # fmt: skip


def pandas_frame(variables: Sequence[str], rows: Sequence[Row], kinds: Sequence[Kind]) -> pd.DataFrame:
    """The rows as a pandas frame, with types that have blanks.

    :raises UsageError: if pandas is not installed.

    >>> pandas_frame(["iso3", "portals"], [("PRY", 14), ("URY", None)], ["text", "integer"])["portals"].sum()
    np.int64(14)
    """
    with needed_for("a pandas frame"):
        import pandas as pd

    columns = {}
    for at, (variable, kind) in enumerate(zip(variables, kinds, strict=True)):
        values = _column(rows, at, kind)
        dtype = _PANDAS[kind]
        if kind == "datetime" and any(getattr(value, "tzinfo", None) for value in values):
            columns[variable] = pd.Series(pd.to_datetime(values, utc=True), dtype="datetime64[us, UTC]")
        else:
            columns[variable] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(columns, columns=list(variables))


def polars_frame(variables: Sequence[str], rows: Sequence[Row], kinds: Sequence[Kind]) -> pl.DataFrame:
    """The rows as a polars frame.

    :raises UsageError: if polars is not installed.

    >>> polars_frame(["iso3", "portals"], [("PRY", 14), ("URY", None)], ["text", "integer"]).null_count().row(0)
    (0, 1)
    """
    with needed_for("a polars frame"):
        import polars as pl

    types: dict[Kind, Any] = {
        "integer": pl.Int64, "year": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date,
        "text": pl.String,
    }  # fmt: skip
    series = []
    for at, (variable, kind) in enumerate(zip(variables, kinds, strict=True)):
        values = _column(rows, at, kind)
        if kind == "datetime":
            zoned = any(getattr(value, "tzinfo", None) for value in values)
            dtype: Any = pl.Datetime("us", "UTC" if zoned else None)
        else:
            dtype = types[kind]
        series.append(pl.Series(variable, values, dtype=dtype))
    return pl.DataFrame(series)


def _column(rows: Sequence[Row], at: int, kind: Kind) -> list[Value]:
    values: list[Value] = [row[at] for row in rows]
    if kind == "text":
        return [None if value is None else text_of(value) for value in values]
    return [float(value) if kind == "number" and isinstance(value, int) else value for value in values]
