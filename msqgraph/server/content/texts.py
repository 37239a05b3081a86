"""Words of the graph with their language, and the label of a thing in the language of a reader."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.server.asking import Asking, Term

# of several kinds of label, the first that a thing has
_KINDS = ("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name", "msq:label", "msq:nameAsWritten", "msq:wording")
# FILTER, not a second VALUES: Oxigraph would read all triples of each property, ten times as long
_LABELS = f"""\
SELECT ?thing ?property ?label {{
  VALUES ?thing {{ }}
  ?thing ?property ?label FILTER(?property IN ({", ".join(_KINDS)})) %s
}}"""
_READABLE = 'FILTER(LANG(?label) IN ("", "en", %s))'
_AT_ONCE = 400


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """Words, and the tag of their language; empty where they are of none or it is not known."""

    value: str
    language: str = ""

    def __str__(self) -> str:
        return self.value


def text(term: Term | None) -> Text:
    """A term as words; nothing is no words.

    >>> import pyoxigraph as ox
    >>> text(ox.Literal("Sí", language="es")), text(None)
    (Text(value='Sí', language='es'), Text(value='', language=''))
    """
    if term is None:
        return Text("")
    return Text(text_of(term), getattr(term, "language", None) or "")


def best(texts: Iterable[Text], language: str) -> Text:
    """Of the same thing in several languages, the one for a reader: their own, English, none, then by the alphabet.

    >>> best([Text("Salud", "es"), Text("Health", "en")], "fr")
    Text(value='Health', language='en')
    """

    def rank(one: Text) -> tuple[int, str, str]:
        order = [language, "en", ""]
        primary = one.language.partition("-")[0]
        return (order.index(primary) if primary in order else len(order), one.language, one.value)

    return min(texts, key=rank, default=Text(""))


async def labels(asking: Asking, things: Iterable[ox.NamedNode | str], language: str) -> dict[str, Text]:
    """What things are called, by their IRIs; a thing without a label is called by the end of its IRI.

    :raises QueryRefused: if the engine does not answer.
    """
    import pyoxigraph as ox

    wanted = sorted({thing if isinstance(thing, str) else thing.value for thing in things})
    # most things have labels in six languages: all of them are asked for only where none fits
    found = await _labels(asking, wanted, _READABLE % ox.Literal(language))
    found |= await _labels(asking, [iri for iri in wanted if iri not in found], "")
    return {iri: best(found[iri][min(found[iri])], language) if iri in found else Text(_end(iri)) for iri in wanted}


async def _labels(asking: Asking, things: Sequence[str], condition: str) -> dict[str, dict[int, list[Text]]]:
    """The labels of each thing by their kind, as numbered above."""
    import pyoxigraph as ox

    order = {term(name, asking.base).value: number for number, name in enumerate(_KINDS)}
    found: dict[str, dict[int, list[Text]]] = {}
    nodes = [ox.NamedNode(iri) for iri in things]
    parts = [nodes[start : start + _AT_ONCE] for start in range(0, len(nodes), _AT_ONCE)]
    for rows in await gather(*(asking.rows(_LABELS % condition, thing=part) for part in parts)):
        for row in rows:
            kinds = found.setdefault(text_of(row["thing"]), {})
            kinds.setdefault(order[text_of(row["property"])], []).append(text(row["label"]))
    return found


def _end(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri
