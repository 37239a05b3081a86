"""The documentation is executed: what it shows is what happens, and what it points at is there."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
import yaml

import msqgraph
from msqgraph.cli import app
from msqgraph.queries import parse_query
from msqgraph.tables import table_of
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")
SHELL = set("|<>&;*$`")
SPARQL_FILE = re.compile(r"# (?P<name>[\w-]+\.rq)\n")
PLACEHOLDER = re.compile(r"<[a-z-]+>")


class Command(NamedTuple):
    """A line behind a prompt, as words, and the output lines that follow it in the block."""

    words: list[str]
    output: list[str]


def name_of(page: Path) -> str:
    """A page's path, for the name of its test."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, kind: str) -> list[str]:
    """The fenced blocks of one kind."""
    return [match["body"] for match in FENCE.finditer(page.read_text(encoding="utf-8")) if match["kind"] == kind]


def commands(page: Path) -> list[Command]:
    """The commands of a page's console blocks, in order."""
    found: list[Command] = []
    for block in blocks(page, "console"):
        lines = block.splitlines()
        assert lines[0].startswith("$ "), f"{page.name}: a console block begins with a command: {lines[0]}"
        for line in lines:
            if line.startswith("$ "):
                assert not SHELL & set(line[2:]), f"{page.name}: this test is no shell: {line}"
                found.append(Command(shlex.split(line[2:]), []))
            else:
                found[-1].output.append(line.rstrip())
    return found


def recipe(target: str) -> list[str]:
    """The lines of a target in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    match = re.search(rf"^{re.escape(target)}:.*\n(?P<recipe>(?:\t.*\n)*)", makefile, re.MULTILINE)
    assert match, f"no target {target!r} in the Makefile"
    return match["recipe"].splitlines()


def run(words: list[str], folder: Path) -> list[str]:
    """What a command prints, on either stream; a make target's msqgraph commands stand for the target."""
    if words[0] == "make":
        assert len(words) == 2
        lines = [line.strip() for line in recipe(words[1])]
        own = [
            line.removeprefix("$(BIN)/").partition(" || ")[0] for line in lines if line.startswith("$(BIN)/msqgraph ")
        ]
        return [printed for line in own for printed in run(shlex.split(line), folder)]
    assert words[0] == "msqgraph", words
    call = [sys.executable, "-c", "from msqgraph.cli import main; main()", *words[1:]]
    done = subprocess.run(
        call, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1), f"{words} → {done.returncode}\n{done.stdout}"
    return [line.rstrip() for line in done.stdout.splitlines()]


def follow(shown: list[str], printed: list[str]) -> str | None:
    """The first shown line that was not printed in its place; ``...`` means any lines, at a line's end its rest.

    >>> follow(["a", "...", "d"], ["a", "b", "c", "d"]), follow(["a", "c"], ["a", "b", "c"]), follow(["a ..."], ["a b"])
    (None, 'c', None)
    """
    at, may_skip = 0, False
    for line in shown:
        if line == "...":
            may_skip = True
            continue
        start = line[:-3] if line.endswith(" ...") else None
        fits = [n for n in range(at, len(printed)) if printed[n] == line or (start and printed[n].startswith(start))]
        if not fits or (fits[0] != at and not may_skip):
            return line
        at, may_skip = fits[0] + 1, False
    return None if may_skip or not shown or at == len(printed) else f"more was printed: {printed[at]}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with ``responses/`` and, built by the documented command, ``build/``."""
    folder = tmp_path_factory.mktemp("docs") / "work"
    shutil.copytree(ROOT / "responses", folder / "responses")
    assert run(["msqgraph", "build", "responses", "-o", "build"], folder)
    return folder


@pytest.fixture
def work(sample: Path, tmp_path: Path) -> Path:
    """A working folder of a page's own."""
    return shutil.copytree(sample, tmp_path / "work")


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")], ids=name_of)
def test_commands_do_what_is_shown(page: Path, work: Path) -> None:
    """Every command of a page, one after the other; make commands without output need only be targets."""
    found = commands(page)
    assert found
    for block in blocks(page, "sparql"):
        if name := SPARQL_FILE.match(block):  # a page has its reader save the query under this name
            (work / name["name"]).write_text(block, encoding="utf-8")
    for command in found:
        if command.words[0] == "make" and not command.output:
            assert all(recipe(target) for target in command.words[1:])
            continue
        printed = run(command.words, work)
        missing = follow(command.output, printed)
        assert missing is None if command.output else True, "\n".join([f"{command.words}: {missing}", *printed])


def test_the_readme_shows_commands_with_their_output() -> None:
    """The start, and every command of the command line; some with what they print, few not run here."""
    found = commands(ROOT / "README.md")
    verbs = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert len(verbs) >= 6
    shown = [words for words, _ in found] + [shlex.split(block) for block in blocks(ROOT / "README.md", "sh")]
    assert verbs <= {words[1].replace("-", "_") for words in shown if words[0] == "msqgraph"}
    assert {"graph", "test"} <= {words[1] for words, _ in found if words[0] == "make"}
    assert sum(bool(output) for _, output in found) >= 4


def test_python_in_the_readme_is_true(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each session as a doctest, names carried over from one to the next."""
    monkeypatch.chdir(work)
    runner, parser, names = doctest.DocTestRunner(), doctest.DocTestParser(), dict[str, object]()
    for number, block in enumerate(blocks(ROOT / "README.md", "python"), 1):
        test = parser.get_doctest(block, names, f"README.md, block {number}", "README.md", 0)
        assert test.examples, block
        runner.run(test, clear_globs=False)
        names = test.globs
    failed, tried = runner.summarize(verbose=False)
    assert failed == 0
    assert tried > 5


def test_sparql_in_the_pages_has_an_answer(dataset: Path) -> None:
    """Every query that is shown is run on the sample, and finds something."""
    shown = [(page, block) for page in PAGES for block in blocks(page, "sparql")]
    assert {name_of(page) for page, _ in shown} >= {"docs/tutorial.md", "docs/how-to-ask.md"}
    store = msqgraph.EmbeddedStore(dataset / "store")
    answers = [(block, table_of(msqgraph.run(store, parse_query(block, "shown")))) for _, block in shown]
    assert [block for block, answer in answers if not len(answer)] == []


def test_turtle_in_the_pages_is_in_the_sample(dataset: Path) -> None:
    """Every triple that is shown is in the dataset, lexical forms included."""
    known = {quad.triple for quad in ox.parse(path=str(dataset / "dataset.nq"), format=ox.RdfFormat.N_QUADS)}
    shown = [(page, block) for page in PAGES for block in blocks(page, "turtle")]
    assert {name_of(page) for page, _ in shown} >= {"README.md", "docs/model.md"}
    for page, block in shown:
        triples = [quad.triple for quad in ox.parse(block, format=ox.RdfFormat.TURTLE)]
        assert triples, f"{name_of(page)}: {block}"
        assert [str(triple) for triple in triples if triple not in known] == [], name_of(page)


def links(page: Path) -> Iterator[str]:
    """The targets of a page's links that lead to files of ours."""
    for match in LINK.finditer(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if not re.match(r"[a-z]+:|#", match["target"]):
            yield match["target"].partition("#")[0]


def test_links_lead_somewhere() -> None:
    """Relative links on every page; and every page but the first, or its folder, is linked from another one."""
    found = [(page, target) for page in PAGES for target in links(page)]
    assert len(found) > 10
    assert [f"{name_of(page)} → {target}" for page, target in found if not (page.parent / target).exists()] == []
    targets = {(page.parent / target).resolve() for page, target in found}
    assert [name_of(page) for page in PAGES[1:] if not {page, page.parent} & targets] == []


def test_recipes_name_files_that_exist() -> None:
    """Whatever has a slash and stands in backticks in CONTRIBUTING.md; of a name with ``<placeholder>``, its folder."""
    text = FENCE.sub("", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    named = {span for span in re.findall(r"`([^`\n]+)`", text) if "/" in span and " " not in span}
    assert len(named) > 15
    parents = {
        span: PLACEHOLDER.split(span)[0].rpartition("/")[0] if PLACEHOLDER.search(span) else span for span in named
    }
    assert sorted(span for span, path in parents.items() if not (ROOT / path).exists()) == []


def test_make_targets_in_the_pages_exist() -> None:
    """``make x`` in backticks on any page."""
    pages = [*PAGES, ROOT / "CHANGELOG.md"]
    named = {target for page in pages for target in re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))}
    assert {"graph", "test", "expected"} <= named
    assert [target for target in sorted(named) if not recipe(target)] == []


def test_citation_changelog_and_package_agree() -> None:
    """One version, one date; the keys that CFF 1.2.0 requires, and those that a citation needs."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "version", "date-released", "license", "type"} <= set(
        citation
    )
    assert citation["cff-version"] == "1.2.0"
    assert citation["authors"] == [{"name": "msqgraph contributors"}]
    entries = re.findall(
        r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    released = [entry for entry in entries if entry[0] != "Unreleased"]
    assert released
    assert released[0] == (citation["version"], str(citation["date-released"]))
    assert citation["version"] == msqgraph.__version__


def test_licences_are_there_and_said() -> None:
    """The code's licence in full, the data's by its address, both named in the README."""
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "https://creativecommons.org/licenses/by/4.0/" in (ROOT / "LICENSE-DATA").read_text(encoding="utf-8")
    assert {"LICENSE", "LICENSE-DATA"} <= set(links(ROOT / "README.md"))
