"""The JSON interface: every operation on the world, its schema, and what it says when something is wrong."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE as BASE
from msqgraph.queries import query_names
from msqgraph.server.api.conversion import json_of
from msqgraph.server.api.openapi import ROOT as API_ROOT
from msqgraph.server.api.parameters import BadParameter, Parameter
from msqgraph.server.api.routes import routes
from msqgraph.server.api.schema import Schemas
from msqgraph.server.api.table import OPERATIONS
from msqgraph.server.asking import Asking
from msqgraph.server.conditional import ConditionalRequests
from msqgraph.server.content.texts import Text
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.languages import LANGUAGES
from msqgraph.server.search.search import Search
from msqgraph.server.site_facts import site_facts
from tests.conftest import PRIVATE_PARTS, ROOT
from tests.fake_engine import FakeEngine

EXAMPLES = {
    "/countries": "?group=lldc&limit=3",
    "/comparisons": "?country=PRY&country=URY",
    "/search": "?q=salud&country=PRY",
    "/countries/{iso3}": "?edition=2020",
}


ASK = {"yes-no", "consent"}
EGDI = "egdi-2020"


@contextmanager
def interface(folder: Path) -> Iterator[Starlette]:
    """The interface on a dataset."""
    engine = FakeEngine.of_dataset(folder)
    made = Starlette(routes=routes())
    made.state.engine, made.state.asking = engine, Asking(engine, BASE)
    made.state.site = asyncio.run(site_facts(made.state.asking))
    made.state.search = Search(made.state.asking)
    asyncio.run(made.state.search.ready())
    yield made
    asyncio.run(made.state.search.close())


@pytest.fixture(scope="module")
def app(world: Path) -> Iterator[Starlette]:
    """The interface on the world."""
    with interface(world) as made:
        yield made


def ask(app: Any, path: str, method: str = "GET", base: str = "http://test", **headers: str) -> httpx.Response:
    """What the interface answers; a path without ``/api`` is one of its operations."""
    address = path if path.startswith("/api") else f"{API_ROOT}{path}"

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            told = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, address, headers=told)

    return asyncio.run(asked())


def get(app: Starlette, path: str) -> Any:
    """The JSON of an answer that is one."""
    answer = ask(app, path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def example(path: str) -> str:
    """An address of an operation, from the examples that are declared."""
    (operation,) = (one for one in OPERATIONS if one.path == path)
    told = {one.name: one.example for one in operation.parameters if one.is_in_path}
    return path.format(**told) + EXAMPLES.get(path, "")


@pytest.mark.parametrize("path", [one.path for one in OPERATIONS])
def test_every_operation_answers_as_described(app: Starlette, path: str) -> None:
    """The declared example of each operation is answered, and conforms to its schema."""
    description = get(app, "/api/openapi.json")
    described = example(path).partition("?")[0] if path == "/queries/{slug}" else path
    answers = description["paths"][described]["get"]["responses"]
    told = answers["200"]["content"]["application/json"]["schema"]
    body = get(app, example(path))
    Draft202012Validator({**told, "components": description["components"]}).validate(body)
    if "items" in body:
        assert body["items"]
        assert body["total"] >= len(body["items"])


def test_the_description_is_of_openapi(app: Starlette) -> None:
    """3.1, every reference leads somewhere, every operation has a name of its own, and every schema is one."""
    answer = ask(app, "/api/openapi.json")
    document = answer.json()
    assert document["openapi"].startswith("3.1")
    names = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(names) == len(set(names)) == len(OPERATIONS) - 1 + len(query_names()) > 80
    for reference in set(_references(document)):
        at = document
        for step in reference.removeprefix("#/").split("/"):
            at = at[step]
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    assert document["servers"] == [{"url": API_ROOT}]
    assert answer.content == ask(app, "/api/openapi.json").content


def _references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from _references(one)


def test_an_answer_leads_back_to_its_quote(app: Starlette) -> None:
    """Identifier, page, status, quote; facts with what they are derived from."""
    item = get(app, "/answers/2020/PRY/5c")["item"]
    answer = item["answer"]
    assert answer["iri"] == f"{BASE}id/response/2020/PRY/5c"
    assert answer["web_page"] == "http://test/en/answers/2020/PRY/5c"
    assert answer["status"] == "answered"
    assert answer["quote"].startswith("Ministerio de Salud")
    assert answer["text"]["language"] == "es"
    assert item["facts"]
    assert all(fact["derived_from"] for fact in item["facts"])
    assert len(get(app, "/answers/2020/PRY/5c?facts=all")["item"]["facts"]) > len(item["facts"])


def test_unknown_stays_unknown(app: Starlette) -> None:
    """A lost tick is neither no nor null; the neighbour's empty box is no."""
    ours = get(app, "/answers/2020/PRY/10")["item"]["answer"]
    assert {tick["state"] for tick in ours["ticks"]} == {"unknown"}
    assert ours["affirms"] == "unknown"
    assert get(app, "/answers/2020/URY/12")["item"]["answer"]["affirms"] is False
    question = get(app, "/questions/2020/10")
    assert question["truths"] == {"yes": 1, "no": 0, "unknown": 1}
    assert get(app, "/questions/2020/5")["truths"] == {}
    by_country = {one["iso3"]: one for one in question["answers"]}
    assert by_country["PRY"]["affirms"] == "unknown"
    assert by_country["URY"]["affirms"] is True
    assert by_country["FRA"]["status"] == "no-response"
    assert by_country["FRA"]["iri"] is by_country["FRA"]["web_page"] is by_country["FRA"]["affirms"] is None


def test_yes_or_no_is_unknown_only_where_it_was_asked_and_answered(app: Starlette) -> None:
    """Elsewhere there is nothing to know; what a question counts is what its answers say."""
    found: dict[str, set[Any]] = {}
    for entry in get(app, "/questions?limit=1000")["items"]:
        edition, number = entry["edition"], entry["question"]["number"]
        question = get(app, f"/questions/{edition}/{number}")
        kind = entry["question"]["kind"]
        said = [one["affirms"] for one in question["answers"] if one["affirms"] is not None]
        counts = {"yes": said.count(True), "no": said.count(False), "unknown": said.count("unknown")}
        assert question["truths"] == counts or (question["truths"], said, kind in ASK) == ({}, [], False)
        found.setdefault(kind, set()).update(said)
        for one in question["answers"]:
            if one["status"] in ("blank", "none-stated", "not-asked", "no-response"):
                assert one["affirms"] != "unknown", (number, one)
    assert len(found) >= 6
    assert {kind for kind, said in found.items() if "unknown" in said} <= ASK
    assert found["yes-no"] == {True, False, "unknown"}
    for iso3 in ("PRY", "URY"):
        answers = [one["item"] for one in get(app, f"/countries/{iso3}/answers?limit=1000")["items"]]
        told = {(one["question"]["kind"], one["answer"]["affirms"]) for one in answers if one["answer"]}
        assert told
        assert {kind for kind, affirms in told if affirms == "unknown"} <= ASK
        assert ("free-text", None) in told or ("names", None) in told


def test_whether_a_country_was_asked_is_unknown_where_nothing_says_it(app: Starlette, dataset: Path) -> None:
    """Without whom an edition asked, none is told that it was not; with it, it is told of all but respondents."""
    with interface(dataset) as sample:
        for iso3 in ("FRA", "PRY"):
            states = get(sample, f"/countries/{iso3}")["editions"]
            assert [state["was_asked"] for state in states] == ["unknown"]
    told = [state for iso3 in ("FRA", "PRY", "ESH") for state in get(app, f"/countries/{iso3}")["editions"]]
    assert {state["was_asked"] for state in told} >= {True, False}
    assert not [state for state in told if state["has_response"] and state["was_asked"] is False]


def test_every_indicator_of_the_list_can_be_asked_for(app: Starlette, dataset: Path) -> None:
    """Each slug leads to its values, and is one as the description says, also where a dot is in it."""
    with interface(dataset) as sample:
        for each in (app, sample):
            paths = get(each, "/api/openapi.json")["paths"]
            (slug,) = (one for one in paths["/indicators/{slug}"]["get"]["parameters"] if one["name"] == "slug")
            slugs = [one["slug"] for one in get(each, "/indicators?limit=1000")["items"]]
            assert slug["example"] in slugs
            assert any("." in one for one in slugs)
            assert [one for one in slugs if not re.search(slug["schema"]["pattern"], one)] == []
            for one in slugs if each is sample else slugs[::9]:
                assert get(each, f"/indicators/{one}")["indicator"]["slug"] == one


def test_the_parameters_of_a_question_tell_the_whole_prefix(app: Starlette) -> None:
    """The prefix and a value are the IRI of a thing; a text has none."""
    asked = {one["slug"]: one["parameters"] for one in get(app, "/queries?limit=1000")["items"]}
    assert asked["which-agency-leads-e-government"] == [
        {
            "name": "country",
            "description": "ISO 3166-1 alpha-3 code; every country if it is left out",
            "iri_prefix": f"{BASE}id/country/",
        }
    ]
    prefixes = {one["iri_prefix"] for parameters in asked.values() for one in parameters}
    assert len(prefixes) > 3
    assert all(one is None or one.startswith(BASE) for one in prefixes)


def test_member_states_only(app: Starlette) -> None:
    """With the other areas they are all; one name says it in the filter, in lists and of one country."""
    every = get(app, "/countries?limit=1000")
    members = get(app, "/countries?limit=1000&is_un_member=true")
    others = get(app, "/countries?limit=1000&is_un_member=false")
    assert members["total"] == 193
    assert members["total"] + others["total"] == every["total"]
    assert all(one["is_un_member"] for one in members["items"])
    assert get(app, "/countries/FRA")["is_un_member"] is True
    places = get(app, f"/indicators/{EGDI}")["places"]
    assert {one["country"]["is_un_member"] for one in places} <= {True, False}


def test_a_number_has_one_form(app: Starlette) -> None:
    """A question tells the same quantity as the answer itself."""
    told = 0
    for entry in get(app, "/questions?limit=1000")["items"]:
        if entry["question"]["kind"] == "quantity":
            path = f"{entry['edition']}/{entry['question']['number']}"
            for one in get(app, f"/questions/{path}")["answers"]:
                if one["quantity"]:
                    edition, number = path.split("/")
                    answer = get(app, f"/answers/{edition}/{one['iso3']}/{number}")["item"]["answer"]
                    assert one["quantity"] == answer["quantity"]
                    told += 1
    assert told > 3


def test_what_the_description_says_is_there(app: Starlette) -> None:
    """Every name in backticks is a member of what is described; nothing is said in Python."""
    schemas = get(app, "/api/openapi.json")["components"]["schemas"]
    assert len(schemas) > 40
    for name, schema in schemas.items():
        named = re.findall(r"`([a-z_]+)`", schema["description"])
        assert set(named) <= set(schema["properties"]), name
        assert not re.search(
            r"\b(None|True|False|GROUPS)\b|(or|is|be) empty|empty where|:[a-z]+:", schema["description"]
        ), name


def test_lists_are_told_in_parts(app: Starlette) -> None:
    """Following ``next`` gives everything once, in the same order; the header says the same as the body."""
    for path in ("/countries?limit=100", "/agencies?limit=60", "/queries?limit=30", "/laws?limit=25&country=PRY",
                 "/search?limit=20&q=ministerio"):  # fmt: skip
        address, seen = path, []
        while address:
            answer = ask(app, address.removeprefix("http://test"))
            body = answer.json()
            seen += body["items"]
            linked = answer.links.get("next", {}).get("url")
            assert linked == body["next"]
            address = body["next"]
        assert len(seen) == body["total"]
        assert len({json.dumps(one) for one in seen}) == len(seen)
        assert seen[:5] == get(app, f"{path.partition('?')[0]}?{path.partition('&')[2]}&limit=5")["items"]


def test_a_part_across_pages_of_a_list(app: Starlette) -> None:
    """An offset that is no multiple of the page size of the lists."""
    every = get(app, "/agencies?limit=1000")["items"]
    assert get(app, "/agencies?offset=3&limit=6")["items"] == every[3:9]
    assert get(app, "/agencies?offset=100000")["items"] == []


def test_rows_of_a_question_have_types(app: Starlette) -> None:
    """Numbers are numbers, words have their language, IRIs say so; what is not there is null."""
    rows = get(app, "/queries/which-agency-leads-e-government?country=PRY&limit=1")
    assert rows["columns"] == list(rows["rows"][0])
    assert rows["rows"][0]["iso3"]["value"] == "PRY"
    types = {
        type(cell["value"])
        for row in get(app, "/queries/how-complete-are-the-responses")["rows"]
        for cell in row.values()
        if cell
    }
    assert {int, str} <= types
    assert get(app, "/queries/which-agency-leads-e-government?country=FRA")["total"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_six_languages(app: Starlette, language: str) -> None:
    """``lang`` decides about names, and about the language of the pages that are linked."""
    country = get(app, f"/countries/PRY?lang={language}")
    assert country["name"]["language"] == language
    assert country["web_page"] == f"http://test/{language}/countries/PRY"
    assert ask(app, f"/countries/PRY?lang={language}").headers["content-language"] == language


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/countries/XXX", 404, "/api/v1"),
        ("/countries/pry", 400, "three capital letters, such as PRY"),
        ("/countries/PRY?edition=1999", 404, "/api/v1"),
        ("/answers/2020/PRY/99", 404, "/api/v1"),
        ("/countries?limit=1001", 400, "from 1 to 1000"),
        ("/countries?offset=-1", 400, "offset"),
        ("/countries?limit=1&limit=2", 400, "once"),
        ("/countries?edtion=2020", 400, "use edition"),
        ("/countries?group=x", 400, "one of ldc"),
        ("/countries?region=999", 404, "019"),
        ("/agencies?area=helth", 404, "health"),
        ("/questions?edition=1999", 404, "2020"),
        ("/comparisons", 400, "country is missing"),
        ("/comparisons?" + "&".join(["country=PRY"] * 6), 400, "at most 5 times"),
        ("/search?q=" + "x" * 401, 400, "at most 400"),
        ("/queries/no-such", 404, "/api/v1"),
        ("/queries/which-agency-leads-e-government?edition=2020", 400, "no parameter 'edition' (country)"),
        ("/queries/which-agency-leads-e-government?country=ZZZ", 404, "country is 'ZZZ', which the data do not have"),
        ("/queries/which-agency-leads-e-government?country=%3E%20%7D", 400, "it must be ISO 3166-1"),
        ("/nothing", 404, "/api/openapi.json"),
        ("/api/", 404, "/api/openapi.json"),
    ],
)
def test_what_is_wrong_is_told(app: Starlette, path: str, status: int, said: str) -> None:
    """As problem details, with what to do; to any origin."""
    answer = ask(app, path)
    assert answer.status_code == answer.json()["status"] == status
    assert said in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"


def test_methods_and_formats(app: Starlette) -> None:
    """Reading only: others are refused with what is allowed; HEAD and OPTIONS answer; JSON is all there is."""
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = ask(app, "/countries", method)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    head = ask(app, "/editions", "HEAD")
    assert (head.status_code, head.content) == (200, b"")
    options = ask(app, "/editions", "OPTIONS", origin="https://example.org")
    assert options.status_code == 204
    assert options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert ask(app, "/editions", accept="text/csv").status_code == 406
    assert ask(app, "/editions", accept="application/*;q=0.1").status_code == 200
    assert ask(app, "/editions").headers["access-control-allow-origin"] == "*"


def test_what_a_client_has_is_not_sent_again(app: Starlette) -> None:
    """The same data have the same bytes, so their tag is the same."""
    conditional = ConditionalRequests(app)
    tag = ask(conditional, "/editions").headers["etag"]
    again = ask(conditional, "/editions", if_none_match=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert ask(conditional, "/editions?lang=fr", if_none_match=tag).status_code == 200


def test_a_busy_engine_and_a_search_that_is_not_ready(world: Path) -> None:
    """503 with a time to come back."""
    engine = FakeEngine.of_dataset(world)
    app = Starlette(routes=routes())
    app.state.engine, app.state.asking = engine, Asking(engine, BASE)
    app.state.site = asyncio.run(site_facts(app.state.asking))
    app.state.search = Search(app.state.asking)
    engine.refusal = QueryRefused(503, "too many queries wait: try again later", retry_after_s=7)
    for path, after in (("/countries", "7"), ("/search?q=salud", "2")):
        answer = ask(app, path)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, after)
        assert "try again" in answer.json()["detail"]
    asyncio.run(app.state.search.close())


def test_nothing_withheld_is_told(app: Starlette) -> None:
    """No answer of any operation has what the build withholds."""
    told = [ask(app, f"/countries/{iso3}/answers?facts=all&limit=1000").text for iso3 in ("PRY", "URY")]
    told += [ask(app, example(one.path)).text for one in OPERATIONS]
    for part in PRIVATE_PARTS:
        assert not [text for text in told if part.lower() in text.lower()], part


SHOWN = re.compile(r"^```http\nGET (?P<path>\S+)\n\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def shown_in(shown: Any, told: Any) -> bool:
    """Whether all that is shown is told: an object may have more members, a list no more items."""
    if isinstance(shown, dict):
        return isinstance(told, dict) and all(name in told and shown_in(shown[name], told[name]) for name in shown)
    if isinstance(shown, list):
        return isinstance(told, list) and len(shown) == len(told) and all(map(shown_in, shown, told))
    return type(shown) is type(told) and bool(shown == told)


def test_the_examples_of_the_documentation(dataset: Path) -> None:
    """Each is asked on the sample and answered so; and the page names every list and the description."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    examples = [(match["path"], json.loads(match["body"])) for match in SHOWN.finditer(page)]
    assert len(examples) == page.count("```http") > 5
    with interface(dataset) as app:
        for path, body in examples:
            told = ask(app, path, base="http://127.0.0.1:8000").json()
            assert shown_in(body, told), f"{path}: {json.dumps(told, ensure_ascii=False)[:2000]}"
    assert [one.path for one in OPERATIONS if f"/{one.path.split('/')[1]}" not in page] == []


class Colour(Enum):
    """A choice."""

    RED = "red"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a model."""

    iri: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    """A read model with everything that one can have."""

    name: Text
    note: str = ""
    is_open: bool | None = None
    size: float | None = None
    colour: Colour = Colour.RED
    side: Literal["left", "right"] = "left"
    parts: tuple[Part, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()


@pytest.mark.parametrize(
    "model",
    [
        Model(Text("")),
        Model(Text("x", "es"), "y", False, 1.5, parts=(Part(f"{BASE}id/country/PRY"), Part()), counts=(("a", 1),)),
    ],
)
def test_a_model_conforms_to_its_schema(model: Model) -> None:
    """One declaration makes both; nothing is told that the schema does not have."""
    schemas = Schemas()
    told = schemas.of(Model)
    body = json_of(model, lambda iri: f"/page/{iri}" if iri else None)
    validator = Draft202012Validator({**told, "components": {"schemas": schemas.components}})
    validator.validate(body)
    assert isinstance(body, dict)
    assert list(body) == ["name", "note", "is_open", "size", "colour", "side", "parts", "counts"]


def test_what_there_is_none_of_is_null_and_unknown_is_unknown() -> None:
    """An empty text is null, truth that nobody can tell is a word of its own, pairs are an object."""
    assert json_of(Model(Text(""), counts=(("a", 1),)), lambda _: None) == {
        "name": None, "note": None, "is_open": "unknown", "size": None, "colour": "red", "side": "left", "parts": [],
        "counts": {"a": 1},
    }  # fmt: skip


def test_parameters_are_checked_as_they_are_described() -> None:
    """What the schema of a parameter allows is read, and nothing else."""
    number = Parameter("n", "", minimum=1, maximum=9, default=3)
    assert number.read([]) == 3
    assert number.read(["9"]) == 9
    for wrong in ("", "10", "1.5", "１", "0x1", "9" * 50):
        with pytest.raises(BadParameter):
            number.read([wrong])
    many = Parameter("c", "", pattern="[A-Z]{3}", most_values=2)
    assert many.read([]) == ()
    assert many.read(["PRY", "URY"]) == ("PRY", "URY")
    for wrong_values in (["PRY\n"], ["PRY"] * 3, ["pry"]):
        with pytest.raises(BadParameter):
            many.read(wrong_values)
