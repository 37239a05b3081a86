"""What the server leaves for later so that it is up soon: parts of the site, and templates compiled before."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import httpx
import jinja2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Route

from msqgraph.server.pages.template_bytecode import TemplateBytecode
from msqgraph.server.routes_on_first_use import RoutesOnFirstUse

LATER = (
    "msqgraph.contact_details",
    "msqgraph.server.api.routes",
    "msqgraph.server.linked_data.routes",
    "msqgraph.server.pages.country",
)


def test_what_few_ask_for_first_is_not_imported_at_the_start() -> None:
    """One import at the top of a module is enough to make every start wait for half of the program."""
    code = f"import sys, msqgraph.server.app; print([name for name in {LATER} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


async def _path(request: Request) -> PlainTextResponse:
    return PlainTextResponse(request.path_params["iso3"])


def asked(app: Starlette, *paths: str, method: str = "GET") -> list[httpx.Response]:
    """The answers of an application."""

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return [await client.request(method, path) for path in paths]

    return asyncio.run(ask())


def test_routes_on_first_use_answer_as_if_each_was_in_its_place() -> None:
    """Found, not found, another method, a slash too many, another part: as without; and the part is loaded once."""
    loads = []

    def loaded() -> list[BaseRoute]:
        loads.append("countries")
        return [Route("/en/countries/{iso3}", _path)]

    plain = Starlette(routes=[*loaded(), Route("/{iso3}", _path)])
    loads.clear()
    later = Starlette(routes=[RoutesOnFirstUse("/en/", loaded), Route("/{iso3}", _path)])
    assert asked(later, "/PRY")[0].text == "PRY" and loads == []
    paths = ("/en/countries/PRY", "/en/countries/PRY/", "/en/nothing", "/en/countries/PRY?x=1")
    for method in ("GET", "POST"):
        for one, other in zip(asked(plain, *paths, method=method), asked(later, *paths, method=method), strict=True):
            told = (one.status_code, one.text, one.headers)
            assert told == (other.status_code, other.text, other.headers), (method, one.url)
    assert loads == ["countries"]


def environment(kept: TemplateBytecode, text: str) -> jinja2.Environment:
    """An environment with one template."""
    return jinja2.Environment(loader=jinja2.DictLoader({"a.html": text}), bytecode_cache=kept, autoescape=True)


def test_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a later start they are read, whatever the language; another text or other options are compiled anew."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = tmp_path / "__pycache__"
    assert environment(TemplateBytecode("", folder), "{{ 1 }}").get_template("a.html").render() == "1"
    assert len(list(folder.iterdir())) == 1
    with monkeypatch.context() as patched:
        patched.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("it is compiled"))
        assert environment(TemplateBytecode("", folder), "{{ 1 }}").get_template("a.html").render() == "1"
    assert environment(TemplateBytecode("", folder), "{{ 2 }}").get_template("a.html").render() == "2"
    assert environment(TemplateBytecode("other", folder), "{{ 2 }}").get_template("a.html").render() == "2"
    assert len(list(folder.iterdir())) == 2


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container's is read-only: then templates are compiled once for all languages, at each start."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").write_bytes(b"")
    kept = TemplateBytecode("", tmp_path / "file" / "__pycache__")
    assert environment(kept, "{{ 1 }}").get_template("a.html").render() == "1"
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *_: pytest.fail("it is compiled"))
    assert environment(kept, "{{ 1 }}").get_template("a.html").render() == "1"
