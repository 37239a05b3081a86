"""The competency questions: each has its expected rows for Paraguay, and runs as it stands on rdflib too."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from msqgraph import load_query, run
from msqgraph.errors import UsageError
from msqgraph.queries import bind, parse_query, query_names
from msqgraph.store import EmbeddedStore
from tests.conftest import ROOT

EXPECTED = ROOT / "tests" / "queries"


def csv_rows(store: EmbeddedStore, name: str) -> bytes:
    """The answer to a question of the package as CSV."""
    result = run(store, load_query(name))
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=ox.QueryResultsFormat.CSV) or b""


def test_every_question_has_expected_rows_and_the_other_way_round() -> None:
    """At least ten, no orphan on either side."""
    assert len(query_names()) >= 10
    assert query_names() == sorted(path.stem for path in EXPECTED.glob("*.csv"))


@pytest.mark.parametrize("name", query_names())
def test_expected_rows(store: EmbeddedStore, name: str) -> None:
    """Row for row, in order."""
    assert csv_rows(store, name) == (EXPECTED / f"{name}.csv").read_bytes()


def test_all_but_the_offender_queries_have_rows(store: EmbeddedStore) -> None:
    """A question with a typing error has no rows; a query that selects offenders must have none."""
    empty = [name for name in query_names() if csv_rows(store, name).count(b"\n") < 2]
    assert empty == ["which-facts-have-no-statement"]


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


@pytest.mark.parametrize("name", [name for name in query_names() if "GRAPH" not in load_query(name).text])
def test_plain_queries_run_on_rdflib(dataset: Path, name: str, rdflib_merge: object) -> None:
    """The same number of rows on the reference engine, on the merge (those that ask named graphs apart)."""
    import rdflib

    text = load_query(name).text
    assert isinstance(rdflib_merge, rdflib.Graph)
    found = list(rdflib_merge.query(text))
    assert len(found) == csv_rows(EmbeddedStore(dataset / "store"), name).count(b"\r\n") - 1


@pytest.fixture(scope="module")
def rdflib_merge(dataset: Path) -> object:
    """The merge in rdflib."""
    import rdflib

    return rdflib.Graph().parse(dataset / "dataset.ttl")


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
