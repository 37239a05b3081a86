"""The walls of the house: who may import whom, and how large a room may get."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "msqgraph"
MODULES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 300
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


@pytest.mark.parametrize(
    ("rooms", "targets"),
    [
        (("documents", "interpret"), ("rdflib", "pyoxigraph", "pyshacl", "owlrl", "SPARQLWrapper")),
        (("mapping.py", "records.py"), ("msqgraph.documents", "msqgraph.transcribe")),
        (("exports", "server"), ("msqgraph.documents", "msqgraph.transcribe", "msqgraph.interpret")),
    ],
)
def test_walls(rooms: tuple[str, ...], targets: tuple[str, ...]) -> None:
    """Reading and understanding know no RDF; mapping opens no document; nor do exports and server."""
    inside = [p for p in MODULES if p.relative_to(PACKAGE).parts[0] in rooms]
    assert inside
    assert {p.name: found for p in inside if (found := reaches(p, *targets))} == {}


def test_nothing_imports_the_command_line() -> None:
    """The command line is a door, not a room."""
    assert len(MODULES) > 20
    assert [p for p in MODULES if p.name != "cli.py" and reaches(p, "msqgraph.cli")] == []


def test_no_module_imports_in_a_circle() -> None:
    """Data flows one way: no module reaches itself through others (imports for types apart)."""
    names = {p: ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for p in MODULES}
    known = set(names.values()) - {"msqgraph"}
    graph = {name: {i for i in imports(p) if i in known and i != name} for p, name in names.items() if name in known}
    packages = {name for p, name in names.items() if p.name == "__init__.py"}

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
