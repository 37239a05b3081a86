"""Full-text search: words of any script are found as people write them, and no query breaks it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE as BASE
from msqgraph.namespaces import prefixes
from msqgraph.server.asking import Asking
from msqgraph.server.content.hits import Found, NotReady, Snippet, TooSlow
from msqgraph.server.content.texts import Text
from msqgraph.server.engine.asked import QueryRefused
from msqgraph.server.pages import search as search_page
from msqgraph.server.search import entries, finding
from msqgraph.server.search.search import Search
from msqgraph.server.search.snippets import CHARACTERS, snippet
from msqgraph.server.search.words import MAX_PHRASES, MAX_WORDS, phrases, tokens
from msqgraph.server.site_facts import SiteFacts
from tests.conftest import PRIVATE_PARTS
from tests.fake_engine import FakeEngine

P = prefixes(BASE)
SCRIPTS = {
    "ar": "تعمل الحكومة على استراتيجية الـــتحوُّل الرقمي وحماية البيانات",
    "zh": "国家电子政务战略与开放政府数据",
    "ja": "電子政府の推進とオープンデータ",
    "th": "รัฐบาลดิจิทัลและข้อมูลเปิด",
    "ru": "Закон об электронной подписи, ещё действует",
    "hi": "डिजिटल सरकार की योजना",
    "fr": "L'économie numérique et l’État plateforme",
    "ko": "전자정부 추진",
}


def found(search: Search, query: str, **sought: Any) -> Found:
    """What a search finds."""
    return asyncio.run(search.find(query, **sought))


def iris(search: Search, query: str, **sought: Any) -> list[str]:
    """The IRIs of what a search finds, below the base."""
    return [hit.iri.removeprefix(BASE) for hit in found(search, query, **sought).hits]


def marked(of: Snippet) -> list[str]:
    """What a snippet marks."""
    return [piece.value for piece in of.pieces if piece.is_match]


def search_of(engine: FakeEngine) -> Search:
    """A search whose index is made."""
    search = Search(Asking(engine, BASE))
    asyncio.run(search.ready())
    assert search.progress.is_ready, search.progress
    return search


def answers(texts: dict[str, str]) -> str:
    """N-Quads with an answer for each language: question 1 to n of a response of Aland."""
    lines = []
    for number, (language, words) in enumerate(texts.items()):
        answer = f"<{BASE}id/response/2020/ALA/{number}>"
        lines += [
            f"{answer} <{P['rdf']}type> <{P['msq']}Answer> .",
            f"{answer} <{P['msq']}response> <{BASE}id/response/2020/ALA> .",
            f"{answer} <{P['msq']}question> <{BASE}questionnaire/2020/{number}> .",
            f'{answer} <{P["msq"]}text> "{words}"@{language} .',
        ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def of_world(world: Path) -> Iterator[Search]:
    """A search of the world."""
    search = search_of(FakeEngine.of_dataset(world))
    yield search
    asyncio.run(search.close())


@pytest.fixture(scope="module")
def of_scripts() -> Iterator[Search]:
    """A search of answers in eight languages."""
    search = search_of(FakeEngine.of(answers(SCRIPTS)))
    yield search
    asyncio.run(search.close())


@pytest.mark.parametrize("name", ["Paraguay", "ПАРАГВАЙ", "巴拉圭", "باراغواي", "PRY", "parag"])
def test_a_country_is_found_by_its_names(of_world: Search, name: str) -> None:
    """In six languages, by its code, and by the beginning of a name; before anything that belongs to it."""
    assert iris(of_world, name)[0] == "id/country/PRY"


@pytest.mark.parametrize(
    ("language", "query", "mark"),
    [
        ("ar", "التحول", "الـــتحوُّل"),
        ("ar", "تحول رقمي", "الرقمي"),
        ("ar", "حكومه", "الحكومة"),
        ("zh", "电子政务", "电子政务"),
        ("zh", "开放 战略", "战略"),
        ("ja", "オープン", "オープン"),
        ("th", "ข้อมูล", "ข้อมูล"),
        ("ru", "ЕЩЕ", "ещё"),
        ("ru", "электрон", "электронной"),
        ("hi", "योजना", "योजना"),
        ("fr", "l’economie", "L'économie"),
        ("fr", "ETAT", "État"),
        ("ko", "전자", "전자정부"),
    ],
)
def test_words_of_any_script(of_scripts: Search, language: str, query: str, mark: str) -> None:
    """Without case, accents, vowel signs and articles; the snippet marks the original."""
    (hit,) = found(of_scripts, query).hits
    assert hit.snippet.language == language
    assert mark in [*marked(hit.snippet), *"".join(piece.value for piece in hit.snippet.pieces).split()]
    assert marked(hit.snippet)
    assert mark in marked(hit.snippet) or any(mark.startswith(one) for one in marked(hit.snippet))


def test_characters_of_a_word_stand_together(of_scripts: Search) -> None:
    """Chinese is cut into characters, but a word of it is no set of characters."""
    assert not found(of_scripts, "府政").hits
    assert len(found(of_scripts, "政府").hits) == 2  # Japanese 電子政府, too


def test_names_come_before_what_is_said(of_world: Search) -> None:
    """An agency before the answer that names it."""
    kinds = [hit.kind for hit in found(of_world, "ministerio salud").hits]
    assert kinds.index("agency") < kinds.index("answer")
    assert kinds == sorted(kinds, key=lambda kind: kind == "answer")


def test_other_names_and_addresses(of_world: Search) -> None:
    """An acronym, an address, a name as it was written in an answer: each finds the agency."""
    ministry = "id/agency/PRY/ministerio-de-tecnologias-de-la-informacion-y-comunicacion"
    assert ministry in iris(of_world, "MITIC", kind="agency")
    assert ministry in iris(of_world, "MINISTERIO DE TECNOLOGÍAS DE LA INFORMACION", kind="agency")
    assert "id/agency/PRY/empresa-de-servicios-sanitarios-del-paraguay" in iris(of_world, "essap.com.py")


def test_a_country_beside_other_words_narrows(of_world: Search) -> None:
    """*Uruguay salud* is what Uruguay says on health; *Uruguay* alone is not all that Uruguay says."""
    both = found(of_world, "Уругвай salud")
    assert both.is_all_words
    assert {hit.countries for hit in both.hits} == {("URY",)}
    assert found(of_world, "Уругвай").total == 1


def test_phrases_and_any_words(of_world: Search) -> None:
    """Words in quotes stand one after the other; where nothing has all words, some of them do."""
    phrase = found(of_world, '"gobierno abierto"')
    assert phrase.hits
    assert all(marked(hit.snippet)[0].lower() == "gobierno abierto" for hit in phrase.hits)
    assert not found(of_world, '"abierto gobierno"').hits
    some = found(of_world, "zzzz salud")
    assert not some.is_all_words
    assert some.hits


def test_filters_and_counts(of_world: Search) -> None:
    """By kind, country, edition and language; the counts by kind stay when one kind is chosen."""
    every = found(of_world, "ministerio", limit=100)
    assert sum(one.count for one in every.kinds) == every.total == len(every.hits)
    answers_only = found(of_world, "ministerio", kind="answer", limit=100)
    assert {hit.kind for hit in answers_only.hits} == {"answer"}
    assert answers_only.kinds == every.kinds
    of_paraguay = found(of_world, "ministerio", country="PRY", limit=100)
    assert 0 < of_paraguay.total < every.total
    assert all("PRY" in hit.countries for hit in of_paraguay.hits)
    assert found(of_world, "ministerio", edition="2020").total
    assert not found(of_world, "ministerio", edition="2018").total
    assert {hit.snippet.language for hit in found(of_world, "salud", language="es").hits} == {"es"}
    assert not found(of_world, "Парагвай", language="es").total


def test_pages_follow_each_other(of_world: Search) -> None:
    """Every hit on one page, in an order that stays."""
    every = iris(of_world, "a", limit=1000)
    assert len(every) == len(set(every)) == found(of_world, "a").total
    assert [iri for start in range(0, len(every), 7) for iri in iris(of_world, "a", offset=start, limit=7)] == every


def test_what_an_answer_is_called(of_world: Search) -> None:
    """By the wording of its question, with its number, country and edition; names in the reader's language."""
    (hit,) = found(of_world, "salud", kind="answer", country="PRY", reader="fr").hits
    assert (hit.label, hit.number, hit.editions) == (Text("Health", "en"), "5c", ("2020",))
    assert hit.country == Text("Paraguay", "fr")
    assert found(of_world, "salud", kind="code", reader="zh").hits[0].label.language == "zh"


def test_nothing_withheld_is_found(of_world: Search) -> None:
    """The index holds what is public, and no more."""
    for part in PRIVATE_PARTS:
        assert not [hit for hit in found(of_world, f'"{part}"').hits if part.lower() in str(hit).lower()], part


HOSTILE = [
    '"', '""', '"""', "'", "*", "AND", "OR NOT NEAR(a b)", "name:paraguay", "{name}:x", "a*b", "^paraguay", "-x", "(",
    ")", "a AND", "\0", "a\0b", "\ud800", "%", "_", ";DROP TABLE words;--", "x" * 10_000, "a " * 5_000, '"a" ' * 2_500,
    "\u202e", "ـ", "\u0301", "ﷺ", "🏛", "½", "\n", "国" * 5_000,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries(of_world: Search, query: str) -> None:
    """The syntax of FTS5 is text, and nothing raises."""
    assert found(of_world, query).total >= 0


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_any_query(of_scripts: Search, query: str) -> None:
    """Any characters are a query; what is asked for has a bound."""
    asked = phrases(query)
    assert len(asked) <= MAX_PHRASES
    assert sum(len(one.words) for one in asked) <= MAX_WORDS
    assert found(of_scripts, query).total <= len(SCRIPTS)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400), st.text(max_size=20))
def test_snippets_keep_the_original(text: str, query: str) -> None:
    """The pieces, without ellipses, are a stretch of the text, and matches are words of it."""
    made = snippet(Text(text, "und"), phrases(query))
    told = "".join(piece.value for piece in made.pieces if piece.value != "…" or "…" in text)
    assert told.strip("…") in text
    assert len(told) <= max(len(text) if len(text) <= CHARACTERS else 0, 3 * CHARACTERS)
    assert all(text[token.start : token.end] is not None for token in tokens(text))


def test_a_long_text_is_cut_around_its_matches() -> None:
    """The match is shown, with an ellipsis on both sides."""
    words = "uno dos tres " * 60 + "salud " + "cuatro " * 60
    pieces = snippet(Text(words, "es"), phrases("salud")).pieces
    assert [pieces[0].value, pieces[-1].value] == ["…", "…"]
    assert [piece.value for piece in pieces if piece.is_match] == ["salud"]
    assert sum(len(piece.value) for piece in pieces) < CHARACTERS + 20


def test_until_the_index_is_made() -> None:
    """A search says that it is not ready, and when to come back."""
    search = Search(Asking(FakeEngine.of(answers(SCRIPTS)), BASE))
    with pytest.raises(NotReady) as raised:
        asyncio.run(search.find("salud"))
    assert raised.value.retry_after_s > 0
    asyncio.run(search.close())


def test_a_busy_engine_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal delays the index, and is told meanwhile."""
    engine = FakeEngine.of(answers(SCRIPTS))
    engine.refusal = QueryRefused(503, "too many queries wait: try again later", retry_after_s=1)
    search = Search(Asking(engine, BASE))
    told = []

    async def pause(_seconds: float) -> None:
        told.append(search.progress.problem)
        engine.refusal = None

    async def made() -> None:
        monkeypatch.setattr("msqgraph.server.search.search._pause", pause)
        await search.ready()

    asyncio.run(made())
    assert search.progress.is_ready
    assert told == ["the index of the search could not be made: too many queries wait: try again later"]
    asyncio.run(search.close())


def test_a_search_that_takes_too_long(of_world: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given up, and the next one is answered."""
    monkeypatch.setattr(finding, "MOST_SECONDS", -1.0)
    monkeypatch.setattr(finding, "_STEPS", 1)
    with pytest.raises(TooSlow):
        found(of_world, "a")
    monkeypatch.undo()
    assert found(of_world, "a").total


def test_reading_is_in_parts(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small parts and lists find the same as large ones, each thing once."""
    everything = asyncio.run(_entries(world))
    monkeypatch.setattr(entries, "PART", 7)
    monkeypatch.setattr(entries, "LISTED", 10)
    assert asyncio.run(_entries(world)) == everything
    assert len({one.iri for one in everything}) == len(everything) > 500


async def _entries(world: Path) -> list[entries.Entry]:
    asking = Asking(FakeEngine.of_dataset(world), BASE)
    return [one async for part in entries.entries(asking) for one in part]


def get(search: Search, path: str) -> httpx.Response:
    """What the page answers."""
    app = Starlette(routes=search_page.routes())
    app.state.search, app.state.site = search, SiteFacts(BASE, editions=("2020",))
    app.state.asking = search._asking

    async def asked() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            return await client.get(path)

    return asyncio.run(asked())


def test_the_page_shows_hits(of_world: Search) -> None:
    """Marks, links that keep the language, counts by kind; no search engine keeps it."""
    page = get(of_world, "/es/search?q=salud")
    assert page.status_code == 200
    assert "<mark>Salud</mark>" in page.text
    assert 'href="/es/answers/2020/PRY/5c"' in page.text
    assert 'href="/es/search?q=salud&amp;kind=agency"' in page.text
    assert '<meta name="robots" content="noindex">' in page.text


def test_terms_come_after_questions_and_tell_their_list(of_world: Search) -> None:
    """Several lists have a term of the same name, which is part of the wording of many a question."""
    kinds = [hit.kind for hit in found(of_world, "portal").hits]
    assert kinds.index("code") == 3 and set(kinds[:3]) == {"question"}  # whose own wording has it
    page = get(of_world, "/en/search?q=portal&kind=code")
    assert ">Portal types</bdi>" in page.text and ">Topics</bdi>" in page.text


def test_the_page_names_questions_to_the_data(of_world: Search) -> None:
    """What many look for is no name and no answer, but an answer over countries."""
    assert 'href="/fr/asked/who-leads-an-edition"' in get(of_world, "/fr/search?q=leads+edition").text
    assert get(of_world, "/en/search?q=EGDI").text.count('href="/en/asked/') == 5
    assert 'href="/en/asked/' not in get(of_world, "/en/search?q=EGDI&country=PRY").text
    assert 'href="/en/asked/' not in get(of_world, "/en/search?q=zzzz").text


def test_the_page_escapes(of_world: Search) -> None:
    """What was asked for stays text, also where nothing is found."""
    for query in ("<script>alert(1)</script>", '" onfocus="x', "salud <b>"):
        page = get(of_world, str(httpx.URL("/en/search", params={"q": query, "kind": query, "edition": query})))
        assert page.status_code == 200
        assert query not in page.text


@pytest.mark.parametrize("language", ["ar", "en", "zh"])
def test_the_page_without_hits(of_world: Search, language: str) -> None:
    """It says so, and where else to look; without a query, what can be looked for."""
    assert f'href="/{language}/countries"' in get(of_world, f"/{language}/search?q=zzzzzz&kind=law").text
    assert get(of_world, f"/{language}/search").status_code == 200
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in get(of_world, f"/{language}/search").text


def test_the_page_has_pages(of_world: Search) -> None:
    """Forwards and backwards, with the filters kept; an offset that is none begins at the first hit."""
    first = get(of_world, "/en/search?q=a&country=PRY")
    assert 'rel="next" href="/en/search?q=a&amp;offset=20&amp;country=PRY"' in first.text
    assert 'rel="prev"' not in first.text
    assert 'rel="prev"' in get(of_world, "/en/search?q=a&offset=20").text
    for offset in ("-1", "x", "9" * 30, "²"):
        assert get(of_world, f"/en/search?q=a&offset={offset}").status_code == 200


def test_the_page_until_the_index_is_made() -> None:
    """503 with a time to come back, and a page that says so."""
    search = Search(Asking(FakeEngine.of(answers(SCRIPTS)), BASE))
    page = get(search, "/en/search?q=salud")
    assert page.status_code == 503
    assert int(page.headers["retry-after"]) > 0
    assert "is being made" in page.text
    asyncio.run(search.close())
