"""HTTP with one server: credentials, time limits, a few more attempts, and errors that say what to do.

urllib alone would follow a redirect with the credentials (as SPARQLWrapper does), and send a large body twice for each
Digest challenge. Here no redirect is followed, and a challenge that was answered once is answered beforehand.
"""

from __future__ import annotations

import html
import re
import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from ssl import SSLCertVerificationError
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, urlsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    BaseHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

from msqgraph.errors import UsageError

PAUSES_S = (0.5, 1.0, 2.0, 4.0)
LONGEST_PAUSE_S = 60.0
MESSAGE_CHARACTERS = 300
ANSWER_BYTES = 64 << 20
_PASSING = (429, 502, 503, 504)
_NO_SUCH_SERVICE = (404, 405, 501)
_PERHAPS_TOO_LARGE = (400, 413, 500, 502, 503, 504, 507)
_TAGS = re.compile(r"<title>.*?</title>|<[^>]*>", re.DOTALL | re.IGNORECASE)


class Refused(UsageError):
    """A request that a server did not carry out; ``status`` is 0 if it gave no answer.

    ``is_passing``: it may go through later as it is. ``is_perhaps_too_large``: it may go through in pieces.
    """

    def __init__(self, message: str, status: int, is_passing: bool, is_cut: bool = False, wait_s: float = 0.0) -> None:
        self.status, self.is_passing, self.wait_s = status, is_passing, wait_s
        self.is_no_service = status in _NO_SUCH_SERVICE
        self.is_perhaps_too_large = is_cut or status in _PERHAPS_TOO_LARGE
        super().__init__(message)


@dataclass(frozen=True)
class Credentials:
    """Who asks: a user with a password, or the bearer of a token, or nobody. Secrets do not show in its text.

    >>> Credentials("dba", "secret")
    Credentials(user='dba')
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    body: bytes
    headers: HTTPMessage


class Connection:
    """Requests to the servers that a user named, and to no other."""

    def __init__(
        self,
        credentials: Credentials | None = None,
        timeout_s: float = 60.0,
        pauses_s: tuple[float, ...] = PAUSES_S,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Nothing is sent yet.

        :param timeout_s: how long a server may be silent.
        :param pauses_s: how long to wait before each further attempt; as many as there are pauses.
        """
        self.credentials = credentials or Credentials()
        self.timeout_s, self._pauses_s, self._sleep = timeout_s, pauses_s, sleep
        self._authentication = _Authentication(self.credentials)
        self._opener = build_opener(_NoRedirect, self._authentication)
        self._has_answered = False

    def send(self, request: Request, option: str, graph: str = "") -> Answer:
        """The answer to a request that may be sent twice without harm.

        A refusal that may pass (429, 502, 503, 504, or a connection that broke) is tried again after a pause, which a
        ``Retry-After`` can lengthen to a minute. A server that never answered is not waited for: its address is wrong.

        :param option: the option that gave the address, for the message.
        :param graph: what the request is about, for the message.
        :raises Refused: if the server does not carry it out.
        """
        if self.credentials.token:
            request.add_unredirected_header("Authorization", f"Bearer {self.credentials.token}")
        for pause_s in (*self._pauses_s, None):
            try:
                return self._once(request, option, graph)
            except Refused as refused:
                if pause_s is None or not refused.is_passing:
                    raise
                self._sleep(min(LONGEST_PAUSE_S, max(pause_s, refused.wait_s)))
        raise AssertionError  # the last pause is None

    def _once(self, request: Request, option: str, graph: str) -> Answer:
        place = f"{shown(request.full_url)}{f', graph {graph}' if graph else ''}"
        self._authentication.answered = 0
        try:
            with self._opener.open(request, timeout=self.timeout_s) as response:
                body = response.read(ANSWER_BYTES + 1)
                if len(body) > ANSWER_BYTES:
                    raise Refused(f"{place}: more than {ANSWER_BYTES} bytes — is this a SPARQL endpoint?", 200, False)
                self._has_answered = True
                return Answer(body, response.headers)
        except HTTPError as error:
            self._has_answered = True
            with error:
                raise self._refusal(error, place, option) from None
        except TimeoutError:
            raise self._silence(place) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                raise self._silence(place) from None
            if isinstance(reason, SSLCertVerificationError):
                remedy = "name the authority's certificate in SSL_CERT_FILE if you trust it"
                raise Refused(f"{place}: {reason.verify_message} — {remedy}", 0, False) from None
            is_passing = self._has_answered and isinstance(reason, HTTPException | OSError)
            is_unread = isinstance(reason, BrokenPipeError)  # what some servers do with a body that is too large
            what = str(reason) or type(reason).__name__
            remedy = f"check {option} and whether the server runs; what is loaded stays, run the command again"
            raise Refused(f"{place}: {what} — {remedy}", 0, is_passing, is_unread) from None

    def _silence(self, place: str) -> Refused:
        text = f"{place}: no answer within {self.timeout_s:g} s — give more with --timeout, and run the command again"
        return Refused(text, 0, is_passing=False, is_cut=True)

    def _refusal(self, error: HTTPError, place: str, option: str) -> Refused:
        said = _first_line(error)
        text = f"{place}: HTTP {error.code}{f' {said}' if said else ''} — {self._remedy(error, option)}"
        after = error.headers.get("Retry-After", "")
        wait_s = float(after) if after.isascii() and after.isdigit() else 0.0
        return Refused(text, error.code, error.code in _PASSING, wait_s=wait_s)

    def _remedy(self, error: HTTPError, option: str) -> str:
        """What to do about a status."""
        if 300 <= error.code < 400:
            return (
                f"redirects are not followed: give {option} {shown(error.headers.get('Location', 'the new address'))}"
            )
        if error.code == 401:
            if self.credentials.user or self.credentials.token:
                return "the user name and password, or the token, are not accepted: check them"
            return "give --user NAME with the password in MSQGRAPH_PASSWORD, or a token in MSQGRAPH_TOKEN"
        if error.code == 403:
            return "the server does not let this user do it: ask for the right to write"
        if error.code in _NO_SUCH_SERVICE:
            return f"no such service at this address: check {option}"
        if error.code in _PASSING:
            return "the server is busy: run the command again later, what is loaded stays"
        if error.code == 413:
            return "it refuses even the smallest pieces: raise its limit for the size of a request"
        return "see the server's log"


class _NoRedirect(HTTPRedirectHandler):
    """Leaves a redirect to be reported: a writing request must not end somewhere else, nor must a password."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class _Authentication(AbstractDigestAuthHandler, BaseHandler):
    """Answers Basic (RFC 7617) and Digest (RFC 7616) challenges, Digest if both are offered."""

    auth_header = "Authorization"
    handler_order = 490

    def __init__(self, credentials: Credentials) -> None:
        self._passwords = HTTPPasswordMgrWithDefaultRealm()
        super().__init__(self._passwords)
        self._credentials = credentials
        self._challenges: dict[str, dict[str, str]] = {}  # by server; without parameters it is Basic
        self.answered = 0

    def http_request(self, request: Request) -> Request:
        """Signs a request to a server whose challenge is known."""
        if request.host in self._challenges:
            self._sign(request, self._challenges[request.host])
        return request

    https_request = http_request

    def http_error_401(
        self, request: Request, response: IO[bytes], _code: int, _text: str, headers: HTTPMessage
    ) -> Any:
        """The answer to the signed request; nothing, if it cannot be signed or was signed in vain."""
        offered = {
            scheme.lower(): rest
            for scheme, _, rest in (text.partition(" ") for text in headers.get_all("WWW-Authenticate", []))
        }
        scheme = next((scheme for scheme in ("digest", "basic") if scheme in offered), None)
        if not scheme or not self._credentials.user or self.answered:
            return None
        self.answered += 1
        response.close()
        parameters = parse_keqv_list([item for item in parse_http_list(offered[scheme]) if "=" in item])
        self._challenges[request.host] = parameters if scheme == "digest" else {}
        return self.parent.open(request, timeout=request.timeout)

    def _sign(self, request: Request, challenge: dict[str, str]) -> None:
        user, password = self._credentials.user or "", self._credentials.password or ""
        if challenge:
            self._passwords.add_password(None, request.full_url.partition("?")[0], user, password)
            value = f"Digest {self.get_authorization(request, challenge)}"
        else:
            value = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
        request.add_unredirected_header(self.auth_header, value)


def checked_address(address: str, option: str) -> str:
    """The address, if requests can be sent there.

    :raises UsageError: if it is no HTTP address, or holds a user name or a password, which are then not shown.

    >>> checked_address("http://127.0.0.1:7878/query", "--endpoint")
    'http://127.0.0.1:7878/query'
    """
    try:
        parts = urlsplit(address)
        is_fit = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fit = False
    if "@" in address.split("?")[0] or ("@" in address and not is_fit):
        raise UsageError(f"{option}: user and password do not belong into an address — give --user NAME")
    if not is_fit or re.search(r"[\s\x00-\x1f\x7f#]", address):
        raise UsageError(f"{option} {shown(address)}: no address of a server — it begins with http:// or https://")
    return address


def shown(address: str) -> str:
    """An address as it may be printed: without user, password and query, which can hold a key.

    >>> shown("https://ana:secret@example.org/query?apikey=secret")
    'https://example.org/query'
    """
    return re.sub(r"//[^/]*@", "//", re.split(r"[?#]", address, maxsplit=1)[0])


def _without_query(text: str, address: str) -> str:
    """What a server says, where it repeats a value of the query that it was asked with; graphs are no secret.

    >>> _without_query("no such key: s+cret", "https://example.org/query?apikey=s%2Bcret")
    'no such key: ...'
    """
    query = urlsplit(address).query
    values = [value for name, value in parse_qsl(query) if name != "graph"]
    as_written = [item.partition("=")[2] for item in query.split("&") if not item.startswith("graph=")]
    for value in sorted({*values, *as_written} - {""}, key=len, reverse=True):
        text = text.replace(value, "...")
    return text


def _first_line(error: HTTPError) -> str:
    """The first line of what the server says; of a page, its words without the mark-up and title.

    A server can repeat a whole request after its first line, therefore no more than that is shown.
    """
    try:
        text = error.read(1 << 16).decode("utf-8", errors="replace")
    except (OSError, HTTPException):
        text = ""
    if "html" in error.headers.get("Content-Type", "") or text.lstrip().startswith("<"):
        text = " ".join(html.unescape(_TAGS.sub(" ", text)).split())
    line = next((line.strip() for line in text.splitlines() if line.strip()), error.reason or "")
    return _without_query(line, error.geturl())[:MESSAGE_CHARACTERS]
