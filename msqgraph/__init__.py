"""The UN Member States Questionnaire as a validated knowledge graph in which every fact leads back to its quote.

Each stage is one function, usable alone::

    document = read_document("responses/2020/PRY.md")   # blocks of text with their place and boxes
    response = transcribe(document)                     # the answers, word for word
    response = interpret(response)                      # with mentions, yes/no, quantities
    response = identify(response)                       # mentions refer to entities by IRI
    answers = map_answers(as_json(response))            # what was said, as triples
    facts = map_facts(answers)                          # what is understood, every fact a statement
    entailed = entail([*answers, *facts])               # what follows
    validation = validate([*background(), *answers, *facts])

:func:`build` does all of it for many responses, leaving out of the public graphs what is personal, and
:func:`write_dataset` writes the result to a folder.
"""

# Eager on purpose: a function named like its module (build, interpret, transcribe) must take the module's place in
# this namespace, whoever imports what first. Heavy packages are imported where they are used, so this costs a few
# milliseconds.
from msqgraph.build import build, build_unit
from msqgraph.dataset import merge, named_graphs, write_dataset
from msqgraph.documents import read_document
from msqgraph.exports.rdf import export
from msqgraph.identity import identify
from msqgraph.inference import entail
from msqgraph.interpret import interpret
from msqgraph.mapping import map_answers, map_facts
from msqgraph.personal import withhold
from msqgraph.published import background
from msqgraph.queries import load_query, run
from msqgraph.questionnaire import load_questionnaire
from msqgraph.records import as_json
from msqgraph.registry import load_registry
from msqgraph.response import load_response
from msqgraph.store import EmbeddedStore, RemoteStore
from msqgraph.transcribe import transcribe
from msqgraph.validation import validate

__version__ = "0.1.0"
__all__ = [
    "EmbeddedStore",
    "RemoteStore",
    "as_json",
    "background",
    "build",
    "build_unit",
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
