"""The competency questions: each has its expected rows on the world, those about responses on the sample alone too.

The world is the sample, a made-up neighbour, the figures of the package and an invented GovTech file.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from msqgraph import load_query, run
from msqgraph.errors import UsageError
from msqgraph.queries import bind, parse_query, query_names
from msqgraph.store import EmbeddedStore
from tests.conftest import PLANTED, ROOT

EXPECTED = ROOT / "tests" / "queries"


WORLD = EXPECTED / "world"
ON_THE_SAMPLE = sorted(path.stem for path in EXPECTED.glob("*.csv"))


def csv_rows(store: EmbeddedStore, name: str) -> bytes:
    """The answer to a question of the package as CSV."""
    result = run(store, load_query(name))
    assert isinstance(result, ox.QuerySolutions)
    return result.serialize(format=ox.QueryResultsFormat.CSV) or b""


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


@pytest.mark.parametrize("name", [name for name in ON_THE_SAMPLE if "GRAPH" not in load_query(name).text])
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
