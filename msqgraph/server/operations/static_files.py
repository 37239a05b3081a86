"""Files of the site itself. With a version in its address (``?v=``) one is kept for a year, else asked for anew."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope

_YEAR_S = 31_536_000


class StaticFilesForLong(StaticFiles):
    """Static files that say how long they may be kept."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or that it has not changed."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        has_version = scope["query_string"].startswith(b"v=")
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_S}, immutable" if has_version else "no-cache"
        return response
