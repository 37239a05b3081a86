"""The SPARQL endpoint as an ASGI application: queries by GET and POST, the endpoint's description, and nothing else.

Specifications: https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from msqgraph.assets import DEFAULT_BASE
from msqgraph.server.engine.asked import Asked, Engine, QueryRefused
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.protocol.accept import joined, preferred, preferred_language
from msqgraph.server.protocol.client_key import ClientKeys
from msqgraph.server.protocol.leaving import UntilClientLeaves
from msqgraph.server.protocol.query_request import METHODS, QueryRequest, RequestRefused, read_request
from msqgraph.server.protocol.replies import send_problem, send_stream, send_whole
from msqgraph.server.protocol.result_formats import ROWS, TRIPLES, UnknownFormat, content_type, wanted

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    Description = Callable[[str, str], Awaitable[bytes]]

PATH = "/sparql"
MAX_QUERY_BYTES = 1 << 20
_HTML = "text/html"
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\"{}|^`\\\x00-\x20]*>")
_HOST = re.compile(r"[A-Za-z0-9.-]+(?::[0-9]+)?|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?")
_PREFLIGHT = (
    (b"allow", METHODS.encode()),
    (b"access-control-allow-methods", METHODS.encode()),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
)


class SparqlEndpoint:
    """What answers at ``/sparql``. Its engine may be exchanged while it serves: queries under way keep theirs."""

    def __init__(
        self,
        engine: Engine,
        description: Description,
        *,
        base: str = DEFAULT_BASE,
        public_url: str = "",
        max_query_bytes: int = MAX_QUERY_BYTES,
        max_age_s: int = 60,
        clients: ClientKeys | None = None,
    ) -> None:
        """An endpoint.

        :param description: gives the description of the endpoint from a media type of triples and the endpoint's IRI.
        :param base: what relative IRIs in a query are resolved against.
        :param public_url: the address of the server, ending in a slash; without it, requests tell it.
        :param max_query_bytes: what a client may send, in the address or in the body.
        :param max_age_s: how long an answer to GET may be kept by caches; 0: not at all.
        :param clients: tells whose a request is; without it, the peer's.
        """
        self.engine, self.description = engine, description
        self._base, self._public_url, self._max_query_bytes = base, public_url, max_query_bytes
        self._clients = clients or ClientKeys()
        self._caching = (b"cache-control", f"public, max-age={max_age_s}".encode() if max_age_s else b"no-cache")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request.

        :raises AnswerCut: if an answer breaks midway; the connection must then be closed.
        """
        try:
            if scope["method"] == "OPTIONS":
                await send_whole(scope, send, 204, _PREFLIGHT)
                return
            request = await read_request(scope, receive, self._max_query_bytes)
            if request is None:
                return
            if request.query is None:
                await self._describe(scope, send, request)
                return
            async with UntilClientLeaves(receive):
                await self._answer(scope, send, request, request.query)
        except RequestRefused as refused:
            await send_problem(scope, send, refused.status, refused.message, refused.headers)
        except QueryRefused as refused:
            await send_problem(scope, send, refused.status, refused.message, retry_after_s=refused.retry_after_s)

    async def _answer(self, scope: Scope, send: Send, request: QueryRequest, query: str) -> None:
        accept = joined(scope["headers"], b"accept")
        try:
            want = wanted(accept, request.format)
        except UnknownFormat as error:
            raise RequestRefused(400, str(error)) from None
        if want.formats.rows is None and want.formats.triples is None:
            offered = ", ".join([*dict.fromkeys(ROWS.values()), *dict.fromkeys(TRIPLES.values())])
            raise RequestRefused(406, f"no format that you accept is one of {offered}: name one in Accept or ?format=")
        if _RELATIVE.search(query):
            query = (
                f"BASE <{self._base}> {query}"  # on the same line, so that errors name the line that the client knows
            )
        client = self._clients.of(scope)
        asked = Asked(query, want.formats, request.default_graphs, request.named_graphs, client)
        answer = await self.engine.ask(asked)
        try:
            headers = ((b"content-type", want.content_type(answer.media_type).encode()), self._caching)
            await send_stream(scope, send, headers, answer.body)
        finally:
            await _close(answer.body)

    async def _describe(self, scope: Scope, send: Send, request: QueryRequest) -> None:
        """Sends the description of the endpoint; a reader's browser to the page on which queries are written."""
        accept = joined(scope["headers"], b"accept")
        if request.format is not None:
            try:
                media_type = wanted(accept, request.format).formats.triples
            except UnknownFormat as error:
                raise RequestRefused(400, str(error)) from None
            name = media_type
        else:
            name = preferred(accept, (*TRIPLES, _HTML))
            if name == _HTML:
                language = preferred_language(joined(scope["headers"], b"accept-language"), LANGUAGES)
                there = f"{scope.get('root_path', '')}/{language}/query".encode()
                headers = ((b"location", there), (b"vary", b"Accept-Language"), (b"cache-control", b"no-cache"))
                await send_whole(scope, send, 303, headers)
                return
            media_type = TRIPLES[name] if name else None
        if media_type is None or name is None:
            what = "there is no query, and no format of triples is accepted in which this endpoint could be described"
            raise RequestRefused(400, f"{what}: add ?query=, or name {', '.join(dict.fromkeys(TRIPLES.values()))}")
        body = await self.description(media_type, self._iri(scope))
        await send_whole(scope, send, 200, ((b"content-type", content_type(name).encode()), self._caching), body)

    def _iri(self, scope: Scope) -> str:
        """The address of this endpoint as its clients know it."""
        root = self._public_url.rstrip("/")
        if not root:
            host = joined(scope["headers"], b"host") or ""
            if not _HOST.fullmatch(host):
                return self._base + PATH[1:]
            root = f"{scope.get('scheme', 'http')}://{host}{scope.get('root_path', '')}"
        return root + PATH


async def _close(body: Any) -> None:
    """Ends a body that was not read to its end, and the query with it."""
    if close := getattr(body, "aclose", None):
        await close()
