"""The JSON interface under requests that nobody thought of: schemathesis asks what the description allows and forbids.

``MSQGRAPH_FUZZ_EXAMPLES`` says how many requests there are for each operation; ``make fuzz`` takes many.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from starlette.applications import Starlette

from msqgraph.assets import DEFAULT_BASE as BASE
from msqgraph.queries import query_names
from msqgraph.server.api.routes import routes
from msqgraph.server.api.table import OPERATIONS
from msqgraph.server.asking import Asking
from msqgraph.server.search.search import Search
from msqgraph.server.site_facts import site_facts
from tests.fake_engine import FakeEngine

EXAMPLES = int(os.environ.get("MSQGRAPH_FUZZ_EXAMPLES", "5"))
EXAMPLES_IN_PATHS = {
    one.path: {told.name: told.example for told in one.parameters if told.is_in_path} for one in OPERATIONS
}
QUESTIONS = [f"/queries/{slug}" for slug in query_names()]
SOME = [one.path for one in OPERATIONS if not one.takes_any] + (QUESTIONS if EXAMPLES > 50 else QUESTIONS[::16])


@pytest.fixture(scope="module")
def described(dataset: Path) -> Iterator[BaseSchema]:
    """The description of the interface on the sample, in process."""
    engine = FakeEngine.of_dataset(dataset)
    app = Starlette(routes=routes())
    app.state.engine, app.state.asking = engine, Asking(engine, BASE)
    app.state.site = asyncio.run(site_facts(app.state.asking))
    app.state.search = Search(app.state.asking)
    asyncio.run(app.state.search.ready())
    yield schemathesis.openapi.from_asgi("/api/openapi.json", app)
    asyncio.run(app.state.search.close())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=str)
@pytest.mark.parametrize("path", SOME)
def test_no_request_breaks_the_interface(described: BaseSchema, path: str, mode: GenerationMode) -> None:
    """No 5xx; what is answered has the declared status, type and schema; what is forbidden is refused."""
    asked = []

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(described[path]["GET"].as_strategy(generation_mode=mode), st.booleans())
    def ask(case: Case[Any], is_there: bool) -> None:
        if is_there and mode is GenerationMode.POSITIVE:  # what is asked for at random is never there
            case.path_parameters.update(EXAMPLES_IN_PATHS.get(path, {}))
        asked.append(case)
        case.call_and_validate()

    ask()
    assert asked


def test_every_operation_is_asked(described: BaseSchema) -> None:
    """The description that is fuzzed has all operations of the table, and each question of the project."""
    paths = set(described.raw_schema["paths"])
    assert paths == {one.path for one in OPERATIONS if not one.takes_any} | set(QUESTIONS)
    assert set(SOME) <= paths
