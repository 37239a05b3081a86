"""The walls of the house: who may import whom, and how large a room may get."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "msqgraph"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 300
READERS = ("msqgraph.documents", "msqgraph.transcribe", "msqgraph.interpret")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "services", "misc"}


def imports(path: Path) -> set[str]:
    """All modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide who is imported"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def reaches(path: Path, *targets: str) -> set[str]:
    """Which of the targets a file imports, or modules inside them."""
    return {name for name in imports(path) for target in targets if name == target or name.startswith(f"{target}.")}


def inside(rooms: tuple[str, ...]) -> list[Path]:
    """The modules of rooms, each of which must be there: a wall around a room that was renamed protects nothing."""
    found = {room: [p for p in MODULES if p.relative_to(PACKAGE).parts[0] == room] for room in rooms}
    assert [room for room, modules in found.items() if not modules] == []
    return [p for modules in found.values() for p in modules]


def module_name(path: Path) -> str:
    """The name by which a file is imported."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def import_graph() -> dict[str, set[str]]:
    """Which modules of ours each of them imports, wherever in it, and the rooms in which those are.

    The package itself is left out: everything is in it, and it imports lazily.
    """
    files = {module_name(p): p for p in MODULES}
    del files["msqgraph"]
    graph = {}
    for name, path in files.items():
        found = {i for i in imports(path) if i in files}
        graph[name] = (found | {i.rpartition(".")[0] for i in found if i.count(".") > 1}) - {name}
    return graph


def trail_to(start: str, graph: dict[str, set[str]], targets: tuple[str, ...]) -> list[str]:
    """The shortest way by imports from a module to one of the targets or into them; empty if there is none."""
    trails = [[start]]
    seen = {start}
    for trail in trails:
        if any(trail[-1] == target or trail[-1].startswith(f"{target}.") for target in targets):
            return trail
        new = sorted(graph[trail[-1]] - seen)
        seen.update(new)
        trails += [[*trail, name] for name in new]
    return []


@pytest.mark.parametrize(
    ("rooms", "targets"),
    [
        (("documents", "interpret"), ("rdflib", "pyoxigraph", "pyshacl", "owlrl", "SPARQLWrapper")),
        (("mapping.py", "records.py"), ("msqgraph.documents", "msqgraph.transcribe")),
    ],
)
def test_walls(rooms: tuple[str, ...], targets: tuple[str, ...]) -> None:
    """Reading and understanding know no RDF; mapping opens no document."""
    assert {p.name: found for p in inside(rooms) if (found := reaches(p, *targets))} == {}


def test_what_publishes_reaches_no_reader_even_through_others() -> None:
    """Exports, releases, loads and server work on a dataset alone: nothing that they import leads to a reader."""
    graph = import_graph()
    starts = [module_name(p) for p in inside(("exports", "release", "loading", "server", "site"))]
    found = {name: trail for name in starts if (trail := trail_to(name, graph, READERS))}
    assert found == {}
    # the search itself: the build does read documents, and does so through others
    assert trail_to("msqgraph.build", graph, ("msqgraph.documents",))[0] == "msqgraph.build"


def test_nothing_imports_the_command_line() -> None:
    """The command line is a door, not a room."""
    assert len(MODULES) > 20
    assert [p for p in MODULES if p.name != "cli.py" and reaches(p, "msqgraph.cli")] == []


def test_no_module_imports_in_a_circle() -> None:
    """Data flows one way: no module reaches itself through others (imports for types apart)."""
    graph = import_graph()
    packages = {module_name(p) for p in MODULES if p.name == "__init__.py"}

    def walk(start: str, at: str, seen: set[str]) -> bool:
        for following in graph[at] - packages:
            if following == start or (following not in seen and walk(start, following, seen | {following})):
                return True
            seen.add(following)
        return False

    assert [name for name in graph if name not in packages and walk(name, name, set())] == []


def test_rooms_are_small_and_have_names() -> None:
    """A module over about 300 lines is two modules; a drawer says nothing about what is in it."""
    assert {p.name: n for p in MODULES if (n := len(p.read_text(encoding="utf-8").splitlines())) > MAX_LINES} == {}
    assert [p for p in MODULES if p.stem in DRAWERS or p.parent.name in DRAWERS] == []
