"""What a request for results says, in its query string or in a form, and what of it a link can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode

from starlette.exceptions import HTTPException

from msqgraph.server.editor.shown import VIEWS, Wish
from msqgraph.server.protocol.client_key import ClientKeys

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_LINK = 4_000  # characters: what every browser, proxy and mail program leaves whole
_MAX_FIELDS = 200
_PEERS = ClientKeys()
_FORM = "application/x-www-form-urlencoded"

Told = dict[str, list[str]]


async def told_by(request: Request) -> Told:
    """The parameters of a request: of its query string, or of its form.

    :raises HTTPException: 400 if they cannot be read, 415 if the body is no form.
    """
    given = request.url.query
    if request.method == "POST":
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
            raise HTTPException(415, f"Send the query as a form: {_FORM}.")
        given = (await request.body()).decode("utf-8", "replace")
    try:
        return parse_qs(given, keep_blank_values=True, max_num_fields=_MAX_FIELDS, errors="replace")
    except ValueError:
        raise HTTPException(400, f"The request has more than {_MAX_FIELDS} parameters.") from None


def wish_of(told: Told, request: Request) -> Wish:
    """What is wanted. What cannot be understood is left out: an unknown view is a table, a page that is none the first.

    A form sends line ends as two characters, which are one here, so that the same query has one address.
    """
    view, page = first(told, "as"), first(told, "page")
    return Wish(
        first(told, "query").replace("\r\n", "\n").strip(),
        view if view in VIEWS else "table",
        tuple(dict.fromkeys(filter(None, told.get("columns", [])))),
        int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
        client=client_of(request),
    )


def client_of(request: Request) -> str:
    """Whose query it is, for fair queueing: as the endpoint tells clients apart, where the application says how."""
    clients: ClientKeys = getattr(request.app.state, "clients", None) or _PEERS
    return clients.of(request.scope)


def parameters_of(wish: Wish) -> Mapping[str, str | list[str]]:
    """A wish as parameters of an address, without those that say nothing."""
    return {
        "query": wish.sparql,
        **({"as": wish.view} if wish.view not in ("", "table") else {}),
        **({"columns": list(wish.columns)} if wish.columns else {}),
        **({"page": str(wish.page)} if wish.page > 1 else {}),
    }


def fits_a_link(wish: Wish) -> bool:
    """Whether the address of what is wanted is short enough to be shared.

    >>> fits_a_link(Wish("ASK { }")), fits_a_link(Wish("ASK { }" + "#" * 4000))
    (True, False)
    """
    return len(urlencode(parameters_of(replace(wish, page=1)), doseq=True)) <= MAX_LINK


def first(told: Told, name: str) -> str:
    """The first value of a parameter; empty if there is none."""
    return told.get(name, [""])[0]
