"""Word files and OpenDocument texts built to do harm, or damaged: each ends soon, in a clear message."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from zipfile import ZIP_BZIP2

import pytest

from msqgraph.documents import docx, odt, package, read_document
from msqgraph.errors import UnreadableInput
from tests.long_documents import LONG, W, open_document, packed, word


def problem(data: bytes, name: str = "form.docx") -> str:
    """What is said against a file, with a remedy."""
    with pytest.raises(UnreadableInput) as raised:
        (docx if name.endswith("docx") else odt).read(Path(name), data)
    assert raised.value.remedy
    return raised.value.problem


def test_the_plain_file_is_sound() -> None:
    """What the others are made of can be read, so that they fail for their harm alone."""
    assert [b.text for b in docx.read(Path("x"), word("<w:p><w:r><w:t>a</w:t></w:r></w:p>"))] == ["a"]
    assert [b.text for b in odt.read(Path("x"), open_document("<text:p>a</text:p>"))] == ["a"]


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
    said = problem(open_document(f"<text:p>{inside}</text:p>" if name == "text:span" else inside), "form.odt")
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


@pytest.mark.parametrize("many", [many for many, (name, _) in LONG.items() if not name.endswith("html")])
def test_tens_of_thousands_are_read_whole(many: str) -> None:
    """Nothing is cut off; that time grows with size is measured by `make bench`."""
    name, content = LONG[many]
    blocks = (docx if name.endswith("docx") else odt).read(Path(name), content(20_000))
    assert sum(block.text.count("a") for block in blocks) == 20_000


def test_blanks_by_the_billion() -> None:
    """An OpenDocument attribute can ask for them."""
    blocks = odt.read(Path("x"), open_document('<text:p>a<text:s text:c="999999999"/>b</text:p>'))
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
