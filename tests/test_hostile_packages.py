"""Word files and OpenDocument texts built to do harm, or damaged: each ends soon, in a clear message."""

from __future__ import annotations

import struct
import time
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from msqgraph.documents import docx, odt, package, read_document
from msqgraph.errors import UnreadableInput

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SOON_S = 10.0  # on a busy machine; what is not linear takes minutes


def packed(members: dict[str, str | bytes], compression: int = ZIP_DEFLATED) -> bytes:
    """A ZIP file."""
    file = BytesIO()
    with ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(body: str, before: str = "") -> bytes:
    """A Word file without anything but its main part."""
    return packed({"word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"})


def text(body: str) -> bytes:
    """An OpenDocument text without anything but its content."""
    begin, end = "<office:document-content", "</office:document-content>"
    names = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"'
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    return packed({"content.xml": f"{begin} {names}>{body}{end}"})


def problem(data: bytes, name: str = "form.docx") -> str:
    """What is said against a file, which must be said soon."""
    begun = time.monotonic()
    with pytest.raises(UnreadableInput) as raised:
        (docx if name.endswith("docx") else odt).read(Path(name), data)
    assert time.monotonic() - begun < SOON_S
    assert raised.value.remedy
    return raised.value.problem


def test_the_plain_file_is_sound() -> None:
    """What the others are made of can be read, so that they fail for their harm alone."""
    assert [b.text for b in docx.read(Path("x"), word("<w:p><w:r><w:t>a</w:t></w:r></w:p>"))] == ["a"]
    assert [b.text for b in odt.read(Path("x"), text("<text:p>a</text:p>"))] == ["a"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "a .pdf file under another name"),
        (b"{\\rtf1", "a .rtf file under another name"),
        (b"\n<!DOCTYPE html><p>", "a .html file under another name"),
        (b"Dear all", "no ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word 97-2003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "an OLE file"),
        (b"PK\x03\x04" + bytes(100), "damaged or truncated ZIP"),
    ],
)
def test_other_files_are_told_by_name(data: bytes, said: str) -> None:
    """A message says what the file is, if that can be told."""
    assert said in problem(data)
    assert said in problem(data, "form.odt")


def test_truncated_file() -> None:
    """Half a download."""
    whole = word("<w:p/>" * 1000)
    assert "truncated" in problem(whole[: len(whole) // 2])


def test_bytes_changed_on_the_way() -> None:
    """The checksum of a part tells."""
    whole = bytearray(packed({"word/document.xml": "<x/>" * 50}, compression=0))
    whole[whole.index(b"<x/><x/>")] = ord("[")
    assert "word/document.xml is damaged" in problem(bytes(whole))


def test_any_byte_of_the_directory_may_be_wrong() -> None:
    """Whatever zipfile makes of it, it ends in a message or in the text."""
    whole = word("<w:p><w:r><w:t>a</w:t></w:r></w:p>")
    refused = 0
    for at in range(whole.index(b"PK\x01\x02"), len(whole)):
        for value in (0, 0x80, 0xFF):
            data = bytearray(whole)
            data[at] = value
            try:
                assert [block.text for block in docx.read(Path("x"), bytes(data))] == ["a"]
            except UnreadableInput:
                refused += 1
    assert refused > 50


def test_main_part_is_missing_or_something_else() -> None:
    """A ZIP file of other things, a sheet under a text's name."""
    assert "no Word document" in problem(packed({"readme.txt": "x"}))
    assert "no OpenDocument text" in problem(packed({"readme.txt": "x"}), "form.odt")
    assert "is no Word document" in problem(packed({"word/document.xml": "<workbook/>"}))
    assert "no text document" in problem(packed({"content.xml": "<sheet/>"}), "form.odt")


def test_member_that_inflates_without_end() -> None:
    """By its ratio, though it is below the largest size."""
    bomb = packed({"word/document.xml": b" " * (32 << 20)})
    assert len(bomb) < 100_000
    assert "inflates beyond" in problem(bomb)


def test_member_that_lies_about_its_size() -> None:
    """No more is inflated than the bound, whatever size is declared."""
    bomb = packed({"word/document.xml": b" " * (32 << 20)})
    size = struct.pack("<L", 32 << 20)
    assert bomb.count(size) == 2
    assert "part word/document.xml" in problem(bomb.replace(size, struct.pack("<L", 100)))


def test_all_members_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of allowed size add up."""
    monkeypatch.setattr(package, "MAX_TOTAL_BYTES", 3000)
    opened = package.Package(Path("x"), packed({"a": b"x" * 2000, "b": b"y" * 2000}))
    assert len(opened.bytes("a")) == 2000
    with pytest.raises(UnreadableInput, match="inflates beyond"):
        opened.bytes("b")


def test_too_many_members() -> None:
    """A directory of thousands of empty members."""
    assert "members in it" in problem(packed(dict.fromkeys(map(str, range(package.MAX_MEMBERS + 1)), b"")))


def test_unusual_compression_is_refused() -> None:
    """Office programs write no bzip2, whose ratio has no bound to speak of."""
    assert "unusual" in problem(packed({"word/document.xml": b"<x/>"}, ZIP_BZIP2))


def test_encrypted_member() -> None:
    """ZIP's own encryption."""
    plain = packed({"word/document.xml": b"<x/>"})
    data = bytearray(plain)
    data[6] |= 1
    directory = plain.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert "is encrypted" in problem(bytes(data))


def test_encrypted_opendocument() -> None:
    """Its manifest tells; the content is noise."""
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    noise = zlib.compress(b"x" * 100)
    assert problem(packed({"META-INF/manifest.xml": manifest, "content.xml": noise}), "form.odt") == "encrypted"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)),
        '<!ENTITY h SYSTEM "file:///etc/hostname">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x; <!ENTITY h "y">',
    ],
)
def test_entities_are_refused(encoding: str, entities: str) -> None:
    """Billions of laughs, files of this machine, addresses on the network: no declaration, no entity."""
    xml = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [{entities}]><w:document {W}><w:body>'
    xml += "<w:p><w:r><w:t>&h;</w:t></w:r></w:p></w:body></w:document>"
    said = problem(packed({"word/document.xml": xml.encode(encoding)}))
    assert "document type declaration" in said or "no sound XML" in said
    if encoding == "utf-8":
        assert "document type declaration" in said


@pytest.mark.parametrize("levels", [200, 2000, 10_000])
@pytest.mark.parametrize("name", ["sdt", "tbl", "r", "hyperlink", "txbx"])
def test_deep_nesting_ends_in_a_message(name: str, levels: int) -> None:
    """Elements in elements, of every kind that is descended into."""
    begin, end = {
        "sdt": ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        "tbl": ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        "r": ("<w:p><w:r>", "</w:r></w:p>"),
        "hyperlink": ("<w:hyperlink>", "</w:hyperlink>"),
        "txbx": ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    }[name]
    said = problem(word(begin * levels + end * levels))
    assert "nested" in said or "no sound XML" in said


@pytest.mark.parametrize("levels", [200, 10_000])
@pytest.mark.parametrize("name", ["text:list", "text:span", "text:section"])
def test_deep_nesting_in_opendocument(name: str, levels: int) -> None:
    """The same in the other container."""
    inside = f"<{name}>" * levels + f"</{name}>" * levels
    if name == "text:list":
        inside = "<text:list><text:list-item>" * levels + "</text:list-item></text:list>" * levels
    said = problem(text(f"<text:p>{inside}</text:p>" if name == "text:span" else inside), "form.odt")
    assert "nested" in said or "no sound XML" in said


def test_names_that_lead_out_of_the_package() -> None:
    """No member is ever written; a relationship to one outside finds nothing."""
    relations = '<Relationships><Relationship Id="a" Type="x/styles" Target="../../../etc/passwd"/></Relationships>'
    data = packed(
        {
            "../../evil.txt": "x",
            "word/document.xml": f"<w:document {W}><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>",
            "word/_rels/document.xml.rels": relations,
        }
    )
    assert [block.text for block in docx.read(Path("x"), data)] == ["a"]
    assert not Path("../../evil.txt").exists()


@pytest.mark.parametrize("many", ["paragraphs", "runs", "cells", "deleted ends", "unclosed fields", "notes", "boxes"])
def test_time_is_linear_in_size(many: str) -> None:
    """Tens of thousands of anything are read in seconds."""
    count = 20_000
    run = "<w:r><w:t>a b</w:t></w:r>"
    opened = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate"))
    box = '<w:r><w:t>[ ] a</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    body = {
        "paragraphs": f"<w:p>{run}</w:p>" * count,
        "runs": f"<w:p>{run * count}</w:p>",
        "cells": f"<w:tbl><w:tr>{f'<w:tc><w:p>{run}</w:p></w:tc>' * count}</w:tr></w:tbl>",
        "deleted ends": f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run}</w:p>" * count,
        "unclosed fields": f"<w:p>{opened * count}</w:p>",
        "notes": "".join(f'<w:p><w:r><w:footnoteReference w:id="{at}"/></w:r></w:p>' for at in range(count)),
        "boxes": f"<w:p>{box * count}</w:p>",
    }[many]
    begun = time.monotonic()
    docx.read(Path("x"), word(body))
    assert time.monotonic() - begun < SOON_S


@pytest.mark.parametrize("many", ["paragraphs", "spans", "items", "marks"])
def test_time_is_linear_in_opendocument(many: str) -> None:
    """The same in the other container."""
    count = 20_000
    body = {
        "paragraphs": "<text:p>[ ] a</text:p>" * count,
        "spans": f"<text:p>{'<text:span>[ ] a</text:span>' * count}</text:p>",
        "items": f"<text:list>{'<text:list-item><text:p>a</text:p></text:list-item>' * count}</text:list>",
        "marks": f"<text:p>{'<text:note><text:note-citation>1</text:note-citation></text:note>a' * count}</text:p>",
    }[many]
    begun = time.monotonic()
    assert odt.read(Path("x"), text(body))
    assert time.monotonic() - begun < SOON_S


def test_blanks_by_the_billion() -> None:
    """An OpenDocument attribute can ask for them."""
    blocks = odt.read(Path("x"), text('<text:p>a<text:s text:c="999999999"/>b</text:p>'))
    assert len(blocks[0].text) < 200


def test_styles_and_numberings_in_a_circle() -> None:
    """A style based on itself, a list that points at a style that points at it."""
    styles = (
        f'<w:styles {W}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        "</w:style></w:styles>"
    )
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="A"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    relations = (
        '<Relationships><Relationship Id="a" Type="x/styles" Target="styles.xml"/>'
        '<Relationship Id="b" Type="x/numbering" Target="numbering.xml"/></Relationships>'
    )
    body = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>'
    data = packed(
        {
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations,
            "word/styles.xml": styles,
            "word/numbering.xml": numbering,
        }
    )
    assert [block.text for block in docx.read(Path("x"), data)] == ["a"]


@pytest.mark.parametrize(("name", "data"), [("bomb.docx", word("<w:sdt>" * 10_000)), ("bomb.odt", b"PK\x05\x06")])
def test_message_comes_out_of_the_reader_s_process(tmp_path: Path, name: str, data: bytes) -> None:
    """The file's name, the problem and the remedy arrive, and the next file is read."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableInput, match=f"{name}: .* — "):
        read_document(tmp_path / name)
    (tmp_path / "good.docx").write_bytes(word("<w:p><w:r><w:t>good</w:t></w:r></w:p>"))
    assert read_document(tmp_path / "good.docx").text == "good"
