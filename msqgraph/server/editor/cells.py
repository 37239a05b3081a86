"""Terms of an answer as a page shows them: as a link with a name, or as words with their language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.namespaces import prefixes
from msqgraph.server.addresses import page_path
from msqgraph.server.content.texts import Text, labels
from msqgraph.values import Value, value_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking
    from msqgraph.server.editor.found import Term

_PLAIN = ("http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")


@dataclass(frozen=True, slots=True)
class Cell:
    """A term: ``kind`` is ``iri``, ``literal``, ``blank`` or ``none``.

    ``words`` is what is read; of an IRI, ``iri`` is the whole and ``short`` the same with a prefix, and ``path`` is
    that of its page below the language, where it is one of the dataset. ``datatype`` is that of a literal where it is
    not plain text, with a prefix.
    """

    kind: str
    words: Text
    iri: str = ""
    short: str = ""
    path: str = ""
    datatype: str = ""
    is_number: bool = False


async def cells(asking: Asking, rows: Iterable[Sequence[Term | None]], language: str) -> list[list[Cell]]:
    """Rows of terms as cells; what the dataset has a name for is called by it, in the language of the reader.

    :raises QueryRefused: if the engine does not tell the names.
    """
    import pyoxigraph as ox

    held = [list(row) for row in rows]
    own = {term.value for row in held for term in row if isinstance(term, ox.NamedNode) and _is_own(term, asking.base)}
    names = await labels(asking, own, language) if own else {}
    return [[_cell(term, asking.base, names) for term in row] for row in held]


def shortened(iri: str, base: str) -> str:
    """An IRI with the prefix that the project uses for its namespace, or what comes behind the base; else as it is.

    >>> shortened("http://www.w3.org/2004/02/skos/core#Concept", "https://w3id.org/msqgraph/")
    'skos:Concept'
    >>> shortened("https://w3id.org/msqgraph/id/country/PRY", "https://w3id.org/msqgraph/")
    'id/country/PRY'
    """
    for prefix, namespace in prefixes(base).items():
        if iri.startswith(namespace) and iri != namespace and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(base) or iri


def _cell(term: Term | None, base: str, names: dict[str, Text]) -> Cell:
    import pyoxigraph as ox

    if term is None:
        return Cell("none", Text(""))
    if isinstance(term, ox.NamedNode):
        iri, short = term.value, shortened(term.value, base)
        if not _is_own(term, base):
            return Cell("iri", Text(short), iri, short)
        words = names.get(iri, Text(short))
        # a thing without a name is called by the end of its IRI, of which the whole says more
        is_named = words.value != iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
        return Cell("iri", words if is_named else Text(short), iri, short, page_path(iri.removeprefix(base)))
    if isinstance(term, ox.Literal):
        value: Value = value_of(term)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        datatype = "" if term.datatype.value in _PLAIN else shortened(term.datatype.value, base)
        return Cell("literal", Text(term.value, term.language or ""), datatype=datatype, is_number=is_number)
    return Cell("blank", Text(str(term)))


def _is_own(term: ox.NamedNode, base: str) -> bool:
    return term.value.startswith(base) and term.value != base
