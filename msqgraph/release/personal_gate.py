"""The last gate before anything is published: a dataset that shows personal data makes no release.

What a build writes has been withheld already (:mod:`msqgraph.personal`). A dataset can have come another way: an
imported source, a file that was edited. Labels and quotes are pieces of texts, in which a law's number may have lost
the word "law" before it; so there only numbers in international form count as phone numbers, in whole answers all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msqgraph import assets
from msqgraph.contact_details import personal_mailboxes, phone_numbers
from msqgraph.errors import UsageError

_FILES, _SHOWN = ("dataset.nq", "dataset.ttl"), 5
_PERSONAL_GRAPH = "graph/personal/"
_MAILTO, _TEL = b"<mailto:", b"<tel:"
# what a mailbox or a phone number has at least: a sign for "at", or seven digits close together
_SUSPECT = re.compile(
    rb"@|\xef\xbc\xa0|%40|[ \[({<](?:at|arroba|arr?obase|\xd1\x81\xd0\xbe\xd0\xb1\xd0\xb0\xd0\xba\xd0\xb0)[ \])}>]|"
    rb"(?:(?:\d|[\xd9\xdb][\xa0-\xb9])[\s().\xc2\xa0/-]{0,3}){7}",
    re.IGNORECASE,
)
_LITERAL = re.compile(rb'"((?:[^"\\]|\\.)*)"(\^\^)?')
_ESCAPES = {"\\n": "\n", "\\t": "\t", '\\"': '"', "\\\\": "\\"}


def refuse_personal(dataset: Path, base: str) -> int:
    """The number of lines that were looked through in a dataset's public files, if none shows personal data.

    :raises UsageError: if one does: it names the places, and shows nothing of what stands there.

    >>> refuse_personal(Path("tests/cases"), "https://w3id.org/msqgraph/")
    Traceback (most recent call last):
    msqgraph.errors.UsageError: tests/cases: nothing to look through — build the dataset anew
    """
    looked_at, found = 0, []
    personal_graph = f"{base}{_PERSONAL_GRAPH}".encode()
    for path in (dataset / name for name in _FILES if (dataset / name).is_file()):
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                looked_at += 1
                if kinds := set(_found(line, personal_graph)):
                    found.append(f"{path.name}, line {number}: {' and '.join(sorted(kinds))}")
    if not looked_at:
        raise UsageError(f"{dataset}: nothing to look through — build the dataset anew")
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UsageError(
            f"{dataset}: shows personal data ({'; '.join(found[:_SHOWN])}{more}) — withhold it at its source (a "
            "transcript, an imported file) and build the dataset anew; nothing was written"
        )
    return looked_at


@cache
def _forms() -> bytes:
    """What is printed on the forms, which name an office of the United Nations."""
    return "".join(
        assets.read_text(name) for name in assets.names("ontology", ".ttl") if "/questionnaire-" in name
    ).encode()


def _found(line: bytes, personal_graph: bytes) -> Iterator[str]:
    """What kinds of personal data a line of N-Quads or Turtle shows."""
    if personal_graph in line:
        yield "a graph of personal data"
    if _TEL in line:
        yield "a phone number"
    if _MAILTO in line and any(personal_mailboxes(line.decode("utf-8", errors="replace"))):
        yield "a mailbox"
    if not _SUSPECT.search(line, line.find(b'"') + 1 or len(line), line.rfind(b'"')):
        return
    is_whole = b"ontology#text>" in line or b"msq:text" in line
    for literal, is_typed in _LITERAL.findall(line):
        if is_typed or not _SUSPECT.search(literal) or literal in _forms():
            continue
        text = re.sub(r"\\[nt\"\\]", lambda escape: _ESCAPES[escape[0]], literal.decode("utf-8", errors="replace"))
        if any(personal_mailboxes(text)):
            yield "a mailbox"
        if any(is_whole or text[start] in "+＋" for start, _ in phone_numbers(text)):
            yield "a phone number"
