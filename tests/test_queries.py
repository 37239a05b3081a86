"""The competency questions: each has its expected rows on the world, those about responses on the sample alone too.

The world is the sample, a made-up neighbour, the figures of the package and an invented GovTech file.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from msqgraph import load_query, run
from msqgraph.errors import UsageError
from msqgraph.queries import Query, bind, parse_query, query_names
from msqgraph.store import EmbeddedStore
from tests.conftest import PLANTED, ROOT
from tests.regenerate import QUESTIONS, questions_page

EXPECTED = ROOT / "tests" / "queries"
WORLD = EXPECTED / "world"
ON_THE_SAMPLE = sorted(path.stem for path in EXPECTED.glob("*.csv"))
OF_THE_WORLD = [
    name for name in query_names() if name not in ON_THE_SAMPLE or "across-countries" in load_query(name).tags
]
MOST_ROWS = 60
# Each question has one of these tags; one that compares countries says in one of these columns of how many it knows.
SCOPES = {"across-countries", "by-country", "about-the-data"}
KNOWN = {"known", "responded", "ldcs_known"}
# What the questions have to cover between them: the sections of the form, and how researchers look at them.
SIDES = {
    *("first-page", *(f"section-{number}" for number in range(1, 11))),
    *("across-countries", "regions", "egdi", "egdi-groups", "country-groups", "editions"),
    *("quality", "provenance", "corroboration", "denominators", "not-known"),
}
# About 5 seconds or more on the reference engine, which joins in the order in which patterns are written, and
# sub-selects pair by pair: 2,093,664 comparisons for who-leads-an-edition. Virtuoso needs the sub-select per figure.
SLOW_ON_RDFLIB = {
    "do-portals-go-with-a-higher-osi",
    "how-do-regions-compare",
    "how-do-self-reported-figures-stand-beside-compiled-ones",
    "how-do-the-countries-of-a-region-compare",
    "how-many-were-asked-and-how-many-responded",
    "on-what-do-government-and-source-differ",
    "what-is-not-known-about-a-country",
    "where-does-a-country-fall-behind-its-region",
    "which-figures-are-missing",
    "who-filled-in-the-form",
    "who-leads-an-edition",
    "whom-does-a-source-cover",
}


# To the reference engine, groups of nothing are one group: one row of no values, which fits any other.
ODD_ON_RDFLIB = {"for-which-tasks-is-an-agency-named"}


def csv_rows(store: EmbeddedStore, name: str) -> bytes:
    """The answer to a question of the package as CSV."""
    result = run(store, load_query(name))
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=ox.QueryResultsFormat.CSV) or b""


def table(store: EmbeddedStore, name: str) -> list[dict[str, str]]:
    """The answer as rows by column; a cell can have several lines."""
    return list(csv.DictReader(io.StringIO(csv_rows(store, name).decode(), newline="")))


@pytest.fixture(scope="module")
def world_store(world: Path) -> EmbeddedStore:
    """The world's store."""
    return EmbeddedStore(world / "store")


def test_every_question_has_expected_rows_and_the_other_way_round() -> None:
    """At least thirty, no orphan on either side."""
    assert len(query_names()) >= 30
    assert query_names() == sorted(path.stem for path in WORLD.glob("*.csv"))
    assert len(ON_THE_SAMPLE) >= 10
    assert set(ON_THE_SAMPLE) <= set(query_names())


@pytest.mark.parametrize("name", ON_THE_SAMPLE)
def test_expected_rows_on_the_sample(store: EmbeddedStore, name: str) -> None:
    """Row for row, in order."""
    assert csv_rows(store, name) == (EXPECTED / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", query_names())
def test_expected_rows_on_the_world(world_store: EmbeddedStore, name: str) -> None:
    """Row for row, in order."""
    assert csv_rows(world_store, name) == (WORLD / f"{name}.csv").read_bytes()


@pytest.mark.parametrize("name", OF_THE_WORLD)
def test_the_expected_rows_can_be_read(world_store: EmbeddedStore, name: str) -> None:
    """A question has few rows, or a parameter or a limit that sees to it."""
    assert 1 <= len(table(world_store, name)) <= MOST_ROWS


def test_the_questions_cover_every_side() -> None:
    """Every section of the form, and every way to look at it, has a question."""
    tags = {tag for name in query_names() for tag in load_query(name).tags}
    assert SIDES - tags == set()


def test_the_page_lists_every_question() -> None:
    """As ``make expected`` writes it."""
    assert QUESTIONS.read_text(encoding="utf-8") == questions_page()


def offences(query: Query, columns: set[str]) -> set[str]:
    """What a question fails to say of whom it is about: one country at a time, several to be compared, or the data.

    Whoever compares says how many were asked and of how many something is known.

    >>> offences(parse_query("#+ tags: [laws]\\nASK {}", "x"), {"iso3"})
    {'one scope'}
    """
    scopes = SCOPES & set(query.tags)
    keeps = {
        "one scope": len(scopes) == 1,
        "asked": "asked" in columns or "across-countries" not in scopes,
        "known or responded": bool(columns & KNOWN) or "across-countries" not in scopes,
        "the country as a parameter": "country" in query.parameters or "by-country" not in scopes,
        "whose a row is": bool(columns & {"iso3", "subject"})
        or not re.search(r"VALUES \?country { UNDEF }", query.text)
        or "by-country" not in scopes,
        "no row about a country": "iso3" not in columns or "about-the-data" not in scopes,
    }
    return {rule for rule, is_kept in keeps.items() if not is_kept}


@pytest.mark.parametrize("name", query_names())
def test_a_question_across_countries_states_its_denominators(world_store: EmbeddedStore, name: str) -> None:
    """Who was asked, and of whom something is known: in every row, and nobody is known who was not asked."""
    query, rows = load_query(name), table(world_store, name)
    assert offences(query, set(rows[0])) == set()
    if "across-countries" in query.tags:
        for row in rows:
            assert all(int(row[column]) <= int(row["asked"]) for column in KNOWN & row.keys()), row


@pytest.mark.parametrize(
    ("tags", "columns", "offence"),
    [
        ("[laws]", {"iso3"}, "one scope"),
        ("[by-country, across-countries]", {"asked", "known"}, "one scope"),
        ("[across-countries]", {"iso3", "known"}, "asked"),
        ("[across-countries]", {"iso3", "asked"}, "known or responded"),
        ("[about-the-data]", {"iso3"}, "no row about a country"),
        ("[by-country]", {"portal"}, "whose a row is"),
    ],
)
def test_a_question_without_denominators_is_found(tags: str, columns: set[str], offence: str) -> None:
    """The rule above bites."""
    header = f"#+ tags: {tags}\n#+ parameters: {{country: which}}\nSELECT * {{ VALUES ?country {{ UNDEF }} }}"
    assert offence in offences(parse_query(header, "planted"), columns)


def test_the_survey_says_what_is_known_of_it(world_store: EmbeddedStore) -> None:
    """Denmark leads in 2020, Paraguay has rank 93; the ranks that tie."""
    first = table(world_store, "who-leads-an-edition")[0]
    assert (first["iso3"], first["rank"], first["egdi"]) == ("DNK", "1", "0.9758")
    (paraguay,) = (row for row in table(world_store, "how-did-a-countrys-egdi-develop") if row["year"] == "2020")
    assert (paraguay["rank"], paraguay["egdi"], paraguay["asked"]) == ("93", "0.6487", "193")
    rows = table(world_store, "which-countries-share-a-rank")
    assert {(row["year"], row["rank"]): row["sharing"] for row in rows} == {
        ("2010", "184"): "9",
        ("2012", "191"): "3",
        ("2018", "49"): "2",
        ("2018", "155"): "2",
        **{("2022", rank): "2" for rank in ("5", "66", "115", "141")},
    }


def test_every_question_has_rows(store: EmbeddedStore, world_store: EmbeddedStore) -> None:
    """A question with a typing error has no rows; the one that selects offenders finds only what was planted."""
    assert [name for name in query_names() if csv_rows(world_store, name).count(b"\n") < 2] == []
    empty = [name for name in ON_THE_SAMPLE if csv_rows(store, name).count(b"\n") < 2]
    assert empty == ["which-facts-have-no-statement"]
    assert PLANTED.encode() in csv_rows(world_store, "which-facts-have-no-statement")


def test_the_offender_query_finds_a_planted_offender() -> None:
    """A flat triple without a statement is found."""
    graph = ox.NamedNode("https://w3id.org/msqgraph/graph/facts/2020/PRY")
    x = ox.NamedNode("http://example.org/x")
    rows = run(EmbeddedStore().load([ox.Quad(x, x, x, graph)]), load_query("which-facts-have-no-statement"))
    assert isinstance(rows, ox.QuerySolutions)
    assert len(list(rows)) == 1


@pytest.mark.parametrize("name", query_names())
def test_headers_are_complete(name: str) -> None:
    """A summary that asks, a description, tags; every parameter says what it is."""
    query = load_query(name)
    assert query.summary.endswith("?")
    assert len(query.description) > 40
    assert query.tags
    assert all(parameter.description for parameter in query.parameters.values())


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in ON_THE_SAMPLE
        if "GRAPH" not in load_query(name).text and name not in SLOW_ON_RDFLIB | ODD_ON_RDFLIB
    ],
)
def test_plain_queries_run_on_rdflib(store: EmbeddedStore, name: str, rdflib_merge: rdflib.Graph) -> None:
    """The same number of rows on the reference engine, on the merge (those that ask named graphs apart)."""
    assert len(list(rdflib_merge.query(load_query(name).text))) == len(table(store, name))


@pytest.mark.parametrize("name", [name for name in OF_THE_WORLD if name not in SLOW_ON_RDFLIB])
def test_questions_of_the_world_have_the_same_rows_on_rdflib(
    world_store: EmbeddedStore, name: str, rdflib_world: rdflib.Graph
) -> None:
    """Value by value; numbers to 12 digits."""
    there = [[plain(value) for value in row] for row in rdflib_world.query(load_query(name).text)]  # type: ignore[union-attr]
    here = [[plain(value) for value in row.values()] for row in table(world_store, name)]
    assert sorted(there) == sorted(here)


def plain(value: object) -> str:
    """A value as text; a number to 12 digits, and nothing for what is not bound.

    >>> plain("0.50"), plain(None), plain("2010")
    ('0.5', '', '2010')
    """
    text = "" if value is None else str(value)
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text


@pytest.fixture(scope="module")
def rdflib_merge(dataset: Path) -> rdflib.Graph:
    """The sample's merge in rdflib."""
    return rdflib.Graph().parse(dataset / "dataset.ttl")


@pytest.fixture(scope="module")
def rdflib_world(world: Path) -> rdflib.Graph:
    """The world's merge in rdflib."""
    return rdflib.Graph().parse(world / "dataset.ttl")


def test_parameters_are_terms_and_never_text(store: EmbeddedStore) -> None:
    """A value that tries to be a query stays a value, or is refused."""
    query = load_query("which-portals-does-a-country-name")
    with pytest.raises(UsageError, match="no IRI"):
        bind(query, {"country": "PRY> } ?s ?p ?o { <"})
    rows = run(store, query, {"country": "KOR"})
    assert isinstance(rows, ox.QuerySolutions)
    assert list(rows) == []
    with pytest.raises(UsageError, match="no parameter"):
        bind(query, {"county": "PRY"})


@pytest.mark.parametrize(
    "text",
    ["#+ summary: [", "#+ colour: red\nASK {}", "#+ parameters: {x: {iri: a}}\nASK {}", "#+ - x\nASK {}"],
)
def test_bad_headers_are_refused(text: str) -> None:
    """No YAML, unknown keys, parameters that the query does not have."""
    with pytest.raises(UsageError):
        parse_query(text, "bad")


def test_an_unknown_question_lists_the_known_ones() -> None:
    """What to do is in the message."""
    with pytest.raises(UsageError, match="which-agency-is-responsible-for-what"):
        load_query("which-agency")
