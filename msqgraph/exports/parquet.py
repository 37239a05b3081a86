"""Rows as a Parquet file."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from msqgraph.exports.frames import polars_frame
from msqgraph.values import Kind, Row


def parquet(variables: Sequence[str], rows: Sequence[Row], kinds: Sequence[Kind]) -> bytes:
    """The rows as Parquet, in the types of the polars frame; the same bytes for the same rows.

    :raises UsageError: if polars is not installed.
    """
    page = BytesIO()
    polars_frame(variables, rows, kinds).write_parquet(page)
    return page.getvalue()
