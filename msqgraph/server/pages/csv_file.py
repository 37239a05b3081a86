"""Rows as a CSV file that no spreadsheet takes for formulas, escaped as the tables of a release are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from starlette.responses import Response

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
ANY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, ETag, Retry-After",
}
"""The headers with which scripts of any site may read an answer."""


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> Response:
    """A file to download, by scripts of any site too: UTF-8, RFC 4180; figures and IRIs as they are, None as nothing.

    :param name: of the file, without its suffix.
    """
    response = Response(csv_text(header, rows), media_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.headers.update(ANY_ORIGIN)
    return response


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> str:
    r"""The text of such a file.

    >>> csv_text(["name", "n"], [["=1+1", 2], ["-", None]])
    "name,n\r\n'=1+1,2\r\n'-,\r\n"
    """
    from msqgraph.exports.flat_tables import escaped

    def cell(value: str | int | float | None) -> str:
        if isinstance(value, str):
            return escaped(value)
        return "" if value is None else str(value).removesuffix(".0")

    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return output.getvalue()
