"""The last gate before anything is published: what shows personal data makes no release.

What a build writes has been withheld already (:mod:`msqgraph.personal`). A dataset can have come another way: an
imported source, a file that was edited. Before anything is written its graphs are looked through; when everything is,
the tables (which are made from the store) and all that is said about the release. Labels and quotes are pieces of
texts, in which a law's number may have lost the word "law" before it; so there only numbers in international form or
behind a word such as "Tel." count as phone numbers, in whole answers all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from msqgraph import assets
from msqgraph.contact_details import personal_mailboxes, phone_numbers
from msqgraph.errors import UsageError

_FILES, _SHOWN = ("dataset.nq", "dataset.ttl"), 5
_TEXTS = (".csv", ".md", ".ttl", ".xml", ".atom", ".txt", ".bib", ".json", ".jsonld", ".yaml")
_PERSONAL_GRAPH = "graph/personal/"
_TEL = re.compile(rb"<tel:", re.IGNORECASE)
# what a mailbox or a phone number has at least: a sign for "at", or seven digits close together, in any script
_SUSPECT = re.compile(
    rb"@|\xef\xbc\xa0|%40|\\u00|wa\.me/|whatsapp|"
    rb"[ \[({<](?:at|arroba|arr?obase|\xd1\x81\xd0\xbe\xd0\xb1\xd0\xb0\xd0\xba\xd0\xb0)[ \])}>]|"
    rb"(?:(?:\d|[\xd9\xdb][\xa0-\xb9]|\xef\xbc[\x90-\x99])(?:[\s().\xc2\xa0/-]|\\r){0,3}){7}",
    re.IGNORECASE,
)
_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)"(?:\^\^(\S+))?')
_IRI = re.compile(rb"<([^<>\s]*(?:@|%40|wa\.me/|whatsapp)[^<>\s]*)>", re.IGNORECASE)
_NO_TEXT = re.compile(rb"(?:XMLSchema#|xsd:)(?!string|anyURI|token|normalizedString)|ontology#|geo")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\n", "b": " ", "f": " "}
_SPOKEN_OF = re.compile(
    r"(?:t[eé]l|phone|fono|fax|cel|m[oó]vil|mobile|whats|тел|факс|هاتف|فاكس|电话|手机)\w*[\W_]*$", re.I
)


def refuse_personal(dataset: Path, base: str) -> int:
    """The number of lines that were looked through in a dataset's public files, if none shows personal data.

    :raises UsageError: if one does: it names the places, and shows nothing of what stands there.

    >>> refuse_personal(Path("tests/cases"), "https://w3id.org/msqgraph/")
    Traceback (most recent call last):
    msqgraph.errors.UsageError: tests/cases: nothing to look through — build the dataset anew
    """
    graph = f"{base}{_PERSONAL_GRAPH}".encode()
    paths = [dataset / name for name in _FILES if (dataset / name).is_file()]
    return _look_through(dataset, paths, lambda line: _in_rdf(line, graph), "build the dataset anew")


def refuse_personal_texts(release: Path) -> int:
    """The number of lines that were looked through in what a release says in tables and about itself.

    :raises UsageError: as :func:`refuse_personal`.
    """
    paths = [*release.iterdir(), *(release / "tables").glob("*")]
    paths = sorted(path for path in paths if path.suffix in _TEXTS and path.is_file())
    return _look_through(release, paths, _in_text, "look at its dataset's store, and at the file of --about")


def personal_in(text: str, is_whole: bool = False) -> Iterator[str]:
    """What kinds of personal data a text shows.

    >>> list(personal_in("Tel. 021 217 9000, ana.paz@mitic.gov.py")), list(personal_in("info@mitic.gov.py, 5189-2014"))
    (['a mailbox', 'a phone number'], [])
    """
    if any(personal_mailboxes(text)):
        yield "a mailbox"
    for start, _ in phone_numbers(text):
        if is_whole or text[start] in "+＋" or _SPOKEN_OF.search(text[max(0, start - 20) : start]):
            yield "a phone number"
            return


def _look_through(folder: Path, paths: Iterable[Path], found_in: Callable[[bytes], Iterator[str]], remedy: str) -> int:
    looked_at, found = 0, []
    for path in paths:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                looked_at += 1
                if kinds := set(found_in(line)):
                    found.append(f"{path.name}, line {number}: {' and '.join(sorted(kinds))}")
    if not looked_at:
        raise UsageError(f"{folder}: nothing to look through — build the dataset anew")
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UsageError(
            f"{folder}: shows personal data ({'; '.join(found[:_SHOWN])}{more}) — withhold it at its source (a "
            f"transcript, an imported file), {remedy}; nothing was written"
        )
    return looked_at


def _in_rdf(line: bytes, personal_graph: bytes) -> Iterator[str]:
    """What kinds of personal data a line of N-Quads or Turtle shows."""
    if personal_graph in line:
        yield "a graph of personal data"
    if _TEL.search(line):
        yield "a phone number"
    for iri in _IRI.findall(line):
        yield from personal_in(iri.decode("utf-8", errors="replace"), is_whole=True)
    if not _SUSPECT.search(line, line.find(b'"') + 1 or len(line), line.rfind(b'"')):
        return
    is_whole = b"ontology#text>" in line or b"msq:text" in line
    for literal, datatype in _LITERAL.findall(line):
        if _SUSPECT.search(literal) and not (datatype and _NO_TEXT.search(datatype)) and literal not in _forms():
            yield from personal_in(_unescaped(literal.decode("utf-8", errors="replace")), is_whole)


def _in_text(line: bytes) -> Iterator[str]:
    """What kinds of personal data a line of any other text shows; what stands on the forms is none."""
    if _SUSPECT.search(line):
        text = _unescaped(line.decode("utf-8", errors="replace"))
        known = {text[start:end] for start, end in personal_mailboxes(text)}
        if any(mailbox.encode() not in _forms() for mailbox in known):
            yield "a mailbox"
        yield from (kind for kind in personal_in(text) if kind != "a mailbox")


def _unescaped(text: str) -> str:
    def sign(match: re.Match[str]) -> str:
        number = match[1] or match[2]
        return chr(int(number, 16)) if number else _SIGNS.get(match[3], match[3])

    return _ESCAPE.sub(sign, text) if "\\" in text else text


@cache
def _forms() -> bytes:
    """What is printed on the forms, which name an office of the United Nations."""
    forms = [name for name in assets.names("ontology", ".ttl") if "/questionnaire-" in name]
    return "".join(assets.read_text(name) for name in forms).encode()
