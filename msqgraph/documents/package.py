"""A document that is a ZIP file of XML parts: opened without trust, nothing written to disk, nothing fetched.

What a stranger's file could do, and what is done about it: a member that inflates without end is read only up to a
bound, whatever size it declares; a document type declaration is refused before its entities are looked at; XML is
parsed without external entities, network and libxml2's "huge" mode, whose own limit (2.14: 2,048 levels) stands behind
``MAX_DEPTH``.
"""

from __future__ import annotations

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from msqgraph.documents.worker import SAVE_ANEW
from msqgraph.errors import UnreadableInput

MAX_MEMBERS = 4096
MAX_MEMBER_BYTES = 64 << 20
MAX_TOTAL_BYTES = 200 << 20
MAX_RATIO = 250  # real parts stay below 60, a megabyte of zeros has 1,000
_RATIO_COUNTS_FROM = 4 << 20
MAX_DEPTH = 150  # elements in elements, as the readers descend; five nested tables have 40

# what zipfile of Python 3.11 raises on changed bytes, found by changing them (a name's bytes: UnicodeDecodeError)
_DAMAGE = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, OverflowError, RuntimeError)

Element = Any  # of lxml, which has no types

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_OTHER_KINDS = ((b"%PDF", ".pdf"), (b"{\\rtf", ".rtf"), (b"<!doctype html", ".html"), (b"<html", ".html"))
# Word's "Strict Open XML" says the same in other namespaces
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


class Package:
    """The parts of one file, read when they are asked for.

    :raises UnreadableInput: if the bytes are no ZIP file, or one that is damaged, encrypted or has too many members.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        self._total = 0
        if not data.startswith(b"PK"):
            raise UnreadableInput(path, *_what_else(data))
        try:
            self._zip = ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise UnreadableInput(path, f"a damaged or truncated ZIP file ({error})", "fetch it again") from None
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise UnreadableInput(path, f"{len(members)} members in it, more than {MAX_MEMBERS}", SAVE_ANEW)
        self._members = {member.filename: member for member in members}

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def bytes(self, name: str) -> bytes:
        """A part's bytes.

        :raises UnreadableInput: if it is missing, encrypted, damaged, or inflates beyond the bounds.
        """
        member = self._members.get(name)
        if member is None:
            raise UnreadableInput(self.path, f"its part {name} is missing", SAVE_ANEW)
        if member.flag_bits & 1:
            raise UnreadableInput(self.path, f"its part {name} is encrypted", "save it without a password")
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnreadableInput(self.path, f"its part {name} is compressed in an unusual way", SAVE_ANEW)
        bound = min(MAX_MEMBER_BYTES, MAX_TOTAL_BYTES - self._total)
        if member.compress_size:
            bound = min(bound, max(_RATIO_COUNTS_FROM, MAX_RATIO * member.compress_size))
        if member.file_size > bound:
            raise self._too_large(name)
        try:
            with self._zip.open(member) as stream:
                data = stream.read(bound + 1)
        except _DAMAGE as error:
            raise UnreadableInput(self.path, f"its part {name} is damaged ({error})", "fetch it again") from None
        self._total += len(data)
        if len(data) > bound:
            raise self._too_large(name)
        return data

    def xml(self, name: str) -> Element:
        """The root element of a part.

        :raises UnreadableInput: as :meth:`bytes`, or if it is no well-formed XML or has a document type declaration.
        """
        data = self.bytes(name)
        if b"http://purl.oclc.org/ooxml/" in data[:65536]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        if _DOCTYPE.search(data, 0, 4096):
            raise self._declares_type(name)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            collect_ids=False,  # an identifier given twice is no reason to refuse a document
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise UnreadableInput(self.path, f"its part {name} is no sound XML ({error})", SAVE_ANEW) from None
        if root.getroottree().docinfo.doctype:
            raise self._declares_type(name)  # in another encoding, or further down
        return root

    def too_deep(self) -> UnreadableInput:
        """What to raise where elements are nested deeper than :data:`MAX_DEPTH`."""
        return UnreadableInput(self.path, f"more than {MAX_DEPTH} elements nested in each other", SAVE_ANEW)

    def _too_large(self, name: str) -> UnreadableInput:
        problem = f"its part {name} inflates beyond what is read ({MAX_MEMBER_BYTES >> 20} MiB, {MAX_RATIO} to 1)"
        return UnreadableInput(self.path, problem, "split the document, or take out what is not the form")

    def _declares_type(self, name: str) -> UnreadableInput:
        problem = f"its part {name} has a document type declaration, which such files never need"
        return UnreadableInput(self.path, problem, SAVE_ANEW)


def number(value: str | None, default: int) -> int:
    """A whole number as an attribute says it.

    >>> number("3", 0), number("x", 0), number(None, 1)
    (3, 0, 1)
    """
    try:
        return int(value) if value and len(value) < 10 else default
    except ValueError:
        return default


def _what_else(data: bytes) -> tuple[str, str]:
    """The problem and the remedy for bytes that are no ZIP file."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "encrypted", "open it with its password and save it without one"
        if "WordDocument".encode("utf-16-le") in data:
            return "a document of Word 97-2003 under a newer name", "give it the suffix .doc"
        return "an OLE file, which is no document of this kind", SAVE_ANEW
    begin = data[:64].lstrip().lower()
    for signature, suffix in _OTHER_KINDS:
        if begin.startswith(signature.lower()):
            return f"a {suffix} file under another name", f"give it the suffix {suffix}"
    return "no ZIP file, as documents of this kind are", "fetch it again, or give it the suffix of what it is"
