"""A page from its template: in the reader's language, with links that keep it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import jinja2
from starlette.responses import HTMLResponse

from msqgraph.server.beside import beside
from msqgraph.server.languages import NAMES, direction
from msqgraph.server.messages import messages
from msqgraph.server.pages.template_bytecode import TemplateBytecode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

TEMPLATES = Path(__file__).parent.parent / "templates"
_PATH_CHARACTERS = "/:@!$&'()*+,;=~-._"
_SYNTAX: dict[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}
_KEPT = {"Cache-Control": "public, max-age=60"}  # a new build is seen within a minute
_BYTECODE = TemplateBytecode(repr(_SYNTAX))


def page(request: Request, template: str, status_code: int = 200, **context: Any) -> Page:
    """The page that a template makes of what it is told; it is made when it is sent.

    Templates also see ``lang``, ``dir``, ``site``, ``path`` (the page's own, below the language), ``query`` (its query
    string), ``languages``, ``url`` and ``local``. If a template uses what it was not told, sending the page raises
    :class:`jinja2.UndefinedError`.
    """
    language = request.path_params.get("lang", "en")
    path = request.scope["path"].removeprefix(request.scope.get("root_path", "")).removeprefix(f"/{language}/")
    local = _local(request)
    told = {
        "lang": language,
        "dir": direction(language),
        "site": request.app.state.site,
        "path": path,
        "query": request.url.query,
        "languages": {code: NAMES[code] for code in request.app.state.site.languages},
        "local": local,
        "url": lambda to="", to_language=language, **parameters: local(f"{to_language}/{to}", **parameters),
        **context,
    }
    return Page(lambda: environment(language).get_template(template).render(told), language, status_code)


class Page(HTMLResponse):
    """An answer whose HTML is written when it is sent, beside the event loop: large pages take a tenth of a second."""

    def __init__(self, written: Callable[[], str], language: str, status_code: int = 200) -> None:
        """A page in a language, which a function writes."""
        kept = _KEPT if status_code == 200 else {}
        super().__init__(b"", status_code, headers={"Content-Language": language, **kept})
        self._written = written

    def written(self) -> bytes:
        """The page's HTML, written now."""
        return self._written().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Writes the page and sends it."""
        self.body = await beside(self.written)
        self.headers["Content-Length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def _local(request: Request) -> Callable[..., str]:
    """A function that makes an address on this server from a path without a slash in front, and parameters."""
    root = request.scope.get("root_path", "")

    def local(path: str, **parameters: str | list[str] | None) -> str:
        path, _, given = path.partition("?")
        told = "&".join(part for part in (given, urlencode(_said(parameters), doseq=True)) if part)
        return f"{root}/{quote(path, safe=_PATH_CHARACTERS)}{f'?{told}' if told else ''}"

    return local


def _said(parameters: Mapping[str, str | list[str] | None]) -> dict[str, str | list[str]]:
    return {name: value for name, value in parameters.items() if value not in (None, "", [])}


@cache
def environment(language: str) -> jinja2.Environment:
    """The templates' environment for a language: everything is escaped, and what is not there is an error."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_BYTECODE,
        **_SYNTAX,
    )
    made.install_gettext_translations(messages(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters["direction"] = direction
    made.filters["web"] = _web_address
    return made


def _web_address(address: object) -> str:
    """An address if it is one of the web, else nothing: no ``javascript:`` or ``data:`` in a link.

    >>> _web_address("https://www.gov.py/"), _web_address("javascript:alert(1)")
    ('https://www.gov.py/', '')
    """
    told = str(address)
    return told if told.lower().startswith(("http://", "https://")) else ""
