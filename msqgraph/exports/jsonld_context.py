"""The JSON-LD context that a dataset's documents are written with, and that anyone may write documents with.

It is made of the ontology: a prefix for every vocabulary and code list, and of every property that has things as its
values, that a string there is an IRI. It leaves out what processors disagree on, or lose without a word: containers by
type or list, indexes by property, a default language or vocabulary.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from msqgraph import assets
from msqgraph.errors import UsageError
from msqgraph.published import ontology
from msqgraph.terms import text_of

_IS_OF_THINGS = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    "http://www.w3.org/2002/07/owl#ObjectProperty",
)
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


class JsonLdContext:
    """A context, and what IRIs are called in it."""

    def __init__(self, prefixes: Mapping[str, str], base: str = assets.DEFAULT_BASE) -> None:
        """Of the prefixes, and of the ontology under a base."""
        self._prefixes = dict(prefixes)
        self._names = {namespace: prefix for prefix, namespace in prefixes.items()}
        properties = [t.subject for t in ontology(base) if (t.predicate.value, text_of(t.object)) == _IS_OF_THINGS]
        #: the properties whose values are IRIs, as they are called
        self.of_things = sorted(self.compact(text_of(iri)) for iri in properties)

    def for_iris(self, iris: Iterable[str]) -> JsonLdContext:
        """This context as far as a document with these IRIs needs it.

        >>> whole = JsonLdContext({"msq": "https://w3id.org/msqgraph/ontology#", "x": "http://example.org/x#"})
        >>> list(whole.for_iris(["https://w3id.org/msqgraph/ontology#country"]).definition())
        ['@version', 'msq', 'msq:country']
        """
        names = {self.compact(iri) for iri in iris}
        needed = copy.copy(self)
        used = {name.partition(":")[0] for name in names}
        needed._prefixes = {prefix: namespace for prefix, namespace in self._prefixes.items() if prefix in used}
        needed._names = {namespace: prefix for prefix, namespace in needed._prefixes.items()}
        needed.of_things = [name for name in self.of_things if name in names]
        return needed

    def definition(self) -> dict[str, Any]:
        """The value of ``@context``.

        >>> JsonLdContext({"msq": "https://w3id.org/msqgraph/ontology#"}).definition()["msq:country"]
        {'@id': 'msq:country', '@type': '@id'}
        """
        coerced = {name: {"@id": name, "@type": "@id"} for name in self.of_things}
        return {"@version": 1.1, **dict(sorted(self._prefixes.items())), **coerced}

    def opening(self) -> str:
        """The beginning of every document with this context: an object that is still open, a definition per line."""
        lines = (f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in self.definition().items())
        return '{"@context": {\n' + ",\n".join(lines) + "\n}"

    def document(self) -> str:
        """The context as a document of its own, for others to refer to."""
        return f"{self.opening()}}}\n"

    def compact(self, iri: str) -> str:
        """The IRI as the context abbreviates it.

        :raises UsageError: if it would be read as abbreviated, which it is not.
        """
        at = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self._names.get(iri[:at])
        if prefix and _LOCAL_NAME.fullmatch(iri, at):
            return f"{prefix}:{iri[at:]}"
        scheme, _, rest = iri.partition(":")
        if scheme in self._prefixes and not rest.startswith("//"):
            raise UsageError(f"<{iri}>: its scheme is a prefix of the JSON-LD context — use an IRI of another scheme")
        return iri
