"""The pages of the code: commands from typer's own help, functions and classes from their docstrings."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msqgraph
from docs.generate.rendering import render

PACKAGE = Path(msqgraph.__file__).parent
_ROLE = re.compile(r":(?:func|class|mod|meth|attr|data|exc):`~?([^`]+)`")
_IN_BRACKETS = re.compile(r"(?P<what>.*)\[(?P<note>[^\[\]]*)\]", re.DOTALL)
_QUOTED_TYPE = re.compile(r"(: |-> )'([^']*)'")  # annotations are kept as strings by `from __future__`
_NAMELESS = re.compile(r"<[^>]* object at 0x[0-9a-f]+>")
_FIELD = re.compile(r"^:(?P<kind>param|raises)\s+(?P<name>[\w.]+):\s*(?P<text>.*)$")


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its arguments and options: (as typed, what it is for, required or default)."""

    name: str
    usage: str
    help: str
    parameters: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Described:
    """A function, a class or a method: its signature, and its docstring in Markdown."""

    name: str
    kind: str
    module: str
    signature: str
    text: str
    members: list[Described]


def commands_page() -> str:
    """Every command with its arguments and options."""
    return render("commands.html", commands=list(commands()))


def commands() -> Iterator[Command]:
    """The commands in the order of the help, those of a group by both names.

    >>> "import egdi" in [command.name for command in commands()]
    True
    """
    from typer.main import get_command

    from msqgraph.cli import app

    yield from _commands(get_command(app), "")


def python_page() -> str:
    """Everything that ``import msqgraph`` offers, and all modules with the first line of their docstrings."""
    offered = [_described(name, getattr(msqgraph, name)) for name in sorted(msqgraph.__all__, key=str.lower)]
    return render("python.html", about=markdown_of(inspect.getdoc(msqgraph) or ""), offered=offered, modules=_modules())


def markdown_of(docstring: str) -> str:
    """A docstring in Markdown: roles and double backticks as code, fields as lists, sessions and literal blocks fenced.

    >>> markdown_of("The ``x`` of :func:`y`.\\n\\n:raises OSError: if not.\\n\\n>>> 1\\n1").splitlines()
    ['The `x` of `y`.', '', '- raises `OSError`: if not.', '', '```pycon', '>>> 1', '1', '```']
    """
    text = _ROLE.sub(r"`\1`", docstring).replace("``", "`")
    out = list[str]()
    for block in re.split(r"\n\s*\n", text.strip()):
        if block.startswith(">>>"):
            out.append(f"```pycon\n{block}\n```")
        elif _FIELD.match(block.splitlines()[0]):
            out.append("\n".join(_fields(block)))
        elif block.startswith("    "):
            out.append("```python\n" + inspect.cleandoc(block) + "\n```")
        else:
            out.append(re.sub(r"::$", ":", block))
    return "\n\n".join(out)


def _fields(block: str) -> Iterator[str]:
    for line in block.splitlines():
        match = _FIELD.match(line)
        if match:
            what = "raises " if match["kind"] == "raises" else ""
            yield f"- {what}`{match['name']}`: {match['text']}"
        else:
            yield f"  {line.strip()}"


def _commands(command: Any, path: str) -> Iterator[Command]:
    inner = getattr(command, "commands", None)
    if inner:
        for name, one in inner.items():
            yield from _commands(one, f"{path} {name}".strip())
        return
    context = command.context_class(command, info_name=f"msqgraph {path}")
    records = [parameter.get_help_record(context) for parameter in command.params]
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield Command(
        path, usage, inspect.cleandoc(command.help or ""), [_in_parts(*record) for record in records if record]
    )


def _in_parts(typed: str, what: str) -> tuple[str, str, str]:
    """A line of the help as typed, what it is for, and what stands in brackets behind that."""
    match = _IN_BRACKETS.fullmatch(what.strip())
    return (typed, match["what"].strip(), match["note"]) if match else (typed, what.strip(), "")


def _described(name: str, thing: Any) -> Described:
    is_class = inspect.isclass(thing)
    members = []
    if is_class:
        own = [(key, value) for key, value in vars(thing).items() if not key.startswith("_")]
        members = [
            _described(key, value.fget if isinstance(value, property) else value)
            for key, value in own
            if inspect.isfunction(value) or isinstance(value, property)
        ]
    signature = _QUOTED_TYPE.sub(r"\1\2", _NAMELESS.sub("...", str(inspect.signature(thing))))
    text = markdown_of(inspect.getdoc(thing) or "")
    return Described(name, "class" if is_class else "function", thing.__module__, f"{name}{signature}", text, members)


def _modules() -> list[tuple[str, str]]:
    """All modules of the package, with the first line of their docstrings."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        path = file.relative_to(PACKAGE.parent)
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        found.append((name, _ROLE.sub(r"`\1`", text.split("\n\n")[0]).replace("``", "`").replace("\n", " ")))
    return found
