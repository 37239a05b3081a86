"""The UN Member States Questionnaire as a validated knowledge graph in which every fact leads back to its quote.

Each stage is one function, usable alone::

    document = read_document("responses/2020/PRY.md")   # blocks of text with their place and boxes
    response = transcribe(document)                     # the answers, word for word
    response = interpret(response)                      # with mentions, yes/no, quantities
    response = identify(response)                       # mentions refer to entities by IRI
    answers = map_answers(as_json(response))            # what was said, as triples
    facts = map_facts(answers)                          # what is understood, every fact a statement
    entailed = entail([*answers, *facts])               # what follows
    validation = validate([*background(), *countries_in([*answers, *facts]), *answers, *facts])

:func:`build` does all of it for many responses, leaving out of the public graphs what is personal, and
:func:`write_dataset` writes the result to a folder; :func:`ask` puts a question to it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from msqgraph.build import build, build_unit
    from msqgraph.dataset import merge, named_graphs, write_dataset
    from msqgraph.documents import read_document
    from msqgraph.exports.rdf import export
    from msqgraph.identity import identify
    from msqgraph.inference import entail
    from msqgraph.interpret import interpret
    from msqgraph.mapping import map_answers, map_facts
    from msqgraph.personal import withhold
    from msqgraph.published import background, countries_in
    from msqgraph.queries import load_query, run
    from msqgraph.questionnaire import load_questionnaire
    from msqgraph.records import as_json
    from msqgraph.registry import load_registry
    from msqgraph.response import load_response
    from msqgraph.store import EmbeddedStore, RemoteStore
    from msqgraph.tables import Table, ask
    from msqgraph.transcribe import transcribe
    from msqgraph.validation import validate

__version__ = "0.1.0"
__all__ = [
    "EmbeddedStore",
    "RemoteStore",
    "Table",
    "as_json",
    "ask",
    "background",
    "build",
    "build_unit",
    "countries_in",
    "entail",
    "export",
    "identify",
    "interpret",
    "load_query",
    "load_questionnaire",
    "load_registry",
    "load_response",
    "map_answers",
    "map_facts",
    "merge",
    "named_graphs",
    "read_document",
    "run",
    "transcribe",
    "validate",
    "withhold",
    "write_dataset",
]

# where each of them lives; imported at first use, so that `msqgraph --help` answers at once
_HOMES = {
    "EmbeddedStore": "store",
    "RemoteStore": "store",
    "Table": "tables",
    "as_json": "records",
    "ask": "tables",
    "background": "published",
    "build": "build",
    "build_unit": "build",
    "countries_in": "published",
    "entail": "inference",
    "export": "exports.rdf",
    "identify": "identity",
    "interpret": "interpret",
    "load_query": "queries",
    "load_questionnaire": "questionnaire",
    "load_registry": "registry",
    "load_response": "response",
    "map_answers": "mapping",
    "map_facts": "mapping",
    "merge": "dataset",
    "named_graphs": "dataset",
    "read_document": "documents",
    "run": "queries",
    "transcribe": "transcribe",
    "validate": "validation",
    "withhold": "personal",
    "write_dataset": "dataset",
}


class _Package(ModuleType):
    """The package itself: a function named like its module (build, interpret, transcribe) keeps the name.

    Importing ``msqgraph.build`` sets the attribute ``build`` to the module; without this it would depend on who
    imported what first whether ``from msqgraph import build`` gives the function.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if _HOMES.get(name) == name and isinstance(value, ModuleType):
            value = getattr(value, name)
        super().__setattr__(name, value)

    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module 'msqgraph' has no attribute {name!r}")
        value = getattr(import_module(f"msqgraph.{_HOMES[name]}"), name)
        setattr(self, name, value)
        return value


sys.modules[__name__].__class__ = _Package
