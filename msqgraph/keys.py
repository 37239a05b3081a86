"""Keys by which things of two sources are compared: address, host, folded names, number and year of a legal act.

A key says only by what two things may be told to be the same. What follows from it is decided elsewhere: by the rules
of corroboration, or by a person who reviews candidates for links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msqgraph import assets, iris
from msqgraph.folding import words_of
from msqgraph.interpret.citations import citation_in_address, find_citations
from msqgraph.interpret.passages import Passage
from msqgraph.terms import term, text_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from msqgraph.response import Citation

    Subject = ox.NamedNode | ox.BlankNode | ox.Triple

NAMES = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "dct:title")
_SHORTEST_NAME = 3
_BRACKETS = re.compile(r"\(([^()]*)\)")


def keys_of(triples: Iterable[ox.Triple], base: str = assets.DEFAULT_BASE) -> Iterator[ox.Triple]:
    """The keys of the things that triples describe, and of their addresses, as triples for the rules.

    >>> import pyoxigraph as ox
    >>> site = ox.NamedNode("https://www.datos.gov.py/x/")
    >>> triple = ox.Triple(ox.NamedNode("http://example.org/p"), term("msq:website"), site)
    >>> sorted({key.object.value for key in keys_of([triple])})
    ['datos.gov.py', 'datos.gov.py/x']
    """
    import pyoxigraph as ox

    triples = list(triples)
    names = {term(name, base) for name in NAMES}
    for triple in triples:
        subject, value = triple.subject, triple.object
        if triple.predicate == term("msq:website", base) and isinstance(value, ox.NamedNode):
            for thing in (subject, value):
                yield ox.Triple(thing, term("key:address", base), ox.Literal(iris.normalised_address(value.value)))
                if host := iris.host_of(value.value):
                    yield ox.Triple(thing, term("key:host", base), ox.Literal(host))
        elif triple.predicate in names:
            for name in name_forms(text_of(value)):
                yield ox.Triple(subject, term("key:name", base), ox.Literal(name))
    for law, citations in _citations(triples, base).items():
        for citation in citations:
            yield ox.Triple(law, term("key:citation", base), ox.Literal(citation))


def name_forms(text: str) -> set[str]:
    """The folded forms of a name: as it stands, either side of a slash, without its brackets, and what is in them.

    >>> sorted(name_forms("Ministerio de Hacienda / Ministry of Finance (MOF)"))
    ['ministerio de hacienda', 'ministerio de hacienda ministry of finance mof', 'ministry of finance', 'mof']
    """
    halves = [_BRACKETS.sub(" ", half) for half in re.split(r"\s/\s", text)]
    folded = {
        " ".join(words_of(iris.without_article(form.strip()))) for form in (text, *halves, *_BRACKETS.findall(text))
    }
    return {form for form in folded if len(form) >= _SHORTEST_NAME}


def _citations(triples: list[ox.Triple], base: str) -> dict[Subject, set[str]]:
    """``number/year`` of each law: as stated of it, or cited in its title or address; never a number without a year."""
    is_a, law = term("rdf:type", base), term("msq:Law", base)
    laws = {triple.subject for triple in triples if triple.predicate == is_a and triple.object == law}
    numbers: dict[Subject, set[str]] = {subject: set() for subject in laws}
    years: dict[Subject, set[str]] = {subject: set() for subject in laws}
    cited: dict[Subject, set[str]] = {subject: set() for subject in laws}
    for triple in triples:
        if triple.subject not in laws:
            continue
        text = text_of(triple.object)
        found: list[Citation | None] = []
        if triple.predicate == term("msq:website", base):
            found = [citation_in_address(text)]
        elif triple.predicate == term("dct:title", base):
            found = [one.citation for one in find_citations(Passage(text))]
        elif triple.predicate == term("eli:number", base):
            numbers[triple.subject].add(_number(text))
        elif triple.predicate == term("msq:year", base):
            years[triple.subject].add(text)
        for citation in found:
            if citation and citation.number and citation.year:
                cited[triple.subject].add(f"{_number(citation.number)}/{citation.year}")
            elif citation and citation.number:
                numbers[triple.subject].add(_number(citation.number))
    return {
        subject: cited[subject] | {f"{number}/{year}" for number in numbers[subject] for year in years[subject]}
        for subject in laws
    }


def _number(number: str) -> str:
    """A number without thousands separators: ``2.794`` is ``2794``, as in the act's IRI."""
    return iris.law("", "", number, None).rpartition("/")[2]
